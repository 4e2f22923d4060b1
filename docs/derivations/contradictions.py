"""Look into claims that the model contradicts: the lever moved as ``zonesim levers --prove`` does, with other seeds, and with the suspected part switched off.

Prints the change in parks, outside zones and in the region, with 95 % intervals: 40 pairs of seed 2 at ``founding.scale`` 4, then 52 pairs at 1 (12 of seed
3 and 40 of seed 4). ``python docs/derivations/contradictions.py`` takes about fifteen minutes of one core; what it prints stands in ``claims_why.csv``, beside
shares and refusals counted in the same runs.
"""

import copy
import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from zonesim import draws
from zonesim.experiments.effects import mean_interval
from zonesim.experiments.homes import ends, with_lever
from zonesim.indicators.measures import MEASURES
from zonesim.model import ZoneModel
from zonesim.policies.instrument import every_lever
from zonesim.scenario import Scenario, load_scenario
from zonesim.scenario.vary import vary
from zonesim.units import MU

SCENARIOS = Path(__file__).parents[2] / "scenarios"
SANMING, LANZHOU = "sanming/sanming_2024.yaml", "lanzhou/plan_2015.yaml"
FORMS = ("big_committee", "quasi_government", "zone_district_merged", "enterprise_led")
Cube = Any  #: measures by quarter, measure and place
LEVERS = {one.id: one for _, one in every_lever()}


@dataclass(frozen=True)
class Trial:
    """One lever with what is read, and what is switched off."""

    lever: str
    read: str
    file: str = SANMING
    first_year: int = 2024
    off: str = ""  #: a parameter and its value
    setting: str = ""  #: of the scenario
    high: Any = None  #: else the high end


def _of(cube: Cube, name: str) -> Any:
    return cube[:, MEASURES.index(name)]


def _ratio(top: str, bottom: str) -> Callable[[Cube, Any], float]:
    return lambda cube, here: float(_of(cube, top)[:, here].sum() / _of(cube, bottom)[:, here].sum())


def _per_mu(cube: Cube, here: Any) -> float:
    output = _of(cube, "output_industry")[:, here].reshape(-1, 4, here.sum()).sum((1, 2))
    land = _of(cube, "land_industrial")[3::4, here].sum(1) / MU
    return float((output / land).mean())


def _sum(*names: str) -> Callable[[Cube, Any], float]:
    return lambda cube, here: float(4 * sum(_of(cube, name)[:, here].sum() for name in names) / len(cube))


READ: dict[str, Callable[[Cube, Any], float]] = {
    "days to approve": _ratio("approval_days", "approved"),
    "output per mu": _per_mu,
    "from outside": _sum("heads_attracted", "heads_transferred", "heads_major"),
    "lost projects": _sum("lost_projects"),
}
TRIALS = (
    Trial("agency_service_enabled", "days to approve"),
    *(Trial("agency_service_enabled", "days to approve", off=f"approval.steward_work={work}") for work in (0, 0.05, 0.1, 0.3)),
    Trial("governance_model", "days to approve", LANZHOU, 2015),
    Trial("governance_model", "days to approve", LANZHOU, 2015, off="approval.queue=0"),
    *(Trial("governance_model", "days to approve", LANZHOU, 2015, high=form) for form in FORMS),
    Trial("entry_min_investment_intensity", "from outside"),
    Trial("entry_min_investment_intensity", "from outside", off="location.land_shrink=1"),
    Trial("entry_min_output_per_mu", "output per mu"),
    Trial("entry_min_output_per_mu", "output per mu", setting="policies.entry_gate.places=[all]"),
    Trial("standard_min_output_per_mu", "output per mu"),
    Trial("standard_breach_penalty", "output per mu"),
    Trial("joint_promotion_enabled", "output per mu"),
    Trial("zone_quota_ringfence_level", "lost projects"),
    Trial("zone_quota_ringfence_level", "lost projects", off="approval.ringfence_saves=0"),
    Trial("zone_quota_ringfence_level", "lost projects", off="admission.overload=5"),
    Trial("zone_quota_ringfence_level", "lost projects", setting="policies.entry_gate.entry_gate_pass_score=0"),
)


def pair(trial: Trial, scale: int) -> list[Scenario]:
    """Return the package with the lever at its low and its high end."""
    package = load_scenario(SCENARIOS / trial.file, [f"founding.scale={scale}", *([trial.setting] if trial.setting else [])])
    low, high = ends(LEVERS[trial.lever], None)
    found = [with_lever(package, LEVERS[trial.lever], value) for value in (low, high if trial.high is None else trial.high)]
    name, _, value = trial.off.partition("=")
    return [vary(one, {f"parameters.{name}": float(value)}) for one in found] if name else found


def readings(trial: Trial, scale: int, seeds: Iterator[int]) -> tuple[Any, list[str]]:
    """Return what is read in parks, outside zones and in the region, by pair and end ``[pair, end, where]``."""
    two, rows = pair(trial, scale), []
    for seed in seeds:
        opening, row = ZoneModel(two[0], seed).world, []
        for scenario in two:
            model = ZoneModel(scenario, seed, world=copy.deepcopy(opening))
            for _ in range(scenario.n_quarters):
                model.step()
            park = model.world.places.zone[: model.world.n_places] >= 0
            cube = model.observer.cube[4 * trial.first_year - scenario.start :]
            row.append([READ[trial.read](cube, here) for here in (park, ~park, park | ~park)])
            model.release()
        rows.append(row)
    return np.array(rows), ["parks", "outside zones", "region"]


def main() -> None:
    """Print the changes."""
    for scale, seeds in ((4, ((2, 40),)), (1, ((3, 12), (4, 40)))):
        for trial in TRIALS:
            if scale == 1 and (trial.off or trial.setting or trial.high is not None):
                continue
            of_pairs = itertools.chain.from_iterable((draws.replication_seed(seed, k) for k in range(n)) for seed, n in seeds)
            found, where = readings(trial, scale, of_pairs)
            for k, name in enumerate(where):
                effect, low, high = mean_interval(found[:, 1, k] - found[:, 0, k], 0.95)
                what = " ".join(str(part) for part in (trial.lever, trial.high or "", trial.off, trial.setting) if part)
                print(
                    f"scale {scale} {what:<80s} {trial.read:<16s} {name:<14s} {effect:+.3g} [{low:+.3g} to {high:+.3g}] of {found[:, 0, k].mean():.4g}",
                    flush=True,
                )


if __name__ == "__main__":
    main()
