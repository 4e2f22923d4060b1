"""Indicators of one run, by period and group of places."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass

import numpy as np

from zonesim.columns import Floats
from zonesim.indicators.measures import END_OF_PERIOD, MEASURES, SCORES, Measures, Observer
from zonesim.indicators.register import DERIVED, INDICATORS
from zonesim.units import QUARTER, YI


def periods(start: int, n_quarters: int) -> Iterator[tuple[str, slice, float]]:
    """Yield (label, quarters of the run, length in years) of each quarter and of each full year."""
    for t in range(n_quarters):
        quarter = start + t
        yield f"{quarter // 4}Q{quarter % 4 + 1}", slice(t, t + 1), QUARTER
    first = -start % 4
    for t in range(first, n_quarters - 3, 4):
        yield str((start + t) // 4), slice(t, t + 4), 1.0


def aggregate(cube: Floats, membership: Floats, window: slice) -> Floats:
    """Add measures over groups of places and the quarters of a period: ``[n_measures, n_groups]``."""
    stock = np.array([name in END_OF_PERIOD for name in MEASURES])
    by_place = np.where(stock[:, None], cube[window.stop - 1], cube[window].sum(axis=0))
    return np.asarray((by_place[:, :, None] * membership[None, :, :]).sum(axis=1))


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
    keys, membership = observer.groups, observer.membership
    labels: list[str] = []
    ids = [*INDICATORS, *DERIVED]
    at = {name: k for k, name in enumerate(ids)}
    yearly: dict[int, Floats] = {}
    zone_rows = [g for g, (level, _) in enumerate(keys) if level == "zone"]
    blocks = []
    for label, window, years in periods(observer.start, observer.seen):
        if wanted is not None and label not in wanted and (years < 1.0 or str(int(label) + 1) not in wanted):  # growth needs the year before
            continue
        labels.append(label)
        m = Measures(aggregate(observer.cube, membership, window)[None], years, observer.inspection)
        block = np.full((len(ids), len(keys)), np.nan)
        for i, (name, entry) in enumerate(INDICATORS.items()):
            if i == 0 or asked is None or name in asked:  # growth is that of the first, GDP
                block[i] = entry.compute(m)[0]
        for name in paid:
            block[at[name], zone_rows] = paid[name][window].sum(axis=0) / (YI if name == "tax_returned" else 1.0)
        last = observer.scores[window.stop - 1]
        for name, column in (
            ("evaluation_score", "score"),
            ("evaluation_rank", "province_rank"),
            ("evaluation_rank_city", "rank"),
            ("zone_level", "level"),
            ("national_rank", "national_rank"),
            ("tax_return_owed", "return_owed"),
        ):
            block[at[name], zone_rows] = last[:, SCORES.index(column)]
        evaluated = block[at["evaluation_rank"]] > 0  # merged committees have no evaluation, and before the first nobody has one
        for name in ("evaluation_score", "evaluation_rank", "evaluation_rank_city"):
            block[at[name]] = np.where(evaluated, block[at[name]], np.nan)
        block[at["national_rank"]] = np.where(block[at["national_rank"]] > 0, block[at["national_rank"]], np.nan)
        debt = SCORES.index("platform_debt")
        debt_before = observer.scores[max(window.start - 1, 0), :, debt]
        block[at["new_debt"], zone_rows] = (last[:, debt] - debt_before) / YI
        if years == 1.0:
            yearly[int(label)] = block[0]
            before = yearly.get(int(label) - 1)
            if before is not None:
                growth = 100 * (np.divide(block[0], before, out=np.full_like(before, np.nan), where=before > 0) - 1)
                block[at["gdp_growth"]] = growth
                block[at["growth_premium_over_city"]] = growth - growth[-1]
        blocks.append(block)
    cube = np.stack(blocks)
    known = ~np.isnan(cube)
    period, which, group = np.nonzero(known)
    return Series(
        tuple(labels),
        tuple(keys),
        tuple(ids),
        period.astype(np.int16),
        group.astype(np.int16),
        which.astype(np.int16),
        cube[known],
    )
