"""A ranking by mu* says, where it is read, that it favours switches."""

import json

import pytest
from click.testing import CliRunner

from zonesim.commands.rankings import rank_command
from zonesim.experiments.experiment import Experiment
from zonesim.experiments.sweep import sweep


def plane(settings, seed):
    return {"y": settings["on"] + settings["x"] + 0.2 * settings["n"]}


LEVERS = {"on": {"values": [0, 1]}, "x": {"low": 0, "high": 1}, "n": {"low": 0, "high": 2, "kind": "integer"}}


@pytest.fixture
def store(tmp_path):
    def make(method, **levers):
        one = Experiment(
            model=plane, levers=levers or LEVERS, outcomes=["y"], design={"method": method, "samples": 16, **({"levels": 4} if method == "morris" else {})}
        )
        sweep(one, tmp_path / method, workers=0)
        return str(tmp_path / method)

    return make


def test_text_and_json_say_that_mu_star_favours_a_switch(store):
    folder = store("morris")
    text = CliRunner().invoke(rank_command, [folder]).output
    assert "NOTE: mu* is per step in the unit cube, and favours switches" in text and "on goes 1.5" in text
    record = json.loads(CliRunner().invoke(rank_command, [folder, "--json"]).output)
    by = {row["lever"]: row for row in record["outcomes"]["y"]["levers"]}
    assert record["favours"] in text and by["on"]["stretch"] == pytest.approx(1.5) and by["x"]["stretch"] == pytest.approx(1.0)
    for row in by.values():
        assert row["mu_star"] == pytest.approx(row["stretch"] * abs(row["effect"]))
    assert by["on"]["mu_star"] == pytest.approx(1.5 * by["x"]["mu_star"])  # though both change the outcome by 1


def test_nothing_is_said_where_nothing_is_favoured(store):
    folder = store("sobol")
    assert "NOTE" not in CliRunner().invoke(rank_command, [folder]).output
    record = json.loads(CliRunner().invoke(rank_command, [folder, "--json"]).output)
    assert record["favours"] is None and {row["stretch"] for row in record["outcomes"]["y"]["levers"]} == {None}
