"""Whatever is killed, filled or broken: the same command afterwards, and the same digest every time."""

import contextlib
import os
import random
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import uuid
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.experiments.drive import experiment
from zonesim.errors import InputError, StoreError, SweepInterrupted
from zonesim.experiments import damage, durable, upkeep
from zonesim.experiments.store import Store
from zonesim.experiments.stored import table
from zonesim.experiments.sweep import sweep


def digest(folder):
    with Store(folder) as store:
        assert damage.verify(store) == []
        return upkeep.digest(store)


def driver(folder, function, samples, workers, *dask, mark="", **more):
    command = [sys.executable, "-m", "tests.experiments.drive", str(folder), function, str(samples), str(workers), *dask]
    env = {**os.environ, "PYTHONPATH": str(ROOT), "SWEEP_TEST": mark}
    return subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
                            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler), **more)  # also where the caller ignores it  # fmt: skip


def marked(mark):
    """Return every process that was started by a marked driver, itself included."""
    found = []
    for one in Path("/proc").iterdir():
        with contextlib.suppress(OSError):
            if (
                one.name.isdigit()
                and f"SWEEP_TEST={mark}".encode() in (one / "environ").read_bytes()
                and "Z" not in (one / "stat").read_text().split(")")[1].split()[0]
            ):
                found.append(int(one.name))
    return found


def gone(mark, seconds=5.0):
    """Wait until nothing of a driver is left; return whether it came to that."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if not marked(mark):
            return True
        time.sleep(0.05)
    return False


def kill(pid):
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def wait_for(process, text):
    for line in process.stdout:
        if line.startswith(text):
            return
    raise AssertionError(process.stderr.read())


@pytest.mark.slow
def test_sixty_kills_of_anything_at_any_moment_change_nothing(tmp_path):
    samples, chance, kills, drivers = 3000, random.Random(11), 0, 0
    sweep(experiment("slow", samples), tmp_path / "whole", workers=0)
    began = time.monotonic()
    while True:
        mark = uuid.uuid4().hex
        process = driver(tmp_path / "s", "slow", samples, 2, mark=mark)
        drivers += 1
        wait_for(process, "started" if chance.random() < 0.3 else "1" if drivers == 1 else "")
        end = time.monotonic() + (chance.uniform(0.5, 4.0) if drivers <= 6 else 120)
        while process.poll() is None and kills < 60:
            time.sleep(chance.uniform(0.01, 0.06))
            others = [pid for pid in marked(mark) if pid != process.pid]
            if time.monotonic() > end:
                break
            if others:
                kill(chance.choice(others))  # a worker, the fork server, or the process that watches resources
                kills += 1
        if kills >= 60 or process.poll() is not None:
            _, errors = process.communicate(timeout=120)
            assert process.returncode == 0, errors
            break
        kill(process.pid)
        kills += 1
        process.communicate()
        assert gone(mark), "orphans are left five seconds after their driver"
        assert time.monotonic() - began < 300
    if kills < 50:
        pytest.fail(f"the sweep ended after {kills} kills: make it longer")
    assert digest(tmp_path / "s") == digest(tmp_path / "whole") and drivers > 1
    with Store(tmp_path / "s") as store:
        assert store.counts()["ok"] == samples


def test_workers_of_a_killed_driver_are_gone_in_five_seconds(tmp_path):
    mark = uuid.uuid4().hex
    process = driver(tmp_path / "s", "sleepy", 10, 2, mark=mark)
    wait_for(process, "started")
    end = time.monotonic() + 60
    while len(marked(mark)) < 5 and time.monotonic() < end:  # driver, fork server, resource tracker, two workers
        time.sleep(0.1)
    time.sleep(0.5)
    kill(process.pid)
    process.communicate()
    assert gone(mark)


@pytest.mark.slow
def test_what_runs_have_started_ends_with_their_worker_however_that_ends(tmp_path, monkeypatch):
    mark = uuid.uuid4().hex
    monkeypatch.setenv("SWEEP_TIMEOUT", "2")
    whole = driver(tmp_path / "s", "reckless", 8, 2, mark=mark)
    assert whole.wait(120) == 0, whole.stderr.read()
    with Store(tmp_path / "s") as store:
        counts = store.counts()
    assert min(counts["ok"], counts["crashed"], counts["timeout"]) > 0 and sum(counts.values()) == counts["ok"] + counts["crashed"] + counts["timeout"]
    assert gone(mark)
    killed = driver(tmp_path / "k", "forgetful", 400, 2, mark=mark)
    wait_for(killed, "1")
    assert any("sleep" in Path(f"/proc/{one}/comm").read_text() for one in marked(mark))
    kill(killed.pid)
    killed.wait(10)
    assert gone(mark)


def test_a_second_driver_is_refused_with_pid_and_host_and_a_dead_ones_lock_is_taken_over(tmp_path):
    import socket

    mark = uuid.uuid4().hex
    process = driver(tmp_path / "s", "slow", 3000, 1, mark=mark)
    wait_for(process, "1")
    start = time.monotonic()
    with pytest.raises(InputError, match=f"process {process.pid} on {socket.gethostname()}"):
        sweep(experiment("slow", 3000), tmp_path / "s", workers=0)
    assert time.monotonic() - start < 1
    with Store(tmp_path / "s") as store:  # reading goes on
        assert store.status().held["pid"] == process.pid
    kill(process.pid)
    process.communicate()
    assert gone(mark)
    assert sweep(experiment("slow", 3000), tmp_path / "s", workers=0, limit=5).counts["ok"] >= 5


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_sweep_keeps_what_is_done_and_says_so(tmp_path, number):
    mark = uuid.uuid4().hex
    process = driver(tmp_path / "s", "slow", 3000, 2, mark=mark)
    wait_for(process, "51")
    os.killpg(process.pid, number) if number == signal.SIGINT else process.send_signal(number)
    _, errors = process.communicate(timeout=30)
    assert process.returncode == SweepInterrupted.exit_code and "runs are kept" in errors and "Traceback" not in errors
    assert gone(mark)
    with Store(tmp_path / "s") as store:
        assert 51 <= store.counts()["ok"] < 3000 and damage.verify(store) == []


@pytest.mark.slow
def test_a_fault_at_any_write_sync_or_rename_loses_nothing(tmp_path):
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None:
        pytest.skip("no C compiler for the library that makes system calls fail")
    shim = tmp_path / "shim.so"
    subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", str(shim), str(Path(__file__).with_name("fault_shim.c")), "-ldl"], check=True)
    (tmp_path / "work").mkdir()
    env = {**os.environ, "PYTHONPATH": str(ROOT), "LD_PRELOAD": str(shim)}
    done = subprocess.run([sys.executable, "-m", "tests.experiments.fault_trials", str(tmp_path / "work"), str(shim), "25"], cwd=ROOT, env=env, capture_output=True,
                          text=True, timeout=600, check=False)  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "StoreError" in done.stdout and "killed" in done.stdout


@pytest.mark.parametrize("call", ["sync_file", "sync_folder"])
def test_a_failed_sync_is_final_and_makes_the_next_sweep_verify(tmp_path, monkeypatch, call):
    def fail(path):
        raise OSError(5, "Input/output error")

    said = []
    monkeypatch.setattr(durable, call, fail)
    with pytest.raises(StoreError, match="writing failed"):
        sweep(experiment("ishigami", 50), tmp_path / "s", workers=0)
    monkeypatch.undo()
    sweep(experiment("ishigami", 50), tmp_path / "s", workers=0, limit=20)
    monkeypatch.setattr(upkeep, "write_whole", lambda path, write: fail(path))
    with pytest.raises(StoreError, match="writing failed"):
        sweep(experiment("ishigami", 50), tmp_path / "s", workers=0)
    assert (tmp_path / "s" / "suspect").exists()
    monkeypatch.undo()
    sweep(experiment("ishigami", 50), tmp_path / "s", workers=0, said=said.append)
    assert "every record was verified" in said[0] and not (tmp_path / "s" / "suspect").exists()
    sweep(experiment("ishigami", 50), tmp_path / "whole", workers=0)
    assert digest(tmp_path / "s") == digest(tmp_path / "whole")


@pytest.fixture
def small_disk(tmp_path):
    folder = tmp_path / "disk"
    folder.mkdir()
    if os.geteuid() != 0 or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(folder)], check=False, capture_output=True).returncode:
        pytest.skip("needs root and the right to mount a small disk")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_disk_that_fills_stops_the_sweep_cleanly_and_it_goes_on_when_there_is_room(small_disk, tmp_path):
    one, filler = experiment("ishigami", 1500), small_disk / "filler"
    sweep(one, tmp_path / "whole", workers=0)

    def fill(finished, total, failed):
        if finished == 700:
            with contextlib.suppress(OSError), filler.open("wb", buffering=0) as file:
                while True:
                    file.write(bytes(4096))

    with pytest.raises(StoreError, match="the disk is full; what was committed before is kept"):
        sweep(one, small_disk / "s", workers=0, progress=fill)
    with Store(small_disk / "s") as store:
        kept = store.counts()["ok"]
    assert 600 <= kept < 1500
    with pytest.raises(InputError, match="MB are free, the sweep needs"):
        sweep(one, small_disk / "s", workers=0)
    filler.unlink()
    sweep(one, small_disk / "s", workers=0)
    assert digest(small_disk / "s") == digest(tmp_path / "whole")


def flip(path, chance):
    """Flip one bit of a file."""
    data = bytearray(path.read_bytes())
    at = chance.randrange(len(data))
    data[at] ^= 1 << chance.randrange(8)
    path.write_bytes(data)
    return at


@pytest.mark.slow
def test_flipped_bits_are_found_set_aside_and_done_again(tmp_path):
    one, chance = experiment("ishigami", 300), random.Random(3)
    sweep(one, tmp_path / "whole", workers=0)
    wanted = digest(tmp_path / "whole")
    sweep(one, tmp_path / "half", workers=0, limit=150)
    with Store(tmp_path / "half", create=True) as store:  # half in a part, half in the index
        from zonesim.experiments.sweep import Inline

        for record in Inline(one.subject).run(list(store.jobs())):
            store.record(record)
    with Store(tmp_path / "whole") as store:
        rows = table(store)
    found = 0
    for trial in range(30):
        folder = tmp_path / f"t{trial}"
        shutil.copytree(tmp_path / "half", folder)
        files = [folder / "index.sqlite"] * 3 + list(folder.glob("parts/*")) + list(folder.glob("designs/*"))
        path = chance.choice(files)
        at = flip(path, chance)
        problems = problems_of(folder)
        if problems:
            found += 1
            assert damage.repair_folder(folder), (trial, path, at)
        status = sweep(one, folder, workers=0)
        assert status.counts["ok"] == 300 and digest(folder) == wanted, (trial, path, at, problems)
        with Store(folder) as store:
            again = table(store)
        assert again.drop(columns="seconds").equals(rows.drop(columns="seconds")), (trial, path, at, problems)
        shutil.rmtree(folder)
    assert found >= 18  # the rest fell on bytes that hold nothing


def problems_of(folder):
    try:
        with Store(folder) as store:
            return damage.verify(store)
    except InputError as error:
        return list(error.problems)


def test_repair_sets_aside_and_deletes_nothing(tmp_path):
    one = experiment("ishigami", 60)
    sweep(one, tmp_path / "s", workers=0)
    before = {path.name: path.read_bytes() for path in (tmp_path / "s" / "parts").iterdir()}
    part = next((tmp_path / "s" / "parts").iterdir())
    part.write_bytes(part.read_bytes()[:-40])
    with pytest.raises(InputError, match="repair"):
        sweep(one, tmp_path / "s", workers=0)
    said = damage.repair_folder(tmp_path / "s")
    assert any("60 will be done again" in line for line in said)
    assert (tmp_path / "s" / "quarantine" / part.name).read_bytes() == before[part.name][:-40]
    sweep(one, tmp_path / "s", workers=0)
    sweep(one, tmp_path / "whole", workers=0)
    assert digest(tmp_path / "s") == digest(tmp_path / "whole")


def test_results_survive_the_loss_of_the_index(tmp_path):
    one = experiment("ishigami", 60)
    sweep(one, tmp_path / "s", workers=0)
    wanted = digest(tmp_path / "s")
    (tmp_path / "s" / "index.sqlite").write_bytes(b"not a database at all" * 500)
    for left in (tmp_path / "s").glob("index.sqlite-*"):
        left.unlink()
    with pytest.raises(InputError, match="repair"):
        sweep(one, tmp_path / "s", workers=0)
    assert "plans again" in " ".join(damage.repair_folder(tmp_path / "s"))
    said = []
    sweep(one, tmp_path / "s", workers=0, said=said.append)
    assert "60 runs were taken over" in said[0] and digest(tmp_path / "s") == wanted


@pytest.mark.slow
def test_a_killed_dask_worker_loses_nothing(tmp_path):
    distributed = pytest.importorskip("distributed")
    one = experiment("slow", 1500)
    sweep(one, tmp_path / "whole", workers=0)
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, host="127.0.0.1") as cluster:
        killed = []

        def strike(finished, total, failed):
            if finished >= 200 * (1 + len(killed)) and len(killed) < 3:
                pids = [worker.pid for worker in cluster.workers.values() if worker.process is not None and worker.pid]
                if pids:
                    kill(pids[len(killed) % len(pids)])
                    killed.append(pids)

        status = sweep(one, tmp_path / "s", dask=cluster.scheduler_address, progress=strike)
        assert status.counts["ok"] == 1500 and len(killed) == 3
        from zonesim.experiments.experiment import Experiment

        wicked = Experiment(model="tests.experiments.toy:wicked", levers={"how": {"values": ["hang", "crash", "fine"]}, "a": {"low": 0, "high": 1}},
                            outcomes=["height"], design={"method": "grid"})  # fmt: skip
        assert sweep(wicked, tmp_path / "w", dask=cluster.scheduler_address, timeout=1).counts == {
            "pending": 0,
            "ok": 2,
            "error": 0,
            "timeout": 2,
            "crashed": 2,
        }
    assert digest(tmp_path / "s") == digest(tmp_path / "whole")


@pytest.fixture
def deaf():
    """Return the address of somebody who listens and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"tcp://127.0.0.1:{server.getsockname()[1]}"


@pytest.fixture
def babbling():
    """Return the address of somebody who speaks another language."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def speak():
            with contextlib.suppress(OSError):
                while True:
                    caller, _ = server.accept()
                    caller.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n" * 20)

        threading.Thread(target=speak, daemon=True).start()
        yield f"tcp://127.0.0.1:{server.getsockname()[1]}"


@pytest.mark.slow
@pytest.mark.parametrize(
    "who", ["tcp://127.0.0.1:9", "deaf", "babbling", "nonsense", "http://127.0.0.1:80", "tcp://127.0.0.1:99999", "tcp://no.such.host.invalid:8786"]
)
def test_a_scheduler_that_does_not_answer_is_told_in_ten_seconds_and_before_anything_is_planned(tmp_path, request, who):
    pytest.importorskip("distributed")
    address = request.getfixturevalue(who) if who.isalpha() and who != "nonsense" else who
    begun = time.monotonic()
    with pytest.raises(InputError, match=rf"--dask {re.escape(address)}: no scheduler answers .*look whether it runs"):
        sweep(experiment("ishigami", 4), tmp_path / "s", dask=address)
    assert time.monotonic() - begun < 10 and not (tmp_path / "s").exists()
