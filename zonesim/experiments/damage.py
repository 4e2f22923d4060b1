"""Verifying every record of a store, and setting aside what is damaged."""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from zonesim.errors import EarlierStore, InputError, StoreError
from zonesim.experiments import upkeep
from zonesim.experiments.durable import Lock, sync_folder
from zonesim.experiments.records import OK, PENDING, STATUSES, checksum, mark, setting_digest
from zonesim.experiments.store import INDEX, Store, no_index
from zonesim.experiments.upkeep import free_name, payloads_of
from zonesim.results import read_parquet


def before_writing(store: Store, said: Callable[[str], Any]) -> None:
    """Make sure that what is there can be built on.

    Raises:
        InputError: something is damaged; the message says how to set it aside.
    """
    suspect = store.folder / "suspect"
    if not store.plan():
        return
    problems = verify(store) if suspect.exists() else quick_problems(store)
    if problems:
        raise InputError(
            *problems[:20], f"{store.folder}: is damaged; 'zonesim repair {store.folder}' sets the damaged records aside, and a sweep does them again"
        )
    if suspect.exists():
        said("the last sweep ended when the disk failed; every record was verified")
        suspect.unlink()


def quick_problems(store: Store) -> list[str]:
    """Return what is wrong with files and with records that are in the index (those in parts are covered by the part's hash)."""
    return [text for _, text in _damaged_files(store)] + [text for _, text in _damaged_rows(store)]


def verify(store: Store) -> list[str]:
    """Check every checksum of a store; return what is wrong, a line each."""
    problems: list[str] = []
    try:
        found = store.database.execute("PRAGMA integrity_check(20)").fetchall()
        problems += [f"{store.folder / INDEX}: {row[0]}" for row in found if row[0] != "ok"]
        problems += [text for _, text in _damaged_files(store)]
        problems += [text for _, text in _damaged_rows(store)]
        for part, text in _damaged_part_rows(store):
            problems.append(f"{text} (part {part})")
        problems += _damaged_plan(store)
    except sqlite3.DatabaseError as error:
        problems.append(f"{store.folder / INDEX}: {error}")
    return problems


def _damaged_plan(store: Store) -> Iterator[str]:
    """Yield what is wrong with plans, settings and the identity of runs: what no sweep can do again."""
    for plan in range(1, store.plan() + 1):
        try:
            store.plan_row(plan)
        except EarlierStore:
            raise
        except (InputError, ValueError) as error:
            yield f"plan {plan}: {error}"
            return
    row = store.plan_row(store.plan())["identity"]
    planned, wanted, replications = sum(store.counts().values()), row["runs"], int(row["replications"])
    if planned != wanted:
        yield f"plan {store.plan()}: has {planned} runs, not {wanted}"
    over = store.database.execute("SELECT count(*) FROM runs WHERE plan = ? AND replication >= ?", (store.plan(), replications)).fetchone()[0]
    short = store.database.execute("SELECT count(DISTINCT replication) FROM runs WHERE plan = ?", (store.plan(),)).fetchone()[0]
    if over or short != replications:
        yield f"plan {store.plan()}: its runs have {short} replications, not {replications}"
    lost = store.database.execute("SELECT count(*) FROM runs LEFT JOIN settings ON settings.id = setting WHERE settings.id IS NULL").fetchone()[0]
    if lost:
        yield f"plan {store.plan()}: {lost} runs have a setting that is not there"
    for number, digest, role, luck, given in store.database.execute("SELECT id, digest, role, luck, given FROM settings"):
        if setting_digest(role, luck, given) != digest:
            yield f"setting {number}: its digest does not agree"
    for run, key, setting, replication, seed, wanted in store.database.execute("SELECT id, key, setting, replication, seed, mark FROM runs"):
        if not isinstance(key, bytes) or mark(key, setting, replication, seed) != wanted:
            yield f"run {run}: what it is has changed"


def _damaged_files(store: Store) -> Iterator[tuple[tuple[str, int], str]]:
    for part, name, wanted in store.database.execute("SELECT id, file, hash FROM parts").fetchall():
        path = store.folder / "parts" / name
        wrong = _wrong_file(path, wanted)
        if wrong:
            yield ("part", part), wrong
    for plan, name, wanted in store.database.execute("SELECT id, design, design_hash FROM plans").fetchall():
        wrong = _wrong_file(store.folder / "designs" / name, wanted)
        if wrong:
            yield ("design", plan), wrong


def _wrong_file(path: Path, wanted: bytes) -> str | None:
    try:
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").digest()
    except OSError as error:
        return f"{path}: {error.strerror}"
    return None if found == wanted else f"{path}: its content has changed"


def _damaged_rows(store: Store) -> Iterator[tuple[int, str]]:
    """Yield the runs whose record in the index does not agree with its checksum, or has no part that holds its outcomes."""
    known = {part for (part,) in store.database.execute("SELECT id FROM parts")}
    query = "SELECT id, key, status, part, checksum, payload FROM runs WHERE status != 0 OR payload IS NOT NULL OR checksum IS NOT NULL"
    for run, key, status, part, wanted, payload in store.database.execute(query):
        if part is not None and payload is None and status == OK:
            if part not in known:
                yield run, f"run {run}: its part {part} is not there"
            continue
        if not isinstance(status, int) or not 0 <= status < len(STATUSES) or not isinstance(payload, bytes) or not isinstance(key, bytes):
            yield run, f"run {run}: its record is damaged"
        elif checksum(key, status, payload) != wanted:
            yield run, f"run {run}: its checksum does not agree"


def _damaged_part_rows(store: Store) -> Iterator[tuple[int, str]]:
    """Yield the runs in parts whose outcomes do not agree with the checksum that the index keeps."""
    for part, name in store.database.execute("SELECT id, file FROM parts").fetchall():
        path = store.folder / "parts" / name
        try:
            keys, _, payloads = payloads_of(read_parquet(path))
        except (InputError, KeyError, TypeError, ValueError):
            yield part, f"{path}: is not readable as a part of the sweep"
            continue
        found = dict(zip(keys, payloads, strict=True))
        for run, key, wanted in store.database.execute("SELECT id, key, checksum FROM runs WHERE part = ?", (part,)):
            payload = found.get(key)
            if payload is None or checksum(key, OK, payload) != wanted:
                yield part, f"run {run}: its outcomes do not agree with its checksum"


def repair(store: Store) -> list[str]:
    """Set damaged records and files aside in ``quarantine`` and mark their runs as not done; return what was done.

    Nothing is deleted: rows go to a text file, files are moved. Rows of a damaged part that still agree with their checksum are kept.
    """
    done: list[str] = []
    quarantine = store.folder / "quarantine"
    quarantine.mkdir(exist_ok=True)
    for (kind, number), text in list(_damaged_files(store)):
        done.append(text)
        if kind == "part":
            done.append(_rescue_part(store, number, quarantine))
        else:
            done.append(_remake_design(store, number, quarantine))
    rows = dict(_damaged_rows(store))
    for part, text in list(_damaged_part_rows(store)):
        done += [f"{text} (part {part})", _rescue_part(store, part, quarantine)]
    if rows:
        _set_aside_rows(store, list(rows), quarantine)
        done += [*rows.values(), f"{len(rows)} records were set aside in {quarantine}; their runs will be done again"]
    (store.folder / "suspect").unlink(missing_ok=True)
    return list(dict.fromkeys(done))


def repair_folder(folder: Path) -> list[str]:
    """Repair the store in a folder; an index that cannot be read at all is set aside whole, and the next sweep takes over what the parts hold.

    Raises:
        InputError: no store there, or it is in use.
    """
    folder = Path(folder)
    if not (folder / INDEX).is_file():
        raise InputError(no_index(folder))
    try:
        with Store(folder, create=True) as store:
            if [row[0] for row in store.database.execute("PRAGMA integrity_check(1)")] == ["ok"] and not any(_damaged_plan(store)):
                return repair(store)
            upkeep.seal(store)  # what can still be read
    except sqlite3.DatabaseError:
        pass
    except (InputError, StoreError) as error:
        if "another sweep is writing" in str(error) or isinstance(error, EarlierStore):
            raise
    return _set_index_aside(folder)


def _set_index_aside(folder: Path) -> list[str]:
    lock = Lock(folder)
    lock.take()
    try:
        quarantine = folder / "quarantine"
        quarantine.mkdir(exist_ok=True)
        for name in (INDEX, f"{INDEX}-wal", f"{INDEX}-shm"):
            if (folder / name).exists():
                os.replace(folder / name, free_name(quarantine / name))
        sync_folder(quarantine)
        sync_folder(folder)
    finally:
        lock.release()
    parts = len(list((folder / "parts").glob("part-*.parquet")))
    return [f"{folder / INDEX} could not be read and is in {quarantine}; 'zonesim sweep' plans again and takes over what {parts} parts hold"]


def _set_aside_rows(store: Store, runs: list[int], quarantine: Path) -> None:
    with (quarantine / "records.jsonl").open("a", encoding="utf-8") as file:
        for run in runs:
            row = store.database.execute(
                "SELECT id, key, plan, setting, replication, seed, status, attempts, part, checksum, payload FROM runs WHERE id = ?", (run,)
            ).fetchone()
            file.write(json.dumps([one.hex() if isinstance(one, bytes) else one for one in row]) + "\n")
        file.flush()
        os.fsync(file.fileno())
    with store.transaction() as database:
        database.executemany("UPDATE runs SET status = ?, part = NULL, payload = NULL, checksum = NULL WHERE id = ?", [(PENDING, run) for run in runs])


def _rescue_part(store: Store, part: int, quarantine: Path) -> str:
    """Take the rows of a damaged part that still agree back into the index; move the file to the quarantine."""
    row = store.database.execute("SELECT file FROM parts WHERE id = ?", (part,)).fetchone()
    if row is None:
        return f"part {part} was set aside before"
    path = store.folder / "parts" / row[0]
    found: dict[bytes, bytes] = {}
    try:
        keys, _, payloads = payloads_of(read_parquet(path))
        found = dict(zip(keys, payloads, strict=True))
    except (InputError, KeyError, ValueError):
        found = {}
    runs = store.database.execute("SELECT id, key, checksum FROM runs WHERE part = ?", (part,)).fetchall()
    good = [(found[key], run) for run, key, wanted in runs if key in found and checksum(key, OK, found[key]) == wanted]
    saved = {run for _, run in good}
    lost = [(PENDING, run) for run, _, _ in runs if run not in saved]
    found_it = path.exists()
    if found_it:
        os.replace(path, free_name(quarantine / path.name))
        sync_folder(quarantine)
    with store.transaction() as database:
        database.executemany("UPDATE runs SET payload = ?, part = NULL WHERE id = ?", good)
        database.executemany("UPDATE runs SET status = ?, part = NULL, payload = NULL, checksum = NULL WHERE id = ?", lost)
        database.execute("DELETE FROM parts WHERE id = ?", (part,))
    return f"part {part}: {len(good)} records were kept, {len(lost)} will be done again; the file {f'is in {quarantine}' if found_it else 'is gone'}"


def _remake_design(store: Store, plan: int, quarantine: Path) -> str:
    from zonesim.experiments.plan import rewrite_design

    name = store.database.execute("SELECT design FROM plans WHERE id = ?", (plan,)).fetchone()[0]
    path = store.folder / "designs" / name
    if path.exists():
        os.replace(path, free_name(quarantine / path.name))
    rewrite_design(store, plan)
    return f"plan {plan}: its design was made again; the damaged file is in {quarantine}"
