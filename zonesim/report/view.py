"""What figures read: any number of scenarios, the baseline first, from results in memory or from folders; and a sweep."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd

from zonesim.report.apart import named_apart
from zonesim.report.scenes import Scene, is_same, renamed, scenes_of
from zonesim.report.sweeps import Sweep
from zonesim.report.tables import SUMMARIES, Tables, condition
from zonesim.report.words import Lang, word
from zonesim.results import Results, read_run


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
        self.runs: list[dict[str, Any]] = [source.run if isinstance(source, Results) else read_run(source) for source in sources]
        self.run: dict[str, Any] = self.runs[0] if self.runs else {}
        self.scenes: tuple[Scene, ...] = ()
        self._tables = Tables()
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
        found = {name for name in ("effects", "ledger", "breakdown", *SUMMARIES) if self._tables.has(name)}
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
        if self._tables.has("targets"):
            return str(self.targets["place"].iloc[0])
        if self._tables.has("net"):
            return str(self.net["zone"].iloc[0])
        return self.city

    @property
    def in_order(self) -> list[str]:
        """The places that a report speaks of first: the whole region, then the place that it is about where that is another."""
        return list(dict.fromkeys((self.city, self.focus)))

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
        return self._tables.query(text, values)

    def values(self, indicators: Iterable[str], places: Iterable[str] = (), *, yearly: bool | None = True, periods: Iterable[str] = ()) -> pd.DataFrame:
        """Return values of indicators: scenario, replication, period, level, place, indicator, value, unit, as texts and numbers.

        Args:
            indicators: ids.
            places: ids; all when empty.
            yearly: of years, of quarters, or both (None).
            periods: labels; all when empty.
        """
        where, given = condition("indicator", indicators)
        for key, wanted in (("place", places), ("period", periods)):
            if wanted := list(wanted):
                more, ids = condition(key, wanted)
                where, given = f"{where} AND {more}", given + ids
        if yearly is not None:
            where += f" AND period::VARCHAR {'NOT ' if yearly else ''}LIKE '%Q%'"
        return self._ordered("indicators", where, given, "indicator, scenario, place, period, replication")

    def effects(self, indicators: Iterable[str] = (), places: Iterable[str] = (), periods: Iterable[str] = ()) -> pd.DataFrame:
        """Return paired effects: scenario, place, level, indicator, period, baseline, reform, effect, low, high, n, unit, share_gain, variance_ratio."""
        where, given = "TRUE", list[str]()
        for key, wanted in (("indicator", indicators), ("place", places), ("period", periods)):
            if wanted := list(wanted):
                more, ids = condition(key, wanted)
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

    def breakdown(self, by: str, measure: str, places: Iterable[str], periods: Iterable[str] = ()) -> pd.DataFrame:
        """Return who has what in places: scenario, replication, period, level, place, by (industry, size, land), part, measure, value, unit."""
        where, given = condition("place", places)
        where, given = f'"by" = ? AND measure = ? AND {where}', [by, measure, *given]
        if wanted := list(periods):
            more, labels = condition("period", wanted)
            where, given = f"{where} AND {more}", given + labels
        return self._ordered("breakdown", where, given, "level, place, part, period, replication")

    @property
    def targets(self) -> pd.DataFrame:
        """The probability of each target (empty without any)."""
        return self._tables.small("targets")

    @property
    def net(self) -> pd.DataFrame:
        """Gross and net jobs (empty without a reform)."""
        return self._tables.small("net")

    @property
    def costs(self) -> pd.DataFrame:
        """Public payments that a reform changes (empty without a reform)."""
        return self._tables.small("costs")

    def kept(self, key: str, made: Callable[[], pd.DataFrame]) -> pd.DataFrame:
        """Return a table that several figures need, made once."""
        return self._tables.kept(key, made)

    # -- how it is put together ---------------------------------------------------------------------------------

    def _ordered(self, table: str, where: str, given: list[str], by: str) -> pd.DataFrame:
        return self._tables.rows(table, where, given, by, {one.id: k for k, one in enumerate(self.scenes)})

    def _join(self, sources: list[Results | Path]) -> None:
        """Set up the scenes and the tables."""
        taken = renamed(self.runs)
        every = [scene for scenes in scenes_of(self.runs, taken) for scene in scenes]
        resolved = {names[one["id"]]: one["resolved"] for run, names in zip(self.runs, taken, strict=True) for one in run["scenarios"] if one["id"] in names}
        self.scenes = named_apart(self, every, resolved)
        first = self.runs[0]["scenarios"][0]
        self._tables.join(sources, self.runs, taken, [is_same(run["scenarios"][0], first) for run in self.runs])
        if len(sources) > 1:
            self._pair(taken)

    def _pair(self, taken: list[dict[str, str]]) -> None:
        """Compute the effects of the scenarios that were not run together with this report's baseline."""
        from zonesim.report.paired import differing, paired, rebuilt

        known = set(self.query("SELECT DISTINCT scenario::VARCHAR AS scenario FROM effects")["scenario"]) if self._tables.has("effects") else set()
        resolved = {names[one["id"]]: one["resolved"] for run, names in zip(self.runs, taken, strict=True) for one in run["scenarios"] if one["id"] in names}
        baseline = rebuilt(resolved[self.baseline.id], self.baseline.id)
        scenes = list(self.scenes)
        for k, scene in enumerate(self.scenes[1:], 1):
            reform = rebuilt(resolved[scene.id], scene.id)
            if baseline is None or reform is None:
                continue
            scenes[k] = replace(scene, differences=tuple(differing(baseline, reform)))
            if scene.id in known:
                continue
            where, given = condition("scenario", [self.baseline.id, scene.id])
            indicators, ledger = (self.query(f"SELECT * FROM {table} WHERE {where}", given) for table in ("indicators", "ledger"))
            self._tables.add(paired(indicators, ledger, baseline, reform), k)
        self.scenes = tuple(scenes)
