"""Payments for land that changes hands or use, for factory floor, by grade, and for the offset of farmland."""

from __future__ import annotations

import numpy as np

from zonesim.accounts.ledger import Book, Handed, Ledger, pay_claims, pay_each
from zonesim.accounts.payments import Payment
from zonesim.columns import Array, Floats, Ints
from zonesim.compiled import kernel
from zonesim.terms import Terms
from zonesim.world import World
from zonesim.world.flows import Flows
from zonesim.world.world import AccountIndex

MARKET, OWNERS, CITY = AccountIndex.MARKET, AccountIndex.OWNERS, AccountIndex.CITY
SOLD = slice(Flows.BY_PLACE.index("sold_land"), Flows.BY_PLACE.index("factory_speculation") + 1)  #: flows that are paid here
SOLD_LAND, SALES, SPECULATION, CHARGES, RELIEF, GRANTED, OFFSET_COST, DIVIDENDS = (
    Flows.BY_PLACE.index(name)
    for name in (
        "sold_land", "factory_sales", "factory_speculation", "per_mu_charges", "per_mu_relief", "land_granted", "offset_cost", "dividends",
    )
)  # fmt: skip


@kernel
def _settle(
    handed: Handed, flow: Floats, zone: Array, county: Array, county0: int, platform0: int, enterprise0: int, borne: Floats, offset: float,
    market: int, law: int, causes: Ints,
) -> None:  # fmt: skip
    book = Book(*handed)
    n = len(borne)
    sale, charge, offset_cause = causes[0], causes[1], causes[2]
    firm, host, platform = np.empty(n, dtype=np.int64), np.empty(n, dtype=np.int64), np.empty(n, dtype=np.int64)
    for p in range(n):
        firm[p], host[p] = enterprise0 + p, county0 + county[p]
        platform[p] = platform0 + zone[p] if zone[p] >= 0 else OWNERS
    outside = np.array([MARKET])
    pay_each(book, outside, firm, flow[SOLD_LAND], Payment.LAND_TRANSFER, market)
    pay_each(book, firm, platform, flow[SALES], Payment.FACTORY_SALE, sale)
    pay_each(book, np.array([OWNERS]), platform, flow[SPECULATION], Payment.FACTORY_SALE, sale)
    pay_each(book, firm, host, flow[CHARGES], Payment.PER_MU_CHARGE, charge)
    claim = flow[RELIEF].copy()
    pay_claims(book, host, firm, claim, Payment.PER_MU_CHARGE, charge)
    flow[DIVIDENDS] -= claim
    for p in range(n):
        claim[p] = offset * borne[p] * flow[GRANTED, p]
        flow[OFFSET_COST, p] = claim[p]
    pay_claims(book, host, outside, claim, Payment.ARABLE_OFFSET, offset_cause)
    pay_claims(book, np.full(n, CITY), outside, claim, Payment.ARABLE_OFFSET, offset_cause)
    pay_each(book, firm, outside, claim, Payment.ARABLE_OFFSET, law)
    flow[DIVIDENDS] -= claim


def settle_land(world: World, terms: Terms, ledger: Ledger, causes: dict[str, str], offset: float) -> None:
    """Post what land and floor cost beyond the price of new land; the rest of the enterprises' books follows in ``settle_enterprises``.

    Market to enterprises: land sold for commercial use. Enterprises and investors to the platform company: factory floor. County
    and enterprises: charges and reliefs by grade (what the county cannot pay, the owners go without). County, then city, to the market:
    the government's part of the offset of farmland, offset x part x land granted; what neither can pay falls on the enterprises.
    """
    f, acc, places = world.flows, world.accounts, world.places
    if not terms.once(_any_borne) and not np.count_nonzero(f.by_place[SOLD]):
        return
    _settle(
        ledger.open(8 * world.n_places), f.by_place, places.zone, places.county, acc.county0, acc.platform0, acc.enterprise0,
        terms["offset_gov_share"], offset, ledger.cause("market"), ledger.cause("law:土地管理法 art.30"),
        ledger.causes_at_places(("factory_sale", "per_mu_charge", "arable_offset"), causes, world.n_places),
    )  # fmt: skip
    ledger.close()


def _any_borne(terms: Terms) -> bool:
    return bool(terms["offset_gov_share"].any())
