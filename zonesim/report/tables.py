"""The tables of a report: one database over the files and frames of its sources, asked for by what is needed, and the few small tables that are read whole."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from zonesim.errors import InputError
from zonesim.results import TABLES, Results, read_parquet, unreadable

KEPT = 400  #: answers that are remembered
PAIRED = ("effects", "net", "costs")  # over the baseline of their folder
SUMMARIES = ("targets", "net", "costs")  # tables that are small, and read whole


class Tables:
    """Tables of several sources under one roof; an answer is remembered, and may be asked for from any thread."""

    def __init__(self) -> None:
        self._connection = duckdb.connect()
        self._lock = threading.Lock()
        self._parts: dict[str, list[str]] = {}
        self._files: list[Path] = []
        self._small: dict[str, pd.DataFrame] = {}
        self._kept: dict[str, pd.DataFrame] = {}

    def has(self, name: str) -> bool:
        """Tell whether there is anything in a table."""
        return name in self._parts or len(self.small(name)) > 0

    def small(self, name: str) -> pd.DataFrame:
        """Return one of the small tables, empty where there is none."""
        return self._small.get(name, pd.DataFrame())

    def query(self, text: str, values: Sequence[Any] = ()) -> pd.DataFrame:
        """Return the answer of a SQL query on the tables ``indicators``, ``ledger``, ``effects``, ``breakdown``.

        Raises:
            InputError: a file of a table is damaged, or gone since.
        """
        with self._lock:
            try:
                frame: pd.DataFrame = self._connection.execute(text, list(values)).fetchdf()
            except duckdb.Error:
                for path in self._files:
                    read_parquet(path)  # says which one is damaged
                raise
        return frame

    def kept(self, key: str, made: Callable[[], pd.DataFrame]) -> pd.DataFrame:
        """Return a table that several figures need, made once."""
        if key not in self._kept:
            if len(self._kept) >= KEPT:
                self._kept.clear()
            self._kept[key] = made()
        return self._kept[key].copy(deep=False)

    def rows(self, table: str, where: str, given: list[str], by: str, order: Mapping[str, int]) -> pd.DataFrame:
        """Return rows of a table: the scenarios in their order, then by columns; remembered."""
        return self.kept(f"{table} {where} {given}", lambda: self._read(table, where, given, by, order))

    def _read(self, table: str, where: str, given: list[str], by: str, order: Mapping[str, int]) -> pd.DataFrame:
        found = self.query(f"SELECT * FROM {table} WHERE {where}", given)
        for name in found.columns:
            if isinstance(found[name].dtype, pd.CategoricalDtype):
                found[name] = found[name].astype(str)
        found["_order"] = found["scenario"].map(order)
        keys = dict.fromkeys(key for key in ("_order", *by.split(", ")) if key != "scenario")
        return found.sort_values([*keys], kind="stable").drop(columns="_order").reset_index(drop=True)

    def join(self, sources: Sequence[Results | Path], runs: list[dict[str, Any]], taken: list[dict[str, str]], own_baseline: Sequence[bool]) -> None:
        """Take in the tables of sources.

        Args:
            sources: results in memory, or folders.
            runs: their records.
            taken: for each the scenarios that are taken, old id to new.
            own_baseline: whether its baseline is the report's; what is paired with another is left out.
        """
        small: dict[str, list[pd.DataFrame]] = {name: [] for name in SUMMARIES}
        for k, (source, run, names, is_own) in enumerate(zip(sources, runs, taken, own_baseline, strict=True)):
            for name in TABLES:
                if name in PAIRED and not is_own:
                    continue
                frame = getattr(source, name) if isinstance(source, Results) else None
                path = None if isinstance(source, Results) else source / f"{name}.parquet"
                if frame is None and (path is None or not path.is_file()):
                    continue
                if name in SUMMARIES:
                    table = frame if frame is not None else read_parquet(path)  # type: ignore[arg-type]
                    small[name].append(_own(_by_sign(table) if name == "net" else table, run, names))
                    continue
                if frame is not None:
                    raw, columns = self._registered(f"{name}_{k}", frame)
                else:
                    raw = f"read_parquet('{str(path).replace(chr(39), chr(39) * 2)}')"
                    columns = self._columns(raw, path)  # type: ignore[arg-type]
                self._parts.setdefault(name, []).append(_select(raw, columns, run, names))
        for name in self._parts:
            self._see(name)
        self._small = {name: pd.concat(kept, ignore_index=True) for name, tables in small.items() if (kept := [one for one in tables if len(one)])}

    def add(self, found: Mapping[str, pd.DataFrame], k: int) -> None:
        """Add effects, and what is small, of the k-th scenario, which was not run together with the baseline."""
        raw, _ = self._registered(f"effects_of_{k}", found["effects"])
        self._parts.setdefault("effects", []).append(f"SELECT * FROM {raw}")
        self._see("effects")
        for name in SUMMARIES:
            if name in found:
                old = self._small.get(name)
                fresh = found[name] if old is None else found[name][~found[name]["scenario"].isin(set(old["scenario"]))]
                self._small[name] = fresh if old is None else pd.concat([old, fresh], ignore_index=True)

    def _columns(self, raw: str, path: Path) -> set[str]:
        """Return the names of the columns of a file's table, which is among those that are asked from now on."""
        self._files.append(path)
        try:
            return {str(row[0]) for row in self._connection.execute(f"DESCRIBE SELECT * FROM {raw}").fetchall()}
        except duckdb.Error as error:
            raise unreadable(path, error) from None

    def _registered(self, name: str, frame: pd.DataFrame) -> tuple[str, set[str]]:
        self._connection.register(name, frame)
        return name, set(frame.columns)

    def _see(self, name: str) -> None:
        self._connection.execute(f"CREATE OR REPLACE VIEW {name} AS {' UNION ALL BY NAME '.join(self._parts[name])}")


def condition(key: str, wanted: Iterable[str]) -> tuple[str, list[str]]:
    """Return a condition on a column, and its values: no text of a user stands in the query itself."""
    ids = list(wanted)
    return f"{key}::VARCHAR IN ({', '.join('?' for _ in ids) or 'NULL'})", ids


def _by_sign(net: pd.DataFrame) -> pd.DataFrame:
    """Return gross and net jobs with the change elsewhere as it is counted now: results of before have it under the other sign, as displacement.

    >>> before = pd.DataFrame({"component": ["gross", "displacement elsewhere in the region"], "value": [9.0, -2.0], "low": [8.0, -3.0], "high": [10.0, -1.0]})
    >>> _by_sign(before).to_csv(index=False).splitlines()[-1]
    'change elsewhere in the region,2.0,1.0,3.0'
    """
    old = net["component"] == "displacement elsewhere in the region" if "component" in net else None
    if old is None or not old.any():
        return net
    net = net.copy()
    net.loc[old, "component"] = "change elsewhere in the region"
    net.loc[old, ["value", "low", "high"]] = -net.loc[old, ["value", "high", "low"]].to_numpy()
    return net


def _own(table: pd.DataFrame, run: dict[str, Any], names: dict[str, str]) -> pd.DataFrame:
    """Return the rows of the scenarios that are taken, under their new ids."""
    table = table.copy()
    if "scenario" not in table.columns:
        table.insert(0, "scenario", run["scenarios"][-1]["id"])
    table["scenario"] = table["scenario"].astype(str)
    return table[table["scenario"].isin(names)].assign(scenario=lambda rows: rows["scenario"].map(names))


_ID = re.compile(r"[A-Za-z0-9_]+")


def _select(raw: str, columns: set[str], run: dict[str, Any], names: dict[str, str]) -> str:
    """Return the query of one source's table with its scenarios under their new ids."""
    if any(not _ID.fullmatch(one) for pair in names.items() for one in pair):
        raise InputError("the id of a scenario has other characters than letters, digits and _")
    if "scenario" not in columns:
        last = run["scenarios"][-1]["id"]
        return f"SELECT '{names.get(last, last)}' AS scenario, * FROM {raw} WHERE {'TRUE' if last in names else 'FALSE'}"
    wanted = ", ".join(f"'{old}'" for old in names) or "NULL"
    cases = " ".join(f"WHEN '{old}' THEN '{new}'" for old, new in names.items())
    renamed = "scenario::VARCHAR" if all(old == new for old, new in names.items()) or not names else f"CASE scenario::VARCHAR {cases} END"
    return f"SELECT * REPLACE ({renamed} AS scenario) FROM {raw} WHERE scenario::VARCHAR IN ({wanted})"
