"""The sweep: plan, run what is missing, keep every record, and say how it went."""

from __future__ import annotations

import contextlib
import itertools
import os
import signal
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, Protocol

from zonesim.errors import InputError, StoreError, SweepInterrupted
from zonesim.experiments import damage, upkeep
from zonesim.experiments.experiment import Experiment, load_experiment
from zonesim.experiments.plan import Changed, write_plan
from zonesim.experiments.pool import Pool
from zonesim.experiments.price import Price, megabytes
from zonesim.experiments.records import CRASHED, ERROR, OK, PENDING, TIMEOUT, Job, Record, Status
from zonesim.experiments.store import SEAL_RUNS, Store, available
from zonesim.experiments.subject import Subject
from zonesim.experiments.worker import attempt

FAILED = (ERROR, TIMEOUT, CRASHED)
COMMIT_SECONDS = 2.0
PROBES, MORE_PROBES, SHORT_SECONDS = 3, 12, 2.0  # runs that the price is taken from; more of them when they are short
SPARE_BYTES = 1 << 20


class Runner(Protocol):
    """Whatever does runs somewhere: processes here, or a cluster."""

    def run(self, jobs: Iterable[Job]) -> Iterator[Record]:
        """Yield a record for each run as it ends."""
        ...

    def close(self) -> None:
        """End what was started."""
        ...


class Inline:
    """Runs in this process, without supervision: for a debugger, and for functions that cannot travel."""

    def __init__(self, subject: Subject) -> None:
        self.subject = subject

    def run(self, jobs: Iterable[Job]) -> Iterator[Record]:
        """Do one run after the other."""
        for job in jobs:
            status, payload, seconds = attempt(self.subject, job.role, job.values, job.seed)
            yield Record(job.id, status, payload, seconds)

    def close(self) -> None:
        """Nothing was started."""


Progress = Callable[[int, int, int], Any]


def sweep(
    experiment: Experiment | str | Path, store: str | Path, *, workers: int | None = None, dask: str | None = None, timeout: float | None = None,
    changed: Changed = "stop", retry_failed: bool = False, limit: int | None = None, progress: Progress | None = None,
    said: Callable[[str], Any] = lambda text: None, max_failed: float | None = None,
) -> Status:  # fmt: skip
    """Do the runs of an experiment that its store does not have, and keep them there.

    The plan is written and synced before the first run. Whatever is killed at whatever moment, the same call afterwards does exactly the
    runs that are missing, and leaves the same results as if nothing had happened.

    Args:
        experiment: an experiment, or its file.
        store: folder of the store; made when it is not there.
        workers: processes (default: one for each processor); 0 runs in this process, without supervision.
        dask: address of a Dask scheduler to use instead.
        timeout: seconds for one run; None is 20 times the median, at least 30.
        changed: what to do when the store was made of another input: "stop", "rerun" or "keep".
        retry_failed: do runs again that ended in an error, a timeout or a crash.
        limit: do at most so many runs now.
        progress: called with (finished, all, failed) after each commit's worth of runs.
        said: called with each line that the user should read.
        max_failed: share of runs that may fail before every report says so; kept with the store. None leaves what is kept.

    Returns:
        How far the sweep is.

    Raises:
        InputError: the experiment is wrong, the store is in use or made of another input.
        StoreError: the disk is full or failed; what was committed is kept.
        SweepInterrupted: Ctrl-C or an end signal; what was done is kept.
    """
    if not isinstance(experiment, Experiment):
        experiment = load_experiment(experiment)
    _answers(dask)
    with Store(Path(store), create=True) as open_store, _ended_by_signal():
        damage.before_writing(open_store, said)
        write_plan(open_store, experiment, changed)
        open_store.allow(max_failed)
        adopted = upkeep.adopt_parts(open_store)
        if adopted:
            said(f"{adopted} runs were taken over from parts that the index did not know")
        return continue_plan(open_store, experiment.subject, workers=workers, dask=dask, timeout=timeout, retry_failed=retry_failed, limit=limit,
                             progress=progress, said=said)  # fmt: skip


def rerun_failed(
    store: str | Path, model: Callable[..., Any] | str | None = None, *, workers: int | None = None, dask: str | None = None, timeout: float | None = None,
    progress: Progress | None = None, said: Callable[[str], Any] = lambda text: None, max_failed: float | None = None,
) -> Status:  # fmt: skip
    """Do the failed runs of a store again, and those that are missing, from what the store itself holds.

    Raises:
        InputError: the store needs its model, was made by another engine, or is in use.
    """
    from zonesim.experiments.stored import subject_of

    with Store(Path(store)):
        pass  # it is there, before a lock is laid
    _answers(dask)
    with Store(Path(store), create=True) as opened, _ended_by_signal():
        damage.before_writing(opened, said)
        opened.allow(max_failed)
        return continue_plan(opened, subject_of(opened, model), workers=workers, dask=dask, timeout=timeout, retry_failed=True, limit=None,
                             progress=progress, said=said)  # fmt: skip


def price_of(experiment: Experiment, workers: int | None = None, said: Callable[[str], Any] = lambda text: None) -> Price:
    """Plan an experiment in a folder that is forgotten, do its first runs, and return what the whole would cost.

    The first run of a process, which also compiles or loads what it needs, does not count where there are others.

    Raises:
        InputError: all of the first runs failed; the message says how.
    """
    own = 1 if workers is None or workers > 0 else 0
    with tempfile.TemporaryDirectory(prefix="zonesim-price-") as folder:
        status = sweep(experiment, folder, workers=own, limit=PROBES, said=said)
        if (_seconds(folder) or 0.0) < SHORT_SECONDS:
            status = sweep(experiment, folder, workers=own, limit=MORE_PROBES)
        if not status.counts["ok"]:
            first = status.failures[0]
            where = f" ({first['frame']})" if first["frame"] else ""
            raise InputError(f"the first {status.failed} runs failed, so that there is no price: {first['type']}: {first['message']}{where}")
        size = megabytes(status.planned, len(experiment.outcomes), len(status.identity["factors"]))
        return Price(status.planned, status.planned, _seconds(folder), size, (os.cpu_count() or 1) if workers is None else max(1, workers))


def _seconds(folder: str) -> float | None:
    """Return the mean seconds of the runs of a store that ended well, the slowest one (which compiled or loaded) left out where there are others."""
    with Store(Path(folder)) as store:
        took = sorted(one for (one,) in store.database.execute("SELECT seconds FROM runs WHERE status = ?", (OK,)))
    return mean_of_probes(took) if took else None


def mean_of_probes(took: list[float], left_out: int = 1) -> float:
    """Return the mean of some times without the longest ones.

    >>> mean_of_probes([9.0, 1.0, 2.0]), mean_of_probes([9.0])
    (1.5, 9.0)
    """
    kept = sorted(took)[: max(1, len(took) - left_out)]
    return sum(kept) / len(kept)


def continue_plan(
    store: Store, subject: Subject, *, workers: int | None, dask: str | None, timeout: float | None, retry_failed: bool,
    limit: int | None, progress: Progress | None, said: Callable[[str], Any],
) -> Status:  # fmt: skip
    """Do the missing runs of a store's plan."""
    upkeep.retry(store, FAILED if retry_failed else (), outside_deaths=True)
    counts = store.counts()
    total, missing = sum(counts.values()), counts["pending"]
    workers = (os.cpu_count() or 1) if workers is None else workers
    status = store.status()
    factors = len(status.identity["factors"])
    size = megabytes(total, len(status.identity["outcomes"]), factors)
    told = said if limit is None else lambda text: None  # who asks for a few runs knows what they cost
    told(Price(total, missing, status.seconds or None, size, workers).text())
    _enough_disk(store, megabytes(missing, len(status.identity["outcomes"]), 0))
    if missing:
        runner = _runner(subject, workers, dask, timeout, said)
        workers = getattr(runner, "places", workers)
        jobs: Iterable[Job] = store.jobs((PENDING,))
        if limit is not None:
            jobs = itertools.islice(jobs, limit)
        try:
            _keep(store, runner.run(jobs), counts, status.seconds or None, workers, size, progress, told)
        except KeyboardInterrupt:
            with contextlib.suppress(StoreError):
                store.commit()
            done = store.counts()
            kept = total - done["pending"]
            raise SweepInterrupted(f"interrupted; {kept:,} of {total:,} runs are kept in {store.folder}, and the same command goes on from there") from None
        finally:
            runner.close()
    upkeep.seal(store)
    return store.status()


def _keep(
    store: Store, records: Iterator[Record], counts: dict[str, int], seconds: float | None, workers: int, size: float, progress: Progress | None,
    said: Callable[[str], Any],
) -> None:  # fmt: skip
    """Take records as they come; commit by number and by time, so that a kill loses seconds of work at most."""
    total = sum(counts.values())
    finished, failed, unsealed = total - counts["pending"], counts["error"] + counts["timeout"] + counts["crashed"], 0
    last, left = time.monotonic(), counts["pending"]
    probes: list[float] = []
    for record in records:
        store.record(record)
        finished += 1
        left -= 1
        failed += record.status != OK
        unsealed += 1
        if seconds is None and record.status == OK:
            probes.append(record.seconds)
            if len(probes) >= PROBES * max(workers, 1):
                seconds = mean_of_probes(probes, max(workers, 1))  # the first of each worker loads what it needs
                said(Price(total, left, seconds, size, workers).text())
        now = time.monotonic()
        if now - last > COMMIT_SECONDS:
            store.commit()
            last = now
        if unsealed >= SEAL_RUNS:
            upkeep.seal(store)
            unsealed = 0
        if progress is not None:
            progress(finished, total, failed)
    store.commit()


def _runner(subject: Subject, workers: int, dask: str | None, timeout: float | None, said: Callable[[str], Any]) -> Runner:
    if dask is not None:
        from zonesim.experiments.cluster import Cluster

        return Cluster(subject, dask, timeout, said)
    return Pool(subject, workers, timeout, said) if workers else Inline(subject)


def _answers(dask: str | None) -> None:
    """Raise InputError where the scheduler does not answer, before anything is planned for it."""
    if dask is not None:
        from zonesim.experiments.cluster import require_scheduler

        require_scheduler(dask)


def _enough_disk(store: Store, needed: float) -> None:
    free = available(store.folder)
    if free < needed * 1e6 + SPARE_BYTES:
        raise InputError(f"{store.folder}: {free / 1e6:.3g} MB are free, the sweep needs about {needed + SPARE_BYTES / 1e6:.3g} MB")


@contextlib.contextmanager
def _ended_by_signal() -> Iterator[None]:
    """Treat an end signal like Ctrl-C: stop cleanly (only the main thread can)."""

    def stop(_number: int, _frame: Any) -> None:
        raise KeyboardInterrupt

    try:
        before = signal.signal(signal.SIGTERM, stop)
    except ValueError:  # not in the main thread
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
