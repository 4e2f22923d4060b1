"""What a ranking says where runs come again, and where nothing can be told: neither is settled."""

import json

import numpy as np
import pytest
from click.testing import CliRunner

from zonesim.cli import app
from zonesim.errors import NotSettled
from zonesim.experiments.experiment import Experiment
from zonesim.experiments.ranked import observe, rank_levers, until_settled
from zonesim.experiments.ranking import rank
from zonesim.experiments.repeats import repeats
from zonesim.experiments.store import Store
from zonesim.experiments.stored import table
from zonesim.experiments.sweep import sweep
from zonesim.experiments.targeted import number_by_setting
from zonesim.report.rankings import text_of_ranking

SWITCH = {"values": [False, True]}
UNIT = {"low": 0, "high": 1}


def switches(settings, seed):
    """Two switches that do nothing but for what a run's luck makes of each combination, and one that does."""
    own = np.random.default_rng([seed, *(int(settings[name]) for name in "abc")]).normal(0, 1)
    return {"y": 5.0 * settings["c"] + own}


def still(settings, seed):
    return {"y": 1.0, "z": settings["a"]}


def lucky(settings, seed):
    return {"y": 0.01 * settings["a"] + np.random.default_rng([seed, int(1e6 * settings["a"]), int(1e6 * settings["b"])]).normal(0, 1)}


def experiment(model, levers, **more):
    return Experiment(model=model, **{"levers": levers, "outcomes": ["y"], "design": {"method": "morris", "samples": 64}, **more})


def observed_of(one, folder):
    sweep(one, folder, workers=0)
    with Store(folder) as store:
        return observe(store, table(store), "y")


def test_pairs_of_switches_are_counted_as_the_few_that_they_are(tmp_path):
    switched = {name: SWITCH for name in "abc"}
    seen = observed_of(experiment(switches, switched), tmp_path / "common")
    found = repeats(seen, 64)
    assert found.distinct[:3].tolist() == [4, 4, 4] and (found.worth[:3] <= 4).all()  # one of three flips: the other two have four combinations
    own = observed_of(experiment(switches, switched, luck="by_row"), tmp_path / "own")
    assert repeats(own, 64).distinct[:3].tolist() == [64, 64, 64]  # other luck, another run


@pytest.mark.slow
def test_luck_that_comes_again_is_not_taken_for_an_effect(tmp_path):
    """A switch that does nothing has the luck of four pairs; a bootstrap over 64 trajectories was sure of it in most draws, and its interval did not hold zero."""
    missed = {True: 0, False: 0}
    for seed in range(24):
        seen = observed_of(experiment(switches, {name: SWITCH for name in "abc"}, seed=seed), tmp_path / str(seed))
        for known in (True, False):
            one = seen if known else type(seen)(**{**vars(seen), "setting": None})
            row = next(row for row in rank(one, resamples=400).rows if row["lever"] == "a")
            missed[known] += not row["effect_low"] <= 0 <= row["effect_high"]
    assert missed[True] <= 5 < 10 < missed[False]


def test_too_few_pairs_have_no_interval_and_say_so(tmp_path):
    sweep(
        experiment(lambda s, seed: switches({**s, "b": 0, "c": 0}, seed), {"a": SWITCH}, design={"method": "morris", "samples": 32}),
        tmp_path / "one",
        workers=0,
    )
    record = rank_levers(tmp_path / "one")
    (row,) = record["outcomes"]["y"]["levers"]
    assert row["pairs"] == 1 and row["mu_star_low"] is None and row["rank"] is None and not record["outcomes"]["y"]["settled"]
    assert record["outcomes"]["y"]["nothing"]["why"] == "repeats" and "luck: by_row" in text_of_ranking(record)
    assert "pairs of points come again: 1 to 1" in text_of_ranking(record)


def test_a_design_without_further_points_is_not_enlarged_for_ever(tmp_path):
    said = []
    tied = experiment(
        lambda s, seed: {"y": s["a"] + s["b"] + s["a"] * s["b"]}, {"a": SWITCH, "b": SWITCH, "c": SWITCH}, design={"method": "morris", "samples": 16}
    )
    record = until_settled(tied, tmp_path / "s", top=1, workers=0, said=said.append)
    assert record["until"]["state"] == "open" and "has no more" in said[-1] and record["runs"] == 8


def test_where_no_run_moves_nothing_is_settled_and_no_more_runs_are_done(tmp_path):
    said = []
    one = experiment(still, {"a": UNIT, "b": UNIT}, outcomes=["y", "z"], design={"method": "sobol", "samples": 64})
    record = until_settled(one, tmp_path / "s", top=1, workers=0, said=said.append)
    assert record["until"] == {"asked": "order", "state": "nothing distinguishable", "settled": ["z"], "open": [], "nothing": ["y"]}
    assert record["outcomes"]["y"]["nothing"] == {"lever": "a", "why": "zero", "base_rows_needed": None, "replications_needed": None}
    assert not record["outcomes"]["y"]["settled"] and record["design"]["samples"] == 64 and "nothing can be told" in said[-1]
    assert "NOTHING DISTINGUISHABLE: no lever moved it in any run" in text_of_ranking(record)


def test_where_luck_hides_all_the_replications_are_said_that_would_tell(tmp_path):
    record = until_settled(experiment(lucky, {"a": UNIT, "b": UNIT}, replications=3, luck="by_row", design={"method": "morris", "samples": 16}),
                           tmp_path / "s", workers=0, most_runs=1000)  # fmt: skip
    nothing = record["outcomes"]["y"]["nothing"]
    assert record["until"]["state"] == "nothing distinguishable" and nothing["why"] == "luck" and nothing["replications_needed"] > 3
    assert "replications" in text_of_ranking(record)


@pytest.mark.parametrize(("model", "code"), [("still", 4), ("loud", 0)])
def test_the_exit_code_tells_nothing_from_settled(tmp_path, model, code):
    file = tmp_path / "own.yaml"
    file.write_text(
        "zonesim: 1\nkind: sweep\nid: own\nlevers: {a: {low: 0, high: 1}, b: {low: 0, high: 1}}\noutcomes: ['y']\ndesign: {method: sobol, samples: 64}\n",
        encoding="utf-8",
    )
    done = CliRunner().invoke(app, ["rank", str(file), "--store", str(tmp_path / "s"), "--workers", "0", "--json", "--until", "settled", "--top", "1",
                                    "--model", f"tests.unit.test_settled:{model}"])  # fmt: skip
    record = json.loads(done.stdout)
    assert record["until"]["state"] == ("nothing distinguishable" if code else "settled")
    assert (isinstance(done.exception, NotSettled) and done.exception.exit_code == code) if code else done.exit_code == 0


def loud(settings, seed):
    return {"y": 3 * settings["a"] + settings["b"]}


def three_targets(settings, seed):
    return {"x": settings["a"], "y": settings["b"], "z": -settings["a"]}


def test_where_no_run_meets_all_targets_the_number_met_is_what_there_is_to_read(tmp_path):
    """x wants a high, z wants it low: no run meets all three, two are met where b is high, and b and nothing else moves the number."""
    outcomes = [{"name": name, "target": goal} for name, goal in (("x", 0.5), ("y", 0.5), ("z", -0.5))]
    one = Experiment(model=three_targets, levers={"a": UNIT, "b": UNIT}, outcomes=outcomes, design={"method": "sobol", "samples": 128})
    sweep(one, tmp_path / "s", workers=0)
    record = rank_levers(tmp_path / "s", reading="met")
    assert list(record["outcomes"]) == ["x", "y", "z", "all targets", "number of targets met"]
    joint, number = record["outcomes"]["all targets"], record["outcomes"]["number of targets met"]
    assert joint["nothing"]["why"] == "zero" and not joint["settled"] and [row["lever"] for row in number["levers"] if row["rank"]] == ["b"]
    found, text = record["at_once"], text_of_ranking(record)
    assert (found["targets"], found["most"], found["share"][0], found["share"][3]) == (3, 2, 0.0, 0.0) and found["share"][1] + found["share"][2] == 1
    assert found["missing"]["y"] == 0 and found["missing"]["x"] + found["missing"]["z"] == found["most_runs"] and found["mean"] == 1 + found["share"][2]
    joint_row = next(row for row in record["targets"] if row["outcome"] == "all targets")
    assert (
        joint_row["met"] == 0
        and f"0 of {joint_row['n']:,}: what moves its probability cannot be ranked; the probability is {joint_row['high']:.0%} at most" in text
    )
    assert f"targets met at once: 2 of 3 at most, in {found['most_runs']:,} of {found['runs']:,} runs" in text
    by_setting = number_by_setting(tmp_path / "s")
    assert (
        ((by_setting["b"] >= 0.5) + 1 == by_setting["mean"]).all()
        and len(by_setting) == found["runs"]
        and (by_setting["runs_1"] + by_setting["runs_2"] == 1).all()
    )
    done = CliRunner().invoke(app, ["rank", str(tmp_path / "s"), "--of", "met", "--out", str(tmp_path / "out")], catch_exceptions=False)
    assert (
        done.exit_code == 0
        and (tmp_path / "out" / "targets_at_once.csv").is_file()
        and "同时达到的目标数" in (tmp_path / "out" / "ranking.html").read_text(encoding="utf-8")
    )


def faint(settings, seed):
    return {"y": settings["a"] + np.random.default_rng(seed).normal(0, 1)}


def test_what_the_dummy_hides_is_told_by_about_as_many_base_rows_as_are_said(tmp_path):
    """Each point has luck of its own, the dummy's too; the index of a exceeds the dummy's by little."""

    def ranked(samples, seed=1):
        folder = tmp_path / f"{samples}-{seed}"
        sweep(experiment(faint, {"a": UNIT}, luck="independent", design={"method": "morris", "samples": samples}, seed=seed), folder, workers=0)
        return rank_levers(folder)

    below = ranked(32, seed=2)  # by chance the dummy's index is the larger one: nothing can be said of how many would tell them apart
    assert below["outcomes"]["y"]["nothing"]["base_rows_needed"] is None and "is not above the dummy's" in text_of_ranking(below)
    record = ranked(32)
    nothing, runs = record["outcomes"]["y"]["nothing"], record["runs"]
    assert nothing["why"] == "dummy" and nothing["replications_needed"] is None and 32 < nothing["base_rows_needed"] < 10_000
    assert f"about {nothing['base_rows_needed']:,} trajectories ({-(-nothing['base_rows_needed'] * runs // 32):,} runs)" in text_of_ranking(record)
    assert ranked(2 * nothing["base_rows_needed"])["outcomes"]["y"]["nothing"] is None
