"""Ordered relocation (出城入园): orders, and what becomes of those ordered."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from zonesim import draws
from zonesim.behaviour.idle_land import quarterly
from zonesim.columns import Array, Floats
from zonesim.compiled import kernel, rule
from zonesim.parameters import Parameters, parameter
from zonesim.terms import Terms
from zonesim.world import World
from zonesim.world.enterprises import Stage

OPERATING, SUSPENDED = int(Stage.OPERATING), int(Stage.SUSPENDED)
CLOSE, MOVE, UPGRADE = 0, 1, 2


class RelocationParameters(Parameters, name="relocation"):
    """What becomes of an enterprise that is ordered to move."""

    close_share: float = parameter(
        0.18, low=0.0, high=1.0, unit="share", doc="ordered enterprises that close, without subsidy",
        source="MIIT 2021: 45 % of the nation, 18 % of Lanzhou's listed chemical enterprises", zh="关闭占比",
    )  # fmt: skip
    upgrade_share: float = parameter(
        0.25,
        low=0.0,
        high=1.0,
        unit="share",
        doc="that upgrade in place",
        source="MIIT 2021: 32 % nation, 59 % Lanzhou chemicals; the programme aimed at moves",
        zh="就地升级占比",
    )
    subsidy_effect: float = parameter(
        2.0, low=0.0, high=6.0, unit="utility per share of moving cost", doc="subsidy in the choice to move", source="assumption", zh="补助效应"
    )
    upgrade_cost: float = parameter(0.15, low=0.0, high=0.5, unit="share of capital", doc="cost of upgrading in place", source="assumption", zh="升级成本")
    moving_cost: float = parameter(
        0.3, low=0.05, high=1.0, unit="share of capital", doc="cost of a move that a subsidy shares", source="as location.moving_cost", zh="搬迁成本"
    )
    priority_gain: float = parameter(
        2.0, low=1.0, high=5.0, unit="factor", doc="rate of orders of polluting industries when they come first", source="assumption", zh="排污优先系数"
    )
    priority_rest: float = parameter(0.5, low=0.0, high=1.0, unit="factor", doc="rate of the others then", source="assumption", zh="其余企业系数")


@rule
def fate(u: Any, subsidy: Any, close_share: Any, upgrade_share: Any, effect: Any) -> Any:
    """Return what an ordered enterprise does: CLOSE, MOVE or UPGRADE (logit with published shares as constants).

    P(move) = m e^(b s) / (c + g + m e^(b s)), c close share, g upgrade share, m = 1 - c - g, s subsidy

    >>> fate(0.1, 0.0, 0.2, 0.3, 2.0), fate(0.3, 0.0, 0.2, 0.3, 2.0), fate(0.9, 0.0, 0.2, 0.3, 2.0)
    (0, 2, 1)
    """
    move = max(0.0, 1.0 - close_share - upgrade_share) * math.exp(effect * subsidy)
    total = close_share + upgrade_share + move
    if u < close_share / total:
        return CLOSE
    if u < (close_share + upgrade_share) / total:
        return UPGRADE
    return MOVE


@kernel
def _order(
    n: int, seed: Any, quarter: int, identity: Array, stage: Array, place: Array, industry: Array, weight: Array, ordered: Array, deadline: Array, promised: Array,
    destination: Array, capital: Floats, emission: Array, rate: Floats, subsidy: Floats, years: Floats, numbers: Floats, orders: Floats,
    closed: Floats, upgraded: Floats, moving: Floats, investment: Floats, dividends: Floats, to_close: Array,
) -> int:  # fmt: skip
    close_share, upgrade_share, effect, upgrade_cost, _, _, _ = numbers
    closing = 0
    for i in range(n):
        if stage[i] < OPERATING:
            continue
        p, j = place[i], industry[i]
        if ordered[i]:
            if destination[i] < 0 and quarter >= deadline[i]:
                to_close[closing] = i
                closing += 1
                closed[p] += weight[i]
                ordered[i] = False
            continue
        if rate[p, j] <= 0.0 or stage[i] != OPERATING:
            continue
        if draws.uniform(seed, draws.ORDER_TO_MOVE, quarter, identity[i], 0) >= quarterly(rate[p, j]):
            continue
        orders[p] += weight[i]
        what = fate(draws.uniform(seed, draws.FATE, quarter, identity[i], 0), subsidy[p, j], close_share, upgrade_share, effect)
        if what == CLOSE:
            to_close[closing] = i
            closing += 1
            closed[p] += weight[i]
        elif what == UPGRADE:
            upgraded[p] += weight[i]
            cost = upgrade_cost * capital[i]
            investment[p, j] += cost
            dividends[p] -= cost
            emission[i] *= 0.5
        else:
            moving[p] += weight[i]
            ordered[i] = True
            promised[i] = subsidy[p, j]
            deadline[i] = quarter + int(round(4.0 * years[p, j]))
    return closing


@kernel
def _subsidise(
    n: int, quarter: int, starts: Array, destination: Array, ordered: Array, capital: Floats, promised: Array, cost_share: float, costs: Floats, subsidies: Floats, dividends: Floats,
) -> None:  # fmt: skip
    for i in range(n):
        if destination[i] < 0 or starts[i] != quarter:
            continue
        q = destination[i]
        cost = cost_share * capital[i]
        help_paid = min(1.0, promised[i]) * cost if ordered[i] else 0.0
        costs[q] += cost
        subsidies[q] += help_paid
        dividends[q] -= cost - help_paid


def order_rate(terms: Terms, parameters: RelocationParameters) -> Floats:
    """Return the yearly rate of orders by site: where polluting industries come first, theirs is raised and that of the others lowered."""
    first: Array = np.asarray(terms["polluter_priority"] > 0)
    others = np.where(np.asarray(first.any(axis=1)), parameters.priority_rest, 1.0)
    factor = np.where(first, parameters.priority_gain, others[:, None])
    return np.asarray(np.minimum(1.0, terms["relocation_order_rate"] * factor))


def order_moves(world: World, terms: Terms, parameters: RelocationParameters) -> Array:
    """Order eligible enterprises to move; return the rows of those that close (the caller closes them).

    Each eligible enterprise outside zones gets an order with probability ``relocation_order_rate`` a year; it closes, upgrades in place
    (its emissions are halved), or looks for a park until its deadline, and closes if it found none.

    Draws: ORDER_TO_MOVE, FATE by identity.
    """
    e, f, t = world.enterprises, world.flows, terms
    rate = t.once(order_rate, parameters)
    if not t.once(_orders_any) and not e.live("ordered").any():
        return np.empty(0, dtype=np.int32)
    to_close = np.empty(e.n, dtype=np.int32)
    closing = _order(
        e.n, draws.seed_key(world.seed), world.quarter, e.id, e.stage, e.place, e.industry, e.weight, e.ordered, e.deadline, e.promised_subsidy, e.destination, e.capital,
        e.emission_intensity, rate, t["relocation_subsidy"], t["relocation_deadline_years"],
        parameters.vector, f.orders, f.orders_closed, f.orders_upgraded, f.orders_moved, f.investment,
        f.dividends, to_close,
    )  # fmt: skip
    return np.asarray(to_close[:closing])


def _orders_any(terms: Terms) -> bool:
    return bool(terms["relocation_order_rate"].any())


def pay_for_moves(world: World, parameters: RelocationParameters) -> None:
    """Charge the cost of the moves that begin this quarter, and claim for ordered ones the subsidies that came with the order, whatever holds now."""
    e, f = world.enterprises, world.flows
    if not (e.live("destination") >= 0).any():
        return
    _subsidise(
        e.n, world.quarter, e.starts_building, e.destination, e.ordered, e.capital, e.promised_subsidy, parameters.moving_cost, f.moving_costs, f.moving_subsidies, f.dividends,
    )  # fmt: skip
