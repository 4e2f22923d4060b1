"""Paired effects, gross and net, and costs."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

GOVERNMENT = ("centre", "province", "city", "county", "zone", "platform")


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


def paired_effects(indicators: pd.DataFrame, baseline: str, reform: str, level: float = 0.95) -> pd.DataFrame:
    """Return reform less baseline, replication by replication: mean, t interval, share of gains, gain of pairing.

    effect +- t(n - 1) sd / sqrt n of the paired differences; ``variance_ratio`` = (var b + var r) / var(r - b), how many times more
    independent seeds would scatter. A null policy gives exactly 0 with interval [0, 0].
    """
    b, r = wide(indicators, baseline), wide(indicators, reform)
    b, r = b.align(r, join="inner")
    before, after = b.to_numpy(), r.to_numpy()
    difference = after - before
    n = difference.shape[1]
    effect = difference.mean(axis=1)
    if n > 1:
        spread = difference.std(axis=1, ddof=1)
        half = half_width(spread, n, level)
        alone = before.var(axis=1, ddof=1) + after.var(axis=1, ddof=1)
        ratio = np.divide(alone, spread**2, out=np.full(len(spread), np.nan), where=spread > 0)
    else:
        half = np.full(len(effect), np.nan)
        ratio = half.copy()
    table = b.index.to_frame(index=False)
    table["baseline"], table["reform"], table["effect"] = before.mean(axis=1), after.mean(axis=1), effect
    table["low"], table["high"], table["n"] = effect - half, effect + half, n
    table["share_gain"] = (difference > 0).mean(axis=1)
    table["variance_ratio"] = ratio
    return table[["place", "level", "indicator", "period", "baseline", "reform", "effect", "low", "high", "n", "unit", "share_gain", "variance_ratio"]]


def half_width(spread: Any, n: int, level: float) -> Any:
    """Return t(n - 1) sd / sqrt n: half of the interval of a mean of n values that scatter by ``spread``."""
    from scipy.special import stdtrit  # a quarter of a second, which a run of one scenario does without

    return stdtrit(n - 1, 0.5 + level / 2) * spread / np.sqrt(n)


def mean_interval(values: np.ndarray, level: float = 0.95) -> tuple[float, float, float]:
    """Return mean and t interval over replications; the interval is not a number for fewer than two."""
    n = len(values)
    mean = float(values.mean())
    if n < 2:
        return mean, float("nan"), float("nan")
    half = float(half_width(values.std(ddof=1), n, level))
    return mean, mean - half, mean + half


def gross_to_net(indicators: pd.DataFrame, baseline: str, reform: str, zone: str, city: str, first_year: int, last_year: int) -> pd.DataFrame:
    """Return how many jobs the reform brought to a zone, gross and net, added up over years.

    For the zone: jobs of newly founded, expanded, moved-in and outside enterprises under the reform (gross), of which the baseline has its
    own (deadweight: would have come anyway); what is left is the zone's gain. What elsewhere in the region lost against its
    baseline is displacement; zone gain less displacement is the net gain of the region.
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

    gross = np.zeros(r.shape[1])
    anyway = np.zeros(r.shape[1])
    for name, key in gains.items():
        reform_jobs, baseline_jobs = total(r, "zone", zone, key), total(b, "zone", zone, key)
        gross += reform_jobs
        anyway += baseline_jobs
        add(f"gross: {name}", reform_jobs)
        add(f"would have come anyway: {name}", baseline_jobs)
    lost = sum((total(r, "zone", zone, k) - total(b, "zone", zone, k) for k in losses.values()), np.zeros(r.shape[1]))
    add("gross", gross)
    add("deadweight", anyway)
    add("more lost in the zone", lost)
    last = years[-1]
    gain_zone = _level(r, "zone", zone, "employment", last) - _level(b, "zone", zone, "employment", last)
    gain_city = _level(r, "city", city, "employment", last) - _level(b, "city", city, "employment", last)
    add("gain of the zone", gain_zone)
    add("displacement elsewhere in the region", gain_zone - gain_city)
    add("net gain of the region", gain_city)
    return pd.DataFrame(rows)


def _level(table: pd.DataFrame, level: str, place: str, name: str, period: str) -> np.ndarray:
    return np.asarray(table.xs((level, place, name, period), level=("level", "place", "indicator", "period")).to_numpy()[0])


def costs(ledger: pd.DataFrame, baseline: str, reform: str, additional_jobs: np.ndarray, additional_value: np.ndarray) -> pd.DataFrame:
    """Return what the reform changes in public payments, by payer and kind, and per additional job and yuan of value added.

    A ratio is of means, its interval by the percentile bootstrap over replications (2,000 resamples, fixed seed); it is not defined when the interval
    of what it is divided by covers 0.

    Args:
        additional_jobs: net jobs of the region by replication.
        additional_value: value added gained by the region over the years, 10k CNY, by replication.
    """
    payer = ledger["payer"].astype(str).str.split(":").str[0]
    public = ledger[payer.isin(GOVERNMENT)]
    level = payer[payer.isin(GOVERNMENT)]
    sums = public.groupby([public["scenario"].astype(str), public["replication"], level, public["kind"].astype(str)])["amount"].sum()
    table = sums.unstack(level=1, fill_value=0.0)
    rows = []
    total = np.zeros(table.shape[1])
    keys = sorted({(p, k) for _, p, k in table.index})
    for who, kind in keys:
        after = table.loc[(reform, who, kind)].to_numpy() if (reform, who, kind) in table.index else np.zeros(table.shape[1])
        before = table.loc[(baseline, who, kind)].to_numpy() if (baseline, who, kind) in table.index else np.zeros(table.shape[1])
        difference = after - before
        if not difference.any():
            continue
        mean, low, high = mean_interval(difference)
        rows.append({"payer": who, "kind": kind, "value": mean, "low": low, "high": high, "unit": "10k CNY"})
        if kind in (
            "tax_return",
            "refund",
            "equipment_subsidy",
            "relocation_subsidy",
            "idle_compensation",
            "enclave_share",
            "land_revenue",
            "retained_tax",
            "bespoke_grant",
        ):
            total += difference
    support = total
    mean, low, high = mean_interval(support)
    rows.append({"payer": "all", "kind": "support passed on to zones and enterprises", "value": mean, "low": low, "high": high, "unit": "10k CNY"})
    for name, divisor, unit in (("per additional job", additional_jobs, "10k CNY/job"), ("per yuan of value added", additional_value, "CNY/CNY")):
        _, d_low, d_high = mean_interval(divisor)
        if not (d_low > 0 or d_high < 0):
            rows.append({"payer": "all", "kind": f"support {name}", "value": np.nan, "low": np.nan, "high": np.nan, "unit": unit})
            continue
        pick = np.random.default_rng(0).integers(0, len(divisor), size=(2000, len(divisor)))
        ratios = support[pick].mean(axis=1) / divisor[pick].mean(axis=1)
        rows.append({"payer": "all", "kind": f"support {name}", "value": support.mean() / divisor.mean(), "low": np.quantile(ratios, 0.025),
                     "high": np.quantile(ratios, 0.975), "unit": unit})  # fmt: skip
    return pd.DataFrame(rows)
