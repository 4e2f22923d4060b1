"""Entry: what follows for those admitted: land, payments, days of approval, promises, contracts, and their rows."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from zonesim import draws
from zonesim.behaviour.applicants import (
    CAPITAL,
    CHANNEL,
    EMISSION,
    ENTERPRISE,
    FEE,
    FINDER,
    FOREIGN,
    INDUSTRY,
    JOBS,
    PARTNER,
    SAFE,
    SINCERITY,
    VALUE_ADDED,
    WEIGHT,
    Applicants,
    Channel,
)  # fmt: skip
from zonesim.behaviour.approval import KEY_LAND, LAND, Procedure, breaks_commitment
from zonesim.behaviour.approval_parameters import ApprovalParameters
from zonesim.behaviour.bespoke import BespokeParameters, bespoke_days
from zonesim.behaviour.enclave_contracts import enclaves, open_contracts
from zonesim.behaviour.location import Preferences
from zonesim.behaviour.parcel import RENTS
from zonesim.columns import Array, Floats, Ints
from zonesim.compiled import kernel
from zonesim.terms import Terms
from zonesim.units import MU
from zonesim.world import World
from zonesim.world.enterprises import Origin, Stage
from zonesim.world.industries import USUAL_FAR
from zonesim.world.places import Kind, LandStage

MAJOR = int(Channel.MAJOR)
READY, GRANTED = int(LandStage.READY), int(LandStage.GRANTED)
INCUMBENT, BORN = int(Channel.INCUMBENT), int(Origin.BORN)
APPLYING, MOVING = int(Stage.APPLYING), int(Stage.MOVING)
PARK = int(Kind.PARK)
UNTIL_BUILT = 2.0  # years after its promise from which a refund runs, for approval and building: assumption


@kernel
def _grant(
    n: int, whole: Array, real: Floats, marks: Floats, chosen: Ints, enclave: Array, wanted: Array, wanted_area: Floats, tenure: Array, wanted_price: Floats, cases: Floats, capacity: Floats, queue: Floats, zone_of: Array,
    use_of: Array, account: Ints, let: Ints, seed: Any, quarter: int, identity: Array, days: Floats, usual_days: Floats, review_days: Floats,
    land_days: Floats, filing_days: Floats, filing_from: Floats, queue_days: float, work: Floats, usual: Floats, payments: Floats, dividends: Floats, granted: Floats, approved: Floats, quality: Floats,
    approval_days: Floats, lost: Floats, grant: Floats, bespoke_from: Floats, meeting: float, hurry: float, grants: Floats,
    deals: Floats, fees: Floats, out_land: Ints, out_floor: Ints, out_wait: Ints, shared: Ints, per_head: Floats, staff: Floats, staff_quarters: Floats,
    committee_cases: Floats,
) -> tuple[int, int]:  # fmt: skip
    """Grant land or floor to those admitted, and say in how many quarters they build; return how many are new, how many shared.

    A project admitted on day u of the quarter (a uniform, in quarters) builds from quarter floor(u + days / 90) on, at least the next.

    A project is shared when it settles in a park under an enclave that another committee, or a partner region, found it for.
    """
    channel, industry, weight, finder, partner = whole[CHANNEL], whole[INDUSTRY], whole[WEIGHT], whole[FINDER], whole[PARTNER]
    capital, value, jobs, fee = real[CAPITAL], real[VALUE_ADDED], real[JOBS], real[FEE]
    newcomers, n_shared = 0, 0
    for a in range(n):
        k = chosen[a]
        if k < 0:
            if channel[a] != INCUMBENT and wanted[a, 0] >= 0:
                lost[wanted[a, 0]] += weight[a]
            continue
        p, j, w = wanted[a, k], industry[a], weight[a]
        land, floor, each = 0, 0, capital[a] / w  # what one of those that the row stands for invests
        if tenure[a, k] == RENTS:
            floor = int(math.ceil(USUAL_FAR * wanted_area[a, k]))
        else:
            land = int(math.ceil(wanted_area[a, k]))
        account[p, READY, use_of[j]] -= land
        account[p, GRANTED, use_of[j]] += land
        paid = wanted_price[a, k] * land
        payments[p] += paid
        dividends[p] -= paid
        granted[p] += land
        approved[p] += w
        quality[p] += w * marks[a]
        z, over = zone_of[p], 0.0
        if z >= 0:
            committee_cases[p] += w
            ahead = cases[z] - 0.5 * (w - 1) * work[p, j]  # of those that a row stands for one in the middle
            over = max(0.0, ahead / max(capacity[z], 1e-9) - 1.0)
        own_terms = channel[a] != INCUMBENT and each >= bespoke_from[p, j]
        case = (KEY_LAND if channel[a] == MAJOR or own_terms else LAND) + (0 if land > 0 else 1)
        needed = days[case, p, j] + review_days[p, j] + queue_days * over
        if land > 0:
            needed += land_days[p, j]
        elif each >= filing_from[p, j]:
            needed += filing_days[p, j]
        if own_terms:
            needed = bespoke_days(needed, hurry, meeting)
            deals[p] += w
            grants[p] += grant[a, k]
            dividends[p] += grant[a, k]
        fees[p] += fee[a]
        approval_days[p] += w * needed
        usual[p] += w * usual_days[case]
        day = draws.uniform(seed, draws.APPROVAL, quarter, identity[a], 0)  # of the quarter on which it was admitted
        out_land[a], out_floor[a], out_wait[a] = land, floor, max(1, int(day + needed / 90.0))
        if z >= 0 and enclave[p] and ((finder[a] >= 0 and z != finder[a]) or partner[a] >= 0):
            shared[n_shared] = a
            n_shared += 1
        if channel[a] != INCUMBENT:  # the floor of a mover is let when it comes
            let[p] += floor
            per_head[0, newcomers], per_head[1, newcomers], per_head[2, newcomers] = value[a] / w, each, jobs[a] / w
            newcomers += 1
    parks = np.zeros(len(queue))
    for p in range(len(lost)):
        if zone_of[p] >= 0:
            parks[zone_of[p]] += 1.0
    for p in range(len(lost)):
        if zone_of[p] >= 0:
            staff_quarters[p] = staff[zone_of[p]] / parks[zone_of[p]]
    for z in range(len(queue)):
        queue[z] = max(0.0, cases[z] - capacity[z])
    return newcomers, n_shared


@kernel
def _enter(
    n: int, row: int, quarter: int, chosen: Ints, wanted: Array, wanted_price: Floats, tax_per_mu: Floats, land: Ints, floor: Ints, wait: Ints,
    contract: Ints, logs: Floats, log_trend: float, span: float, mean_effect: Floats, identity: Array, whole: Array, real: Floats, flags: Array,
    kind: Array, county_of: Array, zone_of: Array, offer: Floats, refund_cap: Floats, standard: Array, standard_output: Floats,
    standard_tax: Floats, standard_investment: Floats, standard_penalty: Floats, review_years: Floats, industrial: Floats, labour_share: Floats, value_added_ratio: Floats, emission_of: Floats, energy_of: Floats,
    water_of: Floats, seed: Any, commitment: Array, penalty: Floats, filed: Array, behind: Floats, bespoke_from: Floats, fee: Floats, spared: Floats,
    commitments: Floats, fees: Floats, dividends: Floats, refund_quarters: int, e_verification: Array,
    e_evades: Array, e_fine: Array, e_id: Array, e_weight: Array, e_place: Array, e_industry: Array, e_county: Array, e_stage: Array, e_origin: Array,
    e_foreign: Array, e_unsafe: Array, e_founded: Array, e_arrived: Array, e_stage_ends: Array, e_starts: Array, e_contract: Array, e_land: Array,
    e_land_next: Array, e_destination: Array, e_floor: Array, e_land_price: Array, e_promised: Floats, e_sincerity: Array, e_output: Array,
    e_tax: Array, e_review_after: Array, e_investment: Array, e_penalty: Array, e_investment_next: Array, e_penalty_next: Array, e_emission: Array, e_energy: Array, e_water: Array, e_productivity: Floats, e_refund: Array, e_refund_until: Array,
    e_wanted_jobs: Array, heads: Ints, promised: Floats, industrial_new: Floats, outside_new: Floats,
) -> None:  # fmt: skip
    """Write the rows of newcomers (from ``row`` on, in the order of applicants) and what movers take with them."""
    temptation, detection, loss, shedding, laxity, suspect_from = commitments
    channel, enterprise, industry, weight = whole[CHANNEL], whole[ENTERPRISE], whole[INDUSTRY], whole[WEIGHT]
    capital, value, jobs, sincerity, emission = real[CAPITAL], real[VALUE_ADDED], real[JOBS], real[SINCERITY], real[EMISSION]
    foreign, safe = flags[FOREIGN], flags[SAFE]
    new = 0
    for a in range(n):
        k = chosen[a]
        if k < 0:
            continue
        p, j, z = wanted[a, k], industry[a], zone_of[wanted[a, k]]
        agreed = (0, 0.0, 0.0)  # when the land is reviewed, the investment asked for, the penalty: what holds today holds at the review
        if standard[p, j] and land[a] > 0:
            agreed = (int(4.0 * review_years[p, j]), standard_investment[p, j], standard_penalty[p, j] * wanted_price[a, k])
        promise = min(offer[z], refund_cap[p, j]) if z >= 0 else min(0.0, refund_cap[p, j])
        if channel[a] == INCUMBENT:
            i = enterprise[a]
            e_destination[i] = p
            e_land_next[i] = land[a]
            e_stage[i] = MOVING
            e_stage_ends[i] = quarter + wait[a] + 1
            e_starts[i] = quarter + wait[a]
            e_promised[i] = 0.5 * capital[a]
            e_review_after[i], e_investment_next[i], e_penalty_next[i] = agreed
        else:
            i, w = row + new, weight[a]
            e_id[i], e_weight[i], e_place[i], e_industry[i], e_county[i] = identity[a], w, p, j, county_of[p]
            e_stage[i] = APPLYING
            e_origin[i] = BORN + channel[a]  # the kinds of origin stand in the order of channels
            e_foreign[i] = foreign[a]
            e_unsafe[i] = not safe[a]
            e_founded[i] = quarter
            e_arrived[i] = quarter
            e_stage_ends[i] = quarter + wait[a]
            e_starts[i] = quarter + wait[a]
            e_contract[i] = contract[a]
            e_land[i], e_floor[i] = land[a], floor[a]
            e_promised[i], e_sincerity[i] = capital[a], sincerity[a]
            if land[a] > 0 and spared[p, j] > 0.0:
                e_promised[i] = (1.0 - spared[p, j]) * capital[a]
                fees[p] += fee[p, j] * capital[a]
                dividends[p] -= fee[p, j] * capital[a]
            dirt = emission[a]
            if filed[p, j]:
                dirt *= 1.0 + laxity
            if commitment[p, j]:
                u, day = draws.uniforms(seed, draws.APPROVAL, quarter, identity[a], 1)
                case = (KEY_LAND if channel[a] == MAJOR or capital[a] / w >= bespoke_from[p, j] else LAND) + (0 if land[a] > 0 else 1)
                e_verification[i] = int(day + behind[case, p, j] / 90.0)
                suspect = not safe[a] or emission[a] > suspect_from
                if breaks_commitment(u, sincerity[a], suspect, penalty[p, j], temptation, detection, loss):
                    e_evades[i] = True
                    e_fine[i] = penalty[p, j]
                    dirt *= 1.0 + shedding
            if standard[p, j] and land[a] > 0:
                mu = land[a] / MU
                e_review_after[i], e_investment[i], e_penalty[i] = agreed
                e_output[i] = max(4.0 * value[a] / value_added_ratio[j] / mu, standard_output[p, j])
                e_tax[i] = max(tax_per_mu[a, k], standard_tax[p, j])
            e_emission[i] = emission_of[j] * dirt
            e_energy[i] = energy_of[j] * math.sqrt(emission[a])
            e_water[i] = water_of[j]
            # productivity is what makes the project's value added at the region's mean place effect and the trend of the day
            inputs = (1.0 - labour_share[j]) * logs[1, new] + labour_share[j] * logs[2, new]
            e_productivity[i] = logs[0, new] - mean_effect[j] - log_trend - span * inputs
            e_wanted_jobs[i] = max(w, int(np.rint(jobs[a])))
            heads[p, channel[a]] += w
            promised[p] += capital[a]
            if industrial[j] > 0:
                industrial_new[p] += w
                if kind[p] != PARK:
                    outside_new[p] += w
            new += 1
        e_land_price[i] = wanted_price[a, k]
        e_refund[i] = promise
        e_refund_until[i] = quarter + refund_quarters


def refund_quarters(years: float) -> int:
    """Return for how many quarters from its promise a refund is paid: the years promised, after those of approval and building.

    >>> refund_quarters(5.0), refund_quarters(1.0)
    (28, 12)
    """
    return round(4.0 * (years + UNTIL_BUILT))


def standard_land(terms: Terms) -> Array:
    """Return the sites where land is granted with standards."""
    return np.asarray(terms["standard_land"] > 0)


def enter(
    world: World, terms: Terms, a: Applicants, wishes: Preferences, marks: Floats, chosen: Ints, cases: Floats, procedure: Procedure,
    parameters: ApprovalParameters, bespoke: BespokeParameters, refund_years: float,
) -> None:  # fmt: skip
    """Give those admitted their land, dates and promises, and write them into the tables.

    Args:
        world: enterprises, places, contracts and flows are changed.
        terms: of the quarter.
        a: who applied.
        wishes: their places, best first.
        marks: score of each.
        chosen: which of its wishes each got; -1 none.
        cases: cases that each committee took.
        procedure: of the quarter.
        parameters: of the approval.
        bespoke: how long projects with terms of their own take.
        refund_years: for which a refund is promised.

    Draws: APPROVAL by identity: the day of admission, and the temptation and the day of acceptance of a commitment.
    """
    n, places, zones, industries, flows, e, t = a.n, world.places, world.zones, world.industries, world.flows, world.enterprises, terms
    p, seed = parameters, draws.seed_key(world.seed)
    land, floor, wait, shared, contract = np.empty((5, n), dtype=np.int64)
    per_head = np.empty((3, n))
    new, n_shared = _grant(
        n, a.whole, a.real, marks, chosen, t.once(enclaves),
        wishes.place, wishes.area, wishes.tenure, wishes.price, cases, zones.service_capacity, zones.queue[: zones.n], places.zone,
        industries.use_code, places.land, places.factory_let, seed, world.quarter, a.id, procedure.days, p.usual_days, t["review_days"],
        t["land_review_days"], t["filing_days"], t["filing_threshold"], p.queue, procedure.work, flows.usual_approval_days, flows.land_payments, flows.dividends, flows.land_granted, flows.approved,
        flows.entrant_quality, flows.approval_days, flows.lost_projects, wishes.grant, t["bespoke_from"], bespoke.meeting_days,
        bespoke.hurry, flows.bespoke_grants, flows.bespoke_deals, flows.promotion_fees, land, floor, wait, shared, per_head, zones.staff,
        flows.staff_quarters, flows.committee_cases,
    )  # fmt: skip
    contract[:] = -1
    if n_shared:
        open_contracts(world, terms, a, wishes, chosen, land, shared[:n_shared], contract)
    rows, economy = e.append(int(new)), world.economy
    _enter(
        n, rows.start, world.quarter, chosen, wishes.place, wishes.price, wishes.tax_per_mu, land, floor, wait, contract,
        np.log(per_head[:, :new]), float(np.log(economy.trend)), economy.span_of_control, economy.usual_effect, a.id, a.whole, a.real,
        a.flags, places.kind,
        places.county, places.zone, zones.refund_offer, wishes.refund_limit, t.once(standard_land), t["standard_output"], t["standard_tax"],
        t["standard_investment"], t["standard_penalty"], t["standard_review_years"],
        industries.is_industrial, industries.labour_share, industries.value_added_ratio, industries.emission_intensity,
        industries.energy_intensity, industries.water_intensity, seed, t.once(committed), t["commitment_penalty"], t.once(eia_filed),
        procedure.behind, t["bespoke_from"], procedure.fee, procedure.spared, p.commitments,
        flows.assessment_fees, flows.dividends, refund_quarters(refund_years), e.verification, e.evades, e.agreed_fine, e.id, e.weight, e.place, e.industry, e.county, e.stage, e.origin, e.foreign, e.unsafe,
        e.founded, e.arrived, e.stage_ends, e.starts_building, e.contract, e.land, e.land_next, e.destination, e.floor, e.land_price,
        e.promised_capital, e.sincerity, e.promised_output, e.promised_tax, e.review_after, e.agreed_investment, e.agreed_penalty, e.agreed_investment_next,
        e.agreed_penalty_next, e.emission_intensity, e.energy_intensity, e.water_intensity,
        e.log_productivity, e.refund_promised, e.refund_until, e.wanted_jobs, flows.heads, flows.promised_investment,
        flows.industrial_new_projects, flows.out_of_zone_new_projects,
    )  # fmt: skip


def committed(terms: Terms) -> Array:
    """Return the sites where projects build on a commitment."""
    return np.asarray(terms["commitment"] > 0)


def eia_filed(terms: Terms) -> Array:
    """Return the sites where the environmental assessment is filed, not approved."""
    return np.asarray(terms["eia_filing"] > 0)
