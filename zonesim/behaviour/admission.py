"""Admission: gates, a scored queue while land, quotas and capacity last, and the approval pipeline."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from zonesim.behaviour.arrivals import Applicants, Channel
from zonesim.behaviour.location import CHOICES, RENTS, Preferences
from zonesim.columns import Array, Floats, Ints
from zonesim.compiled import kernel, rule
from zonesim.parameters import Parameters, parameter
from zonesim.terms import Terms
from zonesim.world import World
from zonesim.world.enterprises import Origin, Stage
from zonesim.world.flows import Heads
from zonesim.world.places import Effort, Kind, LandStage

MU = 2000.0 / 3.0
READY, GRANTED = int(LandStage.READY), int(LandStage.GRANTED)
MAJOR, INCUMBENT = int(Channel.MAJOR), int(Channel.INCUMBENT)


class AdmissionParameters(Parameters, name="admission"):
    """Screening, capacity, and days of approval."""

    accuracy: float = parameter(0.6, low=0.0, high=1.0, unit="share", doc="how well the screening sees sincerity", source="assumption", zh="甄别准确度")
    base_days: float = parameter(
        180.0,
        low=60.0,
        high=400.0,
        unit="days",
        doc="days of approval of a project with land, before reviews",
        source="assumption: before the reforms of 2014 to 2019",
        zh="基础审批天数",
    )
    no_land_days: float = parameter(
        0.35, low=0.1, high=1.0, unit="share", doc="of those days for a project without land", source="assumption", zh="非供地项目审批占比"
    )
    standard_saves: float = parameter(
        0.35, low=0.0, high=0.7, unit="share", doc="days that standard land saves (assessments are done before the grant)", source="assumption", zh="标准地节省"
    )
    ringfence_saves: float = parameter(
        0.10,
        low=0.0,
        high=0.3,
        unit="share per level",
        doc="days that a ring-fenced land quota saves",
        source="assumption: no waiting for the county's plan",
        zh="指标单列节省",
    )
    service: float = parameter(0.5, low=0.0, high=1.0, unit="elasticity", doc="days to service effort", source="assumption", zh="服务效率弹性")
    queue: float = parameter(60.0, low=0.0, high=180.0, unit="days per capacity", doc="waiting when cases exceed capacity", source="assumption", zh="排队天数")
    overload: float = parameter(2.0, low=1.0, high=5.0, unit="times capacity", doc="cases that a committee takes at most", source="assumption", zh="受理上限")


@rule
def score(tier: Any, intensity: Any, tax_per_mu: Any, emission: Any, sincerity: Any, luck: Any, accuracy: Any) -> Any:
    """Return the entry score, 0 to 100.

    10 tier (1 to 3) + 20 min(1, intensity / 300) + 20 min(1, tax per mu / 15) + 15 clip(1.5 - emission / sector mean)
    + 15 [accuracy sincerity + (1 - accuracy) luck]

    Source: the four gates and five criteria of 004§3.2.2, 002§2.4a, 003§14d; weights are an assumption.

    >>> score(3.0, 300.0, 15.0, 0.5, 1.0, 1.0, 0.6)
    100.0
    """
    clean = min(1.0, max(0.0, 1.5 - emission))
    seen = accuracy * sincerity + (1.0 - accuracy) * luck
    return 10.0 * tier + 20.0 * min(1.0, intensity / 300.0) + 20.0 * min(1.0, tax_per_mu / 15.0) + 15.0 * clean + 15.0 * seen


@kernel
def _admit(
    order: Array, identity: Array, channel: Array, industry: Array, weight: Array, capital: Floats, value: Floats, emission: Floats,
    safe: Array, marks: Floats, place: Array, area: Floats, tenure: Array, ready: Ints, use_of: Array, free_floor: Ints, energy: Floats,
    pollution: Floats, cases: Floats, most_cases: Floats, zone_of: Array, park: Array, industrial: Array, gate: Array, pass_score: Floats,
    energy_of: Floats, emission_of: Floats, chosen: Array, applied: Floats, refused: Floats, unmet: Floats, used_energy: Floats,
    used_pollution: Floats,
) -> None:  # fmt: skip
    for r in range(len(order)):
        a = order[r]
        j = industry[a]
        chosen[a] = -1
        for k in range(CHOICES):
            p = place[a, k]
            if p < 0:
                break
            applied[p] += 1.0
            use = use_of[j]
            wanted = int(math.ceil(area[a, k])) if tenure[a, k] != RENTS else 0
            floor = int(math.ceil(0.8 * area[a, k])) if tenure[a, k] == RENTS else 0
            if park[p] and gate[p, j] and marks[a] < pass_score[p, j] and channel[a] != MAJOR:
                refused[p] += 1.0
                continue
            if wanted > ready[p, use]:
                refused[p] += 1.0
                unmet[p] += wanted
                continue
            if floor > free_floor[p]:
                refused[p] += 1.0
                continue
            need_energy = 4.0 * value[a] * energy_of[j]
            need_pollution = 4.0 * value[a] * emission_of[j] * emission[a]
            z = zone_of[p]
            if z >= 0:
                if industrial[j] > 0 and (need_energy > energy[p] or need_pollution > pollution[p]):
                    refused[p] += 1.0
                    continue
                if cases[z] + 1.0 > most_cases[z]:
                    refused[p] += 1.0
                    continue
                cases[z] += 1.0
                if industrial[j] > 0:
                    energy[p] -= need_energy
                    pollution[p] -= need_pollution
                    used_energy[p] += need_energy
                    used_pollution[p] += need_pollution
            ready[p, use] -= wanted
            free_floor[p] -= floor
            chosen[a] = k
            break


def usual_days(world: World, terms: Terms, parameters: AdmissionParameters) -> Floats:
    """Return the days of approval of a project with land by place and industry, before reviews, filing and waiting.

    base x factor x (1 - s if standard land) x (1 - r level of ring-fencing) x (service effort / usual)^(-e)
    """
    n = world.n_places
    zone = world.places.zone[:n]
    effort = np.where(zone >= 0, world.zones.effort[np.maximum(zone, 0), Effort.SERVICE], 0.2)
    served = np.maximum(effort, 0.02) / 0.2
    days = parameters.base_days * terms["approval_days_factor"] * (1 - parameters.standard_saves * terms["standard_land"])
    days = days * ((1 - parameters.ringfence_saves * terms["ringfence"]) * served ** (-parameters.service))[:, None]
    return np.asarray(days)


def admit(
    world: World, terms: Terms, applicants: Applicants, preferences: Preferences, days: Floats, parameters: AdmissionParameters,
    provider_of_zone: Array, provider_of_partner: Array,
) -> None:  # fmt: skip
    """Admit applicants to places, write their promises, and start their approval.

    All places rank by one score (major projects first, ties to the smaller identity). With a common ranking, deferred acceptance gives the same
    result as serving applicants in order of score, each at its best place that still has room (Roth and Sotomayor 1990), which is what is done.

    Args:
        world: enterprises, places, contracts and flows are changed.
        terms: of the quarter.
        applicants: who applies.
        preferences: their places, best first.
        days: usual days of approval by site.
        parameters: of the decision.
        provider_of_zone: account that is paid when a committee's project settles elsewhere.
        provider_of_partner: account of each partner region.
    """
    a, n = applicants, applicants.n
    places, industries, flows, e = world.places, world.industries, world.flows, world.enterprises
    n_places = world.n_places
    j = a.industry[:n].astype(np.int64)
    first_area = np.maximum(preferences.area[:, 0], 1.0)
    has_land = preferences.area[:, 0] > 0
    intensity = np.where(has_land, a.capital[:n] / (first_area / MU), 300.0)
    per_mu = np.where(has_land, preferences.tax_per_mu[:, 0], 15.0)
    clean = np.clip(1.5 - a.emission[:n], 0.0, 1.0)
    seen = parameters.accuracy * a.sincerity[:n] + (1 - parameters.accuracy) * a.screen[:n]
    marks = 10 * industries.tier[j] + 20 * np.minimum(1, intensity / 300) + 20 * np.minimum(1, per_mu / 15) + 15 * clean + 15 * seen
    order = np.lexsort((a.id[:n], -(marks + 1000.0 * (a.channel[:n] == MAJOR))))
    ready = places.land[:n_places, READY, :].copy()
    free_floor = places.factory[:n_places] - places.factory_let[:n_places]
    cases = np.zeros(max(1, world.zones.n))
    most = parameters.overload * world.zones.service_capacity
    park = places.kind[:n_places] == Kind.PARK
    chosen = np.empty(n, dtype=np.int64)
    _admit(
        order, a.id, a.channel, a.industry, a.weight, a.capital, a.value_added, a.emission, a.safe, marks, preferences.place,
        preferences.area, preferences.tenure, ready, industries.use_code, free_floor, places.quota_energy, places.quota_emission, cases,
        most, places.zone, park, industries.is_industrial, terms["gate"] > 0, terms["pass_score"], industries.energy_intensity,
        industries.emission_intensity, chosen, flows.applied, flows.refused, flows.unmet_land, flows.quota_energy_used,
        flows.quota_emission_used,
    )  # fmt: skip
    newcomer = a.channel[:n] != INCUMBENT
    first = preferences.place[:, 0]
    lost = newcomer & (chosen < 0) & (first >= 0)
    np.add.at(flows.lost_projects, first[lost], 1.0)
    who = np.flatnonzero(chosen >= 0)
    if len(who) == 0:
        return
    k = chosen[who]
    place = preferences.place[who, k].astype(np.int64)
    rents = preferences.tenure[who, k] == RENTS
    area = preferences.area[who, k]
    land = np.where(rents, 0, np.ceil(area)).astype(np.int64)
    floor = np.where(rents, np.ceil(0.8 * area), 0).astype(np.int64)
    price = preferences.price[who, k]
    use = industries.use_code[j[who]]
    stock: Any = places.land
    stock_at: Any = np.add.at
    stock_at(stock, (place, READY, use), -land)
    stock_at(stock, (place, GRANTED, use), land)
    np.add.at(places.factory_let, place, floor)
    paid = price * land
    np.add.at(flows.land_payments, place, paid)
    np.add.at(flows.dividends, place, -paid)
    np.add.at(flows.land_granted, place, land)
    np.add.at(flows.approved, place, 1.0)
    np.add.at(flows.entrant_quality, place, marks[who])
    zone = places.zone[place]
    over = np.where(zone >= 0, np.maximum(0.0, cases[np.maximum(zone, 0)] / np.maximum(world.zones.service_capacity[np.maximum(zone, 0)], 1e-9) - 1), 0.0)
    needs_land = land > 0
    site = (place, j[who])
    needed = days[site] * np.where(needs_land, 1.0, parameters.no_land_days) + terms["review_days"][site] + parameters.queue * over
    needed = needed + np.where(needs_land, terms["land_review_days"][site], 0.0)
    filed = ~needs_land & (a.capital[who] >= terms["filing_threshold"][site])
    needed = needed + np.where(filed, terms["filing_days"][site], 0.0)
    np.add.at(flows.approval_days, place, needed)
    world.zones.queue[: world.zones.n] = np.maximum(0.0, cases[: world.zones.n] - world.zones.service_capacity[: world.zones.n])
    wait = np.maximum(1, np.ceil(needed / 90.0)).astype(np.int64)
    standard = terms["standard_land"][site] > 0
    contract = _contracts(world, terms, a, who, place, provider_of_zone, provider_of_partner, land, price)
    is_new = newcomer[who]
    _enter(world, terms, a, who[is_new], place[is_new], land[is_new], floor[is_new], price[is_new], wait[is_new], standard[is_new],
           contract[is_new], preferences.tax_per_mu[who, k][is_new])  # fmt: skip
    moving = ~is_new
    rows = a.enterprise[who[moving]]
    if len(rows):
        e.destination[rows] = place[moving]
        e.land_next[rows] = land[moving]
        np.add.at(places.factory_let, place[moving], -floor[moving])  # floor is let when the mover comes
        free = floor[moving] > 0
        e.land_next[rows[free]] = 0
        e.stage[rows] = Stage.MOVING
        e.stage_ends[rows] = world.quarter + wait[moving] + 1
        e.starts_building[rows] = world.quarter + wait[moving]
        e.land_price[rows] = price[moving]
        e.promised_capital[rows] = 0.5 * a.capital[who[moving]]
        _promise_refund(world, terms, rows, place[moving], j[who[moving]])


def _contracts(
    world: World, terms: Terms, a: Applicants, who: Array, place: Array, provider_of_zone: Array, provider_of_partner: Array, land: Array, price: Floats
) -> Array:
    """Open a sharing contract for each project that settles in another's park under an enclave; return their numbers."""
    contract = np.full(len(who), -1, dtype=np.int64)
    zone = world.places.zone[place]
    finder, partner = a.finder[who], a.partner[who]
    shared = (terms["enclave"][place] > 0) & (terms["enclave_years"][place] > 0)
    shared &= ((finder >= 0) & (zone >= 0) & (zone != finder)) | ((partner >= 0) & (zone >= 0))
    new = np.flatnonzero(shared)
    if len(new) == 0:
        return contract
    table = world.contracts
    rows = table.append(len(new))
    table.provider[rows] = np.where(
        finder[new] >= 0, provider_of_zone[np.maximum(finder[new], 0)], provider_of_partner[np.maximum(partner[new], 0)] if len(provider_of_partner) else 0
    )
    table.host[rows] = place[new]
    table.start[rows] = world.quarter
    table.until[rows] = world.quarter + np.round(4 * terms["enclave_years"][place[new]]).astype(np.int64) - 1
    table.tax_share[rows] = terms["enclave_tax_share"][place[new]]
    table.indicator_share[rows] = terms["enclave_indicator_share"][place[new]]
    table.cost_share[rows] = terms["enclave_cost_share"][place[new]]
    table.site_cost[rows] = land[new] * price[new]
    contract[new] = np.arange(rows.start, rows.stop)
    return contract


def _promise_refund(world: World, terms: Terms, rows: Any, place: Array, industry: Array) -> None:
    zone = world.places.zone[place]
    offer = np.where(zone >= 0, world.zones.refund_offer[np.maximum(zone, 0)], 0.0)
    world.enterprises.refund_promised[rows] = np.minimum(offer, terms["refund_cap"][place, industry])
    world.enterprises.refund_until[rows] = world.quarter + 20 + 8


def _enter(
    world: World, terms: Terms, a: Applicants, who: Array, place: Array, land: Array, floor: Array, price: Floats, wait: Array,
    standard: Array, contract: Array, tax_per_mu: Floats,
) -> None:  # fmt: skip
    """Append the admitted newcomers to the table, in the order of identity."""
    if len(who) == 0:
        return
    e, industries, economy, flows = world.enterprises, world.industries, world.economy, world.flows
    rows = e.append(len(who))
    j = a.industry[who].astype(np.int64)
    channel = a.channel[who]
    value, capital = a.value_added[who], a.capital[who]
    w = a.weight[who]
    e.id[rows], e.weight[rows], e.place[rows], e.industry[rows] = a.id[who], w, place, j
    e.county[rows] = world.places.county[place]
    e.stage[rows] = Stage.APPLYING
    e.origin[rows] = np.array([Origin.BORN, Origin.ATTRACTED, Origin.TRANSFERRED, Origin.MAJOR])[channel]
    e.foreign[rows], e.high_tech[rows] = a.foreign[who], False
    e.founded[rows] = world.quarter
    e.arrived[rows] = world.quarter
    e.stage_ends[rows] = world.quarter + wait
    e.starts_building[rows] = world.quarter + wait
    e.contract[rows] = contract
    e.land[rows], e.floor[rows], e.land_price[rows] = land, floor, price
    e.promised_capital[rows], e.sincerity[rows] = capital, a.sincerity[who]
    mu = np.maximum(land, 1) / MU
    e.promised_output[rows] = np.where(
        standard & (land > 0), np.maximum(4 * value / industries.value_added_ratio[j] / mu, terms["standard_output"][place, j]), 0.0
    )
    e.promised_tax[rows] = np.where(standard & (land > 0), np.maximum(tax_per_mu, terms["standard_tax"][place, j]), 0.0)
    e.emission_intensity[rows] = industries.emission_intensity[j] * a.emission[who]
    e.energy_intensity[rows] = industries.energy_intensity[j] * np.sqrt(a.emission[who])
    e.water_intensity[rows] = industries.water_intensity[j]
    # productivity is what makes the project's value added at the region's mean place effect and the trend of the day
    jobs = a.employment[who]
    mean_effect = economy.place_effect_opening.mean(axis=0)[j]
    labour = industries.labour_share[j]
    inputs = (1 - labour) * np.log(capital / w) + labour * np.log(jobs / w)
    e.log_productivity[rows] = np.log(value / w) - mean_effect - np.log(economy.trend) - economy.span_of_control * inputs
    e.employment[rows] = 0
    e.capital[rows] = 0.0
    _promise_refund(world, terms, rows, place, j)
    kinds = np.array([Heads.BORN, Heads.ATTRACTED, Heads.TRANSFERRED, Heads.MAJOR])[channel]
    np.add.at(flows.heads, (place, kinds), w)
    np.add.at(flows.promised_investment, place, capital)
    industrial = industries.is_industrial[j] > 0
    np.add.at(flows.industrial_new_projects, place[industrial], 1.0)
    outside = industrial & (world.places.kind[place] != Kind.PARK)
    np.add.at(flows.out_of_zone_new_projects, place[outside], 1.0)
    e.wanted_jobs[rows] = np.maximum(w, np.round(jobs)).astype(np.int64)
