"""What is paid first when money is short, and the shared tax of enclaves by the place that caused it."""

import math

import numpy as np
import pytest

from tests.conftest import ROOT
from zonesim.accounts.ledger import Ledger
from zonesim.accounts.payments import DISCRETIONARY
from zonesim.indicators import tabulate
from zonesim.model import ZoneModel
from zonesim.scenario import load_scenario
from zonesim.world import load_world


@pytest.mark.parametrize("kind", [*DISCRETIONARY, "refund", "enclave_share", "staff"])
def test_discretionary_claims_leave_what_is_held_for_staff(kind, opening):
    world = load_world(opening)
    ledger, account = Ledger(world.accounts, world.balances), world.accounts.zone0
    world.balances[account] = 100.0
    ledger.held[account] = 70.0
    unpaid = ledger.pay_what_there_is(np.array([account, account]), world.accounts.OWNERS, np.array([60.0, 20.0]), kind, "law:budget")
    there = 30.0 if kind in DISCRETIONARY else 80.0
    assert world.balances[account] == pytest.approx(100.0 - there)
    assert unpaid == pytest.approx(np.array([60.0, 20.0]) * (1 - there / 80.0))


def test_each_committee_holds_its_quarters_pay(baseline, opening):
    model = ZoneModel(baseline, 1, world=load_world(opening))
    model.step()
    zones, cost = model.world.zones, model.parameters["books"].staff_cost
    held = model.ledger.held[model.world.accounts.zone0 :][: zones.n]
    assert held == pytest.approx(cost / 4 * zones.staff[: zones.n]) and model.ledger.held.sum() == pytest.approx(held.sum())


@pytest.fixture(scope="module")
def shared():
    scenario = load_scenario(ROOT / "scenarios" / "sanming" / "sanming_2024.yaml", ["horizon.end=2026Q4", "founding.scale=5"])
    model = ZoneModel(scenario, 1, check=True)
    while model.running:
        model.step()
    return model


def test_shared_tax_stands_where_the_project_is_and_adds_up_to_the_ledger(shared):
    series, rows = tabulate(shared.observer, shared.paid()), shared.ledger.rows()
    paid = rows["amount"][(rows["kind"] == shared.ledger.kind("enclave_share")) & (rows["quarter"] // 4 == 2026)]
    assert len(paid) > 5
    at = (series.indicator == series.indicators.index("enclave_tax_shared")) & (series.period == series.periods.index("2026"))
    by_group = {series.groups[g]: v for g, v in zip(series.group[at], series.value[at], strict=True)}
    region = next(value for (_, name), value in by_group.items() if name == "sanming")
    tops = [value for (level, name), value in by_group.items() if level == "zone" and shared.scenario.region.zones[name].parent is None]  # with their sub-parks
    assert region == pytest.approx(math.fsum(paid), rel=1e-9)
    assert math.fsum(tops) == pytest.approx(region, rel=1e-9) and sum(value > 0 for value in tops) > 1
    hosts = {int(h) for h in shared.world.contracts.live("host")}
    names = shared.world.place_names
    assert {name for (level, name), v in by_group.items() if level == "place" and v > 0} <= {names[h].id for h in hosts}


def test_providers_are_paid_before_anything_is_spent_of_the_quarters_taxes(shared):
    """In the ledger of a quarter the shares of enclaves stand before refunds of claims on works, promotion and staff."""
    rows, kind = shared.ledger.rows(), shared.ledger.kind
    for quarter in np.unique(rows["quarter"][rows["kind"] == kind("enclave_share")]):
        here = rows["quarter"] == quarter
        last = np.flatnonzero(here & (rows["kind"] == kind("enclave_share"))).max()
        for later in ("staff", "promotion", "infrastructure", "promotion_budget", "circular_support", "equipment_subsidy"):
            when = np.flatnonzero(here & (rows["kind"] == kind(later)))
            assert not len(when) or when.min() > last, f"{later} was paid before the share of a provider"
