"""What promotion costs: budgets, offices, fees, matching; and the support of the city that is concentrated on key zones."""

from __future__ import annotations

import math

import numpy as np

from zonesim.accounts.ledger import Ledger
from zonesim.columns import Array, Floats
from zonesim.compiled import kernel
from zonesim.parameters import Parameters, parameter
from zonesim.terms import Terms
from zonesim.world import World


class PromotionCostParameters(Parameters, name="promotion_costs"):
    """What offices cost."""

    chain_office: float = parameter(
        60.0, low=10.0, high=300.0, unit="10k CNY/yr per chain", doc="office of a chain", source="assumption: half a dozen people", zh="产业链专班经费"
    )


@kernel
def concentrate(amounts: Floats, zone: Array, key: Floats) -> None:
    """Move amounts between parks so that the key ones have at least their share of all that parks get; inside both groups the split stays.

    Args:
        amounts: by place, changed in place; places outside zones keep theirs.
        zone: committee of each place, -1 outside.
        key: least share of the key places, 0 for all others.
    """
    whole, mine, share = 0.0, 0.0, 0.0
    for p in range(len(amounts)):
        if zone[p] >= 0:
            whole += amounts[p]
            share = max(share, key[p])
            if key[p] > 0.0:
                mine += amounts[p]
    if mine <= 0.0 or mine >= share * whole or mine >= whole:
        return
    for p in range(len(amounts)):
        if zone[p] >= 0:
            amounts[p] *= share * whole / mine if key[p] > 0.0 else (1.0 - share) * whole / (whole - mine)


def pay_for_promotion(world: World, terms: Terms, ledger: Ledger, parameters: PromotionCostParameters, causes: dict[str, str]) -> None:
    """Pay the quarter's promotion budgets (committee, then its county) and chain offices (city); what is paid is what promotes.

    ``zones.promotion_paid`` holds the money of the quarter.
    """
    zones, acc, n = world.zones, world.accounts, world.zones.n
    zones.promotion_paid[:n] = 0.0
    budget = np.where(zones.merged[:n], 0.0, terms["promotion_money"] / 4)
    if budget.any():
        county = acc.county0 + zones.county[:n].astype(np.int64)
        unpaid = ledger.pay_what_there_is(acc.zone0 + np.arange(n), acc.MARKET, budget, "promotion_budget", causes["promotion_budget"])
        unpaid = ledger.pay_what_there_is(county, acc.MARKET, unpaid, "promotion_budget", causes["promotion_budget"])
        zones.promotion_paid[:n] = budget - unpaid
    chains = float(terms["chain_count"])
    if math.isfinite(chains):
        ledger.pay_what_there_is(np.array([acc.CITY]), acc.MARKET, parameters.chain_office / 4 * chains, "chain_office", causes["chain_office"])


def pay_fees(world: World, ledger: Ledger, causes: dict[str, str]) -> None:
    """Pay the fees of promotion that fell due, and the matching of suppliers: the place's committee, then its county."""
    f, acc, n = world.flows, world.accounts, world.n_places
    zone = world.places.zone[:n].astype(np.int64)
    county = acc.county0 + world.places.county[:n].astype(np.int64)
    first = np.where(zone >= 0, acc.zone0 + np.maximum(zone, 0), county)
    for kind, due in (("promotion_fee", f.promotion_fees), ("supplier_matching", f.supplier_matching)):
        if due.any():
            unpaid = ledger.pay_what_there_is(first, acc.MARKET, due, kind, causes[kind])
            ledger.pay_what_there_is(county, acc.MARKET, unpaid, kind, causes[kind])


def pay_grants(world: World, ledger: Ledger, causes: dict[str, str], unpaid: Floats) -> None:
    """Pay the grants of bespoke deals: the city, then the place's county; what neither has is added to ``unpaid`` (owners do without it)."""
    claims, acc, n = world.flows.bespoke_grants, world.accounts, world.n_places
    if not claims.any():
        return
    firm, county = acc.enterprise0 + np.arange(n), acc.county0 + world.places.county[:n].astype(np.int64)
    rest = ledger.pay_what_there_is(np.full(n, acc.CITY), firm, claims, "bespoke_grant", causes["bespoke_grant"])
    unpaid += ledger.pay_what_there_is(county, firm, rest, "bespoke_grant", causes["bespoke_grant"])
