"""The commands of sweeps as a user types them."""

import json

import pytest

from tests.conftest import ROOT
from tests.end_to_end.test_cli import command, zonesim

TOY = """zonesim: 1
kind: sweep
id: toy
levers:
  how: {values: [raise, talk, fine]}
  a: {low: 0, high: 1}
outcomes: [height, luck]
design: {method: grid, levels: 5}
"""
MODEL = ("--model", "tests.experiments.toy:wicked")


@pytest.mark.slow
def test_a_sweep_from_price_to_export(tmp_path):
    file, store = tmp_path / "toy.yaml", tmp_path / "s"
    file.write_text(TOY, encoding="utf-8")
    priced = zonesim("sweep", file, "--price", *MODEL, "--workers", "1")
    assert priced.returncode == 0 and priced.stdout.startswith("15 runs") and "MB" in priced.stdout, priced.stderr
    missing = zonesim("sweep", file, *MODEL)
    assert missing.returncode == 2 and "--store" in missing.stderr
    done = zonesim("sweep", file, "--store", store, *MODEL, "--workers", "1")
    assert done.returncode == 3 and done.stdout.startswith("TOO MANY FAILED: 5 of 15 runs (33.3 %)"), done.stderr
    assert "much too \N{REPLACEMENT CHARACTER}[31m high" in done.stdout and "\x1b[31m" not in done.stdout
    said = json.loads(zonesim("status", store, "--json", "--max-failed", "0.5").stdout)
    assert (said["planned"], said["ok"], said["error"], said["too_many_failed"]) == (15, 10, 5, False)
    command = next(line.split("see it by: zonesim ")[1] for line in done.stdout.splitlines() if "see it by" in line)
    again = zonesim(*command.split())
    assert again.returncode == 2 and "ValueError: much too" in again.stderr and "seed" in again.stderr and "fault of zonesim" not in again.stderr
    fine = zonesim("rerun", store, "--run", "6", *MODEL)
    assert fine.returncode == 0 and fine.stdout.splitlines()[-2].startswith("height: 0.0")
    assert zonesim("verify", store).returncode == 0
    assert len(zonesim("digest", store).stdout.strip()) == 64
    out = zonesim("export", store, "--out", tmp_path / "e.csv")
    assert out.returncode == 3 and "15 rows" in out.stdout and "TOO MANY FAILED" in out.stderr
    file.write_text(TOY.replace("levels: 5", "levels: 3"), encoding="utf-8")
    changed = zonesim("sweep", file, "--store", store, *MODEL)
    assert changed.returncode == 2 and "design.levels: 5 -> 3" in changed.stderr and "--changed rerun" in changed.stderr
    part = next((store / "parts").iterdir())
    part.write_bytes(part.read_bytes()[:-1])
    assert zonesim("verify", store).returncode == 2
    assert "will be done again" in zonesim("repair", store).stdout


def test_check_reads_sweeps_too(tmp_path):
    done = command("check", ROOT / "experiments" / "lanzhou_small.yaml")
    assert done.returncode == 0 and "6 factors, 10 points" in done.stdout, done.stderr
    assert "no sweep" in command("status", tmp_path).stderr
