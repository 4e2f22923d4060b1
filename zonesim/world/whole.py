"""Whole numbers that must add up: square metres, enterprises."""

from __future__ import annotations

import numpy as np

from zonesim.columns import Floats


def apportion(total: int, weights: Floats) -> np.ndarray:
    """Split a whole number in proportion to weights (largest remainders; ties to the first).

    >>> apportion(10, np.array([1.0, 1.0, 1.0])).tolist()
    [4, 3, 3]
    """
    weights = np.asarray(weights, dtype=float)
    if total <= 0 or weights.sum() <= 0:
        return np.zeros(len(weights), dtype=np.int64)
    exact = total * weights / weights.sum()
    whole = np.floor(exact).astype(np.int64)
    order = np.argsort(-(exact - whole), kind="stable")
    whole[order[: total - int(whole.sum())]] += 1
    return np.asarray(whole)
