"""Payments for land that changes hands or use, for factory floor, by grade, and for the offset of farmland."""

from __future__ import annotations

from typing import Any

import numpy as np

from zonesim.accounts.ledger import Book, Handed, Ledger, pay_claims, pay_each
from zonesim.accounts.payments import Payment
from zonesim.accounts.treatment import KINDS, PlantParameters, settle_environment
from zonesim.columns import Array, Floats
from zonesim.compiled import kernel, rule
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
CAUSES = ("factory_sale", "per_mu_charge", "arable_offset")
NO_CAUSES = np.zeros(len(CAUSES), dtype=np.int64)


@rule
def settle_land(
    book: Any, flow: Floats, zone: Array, county: Array, county0: int, platform0: int, enterprise0: int, borne: Floats, offset: float,
    market: int, law: int, causes: Array,
) -> None:  # fmt: skip
    """Post what land and floor cost beyond the price of new land; the rest of the enterprises' books follows in ``settle_enterprises``.

    Market to enterprises: land sold for commercial use. Enterprises and investors to the platform company: factory floor. County
    and enterprises: charges and reliefs by grade (what the county cannot pay, the owners go without). County, then city, to the market:
    the government's part of the offset of farmland, offset x part x land granted; what neither can pay falls on the enterprises.
    """
    n = len(borne)
    sale, charge, offset_cause = causes
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


@kernel
def _settle(handed: Handed, flow: Floats, land_due: bool, land: Any, environment: Any) -> None:
    book = Book(*handed)
    if land_due:
        settle_land(book, flow, *land)
    settle_environment(book, flow, *environment)


def settle_land_and_environment(world: World, terms: Terms, ledger: Ledger, plants: PlantParameters, offset: float, causes: dict[str, str]) -> None:
    """Post what the quarter cost in land and floor beyond the price of new land, then what it cost in treatment, inspections, fines and accidents.

    Args:
        world: its flows are paid.
        terms: of the quarter.
        ledger: takes the postings.
        plants: what running a plant costs.
        offset: of farmland, 10k CNY per m2.
        causes: clause or law behind each kind of payment.
    """
    f, acc, places, n = world.flows, world.accounts, world.places, world.n_places
    due = bool(terms.once(_any_borne) or np.count_nonzero(f.by_place[SOLD]))
    market = ledger.cause("market")
    land = (
        places.zone, places.county, acc.county0, acc.platform0, acc.enterprise0, terms["offset_gov_share"], offset, market,
        ledger.cause("law:土地管理法 art.30") if due else 0, ledger.causes_of(CAUSES, causes) if due else NO_CAUSES,
    )  # fmt: skip
    environment = (
        places.zone, places.county, acc.county0, acc.platform0, acc.enterprise0, ledger.kinds_of(KINDS), market, ledger.cause("law:环境保护法"),
        ledger.cause("law:安全生产法"), ledger.cause(causes["treatment_fee"]), plants.running,
    )  # fmt: skip
    _settle(ledger.open((8 + len(KINDS)) * n), f.by_place, due, land, environment)
    ledger.close()


def _any_borne(terms: Terms) -> bool:
    return bool(terms["offset_gov_share"].any())
