"""Exit: which enterprises close."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from zonesim import draws
from zonesim.columns import Array, Floats, Ints
from zonesim.compiled import kernel, rule
from zonesim.parameters import Parameters, parameter
from zonesim.world import World
from zonesim.world.enterprises import Stage
from zonesim.world.flows import Heads, Jobs
from zonesim.world.places import LandStage

OPERATING, GONE = int(Stage.OPERATING), int(Stage.GONE)
EXITED_HEADS, EXITED_JOBS = int(Heads.EXITED), int(Jobs.EXITED)
READY, GRANTED, BUILT = int(LandStage.READY), int(LandStage.GRANTED), int(LandStage.BUILT)
# Hazard by year of life (SAIC 2013: 1.6, 6.3, 9.5 %, above 8 % to year 7, then falling); from year 8 on: assumption, falling to 3.5 %
HAZARD = np.array([0.016, 0.063, 0.095, 0.088, 0.085, 0.083, 0.081, 0.072, 0.064, 0.058, 0.053, 0.049, 0.046, 0.043, 0.041, 0.039, 0.037, 0.036, 0.035])

USUAL_PERSONS = 10.0
"""Persons of the enterprise for which the published hazards are taken to hold."""
ROUNDING = 1.000001
"""Lifts a bound above what rounding may do."""


class ExitParameters(Parameters, name="exit"):
    """Closing down."""

    margin: float = parameter(
        1.0, low=0.0, high=4.0, unit="per unit of margin", doc="fall of the hazard with profit per value added above the industry's usual", source="assumption", zh="利润率效应",
    )  # fmt: skip
    size: float = parameter(
        0.12, low=0.0, high=0.3, unit="exponent", doc="fall of the hazard with persons", source="assumption; small enterprises close more often", zh="规模效应"
    )
    level: float = parameter(1.0, low=0.5, high=1.5, unit="factor", doc="level of all hazards", source="fitted: hazards by age (SAIC 2013)", zh="退出率水平")
    scrap: float = parameter(0.3, low=0.0, high=0.7, unit="share of capital", doc="what capital brings when sold", source="assumption", zh="残值率")
    margin_span: float = parameter(
        1.5, low=0.2, high=4.0, unit="profit per value added", doc="above or below the usual that counts at most",
        source="assumption: one bad quarter closes nobody for sure", zh="利润率差距上限",
    )  # fmt: skip


@rule
def quarterly_hazard(yearly: Any, margin: Any, usual_margin: Any, persons: Any, margin_effect: Any, size_effect: Any, level: Any, span: Any) -> Any:
    """Return the chance to close in a quarter: [1 - (1 - h)^(1/4)] exp(-g (m - m0)) (L / 10)^(-k), |m - m0| at most the span; at most 0.5.

    >>> round(float(quarterly_hazard(0.0951, 0.2, 0.2, 10.0, 1.0, 0.05, 1.0, 1.5)), 6), round(float(quarterly_hazard(0.0951, -9.0, 0.2, 10.0, 1.0, 0.05, 1.0, 1.5)), 6)
    (0.024673, 0.110578)
    """
    base = 1.0 - math.sqrt(math.sqrt(1.0 - yearly))
    gap = max(-span, min(span, margin - usual_margin))
    return min(0.5, level * base * math.exp(-margin_effect * gap - size_effect * math.log(max(persons, 1.0) / USUAL_PERSONS)))


@rule
def release(
    i: Any, place: Array, industry: Array, stage: Array, land: Array, land_next: Array, floor: Array, destination: Array,
    use_of: Array, account: Ints, let: Ints,
) -> None:  # fmt: skip
    """Give back all land and floor of one enterprise: built or granted land becomes ready land of the same use."""
    p = place[i]
    use = use_of[industry[i]]
    if land[i] > 0:
        kind = BUILT if stage[i] >= OPERATING else GRANTED
        account[p, kind, use] -= land[i]
        account[p, READY, use] += land[i]
        land[i] = 0
    q = destination[i]
    if q >= 0 and land_next[i] > 0:
        account[q, GRANTED, use] -= land_next[i]
        account[q, READY, use] += land_next[i]
        land_next[i] = 0
    destination[i] = -1
    if floor[i] > 0:
        let[p] -= floor[i]
        floor[i] = 0


@rule
def wind_up(
    i: Any, place: Array, industry: Array, stage: Array, weight: Array, capital: Floats, employment: Array, debt: Floats, land: Array, land_next: Array,
    floor: Array, destination: Array, use_of: Array, account: Ints, let: Ints, scrap: Any, heads: Ints, jobs: Ints, written_off: Floats, scrapped: Floats,
    repaid: Floats, dividends: Floats,
) -> None:  # fmt: skip
    """Close one enterprise: capital is sold for ``scrap`` of its worth, which pays the bank, then owners; what it owes beyond is written off; land is free."""
    p = place[i]
    worth = scrap * capital[i]
    scrapped[p] += worth
    written_off[p] += max(0.0, debt[i] - worth)
    repaid[p] += min(debt[i], worth)
    dividends[p] += max(0.0, worth - debt[i])
    heads[p, EXITED_HEADS] += weight[i]
    jobs[p, EXITED_JOBS] += employment[i]
    release(i, place, industry, stage, land, land_next, floor, destination, use_of, account, let)
    stage[i] = GONE
    capital[i] = 0.0
    debt[i] = 0.0
    employment[i] = 0


@kernel
def _close(
    n: int, seed: Any, quarter: int, identity: Array, stage: Array, place: Array, industry: Array, weight: Array, founded: Array,
    capital: Floats, employment: Array, debt: Floats, made: Floats, profit: Floats, land: Array, land_next: Array, floor: Array,
    destination: Array, use_of: Array, account: Ints, let: Ints, hazard: Floats, usual: Floats, numbers: Floats, heads: Ints, jobs: Ints,
    written_off: Floats, scrapped: Floats, repaid: Floats, dividends: Floats,
) -> int:  # fmt: skip
    margin_effect, size_effect, level, scrap, span = numbers
    gone = 0
    last = len(hazard) - 1
    most = 0.0  # the hazard of a small enterprise that makes great losses
    for year in range(len(hazard)):
        most = max(most, quarterly_hazard(hazard[year], -span, 0.0, 1.0, max(margin_effect, 0.0), max(size_effect, 0.0), level, span))
    most *= ROUNDING
    luck = np.empty(draws.ROWS)
    for i in range(n):
        k = i % draws.ROWS
        if k == 0:
            draws.uniform_rows(seed, draws.EXIT, quarter, identity[i:n], 0, luck[: n - i])
        if stage[i] == GONE:
            gone += 1
            continue
        if stage[i] < OPERATING or luck[k] >= most:  # for most the draw settles it
            continue
        age = (quarter - founded[i]) // 4
        year = min(max(age, 0), last)
        j = industry[i]
        margin = profit[i] / made[i] if made[i] > 0.0 else -1.0
        chance = quarterly_hazard(hazard[year], margin, usual[j], employment[i] / weight[i], margin_effect, size_effect, level, span)
        if luck[k] >= chance:
            continue
        wind_up(
            i, place, industry, stage, weight, capital, employment, debt, land, land_next, floor, destination, use_of, account, let, scrap, heads, jobs,
            written_off, scrapped, repaid, dividends,
        )  # fmt: skip
        gone += 1
    return gone


@kernel
def _close_rows(
    rows: Array, stage: Array, place: Array, industry: Array, weight: Array, capital: Floats, employment: Array, debt: Floats, land: Array,
    land_next: Array, floor: Array, destination: Array, use_of: Array, account: Ints, let: Ints, scrap: float, heads: Ints, jobs: Ints,
    written_off: Floats, scrapped: Floats, repaid: Floats, dividends: Floats,
) -> None:  # fmt: skip
    for r in range(len(rows)):
        i = rows[r]
        if stage[i] < OPERATING:
            continue
        wind_up(
            i, place, industry, stage, weight, capital, employment, debt, land, land_next, floor, destination, use_of, account, let, scrap, heads, jobs,
            written_off, scrapped, repaid, dividends,
        )  # fmt: skip


def close_rows(world: World, rows: Array, parameters: ExitParameters) -> None:
    """Close given enterprises (those that were ordered to move and do not)."""
    if len(rows) == 0:
        return
    e, f, places = world.enterprises, world.flows, world.places
    _close_rows(
        rows, e.stage, e.place, e.industry, e.weight, e.capital, e.employment, e.debt, e.land, e.land_next, e.floor, e.destination,
        world.industries.use_code, places.land, places.factory_let, parameters.scrap, f.heads, f.jobs, f.written_off, f.scrapped,
        f.repaid, f.dividends,
    )  # fmt: skip


def close_down(world: World, parameters: ExitParameters) -> int:
    """Close enterprises by their hazard; return how many rows of the table are now gone.

    What the capital brings goes to the bank up to the debt, the rest to the owners; unpaid debt is written off by the bank. Land
    goes back to the ready account. Entrants and young enterprises have the published hazards of their year of life.

    Draws: EXIT by identity.
    """
    e, f, places = world.enterprises, world.flows, world.places
    return int(
        _close(
            e.n, draws.seed_key(world.seed), world.quarter, e.id, e.stage, e.place, e.industry, e.weight, e.founded, e.capital,
            e.employment, e.debt, e.value_added, e.profit, e.land, e.land_next, e.floor, e.destination, world.industries.use_code,
            places.land, places.factory_let, HAZARD, world.economy.margin, parameters.vector, f.heads,
            f.jobs, f.written_off, f.scrapped, f.repaid, f.dividends,
        )
    )  # fmt: skip
