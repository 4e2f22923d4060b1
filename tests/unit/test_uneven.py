"""Settings that differ by place or date: a factor says which part of one it moves, or is refused with what to write."""

import pytest
from click.testing import CliRunner

from tests.conftest import LANZHOU, ROOT
from zonesim.cli import app
from zonesim.errors import InputError
from zonesim.experiments.experiment import Experiment
from zonesim.model import simulate
from zonesim.report.texts.messages import told
from zonesim.scenario import load_scenario
from zonesim.scenario.vary import find_slot, vary

SETTING = "policies.land_revenue_first_for_works.land_revenue_reinvest_share"
OUTCOMES = [{"indicator": "gdp", "place": "etdz"}]


@pytest.fixture(scope="module")
def by_place():
    return load_scenario(
        LANZHOU / "plan_2015.yaml", [f"{SETTING}={{value: 0.8, by_place: {{anning_park: 0.4, xigu_park: 0.6}}, range: [0.2, 1.0], assumption: trial}}"]
    )


@pytest.fixture(scope="module")
def by_date():
    return load_scenario(ROOT / "scenarios" / "sanming" / "sanming_2024.yaml")


STEPS = "policies.main_business.social_function_stripping_share"


def setting(scenario, path):
    label, key = path.split(".")[1:]
    return next(one for one in scenario.instruments if one.label == label).settings[key]


def test_a_plain_path_is_refused_with_what_to_write(by_place, by_date):
    with pytest.raises(InputError, match=r"differs by place .* 'at' \(every, scale, anning_park, xigu_park, others\)"):
        find_slot(by_place, SETTING)
    with pytest.raises(InputError, match=r"differs by date .* 'at' \(every, scale, 2024Q3, 2025Q3, 2026Q3\)"):
        find_slot(by_date, STEPS)
    with pytest.raises(InputError, match=r"no part 'aning_park'; did you mean 'anning_park'"):
        find_slot(by_place, SETTING + "@aning_park")
    with pytest.raises(InputError, match="has one value in this scenario"):
        find_slot(by_place, "policies.tax_return.tax_increment_return_share@every")


@pytest.mark.parametrize(
    ("part", "default", "value", "others", "anning", "xigu"),
    [
        ("every", None, 0.5, 0.5, None, None),
        ("anning_park", 0.4, 0.3, 0.8, 0.3, 0.6),
        ("others", 0.8, 0.3, 0.3, 0.4, 0.6),
        ("scale", 1.0, 1.25, 1.0, 0.5, 0.75),
    ],
)
def test_a_part_of_what_differs_by_place(by_place, part, default, value, others, anning, xigu):
    slot = find_slot(by_place, f"{SETTING}@{part}")
    assert slot.default == default and slot.check(value, by_place) is None
    varied = setting(vary(by_place, {slot.path: value}), SETTING)
    assert varied.value == others and dict(varied.by_place) == ({} if anning is None else {"anning_park": anning, "xigu_park": xigu})
    assert dict(setting(by_place, SETTING).by_place) == {"anning_park": 0.4, "xigu_park": 0.6}  # the scenario itself is as it was


def test_a_part_of_what_differs_by_date(by_date):
    at = dict(setting(by_date, STEPS).schedule)
    quarters = sorted(at)
    assert [at[q] for q in quarters] == [0.4, 0.7, 1]
    middle = find_slot(by_date, STEPS + "@2025-08-15")  # any day of the quarter in which the step lies
    assert middle.path == STEPS + "@2025Q3" and middle.default == 0.7
    moved = setting(vary(by_date, {middle.path: 0.9}), STEPS)
    assert [moved.at(q) for q in quarters] == [0.4, 0.9, 1] and moved.at(quarters[0] - 1) is None
    halved = setting(vary(by_date, {STEPS + "@scale": 0.5}), STEPS)
    assert [halved.at(q) for q in quarters] == [0.2, 0.35, 0.5]
    flat = setting(vary(by_date, {STEPS + "@every": 0.6}), STEPS)
    assert [flat.at(q) for q in quarters] == [0.6, 0.6, 0.6]


def test_a_multiplier_keeps_every_number_inside_its_bounds(by_place, by_date):
    slot = find_slot(by_place, SETTING + "@scale")
    assert (slot.low, slot.high) == (0.5, 1.25)  # 0.2 of 0.4, and 1.0 of 0.8
    assert slot.check(0.4, by_place) is None or "times" in slot.check(0.4, by_place)
    assert "0.8 times 2" in slot.check(2.0, by_place)
    assert find_slot(by_date, STEPS + "@scale").high == 1.0


def test_whole_numbers_stay_whole():
    path = "policies.eia_followup.eia_followup_years"
    plan = load_scenario(LANZHOU / "plan_2015.yaml", [f"{path}={{value: 5, by_place: {{anning_park: 3}}, range: [3, 10], assumption: trial}}"])
    slot = find_slot(plan, path + "@scale")
    varied = setting(vary(plan, {slot.path: 1.7}), path)
    assert varied.value == 9 and dict(varied.by_place) == {"anning_park": 5} and isinstance(varied.value, int)  # 8.5 and 5.1


def test_an_experiment_names_the_part_and_two_may_move_different_ones(by_place):
    given = {"policy": "land_revenue_first_for_works", "setting": "land_revenue_reinvest_share"}
    one = Experiment(
        scenario=by_place, levers={"anning": {**given, "at": "anning_park", "low": 0.2, "high": 1}, "rest": {**given, "at": "others"}}, outcomes=OUTCOMES
    )
    assert [factor.paths for factor in one.factors] == [(SETTING + "@anning_park",), (SETTING + "@others",)]
    with pytest.raises(InputError, match=r"levers.all: .*@scale is moved by 'anning' already"):
        Experiment(scenario=by_place, levers={"anning": {**given, "at": "anning_park"}, "all": {**given, "at": "scale"}}, outcomes=OUTCOMES)
    with pytest.raises(InputError, match=r"levers.b: .* is moved by 'tax_increment_return_share' already"):
        Experiment(
            scenario=by_place, levers={"tax_increment_return_share": None, "b": {"path": "policies.tax_return.tax_increment_return_share"}}, outcomes=OUTCOMES
        )


def test_the_start_of_a_policy_cannot_come_before_its_schedule(by_date):
    slot = find_slot(by_date, "policies.main_business.start")
    assert slot.check("2024-07-15", by_date) is None and "where a schedule of this policy begins" in slot.check("2024-01-01", by_date)


def test_a_varied_part_runs_like_the_scenario_that_is_written_out(by_place):
    sets = ["horizon.end=2016Q2", "targets=[]", "founding.scale=20"]
    text = "{value: 0.8, by_place: {anning_park: %s, xigu_park: 0.6}, range: [0.2, 1.0], assumption: trial}"
    base, out = (load_scenario(LANZHOU / "plan_2015.yaml", [*sets, f"{SETTING}={text % share}"]) for share in (0.4, 0.2))
    varied, plain, before = simulate(vary(base, {SETTING + "@anning_park": 0.2}), 1), simulate(out, 1), simulate(base, 1)
    assert (varied.series.value == plain.series.value).all() and (before.series.value != plain.series.value).any()


ZHANGYE = LANZHOU.parent / "zhangye" / "zhangye_2018.yaml"
ROLLOUT = "policies.delegation_pilot_of_minle.delegation_pilot_rollout"


def replaced(*sets):
    return [one for one in load_scenario(ZHANGYE, sets).warnings if "also replaces" in one]


def test_a_bare_value_that_wipes_what_differs_by_place_is_said_with_how_to_keep_it():
    (said,) = replaced(f"{ROLLOUT}=4")
    assert said == f"--set {ROLLOUT}: also replaces what the file says of minle_zone 0; {ROLLOUT}@others=4 keeps that"
    assert told(said, "zh") == f"--set {ROLLOUT}：文件中 minle_zone 0 也一并被替换；用 {ROLLOUT}@others=4 可以保留"
    kept = setting(load_scenario(ZHANGYE, [f"{ROLLOUT}@others=4"]), ROLLOUT)
    assert kept.value == 4 and dict(kept.by_place) == {"minle_zone": 0}, "what is advised does what it says"


@pytest.mark.parametrize("one", [f"{ROLLOUT}@others=4", f"{ROLLOUT}@minle_zone=1", f"{ROLLOUT}=0", f"{ROLLOUT}={{value: 4, by_place: {{minle_zone: 1}}, assumption: trial}}",
                                 "policies.relocation.relocation_rate=0.1", "founding.scale=40"])  # fmt: skip
def test_where_nothing_is_lost_or_all_is_written_nothing_is_said(one):
    assert replaced(one) == []


def test_values_by_date_are_lost_too():
    (said,) = [one for one in load_scenario(ROOT / "scenarios" / "sanming" / "sanming_2024.yaml", [f"{STEPS}=1"]).warnings if "also replaces" in one]
    assert said == f"--set {STEPS}: also replaces what the file says of 2024-07-15 0.4, 2025-07-01 0.7; {STEPS}@PART=1 sets one part alone"
    assert "只改其中一部分" in told(said, "zh") and "replaces" not in told(said, "zh")


def test_a_question_says_what_its_settings_replace(tmp_path):
    run = CliRunner().invoke(app, ["counterfactuals", "run", "ZY-3", "-n", "1", "--folder", str(ROOT / "experiments"), "--workers", "1",
                                   "--set", "founding.scale=200", "--set", f"{ROLLOUT}=4"], catch_exceptions=False)  # fmt: skip
    assert run.exit_code == 0 and f"{ROLLOUT}@others=4" in run.stderr and "also replaces" not in run.stdout
