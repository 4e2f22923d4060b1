"""What a stranger to a store meets: a lost index, a cut part, a wrong folder, and a question that its outcomes cannot answer."""

import gc
import random
import shutil
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner

from zonesim.cli import app
from zonesim.errors import InputError, ZonesimError
from zonesim.experiments.damage import repair_folder, verify
from zonesim.experiments.exported import _excel, export
from zonesim.experiments.ranked import rank_levers
from zonesim.experiments.store import Store
from zonesim.experiments.sweep import sweep
from zonesim.experiments.upkeep import digest


def test_a_sweep_whose_index_was_lost_is_ranked_as_before(make, tmp_path):
    folder = tmp_path / "s"
    sweep(make(), folder, workers=0)
    before = rank_levers(folder, ["height"])
    for one in folder.glob("index.sqlite*"):
        one.unlink()
    sweep(make(), folder, workers=0)  # takes over what the parts hold
    after = rank_levers(folder, ["height"])  # seconds of the runs were unknown, and sorted
    assert after["outcomes"] == before["outcomes"] and after["seconds"] == before["seconds"] > 0
    with Store(folder) as store:
        assert store.status().seconds > 0


def test_runs_of_unknown_duration_are_ranked_too(make, tmp_path):
    sweep(make(), tmp_path / "s", workers=0)
    with Store(tmp_path / "s", create=True) as store, store.transaction() as database:
        database.execute("UPDATE runs SET seconds = NULL")
    assert rank_levers(tmp_path / "s", ["height"])["seconds"] is None
    with Store(tmp_path / "s") as store:
        assert store.status().seconds == 0.0


@pytest.mark.parametrize("cut", [0, 500, None])
def test_a_cut_part_is_named_with_what_mends_it(make, tmp_path, cut):
    folder = tmp_path / "s"
    sweep(make(), folder, workers=0)
    with Store(folder) as store:
        whole = digest(store)
    (part,) = (folder / "parts").iterdir()
    if cut is None:
        part.unlink()
    else:
        part.write_bytes(part.read_bytes()[:cut])
    for act in (lambda: rank_levers(folder), lambda: export(Store(folder), tmp_path / "e.csv")):
        with pytest.raises(
            InputError, match=rf"is not {'there' if cut is None else 'readable'}; 'zonesim repair .*s' sets it aside, and the sweep does its runs again"
        ):
            act()
    with Store(folder) as store:
        assert not any("(/" in line or "bring the file back" in line for line in verify(store))
    done = repair_folder(folder)
    assert any(line.endswith("the file is gone" if cut is None else f"the file is in {folder / 'quarantine'}") for line in done)
    sweep(make(), folder, workers=0)
    with Store(folder) as store:
        assert digest(store) == whole


@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.slow) for seed in (1, 2))])
def test_an_index_with_flipped_bytes_is_named_with_what_mends_it_whatever_they_hit(make, tmp_path, seed):
    """Wherever 60 bytes are wrong, each command answers or refuses by a message, and after 'repair' the sweep is whole again."""
    sweep(make(), tmp_path / "s", workers=0)
    with Store(tmp_path / "s") as store:
        whole = digest(store)
    index, draw = (tmp_path / "s" / "index.sqlite").read_bytes(), random.Random(seed)
    refused = []
    for at in [*(draw.randrange(100, len(index) - 4096) for _ in range(12)), 4096 * 2]:
        shutil.rmtree(tmp_path / "t", ignore_errors=True)
        folder = shutil.copytree(tmp_path / "s", tmp_path / "t")
        flipped = bytes(one ^ draw.randrange(1, 256) for one in index[at : at + 60])
        (folder / "index.sqlite").write_bytes(index[:at] + flipped + index[at + 60 :])
        for command in (["status"], ["export", "--out", str(tmp_path / "e.csv")], ["rank"], ["digest"], ["verify"], ["repair"]):
            error = CliRunner().invoke(app, [command[0], str(folder), *command[1:]]).exception
            assert error is None or isinstance(error, ZonesimError), (at, command, error)
            refused += [str(error)] if "sets aside what is damaged" in str(error) else []
        sweep(make(), folder, workers=0)
        with Store(folder) as store:
            assert digest(store) == whole and verify(store) == [], at
    assert any("malformed" in line for line in refused)


def test_without_a_target_there_is_none_to_be_met(make, tmp_path):
    sweep(make(), tmp_path / "s", workers=0)
    with pytest.raises(InputError, match="no outcome has a target"):
        rank_levers(tmp_path / "s", reading="met")


def test_a_wrong_folder_is_told_from_an_empty_one(tmp_path):
    (tmp_path / "file").touch()
    for name, said in (("nowhere", "there is no such folder"), ("file", "is a file; name the folder of a sweep"), (".", "holds no sweep")):
        for act in (Store, repair_folder):
            with pytest.raises(InputError, match=said):
                act(tmp_path / name)


def test_a_digest_and_an_export_of_a_part_say_that_they_are_of_a_part(make, tmp_path):
    folder, run = tmp_path / "s", CliRunner().invoke
    commands = [["digest", str(folder)], ["export", str(folder), "--out", str(tmp_path / "e.csv")]]
    sweep(make(), folder, workers=0, limit=30)
    for command in commands:
        said = run(app, command)
        assert said.exit_code == 0 and "50 of 80 runs are not done; the" in said.output, command
    sweep(make(), folder, workers=0)
    for command in commands:
        assert "not done" not in run(app, command).output, command


@pytest.mark.filterwarnings("error::pytest.PytestUnraisableExceptionWarning")
def test_a_workbook_that_finds_the_disk_full_leaves_no_traceback():
    with pytest.raises(OSError, match="No space left"):
        _excel(pd.DataFrame({"seed": range(20_000), "a": 0.5}), Path("/dev/full"))
    gc.collect()
