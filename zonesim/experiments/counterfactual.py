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
from zonesim.accounts.payments import PAYMENTS
from zonesim.errors import InputError, nearest
from zonesim.experiments.arms import Arm, build_arm
from zonesim.experiments.claim import Claim
from zonesim.indicators import DERIVED, INDICATORS
from zonesim.policies.clauses import miscited
from zonesim.policies.package import LAW_CAUSES
from zonesim.scenario import Scenario, documents, reader
from zonesim.scenario.complaints import describe
from zonesim.scenario.region import Identifier, Real, Region, Strict
from zonesim.scenario.schema import Text, load_scenario

REGION, ZONES, LAST = "region", "zones", "last"  #: the region as a whole; the mean of its committees' zones; the last full year
OTHER_PAYMENTS = tuple(LAW_CAUSES)  #: kinds of payment that the ledger numbers when they first occur


class Reading(Strict):
    """What to read: an indicator, or money of some kinds of payment, of a place in a period; ``how`` it is read.

    The place ``zones`` is the mean of the committees' zones that have a value: what a clause that binds zones alone does where it binds.
    Money is what city, counties, committees and platform companies of the place (and for the region the levels above) pay in a year, or receive.
    """

    indicator: str = ""
    money: list[str] = []
    side: Literal["paid", "received"] = "paid"
    place: str = REGION
    period: Annotated[str, Field(pattern=r"^(last|\d{4}(Q[1-4])?)$")] = LAST
    how: Literal["level", "mean", "spread", "volatility"] = "level"
    claim: Literal["+", "-"] | None = None
    against: str | None = None
    given: bool = False  #: the clause sets it itself (a share of a tax at a share of zero): it stands in the tables and is no finding

    @pydantic.model_validator(mode="after")
    def _reads_one_thing(self) -> Reading:
        if bool(self.indicator) == bool(self.money):
            raise ValueError("name either an indicator or kinds of money")
        if self.money and (self.how in ("spread", "volatility") or "Q" in self.period or self.place == ZONES):
            raise ValueError("money is read by year, as level or mean, of a place")
        if self.place == ZONES and self.how not in ("level", "mean"):
            raise ValueError("zones together are read as level or mean")
        return self

    @property
    def name(self) -> str:
        """What is read: the indicator, or the kinds of money joined."""
        return self.indicator or f"{self.side}:{'+'.join(self.money)}"


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
    claim: Claim
    reference: Text
    arms: Annotated[dict[Identifier, Arm], Field(min_length=1)]
    read: Annotated[list[Reading], Field(min_length=1)]
    split: Split | None = None
    budget: Budget | None = None
    best: Literal["+", "-"] | None = None  #: the question asks which arm has the most (or least) of the first reading
    note: Text | None = None


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
            problems += _check_reading(reading, i, {"": reference, **arms}, at)
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


def _check_reading(reading: Reading, i: int, scenarios: dict[str, Scenario], at: Any) -> Iterable[str]:
    """Check that a reading exists in every run: the indicator, the place in each region, the period in each horizon."""
    known = {**INDICATORS, **DERIVED}
    if reading.indicator and reading.indicator not in known:
        yield f"{at('read', i, 'indicator')}: no such indicator: {reading.indicator!r}{nearest(reading.indicator, known)}"
    for kind in reading.money:
        if kind not in PAYMENTS and kind not in OTHER_PAYMENTS:
            yield f"{at('read', i, 'money')}: no such payment: {kind!r}{nearest(kind, [*PAYMENTS, *OTHER_PAYMENTS])}"
    if reading.against is not None and reading.against not in scenarios:
        yield f"{at('read', i, 'against')}: no such arm: {reading.against!r}{nearest(reading.against, [name for name in scenarios if name])}"
    for name, scenario in scenarios.items():
        region = scenario.region
        places = [REGION, ZONES, *region.parks, *region.zones, *region.counties, region.id]
        arm = f" of arm {name!r}" if name else ""
        if reading.place not in places:
            yield f"{at('read', i, 'place')}: unknown place{arm} {reading.place!r}{nearest(reading.place, places)}"
        elif complaint := _complaint(reading, region):
            yield f"{at('read', i, 'place')}: {complaint}"
        elif problem := _outside(reading, scenario):
            yield f"{at('read', i, 'period')}: {problem}{arm}"
        else:
            continue
        return


def _complaint(reading: Reading, region: Region) -> str:
    """Return why an indicator says nothing of the place, or nothing; a spread is over the zones, whatever the place."""
    one = {**INDICATORS, **DERIVED}.get(reading.indicator)
    if one is None or reading.how == "spread":
        return ""
    return one.complaint("zone" if reading.place == ZONES else region.level_of(region.id if reading.place == REGION else reading.place))


def _outside(reading: Reading, scenario: Scenario) -> str:
    """Return what is wrong with a period, or nothing: it must lie inside the run whole."""
    span = f"{quarters.label(scenario.start)} to {quarters.label(scenario.end)}"
    if reading.period == LAST:
        first_full = -(-scenario.start // 4)
        return "" if 4 * first_full + 3 <= scenario.end or not reading.money else f"the run ({span}) has no full year"
    first = quarters.parse(reading.period) if "Q" in reading.period else 4 * int(reading.period)
    last = first if "Q" in reading.period else first + 3
    return "" if scenario.start <= first and last <= scenario.end else f"{reading.period} is outside the run ({span})"
