"""The account of public equity: the industry fund and the city's investment group, which hold stakes in enterprises."""

from __future__ import annotations

import numpy as np

from zonesim.accounts.ledger import Book, Handed, Ledger, pay, pay_claims, pay_each
from zonesim.accounts.payments import Payment
from zonesim.columns import Floats, Ints
from zonesim.compiled import kernel
from zonesim.terms import Terms
from zonesim.world import World
from zonesim.world.flows import Flows
from zonesim.world.world import AccountIndex

CITY, PROVINCE, OWNERS = AccountIndex.CITY, AccountIndex.PROVINCE, AccountIndex.OWNERS
PLACED, UPGRADES, INCOME = (Flows.BY_PLACE.index(name) for name in ("equity_placed", "upgrade_subsidies", "equity_income"))


def is_active(world: World, terms: Terms) -> bool:
    """Tell whether public equity or upgrade funds do anything this quarter."""
    return terms.once(_in_force) or world.balances[world.accounts.fund] > 0.0 or bool((world.enterprises.live("equity") > 0.0).any())


def _in_force(terms: Terms) -> bool:
    return bool((terms["fund_size"] > 0 and terms["fund_target"].any()) or terms["state_equity"].any() or (terms["upgrade_fund"] > 0))


@kernel
def _call_capital(handed: Handed, fund: int, call: float, private_part: float, cause: int) -> float:
    book = Book(*handed)
    asked = (1 - private_part) * call
    unpaid = np.array([asked])
    pay_claims(book, np.array([CITY]), np.array([fund]), unpaid, Payment.FUND_CAPITAL, cause)
    matched = private_part / (1 - private_part) * (asked - unpaid[0])
    pay(book, OWNERS, fund, matched, Payment.FUND_CAPITAL, cause)
    return float(asked - unpaid[0] + matched)


def call_capital(world: World, terms: Terms, ledger: Ledger, private_part: float, years: float, cause: str) -> float:
    """Call a quarter's part of the fund's capital from the city and from private partners; return what the fund has.

    Each quarter of the investment period size / (4 x years) is called until the size is reached; the city gives (1 - private part) of it as
    far as its money goes, and the partners match what the city gave. A fund that is not in force any more returns its money to the city.
    """
    acc, size = world.accounts, float(terms["fund_size"])
    if size <= 0.0:
        ledger.post(acc.fund, acc.CITY, max(0.0, float(world.balances[acc.fund])), "fund_return", cause)
        return 0.0
    call = min(size / (4 * years), max(0.0, size - world.fund_called))
    if call > 0.0:
        world.fund_called += _call_capital(ledger.open(2), acc.fund, call, private_part, ledger.cause(cause))
        ledger.close()
    return max(0.0, float(world.balances[acc.fund]))


@kernel
def _settle_equity(handed: Handed, flow: Floats, enterprise0: int, fund: int, from_city: float, redeemed: float, state: int, causes: Ints, market: int) -> None:
    book = Book(*handed)
    n = flow.shape[1]
    holder, firm = np.array([fund]), np.empty(n, dtype=np.int64)
    for p in range(n):
        firm[p] = enterprise0 + p
    pay(book, CITY, fund, from_city, Payment.FUND_CAPITAL, state)
    pay_each(book, holder, firm, flow[PLACED], Payment.EQUITY, causes[0])  # the holder's account is debited what it was given, to the last bit
    pay_each(book, np.array([PROVINCE]), firm, flow[UPGRADES], Payment.UPGRADE_SUBSIDY, causes[1])
    pay_each(book, firm, holder, flow[INCOME], Payment.EQUITY_INCOME, market)
    pay(book, OWNERS, fund, redeemed, Payment.EQUITY_EXIT, market)


def settle_equity(world: World, ledger: Ledger, placed: Floats, redeemed: float, causes: dict[str, str]) -> None:
    """Post equity placed, upgrade subsidies, income and redeemed stakes.

    Args:
        world: its flows are paid.
        ledger: takes the postings.
        placed: equity placed out of the fund's and out of the city's money.
        redeemed: stakes that owners bought back.
        causes: clause behind each kind of payment.
    """
    acc = world.accounts
    _settle_equity(
        ledger.open(3 * world.n_places + 2), world.flows.by_place, acc.enterprise0, acc.fund, float(placed[1]), redeemed,
        ledger.cause(causes["state_equity"]), ledger.causes_at_places(("fund_equity", "upgrade_subsidy"), causes, world.n_places), ledger.cause("market"),
    )  # fmt: skip
    ledger.close()


def settle_listings(world: World, ledger: Ledger) -> None:
    """Post what enterprises raised by listing."""
    ledger.post(world.accounts.OWNERS, world.accounts.enterprise0 + np.arange(world.n_places), world.flows.listing_raised, "listing", "market")
