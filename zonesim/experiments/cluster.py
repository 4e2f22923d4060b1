"""A sweep on a Dask cluster: batches go out through ``Client.get_executor()``, and records are kept here as they arrive.

On the cluster each thread of a Dask worker has a worker process of ours (``pool.py``), so that a run that hangs or kills its process costs
that process only, and a timeout holds there too. A batch whose Dask worker was killed is sent out again in single runs. Results are bytes; nothing stays
on the cluster. Whoever may connect to the scheduler may run code on it: keep it on a loopback address or behind TLS.
"""

from __future__ import annotations

import asyncio
import atexit
import hashlib
import pickle
import socket
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from typing import Any

from zonesim.errors import InputError
from zonesim.experiments.identity import differences
from zonesim.experiments.pool import DEATHS_FROM_OUTSIDE, Pool
from zonesim.experiments.records import CRASHED, Job, Record
from zonesim.experiments.subject import Subject
from zonesim.experiments.worker import reason

ANSWER_SECONDS = 6.0  #: that a scheduler may take to answer
BATCH_SECONDS, BATCH_RUNS, BATCHES_EACH = 0.25, 2000, 2
_here = threading.local()
_pools: list[Pool] = []


def require_scheduler(address: str) -> None:
    """Make sure that a Dask scheduler answers, before anything is planned for it; a client that finds none takes half a minute to say so.

    Raises:
        InputError: Dask is not installed, or no scheduler answers in ``ANSWER_SECONDS``; the message says what to look at.
    """
    try:
        from distributed.comm.addressing import get_address_host_port
        from distributed.core import rpc
        from distributed.security import Security
    except ImportError:
        raise InputError("--dask needs the extra: pip install 'zonesim[distributed]'") from None

    async def greeted() -> None:
        async with rpc(address, timeout=ANSWER_SECONDS, connection_args=Security().get_connection_args("client")) as scheduler:
            if (await scheduler.identity()).get("type") != "Scheduler":
                raise ValueError("what answers there is no scheduler")

    def ask() -> None:
        asyncio.run(asyncio.wait_for(greeted(), ANSWER_SECONDS))

    try:
        host, port = get_address_host_port(address)
        socket.create_connection((host, port), ANSWER_SECONDS / 2).close()  # a closed port says so at once, where Dask asks again and again
        failed: list[Exception] = []

        def tried() -> None:  # on a thread: whoever calls may have an event loop of his own
            try:
                ask()
            except Exception as error:  # whatever a stranger's program answers
                failed.append(error)

        asking = threading.Thread(target=tried, daemon=True)
        asking.start()
        asking.join(ANSWER_SECONDS + 1)
        if asking.is_alive() or failed:
            raise failed[0] if failed else TimeoutError(f"no answer in {ANSWER_SECONDS:g} s")
    except (TimeoutError, MemoryError, RuntimeError):
        raise _unanswered(address, f"nothing that speaks Dask's language answered in {ANSWER_SECONDS:g} s") from None
    except Exception as error:
        raise _unanswered(address, str(error).splitlines()[0] if str(error) else type(error).__name__) from None


def _unanswered(address: str, why: str) -> InputError:
    return InputError(
        f"--dask {address}: no scheduler answers ({why}); look whether it runs ('dask scheduler --host 127.0.0.1 --port 8786 --no-dashboard'), "
        "whether the address is written as tcp://HOST:PORT or tls://HOST:PORT as the scheduler prints it, and whether a firewall lies between"
    )


class Cluster:
    """The workers of a Dask scheduler.

    Args:
        subject: what is run; it travels with every batch (some 20 kB) and is unpacked once by each thread.
        address: of the scheduler, such as ``tcp://127.0.0.1:8786``.
        timeout: seconds for one run.
        said: called with what should be told the user.

    Raises:
        InputError: Dask is not installed, the scheduler does not answer, or a worker there has another engine.
    """

    def __init__(self, subject: Subject, address: str, timeout: float | None, said: Callable[[str], Any] = lambda text: None) -> None:
        require_scheduler(address)
        from distributed import Client

        try:
            self.client = Client(address, timeout=f"{ANSWER_SECONDS:g}s")
        except (OSError, ValueError, TimeoutError) as error:
            raise _unanswered(address, str(error).splitlines()[0] if str(error) else type(error).__name__) from None
        self._executor = self.client.get_executor(pure=False)
        self._subject = pickle.dumps(subject)
        self._engine, self._timeout, self._said = subject.engine(), timeout, said

    @property
    def places(self) -> int:
        """Threads of the cluster: so many runs are done at once."""
        return max(1, int(sum(self.client.ncores().values())))

    def close(self) -> None:
        """Leave the cluster."""
        self._executor.shutdown(wait=False)
        self.client.close(timeout=5)

    def run(self, jobs: Iterable[Job]) -> Iterator[Record]:
        """Do the runs; yield a record for each as its batch arrives."""
        source, queue, alone = iter(jobs), deque[Job](), deque[Job]()
        out: dict[Future[Any], list[Job]] = {}
        tries: dict[int, int] = {}
        seconds, done, more = 0.0, 0, True
        while True:
            size = max(1, min(BATCH_RUNS, round(BATCH_SECONDS * done / seconds))) if seconds > 0 else 1
            room = BATCHES_EACH * self.places
            while len(out) < room:
                batch: list[Job] = [alone.popleft()] if alone else []
                while not alone and len(batch) < size and not (batch and batch[0].id in tries):
                    job = queue.popleft() if queue else next(source, None) if more else None
                    if job is None:
                        more = False
                        break
                    batch.append(job)
                if not batch:
                    break
                asked = [(job.id, job.key, job.role, job.values, job.replication, job.seed) for job in batch]
                out[self._executor.submit(do_batch, self._subject, asked, self._timeout)] = batch
            if not out:
                return
            for future in wait(out, timeout=5, return_when=FIRST_COMPLETED).done:
                batch = out.pop(future)
                try:
                    engine, records = future.result()
                except Exception as error:
                    self._check_alive(error)
                    yield from self._again(batch, error, tries, alone)
                    continue
                if engine != self._engine:
                    lines = differences(self._engine, engine)
                    raise InputError(
                        "a worker of the cluster has another engine than this machine, so its results would differ:", *(f"  {one}" for one in lines)
                    )
                for run, status, payload, took, attempts in records:
                    seconds, done = seconds + took, done + 1
                    yield Record(run, status, payload, took, attempts + tries.pop(run, 0))
            self._check_alive(None)

    def _check_alive(self, error: Exception | None) -> None:
        if self.client.status not in ("running", "connecting"):
            raise InputError(f"the cluster is gone ({error or self.client.status}); what arrived is kept, and the same command goes on")

    def _again(self, batch: list[Job], error: Exception, tries: dict[int, int], alone: deque[Job]) -> Iterator[Record]:
        """Send the runs of a lost batch out again, one by one."""
        self._said(f"a batch of {len(batch)} runs was lost ({type(error).__name__}); they are done again")
        for job in batch:
            tries[job.id] = tries.get(job.id, 0) + 1
            if tries[job.id] >= DEATHS_FROM_OUTSIDE:
                yield Record(job.id, CRASHED, reason("Killed", f"its Dask worker was lost {tries[job.id]} times ({error})"), 0.0, tries.pop(job.id))
            else:
                alone.append(job)


def do_batch(subject: bytes, asked: list[tuple[Any, ...]], timeout: float | None) -> tuple[dict[str, str], list[tuple[int, int, bytes, float, int]]]:
    """Do a batch of runs on a Dask worker, in this thread's own process; return the engine and the records."""
    name = hashlib.sha256(subject).digest()
    if getattr(_here, "name", None) != name or _here.timeout != timeout:
        if getattr(_here, "name", None) is not None:
            _here.pool.close()
        what: Subject = pickle.loads(subject)
        _here.engine = what.engine()
        _here.pool = Pool(what, 1, timeout)
        _here.name, _here.timeout = name, timeout
        if not _pools:
            atexit.register(_close_all)
        _pools.append(_here.pool)
    jobs = [Job(*one) for one in asked]
    return _here.engine, [(r.id, r.status, r.payload, r.seconds, r.attempts) for r in _here.pool.run(jobs)]


def _close_all() -> None:
    for pool in _pools:
        pool.close()
