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

    usual: float = parameter(0.35, low=0.1, high=0.7, unit="share", doc="industrial waste that is used again anyway", source="assumption", zh="常规综合利用率")
    diversity: float = parameter(
        0.5, low=0.1, high=0.65, unit="share", doc="more that a park of many industries could use again; none with one industry only",
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


def link_up(world: World, terms: Terms, parameters: CircularParameters) -> None:
    """Spend the quarter's support of circular transformation in the parks of each committee, by the waste they generate.

    Support / 4 goes to parks by generated waste; enterprises add ``match`` of it; reuse rises towards what the diversity of the park allows
    (usual + d (1 - sum of squared industry shares)) and wears off.
    """
    places, f, n, p = world.places, world.flows, world.n_places, parameters
    support = terms["circular_support"]
    reuse = places.reuse[:n]
    if not support.any() and not (reuse != p.usual).any():
        return
    reuse -= p.wear / 4 * (reuse - p.usual)
    industrial = f.value_added * (world.industries.is_industrial > 0)
    total = industrial.sum(axis=1)
    zone = np.maximum(places.zone[:n].astype(np.int64), 0)
    waste = np.where(places.zone[:n] >= 0, f.waste_generated, 0.0)
    of_zone = np.bincount(zone, weights=waste, minlength=max(1, world.zones.n))
    given = np.where(waste > 0, support[zone] / 4 * waste / np.maximum(of_zone[zone], 1e-12), 0.0) if world.zones.n else np.zeros(n)
    shares = industrial / np.maximum(total, 1e-12)[:, None]
    top = p.usual + p.diversity * (1 - (shares**2).sum(axis=1))
    for k in np.flatnonzero(given > 0):
        invested = (1 + p.match) * given[k]
        reuse[k] = linked(reuse[k], top[k], invested, p.cost, 4 * waste[k])
        f.investment[k] += invested * shares[k]
        f.dividends[k] -= p.match * given[k]
        f.circular_support[k] += given[k]
