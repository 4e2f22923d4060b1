"""How many cases of approval a committee can handle in a quarter, and those that wait for it."""

from __future__ import annotations

import numpy as np

from zonesim.columns import Floats
from zonesim.parameters import Parameters, parameter
from zonesim.terms import Terms
from zonesim.world import World
from zonesim.world.places import USUAL_EFFORT, Effort


class CaseWorkParameters(Parameters, name="case_work"):
    """Cases of approval that a committee handles."""

    per_person: float = parameter(
        0.5, low=0.1, high=2.0, unit="cases/quarter per person", doc="cases handled by a committee at the usual effort for service",
        source="assumption: two cases a year and person of the whole staff, most of which does other work", zh="人均办件量",
    )  # fmt: skip
    fixed: float = parameter(
        0.5, low=0.0, high=1.0, unit="share", doc="of that capacity that does not depend on the effort for service", source="assumption", zh="固定受理能力"
    )
    least: float = parameter(
        8.0, low=2.0, high=20.0, unit="cases/quarter", doc="capacity of the smallest committee",
        source="assumption: one desk, a case in eleven days", zh="最低办件量",
    )  # fmt: skip


def case_capacity(staff: Floats, effort: Floats, kept: Floats, p: CaseWorkParameters) -> Floats:
    """Return the cases a quarter: max(least, per person x staff x (f + (1 - f) effort / usual effort) x service kept in a merger).

    >>> case_capacity(np.array([40.0, 4.0]), np.array([0.2, 0.2]), np.array([1.0, 1.0]), CaseWorkParameters()).tolist()
    [20.0, 8.0]
    """
    return np.asarray(np.maximum(p.least, p.per_person * staff * (p.fixed + (1 - p.fixed) * effort / USUAL_EFFORT) * kept))


def plan_capacity(world: World, terms: Terms, p: CaseWorkParameters, relief: float) -> None:
    """Set the year's capacity of each committee; a company that builds and promotes for it lets it handle ``relief`` more."""
    zones, n = world.zones, world.zones.n
    zones.service_capacity[:n] = case_capacity(zones.staff[:n], zones.effort[:n, Effort.SERVICE], world.service_dip[:n], p)
    zones.service_capacity[:n] *= 1 + relief * terms["company_model"]


def waiting_cases(world: World) -> Floats:
    """Return the work that each committee takes over from the quarter before: it is done first, and new cases come on top.

    What waits at the end of a quarter is max(0, waiting before + new work - capacity): no case is lost. A committee takes no new case beyond
    ``admission.overload`` times its capacity, so that at most (overload - 1) capacities wait.
    """
    waiting = np.zeros(max(1, world.zones.n))
    waiting[: world.zones.n] = world.zones.queue[: world.zones.n]
    return waiting
