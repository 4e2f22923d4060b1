"""A claim that values are reached is judged by whether they are reached; one of several parts by all; one that nothing reads by nothing."""

import re
import shutil
from dataclasses import replace

import numpy as np
import pytest

from tests.conftest import ROOT
from tests.property.test_questions import FILES
from zonesim.errors import InputError
from zonesim.experiments.claim import Aim
from zonesim.experiments.counterfactual import is_counterfactual, load_counterfactual, read_document
from zonesim.experiments.met import aims_met
from zonesim.experiments.reading import Reading, readings_of
from zonesim.experiments.readings import Seen, value_of_aim, values_of
from zonesim.model import simulate
from zonesim.report import findings
from zonesim.report.answers import paragraph
from zonesim.scenario import load_scenario

FOLDER = ROOT / "experiments"
QUESTIONS = [path for path in FILES if is_counterfactual(path)]
OF_REACHING = re.compile(r"目标|千亿|亿元|达到|百分点|过\d|\btargets?\b|\breach|\bbillion\b|\bpoints (above|over)\b|\babove\b")
REWARDED = {"ZY-2"}  # by hand: a line that a zone must reach to be rewarded, not a value that the documents say is reached


@pytest.mark.parametrize("path", QUESTIONS, ids=lambda path: path.stem)
def test_a_claim_of_targets_is_judged_by_targets(path):
    document, _ = read_document(path)
    claim = document.claim
    if claim.reaches is not None:
        assert not any(one.claim for one in document.read if not one.given), "the sign of an effect says nothing of what is reached"
    elif path.stem not in REWARDED:
        assert not OF_REACHING.search(claim.zh + " " + claim.en) or claim.unread, f"{path.stem}: '{claim.en}' says what is reached, and is judged by a sign"


def test_the_questions_of_targets_are_known():
    found = {path.stem for path in QUESTIONS if read_document(path)[0].claim.reaches is not None}
    assert found == {"LZ-10", "LZ-11", "ZY-7"}
    assert len(load_counterfactual(FOLDER / "LZ-10.yaml").aims) == 8
    (aim,) = load_counterfactual(FOLDER / "ZY-7.yaml").aims
    assert aim.value == 1000 and aim.places == ["zhangye_etdz", "minle_zone"]


def _seen(values):
    return Seen(np.zeros(1), {}, {}, {}, {}, np.zeros(0), "2017", {}, np.array(values))


def reaching(answered, met, runs=10, gain=1.0):
    """Return an answer whose two targets are both met in some of its runs; its effects rise clearly by the plan."""
    aims = [Aim(indicator="gdp", places=["etdz", "htz"], periods=["2016", "2017"], value=100), Aim(indicator="retail_sales", places=["etdz"], value=50)]
    document = answered.counterfactual.document
    document = document.model_copy(update={"claim": document.claim.model_copy(update={"reaches": aims})})
    counterfactual = replace(answered.counterfactual, document=document)
    block = [_seen([120.0 * gain, 60.0 if k < met else 40.0]) for k in range(runs)]
    return replace(answered, counterfactual=counterfactual, aims=aims_met(counterfactual, {"": block, "none": [_seen([90.0, 60.0])] * runs}))


@pytest.mark.parametrize(("met", "zh", "en"), [(0, "不成立。", "no."), (5, "无法判定。", "undetermined."), (10, "成立。", "yes.")])
def test_the_verdict_is_the_probability_of_all_at_once(answered, met, zh, en):
    done = reaching(answered, met)
    assert findings.main_claim(done) is not None, "its first reading agrees with a direction, which must not decide"
    said = {lang: paragraph(done, lang) for lang in ("zh", "en")}
    assert f"holds in the model, judged by whether its 2 targets are met all at once: {en} " in said["en"]
    assert f"在模型中是否成立（看 2 项目标是否同时达到）：{zh}" in said["zh"]
    assert f"reaches them in {met} of 10 runs" in said["en"] and f"的 10 次运行中有 {met} 次达到" in said["zh"]
    assert "GDP of Lanzhou ETDZ and Lanzhou" in said["en"] and "together, the mean of 2016 and 2017 (at least 10 bn CNY a year): " in said["en"]
    assert "12 bn CNY a year (10 of 10 runs)" in said["en"] and "9 bn CNY a year (0 of 10 runs)" in said["en"]
    assert "2016年、2017年的平均" in said["zh"].replace("2016年和2017年", "2016年、2017年") and "120 亿元/年（10 次运行中 10 次达到）" in said["zh"]


def test_each_reached_alone_is_not_all_at_once(answered):
    done = reaching(answered, 10)
    table = done.aims[done.aims["arm"] == "none"].set_index("indicator")
    assert table["met"].to_dict() == {"gdp": 0, "retail_sales": 10, "": 0} and table.loc["gdp", "value"] == 90


def test_few_runs_decide_nothing(answered):
    assert "all at once: undetermined. " in paragraph(reaching(answered, 0, runs=3), "en") and "all at once: no. " in paragraph(
        reaching(answered, 0, runs=5), "en"
    )


def test_an_aim_is_the_sum_of_places_and_the_mean_of_periods():
    run = simulate(load_scenario(ROOT / "scenarios" / "zhangye" / "zhangye_2018.yaml", ["founding.scale=40", "horizon.end=2018Q4"]), 1)
    aim = Aim(indicator="gross_output", places=["zhangye_etdz", "minle_zone"], periods=["2017", "2018"], value=1)
    four = [values_of(run, Reading(indicator="gross_output", place=p, period=t), "zhangye") for p in aim.places for t in aim.periods]
    assert len(readings_of(aim)) == 4 and value_of_aim(run, aim, "zhangye") == pytest.approx(sum(four) / 2) and len(set(four)) == 4


def test_a_claim_of_several_parts_holds_only_if_each_does(answered):
    document = answered.counterfactual.document
    document = document.model_copy(update={"claim": document.claim.model_copy(update={"every": True})})
    claims = answered.claims[~answered.claims["given"]].copy()
    claims = claims.iloc[[0, 0]].reset_index(drop=True)
    claims.loc[0, ["effect", "low", "high", "percent", "verdict"]] = [2.0, 1.0, 3.0, 5.0, "agrees"]
    for found, says in (("agrees", "yes"), ("open", "undetermined"), ("contradicts", "no, the opposite")):
        low, high = {"agrees": (1.0, 3.0), "open": (-1.0, 5.0), "contradicts": (-3.0, -1.0)}[found]
        claims.loc[1, ["effect", "low", "high", "percent", "verdict"]] = [(low + high) / 2, low, high, 5.0, found]
        done = replace(answered, counterfactual=replace(answered.counterfactual, document=document), claims=claims)
        said = paragraph(done, "en")
        assert f"holds in the model only if each of 2 readings does: {says}. " in said and "What else the documents claim" not in said
    assert "须下列 2 项都成立）：不成立，方向相反。" in paragraph(done, "zh")


@pytest.mark.parametrize("name", ["PL-2", "PL-7", "SM-3"])
def test_a_claim_that_nothing_reads_is_said_to_be_that(answered, name):
    claim = load_counterfactual(FOLDER / f"{name}.yaml").document.claim
    document = answered.counterfactual.document.model_copy(update={"claim": claim})
    done = replace(answered, counterfactual=replace(answered.counterfactual, document=document))
    for lang in ("zh", "en"):
        said = paragraph(done, lang)
        assert getattr(claim.unread, lang) in said and "holds in the model" not in said and "是否成立" not in said


@pytest.mark.parametrize(("claim", "read", "wrong"), [
    ("reaches: targets", ', claim: "+"', "gives no reading a direction"),
    ("every: true", "", "needs two readings or more"),
    ("every: true, reaches: targets", "", "judged in one way"),
    ("reaches: [{indicator: gdq, places: [etdz], value: 1}]", "", "no such indicator: 'gdq'"),
    ("reaches: [{indicator: gdp, places: [etdx], value: 1}]", "", "unknown place 'etdx'"),
    ('reaches: [{indicator: gdp, places: [etdz], periods: ["2050"], value: 1}]', "", "2050 is outside the run"),
])  # fmt: skip
def test_a_claim_that_cannot_be_judged_is_refused(tmp_path, claim, read, wrong):
    shutil.copytree(ROOT / "scenarios" / "lanzhou", tmp_path / "scenarios" / "lanzhou")
    path = tmp_path / "experiments" / "LZ-10.yaml"
    path.parent.mkdir()
    text = (FOLDER / "LZ-10.yaml").read_text(encoding="utf-8")
    path.write_text(text.replace("reaches: targets", claim).replace('period: "2017"}', f'period: "2017"{read}}}', 1), encoding="utf-8")
    with pytest.raises(InputError, match=re.escape(wrong)):
        load_counterfactual(path)


def test_a_package_without_targets_cannot_be_judged_by_them(tmp_path):
    shutil.copytree(ROOT / "scenarios" / "zhangye", tmp_path / "scenarios" / "zhangye")
    path = tmp_path / "experiments" / "ZY-7.yaml"
    path.parent.mkdir()
    text = (FOLDER / "ZY-7.yaml").read_text(encoding="utf-8")
    path.write_text(re.sub(r"reaches: \[.*?\}\]", "reaches: targets", text), encoding="utf-8")
    with pytest.raises(InputError, match="the package has no targets"):
        load_counterfactual(path)
