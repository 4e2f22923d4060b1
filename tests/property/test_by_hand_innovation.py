"""Grades, centres, brands, patents and results of a year, and the money of innovation, worked out from docs/model.md section 15 alone."""

import math

import numpy as np
import pytest

from tests.hand_made import INDUSTRY, PARK, Causes, rows_of, terms_for
from zonesim.accounts.innovation import IncubatorParameters, fund_innovation, pay_ahead, settle_innovation
from zonesim.behaviour.cultivation import CultivationParameters, claim_services, cultivate
from zonesim.behaviour.innovation import InnovationParameters, recognise
from zonesim.behaviour.talent import TalentParameters, claim_subsidies
from zonesim.behaviour.taxation import TaxationParameters
from zonesim.world.enterprises import Stage
from zonesim.world.places import Effort, Infrastructure, Mark

QUIET = dict(grade_usual=0.0, lapse=0.0, centre_considers=0.02, centre_sales=3.0, brand=0.0, brand_lapse=0.0, conversion=0.0)
N = 60


@pytest.fixture
def year(world):
    """Let rows live through a year of innovation; return them and the park's marks. Sales are those of a year of one enterprise."""

    def live(sales=1000.0, terms=None, paid=1.0, stage=Stage.OPERATING, numbers=None, **of_enterprise):
        alike = dict(
            weight=3, value_added=3 * sales * world.industries.value_added_ratio[INDUSTRY] / 4, log_productivity=0.0, centre=0, brand=False, rd_stock=0.0
        )
        e, f = rows_of(world, N, stage=stage, **(alike | of_enterprise)), world.flows
        p, columns = CultivationParameters(**(QUIET | (numbers or {}))), terms_for(world, **(terms or {}))
        claim_services(world, columns, p)
        cultivate(world, columns, p, 0.1, np.full(world.n_places, paid))
        return e, world.places.innovation[PARK], f

    world.quarter += 4
    world.industries.hightech_prior[INDUSTRY], world.industries.is_industrial[INDUSTRY] = 2.0, 1.0
    return live


def test_who_rises_a_grade_gains_and_is_trained(year):
    """With a chance of nine tenths; 5 for each of three enterprises; marks are of the second grade and above."""
    e, marks, f = year(terms=dict(cultivation=10.0), grade=1, numbers=dict(grade_gain=0.02, service_cost=5.0, lapse=0.3, grade_lift=1.0))
    rose, fell = e.live("grade") == 2, e.live("grade") == 0
    assert rose.sum() > 30 and 5 < fell.sum() < 30, "three in ten fall back before"
    assert e.live("log_productivity") == pytest.approx(np.where(rose, 0.02, 0.0)) and marks[Mark.SPECIALISED] == 3 * rose.sum()
    assert f.cultivation_services[PARK] == pytest.approx(5.0 * 3 * rose.sum())


@pytest.mark.parametrize("sales, age, paid", [(999.0, 12, 1.0), (1001.0, 11, 1.0), (1001.0, 12, 0.0)])
def test_nobody_rises_who_is_small_or_young_or_not_trained(world, year, sales, age, paid):
    e, _, _ = year(sales, terms=dict(cultivation=10.0), paid=paid, grade=1, founded=world.quarter - age)
    assert (e.live("grade") == 1).all()


@pytest.mark.parametrize("support, helped", [(1000.0, 160.0), (50.0, 50.0)])
def test_a_centre_is_built_by_its_enterprise_with_support_and_an_award(world, year, support, helped):
    """A centre of the city costs 200, of which support pays at most eight tenths; 15 % of the award; owners bear the rest."""
    world.places.infrastructure[PARK, Infrastructure.PLATFORMS] = 7.0
    numbers = dict(centre_considers=1.0, centre_sales=1.0, centre_gain=0.05, centre_years=10.0, support_most=0.8, award_city=0.15)
    e, marks, f = year(9_000.0, terms=dict(centre_support=support, centre_award=400.0), numbers=numbers)
    assert (e.live("centre") == 1).all() and e.live("log_productivity") == pytest.approx(0.05)
    built = 3 * N
    assert (f.centre_support[PARK], f.centre_awards[PARK], f.investment[PARK, INDUSTRY]) == pytest.approx((helped * built, 60.0 * built, 200.0 * built))
    assert f.dividends[PARK] == pytest.approx(-(200.0 - helped - 60.0) * built) and marks[Mark.CENTRES] == built
    assert world.places.infrastructure[PARK, Infrastructure.PLATFORMS] == pytest.approx(7.0 + 200.0 * built)


@pytest.mark.parametrize("grade, centre, least, most", [(0, 0, 1, 14), (4, 3, 38, 57)])
def test_brands_come_to_those_with_grades_and_centres(year, grade, centre, least, most):
    """A tenth a year, eight times as often with a fourth grade and a national centre."""
    e, marks, _ = year(2_001.0, grade=grade, centre=centre, numbers=dict(brand=0.1, brand_gain=0.05))
    brand = e.live("brand").astype(bool)
    assert least <= brand.sum() <= most and marks[Mark.BRANDS] == 3 * brand.sum()
    assert e.live("log_productivity") == pytest.approx(np.where(brand, 0.05, 0.0))


def test_brands_need_sales_of_twenty_million_and_can_be_lost(year):
    assert not year(1_999.0, grade=4, centre=3, numbers=dict(brand=0.1))[0].live("brand").any()
    lost = N - year(2_001.0, brand=True, numbers=dict(brand_lapse=0.2))[0].live("brand").sum()
    assert 3 < lost < 24


@pytest.mark.parametrize("effort, density, infringed", [(0.05, 2.0, 0.1 * 2 * 1.5), (0.8, 1.0, 0.1 * 0.5), (0.05, 9.0, 0.1 * 2 * 2.0)])
def test_patents_follow_research_and_are_infringed_where_nobody_protects_them(world, year, effort, density, infringed):
    """0.05 x 2,000 x (1 + 0.25 x 2) = 150; a tenth, by the root of usual effort over effort and by a half and half the density, three times at most."""
    economy, zone = world.economy, world.places.zone[PARK]
    economy.normal_own[INDUSTRY], economy.neighbourhood_own[PARK, INDUSTRY] = 10.0, 10.0 * density
    world.zones.effort[zone, Effort.SERVICE] = effort
    numbers = dict(patents=0.05, grade_patents=0.25, infringed=0.1, most_imitators=3.0)
    marks = year(rd_stock=2000.0, grade=2, numbers=numbers)[1]
    assert marks[Mark.PATENTS] == 150 * N and marks[Mark.INFRINGED] == pytest.approx(150 * N * infringed)


@pytest.mark.parametrize("centre, talent, least, most", [(3, 32.4, 46, 60), (0, 32.4, 11, 34), (3, 10.0, 18, 43), (3, 160.0, 48, 60), (0, 160.0, 13, 36)])
def test_results_are_used_with_a_centre_and_talent(world, year, centre, talent, least, most):
    """0.2, times 2.5 with a national centre, times the root of talent over a tenth of 100 persons (1.8, 1, at most 2): 0.9, 0.36, 0.5, 0.9, 0.4."""
    world.places.employment[PARK], world.places.talent[PARK] = 99, talent
    e, marks, _ = year(high_tech=True, centre=centre, numbers=dict(conversion=0.2, centre_conversion=0.5, most_talent=2.0, conversion_gain=0.03))
    used = e.live("log_productivity") > 0
    assert least <= used.sum() <= most and e.live("log_productivity")[used] == pytest.approx(0.03)
    assert (marks[Mark.RESULTS], marks[Mark.CONVERTED]) == (3 * N, 3 * used.sum())


@pytest.mark.parametrize("grade, sales, least, most", [(0, 600.0, 1, 14), (4, 600.0, 46, 60), (4, 490.0, 0, 0)])
def test_grades_help_to_be_recognised(world, grade, sales, least, most):
    """A tenth a year, nine times as many with 1 + 2 x 4; sales of 500 are worth the paperwork."""
    i = world.industries
    i.hightech_prior[INDUSTRY] = 1.0
    e = rows_of(world, N, value_added=sales * i.value_added_ratio[INDUSTRY] / 4, profit=1e3, grade=grade, log_productivity=0.0)
    terms = terms_for(world, cit_rate=0.25, cit_rate_high_tech=0.15)
    recognise(world, terms, InnovationParameters(apply_rate=0.1, grade_help=2.0, least_sales=500.0, lapse_rate=0.0), TaxationParameters())
    assert least <= e.live("high_tech").sum() <= most


# --- money ----------------------------------------------------------------------------------------------------------------------------------


def accounts_of(world):
    acc, places = world.accounts, world.places
    return acc.enterprise0 + PARK, acc.zone0 + int(places.zone[PARK]), acc.county0 + int(places.county[PARK])


@pytest.mark.parametrize(
    "money, wanted, places_then, left", [(100.0, 20.0, 10.0 + 23.75 / 5, 71.25), (2.0, 20.0, 4.0, 0.0), (1000.0, 12.0, 12.0, 985.0), (100.0, 0.0, 0.0, 95.0)]
)
def test_incubators_are_run_and_built_within_a_quarter_of_the_money(world, books, money, wanted, places_then, left):
    """Ten places cost 0.5 each; a new one 5, from a quarter of what is left; those that nobody runs or wants close."""
    places, n, (_, committee, _) = world.places, world.n_places, accounts_of(world)
    places.zone[:n][np.arange(n) != PARK] = -1
    places.incubator[:n] = 0.0
    places.incubator[PARK], world.balances[committee] = 10.0, money
    terms = terms_for(world)
    terms["incubator_places"][places.zone[PARK]] = wanted
    fund_innovation(world, terms, books, IncubatorParameters(place_cost=5.0, running=0.5, budget=0.25), Causes())
    assert places.incubator[PARK] == pytest.approx(places_then) and world.balances[committee] == pytest.approx(left)
    assert world.flows.infrastructure_investment[PARK] == pytest.approx(max(0.0, money - 5.0 - left))


@pytest.mark.parametrize("own, city, from_city", [(50.0, 1000.0, 15.0), (50.0, 40.0, 4.0), (500.0, 40.0, 0.0)])
def test_a_venture_fund_is_put_in_over_five_years_by_the_committee_then_the_city(world, books, own, city, from_city):
    """100 in five years, a tenth of the money of each at most."""
    zone, (_, committee, _), acc = int(world.places.zone[PARK]), accounts_of(world), world.accounts
    world.balances[committee], world.balances[acc.CITY] = own, city
    terms = terms_for(world)
    terms["venture_fund"][zone] = 100.0
    fund_innovation(world, terms, books, IncubatorParameters(fund_years=5.0, fund_budget=0.1), Causes())
    given = min(20.0, 0.1 * own) + from_city
    assert world.counties.venture[world.zones.county[zone]] == pytest.approx(given) == world.balances[acc.OWNERS]
    assert world.balances[acc.CITY] == pytest.approx(city - from_city)


def test_what_is_not_paid_ahead_does_not_act(world, books):
    """Claims of 30 and 12 on a committee with 20 and a county with 16: services get 20 and 10, talent the 6 that are left, which it spends."""
    f, (_, committee, county), acc = world.flows, accounts_of(world), world.accounts
    f.cultivation_services[PARK], f.talent_subsidies[PARK] = 30.0, 12.0
    world.balances[committee], world.balances[county] = 20.0, 16.0
    services, talent = pay_ahead(world, books, Causes())
    assert (services[PARK], talent[PARK]) == pytest.approx((1.0, 0.5)) and (np.delete(services, PARK) == 1).all()
    assert (f.cultivation_services[PARK], f.talent_subsidies[PARK]) == pytest.approx((30.0, 6.0))
    assert (world.balances[acc.MARKET], world.balances[acc.HOUSEHOLDS]) == pytest.approx((36.0, 0.0))


def test_centres_are_supported_by_the_committee_and_awarded_by_the_county_first(world, books):
    """Support of 10: 6 and 4; an award of 20: 9 that the county has left and 5 of the city; 6 are not paid."""
    f, (firm, committee, county), acc = world.flows, accounts_of(world), world.accounts
    f.centre_support[PARK], f.centre_awards[PARK] = 10.0, 20.0
    world.balances[committee], world.balances[county], world.balances[acc.CITY] = 6.0, 13.0, 5.0
    assert settle_innovation(world, books, Causes())[PARK] == pytest.approx(6.0) and world.balances[firm] == pytest.approx(24.0)


def test_talent_is_promised_what_would_come(world):
    """8 x 20 per 1,000 x 1,000 jobs x the pull of half the usual air."""
    places, counties, n = world.places, world.counties, world.n_places
    places.employment[:n], places.amenity[:n], counties.wage[: counties.n], counties.environment[: counties.n] = 1000, 1.0, 1.0, 0.5
    claim_subsidies(world, terms_for(world, talent_attraction=20.0), TalentParameters(subsidy=8.0, pull=0.3))
    assert world.flows.talent_subsidies == pytest.approx(160.0 * math.pow(0.5, 0.3))
