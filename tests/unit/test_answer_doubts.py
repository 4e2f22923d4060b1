"""What an answer says of its own limits: nothing tried, no direction claimed, no arm that can be told to be the best; and what is read of zones."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from tests.conftest import ROOT
from tests.unit.test_answers import rows
from zonesim.errors import InputError
from zonesim.experiments.alike import contenders, felt, traces
from zonesim.experiments.answers import _felt
from zonesim.experiments.counterfactual import load_counterfactual
from zonesim.experiments.reading import Reading
from zonesim.experiments.readings import values_of
from zonesim.model import simulate
from zonesim.report import findings
from zonesim.report.answer_doubts import best, of_zones, stated, untried
from zonesim.report.answers import paragraph
from zonesim.report.naming import reading_name
from zonesim.scenario import load_scenario

FOLDER = ROOT / "experiments"
ZONES_ALONE = {  # by hand: files whose first reading is of a clause that binds zones, and where it is read
    **dict.fromkeys(("HB-1", "HB-2", "HB-3", "HB-4", "HB-5", "HB-6", "HB-7", "HB-8", "HB-9", "X-7"), "county_htz"),
    **dict.fromkeys(("ZY-3", "ZY-4", "ZY-6", "ZY-9", "PL-3", "PL-7", "PL-8", "SM-1", "SM-4", "SM-5", "SM-9", "X-8"), "zones"),
    "ZY-2": "zhangye_etdz", "PL-4": "pingliang_htz", "PL-5": "pingliang_htz",
}  # fmt: skip


@pytest.mark.parametrize(("name", "place"), ZONES_ALONE.items())
def test_a_clause_that_binds_zones_alone_is_read_there(name, place):
    question = load_counterfactual(FOLDER / f"{name}.yaml")
    assert question.document.read[0].place == place
    first = next((one for one in question.document.read if one.claim and not one.given), None)
    assert first is None or first.place in {place, "zones"}


@pytest.fixture(scope="module")
def zhangye():
    return simulate(load_scenario(ROOT / "scenarios" / "zhangye" / "zhangye_2018.yaml", ["founding.scale=40", "horizon.end=2019Q4"]), 1)


def test_zones_together_are_the_mean_of_those_that_have_a_value(zhangye):
    s = zhangye.series
    zones = [name for level, name in s.groups if level == "zone"]
    each = [values_of(zhangye, Reading(indicator="gdp", place=zone, period="2019"), "zhangye") for zone in zones]
    assert len(set(each)) == len(zones) == 7
    assert values_of(zhangye, Reading(indicator="gdp", place="zones", period="2019"), "zhangye") == pytest.approx(np.mean(each))
    years = [[values_of(zhangye, Reading(indicator="gdp", place=zone, period=str(year)), "zhangye") for zone in zones] for year in range(2016, 2020)]
    assert values_of(zhangye, Reading(indicator="gdp", place="zones", how="mean"), "zhangye") == pytest.approx(np.mean(years))
    scores = [values_of(zhangye, Reading(indicator="evaluation_score", place=zone), "zhangye") for zone in zones]
    assert values_of(zhangye, Reading(indicator="evaluation_score", place="zones"), "zhangye") == pytest.approx(np.nanmean(scores))


@pytest.mark.parametrize("more", [{"how": "spread"}, {"how": "volatility"}])
def test_zones_together_have_no_spread_and_no_money(more):
    with pytest.raises(ValueError, match="zones together are read as level or mean"):
        Reading(indicator="gdp", place="zones", **more)
    with pytest.raises(ValueError, match="of a place"):
        Reading(money=["land_price"], place="zones")


def test_zones_have_a_name_in_both_languages(lanzhou_answer):
    row = {"indicator": "approval_days", "place": "zones", "period": "2026", "how": "mean"}
    region = lanzhou_answer.counterfactual.reference.region
    assert reading_name(region, row, "zh") == "各开发区平均平均审批时长的历年平均"
    assert reading_name(region, row, "en") == "days to approve of the zones (their mean), mean over the years"


def test_an_indicator_without_a_meaning_for_zones_is_refused_there(tmp_path):
    import shutil

    shutil.copytree(ROOT / "scenarios" / "lanzhou", tmp_path / "scenarios" / "lanzhou")
    path = tmp_path / "experiments" / "LZ-1.yaml"
    path.parent.mkdir()
    text = (FOLDER / "LZ-1.yaml").read_text(encoding="utf-8")
    path.write_text(text.replace("indicator: infra_stock, place: etdz", "indicator: out_of_zone_new_projects, place: zones"), encoding="utf-8")
    with pytest.raises(InputError, match=r"read\.0\.place: 'out_of_zone_new_projects'"):
        load_counterfactual(path)


def test_the_trace_of_a_run_is_its_own_and_differs_with_one_figure(zhangye):
    one = traces(zhangye)
    assert list(one) == ["2016", "2017", "2018", "2019"] and one == traces(zhangye)
    values = zhangye.series.value.copy()
    at = np.flatnonzero(np.array([label[:4] == "2018" for label in zhangye.series.periods])[zhangye.series.period])[5]
    values[at] = values[at] + 1
    other = traces(replace(zhangye, series=replace(zhangye.series, value=values)))
    assert [year for year in one if one[year] != other[year]] == ["2018"]
    assert felt([(one, one), (one, other)]) == {"n": 2, "same": 1, "first": "2018"}


@pytest.fixture
def lanzhou_answer(answered):
    return answered


def test_every_arm_of_a_run_question_is_counted(lanzhou_answer):
    table = lanzhou_answer.felt.set_index("arm")
    assert set(table.index) == set(lanzhou_answer.counterfactual.arms) and (table["n"] == lanzhou_answer.replications).all()
    assert (table["same"] == 0).all() and set(table["first"]) <= {"2015", "2016"}
    assert lanzhou_answer.best.empty and untried(lanzhou_answer, "en") == ""


def test_a_clause_that_fires_in_no_run_is_said_to_be_untried(lanzhou_answer):
    table = lanzhou_answer.felt.copy()
    table.loc[table["arm"] == "half", ["same", "first"]] = [3, ""]
    done = replace(lanzhou_answer, felt=table)
    en, zh = untried(done, "en"), untried(done, "zh")
    assert "in 3 of 3 pairs of runs no figure of any place differs between '50 % returned' and '70 % returned'" in en and "'100 % returned'" not in en
    assert "'30 % returned'" not in en
    assert (
        "在 3 对运行的 3 对中没有任何地点的任何数字不同" in zh
        and "没有用到不等于不起作用" in zh
        and en in paragraph(done, "en")
        and zh in paragraph(done, "zh")
    )
    table["same"] = 1  # of three
    table["first"] = "2015"
    assert untried(replace(lanzhou_answer, felt=table), "en") == ""


def test_a_reading_that_no_run_moves_is_not_practically_nil_but_untried(lanzhou_answer):
    arms = list(lanzhou_answer.counterfactual.arms)
    table = rows(*(("gdp", 5.0, 4.0, 6.0, arm) for arm in arms), *(("zone_level", 0.0, 0.0, 0.0, arm) for arm in arms))
    done = replace(lanzhou_answer, effects=table, claims=pd.DataFrame())
    assert "level of the zone of Lanzhou in 2017 is the same in every run of every arm" in untried(done, "en")
    table.loc[(table["indicator"] == "zone_level") & (table["arm"] == "all"), ["effect", "low", "high"]] = [0.5, 0.1, 0.9]
    assert untried(done, "en") == "", "other outcomes may well stay at zero in one arm"
    table.loc[table["indicator"] == "zone_level", "unit"] = "level"
    assert "level of the zone of Lanzhou in 2017 differs in no run by 'no return', '30 % returned', '50 % returned'" in untried(done, "en")
    claim = {"effect": 0.0, "low": 0.0, "high": 0.0, "percent": 0.0, "verdict": "none"}
    assert findings.verdict(claim) == "same"
    claims = lanzhou_answer.claims.copy()
    claims.loc[claims["indicator"] == "infra_stock", ["effect", "low", "high", "verdict"]] = [0.0, 0.0, 0.0, "none"]
    said = paragraph(replace(lanzhou_answer, claims=claims), "en")
    assert "not put to the test (it is the same in every run)" in said and "practically nothing changes" not in said.split("What changes")[0]


def test_without_a_direction_the_claim_is_stated_with_what_can_be_told(lanzhou_answer):
    table = rows(("gdp", 5.0, 4.0, 6.0), ("gdp", 1.0, -1.0, 3.0, "half"), ("retail_sales", 3.0, 1.0, 5.0))
    done = replace(lanzhou_answer, effects=table, claims=pd.DataFrame())
    assert "of 3 comparisons 2 can be told from zero, 1 of them among the 2 of what the question asks first" in stated(done, "en")
    assert "3 项比较中 2 项与零可以区分，其中问题首先所问的 2 项中有 1 项" in stated(done, "zh")
    for lang in ("zh", "en"):
        assert getattr(done.counterfactual.document.claim, lang) in paragraph(done, lang) and "004§3.10.5" in paragraph(done, lang)


@pytest.mark.parametrize("name", ["LZ-2", "LZ-3", "LZ-8", "PL-6", "SM-2", "SM-6", "X-2", "X-9", "X-10"])
def test_files_without_a_direction_are_known(name):
    assert all(one.claim is None for one in load_counterfactual(FOLDER / f"{name}.yaml").document.read)


def test_the_best_arm_is_told_from_the_others_or_not():
    values = {"": np.array([10.0, 11.0, 12.0]), "a": np.array([10.5, 11.4, 12.6]), "b": np.array([1.0, 2.0, 3.5]), "c": np.array([np.nan, 20.0, 30.0])}
    found = contenders(values, "+")
    assert [row["arm"] for row in found] == ["a", "", "b"], "an arm without a value in some run is no contender"
    assert found[0]["short"] == 0 and found[1]["short"] == pytest.approx(0.5) and found[2]["low"] > 0
    assert [row["arm"] for row in contenders(values, "-")] == ["b", "", "a"] and contenders(values, "-")[1]["low"] > 0


def test_the_best_arm_is_said_with_those_that_it_cannot_be_told_from(lanzhou_answer):
    document = lanzhou_answer.counterfactual.document.model_copy(update={"best": "+"})
    counterfactual = replace(lanzhou_answer.counterfactual, document=document)
    table = pd.DataFrame([{"arm": "all", "value": 9.0, "short": 0.0, "low": 0.0, "high": 0.0, "unit": "10^8 CNY"}, {"arm": "", "value": 8.0, "short": 1.0, "low": -1.0, "high": 3.0, "unit": "10^8 CNY"},
                          {"arm": "none", "value": 2.0, "short": 7.0, "low": 6.0, "high": 8.0, "unit": "10^8 CNY"}])  # fmt: skip
    done = replace(lanzhou_answer, counterfactual=counterfactual, best=table)
    assert "is undetermined: '100 % returned' has the most (900 M CNY), but cannot be told from 1 other arm ('70 % returned')." in best(done, "en")
    assert "与 1 个其他方案（“返还70%”）无法区分" in best(done, "zh") and best(done, "zh") in paragraph(done, "zh")
    table.loc[1, "low"] = 0.5
    assert "can be told from every other arm" in best(done, "en") and "与其他各方案都可以区分" in best(done, "zh")
    table.loc[1:, "low"] = -0.5
    assert "cannot be told from any other arm" in best(done, "en")


@pytest.mark.parametrize(("name", "words"), [("PL-1", ("园区以外", "zones against outside")), ("ZY-8", ("关闭", "closures")), ("LZ-1", ("专款专用", "earmarked")),
                                             ("HB-3", ("虚构", "fictional")), ("SM-2", ("模拟期", "horizon"))])  # fmt: skip
def test_what_an_answer_hangs_on_is_in_its_note(name, words):
    document = load_counterfactual(FOLDER / f"{name}.yaml").document
    assert words[0] in document.note.zh and words[1] in document.note.en
    if name == "ZY-8":
        assert {"enterprises_closed", "gross_output"} <= {one.indicator for one in document.read}


def test_the_line_of_points_is_read_where_it_can_be_reached():
    question = load_counterfactual(FOLDER / "ZY-2.yaml")
    lines = [
        one.settings["expansion_score_threshold"].value
        for arm in question.arms.values()
        for one in arm.instruments
        if "expansion_score_threshold" in one.settings
    ]
    assert min(lines) == 75 and question.document.read[0].place == "zhangye_etdz"


def test_what_never_differs_is_not_put_first(lanzhou_answer):
    arms = list(lanzhou_answer.counterfactual.arms)
    table = rows(*(("retail_sales", 0.0, 0.0, 0.0, arm) for arm in arms), *(("gdp", 5.0, 4.0, 6.0, arm) for arm in arms))
    done = replace(lanzhou_answer, effects=table, claims=pd.DataFrame())
    assert {row["indicator"] for row in findings.asked(done)} == {"gdp"}
    said = paragraph(done, "en")
    assert "What changes (against '70 % returned'): GDP of" in said and "retail sales of Lanzhou in 2017 is the same in every run of every arm" in said
    one = table.copy()
    one.loc[(one["indicator"] == "retail_sales") & (one["arm"] == "half"), ["effect", "low", "high"]] = [1.0, 0.5, 1.5]
    assert {row["indicator"] for row in findings.asked(replace(done, effects=one))} == {"retail_sales"}, "an arm that moves it in one run puts it to the test"
    still = replace(done, effects=table[table["indicator"] == "retail_sales"])
    assert {row["indicator"] for row in findings.asked(still)} == {"retail_sales"}, "where nothing differs at all, what is asked first stays first"


def test_changes_are_announced_where_there_is_one(lanzhou_answer):
    arms = list(lanzhou_answer.counterfactual.arms)
    table = rows(*(("gdp", 1.0, -1.0, 3.0, arm) for arm in arms))
    done = replace(lanzhou_answer, effects=table, claims=pd.DataFrame())
    en, zh = paragraph(done, "en"), paragraph(done, "zh")
    assert "Nothing that the question asks first can be told from zero (against '70 % returned'): GDP of" in en and "What changes" not in en
    assert "问题首先所问的都与零无法区分（与“" in zh and "有什么变化" not in zh
    table.loc[0, ["low", "high"]] = [0.5, 1.5]
    assert "What changes" in paragraph(done, "en") and "有什么变化" in paragraph(done, "zh")


def test_arms_that_are_the_same_in_every_run_are_said_to_be():
    """Two arms that differ from the package and not from each other are listed; those that equal the package already stand beside it."""
    arms = {"a": {"2018": 2}, "b": {"2018": 2}, "c": {"2018": 3}, "still": {"2018": 1}, "other": {"2018": 1}}
    runs = {name: [SimpleNamespace(trace=one)] * 2 for name, one in {"": {"2018": 1}, **arms}.items()}
    region = SimpleNamespace(id="r")
    question = SimpleNamespace(
        document=SimpleNamespace(arms={name: SimpleNamespace(versus=None) for name in arms}), arms={name: SimpleNamespace(region=region) for name in arms}
    )
    table = _felt(question, list(arms), runs)
    assert list(zip(table["arm"], table["versus"], table["same"], strict=True)) == [
        ("a", "", 0), ("b", "", 0), ("c", "", 0), ("still", "", 2), ("other", "", 2), ("a", "b", 2)
    ], "what equals the package as written is said to, once"  # fmt: skip


@pytest.mark.parametrize(("name", "twice"), [("PL-8", True), ("SM-9", True), ("ZY-3", True), ("LZ-10", False), ("HB-1", False)])
def test_a_mean_of_zones_says_over_whom_it_is(lanzhou_answer, name, twice):
    """By hand: PL-8, SM-9 and ZY-3 read a mean of zones where sub-parks have committees; LZ-10 and HB-1 read none."""
    question = load_counterfactual(FOLDER / f"{name}.yaml")
    table = pd.DataFrame([{"place": one.place} for one in question.document.read])
    done = replace(lanzhou_answer, counterfactual=question, effects=table)
    assert ("again itself" in of_zones(done, "en")) == twice == ("自己又计一次" in of_zones(done, "zh"))
