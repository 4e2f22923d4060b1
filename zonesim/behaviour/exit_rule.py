"""Exit of failed projects (项目退出机制): a yearly review of enterprises on industrial land of parks."""

from __future__ import annotations

import numpy as np

from zonesim.columns import Array, Floats
from zonesim.compiled import kernel
from zonesim.parameters import Parameters, parameter
from zonesim.terms import Terms
from zonesim.units import MU
from zonesim.world import World
from zonesim.world.enterprises import Stage
from zonesim.world.places import Kind

OPERATING, PARK = int(Stage.OPERATING), int(Kind.PARK)


class ExitRuleParameters(Parameters, name="exit_rule"):
    """What counts as failed."""

    low_output: float = parameter(
        100.0, low=0.0, high=400.0, unit="10k CNY/mu/yr", doc="output per mu below which a project fails its review",
        source="assumption: less than half of an example of standard land (Longchang 2022)", zh="退出门槛",
    )  # fmt: skip
    grace_years: float = parameter(
        2.0,
        low=0.0,
        high=5.0,
        unit="years",
        doc="years after arrival without a review",
        source="assumption: a project needs time to fill its plant",
        zh="培育期",
    )


@kernel
def _review(
    n: int, quarter: int, stage: Array, place: Array, industry: Array, land: Array, arrived: Array, made: Floats, profit: Floats, failing: Array,
    kind: Array, industrial: Floats, ratio: Floats, after: Floats, low_output: float, grace: float, leaving: Array,
) -> int:  # fmt: skip
    found = 0
    for i in range(n):
        p, j = place[i], industry[i]
        if stage[i] != OPERATING or land[i] == 0 or kind[p] != PARK or industrial[j] == 0.0 or quarter - arrived[i] < 4.0 * grace:
            continue
        output = 4.0 * made[i] / ratio[j] / (land[i] / MU)
        if output >= low_output and profit[i] >= 0.0:
            failing[i] = 0
            continue
        failing[i] = min(failing[i] + 1, 100)
        if failing[i] >= after[p]:
            leaving[found] = i
            found += 1
    return found


def expel(world: World, terms: Terms, parameters: ExitRuleParameters) -> Array:
    """Return the rows of enterprises that fail their last review allowed (the caller closes them): a loss, or output per mu below the least.

    Reviews are yearly and begin some years after arrival; a year that is passed sets the count back. Without a rule nothing is counted.
    """
    e, industries = world.enterprises, world.industries
    if not np.isfinite(terms["exit_after_years"]).any():
        return np.empty(0, dtype=np.int32)
    leaving = np.empty(e.n, dtype=np.int32)
    found = _review(
        e.n, world.quarter, e.stage, e.place, e.industry, e.land, e.arrived, e.value_added, e.profit, e.failing, world.places.kind,
        industries.is_industrial, industries.value_added_ratio, terms["exit_after_years"], parameters.low_output, parameters.grace_years, leaving,
    )  # fmt: skip
    return np.asarray(leaving[: int(found)])
