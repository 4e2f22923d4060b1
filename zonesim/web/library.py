"""What can be run: the shipped regions with their packages, own scenarios, and the questions about the packages, each by a reference.

A reference is ``shipped/REGION/NAME``, ``own/NAME``, ``question/ID`` (the package as written) or ``question/ID/ARM``; it is looked up in
lists of what there is, and never becomes a path by itself.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from zonesim.errors import InputError, nearest
from zonesim.experiments.catalogue import catalogue
from zonesim.experiments.counterfactual import CounterfactualDocument, load_counterfactual
from zonesim.scenario import Scenario, load_scenario
from zonesim.web.documents import called
from zonesim.web.folder import DataFolder
from zonesim.web.kept import Kept

BASELINE = "baseline"
KEPT_MADE = 24  #: scenarios with overrides that are kept: two of each size of a question that some people try at once
PREFIXES = {"LZ": "lanzhou", "ZY": "zhangye", "HB": "hebei_county", "PL": "pingliang", "SM": "sanming"}


def _of_question(path: Path, arm: str, overrides: tuple[str, ...]) -> Scenario:
    """Return the reference of a question, or one of its arms."""
    question = load_counterfactual(path, overrides)
    return question.arm(arm) if arm else question.reference


@dataclass(frozen=True)
class Region:
    """A shipped region: its baseline and its packages, by reference."""

    id: str
    baseline: str
    packages: tuple[str, ...]


class Library:
    """Scenarios and questions, loaded once and again when their file has changed.

    Args:
        folder: the data folder with own scenarios.
        scenarios: folder of the shipped regions.
        experiments: folder of the questions.
    """

    def __init__(self, folder: DataFolder, scenarios: Path, experiments: Path) -> None:
        self.folder, self._scenarios, self._experiments = folder, scenarios, experiments
        self._loaded: dict[Path, tuple[tuple[float, ...], Scenario]] = {}
        self._listed: tuple[tuple[Any, ...], dict[str, Path]] = ((), {})
        self._questions: tuple[tuple[float, ...], list[tuple[Path, CounterfactualDocument]]] | None = None
        self._lock = threading.Lock()
        self._made: Kept[Scenario] = Kept(KEPT_MADE)
        if not scenarios.is_dir():
            raise InputError(f"--scenarios {scenarios}: no such folder")

    def _files(self) -> dict[str, Path]:
        folders = [self._scenarios, *(Path(one.path) for one in os.scandir(self._scenarios) if one.is_dir()), self.folder.scenario_folder]
        stamp = tuple(sorted((str(one), one.stat().st_mtime_ns) for one in folders))  # a file that comes or goes changes its folder
        if self._listed[0] != stamp:
            self._listed = (stamp, self._found())
        return self._listed[1]

    def _found(self) -> dict[str, Path]:
        shipped = {f"shipped/{path.parent.name}/{path.stem}": path for path in sorted(self._scenarios.glob("*/*.yaml"))}
        return shipped | {f"own/{path.stem}": path for path in self.folder.scenarios()}

    def version(self) -> tuple[Any, ...]:
        """Return what changes whenever a scenario does."""
        return tuple((name, path.stat().st_mtime_ns) for name, path in self._files().items())

    def regions(self) -> list[Region]:
        """Return the shipped regions that have a baseline."""
        names = [name for name in self._files() if name.startswith("shipped/")]
        found = []
        for region in sorted({name.split("/")[1] for name in names}):
            mine = [name for name in names if name.split("/")[1] == region]
            baseline = f"shipped/{region}/{BASELINE}"
            if baseline in mine:
                found.append(Region(region, baseline, tuple(name for name in mine if name != baseline)))
        return found

    def own(self) -> list[str]:
        """Return references of the own scenarios."""
        return [name for name in self._files() if name.startswith("own/")]

    def path(self, reference: str) -> Path:
        """Return the file of a shipped or own scenario.

        Raises:
            InputError: there is none.
        """
        files = self._files()
        if reference not in files:
            raise InputError(f"no scenario {reference[:80]!r}{nearest(reference, files)}")
        return files[reference]

    def load(self, reference: str, overrides: Iterable[str] = ()) -> Scenario:
        """Return a scenario by reference; one with overrides, or of a question, is kept as long as no file changes, the last few of them.

        Raises:
            InputError: there is none, or its file is wrong.
        """
        given = tuple(overrides)
        if reference.startswith("question/"):
            identity, _, arm = reference.removeprefix("question/").partition("/")
            asked = self.question(identity)[0]
            return self._made.get((reference, given, asked.stat().st_mtime_ns, self.version()), lambda: _of_question(asked, arm, given))
        path = self.path(reference)
        if given:
            with called(path, path.name):
                return self._made.get((reference, given, self.version()), lambda: load_scenario(path, given))
        stamp = tuple(one.stat().st_mtime for one in (path, path.parent / f"{BASELINE}.yaml") if one.exists())
        with self._lock:
            known = self._loaded.get(path)
        if known is None or known[0] != stamp:
            with called(path, path.name):
                known = (stamp, load_scenario(path))
            with self._lock:
                self._loaded[path] = known
        return known[1]

    def baseline_of(self, scenario: Scenario) -> str | None:
        """Return the reference of the baseline of a scenario's region, if it is a shipped one."""
        for region in self.regions():
            if self.load(region.baseline).region.id == scenario.region.id:
                return region.baseline
        return None

    def package_reference(self, scenario: Scenario) -> str | None:
        """Return the reference of the package of the documents for a scenario's region."""
        packages = (name for region in self.regions() for name in region.packages)
        return next((name for name in packages if self.load(name).region.id == scenario.region.id), None)

    def package_of(self, scenario: Scenario) -> Scenario | None:
        """Return the package of the documents for a scenario's region: what "the document's value" is taken from."""
        name = self.package_reference(scenario)
        return None if name is None else self.load(name)

    def questions(self) -> list[tuple[Path, CounterfactualDocument]]:
        """Return every question about the packages; none when there is no such folder."""
        if not self._experiments.is_dir():
            return []
        stamp = tuple(path.stat().st_mtime for path in sorted(self._experiments.glob("*.yaml")))
        if self._questions is None or self._questions[0] != stamp:
            self._questions = (stamp, catalogue(self._experiments))
        return self._questions[1]

    def question(self, identity: str) -> tuple[Path, CounterfactualDocument]:
        """Return a question by id.

        Raises:
            InputError: there is none.
        """
        known = {document.id: (path, document) for path, document in self.questions()}
        if identity not in known:
            raise InputError(f"no question {identity[:80]!r}{nearest(identity, known)}")
        return known[identity]

    def base_of(self, identity: str) -> Scenario:
        """Return the package that a question is about, without building its arms."""
        path, document = self.question(identity)
        wanted = (path.parent / document.scenario).resolve()
        known = {file.resolve(): name for name, file in self._files().items()}
        return self.load(known[wanted] if wanted in known else f"question/{identity}")

    def questions_by_region(self) -> dict[str, list[CounterfactualDocument]]:
        """Return the questions about each shipped region; those that compare regions under ``""``."""
        found: dict[str, list[CounterfactualDocument]] = {}
        for _, one in self.questions():
            found.setdefault(PREFIXES.get(one.id.split("-")[0], ""), []).append(one)
        return found
