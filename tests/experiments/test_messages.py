"""What a sweep says before it starts, when it is stopped, and when its order cannot be settled is true."""

import json
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner

import zonesim.experiments.experiment as experiment_module
from tests.conftest import ROOT
from zonesim.cli import app, main
from zonesim.errors import InputError
from zonesim.experiments.damage import repair_folder
from zonesim.experiments.direction import Direction
from zonesim.experiments.exported import export
from zonesim.experiments.ranked import rank_levers
from zonesim.experiments.store import Store
from zonesim.experiments.sweep import price_of, sweep
from zonesim.report.rankings import save_ranking, text_of_ranking
from zonesim.results import read_parquet


@pytest.mark.parametrize("workers", [0, 1])
def test_a_price_of_an_own_model_has_its_seconds(make, workers):
    said = []
    price = price_of(make("tests.experiments.toy:slow"), workers, said.append)
    assert price.runs == price.missing == 80 and 0.004 <= price.seconds < 0.04 and "s each, about 1 s with 1 workers" in price.text()
    assert not any(" runs" in line for line in said)  # the price is said once, by whoever asked


def test_a_price_of_runs_that_all_fail_is_the_user_s_mistake(make):
    with pytest.raises(InputError, match=r"no price: KeyError: .*no outcome 'hieght'; did you mean 'height'"):
        price_of(make(outcomes=["hieght"]), 0)


def test_ctrl_c_before_the_first_run_says_what_is_kept(make, tmp_path, monkeypatch, capsys):
    sweep(make(), tmp_path / "s", workers=0, limit=5)

    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(experiment_module, "load_experiment", interrupted)
    for store, words in ((tmp_path / "s", f"what {tmp_path / 's'} holds is kept"), (tmp_path / "new", "before anything was begun")):
        monkeypatch.setattr(sys, "argv", ["zonesim", "sweep", str(ROOT / "experiments/lanzhou_small.yaml"), "--store", str(store)])
        with pytest.raises(SystemExit) as end:
            main()
        said = capsys.readouterr().err
        assert end.value.code == 130 and words in said and "nothing partial" not in said


def test_what_is_zero_is_not_said_to_be_settled_by_billions_of_rows(make, tmp_path):
    drawn = np.random.default_rng(1).normal(1e-6, 1.0, (1000, 1))
    open_sign = Direction(np.array([1e-6]), drawn, 64).open(0, "a", 0.95)
    assert open_sign["base_rows_needed"] is None and open_sign["probability"] < 0.6
    assert Direction(np.array([0.1]), drawn + 0.1, 64).open(0, "a", 0.95)["base_rows_needed"] == pytest.approx(64 * (1.645 / 0.1) ** 2, rel=0.1)
    sweep(make(), tmp_path / "s", workers=0)
    record = rank_levers(tmp_path / "s", ["height"])
    record["outcomes"]["height"] |= {"open_signs": [open_sign], "open": [{"first": "a", "second": "b", "probability": 0.5, "base_rows_needed": None}]}
    assert text_of_ranking(record).count("cannot be told from zero") == 2


def test_a_refusal_says_how_many_rows_the_others_would_cost(make, tmp_path):
    sweep(make(), tmp_path / "s", workers=0, limit=13)  # three base rows of five points, less two
    with pytest.raises(InputError, match="14 of 16 would be lost, 2 are left"):
        rank_levers(tmp_path / "s")
    record = rank_levers(tmp_path / "s", ["height"], complete_rows=True)
    assert "2 base rows used, 14 lost" in text_of_ranking(record)


@pytest.mark.parametrize("ending", ["csv", "parquet", "dta", "xlsx"])
def test_a_folder_that_takes_no_files_is_the_user_s_mistake(make, tmp_path, ending):
    sweep(make(), tmp_path / "s", workers=0, limit=5)
    with Store(tmp_path / "s") as store, pytest.raises(InputError, match=rf"/proc/x\.{ending}: cannot be written") as refusal:
        export(store, Path(f"/proc/x.{ending}"))
    assert "aside" not in str(refusal.value)


def test_a_mixed_store_is_said_to_be_mixed_wherever_it_is_ranked(make, tmp_path, monkeypatch):
    from zonesim.experiments import identity

    sweep(make(), tmp_path / "s", workers=0, limit=30)
    monkeypatch.setattr(identity, "file_fingerprint", lambda path: "another file")
    sweep(make(), tmp_path / "s", workers=0, changed="keep")
    ranked = CliRunner().invoke(app, ["rank", str(tmp_path / "s"), "--outcome", "height", "--out", str(tmp_path / "out")], catch_exceptions=False)
    assert ranked.exit_code == 0 and ranked.stdout.startswith("MIXED: runs of plan 1, ")
    assert json.loads((tmp_path / "out/ranking.json").read_text())["mixed_with"] == [1]
    page = (tmp_path / "out/ranking.html").read_text(encoding="utf-8")
    assert "MIXED: runs of plan 1" in page and "混合：保留了第 1 版" in page
    sweep(make(), tmp_path / "pure", workers=0)
    assert rank_levers(tmp_path / "pure")["mixed_with"] == [] and "MIXED" not in text_of_ranking(rank_levers(tmp_path / "pure"))


@pytest.mark.parametrize("command", [["status"], ["status", "--json"], ["export", "--out", "OUT"]])
def test_more_failures_than_allowed_are_exit_code_3_of_every_command_that_says_so(make, tmp_path, monkeypatch, command):
    sweep(
        make("tests.experiments.toy:wicked", levers={"how": {"values": ["raise", "fine"]}, "a": {"low": 0, "high": 1}}, design={"method": "grid", "levels": 2}),
        tmp_path / "s",
        workers=0,
    )
    out = tmp_path / "rows.csv"
    for allowed, code in (("0.01", 3), ("0.9", 0)):
        out.unlink(missing_ok=True)
        given = [str(out) if one == "OUT" else one for one in command[1:]]
        monkeypatch.setattr(sys, "argv", ["zonesim", command[0], str(tmp_path / "s"), *given, "--max-failed", allowed])
        ended = 0
        try:
            main()
        except SystemExit as end:
            ended = end.code or 0
        assert ended == code and (out.exists() or command[0] == "status")


@pytest.mark.parametrize("workers", [0, 1])
def test_an_error_that_cannot_say_its_text_is_an_error_like_others(make, tmp_path, workers):
    status = sweep(make("tests.experiments.toy:speechless", design={"method": "grid", "levels": 2}), tmp_path / "s", workers=workers)
    assert status.counts["error"] == status.planned > 0 and status.failures[0]["type"] == "Speechless"
    assert "str() raised RuntimeError" in status.failures[0]["message"] and "toy.py" in status.failures[0]["frame"]
    done = CliRunner().invoke(app, ["rerun", str(tmp_path / "s"), "--run", str(status.failures[0]["run"]), "--model", "tests.experiments.toy:speechless"])
    assert isinstance(done.exception, InputError) and "the model ended with Speechless" in str(done.exception)


def test_what_only_looks_like_a_number_is_an_error_with_a_plain_reason(make, tmp_path):
    one = make("tests.experiments.toy:untyped", levers={"k": {"values": list(range(7))}}, design={"method": "grid"})
    assert sweep(one, tmp_path / "s", workers=0).counts == {"pending": 0, "ok": 2, "error": 5, "timeout": 0, "crashed": 0}
    with Store(tmp_path / "s") as store:
        said = [failure["message"] for failure in store.failures()]
    assert said == [
        "outcome height is True, which is a bool and no number; return 1 or 0 where that is meant",
        f"outcome height is {np.True_!r}, which is a {type(np.True_).__name__} and no number; return 1 or 0 where that is meant",
        "outcome height is '1.5', which is a str and no number",
        "outcome height is None, which is a NoneType and no number",
        "outcome height is [1.0], which is a list and no number",
    ]


def test_a_price_that_has_no_seconds_says_so_before_the_first_run_and_has_them_when_some_are_done(make, tmp_path):
    said = []
    sweep(make("tests.experiments.toy:slow"), tmp_path / "s", workers=1, said=said.append)
    assert said[0].startswith("80 runs; the seconds of one are not known before some are done (--price measures a few); store about")
    assert any("s each, about" in line for line in said[1:])
    again = []
    sweep(make("tests.experiments.toy:slow", replications=2), tmp_path / "s", workers=1, said=again.append)
    assert again[0].startswith("160 runs, 80 done; 0.00") and "not known" not in again[0]


def test_no_group_is_called_as_the_factor_that_does_nothing(make):
    for name in ("dummy", "dummy_2"):
        with pytest.raises(InputError, match=rf"groups\.{name}: '{name}' is the name of the factor that does nothing"):
            make(groups={name: ["a", "b"]})


def test_a_sweep_of_an_own_model_is_checked_with_its_model(tmp_path):
    file = tmp_path / "own.yaml"
    file.write_text("zonesim: 1\nkind: sweep\nid: own\nlevers:\n  a: {low: 0, high: 1}\noutcomes: [height]\ndesign: {method: grid, levels: 3}\n")
    done = CliRunner().invoke(app, ["check", str(file), "--model", "tests.experiments.toy:ishigami"])
    assert done.exit_code == 0 and "ok (1 factors, 3 points)" in done.output


def test_a_lost_index_says_how_its_results_are_had_again(tmp_path):
    (tmp_path / "parts").mkdir()
    for name, words in (("", r"\(no index.sqlite\)$"), ("0.parquet", "takes them back")):
        if name:
            (tmp_path / "parts" / name).touch()
        for opened in (Store, repair_folder):
            with pytest.raises(InputError, match=words):
                opened(tmp_path)


def test_status_says_that_it_names_some_failures_and_names_all_when_asked(make, tmp_path):
    store = str(tmp_path / "s")
    sweep(make("tests.experiments.toy:speechless", levers={"a": {"low": 0, "high": 1}}, design={"method": "grid", "levels": 20}), store, workers=0)

    def said(*words):
        return CliRunner().invoke(app, ["status", store, *words, "--max-failed", "1"], catch_exceptions=False).output

    assert said().count("error: Speechless") == 5 and f"  and 15 more failed: zonesim status {store} --all" in said()
    assert said("--all").count("error: Speechless") == 20 and "more failed" not in said("--all")
    few, every = (json.loads(said("--json", *more)) for more in ((), ("--all",)))
    assert (len(few["failures"]), few["failures_not_named"], len(every["failures"]), every["failures_not_named"]) == (5, 15, 20, 0)


def sheet(path):
    """Return the first sheet of a workbook whose texts stand in their cells."""
    space = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    with zipfile.ZipFile(path) as book:
        tree = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))
    found = []
    for row in tree.iter(f"{space}row"):
        cells = {re.sub(r"\d", "", cell.get("r")): cell for cell in row}
        found.append({name: "".join(cell.itertext()) if cell.get("t") == "inlineStr" else float("".join(cell.itertext())) for name, cell in cells.items()})
    return pd.DataFrame(found[1:]).rename(columns=found[0])


@pytest.mark.parametrize("ending", ["parquet", "csv", "dta", "xlsx"])
def test_an_export_says_which_run_a_row_is_and_why_it_failed(make, tmp_path, ending):
    levers = {"how": {"values": ["raise", "long", "fine"]}, "a": {"low": 0, "high": 1}}
    sweep(make("tests.experiments.toy:wicked", levers=levers, design={"method": "grid", "levels": 2}, replications=2), tmp_path / "s", workers=0, limit=11)
    path = tmp_path / f"e.{ending}"
    with Store(tmp_path / "s") as store:
        assert export(store, path) == 12
        failures = {one["run"]: one for one in store.failures()}
        settings = {job.id: (job.values, job.replication) for job in store.jobs((0, 1, 2, 3, 4))}
    read = {"parquet": read_parquet, "csv": pd.read_csv, "dta": pd.read_stata, "xlsx": sheet}[ending]
    rows = read(path).rename(columns=lambda name: name.replace("_", ".")).fillna("")
    assert len(rows) == 12 and set(rows["run"]) == set(settings)
    for row in rows.to_dict("records"):
        assert (row["how"], row["a"], row["replication"]) == (*(settings[row["run"]][0][name] for name in ("how", "a")), settings[row["run"]][1])
        known = failures.get(row["run"], {"type": "", "message": "", "frame": ""})
        assert row["failure.type"] == known["type"] and row["failure.frame"] == known["frame"]
        assert row["failure.message"] == known["message"].replace("\x1b", "\N{REPLACEMENT CHARACTER}").replace("\n", " ")
    assert rows["failure.message"].str.contains("much too").any() and rows["failure.message"].str.len().max() == 2000 and (rows["status"] == "pending").any()


@pytest.mark.slow
@pytest.mark.parametrize("ending", ["html", "docx", "xlsx"])
def test_every_report_says_at_its_top_that_too_many_runs_failed(make, tmp_path, ending):
    levers = {"how": {"values": ["raise", "nan", "fine"]}, "a": {"low": 0, "high": 1}}
    for name, hows, words in (("bad", levers, ("", "6 次运行中有 4 次（66.7%）没有结果")), ("good", {**levers, "how": {"values": ["fine", "talk"]}}, ())):
        sweep(make("tests.experiments.toy:wicked", levers=hows, design={"method": "grid", "levels": 2}), tmp_path / name, workers=0)
        out = tmp_path / f"{name}.{ending}"
        assert CliRunner().invoke(app, ["report", str(tmp_path / name), "--out", str(out)], catch_exceptions=False).exit_code == 0
        if ending == "html":
            text = out.read_text(encoding="utf-8")
        else:
            with zipfile.ZipFile(out) as book:
                text = " ".join(re.sub(r"<[^>]+>", "", book.read(one).decode()) for one in book.namelist() if one.endswith(".xml"))
        assert ("失败过多：" in text) == (words != ()) and all(one in text for one in words[1:])
        assert "每个因素 2 个水平" in text and "网格, 64" not in text  # of the design, not a number that it does not read
    if ending == "html":
        assert "TOO MANY FAILED: 4 of 6 runs (66.7 %)" in (tmp_path / "bad.html").read_text(encoding="utf-8")


def test_a_ranking_of_complete_rows_says_so_too(make, tmp_path):
    sweep(
        make("tests.experiments.toy:wicked", levers={"how": {"values": ["fine", "talk"]}, "a": {"low": 0, "high": 1}, "b": {"low": 0, "high": 1}}),
        tmp_path / "s",
        workers=0,
    )
    record = rank_levers(tmp_path / "s", ["height"])
    assert not text_of_ranking(record).startswith("TOO MANY")
    assert text_of_ranking(record | {"failed": 20}).startswith(f"TOO MANY FAILED: 20 of {record['runs']} runs")
    save_ranking(record | {"failed": 20}, tmp_path / "out")
    page = (tmp_path / "out/ranking.html").read_text(encoding="utf-8")
    assert "<p class='warn'>TOO MANY FAILED: 20 of" in page and "<p class='warn'>失败过多：" in page


@pytest.mark.slow
def test_a_script_without_its_guard_is_told_so(tmp_path):
    script = tmp_path / "bare.py"
    script.write_text(
        "from zonesim import Experiment, sweep\nfrom tests.experiments.toy import ishigami\nu = {'low': 0, 'high': 1}\n"
        "sweep(Experiment(model=ishigami, levers={'a': u, 'b': u, 'c': u}, outcomes=['height'], design={'method': 'grid'}), 's', workers=1)\n"
    )
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, str(script)], cwd=tmp_path, env=env, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode and "a script that starts a sweep does so under 'if __name__ == \"__main__\":'" in done.stderr
