"""Damaged, old and foreign stores: whatever lies in a folder, no command ends in a traceback, and none calls what is broken whole."""

import functools
import json
import shutil
import sqlite3

import pytest
from click.testing import CliRunner

from zonesim.cli import app
from zonesim.errors import InputError, ZonesimError
from zonesim.experiments.experiment import Experiment
from zonesim.experiments.records import plan_checksum
from zonesim.experiments.store import Store
from zonesim.experiments.sweep import sweep

MODEL = "tests.experiments.toy:ishigami"
ONE = {"low": -3, "high": 3}


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    folder = tmp_path_factory.mktemp("whole") / "s"
    document = {"levers": {"a": ONE, "b": ONE, "c": ONE}, "outcomes": [{"name": "height", "target": 3.0}, "luck"], "design": {"method": "sobol", "samples": 16}}
    sweep(Experiment(model=MODEL, **document), folder, workers=0)
    return folder


def query(*texts):
    def change(folder):
        database = sqlite3.connect(folder / "index.sqlite", isolation_level=None)
        for text in texts:
            database.execute(text)
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        database.close()

    return change


def identity(change, sealed=True):
    """Change what a plan says of itself, with a checksum that agrees or not."""

    def changed(folder):
        database = sqlite3.connect(folder / "index.sqlite", isolation_level=None)
        document, text, design, design_hash = database.execute("SELECT document, identity, design, design_hash FROM plans WHERE id = 1").fetchone()
        text = change(json.loads(text))
        text = text if isinstance(text, str) else json.dumps(text)
        database.execute("UPDATE plans SET identity = ? WHERE id = 1", (text,))
        if sealed:
            database.execute("UPDATE plans SET checksum = ? WHERE id = 1", (plan_checksum(document, text, design, design_hash),))
        database.close()

    return changed


def file(where, content):
    def change(folder):
        for path in folder.glob(where):
            path.write_bytes(content(path.read_bytes()) if callable(content) else content)

    return change


def without(key):
    return lambda found: {name: one for name, one in found.items() if name != key}


BROKEN = {
    "an earlier schema": query("ALTER TABLE runs DROP COLUMN mark"),
    "an earlier schema without plans": query("DROP TABLE plans"),
    "an identity of before runs were counted": identity(without("runs")),
    "an identity without factors": identity(without("factors")),
    "an identity that is a list": identity(lambda found: [1, 2]),
    "an identity that is no JSON": identity(lambda found: "{"),
    "a plan that was changed": identity(lambda found: found | {"replications": 7}, sealed=False),
    "another number of replications": identity(lambda found: found | {"replications": 7}),
    "a later format": query("UPDATE meta SET value = '99'"),
    "no format": query("DELETE FROM meta"),
    "another program's database": lambda folder: ((folder / "index.sqlite").unlink(), query("CREATE TABLE moz_places (id INTEGER)")(folder)),
    "an empty index": file("index.sqlite", b""),
    "half an index": file("index.sqlite", lambda content: content[: len(content) // 2]),
    "an index of noise": file("index.sqlite", bytes(range(256)) * 64),
    "noise in the middle": file("index.sqlite", lambda content: content[:8192] + bytes(range(256)) * 32 + content[16384:]),
    "no runs": query("DELETE FROM runs"),
    "no settings": query("DELETE FROM settings"),
    "settings of noise": query("UPDATE settings SET given = '{\"a\": '"),
    "payloads of text": query("UPDATE runs SET payload = 'x', part = NULL"),
    "an unknown status": query("UPDATE runs SET status = 9"),
    "failures without a reason": query("UPDATE runs SET status = 2, part = NULL, payload = NULL"),
    "failures of noise": query("UPDATE runs SET status = 2, part = NULL, payload = x'ff'"),
    "no parts in the index": query("DELETE FROM parts"),
    "no part files": lambda folder: shutil.rmtree(folder / "parts"),
    "a part of noise": file("parts/*.parquet", b"PAR1 noise PAR1"),
    "another table as a part": lambda folder: shutil.copy(next((folder / "designs").glob("*.parquet")), next((folder / "parts").glob("*.parquet"))),
    "no design": lambda folder: shutil.rmtree(folder / "designs"),
    "a design of noise": file("designs/*.parquet", b"noise"),
    "an index that is a folder": lambda folder: ((folder / "index.sqlite").unlink(), (folder / "index.sqlite").mkdir()),
    "no folder": shutil.rmtree,
    "a file": lambda folder: (shutil.rmtree(folder), folder.write_bytes(b"\x00\xff")),
}
EXPERIMENT = "zonesim: 1\nkind: sweep\nid: e\nlevers: {a: {low: -3, high: 3}, b: {low: -3, high: 3}, c: {low: -3, high: 3}}\noutcomes: [{name: height, target: 3.0}, luck]\ndesign: {method: sobol, samples: 16}\n"
COMMANDS = {
    "status": ["status", "S"], "status --json": ["status", "S", "--json"], "verify": ["verify", "S"], "digest": ["digest", "S"],
    "export": ["export", "S", "--out", "S.csv"], "rank": ["rank", "S"], "rank --of met": ["rank", "S", "--of", "met", "--out", "S.ranking"],
    "rerun --run": ["rerun", "S", "--run", "1", "--model", MODEL], "rerun --failed": ["rerun", "S", "--failed", "--model", MODEL, "--workers", "0"],
    "report": ["report", "S", "--out", "S.html"], "sweep": ["sweep", "E", "--store", "S", "--model", MODEL, "--workers", "0"], "repair": ["repair", "S"],
}  # fmt: skip
SOUND = {"rank", "report", "export", "digest"}  #: commands that read every result


def done(words, folder, experiment):
    said = [str(experiment) if word == "E" else word.replace("S", str(folder), 1) if word == "S" or word.startswith("S.") else word for word in words]
    return CliRunner().invoke(app, said)


@pytest.mark.parametrize("kind", BROKEN)
def test_no_command_ends_in_a_traceback_and_verify_finds_what_is_broken(kind, whole, tmp_path):
    experiment = tmp_path / "e.yaml"
    experiment.write_text(EXPERIMENT, encoding="utf-8")
    wrong = {}
    for name, words in COMMANDS.items():
        folder = tmp_path / name.replace(" ", "_")
        shutil.copytree(whole, folder)
        BROKEN[kind](folder)
        ended = done(words, folder, experiment)
        if ended.exception is not None and not isinstance(ended.exception, ZonesimError | SystemExit):
            wrong[name] = repr(ended.exception)
        elif name == "verify" and ended.exit_code == 0:
            wrong[name] = f"calls it whole: {ended.output}"
        elif isinstance(ended.exception, ZonesimError) and not str(ended.exception):
            wrong[name] = "says nothing"
    assert not wrong


@pytest.mark.parametrize("kind", ["an earlier schema", "an identity of before runs were counted"])
def test_a_store_of_an_earlier_version_is_told_and_left_as_it_is(kind, whole, tmp_path):
    folder = tmp_path / "s"
    shutil.copytree(whole, folder)
    BROKEN[kind](folder)
    for words in (["verify", "S"], ["repair", "S"], ["status", "S"]):
        with pytest.raises(InputError, match=r"an earlier zonesim .*'zonesim sweep' into another folder"):
            raise done(words, folder, "").exception
    assert (folder / "index.sqlite").is_file() and not (folder / "quarantine").exists()


class Called:
    """A model that is an object."""

    def __call__(self, settings, seed):
        return {"height": settings["a"]}


called = Called()
bound = functools.partial(called.__call__)


@pytest.mark.parametrize(
    ("model", "status"), [("os:getcwd", "error"), ("tests.experiments.test_foreign:called", "ok"), ("tests.experiments.test_foreign:bound", "ok")]
)
def test_a_model_that_is_no_plain_function_is_run_like_one(model, status, tmp_path):
    """One that is written in C has no source to tell a change by."""
    one = Experiment(model=model, levers={"a": ONE}, outcomes=["height"], design={"method": "grid"})
    assert sweep(one, tmp_path / "s", workers=0).counts[status] == 2


def test_a_whole_store_is_whole(whole):
    assert CliRunner().invoke(app, ["verify", str(whole)]).exit_code == 0
    with Store(whole) as store:
        assert store.counts()["ok"] == 80
