"""Change of use: what happens to services in old buildings when their grace period ends, and industrial land that becomes commercial."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from zonesim import draws
from zonesim.behaviour.arrival_rates import GRACE_YEARS
from zonesim.behaviour.idle_land import quarterly
from zonesim.columns import Array, Floats, Ints
from zonesim.compiled import kernel, rule
from zonesim.parameters import Parameters, parameter
from zonesim.terms import Terms
from zonesim.world import World
from zonesim.world.enterprises import Origin, Stage
from zonesim.world.places import Kind, LandStage, Use

OPERATING, BORN, PARK, BUILT = int(Stage.OPERATING), int(Origin.BORN), int(Kind.PARK), int(LandStage.BUILT)
INDUSTRIAL, COMMERCIAL = int(Use.INDUSTRIAL), int(Use.COMMERCIAL)


class UseChangeParameters(Parameters, name="use_change"):
    """What a change of use is worth."""

    space: float = parameter(
        20.0, low=8.0, high=40.0, unit="m2 per person", doc="land under an old building that services use", source="assumption", zh="人均建筑占地"
    )
    multiple: float = parameter(
        8.0,
        low=2.0,
        high=15.0,
        unit="times the industrial price",
        doc="market price of land for services and commerce",
        source="2010Q3: industrial 623, commercial 5,018 CNY/m2",
        zh="商服地价倍数",
    )
    annuity: float = parameter(0.12, low=0.05, high=0.25, unit="1/yr", doc="yearly charge for a one-off payment or gain", source="assumption", zh="年金率")
    payback: float = parameter(
        2.0,
        low=1.0,
        high=8.0,
        unit="years of profit",
        doc="largest payment at the end of a grace period that an enterprise bears",
        source="assumption",
        zh="补缴承受力",
    )
    pace: float = parameter(
        0.05, low=0.0, high=0.3, unit="probability/yr", doc="holders of industrial land in parks that consider commercial use, where it is allowed",
        source="assumption", zh="改变用途意愿",
    )  # fmt: skip
    part: float = parameter(0.4, low=0.1, high=1.0, unit="share", doc="part of the parcel that changes its use", source="assumption", zh="改用比例")
    levy: float = parameter(
        0.5,
        low=0.0,
        high=1.0,
        unit="share of the difference in price",
        doc="paid to the county for an approved change",
        source="assumption: local rules 40 to 100 %",
        zh="补缴比例",
    )
    building: float = parameter(
        0.25,
        low=0.1,
        high=0.6,
        unit="10k CNY/m2",
        doc="real-estate investment per m2 that changes its use",
        source="assumption: as for service land",
        zh="商住建设投资",
    )


@rule
def pays(due: Any, profit: Any, payback: Any) -> Any:
    """Tell whether an enterprise pays and stays when its grace period ends: the payment is at most some years of its profit.

    >>> pays(100.0, 9.0, 3.0), pays(100.0, 8.0, 3.0)
    (True, False)
    """
    return due <= payback * 4.0 * profit


@rule
def changes_use(asking: Any, multiple: Any, levy: Any, m2: Any, profit: Any, part: Any, annuity: Any) -> Any:
    """Tell whether commercial use beats industry on a part of a parcel: annuity x (value - levy x rise) above the profit forgone.

    >>> changes_use(0.02, 8.0, 0.0, 1000.0, 4.0, 0.5, 0.12), changes_use(0.02, 8.0, 0.7, 1000.0, 4.0, 0.5, 0.12)
    (True, False)
    """
    gain = (multiple - levy * (multiple - 1.0)) * asking * m2
    return annuity * gain > 4.0 * profit * part


@rule
def commercial_room(land: Ints, cap: Floats) -> Floats:
    """Return the m2 of industrial land of each place that may still become commercial: cap x (industrial + commercial land) less what is commercial."""
    room = np.empty(len(cap))
    for p in range(len(cap)):
        industrial, commercial = land[p, :, INDUSTRIAL].sum(), float(land[p, :, COMMERCIAL].sum())
        room[p] = max(0.0, cap[p] * (industrial + commercial) - commercial)
    return room


@kernel
def _change(
    n: int, seed: Any, quarter: int, identity: Array, stage: Array, place: Array, industry: Array, weight: Array, origin: Array, arrived: Array, capital: Floats, employment: Array,
    land: Array, made: Floats, profit: Floats, grace_until: Array, grace_price: Array, service: int, share: Floats, years: Floats, after: Floats, kind: Array,
    industrial: Array, allowed: Floats, cap: Floats, asking: Floats, account: Ints, numbers: Floats,
    payments: Floats, dividends: Floats, sold: Floats, converted: Floats, building: Floats, paid: Floats, closed: Floats, to_close: Array,
) -> int:  # fmt: skip
    space, multiple, annuity, payback, pace, part, levy, per_m2 = numbers
    room, closing = commercial_room(account, cap), 0
    for i in range(n):
        if stage[i] != OPERATING:
            continue
        p, j = place[i], industry[i]
        if j == service:
            if arrived[i] == quarter - 1 and origin[i] == BORN and share[p] > 0.0:
                if draws.uniform(seed, draws.OLD_BUILDING, 0, identity[i], 0) < share[p]:
                    grace_until[i] = arrived[i] + int(round(4.0 * years[p]))
                    grace_price[i] = after[p]
            if grace_until[i] == quarter:
                grace_until[i] = -1
                due = grace_price[i] * multiple * asking[p] * space * employment[i]
                if pays(due, profit[i], payback):
                    payments[p] += due
                    dividends[p] -= due
                    paid[p] += due
                else:
                    closed[p] += weight[i]
                    to_close[closing] = i
                    closing += 1
            continue
        if allowed[p] <= 0.0 or kind[p] != PARK or land[i] <= 0 or industrial[j] <= 0 or made[i] <= 0.0:
            continue
        m2 = int(math.floor(part * land[i]))
        if m2 <= 0 or m2 > room[p]:
            continue
        share_paid = levy if allowed[p] >= 1.0 else 0.0  # what is only tolerated pays nothing
        if draws.uniform(seed, draws.USE_CHANGE, quarter, identity[i], 0) >= quarterly(pace * allowed[p]):
            continue
        if not changes_use(asking[p], multiple, share_paid, m2, profit[i], part, annuity):
            continue
        account[p, BUILT, INDUSTRIAL] -= m2
        account[p, BUILT, COMMERCIAL] += m2
        land[i] -= m2
        capital[i] *= 1.0 - part  # the plant on it is given up
        room[p] -= m2
        worth = multiple * asking[p] * m2
        due = share_paid * (multiple - 1.0) * asking[p] * m2
        sold[p] += worth
        payments[p] += due
        dividends[p] += worth - due
        converted[p] += m2
        building[p] += per_m2 * m2
    return closing


def _came_for_it(terms: Terms, births: float) -> Floats:
    grace = births * terms["use_change_grace_years"] / GRACE_YEARS
    return np.asarray(grace / (1 + grace))


def change_use(world: World, terms: Terms, parameters: UseChangeParameters, grace_births: float) -> Array:
    """End grace periods, and let industrial land become commercial; return the rows of enterprises that close (the caller closes them).

    Of the producer services founded where old buildings may house them, the part that came for it (g y/5) / (1 + g y/5) sits in one. When
    its grace period ends it owes the ratio of the day when it came x market price of service land x its space; it pays when that is at most a few years of its profit, else it closes.

    Holders of industrial land of a park consider commercial use at a yearly pace (all of it where a change is allowed, half where it is only
    tolerated, none where it is forbidden), up to the cap on commercial land. An approved change pays a levy on the rise in price. The market
    pays the holder, who changes when the yearly value is above the profit forgone, and gives the plant on it up; the land moves to the commercial account of the place.

    Draws: OLD_BUILDING, USE_CHANGE by identity.
    """
    e, f, places, industries, t = world.enterprises, world.flows, world.places, world.industries, terms
    share = t.once(_came_for_it, grace_births)
    to_close = np.empty(e.n, dtype=np.int32)
    closing = _change(
        e.n, draws.seed_key(world.seed), world.quarter, e.id, e.stage, e.place, e.industry, e.weight, e.origin, e.arrived, e.capital, e.employment, e.land,
        e.value_added, e.profit, e.grace_until, e.grace_price, industries.index("producer_services"), share, t["use_change_grace_years"],
        t["post_grace_price"], places.kind, industries.is_industrial, t["use_change_allowed"],
        t["conversion_cap"], places.land_price, places.land, parameters.vector, f.land_payments, f.dividends,
        f.sold_land, f.converted_land, f.real_estate_investment, f.cliff_paid, f.cliff_closed, to_close,
    )  # fmt: skip
    return to_close[: int(closing)]
