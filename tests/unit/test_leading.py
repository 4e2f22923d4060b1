"""No sentence calls a factor, or a difference, the larger one that its interval does not tell apart."""

import re

import numpy as np
import pandas as pd
import pytest

from tests.conftest import ROOT
from zonesim.experiments.experiment import Experiment
from zonesim.experiments.sweep import sweep
from zonesim.report.figures import QUESTIONS, Choice, draw
from zonesim.report.figures.leading import ends_apart, leading, standing
from zonesim.report.sweeps import read_sweep
from zonesim.report.view import View
from zonesim.report.words import LANGS, beside

OF_SWEEPS = ("ranking", "tornado", "spider", "parallel")
LARGEST = {
    "zh": ("影响最大的依次为", "对y的影响最大", "差别最大的是", "关系最密切"),
    "en": ("matters most is", ") matters most for y", "a matters most for y", "makes the largest difference:", "most closely"),
}


def swept(folder, model, design, replications, names=("a", "b")):
    levers = {name: {"low": 0, "high": 1, "default": 0.5} for name in names}
    sweep(Experiment(model=model, levers=levers, outcomes=[{"name": "y"}], design=design, replications=replications), folder, workers=0)
    return read_sweep(folder)


def noise(seed, *settings):
    return np.random.default_rng([seed, *(int(1e6 * one) for one in settings)]).random() - 0.5


@pytest.fixture(scope="module")
def noisy(tmp_path_factory):
    """A ranking of factors that luck drowns."""
    model = lambda s, seed: {"y": 1e-4 * s["a"] + noise(seed, s["a"], s["b"])}  # noqa: E731
    return swept(tmp_path_factory.mktemp("noisy") / "store", model, {"method": "sobol", "samples": 16}, 4)


@pytest.fixture(scope="module")
def clear(tmp_path_factory):
    """A ranking whose first factor is beyond doubt."""
    model = lambda s, seed: {"y": 3 * s["a"] + 0.3 * s["b"] + 0.01 * noise(seed)}  # noqa: E731
    return swept(tmp_path_factory.mktemp("clear") / "store", model, {"method": "sobol", "samples": 64}, 2)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", OF_SWEEPS)
def test_no_figure_of_a_sweep_names_a_first_that_the_ranking_does_not(noisy, clear, name, lang):
    none = draw(name, View(sweep=noisy), lang)
    assert not standing(noisy.ranking["outcomes"]["y"]).told, "else nothing is tested"
    assert not any(one in none.reading for one in LARGEST[lang]), none.reading
    assert ("没有一个因素" if lang == "zh" else "No factor can be told") in none.reading, none.reading
    told = draw(name, View(sweep=clear), lang)
    assert any(one in told.reading for one in LARGEST[lang]), told.reading
    assert re.search(r"(?<![a-z])a(?![a-z])", told.reading), told.reading


@pytest.mark.parametrize("lang", LANGS)
def test_the_spider_says_the_effect_of_the_ranking_with_its_interval(clear, lang):
    (row,) = [one for one in clear.ranking["outcomes"]["y"]["levers"] if one["lever"] == "a"]
    ends = clear.amounts("y", [row[key] for key in ("effect", "effect_low", "effect_high")], lang, sign=True)
    reading = draw("spider", View(sweep=clear), lang).reading
    assert all(one in reading for one in ends), (ends, reading)


@pytest.mark.parametrize("lang", LANGS)
def test_factors_without_an_interval_leave_the_first_open_in_every_figure(tmp_path, lang):
    found = swept(tmp_path / "store", lambda s, seed: {"y": 3.0 * s["a"] + s["b"] + 0.001 * noise(seed)}, {"method": "morris", "samples": 4}, 1)
    one = found.ranking["outcomes"]["y"]
    one["levers"][0] |= {"rank": None, "mu_star_low": None, "mu_star_high": None}  # as of one that took too few distinct steps
    one["levers"][1] |= {"rank": 1, "rank_low": 1, "mu_star_low": 0.5}
    for name in OF_SWEEPS:
        figure = draw(name, View(sweep=found), lang)
        assert ("给不出区间" if lang == "zh" else "too few rows for an interval") in figure.reading, figure.reading
        assert not any(text in figure.reading for text in LARGEST[lang]), figure.reading


@pytest.mark.parametrize("lang", LANGS)
def test_two_that_may_each_be_first_are_both_named(clear, lang):
    rows = [{**one, "rank_low": 1, "rank_high": 2} for one in clear.ranking["outcomes"]["y"]["levers"]]
    both = type(clear)(**{**vars(clear), "ranking": {**clear.ranking, "outcomes": {"y": {**clear.ranking["outcomes"]["y"], "levers": rows}}}})
    said, first = leading(both, "y", lang)
    assert sorted(first) == ["a", "b"] and ("先后未定" if lang == "zh" else "cannot be told") in said
    assert ("先后未定" if lang == "zh" else "order among the others being open") in draw("tornado", View(sweep=both), lang).reading


@pytest.mark.parametrize("lang", LANGS)
def test_without_a_ranking_the_ends_of_a_range_are_compared_over_replications(tmp_path, lang):
    design = {"method": "one_at_a_time", "levels": 3}
    model = lambda s, seed: {"y": 5 * s["a"] + s["b"] * 1e-3 * noise(seed)}  # noqa: E731
    four, one = (swept(tmp_path / str(n), model, design, n) for n in (4, 1))
    mean, low, high = ends_apart(four, "a", "y")
    assert four.ranking is None and low <= mean <= high and mean == pytest.approx(5.0, abs=1e-2)
    said, first = leading(four, "y", lang, (1.0, ""))
    assert first == ["a"] and "95" in said and ("对y的影响最大" if lang == "zh" else ") matters most for y") in said
    said, _ = leading(one, "y", lang, (1.0, ""))
    assert ("没有区间" if lang == "zh" else "no interval") in said and "95" not in said
    chance = swept(tmp_path / "chance", lambda s, seed: {"y": noise(seed, s["a"], s["b"])}, design, 4)
    said, first = leading(chance, "y", lang)
    assert first == [] and ("没有一个" if lang == "zh" else "For none") in said


@pytest.fixture(scope="module")
def pingliang():
    from zonesim.experiments.study import study
    from zonesim.scenario import load_scenario

    small = ["founding.scale=50", "horizon.end=2023Q4"]
    return study([load_scenario(ROOT / "scenarios" / "pingliang" / f"{name}.yaml", small) for name in ("baseline", "pingliang_2023")], 3, 1, workers=1)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(
    ("differences", "kind"), [((-31.0, -19.0, -92.0), "open"), ((-31.0, -30.0, -32.0), "down"), ((30.0, 31.0, 32.0), "up"), ((0.0, 0.0, 0.0), "none")]
)
def test_land_built_on_is_compared_pair_by_pair(pingliang, differences, kind, lang):
    """The mean of three pairs is told with its t interval, and as a difference only where that leaves zero out."""
    from zonesim.experiments.effects import mean_interval

    table = pingliang.breakdown.copy()
    city, reform = pingliang.run["region"]["id"], pingliang.run["scenarios"][1]["id"]
    base = table[(table["scenario"] != reform) & (table["replication"] == 0)]
    table = pd.concat(
        [base.assign(scenario=name, replication=n) for name in (pingliang.run["scenarios"][0]["id"], reform) for n in range(3)], ignore_index=True
    )
    at = (
        (table["by"] == "land")
        & (table["place"] == city)
        & (table["part"] == "built_industrial")
        & (table["period"].astype(str) == "2023")
        & (table["scenario"] == reform)
    )
    assert at.sum() == 3
    for n, difference in enumerate(differences):
        table.loc[at & (table["replication"] == n), "value"] += 100 * difference
    pingliang_changed = type(pingliang)(**{**vars(pingliang), "breakdown": table})
    reading = draw("land", View([pingliang_changed]), lang, Choice(place=city)).reading
    words = {
        "open": ("与零无法区分", "cannot be told from zero"),
        "down": ("少建成 -", "builds on less: -"),
        "up": ("多建成 +", "builds on more: +"),
        "none": ("完全相同", "exactly as much"),
    }
    assert words[kind][lang == "en"] in reading, reading
    assert ("，可与零区分" in reading or "which can be told from zero" in reading) == (kind in ("up", "down")), reading
    if kind != "none":
        mean, low, high = mean_interval(pd.Series(differences).to_numpy() * 100)
        assert all(end in reading for end in beside([mean, low, high], "mu", lang, sign=True)), (low, high, reading)


@pytest.mark.parametrize("lang", LANGS)
def test_a_payment_is_the_largest_change_only_where_it_can_be_told_from_zero(pingliang, lang):
    view = View([pingliang])
    costs = view.costs.copy()
    pay = costs.index[(costs["unit"] == "10k CNY") & (costs["payer"] != "all")]
    costs.loc[pay, ["value", "low", "high"]] = (5.0, -1.0, 11.0)
    costs.loc[pay[0], ["value", "low", "high"]] = (900.0, -50.0, 1850.0)
    view = View([type(pingliang)(**{**vars(pingliang), "costs": costs})])
    reading = draw("costs", view, lang, QUESTIONS["costs"].choices(view)[0]).reading
    assert (f"{len(pay)} 项支付的变化都与零无法区分" if lang == "zh" else f"none of {len(pay)} changes of payments can be told from zero") in reading
    costs.loc[pay[1], ["value", "low", "high"]] = (7.0, 6.0, 8.0)
    view = View([type(pingliang)(**{**vars(pingliang), "costs": costs})])
    reading = draw("costs", view, lang, QUESTIONS["costs"].choices(view)[0]).reading
    assert ("只有一项支付的变化可与零区分" if lang == "zh" else "one change of payments can be told from zero, ") in reading and (
        "+7.00万元" if lang == "zh" else "+70.0k CNY"
    ) in reading


@pytest.mark.parametrize("lang", LANGS)
def test_a_course_says_where_its_difference_cannot_be_told_from_zero(pingliang, lang):
    effects = pingliang.effects.copy()
    open_ = "与零无法区分" if lang == "zh" else "cannot be told from zero"
    for ends, said in (((1.0, -2.0, 4.0), True), ((1.0, 0.5, 1.5), False)):
        effects[["effect", "low", "high"]] = ends
        view = View([type(pingliang)(**{**vars(pingliang), "effects": effects})])
        assert (open_ in draw("time", view, lang).reading) == said
