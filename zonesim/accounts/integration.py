"""Integration of sub-parks into the committee of their parent (园区整合)."""

from __future__ import annotations

import numpy as np

from zonesim import draws
from zonesim.accounts.ledger import Ledger
from zonesim.columns import Array, Floats, Ints
from zonesim.compiled import kernel
from zonesim.parameters import Parameters, parameter
from zonesim.terms import Terms
from zonesim.world import World
from zonesim.world.places import Kind, LandStage, Use
from zonesim.world.whole import apportion


class IntegrationParameters(Parameters, name="integration"):
    """Costs and gains of a merger."""

    overhead_saved: float = parameter(0.15, low=0.0, high=0.5, unit="share of staff", doc="staff that a merger saves", source="assumption", zh="节省编制")
    cost: float = parameter(5.0, low=0.0, high=50.0, unit="10k CNY per staff", doc="one-off cost of a merger", source="assumption", zh="整合成本")
    dip: float = parameter(0.2, low=0.0, high=0.6, unit="share", doc="service lost at first", source="assumption: disruption", zh="磨合损失")
    area_growth: float = parameter(
        0.15,
        low=0.0,
        high=0.5,
        unit="share of planned area",
        doc="planned area that an integrated park gains where its area is not frozen",
        source="assumption",
        zh="整合扩区幅度",
    )
    longest_delay: float = parameter(
        12.0,
        low=0.0,
        high=24.0,
        unit="quarters",
        doc="delay of a merger by a county that would lose all of the park's income and is the least willing",
        source="assumption: 003§4b leaves the split to the county",
        zh="整合最长拖延",
    )
    dip_quarters: float = parameter(
        4.0,
        low=0.0,
        high=12.0,
        unit="quarters",
        doc="that the dip in service after a merger lasts",
        source="assumption: a year to find into each other",
        zh="磨合期长度",
    )


@kernel
def _due(integrated: Floats, merged: Array, parent: Array, dip_until: Array, quarter: int, dip: float, service_dip: Floats) -> bool:
    """Tell whether any committee is to be merged now; if none is, move the dips in service on."""
    dips = False
    for z in range(len(integrated)):
        if integrated[z] > 0.0 and not merged[z] and parent[z] >= 0:
            return True
        dips = dips or service_dip[z] < 1.0
    if dips:
        for z in range(len(integrated)):
            service_dip[z] = 1.0 - dip if dip_until[z] > quarter else 1.0
    return False


def integrate(world: World, terms: Terms, ledger: Ledger, parameters: IntegrationParameters, cause: str) -> list[tuple[int, int, float]]:
    """Merge committees whose integration is in force into their parents: parks, staff, money and books pass over, once.

    Where the split of income is agreed, the county of a park puts the merger off by round(longest delay x committee's share x u) quarters
    from the first quarter of integration. Where the area is not frozen, the park grows by a share of its plan out of the county's
    undeveloped land outside zones.

    Draws: COOPERATION by committee (unwillingness).

    Returns:
        Committee, its parent, and the debts that passed over (10k CNY), of each merger.
    """
    zones, places, acc = world.zones, world.places, world.accounts
    if not terms.once(_any_integrated) and world.service_dip.min(initial=1.0) == 1.0:
        return []
    if not _due(terms["integrated"], zones.merged, zones.parent, zones.dip_until, world.quarter, parameters.dip, world.service_dip):
        return []
    due = (terms["integrated"] > 0) & ~zones.merged[: zones.n].astype(bool) & (zones.parent[: zones.n] >= 0)
    merged: list[tuple[int, int, float]] = []
    for z in np.flatnonzero(due):
        parks = np.flatnonzero(places.zone[: world.n_places] == z)
        share = float(terms["income_share"][parks].max(initial=-1.0))
        if share >= 0.0:
            if zones.integration_due[z] < 0:
                unwilling = draws.uniform(draws.seed_key(world.seed), draws.COOPERATION, 0, int(z), 0)
                zones.integration_due[z] = world.quarter + round(parameters.longest_delay * share * unwilling)
            if world.quarter < zones.integration_due[z]:
                continue
        parent = int(zones.parent[z])
        while zones.merged[parent] and zones.parent[parent] >= 0:
            parent = int(zones.parent[parent])
        places.zone[parks] = parent
        places.entrusted[parks] = True
        if terms["area_grows"][z] > 0:
            for park in parks:
                grow(world, int(park), parameters.area_growth)
        balance = max(0.0, float(world.balances[acc.zone0 + z]))
        ledger.post(acc.zone0 + z, acc.zone0 + parent, balance, "integration", cause)
        cost = parameters.cost * float(zones.staff[z])
        ledger.pay_what_there_is(np.array([acc.zone0 + parent]), acc.MARKET, cost, "integration_cost", cause)
        merged.append((int(z), parent, float(zones.platform_debt[z] + zones.bonds[z] + zones.policy_loans[z] + zones.partner_claims[z])))
        zones.staff[parent] += (1 - parameters.overhead_saved) * zones.staff[z]
        zones.service_capacity[parent] += zones.service_capacity[z]
        for name in (
            "infrastructure_fund",
            "platform_debt",
            "bonds",
            "policy_loans",
            "partner_claims",
            "revenue_last_year",
            "arrears",
            "return_owed",
            "value_added_last",
            "value_added_year",
            "queue",
        ):
            getattr(zones, name)[parent] += getattr(zones, name)[z]
            getattr(zones, name)[z] = 0.0
        ledger.post(acc.platform0 + z, acc.platform0 + parent, max(0.0, float(world.balances[acc.platform0 + z])), "integration", cause)
        for name in ("tax_base", "tax_year", "tax_fixed_base", "city_tax_base", "city_tax_year", "city_tax_fixed_base"):
            getattr(zones, name)[parent] += getattr(zones, name)[z]
            getattr(zones, name)[z] = 0.0
        zones.staff[z] = 0.0
        zones.merged[z] = True
        zones.dip_until[parent] = world.quarter + int(parameters.dip_quarters)
    world.service_dip[: zones.n] = np.where(zones.dip_until[: zones.n] > world.quarter, 1 - parameters.dip, 1.0)
    return merged


def _any_integrated(terms: Terms) -> bool:
    return bool(terms["integrated"].any())


def grow(world: World, park: int, share: float) -> int:
    """Add a share of a park's planned area to it, from undeveloped land of its county outside zones; return the m2 that changed hands.

    The land keeps its stage; planned areas and land accounts of both sides move by the same whole m2. A county gives at most half of what it has.
    """
    places, n = world.places, world.n_places
    outside = np.flatnonzero((places.county[:n] == places.county[park]) & (places.kind[:n] != Kind.PARK))
    there = places.land[outside, LandStage.UNDEVELOPED].sum(axis=1)
    wanted = int(share * int(places.planned[park]))
    area = min(wanted, int(there.sum()) // 2)
    if area <= 0:
        return 0
    given: Ints = np.minimum(apportion(area, there.astype(float)), there)
    for giver, amount in zip(outside, given, strict=True):
        by_use = places.land[giver, LandStage.UNDEVELOPED]
        taken = np.minimum(apportion(int(amount), by_use.astype(float)), by_use)
        by_use -= taken
        places.planned[giver] -= int(taken.sum())
        places.planned[park] += int(taken.sum())
        places.land[park, LandStage.UNDEVELOPED, Use.INDUSTRIAL] += int(taken.sum())
    return int(given.sum())
