"""The headline study can be checked from the repository alone: its page follows from its data, and its probabilities from its runs."""

import csv
import importlib.util
import json

import numpy as np
import pandas as pd
import pytest

from tests.conftest import ROOT
from zonesim.results import read_parquet

STUDIES = ROOT / "docs" / "studies"
DATA = STUDIES / "lanzhou_levers" / "data"


def writer(name="write_lanzhou_levers"):
    spec = importlib.util.spec_from_file_location(name, STUDIES / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_of_the_headline_study_is_what_its_data_say():
    assert writer().page(DATA) == (STUDIES / "lanzhou_levers.md").read_text(encoding="utf-8"), (
        "write it again: python docs/studies/write_lanzhou_levers.py docs/studies/lanzhou_levers/data"
    )


def test_the_page_of_first_looks_is_what_its_rankings_say():
    with (STUDIES / "first_looks.csv").open(encoding="utf-8") as stored:
        rows = list(csv.DictReader(stored))
    page = writer("write_first_looks").page(rows)
    assert page == (STUDIES / "first_looks.md").read_text(encoding="utf-8"), "write it again: python docs/studies/write_first_looks.py"
    first = {row["outcome"].split(".")[0]: row for row in reversed(rows) if row["file"] == "X-3_factorial"}
    for indicator, said in (("gross_output", "15.6 % [11.5 to 19.7]"), ("employment", "0.7 % [0.4 to 1.0]"), ("emissions", "10.7 % [10.2 to 11.3]")):
        one = first[indicator]
        low, effect, high = sorted(abs(float(one[key])) / float(one["mean"]) for key in ("effect", "effect_low", "effect_high"))
        assert f"{effect:.1%} [{low:.1%} to {high:.1%}]".replace("%", "") == said.replace(" %", "") and said in " ".join(page.split())


@pytest.mark.parametrize("part", ["levers", "targets"])
def test_probabilities_of_the_headline_study_follow_from_its_runs(part):
    record, runs = json.loads((DATA / part / "ranking.json").read_text(encoding="utf-8")), read_parquet(DATA / part / "runs.parquet")
    assert (runs["status"] == "ok").all() and len(runs) == record["replications"] * (runs["row"].max() + 1)
    goals = {one["name"]: one["target"] for one in record["specs"]}
    hits = {name: (runs[name] >= goal).to_numpy() for name, goal in goals.items()}
    hits["all targets"] = np.all(list(hits.values()), axis=0)
    without = {name: (runs[f"baseline.{name}"] >= goal).to_numpy() for name, goal in goals.items()}
    by_point = pd.read_csv(DATA / part / "targets.csv")
    varied = {role: [name for name, its in record["roles"].items() if its == role] for role in ("lever", "uncertainty")}
    once = ~runs.duplicated([*varied["lever"], *varied["uncertainty"], "seed"]).to_numpy()  # the dummy's points are runs that stand in the design twice
    for one in record["targets"]:
        name = one["outcome"]
        assert (one["met"], one["n"]) == (hits[name][once].sum(), once.sum()) and one["probability"] == pytest.approx(hits[name][once].mean())
        assert name == "all targets" or one["baseline"] == pytest.approx(without[name][once].mean())
        mine = by_point[by_point["outcome"] == name]
        met = pd.Series(hits[name].astype(int)).groupby(runs["row"].to_numpy()).sum()
        assert (mine.set_index("row")["met"] == met[mine["row"]]).all() and (mine["n"] == record["replications"]).all()


@pytest.mark.parametrize("part", ["levers", "targets"])
def test_how_many_targets_are_met_at_once_follows_from_the_runs(part):
    record, runs = json.loads((DATA / part / "ranking.json").read_text(encoding="utf-8")), read_parquet(DATA / part / "runs.parquet")
    factors = [name for name in record["roles"] if name in runs.columns and record["roles"][name] != "dummy"]
    runs = runs[~runs.duplicated([*factors, "seed"])]
    hits = np.stack([runs[one["name"]] >= one["target"] for one in record["specs"]])
    number, found = hits.sum(axis=0), record["at_once"]
    assert found["targets"] == len(hits) == 8 and found["runs"] == len(runs) and found["most"] == number.max() and found["mean"] == pytest.approx(number.mean())
    assert found["share"] == pytest.approx([(number == j).mean() for j in range(9)])
    assert found["most_runs"] == (number == number.max()).sum()
    assert list(found["missing"].values()) == (~hits[:, number == number.max()]).sum(axis=1).tolist()
    assert f"{found['most_runs']} of {found['runs']:,} runs" in (STUDIES / "lanzhou_levers.md").read_text(encoding="utf-8")
