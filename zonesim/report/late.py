"""First effects that come late: levers that are felt only years after their date, with the reason where it is known."""

from __future__ import annotations

import csv
import functools
import io
import statistics
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

from zonesim.experiments.proof import is_late


@functools.cache
def late_why() -> dict[str, tuple[str, str]]:
    """Return why a lever is felt late, in English and Chinese, by lever."""
    rows = csv.DictReader(io.StringIO((files("zonesim") / "data" / "late_effects.csv").read_text(encoding="utf-8"), newline=""))
    return {row["lever"]: (row["en"], row["zh"]) for row in rows}


def late_by(proof: Mapping[str, Any]) -> tuple[str, str] | None:
    """Return how late a lever is first felt (the middle pair of runs, with the earliest and latest), in English and Chinese; None where it is not late.

    >>> late_by({"begins": "2020Q1", "delays": [12, 10, 18]})
    ('12 quarters after 2020Q1 (10 to 18 in 3 pairs)', '2020Q1之后12个季度（3对中为10至18）')
    >>> late_by({"begins": "2020Q1", "delays": [5]}), late_by({"begins": "2020Q1", "delays": [0, 4, 30]}), late_by({})
    (('5 quarters after 2020Q1', '2020Q1之后5个季度'), None, None)
    >>> late_by({"begins": "2020Q1", "delays": [9, 7], "pairs": 5})
    ('8 quarters after 2020Q1 (7 to 9 in 2 pairs, never in 3)', '2020Q1之后8个季度（2对中为7至9，3对中始终未见）')
    """
    delays = sorted(proof.get("delays", ()))
    if not is_late(delays):
        return None
    middle, begins = f"{statistics.median(delays):g}", proof["begins"]
    more, more_zh = [], []
    if delays[0] < delays[-1]:
        more.append(f"{delays[0]} to {delays[-1]} in {len(delays)} pairs")
        more_zh.append(f"{len(delays)}对中为{delays[0]}至{delays[-1]}")
    if never := max(0, proof.get("pairs", 0) - len(delays)):
        more.append(f"never in {never}")
        more_zh.append(f"{never}对中始终未见")
    spread, spread_zh = (f" ({', '.join(more)})", f"（{'，'.join(more_zh)}）") if more else ("", "")
    return f"{middle} quarters after {begins}{spread}", f"{begins}之后{middle}个季度{spread_zh}"
