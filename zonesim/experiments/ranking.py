"""Ranking of levers: which matter for an outcome, how sure the order is, and what cannot be told from a lever that does nothing."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass
from statistics import NormalDist
from typing import Any

import numpy as np

from zonesim.columns import Array, Floats
from zonesim.errors import InputError
from zonesim.experiments import sensitivity
from zonesim.experiments.sensitivity import Chance, Indices

RANKED = ("sobol", "morris", "latin_hypercube")
STEPS = (8, 4, 2, 1)  #: convergence is shown at the eighth, the quarter, the half and the whole of the base rows


@dataclass(frozen=True)
class Observed:
    """The runs of a design for one outcome; nan where a run failed.

    Attributes:
        method: of the design (sobol, morris, latin_hypercube).
        groups: names of what varies together, in the order of the design's parts.
        dummies: positions of the groups that the model ignores.
        of: group of each factor ``[n_factors]``.
        unit: points in the unit cube ``[n_rows, n_factors]``.
        scramble, base, part: place of each row in the design ``[n_rows]``.
        runs: outcome ``[n_rows, n_replications]``.
        second_order: whether a Sobol design has the rows for second-order indices.
    """

    method: str
    groups: tuple[str, ...]
    dummies: tuple[int, ...]
    of: Array
    unit: Floats
    scramble: Array
    base: Array
    part: Array
    runs: Floats
    second_order: bool = False


@dataclass(frozen=True)
class Ranking:
    """Levers in order for one outcome.

    Attributes:
        rows: one for each lever (dummies left out): lever, s1, st, mu_star with their intervals, rank with its interval, distinguishable;
            at_low and at_high are the mean outcomes where the lever is in the lowest and highest quarter of its range.
        second: pairs of levers with their second-order index and interval, where the design has them.
        chance: split of the variance of single runs.
        noise_floor: value of the ranking index that luck alone would give.
        convergence: at parts of the base rows: n, and the ranking index of each lever.
        open_pairs: neighbours in the order of the top k that are not settled, with the base rows that would settle them.
    """

    method: str
    index: str
    intervals: str
    rows: tuple[dict[str, Any], ...]
    second: tuple[dict[str, Any], ...]
    chance: Chance
    noise_floor: float
    convergence: tuple[dict[str, Any], ...]
    open_pairs: tuple[dict[str, Any], ...]
    used: int
    lost: int

    @property
    def settled(self) -> bool:
        """Whether the order of the top k is settled at the confidence asked for."""
        return not self.open_pairs

    def record(self) -> dict[str, Any]:
        """Return plain values, for ``ranking.json`` (null where a number is not defined)."""
        return {
            "method": self.method, "ranked_by": self.index, "intervals": self.intervals, "levers": [_plain(row) for row in self.rows],
            "second_order": [_plain(row) for row in self.second],
            "noise_share": _number(self.chance.share), "noise_common": _number(self.chance.common), "noise_floor": _number(self.noise_floor),
            "base_rows_used": self.used, "base_rows_lost": self.lost, "settled": self.settled, "open": [_plain(row) for row in self.open_pairs],
            "convergence": [{"base_rows": step["base_rows"], "index": {k: _number(v) for k, v in step["index"].items()}} for step in self.convergence],
        }  # fmt: skip


def _number(value: float) -> float | None:
    return float(value) if math.isfinite(value) else None


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return {key: _number(value) if isinstance(value, float) else value for key, value in row.items()}


def rank(observed: Observed, *, confidence: float = 0.95, top: int = 3, resamples: int = sensitivity.RESAMPLES, seed: int = 0) -> Ranking:
    """Rank the levers of a design for one outcome.

    A lever is distinguishable when its index is above that of every dummy in ``confidence`` of the resamples, and the low end of its interval is
    above what luck alone would give. What is not distinguishable is not ranked.

    Args:
        observed: the runs.
        confidence: of intervals and of the order.
        top: how many of the first are to be settled against the next.
        resamples, seed: of the bootstrap.

    Raises:
        InputError: the design cannot be ranked, or no base row is complete.
    """
    if observed.method not in RANKED:
        raise InputError(f"a {observed.method!r} design cannot be ranked (designs that can: {', '.join(RANKED)})")
    means = observed.runs.mean(axis=1)
    luck = sensitivity.chance(observed.runs[np.isfinite(observed.runs).all(axis=1)])
    replications = observed.runs.shape[1]
    whole = _indices(observed, means, None, resamples, seed)
    drawn = whole.total_drawn
    tail = (1 - confidence) / 2
    scrambled = _by_scramble(observed, means) if len(np.unique(observed.scramble)) >= 3 and observed.method == "sobol" else None
    low, high = np.nanquantile(drawn, [tail, 1 - tail], axis=0)
    intervals = "bootstrap over base rows"
    first_low = first_high = None
    if whole.first_drawn is not None:
        first_low, first_high = np.nanquantile(whole.first_drawn, [tail, 1 - tail], axis=0)
    if scrambled is not None:
        intervals = f"{len(scrambled[1])} independent scrambles (t)"
        first_low, first_high = _t_interval(scrambled[0], confidence)
        low, high = _t_interval(scrambled[1], confidence)
    floor = _noise_floor(observed, whole, luck, replications)
    levers = [g for g in range(len(observed.groups)) if g not in observed.dummies]
    best_dummy = drawn[:, list(observed.dummies)].max(axis=1) if observed.dummies else np.zeros(len(drawn))
    above = (drawn > best_dummy[:, None]).mean(axis=0)
    known = [g for g in levers if above[g] >= confidence and low[g] > (floor if math.isfinite(floor) else 0.0)]
    order = sorted(known, key=lambda g: (-whole.total[g], observed.groups[g]))
    ranks = (drawn[:, None, levers] > drawn[:, levers, None]).sum(axis=2) + 1  # [resample, lever]: how many are above, plus one
    span = np.quantile(ranks, [tail, 1 - tail], axis=0, method="nearest")
    ends = _ends(observed, means)
    rows = []
    for g in sorted(levers, key=lambda g: (-whole.total[g], observed.groups[g])):
        k = levers.index(g)
        index = {"st": float("nan"), "st_low": float("nan"), "st_high": float("nan"), "mu_star": float("nan"), "mu_star_low": float("nan"),
                 "mu_star_high": float("nan"), "pawn": float("nan"), "pawn_low": float("nan"), "pawn_high": float("nan")}  # fmt: skip
        name = {"sobol": "st", "morris": "mu_star", "latin_hypercube": "pawn"}[observed.method]
        index |= {name: float(whole.total[g]), f"{name}_low": float(low[g]), f"{name}_high": float(high[g])}
        rows.append({
            "lever": observed.groups[g],
            "s1": float(whole.first[g]) if whole.first is not None else float("nan"),
            "s1_low": float(first_low[g]) if first_low is not None else float("nan"),
            "s1_high": float(first_high[g]) if first_high is not None else float("nan"), **index,
            "mu": float(whole.mean[g]) if whole.mean is not None else float("nan"),
            "sigma": float(whole.spread[g]) if whole.spread is not None else float("nan"),
            "rank": order.index(g) + 1 if g in order else None,
            "rank_low": int(span[0, k]) if g in order else None, "rank_high": int(span[1, k]) if g in order else None,
            "at_low": ends[g][0], "at_high": ends[g][1], "above_dummy": float(above[g]), "distinguishable": g in order,
        })  # fmt: skip
    return Ranking(
        observed.method, {"sobol": "st", "morris": "mu_star", "latin_hypercube": "pawn"}[observed.method], intervals, tuple(rows),
        _second(observed, whole, tail), luck, floor, _convergence(observed, means, levers), _open(observed, whole, order, confidence, top), whole.used,
        whole.lost,
    )  # fmt: skip


def _indices(observed: Observed, means: Floats, rows: Array | None, resamples: int, seed: int) -> Indices:
    """Return the indices of all rows, or of some."""
    pick = slice(None) if rows is None else rows
    outcome, scramble, base, part = means[pick], observed.scramble[pick], observed.base[pick], observed.part[pick]
    groups = len(observed.groups)
    if observed.method == "latin_hypercube":
        good = np.isfinite(outcome)
        return sensitivity.pawn(observed.unit[pick][good], outcome[good], int((~good).sum()), resamples=min(resamples, 100), seed=seed)
    parts = groups + 1 if observed.method == "morris" else (2 * groups + 2 if observed.second_order else groups + 2)
    table, _, lost = sensitivity.complete(outcome, scramble, base, part, parts)
    if observed.method == "sobol":
        return sensitivity.sobol(table, lost, second_order=observed.second_order, resamples=resamples, seed=seed)
    moved, step = _steps(observed, outcome, rows)
    return sensitivity.morris(table, lost, moved, step, resamples=resamples, seed=seed)


def _steps(observed: Observed, outcome: Floats, rows: Array | None) -> tuple[Array, Floats]:
    """Return which group moved in each step of each complete trajectory, and how far."""
    pick = slice(None) if rows is None else rows
    scramble, base, part = observed.scramble[pick], observed.base[pick], observed.part[pick]
    groups, factors = len(observed.groups), observed.unit.shape[1]
    walks = np.stack(
        [sensitivity.complete(np.where(np.isfinite(outcome), observed.unit[pick][:, f], np.nan), scramble, base, part, groups + 1)[0] for f in range(factors)],
        axis=2,
    )
    change = np.diff(walks, axis=1)
    factor = np.abs(change).argmax(axis=2)
    moved = observed.of[factor]
    step = np.take_along_axis(change, factor[:, :, None], axis=2)[:, :, 0]
    many = np.bincount(observed.of, minlength=groups)[moved] > 1
    return moved, np.where(many, np.abs(step), step)


def _ends(observed: Observed, means: Floats) -> list[tuple[float, float]]:
    """Return, by group, the mean outcome where its factor is in the lowest and in the highest quarter of its range (nan for a group of several)."""
    found = []
    for g in range(len(observed.groups)):
        factors = np.flatnonzero(observed.of == g)
        if len(factors) != 1:
            found.append((math.nan, math.nan))
            continue
        x = observed.unit[:, factors[0]]
        low, high = (np.isfinite(means) & near for near in (x <= 0.25, x >= 0.75))
        found.append((_mean(means[low]), _mean(means[high])))
    return found


def _mean(values: Floats) -> float:
    """Return the mean, the same whatever the order; nan of none."""
    return math.fsum(values) / len(values) if len(values) else math.nan


def _by_scramble(observed: Observed, means: Floats) -> tuple[Floats, Floats]:
    """Return first and total indices of each scramble by itself."""
    found = [_indices(observed, means, np.flatnonzero(observed.scramble == s), 1, 0) for s in np.unique(observed.scramble)]
    return np.array([one.first for one in found]), np.array([one.total for one in found])


def _t_interval(values: Floats, confidence: float) -> tuple[Floats, Floats]:
    from scipy.special import stdtrit

    n = len(values)
    middle = values.mean(axis=0)
    half = stdtrit(n - 1, 0.5 + confidence / 2) * values.std(axis=0, ddof=1) / math.sqrt(n)
    return middle - half, middle + half


def _noise_floor(observed: Observed, whole: Indices, luck: Chance, replications: int) -> float:
    """Return the index that luck alone would give: of the residual over replications, which common random numbers do not cancel.

    Sobol: two means with independent residuals add residual^2 / (r V) to the total index. Morris: the mean absolute difference of two such means is
    residual sqrt(2 / r) sqrt(2 / pi), over the usual step.
    """
    if not math.isfinite(luck.residual):
        return float("nan")
    if observed.method == "sobol":
        return luck.residual**2 / (replications * whole.scale) if whole.scale else 0.0
    if observed.method == "morris":
        _, step = _steps(observed, observed.runs.mean(axis=1), None)
        return luck.residual * math.sqrt(2 / replications) * math.sqrt(2 / math.pi) / float(np.abs(step).mean())
    return float("nan")


def _second(observed: Observed, whole: Indices, tail: float) -> tuple[dict[str, Any], ...]:
    if whole.second is None or whole.second_drawn is None:
        return ()
    rows = []
    for i, one in enumerate(observed.groups):
        for j in range(i + 1, len(observed.groups)):
            if i in observed.dummies or j in observed.dummies:
                continue
            low, high = np.nanquantile(whole.second_drawn[:, i, j], [tail, 1 - tail]) if whole.scale else (float("nan"), float("nan"))
            rows.append({"first": one, "second": observed.groups[j], "s2": float(whole.second[i, j]), "s2_low": float(low), "s2_high": float(high)})
    return tuple(sorted(rows, key=lambda row: -abs(row["s2"]) if math.isfinite(row["s2"]) else 0.0))


def _convergence(observed: Observed, means: Floats, levers: list[int]) -> tuple[dict[str, Any], ...]:
    """Return the ranking index at the first eighth, quarter, half and all of the base rows."""
    names = np.unique(observed.base)
    steps = []
    for divisor in STEPS:
        n = len(names) // divisor
        if n < 2:
            continue
        rows = np.flatnonzero(np.isin(observed.base, names[:n]))
        try:
            found = _indices(observed, means, rows, 1, 0)
        except InputError:
            continue
        steps.append({"base_rows": n, "index": {observed.groups[g]: float(found.total[g]) for g in levers}})
    return tuple(steps)


def _open(observed: Observed, whole: Indices, order: list[int], confidence: float, top: int) -> tuple[dict[str, Any], ...]:
    """Return the neighbours among the top k (and the next) whose order is not settled, and how many base rows would settle it.

    The order of two is settled when the first is above the second in ``confidence`` of the resamples. Base rows needed: n (z s / d)^2, with the difference d
    and its bootstrap standard deviation s.
    """
    z = NormalDist().inv_cdf(confidence)
    rows = []
    for first, second in itertools.pairwise(order[: top + 1]):
        difference = whole.total_drawn[:, first] - whole.total_drawn[:, second]
        sure = float((difference > 0).mean())
        if sure >= confidence:
            continue
        gap, doubt = float(whole.total[first] - whole.total[second]), float(difference.std(ddof=1))
        needed = math.ceil(whole.used * (z * doubt / gap) ** 2) if gap > 0 else None
        rows.append({"first": observed.groups[first], "second": observed.groups[second], "probability": sure, "base_rows_needed": needed})
    return tuple(rows)
