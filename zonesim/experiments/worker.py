"""What a worker process of a sweep does: run after run, each ending in a record, until its driver is gone."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import pickle
import select
import signal
import sys
import threading
import time
import traceback
from multiprocessing.connection import Connection
from typing import Any

from zonesim.experiments.records import ERROR, OK, packed
from zonesim.experiments.subject import Subject

MAX_TEXT = 2000
MAX_NAME = 80  #: letters of the name of a class that are kept
READY = "ready"


def work(orders: Connection, life: Connection, output: Connection, subject: bytes) -> None:
    """Be a worker.

    Args:
        orders: batches of ``(run, role, values, seed)`` come here, and ``(run, status, payload, seconds)`` go back, in the same order.
        life: is closed when the driver ends, however it ends; the worker is then killed.
        output: takes what runs print.
        subject: what is run, pickled by the driver of this very process.
    """
    with contextlib.suppress(OSError):  # it leads a group already
        os.setsid()  # what a run starts is in our group, and ends with us
    _end_with_driver(life.fileno())
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the driver, which ends us
    _redirect(output)
    what: Subject = pickle.loads(subject)
    orders.send(READY)
    while True:
        try:
            batch = orders.recv()
        except EOFError:
            return
        for run, role, values, seed in batch:
            orders.send((run, *attempt(what, role, values, seed)))


def attempt(subject: Subject, role: int, values: dict[str, Any], seed: int) -> tuple[int, bytes, float]:
    """Do one run; return its status, its outcomes or the reason, and its seconds. Nothing that a run raises gets further than here."""
    start = time.perf_counter()
    try:
        status, payload = OK, packed(subject.run(role, values, seed))
    except BaseException as error:
        status, payload = ERROR, reason(type(error).__name__, message_of(error), last_frame(error))
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            continue
    return status, payload, time.perf_counter() - start


def reason(kind: str, message: str, frame: str = "", output: str = "") -> bytes:
    """Return what is known of a failure, as it is stored."""
    return json.dumps(
        {"type": kind if len(kind) <= MAX_NAME else f"{kind[: MAX_NAME - 3]}...", "message": message[:MAX_TEXT], "frame": frame, "output": output[-MAX_TEXT:]},
        ensure_ascii=False,
    ).encode("utf-8", "replace")


def message_of(error: BaseException) -> str:
    """Return what an error says, or that it cannot say it: the text of an exception of one's own may itself raise."""
    try:
        return str(error)
    except BaseException as inner:
        return f"(its text cannot be told: str() raised {type(inner).__name__})"


def last_frame(error: BaseException) -> str:
    """Return where an error was raised: ``file:line in function``."""
    frames = traceback.extract_tb(error.__traceback__)
    return f"{frames[-1].filename}:{frames[-1].lineno} in {frames[-1].name}" if frames else ""


def _end_with_driver(life: int) -> None:
    """Have the system kill this process, and what its runs have started, when the other end of a pipe closes, even while machine code holds the interpreter."""
    if hasattr(fcntl, "F_SETSIG"):
        fcntl.fcntl(life, fcntl.F_SETOWN, -os.getpid())  # a group
        fcntl.fcntl(life, fcntl.F_SETSIG, signal.SIGKILL)
        fcntl.fcntl(life, fcntl.F_SETFL, fcntl.fcntl(life, fcntl.F_GETFL) | os.O_ASYNC)
    if select.select([life], [], [], 0)[0]:
        os._exit(0)  # gone before we listened

    def watch() -> None:
        select.select([life], [], [])
        os.killpg(os.getpid(), signal.SIGKILL)

    threading.Thread(target=watch, daemon=True).start()  # for systems without the signal


def _redirect(output: Connection) -> None:
    """Send what runs print, also from C, to the driver, which keeps the end of it; there is nothing to read from."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            stream.flush()
    os.dup2(output.fileno(), 1)
    os.dup2(output.fileno(), 2)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    output.close()
    # the streams of the server that we were forked from may be closed or replaced
    sys.stdout = open(1, "w", encoding="utf-8", errors="replace", closefd=False)
    sys.stderr = open(2, "w", encoding="utf-8", errors="replace", closefd=False, buffering=1)
