"""The store of a sweep: a plan that is written before the first run, and a record of each run that is there whole or not at all.

A folder with

    index.sqlite   plans, settings, runs: key, status, checksum, and the payload of runs that are not in a part yet
    designs/       design-N.parquet: the points of plan N in the order in which an analysis reads them
    parts/         part-N.parquet: results of finished runs, with key and checksum, readable by anyone
    quarantine/    what ``repair`` set aside; nothing is ever deleted
    lock           who writes

A record is done when its checksum over key, status and payload agrees. One process writes; the index is SQLite with a write-ahead log synced
at every commit. Payloads move from the index to a part, which is written aside, synced, renamed and read back before the index forgets them.
"""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from zonesim.errors import InputError, StoreError
from zonesim.experiments.durable import Lock, storage_error, sweep_aside
from zonesim.experiments.layout import IDENTITY, TABLES, earlier, missing_columns
from zonesim.experiments.records import MAX_FAILED, OK, PENDING, STATUSES, Job, Record, Status, checksum, plan_checksum

FORMAT = 1
COMMIT_RUNS, SEAL_RUNS = 64, 20_000
INDEX = "index.sqlite"
DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)  #: what SQLite says of pages that it cannot read


def no_index(folder: Path) -> str:
    """Say that a folder has no index, and where it has parts, how their results are had again."""
    if not folder.is_dir():
        return f"{folder}: {'is a file; name the folder of a sweep' if folder.exists() else 'there is no such folder'}"
    lost = (folder / "parts").is_dir() and any((folder / "parts").glob("*.parquet"))
    again = "; its results are in parts/: the command 'zonesim sweep EXPERIMENT --store' that made it takes them back" if lost else ""
    return f"{folder}: holds no sweep (no {INDEX}){again}"


class Store:
    """A store, open for reading, or (inside :meth:`writing`) for the one process that writes.

    Args:
        folder: where it is.

    Raises:
        InputError: no store there, or one of another format.
    """

    def __init__(self, folder: Path, *, create: bool = False) -> None:
        self.folder = Path(folder)
        self.lock = Lock(self.folder)
        self._pending: list[Record] = []
        self._broken: str | None = None
        self._writes = False
        index = self.folder / INDEX
        if not create and not index.is_file():
            raise InputError(no_index(self.folder))
        if create:
            self._create()
        self.database = self._connect()

    def _create(self) -> None:
        if self.folder.exists() and not self.folder.is_dir():
            raise InputError(f"{self.folder}: is a file; name a folder for the store")
        if self.folder.is_dir() and not (self.folder / INDEX).exists():
            strange = [one.name for one in self.folder.iterdir() if one.name not in ("lock", "parts", "designs", "quarantine", "suspect")]
            if strange:
                raise InputError(f"{self.folder}: is not empty and holds no sweep (it has {strange[0]}); name a new folder")
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise InputError(f"{self.folder}: cannot be made ({error.strerror})") from None
        self.lock.take()
        try:
            for name in ("parts", "designs"):
                (self.folder / name).mkdir(exist_ok=True)
                sweep_aside(self.folder / name)
        except OSError as error:
            self.lock.release()
            raise storage_error(self.folder, error) from None
        self._writes = True

    def _connect(self) -> sqlite3.Connection:
        path = self.folder / INDEX
        try:
            if self._writes:
                database = sqlite3.connect(path, isolation_level=None, timeout=30)
                database.execute("PRAGMA journal_mode=WAL")
                database.execute("PRAGMA synchronous=FULL")
                database.execute("PRAGMA cache_size=-131072")  # keys are scattered: a million of them are planned 4 times as fast as with 2 MB
                database.executescript(TABLES)
                database.execute("INSERT OR IGNORE INTO meta VALUES ('format', ?)", (str(FORMAT),))
            else:
                # a log needs a folder that can be written to; on a read-only copy nobody writes, so the file can be taken as it is
                mode = "mode=ro" if os.access(self.folder, os.W_OK) else "immutable=1"
                database = sqlite3.connect(f"file:{_quoted(path)}?{mode}", uri=True, isolation_level=None, timeout=30)
            found = database.execute("SELECT value FROM meta WHERE name = 'format'").fetchone()
            missing = missing_columns(database)
        except (sqlite3.Error, UnicodeDecodeError) as error:  # the latter: SQLite's own message quotes what it read
            self.lock.release()
            if self._writes and ("full" in str(error) or "I/O" in str(error)):
                raise StoreError(f"{self.folder}: {'the disk is full' if 'full' in str(error) else error}; nothing was started") from None
            raise self._unreadable(error) from None
        if found is None or found[0] != str(FORMAT):
            self.lock.release()
            raise InputError(f"{path}: format {found[0] if found else '?'} of stores; this version reads {FORMAT}")
        if missing:
            database.close()
            self.lock.release()
            raise earlier(self.folder, f"its index has no {missing[0]}")
        return database

    def close(self) -> None:
        """Commit what is left, and give up the lock."""
        try:
            if self._writes and self._broken is None:
                self.commit()
        finally:
            with contextlib.suppress(sqlite3.Error):
                self.database.close()
            self.lock.release()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        self.close()
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF  # no code: a text that cannot be decoded
        if isinstance(error, sqlite3.DatabaseError) and type(error) in (sqlite3.DatabaseError, sqlite3.OperationalError) and code in DAMAGED:
            raise self._unreadable(error) from error

    def _unreadable(self, error: Exception) -> InputError:
        return InputError(f"{self.folder / INDEX}: not readable as a sweep's index ({error}); 'zonesim repair {self.folder}' sets aside what is damaged")

    # -- writing ---------------------------------------------------------------------------------------------------

    @contextlib.contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Run statements that are committed and synced together, or not at all.

        Raises:
            StoreError: a write or sync failed. That is final for this process: what the disk did not keep cannot be found out by asking again.
        """
        if self._broken is not None:
            raise StoreError(self._broken)
        if not self._writes:
            raise InputError(f"{self.folder}: open for reading only")
        try:
            self.database.execute("BEGIN IMMEDIATE")
            yield self.database
            self.database.execute("COMMIT")
        except (sqlite3.Error, OSError) as error:
            raise self._fail(error) from error
        except BaseException:
            with contextlib.suppress(sqlite3.Error):
                self.database.execute("ROLLBACK")
            raise

    def _fail(self, error: Exception) -> StoreError:
        with contextlib.suppress(sqlite3.Error):
            self.database.execute("ROLLBACK")
        if isinstance(error, OSError):
            failure = storage_error(self.folder, error)
        else:
            reason = "the disk is full" if "full" in str(error) else f"writing failed ({error})"
            failure = StoreError(f"{self.folder}: {reason}; what was committed before is kept, and the same command goes on from there")
        self._broken = str(failure)
        with contextlib.suppress(OSError):
            (self.folder / "suspect").touch()
        return failure

    def record(self, record: Record) -> None:
        """Take the end of a run; it is kept for good by the next commit (at most :data:`COMMIT_RUNS` runs later)."""
        self._pending.append(record)
        if len(self._pending) >= COMMIT_RUNS:
            self.commit()

    def commit(self) -> None:
        """Write and sync the records that were taken."""
        if not self._pending:
            return
        records, self._pending = self._pending, []
        with self.transaction() as database:
            ids = [one.id for one in records]
            keys = dict(database.execute(f"SELECT id, key FROM runs WHERE id IN ({','.join('?' * len(ids))})", ids))
            database.executemany(
                "UPDATE runs SET status = ?, attempts = attempts + ?, seconds = ?, payload = ?, checksum = ?, part = NULL WHERE id = ?",
                [(r.status, r.attempts, r.seconds, r.payload, checksum(keys[r.id], r.status, r.payload), r.id) for r in records],
            )

    # -- reading ---------------------------------------------------------------------------------------------------

    def plan(self) -> int:
        """Return the number of the current plan, 0 when there is none."""
        found = self.database.execute("SELECT max(id) FROM plans").fetchone()
        return int(found[0] or 0)

    def plan_row(self, plan: int) -> dict[str, Any]:
        """Return document, identity and design file of a plan.

        Raises:
            InputError: there is none, or its checksum does not agree.
        """
        row = self.database.execute("SELECT document, identity, design, design_hash, checksum FROM plans WHERE id = ?", (plan,)).fetchone()
        if row is None:
            raise InputError(f"{self.folder}: holds no plan; start it by 'zonesim sweep'")
        if plan_checksum(*row[:4]) != row[4]:
            raise InputError(f"{self.folder}: plan {plan} is damaged (its checksum does not agree)")
        document, identity = (self._mapping(one, f"plan {plan}") for one in row[:2])
        if lacking := [name for name in IDENTITY if name not in identity]:
            raise earlier(self.folder, f"its plan {plan} does not say {lacking[0]}")
        return {"document": document, "identity": identity, "design": self.folder / "designs" / row[2], "design_hash": row[3]}

    def _mapping(self, text: Any, what: str) -> dict[str, Any]:
        """Return a mapping that is kept as JSON."""
        try:
            found = json.loads(text)
        except (TypeError, ValueError):
            found = None
        if not isinstance(found, dict):
            raise InputError(f"{self.folder}: {what} is damaged (not readable as JSON); see 'zonesim verify {self.folder}'")
        return found

    def counts(self) -> dict[str, int]:
        """Return the runs of the current plan by status."""
        found = dict(self.database.execute("SELECT status, count(*) FROM runs WHERE plan = ? GROUP BY status", (self.plan(),)))
        return {name: int(found.get(code, 0)) for code, name in enumerate(STATUSES)}

    def status(self, failures: int = 5) -> Status:
        """Return how far the sweep is (quick: it reads the index of statuses only)."""
        plan = self.plan()
        row = self.plan_row(plan)
        done = self.database.execute("SELECT seconds FROM runs WHERE plan = ? AND status = ? AND seconds IS NOT NULL LIMIT 1000", (plan, OK)).fetchall()
        seconds = sum(one[0] for one in done) / len(done) if done else 0.0
        held = self.lock.holder() if not self._writes and self.lock.is_held() else None
        return Status(self.counts(), plan, row["document"], row["identity"], seconds, held, list(self.failures(failures)), self.allowed)

    @property
    def allowed(self) -> float:
        """Share of runs that may fail before every report says so at its top: one number for all that reads this store."""
        found = self.database.execute("SELECT value FROM meta WHERE name = 'max_failed'").fetchone()
        try:
            return MAX_FAILED if found is None else float(found[0])
        except ValueError:
            return MAX_FAILED

    def allow(self, share: float | None) -> None:
        """Keep what share of runs may fail; None leaves what is kept."""
        if share is not None and share != self.allowed:
            with self.transaction() as database:
                database.execute("INSERT OR REPLACE INTO meta VALUES ('max_failed', ?)", (repr(share),))

    def failures(self, limit: int = -1) -> Iterator[dict[str, Any]]:
        """Yield the failed runs of the current plan: run, replication, status, attempts, and what is known of the reason."""
        query = (
            "SELECT runs.id, replication, status, attempts, payload, seed, given, role FROM runs JOIN settings ON settings.id = setting "
            "WHERE plan = ? AND status > 1 ORDER BY runs.id LIMIT ?"
        )
        for run, replication, status, attempts, payload, seed, given, role in self.database.execute(query, (self.plan(), limit)):
            try:
                known, why = STATUSES[status], self._mapping(payload, f"run {run}")
            except (InputError, IndexError, TypeError):
                known, why = "damaged", {"type": "Damaged", "message": f"its record is damaged; see 'zonesim verify {self.folder}'", "frame": ""}
            yield {
                "run": run, "replication": replication, "status": known, "attempts": attempts, "seed": seed, "role": role,
                "settings": self._mapping(given, f"the setting of run {run}"), **why,
            }  # fmt: skip

    def jobs(self, statuses: Iterable[int] = (PENDING,), ids: Iterable[int] = ()) -> Iterator[Job]:
        """Yield runs of the current plan, in the order of the plan; read in pages, so that a million do not fill the memory."""
        wanted, plan, last = sorted(statuses), self.plan(), -1
        chosen = sorted(ids)
        marks = ",".join("?" * len(wanted))
        only = f"AND runs.id IN ({','.join('?' * len(chosen))})" if chosen else f"AND status IN ({marks})"
        query = (
            "SELECT runs.id, key, role, given, replication, seed FROM runs JOIN settings ON settings.id = setting "
            f"WHERE plan = ? {only} AND runs.id > ? ORDER BY runs.id LIMIT 2000"
        )
        while True:
            page = self.database.execute(query, (plan, *(chosen or wanted), last)).fetchall()
            if not page:
                return
            for run, key, role, given, replication, seed in page:
                yield Job(run, key, role, self._mapping(given, f"the setting of run {run}"), replication, seed)
            last = page[-1][0]

    def outcomes(self) -> list[str]:
        """Return the names of the outcomes of the current plan."""
        return [one["name"] for one in self.plan_row(self.plan())["identity"]["outcomes"]]


def _quoted(path: Path) -> str:
    from urllib.parse import quote

    return quote(str(path.resolve()))


def available(folder: Path) -> int:
    """Return the free bytes of the disk that a folder is on."""
    while not folder.exists():
        folder = folder.parent
    found = os.statvfs(folder)
    return found.f_bavail * found.f_frsize
