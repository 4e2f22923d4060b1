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


@rule
def linked(reuse: Any, top: Any, invested: Any, cost: Any, generated: Any) -> Any:
    """Return reuse after an investment: u + max(0, top - u) [1 - exp(-invested / (cost generated))].

    >>> round(linked(0.35, 0.75, 100.0, 0.1, 1000.0), 6)
    0.602848
    """
    return reuse + max(0.0, top - reuse) * (1.0 - math.exp(-invested / max(cost * generated, 1e-9)))


@rule
def natural(usual: Any, diversity: Any) -> Any:
    """Return reuse without a measure: usual (1/2 + diversity); diversity is 1 less the sum of squared industry shares.

    >>> round(natural(0.4, 0.75), 6)
    0.5
    """
    return usual * (0.5 + diversity)


def link_up(world: World, terms: Terms, parameters: CircularParameters) -> None:
    """Let reuse follow the diversity of a place, and spend the quarter's support of circular transformation in parks, by the waste they generate.

    Reuse moves to its natural level at the rate of wear, once a year and in quarters with support. Support / 4 of each committee goes to its parks
    by generated waste; enterprises add ``match`` of it; reuse rises towards natural + d x diversity.
    """
    places, f = world.places, world.flows
    support, first = terms["circular_support"], world.quarter == world.start
    helped = terms.once(_supported)
    if helped or first or world.quarter % 4 == 0:
        _link_up(
            first, helped, f.value_added, world.industries.is_industrial, support, places.zone, f.pollution_generated, parameters.vector, places.reuse,
            places.reuse_base, f.investment, f.dividends, f.circular_support,
        )  # fmt: skip


def _supported(terms: Terms) -> bool:
    return bool(terms["circular_support"].any())


@kernel
def _link_up(
    first: bool, helped: bool, made: Floats, industrial: Array, support: Floats, zone: Array, generated: Floats, b: Floats, reuse: Floats,
    reuse_base: Floats, investment: Floats, dividends: Floats, supported: Floats,
) -> None:  # fmt: skip
    usual_share, variety, match, cost, wear, _, _ = b
    n, industries = made.shape
    shares, diversity, usual, of_zone = np.zeros((n, industries)), np.empty(n), np.empty(n), np.zeros(len(support))
    for p in range(n):
        for j in range(industries):
            if industrial[j] > 0:
                shares[p, j] = made[p, j]
        shares[p] /= max(total(shares[p]), 1e-12)
        diversity[p] = 1 - total(shares[p] * shares[p])
        usual[p] = natural(usual_share, diversity[p])
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
        if given <= 0.0:
            continue
        invested = (1 + match) * given
        reuse[p] = linked(reuse[p], usual[p] + variety * diversity[p], invested, cost, 4 * generated[p])
        for j in range(industries):
            investment[p, j] += invested * shares[p, j]
        dividends[p] -= match * given
        supported[p] += given
