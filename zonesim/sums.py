"""Sums in one fixed order, the same in compiled code and in NumPy."""

from __future__ import annotations

from typing import Any

from zonesim.columns import Array
from zonesim.compiled import rule


@rule
def total(values: Array) -> Any:
    """Return the sum of fewer than 129 numbers in the order in which NumPy adds them (eight partial sums), so that both agree to the bit.

    >>> import numpy as np
    >>> x = 1.0 / np.arange(1.0, 26.0)
    >>> bool(total(x) == x.sum())
    True
    """
    n = len(values)
    if n < 8:
        whole = 0.0
        for i in range(n):
            whole += values[i]
        return whole
    a, b, c, d, e, f, g, h = values[0], values[1], values[2], values[3], values[4], values[5], values[6], values[7]
    end = n - n % 8
    for i in range(8, end, 8):
        a += values[i]
        b += values[i + 1]
        c += values[i + 2]
        d += values[i + 3]
        e += values[i + 4]
        f += values[i + 5]
        g += values[i + 6]
        h += values[i + 7]
    whole = ((a + b) + (c + d)) + ((e + f) + (g + h))
    for i in range(end, n):
        whole += values[i]
    return whole
