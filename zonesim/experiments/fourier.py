"""FAST: variance indices from the spectrum of the outcome along a search curve (Cukier et al. 1973; Saltelli, Tarantola and Chan 1999).

A curve has no rows that could be resampled (the bootstrap of SALib is known to be unreliable, its issue 649), so doubt comes from independent randomisations of the
design alone: each scramble is one estimate, and there have to be three.
"""

from __future__ import annotations

import math

import numpy as np

from zonesim.columns import Floats
from zonesim.errors import InputError
from zonesim.experiments.observed import Observed
from zonesim.experiments.sensitivity import Indices, drawn_around

LEAST_SCRAMBLES = 3
LABEL = "{n} independent scrambles (t), the dummy's index on either side, and in s1 what of a factor itself lies beyond {harmonics} harmonics"


def orders(curve: Floats, harmonics: int) -> tuple[float, float]:
    r"""Return the first-order and total index of the factor that moves fastest along a curve of outcomes (SALib's estimator).

    With the spectrum :math:`A_k^2` of N points and the frequency w = floor((N - 1) / 2M) of the factor, :math:`S = \sum_{m \le M} A_{mw}^2 / \sum_k A_k^2` and
    :math:`S_T = 1 - \sum_{k \le w/2} A_k^2 / \sum_k A_k^2`.
    """
    n = len(curve)
    fastest = (n - 1) // (2 * harmonics)
    power = (np.abs(np.fft.fft(curve)[1 : math.ceil(n / 2)]) / n) ** 2
    whole = float(power.sum())
    if curve.min() == curve.max():
        return 0.0, 0.0
    return float(power[np.arange(1, harmonics + 1) * fastest - 1].sum()) / whole, 1.0 - float(power[: fastest // 2].sum()) / whole


def whole_scrambles(observed: Observed) -> list[int]:
    """Return the scrambles in which no run failed: a curve with a hole has no spectrum."""
    return [int(s) for s in np.unique(observed.scramble) if np.isfinite(observed.means[observed.scramble == s]).all()]


def by_scramble(observed: Observed) -> tuple[Floats, Floats, int]:
    """Return first-order and total indices of each whole scramble, ``[n_scrambles, n_groups]``, and how many scrambles were lost to failed runs."""
    first, total, whole = [], [], whole_scrambles(observed)
    for scramble in whole:
        mine = observed.scramble == scramble
        means, part, base = observed.means[mine], observed.part[mine], observed.base[mine]
        curves = [means[part == g][np.argsort(base[part == g])] for g in range(len(observed.groups))]
        pair = [orders(curve, observed.harmonics) for curve in curves]
        first.append([one for one, _ in pair])
        total.append([one for _, one in pair])
    return np.array(first).reshape(-1, len(observed.groups)), np.array(total).reshape(-1, len(observed.groups)), len(np.unique(observed.scramble)) - len(whole)


def with_leak(first_low: Floats, first_high: Floats, low: Floats, high: Floats, dummies: tuple[int, ...]) -> tuple[Floats, Floats, Floats, Floats]:
    """Return the ends of intervals of first-order and total indices, further out by what the dummy's total index may be.

    Harmonics of factors beyond those that are summed, and their combinations, fall on frequencies of others, in all scrambles alike, so that t does not know of it. What a factor that
    does nothing shows is this error and no effect (Khorashadi Zadeh et al. 2017); an index may have as much too much, or lack it.
    """
    leak = float(high[list(dummies)].max()) if dummies else 0.0
    return np.maximum(first_low - leak, 0.0), first_high + leak, np.maximum(low - leak, 0.0), high + leak


def caught(observed: Observed) -> Floats:
    """Return what share of each factor's own variation the harmonics that are summed hold, ``[n_groups]``: 0.9 of a switch with four, which is how much of its first-order index is found.

    1 for a factor without a direction, whose effects are not along its values.
    """
    along, whole = observed.along, whole_scrambles(observed)
    found = np.ones(along.shape[1])
    for g in np.flatnonzero(observed.directed):
        own = np.flatnonzero((observed.scramble == whole[0]) & (observed.part == g))
        share = orders(along[own[np.argsort(observed.base[own])], g], observed.harmonics)[0]
        found[g] = share if 0 < share < 1 else 1.0
    return found


def slopes(observed: Observed) -> Floats:
    """Return the slope of the outcome over each factor's range, along the curve on which it moves fastest, for each whole scramble ``[n_scrambles, n_groups]``.

    On the curves of other factors it moves slowly and together with others, so that it would answer for them.
    """
    found, along = [], observed.along
    for scramble in whole_scrambles(observed):
        row = []
        for g in range(len(observed.groups)):
            own = np.flatnonzero((observed.scramble == scramble) & (observed.part == g))
            own = own[np.argsort(observed.base[own])]
            x, y = along[own, g] - along[own, g].mean(), observed.means[own]
            square = float((x * x).mean())
            row.append(float((x * (y - y.mean())).mean()) / square if square else math.nan)
        found.append(row)
    return np.array(found)


def fast(observed: Observed, resamples: int, seed: int) -> Indices:
    """Return FAST indices: means over the scrambles, with draws from the t distribution around them.

    Raises:
        InputError: fewer than three whole scrambles.
    """
    first, total, lost = by_scramble(observed)
    if len(first) < LEAST_SCRAMBLES:
        raise InputError(
            f"a FAST design is ranked from {LEAST_SCRAMBLES} independent randomisations or more, since one by itself says nothing of its own doubt, and {len(first)} are whole; "
            f"write 'scrambles: {LEAST_SCRAMBLES}' in the design (runs that are there are kept)"
        )
    return Indices("fast", first.mean(axis=0), total.mean(axis=0), drawn_around(first, resamples, seed), drawn_around(total, resamples, seed, 1), len(first), lost,
                   float(np.nanvar(observed.means)))  # fmt: skip
