"""What people see in figures: names on the map that cover nothing, what one scenario alone shows, which place comes first, words and numbers of tables."""

import itertools
import re

import pytest

from tests.conftest import ROOT
from zonesim.report.figures.canvas import BOTTOM, TOP, WIDTHS, Canvas, Spot
from zonesim.report.figures.labels import Mark, box, covers, crosses, overlap, place
from zonesim.scenario import load_scenario

REGIONS = ("hebei_county", "lanzhou", "pingliang", "sanming", "zhangye")


def spots(region, lang, radius):
    """Return the spots of a shipped region with circles of about this size."""
    of = load_scenario(ROOT / "scenarios" / region / "baseline.yaml").region
    parks = [Spot(one.longitude, one.latitude, getattr(one, lang), radius * (1 - 0.5 * k / len(of.parks))) for k, one in enumerate(of.parks.values())]
    return parks + [Spot(one.longitude, one.latitude, getattr(one, lang)) for one in of.counties.values()]


@pytest.mark.parametrize("radius", [6.0, 18.0, 30.0])
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("region", REGIONS)
def test_no_name_lies_on_another_on_a_circle_or_outside_the_plot(region, lang, radius):
    known = spots(region, lang, radius)
    for width in WIDTHS:
        ground = Canvas(known, width)
        marks = [mark for _, mark, _ in ground.labels]
        named = [(mark, at, box(mark, at)) for _, mark, at in ground.labels if at is not None]
        assert len(ground.annotations()) == len(named) + ground.numbered and len(named) >= min(3, len(marks))
        if ground.numbered:
            assert ground.narrow and ground.unnamed() <= len(ground.parks) // 3, "a number has room where a name has none"
            listed = ground.annotations()[-1]["text"].split("<br>")
            assert listed == [f"<b>{k}</b> {one.name}" for k, one in enumerate(ground.parks, 1)] and ground.bottom > BOTTOM
        for _, _, mine in named:
            assert 0 <= mine[0] < mine[2] <= ground.wide and 0 <= mine[1] < mine[3] <= ground.tall, (width, mine)
            assert not any(covers(mine, mark) for mark in marks)
        for (a, at, mine), (b, other_at, other) in itertools.combinations(named, 2):
            assert not overlap(mine, other), (width, a.text, b.text)
            assert not (at.led and crosses((a.x, a.y), (a.x + at.dx, a.y + at.dy), other)), f"the leader of {a.text} crosses {b.text}"
            assert not (other_at.led and crosses((b.x, b.y), (b.x + other_at.dx, b.y + other_at.dy), mine)), f"the leader of {b.text} crosses {a.text}"
    wide, parks = Canvas(known, WIDTHS[-1]), sum(one.radius > 0 for one in known)
    if radius < 30:
        assert wide.unnamed() <= parks // 8, "on a wide page next to every park has its name"


def test_labels_have_the_same_places_whenever_they_are_asked_for():
    marks = [Mark(50 + 9 * k, 60 + 5 * (k % 3), 8, f"park {k}") for k in range(9)]
    assert place(marks, (200, 150)) == place(list(marks), (200, 150))
    assert None in place(marks, (70, 40)), "one without room is left to the table"


@pytest.fixture(scope="module")
def views(tmp_path_factory):
    """A small comparison of Pingliang, and its baseline alone."""
    from zonesim.experiments.study import study
    from zonesim.report.view import View

    base, small = ROOT / "scenarios" / "pingliang", ["founding.scale=50", "horizon.end=2024Q4"]
    scenarios = [load_scenario(base / "baseline.yaml", small), load_scenario(base / "pingliang_2023.yaml", small)]
    pair, alone = study(scenarios, 2, 1, workers=1), study(scenarios[:1], 2, 1, workers=1)
    return View([pair]), View([alone])


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_scenario_alone_is_shown_by_its_level_without_a_bar_of_effects(views, lang):
    from zonesim.report.figures import draw

    pair, alone = (draw("map", view, lang) for view in views)
    effect, without = ("效果", "没有可与之比较的") if lang == "zh" else ("Effect", "nothing here to compare with")
    assert without in alone.note and without not in pair.note
    marker = alone.spec["data"][0]["marker"]
    assert "colorbar" not in marker and isinstance(marker["color"], str) and "cmin" not in marker
    assert not any(effect in text for text in alone.spec["data"][0]["hovertext"]) and all(effect in text for text in pair.spec["data"][0]["hovertext"])
    assert len(alone.table.columns) == 4 and not any(effect in column.title for column in alone.table.columns)
    for frame in alone.spec["frames"]:
        assert isinstance(frame["data"][0]["marker"]["color"], str)
    assert not any("colorbar" in key for one in alone.spec["layout"]["meta"]["sizes"] for key in one["trace"])


def test_the_replay_lies_below_its_slider_and_each_width_is_a_map_of_its_own(views):
    from zonesim.report.figures import draw
    from zonesim.report.figures.canvas import BUTTONS, SLIDER

    drawn = draw("map", views[0], "zh").spec["layout"]
    tall = drawn["height"] - TOP - BOTTOM
    assert drawn["sliders"][0]["len"] == 1 and BUTTONS - SLIDER > 85, "the slider with its labels is about 80 pixels high"
    assert drawn["updatemenus"][0]["y"] == pytest.approx(-BUTTONS / tall, abs=1e-6) and not drawn["margin"]["autoexpand"]
    assert [one["width"] for one in drawn["meta"]["sizes"]] == list(WIDTHS) and drawn["width"] == WIDTHS[-1]
    sizes = draw("map", views[0], "zh").spec["data"][0]["marker"]["size"]
    assert max(sizes) == sizes[0], "small circles lie on top of large ones"
    for one in drawn["meta"]["sizes"]:
        assert one["layout"]["width"] == one["width"] and one["layout"]["annotations"]
    assert drawn["annotations"] == drawn["meta"]["sizes"][-1]["layout"]["annotations"]


def test_figures_and_the_summary_begin_with_the_whole_region(views):
    from zonesim.report.figures import QUESTIONS, draw
    from zonesim.report.summary import at_a_glance, sentences

    view = views[0]
    assert view.focus != view.city, "else nothing is tested"
    for name in ("effects", "time", "land", "gains"):
        places = [one.place for one in QUESTIONS[name].choices(view)]
        assert places[0] == view.city and view.focus in places, name
        assert view.place(view.city, "zh") in draw(name, view, "zh").title + draw(name, view, "zh").reading
    built = draw("land", view, "en").table
    assert all(isinstance(cell, float) for cell in built.rows[0][2:-1]) and built.rows[0][2] > 0 and built.rows[0][-1] == "mu"
    (said,) = [text for heading, text in sentences(view, "zh") if heading == view.reforms[0].name("zh")]
    assert said.startswith("平凉市") and at_a_glance(view, "zh").columns[1].title.startswith("平凉市")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_pairing_saves_is_said_as_a_person_needs_it(views, lang):
    from zonesim.report.figures import draw

    figure = draw("effects", views[0], lang)
    titles = [column.title for column in figure.table.columns]
    saved = "配对省下的运行（倍）" if lang == "zh" else "Runs saved by pairing (times)"
    assert titles[-1] == saved and saved.partition("（")[0].partition(" (")[0] in figure.note, "what it is stands below the figure"
    assert len(titles) == 10, "with one scenario no column repeats its name"
    ratios = [row[-1] for row in figure.table.rows]
    texts = [row[-1] for row in figure.table.written(lang)]
    for ratio, text in zip(ratios, texts, strict=True):
        assert text == "–" if ratio != ratio else (text == ("超过 1,000" if lang == "zh" else "over 1,000")) == (ratio > 1000)
    assert any(ratio > 1000 for ratio in ratios), "else nothing is tested"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_sentence_on_money_names_the_largest_payment_of_clauses_and_of_law_apart(views, lang):
    from zonesim.report.figures import QUESTIONS, draw
    from zonesim.report.figures.axes import money, written
    from zonesim.report.figures.money import is_law, yearly_flows
    from zonesim.report.figures.where import inside
    from zonesim.report.words import word

    view = views[0]
    flows = yearly_flows(view, view.reforms[0].id)
    parts = {by_law: flows[flows["cause"].map(is_law) == by_law] for by_law in (True, False)}
    assert all(len(part) for part in parts.values()), "else nothing is tested"
    said = draw("money", view, lang, QUESTIONS["money"].choices(view)[0]).reading
    clauses, law = said.split("法定税收" if lang == "zh" else "taxes and spending by law")
    for text, part in ((clauses, parts[False]), (law, parts[True])):
        top = part.loc[part["amount"].idxmax()]
        of_table = money(flows["amount"], "10k CNY", lang)
        sizes = [written([float(one)], "10k CNY", lang, of_table)[0] for one in (part["amount"].sum(), top["amount"])]
        for expected in (*sizes, inside(word(top["kind"], lang))):
            assert expected in text, (expected, text)
    paid = view.payments()
    whole = paid[~paid["cause"].map(is_law)].groupby("scenario", observed=True)["amount"].sum() / paid["year"].nunique()
    rows = draw("clauses", view, lang, QUESTIONS["clauses"].choices(view)[0]).table.rows
    size = {"元/年": 1e-4, "CNY/yr": 1e-4, "万元/年": 1.0, "亿元/年": 1e4, "k CNY/yr": 0.1, "M CNY/yr": 100.0, "bn CNY/yr": 1e5}  # in 10k CNY
    assert sum(row[4] * size[row[-1]] for row in rows) == pytest.approx(whole[view.reforms[0].id], rel=1e-3), "all that clauses make anybody pay"
    assert sum(row[5] * size[row[-1]] for row in rows) <= 1.001 * whole.get(view.baseline.id, 0.0), (
        "what the baseline pays by another clause is not its payment by this one"
    )
    alone = draw("money", views[1], lang).reading
    assert ("没有经政策条款" if lang == "zh" else "nothing by a clause") in alone
    for name in ("money", "clauses"):
        once = draw(name, view, lang).reading
        assert not (
            "每年" in once.replace("平均每年", "") or "/年" in once if lang == "zh" else "a year" in once.replace("mean of a year", "") or "/yr" in once
        ), once


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_sentence_counts_nothing(lang):
    from zonesim.report.figures.ranking import sentence
    from zonesim.report.sweeps import Sweep

    sweep = Sweep("s", "s", "s", None, None, (), (), {})
    ranked = [{"lever": name, "rank": k + 1} for k, name in enumerate("abc")]
    one = {"levers": ranked, "open": [], "noise_share": None}
    assert not any(digit == "0" for digit in sentence(sweep, one, lang))
    assert ("1 个与无作用" if lang == "zh" else "1 cannot be told") in sentence(sweep, {**one, "levers": [*ranked, {"lever": "y", "rank": None}]}, lang)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_has_no_interval_is_not_called_nothing_nor_passed_over(lang):
    from zonesim.report.figures.ranking import sentence
    from zonesim.report.sweeps import Sweep

    rows = [{"lever": "largest", "rank": None, "mu_star": 12.3, "mu_star_low": None}, {"lever": "small", "rank": 1, "mu_star": 4.4, "mu_star_low": 2.0},
            {"lever": "none", "rank": None, "mu_star": 0.1, "mu_star_low": 0.0}]  # fmt: skip
    said = sentence(Sweep("s", "s", "s", None, None, (), (), {}), {"levers": rows, "ranked_by": "mu_star", "open": [], "noise_share": None}, lang)
    assert "largest" in said and "small" not in said and ("给不出区间" if lang == "zh" else "too few rows for an interval") in said
    assert ("1 个可与无作用区分，1 个不能" if lang == "zh" else "1 can be told from a factor that does nothing, 1 cannot") in said


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_reading_of_the_map_is_three_sentences_whatever_the_number_of_places(views, lang):
    from types import SimpleNamespace

    from zonesim.report.figures import draw
    from zonesim.report.figures.place import told_places

    def row(effect, width=1.0):
        return SimpleNamespace(effect=effect, low=effect - width, high=effect + width, unit="persons", baseline=20_000.0)

    many = [
        *((f"<gain {k}>", row(100.0 + k)) for k in range(9)),
        *((f"<loss {k}>", row(-50.0 - k)) for k in range(5)),
        *((f"<open {k}>", row(0.5)) for k in range(11)),
        *((f"<small {k}>", row(19.0)) for k in range(7)),
        *((f"<same {k}>", row(0.0, 0.0)) for k in range(3)),
    ]
    said = told_places(many, lang)
    text = "".join(said)
    assert len(said) == 2 and text.count("95") == 4, "two of each kind have an interval, the table has the others"
    assert text.index("<gain 8>") < text.index("<gain 7>") < text.index("<loss 4>") < text.index("<loss 3>")
    assert "<gain 6>" not in text and not any(one in text for one in ("<open", "<small", "<same"))
    assert "+0.5" in text and "%" in text, "a size beside its level"
    for number in ("35", " 9 ", " 5 ", " 11 ", " 7 ", " 3 "):
        assert number in re.sub("[(.：，,]", " ", text), number
    assert len(told_places(many[:9], lang)) == len(told_places(many[14:], lang)) == 1 and told_places([("x", row(0.0, 0.0))], lang) == []
    reading = draw("map", views[0], lang).reading  # here with the most that there is to say: two gains, two losses, and the rest
    assert reading.count("95") <= 5 and reading.count("。" if lang == "zh" else ". ") <= 3 and len(reading) < (320 if lang == "zh" else 700), reading


def test_the_effects_that_nothing_has_are_left_out_of_their_sentence(views):
    from zonesim.report.figures import draw

    for lang, none in (("zh", (" 0 项",)), ("en", ("0 rise", "0 fall", "0 cannot"))):
        said = draw("effects", views[0], lang).reading
        assert not any(re.search(rf"(?<!\d){one}", said) for one in none), said  # "10 cannot" is ten


def test_a_sweep_without_a_name_has_that_of_its_folder(tmp_path):
    from zonesim.experiments.experiment import Experiment
    from zonesim.experiments.sweep import sweep
    from zonesim.report.document import document
    from zonesim.report.sweeps import read_sweep
    from zonesim.report.view import View

    folder = tmp_path / "first try"
    sweep(
        Experiment(
            model=lambda s, seed: {"y": s["a"]}, levers={"a": {"low": 0, "high": 1}}, outcomes=[{"name": "y"}], design={"method": "sobol", "samples": 4}
        ),
        folder,
        workers=0,
    )
    title = document(View(sweep=read_sweep(folder)), "zh").title
    assert not title.endswith("：") and len(title.partition("：")[2]) > 1


def test_english_texts_quote_names_one_way():
    from zonesim.report.texts import catalogue

    assert not [key for key, text in catalogue("en").items() if "'{" in text or "}'" in text]


@pytest.fixture(scope="module")
def small_sweep(tmp_path_factory):
    """A Sobol sweep of two levers; the target of y is near its values, that of z is far from them."""
    from zonesim.experiments.experiment import Experiment
    from zonesim.experiments.sweep import sweep
    from zonesim.report.sweeps import read_sweep

    folder = tmp_path_factory.mktemp("dummy") / "store"
    levers = {"a": {"low": 0, "high": 1}, "b": {"low": 0, "high": 1}}
    outcomes = [{"name": "y", "target": 1.5}, {"name": "z", "target": -5000.0, "direction": "at most"}, {"name": "w", "target": 7000.0}]
    model = lambda s, seed: {"y": s["a"] + s["b"], "z": s["a"] - s["b"], "w": s["a"]}  # noqa: E731
    sweep(Experiment(model=model, levers=levers, outcomes=outcomes, design={"method": "sobol", "samples": 8}), folder, workers=0)
    return read_sweep(folder)


def test_rows_that_repeat_a_point_are_no_settings_of_their_own(small_sweep):
    from zonesim.report.figures import draw
    from zonesim.report.summary import sentences
    from zonesim.report.view import View

    points = small_sweep.points
    assert len(points) == len(points[["a", "b"]].drop_duplicates()) == small_sweep.facts["counts"]["ok"] == 32  # 8 rows of 2 levers + 2 matrices
    view = View(sweep=small_sweep)
    assert any("32 settings of 2 factors" in text for _, text in sentences(view, "en"))
    assert "32" in draw("parallel", view, "en").reading


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_far_target_is_told_and_does_not_press_the_points_together(small_sweep, lang):
    from zonesim.report.figures import Choice, draw
    from zonesim.report.view import View

    def drawn(first, second):
        return draw("tradeoff", View(sweep=small_sweep), lang, Choice(outcome=first, second=second)).spec["layout"]

    layout = drawn("y", "z")
    z = small_sweep.points["z"]
    low, high = layout["yaxis"]["range"]
    assert low < z.min() and high > z.max() and (z.max() - z.min()) > 0.7 * (high - low)
    assert [one["x0"] for one in layout["shapes"]] == [1.5], "a near target is a line"
    (beyond,) = layout["annotations"]
    assert "↓" in beyond["text"] and "-5,000" in beyond["text"] and ("在图外" if lang == "zh" else "outside") in beyond["text"] and beyond["y"] == 0
    (right,) = [one for one in drawn("w", "y")["annotations"] if "→" in one["text"]]
    assert right["x"] == 1 and right["xanchor"] == "right" and "7,000" in right["text"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_summary_says_how_far_what_is_open_may_reach_and_what_counts_once(lang):
    import types

    import pandas as pd

    from zonesim.report.summary import _cost, _effects, _where, sentences

    scenes = tuple(types.SimpleNamespace(id=name, dates=(), differences=(), name=lambda lang, name=name: name) for name in ("base", "one", "two"))
    effects = pd.DataFrame({"scenario": "one", "indicator": ["employment", "gdp"], "place": "city", "period": "2026", "unit": ["persons", "10^8 CNY/yr"], "baseline": 900.0, "reform": 902.0,
                            "effect": [-67.0, 2.0], "low": [-466.0, 1.0], "high": [331.0, 3.0]})  # fmt: skip
    parts = ["gross", "gross: moved inside", "deadweight", "would have come anyway: moved inside", "more lost in the zone", "gain of the zone", "change elsewhere in the region",
             "net gain of the region"]  # fmt: skip
    net = pd.DataFrame(
        {
            "scenario": "one",
            "component": parts,
            "value": [15729.0, 0, 15682.0, 0, -72.0, 119.0, -186.0, -67.0],
            "low": -500.0,
            "high": 500.0,
            "zone": "zone",
            "unit": "jobs",
            "years": "2023-2026",
        }
    )
    costs = pd.DataFrame(
        {
            "scenario": ["one", "two"],
            "kind": "support passed on",
            "payer": "all",
            "unit": "10k CNY",
            "value": 398.0,
            "low": -239.0,
            "high": 1034.0,
            "counted": "yes",
        }
    )
    view = types.SimpleNamespace(
        parks=list,
        has={"effects", "net", "costs"}, scenes=scenes, reforms=scenes[1:], baseline=scenes[0], sweep=None, runs=[], years=["2026"], in_order=["city"], city="city", net=net, costs=costs,
        run={"start": "2021Q1", "end": "2026Q4", "replications": 10}, place=lambda name, lang: name, indicator=lambda name, lang: name,
        effects=lambda indicators, places, periods: effects[effects["place"].isin(list(places))],
    )  # fmt: skip
    said = _effects(view, scenes[1], lang)
    ends = "-466至+331人" if lang == "zh" else "-466 to +331 persons"
    assert ends in said and ("变化与零无法区分" if lang == "zh" else "no change that can be told") in said
    where = _where(view, scenes[1], lang)
    assert "15,729" in where and "15,682" in where, "what differs is seen to differ"
    assert ("基准" if lang == "zh" else "baseline") in where
    whole = " ".join(text for _, text in sentences(view, lang))
    once = "每元只计一次" if lang == "zh" else "each yuan once"
    assert whole.count(once) == 1 and once not in _cost(view, scenes[1], lang)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_axes_of_money_have_a_unit_that_fits_and_counties_are_heads_of_their_places(views, lang):
    from zonesim.report.figures import QUESTIONS, Choice, draw

    view = views[0]
    costs = draw("costs", view, lang, QUESTIONS["costs"].choices(view)[0])
    table = view.costs[(view.costs["unit"] == "10k CNY") & (view.costs["payer"] != "all")]
    largest = float(table[["value", "low", "high"]].abs().max().max())
    title = costs.spec["layout"]["xaxis"]["title"]["text"]
    assert title.startswith(("亿元" if largest >= 1e4 else "万元") if lang == "zh" else ("bn CNY" if largest >= 1e5 else "M CNY")), title
    times = {"亿元": 1e-4, "万元": 1.0, "bn CN": 1e-5, "M CNY": 0.01}[title[:2] if lang == "zh" else title[:5]]
    assert max(map(abs, costs.spec["data"][0]["x"])) == pytest.approx(table["value"].abs().max() * times, rel=1e-6)
    where = draw("where", view, lang, Choice(indicator="gdp", scenario=view.reforms[0].id))
    names = where.spec["layout"]["yaxis"]["ticktext"]
    heads = {view.place(one, lang) for one in (view.city, *(str(county["id"]) for county in view.run["counties"]))}
    assert {name[3:-4] for name in names if name.startswith("<b>")} == heads


def test_figures_of_many_panels_are_scrolled_where_they_would_be_squeezed(views):
    import json

    from plotly.io.json import to_json_plotly

    from zonesim.report.figures import Choice, draw
    from zonesim.report.page import shown
    from zonesim.web.drawn import drawn
    from zonesim.web.first_look import first_look

    for name, least in (("zones", 640), ("land", 500), ("clauses", 560), ("net", 700), ("effects", 440), ("time", 280), ("map", 0)):
        figure = draw(name, views[0], "en")
        assert figure.least == least and f"min-width:{least}px" in shown(figure, {}, "en")
        page = drawn(figure, [("run", "x")], Choice(), "en")
        assert f'<div style="min-width:{least}px"><div id="plot"' in first_look(json.loads(to_json_plotly(page))).html, "before Dash is there, too"


def test_notes_speak_of_what_is_drawn(small_sweep):
    from zonesim.report.figures import Choice, draw
    from zonesim.report.view import View

    view = View(sweep=small_sweep)
    tradeoff, spider = draw("tradeoff", view, "en", Choice(outcome="y", second="z")), draw("spider", view, "en")
    assert "orange lines are targets" in tradeoff.note and "× is the baseline" not in tradeoff.note and "grey line" not in spider.note


def test_targets_of_one_place_name_it_and_are_listed_plainly():
    from zonesim.report.texts import catalogue

    for lang in ("zh", "en"):
        texts = catalogue(lang)
        assert ";" not in texts["figure.targets.odds"] and "\uff1b" not in texts["figure.targets.odds"], "it stands in lists that have it between their parts"
        for key in ("anyway", "merit", "open", "missed"):
            assert texts[f"summary.targets.{key}"].endswith("{names}")


def test_a_net_loss_is_not_drawn_as_a_gain():
    import pandas as pd

    from zonesim.report.figures.net import END, _net_panel
    from zonesim.report.figures.plot import Plot
    from zonesim.report.figures.style import BLUE, GREEN, RED

    def colours(*values):
        plot = Plot()
        mine = pd.DataFrame({"value": values, "low": [v - 1 for v in values], "high": [v + 1 for v in values], "zone": "etdz", "unit": "jobs"}, index=END[2:])
        _net_panel(plot, mine, "en")
        return plot.data[0]["marker"]["color"]

    assert colours(119.0, -186.0, -67.0) == [GREEN, RED, RED] and colours(-5.0, 9.0, 4.0) == [RED, BLUE, GREEN]
