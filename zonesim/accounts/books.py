"""Budgets: what committees, counties, city and platform companies do with their money at the end of a quarter."""

from __future__ import annotations

import numpy as np

from zonesim.accounts.ledger import Ledger
from zonesim.columns import Array, Floats
from zonesim.parameters import Parameters, parameter
from zonesim.terms import Terms
from zonesim.world import World
from zonesim.world.places import Effort, Infrastructure, Kind, LandStage, Use
from zonesim.world.whole import apportion

READY, BUILT, UNDEVELOPED = LandStage.READY, LandStage.BUILT, LandStage.UNDEVELOPED


class BookParameters(Parameters, name="books"):
    """How public money is spent."""

    staff_cost: float = parameter(
        10.0, low=4.0, high=25.0, unit="10k CNY/yr per person", doc="pay and running cost of a committee's staff", source="assumption", zh="人均经费"
    )
    promotion_budget: float = parameter(
        0.10, low=0.0, high=0.3, unit="share of money", doc="spent on promotion at full effort", source="assumption", zh="招商经费"
    )
    land_cost: float = parameter(
        0.015, low=0.004, high=0.05, unit="10k CNY/m2", doc="cost of making land ready (10 x 10k CNY/mu)", source="assumption", zh="土地平整成本"
    )
    ready_years: float = parameter(
        2.0, low=0.5, high=6.0, unit="years of demand", doc="ready land that a committee keeps", source="assumption", zh="待供土地储备"
    )
    infrastructure_wear: float = parameter(0.03, low=0.01, high=0.08, unit="1/yr", doc="depreciation of infrastructure", source="assumption", zh="基础设施折旧")
    public_works: float = parameter(
        0.45, low=0.1, high=0.8, unit="share", doc="city and county money spent on infrastructure, the rest on services", source="assumption", zh="财政基建占比"
    )
    reserve: float = parameter(
        0.15, low=0.0, high=0.5, unit="share of the balance", doc="kept at the end of a quarter by city and counties", source="assumption", zh="财政结余"
    )
    service_land_price: float = parameter(
        8.0,
        low=2.0,
        high=15.0,
        unit="times the industrial price",
        doc="price of living and commercial land",
        source="2010Q3: industrial 623, residential 4,085 CNY/m2",
        zh="商住地价倍数",
    )
    service_land_pace: float = parameter(
        0.05, low=0.01, high=0.25, unit="share of the gap per quarter", doc="planned service land that is sold", source="assumption", zh="服务用地供应速度"
    )
    building_per_m2: float = parameter(
        0.25,
        low=0.1,
        high=0.6,
        unit="10k CNY/m2",
        doc="real-estate investment per m2 of service land sold",
        source="assumption: FAR about 1.2",
        zh="商住建设投资",
    )
    price_response: float = parameter(0.3, low=0.0, high=1.0, unit="elasticity", doc="asking price of land to scarcity", source="assumption", zh="地价弹性")
    factory_cost: float = parameter(0.16, low=0.08, high=0.3, unit="10k CNY/m2", doc="cost of standard factory floor", source="assumption", zh="厂房造价")
    factory_vacancy: float = parameter(
        0.08, low=0.0, high=0.3, unit="share", doc="vacancy below which the platform company builds", source="assumption", zh="厂房空置目标"
    )
    debt_cap: float = parameter(6.0, low=1.0, high=20.0, unit="years of rent", doc="debt of a platform company", source="assumption", zh="平台债务上限")
    debt_rate: float = parameter(0.06, low=0.03, high=0.1, unit="1/yr", doc="interest of a platform company", source="assumption", zh="平台利率")
    abatement: float = parameter(
        0.02, low=0.0, high=0.1, unit="1/yr at usual effort", doc="growth of treatment capacity with environmental effort", source="assumption", zh="治理投入"
    )
    eia_delay: float = parameter(
        0.25, low=0.0, high=0.6, unit="share", doc="new land that waits a year for the planning assessment", source="assumption", zh="规划环评滞后"
    )


def close_books(world: World, terms: Terms, ledger: Ledger, parameters: BookParameters, floor_price: Floats, causes: dict[str, str]) -> None:
    """Close the quarter's books of governments and platform companies, and let infrastructure, land and amenities follow.

    Order: committees pay staff, promotion, then land preparation (when ready land is short, within quota and money), then infrastructure by
    type; platform companies pay interest, repay, build factories; counties and city keep a reserve and spend the rest on infrastructure
    (by value added of their places) and services. No account is overdrawn; what is left unpaid is arrears.
    """
    _plan_service_land(world, terms, ledger, parameters, causes)
    _committees(world, terms, ledger, parameters, causes)
    _platforms(world, ledger, parameters)
    _governments(world, ledger, parameters)
    places, n = world.places, world.n_places
    places.infrastructure[:n] *= 1 - parameters.infrastructure_wear / 4
    living = places.land[:n, BUILT, Use.LIVING_SERVICE] / np.maximum(places.planned[:n] - places.land[:n, UNDEVELOPED].sum(axis=1), 1)
    facilities = (places.infrastructure[:n, Infrastructure.LIVING] + 1) / (world.living_opening + 1)
    crowd = (places.employment[:n] + 1.0) / (world.economy.employment_opening + 1.0)
    places.amenity[:n] = (facilities / np.sqrt(crowd)) ** 0.3 * (1 + living / 0.05) ** 0.3
    ready = places.land[:n, READY, Use.INDUSTRIAL].astype(float)
    wanted = world.land_demand * parameters.ready_years * 4 + 1000.0
    scarce = np.clip(wanted / np.maximum(ready, 100.0), 0.25, 4.0)
    places.land_price[:n] = np.maximum(floor_price, floor_price * 1.15 * scarce**parameters.price_response)


def _split_money(total: Floats, owner: Array, weights: Floats) -> Floats:
    """Split each owner's total over its places in proportion to weights."""
    sums = np.bincount(owner, weights=weights, minlength=len(total))
    return np.asarray(total[owner] * weights / np.maximum(sums[owner], 1e-12))


def _committees(world: World, terms: Terms, ledger: Ledger, parameters: BookParameters, causes: dict[str, str]) -> None:
    acc, zones, places, n = world.accounts, world.zones, world.places, world.n_places
    z = np.arange(zones.n)
    account = acc.zone0 + z
    zones.arrears[: zones.n] = np.where(
        zones.arrears[: zones.n] > 0, ledger.pay_what_there_is(account, acc.OWNERS, zones.arrears[: zones.n], "arrears", "law:budget"), 0.0
    )
    staff = parameters.staff_cost / 4 * zones.staff[: zones.n]
    short = ledger.pay_what_there_is(account, acc.HOUSEHOLDS, staff, "staff", "law:budget")
    host = acc.county0 + zones.county[: zones.n].astype(np.int64)
    ledger.pay_what_there_is(host, acc.HOUSEHOLDS, short, "staff", "law:budget")
    ledger.post(acc.HOUSEHOLDS, acc.MARKET, staff.sum(), "consumption", "market")
    money = np.maximum(world.balances[account], 0.0)
    promotion = parameters.promotion_budget * zones.effort[: zones.n, Effort.PROMOTION] * money
    ledger.post(account, acc.MARKET, promotion, "promotion", "law:budget")
    park = np.flatnonzero(places.zone[:n] >= 0)
    if len(park) == 0:
        return
    owner = places.zone[park].astype(np.int64)
    money = np.maximum(world.balances[account], 0.0)
    spendable = 0.9 * money
    ready = places.land[park, READY].sum(axis=1)
    demand = world.land_demand[park]
    wanted = np.maximum(0.0, demand * 4 * parameters.ready_years * (0.5 + 2.5 * zones.effort[owner, Effort.LAND]) - ready)
    if world.quarter % 4 == 0:  # land that waits for projects is made ready when the year's quota has come
        wanted = np.maximum(wanted, terms["ready_bank"][park] * places.quota_land[park])
    wanted = np.minimum(wanted, places.land[park, UNDEVELOPED].sum(axis=1))
    wanted = np.minimum(wanted, places.quota_land[park])
    wanted *= np.where(terms["planning_eia"][park].max(axis=1) > 0, 1 - parameters.eia_delay, 1.0)
    cost = wanted * parameters.land_cost
    cost_of_zone = np.bincount(owner, weights=cost, minlength=zones.n)
    can = np.minimum(1.0, 0.5 * spendable / np.maximum(cost_of_zone, 1e-9))
    area = np.floor(wanted * can[owner]).astype(np.int64)
    for k in np.flatnonzero(area > 0):
        p = park[k]
        there = places.land[p, UNDEVELOPED]
        split = np.minimum(apportion(int(area[k]), there.astype(float)), there)
        places.land[p, UNDEVELOPED] -= split
        places.land[p, READY] += split
        area[k] = int(split.sum())
    places.quota_land[park] -= area
    world.flows.quota_land_used[park] += area
    ledger.post(account[owner], acc.MARKET, area * parameters.land_cost, "land_preparation", "law:budget")
    money = np.maximum(world.balances[account], 0.0) * 0.9
    weights = places.value_added[park] + 1.0
    works = _split_money(money, owner, weights)
    ledger.post(account[owner], acc.MARKET, works, "infrastructure", "law:budget")
    zones.infrastructure_fund[: zones.n] = 0.0
    effort = zones.effort[owner]
    by_type = np.array([0.30, 0.27, 0.05, 0.05, 0.03, 0.08, 0.0, 0.14, 0.08])[None, :] * np.ones((len(park), 1))
    by_type[:, Infrastructure.WASTEWATER] *= effort[:, Effort.ENVIRONMENT] / 0.2
    by_type[:, Infrastructure.SOLID_WASTE] *= effort[:, Effort.ENVIRONMENT] / 0.2
    by_type[:, Infrastructure.TRANSPORT] *= effort[:, Effort.INFRASTRUCTURE] / 0.2
    by_type[:, Infrastructure.UTILITIES] *= effort[:, Effort.INFRASTRUCTURE] / 0.2
    by_type[:, Infrastructure.PLATFORMS] *= effort[:, Effort.SERVICE] / 0.2
    by_type /= by_type.sum(axis=1, keepdims=True)
    places.infrastructure[park] += works[:, None] * by_type
    world.flows.infrastructure_investment[park] += works + area * parameters.land_cost
    places.treatment[park] *= 1 + parameters.abatement / 4 * effort[:, Effort.ENVIRONMENT] / 0.2
    places.reputation[park] = np.clip(places.reputation[park] * 0.98 + 0.02 * (1 + 0.02 * (zones.score[owner] - 60)), 0.5, 2.0)


def _platforms(world: World, ledger: Ledger, parameters: BookParameters) -> None:
    """Platform companies pay interest and repay out of rents, and build factory floor with debt while it is let."""
    acc, zones, places, n = world.accounts, world.zones, world.places, world.n_places
    account = acc.platform0 + np.arange(zones.n)
    interest = parameters.debt_rate / 4 * zones.platform_debt[: zones.n]
    unpaid = ledger.pay_what_there_is(account, acc.BANKS, interest, "interest", "market")
    zones.platform_debt[: zones.n] += unpaid  # capitalised: the bank lends what it is owed
    repay = np.minimum(zones.platform_debt[: zones.n], 0.5 * np.maximum(world.balances[account], 0.0))
    ledger.post(account, acc.BANKS, repay, "repayment", "market")
    zones.platform_debt[: zones.n] -= repay
    park = np.flatnonzero(places.zone[:n] >= 0)
    if len(park) == 0:
        return
    owner = places.zone[park].astype(np.int64)
    rent = np.bincount(owner, weights=world.flows.rents[park], minlength=zones.n) * 4
    short = np.maximum(0.0, places.factory_let[park] / (1 - parameters.factory_vacancy) - places.factory[park])
    room = np.maximum(0.0, parameters.debt_cap * rent - zones.platform_debt[: zones.n])
    cost = np.bincount(owner, weights=short * parameters.factory_cost, minlength=zones.n)
    can = np.minimum(1.0, room / np.maximum(cost, 1e-9))
    floor = np.floor(short * can[owner]).astype(np.int64)
    floor = np.maximum(floor, places.factory_let[park] - places.factory[park])  # floor that is let exists
    loan = np.bincount(owner, weights=floor * parameters.factory_cost, minlength=zones.n)
    ledger.post(acc.BANKS, account, loan, "loan", "market")
    ledger.post(account, acc.MARKET, loan, "factories", "market")
    zones.platform_debt[: zones.n] += loan
    places.factory[park] += floor
    world.flows.infrastructure_investment[park] += floor * parameters.factory_cost


def _governments(world: World, ledger: Ledger, parameters: BookParameters) -> None:
    """Counties and city spend what they have above the reserve: infrastructure by value added of their places, and services."""
    acc, places, n, counties = world.accounts, world.places, world.n_places, world.counties.n
    county = acc.county0 + np.arange(counties)
    keep = 1 - parameters.reserve
    spend = keep * np.maximum(world.balances[county], 0.0)
    city = keep * max(0.0, float(world.balances[acc.CITY])) * (0.5 if (world.quarter + 1) % 4 else 1.0)
    works = parameters.public_works
    ledger.post(county, acc.HOUSEHOLDS, (1 - works) * spend, "public_services", "law:budget")
    ledger.post(acc.CITY, acc.HOUSEHOLDS, (1 - works) * city, "public_services", "law:budget")
    ledger.post(acc.HOUSEHOLDS, acc.MARKET, (1 - works) * (spend.sum() + city), "consumption", "market")
    ledger.post(county, acc.MARKET, works * spend, "infrastructure", "law:budget")
    ledger.post(acc.CITY, acc.MARKET, works * city, "infrastructure", "law:budget")
    weights = places.value_added[:n] + 1.0
    owner = places.county[:n].astype(np.int64)
    amount = _split_money(works * spend, owner, weights) + works * city * weights / weights.sum()
    world.flows.infrastructure_investment[:n] += amount
    by_type = np.array([0.30, 0.25, 0.06, 0.05, 0.03, 0.06, 0.0, 0.20, 0.05])
    places.infrastructure[:n] += amount[:, None] * by_type[None, :]
    outside = places.zone[:n] < 0
    short = outside & (places.land[:n, READY].sum(axis=1) < world.land_demand * 8)
    for p in np.flatnonzero(short):  # land outside zones is made ready by the county within its quota
        wanted = min(int(world.land_demand[p] * 8), int(places.quota_land[p]), int(places.land[p, UNDEVELOPED].sum()))
        if wanted > 0:
            there = places.land[p, UNDEVELOPED]
            split = np.minimum(apportion(wanted, there.astype(float)), there)
            places.land[p, UNDEVELOPED] -= split
            places.land[p, READY] += split
            places.quota_land[p] -= int(split.sum())
            world.flows.quota_land_used[p] += int(split.sum())


def _plan_service_land(world: World, terms: Terms, ledger: Ledger, parameters: BookParameters, causes: dict[str, str]) -> None:
    """Turn undeveloped land of parks into living and commercial land up to the planned shares, and sell it to developers.

    Each quarter a part of the gap between the share of developed land and the plan's share is re-planned, sold at a multiple of the
    industrial price, and built by developers; the income follows the same way as other land income. So service land pays for
    infrastructure and takes land from industry.
    """
    acc, places, n = world.accounts, world.places, world.n_places
    park = np.flatnonzero(places.kind[:n] == Kind.PARK)
    if len(park) == 0:
        return
    developed = places.planned[park] - places.land[park, UNDEVELOPED].sum(axis=1)
    income = np.zeros(n)
    for use, share in ((Use.LIVING_SERVICE, terms["living_service_cap"][park]), (Use.COMMERCIAL, terms["commercial_share"][park])):
        have = places.land[park][:, [READY, BUILT], use].sum(axis=1) if use == Use.COMMERCIAL else places.land[park, BUILT, use]
        gap = np.maximum(0.0, share * developed - have)
        area = np.floor(np.minimum(parameters.service_land_pace * gap, 0.5 * places.land[park, UNDEVELOPED, Use.INDUSTRIAL])).astype(np.int64)
        area = np.minimum(area, places.quota_land[park])
        places.land[park, UNDEVELOPED, Use.INDUSTRIAL] -= area
        places.land[park, BUILT, use] += area
        places.quota_land[park] -= area
        world.flows.quota_land_used[park] += area
        income[park] += area * places.land_price[park] * parameters.service_land_price
        world.flows.service_land_sales[park] += area
        world.flows.real_estate_investment[park] += area * parameters.building_per_m2
    if not income.any():
        return
    county = acc.county0 + places.county[:n].astype(np.int64)
    zone = places.zone[:n].astype(np.int64)
    committee = np.where(zone >= 0, acc.zone0 + np.maximum(zone, 0), county)
    ledger.post(acc.MARKET, county, income, "land_price", "law:land")
    deducted = terms["land_revenue_deduction"] * income
    ledger.post(county, acc.HOUSEHOLDS, deducted, "land_compensation", "law:land")
    ledger.post(acc.HOUSEHOLDS, acc.MARKET, deducted.sum(), "consumption", "market")
    earmarked = np.where(zone >= 0, terms["land_revenue_reinvest"] * (income - deducted), 0.0)
    ledger.post(county, committee, earmarked, "land_revenue", causes["land_revenue"])
