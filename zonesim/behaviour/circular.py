"""Circular transformation (循环化改造): money makes links by which by-products and waste are used again."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from zonesim.compiled import rule
from zonesim.parameters import Parameters, parameter
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
    places, f, n, p = world.places, world.flows, world.n_places, parameters
    support = terms["circular_support"]
    helped = bool(support.any())
    if not (helped or world.quarter == world.start or world.quarter % 4 == 0):
        return
    reuse = places.reuse[:n]
    shares = f.value_added * (world.industries.is_industrial > 0)
    shares /= np.maximum(shares.sum(axis=1, keepdims=True), 1e-12)
    diversity = 1 - (shares**2).sum(axis=1)
    usual = np.array([natural(p.usual, d) for d in diversity])
    if world.quarter == world.start:
        reuse[:] = places.reuse_base[:n] = usual
    reuse -= (p.wear / 4 if helped else p.wear) * (reuse - usual)
    if not helped:
        return
    zone = np.maximum(places.zone[:n].astype(np.int64), 0)
    waste = np.where(places.zone[:n] >= 0, f.pollution_generated, 0.0)
    of_zone = np.bincount(zone, weights=waste, minlength=world.zones.n)
    given = np.where(waste > 0, support[zone] / 4 * waste / np.maximum(of_zone[zone], 1e-12), 0.0)
    for k in np.flatnonzero(given > 0):
        invested = (1 + p.match) * given[k]
        reuse[k] = linked(reuse[k], usual[k] + p.diversity * diversity[k], invested, p.cost, 4 * waste[k])
        f.investment[k] += invested * shares[k]
        f.dividends[k] -= p.match * given[k]
        f.circular_support[k] += given[k]
