"""Axes as people write them: years, and large numbers with 万 and 亿 or k and M."""

from __future__ import annotations

import math
from typing import Any

from zonesim.report.words import Lang, number, period


def numbers(low: float, high: float, lang: Lang) -> dict[str, Any]:
    """Return ticks of an axis with large numbers as texts; nothing where Plotly's own are as good.

    >>> numbers(0, 25000, "zh")["ticktext"]
    ['0', '1.00万', '2.00万']
    >>> numbers(0, 300, "zh")
    {}
    """
    if not (math.isfinite(low) and math.isfinite(high)) or max(abs(low), abs(high)) < 1e4 or high <= low:
        return {}
    raw = (high - low) / 4
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(power * m for m in (1, 2, 2.5, 5, 10) if power * m >= raw)
    ticks = [k * step for k in range(math.ceil(low / step), math.floor(high / step) + 1)]
    return {"tickvals": ticks, "ticktext": [number(one, lang) for one in ticks]}


def years(first: str, last: str, lang: Lang) -> dict[str, Any]:
    """Return ticks of a date axis at the openings of years, every second or fifth one of a long run.

    >>> years("2014-02-15", "2016-11-15", "zh")["ticktext"]
    ['2014年', '2015年', '2016年', '2017年']
    """
    span = [*range(int(first[:4]), int(last[:4]) + 2)]
    every = 1 if len(span) <= 12 else 2 if len(span) <= 24 else 5
    shown = span[::every]
    return {"type": "date", "tickvals": [f"{year}-01-01" for year in shown], "ticktext": [period(str(year), lang) for year in shown]}
