"""Heads of zones: how long they stay, and what a longer stay is worth."""

from __future__ import annotations

import math
from typing import Any

from zonesim import draws
from zonesim.compiled import rule
from zonesim.parameters import Parameters, parameter
from zonesim.world import World


class LeaderParameters(Parameters, name="leaders"):
    """Tenure of the heads of zones."""

    tenure: float = parameter(
        2.8,
        low=1.5,
        high=5.0,
        unit="years",
        doc="median tenure of a head",
        source="assumption: heads of counties and zones stay about three years",
        zh="主官任期中位数",
    )
    tenure_spread: float = parameter(0.45, low=0.1, high=0.9, unit="sd of log", doc="spread of tenures", source="assumption", zh="任期离散度")
    change_cost: float = parameter(
        0.25,
        low=0.0,
        high=0.8,
        unit="years",
        doc="effort of a committee that a change of its head costs",
        source="assumption: a quarter of a year to settle in",
        zh="换届损失",
    )


@rule
def patience(tenure: Any, lag: Any) -> Any:
    """Return the part of a benefit that comes in time for the head who pays for it: 1 - exp(-tenure / lag).

    >>> round(patience(4.0, 4.0), 6)
    0.632121
    """
    return 1.0 - math.exp(-tenure / lag)


@rule
def settled(tenure: Any, cost: Any) -> Any:
    """Return the part of a tenure that is not lost to settling in: 1 - cost / tenure, at least one half.

    >>> settled(2.5, 0.25)
    0.9
    """
    return max(0.5, 1.0 - cost / tenure)


def natural_tenure(world: World, z: int, number: int, parameters: LeaderParameters) -> float:
    """Return the years for which the head of this number would stay without a rule: log-normal, at least one year.

    Draws: LEADER_TENURE by committee and number.
    """
    luck = draws.normal(draws.seed_key(world.seed), draws.LEADER_TENURE, number, z, 0)
    return max(1.0, parameters.tenure * math.exp(parameters.tenure_spread * luck))


def appoint(world: World, z: int, floor: float, parameters: LeaderParameters) -> tuple[float, float]:
    """Replace a committee's head whose years are over; return the natural tenure of the head in office and the one under the rule.

    The first head took office some time before the opening: a part, drawn once, of the natural tenure.
    """
    zones = world.zones
    natural = natural_tenure(world, z, int(zones.leader_number[z]), parameters)
    if zones.leader_tenure[z] == 0.0:
        spent = draws.uniform(draws.seed_key(world.seed), draws.LEADER_TENURE, 0, z, 1)
        zones.leader_since[z] = world.quarter - int(4 * spent * natural)
    elif world.quarter - zones.leader_since[z] >= 4 * max(natural, floor):
        zones.leader_number[z] += 1
        zones.leader_since[z] = world.quarter
        natural = natural_tenure(world, z, int(zones.leader_number[z]), parameters)
    zones.leader_tenure[z] = max(natural, floor)
    return natural, float(zones.leader_tenure[z])
