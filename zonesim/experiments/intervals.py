"""Intervals of what a ranking finds: of indices from resamples or from independent estimates, and of ranks."""

from __future__ import annotations

import math

import numpy as np

from zonesim.columns import Array, Floats
from zonesim.experiments.observed import Observed


def intervals_of(drawn: Floats, tail: float, rows: Floats | None = None) -> tuple[Floats, Floats]:
    """Return the ends of intervals of resamples ``[n_resamples, n_groups]``: their quantiles, further out where a bootstrap knows few independent rows.

    A bootstrap of n rows takes their spread for the true one: it is too narrow by a root of (n - 1) / n, and normal where t with n - 1 is right. Both are put back by the quantile at
    Phi(t_tail sqrt(n / (n - 1))) instead of the tail (the expanded percentile interval, Hesterberg 2015): 0.9 % on each side for 10 rows, 2.2 % for 64, 2.5 % for many.

    >>> [one.tolist() for one in intervals_of(np.arange(1001.0)[:, None], 0.025)], [one.round().tolist() for one in intervals_of(np.arange(1001.0)[:, None], 0.025, np.array([10.0]))]
    ([[25.0], [975.0]], [[9.0], [991.0]])
    """
    from scipy.special import ndtr, stdtrit

    n = np.full(drawn.shape[1], math.inf) if rows is None else np.maximum(rows, 2.0)
    finite = np.isfinite(n)
    few = np.where(finite, n, 2.0)
    tails = np.where(finite, ndtr(stdtrit(few - 1, tail) * np.sqrt(few / (few - 1))), tail)
    known, ends = ~np.isnan(drawn).all(axis=0), np.full((2, drawn.shape[1]), np.nan)
    for one in np.unique(tails[known]):
        mine = known & (tails == one)
        ends[:, mine] = np.nanquantile(drawn[:, mine], [one, 1 - one], axis=0)
    return ends[0], ends[1]


def with_unevenness(low: Floats, high: Floats, observed: Observed, effect: Floats, variance: float) -> tuple[Floats, Floats]:
    r"""Return intervals of first-order indices that, in a Sobol design, also hold what they would be without the unevenness of its points.

    :math:`E[B (AB_i - A)]` of a sum of linear effects :math:`b_k x_k` is :math:`\sum_k b_i b_k \overline{x'_k (x'_i - x_i)}`, of which the terms with :math:`k \ne i` should be zero. They are of all rows alike, so
    that no resampling of rows shows them; but they are known of the design, and the slopes are estimated. With about as many columns as rows they are most of the error.
    """
    if observed.method != "sobol" or not variance > 0:
        return low, high
    known = np.isfinite(observed.means)
    ends = np.stack([observed.table(np.where(known, x, np.nan))[0][:, [0, -1]] for x in observed.along.T])  # [group, base row, A or B]
    moved = np.where(observed.directed & np.isfinite(effect), effect, 0.0)
    other, change = (ends[:, :, 1] - ends.mean(axis=(1, 2))[:, None]) * moved[:, None], (ends[:, :, 1] - ends[:, :, 0]) * moved[:, None]
    products = np.einsum("kn,in->ik", other, change, optimize=False) / other.shape[1]
    error = (products.sum(axis=1) - products.diagonal()) / variance
    return np.minimum(low, low - error), np.maximum(high, high - error)


def t_interval(values: Floats, confidence: float) -> tuple[Floats, Floats]:
    """Return the t interval of the mean of some estimates ``[n, n_groups]``."""
    from scipy.special import stdtrit

    n = len(values)
    middle = values.mean(axis=0)
    half = stdtrit(n - 1, 0.5 + confidence / 2) * values.std(axis=0, ddof=1) / math.sqrt(n)
    return middle - half, middle + half


def rank_span(drawn: Floats, tail: float) -> Array:
    """Return the lowest and the highest rank that the resamples give each ranked lever, ``[2, n_levers]``; the levers come in the order of their ranks.

    Levers that are the same in a resample (to rounding) share its ranks: each may have the best of them and the worst, so that ties are ranked as what they are. The rank itself belongs to the interval.

    >>> rank_span(np.array([[9.0, 2.0, 2.0]] * 20), 0.025).tolist()
    [[1, 2, 2], [1, 3, 3]]
    """
    same = 1e-12 * np.abs(drawn).max(initial=0.0)
    apart = drawn[:, None, :] - drawn[:, :, None]  # [resample, lever, other]: how far the other is above
    best, worst = (apart > same).sum(axis=2) + 1, (apart >= -same).sum(axis=2)
    own = np.arange(1, drawn.shape[1] + 1)
    low, high = np.quantile(best, tail, axis=0, method="nearest"), np.quantile(worst, 1 - tail, axis=0, method="nearest")
    return np.stack([np.minimum(low, own), np.maximum(high, own)]).astype(int)
