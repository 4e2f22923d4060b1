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
from zonesim.report.answers import paragraph

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


def test_the_answer_gives_intervals_and_judges_claims():
    question = load_counterfactual(FOLDER / "LZ-1.yaml", ["horizon.end=2017Q4"])
    done = answer(question, 3, 1)
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
    question = load_counterfactual(FOLDER / "LZ-1.yaml", ["horizon.end=2017Q4"])
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
    there = {document.id for _, document in catalogue(FOLDER)} | {path.stem for path, _ in sweeps(FOLDER)}
    assert there == wanted and len(wanted) == 57
    with pytest.raises(InputError, match="zonesim rank"):
        find(FOLDER, "X-4")


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
