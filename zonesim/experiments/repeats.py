"""Pairs of points that come again: how many differences a design has in truth, and what it means for their doubt.

An index is a mean over base rows of what happens between two points that differ in one group. Where levers are switches, or have few levels, the same two points come again and again, and
under common luck they are the same two runs: a bootstrap over base rows would take them for independent ones. Points whose luck is their own are never the same.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from zonesim.columns import Array, Floats
from zonesim.experiments.observed import Observed
from zonesim.experiments.sensitivity import Indices, generator_of

LEAST_DISTINCT = 4  #: different pairs of points below which no interval is given: a few pairs know nothing of what other pairs would show


@dataclass(frozen=True)
class Repeats:
    """Different pairs of points behind the index of each group.

    Attributes:
        rows: base rows.
        distinct: different pairs ``[n_groups]``.
        worth: how many independent pairs they are worth, (sum of their counts)^2 / sum of squares of them (Kish 1965) ``[n_groups]``.
    """

    rows: int
    distinct: Array
    worth: Floats

    @property
    def few(self) -> Array:
        """Groups without enough different pairs for an interval, though there are enough base rows."""
        return (self.distinct < LEAST_DISTINCT) & (self.distinct < self.rows)


def repeats(observed: Observed, used: int) -> Repeats:
    """Return how many different pairs of points stand behind each index; as many as base rows where a design has no pairs, or its settings are not known."""
    groups = len(observed.groups)
    if observed.setting is None or observed.method not in ("morris", "sobol"):
        return Repeats(used, np.full(groups, used), np.full(groups, float(used)))
    table, _ = observed.table(np.where(np.isfinite(observed.means), observed.setting.astype(float), np.nan))
    distinct, worth = np.zeros(groups, dtype=int), np.zeros(groups)
    moved = observed.steps()[0] if observed.method == "morris" else None
    for g in range(groups):
        if moved is None:
            ends = table[:, [0, 1 + g]]
        else:
            step = np.argmax(moved == g, axis=1)[:, None]
            ends = np.concatenate([np.take_along_axis(table, step, axis=1), np.take_along_axis(table, step + 1, axis=1)], axis=1)
        counts = np.unique(np.sort(ends, axis=1), axis=0, return_counts=True)[1]
        distinct[g], worth[g] = len(counts), counts.sum() ** 2 / (counts**2).sum()
    return Repeats(len(table), distinct, worth)


def widened(drawn: Floats, repeated: Repeats, whole: Indices, noise: Floats, seed: int, stream: int, squared: bool) -> Floats:
    r"""Return resamples ``[n_resamples, n_groups]`` with the doubt that pairs which come again do not take away.

    With n base rows that are worth m pairs, luck leaves :math:`s^2 (1/m - 1/n)` more variance in a mean than a bootstrap over n rows shows, with the variance :math:`s^2` of a difference by luck,
    known from the replications. With one replication luck is unknown, and the whole variance of the bootstrap is taken to be of m pairs and not of n.

    Args:
        drawn: resamples of an index, or of a mean effect.
        repeated: of the design.
        whole: the indices.
        noise: index that luck alone would give each group (``luck.noise``).
        seed, stream: of the draws.
        squared: whether the index is a mean of squares (Sobol), not of differences.
    """
    missing = 1 / repeated.worth - 1 / repeated.rows
    if not (missing > 1e-12).any():
        return drawn
    if squared:
        by_luck = 4 * whole.total * noise + 2 * noise**2  # of (d + e)^2 / 2V with the variance of e = 2V noise
    else:
        by_luck = noise**2 * np.pi / 2
    unknown = drawn.var(axis=0, ddof=1) * repeated.rows
    more = np.where(np.isfinite(by_luck), by_luck, unknown) * missing
    return np.asarray(drawn + generator_of(seed, stream).standard_normal(drawn.shape) * np.sqrt(np.where(missing > 1e-12, more, 0.0)))
