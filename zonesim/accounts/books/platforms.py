"""Books of platform companies (平台公司): interest, repayment, factories on credit."""

from __future__ import annotations

import math

import numpy as np

from zonesim.accounts.books.parameters import BookParameters
from zonesim.accounts.ledger import Book, Ledger, pay_claims, pay_each
from zonesim.accounts.payments import Payment
from zonesim.columns import Array, Floats
from zonesim.compiled import kernel
from zonesim.world import World
from zonesim.world.world import AccountIndex

MARKET, BANKS = AccountIndex.MARKET, AccountIndex.BANKS


@kernel
def _close(
    book: Book, zones: int, platform0: int, zone: Array, debt: Floats, factory: Array, let: Array, rents: Floats, investment: Floats,
    rate: float, cap: float, vacancy: float, factory_cost: float, market: int,
) -> None:  # fmt: skip
    n = len(rents)
    account = platform0 + np.arange(zones)
    unpaid = rate / 4 * debt[:zones]
    pay_claims(book, account, np.array([BANKS]), unpaid, Payment.INTEREST, market)
    repaid = np.empty(zones)
    for z in range(zones):
        debt[z] += unpaid[z]  # capitalised: the bank lends what it is owed
        repaid[z] = min(debt[z], 0.5 * max(book.balances[account[z]], 0.0))
        debt[z] -= repaid[z]
    pay_each(book, account, np.array([BANKS]), repaid, Payment.REPAYMENT, market)
    rent, cost, loan = np.zeros(zones), np.zeros(zones), np.zeros(zones)
    short = np.zeros(n)
    for p in range(n):
        z = zone[p]
        if z >= 0:
            rent[z] += rents[p]
            short[p] = max(0.0, let[p] / (1 - vacancy) - factory[p])
            cost[z] += short[p] * factory_cost
    for p in range(n):
        z = zone[p]
        if z >= 0:
            room = max(0.0, cap * (rent[z] * 4) - debt[z])
            floor = int(math.floor(short[p] * min(1.0, room / max(cost[z], 1e-9))))
            floor = max(floor, let[p] - factory[p])  # floor that is let exists
            loan[z] += floor * factory_cost
            factory[p] += floor
            investment[p] += floor * factory_cost
    pay_each(book, np.array([BANKS]), account, loan, Payment.LOAN, market)
    pay_each(book, account, np.array([MARKET]), loan, Payment.FACTORIES, market)
    debt[:zones] += loan


def close_platforms(world: World, ledger: Ledger, parameters: BookParameters) -> None:
    """Let platform companies pay interest and repay out of rents, and build factory floor with debt while it is let."""
    zones, places, f = world.zones, world.places, world.flows
    _close(
        ledger.open(4 * zones.n), zones.n, world.accounts.platform0, places.zone, zones.platform_debt, places.factory, places.factory_let,
        f.rents, f.infrastructure_investment, parameters.debt_rate, parameters.debt_cap, parameters.factory_vacancy,
        parameters.factory_cost, ledger.cause("market"),
    )  # fmt: skip
    ledger.close()
