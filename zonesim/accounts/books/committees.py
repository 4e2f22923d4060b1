"""Books of zone committees: arrears, staff, promotion, land preparation, infrastructure."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from zonesim.accounts.ledger import pay, pay_claims, pay_each
from zonesim.accounts.payments import Payment
from zonesim.accounts.staff_pay import account_keepers, pay_by_results, pay_roll
from zonesim.columns import Array, Floats, Ints
from zonesim.compiled import part, rule
from zonesim.sums import total
from zonesim.world.places import USUAL_EFFORT, Effort, Infrastructure, LandStage
from zonesim.world.whole import split_whole
from zonesim.world.world import AccountIndex

READY, UNDEVELOPED = int(LandStage.READY), int(LandStage.UNDEVELOPED)
TRANSPORT, UTILITIES, WASTEWATER = int(Infrastructure.TRANSPORT), int(Infrastructure.UTILITIES), int(Infrastructure.WASTEWATER)
SOLID_WASTE, PLATFORMS, LIVING = int(Infrastructure.SOLID_WASTE), int(Infrastructure.PLATFORMS), int(Infrastructure.LIVING)
PROMOTION, SERVICE, LAND = int(Effort.PROMOTION), int(Effort.SERVICE), int(Effort.LAND)
ENVIRONMENT, BUILDING = int(Effort.ENVIRONMENT), int(Effort.INFRASTRUCTURE)
MARKET, HOUSEHOLDS, OWNERS = AccountIndex.MARKET, AccountIndex.HOUSEHOLDS, AccountIndex.OWNERS
# Works of a committee by type of infrastructure at usual effort (order of Infrastructure). Assumption.
MIX = np.array([0.30, 0.27, 0.05, 0.05, 0.03, 0.08, 0.0, 0.14, 0.08])


@rule
def make_ready(land: Ints, place: Any, area: Any, parts: Ints) -> Any:
    """Turn undeveloped land into ready land, over uses in proportion to what there is; return the area in m2."""
    there = land[place, UNDEVELOPED].astype(np.float64)
    split_whole(area, there, parts)
    done = 0
    for use in range(len(parts)):
        part = min(parts[use], land[place, UNDEVELOPED, use])
        land[place, UNDEVELOPED, use] -= part
        land[place, READY, use] += part
        done += part
    return done


@rule
def wanted_land(demand: Any, ready: Any, ready_years: Any, effort: Any, response: Any) -> Any:
    """Return the land in m2 that a committee would make ready: demand x 4 x years of stock x (1 - r + r effort / usual effort) less the stock.

    >>> wanted_land(100.0, 300.0, 2.0, 0.2, 0.5)
    500.0
    """
    return max(0.0, demand * 4 * ready_years * ((1.0 - response) + response / USUAL_EFFORT * effort) - ready)


@rule
def unearmarked(claim: Any, balance: Any, fund: Any) -> Any:
    """Return what of a claim the money that is not earmarked for works can pay: min[claim, max(0, balance - fund)].

    >>> unearmarked(30.0, 100.0, 80.0), unearmarked(30.0, 100.0, 20.0)
    (20.0, 30.0)
    """
    return min(claim, max(0.0, balance - fund))


@rule
def real_works(company: Any, merged: Any, gain: Any, overhead: Any) -> Any:
    """Return works done per money spent: (1 + gain)(1 - overhead) when a company builds, half the overhead when companies are merged.

    >>> real_works(0.0, 1.0, 0.1, 0.02), round(real_works(1.0, 1.0, 0.1, 0.02), 6)
    (1.0, 1.089)
    """
    if company <= 0:
        return 1.0
    return (1.0 + gain) * (1.0 - (0.5 * overhead if merged > 0 else overhead))


@rule
def split_works(effort: Floats, mix: Floats, functional: Any, out: Floats) -> None:
    """Split a committee's works over types of infrastructure: the usual mix, tilted by its effort relative to an equal split.

    With a set share of industrial functions the rest goes to living facilities.
    """
    out[:] = mix
    out[WASTEWATER] *= effort[ENVIRONMENT] / USUAL_EFFORT
    out[SOLID_WASTE] *= effort[ENVIRONMENT] / USUAL_EFFORT
    out[TRANSPORT] *= effort[BUILDING] / USUAL_EFFORT
    out[UTILITIES] *= effort[BUILDING] / USUAL_EFFORT
    out[PLATFORMS] *= effort[SERVICE] / USUAL_EFFORT
    out /= total(out)
    if functional >= 0.0:
        living = out[LIVING]
        out *= functional / (1.0 - living)
        out[LIVING] = 1.0 - functional


@rule
def renown(before: Any, score: Any, standing: Any, pace: Any, worth: Any, usual: Any) -> Any:
    """Return the reputation of a park: a part of the way each quarter to 1 + worth (score - usual score) + standing, between 1/2 and 2.

    >>> round(renown(1.0, 84.5, 0.1, 0.02, 0.01, 74.5), 6)
    1.004
    """
    return min(2.0, max(0.5, before * (1.0 - pace) + pace * (1.0 + worth * (score - usual) + standing)))


@part
def close_committees(
    book: Any, zones: int, county0: int, zone0: int, platform0: int, zone: Array, zone_county: Array, arrears: Floats, staff: Floats,
    staff_cost: float, staff_factor: Floats, results: Floats, par: float, most_result: float, stripped: Floats, duty: Floats, social_time: float, reward: Floats,
    attracted: Floats, pay_causes: Ints, form: Floats, review: Floats, wait: float, found: float, standing: Floats, effort: Floats, score: Floats, fund: Floats, value_added: Floats, land: Ints, quota: Array, land_demand: Floats, year_opens: bool, bank: Floats, eia: Floats,
    infrastructure: Floats, treatment: Floats, reputation: Floats, quota_used: Floats, investment: Floats,
    promotion_budget: float, land_cost: float, ready_years: float, ready_response: float, abatement: float, eia_delay: float, functional: Floats, company: Floats,
    merged: Floats, gain: float, overhead: float, land_share: float, spent: float, pace: float, worth: float, usual_score: float, own: Floats, mix: Floats, plant_cost: float, plant: int, plant_cause: Ints, budget: int, market: int,
) -> None:  # fmt: skip
    """Pay arrears, staff (the county helps out), promotion; prepare land; spend the rest on infrastructure: ``own`` by committee.

    Earmarked money goes to ready land and works only: staff and promotion are paid with the rest, and what is not used stays earmarked.
    Environmental effort adds treatment capacity at its list price ``plant_cost``, out of the money for works.

    Where the city reviews the yearly list of works, ``wait`` of the money waits a quarter, and what the review finds of the duplicated part
    makes more useful works of the same money: x [1 + d f / (1 - d)], ``found``.
    """
    account, host, company_account = np.empty(zones, dtype=np.int64), np.empty(zones, dtype=np.int64), np.empty(zones, dtype=np.int64)
    for z in range(zones):
        account[z], host[z], company_account[z] = zone0 + z, county0 + zone_county[z], platform0 + z
    everyone, outside = np.array([HOUSEHOLDS]), np.array([MARKET])
    bill, fixed, keeper, waits, useful = np.empty(zones), np.empty(zones), np.empty(zones, dtype=np.int64), np.empty(zones), np.empty(zones)
    pay_roll(staff_cost, staff, staff_factor, bill)
    account_keepers(form, account, host, company_account, keeper)
    pay_by_results(
        book, account, host, bill, results, score, par, most_result, stripped, duty, social_time, staff_cost, staff, reward, zone, attracted,
        (pay_causes[0], pay_causes[1], pay_causes[2]),
    )  # fmt: skip
    for z in range(zones):
        fixed[z] = bill[z] * (1 - results[z])
        waits[z], useful[z] = 1 - wait * review[z], 1 + found * review[z]
    pay_claims(book, account, np.array([OWNERS]), arrears[:zones], Payment.ARREARS, budget)
    due = fixed.copy()
    for z in range(zones):  # earmarked money is for works: staff is paid with the rest
        fund[z] = min(fund[z], max(book.balances[account[z]], 0.0))
        if fund[z] > 0.0 and keeper[z] == account[z]:
            due[z] = unearmarked(fixed[z], book.balances[account[z]], fund[z])
    asked = due.copy()
    pay_claims(book, keeper, everyone, due, Payment.STAFF, budget)
    due += fixed - asked
    pay_claims(book, host, everyone, due, Payment.STAFF, budget)
    pay(book, HOUSEHOLDS, MARKET, max(0.0, total(bill) - total(due)), Payment.CONSUMPTION, market)  # not what was left unpaid
    promotion = np.empty(zones)
    for z in range(zones):
        promotion[z] = promotion_budget * effort[z, PROMOTION] * max(book.balances[account[z]] - fund[z], 0.0)
    pay_each(book, account, outside, promotion, Payment.PROMOTION, budget)
    n = len(investment)
    wanted, cost = np.zeros(n), np.zeros(zones)
    for p in range(n):
        z = zone[p]
        if z < 0:
            continue
        ready, undeveloped = land[p, READY].sum(), land[p, UNDEVELOPED].sum()
        stock = wanted_land(land_demand[p], ready, ready_years, effort[z, LAND], ready_response)
        if year_opens:  # land that waits for projects is made ready when the year's quota has come
            stock = max(stock, bank[p] * quota[p])
        wanted[p] = min(stock, undeveloped, quota[p])
        if eia[p].max() > 0:
            wanted[p] *= 1 - eia_delay
        cost[z] += wanted[p] * (land_cost / real_works(company[z], merged[z], gain, overhead))
    can = np.empty(zones)
    for z in range(zones):
        can[z] = min(1.0, land_share * (spent * max(book.balances[account[z]], 0.0)) / max(cost[z], 1e-9))
    area, parts = np.zeros(n, dtype=np.int64), np.zeros(land.shape[2], dtype=np.int64)
    for p in range(n):
        z = zone[p]
        if z < 0:
            continue
        area[p] = int(math.floor(wanted[p] * can[z]))
        if area[p] > 0:
            area[p] = make_ready(land, p, area[p], parts)
        quota[p] -= area[p]
        quota_used[p] += area[p]
    park, works, prepared = np.empty(n, dtype=np.int64), np.zeros(n), np.empty(n)
    plants = np.zeros(n)
    for p in range(n):
        park[p] = zone0 + max(zone[p], 0)
        prepared[p] = area[p] * (land_cost / real_works(company[max(zone[p], 0)], merged[max(zone[p], 0)], gain, overhead)) if area[p] > 0 else 0.0
    pay_each(book, park, outside, prepared, Payment.LAND_PREPARATION, budget)
    money, weights = np.empty(zones), np.zeros(zones)
    for z in range(zones):
        money[z] = max(book.balances[account[z]], 0.0) * spent * waits[z]
    for p in range(n):
        if zone[p] >= 0:
            weights[zone[p]] += value_added[p] + 1.0
            fund[zone[p]] = max(0.0, fund[zone[p]] - prepared[p])
    for z in range(zones):
        if weights[z] > 0.0 and fund[z] > 0.0:
            money[z] = max(money[z], min(fund[z], max(book.balances[account[z]], 0.0)) * waits[z])
            fund[z] = max(0.0, fund[z] - money[z])
    by_type = np.empty(len(mix))
    for p in range(n):
        z = zone[p]
        if z < 0:
            continue
        works[p] = money[z] * (value_added[p] + 1.0) / max(weights[z], 1e-12)
        split_works(effort[z], mix, functional[z], by_type)
        own[z] += works[p]
        more = treatment[p] * (abatement / 4 * effort[z, ENVIRONMENT] / USUAL_EFFORT)
        plants[p] = min(plant_cost * more, works[p])
        treatment[p] += plants[p] / plant_cost
        infrastructure[p, WASTEWATER] += plants[p]
        investment[p] += plants[p]
        works[p] -= plants[p]
        done = works[p] * real_works(company[z], merged[z], gain, overhead)
        for k in range(len(mix)):
            infrastructure[p, k] += done * useful[z] * by_type[k]
        investment[p] += works[p] + prepared[p]
        reputation[p] = renown(reputation[p], score[z], standing[z], pace, worth, usual_score)
    pay_each(book, park, outside, plants, plant, plant_cause)
    pay_each(book, park, outside, works, Payment.INFRASTRUCTURE, budget)
