"""What one term changes of the yearly surplus that a project expects of a site, worked out from docs/model.md section 9 alone."""

import numpy as np
import pytest

from tests.hand_made import PARK, applicants_of, terms_for
from zonesim.behaviour.applicants import Channel
from zonesim.behaviour.approval import Procedure
from zonesim.behaviour.bespoke import BespokeParameters
from zonesim.behaviour.investment import InvestmentParameters
from zonesim.behaviour.location import choose_places
from zonesim.behaviour.location_weights import LocationParameters
from zonesim.world.places import Kind

LAW = dict(vat_rate=0.17, surcharge_rate=0.12, cit_rate=0.25, cit_rate_high_tech=0.15, cit_rate_small=0.2)
MADE, CAPITAL = 1000.0, 2000.0  #: value added a quarter and capital of a project
PRICE = 1 / 32  #: 10k CNY per m2


@pytest.fixture
def surplus(small_model, world):
    """Return the surplus a year that a project sees in the park, up to a constant: its utility by 28 per value added."""

    def of(days=0.0, spared=0.0, terms=None, **of_applicant):
        n, m, p = world.n_places, world.n_industries, small_model.parameters
        a = applicants_of(world, 1, **(dict(value_added=MADE, capital=CAPITAL, employment=10.0, land=0.0) | of_applicant))
        none, values = np.zeros((n, m)), np.full((1, n), -np.inf)
        steps = Procedure(np.zeros((4, n, m)), np.full((4, n, m), days), np.zeros((4, n, m)), none, none, np.full((n, m), spared))
        numbers = LocationParameters(profit=28.0, annuity=0.12, moving_cost=0.3, parcel_mu=8.0)
        choose_places(
            world, terms_for(world, **(LAW | (terms or {}))), a, steps, np.zeros(n), np.array([0.4, 0.8, 0.32]), numbers, p["taxation"],
            InvestmentParameters(equipment_share=0.5), BespokeParameters(power=0.4, years=5.0, meeting_days=45.0, hurry=0.6), p["promotion"], values,
        )  # fmt: skip
        return float(values[0, PARK]) * 4 * MADE / 28.0

    world.places.land_price[:] = PRICE
    return of


@pytest.mark.parametrize("subsidy", [0.2, 1.5])
def test_a_subsidy_of_equipment_is_worth_its_annuity(surplus, subsidy):
    """Of half of 2,000 of capital, all of it at most, by 0.12 a year."""
    assert surplus(terms=dict(equipment_subsidy=subsidy)) - surplus() == pytest.approx(0.12 * min(1.0, subsidy) * 1000)


def test_days_cost_the_surplus_of_a_third_of_their_year_and_filing_is_days(surplus):
    """0.12 x 60/360 = 2 %, of projects without land above the line of filing; those with land are reviewed for it."""
    free, waits = surplus(), surplus(days=60.0)
    earned = (free - waits) / 0.02
    assert earned > 0 and surplus(days=120.0) == pytest.approx(free - 0.04 * earned)
    assert surplus(terms=dict(filing_days=60.0, filing_threshold=CAPITAL)) == pytest.approx(waits)
    assert surplus(terms=dict(filing_days=60.0, filing_threshold=CAPITAL + 1)) == pytest.approx(free)
    assert surplus(terms=dict(land_review_days=60.0)) == pytest.approx(free)
    land = dict(land=20_000.0)
    held = surplus(**land)
    assert surplus(terms=dict(filing_days=60.0, filing_threshold=0.0), **land) == pytest.approx(held)
    assert surplus(terms=dict(land_review_days=60.0), **land) == pytest.approx(surplus(days=60.0, **land)) != held


def test_land_costs_its_annuity_and_spares_the_assessments_that_a_zone_has_made(surplus, world):
    """20,000 m2 at 1/32, and land-use tax of none: 75 a year; 2 % of 2,000 spared by those with land alone."""
    land = dict(land=20_000.0)
    assert surplus(**land) - surplus() == pytest.approx(-0.12 * 625)
    assert surplus(spared=0.02, **land) - surplus(**land) == pytest.approx(0.12 * 0.02 * CAPITAL)
    assert surplus(spared=0.02) == pytest.approx(surplus())


def test_who_does_not_mean_its_promise_counts_the_penalty(surplus):
    """Half of a price of 625 for the four tenths that it will miss."""
    land = dict(land=20_000.0, sincerity=0.6)
    change = surplus(terms=dict(standard_land=1.0, standard_penalty=0.5), **land) - surplus(terms=dict(standard_land=1.0, standard_penalty=0.0), **land)
    assert change == pytest.approx(-0.12 * 0.5 * 625 * 0.4)


@pytest.mark.parametrize("limit, least", [(0.01, CAPITAL), (0.01, CAPITAL + 1)])
def test_a_large_project_bargains_and_meets_the_city_first(surplus, limit, least):
    """One hundredth of 2,000, and 45 days and six tenths of 100: 105 days instead of 100."""
    terms = dict(bespoke_from=least, bespoke_limit=limit)
    free = surplus()
    earned = (free - surplus(days=60.0)) / 0.02
    grant = 0.12 * limit * CAPITAL if least <= CAPITAL else 0.0
    days = 45 + 0.6 * 100 if least <= CAPITAL else 100
    assert surplus(days=100.0, terms=terms) - free == pytest.approx(grant - (earned + grant) * 0.12 * days / 360)


def test_a_bargain_gets_part_of_five_years_of_tax_if_that_is_less(surplus):
    """0.4 x 5 x the land-use tax of 0.01 x 20,000 m2 = 400, and not half of 2,000; the days of the meeting apart."""
    bare = dict(vat_rate=0.0, cit_rate=0.0, cit_rate_small=0.0, land_use_tax=0.01)
    change = surplus(land=20_000.0, terms=bare | dict(bespoke_from=CAPITAL, bespoke_limit=0.5)) / (1 - 0.12 * 45 / 360) - surplus(land=20_000.0, terms=bare)
    assert change == pytest.approx(0.12 * 400)


@pytest.mark.parametrize("subsidy", [0.5, 2.0])
def test_a_move_is_subsidised_by_the_place_that_is_left(surplus, world, subsidy):
    """Three tenths of 2,000, of which half, or all."""
    here = next(p for p in range(world.n_places) if p != PARK and world.places.kind[p] != Kind.PARK)
    mover = dict(channel=Channel.INCUMBENT, place=here, enterprise=0)
    assert surplus(terms=dict(relocation_subsidy=subsidy), **mover) - surplus(**mover) == pytest.approx(0.12 * 0.3 * CAPITAL * min(1.0, subsidy))
