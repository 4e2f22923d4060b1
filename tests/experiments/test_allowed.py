"""One share of runs that may fail, kept with the store; and a design file that this version would make otherwise is not made again."""

import dataclasses
import json

import pytest
from click.testing import CliRunner

from zonesim.cli import app
from zonesim.errors import InputError
from zonesim.experiments import plan
from zonesim.experiments.damage import repair_folder
from zonesim.experiments.plan import design_of
from zonesim.experiments.ranked import rank_levers
from zonesim.experiments.records import MAX_FAILED
from zonesim.experiments.store import Store
from zonesim.experiments.sweep import rerun_failed, sweep
from zonesim.report.rankings import save_ranking, text_of_ranking

WICKED = {
    "model": "tests.experiments.toy:wicked",
    "levers": {"how": {"values": ["raise", "talk", "fine"]}, "a": {"low": 0, "high": 1}},
    "design": {"method": "grid", "levels": 5},
}


def allowed(folder):
    with Store(folder) as store:
        assert store.status().allowed == store.allowed
        return store.allowed


def test_what_a_sweep_allows_is_what_every_reader_of_its_store_allows(make, tmp_path, monkeypatch):
    folder = tmp_path / "s"
    sweep(make(**WICKED), folder, workers=0)
    assert allowed(folder) == MAX_FAILED == 0.01
    run = CliRunner().invoke
    for command in (["status", folder], ["export", folder, "--out", tmp_path / "e.csv"]):
        said = run(app, list(map(str, command)))
        assert type(said.exception).__name__ == "TooManyFailed" and "TOO MANY FAILED: 5 of 15" in said.output, command
    sweep(make(**WICKED), folder, workers=0, max_failed=0.5)  # nothing is to be done, but the share is kept
    assert allowed(folder) == 0.5
    for command in (["status", folder], ["export", folder, "--out", tmp_path / "e.csv"]):
        said = run(app, list(map(str, command)))
        assert said.exit_code == 0 and "TOO MANY" not in said.output, command
    found = json.loads(run(app, ["status", str(folder), "--json"]).output)
    assert (found["max_failed"], found["too_many_failed"]) == (0.5, False)
    said = run(app, ["status", str(folder), "--max-failed", "0.1"])  # for this look alone
    assert "more than --max-failed 0.1" in str(said.exception) and allowed(folder) == 0.5
    sweep(make(**WICKED), folder, workers=0)
    assert allowed(folder) == 0.5, "who says nothing changes nothing"
    rerun_failed(folder, WICKED["model"], workers=0, max_failed=0.4)
    assert allowed(folder) == 0.4


def test_a_ranking_says_what_its_store_allows(make, tmp_path):
    sweep(make(), tmp_path / "s", workers=0, max_failed=0.25)
    record = rank_levers(tmp_path / "s", ["height"])
    assert record["max_failed"] == 0.25
    few, many = record["runs"] // 5, record["runs"] // 3
    assert text_of_ranking(record | {"failed": many}).startswith("TOO MANY FAILED") and not text_of_ranking(record | {"failed": few}).startswith("TOO MANY")
    save_ranking(record | {"failed": few}, tmp_path / "out")
    assert "TOO MANY FAILED" not in (tmp_path / "out/ranking.html").read_text(encoding="utf-8")


def test_a_report_warns_beyond_what_its_store_allows(make, tmp_path):
    for share, warns in ((0.5, False), (0.2, True)):
        sweep(make(**WICKED), tmp_path / "s", workers=0, max_failed=share)
        assert CliRunner().invoke(app, ["report", str(tmp_path / "s"), "--out", str(tmp_path / "r.html")], catch_exceptions=False).exit_code == 0
        assert ("TOO MANY FAILED: 5 of 15" in (tmp_path / "r.html").read_text(encoding="utf-8")) is warns


def test_a_design_of_another_version_is_not_made_again(make, tmp_path, monkeypatch):
    sweep(make(), tmp_path / "s", workers=0)
    with Store(tmp_path / "s") as store:
        path, before = store.plan_row(1)["design"], design_of(store)
    whole = path.read_bytes()
    path.write_bytes(whole[:-9])
    right = plan.make_design

    def other(*given):
        made = right(*given)
        return dataclasses.replace(made, number=made.number[::-1] * 0.5)

    monkeypatch.setattr(plan, "make_design", other)
    with pytest.raises(InputError, match=r"made by an earlier zonesim, and this one makes other points"):
        repair_folder(tmp_path / "s")
    monkeypatch.setattr(plan, "make_design", right)
    repair_folder(tmp_path / "s")
    with Store(tmp_path / "s") as store:
        assert design_of(store).equals(before)
