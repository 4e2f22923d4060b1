"""What pollution adds up to: plants, caps, ambient quality and alerts, and what is left for new projects."""

from __future__ import annotations

import math
from enum import IntEnum
from typing import Any

import numpy as np

from zonesim import draws
from zonesim.behaviour.supervision import alert_chance, within
from zonesim.behaviour.treatment import TreatmentParameters
from zonesim.columns import Array, Floats
from zonesim.compiled import kernel
from zonesim.terms import Terms
from zonesim.world import World
from zonesim.world.flows import Flows


class Sum(IntEnum):
    """What is added up by place: rows of the flows from "pollution_generated" on, in their order."""

    GENERATED = 0
    EMITTERS = 1
    COMPLIANT = 2
    OWN_COST = 3
    FEES = 4
    FINES = 5
    BURDEN = 6
    CASUALTIES = 7
    ACCIDENTS = 8
    INSPECTED = 9
    IDLE_DAYS = 10
    GREEN = 11
    INVESTED = 12
    SUBJECTS = 13
    BYPRODUCTS = 14
    ALLOWED = 15
    DISCHARGED = 16
    WATER = 17
    REUSED = 18
    ENERGY_NORM = 19


FIRST, ROWS = Flows.BY_PLACE.index("pollution_generated"), len(Sum)
FLOWS = Flows.BY_PLACE[FIRST : FIRST + ROWS]
ENERGY, WATER_USE, EMISSIONS, MADE = (Flows.BY_SITE.index(name) for name in ("energy", "water", "emissions", "value_added"))


@kernel
def pass_on(
    first: bool, seed: Any, next_quarter: int, connected: Floats, saved: Floats, sums: Floats, by_site: Floats, industrial: Floats,
    energy_of: Floats, cap: Floats, water_cap: Floats, effluent: Floats, base: Floats, water_base: Floats, room: Floats, water_room: Floats,
    complies: Array, treatment: Floats, reuse: Floats, spare: float, least: float, county_of: Array, quality: Floats, county_base: Floats, days: Floats,
    alert: Floats,
) -> None:  # fmt: skip
    """Pass the quarter on: plants, caps, compliance of the whole, ambient quality, alerts of the next quarter."""
    chance, sensitivity, length, _, _, _, elasticity, speed, longest, summer, _, _ = alert
    out = np.zeros(len(quality))
    for p in range(len(saved)):
        for j in range(len(industrial)):
            if industrial[j] > 0.0 and saved[p] != 0.0:
                by_site[ENERGY, p, j] *= 1.0 - saved[p]
                by_site[WATER_USE, p, j] *= 1.0 - saved[p]
            sums[Sum.ENERGY_NORM, p] += by_site[MADE, p, j] * energy_of[j]
            out[county_of[p]] += by_site[EMISSIONS, p, j]
        sums[Sum.REUSED, p] = sums[Sum.GENERATED, p] * reuse[p]
        if first:
            base[p] = 4.0 * sums[Sum.DISCHARGED, p]
            water_base[p] = 4.0 * sums[Sum.WATER, p]
            treatment[p] = (1.0 + spare) * connected[p] * effluent[p]
        complies[p] = sums[Sum.DISCHARGED, p] <= sums[Sum.ALLOWED, p]
        room[p] = within(room[p], cap[p] * base[p], 4.0 * sums[Sum.DISCHARGED, p], least)
        water_room[p] = within(water_room[p], water_cap[p] * water_base[p], 4.0 * sums[Sum.WATER, p], least)
    for c in range(len(quality)):
        if first:
            county_base[c] = max(out[c], 1e-9)
        wanted = math.exp(-elasticity * math.log(max(out[c], 1e-9) / county_base[c]))
        quality[c] += speed * (wanted - quality[c])
        u1, u2 = draws.uniforms(seed, draws.EPISODE, next_quarter, c, 0)
        days[c] = min(longest, -length * math.log(u2)) if u1 < alert_chance(next_quarter, quality[c], chance, sensitivity, summer) else 0.0


def _binding(terms: Terms) -> tuple[bool, bool, bool]:
    """Tell whether there is a cap on pollution, one on water, and treatment as a precondition."""
    return bool(np.isfinite(terms["emission_cap"]).any()), bool(np.isfinite(terms["water_cap"]).any()), bool(terms["treatment_precondition"].any())


def entry_room(world: World, terms: Terms, treatment: TreatmentParameters) -> tuple[Floats, Floats]:
    """Return what total caps and plants leave for new projects, by place: pollution generated (index a year) and water (m3 a year).

    Cap x opening year less this quarter's use x 4, for projects that meet the standard; with treatment as a precondition also what the plant
    has spare. Infinite where nothing binds.
    """
    f, places, n = world.flows, world.places, world.n_places
    pollution, water = np.full(n, np.inf), np.full(n, np.inf)
    capped, rationed, conditional = terms.once(_binding)
    for binds, name, room, base, used in (
        (capped, "emission_cap", pollution, places.emission_base, f.industry_discharge),
        (rationed, "water_cap", water, places.water_base, f.industry_water),
    ):
        if binds:
            known = np.isfinite(terms[name]) & (base[:n] > 0)
            room[known] = np.maximum(0.0, terms[name][known] * base[:n][known] - 4.0 * used[known])
    if conditional:
        needs_plant = terms["treatment_precondition"] > 0
        spare = 4.0 * np.maximum(0.0, places.treatment[:n] - np.maximum(terms["central_share"], treatment.connected_park) * places.effluent[:n])
        pollution[needs_plant] = np.minimum(pollution[needs_plant], spare[needs_plant])
    return pollution / treatment.standard, water
