"""Admission: gates, and a scored queue while land, quotas and capacity last."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from zonesim.behaviour.applicants import CAPITAL, CHANNEL, EMISSION, INDUSTRY, SCREEN, SINCERITY, VALUE_ADDED, Applicants, Channel
from zonesim.behaviour.approval import ApprovalParameters, Procedure
from zonesim.behaviour.bespoke import BespokeParameters
from zonesim.behaviour.case_work import waiting_cases
from zonesim.behaviour.entry import enter
from zonesim.behaviour.land_priority import prioritise
from zonesim.behaviour.location import CHOICES, Preferences
from zonesim.behaviour.parcel import RENTS
from zonesim.columns import Array, Floats, Ints
from zonesim.compiled import kernel, rule
from zonesim.parameters import Parameters, parameter
from zonesim.terms import Terms
from zonesim.units import MU
from zonesim.world import World
from zonesim.world.places import Kind, LandStage

READY, MAJOR, PARK = int(LandStage.READY), int(Channel.MAJOR), int(Kind.PARK)


class AdmissionParameters(Parameters, name="admission"):
    """Screening and capacity."""

    accuracy: float = parameter(0.6, low=0.0, high=1.0, unit="share", doc="how well the screening sees sincerity", source="assumption", zh="甄别准确度")
    plan_review: float = parameter(
        0.05, low=0.0, high=0.2, unit="per level", doc="accuracy gained with each level that approves plans, above two", source="assumption", zh="规划把关"
    )
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
    order: Array, whole: Array, real: Floats, marks: Floats, place: Array, area: Floats, tenure: Array,
    ready: Ints, use_of: Array, free_floor: Ints, energy: Floats, pollution: Floats, cases: Floats, most_cases: Floats, zone_of: Array,
    kind: Array, work: Floats, industrial: Array, gate: Array, pass_score: Floats, energy_of: Floats, emission_of: Floats, chosen: Array, applied: Floats,
    refused: Floats, unmet: Floats, used_energy: Floats, used_pollution: Floats, emission_room: Floats,
    water_room: Floats, water_of: Floats,
) -> None:  # fmt: skip
    channel, industry, value, emission = whole[CHANNEL], whole[INDUSTRY], real[VALUE_ADDED], real[EMISSION]
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
            if kind[p] == PARK and gate[p, j] and marks[a] < pass_score[p, j] and channel[a] != MAJOR:
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
                need_water = 4.0 * value[a] * water_of[j]
                short = need_energy > energy[p] or need_pollution > min(pollution[p], emission_room[p]) or need_water > water_room[p]
                if industrial[j] > 0 and short:
                    refused[p] += 1.0
                    continue
                if cases[z] + work[p, j] > most_cases[z]:
                    refused[p] += 1.0
                    continue
                cases[z] += work[p, j]
                if industrial[j] > 0:
                    energy[p] -= need_energy
                    pollution[p] -= need_pollution
                    emission_room[p] -= need_pollution
                    water_room[p] -= need_water
                    used_energy[p] += need_energy
                    used_pollution[p] += need_pollution
            ready[p, use] -= wanted
            free_floor[p] -= floor
            chosen[a] = k
            break


@kernel
def _mark(
    n: int, accuracy: float, plan_review: float, plan_levels: Floats, place: Array, whole: Array, real: Floats, area: Floats,
    tax_per_mu: Floats, tier: Floats, marks: Floats, key: Floats,
) -> None:  # fmt: skip
    channel, industry = whole[CHANNEL], whole[INDUSTRY]
    capital, emission, sincerity, screen = real[CAPITAL], real[EMISSION], real[SINCERITY], real[SCREEN]
    for a in range(n):
        intensity, per_mu = 300.0, 15.0
        if area[a, 0] > 0.0:
            intensity, per_mu = capital[a] / (max(area[a, 0], 1.0) / MU), tax_per_mu[a, 0]
        sharp = accuracy
        if place[a, 0] >= 0:
            sharp = min(1.0, accuracy + plan_review * (plan_levels[place[a, 0]] - 2.0))
        marks[a] = score(tier[industry[a]], intensity, per_mu, emission[a], sincerity[a], screen[a], sharp)
        key[a] = -(marks[a] + (1000.0 if channel[a] == MAJOR else 0.0))


def gated(terms: Terms) -> Array:
    """Return where projects are scored before entry."""
    return np.asarray(terms["gate"] > 0)


def admit(
    world: World, terms: Terms, applicants: Applicants, preferences: Preferences, procedure: Procedure, parameters: AdmissionParameters,
    approval: ApprovalParameters, room: tuple[Floats, Floats], bespoke: BespokeParameters,
) -> None:  # fmt: skip
    """Admit applicants to places, write their promises, and start their approval.

    All places rank by one score, or by the weights that policy gives (major projects first, ties to the smaller identity). With a common ranking, deferred acceptance gives the same
    result as serving applicants in order of score, each at its best place that still has room (Roth and Sotomayor 1990), which is what is done.

    Args:
        world: enterprises, places, contracts and flows are changed.
        terms: of the quarter.
        applicants: who applies.
        preferences: their places, best first.
        procedure: of approval.
        parameters: of the decision.
        approval: of the procedure.
        room: discharge and water that caps and plants leave for new projects, by place (``pollution.entry_room``); used up here.
        bespoke: how long projects with terms of their own take.
    """
    a, n, p = applicants, applicants.n, preferences
    places, industries, flows = world.places, world.industries, world.flows
    n_places = world.n_places
    marks, key = np.empty((2, n))
    _mark(
        n, parameters.accuracy, parameters.plan_review, terms["plan_levels"], p.place, a.whole, a.real, p.area, p.tax_per_mu, industries.tier, marks, key
    )  # fmt: skip
    prioritise(terms, a, p, industries, key)
    order = np.lexsort((a.id, key))
    cases = waiting_cases(world)
    chosen = np.empty(n, dtype=np.int64)
    _admit(
        order, a.whole, a.real, marks, p.place, p.area, p.tenure, places.land[:n_places, READY, :].copy(),
        industries.use_code, places.factory[:n_places] - places.factory_let[:n_places], places.quota_energy, places.quota_emission, cases,
        parameters.overload * world.zones.service_capacity, places.zone, places.kind, procedure.work, industries.is_industrial, terms.once(gated),
        terms["pass_score"], industries.energy_intensity, industries.emission_intensity, chosen, flows.applied, flows.refused,
        flows.unmet_land, flows.quota_energy_used, flows.quota_emission_used, room[0], room[1], industries.water_intensity,
    )  # fmt: skip
    enter(world, terms, a, p, marks, chosen, cases, procedure, approval, bespoke)
