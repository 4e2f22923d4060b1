"""Admission: gates, and a scored queue while land, quotas and capacity last."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from zonesim.behaviour.applicants import AHEAD, CAPITAL, CHANNEL, EMISSION, INDUSTRY, SCREEN, SINCERITY, VALUE_ADDED, WEIGHT, Applicants, Channel
from zonesim.behaviour.approval import Procedure
from zonesim.behaviour.approval_parameters import ApprovalParameters
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
from zonesim.world.industries import USUAL_FAR
from zonesim.world.places import Kind, LandStage

READY, MAJOR, PARK = int(LandStage.READY), int(Channel.MAJOR), int(Kind.PARK)


class AdmissionParameters(Parameters, name="admission"):
    """Screening and capacity."""

    accuracy: float = parameter(0.6, low=0.0, high=1.0, unit="share", doc="how well the screening sees sincerity", source="assumption", zh="甄别准确度")
    plan_review: float = parameter(
        0.05, low=0.0, high=0.2, unit="per level", doc="accuracy gained with each level that approves plans, above two", source="assumption", zh="规划把关"
    )
    overload: float = parameter(2.0, low=1.0, high=5.0, unit="times capacity", doc="cases that a committee takes at most", source="assumption", zh="受理上限")
    sector: float = parameter(
        10.0, low=0.0, high=30.0, unit="points per tier", doc="weight of the tier of the industry (1 to 3) in the entry score",
        source="assumption: 004§3.2.2 names the gates, not their weights", zh="行业档次分",
    )  # fmt: skip
    intensity: float = parameter(
        20.0, low=0.0, high=60.0, unit="points", doc="weight of investment per mu in the entry score",
        source="assumption, as for the tier", zh="投资强度分",
    )  # fmt: skip
    tax: float = parameter(
        20.0, low=0.0, high=60.0, unit="points", doc="weight of tax per mu in the entry score",
        source="assumption, as for the tier", zh="亩均税收分",
    )  # fmt: skip
    clean: float = parameter(
        15.0, low=0.0, high=60.0, unit="points", doc="weight of low emissions in the entry score",
        source="assumption, as for the tier", zh="环保分",
    )  # fmt: skip
    seen: float = parameter(
        15.0, low=0.0, high=60.0, unit="points", doc="weight of the sincerity that screening sees in the entry score",
        source="assumption, as for the tier", zh="诚信分",
    )  # fmt: skip
    full_intensity: float = parameter(
        300.0, low=100.0, high=800.0, unit="10k CNY/mu", doc="investment per mu that gets all points",
        source="assumption: between the standards of western and of eastern zones", zh="投资强度满分线",
    )  # fmt: skip
    full_tax: float = parameter(
        15.0, low=3.0, high=60.0, unit="10k CNY/mu/yr", doc="tax per mu that gets all points",
        source="assumption: between the standards of western and of eastern zones", zh="亩均税收满分线",
    )  # fmt: skip
    dirty: float = parameter(
        1.5, low=1.0, high=3.0, unit="times the industry", doc="emissions from which there are no points for them; all points at one unit less",
        source="assumption", zh="排放零分线",
    )  # fmt: skip
    land_large: float = parameter(
        10_000.0, low=1000.0, high=100_000.0, unit="10k CNY", doc="investment that counts in full where policy weighs applicants for land",
        source="assumption: 100 million CNY is what documents call large", zh="用地优先规模满分线",
    )  # fmt: skip
    land_rich: float = parameter(
        15.0, low=3.0, high=60.0, unit="10k CNY/mu/yr", doc="tax per mu that counts in full there",
        source="assumption: as in the entry score (full_tax)", zh="用地优先税收满分线",
    )  # fmt: skip


@rule
def score(tier: Any, intensity: Any, tax_per_mu: Any, emission: Any, sincerity: Any, luck: Any, accuracy: Any, w: Any) -> Any:
    """Return the entry score, 0 to 100 with the usual weights.

    w1 tier (1 to 3) + w2 min(1, intensity / full) + w3 min(1, tax per mu / full) + w4 clip(dirty - emission / sector mean)
    + w5 [accuracy sincerity + (1 - accuracy) luck]; ``w`` is the five weights, the two full marks and ``dirty``, as in ``AdmissionParameters``.

    Source: the four gates and five criteria of 004§3.2.2, 002§2.4a, 003§14d; weights are an assumption.

    >>> score(3.0, 300.0, 15.0, 0.5, 1.0, 1.0, 0.6, (10.0, 20.0, 20.0, 15.0, 15.0, 300.0, 15.0, 1.5))
    100.0
    """
    clean = min(1.0, max(0.0, w[7] - emission))
    seen = accuracy * sincerity + (1.0 - accuracy) * luck
    return w[0] * tier + w[1] * min(1.0, intensity / w[5]) + w[2] * min(1.0, tax_per_mu / w[6]) + w[3] * clean + w[4] * seen


@kernel
def _admit(
    order: Array, whole: Array, real: Floats, marks: Floats, place: Array, area: Floats, tenure: Array,
    ready: Ints, use_of: Array, free_floor: Ints, energy: Floats, pollution: Floats, cases: Floats, most_cases: Floats, zone_of: Array,
    kind: Array, work: Floats, industrial: Array, gate: Array, pass_score: Floats, energy_of: Floats, emission_of: Floats, chosen: Array, applied: Floats,
    refused: Floats, unmet: Floats, used_energy: Floats, used_pollution: Floats, emission_room: Floats,
    water_room: Floats, water_of: Floats,
) -> None:  # fmt: skip
    channel, industry, weight, value, emission = whole[CHANNEL], whole[INDUSTRY], whole[WEIGHT], real[VALUE_ADDED], real[EMISSION]
    for r in range(len(order)):
        a = order[r]
        j, w = industry[a], weight[a]
        chosen[a] = -1
        for k in range(CHOICES):
            p = place[a, k]
            if p < 0:
                break
            applied[p] += w
            use = use_of[j]
            wanted = int(math.ceil(area[a, k])) if tenure[a, k] != RENTS else 0
            floor = int(math.ceil(USUAL_FAR * area[a, k])) if tenure[a, k] == RENTS else 0
            if kind[p] == PARK and gate[p, j] and marks[a] < pass_score[p, j] and channel[a] != MAJOR:
                refused[p] += w
                continue
            if wanted > ready[p, use]:
                refused[p] += w
                unmet[p] += wanted
                continue
            if floor > free_floor[p]:
                refused[p] += w
                continue
            need_energy = 4.0 * value[a] * energy_of[j]
            need_pollution = 4.0 * value[a] * emission_of[j] * emission[a]
            z = zone_of[p]
            if z >= 0:
                need_water = 4.0 * value[a] * water_of[j]
                short = need_energy > energy[p] or need_pollution > min(pollution[p], emission_room[p]) or need_water > water_room[p]
                if industrial[j] > 0 and short:
                    refused[p] += w
                    continue
                if cases[z] + work[p, j] > most_cases[z]:  # as long as one case fits, all that a row stands for are taken: they wait, and none is lost
                    refused[p] += w
                    continue
                cases[z] += w * work[p, j]
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
    n: int, numbers: Floats, plan_levels: Floats, place: Array, whole: Array, real: Floats, area: Floats, tenure: Array,
    tax_per_mu: Floats, tier: Floats, marks: Floats, key: Floats,
) -> None:  # fmt: skip
    channel, industry = whole[CHANNEL], whole[INDUSTRY]
    accuracy, plan_review, weights = numbers[0], numbers[1], numbers[3:]
    capital, emission, sincerity, screen = real[CAPITAL], real[EMISSION], real[SINCERITY], real[SCREEN]
    for a in range(n):
        intensity, per_mu = weights[5], weights[6]
        if area[a, 0] > 0.0 and tenure[a, 0] != RENTS:  # who takes no land of its own meets both
            intensity, per_mu = capital[a] / (max(area[a, 0], 1.0) / MU), tax_per_mu[a, 0]
        sharp = accuracy
        if place[a, 0] >= 0:
            sharp = min(1.0, accuracy + plan_review * (plan_levels[place[a, 0]] - 2.0))
        marks[a] = score(tier[industry[a]], intensity, per_mu, emission[a], sincerity[a], screen[a], sharp, weights)
        key[a] = -(marks[a] + (AHEAD if channel[a] == MAJOR else 0.0))


def gated(terms: Terms) -> Array:
    """Return where projects are scored before entry."""
    return np.asarray(terms["gate"] > 0)


def admit(
    world: World, terms: Terms, applicants: Applicants, preferences: Preferences, procedure: Procedure, parameters: AdmissionParameters,
    approval: ApprovalParameters, room: tuple[Floats, Floats], bespoke: BespokeParameters, refund_years: float,
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
        refund_years: for which a refund is promised.
    """
    a, n, p = applicants, applicants.n, preferences
    places, industries, flows = world.places, world.industries, world.flows
    n_places = world.n_places
    marks, key = np.empty((2, n))
    _mark(
        n, parameters.vector, terms["plan_levels"], p.place, a.whole, a.real, p.area, p.tenure, p.tax_per_mu, industries.tier, marks, key
    )  # fmt: skip
    prioritise(terms, a, p, industries, parameters.land_large, parameters.land_rich, key)
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
    enter(world, terms, a, p, marks, chosen, cases, procedure, approval, bespoke, refund_years)
