"""Money of circular transformation (循环化改造): what is paid of the support that parks claim."""

from __future__ import annotations

import numpy as np

from zonesim.accounts.ledger import Book, Handed, Ledger, pay_each
from zonesim.accounts.payments import Payment
from zonesim.columns import Array, Floats, Ints
from zonesim.compiled import kernel
from zonesim.parameters import Parameters, parameter
from zonesim.world import World
from zonesim.world.world import AccountIndex

CITY = AccountIndex.CITY


class CircularMoneyParameters(Parameters, name="circular_money"):
    """What governments put into by-product links."""

    budget_share: float = parameter(
        0.10, low=0.01, high=0.5, unit="share of money a quarter", doc="most of a payer's money that goes into circular transformation",
        source="assumption", zh="循环化支出上限",
    )  # fmt: skip


@kernel
def _pay(book: Book, payer: Ints, firm: Ints, claims: Floats, paid: Floats, share: float, cause: Ints) -> None:
    """Pay the part of claims that is still open, all claims on one payer by the same part, within a share of its money."""
    owed = book.owed
    for p in range(len(claims)):
        owed[payer[p]] = 0.0
    for p in range(len(claims)):
        owed[payer[p]] += claims[p] - paid[p]
    part = np.empty(len(claims))
    for p in range(len(claims)):
        means, due = share * max(book.balances[payer[p]], 0.0), owed[payer[p]]
        part[p] = claims[p] - paid[p]
        if due > means:
            part[p] *= means / max(due, 1e-12)
    pay_each(book, payer, firm, part, Payment.CIRCULAR_SUPPORT, cause)
    paid += part


@kernel
def _pay_links(handed: Handed, zone: Array, zone0: int, enterprise0: int, share: float, causes: Ints, claims: Floats) -> None:
    book = Book(*handed)
    n = len(claims)
    city, committee, firm, cause, paid = np.full(n, CITY), np.empty(n, dtype=np.int64), np.empty(n, dtype=np.int64), np.empty(n, dtype=np.int64), np.zeros(n)
    for p in range(n):
        committee[p], firm[p], cause[p] = zone0 + max(zone[p], 0), enterprise0 + p, causes[max(zone[p], 0)]  # only parks claim
    _pay(book, city, firm, claims, paid, share, cause)
    _pay(book, committee, firm, claims, paid, share, cause)
    claims[:] = paid


def pay_links(world: World, ledger: Ledger, parameters: CircularMoneyParameters, causes: dict[str, str]) -> None:
    """Pay the claims in ``flows.circular_support``, and leave there what was paid: the city, then each park's committee, within their budgets.

    All claims on one payer are paid by the same part, min(1, budget_share x balance / claims).
    """
    acc = world.accounts
    _pay_links(
        ledger.open(2 * world.n_places), world.places.zone, acc.zone0, acc.enterprise0, parameters.budget_share,
        ledger.causes_of_committees(("circular_support",), causes, max(world.zones.n, 1))[0], world.flows.circular_support,
    )  # fmt: skip
    ledger.close()
