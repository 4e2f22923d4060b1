"""Sale of standard factories by floor, as far as the developer need not hold them itself (标准厂房分割转让)."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from zonesim import draws
from zonesim.columns import Array, Floats, Ints
from zonesim.compiled import kernel, rule
from zonesim.parameters import Parameters, parameter
from zonesim.terms import Terms
from zonesim.world import World
from zonesim.world.enterprises import Stage

OPERATING = int(Stage.OPERATING)


class FactorySaleParameters(Parameters, name="factory_sales"):
    """Who buys factory floor."""

    price: float = parameter(0.19, low=0.1, high=0.4, unit="10k CNY/m2", doc="price of a floor", source="assumption: cost and a fifth", zh="厂房售价")
    payback: float = parameter(
        4.0, low=1.0, high=10.0, unit="years of profit", doc="longest payback at which a tenant buys", source="assumption", zh="购房回收期"
    )
    willing: float = parameter(0.3, low=0.0, high=1.0, unit="probability/yr", doc="tenants that can pay and want to own", source="assumption", zh="购房意愿")
    speculators: float = parameter(
        0.15, low=0.0, high=0.6, unit="share/yr of vacant floor that may be sold", doc="empty floor bought by investors, who leave it empty",
        source="assumption", zh="投机购房",
    )  # fmt: skip


@rule
def saleable(stock: Any, sold: Any, hold: Any) -> Any:
    """Return the m2 that the developer may still sell: (1 - hold) of all it has built, less what it sold.

    >>> saleable(700, 300, 0.4)
    300
    """
    return max(0, int(math.floor((1.0 - hold) * (stock + sold))) - sold)


@kernel
def _sell(
    n: int, seed: Any, quarter: int, identity: Array, stage: Array, place: Array, capital: Floats, floor: Array, profit: Floats, hold: Floats,
    factory: Ints, let: Ints, sold: Ints, numbers: Floats, sales: Floats, speculation: Floats, dividends: Floats,
) -> None:  # fmt: skip
    price, payback, willing, speculators = numbers
    room = np.zeros(len(hold), dtype=np.int64)
    for p in range(len(hold)):
        room[p] = saleable(factory[p], sold[p], hold[p])
        m2 = min(room[p], int(speculators * (1.0 - hold[p]) * max(0, factory[p] - let[p])))
        if m2 > 0:
            room[p] -= m2
            factory[p] -= m2
            sold[p] += m2
            speculation[p] += price * m2
    for i in range(n):
        p = place[i]
        if stage[i] != OPERATING or floor[i] <= 0 or floor[i] > room[p]:
            continue
        cost = price * floor[i]
        if cost > payback * 4.0 * profit[i] or draws.uniform(seed, draws.FACTORY_SALE, quarter, identity[i], 0) >= willing:
            continue
        room[p] -= floor[i]
        factory[p] -= floor[i]
        let[p] -= floor[i]
        sold[p] += floor[i]
        capital[i] += cost
        sales[p] += cost
        dividends[p] -= cost
        floor[i] = 0


def sell_factories(world: World, terms: Terms, parameters: FactorySaleParameters) -> None:
    """Let platform companies sell floor once a year: to tenants that can pay out of a few years' profit, and to investors who leave it empty.

    What a tenant buys becomes its capital; it pays rent no more. The money repays the platform's debt and lets it build again.

    Draws: FACTORY_SALE by identity.
    """
    hold = terms["factory_hold"]
    if (hold >= 1.0).all():
        return
    e, f, places = world.enterprises, world.flows, world.places
    inside = np.where(places.zone[: world.n_places] >= 0, hold, 1.0)
    _sell(
        e.n, draws.seed_key(world.seed), world.quarter, e.id, e.stage, e.place, e.capital, e.floor, e.profit, inside, places.factory,
        places.factory_let, places.factory_sold, parameters.vector, f.factory_sales, f.factory_speculation, f.dividends,
    )  # fmt: skip
