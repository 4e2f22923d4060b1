"""The quarters that runs of a sweep have in common: two runs of one seed are the same run until the first measure that tells them apart comes into force.

A sweep moves the settings of measures that begin years after the opening, and pairs its runs with a baseline that is the same world until then. Each process keeps runs as they
stand at that quarter, and the next run that is equal up to there goes on from a copy. What a run is up to a quarter is decided by what founding reads, the other parameters, and the
measures that act in its quarters with all their settings; the results are those of whole runs, bit for bit (``tests/experiments/test_branches.py``).
"""

from __future__ import annotations

import copy
from collections import OrderedDict
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from zonesim.experiments.openings import CACHED_BYTES, Openings, size_of, values_of

if TYPE_CHECKING:
    from zonesim.model import ZoneModel
    from zonesim.policies.instrument import Instrument
    from zonesim.policies.package import Package
    from zonesim.scenario import Scenario

WASTED = 24  #: so many runs kept without one that went on from them, and no more are kept


class Branches:
    """Runs as they stand where others branch off: a cache for one process, bounded in bytes, oldest out first.

    Args:
        limit: bytes to keep.
    """

    def __init__(self, limit: int = CACHED_BYTES) -> None:
        self.limit = limit
        self.openings = Openings(limit)
        self.used = self.kept = 0
        self._states: OrderedDict[Any, tuple[dict[str, Any], int]] = OrderedDict()

    def __reduce__(self) -> tuple[type[Branches], tuple[int]]:
        return Branches, (self.limit,)

    def begun(self, scenario: Scenario, seed: int, branch: int | None) -> ZoneModel:
        """Return a run of the scenario, at its opening or further on.

        Args:
            scenario: what is run.
            seed: run seed.
            branch: quarter up to which other runs may be the same; None where none are.
        """
        from zonesim.model import ZoneModel

        if branch is None or self.kept >= WASTED * (1 + self.used):
            return ZoneModel(scenario, seed, founder=self.openings.found, parts=False)
        key = self._key(scenario, seed, branch)
        if key in self._states:
            self.used += 1
            self._states.move_to_end(key)
            state = _copied(self._states[key][0])
            model = ZoneModel(scenario, seed, world=state["world"], parts=False)
            model.take_over(state)
            return model
        model = ZoneModel(scenario, seed, founder=self.openings.found, parts=False)
        while model.quarter < branch and model.running:
            model.step()
        if model.running:
            self._keep(self._key(scenario, seed, branch), model.state())  # the key again: the first founding shows what founding reads
        return model

    def _keep(self, key: Any, state: dict[str, Any]) -> None:
        """Keep a copy of a state, unless it is larger than all that may be kept."""
        postings, cube = state["ledger"].postings, state["observer"].cube
        size = size_of(state["world"]) + cube.nbytes + postings.facts.nbytes + postings.amount.nbytes
        self.kept += 1
        if size > self.limit:
            return
        self._states[key] = _copied(state), size
        while sum(one for _, one in self._states.values()) > self.limit:
            self._states.popitem(last=False)

    def _key(self, scenario: Scenario, seed: int, branch: int) -> Any:
        founded = self.openings.key(scenario.region, scenario.founding, scenario.parameters, seed, scenario.start, scenario.enterprises_list)
        return (
            founded,
            values_of(scenario.parameters, sorted(scenario.parameters)),
            scenario.end,
            branch,
            acts(scenario.package, range(begins(scenario), branch)),
        )


def begins(scenario: Scenario) -> int:
    """Return the first quarter that a run goes through: measures that act while the projects of the opening are under way are part of the opening."""
    founding: Any = scenario.parameters["founding"]
    return scenario.start - int(founding.pipeline)


def branch_of(scenario: Scenario, baseline: Scenario | None, paths: Iterable[str]) -> int | None:
    """Return the first quarter in which a measure that varies acts, or one that the baseline does not have; None when that is the opening or before it.

    Args:
        scenario: as written.
        baseline: what it is paired with.
        paths: settings that vary.
    """
    varied = {path.split(".")[1] for path in paths if path.startswith("policies.")}
    package, other = scenario.package, None if baseline is None else baseline.package
    for quarter in range(begins(scenario), scenario.end + 1):
        mine = package.acting(quarter)
        apart = other is not None and _facts(mine, quarter) != _facts(other.acting(quarter), quarter)
        if apart or any(one.label in varied for one in mine):
            return quarter if quarter >= scenario.start else None
    return scenario.end  # they differ in the last quarter at most


def acts(package: Package, quarters: Iterable[int]) -> tuple[Any, ...]:
    """Return what acts in each of some quarters, as plain values that are equal where the terms and their causes are."""
    return tuple(_facts(package.acting(quarter), quarter) for quarter in quarters)


def _facts(acting: list[Instrument], quarter: int) -> Any:
    return frozenset(
        (
            one.name,
            one.label,
            one.clause,
            one.start,
            one.end,
            one.covered.tobytes(),
            one.industries.tobytes(),
            repr(sorted(one.settings.items())),
            one.phase(quarter),
        )
        for one in acting
    )


def _copied(state: dict[str, Any]) -> dict[str, Any]:
    industries = state["world"].industries
    return copy.deepcopy(state, {id(industries): industries})
