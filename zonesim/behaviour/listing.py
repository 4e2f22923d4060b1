"""Listing on a stock exchange (上市)."""

from __future__ import annotations

from typing import Any

from zonesim import draws
from zonesim.columns import Array, Floats
from zonesim.compiled import kernel, rule
from zonesim.parameters import Parameters, parameter
from zonesim.world import World
from zonesim.world.enterprises import Stage

OPERATING = int(Stage.OPERATING)


class ListingParameters(Parameters, name="listing"):
    """Who can list, and how many do."""

    sales: float = parameter(
        30_000.0,
        low=5_000.0,
        high=100_000.0,
        unit="10k CNY/yr",
        doc="least sales",
        source="assumption: main-board rules ask 300 million CNY over three years; listed industrial enterprises are larger",
        zh="上市收入门槛",
    )
    margin: float = parameter(0.1, low=0.0, high=0.4, unit="share of value added", doc="least profit", source="assumption", zh="上市利润率门槛")
    growth: float = parameter(0.05, low=-0.1, high=0.5, unit="1/yr", doc="least growth of taxes paid", source="assumption", zh="上市成长门槛")
    age: float = parameter(3.0, low=3.0, high=10.0, unit="years", doc="least age", source="rules of the exchanges: three full years", zh="上市年限")
    rate: float = parameter(
        0.01,
        low=0.0,
        high=0.3,
        unit="1/yr",
        doc="eligible enterprises that list",
        source="assumption: Gansu's listed companies rose from about 25 to 35 in 2014 to 2020 (from memory)",
        zh="上市概率",
    )
    raised: float = parameter(0.15, low=0.05, high=0.5, unit="share of capital", doc="money raised at the listing", source="assumption", zh="上市募资")


@rule
def can_list(sales: Any, margin: Any, growth: Any, age: Any, least_sales: Any, least_margin: Any, least_growth: Any, least_age: Any) -> Any:
    """Tell whether an enterprise is large, profitable, growing and old enough to list.

    >>> can_list(5e4, 0.2, 0.1, 4.0, 3e4, 0.1, 0.05, 3.0), can_list(5e4, 0.2, 0.0, 4.0, 3e4, 0.1, 0.05, 3.0)
    (True, False)
    """
    return sales >= least_sales and margin >= least_margin and growth >= least_growth and age >= least_age


@kernel
def _list(
    n: int, seed: Any, quarter: int, identity: Array, stage: Array, place: Array, industry: Array, weight: Array, founded: Array, capital: Floats,
    debt: Floats, made: Floats, profit: Floats, tax_now: Array, tax_before: Array, listed: Array, ratio: Floats, numbers: Floats,
    investment: Floats, repaid: Floats, raised: Floats,
) -> None:  # fmt: skip
    least_sales, least_margin, least_growth, least_age, rate, part = numbers
    for i in range(n):
        if listed[i] or stage[i] != OPERATING or made[i] <= 0.0 or tax_before[i] <= 0.0 or weight[i] > 1:
            continue
        p, j = place[i], industry[i]
        age = (quarter - founded[i]) / 4.0
        if not can_list(
            4.0 * made[i] / ratio[j], profit[i] / made[i], tax_now[i] / tax_before[i] - 1.0, age, least_sales, least_margin, least_growth, least_age
        ):
            continue
        if draws.uniform(seed, draws.LISTING, quarter, identity[i], 0) >= rate:
            continue
        listed[i] = True
        money = part * capital[i]
        back = min(debt[i], money)
        debt[i] -= back
        repaid[p] += back
        raised[p] += money
        capital[i] += money - back
        investment[p, j] += money - back


def list_enterprises(world: World, parameters: ListingParameters) -> None:
    """Let large, profitable, growing enterprises list, at the close of a year.

    The money raised repays the bank first and is invested after that.

    Draws: LISTING by identity.
    """
    e, f = world.enterprises, world.flows
    _list(
        e.n, draws.seed_key(world.seed), world.quarter, e.id, e.stage, e.place, e.industry, e.weight, e.founded, e.capital, e.debt, e.value_added,
        e.profit, e.tax_this_year, e.tax_last_year, e.listed, world.industries.value_added_ratio, parameters.vector, f.investment, f.repaid,
        f.listing_raised,
    )  # fmt: skip
