"""Results: tidy tables with units and provenance, written whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import functools
import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from zonesim.bound import bind
from zonesim.errors import InputError, StorageError
from zonesim.interrupts import stop_if_asked

TABLES = ("indicators", "ledger", "effects", "targets", "net", "costs", "breakdown")
KEYS = {
    "indicators": ["scenario", "replication", "period", "level", "place", "indicator", "unit"],
    "ledger": ["scenario", "replication", "quarter", "payer", "payee", "kind", "cause"],
}


SAID = ("scenarios", "region", "places", "start", "end", "replications", "seed", "run_seeds", "fingerprint")  #: what every record of runs says
WHOLE = ("run.json", "answer.json", "ranking.json")  #: a folder that has one of these holds earlier results, which may be replaced


def usable_folder(folder: Path) -> None:
    """Find out before a long run whether results can be written into a folder, and leave no trace of that.

    Raises:
        InputError: it is a file, holds other things than earlier results, or cannot be made or written to.
    """
    if folder.exists() and not folder.is_dir():
        raise InputError(f"--out {folder}: is a file; name a folder")
    try:
        others = folder.is_dir() and any(not path.name.startswith(".") for path in folder.iterdir())
        if others and not any((folder / name).is_file() for name in WHOLE):
            raise InputError(f"--out {folder}: holds other files and no earlier results; name a new or empty folder")
        with _made_for_now(folder):
            trial = folder / f".trial-{os.getpid()}"
            trial.touch()
            trial.unlink()
    except OSError as error:
        raise InputError(f"--out {folder}: cannot be written to ({error.strerror or error})") from None
    stop_if_asked()  # what the command imports is in: work begins


@contextlib.contextmanager
def _made_for_now(folder: Path) -> Iterator[None]:
    """Make a folder and those above it, and take away again those that were not there."""
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        yield
    finally:
        for one in missing:
            with contextlib.suppress(OSError):
                one.rmdir()


def usable_file(path: Path) -> None:
    """Find out before work whether a file can be written.

    Raises:
        InputError: it is a folder, or its own folder is missing or cannot be written to.
    """
    if path.is_dir():
        raise InputError(f"--out {path}: is a folder; name a file")
    try:
        trial = path.parent / f".trial-{os.getpid()}"
        trial.touch()
        trial.unlink()
    except OSError as error:
        raise InputError(f"--out {path}: cannot be written to ({error.strerror or error})") from None


def write_whole(folder: Path, writers: Mapping[str, Callable[[Path], object]], replaces: Iterable[str] = ()) -> None:
    """Write files into a folder aside and synced, then rename them, the last one last: a folder that has it is whole.

    Args:
        folder: made if it is missing.
        writers: name of each file and what writes it to a path.
        replaces: names of older files that go when they are not written again.

    Raises:
        StorageError: the disk is full, or a sync fails; nothing partial is left in place.
        InputError: the folder cannot be used.
    """
    usable_folder(folder)
    aside, last, is_new = folder / f".partial-{os.getpid()}", list(writers)[-1], not folder.exists()
    try:
        aside.mkdir(parents=True)
        for name, write in writers.items():
            write(aside / name)
        for name in writers:
            with (aside / name).open("rb") as file:
                os.fsync(file.fileno())
        stop_if_asked()
        for name in [last, *(name for name in replaces if name not in writers)]:
            with contextlib.suppress(FileNotFoundError):
                (folder / name).unlink()
        for name in writers:
            os.replace(aside / name, folder / name)
    except OSError as error:
        kind = "the disk is full" if error.errno == errno.ENOSPC else error.strerror or str(error)
        raise StorageError(f"{folder}: {kind}; no results were written") from error
    finally:
        shutil.rmtree(aside, ignore_errors=True)
        if is_new:
            with contextlib.suppress(OSError):
                folder.rmdir()  # only when it stayed empty


@dataclass
class Results:
    """What happened: tables that can be read by anyone, and ``run`` (the provenance).

    Attributes:
        indicators: scenario, replication, period, level, place, indicator, value, unit.
        ledger: scenario, replication, quarter, payer, payee, kind, cause, amount (10k CNY).
        run: scenarios (resolved), seeds, versions, fingerprint of the source, digest of the results, places, accounts, differences.
        effects: scenario, place, indicator, period, baseline, reform, effect, low, high, n, unit, share_gain, variance_ratio.
        targets: scenario, indicator, place, period, target, probability and its interval.
        net: gross and net jobs of each zone, by scenario.
        costs: public money by scenario, payer and kind, and per additional job.
        breakdown: scenario, replication, period, place (a zone, a county, the region), by (industry, size, land), part, measure, value.
    """

    indicators: pd.DataFrame
    ledger: pd.DataFrame
    run: dict[str, Any]
    effects: pd.DataFrame | None = None
    targets: pd.DataFrame | None = None
    net: pd.DataFrame | None = None
    costs: pd.DataFrame | None = None
    breakdown: pd.DataFrame | None = None
    tables: dict[str, pd.DataFrame] = field(default_factory=dict)

    def save(self, folder: Path) -> None:
        """Write all tables and ``run.json`` into a folder.

        Everything is written aside and synced, then renamed, ``run.json`` last: a folder with a ``run.json`` is whole. It has the sha256 of each table's
        file and one of what it says itself (``zonesim.bound``).

        Raises:
            StorageError: the disk is full, or a sync fails; nothing partial is left in place.
            InputError: the folder cannot be used.
        """
        folder = Path(folder)
        present = {f"{name}.parquet": getattr(self, name) for name in TABLES if getattr(self, name) is not None}
        run = {**self.run, "digest": digest(self), "tables": list(present)}

        def record(path: Path) -> None:  # the last one: the tables lie beside it
            bind(run, path.parent, present)
            path.write_text(json.dumps(run, ensure_ascii=False, indent=1, default=str) + "\n", encoding="utf-8")

        with _database() as connection:  # one for all tables: to open one costs as much as to write a table
            writers: dict[str, Callable[[Path], object]] = {
                name: functools.partial(write_parquet, table, connection=connection) for name, table in present.items()
            }
            writers["run.json"] = record
            write_whole(folder, writers, [f"{name}.parquet" for name in TABLES])
        self.run = run

    @classmethod
    def load(cls, folder: Path) -> Results:
        """Read a folder that :meth:`save` wrote.

        Raises:
            InputError: the folder holds no whole results.
        """
        folder = Path(folder)
        run = read_run(folder)
        found = {name: read_parquet(folder / f"{name}.parquet") for name in TABLES if f"{name}.parquet" in run["tables"]}
        return cls(run=run, **found)


def read_run(folder: Path) -> dict[str, Any]:
    """Read ``run.json`` of a folder of results.

    Raises:
        InputError: the folder holds no whole results.
    """
    if not (folder / "run.json").is_file():
        raise InputError(f"{folder}: holds no results (no run.json)")
    try:
        run: dict[str, Any] = json.loads((folder / "run.json").read_text(encoding="utf-8"))
        lost = [key for key in SAID if key not in run]
        missing = [name for name in ("indicators.parquet", "ledger.parquet") if name not in run["tables"] or not (folder / name).is_file()]
    except (ValueError, KeyError, TypeError) as error:
        raise InputError(f"{folder / 'run.json'}: not readable ({error})") from None
    if lost:
        raise InputError(f"{folder / 'run.json'}: lacks {', '.join(lost)}")
    if missing:
        raise InputError(f"{folder}: lacks {', '.join(missing)}")
    return run


def _database() -> Any:
    """Open a database to write tables by: of one thread, since DuckDB 2.0.0 with two wrote 7 of 210 tables in which a text of a category reads back empty (none of 150 with one)."""
    import duckdb

    database = duckdb.connect()
    database.execute("SET threads = 1")
    return database


def write_parquet(table: pd.DataFrame, path: Path, connection: Any = None) -> None:
    """Write a table as Parquet (zstd), by a connection to DuckDB that is open already or by one of its own."""
    import duckdb

    try:
        with contextlib.nullcontext(connection) if connection is not None else _database() as database:
            database.register("table_to_write", table)
            database.execute(f"COPY table_to_write TO '{str(path).replace(chr(39), chr(39) * 2)}' (FORMAT parquet, COMPRESSION zstd)")
    except duckdb.IOException as error:
        full = "No space left" in str(error)
        raise OSError(errno.ENOSPC if full else errno.EIO, str(error).splitlines()[0], str(path)) from error


def read_parquet(path: Path) -> pd.DataFrame:
    """Read a Parquet table."""
    import duckdb

    try:
        with duckdb.connect() as connection:
            frame: pd.DataFrame = connection.execute("SELECT * FROM read_parquet(?)", [str(path)]).fetchdf()
    except duckdb.Error as error:
        raise unreadable(path, error) from None
    return frame


def unreadable(path: Path, error: Exception) -> InputError:
    """Return the error of a table whose file is damaged: which, what is wrong, what to do."""
    reason = str(error).splitlines()[0]
    return InputError(f"{path}: not readable as Parquet ({reason}); bring the file back from a copy, or make the results again")


def digest(results: Results) -> str:
    """Return the sha256 of the indicator and ledger tables, whatever the order of their rows.

    Each row becomes the text of its keys and the bytes of its number; the sorted rows are hashed.
    """
    total = hashlib.sha256()
    for name, keys in KEYS.items():
        table: pd.DataFrame = getattr(results, name)
        number = "value" if name == "indicators" else "amount"
        codes = np.zeros(len(table), dtype=np.uint64)
        for key in keys:
            column = table[key].astype("category")
            names = np.array([int.from_bytes(hashlib.sha256(f"{key}={c}".encode()).digest()[:8], "little") for c in column.cat.categories], dtype=np.uint64)
            with np.errstate(over="ignore"):
                codes = codes * np.uint64(0x9E3779B97F4A7C15) + names[column.cat.codes.to_numpy()] if len(names) else codes
        bits = table[number].to_numpy(dtype="<f8").view("<u8")
        rows = np.stack([codes, bits], axis=1)
        rows = rows[np.lexsort((rows[:, 1], rows[:, 0]))]
        total.update(name.encode() + len(table).to_bytes(8, "little"))
        total.update(np.ascontiguousarray(rows).tobytes())
    return total.hexdigest()
