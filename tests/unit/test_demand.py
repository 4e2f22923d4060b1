"""Demand: a slump is felt in its years, by tradables alone, and by nobody when there is none."""

import numpy as np

from tests.conftest import LANZHOU
from zonesim.model import ZoneModel
from zonesim.scenario import load_scenario


def outside(**change):
    scenario = load_scenario(LANZHOU / "baseline.yaml", ["horizon.end=2015Q4"])
    scenario.parameters["demand"] = scenario.parameters["demand"].model_copy(update=change)
    model = ZoneModel(scenario, 1)
    paths = []
    for _ in range(8):
        model.step()
        paths.append(model.world.economy.outside_demand.copy())
    return np.array(paths), model.world.industries.is_tradable > 0


def test_a_slump_takes_its_share_of_tradable_demand_in_its_years():
    usual, tradable = outside()
    fallen, _ = outside(slump=0.3, slump_year=2015.0, slump_years=0.5)
    assert np.array_equal(usual[:4], fallen[:4]) and np.array_equal(usual[6:], fallen[6:])
    assert np.allclose(fallen[4:6][:, tradable], 0.7 * usual[4:6][:, tradable])
    assert np.array_equal(fallen[4:6][:, ~tradable], usual[4:6][:, ~tradable])
