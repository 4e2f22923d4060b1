"""Runs in which a row stands for several enterprises, and what was set beyond the files, are said wherever results are read."""

import re
import zipfile

import pytest

from tests.conftest import LANZHOU
from zonesim.experiments.study import study
from zonesim.report.document import document
from zonesim.report.exports import export
from zonesim.report.page import write_report
from zonesim.report.sampled import not_read
from zonesim.report.terminal import summary
from zonesim.report.texts import say
from zonesim.report.view import View
from zonesim.results import Results
from zonesim.scenario import load_scenario

SHORT = "horizon.end=2015Q4"
SHARED = ("founding.scale=20", SHORT, "parameters.exit_rule.grace_years=3")
OWN = "policies.tax_return.enabled=false"


def files(settings, own=()):
    return [load_scenario(LANZHOU / "baseline.yaml", settings), load_scenario(LANZHOU / "plan_2015.yaml", (*settings, *own))]


@pytest.fixture(scope="module")
def sampled():
    return study(files(SHARED, (OWN,)), 1, 3)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_sample_is_said_in_summary_provenance_and_exports(sampled, lang, tmp_path):
    said = say("sample.not_read", lang, n="20")
    made = document(View([sampled]), lang)
    assert said in made.summary[0][1] and ("days are not to be read" in said or "天数不宜" in said)
    assert dict(made.facts)[say("provenance.sample", lang)] == say("sample.part", lang, n="20")
    for kind, inside in (("xlsx", "xl/sharedStrings.xml"), ("docx", "word/document.xml")):
        export(View([sampled]), tmp_path / f"report.{kind}", lang)
        text = re.sub("<[^>]+>", "", zipfile.ZipFile(tmp_path / f"report.{kind}").read(inside).decode("utf-8"))
        assert said in text and say("sample.part", lang, n="20") in text, kind
    write_report(sampled, tmp_path / "report.html")
    page = re.sub("<[^>]+>", "", (tmp_path / "report.html").read_text(encoding="utf-8").replace("\u2060", ""))
    assert said in page


def test_a_sample_is_said_above_the_table_of_the_terminal(sampled):
    assert summary(sampled).startswith(say("sample.not_read", "en", n="20"))


def test_what_was_simulated_one_by_one_is_not_called_a_sample():
    one = {"scenarios": [{"resolved": scenario.resolved} for scenario in files((SHORT,))]}
    assert not_read([one], "en") == "" == not_read([], "zh")


def test_the_page_of_results_says_with_what_they_can_be_made_again(sampled, tmp_path):
    sampled.save(tmp_path / "out")
    kept = Results.load(tmp_path / "out")
    line = dict(document(View([kept]), "en").facts)[say("provenance.settings", "en")]
    shared, own = line.split(f"; {kept.run['scenarios'][1]['en']}: ")
    assert shared.split("; ") == list(SHARED) and own.split("; ") == [OWN]
    again = files(shared.split("; "), own.split("; "))
    assert [one.resolved for one in again] == [one["resolved"] for one in kept.run["scenarios"]]


def test_an_arm_keeps_what_was_set_for_its_package():
    from zonesim.experiments.counterfactual import load_counterfactual

    asked = load_counterfactual(LANZHOU.parents[1] / "experiments" / "LZ-1.yaml", ["founding.scale=5"])
    assert all("founding.scale=5" in one.settings for one in asked.scenarios), "an arm is made of the package's document"
