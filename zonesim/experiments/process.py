"""One worker process as its supervisor sees it: what it was asked and has not answered, what its run prints, how it ended."""

from __future__ import annotations

import contextlib
import os
import signal
import time
from collections import deque
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

from zonesim.experiments.records import Job

MAX_OUTPUT, KEPT_OUTPUT = 64 << 20, 4000


class Supervised:
    """One process, what it was asked and has not answered, and what its current run has printed."""

    def __init__(self, process: BaseProcess, orders: Connection, life: Connection, output: Connection) -> None:
        self.process, self.orders, self.life, self.output = process, orders, life, output
        self.asked: deque[Job] = deque()
        self.ready = False
        self.since = time.monotonic()
        self.tail, self.printed, self.silent = bytearray(), 0, False
        os.set_blocking(output.fileno(), False)

    def drain(self) -> None:
        """Read what the run has printed; keep the end."""
        while True:
            try:
                piece = os.read(self.output.fileno(), 1 << 16)
            except (BlockingIOError, OSError):
                return
            if not piece:  # closed by the run, or with its process
                self.silent = True
                return
            self.printed += len(piece)
            self.tail += piece
            del self.tail[:-KEPT_OUTPUT]
            if self.printed > MAX_OUTPUT:
                return

    def kill(self) -> None:
        """End the process, and what its runs have started and left; they cannot refuse."""
        if self.process.pid is not None:
            if self.process.exitcode in (None, 255):  # 255: the fork server is gone and knows nothing
                with contextlib.suppress(ProcessLookupError, PermissionError):
                    os.kill(self.process.pid, signal.SIGKILL)
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)  # a worker leads its own group (``worker.py``)
        self.process.join(10)

    def close(self) -> None:
        """Give back its pipes."""
        for pipe in (self.orders, self.life, self.output):
            with contextlib.suppress(OSError):
                pipe.close()


def how_it_ended(code: int | None) -> str:
    """Say how a process ended.

    >>> how_it_ended(-9), how_it_ended(3)
    ('by SIGKILL', 'with exit code 3')
    """
    if code is not None and code < 0:
        name = signal.Signals(-code).name if -code in {int(s) for s in signal.Signals} else str(-code)
        return f"by {name}"
    return f"with exit code {code}"
