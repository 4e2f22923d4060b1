"""Runs of a sweep share the quarters that they have in common, and are to the bit what whole runs are."""

import numpy as np
import pytest

from tests.conftest import ROOT
from zonesim import quarters
from zonesim.experiments.branches import Branches, branch_of
from zonesim.experiments.experiment import Experiment
from zonesim.experiments.subject import BASELINE, REFORM, Outcome, ScenarioSubject
from zonesim.model import STATE, ZoneModel, simulate
from zonesim.scenario import load_scenario
from zonesim.scenario.vary import vary

SMALL = ["founding.scale=20", "targets=[]"]
REGIONS = {  # a package, the end of short runs, and a lever of it
    "lanzhou/plan_2015": ("2016Q2", "tax_increment_return_share"), "zhangye/zhangye_2018": ("2019Q2", None), "sanming/sanming_2024": ("2025Q2", None),
    "hebei_county/hebei_2020": ("2021Q2", None), "pingliang/pingliang_2023": ("2024Q2", None),
}  # fmt: skip


def experiment(name, **more):
    end, lever = REGIONS[name]
    sets = [f"horizon.end={end}", *SMALL]
    pair = [load_scenario(ROOT / "scenarios" / f"{one}.yaml", sets) for one in (name, f"{name.split('/')[0]}/baseline")]
    if lever is None:  # the first number of its policies that is one number
        found = (
            (i.label, key, s) for i in pair[0].instruments for key, s in i.settings.items() if i.levers[key].kind == "number" and not (s.by_place or s.schedule)
        )
        label, key, setting = next((a, b, s) for a, b, s in found if not a.startswith("policy_window") and b != "policy_window" and s.value is not None)
        levers = {key: {"policy": label, "low": 0.5 * setting.value, "high": 0.5 * setting.value + 1e-6 if setting.value == 0 else setting.value}}
    else:
        levers = {lever: {"low": 0, "high": 1}}
    return Experiment(scenario=pair[0], baseline=pair[1], levers=levers, uncertainties={"exit.level": {"low": 0.9, "high": 1.1}},
                      outcomes=[{"indicator": "employment", "place": "region"}, {"indicator": "gdp", "place": "region"}], **more)  # fmt: skip


def whole(subject, role, values, seed):
    base = subject.scenario if role == REFORM else subject.baseline
    return subject._read(simulate(vary(base, {path: value for name, value in values.items() for path in subject.paths[name]}), seed))


@pytest.mark.slow
@pytest.mark.parametrize("name", REGIONS)
def test_a_run_that_branches_off_is_the_whole_run_to_the_bit(name):
    one = experiment(name)
    lever, doubt = (factor for factor in one.factors if factor.role != "dummy")
    ends = [factor.low for factor in (lever, doubt)], [factor.high for factor in (lever, doubt)]
    points = [(REFORM, {lever.name: a, doubt.name: b}) for a in (ends[0][0], ends[1][0]) for b in (ends[0][1], ends[1][1])]
    points += [(BASELINE, {doubt.name: ends[0][1]}), (BASELINE, {doubt.name: ends[1][1]})]
    for seed in (5, 0):
        for role, values in points:
            assert np.array(one.subject.run(role, values, seed)).tobytes() == np.array(whole(one.subject, role, values, seed)).tobytes(), (role, values, seed)


def test_a_measure_that_acted_before_the_opening_alone_tells_runs_apart():
    gate = ["policies.entry_gate.start=2012-07-01", "policies.entry_gate.end=2012-12-31", "policies.entry_gate.entry_gate_pass_score.value=90"]
    one = load_scenario(ROOT / "scenarios/lanzhou/plan_2015.yaml", ["horizon.end=2014Q4", *SMALL, *gate])
    outcome = Outcome("employment", "employment", "lanzhou", "2014Q4")
    subject = ScenarioSubject(one, vary(one, {"policies.entry_gate.enabled": False}), (outcome,), {})
    found = [subject.run(role, {}, 5) for role in (REFORM, BASELINE)]
    assert found == [whole(subject, role, {}, 5) for role in (REFORM, BASELINE)] and found[0] != found[1]


def test_the_quarters_before_the_plan_are_run_once_for_each_seed_and_doubt():
    subject, steps = experiment("lanzhou/plan_2015").subject, []
    genuine = ZoneModel.step

    def counted(self):
        steps.append(self.quarter)
        genuine(self)

    ZoneModel.step = counted
    try:
        for role, values in ((REFORM, {"tax_increment_return_share": 0.0}), (REFORM, {"tax_increment_return_share": 1.0}), (BASELINE, {})):
            subject.run(role, {**values, "exit.level": 1.0}, 3)
        start, branch, end = (
            subject.scenario.start,
            branch_of(subject.scenario, subject.baseline, ["policies.tax_return.tax_increment_return_share"]),
            subject.scenario.end,
        )
        assert start < branch <= quarters.quarter_of(next(i.start for i in subject.scenario.instruments if i.label == "tax_return"))
        assert [steps.count(q) for q in range(start, end + 1)] == [1] * (branch - start) + [3] * (end - branch + 1)
        steps.clear()
        for values, seed in (({"exit.level": 1.0}, 4), ({"exit.level": 1.1}, 3)):  # another seed, another doubt: another run from the first quarter on
            subject.run(BASELINE, values, seed)
        assert steps.count(start) == 2
    finally:
        ZoneModel.step = genuine


def test_what_is_kept_is_not_what_a_run_goes_on_with():
    one = load_scenario(ROOT / "scenarios/lanzhou/plan_2015.yaml", ["horizon.end=2015Q4", *SMALL])
    branches = Branches()
    branch = one.start + 2
    for _ in range(3):
        model = branches.begun(one, 9, branch)
        assert model.quarter == branch and model.observer.seen == 2
        model.step()
        model.world.balances[:] = -1.0
        model.world.enterprises.employment[:] = 0
        model.ledger.postings.amount[:] = 0.0
        model.observer.cube[:] = 0.0
    assert branches.used == 2 and branches.kept == 1
    model = branches.begun(one, 9, branch)
    fresh = ZoneModel(one, 9)
    while fresh.quarter < branch:
        fresh.step()
    assert (model.world.enterprises.live("employment") == fresh.world.enterprises.live("employment")).all() and (
        model.world.balances == fresh.world.balances
    ).all()
    assert model.ledger.rows()["amount"].tobytes() == fresh.ledger.rows()["amount"].tobytes() and (model.observer.cube == fresh.observer.cube).all()
    assert model.ledger.balances is model.world.balances  # payments of the copy move the balances of the copy


def test_what_is_kept_is_bounded_in_bytes():
    one = load_scenario(ROOT / "scenarios/lanzhou/plan_2015.yaml", ["horizon.end=2015Q4", *SMALL])
    none, some = Branches(limit=1000), Branches(limit=2_000_000)
    for seed in (1, 2, 3, 1):
        none.begun(one, seed, one.start + 1)
        some.begun(one, seed, one.start + 1)
    assert none.used == 0 and not none._states
    sizes = [size for _, size in some._states.values()]
    assert 1 <= len(sizes) < 3 and sum(sizes) <= 2_000_000


def test_every_attribute_of_a_model_that_changes_is_state_or_made_anew():
    """A new attribute that a step changes has to be named in STATE, or in this list with its reason."""
    anew = {"quarter", "terms", "causes", "central", "local_part", "floor_price"}  # of the date, read at the head of each quarter
    anew |= {"figures", "package", "totals", "datacollector", "running", "steps", "_time", "time"}  # caches of the law and the package; mesa's own
    one = load_scenario(ROOT / "scenarios/lanzhou/plan_2015.yaml", ["horizon.end=2015Q4", *SMALL])
    model = ZoneModel(one, 1)
    before = {name: id(value) for name, value in vars(model).items()}
    for _ in range(5):
        model.step()
    changed = {name for name, value in vars(model).items() if before.get(name) != id(value)}
    assert changed - set(STATE) - anew == set()
