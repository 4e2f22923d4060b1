"""A sweep keeps everything, does only what is missing, and says what became of every run."""

import json
import math
import shutil

import numpy as np
import pandas as pd
import pytest

from tests.conftest import LANZHOU
from zonesim.errors import InputError
from zonesim.experiments import damage, upkeep
from zonesim.experiments.experiment import Experiment
from zonesim.experiments.exported import export
from zonesim.experiments.plan import design_of
from zonesim.experiments.store import Store
from zonesim.experiments.stored import find_run, reproduction, subject_of, table
from zonesim.experiments.sweep import price_of, rerun_failed, sweep

TOY = "tests.experiments.toy:"
HOWS = ["raise", "hang", "exit", "crash", "print", "nan", "missing", "sys_exit", "talk", "fine"]


def digest(folder):
    with Store(folder) as store:
        assert damage.verify(store) == []
        return upkeep.digest(store)


def test_processes_and_this_process_give_the_same_bytes(make, tmp_path):
    one = sweep(make(replications=3), tmp_path / "one", workers=2)
    two = sweep(make(replications=3), tmp_path / "two", workers=0)
    assert one.counts == two.counts == {"pending": 0, "ok": 240, "error": 0, "timeout": 0, "crashed": 0}  # 16 x (A, 3 AB, B); the dummy costs nothing
    assert digest(tmp_path / "one") == digest(tmp_path / "two")


def test_a_function_that_draws_from_shared_generators_is_seeded_run_by_run(make, tmp_path):
    sweep(make(TOY + "careless", luck="independent"), tmp_path / "one", workers=2)
    sweep(make(TOY + "careless", luck="independent"), tmp_path / "two", workers=0)
    assert digest(tmp_path / "one") == digest(tmp_path / "two")
    with Store(tmp_path / "one") as store:
        assert table(store)["height"].nunique() == 96


def test_results_are_those_of_the_model_at_the_points_of_the_design(make, tmp_path):
    sweep(make(replications=2), tmp_path / "s", workers=0)
    with Store(tmp_path / "s") as store:
        rows, design = table(store), design_of(store)
    assert len(rows) == 2 * 16 * 6 == 2 * len(design) and (rows["status"] == "ok").all()
    expected = np.sin(rows["a"]) + 7 * np.sin(rows["b"]) ** 2 + 0.1 * rows["c"] ** 4 * np.sin(rows["a"])
    assert np.allclose(rows["height"], expected, rtol=1e-12)
    assert rows.groupby("replication")["seed"].nunique().tolist() == [1, 1]  # common random numbers
    assert np.allclose(design["x.a"], -math.pi + 2 * math.pi * design["u.a"]) and set(design["part"]) == set(range(6))


def test_independent_luck_gives_every_point_its_own_seed(make, tmp_path):
    status = sweep(make(luck="independent"), tmp_path / "s", workers=0)
    assert status.planned == 16 * 6  # the dummy moves the luck, so its points are runs of their own
    with Store(tmp_path / "s") as store:
        assert table(store)["seed"].nunique() == 96


def test_what_is_there_is_not_done_again_and_a_larger_design_reuses_it(make, tmp_path):
    folder = tmp_path / "s"
    half = sweep(make(), folder, workers=0, limit=30)
    assert half.counts["ok"] == 30 and half.counts["pending"] == 50
    assert sweep(make(), folder, workers=0).counts["ok"] == 80
    said = []
    more = sweep(make(replications=2, design={"method": "sobol", "samples": 32}), folder, workers=0, said=said.append)
    assert more.counts["ok"] == 320 and "320 runs, 80 done" in said[0]
    sweep(make(replications=2, design={"method": "sobol", "samples": 32}), tmp_path / "fresh", workers=0)
    assert digest(folder) == digest(tmp_path / "fresh")
    with Store(folder) as store:
        assert store.plan() == 2 and store.database.execute("SELECT sum(attempts) FROM runs").fetchone() == (320,)


def test_another_input_is_noticed_with_what_changed_and_the_choices(make, tmp_path):
    folder = tmp_path / "s"
    sweep(make(), folder, workers=0)
    other = make(levers={"a": {"low": 0, "high": 1}, "b": {"low": -3.141592653589793, "high": 3.141592653589793}, "c": {"low": 0, "high": 1}}, seed=1)
    with pytest.raises(InputError) as error:
        sweep(other, folder, workers=0)
    assert "factors.a.low: -3.14159" in str(error.value) and "--changed rerun" in str(error.value) and "--changed keep" in str(error.value)
    with pytest.raises(InputError, match="replications: 1 -> 3"):
        sweep(make(replications=3, seed=2), folder, workers=0)
    assert sweep(other, folder, workers=0, changed="rerun").counts["ok"] == 80
    sweep(other, tmp_path / "fresh", workers=0)
    assert digest(folder) == digest(tmp_path / "fresh")


def test_another_engine_is_noticed_and_may_be_mixed_openly(make, tmp_path, monkeypatch):
    from zonesim.experiments import identity, subject

    folder = tmp_path / "s"
    sweep(make(), folder, workers=0, limit=30)
    before = digest(folder)
    monkeypatch.setattr(identity, "file_fingerprint", lambda path: "another file")
    with pytest.raises(InputError, match=r"engine.model: .* -> another file"):
        sweep(make(), folder, workers=0)
    mixed = sweep(make(), folder, workers=0, changed="keep")
    assert mixed.mixed and mixed.identity["mixed_with"] == [1] and mixed.counts["ok"] == 80
    with Store(folder) as store:
        assert store.database.execute("SELECT sum(attempts) FROM runs WHERE plan = 2").fetchone() == (80,)  # the 30 were not done again
    assert sweep(make(replications=2), folder, workers=0).counts["ok"] == 160  # growing keeps them too
    with Store(folder) as store:
        assert store.database.execute("SELECT sum(attempts) FROM runs WHERE plan = 3").fetchone() == (160,)
    assert digest(folder) != before and subject.FunctionSubject


def test_whatever_a_run_does_it_becomes_a_record_and_the_others_go_on(make, tmp_path):
    experiment = make(TOY + "wicked", levers={"how": {"values": HOWS}, "a": {"low": 0, "high": 1}}, design={"method": "grid", "levels": 3})
    said = []
    status = sweep(experiment, tmp_path / "s", workers=2, timeout=3.0, said=said.append)
    assert status.counts == {"pending": 0, "ok": 6, "error": 15, "timeout": 3, "crashed": 6}
    with Store(tmp_path / "s") as store:
        failures = {one["settings"]["how"]: one for one in store.failures()}
        rows = table(store)
        ended = rows.groupby("how")["status"].first().to_dict()
        assert ended == {**dict.fromkeys(HOWS, "error"), "hang": "timeout", "exit": "crashed", "crash": "crashed", "talk": "ok", "fine": "ok"}
        assert failures["raise"]["type"] == "ValueError" and "toy.py:" in failures["raise"]["frame"] and "in wicked" in failures["raise"]["frame"]
        assert "SIGSEGV" in failures["crash"]["message"] and "exit code 3" in failures["exit"]["message"] and failures["crash"]["attempts"] == 3
        assert failures["nan"]["message"] == "outcome height is nan" and "did you mean 'hieght'" in failures["missing"]["message"]
        assert "printed more than" in failures["print"]["message"] and len(failures["print"]["output"]) <= 2000
        assert failures["sys_exit"]["type"] == "SystemExit" and "longer than 3 s" in failures["hang"]["message"]
        assert reproduction(store, failures["raise"]["run"]) == f"zonesim rerun {tmp_path / 's'} --run {failures['raise']['run']} --model {TOY}wicked"
        job = find_run(store, failures["raise"]["run"])
        with pytest.raises(ValueError, match="much too"):
            subject_of(store, TOY + "wicked").run(job.role, job.values, job.seed)
        with pytest.raises(InputError, match="say so by --model"):
            subject_of(store)
    again = sweep(experiment, tmp_path / "s", workers=2, timeout=3.0)
    assert again.counts == status.counts  # what is deterministic is not tried again unless asked


def test_failed_runs_are_done_again_when_asked(make, tmp_path, monkeypatch):
    from tests.experiments import toy

    experiment = make(TOY + "ishigami", replications=2)
    genuine = toy.ishigami
    monkeypatch.setattr(toy, "ishigami", lambda settings, seed: 1 / 0)
    broken = make(TOY + "ishigami", replications=2)
    monkeypatch.setattr(type(broken.subject), "engine", lambda self: {"model": "same"})
    assert sweep(broken, tmp_path / "s", workers=0).counts["error"] == 160
    monkeypatch.setattr(toy, "ishigami", genuine)
    assert rerun_failed(tmp_path / "s", TOY + "ishigami", workers=0).counts["ok"] == 160
    sweep(experiment, tmp_path / "fresh", workers=0)
    with Store(tmp_path / "s") as one, Store(tmp_path / "fresh") as two:
        assert upkeep.digest(one) == upkeep.digest(two)


def test_exports_hold_every_planned_point_and_no_formula(make, tmp_path):
    experiment = make(
        TOY + "wicked", levers={"how": {"values": ["=1+1", "@SUM(A1)", "raise", "fine"]}, "a": {"low": -1, "high": 1}}, design={"method": "grid", "levels": 3}
    )
    sweep(experiment, tmp_path / "s", workers=0, limit=7)
    with Store(tmp_path / "s") as store:
        for kind in ("parquet", "csv", "dta", "xlsx"):
            assert export(store, tmp_path / f"e.{kind}") == 12
        with pytest.raises(InputError, match="an export is one of"):
            export(store, tmp_path / "e.pickle")
        with pytest.raises(InputError, match="there is no folder"):
            export(store, tmp_path / "none" / "e.csv")
        seeds = table(store)["seed"]
    from zonesim.results import read_parquet

    whole = read_parquet(tmp_path / "e.parquet")
    assert whole["status"].value_counts().to_dict() == {"ok": 6, "pending": 5, "error": 1} and (whole["seed"] == seeds).all()
    text = (tmp_path / "e.csv").read_text(encoding="utf-8-sig")
    assert "'=1+1" in text and "'@SUM(A1)" in text and ",-1.0," in text  # a negative number is no text
    stata = pd.read_stata(tmp_path / "e.dta")
    assert list(stata["seed"]) == list(seeds.astype(str)) and len(stata) == 12
    import zipfile

    with zipfile.ZipFile(tmp_path / "e.xlsx") as book:
        assert "<f>" not in book.read("xl/worksheets/sheet1.xml").decode()


def test_the_price_is_known_before_it_is_paid(make, tmp_path):
    price = price_of(make(TOY + "slow", replications=5), workers=1)
    assert price.runs == price.missing == 400 and 0.003 < price.seconds < 2 and 0.1 < price.megabytes < 1
    sweep(make(replications=5), tmp_path / "s", workers=0)
    size = sum(one.stat().st_size for one in (tmp_path / "s").rglob("*") if one.is_file()) / 1e6
    assert 0.3 * size < price.megabytes < 3 * size


def test_a_sweep_of_the_model_pairs_every_run_with_its_baseline(tmp_path):
    from tests.conftest import ROOT
    from zonesim.experiments.experiment import load_experiment
    from zonesim.model import simulate
    from zonesim.scenario import load_scenario
    from zonesim.scenario.vary import vary

    text = (ROOT / "experiments" / "lanzhou_small.yaml").read_text(encoding="utf-8")
    (tmp_path / "experiments").mkdir()
    small = tmp_path / "experiments" / "small.yaml"
    drop = ("tax_return_starts", "land_revenue_reinvest_share", "entry_gate_enabled", "founding.new_land_km2")
    lines = [line for line in text.splitlines() if not line.strip().startswith(drop)]
    small.write_text(
        "\n".join(lines)
        .replace("horizon.end: 2017Q4", "horizon.end: 2015Q4, targets: []")
        .replace('"2017"', '"2015"')
        .replace("replications: 2", "replications: 1"),
        encoding="utf-8",
    )
    shutil.copytree(LANZHOU.parent, tmp_path / "scenarios")
    status = sweep(load_experiment(small), tmp_path / "s", workers=0)
    assert status.counts["ok"] == 5 + 3  # five points; the baseline knows the uncertainty only, so three runs serve all five
    with Store(tmp_path / "s") as store:
        rows = table(store)
        again = subject_of(store).run(0, json.loads(store.database.execute("SELECT given FROM settings WHERE role = 0").fetchone()[0]), int(rows["seed"][0]))
    assert np.allclose(rows["effect.gdp.etdz.2015"], rows["gdp.etdz.2015"] - rows["baseline.gdp.etdz.2015"], atol=0)
    assert again == rows[["gdp.etdz.2015", "infra_stock.etdz.2015"]].iloc[0].tolist()
    base = load_scenario(LANZHOU / "baseline.yaml", ["horizon.end=2015Q4"])
    run = simulate(vary(base, {"parameters.exit.level": 1.5}), int(rows["seed"][0])).series
    picked = [
        v
        for p, g, i, v in zip(run.period, run.group, run.indicator, run.value, strict=True)
        if (run.periods[p], run.groups[g][1], run.indicators[i]) == ("2015", "etdz", "gdp")
    ]
    assert picked == [rows.loc[rows["exit.level"] == 1.5, "baseline.gdp.etdz.2015"].item()]


def test_a_lever_that_moves_another_setting_makes_other_runs_though_its_name_and_values_are_the_same(tmp_path):
    def experiment(path):
        return Experiment(scenario=LANZHOU / "plan_2015.yaml", baseline=LANZHOU / "baseline.yaml", levers={"a": {"path": path, "low": 0.3, "high": 0.6}},
                          uncertainties={"exit.level": {"values": [1.0, 1.2]}}, outcomes=[{"indicator": "gdp", "place": "etdz"}],
                          design={"method": "grid", "levels": 2})  # fmt: skip

    def done(path):
        sweep(experiment(path), tmp_path / "s", workers=0, limit=0, changed="rerun")
        with Store(tmp_path / "s") as store:
            return dict(store.database.execute("SELECT setting, key FROM runs WHERE plan = ?", (store.plan(),)))

    first, second = done("policies.tax_return.tax_increment_return_share"), done("policies.land_revenue_first_for_works.land_revenue_reinvest_share")
    changed = {setting for setting in first if first[setting] != second[setting]}
    with Store(tmp_path / "s") as store:
        roles = dict(store.database.execute("SELECT id, role FROM settings"))
    assert changed == {setting for setting, role in roles.items() if role == 0} and len(roles) == 6  # the baselines are the same runs


def test_luck_by_row_is_shared_inside_a_base_row_and_by_its_baseline_and_stays_when_the_design_grows(make, tmp_path):
    def experiment(samples):
        return make(luck="by_row", replications=2, design={"method": "morris", "samples": samples})

    sweep(experiment(4), tmp_path / "s", workers=0)
    with Store(tmp_path / "s") as store:
        rows = table(store)
    assert rows.groupby(["replication", "base"])["seed"].nunique().eq(1).all() and rows["seed"].nunique() == 8
    said = []
    sweep(experiment(8), tmp_path / "s", workers=0, said=said.append)
    assert f"{2 * 8 * 4} runs, {2 * 4 * 4} done" in said[0]  # of the five points of a trajectory the dummy's step is no run
    sweep(experiment(8), tmp_path / "fresh", workers=0)
    assert digest(tmp_path / "s") == digest(tmp_path / "fresh")


@pytest.mark.parametrize(("luck", "seeds"), [("common", 1), ("by_row", 3), ("independent", 3)])
def test_a_baseline_has_the_luck_of_its_point(tmp_path, luck, seeds):
    one = Experiment(scenario=LANZHOU / "plan_2015.yaml", baseline=LANZHOU / "baseline.yaml", levers={"tax_increment_return_share": None},
                     outcomes=[{"indicator": "gdp", "place": "etdz"}], design={"method": "latin_hypercube", "samples": 3}, luck=luck)  # fmt: skip
    sweep(one, tmp_path / "s", workers=0, limit=0)
    with Store(tmp_path / "s") as store:
        points = design_of(store)
        seed = dict(store.database.execute("SELECT setting, seed FROM runs"))
        pairs = [(seed[row], seed[baseline]) for row, baseline in zip(points["setting"], points["baseline_setting"], strict=True)]
    assert all(row == baseline for row, baseline in pairs) and len(set(pairs)) == seeds
