"""Logarithms of whole numbers by table: most enterprises employ some dozens of persons."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from zonesim.compiled import rule

_LOGS = np.array([-np.inf] + [math.log(k) for k in range(1, 1024)])


@rule
def log(x: Any) -> Any:
    """Return ln x, the same to the bit as ``math.log``: by table (2 nanoseconds instead of 10) when x is a whole number below 1,024.

    >>> log(12.0) == math.log(12.0), log(12.5) == math.log(12.5), log(5000.0) == math.log(5000.0)
    (True, True, True)
    """
    if 0.0 < x < 1024.0:
        k = int(x)
        if k == x:
            return _LOGS[k]
    return math.log(x)
