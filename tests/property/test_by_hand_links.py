"""Trade, suppliers, by-products, returned taxes and what zones may borrow, worked out from docs/model.md alone."""

import math

import numpy as np
import pytest

from tests.hand_made import INDUSTRY, PARK, Causes, rows_of, terms_for
from zonesim.accounts.books.credit import debt_room, partner_works
from zonesim.accounts.circular import CircularMoneyParameters, pay_links
from zonesim.accounts.returns import pay_owed, return_increments
from zonesim.accounts.year import add_to_year
from zonesim.behaviour.circular import CircularParameters, claim_links, link_up
from zonesim.behaviour.place_effects import productive_stock
from zonesim.behaviour.supply import SupplyParameters, _match
from zonesim.behaviour.trade import TradeParameters, trade, trade_shares
from zonesim.world.flows import Flows, Jobs, Tax

# --- trade and suppliers --------------------------------------------------------------------------------------------------------------------


def test_exports_and_imports_of_a_place(world):
    """0.3 of the nation's share, three times for a foreign-invested one, 4^0.3 for four times the works; inputs: 60 bought outside of 70 without matching."""
    i, f, places = world.industries, world.flows, world.places
    rows_of(world, 2, value_added=100.0, foreign=[False, True])
    places.infrastructure_opening[PARK] = (productive_stock(world)[PARK] + 1) / 4 - 1
    f.inputs[PARK], f.local_inputs[PARK], f.matched_inputs[PARK] = 100.0, 40.0, 10.0
    trade(world, TradeParameters(level=0.3, imports=0.5, foreign=2.0, access=0.3, most_exported=0.9))
    (exported, imported), sold = trade_shares(), 100.0 / i.value_added_ratio[INDUSTRY]
    assert f.exports[PARK] == pytest.approx(exported[INDUSTRY] * 0.3 * 4**0.3 * (1 + 3) * sold) and f.exports[PARK] > 0
    assert f.imports[PARK] == pytest.approx(2 * 0.5 * imported[INDUSTRY] * sold * 60 / 70) and f.imports[PARK] > 0


def matched(output, weights, embedding, **numbers):
    """Two industries, of which the second needs half of its output of the first; value added is 0.4 and 0.25 of output."""
    n = len(output)
    inputs, local, added, cost = (np.zeros(n) for _ in range(4))
    missing, gain = np.zeros((n, 2)), np.zeros((n, 2))
    io, ratio = np.array([[0.0, 0.5], [0.0, 0.0]]), np.array([0.4, 0.25])
    _match(np.array(output), np.array(weights), io, ratio, np.full(n, embedding), SupplyParameters(**numbers).vector, inputs, local, added, cost, missing, gain)
    return inputs, local, gain


def test_supply_and_need_nearby_count_by_distance():
    """Each place needs 20: 30 with half of the other's, of 100 where they are made and of 50 next to it."""
    inputs, local, _ = matched([[100.0, 40.0], [0.0, 40.0]], [[1.0, 0.5], [0.5, 1.0]], 0.0, usual=0.68, cover=0.8)
    assert inputs == pytest.approx([20.0, 20.0])
    assert local == pytest.approx([20 * 0.68 * (1 - math.exp(-0.8 * 100 / 30)), 20 * 0.68 * (1 - math.exp(-0.8 * 50 / 30))])


def test_a_supplier_sells_at_most_half_as_much_more():
    """Three places that need 200 each buy 0.7 (1 - exp(-100/200)) of it more from one that makes 100: 0.6 of 165 is more than half of it."""
    output, weights = [[100.0, 0.0], [0.0, 400.0], [0.0, 400.0], [0.0, 400.0]], np.eye(4)
    weights[0], weights[:, 0] = 1.0, 1.0
    _, _, gain = matched(output, weights, 0.7, usual=0.3, cover=1.0, response=0.6, saving=0.0)
    assert gain[0, 0] == pytest.approx(math.log(1.5))


# --- by-products ----------------------------------------------------------------------------------------------------------------------------


@pytest.fixture
def park(world):
    """A park of two equal industries that generates 1,000 a quarter beside one of its committee that generates 3,000: diversity 1/2."""
    f, places = world.flows, world.places
    places.zone[: world.n_places] = -1
    places.zone[[PARK, PARK + 1]] = 0
    f.value_added[PARK, :2] = 50.0
    f.pollution_generated[PARK], f.pollution_generated[PARK + 1] = 1000.0, 3000.0
    return f, places


NUMBERS = dict(usual=0.35, diversity=0.5, match=1.0, cost=0.3, wear=0.08, depth=0.95, most=0.98)


def test_reuse_begins_at_its_natural_level_and_support_is_claimed_by_waste(world, park):
    """0.4 (1/2 + 1/2), at most 0.25 more; a quarter of 400 a year, of which 1,000/4,000; a park of 1 can use 0.3 x 4 ln 20 with its own half."""
    f, places = park
    p = CircularParameters(**(NUMBERS | dict(usual=0.4)))
    top = claim_links(world, terms_for(world, circular_support=400.0), p)
    assert (places.reuse[PARK], places.reuse_base[PARK], top[PARK]) == pytest.approx((0.4, 0.4, 0.65)) and f.circular_support[PARK] == pytest.approx(25.0)
    f.pollution_generated[PARK], f.pollution_generated[PARK + 1] = 1.0, 0.0
    claim_links(world, terms_for(world, circular_support=400.0), p)
    assert f.circular_support[PARK] == pytest.approx(1.2 * math.log(20) / 2)


@pytest.mark.parametrize("support, left", [(400.0, 0.45 - 0.02 * 0.1), (0.0, 0.45 - 0.08 * 0.1)])
def test_links_break_by_the_year_or_by_the_quarter(world, park, support, left):
    world.quarter += 4
    park[1].reuse[PARK] = 0.45
    claim_links(world, terms_for(world, circular_support=support), CircularParameters(**NUMBERS))
    assert park[1].reuse[PARK] == pytest.approx(left)


def test_something_is_always_left(world, park):
    """Eleven equal industries: 0.7 (1/2 + 10/11) and 0.65 x 10/11 more are above 0.98."""
    f, _ = park
    f.value_added[PARK] = world.industries.is_industrial > 0
    assert claim_links(world, terms_for(world, circular_support=1.0), CircularParameters(**(NUMBERS | dict(usual=0.7, diversity=0.65))))[PARK] == 0.98


def test_links_are_made_of_what_is_paid_and_as_much_of_the_enterprises(world, park):
    """50 on 0.3 x 4,000: 1 - exp(-1/24) of the way from 0.35 to 0.6; half of it by each industry."""
    f, places = park
    places.reuse[PARK], f.circular_support[:] = 0.35, 0.0
    f.circular_support[PARK] = 25.0
    link_up(world, CircularParameters(**NUMBERS), np.full(world.n_places, 0.6))
    assert places.reuse[PARK] == pytest.approx(0.6 - 0.25 * math.exp(-1 / 24))
    assert f.investment[PARK, :2] == pytest.approx([25.0, 25.0]) and f.dividends[PARK] == pytest.approx(-25.0)


def test_support_is_paid_by_the_city_then_the_committee_by_a_tenth_of_their_money(world, books, park):
    """Claims of 30 and 10: 7.5 and 2.5 of the city's 10, then 3.75 and 1.25 of the committee's 5."""
    f, acc = park[0], world.accounts
    f.circular_support[:] = 0.0
    f.circular_support[[PARK, PARK + 1]] = [30.0, 10.0]
    world.balances[acc.CITY], world.balances[acc.zone0] = 100.0, 50.0
    pay_links(world, books, CircularMoneyParameters(budget_share=0.1), Causes())
    assert f.circular_support[[PARK, PARK + 1]] == pytest.approx([11.25, 3.75]) == world.balances[[acc.enterprise0 + PARK, acc.enterprise0 + PARK + 1]]
    assert (world.balances[acc.CITY], world.balances[acc.zone0]) == pytest.approx((90.0, 45.0))


# --- returned taxes, credit, the year -------------------------------------------------------------------------------------------------------


@pytest.fixture
def returned(world, books):
    """Settle the year's returns of committee 0 (70 %) with the city's part of its taxes [30, 5, 10] after [10, 0, 20], all levels twice and base three times that."""

    def settle(year=2015, z=0, then=(10.0, 0.0, 20.0), money=1000.0, **columns):
        zones, acc = world.zones, world.accounts
        zones.city_tax_year[z], zones.city_tax_base[z], zones.city_tax_fixed_base[z] = [30.0, 5.0, 10.0], then, [20.0, 0.0, 10.0]
        zones.tax_year[z], zones.tax_base[z], zones.tax_fixed_base[z] = [60.0, 10.0, 20.0], [30.0, 0.0, 60.0], [0.0, 0.0, 0.0]
        zones.infrastructure_fund[z], world.balances[acc.CITY], world.balances[acc.zone0 + z] = 7.0, money, 10.0
        terms = terms_for(world)
        for name, value in (dict(increment_return=0.7, increment_vat=1.0, increment_business_tax=1.0, increment_cit=1.0) | columns).items():
            terms[name][z] = value
        return_increments(world, terms, books, year, "clause")
        return world.balances[acc.CITY] - money, zones

    return settle


@pytest.mark.parametrize(
    "columns, year, owed",
    [
        ({}, 2015, 0.7 * (20 + 5 - 10)),
        (dict(increment_cit=0.0), 2015, 0.7 * 25),
        (dict(increment_fixed_base=1.0), 2015, 0.7 * (10 + 5 + 0)),
        (dict(increment_gross=1.0), 2015, 0.0),  # 30 + 10 - 40
        (dict(increment_gross=1.0, increment_fixed_base=1.0), 2015, 0.7 * 90),
        (dict(increment_reform_rule=1.0), 2016, 0.7 * 10),  # business tax counts no more
        (dict(increment_reform_rule=1.0), 2015, 0.7 * 15),
        (dict(increment_reform_rule=2.0), 2016, 0.7 * 0.5 * (30 + 10 - 40 + 0.0)),
    ],
)
def test_what_the_city_returns_of_an_increment(returned, columns, year, owed):
    change, zones = returned(year, **columns)
    assert -change == pytest.approx(max(0.0, owed)) and zones.infrastructure_fund[0] == pytest.approx(7.0 + max(0.0, owed))
    assert zones.tax_base[0].tolist() == [60.0, 10.0, 20.0] and zones.city_tax_base[0].tolist() == [30.0, 5.0, 10.0]
    assert not zones.tax_year.any() and not zones.city_tax_year[: zones.n].any()


@pytest.mark.parametrize("clawback, back", [(0.0, 0.0), (1.0, 10.0)])
def test_what_fell_is_paid_back_where_that_is_agreed_as_far_as_money_goes(returned, world, clawback, back):
    """0.7 x (45 - 65) = -14, of 10."""
    change, zones = returned(then=(30.0, 15.0, 20.0), increment_clawback=clawback)
    assert change == pytest.approx(back) and world.balances[world.accounts.zone0] == pytest.approx(10.0 - back) and zones.infrastructure_fund[0] == 7.0


@pytest.mark.parametrize("merged, share", [(True, 0.7), (False, 0.0)])
def test_the_year_before_a_return_is_its_fixed_base(returned, world, merged, share):
    world.zones.merged[0] = merged
    change, zones = returned(increment_return=share)
    assert change == 0.0 and zones.tax_fixed_base[0].tolist() == [60.0, 10.0, 20.0] and zones.city_tax_fixed_base[0].tolist() == [30.0, 5.0, 10.0]


def test_what_is_owed_is_for_works_when_it_comes(world, books):
    zones, acc = world.zones, world.accounts
    zones.return_owed[:], zones.infrastructure_fund[: zones.n], world.balances[acc.CITY] = 0.0, 7.0, 30.0
    zones.return_owed[:2] = [40.0, 20.0]
    pay_owed(world, books, "clause")
    assert zones.infrastructure_fund[:3] == pytest.approx([27.0, 17.0, 7.0]) and zones.return_owed[:2] == pytest.approx([20.0, 10.0])


def test_a_subsidy_of_interest_leaves_more_to_borrow_and_a_red_line_less_to_partners():
    """0.2 x 100 / (0.05 x 1/2 + 1/20) - 50; 0.1 x 1,000 / (0.07 + 1/15) - 700, less than 700 x 0.3/0.7."""
    assert debt_room(100.0, 50.0, 10.0, 10.0, 0.05, 0.2, 0.5, 20.0) == pytest.approx(20 / 0.075 - 50)
    assert debt_room(100.0, 50.0, 10.0, 10.0, 0.05, 0.2, 0.0, 20.0) == pytest.approx(150.0)
    assert partner_works(700.0, 0.3, 1000.0, 700.0, 0.07, 15.0, 0.1) == pytest.approx(100 / (0.07 + 1 / 15) - 700)


def test_a_quarter_is_added_to_the_year(world):
    """Demand for land: three quarters of 100 and a quarter of what was granted, 30, and refused, 50."""
    f, y = world.flows, world.year_sums
    for name in y:
        y[name][:] = 1.0
    world.land_demand[:], f.land_granted[PARK], f.unmet_land[PARK] = 100.0, 30.0, 50.0
    f.taxes[PARK, Tax.VAT], f.taxes[PARK, Tax.CIT], f.output[PARK, :2], f.emissions[PARK, :2] = 2.0, 3.0, 10.0, 4.0
    f.jobs[PARK, Jobs.NEW], f.jobs[PARK, Jobs.FROM_OUTSIDE], f.jobs[PARK, Jobs.EXPANDED], f.jobs[PARK, Jobs.MOVED_IN] = 1, 20, 300, 5000
    add_to_year(world, 0.75)
    assert world.land_demand[PARK] == pytest.approx(95.0)
    assert [y[name][PARK] for name in ("tax", "output", "emissions", "new_jobs")] == pytest.approx([6.0, 21.0, 9.0, 322.0])
    assert y["by_place"][Flows.BY_PLACE.index("land_granted"), PARK] == 31.0 and y["by_site"][Flows.BY_SITE.index("output"), PARK] == 21.0
