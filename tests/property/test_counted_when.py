"""When enterprises and their capital are counted: as the last quarter of a period begins, as their definitions say."""

import numpy as np
import pytest

from tests.conftest import ROOT
from zonesim import quarters
from zonesim.experiments.proof import tabulate_model
from zonesim.indicators import INDICATORS
from zonesim.model import ZoneModel
from zonesim.scenario import load_scenario
from zonesim.units import YI
from zonesim.world.enterprises import Stage

BEGINS = {"enterprises": ("季度初", "quarter of the period begins"), "investment_intensity": ("季度初", "quarter of the period begins"),
          "input_output_ratio": ("季度初", "quarter of the period begins")}  # fmt: skip


@pytest.fixture(scope="module")
def counted():
    """Enterprises and their capital at the end of each quarter by hand, and the tables of the same run."""
    scenario = load_scenario(ROOT / "scenarios" / "hebei_county" / "hebei_2020.yaml", ["founding.scale=5", "horizon.end=2021Q4"])
    model, ends = ZoneModel(scenario, 1), {}
    for _ in range(scenario.n_quarters):
        model.step()
        e = model.world.enterprises
        there = np.isin(e.live("stage"), [Stage.OPERATING, Stage.SUSPENDED, Stage.MOVING])
        industrial = there & (model.world.industries.is_industrial > 0)[e.live("industry")]
        ends[quarters.label(model.quarter - 1)] = (
            float(e.live("weight")[there].sum()), float(e.live("capital")[there].sum()), float(e.live("capital")[industrial].sum())
        )  # fmt: skip
    return scenario, tabulate_model(model), ends


def read(counted, indicator, period):
    scenario, series, _ = counted
    at = (series.indicator == series.indicators.index(indicator)) & (series.period == series.periods.index(period))
    return float(series.value[at & np.isin(series.group, [k for k, (_, name) in enumerate(series.groups) if name == scenario.region.id])][0])


@pytest.mark.parametrize(("period", "before"), [("2020Q3", "2020Q2"), ("2020", "2020Q3"), ("2021Q4", "2021Q3"), ("2021", "2021Q3")])
def test_enterprises_and_capital_are_those_at_the_beginning_of_the_last_quarter(counted, period, before):
    ends = counted[2]
    last = period if "Q" in period else f"{period}Q4"
    assert ends[before] != ends[last], "else the two quarters could not be told apart"
    assert read(counted, "enterprises", period) == ends[before][0]
    yearly = YI * (4 if "Q" in period else 1)
    assert read(counted, "gdp", period) * yearly / read(counted, "input_output_ratio", period) == pytest.approx(ends[before][1])
    land = read(counted, "gross_output", period) * yearly / read(counted, "output_per_mu", period)  # of industry, at the end of the period
    assert read(counted, "investment_intensity", period) * land == pytest.approx(ends[before][2])


@pytest.mark.parametrize(("name", "words"), BEGINS.items())
def test_the_definition_says_so(name, words):
    one = INDICATORS[name]
    assert words[0] in one.definition_zh and words[1] in one.definition and "期末在营" not in one.definition_zh
