"""Counterfactuals: a question about a package, as a file: the package as written against arms in which something differs."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

import pydantic
from pydantic import Field

from zonesim.errors import InputError, nearest
from zonesim.experiments.arms import Arm, build_arm
from zonesim.indicators import DERIVED, INDICATORS
from zonesim.scenario import Scenario, documents, reader
from zonesim.scenario.complaints import describe
from zonesim.scenario.region import Identifier, Strict
from zonesim.scenario.schema import Text, load_scenario

REGION, LAST = "region", "last"


class Claim(Text):
    """What the documents say or presuppose."""

    clause: str


class Reading(Strict):
    """What to read: an indicator of a place in a period; ``how`` it is read."""

    indicator: str
    place: str = REGION
    period: Annotated[str, Field(pattern=r"^(last|\d{4}(Q[1-4])?)$")] = LAST
    how: Literal["level", "mean", "spread", "volatility"] = "level"
    claim: Literal["+", "-"] | None = None
    against: str | None = None


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
    path = Path(path)
    document, at = read_document(path)
    reference = load_scenario(documents.neighbour(path, document.scenario, at("scenario")), overrides)
    problems: list[str] = []
    arms: dict[str, Scenario] = {}
    for name, arm in document.arms.items():
        try:
            donor = None if arm.transplant is None else load_scenario(documents.neighbour(path, arm.transplant, at("arms", name, "transplant")))
            arms[name] = build_arm(document.id, name, arm, reference, donor, at)
        except InputError as error:
            problems += error.problems
    if not problems:
        for i, reading in enumerate(document.read):
            problems += _check_reading(reading, i, reference, document.arms, at)
    if problems:
        raise InputError(*problems)
    return Counterfactual(document, path, reference, arms)


def _check_reading(reading: Reading, i: int, scenario: Scenario, arms: Iterable[str], at: Any) -> Iterable[str]:
    known = [*INDICATORS, *DERIVED]
    if reading.indicator not in known:
        yield f"{at('read', i, 'indicator')}: no such indicator: {reading.indicator!r}{nearest(reading.indicator, known)}"
    region = scenario.region
    places = [REGION, *region.parks, *region.zones, *region.counties, region.id]
    if reading.place not in places:
        yield f"{at('read', i, 'place')}: unknown place {reading.place!r}{nearest(reading.place, places)}"
    if reading.against is not None and reading.against not in arms:
        yield f"{at('read', i, 'against')}: no such arm: {reading.against!r}{nearest(reading.against, list(arms))}"


def catalogue(folder: Path) -> list[tuple[Path, CounterfactualDocument]]:
    """Return every counterfactual of a folder, by id.

    Raises:
        InputError: the folder is not there, or a file is wrong.
    """
    if not folder.is_dir():
        raise InputError(f"{folder}: no such folder of experiments")
    found: list[tuple[Path, CounterfactualDocument]] = []
    problems: list[str] = []
    for path in sorted(folder.glob("*.yaml")):
        if not is_counterfactual(path):
            continue
        try:
            found.append((path, read_document(path)[0]))
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(*problems)
    return sorted(found, key=lambda pair: (pair[1].id.split("-")[0], int(pair[1].id.split("-")[1])))


def sweeps(folder: Path) -> list[tuple[Path, dict[str, str]]]:
    """Return the questions of the catalogue that are sweeps (files named by an id, such as X-4), with their names."""
    found = []
    for path in sorted(folder.glob("*.yaml")):
        if re.fullmatch(r"[A-Z]+-\d+", path.stem) and path.is_file() and "kind: sweep" in reader.read_text(path):
            plain = reader.plain(reader.read_document(path))
            found.append((path, plain.get("name") or {"zh": path.stem, "en": path.stem}))
    return found


def find(folder: Path, identity: str) -> Path:
    """Return the file of a counterfactual by its id.

    Raises:
        InputError: there is none, with the nearest.
    """
    known = {document.id: path for path, document in catalogue(folder)}
    for path, _ in sweeps(folder):
        if path.stem == identity:
            raise InputError(f"{identity} is a sweep: run 'zonesim rank {path} --store DIR'")
    if identity not in known:
        raise InputError(f"no counterfactual {identity!r} in {folder}{nearest(identity, known)}")
    return known[identity]
