"""Processes of jobs: started detached, so that they outlive the server; watched, so that none is lost or runs for ever."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

from zonesim.web.folder import DataFolder
from zonesim.web.jobs import CANCELLED, FAILED, RUNNING, Job, Jobs

GRACE = 5.0  #: seconds in which a job that was claimed has to note its process, and one that is ended has to go
WATCH = 0.5
LOST = "the process of the job ended without a result; the log may say why"


def identity_of(pid: int) -> str:
    """Return when a process started, by the system's count; empty if there is none, or only its remains."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except (OSError, IndexError):
        return _portable_identity(pid)
    return "" if fields[0] in "ZX" else fields[19]


def _portable_identity(pid: int) -> str:
    """Return the same where there is no /proc: the process table's own words."""
    if Path("/proc/self/stat").exists():
        return ""
    with contextlib.suppress(OSError, subprocess.SubprocessError):
        said = subprocess.run(["ps", "-o", "lstart=,state=", "-p", str(pid)], capture_output=True, text=True, timeout=5, check=False).stdout.split()
        return "" if not said or said[-1].startswith("Z") else " ".join(said[:-1])
    return ""


class Supervisor:
    """Starts what waits, ends what was cancelled or takes too long, and notices what died.

    Args:
        folder: the data folder.
        jobs: its table.
        at_once: jobs that may run at the same time; the others wait.
        workers: processes of each job.
        limit: seconds that a job may run.
        command: the process of a job.
    """

    def __init__(
        self, folder: DataFolder, jobs: Jobs, *, at_once: int = 1, workers: int | None = None, limit: float = 7200.0,
        command: Callable[[Job], list[str]] | None = None,
    ) -> None:  # fmt: skip
        self.folder, self.jobs, self.at_once, self.limit = folder, jobs, at_once, limit
        self._command = command or self._work
        self.workers = workers or os.cpu_count() or 1
        self._children: dict[str, subprocess.Popen[bytes]] = {}
        self._stop = threading.Event()
        self._turn = threading.Lock()
        self._thread = threading.Thread(target=self._watch, name="supervisor", daemon=True)

    def start(self) -> None:
        """Begin to watch, in a thread of this process."""
        self._thread.start()

    def stop(self) -> None:
        """Watch no more; the jobs go on."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join(10)

    def _watch(self) -> None:
        while not self._stop.wait(WATCH):
            with contextlib.suppress(Exception):  # a full disk or a busy table: the next look may do better
                self.look()

    def look(self) -> None:
        """Look at all jobs once."""
        with self._turn:
            for name, child in list(self._children.items()):
                if child.poll() is not None:  # take its remains, or its number stays taken
                    del self._children[name]
            for job in self.jobs.all(RUNNING):
                self._inspect(job)
            while (job := self.jobs.claim(self.at_once)) is not None:  # type: ignore[assignment]
                self._start(job)

    def _inspect(self, job: Job) -> None:
        age = time.time() - (job.began or job.created)
        if age > self.limit + GRACE:
            self._end(job, FAILED, f"took longer than {self.limit:g} s")
        elif job.pid is None:
            if age > 6 * GRACE:
                self._end(job, FAILED, LOST)
        elif identity_of(job.pid) != job.started and not self._has_just_ended(job):
            self._end(job, FAILED, LOST)

    def _has_just_ended(self, job: Job) -> bool:
        """Look again: it may have written its end between the two looks."""
        return self.jobs.get(job.id).is_over

    def _work(self, job: Job) -> list[str]:
        return [sys.executable, "-m", "zonesim.web.work", str(self.folder.root), job.id, str(self.workers), f"{self.limit:g}"]

    def _start(self, job: Job) -> None:
        try:
            with self.folder.log(job.id).open("wb") as log:
                child = subprocess.Popen(self._command(job), stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT, start_new_session=True)
        except OSError as error:
            self.jobs.finish(job.id, FAILED, f"could not be started: {error.strerror or error}")
            return
        self._children[job.id] = child
        self.jobs.belongs_to(job.id, child.pid, identity_of(child.pid))

    def cancel(self, identity: str) -> None:
        """End a job that waits or runs; one that is over stays as it is."""
        with self._turn:
            self._end(self.jobs.get(identity), CANCELLED, "")

    def _end(self, job: Job, status: str, message: str) -> None:
        if not self.jobs.finish(job.id, status, message):
            return
        if job.pid is not None and job.started and identity_of(job.pid) == job.started:
            end_session(job.pid)
        self.folder.discard(job.id)


def end_session(leader: int) -> None:
    """End a process that leads a session, and all that it started: asked first, then without asking."""
    for how, wait in ((signal.SIGTERM, GRACE), (signal.SIGKILL, 0.0)):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(leader, how)
        until = time.monotonic() + wait
        while time.monotonic() < until and identity_of(leader):
            time.sleep(0.05)
