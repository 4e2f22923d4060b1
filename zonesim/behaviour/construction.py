"""Building: from approval to production, moves, and the review of standard land."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from zonesim.behaviour.demography import release
from zonesim.columns import Array, Floats, Ints
from zonesim.compiled import kernel, rule
from zonesim.parameters import Parameters, parameter
from zonesim.units import MU
from zonesim.world import World
from zonesim.world.enterprises import Origin, Stage
from zonesim.world.flows import Heads, Jobs
from zonesim.world.industries import USUAL_FAR
from zonesim.world.places import LandStage

APPLYING, BUILDING, OPERATING, MOVING, GONE = (int(s) for s in (Stage.APPLYING, Stage.BUILDING, Stage.OPERATING, Stage.MOVING, Stage.GONE))
READY, GRANTED, BUILT = int(LandStage.READY), int(LandStage.GRANTED), int(LandStage.BUILT)
EXPANDED, CONTRACTED, EXITED = int(Jobs.EXPANDED), int(Jobs.CONTRACTED), int(Jobs.EXITED)
NEW, FROM_OUTSIDE, JOB_IN, JOB_OUT = int(Jobs.NEW), int(Jobs.FROM_OUTSIDE), int(Jobs.MOVED_IN), int(Jobs.MOVED_OUT)
HEAD_IN, HEAD_OUT = int(Heads.MOVED_IN), int(Heads.MOVED_OUT)
BORN, MOVED = int(Origin.BORN), int(Origin.MOVED)

PROMISES = 3.0
"""Promises that a review of standard land looks at: output, tax, investment."""


class ConstructionParameters(Parameters, name="construction"):
    """How long building takes and how it is paid."""

    debt_financed: float = parameter(
        0.35, low=0.0, high=0.7, unit="share", doc="building paid by bank debt, the rest by owners", source="assumption", zh="建设负债率"
    )
    first_jobs: float = parameter(0.6, low=0.2, high=1.0, unit="share", doc="persons at the start of production", source="assumption", zh="投产用工比例")
    hoarding: float = parameter(
        0.25, low=0.05, high=0.6, unit="share", doc="sincerity below which a project does not start to build", source="assumption", zh="囤地门槛"
    )
    review_tolerance: float = parameter(0.9, low=0.5, high=1.0, unit="share", doc="of the standard that passes the review", source="assumption", zh="复核容差")
    scale: float = parameter(
        500.0, low=50.0, high=5000.0, unit="10k CNY", doc="investment per unit of the logarithm of building time",
        source="assumption: two and a half years for 10^9 CNY", zh="建设时间尺度",
    )  # fmt: skip
    longest: float = parameter(
        10.0, low=3.0, high=24.0, unit="quarters", doc="that building takes at most",
        source="assumption: stages of a larger project go into use one by one", zh="最长建设期",
    )  # fmt: skip


@rule
def building_quarters(capital: Any, weight: Any, scale: Any, longest: Any) -> Any:
    """Return the quarters of building: 1 + round(ln(1 + capital / w / scale)), at most the longest; capital in 10k CNY of the w enterprises of a row.

    >>> building_quarters(0.0, 1, 500.0, 10.0), building_quarters(100_000.0, 1, 500.0, 10.0), building_quarters(1e9, 1, 500.0, 10.0)
    (1, 6, 10)
    """
    return min(int(longest), 1 + int(round(math.log(1.0 + capital / weight / scale))))


@rule
def _free_labour(force: Array, county_of: Array, employment: Array, jobs: Ints, free: Ints) -> None:
    """Set the labour force of each county less those employed after the quarter's hires, dismissals and exits."""
    for c in range(len(free)):
        free[c] = force[c]
    for p in range(len(jobs)):
        free[county_of[p]] -= employment[p] + jobs[p, EXPANDED] - jobs[p, CONTRACTED] - jobs[p, EXITED]
    for c in range(len(free)):
        free[c] = max(0, free[c])


@rule
def _move_jobs(jobs: Ints, county_of: Array, employment: Array, force: Array) -> None:
    """Add up the jobs of each place; workers go with their enterprise to another county."""
    for p in range(len(jobs)):
        moved = jobs[p, JOB_IN] - jobs[p, JOB_OUT]
        employment[p] += jobs[p, NEW] + jobs[p, FROM_OUTSIDE] + jobs[p, EXPANDED] - jobs[p, CONTRACTED] - jobs[p, EXITED] + moved
        force[county_of[p]] += moved


@kernel
def _build(
    n: int, quarter: int, stage: Array, place: Array, industry: Array, weight: Array, origin: Array, capital: Floats, employment: Array,
    wanted: Array, debt: Floats, land: Array, land_next: Array, floor: Array, destination: Array, stage_ends: Array, starts: Array,
    arrived: Array, review: Array, review_after: Array, agreed_investment: Array, agreed_penalty: Array, investment_next: Array, penalty_next: Array,
    promised: Floats, promised_output: Array, promised_tax: Array, sincerity: Array,
    made: Floats, tax_last: Array, ordered: Array, county_of: Array, use_of: Array, account: Ints, let: Ints, employed: Array, force: Array, ratio: Floats, need_per_capital: Floats,
    numbers: Floats, investment: Floats,
    borrowed: Floats, dividends: Floats, attracted: Floats, jobs: Ints, heads: Ints, moves: Ints, penalties: Floats, reviews: Floats, breaches: Floats,
    moved: Floats, foreign: Array, foreign_investment: Floats,
) -> None:  # fmt: skip
    financed, first, hoarding, tolerance, scale, longest = numbers
    free = np.empty(len(force), dtype=np.int64)
    _free_labour(force, county_of, employed, jobs, free)
    for i in range(n):
        s = stage[i]
        if s == OPERATING or s == MOVING:  # who moves produces on its old land until it leaves
            if 0 <= review[i] <= quarter and made[i] > 0.0:
                if land[i] > 0:
                    p, j = place[i], industry[i]
                    mu = land[i] / MU
                    reviews[p] += weight[i]
                    missed = 0
                    if 4.0 * made[i] / ratio[j] / mu < tolerance * promised_output[i]:
                        missed += 1
                    if tax_last[i] / mu < tolerance * promised_tax[i]:
                        missed += 1
                    if capital[i] / mu < tolerance * agreed_investment[i]:
                        missed += 1
                    if missed > 0:
                        breaches[p] += weight[i]
                        fine = missed / PROMISES * agreed_penalty[i] * land[i]
                        penalties[p] += fine
                        dividends[p] -= fine
                review[i] = -1
        if s != APPLYING and s != BUILDING and s != MOVING:
            continue
        p, j = place[i], industry[i]
        if s == APPLYING:
            if quarter < stage_ends[i]:
                continue
            s = stage[i] = BUILDING  # it builds from this quarter on
            stage_ends[i] = quarter + building_quarters(promised[i], weight[i], scale, longest)
        if s == MOVING and quarter < starts[i]:
            continue
        if s == MOVING and quarter == starts[i]:
            stage_ends[i] = quarter + building_quarters(promised[i], weight[i], scale, longest)
        q = destination[i] if s == MOVING else p
        lag = building_quarters(promised[i], weight[i], scale, longest)
        if s == BUILDING and sincerity[i] < hoarding:
            continue
        spent = sincerity[i] * promised[i] / lag if s == BUILDING else promised[i] / lag
        loan = financed * spent
        investment[q, j] += spent
        if foreign[i]:
            foreign_investment[q] += spent
        borrowed[q] += loan
        dividends[q] -= spent - loan
        debt[i] += loan
        if s == BUILDING:
            capital[i] += spent
            if origin[i] != BORN:
                attracted[q] += spent
        if quarter < stage_ends[i] - 1:
            continue
        use = use_of[j]
        if s == BUILDING:
            stage[i] = OPERATING
            arrived[i] = quarter
            account[p, GRANTED, use] -= land[i]
            account[p, BUILT, use] += land[i]
            c = county_of[p]
            start = max(weight[i], int(first * wanted[i]))
            start = min(start, free[c])
            free[c] -= start
            employment[i] = start
            if origin[i] == BORN:
                jobs[p, NEW] += start
            else:
                jobs[p, FROM_OUTSIDE] += start
            if review_after[i] > 0 and land[i] > 0:
                review[i] = quarter + review_after[i]
        else:
            # the mover leaves: old land is ready again, the new land is built; new capital replaces what is left behind
            jobs[p, JOB_OUT] += employment[i]
            jobs[q, JOB_IN] += employment[i]
            moves[p, q] += employment[i]
            heads[p, HEAD_OUT] += weight[i]
            heads[q, HEAD_IN] += weight[i]
            account[p, BUILT, use] -= land[i]
            account[p, READY, use] += land[i]
            if floor[i] > 0:
                let[p] -= floor[i]
                floor[i] = 0
            account[q, GRANTED, use] -= land_next[i]
            account[q, BUILT, use] += land_next[i]
            land[i] = land_next[i]
            land_next[i] = 0
            if land[i] == 0 and need_per_capital[j] > 0.0:
                floor[i] = int(USUAL_FAR * need_per_capital[j] * capital[i])
                let[q] += floor[i]
            place[i] = q
            destination[i] = -1
            arrived[i] = quarter
            origin[i] = MOVED
            stage[i] = OPERATING
            moved[q] += capital[i]
            if ordered[i]:
                ordered[i] = False
            # what was promised for the old land ends with it; for the new land it has promised the investment only
            review[i] = quarter + review_after[i] if review_after[i] > 0 else -1
            promised_output[i], promised_tax[i] = 0.0, 0.0
            agreed_investment[i], agreed_penalty[i] = investment_next[i], penalty_next[i]
            investment_next[i], penalty_next[i] = 0.0, 0.0
    _move_jobs(jobs, county_of, employed, force)


@kernel
def _go_on(
    n: int, quarter: int, stage: Array, place: Array, industry: Array, weight: Array, capital: Floats, debt: Floats, land: Array, land_next: Array, floor: Array,
    destination: Array, stage_ends: Array, starts: Array, promised: Floats, sincerity: Array, use_of: Array, account: Ints, let: Ints, numbers: Floats,
) -> None:  # fmt: skip
    financed, _, hoarding, _, scale, longest = numbers
    for i in range(n):
        s = stage[i]
        if s == APPLYING and quarter >= stage_ends[i]:
            s = stage[i] = BUILDING
            stage_ends[i] = quarter + building_quarters(promised[i], weight[i], scale, longest)
        if s == BUILDING and sincerity[i] >= hoarding:
            spent = sincerity[i] * promised[i] / building_quarters(promised[i], weight[i], scale, longest)
            capital[i] += spent
            debt[i] += financed * spent
            if quarter >= stage_ends[i] - 1:
                release(i, place, industry, stage, land, land_next, floor, destination, use_of, account, let)
                stage[i] = GONE
        elif s == MOVING and quarter >= starts[i]:
            if quarter == starts[i]:
                stage_ends[i] = quarter + building_quarters(promised[i], weight[i], scale, longest)
            if quarter >= stage_ends[i] - 1:
                use = use_of[industry[i]]
                account[destination[i], GRANTED, use] -= land_next[i]
                account[destination[i], READY, use] += land_next[i]
                land_next[i] = 0
                destination[i] = -1
                stage[i] = OPERATING


def go_on_building(world: World, parameters: ConstructionParameters) -> None:
    """Let what was admitted before the opening go on for a quarter; what is ready before the opening is part of the opening's stock, not of its pipeline.

    Such projects give back their land and are gone, such movers stay where the opening has them; who is still building has put in the capital of the
    quarters until now, ``debt_financed`` of it borrowed, before the books begin.
    """
    e, places = world.enterprises, world.places
    _go_on(
        e.n, world.quarter, e.stage, e.place, e.industry, e.weight, e.capital, e.debt, e.land, e.land_next, e.floor, e.destination, e.stage_ends, e.starts_building,
        e.promised_capital, e.sincerity, world.industries.use_code, places.land, places.factory_let, parameters.vector,
    )  # fmt: skip


def build(world: World, parameters: ConstructionParameters) -> None:
    """Move projects from approval through building to production; let movers move; review standard land.

    Investment of a project: sincerity x promise in equal parts over the quarters of building, by owners and bank. A project whose sincerity
    is below the threshold takes its land and does not build. A mover goes on producing at the old site, invests half its capital anew (which
    replaces what it leaves behind: its capital stays the same), and moves when the new site is ready.

    Standard land is judged by what was agreed when it was granted, whatever holds now. A review is held in its quarter also on the old land of
    a mover, which produces there; of an enterprise that is shut it is held when it works again; with the land that an enterprise leaves its review ends.
    """
    e, f, places, industries = world.enterprises, world.flows, world.places, world.industries
    _build(
        e.n, world.quarter, e.stage, e.place, e.industry, e.weight, e.origin, e.capital, e.employment, e.wanted_jobs, e.debt, e.land,
        e.land_next, e.floor, e.destination, e.stage_ends, e.starts_building, e.arrived, e.review_due, e.review_after, e.agreed_investment, e.agreed_penalty,
        e.agreed_investment_next, e.agreed_penalty_next, e.promised_capital,
        e.promised_output, e.promised_tax, e.sincerity, e.value_added, e.tax_last_year, e.ordered, places.county, industries.use_code,
        places.land, places.factory_let, places.employment, world.counties.labour_force, industries.value_added_ratio, industries.land_m2_per_capital, parameters.vector,
        f.investment, f.borrowed, f.dividends, f.investment_attracted, f.jobs, f.heads, f.moves, f.penalties, f.reviews, f.breaches,
        f.transferred_capital, e.foreign, f.foreign_investment,
    )  # fmt: skip
