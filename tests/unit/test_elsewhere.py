"""What is said of places outside a zone: where jobs change, what holds there, and no cause that was not measured."""

from types import SimpleNamespace

import pandas as pd
import pytest

from zonesim.report.elsewhere import changed_outside, covering, lost_within
from zonesim.report.figures.net import component
from zonesim.report.scenes import Scene
from zonesim.report.summary import _targets, _where
from zonesim.report.texts import catalogue

PLACES = [{"id": f"{z}_park", "kind": "sub_park", "zone": z, "county": "c"} for z in ("main", "child", "other")] + [
    {"id": "c_urban", "kind": "urban", "zone": None, "county": "c"},
    {"id": "c_rural", "kind": "rural", "zone": None, "county": "c"},
]
CHANGES = [("main", "zone", 50, 10, 90), ("child", "zone", 40, 30, 50), ("other", "zone", 9, 5, 13), ("other_park", "park", 9, 5, 13), ("c_urban", "outside", -7, -9, -5),
           ("c_rural", "outside", 1, -3, 5)]  # fmt: skip


def view(changes=CHANGES, covers=("main_park", "c_urban"), **more):
    rows = [{"scenario": "s", "indicator": i, "place": p, "level": level, "baseline": 1000.0, "effect": e, "low": low, "high": high, "unit": "persons"}
            for i in ("employment", "gdp") for p, level, e, low, high in changes]  # fmt: skip
    date = {"label": "a", "covers": list(covers)}
    scene = Scene("s", "方案", "plan", (date, {"label": "same", "covers": ["other_park"]}), ({"path": "policies.a.x"},))
    seen = SimpleNamespace(
        has={"effects", "net"}, years=["2020"], place=lambda name, lang: f"<{name}>", indicator=lambda name, lang: name, parks=lambda: PLACES[:3],
        run={"zones": [{"id": "main", "parent": None}, {"id": "child", "parent": "main"}, {"id": "other", "parent": None}], "places": PLACES, "counties": [{"id": "c"}]},
        effects=lambda indicators, places, periods: pd.DataFrame([one for one in rows if one["indicator"] in indicators]), **more,
    )  # fmt: skip
    return seen, scene


def test_the_places_outside_are_told_with_the_measures_that_hold_there():
    en, zh = (changed_outside(*view(), "main", lang) for lang in ("en", "zh"))
    assert "a rise of jobs can be told from zero in <other> +9 persons" in en and "and a fall in <c_urban> -7 persons" in en
    assert "<main>" not in en and "<child>" not in en, "what lies in the zone is not outside it"
    assert "their number: <c_urban> (1)." in en and "alike, none of its measures covers <other>." in en, "a measure of both sides is no difference"
    assert "The others: 1 cannot be told from zero." in en and en.endswith("is not measured.")
    assert (
        "岗位增加可与零区分的有<other>" in zh
        and "减少可与零区分的有<c_urban>" in zh
        and "其余地方中，1 个与零无法区分。" in zh
        and "适用于其中的<c_urban>（1 项）" in zh
        and zh.endswith("没有测算。")
    )
    assert covering(*view()) == {"main_park": 1, "main": 1, "c_urban": 1}


def test_a_place_that_the_package_covers_and_that_loses_is_told_without_a_reason():
    en = lost_within(*view(), "en")
    assert (
        "Although measures of the scenario's own for a part of the region hold in <c_urban> (1)" in en
        and "-7 persons" in en
        and en.endswith("The reason for such a loss is not measured.")
    )
    assert lost_within(*view(covers=("main_park",)), "zh") == "", "a place that nothing covers is no loser of the package"
    assert "没有测算" in lost_within(*view(), "zh")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_text_of_the_report_names_a_cause_of_what_happens_outside(lang):
    for key, text in catalogue(lang).items():
        if key.startswith(("summary.where", "figure.net", "figure.where", "figure.map")):
            assert not any(word in text for word in ("Purchases", "demand", "crowded", "moved there", "采购", "带动", "挤走", "搬来", "merit", "功劳")), key


@pytest.mark.parametrize(
    ("value", "low", "en", "zh"), [(5.0, 4.0, "Gain elsewhere", "的增加"), (-5.0, -6.0, "Displacement", "被替代"), (0.5, -0.5, "Change elsewhere", "的变化")]
)
def test_what_changes_elsewhere_has_one_sign_and_its_name(value, low, en, zh):
    row = {"value": value, "low": low, "high": low + 2}
    name = "change elsewhere in the region"
    assert component(name, row, "en").startswith(en) and zh in component(name, row, "zh")
    parts = {"gross": 9.0, "deadweight": 3.0, "gross: moved inside": 0.0, "would have come anyway: moved inside": 0.0, "more lost in the zone": 0.0, "gain of the zone": 6.0,
             "net gain of the region": 6.0 + value, name: value}  # fmt: skip
    net = pd.DataFrame(
        [{"scenario": "s", "zone": "main", "years": "2015-2020", "component": k, "value": v, "low": v - 1, "high": v + 1} for k, v in parts.items()]
    )
    said = _where(*view(net=net), "en")
    assert f"Outside the zone the change is {value:+g}" in said and said.startswith("From 2015 to 2020 <main> gains 9 jobs gross"), "a sum says of which years"


def test_the_table_of_the_terminal_has_the_words_and_the_sign_of_the_report():
    from zonesim.report.terminal import summary

    net = pd.DataFrame([{"scenario": "s", "component": "change elsewhere in the region", "value": -5.0, "low": -6.0, "high": -4.0},
                        {"scenario": "s", "component": "deadweight", "value": 3.0, "low": 2.0, "high": 4.0}])  # fmt: skip
    results = SimpleNamespace(effects=None, targets=None, net=net, indicators=(), run={"region": {"id": "city"}})
    lines = summary(results).splitlines()
    (said,) = [line for line in lines if line.startswith("Displacement elsewhere in the region")]
    assert said.split()[-4:] == ["-5.00", "(-6.00", "to", "-4.00)"]
    assert any(line.startswith(catalogue("en")["word.deadweight"]) for line in lines) and catalogue("zh")["word.deadweight"] == "无政策也会发生的部分"


@pytest.mark.parametrize(
    ("lang", "said"),
    [("en", "and of those of the model's baseline too, its world without the scenario (1)"), ("zh", "在模型的基准（没有该方案的模型世界）中也过半的 1 项")],
)
def test_a_target_that_is_met_in_the_baseline_too_is_said_of_the_model(lang, said):
    row = {"indicator": "gdp", "place": "main", "period": "2017", "probability": 1.0, "n": 5, "met": 5, "low": 0.5, "high": 1.0}
    base, scene = Scene("b", "基准", "baseline"), Scene("s", "方案", "plan")
    seen = SimpleNamespace(
        targets=pd.DataFrame([{"scenario": one, **row} for one in "bs"]),
        baseline=base,
        reforms=[scene],
        scenes=[base, scene],
        indicator=lambda name, lang: name,
    )
    assert said in _targets(seen, lang)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_targets_are_said_by_how_many_runs_met_them(lang):
    """Two of four are not less than even odds, and none of four, whose interval ends at 49 %, is not "hardly ever"."""
    said_of = {"open": ("在部分运行中达到、但不过半的 1 项：gdp（", "met in some runs, not in more than half (1): gdp ("),
               "missed": ("在这些运行中一次也没有达到的 1 项：gdp（", "met in none of these runs (1): gdp ("), "alone": ("在过半的运行中达到的 1 项：", "met in more than half of the runs (1): "),
               "merit": ("在模型的基准中不过半的 1 项：", "and not of those of the model's baseline (1): ")}  # fmt: skip
    base, scene = Scene("b", "基准", "baseline"), Scene("s", "兰州：方案", "plan: one")
    for met, of_base, kind in ((2, 0, "open"), (0, 0, "missed"), (1, 0, "open"), (3, 2, "merit"), (3, None, "alone")):
        rows = [{"scenario": name, "indicator": "gdp", "place": "main", "period": "2017", "probability": m / 4, "n": 4, "met": m, "low": 0.1, "high": 0.9}
                for name, m in (("b", of_base), ("s", met)) if m is not None]  # fmt: skip
        seen = SimpleNamespace(targets=pd.DataFrame(rows), baseline=base, reforms=[scene], scenes=[base, scene], indicator=lambda name, lang: name)
        said = _targets(seen, lang)
        assert said_of[kind][lang == "en"] in said and ("“兰州：方案”共有 1 项目标：" if lang == "zh" else "Targets of “plan: one” (1 in all): ") in said
        assert not any(one in said for one in ("1 are", "even odds", "hardly", "几乎", "多半"))


@pytest.mark.parametrize(("n", "said"), [(2, True), (9, True), (10, False), (20, False), (1, False)])
def test_few_pairs_make_intervals_uncertain_which_is_said_first(n, said):
    """Of one run there is no interval to doubt."""
    from zonesim.report.summary import _what
    from zonesim.report.terminal import _effects

    row = {
        "place": "city",
        "indicator": "gdp",
        "period": "2020",
        "baseline": 1.0,
        "reform": 2.0,
        "effect": 1.0,
        "low": 0.5,
        "high": 1.5,
        "unit": "10^8 CNY/yr",
        "n": n,
    }
    lines = _effects(pd.DataFrame([row]), "plan", ("city",), ["2020"], "2020")
    base, scene = Scene("b", "基准", "baseline"), Scene("s", "兰州：方案", "plan: one")
    seen = SimpleNamespace(
        run={"start": "2014Q1", "end": "2020Q4", "replications": n}, runs=[], city="city", baseline=base, reforms=[scene], place=lambda name, lang: name
    )
    for lang in ("en", "zh"):
        few = catalogue(lang)["summary.few"]
        assert (few in _what(seen, lang)) == said
        assert lang == "zh" or ((lines[1] == few) == said and (few in lines) == said)
    assert "分别" not in _what(seen, "zh") and "“兰州：方案”与基准“基准”相比" in _what(seen, "zh")
    seen.reforms = [scene, Scene("t", "另一方案", "other")]
    assert "把“兰州：方案”、“另一方案”分别与基准“基准”相比" in _what(seen, "zh")
