"""Targets: how likely a value is reached by its date."""

from __future__ import annotations

import math
from collections.abc import Iterable

import pandas as pd

from zonesim.scenario import Target

Z95 = 1.959963984540054


def wilson(met: int, n: int, z: float = Z95) -> tuple[float, float]:
    """Return the interval of a probability after ``met`` of ``n`` (Wilson 1927).

    >>> [round(x, 4) for x in wilson(0, 20)], [round(x, 4) for x in wilson(10, 20)]
    ([0.0, 0.1611], [0.2993, 0.7007])
    """
    if n == 0:
        return 0.0, 1.0
    p = met / n
    middle = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return max(0.0, middle - half), min(1.0, middle + half)


def attainment(indicators: pd.DataFrame, targets: Iterable[Target]) -> pd.DataFrame:
    """Return the probability of meeting each target over replications, for each scenario, with its 95 % interval.

    The last row of each scenario is the joint probability of all of them.
    """
    rows = []
    wanted = list(targets)
    for scenario, mine in indicators.groupby("scenario", observed=True, sort=False):
        joint: pd.Series | None = None
        for target in wanted:
            at = mine[(mine["indicator"] == target.indicator) & (mine["place"] == target.place) & (mine["period"] == target.period)]
            values = at.set_index("replication")["value"]
            met = values >= target.value if target.direction == "at least" else values <= target.value
            if joint is None:
                joint = met
            else:  # a value that is missing meets no target
                every = joint.index.union(met.index)
                joint = joint.reindex(every, fill_value=False) & met.reindex(every, fill_value=False)
            rows.append(_row(scenario, target.indicator, target.place, target.period, target.value, target.direction, values, met, target.clause,
                             str(at["unit"].iloc[0]) if len(at) else ""))  # fmt: skip
        if joint is not None and len(wanted) > 1:
            rows.append(_row(scenario, "all targets", wanted[0].place, "", float("nan"), "", joint.astype(float), joint, "", "share"))
    return pd.DataFrame(rows)


def _row(
    scenario: object, indicator: str, place: str, period: str, value: float, direction: str, values: pd.Series, met: pd.Series, clause: str, unit: str
) -> dict[str, object]:
    n, hits = len(met), int(met.sum())
    low, high = wilson(hits, n)
    mean = float(values.mean()) if n else float("nan")
    return {
        "scenario": str(scenario), "indicator": indicator, "place": place, "period": period, "target": value, "direction": direction,
        "mean": mean, "gap": mean - value, "n": n, "met": hits, "probability": hits / n if n else float("nan"), "low": low, "high": high,
        "unit": unit, "clause": clause,
    }  # fmt: skip
