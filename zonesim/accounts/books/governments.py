"""Books of counties and city: a reserve, public services, infrastructure; ready land outside zones."""

from __future__ import annotations

from typing import Any

import numpy as np

from zonesim.accounts.books.committees import make_ready
from zonesim.accounts.ledger import pay, pay_each
from zonesim.accounts.payments import Payment
from zonesim.accounts.promotion import concentrate
from zonesim.columns import Array, Floats, Ints
from zonesim.compiled import part, rule
from zonesim.sums import total
from zonesim.world.places import LandStage
from zonesim.world.world import AccountIndex

READY, UNDEVELOPED = int(LandStage.READY), int(LandStage.UNDEVELOPED)
MARKET, HOUSEHOLDS, CITY = AccountIndex.MARKET, AccountIndex.HOUSEHOLDS, AccountIndex.CITY
DEMAND_READY = 8  #: quarters of usual demand that counties keep ready outside zones. Assumption
# Works of counties and city by type of infrastructure (order of Infrastructure). Assumption.
MIX = np.array([0.30, 0.25, 0.06, 0.05, 0.03, 0.06, 0.0, 0.20, 0.05])


@rule
def tilted(weight: Any, whole: Any, favoured: Any, inside: Any, tilt: Any) -> Any:
    """Return a place's part of works when a set share goes to the favoured places (all to the one side that there is when there is only one).

    >>> tilted(1.0, 4.0, 2.0, True, 0.8), tilted(1.0, 4.0, 2.0, False, 0.8), tilted(1.0, 4.0, 0.0, False, 0.8)
    (0.4, 0.09999999999999998, 0.25)
    """
    outside = whole - favoured
    if favoured <= 0.0 or outside <= 1e-9:
        return weight / max(whole, 1e-12)
    return tilt * weight / favoured if inside else (1.0 - tilt) * weight / outside


@part
def close_governments(
    book: Any, counties: int, county0: int, county: Array, zone: Array, value_added: Floats, land: Ints, quota: Array, land_demand: Floats,
    infrastructure: Floats, quota_used: Floats, investment: Floats, reserve: float, works: float, city_part: float, tilt: Floats, special_part: float, mix: Floats,
    key: Floats, budget: int, market: int,
) -> None:  # fmt: skip
    """Let counties and city spend what they have above the reserve: infrastructure by value added of their places, and services.

    Of these works the part that special construction and development funds pay follows the tilt to the places that have one; the rest goes by value added.
    Key zones get at least their share of what the city spends in parks. The city spends ``city_part`` of its money: the rest it holds back until the
    last quarter of the year, when it returns tax increments.
    """
    n = len(investment)
    keep = 1 - reserve
    spend = np.empty(counties)
    for c in range(counties):
        spend[c] = keep * max(book.balances[county0 + c], 0.0)
    city = keep * max(0.0, book.balances[CITY]) * city_part
    account = county0 + np.arange(counties)
    pay_each(book, account, np.array([HOUSEHOLDS]), (1 - works) * spend, Payment.PUBLIC_SERVICES, budget)
    pay(book, CITY, HOUSEHOLDS, (1 - works) * city, Payment.PUBLIC_SERVICES, budget)
    pay(book, HOUSEHOLDS, MARKET, (1 - works) * (total(spend) + city), Payment.CONSUMPTION, market)
    pay_each(book, account, np.array([MARKET]), works * spend, Payment.INFRASTRUCTURE, budget)
    pay(book, CITY, MARKET, works * city, Payment.INFRASTRUCTURE, budget)
    weights, of_county = value_added[:n] + 1.0, np.zeros(counties)
    for p in range(n):
        of_county[county[p]] += weights[p]
    whole = total(weights)
    of_city = weights.copy()
    concentrate(of_city, zone, key)
    favoured, favoured_of_county, share = 0.0, np.zeros(counties), -1.0
    for p in range(n):
        if tilt[p] >= 0.0:
            favoured += weights[p]
            favoured_of_county[county[p]] += weights[p]
            share = max(share, tilt[p])
    parts = np.zeros(land.shape[2], dtype=np.int64)
    for p in range(n):
        c = county[p]
        amount = works * spend[c] * weights[p] / max(of_county[c], 1e-12) + works * city * of_city[p] / whole
        if share >= 0.0:
            special = works * spend[c] * tilted(weights[p], of_county[c], favoured_of_county[c], tilt[p] >= 0.0, share)
            special += works * city * tilted(of_city[p], whole, favoured, tilt[p] >= 0.0, share)
            amount = (1.0 - special_part) * amount + special_part * special
        investment[p] += amount
        for k in range(len(mix)):
            infrastructure[p, k] += amount * mix[k]
        if zone[p] < 0 and land[p, READY].sum() < land_demand[p] * DEMAND_READY:  # outside zones the county makes land ready within its quota
            area = min(int(land_demand[p] * DEMAND_READY), quota[p], land[p, UNDEVELOPED].sum())
            if area > 0:
                area = make_ready(land, p, area, parts)
                quota[p] -= area
                quota_used[p] += area
