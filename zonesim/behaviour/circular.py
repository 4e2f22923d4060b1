"""Circular transformation (循环化改造): money makes links by which by-products and waste are used again."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from zonesim.columns import Array, Floats
from zonesim.compiled import kernel, rule
from zonesim.parameters import Parameters, parameter
from zonesim.sums import total
from zonesim.terms import Terms
from zonesim.world import World


class CircularParameters(Parameters, name="circular"):
    """By-product links of a park."""

    usual: float = parameter(
        0.35,
        low=0.1,
        high=0.7,
        unit="share",
        doc="industrial waste used again in a place whose diversity is one half",
        source="assumption",
        zh="常规综合利用率",
    )
    diversity: float = parameter(
        0.5, low=0.1, high=0.65, unit="share", doc="more that support can link up in a park of many industries; nothing with one industry only",
        source="assumption: one's waste is another's input", zh="产业多样性潜力",
    )  # fmt: skip
    match: float = parameter(1.0, low=0.0, high=3.0, unit="per 10k CNY of support", doc="own money that enterprises add", source="assumption", zh="企业配套")
    cost: float = parameter(
        0.3, low=0.05, high=1.0, unit="10k CNY per index/yr", doc="investment that links up the waste of one index unit a year", source="assumption", zh="循环化投资",
    )  # fmt: skip
    wear: float = parameter(0.08, low=0.0, high=0.3, unit="1/yr", doc="links that break", source="assumption", zh="链接衰减")
    gain: float = parameter(
        0.5, low=0.0, high=1.0, unit="share per share", doc="pollution, energy and water saved per waste reused more", source="assumption", zh="减量效应"
    )
    worth: float = parameter(
        0.02, low=0.0, high=0.1, unit="10k CNY/index", doc="value of by-products per unit of waste saved", source="assumption", zh="副产品价值"
    )
    depth: float = parameter(
        0.95, low=0.5, high=0.99, unit="share", doc="part of the way from natural reuse to its top beyond which no support is claimed",
        source="assumption: the last links cost more than they bring", zh="支持申领深度",
    )  # fmt: skip
    most: float = parameter(
        0.98, low=0.5, high=1.0, unit="share", doc="waste that can be used again at most", source="assumption: something is always left", zh="综合利用率上限"
    )


@rule
def linked(reuse: Any, top: Any, invested: Any, cost: Any, generated: Any) -> Any:
    """Return reuse after an investment: u + max(0, top - u) [1 - exp(-invested / (cost generated))].

    >>> round(linked(0.35, 0.75, 100.0, 0.1, 1000.0), 6)
    0.602848
    """
    return reuse + max(0.0, top - reuse) * (1.0 - math.exp(-invested / max(cost * generated, 1e-9)))


@rule
def natural(usual: Any, diversity: Any, most: Any) -> Any:
    """Return reuse without a measure: usual (1/2 + diversity), at most so much; diversity is 1 less the sum of squared industry shares.

    >>> round(natural(0.4, 0.75, 0.98), 6), natural(0.7, 1.0, 0.98)
    (0.5, 0.98)
    """
    return min(most, usual * (0.5 + diversity))


@rule
def absorbed(reuse: Any, top: Any, usual: Any, depth: Any, cost: Any, generated: Any) -> Any:
    """Return the investment that brings reuse near its top: cost generated ln[(top - u) / (top - u*)], u* = usual + depth (top - usual).

    >>> round(absorbed(0.35, 0.75, 0.35, 0.95, 0.1, 1000.0), 6), absorbed(0.74, 0.75, 0.35, 0.95, 0.1, 1000.0)
    (299.573227, 0.0)
    """
    left = (1.0 - depth) * (top - usual)
    return cost * generated * math.log((top - reuse) / left) if left > 0.0 and top - reuse > left else 0.0


def claim_links(world: World, terms: Terms, parameters: CircularParameters) -> Floats | None:
    """Let reuse follow the diversity of a place; claim the quarter's support of circular transformation for parks, by the waste they generate.

    Reuse moves to its natural level at the rate of wear, once a year and in quarters with support. Support / 4 of each committee is claimed for its
    parks by generated waste, never more than what with the enterprises' part brings reuse near its top. The claims stand in
    ``flows.circular_support``, where what is paid replaces them.

    Returns:
        The highest reuse that links can bring, by place; None in a quarter without support.
    """
    places, f = world.places, world.flows
    support, first = terms["circular_support"], world.quarter == world.start
    helped = terms.once(_supported)
    if not (helped or first or world.quarter % 4 == 0):
        return None
    top = np.empty(world.n_places)
    _claim(
        first, helped, f.value_added, world.industries.is_industrial, support, places.zone, f.pollution_generated, parameters.vector, places.reuse,
        places.reuse_base, f.circular_support, top,
    )  # fmt: skip
    return top if helped else None


def link_up(world: World, parameters: CircularParameters, top: Floats) -> None:
    """Make links with the support that was paid and what enterprises add to it (``match`` of it): reuse rises towards ``top``."""
    f = world.flows
    _link_up(
        f.value_added, world.industries.is_industrial, f.pollution_generated, parameters.vector, top, f.circular_support, world.places.reuse,
        f.investment, f.dividends,
    )  # fmt: skip


def _supported(terms: Terms) -> bool:
    return bool(terms["circular_support"].any())


@rule
def industrial_shares(made: Floats, industrial: Array, out: Floats) -> None:
    """Write the parts of the industries in the industrial value added of a place."""
    for j in range(len(out)):
        out[j] = made[j] if industrial[j] > 0 else 0.0
    whole = max(total(out), 1e-12)
    for j in range(len(out)):
        out[j] /= whole


@kernel
def _claim(
    first: bool, helped: bool, made: Floats, industrial: Array, support: Floats, zone: Array, generated: Floats, b: Floats, reuse: Floats,
    reuse_base: Floats, claims: Floats, top: Floats,
) -> None:  # fmt: skip
    usual_share, variety, match, cost, wear, _, _, depth, most = b
    n = len(top)
    usual, of_zone, shares = np.empty(n), np.zeros(len(support)), np.empty(len(industrial))
    for p in range(n):
        industrial_shares(made[p], industrial, shares)
        for j in range(len(shares)):
            shares[j] *= shares[j]
        diversity = 1 - total(shares)
        usual[p] = natural(usual_share, diversity, most)
        top[p] = min(most, usual[p] + variety * diversity)
        if first:
            reuse[p] = reuse_base[p] = usual[p]
        reuse[p] -= (wear / 4 if helped else wear) * (reuse[p] - usual[p])
        if zone[p] >= 0:
            of_zone[zone[p]] += generated[p]
    if not helped:
        return
    for p in range(n):
        if zone[p] < 0 or generated[p] <= 0.0:
            continue
        given = support[zone[p]] / 4 * generated[p] / max(of_zone[zone[p]], 1e-12)
        claims[p] = min(given, absorbed(reuse[p], top[p], usual[p], depth, cost, 4 * generated[p]) / (1 + match))


@kernel
def _link_up(
    made: Floats, industrial: Array, generated: Floats, b: Floats, top: Floats, paid: Floats, reuse: Floats, investment: Floats, dividends: Floats
) -> None:
    match, cost = b[2], b[3]
    n, industries = made.shape
    shares = np.empty(industries)
    for p in range(n):
        if paid[p] <= 0.0:
            continue
        invested = (1 + match) * paid[p]
        reuse[p] = linked(reuse[p], top[p], invested, cost, 4 * generated[p])
        industrial_shares(made[p], industrial, shares)
        for j in range(industries):
            investment[p, j] += invested * shares[j]
        dividends[p] -= match * paid[p]
