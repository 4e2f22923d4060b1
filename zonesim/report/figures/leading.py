"""Which factor of a sweep may be called the one that matters most: what its ranking tells apart or, without one, the interval over replications."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from zonesim.report.figures.axes import Scale
from zonesim.report.sweeps import Sweep
from zonesim.report.texts import say
from zonesim.report.words import Lang, joined

NAMED = 3  #: factors that a sentence names


@dataclass(frozen=True)
class Standing:
    """What is known of the order of factors for one outcome.

    Attributes:
        first: those that may be the largest: one where the order is settled.
        unknown: those without an interval, any of which may be the largest.
        told: how many can be told from a factor that does nothing.
        rest: how many cannot.
    """

    first: list[dict[str, Any]]
    unknown: list[dict[str, Any]]
    told: int
    rest: int


def standing(one: dict[str, Any]) -> Standing:
    """Return what a ranking of an outcome says of the order of its factors.

    >>> rows = [{"lever": "a", "rank": 1, "rank_low": 1, "st_low": 0.2}, {"lever": "b", "rank": 2, "rank_low": 1, "st_low": 0.1}, {"lever": "c", "rank": None, "st_low": 0.0}]
    >>> found = standing({"levers": rows, "ranked_by": "st"})
    >>> [row["lever"] for row in found.first], found.unknown, found.told, found.rest
    (['a', 'b'], [], 2, 1)
    """
    told = [row for row in one["levers"] if row["rank"]]
    unknown = [row for row in one["levers"] if not row["rank"] and row.get(f"{one.get('ranked_by')}_low", 0.0) is None]
    first = [] if unknown else [row for row in told if (row.get("rank_low") or row["rank"]) == 1]
    return Standing(first, unknown, len(told), len(one["levers"]) - len(told) - len(unknown))


def ranking_of(sweep: Sweep, outcome: str) -> dict[str, Any] | None:
    """Return the ranking of the values of an outcome; None where there is none."""
    return None if sweep.ranking is None or sweep.of_probability else sweep.ranking["outcomes"].get(outcome)


def leading(sweep: Sweep, outcome: str, lang: Lang, scale: Scale | None = None) -> tuple[str, list[str]]:
    """Return a sentence on the factor that matters most for an outcome, by as much as can be told, and the factors that it names as such.

    Args:
        sweep: of the outcome.
        outcome: its name.
        lang: zh or en.
        scale: of the differences in the figure; without one they are left out.
    """
    one = ranking_of(sweep, outcome)
    if one is None:
        return _by_replications(sweep, outcome, lang, scale)
    known, name = standing(one), sweep.outcome(outcome, lang)
    if known.unknown:
        names = joined([sweep.marked(row["lever"], lang) for row in known.unknown], lang)
        return say("figure.leading.unknown", lang, names=names, outcome=name), []
    if not known.first:
        return say("figure.leading.none", lang, outcome=name), []
    first = known.first[:NAMED]
    said = [
        f"{sweep.marked(row['lever'], lang)}{_change(sweep, outcome, [row.get(key) for key in ('effect', 'effect_low', 'effect_high')], lang, scale)}"
        for row in first
    ]
    key = "figure.leading.first" if len(known.first) == 1 else "figure.leading.several"
    return say(key, lang, lever=joined(said, lang), outcome=name, n=len(known.first)), [str(row["lever"]) for row in first]


def _change(sweep: Sweep, outcome: str, values: list[float | None], lang: Lang, scale: Scale | None) -> str:
    """Return a change from the low to the high end of a range with its interval, in brackets; nothing where it has no direction."""
    known = [float(value) for value in values if value is not None and math.isfinite(value)]
    if not known or values[0] is None or scale is None:
        return ""
    change, *ends = sweep.written(outcome, known, lang, scale, sign=True)
    if len(ends) != 2:
        return say("figure.leading.change_alone", lang, change=change)
    key = "figure.leading.change" if known[1] > 0 or known[2] < 0 or known[0] == known[1] == known[2] else "figure.leading.change_open"
    return say(key, lang, change=change, ends=say("range.joint", lang).join(ends))


def ends_apart(sweep: Sweep, factor: str, outcome: str) -> tuple[float, float, float] | None:
    """Return the difference of an outcome between the high and the low end of a factor's range with its interval over replications; None without points at both."""
    from zonesim.experiments.effects import mean_interval

    about = next(one for one in sweep.factors if one["name"] == factor)
    if not len(sweep.points) or not len(sweep.runs):
        return None
    at = sweep.position(about, sweep.points[factor])
    if not np.isfinite(at).any() or np.nanmax(at) <= np.nanmin(at):
        return None
    edge = 0.2 * (np.nanmax(at) - np.nanmin(at))
    parts = [set(sweep.points["row"].to_numpy()[mine]) for mine in (at <= np.nanmin(at) + edge, at >= np.nanmax(at) - edge)]
    by_replication = [sweep.runs[sweep.runs["row"].isin(rows)].groupby("replication")[outcome].mean() for rows in parts]
    apart = (by_replication[1] - by_replication[0]).dropna().to_numpy(dtype=float)
    return mean_interval(apart) if len(apart) else None


def _by_replications(sweep: Sweep, outcome: str, lang: Lang, scale: Scale | None) -> tuple[str, list[str]]:
    found = {str(one["name"]): ends_apart(sweep, str(one["name"]), outcome) for one in sweep.factors}
    sizes = {name: ends for name, ends in found.items() if ends is not None}
    if not sizes:
        return say("figure.leading.unranked", lang), []
    alone = all(math.isnan(ends[1]) for ends in sizes.values())
    sure = {name: ends for name, ends in sizes.items() if ends[1] > 0 or ends[2] < 0}
    asked = sizes if alone else sure
    if not asked:
        return say("figure.leading.none_of_ends", lang, n=len(sizes), outcome=sweep.outcome(outcome, lang)), []
    top = max(asked, key=lambda name: abs(asked[name][0]))
    others = [ends for name, ends in sizes.items() if name != top]
    least = min(abs(asked[top][1]), abs(asked[top][2]))
    clear = not alone and all(max(abs(ends[1]), abs(ends[2])) < least for ends in others)
    key = "figure.leading.once" if alone else "figure.leading.first" if clear else "figure.leading.ends_open"
    size = _change(sweep, outcome, list(asked[top]), lang, scale)
    lever = sweep.marked(top, lang)
    return say(key, lang, lever=lever + size if clear else lever, size=size, outcome=sweep.outcome(outcome, lang)), [top]
