"""What figures read: any number of scenarios, the baseline first, from results in memory or from folders; and a sweep."""

from __future__ import annotations

import functools
import re
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from zonesim.errors import InputError
from zonesim.report.sweeps import Sweep
from zonesim.report.words import Lang, word
from zonesim.results import TABLES, Results, read_parquet, read_run

KEPT = 400  #: answers that a view remembers
PAIRED = ("effects", "net", "costs")  # over the baseline of their folder
SUMMARIES = ("targets", "net", "costs")  # tables that are small, and read whole


@dataclass(frozen=True)
class Scene:
    """A scenario as figures see it.

    Attributes:
        id: its id in the tables.
        zh, en: its name.
        dates: its policies with their dates and clauses.
        differences: what differs between its input and the baseline's.
    """

    id: str
    zh: str
    en: str
    dates: tuple[dict[str, Any], ...] = ()
    differences: tuple[dict[str, Any], ...] = ()

    def name(self, lang: Lang) -> str:
        """Return its name in a language."""
        return self.zh if lang == "zh" else self.en


class View:
    """Any number of scenarios that were run with the same luck, the baseline first; or a sweep; or both.

    Tables are asked for by what is needed of them, so that a figure of a large store reads only its part.

    Args:
        sources: results in memory, or folders that ``Results.save`` wrote; of the same region and seeds.
        sweep: of a store.

    Attributes:
        scenes: the scenarios; the first is the baseline.
        run: the record of the first source.

    Raises:
        InputError: a folder holds no results, or the sources cannot be compared.
    """

    def __init__(self, sources: Sequence[Results | Path] = (), sweep: Sweep | None = None) -> None:
        self.sweep = sweep
        self._connection = duckdb.connect()
        self._lock = threading.Lock()
        self.runs: list[dict[str, Any]] = [source.run if isinstance(source, Results) else read_run(source) for source in sources]
        self.run: dict[str, Any] = self.runs[0] if self.runs else {}
        self.scenes: tuple[Scene, ...] = ()
        self._frames: dict[str, pd.DataFrame] = {}
        self._kept: dict[str, pd.DataFrame] = {}
        if sources:
            self._join(list(sources))

    # -- who is in it -------------------------------------------------------------------------------------------

    @property
    def baseline(self) -> Scene:
        """The scenario with which the others are compared."""
        return self.scenes[0]

    @property
    def reforms(self) -> tuple[Scene, ...]:
        """The others."""
        return self.scenes[1:]

    def scene(self, identity: str) -> Scene:
        """Return a scenario by its id; the last one for an empty id."""
        if not identity:
            return self.scenes[-1]
        return next(one for one in self.scenes if one.id == identity)

    def style_of(self, identity: str) -> int:
        """Return the place of a scenario in the order, by which it is drawn."""
        return next(k for k, one in enumerate(self.scenes) if one.id == identity)

    @functools.cached_property
    def has(self) -> frozenset[str]:
        """What this view can show (see ``Question.needs``)."""
        found = {name for name in ("effects", "ledger", "breakdown", *SUMMARIES) if self._has(name)}
        if self.scenes:
            found.add("values")
            if any(one.get("lon") is not None for one in self.run.get("places", [])):
                found.add("map")
        if len(self.scenes) > 1:
            found.add("pair")
        if self.sweep is not None:
            found |= ({"points"} if len(self.sweep.points) else set()) | ({"ranking"} if self.sweep.ranking is not None else set())
        return frozenset(found)

    # -- names --------------------------------------------------------------------------------------------------

    @functools.cached_property
    def _names(self) -> dict[tuple[str, str], tuple[str, str]]:
        found: dict[tuple[str, str], tuple[str, str]] = {}
        for run in reversed(self.runs):
            for group in ("counties", "places", "zones", "accounts", "indicators"):
                kind = group if group in ("indicators", "accounts") else "places"
                found.update({(kind, one["id"]): (one["zh"], one["en"]) for one in run.get(group, [])})
            found["places", run["region"]["id"]] = (run["region"]["zh"], run["region"]["en"])
        return found

    def indicator(self, identity: str, lang: Lang) -> str:
        """Return the name of an indicator."""
        return self._named("indicators", identity, lang)

    def place(self, identity: str, lang: Lang) -> str:
        """Return the name of a place, zone, county or the city."""
        return self._named("places", identity, lang)

    def account(self, identity: str, lang: Lang) -> str:
        """Return the name of an account of the ledger."""
        return self._named("accounts", identity, lang)

    def _named(self, group: str, identity: str, lang: Lang) -> str:
        both = self._names.get((group, identity))
        return both[lang == "en"] if both else word(identity, lang)

    @property
    def city(self) -> str:
        """The id of the whole region."""
        return str(self.run["region"]["id"])

    @functools.cached_property
    def focus(self) -> str:
        """The place that a report is about: the targets' zone, else the zone of the gross and net jobs, else the whole region."""
        if self._has("targets"):
            return str(self.targets["place"].iloc[0])
        if self._has("net"):
            return str(self.net["zone"].iloc[0])
        return self.city

    def parks(self) -> list[dict[str, Any]]:
        """Return the parks: id, zh, en, zone, lon, lat."""
        return [one for one in self.run.get("places", []) if one["kind"] == "sub_park"]

    @functools.cached_property
    def years(self) -> list[str]:
        """The full years of the run, in order."""
        rows = self.query(
            "SELECT DISTINCT period::VARCHAR AS period FROM indicators WHERE indicator::VARCHAR = 'employment' AND place::VARCHAR = ?", [self.city]
        )
        every = sorted(str(one) for one in rows["period"])
        return [one for one in every if "Q" not in one] or every

    # -- tables -------------------------------------------------------------------------------------------------

    def query(self, text: str, values: Sequence[Any] = ()) -> pd.DataFrame:
        """Return the answer of a SQL query on the tables ``indicators``, ``ledger``, ``effects``, ``breakdown``."""
        with self._lock:
            frame: pd.DataFrame = self._connection.execute(text, list(values)).fetchdf()
        return frame

    def values(self, indicators: Iterable[str], places: Iterable[str] = (), *, yearly: bool | None = True, periods: Iterable[str] = ()) -> pd.DataFrame:
        """Return values of indicators: scenario, replication, period, level, place, indicator, value, unit, as texts and numbers.

        Args:
            indicators: ids.
            places: ids; all when empty.
            yearly: of years, of quarters, or both (None).
            periods: labels; all when empty.
        """
        where, given = _in("indicator", indicators)
        for key, wanted in (("place", places), ("period", periods)):
            if wanted := list(wanted):
                more, ids = _in(key, wanted)
                where, given = f"{where} AND {more}", given + ids
        if yearly is not None:
            where += f" AND period::VARCHAR {'NOT ' if yearly else ''}LIKE '%Q%'"
        return self._ordered("indicators", where, given, "indicator, scenario, place, period, replication")

    def effects(self, indicators: Iterable[str] = (), places: Iterable[str] = (), periods: Iterable[str] = ()) -> pd.DataFrame:
        """Return paired effects: scenario, place, level, indicator, period, baseline, reform, effect, low, high, n, unit, share_gain, variance_ratio."""
        where, given = "TRUE", list[str]()
        for key, wanted in (("indicator", indicators), ("place", places), ("period", periods)):
            if wanted := list(wanted):
                more, ids = _in(key, wanted)
                where, given = f"{where} AND {more}", given + ids
        return self._ordered("effects", where, given, "indicator, place, period")

    def payments(self) -> pd.DataFrame:
        """Return what was paid in the mean of a run: scenario, year, payer, payee, kind, cause, amount (10k CNY)."""
        return self._payments

    @functools.cached_property
    def _payments(self) -> pd.DataFrame:
        return self.query(
            "SELECT scenario::VARCHAR AS scenario, left(quarter::VARCHAR, 4) AS year, payer::VARCHAR AS payer, payee::VARCHAR AS payee, kind::VARCHAR AS kind, "
            "cause::VARCHAR AS cause, sum(amount) / any_value(n) AS amount FROM ledger JOIN (SELECT scenario AS s, count(DISTINCT replication) AS n FROM ledger "
            "GROUP BY ALL) ON scenario = s GROUP BY ALL ORDER BY ALL"
        )

    def breakdown(self, by: str, measure: str, place: str, periods: Iterable[str] = ()) -> pd.DataFrame:
        """Return who has what in a place: scenario, replication, period, level, place, by (industry, size, land), part, measure, value, unit."""
        where, given = '"by" = ? AND measure = ? AND place = ?', [by, measure, place]
        if wanted := list(periods):
            more, labels = _in("period", wanted)
            where, given = f"{where} AND {more}", given + labels
        return self._ordered("breakdown", where, given, "level, part, period, replication")

    @property
    def targets(self) -> pd.DataFrame:
        """The probability of each target (empty without any)."""
        return self._frames.get("targets", pd.DataFrame())

    @property
    def net(self) -> pd.DataFrame:
        """Gross and net jobs (empty without a reform)."""
        return self._frames.get("net", pd.DataFrame())

    @property
    def costs(self) -> pd.DataFrame:
        """Public payments that a reform changes (empty without a reform)."""
        return self._frames.get("costs", pd.DataFrame())

    # -- how it is put together ---------------------------------------------------------------------------------

    def _has(self, name: str) -> bool:
        return name in self._tables or (name in self._frames and len(self._frames[name]) > 0)

    def _ordered(self, table: str, where: str, given: list[str], by: str) -> pd.DataFrame:
        key = f"{table} {where} {given}"
        if key not in self._kept:
            if len(self._kept) >= KEPT:
                self._kept.clear()
            self._kept[key] = self._read(table, where, given, by)
        return self._kept[key].copy(deep=False)

    def kept(self, key: str, made: Callable[[], pd.DataFrame]) -> pd.DataFrame:
        """Return a table that several figures need, made once."""
        if key not in self._kept:
            self._kept[key] = made()
        return self._kept[key].copy(deep=False)

    def _read(self, table: str, where: str, given: list[str], by: str) -> pd.DataFrame:
        order = {one.id: k for k, one in enumerate(self.scenes)}
        found = self.query(f"SELECT * FROM {table} WHERE {where}", given)
        for name in found.columns:
            if isinstance(found[name].dtype, pd.CategoricalDtype):
                found[name] = found[name].astype(str)
        keys = ["_order", *by.split(", ")]
        found["_order"] = found["scenario"].map(order)
        return found.sort_values([*dict.fromkeys(k for k in keys if k != "scenario")], kind="stable").drop(columns="_order").reset_index(drop=True)

    def _join(self, sources: list[Results | Path]) -> None:
        """Set up the scenes, the views of the database, and the small tables."""
        renamed = _renamed(self.runs)
        self.scenes = tuple(scene for scenes in _scenes(self.runs, renamed) for scene in scenes)
        parts: dict[str, list[str]] = {}
        small: dict[str, list[pd.DataFrame]] = {name: [] for name in SUMMARIES}
        for k, (source, names) in enumerate(zip(sources, renamed, strict=True)):
            own_baseline = k == 0 or _same(self.runs[k]["scenarios"][0], self.runs[0]["scenarios"][0])
            for name in TABLES:
                if name in PAIRED and not own_baseline:
                    continue  # they are over another baseline than this report's
                frame = getattr(source, name) if isinstance(source, Results) else None
                path = None if isinstance(source, Results) else source / f"{name}.parquet"
                if frame is None and (path is None or not path.is_file()):
                    continue
                if name in SUMMARIES:
                    table = frame if frame is not None else read_parquet(path)  # type: ignore[arg-type]
                    small[name].append(_own(table, self.runs[k], names))
                    continue
                if frame is not None:
                    self._connection.register(f"{name}_{k}", frame)
                    raw = f"{name}_{k}"
                    columns = set(frame.columns)
                else:
                    raw = f"read_parquet('{str(path).replace(chr(39), chr(39) * 2)}')"
                    columns = {str(row[0]) for row in self._connection.execute(f"DESCRIBE SELECT * FROM {raw}").fetchall()}
                parts.setdefault(name, []).append(_select(raw, columns, self.runs[k], names))
        for name, selects in parts.items():
            self._connection.execute(f"CREATE VIEW {name} AS {' UNION ALL BY NAME '.join(selects)}")
        self._tables = frozenset(parts)
        for name, tables in small.items():
            kept = [one for one in tables if len(one)]
            if kept:
                self._frames[name] = pd.concat(kept, ignore_index=True)
        if len(sources) > 1:
            self._pair(renamed, parts)

    def _pair(self, renamed: list[dict[str, str]], parts: dict[str, list[str]]) -> None:
        """Compute the effects of the scenarios that were not run together with this report's baseline."""
        from zonesim.report.paired import differing, paired, rebuilt

        known = set(self.query("SELECT DISTINCT scenario::VARCHAR AS scenario FROM effects")["scenario"]) if "effects" in parts else set()
        resolved = {names[one["id"]]: one["resolved"] for run, names in zip(self.runs, renamed, strict=True) for one in run["scenarios"] if one["id"] in names}
        baseline = rebuilt(resolved[self.baseline.id], self.baseline.id)
        scenes = list(self.scenes)
        for k, scene in enumerate(self.scenes[1:], 1):
            reform = rebuilt(resolved[scene.id], scene.id)
            if baseline is None or reform is None:
                continue
            scenes[k] = replace(scene, differences=tuple(differing(baseline, reform)))
            if scene.id in known:
                continue
            pair = [self.baseline.id, scene.id]
            where, given = _in("scenario", pair)
            found = paired(
                self.query(f"SELECT * FROM indicators WHERE {where}", given), self.query(f"SELECT * FROM ledger WHERE {where}", given), baseline, reform
            )
            self._connection.register(f"effects_of_{k}", found["effects"])
            parts.setdefault("effects", []).append(f"SELECT * FROM effects_of_{k}")
            for name in SUMMARIES:
                if name in found:
                    old = self._frames.get(name)
                    fresh = found[name] if old is None else found[name][~found[name]["scenario"].isin(set(old["scenario"]))]
                    self._frames[name] = fresh if old is None else pd.concat([old, fresh], ignore_index=True)
        self.scenes = tuple(scenes)
        if "effects" in parts:
            self._connection.execute(f"CREATE OR REPLACE VIEW effects AS {' UNION ALL BY NAME '.join(parts['effects'])}")
        self._tables = frozenset(parts)

    _tables: frozenset[str] = frozenset()


def _in(key: str, wanted: Iterable[str]) -> tuple[str, list[str]]:
    """Return a condition, and its values: no text of a user stands in the query itself."""
    ids = list(wanted)
    return f"{key}::VARCHAR IN ({', '.join('?' for _ in ids) or 'NULL'})", ids


def _same(one: dict[str, Any], other: dict[str, Any]) -> bool:
    return bool(one["resolved"] == other["resolved"])


def _renamed(runs: list[dict[str, Any]]) -> list[dict[str, str]]:
    """Return for each source the scenarios to take of it, old id to new: each input once, equal ids of other inputs get a number.

    Raises:
        InputError: the sources are of different regions, seeds, or versions of the model.
    """
    first = runs[0]
    for run in runs[1:]:
        these = ", ".join(f"{s['zh']} ({s['en']})" for s in run["scenarios"])
        if run["region"]["id"] != first["region"]["id"]:
            regions = ", ".join(f"{one['region']['zh']} ({one['region']['en']})" for one in (first, run))
            raise InputError(f"results of different regions cannot be compared, and these are of {regions}; choose results of one region")
        if run["run_seeds"] != first["run_seeds"]:
            raise InputError(
                f"{these}: was run with another seed or number of replications than the first of those chosen (seed {run['seed']} and {run['replications']} "
                f"replications, not {first['seed']} and {first['replications']}); effects need the same luck: run it again with those of the first"
            )
        if run["fingerprint"] != first["fingerprint"]:
            raise InputError(f"{these}: was run by another version of the model than the first of those chosen; run it again")
    kept: list[tuple[str, dict[str, Any]]] = []
    found = []
    for run in runs:
        names: dict[str, str] = {}
        for one in run["scenarios"]:
            if any(_same(one, other) for _, other in kept):
                continue
            used = {name for name, _ in kept}
            new, number = one["id"], 1
            while new in used:
                number += 1
                new = f"{one['id']}_{number}"
            names[one["id"]] = new
            kept.append((new, one))
        found.append(names)
    return found


def _scenes(runs: list[dict[str, Any]], renamed: list[dict[str, str]]) -> list[list[Scene]]:
    found = []
    for run, names in zip(runs, renamed, strict=True):
        scenes = []
        for k, one in enumerate(run["scenarios"]):
            if one["id"] not in names:
                continue
            last = k == len(run["scenarios"]) - 1
            suffix = names[one["id"]][len(one["id"]) :].replace("_", " ")
            dates = one.get("dates", run.get("dates", []) if last else [])
            differ = one.get("differences", run.get("differences", []) if last and k else [])
            scenes.append(Scene(names[one["id"]], one["zh"] + suffix, one["en"] + suffix, tuple(dates), tuple(differ)))
        found.append(scenes)
    return found


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
