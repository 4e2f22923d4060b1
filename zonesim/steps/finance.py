"""What enterprises are financed with besides their own money and bank loans: listings, factories sold, public equity, support of circular works."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zonesim import quarters
from zonesim.accounts import books
from zonesim.accounts import equity as equity_account
from zonesim.accounts.circular import pay_links
from zonesim.behaviour.buyback import buy_back
from zonesim.behaviour.circular import claim_links, link_up
from zonesim.behaviour.equity import place_equity
from zonesim.behaviour.listing import list_enterprises
from zonesim.terms import Terms

if TYPE_CHECKING:
    from zonesim.model import ZoneModel


def finance_enterprises(model: ZoneModel) -> None:
    """Settle what enterprises raise besides bank loans: listings, factories sold to platform companies, public equity, upgrade funds."""
    world, terms, ledger, p = model.world, model.terms, model.ledger, model.parameters
    if quarters.closes_year(model.quarter):
        list_enterprises(world, p["listing"])
        equity_account.settle_listings(world, ledger)
    if terms.once(_buys_factories):
        room = books.room_for_debt(world, terms, p["books"], p["public_finance"])
        buy_back(world, terms, p["buyback"], p["investment"], room, p["books"].factory_cost)
        books.borrow_for_factories(world, ledger, model.causes)
    if equity_account.is_active(world, terms):
        own = p["equity"]
        fund = equity_account.call_capital(world, terms, ledger, own.private_part, own.years, model.causes["fund_equity"])
        city = own.city_part * max(0.0, float(world.balances[world.accounts.CITY]))
        placed, redeemed = place_equity(world, terms, own, fund, city, p["construction"])
        equity_account.settle_equity(world, ledger, placed, redeemed, model.causes)


def link_waste(model: ZoneModel) -> None:
    """Claim the support of circular transformation, pay what there is, and make links with what was paid."""
    world, p = model.world, model.parameters
    top = claim_links(world, model.terms, p["circular"])
    if top is not None:
        pay_links(world, model.ledger, p["circular_money"], model.causes)
        link_up(world, p["circular"], top)


def _buys_factories(terms: Terms) -> bool:
    return bool(terms["factory_buyback"].any())
