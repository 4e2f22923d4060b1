"""Pollution, supervision and circular transformation: what would not hold without the mechanism."""

import math

import numpy as np
import pytest

from zonesim.behaviour.ambient import FLOWS, entry_room
from zonesim.behaviour.circular import absorbed, linked, natural
from zonesim.behaviour.supervision import alert_chance, may_work, within
from zonesim.behaviour.treatment import class_of, needed, plant_fee, removed_by_plant, unit_cost
from zonesim.model import ZoneModel
from zonesim.policies.instrument import build_instrument
from zonesim.scenario.schema import Scenario, site_info
from zonesim.world import load_world
from zonesim.world.enterprises import Stage

STOPPED = int(Stage.SUSPENDED)


def start(baseline, opening, quarters, name="", **levers):
    instruments = baseline.instruments
    if name:
        raw = {"instrument": name, "clause": "000§0", "start": "2014-01-01"}
        raw |= {key: {"value": value, "assumption": "test"} for key, value in levers.items()}
        one, problems = build_instrument(name, raw, site_info(baseline.region))
        assert not problems
        instruments = (*instruments, one)
    scenario = Scenario(baseline.document, baseline.resolved, instruments)
    scenario.end = scenario.start + quarters - 1
    return ZoneModel(scenario, 1, check=True, world=load_world(opening))


def run(baseline, opening, quarters=4, name="", **levers):
    model = start(baseline, opening, quarters, name, **levers)
    seen = []
    while model.running:
        model.step()
        seen.append({key: getattr(model.world.flows, key).copy() for key in ("water", "value_added", *FLOWS)})
    return model, seen


def total(seen, name):
    return sum(float(one[name].sum()) for one in seen)


def test_own_treatment_and_plant_meet_the_limit_exactly():
    plant = removed_by_plant.py_func(0.5, 100.0, 25.0, 0.8)
    own = needed.py_func(2.0, plant, 0.4, 0.97)
    assert 2.0 * (1 - own) * (1 - plant) == pytest.approx(0.4)


def test_a_clean_enterprise_is_cut_less_under_a_total_cap():
    dirty = may_work.py_func(0.0, 1.0, 0.6, 1.0, 1.0, 1.0, 1.0, 1e9, 1.0, 0.2, 0.7)
    clean = may_work.py_func(0.0, 1.0, 0.6, 1.0, 0.5, 1.0, 1.0, 1e9, 1.0, 0.2, 0.7)
    assert (dirty, clean) == (0.6, 1.0)


def test_room_settles_where_the_cap_is_met():
    room = 1.0
    for _ in range(40):
        room = within.py_func(room, 70.0, 100.0 * room, 0.2)
    assert room == pytest.approx(0.7)


def test_what_a_cap_leaves_at_least_can_be_moved():
    assert [may_work.py_func(0.0, 1.0, 1.0, 0.5, 9.0, 1.0, 5.0, 1.0, 5.0, 0.2, least) for least in (0.0, 0.7, 1.0)] == [0.2, 0.7, 1.0]
    assert [may_work.py_func(0.0, 1.0, 0.1, 0.5, 0.5, 1.0, 5.0, 1e9, 5.0, least, 0.7) for least in (0.0, 0.2, 0.6)] == [0.1, 0.2, 0.6]
    assert [within.py_func(0.5, 10.0, 100.0, least) for least in (0.0, 0.2, 0.6)] == [0.05, 0.2, 0.6]


def test_margins_of_treatment_can_be_moved():
    assert [needed.py_func(2.0, 0.5, 0.001, most) for most in (0.85, 0.97)] == [0.85, 0.97]
    assert [plant_fee.py_func(10.0, 100.0, 1.0, 0.4, emptiest) for emptiest in (1.0, 3.0, 20.0)] == pytest.approx([1.0, 1.8, 4.6])
    assert [unit_cost.py_func(5e9, 0.006, 0.15, span) for span in (1.0, 2.0, 3.0)] == pytest.approx([0.006, 0.003, 0.002])
    assert [class_of.py_func(0.7, 1.0, False, a, b) for a, b in ((0.5, 0.6), (0.5, 0.8), (0.75, 0.8))] == [2, 1, 0]


def test_alerts_are_as_many_whatever_the_season_they_fall_in():
    for summer in (0.0, 0.3, 1.0):
        year = [alert_chance.py_func(4 * 2016 + k, 1.0, 0.1, 4.0, summer) for k in range(4)]
        assert sum(year) == pytest.approx(0.4) and year[1] == year[2] == pytest.approx(0.1 * summer)


def test_a_plant_has_spare_what_parks_do_not_lead_to_it(baseline, opening):
    model = start(baseline, opening, 2, name="wastewater", wastewater_central_share=0.0, wastewater_precondition_enabled=True)
    model.step()
    t, places, n = model.parameters["treatment"], model.world.places, model.world.n_places
    bound = model.terms["treatment_precondition"] > 0
    assert bound.any()
    for share in (0.2, 0.5):
        room, _ = entry_room(model.world, model.terms, t.model_copy(update={"connected_park": share}))
        left = 4 * np.maximum(0.0, places.treatment[:n] - share * places.effluent[:n]) / t.standard
        assert room[bound] == pytest.approx(left[bound]) and left[bound].max() > 0


def test_discharge_is_what_treatment_leaves(baseline, opening):
    _, seen = run(baseline, opening, 1)
    industrial = total(seen, "industry_discharge")
    assert 0 < industrial < total(seen, "pollution_generated")
    assert total(seen, "compliant") / total(seen, "pollution_emitters") == pytest.approx(0.86, abs=0.08)


def test_central_treatment_cuts_discharge_and_costs_fees(baseline, opening):
    _, plain = run(baseline, opening)
    _, central = run(baseline, opening, name="wastewater", wastewater_central_share=1.0, wastewater_precondition_enabled=False)
    assert total(central, "industry_discharge") < 0.99 * total(plain, "industry_discharge")
    assert total(central, "treatment_fees") > total(plain, "treatment_fees")


def test_more_inspections_find_more_and_raise_compliance(baseline, opening):
    _, few = run(baseline, opening, 8, name="supervision", inspection_probability=0.0)
    _, many = run(baseline, opening, 8, name="supervision", inspection_probability=1.0)
    assert total(many, "inspected") > 5 * total(few, "inspected")
    assert total(many, "environment_fines") > total(few, "environment_fines")
    assert total(many[4:], "compliant") / total(many[4:], "pollution_emitters") > total(few[4:], "compliant") / total(few[4:], "pollution_emitters")


def test_a_suspended_enterprise_loses_one_quarter_and_keeps_its_people(baseline, opening):
    model = start(baseline, opening, 3, name="supervision", inspection_probability=1.0)
    model.step()
    e = model.world.enterprises
    stopped = e.id[: e.n][e.live("stage") == STOPPED].tolist()
    assert stopped
    jobs = {int(i): int(n) for i, n in zip(e.live("id"), e.live("employment"), strict=True)}
    model.step()
    row = {int(i): k for k, i in enumerate(e.live("id"))}
    survivors = [i for i in stopped if e.stage[row[i]] != Stage.GONE]
    assert survivors
    for i in survivors:
        assert e.value_added[row[i]] == 0.0 and e.employment[row[i]] <= jobs[i]
        assert e.stage[row[i]] != STOPPED
    model.step()
    row = {int(i): k for k, i in enumerate(e.live("id"))}
    assert any(i in row and e.value_added[row[i]] > 0 for i in survivors)


def test_a_total_cap_binds_discharge_and_output(baseline, opening):
    _, free = run(baseline, opening, 8)
    model, capped = run(baseline, opening, 8, name="pollution_cap", pollution_total_cap=0.6)
    parks = model.world.places.zone[: model.world.n_places] >= 0
    last, first = capped[-1]["industry_discharge"][parks].sum(), capped[0]["industry_discharge"][parks].sum()
    assert last < 0.75 * first
    assert free[-1]["industry_discharge"][parks].sum() > first * 0.95
    assert capped[-1]["value_added"][parks].sum() < free[-1]["value_added"][parks].sum()


def test_a_cap_on_water_per_value_added_is_met_by_saving(baseline, opening):
    _, free = run(baseline, opening, 12)
    _, capped = run(baseline, opening, 12, name="water_caps", water_total_cap=1.5, water_intensity_cap=15.0)
    assert total(capped[-1:], "water") < total(free[-1:], "water")
    assert total(capped, "abatement_investment") > total(free, "abatement_investment")


def test_circular_money_links_up_waste_and_is_paid(baseline, opening):
    model, _ = run(baseline, opening, 8, name="circular_transformation", circular_transformation_support=5000.0)
    plain, _ = run(baseline, opening, 8)
    n = model.world.n_places
    gain, zone = model.world.places.reuse[:n] - plain.world.places.reuse[:n], model.world.places.zone[:n]
    assert gain[zone >= 0].max() > 0.02 and np.abs(gain[zone < 0]).max() < 0.01
    paid = model.ledger.rows()
    assert paid["amount"][paid["kind"] == model.ledger.kind("circular_support")].sum() > 0


def test_a_total_cap_on_water_makes_industry_save(baseline, opening):
    _, free = run(baseline, opening, 12)
    model, capped = run(baseline, opening, 12, name="water_caps", water_total_cap=0.7, water_intensity_cap=100.0)
    parks = model.world.places.zone[: model.world.n_places] >= 0
    per_output = [(one[-1]["industry_water"][parks] / one[-1]["value_added"][parks].sum(axis=1)).mean() for one in (capped, free)]
    assert capped[-1]["industry_water"][parks].sum() < 0.85 * free[-1]["industry_water"][parks].sum()
    assert per_output[0] < per_output[1]


def diversity(model):
    made = np.where(model.world.industries.is_industrial > 0, model.world.flows.value_added, 0.0)
    shares = made / np.maximum(made.sum(axis=1, keepdims=True), 1e-12)
    return 1 - (shares**2).sum(axis=1)


def test_support_that_nobody_can_pay_makes_no_links(baseline, opening):
    model = start(baseline, opening, 6, name="circular_transformation", circular_transformation_support=20_000.0)
    acc, p, places = model.world.accounts, model.parameters["circular"], model.world.places
    payers = [acc.CITY, *range(acc.zone0, acc.zone0 + model.world.zones.n)]
    settle = model.link_waste

    def emptied():
        before, balances = places.reuse.copy(), model.world.balances[payers].copy()
        model.world.balances[payers] = 0.0
        settle()
        model.world.balances[payers] = balances
        assert model.world.flows.circular_support.sum() == 0.0
        if model.world.quarter > model.world.start:  # only wear and the mix of industries move it
            usual = np.minimum(0.98, p.usual * (0.5 + diversity(model)))
            assert places.reuse[: model.world.n_places] == pytest.approx(before[: model.world.n_places] * (1 - p.wear / 4) + usual * p.wear / 4)

    model.link_waste = emptied
    while model.running:
        model.step()
    assert (model.ledger.rows()["kind"] != model.ledger.kind("circular_support")).all()


def test_links_and_match_follow_what_was_paid(baseline, opening):
    """One quarter by hand: the city gives a tenth of its money, the committee a tenth of its own; links and match are made of that."""
    model = start(baseline, opening, 2, name="circular_transformation", circular_transformation_support=20_000.0)
    model.step()
    world, acc, c = model.world, model.world.accounts, model.parameters["circular"]
    n, zones, places = world.n_places, world.zones.n, world.places
    settle, seen = model.link_waste, {}

    def watched():
        world.balances[acc.CITY] = 300.0
        world.balances[acc.zone0 : acc.zone0 + zones] = 50.0
        f = world.flows
        seen.update(reuse=places.reuse[:n].copy(), investment=f.investment.sum(axis=1).copy(), dividends=f.dividends.copy())
        settle()
        seen.update(after=places.reuse[:n].copy(), paid=f.circular_support.copy())
        seen.update(invested=f.investment.sum(axis=1) - seen["investment"], fell=seen["dividends"] - f.dividends)
        seen.update(made=np.where(world.industries.is_industrial > 0, f.value_added, 0.0), waste=4 * f.pollution_generated.copy())
        seen.update(city=float(world.balances[acc.CITY]), committees=world.balances[acc.zone0 : acc.zone0 + zones].copy())
        world.balances[acc.CITY] = 1e6  # the rest of the quarter is not asked

    model.link_waste, model.checker = watched, None  # money is put into accounts by hand
    model.step()
    assert seen["city"] == pytest.approx(270.0)
    gave = 50.0 - seen["committees"]
    assert gave.max() == pytest.approx(5.0) and seen["paid"].sum() == pytest.approx(30.0 + gave.sum())
    checked = 0
    for p in np.flatnonzero(seen["paid"] > 0):
        shares = seen["made"][p] / seen["made"][p].sum()
        diversity = 1 - (shares**2).sum()
        usual = min(0.98, c.usual * (0.5 + diversity))
        top = min(0.98, usual + c.diversity * diversity)
        worn = seen["reuse"][p] - c.wear / 4 * (seen["reuse"][p] - usual)
        money = seen["paid"][p] * (1 + c.match)
        assert seen["after"][p] == pytest.approx(worn + (top - worn) * (1 - math.exp(-money / (c.cost * seen["waste"][p]))), rel=1e-9)
        assert seen["invested"][p] == pytest.approx(money) and seen["fell"][p] == pytest.approx(c.match * seen["paid"][p])
        checked += 1
    assert checked >= zones


def test_reuse_and_claims_end_below_the_whole():
    assert [natural.py_func(0.7, 1.0, most) for most in (0.6, 0.98)] == [0.6, 0.98]
    room = absorbed.py_func(0.5, 0.9, 0.4, 0.9, 0.3, 100.0)
    assert linked.py_func(0.5, 0.9, room, 0.3, 100.0) == pytest.approx(0.4 + 0.9 * 0.5)
    assert absorbed.py_func(0.9, 0.9, 0.4, 0.9, 0.3, 100.0) == 0.0
    assert absorbed.py_func(0.5, 0.4, 0.4, 0.9, 0.3, 100.0) == 0.0
