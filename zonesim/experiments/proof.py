"""Proof that a lever acts: two worlds that differ in one lever, stepped side by side until they differ.

A lever is moved from the low to the high end of its range in a package where it is on, with the same seeds. What is reported is the
first quarter and the first column of state that differ, and the effect on the indicators that the documents name.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from zonesim import draws, quarters
from zonesim.errors import InputError
from zonesim.experiments.effects import mean_interval
from zonesim.indicators import DERIVED, INDICATORS, Series, tabulate
from zonesim.model import ZoneModel
from zonesim.policies.instrument import Instrument, Lever, every_lever
from zonesim.scenario import Scenario, load_scenario
from zonesim.scenario.schema import build_scenario
from zonesim.world import World

TABLES = ("zones", "places", "counties", "contracts", "enterprises")


@dataclass(frozen=True)
class ClaimChecked:
    """The effect of moving a lever up on an indicator that the documents name, and whether the direction agrees."""

    indicator: str
    place: str
    claimed: str
    effect: float
    low: float
    high: float
    verdict: str  #: agrees, contradicts, open (the interval contains zero, or one run only), none (exactly zero), unknown (no such indicator yet)


@dataclass
class Proof:
    """What moving one lever did.

    Attributes:
        package: the scenario in which it was moved; its instrument was added with its defaults when no package has the lever.
        low, high: the two settings.
        quarter: first quarter in which the two worlds differ; empty when they never do.
        column: first column of state that differs then.
        never_bound: the two worlds are identical to the end.
    """

    lever: str
    package: str
    low: Any
    high: Any
    quarter: str = ""
    column: str = ""
    claims: list[ClaimChecked] = field(default_factory=list)
    added: bool = False

    @property
    def never_bound(self) -> bool:
        """Whether nothing differed in any replication."""
        return not self.quarter


def ends(lever: Lever, raw: Any) -> tuple[Any, Any]:
    """Return the settings at the low and the high end of a lever's range.

    A window of years, a map, or weights have no ends: the low end is then None, "the policy is not there", and the high end the package's own.
    """
    if lever.kind in ("number", "integer"):
        return lever.low, lever.high
    if lever.kind == "switch":
        return False, True
    if lever.kind == "choice":
        return lever.allowed[0], lever.allowed[-1]
    if lever.kind == "set":
        return [], list(lever.allowed)
    value = raw.get("value", raw) if isinstance(raw, dict) and "value" in raw else raw
    return None, lever.default if value is None else value


def with_lever(scenario: Scenario, lever: Lever, value: Any) -> Scenario:
    """Return the scenario with a lever set in every policy that has it; None removes those policies."""
    plain = copy.deepcopy(scenario.resolved)
    kinds = Instrument.kinds()
    for label, raw in list(plain["policies"].items()):
        if raw and lever.id in kinds[raw["instrument"]].levers:
            if value is None:
                del plain["policies"][label]
            else:
                raw[lever.id] = {"value": value, "assumption": "an end of its range"}
    return build_scenario(plain, lambda *steps: f"{scenario.id} with {lever.id} = {value!r}: {'.'.join(map(str, steps))}")


def homes(lever: Lever, kind: type[Instrument], packages: Sequence[Scenario]) -> Iterator[tuple[Scenario, bool, Any]]:
    """Yield the packages in which a lever is on, then those to which its instrument is added with its defaults: scenario, added, the lever's entry."""
    kinds = Instrument.kinds()
    without = []
    for package in packages:
        entries = [
            raw[lever.id]
            for raw in (package.resolved.get("policies") or {}).values()
            if raw and lever.id in kinds[raw["instrument"]].levers and lever.id in raw
        ]
        if entries:
            yield package, False, entries[0]
        else:
            without.append(package)
    for package in without:
        plain = copy.deepcopy(package.resolved)
        entry: dict[str, Any] = {"instrument": kind.name, "clause": lever.clauses[0], "start": f"{quarters.year(package.start) + 1}-01-01"}
        for key, one in kind.levers.items():
            if not one.is_option:
                entry[key] = {"value": one.default, "assumption": "default of the catalogue"}
        plain.setdefault("policies", {})[f"proof_of_{kind.name}"] = entry
        try:
            built = build_scenario(plain, lambda *steps: ".".join(map(str, steps)))
        except InputError:  # its defaults name places of another region
            continue
        yield built, True, entry[lever.id]


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


def prove(
    lever: Lever, kind: type[Instrument], packages: Sequence[Scenario], openings: dict[tuple[str, int], World], *, replications: int = 1, seed: int = 1,
    most_quarters: int | None = None,
) -> Proof:  # fmt: skip
    """Move one lever between the ends of its range and watch.

    Args:
        lever: what to move.
        kind: its instrument.
        packages: scenarios; those in which the lever is on are tried in turn until it binds, then those to which it has to be added.
        openings: opening worlds by scenario and seed, filled as they are founded (no policy touches the founding).
        replications: pairs of runs, for the effects on the claimed indicators.
        seed: seed of the whole.
        most_quarters: stop after so many quarters (for tests).
    """
    proof = Proof(lever.id, "", None, None)
    for package, added, raw in homes(lever, kind, packages):
        low, high = ends(lever, raw)
        proof = Proof(lever.id, package.id, low, high, added=added)
        _watch(proof, lever, package, openings, replications, seed, most_quarters)
        if not proof.never_bound:
            break
    return proof


def _watch(
    proof: Proof, lever: Lever, package: Scenario, openings: dict[tuple[str, int], World], replications: int, seed: int, most_quarters: int | None
) -> None:
    """Step pairs of worlds that differ in the lever, and enter what differed first and what it did to what the documents name."""
    pair = [with_lever(package, lever, value) for value in (proof.low, proof.high)]
    region = package.region
    named = sorted({label for one in pair[1].instruments if lever.id in one.settings for label in one.place_names if label in region.zones})
    place = named[0] if len(named) == 1 else region.id
    results: list[tuple[Series, Series]] = []
    for replication in range(replications):
        run_seed = draws.replication_seed(seed, replication)
        key = (region.id, run_seed)
        if key not in openings:
            openings[key] = ZoneModel(package, run_seed).world
        models = [ZoneModel(scenario, run_seed, world=copy.deepcopy(openings[key])) for scenario in pair]
        length = min(package.n_quarters, most_quarters or package.n_quarters)
        for _ in range(length):
            for model in models:
                model.step()
            if not proof.quarter:
                proof.column = first_difference(*models)
                if proof.column:
                    proof.quarter = quarters.label(models[0].quarter - 1)
        results.append((tabulate_model(models[0]), tabulate_model(models[1])))
        for model in models:
            model.release()
    first_year = int(proof.quarter[:4]) if proof.quarter else quarters.year(package.end)
    proof.claims = [_claim(indicator, direction, place, region.id, first_year, results) for indicator, direction in lever.claims]


def tabulate_model(model: ZoneModel) -> Series:
    """Return the indicators of a model that has run."""
    return tabulate(model.observer, model.paid())


def _claim(indicator: str, direction: str, place: str, region: str, first_year: int, results: list[tuple[Series, Series]]) -> ClaimChecked:
    """Compare the means over the years since the worlds differ."""
    if indicator not in INDICATORS and indicator not in DERIVED:
        return ClaimChecked(indicator, place, direction, float("nan"), float("nan"), float("nan"), "unknown")
    for where in dict.fromkeys((place, region, *(g for level, g in results[0][0].groups if level == "zone"))):
        pairs = np.array([[_mean_of_years(series, indicator, where, first_year) for series in pair] for pair in results])
        if not np.isnan(pairs).any():
            change = pairs[:, 1] - pairs[:, 0]
            effect, low, high = mean_interval(change)
            sure = len(change) > 1 and (low > 0 or high < 0)
            agrees = (effect > 0) == (direction == "+")
            verdict = "none" if not change.any() else "open" if not sure else "agrees" if agrees else "contradicts"
            return ClaimChecked(indicator, where, direction, effect, low, high, verdict)
    return ClaimChecked(indicator, place, direction, float("nan"), float("nan"), float("nan"), "unknown")


def _mean_of_years(series: Series, indicator: str, place: str, first_year: int) -> float:
    """Return the mean over the full years from one on; the value of the last period when there is none."""
    years = [k for k, label in enumerate(series.periods) if "Q" not in label and int(label) >= first_year]
    group = [k for k, (_, name) in enumerate(series.groups) if name == place]
    here = np.isin(series.period, years or [len(series.periods) - 1]) & np.isin(series.group, group)
    found = series.value[here & (series.indicator == series.indicators.index(indicator))]
    return float(found.mean()) if len(found) else float("nan")


def find_packages(folder: Path) -> list[Scenario]:
    """Return the packages of a folder of scenarios: every file that has policies; regions of many zones first.

    Raises:
        InputError: the folder holds none, or a file is wrong.
    """
    found: list[Scenario] = []
    for path in sorted(folder.glob("*/*.yaml")):
        scenario = load_scenario(path)
        if scenario.instruments:
            found.append(scenario)
    if not found:
        raise InputError(f"{folder}: holds no scenario with policies")
    return sorted(found, key=lambda one: (-len(one.region.zones), one.id))


def prove_all(
    packages: Sequence[Scenario], *, only: Sequence[str] = (), replications: int = 1, seed: int = 1, most_quarters: int | None = None,
    progress: Callable[[], None] | None = None,
) -> Iterator[Proof]:  # fmt: skip
    """Yield the proof of every lever of the register (or of some), in the order of their ids."""
    openings: dict[tuple[str, int], World] = {}
    for kind, lever in sorted(every_lever(), key=lambda pair: pair[1].id):
        if only and lever.id not in only:
            continue
        yield prove(lever, kind, packages, openings, replications=replications, seed=seed, most_quarters=most_quarters)
        if progress:
            progress()
