"""Paired effects, gross and net, and costs."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd

from zonesim.accounts.payments import NATURES, Nature

LEVEL = 0.95  #: of intervals
PAIRED = ("baseline", "reform", "effect", "low", "high", "share_gain", "variance_ratio")
ABOVE = ("centre", "province", "city", "county")
ZONES = ("zone", "platform")
GOVERNMENT = (*ABOVE, *ZONES, "fund")
SUPPORT = "support passed on to zones and enterprises"
TO_ZONES, TO_ENTERPRISES, HANDED_ON, HANDED_BACK, WITHIN = "to_zones", "to_enterprises", "handed_on", "handed_back", "within"


def wide(indicators: pd.DataFrame, scenario: str) -> pd.DataFrame:
    """Return one scenario's values as a table: rows (level, place, indicator, period, unit), columns replications."""
    mine = indicators[indicators["scenario"] == scenario]
    keys = ["level", "place", "indicator", "period", "unit"]
    codes = [mine[key].astype("category") for key in keys]
    flat = np.zeros(len(mine), dtype=np.int64)
    for code in codes:
        flat = flat * len(code.cat.categories) + code.cat.codes.to_numpy()
    unique, first, inverse = np.unique(flat, return_index=True, return_inverse=True)
    replications = np.sort(mine["replication"].unique())
    table = np.full((len(unique), len(replications)), np.nan)
    table[inverse, np.searchsorted(replications, mine["replication"].to_numpy())] = mine["value"].to_numpy()
    index = pd.MultiIndex.from_arrays([np.asarray(code.astype(str))[first] for code in codes], names=keys)
    return pd.DataFrame(table, index=index, columns=replications)


def paired_effects(indicators: pd.DataFrame, baseline: str, reform: str) -> pd.DataFrame:
    """Return reform less baseline, replication by replication: mean, t interval, share of gains, gain of pairing.

    effect +- t(n - 1) sd / sqrt n of the paired differences; ``variance_ratio`` = (var b + var r) / var(r - b), how many times more
    independent seeds would scatter. A null policy gives exactly 0 with interval [0, 0]. Where a value is missing in some runs (nobody was admitted), a row
    is of the pairs in which both have it, and ``n`` is their number; a row without such a pair is left out.
    """
    b, r = wide(indicators, baseline), wide(indicators, reform)
    b, r = b.align(r, join="inner")
    before, after = b.to_numpy(), r.to_numpy()
    both = ~(np.isnan(before) | np.isnan(after))
    found = {int(n): _paired(before, after, both, n) for n in np.unique(both.sum(axis=1)) if n}
    table = b.index.to_frame(index=False)
    for name in PAIRED:
        table[name] = np.nan
    table["n"] = both.sum(axis=1)
    for rows, columns in found.values():
        table.loc[rows, list(PAIRED)] = columns
    table = table[table["n"] > 0].reset_index(drop=True)
    return table[["place", "level", "indicator", "period", "baseline", "reform", "effect", "low", "high", "n", "unit", "share_gain", "variance_ratio"]]


def _paired(before: np.ndarray, after: np.ndarray, both: np.ndarray, n: int) -> tuple[np.ndarray, np.ndarray]:
    """Return which rows have ``n`` whole pairs, and their figures in the order of PAIRED."""
    rows = both.sum(axis=1) == n
    before, after = before[rows][both[rows]].reshape(-1, n), after[rows][both[rows]].reshape(-1, n)
    difference = after - before
    effect = difference.mean(axis=1)
    if n > 1:
        spread = difference.std(axis=1, ddof=1)
        half = half_width(spread, n, LEVEL)
        alone = before.var(axis=1, ddof=1) + after.var(axis=1, ddof=1)
        ratio = np.divide(alone, spread**2, out=np.full(len(spread), np.nan), where=spread > 0)
    else:
        half = np.full(len(effect), np.nan)
        ratio = half.copy()
    return rows, np.stack([before.mean(axis=1), after.mean(axis=1), effect, effect - half, effect + half, (difference > 0).mean(axis=1), ratio], axis=1)


def half_width(spread: Any, n: int, level: float) -> Any:
    """Return t(n - 1) sd / sqrt n: half of the interval of a mean of n values that scatter by ``spread``."""
    from scipy.special import stdtrit  # a quarter of a second, which a run of one scenario does without

    return stdtrit(n - 1, 0.5 + level / 2) * spread / np.sqrt(n)


def mean_interval(values: np.ndarray, level: float = LEVEL) -> tuple[float, float, float]:
    """Return mean and t interval over replications; the interval is not a number for fewer than two."""
    n = len(values)
    mean = float(values.mean())
    if n < 2:
        return mean, float("nan"), float("nan")
    half = float(half_width(values.std(ddof=1), n, level))
    return mean, mean - half, mean + half


def ratio_interval(above: np.ndarray, below: np.ndarray) -> tuple[float, float, float]:
    """Return the ratio of two means over replications with Fieller's interval; nothing of it is a number where the interval of the divisor covers 0.

    The interval holds every r for which the mean of ``above - r below`` cannot be told from zero, so that it takes the few runs there are for what they
    are (a bootstrap of two runs never leaves their two ratios). It is one stretch exactly where the divisor can be told from zero.

    >>> [round(one, 3) for one in ratio_interval(np.array([2.0, 2.2, 1.8]), np.array([1.0, 1.0, 1.0]))] == [round(one, 3) for one in mean_interval(np.array([2.0, 2.2, 1.8]))]
    True
    >>> ratio_interval(np.array([1.0, 2.0]), np.array([-1.0, 2.0]))
    (nan, nan, nan)
    """
    n = len(below)
    if n < 2:
        return float("nan"), float("nan"), float("nan")
    a, b = float(above.mean()), float(below.mean())
    one, other = above - a, below - b
    t2 = float(half_width(1.0, n, LEVEL)) ** 2 / (n - 1)  # times a sum of products: t squared times the (co)variance of means
    aa, ab, bb = a * a - t2 * float((one * one).sum()), a * b - t2 * float((one * other).sum()), b * b - t2 * float((other * other).sum())
    if bb <= 0:
        return float("nan"), float("nan"), float("nan")
    root = math.sqrt(max(0.0, ab * ab - aa * bb))
    return a / b, (ab - root) / bb, (ab + root) / bb


def gross_to_net(indicators: pd.DataFrame, baseline: str, reform: str, zone: str, city: str, first_year: int, last_year: int) -> pd.DataFrame:
    """Return how many jobs the reform brought to a zone, gross and net, added up over years.

    For the zone: jobs of newly founded, expanded, moved-in and outside enterprises under the reform (gross; who moves between its own parks comes from
    nowhere else and leaves for nowhere else, and is in neither gains nor losses), of which the baseline has its
    own (deadweight: would have come anyway); what is left is the zone's gain. The change elsewhere is the region's gain less the
    zone's: below zero it is displacement, above it a gain elsewhere, which displaces nothing.
    """
    b, r = wide(indicators, baseline), wide(indicators, reform)
    years = [str(y) for y in range(first_year, last_year + 1)]

    def total(table: pd.DataFrame, level: str, place: str, name: str) -> np.ndarray:
        rows = table[
            (table.index.get_level_values("level") == level)
            & (table.index.get_level_values("place") == place)
            & (table.index.get_level_values("indicator") == name)
            & table.index.get_level_values("period").isin(years)
        ]
        return np.asarray(rows.to_numpy().sum(axis=0))

    gains = {"new": "jobs_new", "expanded": "jobs_expanded", "from outside": "jobs_from_outside", "moved inside": "jobs_moved_inside"}
    losses = {"contracted": "jobs_contracted", "closed": "jobs_lost_exit", "moved out": "jobs_moved_out"}
    rows: list[dict[str, Any]] = []

    def add(component: str, values: np.ndarray) -> None:
        mean, low, high = mean_interval(values)
        rows.append({"zone": zone, "component": component, "value": mean, "low": low, "high": high, "unit": "jobs", "years": f"{years[0]}-{years[-1]}"})

    def of_zone(table: pd.DataFrame, key: str) -> np.ndarray:
        moved = key in ("jobs_moved_inside", "jobs_moved_out")
        return total(table, "zone", zone, key) - (total(table, "zone", zone, "jobs_moved_within") if moved else 0.0)

    gross = np.zeros(r.shape[1])
    anyway = np.zeros(r.shape[1])
    for name, key in gains.items():
        reform_jobs, baseline_jobs = of_zone(r, key), of_zone(b, key)
        gross += reform_jobs
        anyway += baseline_jobs
        add(f"gross: {name}", reform_jobs)
        add(f"would have come anyway: {name}", baseline_jobs)
    lost = sum((of_zone(r, k) - of_zone(b, k) for k in losses.values()), np.zeros(r.shape[1]))
    add("gross", gross)
    add("deadweight", anyway)
    add("more lost in the zone", lost)
    last = years[-1]
    gain_zone = _level(r, "zone", zone, "employment", last) - _level(b, "zone", zone, "employment", last)
    gain_city = _level(r, "city", city, "employment", last) - _level(b, "city", city, "employment", last)
    add("gain of the zone", gain_zone)
    add("change elsewhere in the region", gain_city - gain_zone)
    add("net gain of the region", gain_city)
    return pd.DataFrame(rows)


def _level(table: pd.DataFrame, level: str, place: str, name: str, period: str) -> np.ndarray:
    return np.asarray(table.xs((level, place, name, period), level=("level", "place", "indicator", "period")).to_numpy()[0])


def counted(payer: str, payee: str, kind: str) -> str:
    """Return how a public payment stands in public support: the way that support goes, or what the payment is otherwise.

    Args:
        payer: kind of account.
        payee: kind of account.
        kind: of payment.

    >>> counted("province", "zone", "higher_grant"), counted("zone", "enterprises", "refund"), counted("zone", "city", "tax_return_clawback")
    ('to_zones', 'handed_on', 'handed_back')
    >>> counted("zone", "platform", "debt_support"), counted("city", "fund", "fund_capital"), counted("platform", "market", "infrastructure")
    ('within', 'financing', 'spending')
    """
    nature = NATURES.get(kind, Nature.SPENDING)
    if nature is not Nature.SUPPORT:
        return str(nature.value)
    if payee == "enterprises":
        return HANDED_ON if payer in ZONES else TO_ENTERPRISES
    if payee in ZONES:
        return WITHIN if payer in ZONES else TO_ZONES
    return HANDED_BACK if payer in ZONES and payee in ABOVE else str(Nature.SHARING.value)


def passed_on(received: np.ndarray, given: np.ndarray) -> np.ndarray:
    """Return what would be counted twice: as much of what zones give more as they receive more, or of what they give less as they receive less.

    >>> passed_on(np.array([5.0, 5.0, -5.0, 5.0]), np.array([2.0, 9.0, -2.0, -2.0])).tolist()
    [2.0, 5.0, -2.0, 0.0]
    """
    return np.where(received * given > 0, np.sign(given) * np.minimum(np.abs(received), np.abs(given)), 0.0)


def costs(ledger: pd.DataFrame, baseline: str, reform: str, additional_jobs: np.ndarray, additional_value: np.ndarray) -> pd.DataFrame:
    """Return what the reform changes in public payments, by payer and kind, and per additional job and yuan of value added.

    Public support is what is declared so in ``zonesim.accounts.payments`` (handed over, not returned, nothing in exchange) and goes from governments
    (centre, province, city, counties) to zones (committees, platform companies) less what zones hand back, and from either to enterprises. A yuan that
    zones hand on out of what they receive is counted once, see :func:`passed_on`. The column ``counted`` says of each row whether it is in the sum;
    the other flows (sharing of taxes, financing, spending) stand beside it.

    A ratio is of means, its interval Fieller's, see :func:`ratio_interval`; it is not defined when the interval of what it is divided by covers 0.

    Args:
        additional_jobs: net jobs of the region by replication.
        additional_value: value added gained by the region over the years, 10k CNY, by replication.
    """
    runs = pd.Index(sorted(ledger["replication"].unique()))
    level = {side: ledger[side].astype(str).str.split(":").str[0] for side in ("payer", "payee")}
    public = level["payer"].isin(GOVERNMENT)
    mine = pd.DataFrame({"scenario": ledger["scenario"].astype(str), "replication": ledger["replication"], "kind": ledger["kind"].astype(str), **level, "amount": ledger["amount"]})[public]  # fmt: skip
    ways = mine[["payer", "payee", "kind"]].drop_duplicates()
    told = {way: counted(*way) for way in ways.itertuples(index=False, name=None)}
    mine["counted"] = [told[way] for way in zip(mine["payer"], mine["payee"], mine["kind"], strict=True)]
    sums = mine.groupby(["scenario", "replication", "payer", "kind", "counted"])["amount"].sum()
    table = sums.unstack(level=1, fill_value=0.0).reindex(columns=runs, fill_value=0.0)
    nothing = np.zeros(len(runs))
    rows = []
    moved = dict.fromkeys((TO_ENTERPRISES, TO_ZONES, HANDED_BACK, HANDED_ON), nothing)
    for key in sorted({(p, k, c) for _, p, k, c in table.index}):
        after, before = (table.loc[(one, *key)].to_numpy() if (one, *key) in table.index else nothing for one in (reform, baseline))
        difference = after - before
        if not difference.any():
            continue
        who, kind, way = key
        mean, low, high = mean_interval(difference)
        rows.append({"payer": who, "kind": kind, "counted": way, "value": mean, "low": low, "high": high, "unit": "10k CNY"})
        if way in moved:
            moved[way] = moved[way] + difference
    received, given = moved[TO_ZONES] - moved[HANDED_BACK], moved[HANDED_ON]
    twice = passed_on(received, given)
    if twice.any():
        mean, low, high = mean_interval(-twice)
        rows.append({"payer": "all", "kind": "passed on by zones, counted once", "counted": "once", "value": mean, "low": low, "high": high, "unit": "10k CNY"})
    support = moved[TO_ENTERPRISES] + received + given - twice
    mean, low, high = mean_interval(support)
    rows.append({"payer": "all", "kind": SUPPORT, "counted": "total", "value": mean, "low": low, "high": high, "unit": "10k CNY"})
    for name, divisor, unit in (("per additional job", additional_jobs, "10k CNY/job"), ("per yuan of value added", additional_value, "CNY/CNY")):
        value, low, high = ratio_interval(support, divisor)
        rows.append({"payer": "all", "kind": f"support {name}", "counted": "total", "value": value, "low": low, "high": high, "unit": unit})
    return pd.DataFrame(rows)
