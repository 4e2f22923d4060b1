"""The fast kernels agree with the slow Mesa implementation on the same draws, over eight quarters of a small world."""

import numpy as np
import pytest

from tests.conftest import LANZHOU
from tests.slow_mesa import SlowModel, admit_slowly, choose_slowly
from zonesim import model as fast
from zonesim.scenario import load_scenario
from zonesim.scenario.schema import Scenario
from zonesim.steps import entry
from zonesim.world import load_world, save_world


@pytest.fixture(scope="module")
def small():
    """Lanzhou with forty enterprises in a row, so that there are few objects."""
    plan = load_scenario(LANZHOU / "plan_2015.yaml", ["horizon.start=2015Q3", "horizon.end=2018Q4", "founding.scale=40"])
    return Scenario(plan.document, plan.resolved, plan.instruments)


@pytest.mark.slow
def test_production_taxes_sharing_exit_choice_and_admission_agree(small, tmp_path, monkeypatch):
    compared = {"produced": 0, "closed": 0, "chosen": 0, "valued": 0, "admitted": 0}
    m = fast.ZoneModel(small, 11)
    state = {}

    def settle(world, terms, ledger, central, parameters, *causes):
        save_world(world, tmp_path / "w.npz")
        copy = load_world(tmp_path / "w.npz")
        slow = SlowModel(copy, terms, m.parameters, m.local_part, central)
        slow.agents.do("produce")
        slow.agents.do("pay_taxes")
        e = world.enterprises
        rows = {int(i): k for k, i in enumerate(e.live("id"))}
        for one in slow.agents:
            k = rows[one.identity]
            assert one.value_added == pytest.approx(e.value_added[k], rel=1e-9)
            assert one.profit == pytest.approx(e.profit[k], rel=1e-9, abs=1e-9)
            assert sum(one.taxes) == pytest.approx(e.tax[k], rel=1e-9, abs=1e-12)
        compared["produced"] += len(slow.agents)
        before = world.balances.copy()
        result = original_settle(world, terms, ledger, central, parameters, *causes)
        rows_now = ledger.of_this_quarter()
        acc = world.accounts
        from_firms = rows_now["payer"] >= acc.enterprise0
        levels = [acc.CENTRE, acc.PROVINCE, acc.CITY]
        got = [rows_now["amount"][from_firms & (rows_now["payee"] == level)].sum() for level in levels]
        county = (rows_now["payee"] >= acc.county0) & (rows_now["payee"] < acc.zone0)
        got.append(rows_now["amount"][from_firms & county].sum())
        assert np.array(got) == pytest.approx(slow.share(), rel=1e-9)
        assert not np.array_equal(before, world.balances)
        state["slow"] = slow
        return result

    def close(world, parameters):
        e = world.enterprises
        # exit is decided on employment after this quarter's hiring
        hired = {int(i): int(n) for i, n in zip(e.live("id"), e.live("employment"), strict=True)}
        profit = {int(i): float(x) for i, x in zip(e.live("id"), e.live("profit"), strict=True)}
        wants = set()
        for one in state["slow"].agents:
            one.profit = profit[one.identity]  # less what treatment and supervision cost, which the slow model does not repeat
            one.employment = hired[one.identity]
            if one.wants_to_close():
                wants.add(one.identity)
        alive = set(e.live("id")[e.live("stage") >= 3].tolist())
        gone = original_close(world, parameters)
        still = set(e.live("id")[e.live("stage") >= 3].tolist())
        assert alive - still == wants
        compared["closed"] += len(wants)
        return gone

    def choose(world, terms, applicants, steps, floor_price, local_part, *parameters):
        wishes = original_choose(world, terms, applicants, steps, floor_price, local_part, *parameters)
        *_, last = parameters
        if isinstance(last, np.ndarray):  # reference projects value the places
            expected = np.full(last.shape, -np.inf)
            choose_slowly(world, terms, applicants, steps, floor_price, local_part, m.parameters, expected)
            assert last == pytest.approx(expected, rel=1e-9, abs=1e-9)
            assert (wishes.place == -1).all()
            compared["valued"] += np.isfinite(expected).sum()
            return wishes
        slow = choose_slowly(world, terms, applicants, steps, floor_price, local_part, m.parameters)
        assert [[int(p) for p in row if p >= 0] for row in wishes.place] == slow
        compared["chosen"] += len(slow)
        state["admit"] = (applicants, wishes)
        state["expected"] = admit_slowly(world, terms, applicants, wishes, steps, m.parameters)
        return wishes

    def admit(world, terms, applicants, wishes, *rest):
        n = world.enterprises.n
        original_admit(world, terms, applicants, wishes, *rest)
        e = world.enterprises
        places = dict(zip(e.live("id")[n:].tolist(), e.live("place")[n:].tolist(), strict=True))
        for k, p in enumerate(state["expected"]):
            if applicants.channel[k] == 4:
                row = applicants.enterprise[k]
                assert (e.destination[row] if p >= 0 else -1) == p
            else:
                assert places.get(int(applicants.id[k]), -1) == p
        compared["admitted"] += sum(p >= 0 for p in state["expected"])

    original_settle, original_close = fast.sharing.settle_taxes, fast.close_down
    original_choose, original_admit = entry.choose_places, entry.admit
    monkeypatch.setattr(fast.sharing, "settle_taxes", settle)
    monkeypatch.setattr(fast, "close_down", close)
    monkeypatch.setattr(entry, "choose_places", choose)
    monkeypatch.setattr(entry, "admit", admit)
    for _ in range(8):
        m.step()
    assert all(count > 20 for count in compared.values()), compared
