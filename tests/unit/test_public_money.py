"""Public money that is promised or earmarked: returns owed, quotas of bonds, factory floor, works first, treatment at its price."""

import numpy as np
import pytest

from zonesim.accounts.ledger import Ledger
from zonesim.accounts.returns import AS_COLLECTED, LIKE_FOR_LIKE, increment, pay_owed, return_increments
from zonesim.terms import Terms
from zonesim.world import load_world


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
