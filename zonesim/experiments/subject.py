"""What one run of a sweep does: zonesim's own model with some settings varied, or a function of the user's own.

A subject travels to the workers once; then a run is a role (the scenario or its baseline), the values of the factors, and a seed.
"""

from __future__ import annotations

import functools
import importlib
import math
import random
import sys
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from zonesim.errors import InputError, nearest
from zonesim.experiments.branches import Branches, branch_of
from zonesim.experiments.called import name_of

if TYPE_CHECKING:
    from zonesim.model import Run
    from zonesim.scenario import Scenario

REFORM, BASELINE = 0, 1


@dataclass(frozen=True)
class Outcome:
    """A number that is read of each run, and what it should reach (when there is a target)."""

    name: str
    indicator: str = ""
    place: str = ""
    period: str = ""
    unit: str = ""
    target: float | None = None
    direction: str = "at least"


class NotFinite(ArithmeticError):
    """A run gave an outcome that is no number."""


class Subject(ABC):
    """What is run; subclasses say how.

    Attributes:
        outcomes: what is read, in the order of the numbers that a run returns.
        label: how it is called in messages and in the command that reproduces a run.
    """

    outcomes: tuple[Outcome, ...]
    label: str

    @abstractmethod
    def run(self, role: int, values: Mapping[str, Any], seed: int) -> list[float]:
        """Do one run and return its outcomes.

        Raises:
            NotFinite: an outcome is missing, not a number, or infinite.
        """

    @abstractmethod
    def identity(self) -> dict[str, Any]:
        """Return what, besides the values and the seed, decides the results, as plain values (see ``identity.py``)."""

    @abstractmethod
    def engine(self) -> dict[str, str]:
        """Return fingerprints of the code that computes the results."""

    @abstractmethod
    def sources(self) -> dict[str, str]:
        """Return a short hash of each file that the fingerprints are of, so that a difference has names."""


@dataclass
class ScenarioSubject(Subject):
    """A scenario, perhaps with a baseline, whose settings at some paths vary.

    Attributes:
        scenario: what ``REFORM`` runs.
        baseline: what ``BASELINE`` runs.
        outcomes: what is read.
        paths: settings that each factor moves.
    """

    scenario: Scenario
    baseline: Scenario | None
    outcomes: tuple[Outcome, ...]
    paths: dict[str, tuple[str, ...]]
    label: str = ""
    _branches: Branches = field(default_factory=Branches, repr=False, compare=False)

    def run(self, role: int, values: Mapping[str, Any], seed: int) -> list[float]:
        """Do one run of the model; what it has in common with others of its seed (the opening world, the quarters before a measure tells them apart) is done once."""
        from zonesim.model import finish
        from zonesim.scenario.vary import vary

        base = self.scenario if role == REFORM else self.baseline
        if base is None:
            raise InputError("the experiment has no baseline")
        changes = {path: value for name, value in values.items() for path in self.paths.get(name, ())}
        model = self._branches.begun(vary(base, changes), seed, self._branch)
        return self._read(finish(model, periods={one.period for one in self.outcomes}, indicators={one.indicator for one in self.outcomes}))

    @functools.cached_property
    def _branch(self) -> int | None:
        return branch_of(self.scenario, self.baseline, [path for paths in self.paths.values() for path in paths])

    def _read(self, run: Run) -> list[float]:
        series = run.series
        n_groups, n_indicators = len(series.groups), len(series.indicators)
        codes = (series.period.astype(np.int64) * n_indicators + series.indicator) * n_groups + series.group  # in rising order
        places = {place: g for g, (_, place) in enumerate(series.groups)}
        found = []
        for one in self.outcomes:
            code = (series.periods.index(one.period) * n_indicators + series.indicators.index(one.indicator)) * n_groups + places[one.place]
            at = int(np.searchsorted(codes, code))
            known = at < len(codes) and codes[at] == code
            found.append(float(series.value[at]) if known else math.nan)
        return finite(found, self.outcomes)

    def identity(self) -> dict[str, Any]:
        """Return both scenarios without names and sources, and the outcomes."""
        from zonesim.experiments.identity import essence

        return {
            "scenario": essence(self.scenario), "baseline": None if self.baseline is None else essence(self.baseline),
            "outcomes": [[one.indicator, one.place, one.period] for one in self.outcomes],
        }  # fmt: skip

    def engine(self) -> dict[str, str]:
        """Return the fingerprint of the model's source and data, and the versions and processor that results depend on."""
        from zonesim.experiments.identity import engine_fingerprint, machine

        return {"model": engine_fingerprint(), **machine(("numpy", "numba", "scipy"))}

    def sources(self) -> dict[str, str]:
        """Return a short hash of each file of the model."""
        from zonesim.experiments.identity import engine_sources

        return engine_sources()


class FunctionSubject(Subject):
    """A function ``f(settings, seed) -> {outcome: number}``, given as such or by name (``package.module:function``)."""

    def __init__(self, function: Callable[..., Any] | str, outcomes: tuple[Outcome, ...]) -> None:
        self.outcomes = outcomes
        self._function: Callable[..., Any] | None = None
        if isinstance(function, str):
            self.label = function
            self.function  # noqa: B018 (a name that cannot be imported is noticed at once)
        else:
            self._function = function
            self.label = name_of(function)

    @property
    def function(self) -> Callable[..., Any]:
        """The function itself, imported on first use."""
        if self._function is None:
            self._function = named_function(self.label)
        return self._function

    def __getstate__(self) -> dict[str, Any]:
        """Travel by name where the name finds the function again."""
        state = dict(self.__dict__)
        module, _, name = self.label.partition(":")
        if module != "__main__" and "<" not in name:
            state["_function"] = None
        return state

    def run(self, role: int, values: Mapping[str, Any], seed: int) -> list[float]:
        """Call the function and read its outcomes; Python's and NumPy's own generators are seeded for those who use them."""
        random.seed(seed)
        np.random.seed(seed & 0xFFFFFFFF)
        given = self.function(dict(values), seed)
        if not isinstance(given, Mapping):
            raise TypeError(f"{self.label} returned {type(given).__name__}, not a mapping of outcomes")
        missing = [one.name for one in self.outcomes if one.name not in given]
        if missing:
            raise KeyError(f"{self.label} returned no outcome {missing[0]!r}{nearest(missing[0], [str(k) for k in given])}")
        return finite([counted(one.name, given[one.name]) for one in self.outcomes], self.outcomes)

    def identity(self) -> dict[str, Any]:
        """Return the function's name and the outcomes."""
        return {"model": self.label, "outcomes": [one.name for one in self.outcomes]}

    def engine(self) -> dict[str, str]:
        """Return fingerprints of the file that holds the function, of the user's modules that it imports, and of zonesim where a run of it may depend on that."""
        from zonesim.experiments.identity import engine_fingerprint, file_fingerprint, machine, total_fingerprint
        from zonesim.experiments.imports import sources_of

        found = sources_of(self.function)
        parts = {"model": file_fingerprint(found.model) if found.model else ""}
        if found.imported:
            parts["imports"] = total_fingerprint(found.imported.items())
        if found.uses_zonesim:
            parts["zonesim"] = engine_fingerprint()
        return {**parts, **machine(("numpy",))}

    def sources(self) -> dict[str, str]:
        """Return a short hash of each of these files."""
        from zonesim.experiments.identity import engine_sources, hashes
        from zonesim.experiments.imports import sources_of

        found = sources_of(self.function)
        own = {**({found.name: found.model} if found.model else {}), **found.imported}
        return {**hashes(own.items()), **(engine_sources() if found.uses_zonesim else {})}


def named_function(name: str) -> Callable[..., Any]:
    """Import ``package.module:function``; the working folder counts as a place to import from.

    Raises:
        InputError: it cannot be imported, or is not callable.
    """
    module, colon, attribute = name.partition(":")
    if not colon or not module or not attribute:
        raise InputError(f"--model {name}: write it as package.module:function")
    if "" not in sys.path:
        sys.path.insert(0, "")
    try:
        found: Any = importlib.import_module(module)
        for step in attribute.split("."):
            found = getattr(found, step)
    except (ImportError, AttributeError) as error:
        raise InputError(f"--model {name}: {error}") from None
    if not callable(found):
        raise InputError(f"--model {name}: is a {type(found).__name__}, not a function")
    function: Callable[..., Any] = found
    return function


def counted(name: str, value: Any) -> float:
    """Return an outcome as a number.

    Raises:
        TypeError: it is none; true, false and a text that looks like a number are none either, since nobody can tell what was meant.

    >>> counted("y", np.float32(0.5)), counted("y", 2)
    (0.5, 2.0)
    >>> counted("y", True)
    Traceback (most recent call last):
    TypeError: outcome y is True, which is a bool and no number; return 1 or 0 where that is meant
    """
    truth = isinstance(value, bool) or getattr(getattr(value, "dtype", None), "kind", "") == "b"
    try:
        if not (truth or isinstance(value, str | bytes)):
            return float(value)
    except (TypeError, ValueError):
        pass
    shown = repr(value)
    raise TypeError(
        f"outcome {name} is {shown if len(shown) <= 60 else shown[:57] + '...'}, which is a {type(value).__name__} and no number"
        + ("; return 1 or 0 where that is meant" if truth else "")
    )


def finite(values: list[float], outcomes: tuple[Outcome, ...]) -> list[float]:
    """Return the values, or raise :class:`NotFinite` for the first that is none."""
    for value, one in zip(values, outcomes, strict=True):
        if not math.isfinite(value):
            if one.indicator and math.isnan(value):
                raise NotFinite(
                    f"outcome {one.name} is missing: {one.indicator} has no value at {one.place} in {one.period} in this run (see its definition: zonesim indicators)"
                )
            raise NotFinite(f"outcome {one.name} is {value}")
    return values
