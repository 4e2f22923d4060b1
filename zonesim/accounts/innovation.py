"""Money of innovation: incubators and venture funds by the year, and what support enterprises and talent are paid."""

from __future__ import annotations

import numpy as np

from zonesim.accounts.ledger import Ledger
from zonesim.columns import Floats
from zonesim.parameters import Parameters, parameter
from zonesim.terms import Terms
from zonesim.world import World


class IncubatorParameters(Parameters, name="incubators"):
    """What incubators and funds cost."""

    place_cost: float = parameter(5.0, low=1.0, high=20.0, unit="10k CNY per place", doc="building of incubators", source="assumption", zh="工位造价")
    running: float = parameter(0.5, low=0.0, high=3.0, unit="10k CNY per place and year", doc="running of incubators", source="assumption", zh="工位运行费")
    budget: float = parameter(
        0.25, low=0.05, high=0.8, unit="share of money", doc="of a committee that may go into incubators a year", source="assumption", zh="孵化支出上限"
    )
    fund_years: float = parameter(
        5.0, low=2.0, high=10.0, unit="years", doc="over which a fund is put into start-ups", source="assumption: usual term", zh="基金投资期"
    )
    fund_budget: float = parameter(
        0.10, low=0.0, high=0.5, unit="share of money", doc="of committee and city that may go into funds a year", source="assumption", zh="基金出资上限"
    )


def fund_innovation(world: World, terms: Terms, ledger: Ledger, parameters: IncubatorParameters, causes: dict[str, str]) -> None:
    """Build and run incubators, and put venture money into start-ups, at the opening of a year.

    A committee pays for the running of its places (those it cannot run close) and then builds what is short of the wanted places within its
    budget, in its parks by value added. A part of each fund is put into start-ups (to their owners) by the committee, and what it cannot pay by
    the city, each within its budget.
    """
    places, zones, acc, n, p = world.places, world.zones, world.accounts, world.n_places, parameters
    wanted, fund = terms["incubator_places"], terms["venture_fund"]
    world.counties.venture[:] = 0.0
    park = np.flatnonzero(places.zone[:n] >= 0)
    there = places.incubator[park]
    if len(park) and (wanted.any() or there.any()):
        owner = places.zone[park].astype(np.int64)
        account = acc.zone0 + owner
        cost = p.running * there
        unpaid = ledger.pay_what_there_is(account, acc.MARKET, cost, "incubator_running", "law:budget")
        run = np.where(cost > 0, 1 - unpaid / np.maximum(cost, 1e-12), 1.0)
        weight = places.value_added[park] + 1.0
        of_zone = np.bincount(owner, weights=weight, minlength=zones.n)
        target = wanted[owner] * weight / of_zone[owner]
        short = np.maximum(0.0, target - there)
        owed = np.bincount(owner, weights=p.place_cost * short, minlength=zones.n)
        means = p.budget * np.maximum(world.balances[acc.zone0 : acc.zone0 + zones.n], 0.0)
        paid = p.place_cost * short * np.minimum(1.0, means / np.maximum(owed, 1e-12))[owner]
        ledger.post(account, acc.MARKET, paid, "incubator_works", ledger.causes_of_committees(("incubator_works",), causes, zones.n)[0][owner])
        places.incubator[park] = np.minimum(there * run, np.where(wanted[owner] > 0, np.inf, 0.0)) + paid / p.place_cost
        world.flows.infrastructure_investment[park] += paid
    if fund.any():
        own = acc.zone0 + np.arange(zones.n)
        share, why = fund / p.fund_years, ledger.causes_of_committees(("venture_capital",), causes, zones.n)[0]
        given = np.minimum(share, p.fund_budget * np.maximum(world.balances[own], 0.0))
        ledger.post(own, acc.OWNERS, given, "venture_capital", why)
        rest = share - given
        affordable = p.fund_budget * max(0.0, float(world.balances[acc.CITY]))
        rest = rest * min(1.0, affordable / max(float(rest.sum()), 1e-12))
        ledger.post(acc.CITY, acc.OWNERS, rest, "venture_capital", why)
        given = given + rest
        np.add.at(world.counties.venture, zones.county[: zones.n].astype(np.int64), given)


def pay_ahead(world: World, ledger: Ledger, causes: dict[str, str]) -> tuple[Floats, Floats]:
    """Pay the claims of cultivation and talent subsidies before they act: committees (outside zones counties), then counties.

    What was paid replaces the claims in the flows.

    Returns:
        The paid part of cultivation and of talent subsidies by place; 1 where nothing was claimed.
    """
    f, acc, places, n = world.flows, world.accounts, world.places, world.n_places
    shares = (np.ones(n), np.ones(n))
    county = acc.county0 + places.county[:n].astype(np.int64)
    zone = places.zone[:n].astype(np.int64)
    committee = np.where(zone >= 0, acc.zone0 + np.maximum(zone, 0), county)
    for share, claims, kind, payee in (
        (shares[0], f.cultivation_services, "cultivation", acc.MARKET),
        (shares[1], f.talent_subsidies, "talent_subsidy", acc.HOUSEHOLDS),
    ):
        if not claims.any():
            continue
        why = ledger.causes_at_places((kind,), causes, n)[0]
        left = ledger.pay_what_there_is(committee, payee, claims, kind, why)
        left = ledger.pay_what_there_is(county, payee, left, kind, why)
        paid = claims - left
        if payee == acc.HOUSEHOLDS:
            ledger.post(acc.HOUSEHOLDS, acc.MARKET, float(paid.sum()), "consumption", "market")
        share[:] = np.where(claims > 0.0, paid / np.maximum(claims, 1e-12), 1.0)
        claims[:] = paid
    return shares


def settle_innovation(world: World, ledger: Ledger, causes: dict[str, str]) -> Floats:
    """Pay support and awards of research centres; return what enterprises were promised and not paid, by place.

    Committees pay support (outside zones counties), then counties; counties pay awards, then the city.
    """
    f, acc, places, n = world.flows, world.accounts, world.places, world.n_places
    if not (np.count_nonzero(f.centre_support) or np.count_nonzero(f.centre_awards)):
        return np.zeros(n)
    firm = acc.enterprise0 + np.arange(n)
    county = acc.county0 + places.county[:n].astype(np.int64)
    zone = places.zone[:n].astype(np.int64)
    committee = np.where(zone >= 0, acc.zone0 + np.maximum(zone, 0), county)
    city = np.full(n, acc.CITY)
    pay = ledger.pay_what_there_is
    support, award = ledger.causes_at_places(("centre_support", "centre_award"), causes, n)
    unpaid = pay(county, firm, pay(committee, firm, f.centre_support, "centre_support", support), "centre_support", support)
    unpaid = unpaid + pay(city, firm, pay(county, firm, f.centre_awards, "centre_award", award), "centre_award", award)
    return np.asarray(unpaid)
