"""Measures of committees, given to their parks so that they add up over any group of places."""

from __future__ import annotations

import numpy as np

from zonesim.columns import Array, Floats
from zonesim.compiled import kernel
from zonesim.world import World

COMMITTEE_MEASURES = (
    "staff_time",  # productive staff of the committee, by employment of its parks
    "coordination_weighted",  # x employment, as the next two
    "problems_weighted",
    "assessed_weighted",
    "park_employment",  # employment of parks, the weight of these
)


@kernel
def _observe(
    zone: Array, employment: Array, staff: Floats, effort: Floats, coordination: Floats, problems: Floats, assessed: Floats, out: Floats
) -> None:  # fmt: skip
    persons = np.zeros(len(staff))
    for p in range(len(zone)):
        if zone[p] >= 0:
            persons[zone[p]] += employment[p]
    for p in range(len(zone)):
        out[:, p] = 0.0
        z = zone[p]
        if z >= 0 and employment[p] > 0:
            out[0, p] = staff[z] * effort[z] * employment[p] / persons[z]
            out[1, p] = coordination[z] * employment[p]
            out[2, p] = problems[z] * employment[p]
            out[3, p] = assessed[z] * employment[p]
            out[4, p] = employment[p]


def observe_committees(world: World, out: Floats) -> None:
    """Write :data:`COMMITTEE_MEASURES` of the quarter ``[measures, n_places]``."""
    places, zones, n = world.places, world.zones, world.n_places
    _observe(
        places.zone[:n], places.employment[:n], zones.staff, zones.total_effort, zones.coordination, zones.open_problems,
        zones.assessed, out,
    )  # fmt: skip
