"""What a model of one's own is made of: its file and every module of the user's that it imports, and a change of any is noticed by name."""

import json
import shutil
import sqlite3
import subprocess
import sys

import pytest

from tests.conftest import ROOT
from zonesim.errors import InputError
from zonesim.experiments.experiment import Experiment
from zonesim.experiments.imports import sources_of
from zonesim.experiments.records import plan_checksum
from zonesim.experiments.subject import named_function
from zonesim.experiments.sweep import rerun_failed, sweep

FILES = {
    "ownmodel.py": "import json, numpy\nimport ownhelper\nfrom ownpack.deep import part\n\n\ndef f(settings, seed):\n    import ownlate\n    return {'y': settings['a'] * ownhelper.K}\n",
    "ownhelper.py": "from ownspace import far\nK = 3\n",
    "ownlate.py": "import importlib\nlazy = importlib.import_module('ownlazy')\n",
    "ownlazy.py": "L = 1\n",
    "ownspace/far.py": "import ownmodel\n",
    "ownpack/__init__.py": "",
    "ownpack/deep/__init__.py": "from .part import P\nfrom ..beside import *\n",
    "ownpack/deep/part.py": "P = 1\n",
    "ownpack/beside.py": "B = 1\n",
    "ownpack/alone.py": "nobody = 'imports this'\n",
}
WATCHED = {"ownhelper.py", "ownlate.py", "ownlazy.py", "ownspace/far.py", "ownpack/deep/__init__.py", "ownpack/deep/part.py", "ownpack/beside.py"}


def write(folder):
    for name, text in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)


def forget():
    for name in [name for name in sys.modules if name.startswith("own")]:
        del sys.modules[name]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    home = tmp_path / "home"
    write(home)
    monkeypatch.syspath_prepend(str(home))
    forget()
    yield home
    forget()


def experiment():
    forget()  # as a new process would
    return Experiment(model="ownmodel:f", levers={"a": {"low": 0, "high": 1}}, outcomes=["y"], design={"method": "grid", "levels": 3})


def test_what_is_watched_are_the_users_modules_and_no_others(folder):
    found = sources_of(named_function("ownmodel:f"))
    assert set(found.imported) == WATCHED and found.name == "ownmodel.py" and not found.uses_zonesim
    assert all(path == folder / name for name, path in found.imported.items())


def test_files_that_are_the_same_elsewhere_give_the_same_fingerprint(folder, tmp_path, monkeypatch):
    here = experiment().subject
    engine, sources = here.engine(), here.sources()
    write(tmp_path / "elsewhere")
    monkeypatch.setattr(sys, "path", [str(tmp_path / "elsewhere"), *(one for one in sys.path if one != str(folder))])
    there = experiment().subject
    assert "elsewhere" in there.function.__code__.co_filename and (there.engine(), there.sources()) == (engine, sources)
    program = "from zonesim.experiments.subject import FunctionSubject; import ownlazy, json; print(json.dumps(FunctionSubject('ownmodel:f', ()).engine()))"
    said = subprocess.run(
        [sys.executable, "-c", program], cwd=folder, capture_output=True, text=True, check=True, env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"}
    )
    assert f'"imports": "{engine["imports"]}"' in said.stdout  # nor does it matter what was imported before


@pytest.mark.parametrize("name", sorted(WATCHED))
def test_a_change_of_an_imported_file_is_noticed_by_name(folder, tmp_path, name):
    sweep(experiment(), tmp_path / "s", workers=0, limit=2)
    assert sweep(experiment(), tmp_path / "s", workers=0).counts["ok"] == 3
    with (folder / name).open("a") as file:
        file.write("changed = 1\n")
    with pytest.raises(InputError) as stopped:
        sweep(experiment(), tmp_path / "s", workers=0)
    assert f"  file {name}: changed" in stopped.value.problems and sum("  file" in one for one in stopped.value.problems) == 1
    with pytest.raises(InputError, match=f"file {name}: changed"):
        rerun_failed(tmp_path / "s", "ownmodel:f", workers=0)


def test_what_is_not_imported_and_what_is_installed_is_no_change_and_what_comes_and_goes_is(folder, tmp_path):
    installed = folder / "site-packages"
    installed.mkdir()
    sys.path.insert(0, str(installed))
    try:
        (installed / "ownlazy.py").write_text("L = 2\n")
        sweep(experiment(), tmp_path / "s", workers=0)
        for file in (installed / "ownlazy.py", folder / "ownpack/alone.py"):
            file.write_text("L = 3\n")
        assert sweep(experiment(), tmp_path / "s", workers=0).counts["ok"] == 3
        shutil.rmtree(installed)
        (folder / "ownlate.py").unlink()
        (folder / "ownlate").mkdir()
        (folder / "ownlate/__init__.py").write_text("L = 1\n")
        with pytest.raises(InputError) as stopped:
            sweep(experiment(), tmp_path / "s", workers=0)
        assert [one.strip() for one in stopped.value.problems if "  file" in one] == ["file ownlate.py: removed", "file ownlate/__init__.py: added"]
    finally:
        sys.path.remove(str(installed))


def test_zonesim_counts_where_a_run_may_depend_on_it(folder):
    for text, counts in (("from zonesim import simulate", True), ("import zonesim", True), ("from zonesim import Experiment, sweep", False),
                         ("from zonesim.scenario import load_scenario", True), ("import zonesim.experiments.sweep", False)):  # fmt: skip
        (folder / "ownlazy.py").write_text(f"{text}\n")
        subject = experiment().subject
        assert ("zonesim" in subject.engine()) == counts == ("zonesim/model.py" in subject.sources())


def test_a_store_of_a_version_that_kept_no_names_still_says_what_it_said(folder, tmp_path):
    sweep(experiment(), tmp_path / "s", workers=0)
    database = sqlite3.connect(tmp_path / "s/index.sqlite", isolation_level=None)
    document, text, design, design_hash = database.execute("SELECT document, identity, design, design_hash FROM plans").fetchone()
    identity = json.loads(text)
    del identity["sources"]
    text = json.dumps(identity)
    database.execute("UPDATE plans SET identity = ?, checksum = ?", (text, plan_checksum(document, text, design, design_hash)))
    database.close()
    assert sweep(experiment(), tmp_path / "s", workers=0).counts["ok"] == 3
    (folder / "ownhelper.py").write_text("K = 5\n")
    with pytest.raises(InputError, match=r"engine.imports: \w+\.\.\. -> \w+") as stopped:
        sweep(experiment(), tmp_path / "s", workers=0)
    assert not any("file " in one for one in stopped.value.problems)


def test_the_engine_s_own_files_have_names_too(monkeypatch):
    from zonesim.experiments import identity

    before = {"engine": {"model": "1"}, "sources": identity.engine_sources()}
    assert {"zonesim/model.py", "zonesim/experiments/subject.py"} <= set(before["sources"]) and "zonesim/cli.py" not in before["sources"]
    after = {"engine": {"model": "2"}, "sources": {**before["sources"], "zonesim/model.py": "0", "zonesim/new.py": "1"}}
    del after["sources"]["zonesim/draws.py"]
    said = ["engine.model: 1 -> 2", "file zonesim/draws.py: removed", "file zonesim/model.py: changed", "file zonesim/new.py: added"]
    assert identity.engine_differences(before, after) == said
