"""What holds for every figure of the register, whatever it is given."""

import copy
import json
import re

import numpy as np
import pandas as pd
import pytest

from zonesim.experiments.experiment import Experiment
from zonesim.experiments.study import study
from zonesim.experiments.sweep import sweep
from zonesim.report.figures import QUESTIONS, SECTIONS, Choice, draw, every_figure
from zonesim.report.figures.nested import parks_within, whole_zones
from zonesim.report.figures.sweep_points import MOST_LINES, MOST_MARKS
from zonesim.report.sweeps import Sweep, read_sweep
from zonesim.report.texts import catalogue
from zonesim.report.view import View
from zonesim.report.words import LANGS

SCENARIOS = sorted(one.id for one in QUESTIONS.values() if not set(one.needs) & {"ranking", "points"})
SWEEPS = sorted(one.id for one in QUESTIONS.values() if set(one.needs) & {"ranking", "points"})


def model(settings, seed):
    luck = (seed % 1000) / 1000
    return {"y": 3 * settings["a"] + settings["b"] ** 2 + 0.01 * luck, "z": 1 - settings["a"] + (settings["c"] == "x")}


@pytest.fixture(scope="module")
def results():
    from tests.conftest import LANZHOU
    from zonesim.scenario import load_scenario

    short = ["horizon.end=2017Q4", "founding.scale=20"]
    scenarios = [load_scenario(LANZHOU / "baseline.yaml", short), load_scenario(LANZHOU / "plan_2015.yaml", short)]
    small = load_scenario(LANZHOU / "plan_2015.yaml", [*short, "id=small", "policies.tax_return.tax_increment_return_share=0.3"])
    return study([*scenarios, small], 2, 1, workers=1)


@pytest.fixture(scope="module")
def design(tmp_path_factory):
    found = {}
    for method in ("sobol", "morris"):
        folder = tmp_path_factory.mktemp(method) / "store"
        levers = {"a": {"low": 0, "high": 1}, "b": {"low": 0, "high": 1}, "c": {"values": ["x", "y"]}}
        outcomes = [{"name": "y", "target": 2.0}, {"name": "z", "target": 1.0, "direction": "at most"}]
        sweep(
            Experiment(
                model=model,
                levers=levers,
                outcomes=outcomes,
                design={"method": method, "samples": 16, **({"second_order": True} if method == "sobol" else {})},
                replications=2,
            ),
            folder,
            workers=0,
        )
        found[method] = read_sweep(folder)
    return found


@pytest.fixture(scope="module", params=["one_at_a_time", "sobol"])
def doubtful(request, tmp_path_factory):
    """A sweep of a lever and an uncertainty, whose high end is best for both outcomes."""
    folder = tmp_path_factory.mktemp("doubtful") / "store"
    factors = {"levers": {"a": {"low": 0, "high": 1, "default": 0.5}}, "uncertainties": {"u": {"low": 0, "high": 1, "default": 0.5}}}
    outcomes = [{"name": "y", "target": 2.0}, {"name": "z", "target": 1.0}]
    design = {"method": request.param, **({"levels": 3} if request.param == "one_at_a_time" else {"samples": 8})}
    sweep(
        Experiment(model=lambda s, seed: {"y": s["a"] + 10 * s["u"], "z": 10 * s["u"] - s["a"]}, outcomes=outcomes, design=design, **factors), folder, workers=0
    )
    return request.param, read_sweep(folder)


@pytest.fixture(scope="module")
def view(results):
    return View([results])


def only(results, scenarios, replications):
    """Return a study of fewer scenarios and replications, with the tables that it would have had."""
    found = copy.copy(results)
    ids = [one["id"] for one in results.run["scenarios"]][:scenarios]
    found.run = {**results.run, "scenarios": results.run["scenarios"][:scenarios], "replications": replications}
    for name in ("indicators", "ledger", "breakdown"):
        table = getattr(results, name)
        setattr(found, name, table[table["scenario"].isin(ids) & (table["replication"] < replications)])
    for name in ("effects", "net", "costs", "targets"):
        table = getattr(results, name)
        table = table[table["scenario"].isin(ids)].copy()
        if replications == 1:
            for column in {"low", "high", "variance_ratio"} & set(table.columns):
                table[column] = np.nan
        setattr(found, name, table if len(table) else None)
    return found


def sound(figure, lang):
    """Check what every figure must have; return its JSON."""
    assert re.fullmatch(r"[A-Za-z0-9_.@-]+", figure.id), figure.id
    for part in (figure.title, figure.alt, figure.reading):
        assert part.strip() and not re.search(r"\{\w*\}|nan|None|Traceback", part), part
    if lang == "zh":
        assert re.search("[\u4e00-\u9fff]", figure.reading) and re.search("[\u4e00-\u9fff]", figure.alt)
    else:
        assert not re.search("[\u3000-\u303f\uff00-\uffef]", figure.reading), figure.reading
    assert figure.table.columns and figure.table.rows
    assert all(len(row) == len(figure.table.columns) for row in figure.table.rows)
    for row in figure.table.written(lang):
        assert all(isinstance(cell, str) for cell in row)
    assert figure.spec["data"] and figure.spec["layout"]["height"] >= 100
    figure.plot  # noqa: B018  (Plotly's own checks of every property)
    return json.dumps(figure.spec, ensure_ascii=False, allow_nan=False)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", SCENARIOS)
def test_every_figure_of_scenarios_has_a_table_a_text_and_a_reading_and_shows_the_baseline(view, name, lang):
    assert QUESTIONS[name].fits(view), f"the view of this test must have what {name} needs"
    choices = QUESTIONS[name].choices(view)
    assert choices
    for choice in choices[:4]:
        figure = draw(name, view, lang, choice)
        assert figure is not None
        drawn = sound(figure, lang)
        baseline = view.baseline.name(lang)
        headings = " ".join([column.title for column in figure.table.columns] + [str(row[0]) for row in figure.table.rows])
        assert any(baseline in text for text in (drawn, drawn.replace("<br>", " "), drawn.replace("<br>", ""), headings)), f"{figure.id} shows no baseline"


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", SWEEPS)
def test_every_figure_of_a_sweep_is_sound(design, name, lang):
    view = View(sweep=design["morris" if name == "plane" else "sobol"])
    figures = [draw(name, view, lang, choice) for choice in QUESTIONS[name].choices(view)]
    assert figures and all(figure is not None for figure in figures)
    for figure in figures:
        sound(figure, lang)


@pytest.mark.parametrize(("scenarios", "replications"), [(1, 1), (1, 2), (2, 1), (3, 1)])
def test_figures_survive_one_scenario_and_one_replication(results, scenarios, replications):
    view = View([only(results, scenarios, replications)])
    for lang in LANGS:
        asked = every_figure(view, lang)
        assert {one.id for one, _ in asked} >= {"time", "zones", "land", "money", "map"}
        for _, figures in asked:
            for figure in figures[:2]:
                sound(figure, lang)


def test_figures_survive_values_that_are_no_numbers(results):
    broken = only(results, 3, 2)
    luck = np.random.default_rng(0)
    for name in ("indicators", "effects", "net", "costs", "targets", "breakdown"):
        table = getattr(broken, name).copy()
        for column in {"value", "baseline", "effect", "low", "high", "mean", "probability"} & set(table.columns):
            table.loc[luck.random(len(table)) < 0.3, column] = np.nan
        setattr(broken, name, table)
    view = View([broken])
    for _, figures in every_figure(view, "en"):
        for figure in figures[:3]:
            json.dumps(figure.spec, allow_nan=False)
            assert figure.reading and figure.table.rows


def test_each_question_has_its_texts_and_a_section():
    for name, asked in QUESTIONS.items():
        assert asked.section in SECTIONS
        for lang in LANGS:
            assert {f"figure.{name}.{part}" for part in ("title", "question", "alt")} <= set(catalogue(lang))
            assert asked.title(lang) and asked.asks(lang)


def test_scenarios_that_coincide_stay_visible(results):
    view = View([results])
    figure = draw("time", view, "en")
    lines = [trace for trace in figure.spec["data"] if trace.get("mode") == "lines+markers"]
    looks = {(trace["line"]["dash"], trace["marker"]["symbol"], trace["line"]["color"]) for trace in lines}
    assert len(looks) == len(view.scenes) and lines[0]["line"]["width"] > 2 * lines[1]["line"]["width"], "the baseline is broad and lies below"


def test_a_null_reform_is_told_as_exactly_nothing(results):
    from zonesim.report.summary import sentences

    same = only(results, 2, 2)
    same.effects = same.effects.copy()
    for column in ("effect", "low", "high"):
        same.effects[column] = 0.0
    said = dict(sentences(View([same]), "en"))
    assert any("exactly no change" in text for text in said.values())


def test_non_dominated_settings_are_found_in_both_directions(design):
    figure = draw("tradeoff", View(sweep=design["sobol"]), "en")
    points = design["sobol"].points
    front = np.array([[row[0], row[1]] for row in figure.table.rows], dtype=float)
    for y, z in front:  # y at least, z at most: nothing is at least as good in both and better in one
        better = (points["y"] >= y) & (points["z"] <= z) & ((points["y"] > y) | (points["z"] < z))
        assert not better.any()
    assert len(front) >= 1


@pytest.mark.parametrize("lang", LANGS)
def test_zones_and_map_name_only_what_can_be_told_from_zero(results, lang):
    found = only(results, 2, 2)
    effects = found.effects.copy()
    effects["low"], effects["high"] = -abs(effects["effect"]) - 1, abs(effects["effect"]) + 1  # doubt everywhere ...
    last = max(one for one in effects["period"].astype(str) if "Q" not in one)
    at = {level: effects[(effects["level"] == level) & (effects["indicator"] == "gdp") & (effects["period"] == last)].index for level in ("zone", "park")}
    for rows in at.values():  # ... but in one zone and one park, which lose
        effects.loc[rows[0], ["effect", "low", "high"]] = (-20.0, -30.0, -10.0)
    found.effects = effects
    view = View([found])
    sure, others = view.place(str(effects.loc[at["zone"][0], "place"]), lang), [view.place(str(effects.loc[k, "place"]), lang) for k in at["zone"][1:]]
    reading = draw("zones", view, lang).reading
    n = len(whole_zones(view)) - 1  # wholes and their parts are counted apart
    assert sure in reading and not any(one in reading for one in others if one not in sure)
    assert (f"其余园区中，{n} 个与零无法区分" if lang == "zh" else f"others: {n} cannot be told from zero") in reading
    assert ("减少可与零区分的有 1 个：" if lang == "zh" else "a fall can be told from zero in 1: ") in reading
    drawn = draw("map", view, lang, QUESTIONS["map"].choices(view)[0])
    symbols, parks = drawn.spec["data"][0]["marker"]["symbol"], drawn.spec["data"][0]["customdata"]
    assert sorted(parks) == sorted(one["id"] for one in view.parks() if one.get("lon") is not None)
    sure = str(effects.loc[at["park"][0], "place"])
    assert [one for one, symbol in zip(parks, symbols, strict=True) if symbol == "circle"] == [sure]
    assert view.place(sure, lang) in drawn.reading, "a park of a zone with offices below it is not called by the name of the whole zone"
    assert ("减少可与零区分的有 1 个：" if lang == "zh" else "a fall can be told from zero in 1: ") in drawn.reading, "of one there is no largest"
    assert symbols.count("circle-x") == len(parks) - 1 and ("与零无法区分" if lang == "zh" else "cannot be told") in drawn.note
    for rows in at.values():
        effects.loc[rows[0], ["low", "high"]] = (-30.0, 1.0)
    found.effects = effects
    none = draw("zones", View([found]), lang).reading
    assert ("可与零区分" if lang == "zh" else "can be told") not in none
    assert [int(one) for one in re.findall(r"\b([0-9]+) (?:个与零|cannot)", none)] == [len(whole_zones(view)), len(parks_within(view))]


@pytest.mark.parametrize("lang", LANGS)
def test_what_is_next_to_nothing_or_exactly_nothing_is_said_to_be_so(results, lang):
    """A change of a millionth that can be told from zero is no fall, one that is zero in every run is no doubt; and of many places some stand out by chance."""
    from zonesim.report.summary import sentences

    found = only(results, 2, 2)
    effects = found.effects.copy()
    small = 1e-6 * effects["baseline"].abs()
    effects["effect"], effects["low"], effects["high"] = -small, -1.2 * small, -0.8 * small
    same = effects["place"].isin(sorted(effects.loc[effects["level"].isin(("zone", "park")), "place"].unique())[::2])
    effects.loc[same, ["effect", "low", "high"]] = 0.0
    found.effects = effects
    view = View([found])
    last = effects[(effects["period"].astype(str) == view.years[-1]) & (effects["indicator"] == "employment") & (effects["baseline"] > 0)]
    unchanged = int((last["effect"] == 0)[last["level"] == "zone"].sum())
    assert unchanged
    for name, choice in (
        ("where", None),
        ("map", None),
        ("zones", Choice(indicator="employment")),
        ("effects", None),
        ("gains", Choice(second="county", place=view.city)),
    ):
        figure = draw(name, view, lang, choice)
        told = ("可与零区分", "can be told from zero")
        if name != "gains":
            assert not any(one in figure.reading for one in told), figure.reading
            assert ("几乎没有" if lang == "zh" else "practically") in figure.reading and ("0.1%" if lang == "zh" else "0.1 %") in figure.reading
        if name in ("where", "zones"):
            assert (f"{unchanged} 个完全不变" if lang == "zh" else f"{unchanged} exactly unchanged") in figure.reading, figure.reading
        if name in ("where", "map", "effects"):
            assert ("每二十个" if lang == "zh" else "one in twenty") in figure.note, name
    verdicts = {row[-1] for row in draw("where", view, lang).table.rows}
    assert (
        verdicts <= {"几乎没有变化（不到基准的0.1%）", "完全不变", "practically unchanged (below 0.1 % of the baseline)", "exactly unchanged"}
        and len(verdicts) == 2
    )
    said = " ".join(text for _, text in sentences(view, lang))
    assert "可与零区分" not in said and "can be told from zero" not in said and ("几乎没有变化" if lang == "zh" else "practically no change") in said
    effects.loc[(effects["level"] == "outside") & (effects["indicator"] == "employment"), ["effect", "low", "high"]] = (-90.0, -99.0, -80.0)
    found.effects = effects
    net = found.net.copy()
    net.loc[net["component"] == "change elsewhere in the region", ["value", "low", "high"]] = (-900.0, -990.0, -800.0)
    found.net = net
    text = " ".join(text for heading, text in sentences(View([found]), lang))
    assert ("岗位减少可与零区分" if lang == "zh" else "a fall of jobs can be told from zero") in text and (
        "每二十个" if lang == "zh" else "one in twenty"
    ) in text


@pytest.mark.parametrize("lang", LANGS)
def test_the_summary_says_net_jobs_and_support_with_their_doubt(results, lang):
    from zonesim.report.summary import sentences

    found = only(results, 2, 2)
    net = found.net.set_index("component")
    ends = ["value", "low", "high"]
    net.loc["gross", ends], net.loc["deadweight", ends] = (24_200.0, 24_000.0, 24_400.0), (24_900.0, 24_800.0, 25_000.0)
    net.loc["more lost in the zone", ends] = (-1039.0, -1100.0, -900.0)
    net.loc["gain of the zone", ends], net.loc["net gain of the region", ends] = (339.0, -111.0, 789.0), (364.0, 122.0, 606.0)
    found.net = net.reset_index()
    costs = found.costs.copy()
    whole = costs["kind"].str.startswith("support passed")
    costs.loc[whole, ends] = (1024.0, -77.0, 2125.0)
    costs.loc[costs["unit"] == "10k CNY/job", ends] = (2.8, -0.2, 6.0)
    found.costs = costs
    view = View([found])
    open_, said = ("与零无法区分" if lang == "zh" else "cannot be told from zero"), " ".join(text for _, text in sentences(view, lang))
    for text in (said, draw("net", view, lang, QUESTIONS["net"].choices(view)[0]).reading):
        doubtful, sure = ("-111至+789，" if lang == "zh" else "-111 to +789; ") + open_, "+122至+606）" if lang == "zh" else "+122 to +606)"
        assert doubtful in text and sure in text, text
        assert ("还少 700个" if lang == "zh" else "700 fewer than") in text and ("其中 2.49万" if lang == "zh" else "of which 24.9k") not in text
        assert ("变动 -1,039 个" if lang == "zh" else "change by -1,039") in text
    support = "+1,024万元（95%区间 -77.0至+2,125万元，" if lang == "zh" else "+10.2M CNY (95 % interval -0.77 to +21.2M CNY; "
    assert support + open_ in said
    assert ("不折算每个岗位的成本" if lang == "zh" else "no cost per job is given") in said
    net.loc["deadweight", ends] = (20_000.0, 19_800.0, 20_200.0)
    net.loc["change elsewhere in the region", ends] = (-6000.0, -7000.0, -5000.0)
    found.net = net.reset_index()
    said = " ".join(text for _, text in sentences(View([found]), lang))
    assert ("变动 -6,000（95%区间 -7,000至-5,000）" if lang == "zh" else "change is -6,000 (95 % interval -7,000 to -5,000)") in said
    assert ("其中 2.00万个在基准下也会有" if lang == "zh" else "20.0k of them come in the baseline too") in said


@pytest.mark.parametrize("lang", LANGS)
def test_no_probability_of_a_target_stands_without_its_interval(results, design, lang):
    from zonesim.report.summary import at_a_glance, sentences

    found = only(results, 2, 2)
    targets = found.targets.copy()
    for column, value in {"n": 3, "met": 0, "probability": 0.0, "low": 0.0, "high": 0.5615}.items():  # none of three, by Wilson
        targets[column] = value
    found.targets = targets
    view = View([found])
    odds = "3 次中 0 次，概率 0至56%" if lang == "zh" else "0 of 3 runs, probability 0 to 56 %"
    figure = draw("targets", view, lang)
    written = [text for trace in figure.spec["data"] for text in trace.get("text") or []]
    assert odds in figure.reading and written and all(odds in text for text in written)
    (place,) = set(targets["place"])
    assert figure.title.endswith(view.place(place, lang)), "whose targets they are"
    assert not any("p =" in text for text in written) and "Wilson" in figure.note
    said = " ".join(text for _, text in sentences(view, lang))
    assert said.count(odds) == (targets["scenario"] == view.reforms[0].id).sum()
    assert any(odds in cell for row in at_a_glance(view, lang).written(lang) for cell in row)
    row = max(design["sobol"].ranking["targets"], key=lambda one: one["probability"])
    ends = [f"{100 * row[key]:.0f}" for key in ("low", "high")]
    assert ("%至" if lang == "zh" else " % to ").join(ends) in draw("probability", View(sweep=design["sobol"]), lang).reading


@pytest.mark.parametrize("name", ["parallel", "tradeoff"])
def test_a_large_sweep_is_drawn_in_part_by_the_order_of_the_design(name):
    n = 10_000
    rng = np.random.default_rng(3)
    points = pd.DataFrame({"row": np.arange(n), "x": rng.random(n), "y": rng.random(n), "z": rng.random(n), "runs": 1})
    points.loc[4321, ["y", "z"]] = 2.0, -1.0  # y at least, z at most: beats all
    outcomes = tuple(
        {"name": one, "indicator": one, "place": "p", "period": "1", "unit": "", "target": None, "direction": to}
        for one, to in (("y", "at least"), ("z", "at most"))
    )
    factor = {"name": "x", "role": "lever", "low": 0.0, "high": 1.0, "unit": ""}

    def drawn(rows):
        return draw(
            name,
            View(sweep=Sweep("s", "s", "s", None, rows, (factor,), outcomes, {"counts": {}})),
            "en",
            Choice(outcome="y", second="z" if name == "tradeoff" else ""),
        )

    figure = drawn(points)
    traces = figure.spec["data"]
    shown = sum(trace["x"].count(None) if name == "parallel" else len(trace["x"]) for trace in traces)
    assert shown == (MOST_LINES if name == "parallel" else MOST_MARKS) and f"{shown} of {n} settings" in figure.note
    assert any(2.0 in trace["y"] or 2.0 in trace["x"] for trace in traces) if name == "tradeoff" else 2.0 in [row[1] for row in figure.table.rows]
    other = drawn(points.sample(frac=1.0, random_state=1))

    def lines(one):
        pairs = [pair for trace in one.spec["data"] for pair in zip(trace["x"], trace["y"], strict=True)]
        return sorted(map(str, pairs))

    assert lines(other) == lines(figure), "which are drawn does not depend on the order of writing"


@pytest.mark.parametrize("lang", LANGS)
def test_no_uncertainty_of_a_sweep_is_recommended_or_called_a_lever(doubtful, lang):
    from zonesim.report.provenance import facts
    from zonesim.report.rankings import how_ranked

    method, found = doubtful
    view, mark = View(sweep=found), "（不确定因素）" if lang == "zh" else " (uncertainty)"
    spider, tradeoff = draw("spider", view, lang), draw("tradeoff", view, lang)
    assert spider.reading.startswith("u" + mark) and {str(row[0]) for row in spider.table.rows} == {"a", "u" + mark}
    assert ("手段" if lang == "zh" else "lever") not in spider.reading + spider.note + spider.title + " ".join(one.title for one in spider.table.columns)
    alone = "只变动这一个因素" if lang == "zh" else "moves this factor alone"
    assert (alone in spider.note) == (method == "one_at_a_time") and (("同时变化" if lang == "zh" else "varying with it") in spider.note) == (method == "sobol")
    assert [column.title for column in tradeoff.table.columns][-2:] == ["a", "u" + mark]
    assert ("规划者" if lang == "zh" else "no planner can choose") in tradeoff.reading and ("橙" if lang == "zh" else "orange") in tradeoff.note
    if method == "one_at_a_time":  # the point with the best uncertainty beats all others, and is no choice
        assert {float(row[-1]) for row in tradeoff.table.rows} == {0.5} and len(tradeoff.table.rows) > 1
    shown = " ".join(text for _, text in facts(view, lang))
    assert "one_at_a_time" not in shown and (lang == "en" or method == "sobol" or "逐个变动" in shown)
    if found.ranking is not None:
        assert "one_at_a_time" not in how_ranked(found.ranking, lang)


@pytest.mark.parametrize("lang", LANGS)
def test_the_net_of_jobs_has_its_own_scale_and_paired_interval_and_levels_have_none(results, lang):
    found = only(results, 2, 2)
    net = found.net.set_index("component")
    ends = ["value", "low", "high"]
    net.loc["gross: new", ends] = (7426.0, -2795.0, 17_646.0)
    net.loc["deadweight", ends] = (7423.0, -2800.0, 17_650.0)
    net.loc["gain of the zone", ends], net.loc["net gain of the region", ends] = (3.0, -1.0, 7.0), (2.0, 1.0, 3.0)
    net.loc["change elsewhere in the region", ends] = (-1.0, -6.0, 4.0)
    found.net = net.reset_index()
    shown = View([found])
    made = draw("net", shown, lang, QUESTIONS["net"].choices(shown)[0])
    barred = [trace for trace in made.spec["data"] if trace.get("error_y")]
    assert [trace["yaxis"] for trace in barred] == ["y2"]
    assert list(barred[0]["y"]) == [3.0, -1.0, 2.0]
    assert list(barred[0]["error_y"]["arrayminus"]) == [4.0, 5.0, 1.0] and list(barred[0]["error_y"]["array"]) == [4.0, 5.0, 1.0]
    assert made.spec["layout"]["yaxis2"]["domain"][1] < made.spec["layout"]["yaxis"]["domain"][0]
    lows = {row[1]: row[2] for row in made.table.rows}
    assert lows[7426.0] == lows[7423.0] == 0.0 and lows[3.0] == -1.0
