"""What the parts between gross and net jobs are called: the change elsewhere in the region by its sign."""

from __future__ import annotations

from typing import Any

from zonesim.report.words import word

ELSEWHERE = "change elsewhere in the region"


def is_told(row: Any) -> bool:
    """Tell whether a difference can be told from zero.

    >>> is_told({"low": 1.0, "high": 2.0}), is_told({"low": -1.0, "high": 2.0}), is_told({"low": float("nan"), "high": float("nan")})
    (True, False, False)
    """
    return bool(row["low"] > 0 or row["high"] < 0)


def component(name: str, row: Any, lang: str) -> str:
    """Return the name of a part: what changes elsewhere is a gain, a displacement, or neither where it cannot be told from zero.

    >>> [component(ELSEWHERE, {"low": low, "high": low + 2}, "en") for low in (1.0, -1.0, -3.0)]
    ['Gain elsewhere in the region', 'Change elsewhere in the region', 'Displacement elsewhere in the region']
    >>> component("gain of the zone", {"low": 1.0, "high": 2.0}, "zh")
    '园区净增'
    """
    if name == ELSEWHERE and is_told(row):
        return word("gain elsewhere in the region" if row["low"] > 0 else "displacement elsewhere in the region", lang)
    return word(name, lang)
