"""Contracts between governments: the sharing of the tax and the site cost of shared projects."""

from __future__ import annotations

import numpy as np

from zonesim.accounts.ledger import Book, Ledger, pay_claims
from zonesim.accounts.payments import Payment
from zonesim.accounts.sharing import SharingParameters
from zonesim.columns import Array, Floats
from zonesim.compiled import kernel
from zonesim.world import World


@kernel
def _share(
    book: Book, n: int, quarter: int, start: Array, until: Array, tax_share: Floats, cost_share: Floats, site_cost: Floats, host: Array,
    provider: Array, county: Array, zone: Array, county0: int, zone0: int, taxes: Floats, central: Floats, province: float, share_cause: int,
    cost_cause: int, shared: Floats,
) -> None:  # fmt: skip
    payer, committee, giver = np.empty(n, dtype=np.int64), np.empty(n, dtype=np.int64), np.empty(n, dtype=np.int64)
    due, cost = np.zeros(n), np.zeros(n)
    for k in range(n):
        payer[k] = county0 + county[host[k]]
        committee[k] = zone0 + max(zone[host[k]], 0)
        giver[k] = provider[k]
        if start[k] <= quarter and quarter <= until[k] and k < len(taxes):
            local = 0.0
            for t in range(3):
                local += taxes[k, t] * (1 - central[t]) * (1 - province)
            due[k] = tax_share[k] * (local + (taxes[k, 3] + taxes[k, 4]))
        if start[k] == quarter and zone[host[k]] >= 0:
            cost[k] = cost_share[k] * site_cost[k]
    claimed = due.copy()
    pay_claims(book, payer, giver, due, Payment.ENCLAVE_SHARE, share_cause)
    for k in range(n):  # what is left of a claim was not paid
        shared[host[k]] += claimed[k] - due[k]
    pay_claims(book, giver, committee, cost, Payment.ENCLAVE_COST, cost_cause)


def share_contracts(world: World, ledger: Ledger, central: Floats, parameters: SharingParameters, causes: dict[str, str]) -> None:
    """Pay providers of shared projects their part of the local tax, and let them pay their part of the site cost.

    From the quarter of landing to the last of the contract the host county pays tax_share x local (city and county) tax of the project's
    quarter (what of it was paid is entered by place, as the flow ``enclave_tax``); in the landing quarter the provider pays cost_share x land cost to the host's committee.
    """
    contracts, acc, places, n = world.contracts, world.accounts, world.places, world.contracts.n
    if n == 0:
        return
    _share(
        ledger.open(2 * n), n, world.quarter, contracts.start, contracts.until, contracts.tax_share, contracts.cost_share, contracts.site_cost,
        contracts.host, contracts.provider, places.county, places.zone, acc.county0, acc.zone0, world.flows.taxes_of_contracts, central,
        parameters.province, ledger.cause(causes["enclave_share"]), ledger.cause(causes["enclave_cost"]), world.flows.enclave_tax,
    )  # fmt: skip
    ledger.close()
