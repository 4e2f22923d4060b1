"""Land for growth: incumbents that outgrow their parcel, and the secondary market in idle and inefficient land."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from zonesim import draws
from zonesim.behaviour.idle_land import clock_begins
from zonesim.columns import Array, Floats, Ints
from zonesim.compiled import kernel, rule
from zonesim.parameters import Parameters, parameter
from zonesim.terms import Terms
from zonesim.units import MU
from zonesim.world import World
from zonesim.world.enterprises import Origin, Stage
from zonesim.world.flows import Heads
from zonesim.world.places import Kind, LandStage

BUILDING, OPERATING, GONE = int(Stage.BUILDING), int(Stage.OPERATING), int(Stage.GONE)
UNDEVELOPED, GRANTED, BUILT = int(LandStage.UNDEVELOPED), int(LandStage.GRANTED), int(LandStage.BUILT)
OPENING, EXITED, PARK = int(Origin.OPENING), int(Heads.EXITED), int(Kind.PARK)
IDLE_AFTER = 4  #: quarters after its clock began from which land is idle: one year (国土资源部令第53号, article 2)
WORST = 4  #: grade D of the evaluation by mu


class ExpansionParameters(Parameters, name="land_growth"):
    """When an enterprise needs more land, and who sells."""

    slack: float = parameter(
        1.4, low=1.0, high=3.0, unit="times the capital it was laid out for", doc="capital at which a parcel is full", source="assumption", zh="用地余量"
    )
    extra: float = parameter(
        0.7,
        low=0.2,
        high=1.0,
        unit="share",
        doc="land asked for in proportion to growth of capital",
        source="assumption: later stages are denser",
        zh="扩建用地比例",
    )
    offered: float = parameter(
        0.2,
        low=0.0,
        high=1.0,
        unit="probability/yr",
        doc="holders of idle or inefficient land that would sell, where they may",
        source="assumption",
        zh="转让意愿",
    )
    part: float = parameter(0.4, low=0.1, high=1.0, unit="share", doc="part of an inefficient parcel that is spare", source="assumption", zh="可转让比例")
    allocated: float = parameter(
        0.35, low=0.0, high=0.8, unit="share", doc="parcels of the opening enterprises that were allocated, not granted for a price",
        source="assumption: allocation was usual before 1999", zh="划拨用地占比",
    )  # fmt: skip


@rule
def land_wanted(land: Any, capital: Any, laid_out: Any, slack: Any, extra: Any) -> Any:
    """Return the m2 that an enterprise asks for: none below slack, else extra x land x (K / K0 - 1), whole.

    >>> land_wanted(1000, 150.0, 100.0, 1.4, 0.7), land_wanted(1000, 130.0, 100.0, 1.4, 0.7)
    (350, 0)
    """
    if capital <= slack * laid_out:
        return 0
    return int(math.floor(extra * land * (capital / laid_out - 1.0)))


@kernel
def _offer(
    n: int, seed: Any, quarter: int, identity: Array, stage: Array, place: Array, industry: Array, origin: Array, land: Array, founded: Array,
    starts: Array, sincerity: Array, made: Floats, ratio: Floats, industrial: Array, kind: Array, from_grant: Floats, allowed: Floats, conversion: Floats, lines: Floats,
    hoarding: float, offered: float, part: float, allocated: float, offers: Array, spare: Ints,
) -> int:  # fmt: skip
    """List the holders that offer land in the secondary market, and the m2 of each; return how many."""
    found = 0
    for i in range(n):
        p = place[i]
        if land[i] <= 0 or kind[p] != PARK or allowed[p] <= 0.0 or industrial[industry[i]] <= 0:
            continue
        idle = stage[i] == BUILDING and sincerity[i] < hoarding and quarter - clock_begins(founded[i], starts[i], from_grant[p]) >= IDLE_AFTER
        if not idle:
            if stage[i] != OPERATING or made[i] <= 0.0 or 4.0 * made[i] / ratio[industry[i]] / (land[i] / MU) >= lines[p]:
                continue
        willing, reserve = draws.uniforms(seed, draws.LAND_MARKET, 0, identity[i], 0)
        if willing >= offered:
            continue
        kept = 1.0
        if origin[i] == OPENING and draws.uniform(seed, draws.LAND_MARKET, 0, identity[i], 1) < allocated:
            kept = 1.0 - conversion[p]
        if reserve >= kept:
            continue
        offers[found] = i
        spare[found] = land[i] if idle else int(math.floor(part * land[i]))
        found += 1
    return found


@kernel
def _expand(
    n: int, seed: Any, identity: Array, stage: Array, place: Array, industry: Array, weight: Array, origin: Array, capital: Floats, debt: Floats,
    land: Array, laid_out: Array, land_price: Array, floor: Array, grade: Array, use_of: Array, need: Floats, full: Floats, account: Ints,
    let: Ints, quota: Ints, asking: Floats, conversion: Floats, offers: Array, spare: Ints, n_offers: int, extra: float, allocated: float,
    payments: Floats, dividends: Floats, used: Floats, granted: Floats, unmet: Floats, traded: Floats, heads: Ints, written_off: Floats,
) -> None:  # fmt: skip
    first = 0
    for i in range(n):
        if stage[i] != OPERATING or land[i] <= 0 or need[industry[i]] <= 0.0:
            continue
        if laid_out[i] <= 0.0:
            laid_out[i] = capital[i]
            continue
        p, j = place[i], industry[i]
        wanted = land_wanted(land[i], capital[i], laid_out[i], full[p, j], extra)
        if wanted <= 0:
            continue
        if grade[i] == WORST:
            unmet[p] += wanted
            continue
        use = use_of[j]
        got = 0
        for k in range(first, n_offers):
            if got >= wanted:
                break
            s = offers[k]
            if spare[k] <= 0 or s == i or place[s] != p or use_of[industry[s]] != use:
                continue
            m2 = min(wanted - got, spare[k])
            spare[k] -= m2
            got += m2
            traded[p] += m2
            price = asking[p] * m2
            due = 0.0
            if origin[s] == OPENING and draws.uniform(seed, draws.LAND_MARKET, 0, identity[s], 1) < allocated:
                due = conversion[p] * price
            payments[p] += due
            dividends[p] -= due  # the price itself passes between the owners of two enterprises of one place
            land[s] -= m2
            if stage[s] == BUILDING:
                account[p, GRANTED, use] -= m2
                account[p, BUILT, use] += m2
                if land[s] == 0:
                    stage[s] = GONE
                    heads[p, EXITED] += weight[s]
                    written_off[p] += debt[s]
                    debt[s] = 0.0
                    capital[s] = 0.0
                    let[p] -= floor[s]
                    floor[s] = 0
        if got < wanted:
            m2 = min(wanted - got, quota[p], account[p, UNDEVELOPED, use])
            if m2 > 0:
                account[p, UNDEVELOPED, use] -= m2
                account[p, BUILT, use] += m2
                quota[p] -= m2
                used[p] += m2
                granted[p] += m2
                payments[p] += asking[p] * m2
                dividends[p] -= asking[p] * m2
                got += m2
            unmet[p] += wanted - got
        if got > 0:
            land[i] += got
            land_price[i] = asking[p]
            laid_out[i] += (capital[i] - laid_out[i]) * (got / wanted)


def full_at(terms: Terms, slack: float, denser: float) -> Floats:
    """Return by site the capital, relative to what the parcel was laid out for, at which it is full; later where denser building is allowed."""
    return terms.once(_full_at, slack, denser)


def _full_at(terms: Terms, slack: float, denser: float) -> Floats:
    return np.asarray(slack * (1.0 + denser * terms["far_bonus"]))


def _any_transfer(terms: Terms) -> bool:
    return bool(terms["land_transfer"].any())


def expand(world: World, terms: Terms, parameters: ExpansionParameters, full: Floats, lines: Floats, hoarding: float) -> None:
    """Let enterprises that have outgrown their parcel ask for land: from those who sell, then from the quota for expansion.

    An enterprise whose capital is above slack x (the capital its land was laid out for) asks for extra x land x growth, at the asking price. It buys
    idle and inefficient land of its place and use where transfers are allowed, in the order of the sellers' identity, then undeveloped
    land within the quota for expansion. Until it has land it replaces worn capital and no more (see ``invest``); those graded D get none. A holder of
    allocated land pays the conversion price to the county out of what it gets, and sells when what it keeps is above its reserve
    price, uniform in (0, 1).

    Args:
        world: enterprises, land accounts, quotas and flows are changed.
        terms: of the quarter.
        parameters: of the decision.
        full: from :func:`full_at`.
        lines: output per mu by place below which land is inefficient.
        hoarding: sincerity below which a project does not build.

    Draws: LAND_MARKET by identity (willing and reserve; title).
    """
    e, f, places, industries, q = world.enterprises, world.flows, world.places, world.industries, parameters
    offers, spare, found = np.empty(0, dtype=np.int32), np.empty(0, dtype=np.int64), 0
    seed = draws.seed_key(world.seed)
    if terms.once(_any_transfer):
        offers, spare = np.empty(e.n, dtype=np.int32), np.empty(e.n, dtype=np.int64)
        found = int(
            _offer(
                e.n, seed, world.quarter, e.id, e.stage, e.place, e.industry, e.origin, e.land, e.founded, e.starts_building, e.sincerity,
                e.value_added, industries.value_added_ratio, industries.is_industrial, places.kind, terms["idle_from_grant"],
                terms["land_transfer"], terms["conversion_price"], lines, hoarding, q.offered, q.part, q.allocated, offers, spare,
            )
        )  # fmt: skip
    _expand(
        e.n, seed, e.id, e.stage, e.place, e.industry, e.weight, e.origin, e.capital, e.debt, e.land, e.laid_out, e.land_price, e.floor, e.mu_grade,
        industries.use_code, industries.land_m2_per_capital, full, places.land, places.factory_let, places.quota_expansion, places.land_price,
        terms["conversion_price"], offers, spare, found, q.extra, q.allocated, f.land_payments, f.dividends, f.quota_land_used,
        f.expansion_land, f.expansion_unmet, f.traded_land, f.heads, f.written_off,
    )  # fmt: skip
