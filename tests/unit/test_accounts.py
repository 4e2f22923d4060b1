"""The ledger, and checks that notice what is wrong."""

import inspect

import numpy as np
import pytest

from zonesim.accounts.ledger import Ledger
from zonesim.errors import AccountsError, InputError
from zonesim.model import ZoneModel
from zonesim.world import load_world
from zonesim.world.world import AccountIndex


@pytest.fixture
def ledger():
    accounts = AccountIndex(1, 1, 0, 2)
    book = Ledger(accounts, np.zeros(accounts.size))
    book.begin(8056)
    return book


def test_posting_moves_money_and_keeps_the_total(ledger):
    ledger.post(0, np.array([6, 7]), np.array([3.0, 0.0]), "grant", "x")
    assert ledger.balances[[0, 6, 7]].tolist() == [-3.0, 3.0, 0.0]
    assert ledger.rows()["amount"].tolist() == [3.0], "zero amounts are dropped"


@pytest.mark.parametrize("amount", [-1.0, float("nan"), float("inf")])
def test_bad_amounts_are_refused(ledger, amount):
    with pytest.raises(AccountsError, match="2014Q1"):
        ledger.post(0, 6, amount, "grant", "x")


def test_an_account_pays_what_it_has_and_no_more(ledger):
    ledger.post(0, 7, 10.0, "grant", "x")
    unpaid = ledger.pay_what_there_is(np.array([7, 7]), np.array([9, 10]), np.array([15.0, 5.0]), "claim", "x")
    assert unpaid == pytest.approx([7.5, 2.5]) and ledger.balances[7] == pytest.approx(0.0)


BREAK = {
    "money": lambda m: m.world.balances.__setitem__(m.world.accounts.CITY, m.world.balances[m.world.accounts.CITY] + 1.0),
    "land": lambda m: m.world.places.land.__setitem__((0, 0, 0), m.world.places.land[0, 0, 0] + 1),
    "granted land": lambda m: m.world.enterprises.land.__setitem__(np.flatnonzero(m.world.enterprises.live("stage") == 2)[0], 1),
    "jobs": lambda m: m.world.enterprises.employment.__setitem__(0, m.world.enterprises.employment[0] + 1),
    "heads": lambda m: m.world.enterprises.weight.__setitem__(0, 2),
    "debt": lambda m: m.world.enterprises.debt.__setitem__(0, m.world.enterprises.debt[0] + 1.0),
    "tax": lambda m: m.world.enterprises.tax.__setitem__(0, m.world.enterprises.tax[0] + 1.0),
}


@pytest.mark.parametrize("what", BREAK)
def test_a_lost_unit_is_noticed_with_its_quarter(what, plan, opening):
    model = ZoneModel(plan, 1, check=True, world=load_world(opening))
    model.step()
    original = model.observer.observe
    model.observer.observe = lambda world: (original(world), BREAK[what](model))
    with pytest.raises(AccountsError, match="2014Q2"):
        model.step()


def test_founding_meets_the_published_figures(baseline, opening):
    world = load_world(opening)
    city, zones = baseline.founding.city, baseline.founding.zones
    e = world.enterprises
    sitting = e.live("id") < np.uint64(1) << np.uint64(40)  # newcomers on the way have larger ids
    assert e.live("weight")[sitting].sum() == pytest.approx(city.enterprises.value)
    old = np.isin(e.live("stage"), (3, 5)) & (e.live("id") < np.uint64(1) << np.uint64(40))
    assert e.live("value_added")[old].sum() * 4 / 1e4 == pytest.approx(city.gdp.value, rel=1e-6)
    assert e.live("employment")[old].sum() == pytest.approx(city.employment.value, rel=1e-3)
    for z, name in enumerate(world.zone_names):
        inside = old & (world.places.zone[e.live("place")] == z)
        assert e.live("value_added")[inside].sum() * 4 / 1e4 == pytest.approx(zones[name.id].gdp.value, rel=1e-6)
        assert inside.sum() == zones[name.id].enterprises.value
        assert e.live("high_tech")[inside].sum() == zones[name.id].high_tech.value
    assert e.bytes_per_row() <= 300


def test_two_runs_of_mesas_batch_runner(baseline):
    import mesa

    given = {"scenario": [baseline]}
    if "rng" in inspect.signature(mesa.batch_run).parameters:  # from 3.4 on mesa hands out the seeds
        rows = mesa.batch_run(ZoneModel, given, rng=[1, 2], max_steps=2, display_progress=False)
    else:
        rows = mesa.batch_run(ZoneModel, {**given, "seed": [1, 2]}, iterations=1, max_steps=2, display_progress=False)
    assert {row["seed"] for row in rows} == {1, 2}


def test_a_model_without_a_seed_is_refused(baseline):
    with pytest.raises(InputError, match="seed: None"):
        ZoneModel(baseline, None)
