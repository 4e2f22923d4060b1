"""The table of jobs: one row each, in SQLite, so that it is there after a reload and after the server was killed."""

from __future__ import annotations

import contextlib
import json
import secrets
import sqlite3
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from zonesim.errors import Busy, InputError

QUEUED, RUNNING, DONE, FAILED, CANCELLED = "queued", "running", "done", "failed", "cancelled"
OVER = (DONE, FAILED, CANCELLED)
MOST_QUEUED = 50
_TABLE = """
CREATE TABLE IF NOT EXISTS jobs (id TEXT PRIMARY KEY, spec TEXT NOT NULL, status TEXT NOT NULL, phase TEXT NOT NULL DEFAULT '', done INTEGER NOT NULL DEFAULT 0,
    total INTEGER NOT NULL, message TEXT NOT NULL DEFAULT '', pid INTEGER, started TEXT, created REAL NOT NULL, began REAL, ended REAL, since REAL, moved REAL);
CREATE INDEX IF NOT EXISTS jobs_by_status ON jobs (status, created);
"""
_PARTS = "id, status, phase, done, total, message, pid, started, created, began, ended, since, moved"  #: all but what it is to do, which is long
_LATER = ("since", "moved")  #: columns that tables of earlier versions do not have


@dataclass(frozen=True)
class Job:
    """A job as its row says.

    Attributes:
        spec: what to run, see :mod:`zonesim.web.work`.
        phase: what it is doing: reading, compiling (with how many kernels of how many), awaiting another process that compiles, running, writing.
        done: runs that are done, of ``total``.
        message: why it failed.
        pid: its process, with ``started`` (start time of that process by the system), so that a number used again is told apart.
        since, moved: when its runs began, and when one of them was last done.
    """

    id: str
    spec: dict[str, Any]
    status: str
    phase: str
    done: int
    total: int
    message: str
    pid: int | None
    started: str | None
    created: float
    began: float | None
    ended: float | None
    since: float | None = None
    moved: float | None = None

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.status in OVER

    @property
    def seconds_left(self) -> float | None:
        """Expected seconds to its end by the pace of the runs that are done; None when none is yet, or when the next one is later than that pace."""
        if self.status != RUNNING or not self.done or self.since is None or self.moved is None:
            return None
        left = (self.moved - self.since) / self.done * (self.total - self.done) - (time.time() - self.moved)
        return left if left > 0 else None

    @property
    def is_running(self) -> bool:
        """Whether its runs have begun and are not all done."""
        return self.status == RUNNING and self.since is not None and self.done < self.total

    @property
    def seconds_still(self) -> float:
        """Seconds since the last run was done, or since the first one began."""
        return time.time() - (self.moved or self.since or self.began or time.time())


class Jobs:
    """The table; every call opens its own connection, so that it may be used from any thread and process.

    Args:
        path: file of the table; made if it is missing.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._briefs: dict[str, dict[str, Any]] = {}
        with self._open() as database:
            database.execute("PRAGMA journal_mode=WAL")
            database.executescript(_TABLE)
            known = {str(row["name"]) for row in database.execute("PRAGMA table_info(jobs)")}
            for name in _LATER:
                if name not in known:
                    with contextlib.suppress(sqlite3.OperationalError):  # another server was first
                        database.execute(f"ALTER TABLE jobs ADD COLUMN {name} REAL")

    def submit(self, spec: dict[str, Any], total: int) -> Job:
        """Enter a job in the queue.

        Raises:
            Busy: too many wait already.
        """
        identity = time.strftime("%Y%m%d-", time.gmtime()) + secrets.token_hex(6)
        with self._change() as database:
            _room(database)
            database.execute(
                "INSERT INTO jobs (id, spec, status, total, created) VALUES (?, ?, ?, ?, ?)",
                (identity, json.dumps(spec, ensure_ascii=False), QUEUED, total, time.time()),
            )
        return self.get(identity)

    def room(self) -> None:
        """Say so before anything is read for a job that the queue has no place for.

        Raises:
            Busy: too many wait already.
        """
        with self._open() as database:
            _room(database)

    def get(self, identity: str) -> Job:
        """Return a job.

        Raises:
            InputError: there is none of this name.
        """
        with self._open() as database:
            row = database.execute("SELECT * FROM jobs WHERE id = ?", (identity,)).fetchone()
        if row is None:
            raise InputError(f"no job {identity[:80]!r}")
        return _job(row)

    def all(self, *statuses: str, limit: int = 200) -> list[Job]:
        """Return jobs of some statuses (all when none is named), the newest first."""
        wanted = statuses or (QUEUED, RUNNING, *OVER)
        query = f"SELECT * FROM jobs WHERE status IN ({','.join('?' * len(wanted))}) ORDER BY created DESC, rowid DESC LIMIT ?"
        with self._open() as database:
            return [_job(row) for row in database.execute(query, (*wanted, limit))]

    def listed(self, *statuses: str, limit: int = 200) -> list[Job]:
        """Return jobs as :meth:`all` does, with what a list says of what they do (:func:`brief`), which is read once: it never changes."""
        wanted = statuses or (QUEUED, RUNNING, *OVER)
        query = f"SELECT {_PARTS} FROM jobs WHERE status IN ({','.join('?' * len(wanted))}) ORDER BY created DESC, rowid DESC LIMIT ?"
        with self._open() as database:
            rows = database.execute(query, (*wanted, limit)).fetchall()
            for row in rows:
                if row["id"] not in self._briefs:
                    found = database.execute("SELECT spec FROM jobs WHERE id = ?", (row["id"],)).fetchone()
                    if found is not None:
                        self._briefs[row["id"]] = brief(json.loads(found["spec"]))
        return [Job(**dict(row), spec=self._briefs[row["id"]]) for row in rows if row["id"] in self._briefs]

    def ahead(self) -> dict[str, int]:
        """Return for each job that waits how many have to end or begin before it: those that run, and those that wait longer."""
        with self._open() as database:
            running = database.execute("SELECT count(*) FROM jobs WHERE status = ?", (RUNNING,)).fetchone()[0]
            waiting = database.execute("SELECT id FROM jobs WHERE status = ? ORDER BY created, rowid", (QUEUED,)).fetchall()
        return {row["id"]: running + place for place, row in enumerate(waiting)}

    def claim(self, at_once: int) -> Job | None:
        """Take the oldest job that waits, if fewer than ``at_once`` run; no two servers take the same."""
        with self._change() as database:
            if database.execute("SELECT count(*) FROM jobs WHERE status = ?", (RUNNING,)).fetchone()[0] >= at_once:
                return None
            row = database.execute("SELECT id FROM jobs WHERE status = ? ORDER BY created, rowid LIMIT 1", (QUEUED,)).fetchone()
            if row is None:
                return None
            database.execute("UPDATE jobs SET status = ?, began = ? WHERE id = ?", (RUNNING, time.time(), row["id"]))
        return self.get(row["id"])

    def belongs_to(self, identity: str, pid: int, started: str) -> None:
        """Note the process of a job."""
        self._update(identity, "pid = ?, started = ?", pid, started)

    def progress(self, identity: str, phase: str, done: int) -> None:
        """Note how far a job is."""
        now = time.time()
        self._update(
            identity,
            "moved = CASE WHEN ? > done THEN ? ELSE moved END, "
            "since = CASE WHEN since IS NULL AND ? = 'running' THEN CASE WHEN ? > 0 THEN began ELSE ? END ELSE since END, phase = ?, done = ?",
            *(done, now, phase, done, now, phase, done),
        )

    def finish(self, identity: str, status: str, message: str = "") -> bool:
        """End a job; return False when it had ended before (the first end stays)."""
        with self._change() as database:
            ended = database.execute(
                "UPDATE jobs SET status = ?, message = ?, ended = ? WHERE id = ? AND status IN (?, ?)",
                (status, message[:20_000], time.time(), identity, QUEUED, RUNNING),
            )
            return ended.rowcount == 1

    def forget(self, identity: str) -> None:
        """Delete a job that is over.

        Raises:
            InputError: it waits or runs.
        """
        with self._change() as database:
            database.execute(f"DELETE FROM jobs WHERE id = ? AND status IN ({','.join('?' * len(OVER))})", (identity, *OVER))
            if database.execute("SELECT 1 FROM jobs WHERE id = ?", (identity,)).fetchone():
                raise InputError(f"job {identity} is not over; cancel it first")
        self._briefs.pop(identity, None)

    def has(self, identity: str) -> bool:
        """Tell whether there is a job of this name."""
        with self._open() as database:
            return database.execute("SELECT 1 FROM jobs WHERE id = ?", (identity,)).fetchone() is not None

    def _update(self, identity: str, what: str, *values: Any) -> None:
        with self._change() as database:
            database.execute(f"UPDATE jobs SET {what} WHERE id = ? AND status = ?", (*values, identity, RUNNING))

    @contextlib.contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        try:
            database = sqlite3.connect(self.path, timeout=30, isolation_level=None)
            database.row_factory = sqlite3.Row
        except sqlite3.Error as error:
            raise InputError(f"{self.path}: not usable as the table of jobs ({error})") from None
        try:
            yield database
        finally:
            database.close()

    @contextlib.contextmanager
    def _change(self) -> Iterator[sqlite3.Connection]:
        with self._open() as database:
            database.execute("BEGIN IMMEDIATE")
            try:
                yield database
            except BaseException:
                database.execute("ROLLBACK")
                raise
            database.execute("COMMIT")


def _room(database: sqlite3.Connection) -> None:
    waiting = database.execute("SELECT count(*) FROM jobs WHERE status = ?", (QUEUED,)).fetchone()[0]
    if waiting >= MOST_QUEUED:
        raise Busy(f"{waiting} jobs are waiting; let some finish, or cancel them")


def brief(spec: dict[str, Any]) -> dict[str, Any]:
    """Return of what a job is to do only what a list of jobs says: names, years and sample of its scenarios, and not their whole documents.

    >>> brief({"title": {"en": "A"}, "replications": 2, "seed": 1, "scenarios": [{"document": {"name": {"en": "A"}, "horizon": {"end": "2024Q4"}, "policies": {}}}]})
    {'title': {'en': 'A'}, 'replications': 2, 'seed': 1, 'scenarios': [{'document': {'name': {'en': 'A'}, 'horizon': {'end': '2024Q4'}, 'founding': {'scale': 1}}}]}
    """
    documents = [one["document"] for one in spec["scenarios"]]
    scenarios = [
        {"document": {"name": one.get("name", {}), "horizon": one.get("horizon") or {}, "founding": {"scale": (one.get("founding") or {}).get("scale", 1)}}}
        for one in documents
    ]
    return {**{key: spec[key] for key in ("title", "replications", "seed")}, "scenarios": scenarios}


def _job(row: sqlite3.Row) -> Job:
    return Job(**{**dict(row), "spec": json.loads(row["spec"])})
