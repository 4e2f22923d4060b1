"""The sign of an effect: an index says how much a lever matters, not which way."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from zonesim.columns import Array, Floats
from zonesim.experiments import contrasts, fourier, sensitivity
from zonesim.experiments.observed import Observed

QUARTER = 0.25
WITHOUT_PAIRS = ("latin_hypercube", "fast", "factorial")  #: designs in which no two points differ in one factor alone


@dataclass(frozen=True)
class Direction:
    """Mean change of the outcome from the low to the high end of each lever's range.

    Attributes:
        effect: ``[n_groups]``; nan for a group of several factors, and for one without a direction.
        drawn: the same by resample ``[n_resamples, n_groups]``.
        rows: base rows that it is from.
    """

    effect: Floats
    drawn: Floats
    rows: int

    def sign(self, g: int, confidence: float) -> str | None:
        """Return "+" or "-" where it is the same in ``confidence`` of the resamples, else None."""
        up, down = float((self.drawn[:, g] > 0).mean()), float((self.drawn[:, g] < 0).mean())
        return "+" if up >= confidence else "-" if down >= confidence else None

    def open(self, g: int, name: str, confidence: float, least: int = 0) -> dict[str, Any]:
        """Return what is open of a sign, and how many base rows (``least`` or more) would settle it; None: it cannot be told from zero."""
        doubt, up = float(self.drawn[:, g].std(ddof=1)), float((self.drawn[:, g] > 0).mean())
        needed = sensitivity.rows_to_settle(self.rows, abs(float(self.effect[g])), doubt, confidence)
        return {"lever": name, "probability": max(up, 1 - up), "base_rows_needed": needed if needed is None else max(least, needed)}


def directions(observed: Observed, resamples: int, seed: int) -> Direction:
    r"""Return the direction of every lever.

    The slope of the outcome y over the position x of a factor's *value* in its range, from 0 to 1 (``Factor.position``), by least squares: :math:`Cov(x, y) / Var(x)`, at the points of a Latin hypercube. With :math:`u`
    in the place of x it is :math:`12 E[(u - 1/2)(y - E y)]` for a continuous uniform factor alone: where the value is a step function of u, a switch or one of L levels, that would be :math:`(L + 1)/L` times the change.
    Morris and Sobol: the same of the differences of steps, :math:`\sum \Delta x \Delta y / \sum \Delta x^2`, which is the mean elementary effect where all steps are of one length. FAST: along each factor's own curve. Factorial: the
    contrast of the two ends, with its own doubt (a factor without a direction has its first and its last value there). The bootstrap is over base rows.
    """
    if observed.method == "factorial":
        found = contrasts.effects(observed, observed.means)[0]
        return Direction(found, contrasts.drawn(found, resamples, seed), len(np.unique(observed.scramble)))
    if observed.method == "fast":
        each = np.where(observed.directed, fourier.slopes(observed), np.nan)
        return Direction(each.mean(axis=0), sensitivity.drawn_around(each, resamples, seed, 2), len(each))
    moments = _of_steps(observed) if observed.method in ("morris", "sobol") else _of_points(observed)
    n = len(moments)
    effect = _slope(moments.mean(axis=0)[None])[0]
    drawn = _slope(sensitivity.weighted(sensitivity.multiplicities(n, resamples, seed), moments.reshape(n, -1)).reshape(-1, *moments.shape[1:]) / n)
    known = observed.directed & np.isfinite(effect)
    if observed.method == "sobol":
        apart = np.where(known, _apart(observed, np.where(known, effect, 0.0)), 0.0)
        drawn = drawn + apart * sensitivity.generator_of(seed, 82).standard_normal(drawn.shape)
    return Direction(np.where(known, effect, np.nan), np.where(known, np.nan_to_num(drawn), np.nan), n)


def _slope(moments: Floats) -> Floats:
    """Return covariance by variance of mean moments ``[n, 4, n_groups]``: x, y, xy, xx; nan where x does not vary."""
    x, y, xy, xx = moments.transpose(1, 0, 2)
    square = xx - x * x
    return np.asarray(np.divide(xy - x * y, square, out=np.full_like(square, np.nan), where=square > 1e-12))


def _of_steps(observed: Observed) -> Floats:
    """Return by base row (trajectory) the moments of each group's step, around zero: 0, 0, the product of both differences, the square of the factor's ``[n, 4, n_groups]``.

    Of a Sobol design it is the step from A to AB: the same slope as over all points, since E[(x' - x)(y' - y)] is twice the covariance, but the other factors stay where they are, so that
    nothing of them is in it. (Columns of a Sobol sequence are far from independent where there are about as many as rows.)
    """
    y, known = observed.table(observed.means)[0], np.isfinite(observed.means)
    if observed.method == "sobol":
        change = y[:, 1 : len(observed.groups) + 1] - y[:, [0]]
    else:
        moved = observed.steps()[0]
        change = np.empty(moved.shape)
        np.put_along_axis(change, moved, np.diff(y, axis=1), axis=1)
    ends = [
        observed.table(np.where(known, x, np.nan))[0][:, [0, -1]] for x in observed.along.T
    ]  # a factor moves once on a trajectory, and lies in B where it does in AB
    step = np.stack([end[:, 1] - end[:, 0] for end in ends], axis=1)
    return np.stack([np.zeros_like(step), np.zeros_like(step), step * change, step * step], axis=1)


def _apart(observed: Observed, effect: Floats) -> Floats:
    """Return how far the slope over the points A and B is from that over the steps, once the others' linear effects are taken out of the outcome.

    Both mean the same; what they differ by is interaction that meets uneven points (few rows of a Sobol sequence in three columns and more), of which a bootstrap over rows knows nothing. Zero for
    an outcome that is a sum of linear effects.
    """
    known = np.isfinite(observed.means)
    x = np.stack([observed.table(np.where(known, one, np.nan))[0][:, [0, -1]].ravel() for one in observed.along.T], axis=1)
    x -= x.mean(axis=0)
    rest = observed.table(observed.means)[0][:, [0, -1]].ravel()
    rest = rest - rest.mean() - np.einsum("ng,g->n", x, effect, optimize=False)
    square = (x * x).mean(axis=0)
    return np.asarray(np.divide((x * rest[:, None]).mean(axis=0), square, out=np.zeros_like(square), where=square > 1e-12))


def _of_points(observed: Observed) -> Floats:
    """Return by point the moments of position and outcome, both around their means ``[n, 4, n_groups]``: x, y, xy, xx."""
    known, along = np.isfinite(observed.means), observed.along
    order = np.argsort(observed.rows[known], kind="stable")  # whatever the order in which the points are given
    y, x = observed.means[known][order][:, None], along[known][order][:, None]
    x, deviation = x - x.mean(axis=(0, 1)), np.broadcast_to((y - y.mean())[:, :, None], x.shape)
    return np.stack([x.mean(axis=1), deviation.mean(axis=1), (x * deviation).mean(axis=1), (x * x).mean(axis=1)], axis=1)


def paired_ends(observed: Observed, middle: float, confidence: float = 0.95) -> list[tuple[float, float, float, float]]:
    """Return, by group, the mean outcome where its factor is low and where it is high, and the t interval of their difference (nan for a group of several, and for a factor without a direction).

    Morris and Sobol have pairs of points that differ in one factor alone, so that both means are over the same values of all others: the two ends of each
    step; A and AB where one lies in the lowest and the other in the highest quarter (``_quarters``). Their difference is shown around the mean over the design, ``middle``,
    since the pairs of each lever stand elsewhere: as far below it as the values of the design lie above the low end, on the way to the high one (of a Sobol design; half of it on both sides of
    Morris's steps). Other designs have no pairs: the means of the two quarters as they are (of a factorial one: of its two balanced halves).
    """
    found: list[tuple[float, float, float, float]] = []
    directed = observed.directed
    lows, highs, shares = _pairs(observed)
    for g in range(len(observed.groups)):
        if not (directed[g] and len(lows[g]) and len(highs[g])):
            found.append((math.nan,) * 4)
            continue
        low, high = math.fsum(lows[g]) / len(lows[g]), math.fsum(highs[g]) / len(highs[g])
        shift = 0.0 if observed.method in WITHOUT_PAIRS else middle - low - shares[g] * (high - low)
        half = _half_width(lows[g], highs[g], observed.method not in WITHOUT_PAIRS, confidence)
        found.append((low + shift, high + shift, high - low - half, high - low + half))
    return found


def _half_width(low: Floats, high: Floats, paired: bool, confidence: float) -> float:
    """Return half of the t interval of the difference of two means, of pairs or of independent values (Welch); nan for fewer than two."""
    from scipy.special import stdtrit

    if min(len(low), len(high)) < 2:
        return math.nan
    if paired:
        change = high - low
        return float(stdtrit(len(change) - 1, 0.5 + confidence / 2) * change.std(ddof=1) / math.sqrt(len(change)))
    parts = [one.var(ddof=1) / len(one) for one in (low, high)]
    if not sum(parts):
        return 0.0
    freedom = sum(parts) ** 2 / sum(part**2 / (len(one) - 1) for part, one in zip(parts, (low, high), strict=True))
    return float(stdtrit(freedom, 0.5 + confidence / 2) * math.sqrt(sum(parts)))


def _quarters(x: Floats, u: Floats) -> tuple[Array, Array]:
    """Return which points lie in the lowest quarter of a factor's values, and which in the highest; neither has a part of the points of one value.

    A value is in a quarter that it reaches into; one that reaches into both (nine tenths of a list have it) is in the quarter where no other value is, else in none.

    Args:
        x: where the value lies in the factor's range ``[n]``, nan where the run failed.
        u: the same as a probability.

    >>> x, u = np.repeat([0.0, 1.0], [9, 1]), (np.arange(10) + 0.5) / 10
    >>> [int(one.sum()) for one in _quarters(x, u)], [int(one.sum()) for one in _quarters(u, u)]
    ([9, 1], [3, 3])
    """
    known = np.isfinite(x)
    if not known.any():
        return known, known
    below, above = known & (u <= QUARTER), known & (u >= 1 - QUARTER)
    low, high = (x[below].max() if below.any() else -np.inf), (x[above].min() if above.any() else np.inf)
    with np.errstate(invalid="ignore"):
        if low < high:
            return x <= low, x >= high
        least, most = np.nanmin(x), np.nanmax(x)
        return (x <= low) if low == least else (x < low), (x >= low) if low == most > least else (x > low)


def _pairs(observed: Observed) -> tuple[list[Floats], list[Floats], list[float]]:
    """Return, by group, outcomes where its (first) factor is low, and where it is high, and how far from the low end to the high one its values lie in the mean."""
    known, lows, highs = np.isfinite(observed.means), list[Floats](), list[Floats]()
    shares = [0.5] * len(observed.groups)
    if observed.method == "morris":
        y, (moved, step) = observed.table(observed.means)[0], observed.steps()
        for g in range(len(observed.groups)):
            before, after, up = y[:, :-1][moved == g], y[:, 1:][moved == g], step[moved == g] > 0
            lows.append(np.where(up, before, after))
            highs.append(np.where(up, after, before))
        return lows, highs, shares
    y = observed.table(observed.means)[0] if observed.method == "sobol" else np.empty((0, 0))
    for g in range(len(observed.groups)):
        own = known & (observed.part == g) if observed.method == "fast" else known  # on the other curves it moves with other factors
        x = np.where(own, observed.along[:, g], np.nan)
        low, high = _quarters(x, observed.unit[:, observed.first[g]])
        if observed.method in WITHOUT_PAIRS:
            lows.append(np.sort(observed.means[low]))
            highs.append(np.sort(observed.means[high]))
            continue
        of, is_low, is_high = (observed.table(np.where(known, one, np.nan))[0][:, [0, 1 + g]] for one in (x, low.astype(float), high.astype(float)))
        first, second = (is_low[:, 0] * is_high[:, 1]) > 0, (is_low[:, 1] * is_high[:, 0]) > 0
        far = first | second
        pair, place, up = y[far][:, [0, 1 + g]], of[far], first[far]
        lows.append(np.where(up, pair[:, 0], pair[:, 1]))
        highs.append(np.where(up, pair[:, 1], pair[:, 0]))
        if far.any():
            start, end = (math.fsum(np.where(up, place[:, k], place[:, 1 - k])) / len(place) for k in (0, 1))
            shares[g] = min(1.0, max(0.0, (math.fsum(of.ravel()) / of.size - start) / (end - start)))
    return lows, highs, shares
