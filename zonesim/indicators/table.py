"""Indicators of one run, by period and group of places."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from zonesim.columns import Floats
from zonesim.indicators.measures import END_OF_PERIOD, MEASURES, SCORES, Measures, Observer
from zonesim.indicators.register import DERIVED, INDICATORS
from zonesim.units import QUARTER, YI

SAID = {
    "evaluation_score": "score", "evaluation_rank": "province_rank", "evaluation_rank_city": "rank",
    "zone_level": "level", "national_rank": "national_rank", "tax_return_owed": "return_owed",
}  # fmt: skip
"""Indicators that stand in the scores of the last evaluation, and their columns there."""


def periods(start: int, n_quarters: int) -> Iterator[tuple[str, slice, float]]:
    """Yield (label, quarters of the run, length in years) of each quarter and of each full year."""
    for t in range(n_quarters):
        quarter = start + t
        yield f"{quarter // 4}Q{quarter % 4 + 1}", slice(t, t + 1), QUARTER
    first = -start % 4
    for t in range(first, n_quarters - 3, 4):
        yield str((start + t) // 4), slice(t, t + 4), 1.0


def aggregate(cube: Floats, membership: Floats, windows: Sequence[slice]) -> Floats:
    """Add measures over groups of places and the quarters of each period: ``[n_periods, n_measures, n_groups]``."""
    stock = np.array([name in END_OF_PERIOD for name in MEASURES])
    by_place = np.stack([np.where(stock[:, None], cube[window.stop - 1], cube[window].sum(axis=0)) for window in windows])
    total = by_place[:, :, 0, None] * membership[0]
    for p in range(1, len(membership)):
        total += by_place[:, :, p, None] * membership[p]
    return np.asarray(total)


@dataclass(frozen=True)
class Series:
    """Indicators of one run as flat arrays: codes into ``periods``, ``groups`` and ``indicators``, and values."""

    periods: tuple[str, ...]
    groups: tuple[tuple[str, str], ...]
    indicators: tuple[str, ...]
    period: np.ndarray
    group: np.ndarray
    indicator: np.ndarray
    value: Floats


def tabulate(observer: Observer, paid: dict[str, Floats], wanted: Container[str] | None = None, asked: Container[str] | None = None) -> Series:
    """Compute every indicator for every group and period of a run.

    Args:
        observer: the measures of the run.
        paid: money by quarter and committee that the ledger knows, ``[n_quarters, n_zones]`` in 10k CNY.
        wanted: labels of the periods that are asked for; None is all (a sweep reads a few, and tabulating them all is a fifth of a run).
        asked: ids of the indicators that are asked for; None is all (those that cost nothing are there anyway).
    """
    keys, ids, seen = observer.groups, [*INDICATORS, *DERIVED], list(periods(observer.start, observer.seen))
    if wanted is not None:  # growth needs the year before
        seen = [one for one in seen if one[0] in wanted or (one[2] == 1.0 and str(int(one[0]) + 1) in wanted)]
    cube = np.full((len(seen), len(ids), len(keys)), np.nan)
    for length in (QUARTER, 1.0):
        those = [k for k, (_, _, years) in enumerate(seen) if years == length]
        if those:
            m = Measures(aggregate(observer.cube, observer.membership, [seen[k][1] for k in those]), length, observer.inspection)
            for i, (name, entry) in enumerate(INDICATORS.items()):
                if i == 0 or asked is None or name in asked:  # growth is that of the first, GDP
                    cube[those, i] = entry.compute(m)
    _derive(cube, seen, observer, paid)
    for i, one in enumerate({**INDICATORS, **DERIVED}.values()):  # where it is the same whatever happens it is not given
        cube[:, i, [g for g, (level, _) in enumerate(keys) if level not in one.levels]] = np.nan
    known = ~np.isnan(cube)
    period, which, group = np.nonzero(known)
    return Series(
        tuple(label for label, _, _ in seen),
        tuple(keys),
        tuple(ids),
        period.astype(np.int16),
        group.astype(np.int16),
        which.astype(np.int16),
        cube[known],
    )


def moved_within(moves: np.ndarray, membership: Floats) -> Floats:
    """Return the persons whose enterprises moved from one place of a group to another of it, for each group.

    Args:
        moves: persons by place left and place moved to, ``[n_places, n_places]``.
        membership: 1 where a place is of a group, ``[n_places, n_groups]``.

    >>> moved_within(np.array([[0, 5, 7], [0, 0, 0], [2, 0, 0]]), np.array([[1.0, 1.0], [1.0, 1.0], [0.0, 1.0]])).tolist()
    [5.0, 14.0]
    """
    return np.asarray(((moves @ membership) * membership).sum(axis=0))


def _derive(cube: Floats, seen: Sequence[tuple[str, slice, float]], observer: Observer, paid: Mapping[str, Floats]) -> None:
    """Write the indicators that no function of the measures computes: payments, what evaluations said, debt, growth."""
    at = {name: k for k, name in enumerate([*INDICATORS, *DERIVED])}
    zone_rows = [g for g, (level, _) in enumerate(observer.groups) if level == "zone"]
    debt = SCORES.index("platform_debt")
    yearly: dict[int, Floats] = {}
    for block, (label, window, years) in zip(cube, seen, strict=True):
        for name in paid:
            block[at[name], zone_rows] = paid[name][window].sum(axis=0) / (YI if name == "tax_returned" else 1.0)
        last = observer.scores[window.stop - 1]
        for name, column in SAID.items():
            block[at[name], zone_rows] = last[:, SCORES.index(column)]
        evaluated = block[at["evaluation_rank"]] > 0  # merged committees have no evaluation, and before the first nobody has one
        for name in ("evaluation_score", "evaluation_rank", "evaluation_rank_city"):
            block[at[name]] = np.where(evaluated, block[at[name]], np.nan)
        block[at["national_rank"]] = np.where(block[at["national_rank"]] > 0, block[at["national_rank"]], np.nan)
        debt_before = observer.scores[max(window.start - 1, 0), :, debt]
        passed = observer.passed[max(window.start, 1) : window.stop].sum(axis=0)  # what was owed before, by another
        block[at["new_debt"], zone_rows] = (last[:, debt] - debt_before - passed) / YI
        block[at["jobs_moved_within"]] = moved_within(observer.moves[window].sum(axis=0), observer.membership)
        if years == 1.0:
            yearly[int(label)] = block[0]
            before = yearly.get(int(label) - 1)
            if before is not None:
                growth = 100 * (np.divide(block[0], before, out=np.full_like(before, np.nan), where=before > 0) - 1)
                block[at["gdp_growth"]] = growth
                block[at["growth_premium_over_city"]] = growth - growth[-1]
