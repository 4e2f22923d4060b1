"""The sign of an effect: an index says how much a lever matters, not which way."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from zonesim.columns import Floats
from zonesim.experiments import contrasts, fourier, sensitivity
from zonesim.experiments.observed import Observed

QUARTER = 0.25
WITHOUT_PAIRS = ("latin_hypercube", "fast", "factorial")  #: designs in which no two points differ in one factor alone
POINTS_BY_METHOD = {"sobol": (0, -1)}  # parts of a Sobol base row that are spread over the whole cube: A and B


@dataclass(frozen=True)
class Direction:
    """Mean change of the outcome from the low to the high end of each lever's range.

    Attributes:
        effect: ``[n_groups]``; nan for a group of several factors.
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
    """Return the direction of every lever.

    Morris: the mean elementary effect; factorial: the contrast, with its own doubt; FAST: the slope along each factor's own curve. Elsewhere the slope of the outcome over the unit range, :math:`12 E[(u - 1/2)(y - E y)]`, at the points that
    cover the cube evenly. The bootstrap is over base rows.
    """
    groups = len(observed.groups)
    single = np.bincount(observed.of, minlength=groups) == 1
    if observed.method == "factorial":
        found = contrasts.effects(observed, observed.means)[0]
        return Direction(found, contrasts.drawn(observed, found, resamples, seed), len(np.unique(observed.scramble)))
    if observed.method == "fast":
        each = fourier.slopes(observed)
        return Direction(each.mean(axis=0), sensitivity.drawn_around(each, resamples, seed, 2), len(each))
    if observed.method == "morris":
        moved, step = observed.steps()
        each = sensitivity.elementary(observed.table(observed.means)[0], moved, step)
    else:
        each = _slopes(observed)
    n = len(each)
    drawn = sensitivity.weighted(sensitivity.multiplicities(n, resamples, seed), each) / n
    return Direction(np.where(single, each.mean(axis=0), np.nan), np.where(single, drawn, np.nan), n)


def _slopes(observed: Observed) -> Floats:
    """Return by base row (by point where there are none) what averages to the slope over each group's (first) factor ``[n, n_groups]``."""
    known = np.isfinite(observed.means)
    first = [int(np.flatnonzero(observed.of == g)[0]) for g in range(len(observed.groups))]
    if observed.method == "latin_hypercube":
        order = np.argsort(observed.rows[known], kind="stable")  # whatever the order in which the points are given
        y, u = observed.means[known][order][:, None], observed.unit[known][order][:, None, first]
    else:
        parts = list(POINTS_BY_METHOD[observed.method])
        y = observed.table(observed.means)[0][:, parts]
        u = np.stack([observed.table(np.where(known, observed.unit[:, f], np.nan))[0][:, parts] for f in first], axis=2)
    return np.asarray((12 * (u - 0.5) * (y - y.mean())[:, :, None]).mean(axis=1))


def paired_ends(observed: Observed, middle: float, confidence: float = 0.95) -> list[tuple[float, float, float, float]]:
    """Return, by group, the mean outcome where its factor is low and where it is high, and the t interval of their difference (nan for a group of several).

    Morris and Sobol have pairs of points that differ in one factor alone, so that both means are over the same values of all others: the two ends of each
    step; A and AB where one lies in the lowest and the other in the highest quarter. Their difference is shown around the mean over the design, ``middle``,
    since the pairs of each lever stand elsewhere. Other designs have no pairs: the means of the two quarters as they are (of a factorial one: of its two balanced halves).
    """
    found: list[tuple[float, float, float, float]] = []
    single = np.bincount(observed.of, minlength=len(observed.groups)) == 1
    lows, highs = _pairs(observed)
    for g in range(len(observed.groups)):
        if not (single[g] and len(lows[g]) and len(highs[g])):
            found.append((math.nan,) * 4)
            continue
        low, high = math.fsum(lows[g]) / len(lows[g]), math.fsum(highs[g]) / len(highs[g])
        shift = 0.0 if observed.method in WITHOUT_PAIRS else middle - (low + high) / 2
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


def _pairs(observed: Observed) -> tuple[list[Floats], list[Floats]]:
    """Return, by group, outcomes where its (first) factor is low, and where it is high."""
    known, lows, highs = np.isfinite(observed.means), list[Floats](), list[Floats]()
    if observed.method == "morris":
        y, (moved, step) = observed.table(observed.means)[0], observed.steps()
        for g in range(len(observed.groups)):
            before, after, up = y[:, :-1][moved == g], y[:, 1:][moved == g], step[moved == g] > 0
            lows.append(np.where(up, before, after))
            highs.append(np.where(up, after, before))
        return lows, highs
    y = observed.table(observed.means)[0] if observed.method == "sobol" else np.empty((0, 0))
    for g in range(len(observed.groups)):
        u = np.where(known, observed.unit[:, int(np.flatnonzero(observed.of == g)[0])], np.nan)
        if observed.method in WITHOUT_PAIRS:
            own = known & (observed.part == g) if observed.method == "fast" else known  # on the other curves it moves with other factors
            lows.append(np.sort(observed.means[own & (u <= QUARTER)]))
            highs.append(np.sort(observed.means[own & (u >= 1 - QUARTER)]))
            continue
        where = observed.table(u)[0][:, [0, 1 + g]]
        far = (where.min(axis=1) <= QUARTER) & (where.max(axis=1) >= 1 - QUARTER)
        pair, first = y[far][:, [0, 1 + g]], (where[:, 0] < where[:, 1])[far]
        lows.append(np.where(first, pair[:, 0], pair[:, 1]))
        highs.append(np.where(first, pair[:, 1], pair[:, 0]))
    return lows, highs
