"""Buy-back of factories (厂房回购): the platform company buys buildings of indebted enterprises and lets them back."""

from __future__ import annotations

import math
from typing import Any

from zonesim import draws
from zonesim.behaviour.investment import InvestmentParameters, debt_limit
from zonesim.columns import Array, Floats
from zonesim.compiled import kernel, rule
from zonesim.parameters import Parameters, parameter
from zonesim.terms import Terms
from zonesim.units import QUARTER
from zonesim.world import World
from zonesim.world.enterprises import Stage

OPERATING = int(Stage.OPERATING)


class BuybackParameters(Parameters, name="buyback"):
    """Who sells its factory."""

    buildings: float = parameter(
        0.25, low=0.1, high=0.5, unit="share of capital", doc="buildings in the capital of an industrial enterprise", source="assumption", zh="厂房占资本"
    )
    strain: float = parameter(
        0.7, low=0.2, high=1.0, unit="share of the debt limit", doc="debt from which an enterprise would sell", source="assumption", zh="出售门槛"
    )
    rate: float = parameter(0.3, low=0.0, high=1.0, unit="1/yr", doc="indebted enterprises that offer their factory", source="assumption", zh="出售意愿")


@rule
def factory_sold(capital: Any, buildings: Any, part: Any, price: Any) -> Any:
    """Return the m2 of floor that are sold: buildings in the capital, cut to the buyer's means, at the price of new floor.

    >>> factory_sold(1000.0, 0.25, 0.5, 0.16)
    781
    """
    return int(math.floor(part * buildings * capital / price))


@kernel
def _buy(
    n: int, seed: Any, quarter: int, identity: Array, stage: Array, place: Array, industry: Array, weight: Array, capital: Floats,
    employment: Array, debt: Floats, floor: Array, zone: Array, on: Floats, industrial: Floats, room: Floats, price: float, small: float,
    large: float, numbers: Floats, factory: Array, let: Array, bought: Floats, repaid: Floats, dividends: Floats, wish: Floats,
) -> None:  # fmt: skip
    buildings, strain, rate = numbers
    chance = 1.0 - (1.0 - rate) ** QUARTER
    for again in range(2):
        for i in range(n):
            p = place[i]
            z = zone[p]
            if stage[i] != OPERATING or z < 0 or on[z] <= 0 or floor[i] > 0 or industrial[industry[i]] <= 0:
                continue
            if debt[i] < strain * debt_limit(capital[i], employment[i] / weight[i], small, large):
                continue
            if draws.uniform(seed, draws.BUYBACK, quarter, identity[i], 0) >= chance:
                continue
            if again == 0:
                wish[z] += buildings * capital[i]
                continue
            area = factory_sold(capital[i], buildings, min(1.0, room[z] / wish[z]), price)
            if area <= 0:
                continue
            paid = area * price
            back = min(debt[i], paid)
            debt[i] -= back
            repaid[p] += back
            dividends[p] += paid - back
            bought[p] += paid
            floor[i] += area
            factory[p] += area
            let[p] += area


def buy_back(world: World, terms: Terms, parameters: BuybackParameters, investment: InvestmentParameters, room: Floats, price: float) -> None:
    """Let platform companies buy factories of indebted enterprises in their parks, within their room for debt.

    An enterprise whose debt is near its limit sells its buildings at the cost of new floor, repays the bank, gives the rest to its owners, and
    rents them from then on; it can borrow and invest again.

    Draws: BUYBACK by identity.
    """
    e, f, places = world.enterprises, world.flows, world.places
    _buy(
        e.n, draws.seed_key(world.seed), world.quarter, e.id, e.stage, e.place, e.industry, e.weight, e.capital, e.employment, e.debt, e.floor,
        places.zone, terms["factory_buyback"], world.industries.is_industrial, room, price, investment.credit_small, investment.credit_large,
        parameters.vector, places.factory, places.factory_let, f.factory_purchases, f.repaid, f.dividends, room * 0.0,
    )  # fmt: skip
