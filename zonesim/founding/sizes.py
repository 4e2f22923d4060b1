"""Sizes of enterprises with a heavy tail that add up to a published total."""

from __future__ import annotations

import numpy as np

from zonesim.columns import Floats

ABOVE, BELOW = 1.0001, 0.9999
"""A mean nearer than this to the least or the largest size leaves no spread to look for."""
STEEPEST = 12.0
"""Largest exponent of a tail that is tried."""


def pareto_between(u: Floats, low: float, high: float, exponent: float) -> Floats:
    """Return quantiles of a Pareto law cut at both ends: P(X > x) ~ x^(-exponent) on [low, high].

    >>> float(pareto_between(np.array([0.0, 1.0]), 1.0, 10.0, 1.0)[1].round(6))
    10.0
    """
    a, b = low ** (-exponent), high ** (-exponent)
    return np.asarray((a - u * (a - b)) ** (-1.0 / exponent))


def sizes_with_total(u: Floats, total: float, low: float, high: float, exponent: float) -> tuple[Floats, float]:
    """Return sizes on [low, high] that add up to ``total``, and the tail exponent that they have.

    With the wanted exponent the smallest size is raised above ``low`` until the total is met; when the total is too small for
    that, the smallest size is ``low`` and the exponent is raised. Both by bisection; what rounding leaves is spread in
    proportion. When the total cannot be reached on [low, high] all sizes are total / n, and the exponent is ``nan``.

    Args:
        u: uniforms, one for each enterprise.
        total: what the sizes add up to.
        low: smallest size allowed.
        high: largest size.
        exponent: wanted exponent of the tail.
    """
    n = len(u)
    if n == 0:
        return np.zeros(0), float("nan")
    if not low * n * ABOVE < total < high * n * BELOW or n == 1:
        return np.full(n, total / n), float("nan")
    raise_low = pareto_between(u, low, high, exponent).sum() < total
    first, last = (low, high * BELOW) if raise_low else (exponent, STEEPEST)
    for _ in range(60):
        middle = 0.5 * (first + last)
        got = pareto_between(u, middle, high, exponent).sum() if raise_low else pareto_between(u, low, high, middle).sum()
        if (got < total) == raise_low:
            first = middle
        else:
            last = middle
    middle = 0.5 * (first + last)
    sizes = pareto_between(u, middle, high, exponent) if raise_low else pareto_between(u, low, high, middle)
    return sizes * (total / sizes.sum()), exponent if raise_low else middle


def stratified(uniforms: Floats) -> Floats:
    """Return one uniform in each of n equal strata of (0, 1): the i-th is (i + u_i) / n.

    >>> stratified(np.array([0.5, 0.5])).tolist()
    [0.25, 0.75]
    """
    n = len(uniforms)
    return np.asarray((np.arange(n) + uniforms) / max(n, 1))


ROUNDS = 200  #: of fitting at most; a few dozen meet the totals


def rake(prior: Floats, rows: Floats, columns: Floats) -> tuple[Floats, float]:
    """Fit a table to its row and column totals (iterative proportional fitting, Deming and Stephan 1940).

    Returns:
        The table, and the largest relative residual of a row total (columns are met exactly).

    >>> table, residual = rake(np.ones((2, 2)), np.array([3.0, 1.0]), np.array([2.0, 2.0]))
    >>> table.tolist(), residual < 1e-12
    ([[1.5, 1.5], [0.5, 0.5]], True)
    """
    table = np.array(prior, dtype=float)
    for _ in range(ROUNDS):
        sums = table.sum(axis=1)
        table *= np.divide(rows, sums, out=np.zeros_like(rows, dtype=float), where=sums > 0)[:, None]
        sums = table.sum(axis=0)
        table *= np.divide(columns, sums, out=np.zeros_like(columns, dtype=float), where=sums > 0)[None, :]
    gap = np.abs(table.sum(axis=1) - rows)
    return table, float(np.max(np.divide(gap, rows, out=np.zeros_like(gap), where=rows > 0), initial=0.0))
