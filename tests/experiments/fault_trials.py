"""Sweeps with a fault at one system call, each in a fork of its own: ``python -m tests.experiments.fault_trials FOLDER SHIM TRIALS`` (SHIM preloaded)."""

import ctypes
import errno
import os
import pickle
import random
import shutil
import sys
from pathlib import Path

import duckdb
import pandas as pd
from scipy.stats import qmc

from tests.experiments.drive import experiment
from zonesim.errors import InputError, StoreError
from zonesim.experiments import damage, upkeep
from zonesim.experiments.store import Store
from zonesim.experiments.sweep import sweep

KILL = -1
assert duckdb and pd and qmc  # imported before the fork, used after it


def forked(work):
    """Do something in a fork and return what it returned, or the signal that ended it."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read)
        try:
            said = ("done", work())
        except (StoreError, InputError) as error:
            said = (type(error).__name__, str(error))
        except BaseException as error:
            said = ("escaped", f"{type(error).__name__}: {error}")
        SHIM.arm(-1, 0)
        os.write(write, pickle.dumps(said))
        os._exit(0)
    os.close(write)
    with os.fdopen(read, "rb") as file:
        data = file.read()
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return pickle.loads(data) if data else ("killed", code)


def one_sweep(folder, after=-1, failure=0):
    SHIM.arm(after, failure)
    status = sweep(experiment("ishigami", 200), folder, workers=0)
    return status.counts["ok"], int(SHIM.seen())


def checked(folder):
    with Store(folder) as store:
        return upkeep.digest(store), damage.verify(store)


if __name__ == "__main__":
    base, shim, trials = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    SHIM = ctypes.CDLL(shim)
    SHIM.seen.restype = ctypes.c_long
    SHIM.arm.argtypes = [ctypes.c_long, ctypes.c_int]
    word, (ok, calls) = forked(lambda: one_sweep(base / "whole"))
    assert word == "done" and ok == 200 and calls > 50, (word, ok, calls)
    _, (wanted, problems) = forked(lambda: checked(base / "whole"))
    assert not problems, problems
    chance = random.Random(5)
    ends = {}
    for trial in range(trials):
        folder = base / f"t{trial}"
        at, failure = chance.randrange(calls), chance.choice([errno.EIO, errno.ENOSPC, KILL])
        first = forked(lambda: one_sweep(folder, at, failure))
        assert first[0] != "escaped", (trial, at, failure, first)
        ends[first[0]] = ends.get(first[0], 0) + 1
        second = forked(lambda: one_sweep(folder))
        assert second[0] == "done" and second[1][0] == 200, (trial, at, failure, first, second)
        found = forked(lambda: checked(folder))
        assert found == ("done", (wanted, [])), (trial, at, failure, first, found)
        leftovers = [path for path in folder.rglob(".aside-*")]
        assert not leftovers, leftovers
        shutil.rmtree(folder)
    print(calls, ends)
