"""A row that stands for several enterprises has, is judged and counts as they would have, be judged and count as rows of their own."""

import numpy as np
import pytest

from tests.conftest import LANZHOU
from tests.hand_made import INDUSTRY, PARK, applicants_of, rows_of, terms_for
from zonesim.behaviour.applicants import Channel
from zonesim.behaviour.approval import procedure
from zonesim.behaviour.equity import EquityParameters, place_equity
from zonesim.behaviour.innovation import InnovationParameters, recognise
from zonesim.behaviour.investment import InvestmentParameters, invest
from zonesim.behaviour.location import choose_places
from zonesim.behaviour.per_mu import PerMuParameters, grade_by_mu
from zonesim.behaviour.production import produce
from zonesim.behaviour.taxation import TaxationParameters, assess_taxes
from zonesim.indicators.breakdown import Parts
from zonesim.model import ZoneModel
from zonesim.scenario import load_scenario
from zonesim.world.enterprises import Stage

MANY = 7  #: enterprises of a row


@pytest.fixture(scope="module")
def planned():
    """The plan two years on: floors, gates, standard land, offices for large projects and refunds are in force."""
    model = ZoneModel(load_scenario(LANZHOU / "plan_2015.yaml", ["founding.scale=50", "horizon.end=2017Q4"]), 1)
    while model.quarter < 4 * 2017:
        model.step()
    return model


@pytest.mark.parametrize("scale", [1, 5, 20])
def test_the_high_tech_enterprises_of_the_opening_are_as_many_as_published(scale):
    """They were rows: of 230 published, 859 at a scale of 5 and 1,203 at 20."""
    model = ZoneModel(load_scenario(LANZHOU / "baseline.yaml", [f"founding.scale={scale}"]), 1)
    world, e, zones = model.world, model.world.enterprises, model.scenario.founding.zones
    marked = e.live("high_tech").astype(bool)
    zone = world.places.zone[e.live("place")]
    assert marked.any() and (scale == 1 or e.live("weight")[marked].max() == scale), "no row of several is marked: the test does not see them"
    for z, name in enumerate(world.zone_names):
        assert e.live("weight")[marked & (zone == z)].sum() == zones[name.id].high_tech.value, name.id


@pytest.mark.parametrize("channel", [Channel.BORN, Channel.MAJOR])
@pytest.mark.parametrize("tenancy", ["floor for all", "no floor"])
def test_a_place_is_worth_to_a_row_what_it_is_worth_to_one(planned, channel, tenancy):
    """At every place, for every industry, from a workshop to a large project: floors, lines, least parcels, rates of tax, days and bargains go by one."""
    world, p = planned.world, planned.parameters
    factory, let = world.places.factory.copy(), world.places.factory_let.copy()
    sizes = [float(size) for size in np.geomspace(0.5, 50_000.0, 40)]
    n = len(sizes) * world.n_industries
    industry, made = np.tile(np.arange(world.n_industries), len(sizes)), np.repeat(sizes, world.n_industries)
    figures = world.industries
    capital = figures.capital_per_value_added[industry] * 4 * made
    persons = np.maximum(1.0, figures.labour_share[industry] * (1 - figures.production_tax_share[industry]) * 4 * made / world.economy.wage_level[industry])
    need = figures.land_m2_per_capital[industry] * capital
    found = []
    try:
        world.places.factory[:], world.places.factory_let[:] = (10**12 if tenancy == "floor for all" else 0), 0
        for w in (1, MANY):
            a = applicants_of(
                world, n, channel=channel, industry=industry, weight=w, value_added=w * made, capital=w * capital, employment=w * persons, land=w * need
            )
            values = np.full((n, world.n_places), -np.inf)
            choose_places(
                world, planned.terms, a, procedure(world, planned.terms, p["approval"]), planned.floor_price, planned.local_part,
                p["location"], p["taxation"], p["investment"], p["bespoke"], p["promotion"], values,
            )  # fmt: skip
            found.append(values)
    finally:
        world.places.factory[:], world.places.factory_let[:] = factory, let
    one, many = found
    open_to = np.isfinite(one)
    assert 0.3 < open_to.mean() < 1.0, "places must be open to some and closed to others"
    np.testing.assert_array_equal(open_to, np.isfinite(many))
    np.testing.assert_allclose(many[open_to], one[open_to], rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("size", [0.2, 3.0, 90.0, 4000.0])
def test_a_row_makes_pays_and_counts_what_its_enterprises_would(world, small_model, size):
    """Twelve rows of one against three of four, to both sides of the lines of above-scale industry and of the small rate of income tax."""
    found = []
    for n, w in ((12, 1), (3, 4)):
        alike = dict(energy_intensity=0.5, water_intensity=9.0, emission_intensity=0.4, utilisation=1.0, refund_until=-1, listed=False)
        totals = dict(capital=w * 40.0 * size, employment=w * 8, land=w * 600, floor=w * 50, debt=w * size)
        rows_of(world, n, weight=w, log_productivity=np.log(size), **alike, **totals)
        world.flows.clear(world.contracts.n)
        produce(world, small_model.parameters["production"])
        assess_taxes(world, small_model.terms, np.array([0.2, 0.8, 0.32]), TaxationParameters())
        parts = Parts(world)
        for _ in range(4):
            parts.observe(world)
            world.quarter += 1
        world.quarter -= 4
        by_size = parts.tabulated().values["size"]
        found.append([world.flows.by_site.copy(), world.flows.by_place.copy(), world.flows.taxes.copy(), np.asarray(by_size)])
    assert found[0][0][9, PARK, INDUSTRY] == 12
    for own, shared in zip(*found, strict=True):
        np.testing.assert_allclose(shared, own, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize(("sales", "recognised"), [(499.0, 0), (501.0, 1)])
def test_recognition_asks_for_the_sales_of_one(world, sales, recognised):
    i = world.industries
    i.hightech_prior[INDUSTRY] = 1.0
    made = MANY * sales * i.value_added_ratio[INDUSTRY] / 4
    e = rows_of(world, 40, weight=MANY, value_added=made, profit=MANY * 1e3, grade=4)
    terms = terms_for(world, cit_rate=0.25, cit_rate_high_tech=0.15)
    recognise(world, terms, InnovationParameters(apply_rate=0.5, grade_help=2.0, least_sales=500.0, lapse_rate=0.0), TaxationParameters())
    assert e.live("high_tech").sum() == 40 * recognised


def test_a_key_project_is_one_that_promises_enough(small_model, world):
    e = rows_of(world, 2, stage=Stage.BUILDING, weight=MANY, promised_capital=[1000.0 * MANY, 999.0 * MANY], sincerity=0.6, capital=0.0)
    place_equity(world, terms_for(world, state_equity=0.4), EquityParameters(key_project=1000.0), 0.0, 1e9, small_model.parameters["construction"])
    first, second = e.live("equity")
    assert first > 0.0 and second == 0.0


def test_grades_by_mu_are_parts_of_the_enterprises(world):
    """A twentieth D, a fifth C, a fifth A of twenty that share four rows; by rows the first would be C and the third B."""
    e = rows_of(world, 4, weight=[1, 4, 11, 4], land=[3000, 8000, 11_000, 2000], tax_this_year=10.0 * np.array([1, 4, 11, 4]))
    grade_by_mu(world, terms_for(world, per_mu_spread=0.2), PerMuParameters(best=0.2, poor=0.2, worst=0.05))
    assert e.live("mu_grade").tolist() == [4, 3, 2, 1]


def test_each_enterprise_of_a_row_keeps_a_person(small_model, world):
    e = rows_of(world, 2, weight=[MANY, 1], employment=[MANY + 2, 1], value_added=1e-6)
    world.counties.labour_force[:] = 10**6
    full = np.full((world.n_places, world.n_industries), np.inf)
    p = small_model.parameters
    invest(world, terms_for(world, cit_rate=0.25, cit_rate_high_tech=0.25), InvestmentParameters(hiring=0.6), p["taxation"], p["production"], 0.05, full)
    assert e.live("employment").tolist() == [MANY, 1]
