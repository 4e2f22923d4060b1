"""Settlement: the payments of enterprises, place by place."""

from __future__ import annotations

import numpy as np

from zonesim.accounts.ledger import Book, Handed, Ledger, pay, pay_claims, pay_each, pay_rows
from zonesim.accounts.payments import Payment
from zonesim.columns import Array, Floats, Ints
from zonesim.compiled import kernel
from zonesim.sums import total
from zonesim.terms import Terms
from zonesim.world import World
from zonesim.world.flows import Flows
from zonesim.world.world import AccountIndex

MARKET, HOUSEHOLDS, OWNERS, BANKS = AccountIndex.MARKET, AccountIndex.HOUSEHOLDS, AccountIndex.OWNERS, AccountIndex.BANKS
CENTRE, CITY = AccountIndex.CENTRE, AccountIndex.CITY
VALUE_ADDED, WAGES, INVESTMENT = (Flows.BY_SITE.index(name) for name in ("value_added", "wages", "investment"))
SCRAPPED, INTEREST, REPAID, BORROWED, RESEARCH, RENTS, MOVING, IDLE_FEES, PENALTIES, LAND_PAYMENTS, DIVIDENDS, EQUIPMENT, RELOCATION, COMPENSATION = (
    Flows.BY_PLACE.index(name)
    for name in (
        "scrapped", "interest", "repaid", "borrowed", "research", "rents", "moving_costs", "idle_fees", "penalties", "land_payments", "dividends",
        "equipment_subsidies", "moving_subsidies", "compensation",
    )
)  # fmt: skip
LAND_REVENUE = int(Payment.LAND_REVENUE)
SETTLED = ("idle_fee", "standard_penalty", "equipment_subsidy", "idle_compensation", "land_revenue")


@kernel
def _settle(
    handed: Handed, flow: Floats, by_site: Floats, zones: int, zone: Array, county: Array, county0: int, zone0: int, platform0: int,
    enterprise0: int, central_fee: float, fee_part: float, deduction: Floats, reinvest: Floats, unpaid: Floats, fund: Floats, arrears: Floats, market: int,
    land: int, land_fee: int, relocation: int, causes: Ints,
) -> None:  # fmt: skip
    book = Book(*handed)
    n = len(unpaid)
    idle_fee, penalty, equipment, compensation, earmark = causes[0], causes[1], causes[2], causes[3], causes[4]
    firm, host, committee, landlord = np.empty(n, dtype=np.int64), np.empty(n, dtype=np.int64), np.empty(n, dtype=np.int64), np.empty(n, dtype=np.int64)
    market_account, households, owners, bank = np.array([MARKET]), np.array([HOUSEHOLDS]), np.array([OWNERS]), np.array([BANKS])
    made, wages, invested = np.empty(n), np.empty(n), np.empty(n)
    for p in range(n):
        firm[p] = enterprise0 + p
        host[p] = county0 + county[p]
        committee[p] = zone0 + zone[p] if zone[p] >= 0 else host[p]
        landlord[p] = platform0 + zone[p] if zone[p] >= 0 else OWNERS
        made[p], wages[p], invested[p] = total(by_site[VALUE_ADDED, p]), total(by_site[WAGES, p]), total(by_site[INVESTMENT, p])
    pay_each(book, market_account, firm, made, Payment.VALUE_ADDED, market)
    pay_each(book, market_account, firm, flow[SCRAPPED], Payment.SCRAP, market)
    pay_each(book, firm, households, wages, Payment.WAGES, market)
    pay(book, HOUSEHOLDS, MARKET, total(wages), Payment.CONSUMPTION, market)
    pay_each(book, firm, bank, flow[INTEREST], Payment.INTEREST, market)
    pay_each(book, firm, bank, flow[REPAID], Payment.REPAYMENT, market)
    pay_each(book, bank, firm, flow[BORROWED], Payment.LOAN, market)
    pay_each(book, firm, market_account, invested, Payment.INVESTMENT, market)
    pay_each(book, firm, market_account, flow[RESEARCH], Payment.RESEARCH, market)
    pay_each(book, firm, landlord, flow[RENTS], Payment.RENT, market)
    pay_each(book, firm, market_account, flow[MOVING], Payment.MOVING, market)
    pay_each(book, firm, host, flow[IDLE_FEES], Payment.IDLE_FEE, idle_fee)
    pay_each(book, firm, host, flow[PENALTIES], Payment.STANDARD_PENALTY, penalty)
    claim = flow[EQUIPMENT].copy()
    pay_claims(book, committee, firm, claim, Payment.EQUIPMENT_SUBSIDY, equipment)
    pay_claims(book, host, firm, claim, Payment.EQUIPMENT_SUBSIDY, equipment)
    unpaid += claim
    claim[:] = flow[RELOCATION]
    pay_claims(book, host, firm, claim, Payment.RELOCATION_SUBSIDY, relocation)
    pay_claims(book, np.full(n, CITY), firm, claim, Payment.RELOCATION_SUBSIDY, relocation)
    unpaid += claim
    claim[:] = flow[COMPENSATION]
    pay_claims(book, committee, firm, claim, Payment.IDLE_COMPENSATION, compensation)
    pay_claims(book, host, firm, claim, Payment.IDLE_COMPENSATION, compensation)
    unpaid += claim
    gross = flow[LAND_PAYMENTS]
    fee = fee_part * gross * central_fee
    deducted = deduction * (gross - fee)
    earmarked = reinvest * (gross - fee - deducted)
    owed, some = np.zeros(zones), False
    for p in range(n):
        some = some or unpaid[p] != 0.0
        if zone[p] >= 0:
            fund[zone[p]] += earmarked[p]
            owed[zone[p]] += unpaid[p]
        else:
            earmarked[p] = 0.0
    pay_each(book, firm, host, gross, Payment.LAND_PRICE, land)
    pay_each(book, host, np.array([CENTRE]), fee, Payment.NEW_LAND_FEE, land_fee)
    pay_each(book, host, households, deducted, Payment.LAND_COMPENSATION, land)
    pay(book, HOUSEHOLDS, MARKET, total(deducted), Payment.CONSUMPTION, market)
    pay_rows(book, host, committee, earmarked, np.full(n, LAND_REVENUE), earmark)
    if some:
        for z in range(zones):
            arrears[z] += owed[z]
    profit = flow[DIVIDENDS] - unpaid
    pay_each(book, firm, owners, np.maximum(profit, 0.0), Payment.DIVIDENDS, market)
    pay_each(book, owners, firm, np.maximum(-profit, 0.0), Payment.OWNERS_MONEY, market)


def settle_enterprises(world: World, terms: Terms, ledger: Ledger, causes: dict[str, str], unpaid_refunds: Floats, central_fee: float, fee_part: float) -> None:
    """Post what enterprises paid and received this quarter; afterwards their accounts are zero.

    Received: value added and scrap from the market, loans, subsidies, compensation, refunds (posted with the taxes). Paid: wages, taxes
    (posted before), interest, repayment, investment, research, rent, land, fees, penalties, moves, and what is left as dividends
    (owners pay in when it is negative, and when a promised subsidy or refund is not paid). Households spend their wages on the market.
    Subsidies are claimed from a first government (the committee for equipment and idle land, the county for moves) and then from a second.
    Land income: the new-construction fee to the centre, deductions to households, the earmarked part of the rest to the committee,
    and what is left to the county. The cause of each payment is that of the place, but for moves, which are paid at their end and caused where they began:
    all clauses of the region that subsidise moves stand there.

    Args:
        world: its flows are paid.
        terms: of the quarter.
        ledger: takes the postings.
        causes: clause or law behind each kind of payment.
        unpaid_refunds: refunds that no government could pay, by place; further claims that nobody could pay are added.
        central_fee: the centre's share of the fee on newly built land.
        fee_part: that fee as a part of land income.
    """
    f, acc, places, zones, n = world.flows, world.accounts, world.places, world.zones, world.n_places
    _settle(
        ledger.open(26 * n + 2), f.by_place, f.by_site, zones.n, places.zone, places.county, acc.county0, acc.zone0, acc.platform0,
        acc.enterprise0, central_fee, fee_part, terms["land_revenue_deduction"], terms["land_revenue_reinvest"], unpaid_refunds,
        zones.infrastructure_fund, zones.arrears, ledger.cause("market"), ledger.cause("law:land"), ledger.cause("law:土地管理法 art.55"),
        ledger.cause(causes["relocation_subsidy"]), ledger.causes_at_places(SETTLED, causes, n),
    )  # fmt: skip
    ledger.close()
