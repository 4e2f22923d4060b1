"""Sweep what a cap on water intensity leaves of a quarter's work (``supervision.least_water``), and say what the cap does to water per value added.

The lever ``water_intensity_cap`` is moved from 0 to 100 in Zhangye as ``zonesim levers --prove`` does (the same seeds and small world), at six values of the
parameter: for the region, as the claim is read in ``docs/claims.md``, and for industry alone. ``python docs/derivations/least_water.py`` takes about ten
minutes of one core; what it prints stands in ``claims_why.csv``.
"""

import copy
from pathlib import Path

import numpy as np

from zonesim import draws
from zonesim.experiments.effects import mean_interval
from zonesim.experiments.homes import with_lever
from zonesim.experiments.proof import mean_of_years, tabulate_model
from zonesim.model import ZoneModel
from zonesim.policies.instrument import every_lever
from zonesim.scenario import Scenario, load_scenario
from zonesim.scenario.vary import vary
from zonesim.world import World

ZHANGYE = Path(__file__).parents[2] / "scenarios" / "zhangye" / "zhangye_2018.yaml"
VALUES, PAIRS, FIRST_YEAR = (0.0, 0.25, 0.5, 0.7, 0.85, 1.0), 5, 2018
NAMES = ("region", "industry alone", "industry's value added")


def figures(scenario: Scenario, seed: int, opening: World) -> list[float]:
    """Return water over value added of the region and of industry (m3 per 10k CNY), and industry's value added, from the first year with the policy on."""
    model = ZoneModel(scenario, seed, world=copy.deepcopy(opening))
    industrial, water, made = model.world.industries.is_industrial > 0, 0.0, 0.0
    for _ in range(scenario.n_quarters):
        model.step()
        if model.quarter > 4 * FIRST_YEAR:
            flows = model.world.flows
            water += float(flows.water[:, industrial].sum())
            made += float(flows.value_added[:, industrial].sum())
    series = tabulate_model(model)
    model.release()
    return [mean_of_years(series, "water_intensity", ("zhangye",), FIRST_YEAR), water / made, made]


def main() -> None:
    """Print the effects of moving the cap up, with 95 % intervals."""
    lever = next(one for _, one in every_lever() if one.id == "water_intensity_cap")
    package = load_scenario(ZHANGYE, ["founding.scale=4"])
    found: dict[float, list[list[list[float]]]] = {value: [] for value in VALUES}
    for k in range(PAIRS):
        seed = draws.replication_seed(1, k)
        opening = ZoneModel(package, seed).world
        for value in VALUES:
            ends = [vary(with_lever(package, lever, cap), {"parameters.supervision.least_water": value}) for cap in (0, 100)]
            found[value].append([figures(one, seed, opening) for one in ends])
    for value, rows in found.items():
        table = np.array(rows)
        for what, name in enumerate(NAMES):
            effect, low, high = mean_interval(table[:, 1, what] - table[:, 0, what], 0.95)
            print(f"least_water {value:<5g} {name:<25s} {effect:+.4g} [{low:+.4g} to {high:+.4g}], {effect / table[:, 0, what].mean():+.1%}")


if __name__ == "__main__":
    main()
