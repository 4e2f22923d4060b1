"""Sharing of taxes between levels of government, and refunds to enterprises."""

from __future__ import annotations

import numpy as np

from zonesim.accounts.ledger import Book, Handed, Ledger, pay_claims, pay_each, pay_rows
from zonesim.accounts.payments import Payment
from zonesim.columns import Array, Floats, Ints
from zonesim.compiled import kernel
from zonesim.parameters import Parameters, parameter
from zonesim.sums import total
from zonesim.terms import Terms
from zonesim.world import World
from zonesim.world.flows import N_TAXES, Tax
from zonesim.world.world import AccountIndex

CIT = int(Tax.CIT)
RETAINED_TAX = int(Payment.RETAINED_TAX)
CENTRE, PROVINCE, CITY = AccountIndex.CENTRE, AccountIndex.PROVINCE, AccountIndex.CITY
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
def _settle(
    handed: Handed, taxes: Floats, central: Floats, province: float, city: float, usual: float, retained: Floats, entrusted: Array, agreed: Floats, uncounted: Floats, zone: Array, county: Array,
    value_added: Floats, refunds: Floats, county0: int, zone0: int, enterprise0: int, tax_year: Floats, city_tax_year: Floats,
    value_added_year: Floats, unpaid: Floats, law: int, budget: int, clause: Ints, refund_law: int,
) -> None:  # fmt: skip
    """Split each tax of each place between centre, province, city and county, add up the year of each committee, and pay."""
    book = Book(*handed)
    places, kinds = taxes.shape
    parts = np.empty((4, kinds, places))  # centre, province, city, county
    second = np.empty(places, dtype=np.int64)
    kept, why = np.zeros(places), np.full(places, budget)
    for p in range(places):
        z = zone[p]
        second[p] = county0 + county[p]
        of_county = np.empty(kinds)
        for k in range(kinds):
            to_centre = taxes[p, k] * central[k]
            rest = taxes[p, k] - to_centre
            to_province = rest * province if k <= CIT else 0.0
            rest = rest - to_province
            to_city = rest * city
            of_county[k] = rest - to_city
            parts[0, k, p], parts[1, k, p], parts[2, k, p], parts[3, k, p] = to_centre, to_province, to_city, of_county[k]
            if z >= 0 and k <= CIT:
                tax_year[z, k] += taxes[p, k]
                city_tax_year[z, k] += to_city
        if z >= 0:
            if not (entrusted[p] and uncounted[p] > 0):
                value_added_year[z] += value_added[p]
            kept[p] = max(usual, retained[p]) * total(of_county)
            if retained[p] > usual:
                why[p] = clause[p]
            if entrusted[p] and agreed[p] >= 0.0:
                kept[p] *= agreed[p]
    enterprises = enterprise0 + np.arange(places)
    for k in range(kinds):
        pay_each(book, enterprises, np.array([CENTRE]), parts[0, k], k, law)
        pay_each(book, enterprises, np.array([PROVINCE]), parts[1, k], k, law)
        pay_each(book, enterprises, np.array([CITY]), parts[2, k], k, law)
        pay_each(book, enterprises, second, parts[3, k], k, law)
    first = zone0 + np.maximum(zone[:places].astype(np.int64), 0)
    pay_rows(book, second, first, kept, np.full(places, RETAINED_TAX), why)
    for p in range(places):
        unpaid[p] = refunds[p] if zone[p] >= 0 else 0.0
    pay_claims(book, first, enterprises, unpaid, Payment.REFUND, refund_law)
    pay_claims(book, second, enterprises, unpaid, Payment.REFUND, refund_law)


def settle_taxes(world: World, terms: Terms, ledger: Ledger, central: Floats, parameters: SharingParameters, causes: dict[str, str]) -> Floats:
    """Post every tax to centre, province, city and county; give committees their part; pay refunds.

    T = c T + (1 - c) v T + (1 - c)(1 - v) s T + rest; v is 0 for surcharges and land-use tax. Of the county's part of a
    park's enterprises the committee gets max(usual transfer, ``autonomy_retained``), by the clause of the place where that is the larger.

    Returns:
        Refunds that could not be paid, by place (the enterprises' owners do without them).
    """
    acc, flows, places, zones, n = world.accounts, world.flows, world.places, world.zones, world.n_places
    unpaid = np.empty(n)
    _settle(
        ledger.open(n * (4 * N_TAXES + 3)), flows.taxes, central, parameters.province, parameters.city, parameters.usual_transfer,
        terms["autonomy_retained"], places.entrusted, terms["income_share"], terms["entrusted_uncounted"], places.zone, places.county, places.value_added, flows.refunds, acc.county0, acc.zone0, acc.enterprise0,
        zones.tax_year, zones.city_tax_year, zones.value_added_year, unpaid, ledger.cause("law:taxes"), ledger.cause("law:budget"),
        ledger.causes_at_places(("retained_tax",), causes, n)[0], ledger.cause("law:国发〔2015〕25号"),
    )  # fmt: skip
    ledger.close()
    if terms["territorial_statistics"] == 0.0:
        _share_indicators(world)
    if world.quarter == world.start:  # the year before the run is taken as four times its first quarter
        k = zones.n
        zones.tax_base[:k], zones.city_tax_base[:k] = 4 * zones.tax_year[:k], 4 * zones.city_tax_year[:k]
        zones.value_added_last[:k] = 4 * zones.value_added_year[:k]
    return unpaid


@kernel
def _count_for_providers(
    n: int, quarter: int, county0: int, zones: int, start: Array, until: Array, share: Floats, host: Array, provider: Array, zone: Array,
    zone_county: Array, taxes_of_contracts: Floats, value_added_year: Floats,
) -> None:  # fmt: skip
    for k in range(n):
        if quarter < start[k] or quarter > until[k] or share[k] <= 0:
            continue
        counted = share[k] * taxes_of_contracts[k, 5]
        value_added_year[zone[host[k]]] -= counted
        for z in range(zones):
            if county0 + zone_county[z] == provider[k]:
                value_added_year[z] += counted
                break


def _share_indicators(world: World) -> None:
    """Count the agreed share of a shared project's value added for its provider's committee instead of the host's."""
    contracts, zones = world.contracts, world.zones
    n = len(world.flows.taxes_of_contracts)
    if n:
        _count_for_providers(
            n, world.quarter, world.accounts.county0, zones.n, contracts.start, contracts.until, contracts.indicator_share, contracts.host,
            contracts.provider, world.places.zone, zones.county, world.flows.taxes_of_contracts, zones.value_added_year,
        )  # fmt: skip
