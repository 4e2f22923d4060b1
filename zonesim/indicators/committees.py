"""Measures of committees, given to their parks so that they add up over any group of places."""

from __future__ import annotations

import numpy as np

from zonesim.columns import Array, Floats
from zonesim.compiled import part

COMMITTEE_MEASURES = (
    "staff_time",  # productive staff of the committee, by employment of its parks
    "coordination_weighted",  # x employment, as the next two
    "problems_weighted",
    "assessed_weighted",
    "park_employment",  # employment of parks, the weight of these
)


@part
def observe_committees(
    zone: Array, employment: Array, staff: Floats, effort: Floats, coordination: Floats, problems: Floats, assessed: Floats, out: Floats
) -> None:  # fmt: skip
    """Write :data:`COMMITTEE_MEASURES` of the quarter ``[measures, n_places]``; effort is the committee's in all."""
    persons = np.zeros(len(staff))
    for p in range(out.shape[1]):
        if zone[p] >= 0:
            persons[zone[p]] += employment[p]
    for p in range(out.shape[1]):
        out[:, p] = 0.0
        z = zone[p]
        if z >= 0 and employment[p] > 0:
            out[0, p] = staff[z] * effort[z] * employment[p] / persons[z]
            out[1, p] = coordination[z] * employment[p]
            out[2, p] = problems[z] * employment[p]
            out[3, p] = assessed[z] * employment[p]
            out[4, p] = employment[p]
