"""Worker processes under supervision: whatever a run does to its process, the run becomes a record and the others go on.

One pipe for each worker. A worker answers in the order in which it was asked, so the run that it was doing when it died is the first without an
answer: that one is tried again alone, the rest goes back to the queue untouched. A run that takes longer than its deadline is ended with its process.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import pickle
import signal
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from multiprocessing.connection import wait
from typing import Any

from zonesim.errors import ZonesimError
from zonesim.experiments.process import MAX_OUTPUT, Supervised, how_it_ended
from zonesim.experiments.records import CRASHED, ERROR, OK, TIMEOUT, Job, Record
from zonesim.experiments.subject import Subject
from zonesim.experiments.worker import READY, reason, work
from zonesim.first_use import compile_kernels

BATCH_SECONDS, BATCH_RUNS, BATCH_BYTES = 0.1, 64, 32_000
PREFETCH_BELOW = 0.5  # seconds of a run below which a worker is given more before it has ended what it has, so that it never waits for the driver
KIN = 4  # runs of one seed go to one worker by so many at least, as long as runs are short: they share what is the same in them (``branches.py``)
LEAST_DEADLINE, MEDIANS, FIRST_DEADLINE, START_DEADLINE = 30.0, 20.0, 600.0, 900.0
DEATHS, DEATHS_FROM_OUTSIDE, TOLD_DEATHS = 3, 5, 5
START_TRIES = 30
FROM_OUTSIDE = (-signal.SIGKILL, -signal.SIGTERM)


class WorkerStartError(ZonesimError):
    """Workers cannot be started: what a run needs cannot be imported or built there."""

    exit_code = 2


class Pool:
    """A number of workers for one subject.

    Args:
        subject: what is run.
        workers: processes.
        timeout: seconds for one run; None is 20 times the median so far, at least 30.
        said: called with what should be told the user (a worker that died).
    """

    def __init__(self, subject: Subject, workers: int, timeout: float | None = None, said: Callable[[str], None] = lambda text: None) -> None:
        try:
            self._subject = pickle.dumps(subject)
            pickle.loads(self._subject)
        except Exception as error:
            raise WorkerStartError(f"the model {subject.label} cannot be sent to other processes ({error}); define it in a module, or use workers=0") from None
        self._count, self._timeout, self._said = workers, timeout, said
        self._workers: list[Supervised] = []
        self._seconds: deque[float] = deque(maxlen=501)
        self._deaths: dict[int, int] = {}
        self._unborn = 0
        # the first run may compile what others will need: they wait for it and take what it compiled from the cache
        self._compiles, self._answered = type(subject).__name__ == "ScenarioSubject", False
        if self._compiles:
            compile_kernels(lambda done, total: said(f"compiling the model's {total} kernels (first use only)") if not done else None)
        self._context: Any = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload(["zonesim.experiments.worker", *(["zonesim.model"] if self._compiles else [])])
        self._suspects: deque[Job] = deque()
        self._queue: deque[Job] = deque()
        self.deaths = 0

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End all workers."""
        for one in self._workers:
            one.kill()
            one.close()
        self._workers.clear()

    def run(self, jobs: Iterable[Job]) -> Iterator[Record]:
        """Do the runs; yield a record for each as it ends."""
        source, more = iter(jobs), True
        while True:
            more = self._hand_out(source, more)
            if not more and not self._queue and not self._suspects and not any(one.asked for one in self._workers):
                return
            yield from self._listen()

    def _start(self) -> Supervised:
        """Start a worker; the server that forks them may itself be killed just now, and is then started again."""
        for left in range(START_TRIES, 0, -1):
            try:
                return self._start_once()
            except (OSError, EOFError):
                if left == 1:
                    raise
                time.sleep(0.1)
        raise AssertionError("not reached")

    def _start_once(self) -> Supervised:
        ours, theirs = self._context.Pipe()
        life_read, life_write = self._context.Pipe(duplex=False)
        output_read, output_write = self._context.Pipe(duplex=False)
        process = self._context.Process(target=work, args=(theirs, life_read, output_write, self._subject), daemon=True)
        own = multiprocessing.current_process()
        # a worker of Dask is "daemonic" and may not have children; ours end with it by the life pipe
        was, own._config["daemon"] = own._config.get("daemon"), False  # type: ignore[attr-defined]
        try:
            process.start()
        except BaseException:
            for pipe in (ours, life_write, output_read):
                pipe.close()
            raise
        finally:
            own._config["daemon"] = was  # type: ignore[attr-defined]
            for pipe in (theirs, life_read, output_write):
                pipe.close()
        return Supervised(process, ours, life_write, output_read)

    # -- giving work -------------------------------------------------------------------------------------------------

    def _hand_out(self, source: Iterator[Job], more: bool) -> bool:
        """Give every worker with room a batch; return whether the source may have more."""
        mean = sum(self._seconds) / len(self._seconds) if self._seconds else None
        size = 1 if mean is None else max(1, min(BATCH_RUNS, int(BATCH_SECONDS / max(mean, 1e-6))))
        room = max(1, size // 2) if mean is not None and mean < PREFETCH_BELOW else 0
        count = self._count if self._answered or not self._compiles else 1
        while len(self._workers) < count:
            if not more and len(self._workers) >= len(self._queue) + len(self._suspects) + sum(len(one.asked) for one in self._workers):
                break
            self._workers.append(self._start())
        for one in self._workers:
            if len(one.asked) > room:
                continue
            batch, length = [], 0
            if self._suspects and not one.asked:
                batch.append(self._suspects.popleft())
            most = max(size, KIN) if self._compiles and room else size
            while not batch or (len(batch) < most and length < BATCH_BYTES and not (len(batch) == 1 and batch[0].id in self._deaths)):
                if self._queue:
                    job = self._queue.popleft()
                elif more:
                    found = next(source, None)
                    if found is None:
                        more = False
                        break
                    job = found
                else:
                    break
                if len(batch) >= size and batch and job.seed != batch[0].seed:
                    self._queue.appendleft(job)
                    break
                batch.append(job)
                length += 40 + 24 * len(job.values)
            if batch:
                self._ask(one, batch)
        return more

    def _ask(self, one: Supervised, batch: list[Job]) -> None:
        if not one.asked:
            one.since = time.monotonic()
        one.asked.extend(batch)
        with contextlib.suppress(OSError):  # it is dead: the next look at it finds out, and takes the batch back
            one.orders.send([(job.id, job.role, job.values, job.seed) for job in batch])

    # -- hearing of it -----------------------------------------------------------------------------------------------

    def _listen(self) -> Iterator[Record]:
        """Wait for whatever happens next, and yield the runs that ended by it."""
        pipes: dict[Any, Supervised] = {}
        for one in self._workers:
            pipes[one.orders] = pipes[one.process.sentinel] = one
            if not one.silent:
                pipes[one.output] = one
        ready = wait(list(pipes), timeout=0.5)
        heard = {pipes[pipe] for pipe in ready}
        deadline = self._deadline()
        for one in list(self._workers):
            if one in heard:
                one.drain()
                yield from self._answers(one)
            late = time.monotonic() - one.since > (deadline if one.ready else START_DEADLINE) and bool(one.asked)
            if one.printed > MAX_OUTPUT:
                yield from self._bury(one, ERROR, "OutputLimit", f"printed more than {MAX_OUTPUT >> 20} MB")
            elif late:
                yield from self._bury(one, TIMEOUT, "Timeout", f"took longer than {deadline:.4g} s")
            elif one.process.sentinel in ready or one.orders.closed:
                yield from self._bury(one, CRASHED, "", "")

    def _deadline(self) -> float:
        if self._timeout is not None:
            return self._timeout
        if len(self._seconds) < 5:
            return FIRST_DEADLINE
        return max(LEAST_DEADLINE, MEDIANS * sorted(self._seconds)[len(self._seconds) // 2])

    def _answers(self, one: Supervised) -> Iterator[Record]:
        try:
            while one.orders.poll():
                said = one.orders.recv()
                if said == READY:
                    one.ready, one.since, self._unborn = True, time.monotonic(), 0
                    one.tail.clear()
                    one.printed = 0
                    continue
                run, status, payload, seconds = said
                self._answered = True
                one.drain()  # all that the run printed was in the pipe before its answer
                job = one.asked.popleft()
                if job.id != run:
                    raise RuntimeError(f"a worker answered for run {run}, not {job.id}")
                if status == OK:
                    self._seconds.append(seconds)
                elif one.tail:
                    payload = _with_output(payload, bytes(one.tail))
                one.since = time.monotonic()
                one.tail.clear()
                one.printed = 0
                yield Record(run, status, payload, seconds, 1 + self._deaths.pop(run, 0))
        except (EOFError, ConnectionError, pickle.UnpicklingError):  # it died, perhaps while it answered
            one.orders.close()

    def _bury(self, one: Supervised, status: int, kind: str, message: str) -> Iterator[Record]:
        """End a worker, find out which run it was doing, and put back the others."""
        one.kill()
        if not one.orders.closed:
            yield from self._answers(one)
        one.drain()
        code = one.process.exitcode
        self._workers.remove(one)
        one.close()
        self.deaths += 1
        output = one.tail.decode("utf-8", "replace")
        lost = list(one.asked)
        if not one.ready:
            self._unborn += 1
            if self._unborn > 2 * self._count + 1:
                raise WorkerStartError("workers end before they are ready: " + (output.strip().splitlines() or [_silently(code)])[-1])
            self._queue.extendleft(reversed(lost))
            return
        if not lost:
            return
        self._answered = True
        culprit = lost[0]
        self._queue.extendleft(reversed(lost[1:]))
        if kind:
            yield Record(culprit.id, status, reason(kind, message, output=output), time.monotonic() - one.since, 1 + self._deaths.pop(culprit.id, 0))
            return
        deaths = self._deaths[culprit.id] = self._deaths.get(culprit.id, 0) + 1
        if deaths >= (DEATHS_FROM_OUTSIDE if code in FROM_OUTSIDE else DEATHS):
            del self._deaths[culprit.id]
            how = how_it_ended(code)
            yield Record(
                culprit.id,
                CRASHED,
                reason("Killed" if code in FROM_OUTSIDE else "Crashed", f"its process ended {deaths} times, last {how}", output=output),
                0.0,
                deaths,
            )
        else:
            if self.deaths <= TOLD_DEATHS:
                self._said(f"the process of run {culprit.id} ended {how_it_ended(code)}; the run is tried again")
            self._suspects.append(culprit)


def _silently(code: int | None) -> str:
    """Say of a worker that ended before it could say why; most often a script that starts a sweep is itself started again by each of its workers."""
    return f"exit code {code}; a script that starts a sweep does so under 'if __name__ == \"__main__\":', since every worker imports it"


def _with_output(payload: bytes, tail: bytes) -> bytes:
    import json

    known = json.loads(payload)
    return reason(known["type"], known["message"], known["frame"], tail.decode("utf-8", "replace"))
