"""Idle and inefficient land: fee, reclaim, revitalisation."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from zonesim import draws
from zonesim.behaviour.construction import ConstructionParameters, building_quarters
from zonesim.columns import Array, Floats, Ints
from zonesim.compiled import kernel, rule
from zonesim.parameters import Parameters, parameter
from zonesim.terms import Terms
from zonesim.units import MU, QUARTER
from zonesim.world import World
from zonesim.world.enterprises import Stage
from zonesim.world.flows import Heads
from zonesim.world.places import Kind, LandStage, Use

BUILDING, OPERATING, GONE = int(Stage.BUILDING), int(Stage.OPERATING), int(Stage.GONE)
READY, GRANTED, BUILT = int(LandStage.READY), int(LandStage.GRANTED), int(LandStage.BUILT)
EXITED, PARK = int(Heads.EXITED), int(Kind.PARK)


class IdleLandParameters(Parameters, name="idle_land"):
    """What counts as idle and inefficient."""

    fee_enforcement: float = parameter(0.3, low=0.0, high=1.0, unit="share", doc="due idle fees that are collected", source="assumption", zh="闲置费征收率")
    inefficient_output: float = parameter(
        250.0, low=0.0, high=600.0, unit="10k CNY/mu/yr", doc="output per mu below which built industrial land in a park is inefficient",
        source="assumption: an example of standard land (Longchang 2022)", zh="低效用地门槛",
    )  # fmt: skip
    returned: float = parameter(
        0.4, low=0.1, high=1.0, unit="share", doc="part of an inefficient parcel that is brought back", source="assumption", zh="盘活比例"
    )
    late_start: float = parameter(
        0.03, low=0.0, high=0.3, unit="probability per quarter", doc="a hoarder starts to build after all", source="assumption", zh="迟开工"
    )
    bonus_response: float = parameter(
        0.15, low=0.0, high=0.5, unit="1/yr per m2 of bonus", doc="more inefficient land brought back for a full bonus by a committee without quota left",
        source="assumption", zh="奖励指标响应",
    )  # fmt: skip


@rule
def quarterly(yearly: Any) -> Any:
    """Return the chance in a quarter that gives a yearly chance.

    >>> round(quarterly(0.5), 6)
    0.159104
    """
    return 1.0 - (1.0 - yearly) ** QUARTER


@rule
def clock_begins(granted: Any, starts: Any, from_grant: Any) -> Any:
    """Return the quarter from which unbuilt land is idle: the agreed start of building, or the grant where the clock runs from it.

    >>> clock_begins(8000, 8003, 0.0), clock_begins(8000, 8003, 1.0)
    (8003, 8000)
    """
    return granted if from_grant > 0.0 else starts


@kernel
def _tend(
    n: int, seed: Any, quarter: int, identity: Array, stage: Array, place: Array, industry: Array, weight: Array, land: Array,
    founded: Array, starts: Array, sincerity: Array, stage_ends: Array, land_price: Array, promised: Floats, capital: Floats, debt: Floats, made: Floats,
    ratio: Floats, industrial: Array, kind: Array, use_of: Array, account: Ints, from_grant: Floats, fee: Floats, years: Floats, compensation: Floats,
    enforcement: Floats, rate: Floats, lines: Floats, numbers: Floats, building: Floats, idle_fees: Floats, dividends: Floats, paid: Floats,
    idle: Floats, inefficient: Floats, reclaimed: Floats, revitalised: Floats, heads: Ints, written_off: Floats, tenure_floor: Array,
    let: Ints,
) -> None:  # fmt: skip
    fee_collected, _, part, late, _ = numbers
    _, _, hoarding, _, scale, longest = building
    for i in range(n):
        if land[i] <= 0 or stage[i] == GONE:
            continue
        p, j = place[i], industry[i]
        use = use_of[j]
        if stage[i] == BUILDING and sincerity[i] < hoarding:
            since = clock_begins(founded[i], starts[i], from_grant[p])
            waited = quarter - since
            if waited >= 4:
                idle[p] += land[i]
            if draws.uniform(seed, draws.BUILD, quarter, identity[i], 0) < late:
                sincerity[i] = max(sincerity[i], 0.5)
                stage_ends[i] = quarter + 1 + building_quarters(promised[i], weight[i], scale, longest)
                continue
            if quarter == max(since + 4, starts[i]) and draws.uniform(seed, draws.RECLAIM, quarter, identity[i], 1) < fee_collected:
                due = fee[p] * land_price[i] * land[i]
                idle_fees[p] += due
                dividends[p] -= due
            if waited >= 4.0 * years[p] and draws.uniform(seed, draws.RECLAIM, quarter, identity[i], 0) < quarterly(enforcement[p]):
                back = compensation[p] * land_price[i] * land[i]
                paid[p] += back
                dividends[p] += back
                reclaimed[p] += land[i]
                account[p, GRANTED, use] -= land[i]
                account[p, READY, use] += land[i]
                land[i] = 0
                if tenure_floor[i] > 0:
                    let[p] -= tenure_floor[i]
                    tenure_floor[i] = 0
                stage[i] = GONE
                heads[p, EXITED] += weight[i]
                written_off[p] += debt[i]
                debt[i] = 0.0
                capital[i] = 0.0
            continue
        if stage[i] < OPERATING or kind[p] != PARK or industrial[j] <= 0:
            continue
        mu = land[i] / MU
        if made[i] > 0.0 and 4.0 * made[i] / ratio[j] / mu < lines[p]:
            inefficient[p] += land[i]
            if rate[p] > 0.0 and draws.uniform(seed, draws.REVITALISE, quarter, identity[i], 0) < quarterly(rate[p]):
                back_m2 = int(math.floor(part * land[i]))
                account[p, BUILT, use] -= back_m2
                account[p, READY, use] += back_m2
                land[i] -= back_m2
                revitalised[p] += back_m2
                refund = 0.5 * land_price[i] * back_m2
                paid[p] += refund
                dividends[p] += refund


def inefficiency_lines(world: World, terms: Terms, usual: float) -> Floats:
    """Return by place the yearly output per mu below which built industrial land is inefficient: the threshold x the zone's mean, else the usual line."""
    n = world.n_places
    threshold = terms["inefficient_threshold"]
    if terms.once(_usual_line):
        return np.full(n, usual)
    industrial = world.industries.is_industrial > 0
    output = 4.0 * world.flows.output[:, industrial].sum(axis=1)
    land = world.places.land[:n, BUILT, int(Use.INDUSTRIAL)] / MU
    zone = world.places.zone[:n].astype(np.int64)
    owner = np.where(zone >= 0, zone, world.zones.n)
    made, held = np.bincount(owner, weights=output), np.bincount(owner, weights=land)
    return np.where(threshold < 0.0, usual, threshold * made[owner] / np.maximum(held[owner], 1.0))


def _usual_line(terms: Terms) -> bool:
    return bool((terms["inefficient_threshold"] < 0.0).all())


def _any_bonus(terms: Terms) -> bool:
    return bool(terms["quota_bonus"].any())


def revitalisation_rates(world: World, terms: Terms, parameters: IdleLandParameters) -> Floats:
    """Return by place the yearly rate at which inefficient land is brought back, more of it where quota is short and earns a bonus."""
    ordered, bonus = terms["revitalisation_rate"], terms["quota_bonus"]
    if not terms.once(_any_bonus):
        return ordered
    n = world.n_places
    wanted = 4.0 * world.land_demand
    short = wanted / np.maximum(wanted + world.places.quota_land[:n], 1.0)
    return np.asarray(1.0 - (1.0 - ordered) * (1.0 - np.minimum(1.0, parameters.bonus_response * bonus * short)))


def tend_land(world: World, terms: Terms, parameters: IdleLandParameters, building: ConstructionParameters, lines: Floats) -> None:
    """Run the idle clock of unbuilt land and bring inefficient land back.

    A project that does not build counts as idle one year after the agreed start, or after the grant where the clock runs from it (not before its
    approval is over); then the fee (a share of the price) is due once, and
    after ``idle_reclaim_years`` the land is taken back with probability ``idle_enforcement`` a year, for ``idle_compensation`` of its price.
    It may start after all. Built industrial land of a park whose output per mu is below the line is inefficient; at the yearly
    rate of revitalisation a part of the parcel returns, for half its price. The line is a figure of practice, or a share of the zone's mean.

    Draws: RECLAIM (reclaim, fee), BUILD, REVITALISE by identity.
    """
    e, f, places, industries, t = world.enterprises, world.flows, world.places, world.industries, terms
    _tend(
        e.n, draws.seed_key(world.seed), world.quarter, e.id, e.stage, e.place, e.industry, e.weight, e.land, e.founded, e.starts_building,
        e.sincerity, e.stage_ends, e.land_price, e.promised_capital, e.capital, e.debt, e.value_added, industries.value_added_ratio,
        industries.is_industrial, places.kind, industries.use_code, places.land, t["idle_from_grant"], t["idle_fee"], t["idle_reclaim_years"], t["idle_compensation"],
        t["idle_enforcement"], revitalisation_rates(world, t, parameters), lines, parameters.vector, building.vector, f.idle_fees,
        f.dividends, f.compensation, f.land_idle, f.land_inefficient, f.land_reclaimed, f.land_revitalised, f.heads, f.written_off,
        e.floor, places.factory_let,
    )  # fmt: skip
