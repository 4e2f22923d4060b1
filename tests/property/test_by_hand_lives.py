"""What happens to an enterprise from its promise to its end, on hand-made rows, worked out from docs/model.md alone."""

import math

import numpy as np
import pytest

from tests.hand_made import INDUSTRY, PARK, rows_of, terms_for
from zonesim.behaviour.construction import build
from zonesim.behaviour.demography import ExitParameters, close_down, close_rows
from zonesim.behaviour.exit_rule import ExitRuleParameters, expel
from zonesim.behaviour.expansion import ExpansionParameters, expand
from zonesim.behaviour.relocation import RelocationParameters, order_moves, pay_for_moves
from zonesim.behaviour.verification import verify
from zonesim.world.enterprises import Origin, Stage
from zonesim.world.flows import Heads, Jobs
from zonesim.world.places import LandStage, Use

PRICE = 1 / 32  #: 10k CNY per m2
MU = 2000 / 3
NEXT = 5  #: another park

PROJECT = dict(stage=Stage.BUILDING, promised_capital=1000.0, sincerity=0.5, capital=0.0, employment=0)


# --- section 11: building ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("origin, attracted", [(Origin.ATTRACTED, 250.0), (Origin.BORN, 0.0)])
def test_a_project_builds_what_it_means_of_its_promise_in_equal_parts(small_model, world, origin, attracted):
    """1 + round(ln(1 + 1000/500)) = 2 quarters; half of 1,000 in two parts, 35 % of each from the bank."""
    e, f = rows_of(world, 1, origin=origin, stage_ends=world.quarter + 9, foreign=True, **PROJECT), world.flows
    build(world, small_model.parameters["construction"])
    assert (e.capital[0], e.debt[0], f.investment[PARK, INDUSTRY], f.borrowed[PARK]) == (250.0, 87.5, 250.0, 87.5)
    assert (f.dividends[PARK], f.investment_attracted[PARK], f.foreign_investment[PARK]) == (-162.5, attracted, 250.0)


def test_who_does_not_mean_it_does_not_build(small_model, world):
    e = rows_of(world, 1, stage_ends=world.quarter, **(PROJECT | dict(sincerity=0.2)))
    build(world, small_model.parameters["construction"])
    assert (e.stage[0], e.capital[0], world.flows.investment.sum()) == (Stage.BUILDING, 0.0, 0.0)


@pytest.mark.parametrize("free, start", [(1000, 60), (35, 35)])
def test_production_starts_with_three_fifths_of_the_persons_that_the_county_has(small_model, world, free, start):
    e = rows_of(world, 1, origin=Origin.ATTRACTED, stage_ends=world.quarter + 1, land=20_000, wanted_jobs=100, review_after=12, **PROJECT)
    places, county = world.places, world.places.county[PARK]
    before, persons = places.land[PARK].copy(), places.employment[: world.n_places]
    world.counties.labour_force[county] = persons[places.county[: world.n_places] == county].sum() + free
    there = int(persons[PARK])
    build(world, small_model.parameters["construction"])
    assert (e.stage[0], e.employment[0], e.arrived[0], e.review_due[0]) == (Stage.OPERATING, start, world.quarter, world.quarter + 12)
    assert world.flows.jobs[PARK, Jobs.FROM_OUTSIDE] == start == places.employment[PARK] - there
    moved = places.land[PARK] - before
    assert moved[LandStage.BUILT, Use.INDUSTRIAL] == 20_000 == -moved[LandStage.GRANTED, Use.INDUSTRIAL] and moved.sum() == 0


REVIEWED = dict(land=20_000, promised_output=100, promised_tax=10, agreed_investment=10_000 / 30, agreed_penalty=0.25 * PRICE)  #: 30 mu; 25 % of a price of 625


@pytest.mark.parametrize("stage", [Stage.OPERATING, Stage.MOVING])
@pytest.mark.parametrize("output, tax, capital, missed", [(91, 9.1, 9100, 0), (89, 9.1, 9100, 1), (91, 8.9, 9100, 1), (91, 9.1, 8900, 1), (89, 8.9, 8900, 3)])
def test_a_review_of_standard_land_fines_a_third_for_each_promise_that_is_missed_by_a_tenth(small_model, world, output, tax, capital, missed, stage):
    """30 mu; promised 100 output and 10 tax per mu, agreed 333.3 investment per mu and 25 % of a price of 625; what its newest land cost is nothing to it."""
    made = output * 30 / 4 * world.industries.value_added_ratio[INDUSTRY]
    moves = dict(destination=NEXT, starts_building=world.quarter + 9) if stage == Stage.MOVING else {}
    e = rows_of(world, 1, weight=3, land_price=1.0, review_due=world.quarter, value_added=made, tax_last_year=tax * 30, capital=capital, stage=stage,
                agreed_penalty_next=1.0, **moves, **REVIEWED)  # fmt: skip
    build(world, small_model.parameters["construction"])
    f, fine = world.flows, missed / 3 * 0.25 * 625
    assert f.penalties[PARK] == pytest.approx(fine, rel=1e-12) and f.dividends[PARK] == pytest.approx(-fine, rel=1e-12)
    assert (f.reviews[PARK], f.breaches[PARK], e.review_due[0]) == (3, 3 * (missed > 0), -1)


def test_a_review_that_falls_due_while_an_enterprise_is_shut_is_held_when_it_works_again(small_model, world):
    """It works again at the end of the quarter in which it made nothing, and is judged by the one after: 80 of 100 per mu, a third of 25 % of 625."""
    made = 80 * 30 / 4 * world.industries.value_added_ratio[INDUSTRY]
    due = world.quarter
    e, f = rows_of(world, 1, review_due=due, value_added=0.0, tax_last_year=300.0, capital=10_000.0, stage=Stage.SUSPENDED, **REVIEWED), world.flows
    for stage, value in ((Stage.SUSPENDED, 0.0), (Stage.OPERATING, 0.0)):
        e.stage[0], e.value_added[0] = stage, value
        build(world, small_model.parameters["construction"])
        world.quarter += 1
        assert (f.reviews[PARK], f.penalties[PARK], e.review_due[0]) == (0, 0.0, due)
    e.value_added[0] = made
    build(world, small_model.parameters["construction"])
    assert (f.reviews[PARK], e.review_due[0]) == (1, -1) and f.penalties[PARK] == pytest.approx(625 / 12, rel=1e-12)


@pytest.mark.parametrize("after, due", [(12, 12), (0, None)])
def test_what_was_promised_for_land_ends_with_it_and_a_mover_has_promised_the_investment(small_model, world, after, due):
    """It arrives on 10 mu of standard land, or on other land: three quarters before the review of the old land, which is not held then."""
    e = rows_of(world, 1, stage=Stage.MOVING, destination=NEXT, land_next=20_000 // 3, starts_building=world.quarter - 1, stage_ends=world.quarter + 1,
                promised_capital=500.0, review_due=world.quarter + 3, review_after=after, agreed_investment_next=150.0 * (after > 0),
                agreed_penalty_next=0.5 * PRICE * (after > 0), **REVIEWED)  # fmt: skip
    build(world, small_model.parameters["construction"])
    due = -1 if due is None else world.quarter + due
    assert (e.place[0], e.review_due[0], e.promised_output[0], e.promised_tax[0], e.agreed_investment_next[0], e.agreed_penalty_next[0]) == (
        NEXT,
        due,
        0,
        0,
        0,
        0,
    )
    assert (e.agreed_investment[0], e.agreed_penalty[0]) == ((150.0, 0.5 * PRICE) if after else (0.0, 0.0))
    world.quarter += 12
    e.value_added[0] = 1.0  # next to nothing, and no tax: neither is promised; 1,000 on 10 mu are less than 90 % of 150
    build(world, small_model.parameters["construction"])
    assert world.flows.penalties[NEXT] == pytest.approx(0.5 * PRICE * (20_000 // 3) / 3 * (after > 0), rel=1e-12) and world.flows.penalties[PARK] == 0.0


def test_a_mover_arrives_with_its_persons_and_leaves_its_land_ready(small_model, world):
    """Its four invest half of their capital anew, 1,000 each, in two quarters, which replaces what they leave behind."""
    e = rows_of(world, 1, stage=Stage.MOVING, destination=NEXT, land=20_000, land_next=5_000, floor=70, starts_building=world.quarter - 1, weight=4,
                stage_ends=world.quarter + 1, promised_capital=4000.0, capital=8000.0, ordered=True, employment=10)  # fmt: skip
    places, f = world.places, world.flows
    places.factory_let[PARK] = 70
    old, new = places.land[PARK].copy(), places.land[NEXT].copy()
    left, right = world.counties.labour_force[places.county[PARK]], world.counties.labour_force[places.county[NEXT]]
    build(world, small_model.parameters["construction"])
    old, new = places.land[PARK] - old, places.land[NEXT] - new
    assert old[LandStage.READY, Use.INDUSTRIAL] == 20_000 == -old[LandStage.BUILT, Use.INDUSTRIAL]
    assert new[LandStage.BUILT, Use.INDUSTRIAL] == 5_000 == -new[LandStage.GRANTED, Use.INDUSTRIAL]
    assert (e.place[0], e.land[0], e.land_next[0], e.floor[0], e.destination[0], e.stage[0], e.origin[0]) == (
        NEXT,
        5_000,
        0,
        0,
        -1,
        Stage.OPERATING,
        Origin.MOVED,
    )
    assert (e.capital[0], e.debt[0], e.ordered[0], places.factory_let[PARK]) == (8000.0, 700.0, False, 0)
    assert (f.investment[NEXT, INDUSTRY], f.borrowed[NEXT], f.dividends[NEXT], f.transferred_capital[NEXT]) == (2000.0, 700.0, -1300.0, 8000.0)
    assert (f.jobs[PARK, Jobs.MOVED_OUT], f.jobs[NEXT, Jobs.MOVED_IN], f.heads[PARK, Heads.MOVED_OUT], f.heads[NEXT, Heads.MOVED_IN]) == (10, 10, 4, 4)
    assert world.counties.labour_force[places.county[PARK]] == left - 10 and world.counties.labour_force[places.county[NEXT]] == right + 10


# --- section 10: verification after building ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("detection, found", [(1.0, True), (0.0, False)])
def test_a_broken_commitment_is_fined_mended_and_shut(small_model, world, detection, found):
    p = small_model.parameters["approval"].model_copy(update=dict(detection=detection, mending=2.0, mending_cost=0.05, shedding=0.5))
    e = rows_of(world, 2, evades=[True, False], agreed_fine=0.125, weight=4, verification=1, promised_capital=1000.0, emission_intensity=3.0)
    verify(world, p)
    f, fine, cost = world.flows, 125.0 * found, 50.0 * found
    assert (f.commitments_verified[PARK], f.commitments_broken[PARK]) == (8, 4 * found)
    assert (f.commitment_fines[PARK], f.investment[PARK, INDUSTRY]) == pytest.approx((fine, cost)) and f.dividends[PARK] == pytest.approx(-fine - cost)
    assert e.live("emission_intensity").tolist() == [2.0 if found else 3.0, 3.0]
    assert e.live("stage_ends").tolist() == [world.quarter + 1 + 2 * found, world.quarter + 1] and (e.live("stage") == Stage.SUSPENDED).all()
    assert not e.live("evades").any()
    world.quarter += 1
    verify(world, p)
    assert e.live("stage").tolist() == [Stage.SUSPENDED if found else Stage.OPERATING, Stage.OPERATING]


# --- section 8: closing, and the exit rule ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("debt, repaid, lost, owners", [(400.0, 300.0, 100.0, 0.0), (100.0, 100.0, 0.0, 200.0)])
def test_who_closes_sells_three_tenths_of_its_capital_for_the_bank_first(world, debt, repaid, lost, owners):
    rows_of(world, 2, debt=debt, land=20_000, land_next=3_000, destination=NEXT, floor=50, weight=5, employment=12)
    places, e, f = world.places, world.enterprises, world.flows
    places.factory_let[PARK] = 100
    old, new = places.land[PARK].copy(), places.land[NEXT].copy()
    close_rows(world, np.array([1], dtype=np.int32), ExitParameters(scrap=0.3))
    assert (f.scrapped[PARK], f.repaid[PARK], f.written_off[PARK], f.dividends[PARK]) == pytest.approx((300.0, repaid, lost, owners))
    assert (f.heads[PARK, Heads.EXITED], f.jobs[PARK, Jobs.EXITED], places.factory_let[PARK]) == (5, 12, 50)
    old, new = places.land[PARK] - old, places.land[NEXT] - new
    assert old[LandStage.READY, Use.INDUSTRIAL] == 20_000 == -old[LandStage.BUILT, Use.INDUSTRIAL]
    assert new[LandStage.READY, Use.INDUSTRIAL] == 3_000 == -new[LandStage.GRANTED, Use.INDUSTRIAL]
    assert e.live("stage").tolist() == [Stage.OPERATING, Stage.GONE] and e.live("debt").tolist() == [debt, 0.0] and e.land[1] == 0


def test_losses_age_and_size_decide_how_many_close(world):
    """Yearly hazard 6.3 % in the second year, profit half of value added below the usual, 40 persons: [1 - 0.937^(1/4)] exp(0.5) 4^-0.12."""
    n = world.enterprises.n
    usual = world.economy.margin[INDUSTRY]
    rows_of(world, n, founded=world.quarter - 4, employment=80, weight=2, profit=100 * (usual - 0.5))
    seen, chance = [], (1 - 0.937**0.25) * math.exp(0.5) * 4**-0.12
    for _ in range(40):
        world.enterprises.live("stage")[:] = Stage.OPERATING
        close_down(world, ExitParameters(margin=1.0, size=0.12, level=1.0))
        seen.append((world.enterprises.live("stage") == Stage.GONE).mean())
        world.quarter += 1
        world.enterprises.live("founded")[:] += 1
    assert np.mean(seen) == pytest.approx(chance, abs=4 * math.sqrt(chance / (40 * n)))


def test_a_project_leaves_after_the_failed_reviews_that_are_allowed(world):
    """30 mu: less than 100 a mu, or a loss; two years of grace; a year that is passed begins anew."""
    ratio = world.industries.value_added_ratio[INDUSTRY]
    low, good = 99 * 30 / 4 * ratio, 101 * 30 / 4 * ratio
    e = rows_of(world, 6, land=[20_000] * 5 + [0], value_added=[low, good, good, low, good, low], profit=[1, -1, 1, 1, 1, 1], failing=[1, 1, 1, 0, 0, 1],
                arrived=[world.quarter - 8] * 3 + [world.quarter - 7] + [world.quarter - 8] * 2)  # fmt: skip
    p = ExitRuleParameters(low_output=100.0, grace_years=2.0)
    assert expel(world, terms_for(world, exit_after_years=2.0), p).tolist() == [0, 1]
    assert e.live("failing").tolist() == [2, 2, 0, 0, 0, 1]
    assert expel(world, terms_for(world), p).tolist() == []
    assert expel(world, terms_for(world, exit_after_years=4.0), p).tolist() == [] and e.live("failing").tolist() == [3, 3, 0, 0, 0, 1]


# --- section 11: ordered moves ----------------------------------------------------------------------------------------------------------


def test_who_is_ordered_closes_upgrades_or_looks_for_a_park(world):
    terms = terms_for(world, relocation_order_rate=1.0, relocation_deadline_years=2.5)
    for close, upgrade in ((1.0, 0.0), (0.0, 1.0), (0.0, 0.0)):
        e, f = rows_of(world, 3, weight=2, capital=1000.0, emission_intensity=3.0), world.flows
        f.clear(0)
        p = RelocationParameters(close_share=close, upgrade_share=upgrade, upgrade_cost=0.15)
        assert order_moves(world, terms, p).tolist() == ([0, 1, 2] if close else [])
        assert (f.orders[PARK], f.orders_closed[PARK], f.orders_upgraded[PARK], f.orders_moved[PARK]) == (6, 6 * close, 6 * upgrade, 6 * (close == upgrade))
        assert (f.investment[PARK, INDUSTRY], f.dividends[PARK]) == pytest.approx((450.0 * upgrade, -450.0 * upgrade))
        assert (e.live("emission_intensity") == (1.5 if upgrade else 3.0)).all() and (e.live("ordered") == (close == upgrade)).all()
    assert (e.live("deadline") == world.quarter + 10).all()
    world.quarter += 10
    e.destination[1] = NEXT
    assert order_moves(world, terms, p).tolist() == [0, 2] and f.orders_closed[PARK] == 4


def test_polluters_are_ordered_twice_as_fast_where_they_come_first_and_others_half(world):
    from zonesim.behaviour.relocation import order_rate

    terms = terms_for(world, relocation_order_rate=0.2)
    terms["polluter_priority"][PARK, INDUSTRY] = 1.0
    rate = order_rate(terms, RelocationParameters(priority_gain=2.0, priority_rest=0.5))
    assert (rate[PARK, INDUSTRY], rate[PARK, INDUSTRY + 1], rate[NEXT, INDUSTRY]) == pytest.approx((0.4, 0.1, 0.2))


@pytest.mark.parametrize("subsidy, helped", [(0.375, 112.5), (2.0, 300.0)])
def test_a_move_costs_three_tenths_of_capital_and_a_subsidy_is_for_the_ordered(world, subsidy, helped):
    rows_of(
        world,
        3,
        capital=1000.0,
        destination=[NEXT, NEXT, NEXT],
        starts_building=[world.quarter, world.quarter, world.quarter + 1],
        ordered=[True, False, True],
        promised_subsidy=subsidy,
    )
    pay_for_moves(world, RelocationParameters(moving_cost=0.3))
    f = world.flows
    assert (f.moving_costs[NEXT], f.moving_subsidies[NEXT], f.dividends[NEXT]) == pytest.approx((600.0, helped, helped - 600.0))


def test_the_subsidy_that_came_with_an_order_is_paid_when_the_clause_has_ended(world):
    """3/8 of 30 % of 1,000 for the one ordered under the clause; who is ordered when it has ended gets nothing, also where there is one again."""
    e, f, p = rows_of(world, 2, place=[PARK, NEXT], capital=1000.0), world.flows, RelocationParameters(close_share=0.0, upgrade_share=0.0, moving_cost=0.3)
    under, ended = terms_for(world, relocation_deadline_years=3.0), terms_for(world, relocation_deadline_years=3.0)
    under["relocation_order_rate"][PARK], under["relocation_subsidy"][PARK] = 1.0, 0.375
    ended["relocation_order_rate"][NEXT] = 1.0
    for terms, ordered in ((under, [True, False]), (ended, [True, True])):
        order_moves(world, terms, p)
        assert e.live("ordered").tolist() == ordered
    e.live("destination")[:] = NEXT + 1
    e.live("starts_building")[:] = world.quarter
    pay_for_moves(world, p)
    assert (f.moving_costs[NEXT + 1], f.moving_subsidies[NEXT + 1], f.dividends[NEXT + 1]) == pytest.approx((600.0, 112.5, 112.5 - 600.0))


# --- section 11: land for those who outgrow theirs --------------------------------------------------------------------------------------


def grown(world, terms, quota, **columns):
    """Two enterprises on 20,000 m2; the second, an idle project or a small producer, may sell."""
    places = world.places
    places.quota_expansion[PARK], places.land_price[PARK] = quota, PRICE
    places.land[PARK, LandStage.UNDEVELOPED, Use.INDUSTRIAL] = max(places.land[PARK, LandStage.UNDEVELOPED, Use.INDUSTRIAL], 50_000)
    e = rows_of(world, 2, **(dict(land=20_000, laid_out=1000.0, capital=[2000.0, 1000.0], value_added=1e6) | columns))
    before = places.land[PARK].copy()
    full, lines = np.full((world.n_places, world.n_industries), 1.4), np.full(world.n_places, 250.0)
    expand(world, terms, ExpansionParameters(extra=0.7, offered=0.8, part=0.4, allocated=0.8), full, lines, 0.25)
    return e, world.flows, places.land[PARK] - before


@pytest.mark.parametrize("quota, got, grade", [(99_000, 14_000, 0), (3_500, 3_500, 0), (99_000, 0, 4)])
def test_doubled_capital_asks_for_seven_tenths_of_its_land_within_the_quota(world, quota, got, grade):
    e, f, land = grown(world, terms_for(world), quota, mu_grade=grade)
    assert (e.land[0], f.expansion_land[PARK], f.expansion_unmet[PARK]) == (20_000 + got, got, 14_000 - got)
    assert land[LandStage.BUILT, Use.INDUSTRIAL] == got == -land[LandStage.UNDEVELOPED, Use.INDUSTRIAL]
    assert (f.land_payments[PARK], f.dividends[PARK], f.quota_land_used[PARK]) == (got * PRICE, -got * PRICE, got)
    assert world.places.quota_expansion[PARK] == quota - got and e.laid_out[0] == pytest.approx(1000 + 1000 * got / 14_000)


@pytest.mark.parametrize("idle, bought", [(True, 14_000), (False, 8_000)])
def test_idle_land_is_bought_whole_and_inefficient_land_by_two_fifths(world, idle, bought):
    """Identities until one whose owner sells and whose parcel was not allocated; without the quota nothing else is to be had."""
    seller = dict(stage=[Stage.OPERATING, Stage.BUILDING], sincerity=[1.0, 0.1], starts_building=world.quarter - 4) if idle else dict(value_added=[1e6, 1.0])
    trade = terms_for(world, land_transfer=1.0, conversion_price=0.0)
    results = []
    for identity in range(100, 130):
        world.flows.clear(0)
        e, f, land = grown(world, trade, 0, id=[1, identity], **seller)
        results.append((int(f.traded_land[PARK]), int(e.land[0]), int(e.land[1]), int(land[LandStage.GRANTED, Use.INDUSTRIAL]), float(f.land_payments[PARK])))
    assert set(results) == {(0, 20_000, 20_000, 0, 0.0), (bought, 20_000 + bought, 20_000 - bought, -bought * idle, 0.0)}


def test_a_seller_of_allocated_land_pays_for_its_title_and_sells_what_it_has_once(world):
    """Two who want 14,000 m2 each and an idle parcel of 20,000: 20,000 change hands; an owner of the opening whose parcel was allocated pays a fifth of the price."""
    terms, seen = terms_for(world, land_transfer=1.0, conversion_price=0.2), set()
    full, lines = np.full((world.n_places, world.n_industries), 1.4), np.full(world.n_places, 0.0)
    for identity in range(100, 140):
        world.flows.clear(0)
        world.places.quota_expansion[PARK], world.places.land_price[PARK] = 0, PRICE
        e = rows_of(world, 3, id=[1, 2, identity], land=20_000, laid_out=1000.0, capital=[2000.0, 2000.0, 1000.0], origin=Origin.OPENING, value_added=1e6,
                    stage=[Stage.OPERATING, Stage.OPERATING, Stage.BUILDING], sincerity=[1.0, 1.0, 0.1], starts_building=world.quarter - 4)  # fmt: skip
        expand(world, terms, ExpansionParameters(extra=0.7, offered=0.8, part=0.4, allocated=0.5), full, lines, 0.25)
        seen.add((*e.live("land").tolist(), float(world.flows.traded_land[PARK]), float(world.flows.land_payments[PARK])))
    sold = (34_000, 26_000, 0, 20_000.0)
    assert seen == {(20_000, 20_000, 20_000, 0.0, 0.0), (*sold, 0.0), (*sold, 0.2 * 20_000 * PRICE)}


def test_nobody_sells_allocated_land_whose_whole_price_is_due(world):
    """What the owner would keep is nothing, and every reserve price is above it."""
    terms = terms_for(world, land_transfer=1.0, conversion_price=1.0)
    for identity in range(100, 130):
        world.flows.clear(0)
        columns = dict(stage=[Stage.OPERATING, Stage.BUILDING], sincerity=[1.0, 0.1], starts_building=world.quarter - 4, origin=Origin.OPENING)
        _, f, _ = grown(world, terms, 0, id=[1, identity], **columns)
        assert f.land_payments[PARK] == 0.0  # those that sell were granted their land for a price


@pytest.mark.parametrize("subsidy", [0.0, 0.5])
def test_a_subsidy_makes_more_of_the_ordered_move(world, subsidy):
    """m e^(2 s) / (c + g + m e^(2 s)) of them, with m = 0.5."""
    n = world.enterprises.n
    rows_of(world, n)
    order_moves(
        world,
        terms_for(world, relocation_order_rate=1.0, relocation_subsidy=subsidy),
        RelocationParameters(close_share=0.2, upgrade_share=0.3, subsidy_effect=2.0),
    )
    odds = 0.5 * math.exp(2 * subsidy)
    assert n > 500 and world.flows.orders_moved[PARK] / n == pytest.approx(odds / (0.5 + odds), abs=0.06)
