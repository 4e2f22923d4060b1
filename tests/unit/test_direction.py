"""The effect of a lever is the change from the low to the high end of its range, whatever its kind and whatever the design."""

import datetime

import numpy as np
import pytest

from zonesim.experiments.experiment import Experiment
from zonesim.experiments.factors import Factor
from zonesim.experiments.ranked import rank_levers
from zonesim.experiments.sweep import sweep
from zonesim.report.figures import Choice, draw
from zonesim.report.rankings import sweep_of_record
from zonesim.report.view import View

DESIGNS = {
    "sobol": {"samples": 64},
    "latin_hypercube": {"samples": 100},
    "fast": {"samples": 65, "scrambles": 3},
    "morris": {"samples": 20, "levels": 4},
    "factorial": {},
}
LEVERS = {
    "number": {"low": 1.0, "high": 3.0},
    "ratio": {"low": 0.1, "high": 10.0, "distribution": "log_uniform"},
    "bell": {"low": -1.0, "high": 4.0, "distribution": "normal", "mean": 1.0, "sd": 1.0},
    "lopsided": {"low": 0.0, "high": 1.0, "distribution": "pert", "mode": 0.2},
    "count": {"kind": "integer", "low": 2, "high": 4},
    "switch": {"kind": "boolean"},
    "listed": {"values": [0, 1, 5], "weights": [1, 2, 1]},
    "falling": {"values": [0.5, 0.3, 0.1]},
    "pair": {"values": ["rolling", "fixed"], "weights": [3, 1]},
    "day": {"kind": "date", "low": "2016-01-01", "high": "2016-10-01"},
    "name": {"values": ["red", "green", "blue"]},
}


def alone(settings, seed):
    """Each factor by itself: its outcome is linear in its value (by ratios where it is drawn by ratios)."""
    day = datetime.date.fromisoformat(settings["day"])
    found = {
        "number": 2 * settings["number"],
        "ratio": np.log10(settings["ratio"]),
        "bell": settings["bell"],
        "lopsided": 3 * settings["lopsided"],
        "count": -settings["count"],
        "switch": 7.0 * settings["switch"],
        "listed": 2.0 * settings["listed"],
        "falling": settings["falling"],
        "pair": 4.0 * (settings["pair"] == "fixed"),
        "day": (day.year - 2016) * 4 + (day.month - 1) // 3,
        "name": {"red": 0.0, "green": 5.0, "blue": 1.0}[settings["name"]],
    }
    return {f"of_{key}": value for key, value in found.items()}


EFFECTS = {"number": 4.0, "ratio": 2.0, "bell": 5.0, "lopsided": 3.0, "count": -2.0, "switch": 7.0, "listed": 10.0, "falling": -0.4, "pair": 4.0, "day": 3.0}


@pytest.fixture(scope="module", params=DESIGNS)
def record(request, tmp_path_factory):
    levers = {
        key: {k: v for k, v in one.items() if k != "weights" or request.param != "factorial"} for key, one in LEVERS.items()
    }  # which has no place for weights
    one = Experiment(model=alone, levers=levers, outcomes=[f"of_{key}" for key in LEVERS], design={"method": request.param, **DESIGNS[request.param]})
    folder = tmp_path_factory.mktemp("direction") / request.param
    sweep(one, folder, workers=0)
    return rank_levers(folder, resamples=200)


def row_of(record, name):
    return next(row for row in record["outcomes"][f"of_{name}"]["levers"] if row["lever"] == name)


@pytest.mark.parametrize("name", EFFECTS)
def test_an_outcome_linear_in_a_lever_has_the_change_over_its_range_as_effect(record, name):
    row = row_of(record, name)
    assert row["effect"] == pytest.approx(EFFECTS[name], rel=1e-6)
    if record["design"]["method"] != "factorial":  # whose doubt is that of all contrasts
        assert row["effect_low"] == pytest.approx(EFFECTS[name], rel=1e-6) and row["effect_high"] == pytest.approx(EFFECTS[name], rel=1e-6)
    if row["distinguishable"]:
        assert row["sign"] == ("+" if EFFECTS[name] > 0 else "-")


def test_three_names_have_no_direction_and_are_said_to_have_none(record):
    row = row_of(record, "name")
    assert row["at_low"] is None and row["at_high"] is None
    if record["design"]["method"] == "factorial":  # which compares the first and the last alone
        assert row["effect"] == pytest.approx(1.0)
        return
    assert row["effect"] is None and row["sign"] is None and row["distinguishable"]
    assert not any(sign["lever"] == "name" for sign in record["outcomes"]["of_name"]["open_signs"])


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_tornado_says_why_a_lever_without_a_direction_has_no_bar(record, lang):
    rows = [row_of(record, "number") | {"rank": 1}, row_of(record, "name") | {"rank": 2}]
    one = record["outcomes"]["of_number"] | {"levers": rows}
    figure = draw("tornado", View(sweep=sweep_of_record(record | {"outcomes": {"of_number": one}})), lang, Choice(outcome="of_number"))
    assert ("没有大小次序" if lang == "zh" else "stand in no order") in figure.note


def test_effects_of_several_levers_at_once_are_told_apart(tmp_path):
    def model(settings, seed):
        return {"y": 3.0 * settings["switch"] + settings["count"] + settings["number"] ** 2}

    levers = {key: LEVERS[key] for key in ("switch", "count", "number")}
    for method, more in (DESIGNS | {"sobol": {"samples": 256}, "latin_hypercube": {"samples": 1024}}).items():
        sweep(Experiment(model=model, levers=levers, outcomes=["y"], design={"method": method, **more}), tmp_path / method, workers=0)
        rows = {row["lever"]: row for row in rank_levers(tmp_path / method, resamples=200)["outcomes"]["y"]["levers"]}
        for name, change in (
            ("switch", 3.0),
            ("count", 2.0),
            ("number", 8.0),
        ):  # points of the three are not balanced between factors
            assert rows[name]["effect"] == pytest.approx(change, abs={"latin_hypercube": 0.6, "fast": 0.3, "morris": 0.5}.get(method, 0.1)), (method, name)


def test_what_has_a_direction():
    def listed(*values):
        return Factor("a", "lever", "categorical", values=values, distribution="list")

    assert all(listed(*v).has_direction for v in ((False, True), ("x", "y"), (1, 2, 9), (9, 2, 1), ("2016-01-01", "2016-07-01", "2018-01-01")))
    assert not any(listed(*v).has_direction for v in (("x", "y", "z"), (1, 9, 2), (1, "x", 2), ("2016-01-01", "2018-01-01", "2016-07-01")))
    assert listed(0, 1, 5).position(np.array([0.1, 0.5, 0.9])).tolist() == [0.0, 0.2, 1.0]
