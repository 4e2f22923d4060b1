"""Counterfactual files: what is read, what is refused, and what the answer says."""

import json
import math
import shutil

import pytest

from tests.conftest import ROOT
from zonesim.errors import InputError
from zonesim.experiments.answers import answer
from zonesim.experiments.catalogue import catalogue, find, sweeps
from zonesim.experiments.counterfactual import load_counterfactual
from zonesim.policies.catalogue import lever_rows
from zonesim.policies.instrument import every_lever
from zonesim.report.answers import paragraph
from zonesim.scenario import load_scenario

FOLDER = ROOT / "experiments"
TEXT = (FOLDER / "LZ-1.yaml").read_text(encoding="utf-8")


BAD = [
    ("tax_increment_return_share: 0}", "tax_increment_return_shar: 0}", "tax_increment_return_share"),
    ("tax_increment_return_share: 0}", "tax_increment_return_share: 1.7}", "above 1"),
    ("indicator: gdp", "indicator: gdpp", "'gdp'"),
    ('place: etdz, period: "2017"}\n', 'place: etdx, period: "2017"}\n', "'etdz'"),
    ("kind: counterfactual", "kind: counterfactual\nkidn: 1", "no such setting"),
    ("../scenarios/lanzhou/plan_2015.yaml", "../scenarios/lanzhou/plan_2016.yaml", "no file"),
    ("../scenarios/lanzhou/plan_2015.yaml", "/etc/passwd", "outside"),
    ("levers: {tax_increment_return_share: 0}", "off: [fisca]", "'fiscal'"),
    ("levers: {tax_increment_return_share: 0}", "policies: {tax_retur: null}", "tax_return"),
    ('period: "2017"', 'period: "2037"', "2037 is outside the run (2014Q1 to 2020Q4)"),
    ('period: "2017"', 'period: "2021Q1"', "2021Q1 is outside the run"),
    ('place: etdz, period: "2017"}', 'money: [taxes], period: "2017"}', "name either an indicator or kinds of money"),
    ('indicator: gdp, place: etdz, period: "2017"}', 'money: [tax_retur], period: "2017"}', "'tax_return'"),
    ("levers: {tax_increment_return_share: 0}", "versus: thirt, levers: {tax_increment_return_share: 0}", "'third'"),
]


@pytest.mark.parametrize(("old", "new", "said"), BAD, ids=[b[1][:30] for b in BAD])
def test_a_mistake_is_named_with_its_place(tmp_path, old, new, said):
    assert old in TEXT
    shutil.copytree(ROOT / "scenarios" / "lanzhou", tmp_path / "scenarios" / "lanzhou")
    path = tmp_path / "experiments" / "X-99.yaml"
    path.parent.mkdir()
    path.write_text(TEXT.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(InputError) as error:
        load_counterfactual(path)
    assert said in str(error.value) and f"{path.name}:" in str(error.value)


def test_an_arm_differs_in_its_lever_alone():
    question = load_counterfactual(FOLDER / "LZ-1.yaml")
    from zonesim.scenario.diff import differences

    rows = differences(question.reference, question.arm("none"))
    assert {row["path"].split(".")[-1] for row in rows} == {"tax_increment_return_share"}
    assert rows[0]["reform"] == 0
    with pytest.raises(InputError, match="no arm 'nome'; did you mean 'none'"):
        question.arm("nome")


def test_the_answer_gives_intervals_and_judges_claims(answered):
    done, question = answered, answered.counterfactual
    effects = done.effects.set_index(["arm", "indicator"])
    assert effects.loc[("none", "tax_returned"), "value"] == 0
    assert effects.loc[("none", "tax_returned"), "percent"] == pytest.approx(-100)
    assert effects.loc[("all", "tax_returned"), "effect"] > 0 > effects.loc[("third", "tax_returned"), "effect"]
    assert set(done.claims["verdict"]) <= {"agrees", "contradicts", "open"}
    for lang in ("zh", "en"):
        text = paragraph(done, lang)
        assert "LZ-1" in text and "004§3.10.5" in text and "\n" not in text
    record = json.loads(json.dumps(done.record({"zh": "", "en": ""})))
    assert len(record["effects"]) == len(question.document.read) * len(question.arms)


def test_one_replication_has_no_interval_and_no_verdict():
    question = load_counterfactual(FOLDER / "LZ-1.yaml", ["founding.scale=20", "horizon.end=2017Q4"])
    done = answer(question, 1, 1)
    assert math.isnan(done.effects["low"].iloc[0]) and set(done.claims["verdict"]) == {"open"}


@pytest.mark.parametrize("path", [path for path, _ in catalogue(FOLDER)], ids=lambda path: path.stem)
def test_a_file_of_the_catalogue_builds_all_its_arms_and_reads_inside_every_run(path):
    """Loading checks every name and period against every arm's own region and horizon, before any run."""
    question = load_counterfactual(path)
    assert path.stem == question.id and find(FOLDER, question.id) == path
    scenarios = [question.reference, *question.arms.values()]
    for reading in question.document.read:
        if reading.period != "last":
            year = int(reading.period[:4])
            assert all(one.start <= 4 * year and 4 * year + 3 <= one.end for one in scenarios), reading
    for name, arm in question.arms.items():
        assert question.versus(name).resolved != arm.resolved, f"arm {name} differs in nothing"


def test_a_period_outside_the_run_of_one_arm_alone_is_refused(tmp_path):
    shutil.copytree(ROOT / "scenarios", tmp_path / "scenarios")
    path = tmp_path / "experiments" / "X-2.yaml"
    path.parent.mkdir()
    text = (FOLDER / "X-2.yaml").read_text(encoding="utf-8")
    path.write_text(text.replace("{indicator: gdp}", '{indicator: gdp, period: "2021"}'), encoding="utf-8")
    with pytest.raises(InputError, match=r"2021 is outside the run \(2014Q1 to 2020Q4\) of arm 'lanzhou_none'"):
        load_counterfactual(path)


def test_an_unknown_id_is_refused_with_the_nearest():
    with pytest.raises(InputError, match="did you mean"):
        find(FOLDER, "LZ-11111")


def test_the_catalogue_is_complete():
    wanted = {f"ZY-{k}" for k in range(1, 10)} | {f"HB-{k}" for k in range(1, 10)} | {f"PL-{k}" for k in range(1, 9)} | {f"SM-{k}" for k in range(1, 11)}
    wanted |= {f"LZ-{k}" for k in range(1, 12)} | {f"X-{k}" for k in range(1, 11)}
    there = {document.id for _, document in catalogue(FOLDER)} | {path.stem.split("_")[0] for path, _ in sweeps(FOLDER)}
    assert there == wanted and len(wanted) == 57
    with pytest.raises(InputError, match="zonesim rank"):
        find(FOLDER, "X-4")


PACKAGES = {"X-4": "lanzhou/plan_2015", "X-4_zhangye": "zhangye/zhangye_2018", "X-4_hebei": "hebei_county/hebei_2020",
            "X-4_pingliang": "pingliang/pingliang_2023", "X-4_sanming": "sanming/sanming_2024"}  # fmt: skip
WHEN = {"policy_window", "delegation_pilot_rollout", "park_integration_deadline"}  # dates and delays, not sizes


def first_class(package):
    scenario = load_scenario(ROOT / "scenarios" / f"{package}.yaml")
    numeric = {row["id"] for row in lever_rows() if row["tier"] == 1 and row["type"] in ("number", "integer")}
    return numeric & {name for one in scenario.instruments for name in one.settings}, numeric


@pytest.mark.parametrize("name", PACKAGES)
def test_the_global_sensitivity_of_a_package_moves_all_its_first_class_numbers(name):
    from zonesim.experiments.experiment import load_experiment

    mine, _ = first_class(PACKAGES[name])
    factors = {one.name: one for one in load_experiment(FOLDER / f"{name}.yaml").factors if one.role == "lever"}
    assert set(factors) == mine - WHEN
    scenario = load_scenario(ROOT / "scenarios" / f"{PACKAGES[name]}.yaml")
    for key, factor in factors.items():  # in every policy that has it
        having = {f"policies.{one.label}.{key}" for one in scenario.instruments if key in one.settings}
        assert {path.partition("@")[0] for path in factor.paths} == having and factor.low < factor.high, key


def test_the_global_sensitivities_together_move_every_first_class_number():
    sets = [first_class(package) for package in PACKAGES.values()]
    assert set().union(*(mine for mine, _ in sets)) == sets[0][1] and len(sets[0][1] - WHEN) >= 70


def test_the_second_step_moves_the_same_levers_over_the_same_ranges():
    from zonesim.experiments.experiment import load_experiment

    first, second = (load_experiment(FOLDER / f"{name}.yaml") for name in ("X-4", "X-4_sobol"))
    assert {(one.name, one.low, one.high, one.paths) for one in first.factors} == {(one.name, one.low, one.high, one.paths) for one in second.factors}
    assert {one.group for one in second.factors} == {"", "rest"} and 5 < sum(not one.group for one in second.factors if one.role == "lever") < 20


def test_the_factorial_of_groups_turns_every_policy_on_and_off_once():
    from zonesim.experiments.experiment import load_experiment

    one = load_experiment(FOLDER / "X-3_factorial.yaml")
    package = load_scenario(ROOT / "scenarios" / "zhangye" / "zhangye_2018.yaml")
    moved = [path for factor in one.factors if factor.role == "lever" for path in factor.paths]
    assert sorted(moved) == sorted(f"policies.{policy.label}.enabled" for policy in package.instruments)
    groups = {lever.group for _, lever in every_lever() if not lever.is_option}
    assert {factor.name for factor in one.factors if factor.role == "lever"} == groups - {"openness"}
    for factor in one.factors:
        for policy in package.instruments:
            if f"policies.{policy.label}.enabled" in factor.paths:
                assert {lever.group for lever in policy.levers.values() if not lever.is_option} == {factor.name}
    arms = load_counterfactual(FOLDER / "X-3.yaml").document.arms
    assert {f"{kind}_{group}" for kind in ("no", "only") for group in groups} == set(arms) - {"none"}


@pytest.mark.slow
def test_compare_sets_an_arm_beside_what_it_is_read_against(tmp_path):
    from click.testing import CliRunner

    from zonesim.cli import app

    short = ["-n", "1", "--set", "founding.scale=40", "--set", "horizon.end=2020Q4", "--workers", "1"]
    text = (FOLDER / "ZY-8.yaml").read_text(encoding="utf-8")
    assert "more_untreated" in text
    done = CliRunner().invoke(app, ["compare", str(FOLDER / "ZY-8.yaml"), "more_untreated", "--out", str(tmp_path / "one"), *short], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    record = json.loads((tmp_path / "one" / "run.json").read_text(encoding="utf-8"))
    assert [one["id"] for one in record["scenarios"]] == ["none_untreated", "more_untreated"]
    done = CliRunner().invoke(app, ["compare", str(FOLDER / "ZY-8.yaml"), "none", "more", "--out", str(tmp_path / "two"), *short])
    assert isinstance(done.exception, InputError) and "read against different scenarios" in str(done.exception)


def test_scenarios_of_two_regions_are_refused_before_anything_runs(tmp_path):
    from click.testing import CliRunner

    from zonesim.cli import app

    files = [str(ROOT / "scenarios" / name) for name in ("pingliang/baseline.yaml", "sanming/sanming_2024.yaml")]
    done = CliRunner().invoke(app, ["compare", *files, "--out", str(tmp_path / "two"), "-n", "1"])
    assert isinstance(done.exception, InputError) and "different regions" in str(done.exception) and "experiments/X-2.yaml" in str(done.exception)
    assert not (tmp_path / "two").exists() or not list((tmp_path / "two").iterdir())


def test_an_indicator_measured_against_the_region_is_refused_for_it(tmp_path):
    shutil.copytree(ROOT / "scenarios" / "lanzhou", tmp_path / "scenarios" / "lanzhou")
    path = tmp_path / "experiments" / "LZ-1.yaml"
    path.parent.mkdir()
    head, _ = (FOLDER / "LZ-1.yaml").read_text(encoding="utf-8").split("\nread:\n")
    path.write_text(f"{head}\nread:\n  - {{indicator: specialisation_lq}}\n  - {{indicator: growth_premium_over_city, place: lanzhou}}\n", encoding="utf-8")
    with pytest.raises(InputError) as error:
        load_counterfactual(path)
    assert [problem.split(": ", 1)[1] for problem in error.value.problems] == [
        f"read.{i}.place: {name!r} says nothing of the region as a whole (it is measured against it, and is the same whatever happens): name a park, a zone or a county"
        for i, name in enumerate(("specialisation_lq", "growth_premium_over_city"))
    ]
    path.write_text(
        f"{head}\nread:\n  - {{indicator: specialisation_lq, how: spread}}\n  - {{indicator: growth_premium_over_city, place: etdz}}\n", encoding="utf-8"
    )
    assert [reading.place for reading in load_counterfactual(path).document.read] == ["region", "etdz"]  # a spread is over the zones
