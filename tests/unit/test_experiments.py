"""Experiment files: strict, every mistake at once with its place; bounds come from where a setting is declared."""

import ast
import datetime

import pytest

from tests.conftest import LANZHOU, ROOT
from zonesim.errors import InputError
from zonesim.experiments.experiment import Experiment, load_experiment
from zonesim.experiments.identity import canonical_bytes, digest_of, engine_files, essence, run_key
from zonesim.experiments.openings import Openings
from zonesim.experiments.subject import ScenarioSubject
from zonesim.model import ZoneModel, finish, simulate
from zonesim.scenario import load_scenario
from zonesim.scenario.vary import find_slot, vary

HEAD = "zonesim: 1\nkind: sweep\nid: trial\nscenario: ../scenarios/plan_2015.yaml\n"
REST = 'outcomes:\n  - {indicator: gdp, place: etdz, period: "2017"}\n'


@pytest.fixture
def folder(tmp_path):
    scenarios = tmp_path / "scenarios"
    scenarios.mkdir()
    for name in ("baseline.yaml", "plan_2015.yaml"):
        (scenarios / name).write_bytes((LANZHOU / name).read_bytes())
    (tmp_path / "experiments").mkdir()
    return tmp_path / "experiments"


def written(folder, text, rest=REST, head=HEAD):
    path = folder / "e.yaml"
    path.write_text(head + text + rest, encoding="utf-8")
    return path


def test_bounds_and_kind_come_from_where_a_setting_is_declared(folder):
    text = """
levers:
  tax_increment_return_share:
  land_revenue_reinvest_share:
  entry_gate_enabled:
  tax_increment_base_rule:
  starts: {policy: tax_return, setting: start, low: 2015-01-01, high: 2016-12-31}
  relocation_rate: {low: 0.05}
  no_gate: {policy: entry_gate, setting: enabled}
uncertainties:
  exit.level:
  founding.city.employment:
"""
    found = {one.name: one for one in load_experiment(written(folder, text)).factors}
    declared = {(one.low, one.high) for one in (found["tax_increment_return_share"], found["land_revenue_reinvest_share"])}
    assert declared == {(0.0, 1.0), (0.3, 1.0)}  # the lever's bounds; the range that the scenario states for its assumption
    assert found["relocation_rate"].low == 0.05 and found["relocation_rate"].high == 0.5
    assert found["entry_gate_enabled"].values == (False, True) and found["entry_gate_enabled"].default is True
    assert "rolling" in found["tax_increment_base_rule"].values and found["tax_increment_base_rule"].kind == "categorical"
    assert found["starts"].kind == "date" and found["starts"].value(found["starts"].high) == "2016-10-01"
    assert found["no_gate"].kind == "boolean" and found["no_gate"].paths == ("policies.entry_gate.enabled",)
    assert (found["exit.level"].low, found["exit.level"].high, found["exit.level"].role) == (0.5, 1.5, "uncertainty")
    assert (found["founding.city.employment"].low, found["founding.city.employment"].high) == (1_200_000, 2_100_000)


def test_every_mistake_is_told_at_once_with_its_place(folder):
    text = """
levers:
  tax_increment_retrun_share:
  tax_increment_return_share: {low: 0.2, high: 1.7}
  entry_gate_pass_score: {distribution: triangular}
  zone_fiscal_autonomy:
uncertainties:
  exit.levle:
groups: {money: [tax_increment_return_share, nothing]}
seeds: 3
design: {method: soboll}
"""
    with pytest.raises(InputError) as error:
        load_experiment(written(folder, text))
    assert any("seeds: no such setting; did you mean 'seed'?" in line and "e.yaml:" in line for line in error.value.problems)
    assert any("soboll" in line and "'sobol'" in line for line in error.value.problems)
    text = text.replace("seeds: 3\n", "").replace("soboll", "sobol")
    rest = (
        REST
        + "  - {indicator: gpd, place: etdz}\n  - {indicator: gdp, place: etdzz}\n  - {indicator: gdp, period: '2031'}\n  - {indicator: growth_premium_over_city}\n"
    )
    with pytest.raises(InputError) as error:
        load_experiment(written(folder, text, rest))
    said = error.value.problems
    for expected in (
        "e.yaml:7:30: levers.tax_increment_retrun_share: no policy of plan_2015 has a setting 'tax_increment_retrun_share'; did you mean 'tax_increment_return_share'?",
        "levers.tax_increment_return_share: 1.7 is above 1",
        "levers.entry_gate_pass_score: a triangular distribution needs its 'mode'",
        "levers.zone_fiscal_autonomy: 2 policies have 'zone_fiscal_autonomy'",
        "uncertainties.exit.levle: no parameter 'levle' of exit; did you mean 'level'?",
        "groups.money.1: nothing called 'nothing' varies",
        "outcomes.1.indicator: no such indicator: 'gpd'; did you mean 'gdp'?",
        "outcomes.2.place: unknown place 'etdzz'; did you mean 'etdz'?",
        "outcomes.4.place: 'growth_premium_over_city' says nothing of the region as a whole",
        "outcomes.3.period: 2031 is not wholly inside the horizon",
    ):
        assert any(expected in line for line in said), (expected, said)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("levers: {tax_increment_return_share: {policy: nobody}}\n", "no policy 'nobody'"),
        ("levers: {tax_increment_return_share: {low: 0.9, high: 0.1}}\n", "is not below"),
        ("levers: {tax_increment_return_share: {low: yes}}\n", "ambiguous"),
        ("levers: {dummy: {path: parameters.exit.level}}\n", "does nothing"),
        ("levers: {x: {path: policies.tax_return.start}}\n", "needs 'low' and 'high'"),
        ("levers: {tax_increment_return_share: {values: [0.1, 0.1]}}\n", "twice"),
        ("levers: {tax_increment_return_share: {values: [0.1, 0.2], weights: [1]}}\n", "1 weights for 2 values"),
        ("uncertainties: {exit.level: {distribution: normal, mean: 1}}\n", "needs mean and sd"),
        ("uncertainties: {exit.level: {path: scenario.id}}\n", "cannot vary"),
        ("scenario: ../../outside.yaml\n", "stands here twice"),
        ("baseline: ../../outside.yaml\n", "is outside"),
        ("model: os:system\n", "no such setting"),
        ("settings: {id: other}\n", "a setting begins with"),
    ],
)
def test_bad_experiments_are_refused_with_a_reason(folder, text, said):
    with pytest.raises(InputError, match=said):
        load_experiment(written(folder, text))


def test_a_lever_of_a_policy_that_is_never_in_force_is_refused(folder):
    text = "settings: {horizon.end: 2014Q4, targets: []}\nlevers: {entry_gate_pass_score: }\n"
    with pytest.raises(InputError, match="never in force"):
        load_experiment(written(folder, text, 'outcomes:\n  - {indicator: gdp, period: "2014"}\n'))


def test_a_date_that_lies_beyond_the_run_whatever_it_is_is_refused(folder):
    beyond = "levers: {begins: {path: policies.tax_return.start, low: 2030-01-01, high: 2036-01-01}}\n"
    with pytest.raises(InputError, match="begins: tax_return is never in force"):
        load_experiment(written(folder, beyond))
    assert load_experiment(written(folder, beyond.replace("2030", "2016"))).factors


def test_names_sources_order_and_the_writing_of_numbers_do_not_make_another_run(folder):
    path = folder.parent / "scenarios" / "baseline.yaml"
    text = path.read_text(encoding="utf-8")
    one = digest_of(essence(load_scenario(path)))
    path.write_text(
        "# said otherwise\n" + text.replace("gdp: {value: 1809,", "gdp: {value: 1809.0,").replace("size of a national zone's committee", "a guess"),
        encoding="utf-8",
    )
    assert digest_of(essence(load_scenario(path))) == one
    path.write_text(text.replace("gdp: {value: 1809,", "gdp: {value: 1810,"), encoding="utf-8")
    assert digest_of(essence(load_scenario(path))) != one
    assert canonical_bytes({"b": 0.0, "a": -0.0}) == canonical_bytes({"a": 0, "b": 0})
    assert len({run_key(b"x", b"y", 1), run_key(b"x", b"y", 2), run_key(b"x", b"z", 1), run_key(b"w", b"y", 1)}) == 4


def test_a_varied_scenario_runs_like_the_one_that_is_written_out():
    end = "horizon.end=2016Q4"
    base = load_scenario(LANZHOU / "plan_2015.yaml", [end, "targets=[]"])
    changes = {"policies.tax_return.tax_increment_return_share": 0.25, "policies.tax_return.start": "2016-01-01", "policies.entry_gate.enabled": False,
               "parameters.exit.level": 1.25, "founding.new_land_km2": 9.0}  # fmt: skip
    sets = [end, "targets=[]", "policies.tax_return.tax_increment_return_share=0.25", "policies.tax_return.start='2016-01-01'", "policies.entry_gate=null",
            "parameters={exit: {level: 1.25}}", "founding.new_land_km2.value=9"]  # fmt: skip
    varied, written_out, openings = vary(base, changes), load_scenario(LANZHOU / "plan_2015.yaml", sets), Openings()
    for seed in (3, 4, 3):
        fast, slow = finish(ZoneModel(varied, seed, founder=openings.found)), simulate(written_out, seed)
        assert fast.series.value.tobytes() == slow.series.value.tobytes()
    assert essence(varied) == essence(written_out) != essence(base)


def test_an_opening_world_is_shared_only_while_what_founds_it_is_the_same(baseline):
    openings, calls = Openings(), []
    import zonesim.founding

    genuine = zonesim.founding.found

    def counted(*arguments):
        calls.append(arguments[3])
        return genuine(*arguments)

    zonesim.founding.found = counted
    try:
        for changes, seed in (
            ({}, 1),
            ({"parameters.exit.level": 1.2}, 1),
            ({"parameters.founding.debt_share": 0.1}, 1),
            ({"founding.new_land_km2": 9.0}, 1),
            ({}, 2),
            ({}, 1),
        ):
            one = vary(baseline, changes)
            world = openings.found(one.region, one.founding, one.parameters, seed, one.start)
            world.balances[:] = -1.0  # what a run does to its world is nobody else's business
    finally:
        zonesim.founding.found = genuine
    assert calls == [1, 1, 1, 2]  # the hazard of exit is not read by founding; debts, plan quota and seed are
    assert (openings.found(baseline.region, baseline.founding, baseline.parameters, 1, baseline.start).balances >= 0).all()


def test_wanted_periods_are_those_of_the_whole_table(baseline):
    whole, some = simulate(baseline, 2).series, finish(ZoneModel(baseline, 2), periods={"2016", "2015Q3"}).series
    assert some.periods == ("2015Q3", "2015", "2016")  # growth of 2016 needs 2015

    def of(series, label):
        rows = series.period == series.periods.index(label)
        return series.group[rows].tolist(), series.indicator[rows].tolist(), series.value[rows].tobytes()

    assert of(whole, "2016") == of(some, "2016") and of(whole, "2015Q3") == of(some, "2015Q3")
    few = finish(ZoneModel(baseline, 2), periods={"2016"}, indicators={"employment", "gdp_growth"}).series
    for name in ("employment", "gdp_growth"):
        pairs = [(one.period == one.periods.index("2016")) & (one.indicator == one.indicators.index(name)) for one in (whole, few)]
        assert pairs[0].any() and whole.value[pairs[0]].tobytes() == few.value[pairs[1]].tobytes()
    assert len(few.value) < len(whole.value) / 20


def test_slots_check_what_they_are_given(plan):
    share = find_slot(plan, "policies.tax_return.tax_increment_return_share")
    assert share.check(0.5, plan) is None and "above 1" in share.check(1.5, plan)
    assert "not a date" in find_slot(plan, "policies.tax_return.start").check("June", plan)
    assert find_slot(plan, "policies.tax_return.start").default == datetime.date(2015, 1, 1).isoformat()
    assert "below" in find_slot(plan, "parameters.exit.level").check(0.1, plan)
    with pytest.raises(InputError, match="did you mean 'tax_return'"):
        find_slot(plan, "policies.tax_retrun.start")


def test_a_model_of_ones_own_needs_no_scenario():
    from tests.experiments.toy import ishigami

    whole = {"levers": {"a": {"low": 0, "high": 1}, "k": {"values": ["x", "y"]}}, "outcomes": ["height", {"name": "luck", "target": 3}]}
    one = Experiment(model=ishigami, **whole)
    assert one.subject.label == "tests.experiments.toy:ishigami" and [f.kind for f in one.factors] == ["float", "categorical"]
    assert Experiment(model="tests.experiments.toy:ishigami", **whole).subject.run(0, {"a": 0, "b": 0, "c": 0}, 1011) == [0.0, 2.0]
    for wrong, said in (
        ({"model": None}, "neither"),
        ({"model": "tests.experiments.toy:ishigamo"}, "no attribute"),
        ({"model": "ishigami"}, "package.module:function"),
        ({"outcomes": ["height", "height"]}, "two outcomes"),
        ({"outcomes": []}, "at least 1"),
        ({"outcomes": [{"indicator": "gdp"}]}, "by 'name'"),
        ({"levers": {"a": {"low": 0}}}, "needs 'low' and 'high'"),
        ({"replications": 0}, "0 is below 1"),
    ):
        with pytest.raises(InputError, match=said):
            Experiment(**{"model": ishigami, **whole, **wrong})


def test_what_ships_loads():
    one = load_experiment(ROOT / "experiments" / "lanzhou_small.yaml")
    assert isinstance(one.subject, ScenarioSubject) and one.has_baseline and one.design().n_rows == 10


def test_the_example_of_the_page_loads(folder):
    page = (ROOT / "docs" / "sweeps.md").read_text(encoding="utf-8")
    text = page.split("```yaml\n")[1].split("```")[0].replace("scenarios/lanzhou/", "scenarios/")
    one = load_experiment(written(folder, text, "", ""))
    assert one.replications == 4 and one.design().n_rows == 256 * (7 + 2) and [f.name for f in one.factors][-1] == "founding.city.employment"


def test_both_parts_of_the_headline_study_have_the_same_doubts_and_targets():
    levers, targets = (load_experiment(ROOT / "experiments" / f"{name}.yaml") for name in ("lanzhou_levers", "lanzhou_targets"))
    doubts = [{one.name: one for one in found.factors if one.role == "uncertainty"} for found in (levers, targets)]
    assert doubts[0] == doubts[1] and levers.outcomes == targets.outcomes
    plan = {(one.indicator, one.place, one.period, one.value) for one in levers.subject.scenario.targets}
    assert {(one.indicator, one.place, one.period, one.target) for one in levers.outcomes} == plan


def test_the_engine_is_what_runs_do_and_nothing_else():
    """A page that changes leaves stores as they are; a file of the sweep that takes part in a run does not."""
    names = dict(engine_files())
    assert {"model.py", "experiments/subject.py", "experiments/branches.py", "behaviour/production.py", "data/signatures.json"} <= set(names)
    assert not [name for name in names if name.split("/")[0] in ("web", "report", "commands", "cli.py")]
    for name in [one for one in names if one.startswith("experiments/")]:  # what these import from experiments takes part too
        tree = ast.parse(names[name].read_text(encoding="utf-8"))
        used = {node.module for node in tree.body if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("zonesim.experiments.")}
        assert {f"experiments/{one.rsplit('.', 1)[1]}.py" for one in used} <= set(names), name
