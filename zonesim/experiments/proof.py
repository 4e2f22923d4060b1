"""Proof that a lever acts: two worlds that differ in one lever, stepped side by side until they differ.

A lever is moved from the low to the high end of its range in a package where it is on, with the same seeds. What is reported is the
first quarter and the first column of state that differ, and the effect on the indicators that the documents name: the mean, over the full years
since the worlds differ, of the difference between the two. A lever whose claims are open gets more pairs of runs: twice as many each time, up to a
limit or the end of the time; as the intervals are looked at so often, they are of the level 1 - 0.05 / looks. A claim is read at the zone when the lever's
policies name it or cover the parks of no other, or at the region when they cover several or places outside zones, or as the mean over the covered zones when
the indicator has no meaning (or no value) for the region.
"""

from __future__ import annotations

import copy
import itertools
import math
import statistics
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from zonesim import draws, quarters
from zonesim.experiments.effects import mean_interval
from zonesim.experiments.homes import ends, homes, with_lever
from zonesim.experiments.verdict import ClaimChecked, judge
from zonesim.indicators import DERIVED, INDICATORS, Series, tabulate
from zonesim.model import ZoneModel
from zonesim.policies.instrument import Instrument, Lever, every_lever
from zonesim.scenario import Scenario
from zonesim.scenario.schema import build_scenario, site_info
from zonesim.terms import TERMS
from zonesim.world import World

TABLES = ("zones", "places", "counties", "contracts", "enterprises")
FINER = 2  #: scale of the founding at which a lever that never binds is tried again
LATE = 4  #: quarters after the date of a lever, beyond which its first effect is late: evaluations, quotas and budgets turn once a year


@dataclass
class Proof:
    """What moving one lever did.

    Attributes:
        package: the scenario in which it was moved; its instrument was added with its defaults when no package has the lever.
        finer: it bound only where a row stood for fewer micro-enterprises.
        low, high: the two settings.
        quarter: first quarter in which the two worlds differ; empty when they never do.
        column: first column of state that differs then.
        begins: first quarter of the run in which a policy with the lever is in force.
        delays: quarters from then to the first difference, of each pair of runs that differs.
        pairs: of runs.
        never_bound: the two worlds are identical to the end.
    """

    lever: str
    package: str
    low: Any
    high: Any
    quarter: str = ""
    column: str = ""
    begins: str = ""
    delays: list[int] = field(default_factory=list)
    pairs: int = 0
    claims: list[ClaimChecked] = field(default_factory=list)
    added: bool = False
    finer: bool = False

    @property
    def never_bound(self) -> bool:
        """Whether nothing differed in any replication."""
        return not self.quarter

    @property
    def is_open(self) -> bool:
        """Whether more pairs of runs could settle a claim."""
        return any(claim.verdict == "open" for claim in self.claims)


def is_late(delays: Sequence[int]) -> bool:
    """Tell whether a lever is first felt late: more than a year after its date in the middle pair of runs.

    >>> is_late([5]), is_late([4]), is_late([0, 0, 12]), is_late([])
    (True, False, False, False)
    """
    return bool(delays) and statistics.median(delays) > LATE


def first_difference(one: ZoneModel, two: ZoneModel) -> str:
    """Return the first column of state in which two models differ, or an empty string."""
    for table in TABLES:
        a, b = getattr(one.world, table), getattr(two.world, table)
        if a.n != b.n:
            return f"{table}: rows"
        for name in a.columns:
            if not np.array_equal(a.live(name), b.live(name)):
                return f"{table}.{name}"
    if not np.array_equal(one.world.balances, two.world.balances):
        names = one.names
        return f"balances of {names[int(np.flatnonzero(one.world.balances != two.world.balances)[0])]}"
    flows = one.world.flows
    for name in (*flows.BY_PLACE, *flows.BY_SITE, "taxes", "jobs", "heads"):
        if not np.array_equal(getattr(one.world.flows, name), getattr(two.world.flows, name)):
            return f"flows.{name}"
    return ""


class Trial:
    """A lever between the ends of its range in one package, and the pairs of runs so far.

    Args:
        lever: what is moved.
        package: where.
        added: the package had to be given the lever.
        settings: the two ends.
        openings: opening worlds by region (with its scale) and seed, filled as they are founded (no policy touches the founding).
        seed: seed of the whole.
        level: of the intervals.
        most_quarters: stop after so many quarters (for tests).
    """

    def __init__(
        self, lever: Lever, package: Scenario, added: bool, settings: tuple[Any, Any], openings: dict[tuple[str, int], World], *, seed: int,
        level: float = 0.95, most_quarters: int | None = None,
    ) -> None:  # fmt: skip
        self.lever, self.package, self.openings, self.seed, self.level = lever, package, openings, seed, level
        self.length = min(package.n_quarters, most_quarters or package.n_quarters)
        self.pair = [with_lever(package, lever, value) for value in settings]
        mine = [one for one in self.pair[1].instruments if lever.id in one.settings]
        named = {label for one in mine for label in one.place_names if label in package.region.zones}
        self.zones = tuple(sorted(named)) or covered_zones(package, mine) or tuple(package.region.zones)  #: that are covered
        self.place = self.zones[0] if len(named) == 1 or is_of_one_zone(package, mine) else package.region.id
        self.begins = max(package.start, min(one.first_quarter for one in mine))
        self.proof = Proof(lever.id, package.id, *settings, begins=quarters.label(self.begins), added=added)
        self.places: dict[str, tuple[str, ...]] = {}  #: where each claimed indicator has values
        self.pairs = 0
        self.means: dict[str, list[tuple[float, float]]] = {indicator: [] for indicator, _ in lever.claims}

    def run(self, pairs: int) -> None:
        """Run more pairs, and judge the claims anew."""
        for _ in range(pairs):
            self._step(draws.replication_seed(self.seed, self.pairs))
            self.pairs += 1
        self.proof.pairs = self.pairs
        self.proof.claims = [self._judge(indicator, direction) for indicator, direction in self.lever.claims]

    def _step(self, run_seed: int) -> None:
        """Step one pair of worlds that differ in the lever; keep what differed first and what the documents name."""
        key = (f"{self.package.region.id} at {self.package.founding.scale}", run_seed)
        if key not in self.openings:
            self.openings[key] = ZoneModel(self.package, run_seed).world
        models = [ZoneModel(scenario, run_seed, world=copy.deepcopy(self.openings[key])) for scenario in self.pair]
        differs = False
        for _ in range(self.length):
            for model in models:
                model.step()
            column = "" if differs else first_difference(*models)
            if column:
                differs, quarter = True, models[0].quarter - 1
                self.proof.delays.append(quarter - self.begins)
                if not self.proof.quarter:
                    self.proof.quarter, self.proof.column = quarters.label(quarter), column
        results = [tabulate_model(model) for model in models]
        for model in models:
            model.release()
        first_year = int(self.proof.quarter[:4]) if self.proof.quarter else quarters.year(self.package.end)
        for indicator, found in self.means.items():
            if indicator in INDICATORS or indicator in DERIVED:
                where = self.places.get(indicator) or self._places_of(indicator, results[0], first_year)
                self.places[indicator] = where
                found.append((mean_of_years(results[0], indicator, where, first_year), mean_of_years(results[1], indicator, where, first_year)))

    def _places_of(self, indicator: str, series: Series, first_year: int) -> tuple[str, ...]:
        """Return the place or places where the indicator lives: the covered zone, else the region, else the covered zones with a value (else any zones)."""
        one, region = {**INDICATORS, **DERIVED}[indicator], self.package.region

        def lives(name: str) -> bool:
            return not one.complaint(region.level_of(name)) and not math.isnan(mean_of_years(series, indicator, (name,), first_year))

        for candidates in ((self.place,), (region.id,), self.zones, tuple(region.zones)):
            if names := tuple(name for name in candidates if lives(name)):
                return names
        return (self.place,)

    def _judge(self, indicator: str, direction: str) -> ClaimChecked:
        found = np.array(self.means[indicator]).reshape(-1, 2)
        where = " + ".join(self.places.get(indicator, (self.place,)))
        found = found[~np.isnan(found).any(axis=1)]  # pairs in which both have a value
        if not len(found):
            return ClaimChecked(indicator, where, direction, float("nan"), float("nan"), float("nan"), "unknown", pairs=0)
        change, level = found[:, 1] - found[:, 0], float(found[:, 0].mean())
        effect, low, high = mean_interval(change, self.level)
        return ClaimChecked(
            indicator, where, direction, effect, low, high, judge(direction, effect, low, high, level, len(found), self.level), level, len(found)
        )


def prove(
    lever: Lever, kind: type[Instrument], packages: Sequence[Scenario], openings: dict[tuple[str, int], World], *, most_quarters: int | None = None
) -> Proof:
    """Move one lever between the ends of its range in one pair of runs, and watch.

    Args:
        lever: what to move.
        kind: its instrument.
        packages: scenarios; those in which the lever is on are tried in turn until it binds, then those to which it has to be added, then the first again
            with a finer population; when nothing binds, what is returned is of the first.
        openings: opening worlds by region (with its scale) and seed, filled as they are founded.
        most_quarters: stop after so many quarters (for tests).
    """
    return _trial(lever, kind, packages, openings, 1, 1, 0.95, most_quarters).proof


def _trial(
    lever: Lever, kind: type[Instrument], packages: Sequence[Scenario], openings: dict[tuple[str, int], World], replications: int, seed: int, level: float,
    most_quarters: int | None,
) -> Trial:  # fmt: skip
    found: Trial | None = None
    for package, added, raw in itertools.chain(homes(lever, kind, packages), _finer(lever, kind, packages)):
        trial = Trial(lever, package, added, ends(lever, raw), openings, seed=seed, level=level, most_quarters=most_quarters)
        trial.run(1)
        if found is None or trial.proof.quarter:
            trial.proof.finer = found is not None and package.id == found.package.id
            found = trial
        if trial.proof.quarter:
            break
    assert found is not None, f"{lever.id} fits into no package"
    found.run(replications - 1)
    return found


def _finer(lever: Lever, kind: type[Instrument], packages: Sequence[Scenario]) -> Iterator[tuple[Scenario, bool, Any]]:
    """Yield the first home of a lever with a finer population, when it is coarse."""
    for package, added, raw in itertools.islice(homes(lever, kind, packages), 1):
        if package.founding.scale > FINER:
            plain = copy.deepcopy(package.resolved)
            plain["founding"]["scale"] = FINER
            yield build_scenario(plain, lambda *steps: f"scale {FINER}: {'.'.join(map(str, steps))}"), added, raw


def covered_zones(package: Scenario, instruments: Sequence[Instrument]) -> tuple[str, ...]:
    """Return the committees that run a place which some instruments cover, in the order of the region."""
    site = site_info(package.region)
    covered = np.any([site.zone_mask(one.covered) for one in instruments], axis=0)
    return tuple(zone for zone, mine in zip(site.zone_ids, covered, strict=True) if mine)


def is_of_one_zone(package: Scenario, instruments: Sequence[Instrument]) -> bool:
    """Tell whether some instruments act in the parks of one committee alone: neither outside zones nor on a term of the whole region."""
    if any(TERMS[term].where == "region" for one in instruments for term in one.edits):
        return False
    covered = np.any([one.covered for one in instruments], axis=0)
    zones = {zone for zone, mine in zip(site_info(package.region).zones, covered, strict=True) if mine}
    return len(zones) == 1 and "" not in zones


def tabulate_model(model: ZoneModel) -> Series:
    """Return the indicators of a model that has run."""
    return tabulate(model.observer, model.paid())


def mean_of_years(series: Series, indicator: str, places: Collection[str], first_year: int) -> float:
    """Return the mean over places and the full years from one on; over the places in the last period when there is none."""
    years = [k for k, label in enumerate(series.periods) if "Q" not in label and int(label) >= first_year]
    group = [k for k, (_, name) in enumerate(series.groups) if name in places]
    here = np.isin(series.period, years or [len(series.periods) - 1]) & np.isin(series.group, group)
    found = series.value[here & (series.indicator == series.indicators.index(indicator))]
    return float(found.mean()) if len(found) else float("nan")


def prove_all(
    packages: Sequence[Scenario], *, only: Sequence[str] = (), replications: int = 1, most: int | None = None, seed: int = 1, most_quarters: int | None = None,
    progress: Callable[[int, int], None] | None = None, is_over: Callable[[], bool] = lambda: False,
) -> list[Proof]:  # fmt: skip
    """Return the proof of every lever of the register (or of some), in the order of their ids.

    Args:
        packages: scenarios to move levers in.
        only: ids of levers; all when empty.
        replications: pairs of runs of every lever.
        most: pairs of runs of a lever with open claims at most; ``replications`` when None.
        seed: seed of the whole.
        most_quarters: stop after so many quarters (for tests).
        progress: called with (levers done, levers) of a round.
        is_over: asked before each lever of a later round; True ends the search for more.
    """
    most = max(most or replications, replications)
    looks = 1 + max(0, math.ceil(math.log2(most / replications)))
    level = 1 - 0.05 / looks
    wanted = [(kind, lever) for kind, lever in sorted(every_lever(), key=lambda pair: pair[1].id) if not only or lever.id in only]
    openings: dict[tuple[str, int], World] = {}
    trials = []
    for k, (kind, lever) in enumerate(wanted):
        trials.append(_trial(lever, kind, packages, openings, replications, seed, level, most_quarters))
        if progress:
            progress(k + 1, len(wanted))
    for _ in range(looks - 1):
        again = [trial for trial in trials if trial.proof.is_open and trial.pairs < most]
        for k, trial in enumerate(again):
            if is_over():
                return [trial.proof for trial in trials]
            trial.run(min(trial.pairs, most - trial.pairs))
            if progress:
                progress(k + 1, len(again))
    return [trial.proof for trial in trials]
