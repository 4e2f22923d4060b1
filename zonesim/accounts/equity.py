"""The account of public equity: the industry fund and the city's investment group, which hold stakes in enterprises."""

from __future__ import annotations

import numpy as np

from zonesim.accounts.ledger import Ledger
from zonesim.columns import Floats
from zonesim.terms import Terms
from zonesim.world import World


def is_active(world: World, terms: Terms) -> bool:
    """Tell whether public equity or upgrade funds do anything this quarter."""
    return terms.once(_in_force) or world.balances[world.accounts.fund] > 0.0 or bool((world.enterprises.live("equity") > 0.0).any())


def _in_force(terms: Terms) -> bool:
    return bool((terms["fund_size"] > 0 and terms["fund_target"].any()) or terms["state_equity"].any() or (terms["upgrade_fund"] > 0))


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
    asked = (1 - private_part) * call
    unpaid = float(ledger.pay_what_there_is(np.array([acc.CITY]), acc.fund, asked, "fund_capital", cause)[0])
    matched = private_part / (1 - private_part) * (asked - unpaid)
    ledger.post(acc.OWNERS, acc.fund, matched, "fund_capital", cause)
    world.fund_called += asked - unpaid + matched
    return max(0.0, float(world.balances[acc.fund]))


def settle_equity(world: World, ledger: Ledger, placed: Floats, redeemed: float, causes: dict[str, str]) -> None:
    """Post equity placed, upgrade subsidies, income and redeemed stakes.

    Args:
        world: its flows are paid.
        ledger: takes the postings.
        placed: equity placed out of the fund's and out of the city's money.
        redeemed: stakes that owners bought back.
        causes: clause behind each kind of payment.
    """
    f, acc, n = world.flows, world.accounts, world.n_places
    firm = acc.enterprise0 + np.arange(n)
    ledger.post(acc.CITY, acc.fund, float(placed[1]), "fund_capital", causes["state_equity"])
    total = float(f.equity_placed.sum())
    if total > 0.0:  # the holder's account is debited what it was given, to the last bit
        ledger.post(acc.fund, firm, f.equity_placed, "equity", causes["fund_equity"])
    ledger.post(acc.PROVINCE, firm, f.upgrade_subsidies, "upgrade_subsidy", causes["upgrade_subsidy"])
    ledger.post(firm, acc.fund, f.equity_income, "equity_income", "market")
    ledger.post(acc.OWNERS, acc.fund, redeemed, "equity_exit", "market")


def settle_listings(world: World, ledger: Ledger) -> None:
    """Post what enterprises raised by listing."""
    ledger.post(world.accounts.OWNERS, world.accounts.enterprise0 + np.arange(world.n_places), world.flows.listing_raised, "listing", "market")
