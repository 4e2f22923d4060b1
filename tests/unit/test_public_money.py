"""Public money that is promised or earmarked: returns owed, quotas of bonds, factory floor, works first, treatment at its price."""

import numpy as np
import pytest

from zonesim.accounts.books.close import Step, close_books
from zonesim.accounts.books.finance import FinanceParameters
from zonesim.accounts.books.parameters import BookParameters
from zonesim.accounts.ledger import Ledger
from zonesim.accounts.returns import AS_COLLECTED, LIKE_FOR_LIKE, increment, pay_owed, return_increments
from zonesim.accounts.staff_pay import PayParameters
from zonesim.policies.package import LAW_CAUSES
from zonesim.terms import Terms
from zonesim.world import load_world
from zonesim.world.places import Effort

CAUSES = {**LAW_CAUSES, "works_programme": "test"}


@pytest.fixture
def world(opening):
    return load_world(opening)


def blank(world):
    return Terms(world.n_places, world.n_industries, world.zones.n)


def test_business_tax_counts_as_vat_where_vat_is_in_the_set():
    gross, base = np.array([100.0, 0.0, 50.0]), np.array([60.0, 30.0, 40.0])
    vat_and_cit, without_vat = np.array([1.0, 0.0, 1.0]), np.array([0.0, 1.0, 1.0])
    city, base_city = 0.2 * gross, np.array([6.0, 12.0, 6.0])
    assert increment(gross, city, base, base_city, vat_and_cit, False, LIKE_FOR_LIKE, True) == pytest.approx(0.2 * (100 - 90) + 0.2 * (50 - 40))
    assert increment(gross, city, base, base_city, vat_and_cit, True, LIKE_FOR_LIKE, True) == pytest.approx((100 - 90) + (50 - 40))
    assert increment(gross, city, base, base_city, without_vat, False, LIKE_FOR_LIKE, True) == pytest.approx(0.2 * (50 - 40))
    assert increment(gross, city, base, base_city, vat_and_cit, False, AS_COLLECTED, True) == pytest.approx((20 - 6) + (10 - 6))


def test_a_return_that_the_city_cannot_pay_is_owed_and_paid_first(world):
    acc, zones, n = world.accounts, world.zones, world.zones.n
    terms, ledger = blank(world), Ledger(world.accounts, world.balances)
    two = np.arange(n) < 2
    terms.fix("increment_return", two, 0.5)
    terms.turn_on("increment_vat", two)
    zones.city_tax_base[:n], zones.city_tax_year[:n] = 0.0, 0.0
    zones.city_tax_year[:2, 0] = 100.0, 300.0  # owed 50 and 150
    world.balances[acc.CITY] = 80.0
    before = world.balances[acc.zone0 : acc.zone0 + 2].copy()
    return_increments(world, terms, ledger, 2015, "004")
    assert zones.return_owed[:2] == pytest.approx([30.0, 90.0]) and world.balances[acc.CITY] == pytest.approx(0.0)
    world.balances[acc.CITY] = 40.0
    pay_owed(world, ledger, "004")
    assert zones.return_owed[:2] == pytest.approx([20.0, 60.0])
    world.balances[acc.CITY] = 1000.0
    pay_owed(world, ledger, "004")
    assert zones.return_owed[:n].sum() == 0.0 and world.balances[acc.CITY] == pytest.approx(920.0)
    assert world.balances[acc.zone0 : acc.zone0 + 2] - before == pytest.approx([50.0, 150.0])
    rows = ledger.rows()
    assert (rows["kind"] == ledger.kind("tax_return")).all() and (rows["cause"] == ledger.cause("004")).all() and len(rows["amount"]) == 6


def test_a_run_pays_what_the_city_owes_before_its_other_money_goes(plan):
    from zonesim.model import ZoneModel

    model = ZoneModel(plan, 1, check=True)
    model.step()
    city = model.world.balances[model.world.accounts.CITY]
    model.world.zones.return_owed[0] = city + 50.0  # more than it has when the quarter opens
    model.step()
    rows = model.ledger.of_this_quarter()
    first = rows["amount"][rows["kind"] == model.ledger.kind("tax_return")]
    assert first == pytest.approx([city, 50.0]) and model.world.zones.return_owed[0] == 0.0


def test_a_quota_passes_by_merged_committees_and_those_without_room(world):
    zones, n = world.zones, world.zones.n
    parameters, finance = BookParameters(), FinanceParameters()
    places = world.places
    places.zone[: world.n_places][places.zone[: world.n_places] == 1] = 2  # run by another committee
    zones.merged[1] = True
    zones.revenue_last_year[:n] = 1e6
    zones.revenue_last_year[0] = 0.0  # no room
    terms, ledger = blank(world), Ledger(world.accounts, world.balances)
    terms.add("special_bond", np.arange(n) < 4, 1000.0)
    terms.add("policy_loan", np.arange(n) < 4, 2000.0)
    close_books(world, terms, ledger, parameters, finance, PayParameters(), 0.15, np.ones(world.n_places), CAUSES, Step.CREDIT)
    assert zones.bonds[:n] == pytest.approx([0.0, 0.0, 500.0, 500.0] + [0.0] * (n - 4))  # a quarter of 4000
    assert zones.policy_loans[:n] == pytest.approx([0.0, 0.0, 1000.0, 1000.0] + [0.0] * (n - 4), rel=0.01)


def test_merged_companies_have_one_room_for_debt_in_their_zone_and_not_in_the_city(opening):
    """003§3a: one company for each zone with its sub-parks. They had one for the whole city: a zone built on the room of another, far beyond its own cap."""

    def borrowed(is_merged):
        world = load_world(opening)
        zones, n = world.zones, world.zones.n
        zones.parent[:n] = -1
        zones.parent[1] = 0  # a sub-park of the first
        zones.revenue_last_year[:n] = 0.0
        zones.revenue_last_year[:3] = 1000.0, 200.0, 4000.0
        for name in ("platform_debt", "bonds", "policy_loans", "partner_claims"):
            getattr(zones, name)[:n] = 0.0
        terms, ledger, four = blank(world), Ledger(world.accounts, world.balances), np.arange(n) < 4
        terms.add("policy_loan", four, 1e6)  # more than anybody has room for, the same for each
        terms.lower_to("debt_ratio_cap", np.ones(n, dtype=bool), 0.5)
        if is_merged:
            terms.turn_on("platform_merged", four)
        close_books(world, terms, ledger, BookParameters(), FinanceParameters(), PayParameters(), 0.15, np.ones(world.n_places), CAUSES, Step.CREDIT)
        return zones.policy_loans[:n].copy()

    own, merged = borrowed(False), borrowed(True)
    assert own[:4] == pytest.approx([500.0, 100.0, 2000.0, 0.0])
    assert merged[:4] == pytest.approx([300.0, 300.0, 2000.0, 0.0])


def test_let_floor_is_there_without_debt_beyond_the_cap(world):
    acc, zones, places, n = world.accounts, world.zones, world.places, world.zones.n
    parameters = BookParameters()
    terms, ledger = blank(world), Ledger(world.accounts, world.balances)
    z = 0
    terms.lower_to("debt_ratio_cap", np.arange(n) == z, 1.0)
    park = int(np.flatnonzero(places.zone[: world.n_places] == z)[0])
    zones.platform_debt[:n] = 0.0
    zones.revenue_last_year[:n] = 0.0
    zones.revenue_last_year[z] = 16.0  # room for 100 m2 at 0.16
    world.flows.rents[:] = 0.0
    world.flows.rents[park] = 100.0
    places.factory[: world.n_places] = places.factory_let[: world.n_places]
    places.factory_let[park] += 300
    world.balances[acc.platform0 + z] = 0.0
    owners = world.balances[acc.OWNERS]
    close_books(world, terms, ledger, parameters, FinanceParameters(), PayParameters(), 0.15, np.ones(world.n_places), CAUSES, Step.PLATFORMS)
    assert places.factory[park] >= places.factory_let[park]
    assert 0.0 < zones.platform_debt[z] <= 16.0
    built = float(world.flows.infrastructure_investment[park])
    assert zones.platform_debt[z] + owners - world.balances[acc.OWNERS] == pytest.approx(built) and built == pytest.approx(0.16 * 300)


def closed(world, fund, balance, effort=0.2):
    """Close the books of committee 0 with some money; return payments by kind and its ledger."""
    acc, zones = world.accounts, world.zones
    zones.infrastructure_fund[0], zones.arrears[0], zones.staff[0] = fund, 0.0, 40.0  # staff costs 100 a quarter
    zones.effort[0, int(Effort.ENVIRONMENT)] = effort
    world.balances[acc.zone0] = balance
    world.balances[acc.county0 : acc.zone0] = 1e6
    world.land_demand[:] = 0.0
    ledger = Ledger(acc, world.balances)
    pay = PayParameters()
    close_books(world, blank(world), ledger, BookParameters(), FinanceParameters(), pay, 0.15, np.ones(world.n_places), CAUSES, Step.COMMITTEES)
    rows = ledger.rows()
    mine = rows["payer"] == acc.zone0
    return {
        kind: float(rows["amount"][mine & (rows["kind"] == ledger.kind(kind))].sum()) for kind in ("staff", "promotion", "infrastructure", "treatment_works")
    }


def test_earmarked_money_goes_to_works_before_staff_and_promotion(opening):
    free, earmarked = (closed(load_world(opening), fund, 150.0) for fund in (0.0, 130.0))
    assert free["staff"] == pytest.approx(100.0) and free["infrastructure"] + free["treatment_works"] < 50.0
    assert earmarked["staff"] == pytest.approx(20.0) and earmarked["promotion"] == 0.0
    assert earmarked["infrastructure"] + earmarked["treatment_works"] == pytest.approx(130.0)


def test_treatment_that_environmental_effort_adds_is_paid_at_its_price(opening):
    for effort, balance in ((0.2, 1e6), (0.4, 1e6), (0.2, 100.0)):
        world = load_world(opening)
        mine = world.places.zone[: world.n_places] == 0
        world.places.treatment[: world.n_places][mine] = 1000.0
        paid = closed(world, 0.0, balance, effort)
        more = float((world.places.treatment[: world.n_places][mine] - 1000.0).sum())
        assert paid["treatment_works"] == pytest.approx(0.15 * more)
        assert more == pytest.approx(0.02 / 4 * effort / 0.2 * 1000.0 * mine.sum() if balance > 100.0 else 0.0)
