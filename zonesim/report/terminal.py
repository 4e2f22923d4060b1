"""The summary in words and as a table for the terminal."""

from __future__ import annotations

import pandas as pd

from zonesim.report.components import component
from zonesim.report.sampled import not_read
from zonesim.report.texts import say
from zonesim.report.words import FEW, number
from zonesim.results import Results

TABLED = ("gdp", "va_secondary", "va_tertiary", "fixed_asset_investment", "employment", "tax_revenue", "hightech_va", "infra_stock", "tax_returned")
SHOWN = ("gdp", "va_secondary", "va_tertiary", "employment", "enterprises", "tax_revenue", "fixed_asset_investment")  #: of a run by itself
QUARTERS = 8  #: that fit into a line
SPOKEN = ("gdp", "employment", "fixed_asset_investment", "tax_revenue")


def summary(results: Results) -> str:
    """Return the tables of effects (last year) and targets as text."""
    lines: list[str] = [said, ""] if (said := not_read([results.run], "en")) else []
    effects, targets = results.effects, results.targets
    city = results.run["region"]["id"]
    zone = str(targets["place"].iloc[0]) if targets is not None and len(targets) else city
    if effects is not None:
        years = sorted(p for p in effects["period"].astype(str).unique() if "Q" not in p)
        year = years[-1] if years else str(effects["period"].iloc[-1])
        for scenario in effects["scenario"].unique():
            lines += [*_effects(effects[effects["scenario"] == scenario], str(scenario), (zone, city), years, year), ""]
    if targets is not None and len(targets):
        lines += ["", "Targets: probability of meeting each, Wilson 95 % interval"]
        lines.append(f"{'scenario':<12}{'indicator':<26}{'target':>10}{'mean':>10}{'probability':>13}{'low':>8}{'high':>8}")
        for r in targets.itertuples():
            lines.append(
                f"{r.scenario:<12}{r.indicator:<26}{number(r.target):>10}{number(r.mean) if r.indicator != 'all targets' else '':>10}{r.probability:>13.2f}{r.low:>8.2f}{r.high:>8.2f}"
            )
    for scenario, net in results.net.groupby("scenario", sort=False) if results.net is not None else ():
        lines += ["", f"Jobs, gross to net: {scenario}"]
        for r in net.itertuples():
            if ":" not in r.component:
                lines.append(f"{component(r.component, r._asdict(), 'en'):<40}{number(r.value):>10}  ({number(r.low)} to {number(r.high)})")
    if effects is None and len(results.indicators):
        lines += _levels(results.indicators, city)
    lines.append("")
    return "\n".join(lines)


def _levels(table: pd.DataFrame, city: str) -> list[str]:
    """Return the table of a run by itself: whole years, or quarters where it has no whole year."""
    every = sorted(table["period"].astype(str).unique())
    periods = [p for p in every if "Q" not in p] or every[-QUARTERS:]
    mine = table[(table["place"] == city) & table["period"].astype(str).isin(periods)]
    names = mine["indicator"].astype(str)
    means = mine.groupby([names, mine["period"].astype(str)])["value"].mean().unstack()
    units = mine["unit"].astype(str).groupby(names).first()
    lines = [f"{'indicator':<28}" + "".join(f"{p:>11}" for p in periods) + f"  {'unit':<14}{city}, mean of replications"]
    for name in SHOWN:
        if name in means.index:
            lines.append(f"{name:<28}" + "".join(f"{number(means.loc[name, p]):>11}" for p in periods) + f"  {units[name]}")
    return lines


def _effects(effects: pd.DataFrame, scenario: str, places: tuple[str, ...], years: list[str], year: str) -> list[str]:
    """Return the table of one scenario's effects in the last year."""
    n = int(effects["n"].iloc[0])
    lines = [f"Effects in {year}: {scenario} less baseline, mean of {n} pairs, 95 % interval"]
    if 1 < n < FEW:
        lines.append(say("summary.few", "en"))
    lines.append(f"{'place':<10}{'indicator':<26}{'baseline':>12}{'reform':>12}{'effect':>12}{'low':>12}{'high':>12}  unit")
    for place in dict.fromkeys(places):
        for name in TABLED:
            row = effects[(effects["place"] == place) & (effects["indicator"] == name) & (effects["period"] == year)]
            label = name
            if name == "tax_returned" and len(years):  # a measure of a few years: its largest, not the last
                every = effects[(effects["place"] == place) & (effects["indicator"] == name) & effects["period"].astype(str).isin(years)]
                row = every.sort_values("reform", ascending=False, kind="stable").head(1)
                label = f"{name} ({row['period'].iloc[0]})" if len(row) else name
            for r in row.itertuples():
                numbers = "".join(f"{number(v):>12}" for v in (r.baseline, r.reform, r.effect, r.low, r.high))
                lines.append(f"{place:<10}{label:<26}{numbers}  {r.unit}")
    return lines
