"""What promotion costs: budgets, offices, fees, matching; and the support of the city that is concentrated on key zones."""

from __future__ import annotations

import math

import numpy as np

from zonesim.accounts.ledger import Book, Handed, Ledger, pay_claims
from zonesim.accounts.payments import Payment
from zonesim.columns import Array, Floats, Ints
from zonesim.compiled import kernel
from zonesim.parameters import Parameters, parameter
from zonesim.terms import Terms
from zonesim.world import World
from zonesim.world.flows import Flows
from zonesim.world.world import AccountIndex

MARKET, CITY = AccountIndex.MARKET, AccountIndex.CITY
FEES, MATCHING = (Flows.BY_PLACE.index(name) for name in ("promotion_fees", "supplier_matching"))


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


@kernel
def _pay_budgets(
    handed: Handed, zone0: int, county0: int, zone_county: Array, merged: Array, money: Floats, offices: float, budget_cause: Ints, office_cause: int,
    paid: Floats,
) -> None:  # fmt: skip
    book = Book(*handed)
    zones = len(paid)
    committee, host = np.empty(zones, dtype=np.int64), np.empty(zones, dtype=np.int64)
    unpaid = np.zeros(zones)
    for z in range(zones):
        committee[z], host[z] = zone0 + z, county0 + zone_county[z]
        paid[z] = 0.0 if merged[z] else money[z] / 4
        unpaid[z] = paid[z]
    outside = np.array([MARKET])
    pay_claims(book, committee, outside, unpaid, Payment.PROMOTION_BUDGET, budget_cause)
    pay_claims(book, host, outside, unpaid, Payment.PROMOTION_BUDGET, budget_cause)
    paid -= unpaid
    pay_claims(book, np.array([CITY]), outside, np.array([offices]), Payment.CHAIN_OFFICE, office_cause)


def _any_budget(terms: Terms) -> bool:
    return bool(terms["promotion_money"].any()) or math.isfinite(terms["chain_count"])


def pay_for_promotion(world: World, terms: Terms, ledger: Ledger, parameters: PromotionCostParameters, causes: dict[str, str]) -> None:
    """Pay the quarter's promotion budgets (committee, then its county) and chain offices (city); what is paid is what promotes.

    ``zones.promotion_paid`` holds the money of the quarter.
    """
    zones, acc, n = world.zones, world.accounts, world.zones.n
    if not terms.once(_any_budget):
        zones.promotion_paid[:n] = 0.0
        return
    chains = float(terms["chain_count"])
    _pay_budgets(
        ledger.open(2 * n + 1), acc.zone0, acc.county0, zones.county, zones.merged, terms["promotion_money"],
        parameters.chain_office / 4 * chains if math.isfinite(chains) else 0.0, ledger.causes_of_committees(("promotion_budget",), causes, n)[0],
        ledger.cause(causes["chain_office"]), zones.promotion_paid[:n],
    )  # fmt: skip
    ledger.close()


@kernel
def _pay_fees(handed: Handed, flow: Floats, zone: Array, county: Array, zone0: int, county0: int, fee_cause: int, matching_cause: Ints) -> None:
    book = Book(*handed)
    n = flow.shape[1]
    first, host = np.empty(n, dtype=np.int64), np.empty(n, dtype=np.int64)
    for p in range(n):
        host[p] = county0 + county[p]
        first[p] = zone0 + zone[p] if zone[p] >= 0 else host[p]
    outside = np.array([MARKET])
    unpaid = flow[FEES].copy()
    pay_claims(book, first, outside, unpaid, Payment.PROMOTION_FEE, fee_cause)
    pay_claims(book, host, outside, unpaid, Payment.PROMOTION_FEE, fee_cause)
    unpaid = flow[MATCHING].copy()
    pay_claims(book, first, outside, unpaid, Payment.SUPPLIER_MATCHING, matching_cause)
    pay_claims(book, host, outside, unpaid, Payment.SUPPLIER_MATCHING, matching_cause)


def pay_fees(world: World, ledger: Ledger, causes: dict[str, str]) -> None:
    """Pay the fees of promotion that fell due, and the matching of suppliers: the place's committee, then its county.

    A fee is caused by the committee that found a project and paid where the project settles: all clauses of the region stand beside it.
    """
    f, acc, places = world.flows, world.accounts, world.places
    if not (np.count_nonzero(f.promotion_fees) or np.count_nonzero(f.supplier_matching)):
        return
    _pay_fees(
        ledger.open(4 * world.n_places), f.by_place, places.zone, places.county, acc.zone0, acc.county0, ledger.cause(causes["promotion_fee"]),
        ledger.causes_at_places(("supplier_matching",), causes, world.n_places)[0],
    )  # fmt: skip
    ledger.close()


@kernel
def _pay_grants(handed: Handed, grants: Floats, county: Array, county0: int, enterprise0: int, cause: Ints, unpaid: Floats) -> None:
    book = Book(*handed)
    n = len(grants)
    firm, host = np.empty(n, dtype=np.int64), np.empty(n, dtype=np.int64)
    for p in range(n):
        firm[p], host[p] = enterprise0 + p, county0 + county[p]
    claims = grants.copy()
    pay_claims(book, np.full(n, CITY), firm, claims, Payment.BESPOKE_GRANT, cause)
    pay_claims(book, host, firm, claims, Payment.BESPOKE_GRANT, cause)
    unpaid += claims


def pay_grants(world: World, ledger: Ledger, causes: dict[str, str], unpaid: Floats) -> None:
    """Pay the grants of bespoke deals: the city, then the place's county; what neither has is added to ``unpaid`` (owners do without it)."""
    claims, acc = world.flows.bespoke_grants, world.accounts
    if not np.count_nonzero(claims):
        return
    why = ledger.causes_at_places(("bespoke_grant",), causes, world.n_places)[0]
    _pay_grants(ledger.open(2 * world.n_places), claims, world.places.county, acc.county0, acc.enterprise0, why, unpaid)
    ledger.close()
