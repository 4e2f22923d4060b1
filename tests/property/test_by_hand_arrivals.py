"""How many projects come, who looks around, how long approval takes and what sites are worth, worked out from docs/model.md sections 8 to 10 alone."""

import numpy as np
import pytest

from tests.hand_made import INDUSTRY, PARK, rows_of, terms_for
from zonesim.behaviour.applicants import Channel
from zonesim.behaviour.approval import KEY_LAND, LAND, NO_LAND, procedure
from zonesim.behaviour.approval_parameters import ApprovalParameters
from zonesim.behaviour.arrival_intensity import expect
from zonesim.behaviour.arrival_rates import ArrivalParameters
from zonesim.behaviour.arrivals import arrive
from zonesim.behaviour.investment import InvestmentParameters, invest
from zonesim.behaviour.promotion_parameters import PromotionParameters
from zonesim.behaviour.site_value import site_index
from zonesim.world.places import Effort

RATES = dict(births=0.112, approval_elasticity=0.3, grace_births=0.15, attracted=0.5, team_gain=0.2, company_gain=0.08, promotion=0.5, joint_gain=0.15, joint_slack=0.1,
             pair_inflow=2.0, family_gain=0.08, cooperation_inflow=3.0, majors=1.5, match_scale=0.1)  # fmt: skip


@pytest.fixture
def expected(world):
    """Return what is expected of a quarter by owner and industry: of counties, committees, partner regions and major projects."""

    def come(days=180.0, more=None, scale=1, **columns):
        owners = world.counties.n + world.zones.n + len(world.partner_names) + 1
        days_of = np.full(world.counties.n, days)
        intensity, _, together = expect(world, terms_for(world, **columns), ArrivalParameters(**RATES), PromotionParameters(), scale, days_of, 180.0, more,
                                        owners * world.n_industries)  # fmt: skip
        parts = np.split(intensity.reshape(owners, -1), np.cumsum([world.counties.n, world.zones.n, len(world.partner_names)]))
        return (*parts, together)

    zones, places, n = world.zones, world.places, world.zones.n
    zones.staff[:n], zones.effort[:n], zones.merged[:n], zones.reach[:n], zones.parent[:n] = 40.0, 0.2, False, 1.0, -1
    places.reputation[:], world.flows.enterprises[:], world.economy.local_demand[:] = 1.0, 0.0, 1.0
    return come


@pytest.mark.parametrize("demand, days, factor", [(1.0, 180.0, 1.0), (0.5, 180.0, 0.5), (3.0, 180.0, 2.0), (1.0, 90.0, 2**0.3)])
def test_births_follow_enterprises_demand_and_days_of_approval(world, expected, demand, days, factor):
    """0.112/4 of 40 enterprises, for rows of two; demand counts twice at most."""
    county, service = int(world.places.county[PARK]), world.industries.index("producer_services")
    world.flows.enterprises[PARK, [INDUSTRY, service]], world.economy.local_demand[:] = 40.0, demand
    births = expected(days, scale=2)[0]
    assert births[county, INDUSTRY] == pytest.approx(0.112 / 4 / 2 * 40 * factor) and births.sum() == pytest.approx(2 * births[county, INDUSTRY])
    assert expected(days, scale=2, use_change_grace_years=10.0)[0][county, service] == pytest.approx(births[county, INDUSTRY] * (1 + 0.15 * 2))
    founders = np.full_like(births, 12.0)
    assert expected(days, founders, scale=2)[0] - births == pytest.approx(12 / 4 / 2)


@pytest.mark.parametrize(
    "columns, factor",
    [
        ({}, 1.0),
        (dict(market_team=1.0), 1.2),
        (dict(market_team=1.0, company_model=0.5), 1.2 * 1.04),
        (dict(joint_promotion=1.0), 1.15 * 0.9**0.5),
    ],
)
def test_committees_find_by_staff_and_the_root_of_effort(world, expected, columns, factor):
    """0.5/4 for each ten of 40, at four times the effort twice as many, by what is known of their parks; a merged one none."""
    zones, places = world.zones, world.places
    zones.effort[0, Effort.PROMOTION], zones.merged[1] = 0.8, True
    places.reputation[: world.n_places][places.zone[: world.n_places] == 2] = 1.5
    found = expected(**columns)[1].sum(axis=1)
    assert found[:4] == pytest.approx(np.array([2.0, 0.0, 1.5, 1.0]) * 0.5 * factor)


def test_a_family_that_operates_as_one_finds_more(world, expected):
    """Sub-park 1 of committee 0, and the committee: 8 % more each; the others as before."""
    world.zones.parent[1] = 0
    found = expected(unified_operation=1.0)[1].sum(axis=1)
    assert found[:3] == pytest.approx([0.54, 0.54, 0.5])


def test_what_is_found_fits_the_prior_and_the_suppliers_nearby(world, expected):
    """With a thousand jobs of one industry nearby: prior x (0.5 + its part 1000/1001 of inputs over 0.1)."""
    i, mass = world.industries, world.economy.neighbourhood_own
    mass[:] = 0.0
    mass[:, INDUSTRY] = 1000.0
    weight = i.zone_prior * (0.5 + i.input_output[INDUSTRY] * 1000 / 1001 / 0.1)
    assert expected()[1][0] == pytest.approx(0.5 * weight / weight.sum())


def test_partners_bring_transfers_and_co_built_parks(world, expected):
    """(10 + 2 x 3)/4 a quarter over the regions, by industry; two parks bring 3 each, by share and high-tech prior; major ones 1.5/4."""
    share, n = world.industries.arrival_share, len(world.partner_names)
    _, _, partners, majors, together = expected(transfer_inflow=10.0, pairs=3.0)
    assert partners == pytest.approx(np.tile(4.0 / n * share, (n, 1))) and majors[0] == pytest.approx(1.5 / 4 * share) and not together
    terms = np.zeros(world.zones.n)
    terms[:2] = 1.0
    _, _, partners, _, together = expected(cooperation_park=terms)
    mix = share * world.industries.hightech_prior
    assert partners == pytest.approx(np.tile(6.0 / 4 / n * mix / mix.sum(), (n, 1))) and together


# --- who looks around -----------------------------------------------------------------------------------------------------------------------


@pytest.fixture
def looking(world):
    """Count the looks of sixty rows at another place, over seeds."""

    def count(seeds=20, information=0.0, numbers=None, **of_enterprise):
        rows_of(world, 60, **(dict(arrived=world.quarter - 40) | of_enterprise))
        p, seen = ArrivalParameters(**(dict(look_around=0.05, look_new=3.0, look_settled=1.0, look_size=0.6) | (numbers or {}))), 0
        for seed in range(seeds):
            world.seed = seed
            a = arrive(world, terms_for(world, information=information), p, PromotionParameters(), 1, np.full(world.counties.n, 180.0), 180.0, 0.2)
            seen += int((a.channel == Channel.INCUMBENT).sum())
        return seen / (60 * seeds)

    return count


@pytest.mark.parametrize(
    "facts, chance",
    [
        (dict(), 0.05),
        (dict(arrived=-19), 0.15),
        (dict(arrived=-20), 0.05),
        (dict(employment=1), 0.05 * 10**0.6),
        (dict(employment=50, weight=5), 0.05),
        (dict(ordered=True), 1.0),
        (dict(ordered=True, destination=PARK), 0.0),
        (dict(arrived=-19, information=1.0, numbers=dict(informed_search=0.5)), 0.225),
    ],
)
def test_the_new_the_small_and_the_informed_look_around_more_and_the_ordered_always(world, looking, facts, chance):
    """A twentieth of those with ten persons, three times for five years at a place; (1/10)^-0.6 of one person; half more who know of sites."""
    facts = {name: world.quarter + value if name == "arrived" else value for name, value in facts.items()}
    assert looking(**facts) == pytest.approx(chance, rel=0.25)


# --- approval, sites, hires -----------------------------------------------------------------------------------------------------------------


@pytest.fixture
def days(world):
    """Return the procedure at a park, in an industry, with a committee's effort for service."""

    def of(effort=0.2, valid=False, **columns):
        world.zones.effort[: world.zones.n, Effort.SERVICE] = effort
        world.places.assessed_until[:] = world.quarter if valid else world.quarter - 1
        p = ApprovalParameters(base_days=180.0, no_land_days=0.35, service=0.5, least_effort=0.1, ringfence_saves=0.4, steward_work=0.15, assessment_cost=0.02)
        return procedure(world, terms_for(world, **columns), p)

    return of


@pytest.mark.parametrize("effort, factor", [(0.2, 1.0), (0.05, 2.0), (0.8, 0.5), (0.0, 10**0.5)])
def test_days_fall_with_the_root_of_effort_and_with_coordination(days, effort, factor):
    """A quarter of the usual effort takes twice as long; below a tenth of it, no longer."""
    assert days(effort).days[LAND, PARK, INDUSTRY] == pytest.approx(180 * factor)
    assert days(effort, days_factor=0.5).days[NO_LAND, PARK, INDUSTRY] == pytest.approx(63 * 0.5 * factor)


@pytest.mark.parametrize("level, saved", [(1.0, 0.4), (2.0, 0.8), (3.0, 1.0)])
def test_a_ring_fenced_quota_saves_of_the_land_stages(days, level, saved):
    """45 of the 180 days."""
    steps = days(ringfence=level)
    assert steps.days[[LAND, KEY_LAND], PARK, INDUSTRY] == pytest.approx(180 - 45 * saved)
    assert steps.days[NO_LAND, PARK, INDUSTRY] == pytest.approx(63.0)


def test_a_project_without_land_feels_what_it_is_spared(days):
    """A counter saves six tenths of seven days at hand-over and half of what can run at once, 20 less 9: 9.7 of 63, felt as 9.7 of 180."""
    steps = days(one_stop=1.0)
    spared = 0.6 * 7 + 0.5 * (20 - 9)
    assert steps.days[NO_LAND, PARK, INDUSTRY] == pytest.approx(63 - spared) and steps.felt[NO_LAND, PARK, INDUSTRY] == pytest.approx(180 - spared)


def test_a_steward_is_work_and_shared_assessments_spare_and_cost(days):
    steps = days(valid=True, steward=1.0, regional_assessment=1.0, assessment_fee=0.3)
    assert steps.work[PARK, INDUSTRY] == pytest.approx(1.15)
    assert (steps.spared[PARK, INDUSTRY], steps.fee[PARK, INDUSTRY]) == pytest.approx((0.02, 0.006))
    assert days(valid=False, regional_assessment=1.0, assessment_fee=0.3).spared[PARK, INDUSTRY] == 0.0


def test_sites_are_indexed_by_arrivals_and_within_five_units(world):
    """For a quarter of arrivals, ten points a unit: one above the usual, ten, of which five count, and five below where it is closed."""
    world.industries.arrival_share[:] = 0.0
    world.industries.arrival_share[:2] = [0.25, 0.75]
    values, usual = np.zeros((world.n_industries, 4)), np.full(world.n_industries, 2.0)
    values[0], values[1] = [3.0, 12.0, -np.inf, 2.0], 2.0
    assert site_index(world, values, usual) == pytest.approx(100 + 0.25 * 10 * np.array([1.0, 5.0, -5.0, 0.0]))


def test_no_more_are_hired_than_are_free_however_rounding_falls(small_model, world):
    """Forty want one person each and twenty are free: each has a chance of one half, and twenty are hired at most."""
    i, county, p = world.industries, int(world.places.county[PARK]), small_model.parameters
    wage = world.economy.wage_level[INDUSTRY] * world.counties.wage[county]
    made = 12.0001 * wage / (4 * i.labour_share[INDUSTRY] * (1 - i.production_tax_share[INDUSTRY]))
    full = np.full((world.n_places, world.n_industries), np.inf)
    hired = []
    for seed in range(20):
        e, world.seed = rows_of(world, 40, value_added=made), seed
        world.flows.clear(world.contracts.n)
        world.flows.employment[PARK, INDUSTRY] = 400
        for q in range(world.n_places):
            if q != PARK and world.places.county[q] == county:
                world.flows.employment[q] = 0
        world.counties.labour_force[county] = 420
        invest(world, terms_for(world, cit_rate=0.25, cit_rate_high_tech=0.25), InvestmentParameters(hiring=0.5), p["taxation"], p["production"], 0.05, full)
        hired.append(int(e.live("employment").sum()) - 400)
    assert max(hired) == 20 and min(hired) > 8
