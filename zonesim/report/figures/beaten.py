"""Which points of a design are beaten by others, which a planner could choose, and which are drawn where there are many."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pandas as pd

from zonesim.report.sweeps import Sweep


def upward(sweep: Sweep, outcome: str, points: pd.DataFrame) -> np.ndarray:
    """Return an outcome of points so that more is better."""
    return np.asarray((-1.0 if sweep.goal(outcome)["direction"] == "at most" else 1.0) * points[outcome].to_numpy(dtype=float))


def chosen(row: np.ndarray, first: np.ndarray, most: int) -> np.ndarray:
    """Return which points are drawn: those of ``first``, then the others evenly over the rows of the design; ``most`` in all, whatever order they are in.

    >>> chosen(np.array([30, 10, 20, 50, 40]), np.array([False, False, True, False, False]), 3).tolist()
    [1, 2, 3]
    """
    order = np.argsort(row, kind="stable")
    kept, others = order[first[order]], order[~first[order]]
    kept = kept[_evenly(len(kept), most)]
    return np.sort(np.concatenate([kept, others[_evenly(len(others), most - len(kept))]]))


def _evenly(n: int, most: int) -> np.ndarray:
    return np.unique(np.linspace(0, n - 1, min(n, most)).round().astype(int)) if n and most > 0 else np.zeros(0, dtype=int)


def unbeaten(values: np.ndarray) -> np.ndarray:
    """Tell for each row (any number of values, larger is better) whether no other row is at least as good in all and better in one.

    >>> unbeaten(np.array([[1.0, 3.0, 0.0], [2.0, 2.0, 0.0], [1.0, 1.0, 0.0], [2.0, 2.0, 0.0], [0.0, 0.0, 1.0]])).tolist()
    [True, True, False, True, True]
    """
    found = np.zeros(len(values), dtype=bool)
    front = np.empty_like(values)
    n = 0
    for i in np.lexsort(-values.T[::-1]):  # who beats a row stands before it
        ahead = front[:n]
        if not ((ahead >= values[i]).all(axis=1) & (ahead > values[i]).any(axis=1)).any():
            front[n] = values[i]
            n += 1
            found[i] = True
    return found


def choosable(sweep: Sweep, points: pd.DataFrame) -> np.ndarray:
    """Tell which points a planner could choose between: where one factor moves at a time, not those that move an uncertainty from its base."""
    free = np.ones(len(points), dtype=bool)
    if sweep.is_one_at_a_time:
        for name in sweep.doubts:
            settings = points[name].astype(str)
            often = settings.map(settings.value_counts())
            free &= (settings == settings[often.idxmax()]).to_numpy()  # the base is the setting of all points but those that move it, and of the first
    return free


def non_dominated(values: np.ndarray) -> np.ndarray:
    """Tell for each row (two values, larger is better) whether no other row is at least as good in both and better in one.

    >>> non_dominated(np.array([[1.0, 3.0], [2.0, 2.0], [1.0, 1.0], [2.0, 2.0]])).tolist()
    [True, True, False, True]
    """
    order = np.lexsort((-values[:, 1], -values[:, 0]))
    found = np.zeros(len(values), dtype=bool)
    best = -math.inf
    for _, group in itertools.groupby(order, key=lambda i: values[i, 0]):
        rows = list(group)
        top = values[rows[0], 1]
        if top > best:
            found[[i for i in rows if values[i, 1] == top]] = True
            best = top
    return found
