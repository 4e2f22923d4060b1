"""A row that stands for several enterprises has, is judged and counts as they would have, be judged and count as rows of their own."""

import numpy as np
import pytest

from tests.conftest import LANZHOU
from tests.hand_made import INDUSTRY, PARK, applicants_of, rows_of
from zonesim.behaviour.applicants import Channel
from zonesim.behaviour.approval import procedure
from zonesim.behaviour.location import choose_places
from zonesim.behaviour.production import produce
from zonesim.behaviour.taxation import TaxationParameters, assess_taxes
from zonesim.indicators.breakdown import Parts
from zonesim.model import ZoneModel
from zonesim.scenario import load_scenario

MANY = 7  #: enterprises of a row


@pytest.fixture(scope="module")
def planned():
    """The plan two years on: floors, gates, standard land, offices for large projects and refunds are in force."""
    model = ZoneModel(load_scenario(LANZHOU / "plan_2015.yaml", ["founding.scale=50", "horizon.end=2017Q4"]), 1)
    while model.quarter < 4 * 2017:
        model.step()
    return model


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
