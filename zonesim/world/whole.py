"""Whole numbers that must add up: square metres, enterprises."""

from __future__ import annotations

from typing import Any

import numpy as np

from zonesim.columns import Floats, Ints
from zonesim.compiled import rule


@rule
def split_whole(total: Any, weights: Floats, parts: Ints) -> None:
    """Split a whole number in proportion to weights into ``parts`` (largest remainders; ties to the first)."""
    whole = 0.0
    for i in range(len(weights)):
        whole += weights[i]
        parts[i] = 0
    if total <= 0 or whole <= 0:
        return
    rest = np.empty(len(weights))
    left = total
    for i in range(len(weights)):
        exact = total * weights[i] / whole
        parts[i] = int(np.floor(exact))
        rest[i] = exact - parts[i]
        left -= parts[i]
    for _ in range(left):
        first = 0
        for i in range(1, len(weights)):
            if rest[i] > rest[first]:
                first = i
        parts[first] += 1
        rest[first] = -1.0


def apportion(total: int, weights: Floats) -> np.ndarray:
    """Split a whole number in proportion to weights (largest remainders; ties to the first).

    >>> apportion(10, np.array([1.0, 1.0, 1.0])).tolist()
    [4, 3, 3]
    """
    parts = np.zeros(len(weights), dtype=np.int64)
    split_whole(int(total), np.asarray(weights, dtype=float), parts)
    return parts
