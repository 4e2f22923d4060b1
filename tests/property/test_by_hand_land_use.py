"""What becomes of land and factories: other uses, sales, buy-backs, grades by mu, the uses of a quota; worked out from docs/model.md section 11 alone."""

import numpy as np
import pytest

from tests.hand_made import PARK, rows_of, terms_for
from zonesim.accounts.quota_uses import QuotaUseParameters, set_quota_aside, site_works
from zonesim.behaviour.buyback import BuybackParameters, buy_back
from zonesim.behaviour.factory_sales import FactorySaleParameters, sell_factories
from zonesim.behaviour.investment import InvestmentParameters, debt_limit
from zonesim.behaviour.per_mu import PerMuParameters, charge_by_grade, grade_by_mu
from zonesim.behaviour.use_change import UseChangeParameters, change_use
from zonesim.world.enterprises import Origin
from zonesim.world.places import LandStage, Use

CHANGE = UseChangeParameters(space=20.0, multiple=8.0, annuity=0.12, payback=2.0, pace=0.3, part=0.4, levy=0.5, building=0.25)
PRICE = 1 / 32


def converted(world, allowed, cap=1.0):
    """Let sixty holders of 1,000 m2 consider another use in forty quarters, and again in the fullest of them; return the m2 of each, and the rows."""
    places, f = world.places, world.flows
    places.land_price[:] = PRICE

    def one(seed):
        e = rows_of(world, 60, land=1000)
        f.clear(world.contracts.n)
        places.land[PARK], world.seed = 0, seed
        places.land[PARK, LandStage.BUILT, Use.INDUSTRIAL] = 60_000
        change_use(world, terms_for(world, use_change_allowed=allowed, conversion_cap=cap), CHANGE, 0.0)
        assert places.land[PARK, LandStage.BUILT].sum() == 60_000 and places.land[PARK, LandStage.BUILT, Use.COMMERCIAL] == f.converted_land[PARK]
        return float(f.converted_land[PARK]), e

    m2 = np.array([one(seed)[0] for seed in range(40)])
    return m2, one(int(np.argmax(m2)))[1]


@pytest.mark.parametrize("allowed, chance, levy", [(1.0, 1 - 0.7**0.25, 0.5), (0.5, 1 - 0.85**0.25, 0.0)])
def test_land_that_becomes_commercial_is_sold_and_pays_a_levy_where_that_is_allowed(world, allowed, chance, levy):
    """400 m2 at eight times the price, half of the rise to the county, 0.25 a m2 built; three tenths a year think of it, half as many where it is only tolerated."""
    m2, e = converted(world, allowed)
    assert m2.sum() / 400 == pytest.approx(40 * 60 * chance, rel=0.25)
    f, changed = world.flows, e.live("land") == 600
    n = changed.sum()
    worth, due = 8 * PRICE * 400 * n, levy * 7 * PRICE * 400 * n
    assert n == m2.max() / 400 > 0 and e.live("capital") == pytest.approx(np.where(changed, 600.0, 1000.0))
    assert (f.sold_land[PARK], f.land_payments[PARK], f.dividends[PARK], f.real_estate_investment[PARK]) == pytest.approx((worth, due, worth - due, 100.0 * n))


def test_no_more_land_becomes_commercial_than_the_cap_leaves(world):
    """2 % of 60,000 m2: three parcels of 400, though five of sixty think of it in a quarter."""
    m2, _ = converted(world, 1.0, cap=0.02)
    assert m2.max() == 1200 and (m2 == 1200).sum() > 20


@pytest.mark.parametrize("origin, arrived, least, most", [(Origin.BORN, 1, 16, 44), (Origin.ATTRACTED, 1, 0, 0), (Origin.BORN, 2, 0, 0)])
def test_half_of_the_services_founded_last_quarter_sit_in_old_buildings(world, origin, arrived, least, most):
    """Where grace brings as many births again (1 x 5/5) it is half; three years of grace: 0.6/1.6."""
    service, q = world.industries.index("producer_services"), world.quarter
    for years, part in ((5.0, 1.0), (3.0, 0.75)):
        e = rows_of(world, 60, industry=service, origin=origin, arrived=q - arrived, grace_until=-1)
        change_use(world, terms_for(world, use_change_grace_years=years, post_grace_price=0.5), CHANGE, 1.0)
        sits = e.live("grace_until") >= 0
        assert part * least <= sits.sum() <= most and (e.live("grace_until")[sits] == q - 1 + 4 * years).all() and (e.live("grace_price")[sits] == 0.5).all()


def test_the_end_of_grace_costs_half_the_price_of_land_for_services_or_the_place(world):
    """0.5 x 8 x 1/32 x 20 m2 x 10 persons = 25, against two years of profit: 25.6 or 24; half was said when they came, and the clause has ended since."""
    service, f = world.industries.index("producer_services"), world.flows
    world.places.land_price[:] = PRICE
    rows_of(world, 2, weight=6, industry=service, grace_until=world.quarter, grace_price=0.5, profit=[3.2, 3.0])
    closing = change_use(world, terms_for(world), CHANGE, 1.0)
    assert closing.tolist() == [1] and (f.land_payments[PARK], f.dividends[PARK], f.cliff_paid[PARK], f.cliff_closed[PARK]) == pytest.approx(
        (25.0, -25.0, 25.0, 6.0)
    )


def test_floor_is_sold_to_investors_and_to_tenants_who_can_pay_in_four_years(world):
    """Of 10,000 m2 half may be sold: investors take 0.15 x 0.5 of 4,000 vacant ones, a tenant 100 at 0.19 for 16 quarters of 1.2, not of 1.18."""
    places, f = world.places, world.flows
    e = rows_of(world, 2, floor=100, profit=[1.2, 1.18])
    places.factory[PARK], places.factory_let[PARK], places.factory_sold[PARK] = 10_000, 6_000, 0
    sell_factories(world, terms_for(world, factory_hold=0.5), FactorySaleParameters(price=0.19, payback=4.0, willing=1.0, speculators=0.15))
    assert (f.factory_speculation[PARK], f.factory_sales[PARK], f.dividends[PARK]) == pytest.approx((57.0, 19.0, -19.0))
    assert (places.factory[PARK], places.factory_let[PARK], places.factory_sold[PARK]) == (9_600, 5_900, 400)
    assert e.live("floor").tolist() == [0, 100] and e.live("capital") == pytest.approx([1019.0, 1000.0])


def test_investors_and_tenants_share_what_may_be_sold(world):
    """Of 1,000 m2 half may be sold; investors want 0.6 x 0.5 x 1,000 = 300, then one tenant of 100 and one more fit, a third does not."""
    places = world.places
    e = rows_of(world, 3, floor=100, profit=10.0)
    places.factory[PARK], places.factory_let[PARK], places.factory_sold[PARK] = 1_000, 0, 0
    places.factory_let[PARK] = 300
    sell_factories(world, terms_for(world, factory_hold=0.5), FactorySaleParameters(willing=1.0, speculators=0.6))
    assert e.live("floor").tolist() == [0, 0, 100] and places.factory_sold[PARK] == 210 + 200


@pytest.mark.parametrize("room, part", [(1e6, 1.0), (500.0, 0.5)])
def test_factories_are_bought_of_the_indebted_within_the_room_for_debt(world, room, part):
    """Half of 1,000 at 1/8 per m2, cut to what may be borrowed: debts first, the rest for the owners; who owes less than seven tenths of its limit keeps its own."""
    p = InvestmentParameters()
    limit = debt_limit(1000.0, 10.0, p.credit_small, p.credit_large)
    e, f, places = rows_of(world, 3, debt=[0.7 * limit + 0.01, 0.7 * limit + 0.01, 0.7 * limit - 0.01]), world.flows, world.places
    factory, let = int(places.factory[PARK]), int(places.factory_let[PARK])
    buy_back(world, terms_for(world, factory_buyback=1.0), BuybackParameters(buildings=0.5, strain=0.7, rate=1.0), p, np.full(world.zones.n, room), 0.125)
    paid, back = part * 500.0, min(0.7 * limit + 0.01, part * 500.0)
    assert e.live("floor").tolist() == [paid * 8, paid * 8, 0] and e.live("debt") == pytest.approx([0.7 * limit + 0.01 - back] * 2 + [0.7 * limit - 0.01])
    assert (f.factory_purchases[PARK], f.repaid[PARK], f.dividends[PARK]) == pytest.approx((2 * paid, 2 * back, 2 * (paid - back)))
    assert (places.factory[PARK] - factory, places.factory_let[PARK] - let) == (16 * paid, 16 * paid)


# --- grades by mu, and what a quota is for ---------------------------------------------------------------------------------------------------


def test_grades_by_mu_are_a_fifth_a_twentieth_and_a_fifth(world):
    """Of twenty, taxed alike, by land: one D on the most, four C after it, four A on the least."""
    e = rows_of(world, 20, land=3000 - 100 * np.arange(20), tax_this_year=10.0)
    grade_by_mu(world, terms_for(world, per_mu_spread=0.2), PerMuParameters(best=0.2, poor=0.2, worst=0.05))
    assert e.live("mu_grade").tolist() == [4] + [3] * 4 + [2] * 11 + [1] * 4


def test_grades_pay_on_land_and_energy(world):
    """0.001 x 1,000 / 4 + 0.12 x 0.5 x 100 = 6.25: A a tenth less, C a twentieth and D a tenth more."""
    e, f = rows_of(world, 5, land=1000, energy_intensity=0.5, mu_grade=[1, 2, 3, 4, 0]), world.flows
    charge_by_grade(world, terms_for(world, per_mu_spread=0.2, land_use_tax=0.001), PerMuParameters(energy_price=0.12))
    assert e.live("profit") == pytest.approx([0.625, 0.0, -0.3125, -0.625, 0.0])
    assert (f.per_mu_relief[PARK], f.per_mu_charges[PARK]) == pytest.approx((0.625, 0.9375))


def test_a_quota_is_set_aside_by_demands_and_the_rest_for_new_projects_first(world):
    """8 quarters of 5,000 less 10,000 ready; 8,000 granted and a quarter of 8,000 short; 5,000 taken and 15,000 waiting: 60,000 of 100,000, then 0.6, 0.2, 0.2."""
    places, n = world.places, world.n_places
    places.land[PARK, LandStage.READY], places.quota_land[:n], places.works_waiting[:n] = 0, 0, 0.0
    places.land[PARK, LandStage.READY, Use.INDUSTRIAL], places.quota_land[PARK], places.works_waiting[PARK] = 10_000, 100_000, 15_000.0
    world.land_demand[:] = 0.0
    world.land_demand[PARK] = 5_000.0
    for name, value in (("expansion_land", 8_000.0), ("expansion_unmet", 8_000.0), ("works_land", 5_000.0)):
        world.year_flow(name)[:] = 0.0
        world.year_flow(name)[PARK] = value
    set_quota_aside(world, terms_for(world, quota_use_order=0.0), QuotaUseParameters(stock_years=2.0, spare_new=0.6, land_per_money=1.0))
    assert (places.quota_land[PARK], places.quota_expansion[PARK], places.quota_works[PARK]) == pytest.approx((54_000, 18_000, 28_000), abs=2)


def test_works_take_land_of_their_quota_and_the_rest_waits(world):
    """0.4 x 1,000 and 200 that wait want 2 m2 each: 900 of 1,200 are there, a quarter of 600 waits, which is 50 less than before."""
    places, f = world.places, world.flows
    places.land[PARK], places.infrastructure[PARK] = 0, 100.0
    places.land[PARK, LandStage.UNDEVELOPED, Use.INDUSTRIAL] = 5_000
    f.infrastructure_investment[PARK], places.works_waiting[PARK], places.quota_works[PARK] = 1000.0, 200.0, 900
    whole = places.infrastructure[PARK].sum()
    site_works(world, QuotaUseParameters(needs_land=0.4, land_per_money=2.0))
    assert (places.works_waiting[PARK], places.quota_works[PARK], f.quota_land_used[PARK], f.works_land[PARK]) == pytest.approx((150.0, 0, 900, 900))
    assert places.land[PARK, LandStage.UNDEVELOPED].sum() == 4_100 and places.land[PARK, LandStage.BUILT, Use.PUBLIC] == 900
    assert places.infrastructure[PARK].sum() == pytest.approx(whole + 50.0)
