"""Books of platform companies (平台公司): interest, repayment, factories on credit."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from zonesim.accounts.books.credit import debt_room
from zonesim.accounts.ledger import pay_claims, pay_each
from zonesim.accounts.payments import Payment
from zonesim.columns import Array, Floats
from zonesim.compiled import part
from zonesim.world.world import AccountIndex

MARKET, BANKS, OWNERS = AccountIndex.MARKET, AccountIndex.BANKS, AccountIndex.OWNERS


@part
def close_platforms(
    book: Any, zones: int, platform0: int, zone: Array, debt: Floats, factory: Array, let: Array, rents: Floats, investment: Floats,
    rate: float, cap: float, vacancy: float, factory_cost: float, ratio_cap: Floats, revenue: Floats, bonds: Floats, loans: Floats, partners: Floats, supply: Floats,
    merged: Floats, operator: Floats, discount: float, operator_vacancy: float, usual_cap: float, service: float, years: float, market: int,
) -> None:  # fmt: skip
    """Let platform companies pay interest and repay out of rents, and build factory floor with debt: while it is let, and ahead of demand as told.

    No loan goes beyond the room for debt. Floor that is let but has no credit is paid with the company's own money, and for the rest by the
    owners of its tenants.
    """
    n = len(rents)
    other_debt = bonds[:zones] + loans[:zones] + partners[:zones]
    account = platform0 + np.arange(zones)
    unpaid = np.empty(zones)
    for z in range(zones):
        unpaid[z] = (rate - discount if merged[z] > 0 else rate) / 4 * debt[z]
    pay_claims(book, account, np.array([BANKS]), unpaid, Payment.INTEREST, market)
    pay_each(book, np.array([BANKS]), account, unpaid, Payment.LOAN, market)  # the bank lends what it is owed
    pay_each(book, account, np.array([BANKS]), unpaid, Payment.INTEREST, market)
    repaid = np.empty(zones)
    for z in range(zones):
        debt[z] += unpaid[z]
        repaid[z] = min(debt[z], 0.5 * max(book.balances[account[z]], 0.0))
        debt[z] -= repaid[z]
    pay_each(book, account, np.array([BANKS]), repaid, Payment.REPAYMENT, market)
    rent, cost, loan, beyond = np.zeros(zones), np.zeros(zones), np.zeros(zones), np.zeros(zones)
    short, parks = np.zeros(n), np.zeros(zones)
    for p in range(n):
        z = zone[p]
        if z >= 0:
            rent[z] += rents[p]
            empty = vacancy * operator_vacancy if operator[z] > 0 else vacancy
            short[p] = max(0.0, let[p] / (1 - empty) - factory[p])
            parks[z] += 1
            cost[z] += short[p] * factory_cost
    for p in range(n):
        z = zone[p]
        if z >= 0:
            room = max(0.0, cap * (rent[z] * 4) - debt[z])
            left = ratio_cap[z] * revenue[z] - debt[z] - other_debt[z] if ratio_cap[z] < np.inf else np.inf
            room = min(room, max(0.0, left))
            floor = int(math.floor(short[p] * min(1.0, room / max(cost[z], 1e-9))))
            if supply[z] > 0.0:  # ahead of demand, while banks lend
                more = debt_room(revenue[z], debt[z] + other_debt[z], ratio_cap[z], usual_cap, rate, service, 0.0, years)
                floor = max(floor, int(math.floor(min(supply[z] / 4, more / factory_cost) / parks[z])))
            floor = min(floor, int(math.floor(max(0.0, left - loan[z]) / factory_cost))) if left < np.inf else floor
            loan[z] += floor * factory_cost
            let_beyond = max(0, let[p] - factory[p] - floor)  # floor that is let exists: without credit it is paid with own money
            beyond[z] += let_beyond * factory_cost
            factory[p] += floor + let_beyond
            investment[p] += (floor + let_beyond) * factory_cost
    pay_each(book, np.array([BANKS]), account, loan, Payment.LOAN, market)
    pay_each(book, account, np.array([MARKET]), loan, Payment.FACTORIES, market)
    pay_claims(book, account, np.array([MARKET]), beyond, Payment.FACTORIES, market)
    pay_each(book, np.array([OWNERS]), np.array([MARKET]), beyond, Payment.FACTORIES, market)  # tenants' owners pay for the rest
    debt[:zones] += loan
