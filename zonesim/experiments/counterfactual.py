"""Counterfactuals: a question about a package, as a file: the package as written against arms in which something differs."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

import pydantic
from pydantic import Field

from zonesim import quarters
from zonesim.errors import InputError, nearest
from zonesim.experiments.arms import Arm, build_arm
from zonesim.experiments.claim import TARGETS, Aim, JudgedClaim
from zonesim.experiments.reading import Reading, check_reading, readings_of
from zonesim.policies.clauses import miscited
from zonesim.scenario import Scenario, documents, reader
from zonesim.scenario.complaints import describe
from zonesim.scenario.region import Identifier, Real, Strict
from zonesim.scenario.schema import Text, load_scenario


class Part(Text):
    """A part of a whole that is split: the arm in which it is alone, and the one in which it alone is missing (left out: the package as written)."""

    alone: str
    without: str = ""


class Split(Strict):
    """The first reading is split among parts: each has the mean of what it adds to nothing (the arm ``none``) and of what it adds to the rest.

    The whole is the package as written, or the arm ``whole``.
    """

    none: str
    whole: str = ""
    parts: Annotated[dict[Identifier, Part], Field(min_length=2)]


class Budget(Strict):
    """Arms that spend the same: in each, a lever is set so that its clause costs ``amount`` more than in the arm ``none``."""

    none: str
    amount: Annotated[Real, Field(gt=0)]  #: 10k CNY a year
    years: Annotated[list[int], Field(min_length=2, max_length=2)]
    levers: Annotated[dict[Identifier, str], Field(min_length=2)]  #: by arm


class CounterfactualDocument(Strict):
    """The file as it is written."""

    zonesim: Literal[1]
    kind: Literal["counterfactual"]
    id: Annotated[str, Field(pattern=r"^[A-Z]+-\d+$")]
    scenario: str
    question: Text
    claim: JudgedClaim
    reference: Text
    arms: Annotated[dict[Identifier, Arm], Field(min_length=1)]
    read: Annotated[list[Reading], Field(min_length=1)]
    split: Split | None = None
    budget: Budget | None = None
    best: Literal["+", "-"] | None = None  #: the question asks which arm has the most (or least) of the first reading
    note: Text | None = None

    @pydantic.model_validator(mode="after")
    def _claims_what_is_judged(self) -> CounterfactualDocument:
        directed = [one for one in self.read if one.claim is not None and not one.given]
        if directed and (self.claim.reaches is not None or self.claim.unread is not None):
            raise ValueError("a claim that values are reached, or that no figure reads, gives no reading a direction: leave 'claim' out of 'read'")
        if self.claim.every and len(directed) < 2:
            raise ValueError("a claim that holds only if every reading does ('every') needs two readings or more with a direction ('claim')")
        return self


@dataclass(frozen=True)
class Counterfactual:
    """A question with its scenarios: the package as written, and one for each arm, in the order of the file."""

    document: CounterfactualDocument
    path: Path
    reference: Scenario
    arms: dict[str, Scenario]

    @property
    def id(self) -> str:
        """Its id in the catalogue of counterfactuals, such as LZ-1."""
        return self.document.id

    @property
    def scenarios(self) -> list[Scenario]:
        """The package as written, then the arms."""
        return [self.reference, *self.arms.values()]

    def versus(self, name: str) -> Scenario:
        """Return the scenario against which the effects of an arm are counted."""
        other = self.document.arms[name].versus
        return self.reference if other is None else self.arms[other]

    @property
    def aims(self) -> tuple[Aim, ...]:
        """What the documents say is reached: values that the question states, or the targets of the package."""
        reaches = self.document.claim.reaches
        if isinstance(reaches, list) or reaches is None:
            return tuple(reaches or ())
        return tuple(Aim(indicator=t.indicator, places=[t.place], periods=[t.period], value=t.value, direction=t.direction) for t in self.reference.targets)

    def arm(self, name: str) -> Scenario:
        """Return the scenario of an arm by name.

        Raises:
            InputError: there is none, with the nearest.
        """
        if name not in self.arms:
            raise InputError(f"{self.path}: no arm {name!r}{nearest(name, self.arms)} (arms: {', '.join(self.arms)})")
        return self.arms[name]


def is_counterfactual(path: Path) -> bool:
    """Tell whether a file says that it is a counterfactual."""
    return path.is_file() and "kind: counterfactual" in reader.read_text(path)


def read_document(path: Path) -> tuple[CounterfactualDocument, Any]:
    """Read one file without building its scenarios; also return what says where a path stands in it.

    Raises:
        InputError: with one line for each mistake.
    """
    faults: list[str] = []
    with reader.together(faults):
        node = reader.read_document(path, faults)

        def at(*steps: str | int) -> str:
            return f"{reader.where(node, steps)}: {'.'.join(str(s) for s in steps)}"

        try:
            document = CounterfactualDocument.model_validate(reader.plain(node))
        except pydantic.ValidationError as error:
            raise InputError(*(describe(problem, at, CounterfactualDocument) for problem in error.errors())) from None
    return document, at


def load_counterfactual(path: str | Path, overrides: Iterable[str] = ()) -> Counterfactual:
    """Read a counterfactual and build the scenario of every arm.

    Args:
        path: its file.
        overrides: settings of the package as ``policies.NAME.SETTING=VALUE``, in every arm.

    Raises:
        InputError: with one line for each mistake; the file's folder is a neighbour of the scenarios, and nothing outside their parent is read.
    """
    path, overrides = Path(path), tuple(overrides)
    document, at = read_document(path)
    reference = load_scenario(documents.neighbour(path, document.scenario, at("scenario")), overrides)
    problems: list[str] = []
    arms: dict[str, Scenario] = {}

    @functools.cache
    def package(file: Path, changes: tuple[str, ...]) -> Scenario:
        return load_scenario(file, changes)

    for name, arm in document.arms.items():
        try:
            base = reference if arm.scenario is None else package(documents.neighbour(path, arm.scenario, at("arms", name, "scenario")), overrides)
            donor = None if arm.transplant is None else package(documents.neighbour(path, arm.transplant, at("arms", name, "transplant")), ())
            arms[name] = build_arm(document.id, name, arm, base, donor, at)
        except InputError as error:
            problems += error.problems
    problems += _check_claim(document, at)
    if not problems:
        problems += _check_names(document, reference, arms, at)
    if not problems:
        for i, reading in enumerate(document.read):
            problems += check_reading(reading, ("read", i), {"": reference, **arms}, at)
        problems += _check_aims(document, reference, at)
    if problems:
        raise InputError(*problems)
    return Counterfactual(document, path, reference, arms)


def _check_claim(document: CounterfactualDocument, at: Any) -> Iterable[str]:
    yield from (f"{at('claim', 'clause')}: {wrong}" for wrong in miscited(document.claim.clause))


def _check_names(document: CounterfactualDocument, reference: Scenario, arms: dict[str, Scenario], at: Any) -> Iterable[str]:
    """Check that arms that are named exist, and that what is compared or balanced can be."""

    def arm(name: str, *steps: str | int) -> Iterable[str]:
        if name not in arms:
            yield f"{at(*steps)}: no such arm: {name!r}{nearest(name, list(arms))}"

    for name, one in document.arms.items():
        if one.versus is not None:
            yield from arm(one.versus, "arms", name, "versus")
            if one.versus in arms and arms[one.versus].region.id != arms[name].region.id:
                yield f"{at('arms', name, 'versus')}: {one.versus!r} is of another region"
        elif arms[name].region.id != reference.region.id and not _is_versus(document, name):
            yield f"{at('arms', name)}: is of another region than the package as written; name the arm 'versus' which it is read"
    if document.split is not None:
        yield from arm(document.split.none, "split", "none")
        if document.split.whole:
            yield from arm(document.split.whole, "split", "whole")
        elif missing := [part for part, pair in document.split.parts.items() if not pair.without]:
            yield f"{at('split', 'parts', missing[0])}: the package as written is the whole, so that this part is in it; say 'without'"
        for part, pair in document.split.parts.items():
            yield from arm(pair.alone, "split", "parts", part, "alone")
            if pair.without:
                yield from arm(pair.without, "split", "parts", part, "without")
    if document.budget is not None:
        yield from arm(document.budget.none, "budget", "none")
        first, last = document.budget.years
        if not reference.start <= 4 * first <= 4 * last + 3 <= reference.end:
            yield f"{at('budget', 'years')}: {first} to {last} is not inside the run ({quarters.label(reference.start)} to {quarters.label(reference.end)})"
        for name, lever in document.budget.levers.items():
            yield from arm(name, "budget", "levers", name)
            if name in arms and not any(lever in one.levers for one in arms[name].instruments):
                yield f"{at('budget', 'levers', name)}: no policy of the arm has the lever {lever!r}"


def _is_versus(document: CounterfactualDocument, name: str) -> bool:
    return any(one.versus == name for one in document.arms.values())


def _check_aims(document: CounterfactualDocument, reference: Scenario, at: Any) -> Iterable[str]:
    """Check that what a claim says is reached can be read of every place and period, and that a package whose targets are named has some."""
    reaches = document.claim.reaches
    if reaches == TARGETS:
        if not reference.targets:
            yield f"{at('claim', 'reaches')}: the package has no targets"
        return
    for i, aim in enumerate(reaches if isinstance(reaches, list) else ()):
        for reading in readings_of(aim):
            yield from check_reading(reading, ("claim", "reaches", i), {"": reference}, at)
