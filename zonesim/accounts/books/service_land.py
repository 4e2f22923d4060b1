"""Service land: undeveloped land of parks is sold for living and commercial use up to the planned shares."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from zonesim.accounts.ledger import pay, pay_each, pay_rows
from zonesim.accounts.payments import Payment
from zonesim.columns import Array, Floats, Ints
from zonesim.compiled import part
from zonesim.sums import total
from zonesim.terms import Terms
from zonesim.world.places import Kind, LandStage, Use
from zonesim.world.world import AccountIndex

READY, BUILT, UNDEVELOPED = int(LandStage.READY), int(LandStage.BUILT), int(LandStage.UNDEVELOPED)
INDUSTRIAL, LIVING_SERVICE, COMMERCIAL = int(Use.INDUSTRIAL), int(Use.LIVING_SERVICE), int(Use.COMMERCIAL)
PARK = int(Kind.PARK)
LAND_REVENUE = int(Payment.LAND_REVENUE)
MARKET, HOUSEHOLDS = AccountIndex.MARKET, AccountIndex.HOUSEHOLDS


@part
def sell_service_land(
    book: Any, county0: int, zone0: int, kind: Array, county: Array, zone: Array, land: Ints, planned: Array, quota: Array,
    land_price: Floats, living_share: Floats, commercial_share: Floats, deduction: Floats, reinvest: Floats, pace: float,
    price_factor: float, building_per_m2: float, quota_used: Floats, sales: Floats, real_estate: Floats, law: int, market: int, earmark: Ints,
) -> None:  # fmt: skip
    """Turn undeveloped land of parks into living and commercial land up to the planned shares, and sell it to developers.

    Each quarter a part of the gap between the share of developed land and the plan's share is re-planned, sold at a multiple of the
    industrial price, and built by developers; the income follows the same way as other land income. So service land pays for
    infrastructure and takes land from industry.
    """
    n = len(quota_used)
    income = np.zeros(n)
    some = False
    for p in range(n):
        if kind[p] != PARK:
            continue
        developed = planned[p] - land[p, UNDEVELOPED].sum()
        for k in range(2):
            if k == 0:
                use, gap = LIVING_SERVICE, living_share[p] * developed - land[p, BUILT, LIVING_SERVICE]
            else:
                use, gap = COMMERCIAL, commercial_share[p] * developed - (land[p, READY, COMMERCIAL] + land[p, BUILT, COMMERCIAL])
            area = int(math.floor(min(pace * max(0.0, gap), 0.5 * land[p, UNDEVELOPED, INDUSTRIAL])))
            area = min(area, quota[p])
            land[p, UNDEVELOPED, INDUSTRIAL] -= area
            land[p, BUILT, use] += area
            quota[p] -= area
            quota_used[p] += area
            income[p] += area * land_price[p] * price_factor
            sales[p] += area
            real_estate[p] += area * building_per_m2
        some = some or income[p] != 0.0
    if not some:
        return
    host, committee = county0 + county[:n].astype(np.int64), zone0 + np.maximum(zone[:n].astype(np.int64), 0)
    deducted = deduction * income
    pay_each(book, np.array([MARKET]), host, income, Payment.LAND_PRICE, law)
    pay_each(book, host, np.array([HOUSEHOLDS]), deducted, Payment.LAND_COMPENSATION, law)
    pay(book, HOUSEHOLDS, MARKET, total(deducted), Payment.CONSUMPTION, market)
    pay_rows(book, host, committee, np.where(zone[:n] >= 0, reinvest * (income - deducted), 0.0), np.full(n, LAND_REVENUE), earmark)


def commercial_plan(terms: Terms) -> Floats:
    """Return the share of commercial land that the plan may reach: no more than conversion may."""
    return np.asarray(np.minimum(terms["commercial_share"], terms["conversion_cap"]))
