"""Expansion or upgrading of zones that stood at the line for years on end (扩区升级)."""

from __future__ import annotations

import numpy as np

from zonesim import draws
from zonesim.parameters import Parameters, parameter
from zonesim.terms import Terms
from zonesim.world import World
from zonesim.world.places import Kind, LandStage, Use
from zonesim.world.whole import apportion

UNDEVELOPED = LandStage.UNDEVELOPED
NATIONAL = 3


class ExpansionParameters(Parameters, name="zone_expansion"):
    """What the reward is worth."""

    priority: float = parameter(
        0.75,
        low=0.5,
        high=1.0,
        unit="probability/yr",
        doc="a zone that has qualified is granted its reward",
        source="assumption: priority is not automatic (000§13d)",
        zh="获批概率",
    )
    area: float = parameter(
        0.20, low=0.05, high=1.0, unit="share of the planned area", doc="area added by one expansion", source="assumption: no area is named", zh="扩区幅度"
    )
    most_of_county: float = parameter(
        0.30,
        low=0.05,
        high=0.9,
        unit="share",
        doc="of the undeveloped land outside zones of its county that one expansion may take",
        source="assumption",
        zh="扩区用地上限",
    )
    staff: float = parameter(0.25, low=0.0, high=1.0, unit="share", doc="staff added by a higher level", source="assumption", zh="升级增编")
    renown: float = parameter(0.10, low=0.0, high=0.5, unit="index", doc="reputation added by a higher level", source="assumption", zh="升级声誉")


def enlarge(world: World, park: int, area: int, most_of_county: float) -> int:
    """Move undeveloped land from outside zones of the park's county into its plan; return the m2 moved (0 when there is none).

    Planned area, undeveloped land and the rest of both land accounts change together, so that each goes on adding up.
    """
    places, n = world.places, world.n_places
    outside = np.flatnonzero((places.county[:n] == places.county[park]) & (places.kind[:n] != Kind.PARK))
    there = places.land[outside, UNDEVELOPED, :]
    wanted = min(area, int(most_of_county * there.sum()))
    if wanted <= 0:
        return 0
    split = np.minimum(apportion(wanted, there.ravel().astype(float)).reshape(there.shape), there)
    moved = int(split.sum())
    places.land[outside, UNDEVELOPED, :] -= split
    places.planned[outside] -= split.sum(axis=1)
    places.land[park, UNDEVELOPED, Use.INDUSTRIAL] += moved
    places.planned[park] += moved
    return moved


def reward_zones(world: World, terms: Terms, parameters: ExpansionParameters) -> None:
    """Count the years at the line, and reward those that have enough of them.

    A year below the line sets the count to 0. Once it reaches ``expansion_years`` the zone waits for its reward, granted with probability
    ``priority`` in each year that it stays at the line; then the count begins anew. Area: each of its parks gets ``area`` more planned land out of the
    county's. Level: county to provincial to national, with more staff and renown.

    Draws: EXPANSION by committee and year.
    """
    zones, places, n = world.zones, world.places, world.zones.n
    line = terms["expansion_line"]
    if not np.isfinite(line).any():
        return
    at = ~zones.merged[:n].astype(bool) & (zones.score[:n] >= line)
    zones.years_at_line[:n] = np.where(at, zones.years_at_line[:n] + 1, 0)
    key = draws.seed_key(world.seed)
    for z in np.flatnonzero(at & (zones.years_at_line[:n] >= terms["expansion_years"])):
        if draws.uniform(key, draws.EXPANSION, world.quarter, int(z), 0) >= parameters.priority:
            continue
        zones.years_at_line[z] = 0
        parks = np.flatnonzero(places.zone[: world.n_places] == z)
        if terms["expansion_area"][z] > 0:
            for p in parks:
                enlarge(world, int(p), round(parameters.area * int(places.planned[p])), parameters.most_of_county)
        if terms["expansion_level"][z] > 0 and zones.level[z] < NATIONAL:
            zones.level[z] += 1
            places.level[parks] = zones.level[z]
            zones.staff[z] *= 1 + parameters.staff
            places.reputation[parks] = np.minimum(2.0, places.reputation[parks] + parameters.renown)
