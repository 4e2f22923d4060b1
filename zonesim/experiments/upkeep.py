"""Upkeep of a store: sealing results into parts, taking parts over, marking runs to be done again, and the digest of it all."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from zonesim.errors import InputError
from zonesim.experiments.durable import storage_error, write_whole
from zonesim.experiments.records import CRASHED, OK, PENDING, STATUSES, checksum
from zonesim.experiments.store import Store
from zonesim.results import read_parquet, write_parquet

PAGE = 50_000


def seal(store: Store) -> int:
    """Move the outcomes of finished runs from the index into a part; return how many.

    The part is written aside, synced, renamed, and read back; only then does the index forget the payloads, in one transaction.
    """
    store.commit()
    plan = store.plan()
    names = store.outcomes()
    query = "SELECT runs.id, key, setting, replication, seed, seconds, checksum, payload FROM runs WHERE plan = ? AND status = ? AND part IS NULL ORDER BY runs.id LIMIT ?"
    sealed = 0
    while rows := store.database.execute(query, (plan, OK, PAGE)).fetchall():
        part = int(store.database.execute("SELECT coalesce(max(id), 0) + 1 FROM parts").fetchone()[0])
        name = f"part-{part:06d}.parquet"
        path = store.folder / "parts" / name
        table = _part_table(rows, names)
        try:
            write_whole(path, lambda aside, table=table: write_parquet(table, aside))  # type: ignore[misc]
            content = path.read_bytes()
        except OSError as error:
            raise store._fail(error) from error
        _compare(path, rows)
        with store.transaction() as database:
            database.execute("INSERT INTO parts VALUES (?, ?, ?, ?, ?)", (part, name, json.dumps(names), len(rows), hashlib.sha256(content).digest()))
            database.executemany("UPDATE runs SET part = ?, payload = NULL WHERE id = ?", [(part, row[0]) for row in rows])
        sealed += len(rows)
    return sealed


def _part_table(rows: list[Any], names: list[str]) -> pd.DataFrame:
    columns: dict[str, Any] = {
        "key": [row[1].hex() for row in rows], "setting": [row[2] for row in rows], "replication": [row[3] for row in rows],
        "seed": [row[4] for row in rows], "seconds": [row[5] for row in rows], "checksum": [row[6].hex() for row in rows],
    }  # fmt: skip
    values = np.array([np.frombuffer(row[7], dtype="<f8") for row in rows]).reshape(len(rows), len(names))
    for i, name in enumerate(names):
        columns[f"y.{name}"] = values[:, i]
    return pd.DataFrame(columns)


def payloads_of(table: pd.DataFrame) -> tuple[list[bytes], list[bytes], list[bytes]]:
    """Return keys, checksums and payloads of a part's rows."""
    values = table[[name for name in table.columns if name.startswith("y.")]].to_numpy(dtype="<f8")
    return [bytes.fromhex(k) for k in table["key"]], [bytes.fromhex(c) for c in table["checksum"]], [row.tobytes() for row in np.ascontiguousarray(values)]


def _compare(path: Path, rows: list[Any]) -> None:
    keys, sums, payloads = payloads_of(read_parquet(path))
    if keys != [row[1] for row in rows] or payloads != [row[7] for row in rows] or sums != [row[6] for row in rows]:
        raise InputError(f"{path}: does not hold what was written into it; the disk is not to be trusted")


def free_name(path: Path) -> Path:
    """Return a path that is not taken, near the one that is wanted."""
    number = 1
    while path.exists():
        number += 1
        path = path.with_name(f"{path.name.split('~')[0]}~{number}")
    return path


def adopt_parts(store: Store) -> int:
    """Take over outcomes from parts that the index does not know (it was lost, or a kill came between rename and commit)."""
    known = {name for (name,) in store.database.execute("SELECT file FROM parts")}
    names, adopted = store.outcomes(), 0
    for path in sorted((store.folder / "parts").glob("part-*.parquet")):
        if path.name in known:
            continue
        try:
            table = read_parquet(path)
            fits = [name for name in table.columns if name.startswith("y.")] == [f"y.{name}" for name in names]
            keys, sums, payloads = payloads_of(table) if fits else ([], [], [])
            took = [float(one) for one in table["seconds"]] if fits else []
        except (InputError, KeyError, TypeError, ValueError):
            keys, sums, payloads, took = [], [], [], []
        good = {key: (payload, one) for key, wanted, payload, one in zip(keys, sums, payloads, took, strict=True) if checksum(key, OK, payload) == wanted}
        with store.transaction() as database:
            missing = {key: run for run, key in database.execute("SELECT id, key FROM runs WHERE status = ?", (PENDING,))}
            taken = [(OK, payload, checksum(key, OK, payload), one, missing[key]) for key, (payload, one) in good.items() if key in missing]
            database.executemany("UPDATE runs SET status = ?, payload = ?, checksum = ?, seconds = ? WHERE id = ?", taken)
        adopted += len(taken)
        quarantine = store.folder / "quarantine"
        try:
            quarantine.mkdir(exist_ok=True)
            os.replace(path, free_name(quarantine / path.name))
        except OSError as error:
            raise storage_error(store.folder, error) from error
    return adopted


def retry(store: Store, statuses: Iterable[int], *, outside_deaths: bool = False) -> int:
    """Mark failed runs as not done; those whose process was killed from outside always, since that was not their doing."""
    wanted = set(statuses)
    runs = []
    for run, status, payload in store.database.execute("SELECT id, status, payload FROM runs WHERE plan = ? AND status > 1", (store.plan(),)):
        killed = outside_deaths and status == CRASHED and json.loads(payload).get("type") == "Killed"
        if status in wanted or killed:
            runs.append((PENDING, run))
    if runs:
        with store.transaction() as database:
            database.executemany("UPDATE runs SET status = ?, payload = NULL, checksum = NULL WHERE id = ?", runs)
    return len(runs)


def results(store: Store) -> Iterator[tuple[int, bytes, int, bytes]]:
    """Yield (run, key, status, payload) of every run of the current plan; payloads come from the index or from parts, and are verified.

    Raises:
        InputError: a record is damaged.
    """
    plan = store.plan()
    parts = store.database.execute("SELECT DISTINCT part FROM runs WHERE plan = ? AND part IS NOT NULL", (plan,)).fetchall()
    for (part,) in sorted(parts):
        name = store.database.execute("SELECT file FROM parts WHERE id = ?", (part,)).fetchone()
        path = store.folder / "parts" / (name[0] if name else f"part {part}")
        try:
            keys, _, payloads = payloads_of(read_parquet(path))
        except InputError:
            how = "is not readable" if path.is_file() else "is not there"
            raise InputError(f"{path}: {how}; 'zonesim repair {store.folder}' sets it aside, and the sweep does its runs again") from None
        except (KeyError, TypeError, ValueError):
            raise InputError(f"{path}: is another table than the part of a sweep; see 'zonesim verify {store.folder}'") from None
        found = dict(zip(keys, payloads, strict=True))
        for run, key, wanted in store.database.execute("SELECT id, key, checksum FROM runs WHERE plan = ? AND part = ?", (plan, part)):
            payload = found.get(key, b"")
            if checksum(key, OK, payload) != wanted:
                raise InputError(f"{store.folder}: run {run} is damaged; see 'zonesim verify {store.folder}'")
            yield run, key, OK, payload
    for run, key, status, wanted, payload in store.database.execute(
        "SELECT id, key, status, checksum, payload FROM runs WHERE plan = ? AND part IS NULL", (plan,)
    ):
        known = isinstance(status, int) and 0 <= status < len(STATUSES) and isinstance(payload, bytes | None)
        if not known or (status != PENDING and checksum(key, status, payload or b"") != wanted):
            raise InputError(f"{store.folder}: run {run} is damaged; see 'zonesim verify {store.folder}'")
        yield run, key, status, payload or b""


def digest(store: Store) -> str:
    """Return the sha256 over key, status and outcomes of every run of the plan, whatever the order in which they were done."""
    lines = sorted(key + bytes([status]) + (payload if status == OK else b"") for _, key, status, payload in results(store))
    total = hashlib.sha256()
    for line in lines:
        total.update(len(line).to_bytes(8, "little") + line)
    return total.hexdigest()
