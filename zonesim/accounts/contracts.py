"""Contracts between governments: the sharing of the tax and the site cost of shared projects."""

from __future__ import annotations

from typing import Any

import numpy as np

from zonesim.accounts.ledger import pay_claims
from zonesim.accounts.payments import Payment
from zonesim.columns import Array, Floats
from zonesim.compiled import rule


@rule
def share_taxes(
    book: Any, n: int, quarter: int, start: Array, until: Array, tax_share: Floats, host: Array, provider: Array, county: Array, county0: int, taxes: Floats,
    central: Floats, province: float, cause: int, shared: Floats,
) -> None:  # fmt: skip
    """Pay providers of shared projects their part of the local tax, before anything is spent of it: it is a contract.

    From the quarter of landing to the last of the contract the host county pays tax_share x local (city and county) tax of the project's
    quarter; what of it was paid is entered by place, as the flow ``enclave_tax`` (``shared``).
    """
    payer, giver = np.empty(n, dtype=np.int64), np.empty(n, dtype=np.int64)
    due = np.zeros(n)
    for k in range(n):
        payer[k], giver[k] = county0 + county[host[k]], provider[k]
        if start[k] <= quarter and quarter <= until[k] and k < len(taxes):
            local = 0.0
            for t in range(3):
                local += taxes[k, t] * (1 - central[t]) * (1 - province)
            due[k] = tax_share[k] * (local + (taxes[k, 3] + taxes[k, 4]))
    claimed = due.copy()
    pay_claims(book, payer, giver, due, Payment.ENCLAVE_SHARE, cause)
    for k in range(n):  # what is left of a claim was not paid
        shared[host[k]] += claimed[k] - due[k]


@rule
def count_for_providers(
    n: int, quarter: int, county0: int, zones: int, start: Array, until: Array, share: Floats, host: Array, provider: Array, zone: Array,
    zone_county: Array, taxes_of_contracts: Floats, value_added_year: Floats,
) -> None:  # fmt: skip
    """Count the agreed share of a shared project's value added for its provider's committee instead of the host's."""
    for k in range(n):
        if quarter < start[k] or quarter > until[k] or share[k] <= 0:
            continue
        counted = share[k] * taxes_of_contracts[k, 5]
        value_added_year[zone[host[k]]] -= counted
        for z in range(zones):
            if county0 + zone_county[z] == provider[k]:
                value_added_year[z] += counted
                break


@rule
def share_costs(
    book: Any, n: int, quarter: int, start: Array, cost_share: Floats, site_cost: Floats, host: Array, provider: Array, zone: Array, zone0: int, cause: int
) -> None:  # fmt: skip
    """Let providers pay their part of the site cost: in the landing quarter cost_share x land cost, to the host's committee."""
    committee, giver = np.empty(n, dtype=np.int64), np.empty(n, dtype=np.int64)
    cost = np.zeros(n)
    for k in range(n):
        committee[k], giver[k] = zone0 + max(zone[host[k]], 0), provider[k]
        if start[k] == quarter and zone[host[k]] >= 0:
            cost[k] = cost_share[k] * site_cost[k]
    pay_claims(book, giver, committee, cost, Payment.ENCLAVE_COST, cause)
