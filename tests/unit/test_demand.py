"""Demand: a slump is felt in its years, by tradables alone, and by nobody when there is none."""

import numpy as np
import pytest

from tests.conftest import LANZHOU, ROOT
from zonesim.model import ZoneModel
from zonesim.scenario import load_scenario


def test_growth_that_is_not_published_can_be_moved_and_what_is_published_cannot():
    worlds = []
    for more in (0.0, 1.0):
        settings = ["founding.scale=40", "horizon.end=2025Q1", f"parameters.demand.growth_later={more}"]
        model, path = ZoneModel(load_scenario(ROOT / "scenarios" / "sanming" / "baseline.yaml", settings), 1), []
        while model.running:
            model.step()
            flows = model.world.flows
            path.append((model.world.economy.trend, float(model.world.counties.wage[0]), float(flows.investment.sum())))
        worlds.append(np.array(path))
        through = model.parameters["demand"].pass_through * model.parameters["demand"].productivity_part
    usual, more = worlds
    assert np.array_equal(usual[:8], more[:8])  # 2022 and 2023
    assert more[8:12, 0] / usual[8:12, 0] == pytest.approx(np.exp(through * 0.01 / 4 * np.arange(1, 5)))
    assert (more[8:, 1] > usual[8:, 1]).all(), "wages follow"
    assert more[12, 2] > usual[12, 2], "so does investment"


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
