"""Integration of sub-parks into the committee of their parent (园区整合)."""

from __future__ import annotations

import numpy as np

from zonesim.accounts.ledger import Ledger
from zonesim.parameters import Parameters, parameter
from zonesim.terms import Terms
from zonesim.world import World


class IntegrationParameters(Parameters, name="integration"):
    """Costs and gains of a merger."""

    overhead_saved: float = parameter(0.15, low=0.0, high=0.5, unit="share of staff", doc="staff that a merger saves", source="assumption", zh="节省编制")
    cost: float = parameter(5.0, low=0.0, high=50.0, unit="10k CNY per staff", doc="one-off cost of a merger", source="assumption", zh="整合成本")
    dip: float = parameter(0.2, low=0.0, high=0.6, unit="share", doc="service lost in the first year", source="assumption: disruption", zh="磨合损失")


def integrate(world: World, terms: Terms, ledger: Ledger, parameters: IntegrationParameters, cause: str) -> None:
    """Merge committees whose integration is in force into their parents: parks, staff, money and books pass over, once."""
    zones, places, acc = world.zones, world.places, world.accounts
    due = (terms["integrated"] > 0) & ~zones.merged[: zones.n].astype(bool) & (zones.parent[: zones.n] >= 0)
    for z in np.flatnonzero(due):
        parent = int(zones.parent[z])
        while zones.merged[parent] and zones.parent[parent] >= 0:
            parent = int(zones.parent[parent])
        places.zone[: world.n_places][places.zone[: world.n_places] == z] = parent
        balance = max(0.0, float(world.balances[acc.zone0 + z]))
        ledger.post(acc.zone0 + z, acc.zone0 + parent, balance, "integration", cause)
        cost = parameters.cost * float(zones.staff[z])
        ledger.pay_what_there_is(np.array([acc.zone0 + parent]), acc.MARKET, cost, "integration_cost", cause)
        zones.staff[parent] += (1 - parameters.overhead_saved) * zones.staff[z]
        zones.service_capacity[parent] += zones.service_capacity[z]
        for name in ("infrastructure_fund", "platform_debt", "arrears", "value_added_last", "value_added_year"):
            getattr(zones, name)[parent] += getattr(zones, name)[z]
            getattr(zones, name)[z] = 0.0
        ledger.post(acc.platform0 + z, acc.platform0 + parent, max(0.0, float(world.balances[acc.platform0 + z])), "integration", cause)
        for name in ("tax_base", "tax_year", "tax_fixed_base", "city_tax_base", "city_tax_year", "city_tax_fixed_base"):
            getattr(zones, name)[parent] += getattr(zones, name)[z]
            getattr(zones, name)[z] = 0.0
        zones.staff[z] = 0.0
        zones.merged[z] = True
        zones.dip_until[parent] = world.quarter + 4
    world.service_dip[: zones.n] = np.where(zones.dip_until[: zones.n] > world.quarter, 1 - parameters.dip, 1.0)
