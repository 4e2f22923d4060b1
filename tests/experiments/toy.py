"""Small models that behave, and some that do not."""

import math
import os
import random
import signal
import subprocess
import time

import numpy as np


def ishigami(settings, seed):
    a, b, c = settings["a"], settings["b"], settings["c"]
    return {"height": math.sin(a) + 7 * math.sin(b) ** 2 + 0.1 * c**4 * math.sin(a), "luck": float(seed % 1009)}


def careless(settings, seed):
    """Uses the generators that a whole process shares."""
    return {"height": random.random(), "luck": float(np.random.standard_normal())}


def slow(settings, seed):
    time.sleep(0.004)
    return ishigami(settings, seed)


def sleepy(settings, seed):
    time.sleep(60)
    return ishigami(settings, seed)


def forgetful(settings, seed):
    """Starts a program and forgets it."""
    subprocess.Popen(["sleep", "300"])
    return slow(settings, seed)


def reckless(settings, seed):
    """Starts a program and forgets it; some of its runs die or hang."""
    forgetful(settings, seed)
    if settings["a"] > 2:
        os._exit(3)
    if settings["a"] < -2:
        time.sleep(60)
    return ishigami(settings, seed)


def untyped(settings, seed):
    """Returns what looks like a number."""
    return {"height": [True, np.True_, "1.5", None, [1.0], np.float32(2), 3][int(settings["k"])], "luck": 0.0}


class Speechless(Exception):
    """An error whose text cannot be told."""

    def __str__(self):
        raise RuntimeError("no text")


def speechless(settings, seed):
    raise Speechless


def wicked(settings, seed):
    """One kind of misbehaviour for each value of ``how``."""
    how = settings["how"]
    if how == "raise":
        raise ValueError("much too \x1b[31m high")
    if how == "long":
        raise ValueError("两次\n" * 1000)
    if how == "hang":
        time.sleep(600)
    if how == "exit":
        os._exit(3)
    if how == "crash":
        os.kill(os.getpid(), signal.SIGSEGV)
    if how == "print":
        for _ in range(2000):
            print("x" * 100_000)
    if how == "nan":
        return {"height": math.nan, "luck": 0.0}
    if how == "missing":
        return {"hieght": 1.0, "luck": 0.0}
    if how == "sys_exit":
        raise SystemExit(1)
    if how == "talk":
        print("all is well")
    return {"height": float(settings["a"]), "luck": float(seed % 1009)}
