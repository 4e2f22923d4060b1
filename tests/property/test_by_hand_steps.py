"""Steps of the quarter on a few hand-made rows, worked out from docs/model.md alone: each figure would differ without the line that makes it."""

import math

import numpy as np
import pytest

from tests.hand_made import INDUSTRY, PARK, rows_of, terms_for
from zonesim.accounts.books.close import Step, close_books
from zonesim.behaviour.idle_land import IdleLandParameters, tend_land
from zonesim.behaviour.investment import InvestmentParameters, invest
from zonesim.behaviour.zone_effort import plan_offer
from zonesim.world.enterprises import Stage
from zonesim.world.flows import Heads, Jobs
from zonesim.world.places import Infrastructure, LandStage, Use

# --- section 11: idle and inefficient land ----------------------------------------------------------------------------------------------


@pytest.fixture
def tended(small_model, world):
    """Let a row hold land, run the idle clock with chances that are certain, and return what the place's flows and land account changed by."""

    def tend(columns, line=0.0, **of_enterprise):
        e, account = rows_of(world, 1, **of_enterprise), world.places.land[PARK].copy()
        p = IdleLandParameters(fee_enforcement=1.0, late_start=0.0, returned=0.4)
        tend_land(world, terms_for(world, **columns), p, small_model.parameters["construction"], np.full(world.n_places, line))
        return e, world.flows, world.places.land[PARK] - account

    return tend


PRICE = 1 / 32  #: 10k CNY per m2 (a number that four bytes hold exactly)
HOARDER = dict(stage=Stage.BUILDING, sincerity=0.1, land=20_000, land_price=PRICE, debt=7.0, weight=3)
FEE = 0.2 * PRICE * 20_000  #: a fifth of the price: 125


@pytest.mark.parametrize("quarters, due", [(3, 0.0), (4, FEE), (5, 0.0)])
def test_the_fee_on_idle_land_is_a_fifth_of_its_price_once(world, tended, quarters, due):
    start = world.quarter - quarters
    _, flows, _ = tended(dict(idle_fee=0.2, idle_enforcement=0.0), starts_building=start, founded=start - 2, **HOARDER)
    assert flows.idle_fees[PARK] == pytest.approx(due, rel=1e-12)
    assert flows.dividends[PARK] == pytest.approx(-due, rel=1e-12)  # its owners pay
    assert flows.land_idle[PARK] == (20_000 if quarters >= 4 else 0)


@pytest.mark.parametrize("from_grant, quarters, due", [(0.0, 4, FEE), (1.0, 4, 0.0), (1.0, 2, FEE)])
def test_the_idle_clock_may_run_from_the_grant(world, tended, from_grant, quarters, due):
    start = world.quarter - quarters
    columns = dict(idle_fee=0.2, idle_enforcement=0.0, idle_from_grant=from_grant)
    assert tended(columns, starts_building=start, founded=start - 2, **HOARDER)[1].idle_fees[PARK] == pytest.approx(due, rel=1e-12)


@pytest.mark.parametrize("years", [2.0, 3.0])
def test_idle_land_is_taken_back_for_its_compensation(world, tended, years):
    """Two idle years: 20,000 m2 are ready again, half of 625 is paid, the loan of 7 is lost, three enterprises are gone."""
    start = world.quarter - 8
    columns = dict(idle_enforcement=1.0, idle_compensation=0.5, idle_reclaim_years=years)
    world.places.factory_let[PARK] = 500
    e, flows, land = tended(columns, starts_building=start, founded=start, floor=500, **HOARDER)
    taken = years == 2.0
    paid = taken * 0.5 * PRICE * 20_000
    assert flows.compensation[PARK] == pytest.approx(paid, rel=1e-12) and flows.dividends[PARK] == pytest.approx(paid, rel=1e-12)
    assert land[LandStage.READY, Use.INDUSTRIAL] == taken * 20_000 == -land[LandStage.GRANTED, Use.INDUSTRIAL] and land.sum() == 0
    assert (flows.land_reclaimed[PARK], flows.heads[PARK, Heads.EXITED], flows.written_off[PARK]) == (taken * 20_000, taken * 3, taken * 7.0)
    assert (e.stage[0] == Stage.GONE, e.land[0], e.capital[0], e.floor[0]) == (taken, 20_000 * (not taken), 1000 * (not taken), 500 * (not taken))
    assert world.places.factory_let[PARK] == 500 * (not taken)


@pytest.mark.parametrize("line, rate, back", [(251.0, 1.0, 8_000), (249.0, 1.0, 0), (251.0, 0.0, 0)])
def test_two_fifths_of_inefficient_land_come_back_for_half_their_price(world, tended, line, rate, back):
    """30 mu with a yearly output of 250 each."""
    made = 250 * 30 / 4 * world.industries.value_added_ratio[INDUSTRY]
    e, flows, land = tended(dict(revitalisation_rate=rate), line, land=20_000, land_price=PRICE, value_added=made)
    assert flows.land_inefficient[PARK] == 20_000 * (line > 250)
    assert land[LandStage.READY, Use.INDUSTRIAL] == back == -land[LandStage.BUILT, Use.INDUSTRIAL] and e.land[0] == 20_000 - back
    paid = 0.5 * PRICE * back
    assert flows.land_revitalised[PARK] == back
    assert flows.compensation[PARK] == pytest.approx(paid, rel=1e-12) and flows.dividends[PARK] == pytest.approx(paid, rel=1e-12)


# --- section 7: hires and investment ----------------------------------------------------------------------------------------------------


def wages_for(world, persons):
    """Value added at which the wanted number of persons is as given: labour share x (1 - taxes on production) x 4 VA = wage x persons."""
    i, county = world.industries, world.places.county[PARK]
    wage = world.economy.wage_level[INDUSTRY] * world.counties.wage[county]
    return np.asarray(persons) * wage / (4 * i.labour_share[INDUSTRY] * (1 - i.production_tax_share[INDUSTRY]))


def invested(small_model, world, terms=None, **numbers):
    p, full = small_model.parameters, np.full((world.n_places, world.n_industries), np.inf)
    invest(
        world, terms if terms is not None else terms_for(world, cit_rate=0.25, cit_rate_high_tech=0.25), InvestmentParameters(**numbers), p["taxation"],
        p["production"], 0.05, full,
    )  # fmt: skip


@pytest.mark.parametrize("free, hired", [(600, 200), (1500, 500), (9000, 500), (0, 0)])
def test_hires_are_rationed_by_the_free_labour_of_the_county(small_model, world, free, hired):
    """Three enterprises move half the way from 10 to 1,010 persons: 500 each, if the county has 1,500; a fourth dismisses three of ten whatever it has."""
    e = rows_of(world, 4, value_added=wages_for(world, [1010.0002, 1010.0002, 1010.0002, 4.0002]))
    county = world.places.county[PARK]
    world.flows.employment[:] = 0
    world.flows.employment[PARK, INDUSTRY] = 40
    world.counties.labour_force[county] = 40 + free
    invested(small_model, world, hiring=0.5)
    assert e.live("employment").tolist() == [10 + hired] * 3 + [7]
    assert (world.flows.jobs[PARK, Jobs.EXPANDED], world.flows.jobs[PARK, Jobs.CONTRACTED]) == (3 * hired, 3)


# --- section 13: a committee's offer ----------------------------------------------------------------------------------------------------


def test_an_offer_follows_those_of_the_neighbours(small_model, world):
    """(1 - 0.75) (0.25 + 0.10 lag) + 0.75 x mean of the others, weighted by exp(-km/60); with joint promotion half of the own offer alone."""
    zones, p = world.zones, small_model.parameters["committee"]
    zones.merged[: zones.n] = np.arange(zones.n) >= 3
    zones.criteria[:] = 0.0
    offers, km = np.array([0.1, 0.4, 0.0, *[0.8] * (zones.n - 3)]), np.full((zones.n, zones.n), 60.0)
    km[0, 2] = 120.0
    near, far = math.exp(-1), math.exp(-2)
    mean = (near * 0.4 + far * 0.0) / (near + far)
    free = dict(refund_cap=1.0)
    plan_offer(world, terms_for(world, **free), 0, offers, km, p)
    assert zones.refund_offer[0] == pytest.approx(0.25 * 0.25 + 0.75 * mean, rel=1e-9)
    zones.criteria[0] = -1.0  # a standard deviation behind, in investment too
    plan_offer(world, terms_for(world, **free), 0, offers, km, p)
    assert zones.refund_offer[0] == pytest.approx(0.25 * 0.35 + 0.75 * mean, rel=1e-9)
    plan_offer(world, terms_for(world, **free, performance_pay=0.5, result_pay=1.0), 0, offers, km, p)
    assert zones.refund_offer[0] == pytest.approx(0.25 * 0.45 + 0.75 * mean, rel=1e-9)
    plan_offer(world, terms_for(world, **free, joint_promotion=1.0), 0, offers, km, p)
    assert zones.refund_offer[0] == pytest.approx(0.5 * 0.35, rel=1e-9)
    plan_offer(world, terms_for(world, refund_cap=0.05), 0, offers, km, p)
    assert zones.refund_offer[0] == 0.05


def test_an_offer_is_at_least_the_parents_where_its_policy_is_extended(small_model, world):
    zones, p = world.zones, small_model.parameters["committee"]
    zones.merged[: zones.n] = np.arange(zones.n) >= 2
    zones.criteria[:] = 0.0
    offers, km = np.full(zones.n, 0.6), np.zeros((zones.n, zones.n))
    for extended, offer in ((0.0, 0.25 * 0.25 + 0.75 * 0.6), (1.0, 0.6)):
        plan_offer(world, terms_for(world, refund_cap=1.0, policy_extended=extended), 1, offers, km, p)
        assert zones.refund_offer[1] == pytest.approx(offer, rel=1e-9)


# --- section 13: infrastructure, amenities and asking prices at the close ----------------------------------------------------------------


@pytest.fixture
def closed(small_model, world):
    """Close the quarter's prices on a park of 100 ha, half of it laid out, with 2 ha of ready land and a floor price of 0.01."""
    places, p = world.places, small_model.parameters
    places.infrastructure[:] = 40.0
    places.infrastructure[PARK, Infrastructure.LIVING] = 80.0
    places.planned[PARK], places.land[PARK], places.employment[PARK] = 1_000_000, 0, 399
    places.land[PARK, LandStage.UNDEVELOPED, Use.INDUSTRIAL] = 500_000
    places.land[PARK, LandStage.BUILT, Use.LIVING_SERVICE] = 50_000
    places.land[PARK, LandStage.READY, Use.INDUSTRIAL] = 20_000
    world.living_opening[PARK], world.economy.employment_opening[PARK], world.land_demand[PARK] = 39.0, 99.0, 4_875.0
    small_model.ledger.begin(world.quarter)
    close_books(
        world, terms_for(world), small_model.ledger, p["books"], p["public_finance"], p["staff_pay"], p["plants"].cost, np.full(world.n_places, 0.01),
        small_model.causes, Step.PRICES,
    )  # fmt: skip
    return world


def test_infrastructure_wears_by_three_per_cent_a_year(closed):
    kinds = np.full(len(Infrastructure), 40.0)
    kinds[Infrastructure.LIVING] = 80.0
    assert closed.places.infrastructure[PARK] == pytest.approx(kinds * (1 - 0.03 / 4), rel=1e-12)
    assert closed.places.infrastructure[1 : closed.n_places] == pytest.approx(40.0 * (1 - 0.03 / 4), rel=1e-12)


def test_amenity_follows_living_facilities_crowding_and_living_land(closed, small_model):
    p = small_model.parameters["books"]
    facilities, crowd, living = (80 * (1 - 0.03 / 4) + 1) / 40, 400 / 100, 50_000 / 500_000
    expected = (facilities / math.sqrt(crowd)) ** p.amenity_curve * (1 + living / p.living_land) ** p.amenity_curve
    assert closed.places.amenity[PARK] == pytest.approx(expected, rel=1e-12)


def test_the_asking_price_rises_with_what_is_wanted_over_what_is_ready(closed, small_model):
    """Eight quarters of demand and a thousand m2, twice what is ready."""
    p = small_model.parameters["books"]
    assert p.ready_years == 2.0
    assert closed.places.land_price[PARK] == pytest.approx(0.01 * p.price_markup * 2.0**p.price_response, rel=1e-12)
