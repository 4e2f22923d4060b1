"""Public finance of zones: grants, service of debts, works on credit and with private partners, under a cap on debt."""

from __future__ import annotations

from typing import Any

import numpy as np

from zonesim.accounts.books.committees import real_works, split_works
from zonesim.accounts.books.credit import debt_room, hand_on, partner_works, take_up
from zonesim.accounts.books.finance import FinanceParameters
from zonesim.accounts.books.parameters import BookParameters
from zonesim.accounts.ledger import ROWS, Ledger, pay, pay_claims, pay_each
from zonesim.accounts.payments import Payment
from zonesim.accounts.postings import KIND, PAYEE, PAYER
from zonesim.columns import Array, Floats, Ints
from zonesim.compiled import part
from zonesim.terms import Terms
from zonesim.units import QUARTER
from zonesim.world import World
from zonesim.world.world import AccountIndex

MARKET, HOUSEHOLDS, OWNERS, BANKS = AccountIndex.MARKET, AccountIndex.HOUSEHOLDS, AccountIndex.OWNERS, AccountIndex.BANKS
CENTRE, PROVINCE = AccountIndex.CENTRE, AccountIndex.PROVINCE


@part
def receive_and_serve(
    book: Any, zones: int, county0: int, zone0: int, platform0: int, zone_county: Array, merged: Array, transfer: Floats, grant: Floats,
    subsidy: Floats, operator: Floats, operator_fee: float, team: Floats, commission_rate: float, zone: Array, rent: Floats, attracted: Floats,
    platform_debt: Floats, bonds: Floats, loans: Floats, partners: Floats, arrears: Floats,
    bond_rate: float, loan_rate: float, platform_rate: float, partner_rate: float, bond_years: float, loan_years: float, partner_years: float,
    market: int, causes: Ints,
) -> None:  # fmt: skip
    """Take in grants and transfers; pay operators and promotion teams; serve bonds, policy loans and partners; roll over what cannot be paid by a new loan."""
    transfer_cause, grant_cause, subsidy_cause, bond_cause, loan_cause, partner_cause = causes[0], causes[1], causes[2], causes[3], causes[4], causes[5]
    operator_cause, team_cause = causes[6], causes[7]
    committee, company = zone0 + np.arange(zones), platform0 + np.arange(zones)
    host = county0 + zone_county[:zones].astype(np.int64)
    claim, grants, rents, commission = np.empty(zones), np.empty(zones), np.zeros(zones), np.zeros(zones)
    for p in range(len(rent)):
        if zone[p] >= 0:
            rents[zone[p]] += rent[p]
            commission[zone[p]] += attracted[p]
    for z in range(zones):
        claim[z] = 0.0 if merged[z] else transfer[z] / 4
        grants[z] = 0.0 if merged[z] else grant[z] / 4
        commission[z] = commission_rate * commission[z] * team[z]
    pay_claims(book, host, committee, claim, Payment.COUNTY_TRANSFER, transfer_cause)
    pay_each(book, np.array([PROVINCE]), committee, grants, Payment.HIGHER_GRANT, grant_cause)
    for z in range(zones):
        claim[z] = operator_fee * operator[z] * rents[z]
    pay_claims(book, company, np.array([OWNERS]), claim, Payment.OPERATOR_FEE, operator_cause)
    claim = commission.copy()
    pay_claims(book, committee, np.array([HOUSEHOLDS]), claim, Payment.COMMISSION, team_cause)
    for z in range(zones):
        arrears[z] += claim[z]
        pay(book, HOUSEHOLDS, MARKET, commission[z] - claim[z], Payment.CONSUMPTION, market)
    interest = bond_rate / 4 * bonds[:zones] + loan_rate / 4 * loans[:zones] + platform_rate / 4 * platform_debt[:zones]
    pay_each(book, np.array([CENTRE]), company, subsidy * interest, Payment.INTEREST_SUBSIDY, subsidy_cause)
    # the committee stands behind its company: it lends a hand with what the company's own money does not cover
    due = bonds[:zones] * (bond_rate / 4 + QUARTER / bond_years) + loans[:zones] * (loan_rate / 4 + QUARTER / loan_years)
    for z in range(zones):
        due[z] = max(0.0, due[z] - max(0.0, book.balances[company[z]]))
    pay_claims(book, committee, company, due, Payment.DEBT_SUPPORT, bond_cause)
    province, bank, owner = np.array([PROVINCE]), np.array([BANKS]), np.array([OWNERS])
    claim = bond_rate / 4 * bonds[:zones]
    pay_claims(book, company, province, claim, Payment.BOND_INTEREST, bond_cause)
    pay_each(book, province, company, claim, Payment.SPECIAL_BOND, bond_cause)  # refinancing
    pay_each(book, company, province, claim, Payment.BOND_INTEREST, bond_cause)
    bonds[:zones] += claim
    claim = loan_rate / 4 * loans[:zones]
    pay_claims(book, company, bank, claim, Payment.INTEREST, loan_cause)
    pay_each(book, bank, company, claim, Payment.LOAN, loan_cause)
    pay_each(book, company, bank, claim, Payment.INTEREST, loan_cause)
    loans[:zones] += claim
    back = QUARTER / bond_years * bonds[:zones]
    claim = back.copy()
    pay_claims(book, company, province, claim, Payment.BOND_REPAYMENT, bond_cause)
    bonds[:zones] -= back - claim
    back = QUARTER / loan_years * loans[:zones]
    claim = back.copy()
    pay_claims(book, company, bank, claim, Payment.REPAYMENT, loan_cause)
    loans[:zones] -= back - claim
    claim = partner_rate / 4 * partners[:zones]
    pay_claims(book, committee, owner, claim, Payment.PPP_PAYMENT, partner_cause)
    arrears[:zones] += claim
    back = QUARTER / partner_years * partners[:zones]
    claim = back.copy()
    pay_claims(book, committee, owner, claim, Payment.PPP_REPAYMENT, partner_cause)
    partners[:zones] -= back - claim


@part
def build_on_credit(
    book: Any, zones: int, platform0: int, zone: Array, value_added: Floats, effort: Floats, infrastructure: Floats, own: Floats,
    programme: Floats, quota: Floats, volume: Floats, share: Floats, cap: Floats, subsidy: Floats, functional: Floats, company_model: Floats,
    merged: Floats, revenue: Floats, platform_debt: Floats, bonds: Floats, loans: Floats, partners: Floats, investment: Floats, raised: Floats,
    rate: float, numbers: Any, mix: Floats, causes: Ints, parent: Array,
) -> None:  # fmt: skip
    """Borrow within the room for debt and build with the money: bonds first, then policy loans, then the gap of the programme; partners join.

    Merged companies of a zone and of its sub-parks have one balance sheet: their room is one, and each has the part of it that it wishes of what all wish.
    """
    partner_rate, loan_years, partner_years, usual_cap, service, red_line, gain, overhead, discount = numbers
    bond_cause, loan_cause, programme_cause, partner_cause = causes[0], causes[1], causes[2], causes[3]
    n = len(investment)
    weights = np.zeros(zones)
    for p in range(n):
        if zone[p] >= 0:
            weights[zone[p]] += value_added[p] + 1.0
    room, pooled_room, pooled_wish, family = np.zeros(zones), np.zeros(zones), np.zeros(zones), np.arange(zones)
    wish, credit, joined = np.zeros(zones), np.zeros(zones), np.zeros(zones)
    bonds_offered, loans_offered = hand_on(quota / 4, weights), hand_on(volume / 4, weights)
    for z in range(zones):
        if weights[z] <= 0.0:  # its parks are run by another committee
            continue
        debt = platform_debt[z] + bonds[z] + loans[z] + partners[z]
        cost = rate - discount if merged[z] > 0 else rate
        room[z] = debt_room(revenue[z], debt, cap[z], usual_cap, cost, service, subsidy[z], loan_years)
        offered = bonds_offered[z] + loans_offered[z]
        wish[z] = offered + max(0.0, programme[z] / 4 - own[z] - offered)
        if merged[z] > 0:
            while parent[family[z]] >= 0:
                family[z] = parent[family[z]]
            pooled_room[family[z]] += room[z]
            pooled_wish[family[z]] += wish[z]
    for z in range(zones):
        if merged[z] > 0:  # one balance sheet: its room goes where works are wanted
            of_all = pooled_wish[family[z]]
            room[z] = pooled_room[family[z]] * (wish[z] / of_all) if of_all > 0.0 else 0.0
    bond = take_up(bonds_offered, room)
    loan = take_up(loans_offered, room)
    for z in range(zones):
        credit[z] = min(max(0.0, programme[z] / 4 - own[z] - bond[z] - loan[z]), room[z])
        joined[z] = partner_works(own[z] + bond[z] + loan[z] + credit[z], share[z], revenue[z], partners[z], partner_rate, partner_years, red_line)
    company = platform0 + np.arange(zones)
    outside = np.array([MARKET])
    pay_each(book, np.array([PROVINCE]), company, bond, Payment.SPECIAL_BOND, bond_cause)
    pay_each(book, np.array([BANKS]), company, loan, Payment.LOAN, loan_cause)
    pay_each(book, np.array([BANKS]), company, credit, Payment.LOAN, programme_cause)
    pay_each(book, company, outside, bond + loan + credit, Payment.INFRASTRUCTURE, programme_cause)
    pay_each(book, np.array([OWNERS]), outside, joined, Payment.PPP_WORKS, partner_cause)
    bonds[:zones] += bond
    loans[:zones] += loan
    platform_debt[:zones] += credit
    partners[:zones] += joined
    by_type = np.empty(len(mix))
    for p in range(n):
        z = zone[p]
        if z < 0:
            continue
        works = (bond[z] + loan[z] + credit[z] + joined[z]) * (value_added[p] + 1.0) / weights[z]
        if works <= 0.0:
            continue
        split_works(effort[z], mix, functional[z], by_type)
        for k in range(len(mix)):
            infrastructure[p, k] += works * real_works(company_model[z], merged[z], gain, overhead) * by_type[k]
        investment[p] += works
        raised[p] += works


@part
def count_revenue(book: Any, first: int, zones: int, zone0: int, platform0: int, opens: bool, memory: float, revenue: Floats) -> None:
    """Move the yearly revenue of committee and company on by what they received this quarter, loans and moves between them left out.

    Args:
        book: of the ledger; the postings of the quarter begin at ``first``.
        first: number of postings before this quarter.
        zones: number of committees.
        zone0: account of the first of them.
        platform0: account of the first company.
        opens: the quarter is the first of the run.
        memory: part that the yearly revenue keeps.
        revenue: by zone, changed in place.
    """
    payer, payee, kind, amount = book.facts[PAYER], book.facts[PAYEE], book.facts[KIND], book.amount
    got = np.zeros(zones)
    for i in range(first, book.state[ROWS]):
        k = kind[i]
        a = payee[i]
        if a < zone0 or a >= platform0 + zones or (payer[i] >= zone0 and payer[i] < platform0 + zones):
            continue
        if k == Payment.LOAN or k == Payment.SPECIAL_BOND:
            continue
        got[a - zone0 if a < platform0 else a - platform0] += amount[i]
    for z in range(zones):
        revenue[z] = 4.0 * got[z] if opens else memory * revenue[z] + (1.0 - memory) * 4.0 * got[z]


TERMS = (
    "works_programme", "factory_supply", "ppp_share", "special_bond", "interest_subsidy", "policy_loan", "county_transfer", "higher_grant", "operator",
    "market_team",
)  # fmt: skip


def _in_force(terms: Terms) -> bool:
    return any(bool(terms[name].any()) for name in TERMS)


def is_active(world: World, terms: Terms) -> bool:
    """Tell whether there are grants, partners, or public debts other than for factories."""
    zones, n = world.zones, world.zones.n
    return terms.once(_in_force) or any(np.count_nonzero(owed[:n]) for owed in (zones.bonds, zones.policy_loans, zones.partner_claims))


def room_for_debt(world: World, terms: Terms, parameters: BookParameters, finance: FinanceParameters) -> Floats:
    """Return what each zone can still borrow."""
    zones, n = world.zones, world.zones.n
    debt = zones.platform_debt + zones.bonds + zones.policy_loans + zones.partner_claims
    return np.array([
        debt_room(float(zones.revenue_last_year[z]), float(debt[z]), float(terms["debt_ratio_cap"][z]), finance.usual_cap, parameters.debt_rate,
                  finance.service_share, float(terms["interest_subsidy"][z]), finance.loan_years)
        for z in range(n)
    ])  # fmt: skip


def borrow_for_factories(world: World, ledger: Ledger, causes: dict[str, str]) -> None:
    """Let platform companies pay for the factories that were bought this quarter, with loans."""
    acc, zones, n = world.accounts, world.zones, world.n_places
    bought = world.flows.factory_purchases
    zone = world.places.zone[:n].astype(np.int64)
    inside = np.flatnonzero((zone >= 0) & (bought > 0))
    if len(inside) == 0:
        return
    company = acc.platform0 + zone[inside]
    cause = ledger.causes_at_places(("factory_purchase",), causes, n)[0][inside]
    ledger.post(acc.BANKS, company, bought[inside], "loan", cause)
    ledger.post(company, acc.enterprise0 + inside, bought[inside], "factory_purchase", cause)
    np.add.at(zones.platform_debt, zone[inside], bought[inside])
