"""Axes and columns as people write them: years, large numbers with 万 and 亿 or k and M, and money in one unit that fits."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from typing import Any

from zonesim.report.words import READABLE, Lang, amounts, digits_apart, number, period, plain, unit

MONEY = {"10^8 CNY": 1e4, "10k CNY": 1.0}  #: how many 10k CNY
SCALES: dict[str, tuple[tuple[float, float, str], ...]] = {
    "zh": ((1e4, 1e4, "亿元"), (READABLE, 1.0, "万元"), (0.0, 1e-4, "元")),
    "en": ((1e5, 1e5, "bn CNY"), (1e2, 1e2, "M CNY"), (0.1 * READABLE, 0.1, "k CNY"), (0.0, 1e-4, "CNY")),
}  #: from how many 10k CNY on, how many of them one is, its name
Scale = tuple[float, str]  #: what values are multiplied by, and the unit that they then have


def money(values: Iterable[float | None], name: str, lang: Lang) -> tuple[float, str]:
    """Return what values of a unit are multiplied by on an axis or in a table, and the unit that stands there: money in one that fits the largest, else the unit itself.

    >>> money([0.05, -0.01], "10^8 CNY/yr", "zh"), money([3.0, None], "10^8 CNY/yr", "zh"), money([-0.05], "10^8 CNY", "en"), money([5.0], "persons", "en")
    ((10000.0, '万元/年'), (1.0, '亿元/年'), (100.0, 'M CNY'), (1.0, 'persons'))
    >>> money([0.0099, 0.0], "10k CNY", "zh"), money([0.0099], "10k CNY/yr", "en"), money([0.0], "10k CNY", "zh")
    ((10000.0, '元'), (10000.0, 'CNY/yr'), (1.0, '万元'))
    """
    stem, _, over = name.partition("/")
    if stem not in MONEY:
        return 1.0, unit(name, lang)
    per = unit(name, lang).removeprefix(unit(stem, lang)) if over else ""
    size = MONEY[stem]
    largest = max((abs(value) for value in values if value is not None and math.isfinite(value)), default=0.0)
    of_small = largest * size or READABLE  # nothing is said in thousands, as what may stand beside it
    _, one, said = next(scale for scale in SCALES[lang] if of_small >= scale[0])
    return size / one, said + per


def fitting(values: Iterable[float | None], name: str, lang: Lang, scale: Scale) -> Scale:
    """Return the scale in which amounts of money stand in a figure, in its table as in its sentence. This is the rule on units of money.

    A figure has one scale, that of its axis or of the largest of its table. Amounts that stand together (an effect with its interval, a row of a table) have
    it too where the largest of them can be read in it with four decimals, which it can from ``READABLE`` on; smaller ones have a scale that fits them.

    >>> fitting([-0.137, 0.3], "10^8 CNY/yr", "zh", (1.0, "亿元/年")), fitting([-0.00137, 0.003, None], "10^8 CNY/yr", "zh", (1.0, "亿元/年"))
    ((1.0, '亿元/年'), (10000.0, '万元/年'))
    >>> fitting([0.0], "10^8 CNY/yr", "zh", (1.0, "亿元/年")), fitting([0.001], "persons", "en", (1.0, "persons"))
    ((1.0, '亿元/年'), (1.0, 'persons'))
    """
    known = [value for value in values if value is not None and math.isfinite(value)]
    largest = max(map(abs, known), default=0.0)
    if name.partition("/")[0] not in MONEY or not largest or largest * scale[0] >= READABLE:
        return scale
    return money(known, name, lang)


def written(values: Sequence[float], name: str, lang: Lang, scale: Scale, *, sign: bool = False) -> list[str]:
    """Return amounts that stand together in a sentence with their unit, money in the scale of the figure by the rule of ``fitting``.

    >>> written([-0.137, -0.574, 0.301], "10^8 CNY/yr", "zh", (1.0, "亿元/年"), sign=True), written([-0.00137], "10^8 CNY/yr", "en", (0.1, "bn CNY/yr"))
    (['-0.137亿元/年', '-0.574亿元/年', '+0.301亿元/年'], ['-137k CNY/yr'])
    >>> written([3.4e-07], "10^8 CNY/yr", "zh", (1.0, "亿元/年")), written([3.4e-07], "10^8 CNY/yr", "en", (0.1, "bn CNY/yr"))
    (['34.0元/年'], ['34.0 CNY/yr'])
    """
    if name.partition("/")[0] not in MONEY:
        return [one.rstrip() for one in amounts(values, name, lang, sign=sign)]
    times, of = fitting(values, name, lang, scale)
    digits = digits_apart(values)
    of = f" {of}" if of.startswith("CNY") else of  # digits stand close to the k, M and bn of a unit and to a Chinese one
    return ["–" if not math.isfinite(one) else f"{'+' if sign and one > 0 else ''}{plain(times * one, digits)}{of}" for one in values]


def row(values: Iterable[float | None], name: str, lang: Lang, differences: Iterable[float | None] = ()) -> tuple[list[float | None], str]:
    """Return the values of a row of a table that has rows of several units, and their unit; differences among them can be read in it.

    >>> row([0.05, None], "10^8 CNY/yr", "zh"), row([5.0, 2.0], "persons", "en"), row([340.0, 0.0001], "10^8 CNY", "zh", [0.0001])
    (([500.0, None], '万元/年'), ([5.0, 2.0], 'persons'), ([3400000.0, 1.0], '万元'))
    """
    values = list(values)
    times, said = fitting(differences, name, lang, money(values, name, lang))
    return [value if value is None else times * value for value in values], said


def numbers(low: float, high: float, lang: Lang) -> dict[str, Any]:
    """Return ticks of an axis with large numbers as texts; nothing where Plotly's own are as good.

    >>> numbers(0, 25000, "zh")["ticktext"]
    ['0', '5,000', '1万', '1.5万', '2万', '2.5万']
    >>> numbers(0, 300, "zh")
    {}
    """
    if not (math.isfinite(low) and math.isfinite(high)) or max(abs(low), abs(high)) < 1e4 or high <= low:
        return {}
    raw = (high - low) / 5
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(power * m for m in (1, 2, 2.5, 5, 10) if power * m >= raw)
    ticks = [k * step for k in range(math.ceil(low / step), math.floor(high / step) + 1)]
    return {"tickvals": ticks, "ticktext": [re.sub(r"(\.\d*?)0+(?=\D|$)", lambda found: found[1].rstrip("."), number(one, lang)) for one in ticks]}


def years(first: str, last: str, lang: Lang) -> dict[str, Any]:
    """Return ticks of a date axis at the openings of years, every second or fifth one of a long run.

    >>> years("2014-02-15", "2016-11-15", "zh")["ticktext"]
    ['2014年', '2015年', '2016年', '2017年']
    """
    span = [*range(int(first[:4]), int(last[:4]) + 2)]
    every = 1 if len(span) <= 12 else 2 if len(span) <= 24 else 5
    shown = span[::every]
    return {"type": "date", "tickvals": [f"{year}-01-01" for year in shown], "ticktext": [period(str(year), lang) for year in shown]}
