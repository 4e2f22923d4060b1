"""Sensitivity indices and their doubt: Sobol, Morris, PAWN (FAST: ``fourier.py``; factorial designs: ``contrasts.py``), from outcomes in the order of a design.

The estimators are SALib's (tested against it to rounding); the bootstrap is ours: one matrix of multiplicities times one matrix of products, so that a
thousand resamples take a fraction of a second. No sum depends on threads.
"""

from __future__ import annotations

import functools
import math
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from zonesim.columns import Array, Floats
from zonesim.errors import InputError

RESAMPLES = 1000
KEPT_CELLS = 8_000_000  #: largest table of resamples that is kept for the next outcome, 64 MB
MOST_ROWS = 1_000_000  #: base rows beyond which a comparison is not said to be settled by running more
SLICES = 10  #: of each factor, for PAWN; each has ten points or more


@dataclass(frozen=True)
class Indices:
    """Indices of every group of factors, with what the bootstrap drew.

    Attributes:
        first: first-order Sobol index, or None where the method has none; ``[n_groups]``.
        total: total Sobol index, mean absolute elementary effect, or median PAWN distance; what the ranking is by; ``[n_groups]``.
        first_drawn, total_drawn: the same by resample, ``[n_resamples, n_groups]``.
        second: second-order indices, ``[n_groups, n_groups]`` upper triangle, nan elsewhere; None unless the design has them.
        second_drawn: ``[n_resamples, n_groups, n_groups]``.
        mean, spread: mean and standard deviation of elementary effects (Morris); None elsewhere.
        used, lost: complete base rows, and base rows that were dropped because a run failed.
        scale: what the total is relative to (variance of the outcome for Sobol, 1 elsewhere).
        null: PAWN: distances that the same points show with an outcome that no factor has moved (the outcomes permuted), ``[n_permutations, n_groups]``.
    """

    method: str
    first: Floats | None
    total: Floats
    first_drawn: Floats | None
    total_drawn: Floats
    used: int
    lost: int
    scale: float
    second: Floats | None = None
    second_drawn: Floats | None = None
    mean: Floats | None = None
    spread: Floats | None = None
    null: Floats | None = None


def complete(outcome: Floats, scramble: Array, base: Array, part: Array, n_parts: int) -> tuple[Floats, Array, int]:
    """Arrange outcomes by base row and part, whatever the order of the rows; drop base rows in which any is not finite or missing.

    Returns:
        ``[n_base, n_parts]``, the rows' scramble ``[n_base]``, and the number of base rows that were lost.

    Raises:
        InputError: two rows say that they are the same point.
    """
    keys = scramble.astype(np.int64) * (int(base.max()) + 1) + base
    names, row = np.unique(keys, return_inverse=True)
    table = np.full((len(names), n_parts), np.nan)
    seen = np.zeros(table.shape, dtype=np.int64)
    np.add.at(seen, (row, part), 1)
    if (seen > 1).any():
        raise InputError("two runs claim the same point of the design")
    table[row, part] = outcome
    whole = np.isfinite(table).all(axis=1)
    of = np.zeros(len(names), dtype=np.int64)
    of[row] = scramble
    return table[whole], of[whole], int((~whole).sum())


def multiplicities(n: int, resamples: int, seed: int) -> Floats:
    """Return how often each of n base rows is in each bootstrap sample, ``[n_resamples, n]``, not to be written to; 0 is a seed like any other.

    Every outcome of a ranking asks for the same table: the last one is kept, unless it is large.
    """
    return _kept_multiplicities(n, resamples, seed) if n * resamples <= KEPT_CELLS else _multiplicities(n, resamples, seed)


def _multiplicities(n: int, resamples: int, seed: int) -> Floats:
    found = generator_of(seed, 77).multinomial(n, np.full(n, 1 / n), size=resamples).astype(float)
    found.flags.writeable = False
    return found


_kept_multiplicities = functools.lru_cache(maxsize=1)(_multiplicities)


def generator_of(seed: int, stream: int) -> np.random.Generator:
    """Return a generator of its own for each use; 0 is a seed like any other."""
    return np.random.default_rng(np.random.SeedSequence([seed & 0xFFFFFFFF, seed >> 32, stream]))


def drawn_around(values: Floats, resamples: int, seed: int, stream: int = 0) -> Floats:
    """Return means of some estimates as they might be, ``[n_resamples, n_groups]``: t around the mean of the estimates ``[n, n_groups]``."""
    n, groups = values.shape
    noise = generator_of(seed, 790 + stream).standard_t(n - 1, size=(resamples, groups))
    return np.asarray(values.mean(axis=0) + noise * values.std(axis=0, ddof=1) / math.sqrt(n))


def weighted(weights: Floats, columns: Floats) -> Floats:
    """Return weights times columns by plain loops: unlike a BLAS product, the same bits for any number of threads."""
    return np.asarray(np.einsum("rn,nk->rk", weights, columns, optimize=False))


def rows_to_settle(rows: int, gap: float, doubt: float, confidence: float) -> int | None:
    """Return how many base rows would tell a gap from zero, n (z s / d)^2 with its bootstrap standard deviation s over n rows.

    None where that is no answer: the gap is zero or not a positive distance, or more rows than anybody would run (``MOST_ROWS``), where the true gap may as well be zero.

    >>> rows_to_settle(100, 1.0, 1.0, 0.95), rows_to_settle(100, 1e-9, 1.0, 0.95), rows_to_settle(100, 0.0, 0.0, 0.95)
    (271, None, None)
    """
    if not gap > 0:
        return None
    needed = rows * (NormalDist().inv_cdf(confidence) * doubt / gap) ** 2
    return math.ceil(needed) if needed <= MOST_ROWS else None


def sobol(table: Floats, lost: int, *, second_order: bool = False, resamples: int = RESAMPLES, seed: int = 0) -> Indices:
    """Return Sobol indices of a Saltelli table.

    S_i = E[B (AB_i - A)] / V,  ST_i = E[(A - AB_i)^2] / 2V,  S_ij = E[BA_i AB_j - A B] / V - S_i - S_j,  V the variance of A and B together
    (Saltelli et al. 2010; Jansen 1999), of the outcome standardised over the table.

    Args:
        table: ``[n_base, n_groups + 2]`` or ``[n_base, 2 n_groups + 2]``: A, AB_g, (BA_g,) B.
        lost: base rows dropped before.
        second_order: whether the table has the BA columns.
        resamples: bootstrap samples of base rows.
        seed: of the bootstrap.

    Raises:
        InputError: fewer than two complete base rows.
    """
    n, parts = table.shape
    groups = (parts - 2) // 2 if second_order else parts - 2
    if n < 2:
        raise InputError(f"sobol: {n} complete base rows of the design are left; at least 2 are needed")
    spread = float(table.std())
    if spread == 0.0:
        nothing = np.zeros((resamples, groups))
        pair = np.full((groups, groups), np.nan)
        return Indices("sobol", np.zeros(groups), np.zeros(groups), nothing, nothing, n, lost, 0.0,
                       pair if second_order else None, np.full((resamples, groups, groups), np.nan) if second_order else None)  # fmt: skip
    y = (table - table.mean()) / spread
    a, b, ab = y[:, 0], y[:, -1], y[:, 1 : groups + 1]
    columns = [a + b, a * a + b * b, *(b * (ab[:, g] - a) for g in range(groups)), *((a - ab[:, g]) ** 2 for g in range(groups))]
    pairs = [(i, j) for i in range(groups) for j in range(i + 1, groups)] if second_order else []
    if pairs:
        ba = y[:, groups + 1 : 2 * groups + 1]
        columns += [ba[:, i] * ab[:, j] - a * b for i, j in pairs]
    stacked = np.stack(columns, axis=1)

    def estimate(weights: Floats) -> tuple[Floats, Floats, Floats]:
        means = weighted(weights, stacked) / n
        variance = means[:, 1] / 2 - (means[:, 0] / 2) ** 2
        variance = np.where(variance > 0, variance, np.nan)[:, None]
        first, total = means[:, 2 : 2 + groups] / variance, means[:, 2 + groups : 2 + 2 * groups] / (2 * variance)
        second = np.full((len(weights), groups, groups), np.nan)
        for k, (i, j) in enumerate(pairs):
            second[:, i, j] = means[:, 2 + 2 * groups + k] / variance[:, 0] - first[:, i] - first[:, j]
        return first, total, second

    first, total, second = estimate(np.ones((1, n)))
    drawn_first, drawn_total, drawn_second = estimate(multiplicities(n, resamples, seed))
    return Indices("sobol", first[0], total[0], drawn_first, drawn_total, n, lost, spread * spread,
                   second[0] if second_order else None, drawn_second if second_order else None)  # fmt: skip


def elementary(table: Floats, moved: Array, step: Floats) -> Floats:
    """Return the elementary effect of every group on every trajectory, ``[n_trajectories, n_groups]``."""
    effects = np.empty(moved.shape)
    np.put_along_axis(effects, moved, np.diff(table, axis=1) / step, axis=1)
    return effects


def morris(table: Floats, lost: int, moved: Array, step: Floats, *, resamples: int = RESAMPLES, seed: int = 0) -> Indices:
    """Return mean, absolute mean and spread of elementary effects.

    EE_g = (y_{k+1} - y_k) / (x_{k+1} - x_k) in the unit cube, for the step of a trajectory in which group g moved (Morris 1991; mu* Campolongo et al. 2007;
    a group of several factors has mu* alone).

    Args:
        table: ``[n_trajectories, n_groups + 1]`` outcomes.
        lost: trajectories dropped before.
        moved: ``[n_trajectories, n_groups]`` group that moved in each step.
        step: ``[n_trajectories, n_groups]`` how far, with its sign (positive for a group of several factors).
        resamples, seed: of the bootstrap over trajectories.

    Raises:
        InputError: no complete trajectory.
    """
    n, groups = moved.shape
    if n < 1:
        raise InputError("morris: no complete trajectory of the design is left")
    effects = elementary(table, moved, step)
    weights = multiplicities(n, resamples, seed) / n
    mean = effects.mean(axis=0)
    spread = effects.std(axis=0, ddof=1) if n > 1 else np.full(groups, np.nan)
    return Indices("morris", None, np.abs(effects).mean(axis=0), None, weighted(weights, np.abs(effects)), n, lost, 1.0, mean=mean, spread=spread)


def pawn(unit: Floats, outcome: Floats, lost: int, *, slices: int = SLICES, resamples: int = 100, seed: int = 0) -> Indices:
    """Return PAWN indices (Pianosi and Wagener 2015): the median over slices of a factor of the Kolmogorov-Smirnov distance between outcomes in it and all.

    Args:
        unit: ``[n, n_factors]`` points in the unit cube.
        outcome: ``[n]``.
        lost: points dropped before.
        slices: intervals of each factor.
        resamples, seed: of the bootstrap over points.

    Raises:
        InputError: too few points for the slices.
    """
    n = len(unit)
    if n < 10 * slices:
        raise InputError(f"pawn: {n} points are too few for {slices} slices; at least {10 * slices} are needed")
    generator = generator_of(seed, 78)
    drawn = np.array([_distances(unit[rows], outcome[rows], slices) for rows in (generator.integers(0, n, n) for _ in range(resamples))])
    shuffled = generator_of(seed, 81)
    null = np.array([_distances(unit, shuffled.permutation(outcome), slices) for _ in range(resamples)])
    return Indices("pawn", None, _distances(unit, outcome, slices), None, drawn, n, lost, 1.0, null=null)


def pawn_interval(found: Indices, tail: float) -> tuple[Floats, Floats]:
    """Return the interval of each PAWN index; percentiles of the resamples will not do, since a distance between samples is biased upwards, and between resamples once more.

    low = max(0, t - q) with the 1 - tail quantile q of the distance without any effect: by the triangle inequality an estimate t is above the true distance by no more than
    the sampling noise of a slice, whose distance the permuted outcomes show. high is the 1 - tail quantile of the resamples, never below t: their bias upwards makes it
    larger than it need be, most where a factor does little.
    """
    assert found.null is not None
    noise, highest = float(np.quantile(found.null, 1 - tail)), np.quantile(found.total_drawn, 1 - tail, axis=0)
    return np.maximum(found.total - noise, 0.0), np.maximum(highest, found.total)


def _distances(unit: Floats, outcome: Floats, slices: int) -> Floats:
    """Return for each factor the median over its slices of the distance between two distributions of the outcome, of the slice and of all; ``[n_factors]``.

    The outcomes are sorted once: a slice's distribution is then a running count of who belongs to it.
    """
    order = np.argsort(outcome, kind="stable")
    ranked = outcome[order]
    n, upto = len(ranked), np.searchsorted(ranked, ranked, side="right")  # points at or below each outcome
    found = []
    for x in unit[order].T:
        ends = np.quantile(x, np.arange(0, 1 + 1 / slices, 1 / slices))
        inside = (x >= ends[:-1, None]) & (x < ends[1:, None])
        inside = inside[inside.any(axis=1)]
        within, count = np.cumsum(inside, axis=1)[:, upto - 1], np.count_nonzero(inside, axis=1)
        found.append(np.median(np.abs(within * n - upto * count[:, None]).max(axis=1) / (count * n)))  # whole numbers up to here: no rounding
    return np.array(found)
