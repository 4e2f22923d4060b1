"""What a store's index is made of, and how a store of an earlier version is told from a damaged one."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from zonesim.errors import EarlierStore

IDENTITY = (
    "schema",
    "subject",
    "engine",
    "label",
    "model",
    "factors",
    "groups",
    "recipe",
    "outcomes",
    "luck",
    "seed",
    "replications",
    "has_baseline",
    "mixed_with",
    "runs",
)
"""What every reader of a plan asks of its identity."""
TABLES = """
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS plans (id INTEGER PRIMARY KEY, document TEXT NOT NULL, identity TEXT NOT NULL, design TEXT NOT NULL, design_hash BLOB NOT NULL,
    checksum BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS settings (id INTEGER PRIMARY KEY, digest BLOB NOT NULL UNIQUE, role INTEGER NOT NULL, luck TEXT NOT NULL,
    given TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS runs (id INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE, plan INTEGER NOT NULL, setting INTEGER NOT NULL,
    replication INTEGER NOT NULL, seed INTEGER NOT NULL, mark BLOB NOT NULL, status INTEGER NOT NULL DEFAULT 0, attempts INTEGER NOT NULL DEFAULT 0, part INTEGER,
    seconds REAL, checksum BLOB, payload BLOB);
CREATE INDEX IF NOT EXISTS runs_by_status ON runs (plan, status);
CREATE TABLE IF NOT EXISTS parts (id INTEGER PRIMARY KEY, file TEXT NOT NULL, outcomes TEXT NOT NULL, runs INTEGER NOT NULL, hash BLOB NOT NULL);
"""


def earlier(folder: Path, why: str) -> EarlierStore:
    """Return the error of a store that another version made."""
    return EarlierStore(
        f"{folder}: was made by an earlier zonesim ({why}), and this one cannot read it; do its sweep again by 'zonesim sweep' into another folder, "
        "or read it with the version that made it (its part files are plain Parquet)"
    )


def missing_columns(database: sqlite3.Connection) -> list[str]:
    """Return what this version keeps and an index does not have; nothing for one that holds no table at all of a sweep."""
    fresh = sqlite3.connect(":memory:")
    fresh.executescript(TABLES)
    names = [name for (name,) in fresh.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    found = []
    for name in names:
        wanted, there = ({row[1] for row in one.execute(f"PRAGMA table_info({name})")} for one in (fresh, database))
        found += [f"table {name!r}"] if not there else [f"column {name}.{column}" for column in sorted(wanted - there)]
    fresh.close()
    return found
