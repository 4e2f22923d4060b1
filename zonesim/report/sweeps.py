"""A sweep as figures see it: its points, levers, outcomes and ranking."""

from __future__ import annotations

import datetime
import functools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from zonesim.errors import InputError
from zonesim.report.texts import catalogue, say
from zonesim.report.words import Lang, amount, amounts, choice, number, period, word


@dataclass(frozen=True)
class Sweep:
    """A sweep.

    Attributes:
        id, zh, en: of its experiment.
        ranking: the record of ``rank_levers``, or None where the design cannot be ranked.
        points: one row for each point, the mean over its replications: a column for each factor and outcome, ``runs`` that ended well.
        factors: id, role (lever, uncertainty), low, high, unit, zh, en.
        outcomes: name, indicator, place, period, unit, target, direction.
        facts: of the store, for the provenance.
        places: names of the places of its outcomes, by id.
        names: what the experiment calls its factors, by factor and language.
        runs: row, replication and outcomes of each run that ended well.
    """

    id: str
    zh: str
    en: str
    ranking: dict[str, Any] | None
    points: pd.DataFrame
    factors: tuple[dict[str, Any], ...]
    outcomes: tuple[dict[str, Any], ...]
    facts: dict[str, Any]
    places: dict[str, tuple[str, str]] = field(default_factory=dict)
    names: dict[str, dict[str, str]] = field(default_factory=dict)
    runs: pd.DataFrame = field(default_factory=pd.DataFrame)

    def label(self, factor: str, lang: Lang) -> str:
        """Return the name of a lever or uncertainty: the experiment's, of the lever of this id, of a parameter ``decision.name``, or the id itself."""
        if lang in self.names.get(factor, {}):
            return self.names[factor][lang]
        both = factor_names().get(factor)
        return both[lang == "en"] if both else factor

    def is_doubt(self, factor: str) -> bool:
        """Tell whether a factor is an uncertainty, which no planner can choose."""
        return any(one["name"] == factor and one.get("role") == "uncertainty" for one in self.factors)

    @property
    def doubts(self) -> list[str]:
        """The uncertainties among the factors."""
        return [str(one["name"]) for one in self.factors if self.is_doubt(str(one["name"]))]

    @property
    def is_one_at_a_time(self) -> bool:
        """Whether each point moves one factor alone from the base."""
        return bool(self.facts.get("design", {}).get("method") == "one_at_a_time")

    def marked(self, factor: str, lang: Lang) -> str:
        """Return the name of a factor, marked where it is an uncertainty."""
        return say("design.doubt", lang, name=self.label(factor, lang)) if self.is_doubt(factor) else self.label(factor, lang)

    def outcome(self, name: str, lang: Lang) -> str:
        """Return the name of an outcome: its indicator, place and period."""
        from zonesim.indicators import DERIVED, INDICATORS

        if name in ("all targets", "number of targets met"):
            return word(name, lang)
        goal = self.goal(name)
        one = {**INDICATORS, **DERIVED}.get(goal["indicator"])
        if one is None:
            return name
        place = self.places.get(goal["place"])
        where = place[lang == "en"] if place else goal["place"]
        when = period(goal["period"], lang)
        return f"{where}{when}{one.zh}" if lang == "zh" else f"{one.en}, {where} {when}"

    def goal(self, name: str) -> dict[str, Any]:
        """Return what is known of an outcome: indicator, place, period, unit, target, direction."""
        empty = {"name": name, "indicator": "", "place": "", "period": "", "unit": "", "target": None, "direction": "at least"}
        return next(({**empty, **one} for one in self.outcomes if one["name"] == name), empty)

    def unit(self, name: str, *, ranked: bool = False) -> str:
        """Return the unit of an outcome, empty for a pure number; of what is ranked of it: none where a ranking is of a probability or a number of targets."""
        return "" if ranked and self.of_probability else str(self.goal(name)["unit"])

    @property
    def of_probability(self) -> bool:
        """Whether the ranking is of what moves the meeting of targets (``zonesim rank --of met``)."""
        return bool(self.ranking and self.ranking.get("reading") == "met")

    def amount(self, name: str, value: float | None, lang: Lang) -> str:
        """Return a value of an outcome with its unit."""
        if value is None:
            return "–"
        of = self.unit(name)
        return amount(value, of, lang) if of else number(value, lang)

    def amounts(self, name: str, values: Sequence[float], lang: Lang, *, sign: bool = False, ranked: bool = False) -> list[str]:
        """Return values of an outcome (of what is ranked of it) that stand in one sentence, with their unit and enough digits to tell them apart."""
        return [one.rstrip() for one in amounts(values, self.unit(name, ranked=ranked), lang, sign=sign)]

    def written(self, name: str, values: Sequence[float], lang: Lang, scale: tuple[float, str], *, sign: bool = False, ranked: bool = False) -> list[str]:
        """Return values of an outcome as ``amounts`` does, money in the scale of a figure (``axes.fitting``)."""
        from zonesim.report.figures.axes import written

        return written(values, self.unit(name, ranked=ranked), lang, scale, sign=sign)

    def baseline_mean(self, name: str) -> float | None:
        """Return the mean outcome of the baseline, over the same points as the package; None without one."""
        effect = f"effect.{name}"
        known = ((self.ranking or {}).get("outcomes") or {}).get(name, {}).get("baseline_mean")
        if known is not None and not len(self.points):
            return float(known)
        if effect not in self.points.columns or not len(self.points):
            return None
        return float((self.points[name] - self.points[effect]).mean())

    def position(self, factor: dict[str, Any], column: pd.Series) -> np.ndarray:
        """Return where settings stand in the range of a factor, 0 to 1."""
        if factor.get("values"):
            known = [str(one) for one in factor["values"]]
            return np.array([known.index(str(one)) if str(one) in known else math.nan for one in column]) / max(1, len(known) - 1)
        numbers = _numbers(column)
        low, high = float(factor["low"]), float(factor["high"])
        return (numbers - low) / (high - low) if high > low else np.zeros(len(numbers))

    def curve(self, name: str, outcome: str, parts: int = 5) -> list[tuple[float, float, int]]:
        """Return the mean outcome over the range of a factor: (position 0 to 1, mean, points) of each part of it that has points."""
        factor = next(one for one in self.factors if one["name"] == name)
        if not len(self.points):
            return []
        at, values = self.position(factor, self.points[name]), self.points[outcome].to_numpy(dtype=float)
        good = np.isfinite(at) & np.isfinite(values)
        at, values = at[good], values[good]
        every = np.unique(np.round(at, 9))
        bins = np.searchsorted(every, np.round(at, 9)) if len(every) <= parts + 1 else np.minimum((at * parts).astype(int), parts - 1)
        return [(float(at[bins == k].mean()), float(values[bins == k].mean()), int((bins == k).sum())) for k in np.unique(bins)]

    def scale(self, factor: dict[str, Any], points: pd.DataFrame, lang: Lang) -> tuple[list[float], list[tuple[float, str]]]:
        """Return settings as positions from 0 to 1 in the range of a factor, and ticks: its values, or its ends."""
        at = [float(one) for one in self.position(factor, points[factor["name"]])]
        if factor.get("values"):
            known = [str(one) for one in factor["values"]]
            shown = range(len(known)) if len(known) <= 8 else (0, len(known) - 1)
            return at, [(k / max(1, len(known) - 1), choice(known[k], lang, turned(factor))) for k in shown]
        if factor.get("kind") == "date":
            from zonesim import quarters

            return at, [(0.0, period(quarters.label(int(factor["low"])), lang)), (1.0, period(quarters.label(int(factor["high"])), lang))]
        return at, [(0.0, number(float(factor["low"]), lang)), (1.0, number(float(factor["high"]), lang))]

    def setting(self, name: str, value: Any, lang: Lang) -> str:
        """Return a setting as people write it."""
        if isinstance(value, bool | np.bool_) or not isinstance(value, int | float | np.number):
            return choice(str(value), lang, next((turned(one) for one in self.factors if one["name"] == name), ""))
        return number(float(value), lang)

    def settings_of(self, row: Any, lang: Lang) -> list[str]:
        """Return the settings of a point, a line each."""
        return [f"{self.marked(str(one['name']), lang)}: {self.setting(str(one['name']), row[one['name']], lang)}" for one in self.factors]


def _numbers(column: pd.Series) -> np.ndarray:
    if pd.api.types.is_numeric_dtype(column):
        return np.asarray(column.to_numpy(dtype=float))
    from zonesim import quarters

    return np.array([float(quarters.quarter_of(datetime.date.fromisoformat(str(one)))) for one in column])


@functools.cache
def factor_names() -> dict[str, tuple[str, str]]:
    """Return the names of every lever and parameter."""
    from zonesim.parameters import load_all
    from zonesim.policies.catalogue import lever_rows

    found = {str(row["id"]): (str(row["zh"]), str(row["en"])) for row in lever_rows()}
    for decision, kind in load_all().items():
        for key, one in kind.model_fields.items():
            extra = one.json_schema_extra if isinstance(one.json_schema_extra, dict) else {}
            found[f"{decision}.{key}"] = (str(extra.get("zh") or key), str(one.description or key))
    return found


def read_sweep(folder: Path) -> Sweep:
    """Read the store of a sweep.

    Raises:
        InputError: it is no store, or a record is damaged.
    """
    from zonesim.experiments.ranked import names_of, places_of, rank_levers
    from zonesim.experiments.store import Store
    from zonesim.experiments.stored import table

    with Store(folder) as store:
        plan = store.plan_row(store.plan())
        runs, counts, status = table(store), store.counts(), store.status(0)
    identity, document = plan["identity"], plan["document"]
    names = [str(one["name"]) for one in identity["factors"] if one["role"] != "dummy"]
    outcomes = [str(one["name"]) for one in identity["outcomes"]]
    effects = [f"effect.{name}" for name in outcomes if f"effect.{name}" in runs.columns]
    good = runs[runs["status"] == "ok"]
    grouped = good.groupby("row", sort=True)
    points = grouped[names].first().join(grouped[[*outcomes, *effects]].mean()).join(grouped.size().rename("runs"))
    points = points[~told_apart(points[[*names, *outcomes]]).duplicated()]  # where only the factor that does nothing moves, a point comes again
    try:
        ranking = rank_levers(folder, complete_rows=True, runs=runs) if len(good) else None
    except InputError:
        ranking = None
    name = document.get("name") or {}
    label = str(document.get("id") or identity["label"] or folder.resolve().name)
    return Sweep(
        label, str(name.get("zh", label)), str(name.get("en", label)), ranking, points.reset_index(),
        tuple(one for one in identity["factors"] if one["role"] != "dummy"), tuple(identity["outcomes"]),
        {"counts": counts, "design": identity["recipe"], "replications": identity["replications"], "seconds": status.seconds, "engine": identity["engine"]},
        {key: (one["zh"], one["en"]) for key, one in places_of(identity).items()}, {**_path_names(identity), **names_of(document)},
        good[["row", "replication", *outcomes]].reset_index(drop=True),
    )  # fmt: skip


def told_apart(values: pd.DataFrame) -> pd.DataFrame:
    """Return values such that two are equal when they would be written alike: floating-point numbers by their bits, which takes a tenth of writing them.

    >>> told_apart(pd.DataFrame({"a": [0.0, -0.0, 0.0, math.nan, math.nan], "b": [1, True, 1, "1", "1"]})).duplicated().tolist()
    [False, False, True, False, True]
    """
    return pd.DataFrame(
        {k: column.to_numpy().view("i8") if column.dtype == np.float64 else column.astype(str) for k, (_, column) in enumerate(values.items())},
        index=values.index,
    )


def turned(factor: Mapping[str, Any]) -> str:
    """Return the setting that a factor moves.

    >>> turned({"name": "who", "paths": ["policies.a.delegated_authority_level.value"]}), turned({"name": "increment_part"})
    ('delegated_authority_level', 'increment_part')
    """
    parts = str((factor.get("paths") or [factor["name"]])[0]).split(".")
    return next(one for one in reversed(parts) if one != "value")


def _path_names(identity: dict[str, Any]) -> dict[str, dict[str, str]]:
    """Return the names of factors by the settings that they move: the dates of a policy, and figures of the opening."""
    from zonesim.policies.instrument import Instrument

    policies = ((identity.get("resolved") or {}).get("scenario") or {}).get("policies") or {}
    kinds = Instrument.kinds()
    found = {}
    for one in identity["factors"]:
        parts = str((one.get("paths") or [""])[0]).split(".")
        key = f"field.{parts[-1]}" if parts[0] == "policies" else f"setting.{parts[-1]}"
        if key not in catalogue("en"):
            continue
        kind = kinds.get(str((policies.get(parts[1]) or {}).get("instrument"))) if parts[0] == "policies" and len(parts) > 1 else None
        both = (kind.zh, kind.en) if kind else ("", "")
        english = f"{both[1]}: {say(key, 'en').lower()}" if both[1] else say(key, "en")
        found[str(one["name"])] = {"zh": both[0] + say(key, "zh"), "en": english}
    return found
