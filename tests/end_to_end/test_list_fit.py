"""What an import says of how far the lists are from rest, against what the first quarters of a run do."""

import numpy as np
import pytest

from tests.conftest import ROOT
from zonesim.behaviour.demand import update_demand
from zonesim.founding.list_fit import groups_of
from zonesim.founding.own_lists import import_folder
from zonesim.model import ZoneModel
from zonesim.scenario import load_scenario
from zonesim.world.industries import load_industries

PER_PERSON = {"chemicals": 90.0, "electronics": 30.0, "construction": 240.0}  #: 10k CNY of output a year; not the model's own proportions


def imported(folder, spread, capital=""):
    """Import 300 enterprises whose output per person differs by so much (sd of log) inside an industry; return what is said and the scenario."""
    chance = np.random.default_rng(7)
    lines = ["name,zone,county,industry,output,employment,capital"]
    for i in range(300):
        industry = list(PER_PERSON)[i % 3]
        persons = int(np.exp(chance.normal(3.2, 1.0))) + 20
        output = persons * PER_PERSON[industry] * np.exp(chance.normal(0, spread))
        lines.append(f"e{i},{['城东工业园', ''][i % 2]},城关县,{industry},{output:.6f},{persons},{capital and capital * output}")
    folder.mkdir()
    (folder / "e.csv").write_text("\n".join(lines), encoding="utf-8")
    said = import_folder(folder / "e.csv", ROOT / "tests" / "data" / "zones.csv", folder / "mine", "2020Q1")
    return said, load_scenario(folder / "mine" / "baseline.yaml", ["horizon.end=2020Q4"])


def first_quarter(scenario):
    """Return persons at the opening and after a quarter, value added relative after two, and the model."""
    model = ZoneModel(scenario, 1)
    e, n = model.world.enterprises, model.world.enterprises.n
    before, made = int(e.employment[:n].sum()), float(e.value_added[:n].sum())
    model.step()
    after = int(e.employment[:n].sum())
    model.step()
    return before, after, float(e.value_added[:n].sum()) / made - 1, model


def test_a_list_whose_enterprises_are_alike_is_at_rest_whatever_its_industries_make(tmp_path):
    """With one wage for all industries (times the usual ones) a third of the persons would have to move."""
    said, scenario = imported(tmp_path / "a", 0.0)
    assert "opening: output and persons fit: the first quarter moves less than 3 % of either" in said
    before, after, _, model = first_quarter(scenario)
    assert after == pytest.approx(before, rel=0.02)
    world, industries = model.world, load_industries()
    assert world.founding["persons_out_of_line"] < 1e-6
    share = industries.labour_share * (1 - industries.production_tax_share)
    for name, output in PER_PERSON.items():
        k = industries.index(name)
        assert world.economy.wage_level[k] == pytest.approx(share[k] * industries.value_added_ratio[k] * output, rel=1e-5)


def test_what_the_first_quarter_will_move_is_said_before_the_run(tmp_path):
    said, scenario = imported(tmp_path / "b", 1.2)
    (line,) = [one for one in said if one.startswith("opening: all enterprises")]
    before, after, grown, _ = first_quarter(scenario)
    rows = (scenario.enterprises_list).read_text(encoding="utf-8").splitlines()[1:]
    cells = [row.split(",") for row in rows]
    firms = [{"industry": c[1], "value_added": float(c[2]), "employment": int(c[3]), "county": "城关县", "zone": c[0]} for c in cells]
    whole = groups_of(firms)[0]
    assert (whole.persons, round(whole.short)) == (before, round(whole.over)) and whole.after < 0.97 * before
    assert after == pytest.approx(whole.after, rel=0.02)  # some enterprises close besides
    assert grown == pytest.approx(whole.grows, abs=0.05) and whole.grows > 0.05
    assert f"{before:,} persons become about {whole.after:,.0f}" in line
    told = scenario.document.description
    assert f"{before:,} persons" in told.en and f"由 {before:,} 变为约" in told.zh and len(told.en) < 2000


def test_capital_unlike_the_industrys_and_land_beyond_the_plan_are_said(tmp_path):
    said, _ = imported(tmp_path / "c", 0.0, capital=5.0)
    assert any("capital is" in one and "times what is usual" in one for one in said)
    lists = tmp_path / "d"
    lists.mkdir()
    (lists / "e.csv").write_text("name,zone,county,industry,output,employment,land (km2)\na,城东工业园,城关县,metals,1000,10,9\n", encoding="utf-8")
    said = import_folder(lists / "e.csv", ROOT / "tests" / "data" / "zones.csv", lists / "mine", "2020Q1")
    assert any(one.startswith("opening: 水口县: no enterprise of the list lies there") for one in said)
    assert any("城东工业园: its enterprises hold 9 km2, more than the 2.91 km2" in one for one in said)
    world = ZoneModel(load_scenario(lists / "mine" / "baseline.yaml", ["horizon.end=2020Q4"]), 1).world
    assert world.enterprises.land[0] == pytest.approx(2.91e6, rel=1e-3)


def test_a_local_industry_that_the_list_lacks_is_unserved_until_there_is_as_much_as_the_nation_has(tmp_path):
    """Against nothing, the first newcomer would halve the sales of its industry for ever."""
    _, scenario = imported(tmp_path / "e", 0.0)
    model = ZoneModel(scenario, 1)
    economy, industries = model.world.economy, model.world.industries
    k, listed = industries.index("consumer_services"), industries.index("construction")
    part = industries.national_value_added[k] / industries.national_value_added.sum()
    here = economy.capacity_opening[:, listed] > 0
    county = float(np.bincount(model.world.places.county[: model.world.n_places], weights=model.world.places.value_added[: model.world.n_places])[here][0])
    room = float(economy.capacity_opening[here, k][0])
    assert room == pytest.approx(part * county)
    model.step()
    for filled, sales in ((0.01, 2.0), (0.5, 2**0.5), (1.0, 1.0)):
        economy.capacity[here, k] = filled * room
        economy.capacity[here, listed] = economy.capacity_opening[here, listed]
        model.world.counties.income[:] = model.world.counties.income_opening
        update_demand(model.world, model.parameters["demand"])
        assert economy.local_demand[here, k][0] == pytest.approx(sales, rel=0.02)
        assert economy.local_demand[here, listed][0] == pytest.approx(1.0, rel=0.02)
