"""Ranking of levers: which matter for an outcome, how sure the order is, and what cannot be told from a lever that does nothing."""

from __future__ import annotations

import dataclasses
import itertools
import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from zonesim.columns import Array, Floats
from zonesim.errors import InputError
from zonesim.experiments import contrasts, fourier, luck, sensitivity
from zonesim.experiments.counted import counted
from zonesim.experiments.direction import directions, paired_ends
from zonesim.experiments.intervals import intervals_of, rank_span, t_interval, with_unevenness
from zonesim.experiments.luck import Chance
from zonesim.experiments.observed import Observed
from zonesim.experiments.repeats import repeats, widened
from zonesim.experiments.sensitivity import Indices
from zonesim.experiments.settled import LEAST_ROWS, nothing_told, open_pairs, open_signs

RANKED = ("sobol", "morris", "latin_hypercube", "fast", "factorial")
INDEX = {"sobol": "st", "morris": "mu_star", "latin_hypercube": "pawn", "fast": "st", "factorial": "me"}  #: what each design is ranked by
STEPS = (8, 4, 2, 1)  #: convergence is shown at the eighth, the quarter, the half and the whole of the base rows


@dataclass(frozen=True)
class Ranking:
    """Levers in order for one outcome.

    Attributes:
        rows: one for each lever (dummies left out): lever, s1, st, mu_star with their intervals, rank with its interval, distinguishable; noise is the
            index that luck alone would give it; stretch by how much mu_star is larger than the change over its range, because it has few levels (``Observed.stretch``); points_needed about how many points would tell it from the dummy (PAWN); effect the mean change of the outcome over its range, with its interval and sign (None: not settled); unordered whether it has no low and high end;
            at_low and at_high the mean outcomes where it is low and high, difference_low and difference_high the interval of their difference.
        second: pairs of levers with their second-order index and interval, where the design has them.
        chance: split of the variance of single runs.
        noise_floor: value of the ranking index that luck alone would give to a lever of mean noise.
        convergence: at parts of the base rows: n, and the ranking index of each lever.
        open_pairs: neighbours in the order of the top k that are not settled, with the base rows that would settle them.
        open_signs: those of the top k whose effect has no settled sign.
        mean: of the outcome over the design.
        nothing: where no lever can be told from the dummy or from luck, the one that comes nearest, why it cannot be told, and what would tell it; else None.
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
    open_signs: tuple[dict[str, Any], ...]
    used: int
    lost: int
    mean: float
    nothing: dict[str, Any] | None = None

    @property
    def settled(self) -> bool:
        """Whether the order of the top k is settled at the confidence asked for; nothing is where nothing can be told from the dummy, or base rows are few."""
        return not self.open_pairs and self.nothing is None and self.used >= LEAST_ROWS.get(self.method, 0)

    def record(self) -> dict[str, Any]:
        """Return plain values, for ``ranking.json`` (null where a number is not defined)."""
        return {
            "method": self.method, "ranked_by": self.index, "intervals": self.intervals, "levers": [_plain(row) for row in self.rows],
            "second_order": [_plain(row) for row in self.second],
            "noise_share": _number(self.chance.share), "noise_common": _number(self.chance.common), "noise_of_means": _number(self.chance.of_means), "noise_floor": _number(self.noise_floor),
            "base_rows_used": self.used, "base_rows_lost": self.lost, "mean": _number(self.mean),
            "settled": self.settled, "nothing": None if self.nothing is None else _plain(self.nothing), "open": [_plain(row) for row in self.open_pairs], "signs_settled": not self.open_signs and self.nothing is None,
            "open_signs": [_plain(row) for row in self.open_signs],
            "convergence": [{"base_rows": step["base_rows"], "index": {k: _number(v) for k, v in step["index"].items()}} for step in self.convergence],
        }  # fmt: skip


def _number(value: float) -> float | None:
    return float(value) if math.isfinite(value) else None


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return {key: _number(value) if isinstance(value, float) else value for key, value in row.items()}


def rank(
    observed: Observed, *, confidence: float = 0.95, top: int = 3, resamples: int = sensitivity.RESAMPLES, seed: int = 0, look: int | None = None
) -> Ranking:
    """Rank the levers of a design for one outcome.

    A lever is distinguishable when its index is above that of every dummy in ``confidence`` of the resamples, and the low end of its interval is
    above what luck alone would give it. What is not distinguishable is not ranked.

    Args:
        observed: the runs.
        confidence: of intervals and of the order.
        top: how many of the first are to be settled against the next.
        resamples, seed: of the bootstrap.
        look: the how manieth ranking of a design that is enlarged until it is settled: what is settled is then judged by :func:`error_of_look`.

    Raises:
        InputError: the design cannot be ranked, or no base row is complete.
    """
    if observed.method not in RANKED:
        raise InputError(f"a {observed.method!r} design cannot be ranked (designs that can: {', '.join(RANKED)})")
    means = observed.means
    by_luck = luck.of_runs(observed)
    whole = _indices(observed, None, resamples, seed)
    noise, ways, repeated = luck.noise(observed, whole.scale), directions(observed, resamples, seed), repeats(observed, whole.used)
    if observed.method in ("morris", "sobol"):
        squared = observed.method == "sobol"
        whole = dataclasses.replace(whole, total_drawn=np.maximum(widened(whole.total_drawn, repeated, whole, noise, seed, 791, squared), 0.0))
        ways = dataclasses.replace(ways, drawn=widened(ways.drawn, repeated, whole, np.full_like(noise, np.nan) if squared else noise, seed, 792, False))
    drawn = whole.total_drawn
    tail = (1 - confidence) / 2
    scrambled = _by_scramble(observed) if observed.method == "fast" or (len(np.unique(observed.scramble)) >= 3 and observed.method == "sobol") else None
    pairs = repeated.worth if observed.method in ("morris", "sobol") else None  # independent rows that the bootstrap has seen
    low, high = intervals_of(drawn, tail, pairs)
    intervals = f"bootstrap over {counted(observed.method)}"
    if observed.method == "factorial":
        intervals, (low, high) = "t with Lenth's pseudo standard error of the contrasts", contrasts.sizes(*intervals_of(ways.drawn, tail))
    if whole.null is not None:
        low, high = sensitivity.pawn_interval(whole, tail)
        intervals = "permuted outcomes below, bootstrap over points above"
    first_low = first_high = None
    if whole.first_drawn is not None:
        first_low, first_high = with_unevenness(*intervals_of(whole.first_drawn, tail, pairs), observed, ways.effect, whole.scale)
    if scrambled is not None:
        intervals = f"{len(scrambled[1])} independent scrambles (t)"
        first_low, first_high = t_interval(scrambled[0], confidence)
        low, high = t_interval(scrambled[1], confidence)
        if observed.method == "fast":
            intervals = fourier.LABEL.format(n=len(scrambled[1]), harmonics=observed.harmonics)
            first_low, first_high, low, high = fourier.with_leak(first_low, first_high / fourier.caught(observed), low, high, observed.dummies)
    low, high = (np.where(repeated.few, np.nan, end) for end in (low, high))
    levers = observed.levers
    best_dummy = drawn[:, list(observed.dummies)].max(axis=1) if observed.dummies else np.zeros(len(drawn))
    above = (drawn > best_dummy[:, None]).mean(axis=0)
    known = [g for g in levers if above[g] >= confidence and low[g] > (noise[g] if math.isfinite(noise[g]) else 0.0)]
    order = sorted(known, key=lambda g: (-whole.total[g], observed.groups[g]))
    span, way = rank_span(drawn[:, order], tail), intervals_of(ways.drawn, tail, pairs)
    middle = float(np.nanmean(means))
    ends, stretch = paired_ends(observed, middle, confidence), observed.stretch
    rows = []
    for g in sorted(levers, key=lambda g: (-whole.total[g], observed.groups[g])):
        k, name = order.index(g) if g in order else None, INDEX[observed.method]
        index = {f"{one}{end}": math.nan for one in INDEX.values() for end in ("", "_low", "_high")}
        index |= {name: float(whole.total[g]), f"{name}_low": float(low[g]), f"{name}_high": float(high[g])}
        rows.append({
            "lever": observed.groups[g],
            "s1": float(whole.first[g]) if whole.first is not None else math.nan,
            "s1_low": float(first_low[g]) if first_low is not None else math.nan,
            "s1_high": float(first_high[g]) if first_high is not None else math.nan, **index,
            "mu": float(whole.mean[g]) if whole.mean is not None else math.nan,
            "sigma": float(whole.spread[g]) if whole.spread is not None else math.nan, "noise": float(noise[g]), "stretch": float(stretch[g]),
            "rank": None if k is None else k + 1,
            "rank_low": None if k is None else int(span[0, k]), "rank_high": None if k is None else int(span[1, k]),
            "effect": float(ways.effect[g]), "effect_low": float(way[0][g]), "effect_high": float(way[1][g]), "sign": ways.sign(g, confidence) if g in order else None,
            "points_needed": None if g in order or observed.method != "latin_hypercube" else _points_to_tell(whole, g, best_dummy, confidence),
            "unordered": bool(observed.unordered[g]), "at_low": ends[g][0], "at_high": ends[g][1],
            "difference_low": ends[g][2], "difference_high": ends[g][3], "above_dummy": float(above[g]), "distinguishable": g in order, "pairs": int(repeated.distinct[g]) if observed.method in ("morris", "sobol") else None,
        })  # fmt: skip
    return Ranking(
        observed.method, INDEX[observed.method], intervals, tuple(rows), _second(observed, whole, tail), by_luck, luck.pooled(noise[levers], observed.method),
        _convergence(observed), open_pairs(observed, whole, order, confidence, top, look, repeated), open_signs(observed, ways, order[:top], confidence, look, repeated),
        whole.used, whole.lost, middle, nothing_told(observed, whole, noise, low, repeated, confidence) if not order else None,
    )  # fmt: skip


def _indices(observed: Observed, rows: Array | None, resamples: int, seed: int) -> Indices:
    """Return the indices of all rows, or of some."""
    if observed.method == "latin_hypercube":
        pick = np.arange(len(observed.means)) if rows is None else rows
        pick = pick[np.argsort(observed.rows[pick], kind="stable")]  # whatever the order in which the points are given
        good = np.isfinite(observed.means[pick])
        unit = np.stack([observed.unit[pick][good][:, observed.of == g][:, 0] for g in range(len(observed.groups))], axis=1)
        return sensitivity.pawn(unit, observed.means[pick][good], int((~good).sum()), resamples=min(resamples, 100), seed=seed)
    if observed.method == "fast":
        return fourier.fast(observed, resamples, seed)
    if observed.method == "factorial":
        return contrasts.factorial(observed, resamples, seed)
    table, lost = observed.table(observed.means, rows)
    if observed.method == "sobol":
        return sensitivity.sobol(table, lost, second_order=observed.second_order, resamples=resamples, seed=seed)
    moved, step = observed.steps(rows)
    return sensitivity.morris(table, lost, moved, step, resamples=resamples, seed=seed)


def _points_to_tell(whole: Indices, g: int, best_dummy: Floats, confidence: float) -> int | None:
    """Return about how many points would tell a factor of a PAWN ranking from the dummy; None where it is no more than the dummy itself.

    The distance that a dummy shows is luck and shrinks with the square root of the points; what is left of the factor's without it stays:
    n (q / i)^2 with the dummy's quantile q and i^2 the mean square of the index over the resamples less the dummy's (both are raised by resampling).
    """
    rest = float(whole.total_drawn[:, g].mean()) ** 2 - float(best_dummy.mean()) ** 2
    if rest <= 0:
        return None
    needed = whole.used * float(np.quantile(best_dummy, confidence)) ** 2 / rest
    return max(whole.used + 1, math.ceil(needed)) if needed <= sensitivity.MOST_ROWS else None


def _by_scramble(observed: Observed) -> tuple[Floats, Floats]:
    """Return first and total indices of each scramble by itself."""
    if observed.method == "fast":
        return fourier.by_scramble(observed)[:2]
    found = [_indices(observed, np.flatnonzero(observed.scramble == s), 1, 0) for s in np.unique(observed.scramble)]
    return np.array([one.first for one in found]), np.array([one.total for one in found])


def _second(observed: Observed, whole: Indices, tail: float) -> tuple[dict[str, Any], ...]:
    if whole.second is None or whole.second_drawn is None:
        return ()
    pairs = list(itertools.combinations(observed.levers, 2))
    drawn = np.stack([whole.second_drawn[:, i, j] for i, j in pairs], axis=1) if pairs else np.empty((2, 0))
    low, high = intervals_of(drawn, tail, np.full(len(pairs), float(whole.used))) if whole.scale else np.full((2, len(pairs)), np.nan)
    rows = [
        {"first": observed.groups[i], "second": observed.groups[j], "s2": float(whole.second[i, j]), "s2_low": float(low[k]), "s2_high": float(high[k])}
        for k, (i, j) in enumerate(pairs)
    ]
    return tuple(sorted(rows, key=lambda row: -abs(row["s2"]) if math.isfinite(row["s2"]) else 0.0))


def _convergence(observed: Observed) -> tuple[dict[str, Any], ...]:
    """Return the ranking index at the first eighth, quarter, half and all of the base rows."""
    if observed.method in ("fast", "factorial"):  # made as a whole
        return ()
    names = np.unique(observed.base)
    steps = []
    for divisor in STEPS:
        n = len(names) // divisor
        if n < 2:
            continue
        rows = np.flatnonzero(np.isin(observed.base, names[:n]))
        try:
            found = _indices(observed, rows, 1, 0)
        except InputError:
            continue
        steps.append({"base_rows": n, "index": {observed.groups[g]: float(found.total[g]) for g in observed.levers}})
    return tuple(steps)
