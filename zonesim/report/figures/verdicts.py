"""What the interval of an effect allows to say, how large the effect is beside its level, and of how many of many it can be said."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from zonesim.experiments.verdict import NIL
from zonesim.report.figures.axes import Scale, written
from zonesim.report.texts import say
from zonesim.report.view import View
from zonesim.report.words import Lang, amounts, beside, joined, plain, unit

UNSAID = ("nil", "open", "none", "alone")  #: verdicts of places that a sentence counts, and does not name
MANY = 10  #: intervals looked at together, from which on it is said how many leave zero out by chance
SAID = 3  #: places of a kind that a sentence names; the others are in the figure and its table
RELATIVE = ("share", "%", "% per year", "percentage points", "rank", "level", "log")  #: units of which a part in per cent would be taken for something else


def verdict(row: Any) -> str:
    """Return what the interval of an effect allows to say.

    ``up`` or ``down``: it can be told from zero; ``nil``: it can, but is below 0.1 % of the baseline; ``none``: exactly nothing in every run; ``open``: it
    cannot be told from zero; ``alone``: there is no interval.

    >>> from types import SimpleNamespace as Row
    >>> [verdict(Row(effect=e, low=e - 0.5, high=e + 0.5, baseline=b)) for e, b in ((1.0, 100.0), (-1.0, 1001.0), (0.1, 100.0), (-1.0, 0.0))]
    ['up', 'nil', 'open', 'down']
    >>> verdict(Row(effect=0.0, low=0.0, high=0.0, baseline=3.0)), verdict(Row(effect=2.0, low=math.nan, high=math.nan, baseline=3.0))
    ('none', 'alone')
    """
    if row.effect == 0 and not (row.low < 0 < row.high):
        return "none"
    if math.isnan(row.low) or math.isnan(row.high):
        return "alone"
    if not (row.low > 0 or row.high < 0):
        return "open"
    if abs(row.effect) < NIL * abs(row.baseline):
        return "nil"
    return "up" if row.low > 0 else "down"


def sorted_out(rows: Iterable[Any]) -> dict[str, list[Any]]:
    """Return rows by verdict, the largest effect first."""
    found: dict[str, list[Any]] = {kind: [] for kind in ("down", "up", *UNSAID)}
    for row in rows:
        found[verdict(row)].append(row)
    return {kind: sorted(mine, key=lambda row: -abs(float(row.effect)) if math.isfinite(row.effect) else 1.0) for kind, mine in found.items()}


def counted(found: Mapping[str, Sequence[Any]], lang: Lang) -> str:
    """Return how many of sorted rows a sentence does not name, by what can be said of them; empty where it names all.

    >>> counted({"open": [1, 2], "none": [3]}, "en"), counted({"nil": [1], "open": []}, "zh"), counted({}, "en")
    ('2 cannot be told from zero, 1 exactly unchanged', '1 个几乎没有变化（不到基准的0.1%）', '')
    """
    return say("count.joint", lang).join(say(f"count.{kind}", lang, n=len(found[kind]), least=least(lang)) for kind in UNSAID if found.get(kind))


def least(lang: Lang) -> str:
    """Return the share of the baseline below which an effect is practically nothing."""
    return f"{100 * NIL:g}{'%' if lang == 'zh' else ' %'}"


def practically_nothing(lang: Lang) -> str:
    """Return what is said of an effect that can be told from zero and is next to nothing beside its level."""
    return say("verdict.nil", lang, least=least(lang))


def by_chance(n: int, lang: Lang) -> str:
    """Return how many of n intervals would leave zero out by chance alone; nothing where they are few.

    >>> by_chance(31, "en")
    'Of 31 figures looked at together about one in twenty (1.6) has an interval without zero by chance alone, even if nothing had an effect.'
    """
    return say("figure.by_chance", lang, n=n, few=f"{n / 20:.1f}") if n >= MANY else ""


def of_level(effect: float, baseline: float, unit: str, lang: Lang) -> str:
    """Return an effect in per cent of its baseline; empty where that says nothing.

    >>> of_level(-0.163, 29027.0, "10k CNY/yr", "zh"), of_level(5.0, 20.0, "persons", "en"), of_level(1.0, 0.0, "persons", "en"), of_level(0.1, 0.5, "share", "en")
    ('-0.0006%', '+25 %', '', '')
    """
    if unit in RELATIVE or not baseline or not (math.isfinite(baseline) and math.isfinite(effect)) or effect == 0:
        return ""
    part = 100 * effect / abs(baseline)
    digits = 1 if abs(part) < 0.01 else 2
    return f"{'+' if part > 0 else ''}{plain(part, digits)}{'%' if lang == 'zh' else ' %'}"


def size(of_unit: str, lang: Lang, row: Any, scale: Scale | None = None) -> str:
    """Return an effect with its part of the baseline and its interval, money in the scale of the figure where there is one; one replication has none."""
    values = [float(row.effect), float(row.low), float(row.high)]
    effect, *money = written(values, of_unit, lang, scale, sign=True) if scale else amounts(values, of_unit, lang, sign=True)
    if math.isnan(row.low) or math.isnan(row.high):
        return say("figure.where.one", lang, effect=effect)
    ends = spanned(money, of_unit, lang) if "CNY" in of_unit else say("range.joint", lang).join(beside(values, of_unit, lang, sign=True)[1:])
    part = of_level(float(row.effect), float(row.baseline), of_unit, lang)
    return say("figure.where.size_of" if part else "figure.where.size", lang, effect=effect, interval=ends, part=part)


def spanned(ends: Sequence[str], of_unit: str, lang: Lang) -> str:
    """Return an interval of two written amounts with their unit once.

    >>> spanned(["-466 persons", "+331 persons"], "persons", "en"), spanned(["+1.42万人", "+1.81万人"], "persons", "zh"), spanned(["+2.62M CNY/yr", "+0.3bn CNY/yr"], "10k CNY/yr", "en")
    ('-466 to +331 persons', '+1.42万至+1.81万人', '+2.62M CNY/yr to +0.3bn CNY/yr')
    """
    low, high = ends
    if "CNY" not in of_unit:
        low = low.removesuffix(unit(of_unit, lang)).rstrip() if of_unit else low
    elif _unit_of(low) == _unit_of(high):
        low = low.removesuffix(_unit_of(low)).rstrip()
    return say("range.joint", lang).join((low, high))


def _unit_of(amount: str) -> str:
    """Return what stands behind the digits of an amount.

    >>> _unit_of("+2.62M CNY/yr"), _unit_of("-47,090万元/年")
    ('M CNY/yr', '万元/年')
    """
    return amount.lstrip("+-−0123456789,.")


def told(view: View, of_unit: str, lang: Lang, row: Any, named: bool = True, scale: Scale | None = None) -> str:
    """Return an effect with its interval, after the name of its place."""
    said = size(of_unit, lang, row, scale)
    return f"{view.place(str(row.place), lang)}{'' if lang == 'zh' else ' '}{said}" if named else said


def out_of(names: list[str], total: int, lang: Lang) -> str:
    """Return names after how many there are: all of them, or the largest of more.

    >>> out_of(["A"], 1, "en"), out_of(["A", "B"], 3, "en"), out_of(["甲", "乙"], 2, "zh"), out_of(["甲", "乙"], 3, "zh"), out_of([], 0, "en")
    (': A', ', most in A, B', '：甲、乙', '，最多的是甲、乙', '')
    """
    return say("list.all" if len(names) == total else "list.largest", lang, names=joined(names, lang)) if names else ""


def few(names: list[str], lang: Lang) -> str:
    """Return the first few of many names as a list in a sentence, and how many more there are.

    >>> few(["甲", "乙", "丙", "丁", "戊"], "zh"), few(["a", "b", "c", "d", "e"], "en"), few(["a", "b"], "en")
    ('甲、乙、丙，以及另外 2 处', 'a, b, c and 2 more', 'a, b')
    """
    said = joined(names[:SAID], lang)
    return said if len(names) <= SAID else say("list.more", lang, names=said, rest=len(names) - SAID)
