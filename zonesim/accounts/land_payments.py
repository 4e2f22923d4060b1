"""Payments for land that changes hands or use, for factory floor, by grade, and for the offset of farmland."""

from __future__ import annotations

import numpy as np

from zonesim.accounts.ledger import Ledger
from zonesim.terms import Terms
from zonesim.world import World
from zonesim.world.flows import Flows

SOLD = slice(Flows.BY_PLACE.index("sold_land"), Flows.BY_PLACE.index("factory_speculation") + 1)  #: flows that are paid here


def settle_land(world: World, terms: Terms, ledger: Ledger, causes: dict[str, str], offset: float) -> None:
    """Post what land and floor cost beyond the price of new land; the rest of the enterprises' books follows in ``settle_enterprises``.

    Market to enterprises: land sold for commercial use. Enterprises and investors to the platform company: factory floor. County
    and enterprises: charges and reliefs by grade (what the county cannot pay, the owners go without). County, then city, to the market:
    the government's part of the offset of farmland, offset x part x land granted; what neither can pay falls on the enterprises.
    """
    f, acc, places, n = world.flows, world.accounts, world.places, world.n_places
    bears = terms["offset_gov_share"].any()
    if not bears and not f.by_place[SOLD].any():
        return
    firm = acc.enterprise0 + np.arange(n)
    county = acc.county0 + places.county[:n].astype(np.int64)
    zone = places.zone[:n].astype(np.int64)
    platform = np.where(zone >= 0, acc.platform0 + np.maximum(zone, 0), acc.OWNERS)
    ledger.post(acc.MARKET, firm, f.sold_land, "land_transfer", "market")
    ledger.post(firm, platform, f.factory_sales, "factory_sale", causes["factory_sale"])
    ledger.post(acc.OWNERS, platform, f.factory_speculation, "factory_sale", causes["factory_sale"])
    ledger.post(firm, county, f.per_mu_charges, "per_mu_charge", causes["per_mu_charge"])
    f.dividends[:] -= ledger.pay_what_there_is(county, firm, f.per_mu_relief, "per_mu_charge", causes["per_mu_charge"])
    if bears:
        due = offset * terms["offset_gov_share"] * f.land_granted
        f.offset_cost[:] = due
        unpaid = ledger.pay_what_there_is(county, acc.MARKET, due, "arable_offset", causes["arable_offset"])
        unpaid = ledger.pay_what_there_is(np.full(n, acc.CITY), acc.MARKET, unpaid, "arable_offset", causes["arable_offset"])
        ledger.post(firm, acc.MARKET, unpaid, "arable_offset", "law:土地管理法 art.30")
        f.dividends[:] -= unpaid
