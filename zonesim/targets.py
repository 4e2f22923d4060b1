"""Targets: how likely a value is reached by its date."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from zonesim.columns import Array, Floats
from zonesim.scenario import Target

Z95 = 1.959963984540054


def reached(values: Any, target: float, direction: str) -> Any:
    """Return for each value whether it reaches a target: is at least it, or at most it; no value reaches none.

    >>> reached(np.array([1.0, 2.0, 3.0, np.nan]), 2.0, "at least").tolist(), reached(np.array([1.0, 2.0, 3.0]), 2.0, "at most").tolist()
    ([False, True, True, False], [True, True, False])
    """
    return values >= target if direction == "at least" else values <= target


def wilson(met: float, n: float) -> tuple[float, float]:
    """Return the interval of a probability after ``met`` of ``n`` (Wilson 1927); its end is exactly 0 where none is met, and 1 where all are.

    >>> [round(x, 4) for x in wilson(0, 20)], [round(x, 4) for x in wilson(10, 20)]
    ([0.0, 0.1611], [0.2993, 0.7007])
    >>> [wilson(0, n)[0] for n in (3, 6, 20, 57)], [wilson(n, n)[1] for n in (3, 6, 20, 57)]
    ([0.0, 0.0, 0.0, 0.0], [1.0, 1.0, 1.0, 1.0])
    """
    if n == 0:
        return 0.0, 1.0
    p, z = met / n, Z95
    middle = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return 0.0 if met <= 0 else max(0.0, middle - half), 1.0 if met >= n else min(1.0, middle + half)


def clustered(met: Floats, *shared: Array) -> tuple[float, float, float]:
    """Return the 95 % interval of a probability over runs that have things in common, and how many independent runs they are worth.

    The variance of the mean is that of sums by cluster; where runs are crossed by two kinds of cluster (the base row of a design, the seed), the two less that of
    what shares both (Cameron, Gelbach and Miller 2011), and no less than either. Wilson's interval is then taken for p (1 - p) / variance runs, fewer by the square of
    z over Student's t at one degree of freedom less than the fewest clusters (Korn and Graubard 1998). Where all runs or none meet the target, they are
    worth the fewest clusters; never less than one run.

    Args:
        met: 1 or 0 for each run.
        shared: for each kind, what the run has in common with others.

    >>> clustered(np.ones(1000), np.arange(1000) % 2)[2]
    1.0
    >>> [round(x, 4) for x in clustered(np.repeat([0.0, 1.0], 10), np.arange(20))]
    [0.2993, 0.7007, 20.0]
    """
    n = len(met)
    if n == 0:
        return 0.0, 1.0, 0.0
    codes = [np.unique(one, return_inverse=True)[1].ravel() for one in shared]
    fewest = min((int(code.max()) + 1 for code in codes), default=n)
    p = float(met.mean())
    if fewest == n:
        return *wilson(float(met.sum()), n), float(n)
    worth = 1.0
    if fewest > 1:
        from scipy.special import stdtrit

        both = np.unique(np.stack(codes), axis=1, return_inverse=True)[1].ravel()
        single = [_variance(met - p, code) for code in codes]
        variance = max(*single, sum(single) - (len(codes) - 1) * _variance(met - p, both)) if len(codes) > 1 else single[0]
        worth = min(float(n), p * (1 - p) / variance) if 0 < p < 1 and variance > 0 else float(fewest)
        worth = max(1.0, worth * (Z95 / float(stdtrit(fewest - 1, 0.975))) ** 2)
    return *wilson(p * worth, worth), worth


def _variance(error: Floats, code: Array) -> float:
    """Return the variance of a mean of runs whose errors add up by cluster."""
    k = int(code.max()) + 1
    return float((np.bincount(code, error) ** 2).sum()) * k / (k - 1) / len(error) ** 2


def attainment(indicators: pd.DataFrame, targets: Iterable[Target]) -> pd.DataFrame:
    """Return the probability of meeting each target over replications, for each scenario, with its 95 % interval.

    The last row of each scenario is the joint probability of all of them. A run in which the value is missing (nobody was admitted, no evaluation yet) does
    not meet its target; means are of the runs that have a value.
    """
    rows = []
    wanted = list(targets)
    for scenario, mine in indicators.groupby("scenario", observed=True, sort=False):
        joint: pd.Series | None = None
        runs = np.sort(mine["replication"].unique())
        for target in wanted:
            at = mine[(mine["indicator"] == target.indicator) & (mine["place"] == target.place) & (mine["period"] == target.period)]
            values = at.set_index("replication")["value"]
            met = reached(values, target.value, target.direction).reindex(runs, fill_value=False)
            joint = met if joint is None else joint & met
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
    mean = float(values.mean()) if len(values) else float("nan")
    return {
        "scenario": str(scenario), "indicator": indicator, "place": place, "period": period, "target": value, "direction": direction,
        "mean": mean, "gap": mean - value, "n": n, "met": hits, "probability": hits / n if n else float("nan"), "low": low, "high": high,
        "unit": unit, "clause": clause,
    }  # fmt: skip
