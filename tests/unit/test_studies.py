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


def rows_of_x3_and_x4():
    with (STUDIES / "x3_and_x4.csv").open(encoding="utf-8") as stored:
        return list(csv.DictReader(stored))


def test_the_page_of_x3_and_x4_is_what_its_rankings_say():
    page = writer("write_x3_and_x4").page(rows_of_x3_and_x4())
    assert page == (STUDIES / "x3_and_x4.md").read_text(encoding="utf-8"), "write it again: python docs/studies/write_x3_and_x4.py"


# (file, outcome, factor, digits) of what the page calls settled; the last two of X-3 are second ones, those of Hebei are first among what can be told
SETTLED = [
    ("X-3_factorial", "gross_output", "entry_and_relocation", 1), ("X-3_factorial", "employment", "entry_and_relocation", 2),
    ("X-3_factorial", "investment_attracted", "entry_and_relocation", 0), ("X-3_factorial", "emissions", "environment_and_safety", 1),
    ("X-3_factorial", "emissions", "entry_and_relocation", 1), ("X-3_factorial", "investment_attracted", "enclaves_and_cooperation", 0),
    ("X-3_factorial", "employment", "governance_and_approvals", 2),
    ("X-4", "gdp", "industry_transfer_inflow", 1), ("X-4", "fixed_asset_investment", "industry_transfer_inflow", 1),
    ("X-4", "tax_revenue", "industry_transfer_inflow", 1), ("X-4", "investment_attracted", "industry_transfer_inflow", 0),
    ("X-4", "emissions", "wastewater_central_share", 1),
    ("X-4_zhangye", "employment", "relocation_rate", 1), ("X-4_zhangye", "land_supplied", "in_zone_siting_mandate_share", 0),
    ("X-4_pingliang", "fixed_asset_investment", "land_quota_local_retention_share", 1), ("X-4_pingliang", "infra_stock", "land_quota_local_retention_share", 1),
    ("X-4_pingliang", "emissions", "wastewater_central_share", 1),
    ("X-4_sanming", "gdp", "supply_chain_embedding_support", 1), ("X-4_sanming", "employment", "relocation_rate", 1),
    ("X-4_sanming", "emissions", "relocation_rate", 1), ("X-4_sanming", "investment_attracted", "promotion_budget", 0),
    ("X-4_hebei", "gdp", "zone_quota_share", 1), ("X-4_hebei", "tax_revenue", "zone_quota_share", 1), ("X-4_hebei", "land_supplied", "zone_quota_share", 0),
    ("X-4_hebei", "emissions", "inspection_probability", 1),
]  # fmt: skip
SECOND = {("emissions", "entry_and_relocation"), ("investment_attracted", "enclaves_and_cooperation"), ("employment", "governance_and_approvals")}


@pytest.mark.parametrize(("file", "outcome", "factor", "digits"), SETTLED)
def test_what_the_page_of_x3_and_x4_calls_settled_is_so_with_the_interval_it_says(file, outcome, factor, digits):
    found = {(row["file"], row["outcome"].split(".")[0], row["lever"]): row for row in rows_of_x3_and_x4()}
    one = found[file, outcome, factor]
    place = "2" if file == "X-3_factorial" and (outcome, factor) in SECOND else "1"
    assert one["told"] == "True" and one["rank_low"] == one["rank_high"] == place
    effect, low, high = (f"{100 * float(one[key]) / abs(float(one['mean'])):.{digits}f}".replace("-", "−") for key in ("effect", "effect_low", "effect_high"))
    signed = effect if effect[0] == "−" else f"+{effect}"
    page = (STUDIES / "x3_and_x4.md").read_text(encoding="utf-8")
    assert f"{signed} % [{low}, {high}]" in page and f"{signed}% [{low}, {high}]" in page


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
