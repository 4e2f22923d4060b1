"""Rankings of a sweep's store: what is read, what is refused, and what is written."""

import json
import re
import shutil

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner

from tests.conftest import ROOT
from zonesim.cli import app
from zonesim.errors import InputError
from zonesim.experiments.experiment import Experiment
from zonesim.experiments.ranked import rank_levers, until_settled
from zonesim.experiments.store import Store
from zonesim.experiments.stored import table
from zonesim.experiments.sweep import sweep
from zonesim.experiments.targeted import targets_by_setting
from zonesim.report.figures import Choice, draw
from zonesim.report.figures.ranking import index_of
from zonesim.report.rankings import how_ranked, save_ranking, sweep_of_record, text_of_ranking
from zonesim.report.sweeps import read_sweep
from zonesim.report.view import View
from zonesim.targets import clustered, wilson

UNIT = {"low": 0, "high": 1}


def model(settings, seed):
    if settings["a"] > 0.999:
        raise ValueError("too much")
    luck = (seed % 1000) / 1000
    return {"y": 3 * settings["a"] + settings["b"] ** 2 + 0.001 * luck, "z": settings["b"]}


def experiment(method="sobol", samples=64, top=1.0, **more):
    return Experiment(
        model=model,
        levers={"a": {"low": 0, "high": top}, "b": {"low": 0, "high": 1}, "c": {"low": 0, "high": 1}},
        outcomes=[{"name": "y", "target": 3.0}, {"name": "z", "target": 0.5, "direction": "at most"}],
        design={"method": method, "samples": samples, **more},
        replications=2,
    )


@pytest.fixture
def store(tmp_path):
    sweep(experiment(top=0.9), tmp_path / "store", workers=0)
    return tmp_path / "store"


def test_levers_are_ranked_by_outcome_and_targets_counted(store):
    record = rank_levers(store)
    ranks = {row["lever"]: row["rank"] for row in record["outcomes"]["y"]["levers"]}
    assert ranks == {"a": 1, "b": 2, "c": None}
    row = record["outcomes"]["y"]["levers"][0]
    assert row["at_low"] < row["at_high"] and row["st_low"] <= row["st"] <= row["st_high"]
    assert record["outcomes"]["z"]["levers"][0]["lever"] == "b" and record["outcomes"]["z"]["settled"]
    targets = {one["outcome"]: one for one in record["targets"]}
    assert set(targets) == {"y", "z", "all targets"} and targets["all targets"]["met"] <= min(targets["y"]["met"], targets["z"]["met"])
    json.dumps(record, allow_nan=False)


def test_every_setting_has_its_probability_with_a_wilson_interval(tmp_path):
    def coin(settings, seed):
        return {"y": settings["a"] + (seed % 2), "z": 0.0}

    one = Experiment(model=coin, levers={"a": {"values": [0.0, 0.5, 1.0]}}, outcomes=[{"name": "y", "target": 1.0}, {"name": "z", "target": 1.0}],
                     design={"method": "grid"}, replications=40)  # fmt: skip
    sweep(one, tmp_path / "s", workers=0)
    found = targets_by_setting(tmp_path / "s").set_index(["outcome", "a"])
    hits = int(found.loc[("y", 0.0), "met"])
    assert 10 <= hits <= 30 and found.loc[("y", 0.5), "met"] == hits and found.loc[("y", 1.0), "probability"] == 1.0 and len(found) == 9
    p, n, z = hits / 40, 40, 1.959963984540054
    middle, half = (p + z * z / (2 * n)) / (1 + z * z / n), z / (1 + z * z / n) * (p * (1 - p) / n + z * z / (4 * n * n)) ** 0.5
    assert found.loc[("y", 0.0), "low"] == pytest.approx(middle - half) and found.loc[("y", 0.0), "high"] == pytest.approx(middle + half)
    assert (found.loc["all targets", "met"] == 0).all() and found.loc[("z", 1.0), "high"] > 0.05


def test_a_latin_hypercube_is_ranked_factor_by_factor_even_with_groups(tmp_path, monkeypatch):
    monkeypatch.setattr("zonesim.experiments.experiment.ignored", lambda document, at: ())  # stores of earlier versions have such plans
    one = Experiment(model=model, levers={name: {"low": 0, "high": 0.9} for name in "abc"}, groups={"both": ["a", "b"]}, outcomes=["y"],
                     design={"method": "latin_hypercube", "samples": 200}, luck="by_row")  # fmt: skip
    sweep(one, tmp_path / "s", workers=0)
    (record,) = rank_levers(tmp_path / "s")["outcomes"].values()
    assert {row["lever"] for row in record["levers"]} == {"a", "b", "c"} and record["ranked_by"] == "pawn"
    assert record["levers"][0]["lever"] == "a" and record["levers"][0]["sign"] == "+"


def test_runs_are_added_until_the_signs_are_settled(tmp_path):
    said = []
    record = until_settled(experiment("morris", 2, top=0.9), tmp_path / "s", ["y"], settle="sign", top=2, workers=0, said=said.append)
    assert record["outcomes"]["y"]["signs_settled"] and "the signs of the first 2 are settled" in said[-1]


def test_what_moves_the_probability_of_a_target(store):
    record = rank_levers(store, reading="met")
    assert set(record["outcomes"]) == {"y", "z", "all targets", "number of targets met"}  # no run meets both
    assert record["outcomes"]["z"]["levers"][0]["lever"] == "b"


def test_effects_need_a_baseline_and_names_are_checked(store):
    with pytest.raises(InputError, match="no baseline"):
        rank_levers(store, reading="effect")
    with pytest.raises(InputError, match="no outcome 'yy'; did you mean 'y'"):
        rank_levers(store, ["yy"])


def test_failed_runs_are_refused_unless_complete_rows_are_asked_for(tmp_path):
    one = Experiment(model=model, levers={"a": {"low": 0.99, "high": 1.0}, "b": {"low": 0, "high": 1}}, outcomes=["y"],
                     design={"method": "sobol", "samples": 32}, replications=1)  # fmt: skip
    sweep(one, tmp_path / "s", workers=0)
    with pytest.raises(InputError, match="runs failed"):
        rank_levers(tmp_path / "s")
    record = rank_levers(tmp_path / "s", complete_rows=True)
    got = record["outcomes"]["y"]
    assert got["base_rows_lost"] > 0 and got["base_rows_lost"] + got["base_rows_used"] == 32 and got["noise_share"] is None
    lost = got["base_rows_lost"]
    assert f"{lost} of 32 base rows are left out" in how_ranked(record, "en") and f"32 个基准行中有 {lost} 个" in how_ranked(record, "zh")


def test_morris_from_the_store(tmp_path):
    sweep(experiment("morris", 12, top=0.9), tmp_path / "m", workers=0)
    got = rank_levers(tmp_path / "m", ["y"])["outcomes"]["y"]
    by = {row["lever"]: row for row in got["levers"]}
    assert by["a"]["mu_star"] == pytest.approx(2.7) and by["a"]["sigma"] == pytest.approx(0, abs=1e-9) and by["c"]["rank"] is None


def test_a_grid_cannot_be_ranked(tmp_path):
    grid = Experiment(model=model, levers={"a": {"low": 0, "high": 0.5}, "b": {"low": 0, "high": 1}}, outcomes=["y"], design={"method": "grid", "levels": 2})
    sweep(grid, tmp_path / "g", workers=0)
    with pytest.raises(InputError, match="cannot be ranked"):
        rank_levers(tmp_path / "g")


def test_runs_are_added_until_the_order_is_settled_and_not_beyond_what_is_allowed(tmp_path):
    said = []
    record = until_settled(experiment(samples=4, top=0.9), tmp_path / "u", ["y"], top=1, workers=0, said=said.append)
    assert record["outcomes"]["y"]["settled"] and any("settled" in line for line in said)

    def twins(settings, seed):
        return {"y": settings["a"] + 0.999 * settings["b"]}

    close = Experiment(model=twins, levers={"a": {"low": 0, "high": 1}, "b": {"low": 0, "high": 1}}, outcomes=["y"], design={"method": "sobol", "samples": 8})
    record = until_settled(close, tmp_path / "t", top=1, most_runs=200, workers=0, said=said.append)
    assert not record["outcomes"]["y"]["settled"] and record["runs"] <= 200 and "stay open" in said[-1]


def test_the_ranking_is_written_as_json_table_and_page(store, tmp_path):
    record = rank_levers(store)
    save_ranking(record, tmp_path / "out", targets_by_setting(store))
    assert (tmp_path / "out" / "targets.csv").read_text(encoding="utf-8-sig").startswith("row,outcome,a,b,c,met,n,probability,low,high\n")
    page = (tmp_path / "out" / "ranking.html").read_text(encoding="utf-8")
    assert "http://" not in page.split("plotly")[0] and "ranking.y-zh" in page and "tornado.y-en" in page and "convergence.y-zh" in page
    assert json.loads((tmp_path / "out" / "ranking.json").read_text(encoding="utf-8")) == json.loads(json.dumps(record))
    assert (tmp_path / "out" / "ranking.csv").read_text(encoding="utf-8-sig").startswith("outcome,lever,s1")
    text = text_of_ranking(record)
    assert "not distinguishable" in text and "1 [1-1]" in text and "target z" in text


def test_text_and_table_say_which_factors_nobody_can_choose(tmp_path):
    one = Experiment(model=model, levers={"a": {"low": 0, "high": 0.9}, "b": {"low": 0, "high": 1}}, uncertainties={"c": {"low": 0, "high": 1}}, outcomes=["y"],
                     groups={"two": ["b", "c"]}, design={"method": "sobol", "samples": 64})  # fmt: skip
    sweep(one, tmp_path / "s", workers=0)
    record = rank_levers(tmp_path / "s")
    assert (record["roles"]["a"], record["roles"]["c"], record["roles"]["two"]) == ("lever", "uncertainty", "both")
    assert (
        re.search(r"factor +kind", text_of_ranking(record))
        and re.search(r" a +lever ", text_of_ranking(record))
        and re.search(r" two +both ", text_of_ranking(record))
    )
    save_ranking(record, tmp_path / "out")
    head, *rows = (tmp_path / "out" / "ranking.csv").read_text(encoding="utf-8-sig").splitlines()
    assert head.endswith(",kind") and {row.split(",")[-1] for row in rows} == {"lever", "both"}


def test_the_command_says_what_is_wrong(store, tmp_path):
    from zonesim.cli import app

    done = CliRunner().invoke(app, ["rank", str(store), "--json"])
    assert done.exit_code == 0 and json.loads(done.output)["outcomes"]["y"]["ranked_by"] == "st"
    wrong = CliRunner().invoke(app, ["rank", str(tmp_path / "nothing")])
    assert isinstance(wrong.exception, InputError) and "neither the store of a sweep nor an experiment file" in str(wrong.exception)
    (tmp_path / "file.yaml").write_text("zonesim: 1\n", encoding="utf-8")
    wrong = CliRunner().invoke(app, ["rank", str(tmp_path / "file.yaml")])
    assert isinstance(wrong.exception, InputError) and "--store" in str(wrong.exception)


def test_what_an_experiment_calls_its_levers_and_outcomes_stands_in_record_and_figures(tmp_path):
    from zonesim.report.figures import draw
    from zonesim.report.rankings import sweep_of_record
    from zonesim.report.view import View

    named = {"a": {"low": 0, "high": 0.9, "name": {"zh": "甲", "en": "the first"}}, "b": {"low": 0, "high": 1}, "c": {"low": 0, "high": 1}}
    one = Experiment(model=model, levers=named, outcomes=[{"name": "y", "target": 3.0}, "z"], design={"method": "morris", "samples": 20}, replications=2)
    sweep(one, tmp_path / "s", workers=0)
    record = rank_levers(tmp_path / "s")
    view = View(sweep=sweep_of_record(record))
    table = draw("ranking_map", view, "en").table
    cell = dict(zip([row[0] for row in table.rows], table.rows, strict=True))
    effect = {row["lever"]: row["effect"] for row in record["outcomes"]["y"]["levers"]}
    assert cell["the first"][1] == pytest.approx(100 * effect["a"] / 3.0) and cell["the first"][2] is None and "c" not in cell  # y in per cent of its target
    plane = draw("plane", view, "zh")
    assert "甲" in {one["text"] for one in plane.spec["layout"]["annotations"]} and {row[0] for row in plane.table.rows} == {"甲", "b", "c"}


def test_the_ends_of_a_lever_have_an_interval_and_the_record_its_baseline(tmp_path):
    def bent(settings, seed):
        return {"y": 2 * settings["a"] + settings["a"] * settings["b"]}

    one = Experiment(model=bent, levers={name: UNIT for name in "abc"}, outcomes=["y"], design={"method": "morris", "samples": 30})
    sweep(one, tmp_path / "s", workers=0)
    record = rank_levers(tmp_path / "s")
    rows = {row["lever"]: row for row in record["outcomes"]["y"]["levers"]}
    for name, slope in (("a", 2.5), ("b", 0.5), ("c", 0.0)):
        row = rows[name]
        change = row["at_high"] - row["at_low"]
        assert row["difference_low"] <= change <= row["difference_high"]
        assert row["difference_low"] <= slope * 2 / 3 + 1e-9 and row["difference_high"] >= slope * 2 / 3 - 1e-9  # a step is two thirds of the range
    assert rows["c"]["difference_low"] == rows["c"]["difference_high"] == 0 and rows["a"]["difference_high"] > rows["a"]["difference_low"]
    assert record["outcomes"]["y"]["baseline_mean"] is None
    figures = {name: draw(name, View(sweep=sweep_of_record(record)), "en", Choice(outcome="y")) for name in ("tornado", "plane", "convergence")}
    assert "without the package" not in figures["tornado"].note
    record["outcomes"]["y"]["baseline_mean"] = 1.25
    marked = draw("tornado", View(sweep=sweep_of_record(record)), "en", Choice(outcome="y"))
    assert "without the package, at the same points" in marked.note and any(shape.get("x0") == 1.25 for shape in marked.spec["layout"]["shapes"])
    arms = next(trace for trace in marked.spec["data"] if trace.get("error_x"))["error_x"]
    assert len(arms["array"]) == len(arms["arrayminus"]) and max(arms["array"]) > 0
    assert figures["convergence"].spec["layout"]["legend"]["y"] < 0  # below the plot: it covers no title
    axes = (("tornado", "xaxis"), ("ranking", "xaxis"), ("convergence", "yaxis"), ("plane", "xaxis"), ("plane", "yaxis"))
    measured = record | {"specs": [{**spec, "unit": "10^8 CNY/yr"} for spec in record["specs"]]}
    for reading, has_unit in (("value", True), ("met", False)):  # what moves a probability has no unit
        drawn = [(draw(name, View(sweep=sweep_of_record(measured | {"reading": reading})), "en", Choice(outcome="y")), axis) for name, axis in axes]
        assert all(("CNY" in str(figure.spec["layout"][axis]["title"])) == has_unit for figure, axis in drawn)
        assert ("CNY" in drawn[0][0].reading) == has_unit
    seen = sweep_of_record(record)
    said = [index_of(seen, "y", index, [1.0], lang)[1] for index, lang in (("st", "en"), ("pawn", "zh"), ("me", "zh"))]
    assert "variance" in said[0] and "距离" in said[1] and said[2] == "主效应的绝对值"


def test_the_plane_names_its_first_levers_and_gives_each_its_own_floor():
    record = json.loads((ROOT / "docs/studies/lanzhou_levers/data/levers/ranking.json").read_text(encoding="utf-8"))
    view, choice = View(sweep=sweep_of_record(record)), Choice(outcome="gdp.etdz.2017")
    rows = record["outcomes"]["gdp.etdz.2017"]["levers"]
    for lang, times, of in (("en", 0.1, "bn CNY/yr"), ("zh", 1.0, "亿元/年")):
        plane = draw("plane", view, lang, choice)
        assert of in plane.spec["layout"]["xaxis"]["title"]["text"]
        named = [one["text"] for one in plane.spec["layout"]["annotations"]]
        assert len(named) >= 11 and all(len(text) <= 31 for text in named)
        (floors,) = [trace for trace in plane.spec["data"] if trace.get("marker", {}).get("symbol") == "line-ns-open"]
        own = sorted(times * row["noise"] for row in rows if row["rank"] and row["noise"])
        assert sorted(floors["x"]) == pytest.approx(own, rel=1e-5) and len(set(own)) > 10


def test_ranking_an_experiment_says_how_far_its_sweep_is(tmp_path):
    from zonesim.cli import app

    shutil.copytree(ROOT / "scenarios" / "hebei_county", tmp_path / "scenarios")
    (tmp_path / "one.yaml").write_text(
        """zonesim: 1
kind: sweep
id: one
name: {zh: 一, en: one}
scenario: scenarios/baseline.yaml
settings: {horizon.end: 2018Q4, founding.scale: 40}
uncertainties: {location.profit: , arrivals.births: }
outcomes: [{indicator: gdp, place: hebei_county, period: "2018"}]
design: {method: morris, samples: 2}
replications: 1
""",
        encoding="utf-8",
    )
    done = CliRunner().invoke(app, ["rank", str(tmp_path / "one.yaml"), "--store", str(tmp_path / "store"), "--workers", "0"], catch_exceptions=False)
    assert done.exit_code == 0
    assert "runs: 1 of 6" in done.stderr and "runs: 6 of 6" in done.stderr


def test_until_settled_tells_how_far_each_sweep_is(tmp_path):
    told = []

    class Watched:
        def __enter__(self):
            told.append([])
            return self

        def __exit__(self, *_):
            return None

        def progress(self, finished, total, failed):
            told[-1].append((finished, total, failed))

    until_settled(experiment("morris", samples=4, top=0.9), tmp_path / "s", ["y"], top=1, most_runs=10_000, workers=0, watched=Watched)
    assert told and all(one[-1][0] == one[-1][1] for one in told)


def test_points_of_the_dummy_do_not_count_towards_a_target(tmp_path):
    """Ten base rows of two levers and the dummy, four points each, one of which is the dummy's: a run of another."""
    one = Experiment(
        model=model, levers={"a": {"low": 0, "high": 0.9}, "b": UNIT}, outcomes=[{"name": "y", "target": 3.0}], design={"method": "morris", "samples": 10}, replications=2, luck="by_row",
    )  # fmt: skip
    sweep(one, tmp_path / "s", workers=0)
    with Store(tmp_path / "s") as store:
        runs = table(store).drop_duplicates(["a", "b", "seed"])
    found = rank_levers(tmp_path / "s")["targets"][0]
    assert found["n"] == len(runs) == 2 * 10 * 3 and found["met"] == (runs["y"] >= 3).sum()


@pytest.mark.parametrize("design", [{"method": "latin_hypercube", "samples": 200}, {"method": "sobol", "samples": 128, "second_order": True}])
def test_a_target_weighs_listed_values_as_they_are_probable(tmp_path, design):
    """Met where a is 1, which a tenth of the points have: four different settings, of which two meet it, are not one half."""
    one = Experiment(
        model=listed, levers={"a": {"values": [0, 1], "weights": [9, 1]}, "b": {"values": [0, 1]}}, replications=2, design=design,
        outcomes=[{"name": "y", "target": 1}, {"name": "z", "target": 1}],
    )  # fmt: skip
    sweep(one, tmp_path / "s", workers=0)
    record = rank_levers(tmp_path / "s")
    by = {row["outcome"]: row for row in record["targets"]}
    assert record["runs"] == 8 and by["y"]["probability"] == pytest.approx(0.1, abs=0.01) and by["y"]["low"] < 0.1 < by["y"]["high"]
    with Store(tmp_path / "s") as store:
        points = table(store)
    points = points[~points["part"].isin([3, 6])]  # of the Sobol design: A with the dummy of B, and B with that of A
    number = points["y"] + points["z"]
    assert by["z"]["probability"] == pytest.approx(0.5, abs=0.01) and by["all targets"]["probability"] == pytest.approx((number == 2).mean())
    assert record["at_once"]["share"] == pytest.approx([(number == j).mean() for j in range(3)])
    for name, lever in (("y", "a"), ("z", "b")):
        row = next(row for row in record["outcomes"][name]["levers"] if row["lever"] == lever)
        assert (row["at_low"], row["at_high"]) == (pytest.approx(0, abs=0.01), pytest.approx(1, abs=0.01)), name


def test_the_ends_of_a_list_whose_middle_fills_both_quarters_are_the_values_beside_it(tmp_path):
    levers = {"a": {"values": [0, 1, 2], "weights": [1, 8, 1]}, "b": {"values": [2, 1, 0], "weights": [1, 1, 8]}}
    one = Experiment(model=listed, levers=levers, outcomes=["y", "z"], design={"method": "latin_hypercube", "samples": 200})
    sweep(one, tmp_path / "s", workers=0)
    found = rank_levers(tmp_path / "s")["outcomes"]
    ends = {
        row["lever"]: (row["at_low"], row["at_high"])
        for name in ("y", "z")
        for row in found[name]["levers"]
        if (name, row["lever"]) in (("y", "a"), ("z", "b"))
    }
    assert ends["a"] == (0, 2) and ends["b"] == (pytest.approx(1.5), 0)  # b goes from the first listed to the last, which fills the highest quarter and more


@pytest.mark.parametrize(
    ("design", "more", "said"),
    [
        ("{method: grid}", [], "cannot be ranked"),
        ("{method: latin_hypercube, samples: 99}", [], "99 points are too few"),
        ("{method: morris}", ["--outcome", "yy"], "no outcome 'yy'"),
        ("{method: morris}", ["--of", "met"], "no outcome has a target"),
        ("{method: morris}", ["--of", "effect"], "has no baseline"),
    ],
)
def test_what_cannot_be_ranked_is_refused_before_its_sweep(tmp_path, design, more, said):
    file = tmp_path / "e.yaml"
    file.write_text(
        f"kind: sweep\nid: e\nlevers: {{a: {{low: 0, high: 1}}, b: {{low: 0, high: 1}}}}\noutcomes: [{{name: height}}]\ndesign: {design}\n", encoding="utf-8"
    )
    done = CliRunner().invoke(app, ["rank", str(file), "--store", str(tmp_path / "s"), "--model", f"{__name__}:model", *more])
    assert isinstance(done.exception, InputError) and said in str(done.exception) and not (tmp_path / "s").exists()


def test_pairs_that_act_together_are_told_in_the_table_and_kept_as_one(tmp_path):
    """y = ab + c in the unit square: Var(ab) - Var(a)/4 - Var(b)/4 = 1/9 - 1/16 - 1/24 = 1/144, of V = 1/144 + 2/48 + 1/12 = 19/144."""

    def together(settings, seed):
        return {"y": settings["a"] * settings["b"] + settings["c"] * 1.0}

    one = Experiment(model=together, levers={name: UNIT for name in "abc"}, outcomes=["y"], design={"method": "sobol", "samples": 1024, "second_order": True})
    sweep(one, tmp_path / "s", workers=0)
    record = rank_levers(tmp_path / "s")
    save_ranking(record, tmp_path / "out")
    kept = pd.read_csv(tmp_path / "out" / "pairs.csv").set_index(["first", "second"])
    assert len(kept) == 3 and kept.loc[("a", "b"), "s2"] == pytest.approx(1 / 19, abs=0.02)
    for pair in record["outcomes"]["y"]["second_order"]:
        pair.update({"s2_low": 0.01} if (pair["first"], pair["second"]) == ("a", "b") else {"s2_low": -0.01})
    for lang, said in (("en", "is a × b; 2 pairs cannot"), ("zh", "的是a × b；其余 2 对")):
        figure = draw("together", View(sweep=sweep_of_record(record)), lang, Choice(outcome="y"))
        assert said in figure.reading and figure.table.rows[0][:2] == ("a", "b") and len(figure.table.rows) == 3
        told, not_told = figure.spec["data"]
        assert list(told["x"]) == [pytest.approx(1 / 19, abs=0.02)] and len(not_told["x"]) == 2
    text = text_of_ranking(record)
    assert f"  together: a and b, s2 {kept.loc[('a', 'b'), 's2']:.3g} [0.01, " in text and "2 of 3 pairs cannot be told from acting apart" in text


def listed(settings, seed):
    return {"y": settings["a"], "z": settings["b"]}


def test_an_interval_over_runs_that_share_their_luck_covers_what_it_says():
    """Forty base rows of thirty runs with a probability each: Wilson's interval over 1,200 runs misses the mean every other time, the clustered one does not."""
    draw = np.random.default_rng(5)
    base, covered, naive = np.repeat(np.arange(40), 30), 0, 0
    for _ in range(300):
        met = (draw.random(1200) < np.repeat(draw.beta(1.0, 2.0, 40), 30)).astype(float)
        low, high, worth = clustered(met, base, np.arange(1200))
        covered += low <= 1 / 3 <= high
        assert 40 * 0.5 < worth < 400
        ends = wilson(met.sum(), 1200)
        naive += ends[0] <= 1 / 3 <= ends[1]
    assert covered >= 0.9 * 300 and naive < 0.6 * 300


def test_two_draws_of_luck_say_little_however_many_points_share_them(tmp_path):
    def luck(settings, seed):
        return {"y": float(np.random.default_rng(seed).random() < 0.5)}

    one = Experiment(
        model=luck, levers={"a": UNIT, "b": UNIT}, outcomes=[{"name": "y", "target": 1.0}], design={"method": "latin_hypercube", "samples": 200}, replications=2
    )
    sweep(one, tmp_path / "s", workers=0)
    (row,) = rank_levers(tmp_path / "s", reading="met")["targets"]
    assert row["n"] == 400 and row["worth"] < 2
    assert row["low"] < 0.25 or row["high"] > 0.75
    assert row["high"] - row["low"] > 0.6


@pytest.mark.parametrize("until", [[], ["--until", "settled", "--top", "1", "--most-runs", "2000"]])
def test_a_model_of_ones_own_is_ranked_from_its_file(tmp_path, until):
    from zonesim.cli import app

    file = tmp_path / "own.yaml"
    file.write_text(
        """zonesim: 1
kind: sweep
id: own
name: {zh: 自己, en: own}
levers: {a: {low: 0, high: 0.9}, b: {low: 0, high: 1}, c: {low: 0, high: 1}}
outcomes: ["y"]
design: {method: morris, samples: 4}
""",
        encoding="utf-8",
    )
    own = ["--model", "tests.unit.test_ranked:model"]
    given = ["rank", str(file), "--store", str(tmp_path / "s"), "--workers", "0", "--json", *until]
    assert "--model" in str(CliRunner().invoke(app, given).exception)
    done = CliRunner().invoke(app, [*given, *own, "--timeout", "60"], catch_exceptions=False)
    record = json.loads(done.stdout)["outcomes"]["y"]
    assert record["levers"][0]["lever"] == "a" and record["settled"] == bool(until)
    assert record["base_rows_used"] == (16 if until else 4)
    with pytest.raises(InputError, match="a store is ranked as it is"):
        CliRunner().invoke(app, ["rank", str(tmp_path / "s"), *own], catch_exceptions=False, standalone_mode=False)


def test_no_factor_is_the_largest_where_another_has_no_pair_of_points(tmp_path):
    """A small Sobol sweep: the first factor may have no two points that compare its ends, and then its bar is missing."""
    sweep(experiment(samples=16), tmp_path / "s", workers=0)
    record = rank_levers(tmp_path / "s", complete_rows=True)
    rows = {row["lever"]: row for row in record["outcomes"]["y"]["levers"]}
    assert "a makes the largest difference" in draw("tornado", View(sweep=sweep_of_record(record)), "en", Choice(outcome="y")).reading
    rows["a"].update(dict.fromkeys(("at_low", "at_high", "difference_low", "difference_high")))
    rows["b"].update(rank=2, difference_low=0.25, difference_high=0.75)
    rows["c"].update(rank=None)
    for lang, largest, named in (("en", "b makes the largest", "range (more samples have them): a."), ("zh", "差别最大的是", "（样本多些才有）：a。")):
        made = draw("tornado", View(sweep=sweep_of_record(record)), lang, Choice(outcome="y"))
        assert [row[0] for row in made.table.rows] == ["b"]
        assert largest not in made.reading and named in made.note and "+0.25" in made.reading and "+0.75" in made.reading
        assert {"en": "not told from nothing: c.", "zh": "因而未列：c。"}[lang] in made.note
    rows["b"].update(dict.fromkeys(("difference_low", "difference_high")))
    assert "too few pairs for an interval" in draw("tornado", View(sweep=sweep_of_record(record)), "en", Choice(outcome="y")).reading


def test_a_difference_is_not_rounded_away(tmp_path):
    def nearly(settings, seed):
        return {"y": 778654 + 67 * settings["a"] + settings["b"]}

    one = Experiment(model=nearly, levers={name: UNIT for name in "ab"}, outcomes=["y"], design={"method": "morris", "samples": 20})
    sweep(one, tmp_path / "s", workers=0)
    view = View(sweep=read_sweep(tmp_path / "s"))
    for name, columns in (("tornado", (1, 2)), ("spider", (2,)), ("parallel", (2,))):
        for lang in ("zh", "en"):
            made = draw(name, view, lang, Choice(outcome="y"))
            shown = {row[k] for row in made.table.written(lang) for k in columns}
            assert len(shown) > 1 and not shown & {"77.9万", "779k"}, name
            assert "77.9万 " not in made.reading and "779k" not in made.reading, name
    assert "from low to high +67" in draw("spider", view, "en", Choice(outcome="y")).reading


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_ranking_shows_and_explains_only_what_it_has(tmp_path, lang):
    """No column without a value, no note on a mark that is not drawn, no order of one and no plural of one."""
    from zonesim.report.figures import draw
    from zonesim.report.sweeps import read_sweep
    from zonesim.report.view import View

    def drawn(method, replications, outcomes=("y",)):
        model = lambda s, seed: {"y": s["a"] + 1e-3 * (seed % 7) / 7, "z": s["a"] + 0.5 * (seed % 3)}  # noqa: E731
        experiment = Experiment(
            model=model, levers={name: UNIT for name in "ab"}, outcomes=list(outcomes), design={"method": method, "samples": 32}, replications=replications
        )
        folder = tmp_path / f"{method}{replications}{len(outcomes)}"
        sweep(experiment, folder, workers=0)
        return View(sweep=read_sweep(folder))

    ticks, floor = ("红色短线", "仅凭偶然") if lang == "zh" else ("Red ticks", "what luck alone")
    for method, replications in (("morris", 1), ("morris", 2), ("sobol", 1), ("sobol", 2)):
        view = drawn(method, replications)
        figure = draw("ranking", view, lang)
        titles = [column.title for column in figure.table.columns]
        assert ("S1" in titles) == (method == "sobol") and any(floor in one for one in titles) == (replications > 1)
        red = [trace for trace in figure.spec["data"] if trace["name"].startswith(floor[:4])]
        assert bool(red) == (ticks in figure.note) == (replications > 1), (method, replications)
        for k in range(len(titles)):
            assert any(row[k] is not None and row[k] == row[k] for row in figure.table.rows), titles[k]
        said = figure.reading
        assert said.startswith("能与无作用区分的只有a；其余 1 个" if lang == "zh" else "Only a can be told from a factor that does nothing; 1 cannot"), said
        if method == "morris":
            plane = draw("plane", view, lang)
            assert (ticks in plane.note) == any(floor in str(trace.get("name")) for trace in plane.spec["data"])
    both = draw("ranking_map", drawn("sobol", 2, ("y", "z")), lang).reading
    assert both.startswith("只有 1 个因素" if lang == "zh" else "1 factor can be told"), both
