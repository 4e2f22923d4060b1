"""Contracts between governments: the sharing of the tax and the site cost of shared projects."""

from __future__ import annotations

import numpy as np

from zonesim.accounts.ledger import Book, Handed, Ledger, pay_claims
from zonesim.accounts.payments import Payment
from zonesim.accounts.sharing import SharingParameters
from zonesim.columns import Array, Floats, Ints
from zonesim.compiled import kernel
from zonesim.world import World


@kernel
def _share_taxes(
    handed: Handed, n: int, quarter: int, start: Array, until: Array, tax_share: Floats, host: Array, provider: Array, county: Array, county0: int, taxes: Floats,
    central: Floats, province: float, cause: Ints, shared: Floats,
) -> None:  # fmt: skip
    book = Book(*handed)
    payer, giver = np.empty(n, dtype=np.int64), np.empty(n, dtype=np.int64)
    due, why = np.zeros(n), np.empty(n, dtype=np.int64)
    for k in range(n):
        payer[k], giver[k], why[k] = county0 + county[host[k]], provider[k], cause[host[k]]
        if start[k] <= quarter and quarter <= until[k] and k < len(taxes):
            local = 0.0
            for t in range(3):
                local += taxes[k, t] * (1 - central[t]) * (1 - province)
            due[k] = tax_share[k] * (local + (taxes[k, 3] + taxes[k, 4]))
    claimed = due.copy()
    pay_claims(book, payer, giver, due, Payment.ENCLAVE_SHARE, why)
    for k in range(n):  # what is left of a claim was not paid
        shared[host[k]] += claimed[k] - due[k]


@kernel
def _share_costs(
    handed: Handed, n: int, quarter: int, start: Array, cost_share: Floats, site_cost: Floats, host: Array, provider: Array, zone: Array, zone0: int, cause: Ints
) -> None:  # fmt: skip
    book = Book(*handed)
    committee, giver = np.empty(n, dtype=np.int64), np.empty(n, dtype=np.int64)
    cost, why = np.zeros(n), np.empty(n, dtype=np.int64)
    for k in range(n):
        committee[k], giver[k], why[k] = zone0 + max(zone[host[k]], 0), provider[k], cause[host[k]]
        if start[k] == quarter and zone[host[k]] >= 0:
            cost[k] = cost_share[k] * site_cost[k]
    pay_claims(book, giver, committee, cost, Payment.ENCLAVE_COST, why)


def share_taxes(world: World, ledger: Ledger, central: Floats, parameters: SharingParameters, causes: dict[str, str]) -> None:
    """Pay providers of shared projects their part of the local tax, before anything is spent of it: it is a contract.

    From the quarter of landing to the last of the contract the host county pays tax_share x local (city and county) tax of the project's
    quarter; what of it was paid is entered by place, as the flow ``enclave_tax``.
    """
    contracts, n = world.contracts, world.contracts.n
    if n == 0:
        return
    _share_taxes(
        ledger.open(n), n, world.quarter, contracts.start, contracts.until, contracts.tax_share, contracts.host, contracts.provider, world.places.county,
        world.accounts.county0, world.flows.taxes_of_contracts, central, parameters.province, ledger.causes_at_places(("enclave_share",), causes, world.n_places)[0], world.flows.enclave_tax,
    )  # fmt: skip
    ledger.close()


def share_costs(world: World, ledger: Ledger, causes: dict[str, str]) -> None:
    """Let providers pay their part of the site cost: in the landing quarter cost_share x land cost, to the host's committee."""
    contracts, n = world.contracts, world.contracts.n
    if n == 0:
        return
    _share_costs(
        ledger.open(n), n, world.quarter, contracts.start, contracts.cost_share, contracts.site_cost, contracts.host, contracts.provider, world.places.zone,
        world.accounts.zone0, ledger.causes_at_places(("enclave_cost",), causes, world.n_places)[0],
    )  # fmt: skip
    ledger.close()
