"""Whether an arm changed anything at all, in how many runs and since when; and which arm has the most of what is asked."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from zonesim.columns import Floats
from zonesim.experiments.effects import mean_interval
from zonesim.model import Run


def traces(run: Run) -> dict[str, int]:
    """Return a check sum of every figure of every place in each year of a run: two runs with the same sums cannot be told apart by any indicator."""
    s = run.series
    years = np.array([label[:4] for label in s.periods])[s.period]
    found = {}
    for year in dict.fromkeys(label[:4] for label in s.periods):
        at = years == year
        found[year] = zlib.crc32(s.value[at].tobytes() + s.indicator[at].tobytes() + s.group[at].tobytes() + s.period[at].tobytes())
    return found


def felt(pairs: Sequence[tuple[Mapping[str, int], Mapping[str, int]]]) -> dict[str, Any]:
    """Return in how many pairs of runs nothing differs, and the first year in which a pair does.

    >>> felt([({"2018": 1, "2019": 2}, {"2018": 1, "2019": 3}), ({"2018": 1, "2019": 2}, {"2018": 1, "2019": 2})])
    {'n': 2, 'same': 1, 'first': '2019'}
    """
    firsts = [next((year for year in one if one[year] != two.get(year)), "") for one, two in pairs]
    return {"n": len(pairs), "same": firsts.count(""), "first": min((year for year in firsts if year), default="")}


def contenders(values: Mapping[str, Floats], sign: str) -> list[dict[str, Any]]:
    """Return the arms in the order of an outcome's mean over runs, the best first, and by how much each falls short of the best in paired runs.

    Args:
        values: the outcome in each run, by arm.
        sign: "+" where most is best, "-" where least is.
    """
    turn = 1.0 if sign == "+" else -1.0
    whole = {name: one for name, one in values.items() if not np.isnan(one).any()}
    order = sorted(whole, key=lambda name: -turn * float(whole[name].mean()))
    rows = []
    for name in order:
        effect, low, high = mean_interval(turn * (whole[order[0]] - whole[name]))
        rows.append({"arm": name, "value": float(whole[name].mean()), "short": effect, "low": low, "high": high})
    return rows
