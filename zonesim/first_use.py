"""The first use of a source: the model's kernels are compiled side by side in several processes, before the first run needs them.

Each process takes the next kernel of ``signatures.known()`` and leaves its machine code in the cache, where every run finds it. Nothing depends on
it: what is not compiled here (a process died, the file of signatures is old) is compiled when it is first called.

``python -m zonesim.first_use`` is such a process: kernels and their signatures come on its input, a line each, and a line goes back for each.
"""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from zonesim.compiled import CACHE_FOLDER, alone, cache_name, is_compiling
from zonesim.signatures import kernel_at, known, read

MAX_PROCESSES = 8  # each takes some 250 MB; the longest kernel bounds what more of them could gain


def compile_kernels(
    progress: Callable[[int, int], None] | None = None, processes: int | None = None, waits: Callable[[], None] | None = None
) -> int:  # fmt: skip
    """Compile the model's kernels unless that was done; return how many are ready that may not have been.

    Another process that does the same is waited for.

    Args:
        progress: called with (kernels ready, kernels in all).
        processes: how many side by side; None is one for each processor, at most 8.
        waits: called where another process compiles them already, before that one is waited for.
    """
    done = CACHE_FOLDER / f"ready-{cache_name()}"
    if not is_compiling() or done.exists():
        return 0
    with alone("first-use", waits):
        if done.exists():
            return 0
        ready = share_out(known(), processes or min(_processors(), MAX_PROCESSES), progress)
        with suppress(OSError):
            done.touch()
    return ready


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Shares:
    """Kernels still to be compiled, by the part of the package they stand in.

    A process stays in one part, and takes in between what is longer and stands in parts that are nobody's: the rules that its kernels share are then
    compiled once and not in every process, and no long kernel is left for the end.

    Args:
        kernels: with their signatures, the longest first.
    """

    def __init__(self, kernels: Iterable[tuple[str, str]]) -> None:
        self._left: dict[str, deque[tuple[int, tuple[str, str]]]] = {}
        for k, one in enumerate(kernels):
            self._left.setdefault(".".join(one[0].split(".")[:2]), deque()).append((k, one))
        self._homes = itertools.cycle(sorted(self._left, key=lambda part: -len(self._left[part])))
        self._taken: set[str] = set()
        self._turn = threading.Lock()

    def home(self) -> str:
        """Return the part in which the next process begins."""
        part = next(self._homes)
        self._taken.add(part)
        return part

    def take(self, part: str) -> tuple[str, str] | None:
        """Return the longest kernel of a part and of those that are nobody's, or of all; None when there are none."""
        with self._turn:
            full = {name: kernels for name, kernels in self._left.items() if kernels}
            near = [kernels for name, kernels in full.items() if name == part or name not in self._taken] or list(full.values())
            return min(near, key=lambda kernels: kernels[0][0]).popleft()[1] if near else None


def share_out(kernels: list[tuple[str, str]], processes: int, progress: Callable[[int, int], None] | None = None) -> int:
    """Have processes compile kernels, each given with its signature; return how many they did."""
    shares, finished = Shares(kernels), threading.Semaphore(0)
    ready, living, total = 0, 0, len(kernels)
    turn = threading.Lock()

    def attend(process: subprocess.Popen[str]) -> None:
        nonlocal ready, living
        for _ in _answers(process, shares):
            with turn:
                ready += 1
            finished.release()
        with turn:
            living -= 1
        finished.release()

    started: list[subprocess.Popen[str]] = []
    try:
        for _ in range(min(processes, total)):
            with suppress(OSError):
                started.append(_start())
        living = len(started)
        for process in started:
            threading.Thread(target=attend, args=(process,), daemon=True).start()
        if progress:
            progress(0, total)
        while living:
            finished.acquire()
            if progress:
                progress(ready, total)
    finally:
        for process in started:
            process.kill()
            process.wait()
    return ready


def _start() -> subprocess.Popen[str]:
    path = os.pathsep.join([str(Path(__file__).parents[1]), *filter(None, [os.environ.get("PYTHONPATH")])])
    optimised = ["-" + "O" * sys.flags.optimize] if sys.flags.optimize else []
    return subprocess.Popen(
        [sys.executable, "-P", *optimised, "-m", "zonesim.first_use"], env={**os.environ, "PYTHONPATH": path}, text=True, bufsize=1, stdin=subprocess.PIPE,
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    )  # fmt: skip


def _answers(process: subprocess.Popen[str], shares: Shares) -> Iterator[str]:
    """Give a process one kernel after the other until there are none, or until it is gone; yield those it did."""
    assert process.stdin is not None and process.stdout is not None
    part = shares.home()
    while (kernel := shares.take(part)) is not None:
        try:
            process.stdin.write(f"{kernel[0]} {kernel[1]}\n")
            process.stdin.flush()
            if not process.stdout.readline():
                return
        except (OSError, ValueError):
            return
        yield kernel[0]


def work() -> None:
    """Compile the kernels that come on the input."""
    answers = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(2, 1)
    for line in sys.stdin:
        name, _, signature = line.strip().partition(" ")
        with suppress(Exception):  # an old signature: the kernel is compiled when it is called
            kernel_at(name).compile(read(signature))
        answers.write(f"{name}\n")


if __name__ == "__main__":
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that asks, which ends us
    work()
