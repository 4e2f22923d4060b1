"""What was promised under a clause runs on when the clause has ended: worked out beside runs from docs/model.md (sections 2 and 11), by what each enterprise was told."""

import json
import shutil

import pytest

from tests.property.test_by_hand_entry import LANZHOU
from zonesim import model as model_module
from zonesim.model import ZoneModel
from zonesim.quarters import parse
from zonesim.scenario import load_scenario
from zonesim.world.enterprises import Stage

MU = 2000 / 3
ENDS = parse("2015Q4")
CLAUSE = "003§10f"
STANDARD_LAND = dict(places=["etdz"], standard_land_enabled=True, standard_min_investment_per_mu=400, standard_min_output_per_mu=300,
                     standard_min_tax_per_mu=10, standard_breach_penalty=0.3, standard_review_years=1.5)  # fmt: skip


def lanzhou_with(tmp_path, instrument, clause, end="2018Q4", given=(), **settings):
    """Return a model of Lanzhou whose only clause ends with 2015."""
    held = {"instrument": instrument, "clause": clause, "start": "2014-01-01", "end": "2015-12-31"}
    held |= {k: v if isinstance(v, list) else {"value": v, "assumption": "for a test", "range": [v, v]} for k, v in settings.items()}
    path = tmp_path / "ended.yaml"
    shutil.copy(LANZHOU / "baseline.yaml", tmp_path)
    path.write_text(
        f"zonesim: 1\nid: ended\nname: {{zh: 已到期, en: Ended}}\nextends: baseline.yaml\npolicies: {json.dumps({'ended': held})}\n", encoding="utf-8"
    )
    return ZoneModel(load_scenario(path, ["founding.scale=10", f"horizon.end={end}", *given]), 1)


def causes_of(model, kind):
    """Return the causes of all postings of a kind after the end of the clause."""
    rows, ledger = model.ledger.rows(), model.ledger
    return {
        ledger.causes[why] for quarter, of, why in zip(rows["quarter"], rows["kind"], rows["cause"], strict=True) if ledger.kinds[of] == kind and quarter > ENDS
    }


class Contracts:
    """What each enterprise was told about its land on the day of the grant, and what its review must cost it."""

    def __init__(self, model):
        self.model, self.agreed, self.next, self.due = model, {}, {}, {}
        e = model.world.enterprises
        self.known, self.moving = set(e.live("id").tolist()), set(e.live("id")[e.live("destination") >= 0].tolist())
        self.reviews, self.late, self.on_the_move = 0, 0.0, 0

    def told(self, place, industry, price):
        """(investment per mu, penalty per m2, quarters) by the terms of today; None where land is granted without."""
        t = self.model.terms
        if not t["standard_land"][place, industry]:
            return None
        return tuple(float(t[k][place, industry]) for k in ("standard_investment", "standard_penalty", "standard_review_years")) + (float(price),)

    def build(self, world, parameters):
        """Note the grants of the quarter, hold its reviews by hand, build, compare, and note who opened and who arrived."""
        e, quarter, before = world.enterprises, world.quarter, world.flows.penalties.sum()
        for i, who in enumerate(e.live("id").tolist()):
            if who not in self.known:
                self.known.add(who)
                if e.land[i] > 0 and (said := self.told(e.place[i], e.industry[i], e.land_price[i])):
                    self.agreed[who] = said
            if e.destination[i] >= 0 and who not in self.moving:
                self.moving.add(who)
                self.next[who] = self.told(e.destination[i], e.industry[i], e.land_price[i]) if e.land_next[i] > 0 else None
        due = {who for who, when in self.due.items() if when <= quarter}
        fines = held = 0.0
        for i, who in enumerate(e.live("id").tolist()):
            if who in due and e.stage[i] in (Stage.OPERATING, Stage.MOVING) and e.value_added[i] > 0:
                del self.due[who]
                if e.land[i] > 0:
                    investment, penalty, _, price = self.agreed[who]
                    mu = e.land[i] / MU
                    output = 4 * e.value_added[i] / world.industries.value_added_ratio[e.industry[i]] / mu
                    passed = (output >= 0.9 * e.promised_output[i], e.tax_last_year[i] / mu >= 0.9 * e.promised_tax[i], e.capital[i] / mu >= 0.9 * investment)
                    missed = passed.count(False)
                    fines, held = fines + missed / 3 * penalty * price * e.land[i], held + e.weight[i]
                    self.on_the_move += who in self.moving
        stages = dict(zip(e.live("id").tolist(), e.live("stage").tolist(), strict=True))
        REAL_BUILD(world, parameters)
        assert world.flows.penalties.sum() - before == pytest.approx(fines, rel=1e-6) and world.flows.reviews.sum() == held
        self.reviews, self.late = self.reviews + held, self.late + fines * (quarter > ENDS)
        for i, who in enumerate(e.live("id").tolist()):
            if e.stage[i] == Stage.OPERATING and stages[who] == Stage.MOVING:
                self.moving.discard(who)
                self.due.pop(who, None)
                if said := self.next.pop(who, None):
                    self.agreed[who] = said
            elif e.stage[i] != Stage.OPERATING or stages[who] not in (Stage.APPLYING, Stage.BUILDING):
                continue
            else:
                said = self.agreed.get(who)
            if said and e.land[i] > 0:
                self.due[who] = quarter + int(4 * said[2])


REAL_BUILD, REAL_VERIFY = model_module.build, model_module.verify


def test_standard_land_is_reviewed_by_what_was_agreed_at_the_grant(tmp_path, monkeypatch):
    """All reviews of four years, three after the end of the clause; nobody whose land was granted before it, elsewhere or later is held to anything."""
    model = lanzhou_with(tmp_path, "standard_land", CLAUSE, **STANDARD_LAND)
    contracts = Contracts(model)
    monkeypatch.setattr(model_module, "build", contracts.build)
    while model.running:
        model.step()
    assert contracts.reviews > 100 and contracts.late > 100.0 and len(contracts.agreed) > 20 and contracts.on_the_move > 0
    assert not model.terms["standard_land"].any() and causes_of(model, "standard_penalty") == {CLAUSE}
    e = model.world.enterprises
    told = set(contracts.agreed) | set(contracts.next)
    assert all(who in told for who, after in zip(e.live("id").tolist(), e.live("review_after").tolist(), strict=True) if after)


def test_a_broken_commitment_costs_the_fine_agreed_at_approval(tmp_path, monkeypatch):
    """An eighth of what was promised, in all quarters: building takes longer than the clause lasts. Nobody approved before or after it had a commitment to break."""
    given = ["parameters.approval.temptation=1", "parameters.approval.suspension_loss=0", "parameters.arrivals.sincerity=0.3"]
    settings = dict(places=["parks"], commitment_approval_enabled=True, commitment_breach_penalty=0.125)
    model, late = lanzhou_with(tmp_path, "commitment", "001§12b", "2017Q4", given, **settings), []

    def verified(world, parameters):
        e, before = world.enterprises, world.flows.commitment_fines.sum()
        evades, dirt = e.live("evades").copy(), e.live("emission_intensity").copy()
        assert all(parse("2014Q1") <= one <= ENDS for one in e.live("founded")[evades])
        REAL_VERIFY(world, parameters)
        promised = e.live("promised_capital")[e.live("emission_intensity") < dirt].sum()  # who is found emits what it was committed to
        assert world.flows.commitment_fines.sum() - before == pytest.approx(promised / 8, rel=1e-12)
        late.append(promised if world.quarter > ENDS else 0.0)

    monkeypatch.setattr(model_module, "verify", verified)
    while model.running:
        model.step()
    assert sum(late) > 0.0 and causes_of(model, "commitment_penalty") == {"001§12b"}
