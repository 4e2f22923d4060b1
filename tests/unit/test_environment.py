"""Pollution, supervision and circular transformation: what would not hold without the mechanism."""

import numpy as np
import pytest

from zonesim.behaviour.ambient import FLOWS
from zonesim.behaviour.supervision import may_work, within
from zonesim.behaviour.treatment import needed, removed_by_plant
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
    own = needed.py_func(2.0, plant, 0.4)
    assert 2.0 * (1 - own) * (1 - plant) == pytest.approx(0.4)


def test_a_clean_enterprise_is_cut_less_under_a_total_cap():
    dirty = may_work.py_func(0.0, 1.0, 0.6, 1.0, 1.0, 1.0, 1.0, 1e9, 1.0)
    clean = may_work.py_func(0.0, 1.0, 0.6, 1.0, 0.5, 1.0, 1.0, 1e9, 1.0)
    assert (dirty, clean) == (0.6, 1.0)


def test_room_settles_where_the_cap_is_met():
    room = 1.0
    for _ in range(40):
        room = within.py_func(room, 70.0, 100.0 * room)
    assert room == pytest.approx(0.7)


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
