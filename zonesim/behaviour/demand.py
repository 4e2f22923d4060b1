"""Demand: the trend and shocks of outside markets, and local demand out of local income."""

from __future__ import annotations

import math
from typing import Any

from zonesim import draws, quarters
from zonesim.columns import Floats
from zonesim.compiled import kernel, rule
from zonesim.parameters import Parameters, parameter
from zonesim.world import World

# Growth of national GDP at constant prices, per cent (National Bureau of Statistics yearbooks; from memory, unverified;
# 2024 on: assumption). It is only the shape over years: its pass-through is a parameter.
NATIONAL_GROWTH = {
    2013: 7.8, 2014: 7.4, 2015: 7.0, 2016: 6.8, 2017: 6.9, 2018: 6.7, 2019: 6.0, 2020: 2.2, 2021: 8.1, 2022: 3.0, 2023: 5.2,
    2024: 5.0, 2025: 5.0, 2026: 4.8,
}  # fmt: skip

BEFORE, LATER = 7.8, 4.5
"""Growth before the table begins (its first year), and after it ends (assumption)."""
LAST = max(NATIONAL_GROWTH)  #: year of the table
ASSUMED = 2024  #: first year whose growth is not published but assumed
SPAN = 4.0
"""Local sales rise to this many times the usual, or fall to one part of it, at most. Assumption: a guard, never met in the regions founded."""
LEAST_CAPACITY = 0.05
"""10k CNY a quarter that the capacity of local industries is divided by at least."""


def national_growth(year: int, more: float = 0.0) -> float:
    """Return national growth of a year as a share, with so many per cent more in years whose growth is assumed.

    >>> national_growth(2016), national_growth(2012), national_growth(2035)
    (0.068, 0.078, 0.045)
    >>> round(national_growth(2023, -1.0), 6), round(national_growth(2024, -1.0), 6)
    (0.052, 0.04)
    """
    return (NATIONAL_GROWTH.get(year, LATER if year > LAST else BEFORE) + (more if year >= ASSUMED else 0.0)) / 100.0


class DemandParameters(Parameters, name="demand"):
    """Markets outside and inside the region."""

    pass_through: float = parameter(
        1.1, low=0.0, high=1.6, unit="ratio", doc="growth of the region's value added relative to the nation's",
        source="assumption for Lanzhou: between 1.5 (2013 to 2016: 10.9 % a year) and 0.95 (first half of 2018: 6.5 %)", zh="相对全国增速",
    )  # fmt: skip
    productivity_part: float = parameter(
        0.5, low=0.3, high=0.8, unit="share", doc="of that growth, what is productivity at given inputs; capital and persons that follow it bring the rest",
        source="closed form: 1 - theta alpha - theta (1 - alpha) n/g with theta 0.8, capital share alpha one half and persons growing a quarter as fast (n/g)", zh="全要素部分",
    )  # fmt: skip
    national_spread: float = parameter(0.004, low=0.0, high=0.02, unit="sd of log per quarter", doc="national shock", source="assumption", zh="全国冲击")
    industry_spread: float = parameter(0.010, low=0.0, high=0.05, unit="sd of log per quarter", doc="shock of an industry", source="assumption", zh="行业冲击")
    persistence: float = parameter(0.9, low=0.0, high=0.99, unit="per quarter", doc="persistence of both shocks", source="assumption", zh="冲击持续性")
    own_county: float = parameter(
        0.6, low=0.0, high=1.0, unit="share", doc="part of local sales that follows the county's own income", source="assumption", zh="本县需求占比",
    )  # fmt: skip
    local_elasticity: float = parameter(
        0.5, low=0.0, high=1.0, unit="elasticity", doc="sales of local industries to income over capacity",
        source="assumption; judged by the local multiplier of 0.34 (Wang and Chanda 2016)", zh="本地需求弹性",
    )  # fmt: skip
    slump: float = parameter(
        0.0, low=0.0, high=0.9, unit="share", doc="fall of outside demand for tradables in a slump, for experiments with shocks", source="assumption: none usually",
        zh="需求下跌",
    )  # fmt: skip
    slump_year: float = parameter(2020.0, low=2000.0, high=2100.0, unit="year", doc="first year of the slump", source="assumption", zh="下跌起始年")
    slump_sector: float = parameter(
        0.0, low=0.0, high=100.0, unit="place in the list of industries, from 1", doc="the one industry that the slump meets; 0: all tradables",
        source="assumption: none usually", zh="下跌行业",
    )  # fmt: skip
    slump_years: float = parameter(1.0, low=0.0, high=20.0, unit="years", doc="length of the slump", source="assumption", zh="下跌年数")
    growth_later: float = parameter(
        0.0, low=-4.0, high=3.0, unit="per cent a year", doc="national growth of the years from 2024 on, above what is assumed (5.0, 5.0, 4.8, then 4.5)",
        source="assumption: the path as it stands", zh="后续年份全国增速调整",
    )  # fmt: skip


@rule
def _shock(seed: Any, quarter: int, national: float, national_spread: float, industry_spread: float, persistence: float, by_industry: Floats) -> float:
    for j in range(len(by_industry)):
        by_industry[j] = persistence * by_industry[j] + industry_spread * draws.normal(seed, draws.INDUSTRY_SHOCK, quarter, j, 0)
    return persistence * national + national_spread * draws.normal(seed, draws.NATIONAL_SHOCK, quarter, 0, 0)


@rule
def local_sales(wanted: Any, capacity: Any, elasticity: Any) -> Any:
    """Return sales of local industries relative to normal: (income / capacity)^k, the ratio between 1/4 and 4.

    >>> local_sales(1.21, 1.0, 0.5), local_sales(100.0, 1.0, 1.0)
    (1.1, 4.0)
    """
    return min(SPAN, max(1.0 / SPAN, wanted / max(capacity, LEAST_CAPACITY))) ** elasticity


@kernel
def _meet(
    seed: Any, quarter: int, national: float, national_spread: float, industry_spread: float, persistence: float, shock: Floats, slump: float, sector: int,
    trend: float, tradable: Floats, own_county: float, elasticity: float, income: Floats, opening: Floats, capacity: Floats, capacity_opening: Floats,
    outside: Floats, local: Floats, local_too: bool,
) -> float:  # fmt: skip
    """Set outside and local demand of the quarter; return the national shock that it has. ``slump`` is a log, of one sector (from 1) or of all (0)."""
    national = _shock(seed, quarter, national, national_spread, industry_spread, persistence, shock)
    counties, industries = local.shape
    for j in range(industries):
        log = national + slump + shock[j] if sector == 0 else national + (shock[j] + slump if j == sector - 1 else shock[j])
        outside[j] = trend * math.exp(log if tradable[j] > 0 else 0.0)
    if not local_too:
        return national
    now, before = 0.0, 0.0
    for c in range(counties):
        now += income[c] / trend
        before += opening[c]
    for c in range(counties):
        wanted = own_county * (income[c] / trend / opening[c]) + (1 - own_county) * (now / before)
        for j in range(industries):
            used = capacity[c, j] / (trend * max(capacity_opening[c, j], 1e-9))
            local[c, j] = 1.0 if tradable[j] > 0 else local_sales(wanted, used, elasticity)
    return national


def update_demand(world: World, parameters: DemandParameters) -> None:
    """Move demand on by one quarter.

    Outside demand of industry j: D_j = exp(pass_through * productivity_part * sum of national growth + s + s_j), s and s_j AR(1); in the years of a slump tradables
    meet 1 - slump of it (or those of one sector alone).
    Local demand of industry j in county c: [(w Y_c/Y_c0 + (1 - w) Y/Y0) / (C_cj / C_cj0)]^k, with last quarter's labour
    income Y and capacity C (value added at normal demand); Y is relative to the trend, which both sides share.

    Draws: NATIONAL_SHOCK by quarter, INDUSTRY_SHOCK by quarter and industry.
    """
    economy = world.economy
    if world.quarter > world.start:
        economy.trend *= math.exp(
            parameters.pass_through * parameters.productivity_part * national_growth(quarters.year(world.quarter), parameters.growth_later) / 4
        )
    counties = world.counties
    in_slump = parameters.slump_year <= world.quarter / 4 < parameters.slump_year + parameters.slump_years
    slump = math.log(1 - parameters.slump) if in_slump else 0.0
    sector = int(parameters.slump_sector)
    economy.national_shock = _meet(
        draws.seed_key(world.seed), world.quarter, economy.national_shock, parameters.national_spread, parameters.industry_spread,
        parameters.persistence, economy.industry_shock, slump, sector if 1 <= sector <= world.n_industries else 0, economy.trend,
        world.industries.is_tradable, parameters.own_county, parameters.local_elasticity, counties.income, counties.income_opening,
        economy.capacity, economy.capacity_opening, economy.outside_demand, economy.local_demand, world.quarter > world.start,
    )  # fmt: skip
