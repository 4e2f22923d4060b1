"""How much of an outcome is luck, and what luck alone would make of the index of each lever."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from zonesim.columns import Array, Floats
from zonesim.experiments import contrasts, sensitivity
from zonesim.experiments.observed import Observed


@dataclass(frozen=True)
class Chance:
    """How much of an outcome is luck.

    Attributes:
        share: variance over replications at a point in the variance of a single run.
        common: part of it that is common to all points of the same luck (cancelled by common random numbers).
        residual: standard deviation over replications of what is neither the point's mean nor the replication's.
        of_means: part of luck in the variance of the points' means over their replications, which is what Sobol indices are shares of.
    """

    share: float
    common: float
    residual: float
    of_means: float = math.nan


def chance(runs: Floats, blocks: Array | None = None) -> Chance:
    """Split the variance of outcomes ``[n_points, n_replications]`` into points, replications, and the rest (two-way analysis of variance).

    With ``blocks`` (points that share their luck with each other and with no others) the split is made inside each block and averaged.
    nan for fewer than two replications.
    """
    points, replications = runs.shape
    if replications < 2 or points < 2:
        return Chance(math.nan, math.nan, math.nan)
    groups = [runs] if blocks is None else [runs[blocks == b] for b in np.unique(blocks)]
    if min(len(one) for one in groups) < 2:
        groups, blocks = [runs], None  # each point has its own luck: nothing of it is common
    split = np.array([_split(one) for one in groups])
    residual, luck = float(split[:, 0].mean()), max(0.0, float(split[:, 1].mean()))
    between = float(runs.mean(axis=1).var(ddof=1))
    # points of different blocks differ by their luck too
    left = (residual + (luck if blocks is not None else 0.0)) / replications
    explained = max(0.0, between - left)
    whole = residual + luck + explained
    return Chance(
        (residual + luck) / whole if whole else 0.0, luck / whole if whole else 0.0, math.sqrt(residual), min(left / between, 1.0) if between else 0.0
    )


def _split(runs: Floats) -> tuple[float, float]:
    """Return the variance that is neither the point's nor the replication's, and that of the replications."""
    points, replications = runs.shape
    by_point, by_luck = runs.mean(axis=1, keepdims=True), runs.mean(axis=0, keepdims=True)
    rest = runs - by_point - by_luck + runs.mean()
    residual = float((rest**2).sum() / ((points - 1) * (replications - 1)))
    return residual, float(by_luck.var(ddof=1)) - residual / points


def of_runs(observed: Observed) -> Chance:
    """Return how much of the finite runs of an outcome is luck."""
    whole = np.isfinite(observed.means)
    return chance(observed.runs[whole], observed.rows[whole] if observed.luck == "by_row" else None)


def noise(observed: Observed, scale: float) -> Floats:
    r"""Return, for each group, the index that luck alone would give it: from how much *its own* differences vary over replications.

    Common random numbers cancel most luck, and for some levers all of it, so that one floor for all would hide small effects that are certain.
    With the variance over r replications :math:`s^2` of a difference, averaged over the base rows, two means without a true difference have

    - Sobol: :math:`s^2 / 2rV` of the total index,
    - Morris: :math:`\sqrt{s^2 / r} \sqrt{2/\pi}` of the mean absolute effect,
    - factorial: as Morris, of the contrasts.

    nan where it cannot be told: one replication, PAWN, or FAST (there the dummy, which has a frequency of its own, is what tells).
    """
    n, replications = len(observed.groups), observed.runs.shape[1]
    if observed.method == "factorial" and replications > 1:
        each = np.array([contrasts.effects(observed, observed.replication(r))[0] for r in range(replications)])
        return np.asarray(np.sqrt(each.var(axis=0, ddof=1) / replications) * math.sqrt(2 / math.pi))
    if replications < 2 or observed.method in ("latin_hypercube", "fast", "factorial") or (observed.method == "sobol" and not scale):
        return np.full(n, np.nan)
    tables = [observed.table(observed.replication(r))[0] for r in range(replications)]
    if observed.method == "sobol":
        found = np.array([[one[:, 0] - one[:, 1 + g] for g in range(n)] for one in tables])  # [replication, group, base row]
        return np.asarray(found.var(axis=0, ddof=1).mean(axis=1) / (2 * replications * scale))
    moved, step = observed.steps()
    each = np.array([sensitivity.elementary(one, moved, step) for one in tables])  # [replication, trajectory, group]
    return np.asarray(np.sqrt(each.var(axis=0, ddof=1).mean(axis=0) / replications) * math.sqrt(2 / math.pi))


def pooled(found: Floats, method: str) -> float:
    """Return one floor for a figure: that of the mean variance of the levers' differences."""
    if not np.isfinite(found).any():
        return math.nan
    return float(math.sqrt(np.nanmean(found**2))) if method in ("morris", "factorial") else float(np.nanmean(found))
