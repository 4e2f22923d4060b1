"""Sharing of taxes between levels of government, and refunds to enterprises."""

from __future__ import annotations

import numpy as np

from zonesim.accounts.ledger import Ledger
from zonesim.columns import Array, Floats
from zonesim.compiled import kernel
from zonesim.parameters import Parameters, parameter
from zonesim.terms import Terms
from zonesim.world import World
from zonesim.world.flows import Tax

CIT = int(Tax.CIT)
NAMES = ("vat", "business_tax", "cit", "surcharge", "land_use_tax")


class SharingParameters(Parameters, name="sharing"):
    """Sub-provincial shares: they differ by province and were not found for Gansu."""

    province: float = parameter(0.20, low=0.0, high=0.5, unit="share of the local part", doc="province's share of what the centre leaves",
                                source="assumption: varies by province", zh="省级分成")  # fmt: skip
    city: float = parameter(
        0.45,
        low=0.1,
        high=0.9,
        unit="share of the rest",
        doc="city's share of what centre and province leave; the county has the other part",
        source="assumption",
        zh="市级分成",
    )
    usual_transfer: float = parameter(
        0.25, low=0.0, high=0.6, unit="share of the county part", doc="tax of a zone's enterprises that its county spends on the zone anyway", source="assumption", zh="县对区常规拨款",
    )  # fmt: skip


def local_part(central: Floats, parameters: SharingParameters) -> Floats:
    """Return the city and county part of VAT, business tax and CIT.

    >>> local_part(np.array([0.5, 0.0, 0.6, 0.0, 0.0]), SharingParameters(province=0.2)).round(3).tolist()
    [0.4, 0.8, 0.32]
    """
    return np.asarray((1 - central[:3]) * (1 - parameters.province))


@kernel
def _share(
    taxes: Floats, central: Floats, province: float, city: float, zone: Array, value_added: Floats, parts: Floats, tax_year: Floats,
    city_tax_year: Floats, value_added_year: Floats,
) -> None:  # fmt: skip
    """Split each tax of each place between centre, province, city and county, and add up the year of each committee."""
    places, kinds = taxes.shape
    for p in range(places):
        z = zone[p]
        for k in range(kinds):
            to_centre = taxes[p, k] * central[k]
            rest = taxes[p, k] - to_centre
            to_province = rest * province if k <= CIT else 0.0
            rest = rest - to_province
            to_city = rest * city
            parts[0, p, k], parts[1, p, k], parts[2, p, k], parts[3, p, k] = to_centre, to_province, to_city, rest - to_city
            if z >= 0 and k <= CIT:
                tax_year[z, k] += taxes[p, k]
                city_tax_year[z, k] += to_city
        if z >= 0:
            value_added_year[z] += value_added[p]


def settle_taxes(world: World, terms: Terms, ledger: Ledger, central: Floats, parameters: SharingParameters) -> Floats:
    """Post every tax to centre, province, city and county; give committees their part; pay refunds.

    T = c T + (1 - c) v T + (1 - c)(1 - v) s T + rest; v is 0 for surcharges and land-use tax. Of the county's part of a
    park's enterprises the committee gets max(usual transfer, ``autonomy_retained``).

    Returns:
        Refunds that could not be paid, by place (the enterprises' owners do without them).
    """
    acc, flows, places, n = world.accounts, world.flows, world.places, world.n_places
    taxes, zones = flows.taxes, world.zones
    parts = np.empty((4, *taxes.shape))  # centre, province, city, county
    zone = places.zone[:n].astype(np.int64)
    _share(
        taxes, central, parameters.province, parameters.city, zone, places.value_added, parts, zones.tax_year, zones.city_tax_year,
        zones.value_added_year,
    )  # fmt: skip
    kind = np.tile(np.array([ledger.kind(name) for name in NAMES]), n)
    county = acc.county0 + places.county[:n].astype(np.int64)
    enterprise = acc.enterprise0 + np.arange(n)
    payer = np.repeat(enterprise, len(NAMES))
    for payee, amount in zip((acc.CENTRE, acc.PROVINCE, acc.CITY, np.repeat(county, len(NAMES))), parts, strict=True):
        ledger.post(payer, payee, amount.ravel(), kind, "law:taxes")
    inside = zone >= 0
    share = np.maximum(parameters.usual_transfer, terms["autonomy_retained"])
    kept = np.where(inside, share * parts[3].sum(axis=1), 0.0)
    entrusted = places.entrusted[:n]
    if entrusted.any():
        agreed = terms["income_share"]
        kept = np.where(entrusted & (agreed >= 0.0), agreed * kept, kept)
    ledger.post(county, acc.zone0 + np.maximum(zone, 0), kept, "retained_tax", "law:budget")
    if entrusted.any() and terms["entrusted_uncounted"].any():
        left_out = np.flatnonzero(entrusted & (terms["entrusted_uncounted"] > 0))
        np.subtract.at(zones.value_added_year, zone[left_out], places.value_added[left_out])
    if terms["territorial_statistics"] == 0.0:
        _share_indicators(world)
    if world.quarter == world.start:  # the year before the run is taken as four times its first quarter
        k = world.zones.n
        world.zones.tax_base[:k], world.zones.city_tax_base[:k] = 4 * world.zones.tax_year[:k], 4 * world.zones.city_tax_year[:k]
        world.zones.value_added_last[:k] = 4 * world.zones.value_added_year[:k]
    payer = acc.zone0 + np.maximum(zone, 0)
    unpaid = ledger.pay_what_there_is(payer, enterprise, np.where(inside, flows.refunds, 0.0), "refund", "law:国发〔2015〕25号")
    return ledger.pay_what_there_is(county, enterprise, unpaid, "refund", "law:国发〔2015〕25号")


def _share_indicators(world: World) -> None:
    """Count the agreed share of a shared project's value added for its provider's committee instead of the host's."""
    contracts, n = world.contracts, len(world.flows.taxes_of_contracts)
    alive = (contracts.start[:n] <= world.quarter) & (world.quarter <= contracts.until[:n])
    for k in np.flatnonzero(alive & (contracts.indicator_share[:n] > 0)):
        counted = float(contracts.indicator_share[k] * world.flows.taxes_of_contracts[k, 5])
        host = int(world.places.zone[contracts.host[k]])
        world.zones.value_added_year[host] -= counted
        givers = np.flatnonzero(world.accounts.county0 + world.zones.county[: world.zones.n] == contracts.provider[k])
        if len(givers):
            world.zones.value_added_year[givers[0]] += counted


def shares_of_city(central: Floats, parameters: SharingParameters) -> Floats:
    """Return the city's part of VAT, business tax and CIT."""
    return np.asarray((1 - central[:3]) * (1 - parameters.province) * parameters.city)
