"""Two-level factorial designs: the main effect of each factor, and its doubt from the contrasts of a design in which most do nothing (Lenth 1989).

The design is folded over (each point and its mirror image), so that main effects are free of interactions of two factors. It has as many contrasts as points by two,
those of the dummies among them.
"""

from __future__ import annotations

import numpy as np

from zonesim.columns import Array, Floats
from zonesim.errors import InputError
from zonesim.experiments.observed import Observed
from zonesim.experiments.sensitivity import Indices, generator_of


def effects(observed: Observed, values: Floats) -> tuple[Floats, int]:
    """Return the mean outcome where each factor is high less that where it is low, over the whole scrambles, and how many were lost to failed runs.

    Raises:
        InputError: no scramble is whole.
    """
    every = np.unique(observed.scramble)
    whole = [s for s in every if np.isfinite(values[observed.scramble == s]).all()]
    if not whole:
        raise InputError("factorial: a run of every repetition of the design failed, and contrasts need all of its points")
    mine = np.isin(observed.scramble, whole)
    order = np.lexsort((observed.base[mine], observed.scramble[mine]))
    high, y = observed.unit[mine][order] > 0.5, values[mine][order]
    return np.array([y[high[:, f]].mean() - y[~high[:, f]].mean() for f in _factor_of(observed)]), len(every) - len(whole)


def _factor_of(observed: Observed) -> Array:
    return np.array([int(np.flatnonzero(observed.of == g)[0]) for g in range(len(observed.groups))])


def pseudo_error(contrasts: Floats) -> float:
    """Return Lenth's pseudo standard error: 1.5 times the median of the absolute contrasts that are not plainly effects.

    >>> pseudo_error(np.array([0.1, -0.1, 0.1, 9.0]))
    0.15
    """
    size = np.abs(contrasts)
    rough = 1.5 * float(np.median(size))
    quiet = size[size <= 2.5 * rough]
    return round(1.5 * float(np.median(quiet)), 15)


def drawn(contrasts: Floats, resamples: int, seed: int) -> Floats:
    """Return effects as they might be, ``[n_resamples, n_groups]``: t with a third of the contrasts as degrees of freedom (Lenth), around each."""
    m = len(contrasts)
    noise = generator_of(seed, 80).standard_t(max(m / 3, 1.0), size=(resamples, m))
    return np.asarray(contrasts + pseudo_error(contrasts) * noise)


def sizes(low: Floats, high: Floats) -> tuple[Floats, Floats]:
    """Return the interval of an effect's size from that of the effect: from 0 where it may be either way.

    >>> [one.tolist() for one in sizes(np.array([-1.0, 1.0, -3.0]), np.array([2.0, 2.0, -1.0]))]
    [[0.0, 1.0, 1.0], [2.0, 2.0, 3.0]]
    """
    one, other = np.abs(low), np.abs(high)
    return np.where((low <= 0) & (high >= 0), 0.0, np.minimum(one, other)), np.maximum(one, other)


def factorial(observed: Observed, resamples: int, seed: int) -> Indices:
    """Return the absolute main effects of a factorial design."""
    found, lost = effects(observed, observed.means)
    scrambles = len(np.unique(observed.scramble))
    return Indices("factorial", None, np.abs(found), None, np.abs(drawn(found, resamples, seed)), scrambles - lost, lost, 1.0, mean=found)
