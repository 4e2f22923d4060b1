"""Kernels are compiled side by side before the first run, and the file that makes this possible is up to date."""

import json
import os
import subprocess
import sys
import threading
from typing import NamedTuple

import numba
import numpy as np
import pytest

from tests.conftest import ROOT
from zonesim import first_use, signatures
from zonesim.commands import progress as progress_module
from zonesim.commands.progress import Progress


class Pair(NamedTuple):
    one: np.ndarray
    other: int


def _fresh(code, folder):
    """Run Python in a new process with a cache folder of its own, and return what it prints as JSON."""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT), "NUMBA_CACHE_DIR": str(folder)},
                          capture_output=True, text=True, check=False)  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def _few():
    """Three short kernels, one of which takes a named tuple."""
    wanted = ("zonesim.accounts.ledger:_post", "zonesim.accounts.quota_uses:_site", "zonesim.indicators.measures:_totals")
    return [one for one in signatures.known() if one[0] in wanted]


def test_the_file_of_signatures_is_current():
    first_use.compile_kernels()
    script = ROOT / "docs" / "derivations" / "write_signatures.py"
    code = f"import json, runpy; print(json.dumps(runpy.run_path({str(script)!r})['signatures']()))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == json.loads(signatures.FILE.read_text(encoding="utf-8")), f"run {signatures.COMMAND}"


def test_types_survive_being_written_as_text():
    fixed = np.zeros(3)
    fixed.flags.writeable = False
    odd = np.zeros(17, dtype=np.uint8)[1:].view("f8")
    strided = np.zeros((3, 2), dtype=np.float32)[:, 0]
    values = (1, 1.5, True, np.uint64(3), np.zeros(2, dtype=bool), np.zeros((2, 3, 4), np.int8), fixed, odd, strided, (1, 2), (1, 2.0, fixed), ())
    kinds = tuple(numba.typeof(one) for one in (*values, Pair(fixed, 3)))
    assert signatures.read(" ".join(map(signatures.text, kinds))) == kinds


@pytest.mark.parametrize("wrong", ["f8[1C", "(i8 i8", "i8)", "f9", "f8[1Z]"])
def test_a_text_that_is_no_type_is_refused(wrong):
    with pytest.raises(ValueError):
        signatures.read(wrong)


def test_a_type_without_a_text_is_refused():
    with pytest.raises(TypeError, match="no text"):
        signatures.text(numba.types.unicode_type)


@pytest.fixture(scope="module")
def compiled(tmp_path_factory):
    """A cache folder into which two processes compiled three kernels, and what was said meanwhile."""
    folder, seen = tmp_path_factory.mktemp("compiled"), []
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NUMBA_CACHE_DIR", str(folder))
        assert first_use.share_out(_few(), 2, lambda done, total: seen.append((done, total))) == 3
    return folder, seen


def test_what_processes_compile_is_found_in_the_cache(compiled):
    (folder, seen), few = compiled, _few()
    assert seen[0] == (0, 3) and seen[-1] == (3, 3)
    code = f"""
import json
from zonesim.signatures import kernel_at, read
found = []
for name, signature in {few!r}:
    kernel = kernel_at(name)
    kernel.compile(read(signature))
    found.append([sum(kernel.stats.cache_hits.values()), sum(kernel.stats.cache_misses.values())])
print(json.dumps(found))
"""
    assert _fresh(code, folder) == [[1, 0]] * 3


def test_a_process_that_dies_and_an_old_signature_break_nothing(compiled, monkeypatch):
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(compiled[0]))
    usual, started = first_use._start, []

    def start():
        started.append(1)
        if len(started) == 1:
            return subprocess.Popen([sys.executable, "-c", "input()"], text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        return usual()

    monkeypatch.setattr(first_use, "_start", start)
    kernels = [("zonesim.accounts.ledger:_post", "i8"), ("zonesim.nowhere:gone", "f8"), *_few()]
    assert first_use.share_out(kernels, 2) >= 4  # one may have gone to the process that died
    monkeypatch.setattr(first_use, "_start", lambda: (_ for _ in ()).throw(OSError("no more processes")))
    assert first_use.share_out(kernels, 2) == 0


def test_a_process_stays_in_its_part_of_the_package_and_then_helps_with_what_is_left():
    kernels = [(f"zonesim.{part}.m:k{k}", "") for k in range(3) for part in ("accounts", "behaviour")] + [("zonesim.behaviour.m:k3", "")]
    shares = first_use.Shares(kernels)
    one, other, third = shares.home(), shares.home(), shares.home()
    assert (one, other, third) == ("zonesim.behaviour", "zonesim.accounts", "zonesim.behaviour")
    taken = [shares.take(other)[0] for _ in range(5)]
    assert taken == [f"zonesim.accounts.m:k{k}" for k in range(3)] + ["zonesim.behaviour.m:k0", "zonesim.behaviour.m:k1"]
    assert [shares.take(one)[0] for _ in range(2)] == ["zonesim.behaviour.m:k2", "zonesim.behaviour.m:k3"]
    assert shares.take(one) is None and shares.take(other) is None


def test_a_long_kernel_of_a_part_that_is_nobodys_is_not_left_for_the_end():
    names = ("accounts.m:k0", "behaviour.m:k0", "indicators.m:long", "accounts.m:k1", "behaviour.m:k1", "indicators.m:short", "behaviour.m:k2")
    shares = first_use.Shares([(f"zonesim.{name}", "") for name in names])
    one, other = shares.home(), shares.home()
    assert (one, other) == ("zonesim.behaviour", "zonesim.accounts")
    taken = [shares.take(part)[0].removeprefix("zonesim.") for part in (one, other, one, other, one, other, one)]
    assert taken == ["behaviour.m:k0", "accounts.m:k0", "indicators.m:long", "accounts.m:k1", "behaviour.m:k1", "indicators.m:short", "behaviour.m:k2"]


def test_kernels_are_compiled_ahead_once_for_a_source(tmp_path, monkeypatch):
    calls = []
    monkeypatch.setattr(first_use, "CACHE_FOLDER", tmp_path)
    monkeypatch.setattr(first_use, "share_out", lambda *given: calls.append(given) or 7)
    assert (first_use.compile_kernels(), first_use.compile_kernels()) == (7, 0)
    assert len(calls) == 1
    monkeypatch.setattr(first_use, "cache_name", lambda: "kernels-of-another-source")
    assert first_use.compile_kernels() == 7


def test_who_waits_for_another_that_compiles_is_told(tmp_path, monkeypatch, capsys):
    from zonesim import compiled

    monkeypatch.setattr(compiled, "CACHE_FOLDER", tmp_path)
    monkeypatch.setattr(first_use, "CACHE_FOLDER", tmp_path)
    monkeypatch.setattr(first_use, "share_out", lambda *given: 7)
    told = []
    is_told = threading.Event()
    waiting = threading.Thread(target=first_use.compile_kernels, kwargs={"waits": lambda: (told.append("waits"), is_told.set())})
    with compiled.alone("first-use"):
        waiting.start()
        assert is_told.wait(10)
        waiting.join(0.1)
        assert waiting.is_alive() and told == ["waits"]
        (tmp_path / f"ready-{first_use.cache_name()}").touch()
    waiting.join(10)
    assert not waiting.is_alive() and told == ["waits"]
    (tmp_path / f"ready-{first_use.cache_name()}").unlink()
    with compiled.alone("first-use"):
        command = threading.Thread(target=progress_module.compile_first)
        command.start()
        command.join(0.5)
        (tmp_path / f"ready-{first_use.cache_name()}").touch()
    command.join(10)
    assert capsys.readouterr().err == "another process compiles the model's kernels (first use only); waiting for it\n"
    (tmp_path / f"ready-{first_use.cache_name()}").unlink()
    assert first_use.compile_kernels(waits=lambda: told.append("nobody")) == 7 and "nobody" not in told


def test_only_one_process_writes_to_the_cache_at_a_time(tmp_path, monkeypatch):
    from zonesim import compiled

    monkeypatch.setattr(compiled, "CACHE_FOLDER", tmp_path)
    monkeypatch.setattr(numba.config, "CACHE_DIR", str(tmp_path))

    @compiled.rule
    def twice(x):
        return 2 * x

    saving, asks, alone = threading.Thread(target=twice.compile, args=((numba.types.int64,),)), threading.Event(), compiled.alone
    with alone("saving"):
        monkeypatch.setattr(compiled, "alone", lambda *given: (asks.set(), alone(*given))[1])
        saving.start()
        assert asks.wait(60), "it is compiled, and asks to be the only one"
        saving.join(0.3)
        assert saving.is_alive() and not list(tmp_path.rglob("*.nbi"))
    saving.join(60)
    assert len(list(tmp_path.rglob("*.nbi"))) == 1


def test_progress_that_is_not_on_a_terminal_is_a_line_now_and_then(capsys, monkeypatch):
    now = [100.0]
    monkeypatch.setattr(progress_module.time, "monotonic", lambda: now[0])
    with Progress("runs", 40) as shown:
        for done in range(1, 41):
            now[0] += 3
            shown.to(done)
    said = capsys.readouterr().err.splitlines()
    assert said[0] == "runs: 0 of 40" and said[-1] == "runs: 40 of 40"
    assert said[1:4] == ["runs: 4 of 40", "runs: 8 of 40", "runs: 12 of 40"] and len(said) == len(set(said)) == 11


def test_the_first_use_is_said_and_later_ones_are_silent(capsys, monkeypatch):
    def compile_kernels(progress, waits):
        for done in range(84):
            progress(done, 83)

    monkeypatch.setattr(first_use, "compile_kernels", compile_kernels)
    progress_module.compile_first()
    said = capsys.readouterr().err.splitlines()
    assert said == [f"compiling the model's kernels (first use only): {n} of 83" for n in (0, 83)]
    monkeypatch.setattr(first_use, "compile_kernels", lambda progress, waits: 0)
    progress_module.compile_first()
    assert capsys.readouterr().err == ""
