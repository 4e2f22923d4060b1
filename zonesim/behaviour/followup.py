"""Follow-up environmental assessment (跟踪评价): enterprises well above their industry's emissions must abate."""

from __future__ import annotations

from typing import Any

import numpy as np

from zonesim import quarters
from zonesim.columns import Array, Floats
from zonesim.compiled import kernel, rule
from zonesim.parameters import Parameters, parameter
from zonesim.terms import Terms
from zonesim.world import World
from zonesim.world.enterprises import Stage

OPERATING = int(Stage.OPERATING)


class FollowupParameters(Parameters, name="followup"):
    """What a follow-up assessment asks for."""

    limit: float = parameter(
        1.2, low=0.5, high=3.0, unit="sector mean", doc="emission intensity above which an enterprise must abate", source="assumption", zh="整改门槛"
    )
    corrected: float = parameter(0.6, low=0.0, high=1.0, unit="share", doc="part of the excess that is abated", source="assumption", zh="整改力度")
    cost: float = parameter(
        0.08, low=0.0, high=0.3, unit="share of capital", doc="cost of halving emissions", source="assumption: half of upgrading in place", zh="整改成本"
    )


@rule
def corrected_emission(emission: Any, mean: Any, limit: Any, share: Any) -> Any:
    """Return the emission intensity after the assessment: a share of what exceeds limit x mean is abated.

    >>> corrected_emission(3.0, 1.0, 1.2, 0.5), corrected_emission(1.0, 1.0, 1.2, 0.5)
    (2.1, 1.0)
    """
    return emission - share * max(0.0, emission - limit * mean)


@kernel
def _correct(
    n: int, stage: Array, place: Array, industry: Array, capital: Floats, emission: Array, mean: Floats, due: Floats, limit: float, share: float,
    cost: float, investment: Floats, dividends: Floats,
) -> None:  # fmt: skip
    for i in range(n):
        p, j = place[i], industry[i]
        if stage[i] != OPERATING or due[p] == 0.0 or emission[i] <= limit * mean[j]:
            continue
        after = corrected_emission(emission[i], mean[j], limit, share)
        spent = 2.0 * cost * (1.0 - after / emission[i]) * capital[i]
        emission[i] = after
        investment[p, j] += spent
        dividends[p] -= spent


def is_due(years: Floats, every: Floats) -> Array:
    """Tell where an assessment is due so many whole years after its first.

    >>> is_due(np.array([0.0, 3.0, 4.0, 6.0]), np.array([3.0, 3.0, 3.0, 3.0])).tolist()
    [False, True, False, True]
    """
    return np.asarray((years > 0) & np.isfinite(every) & (np.mod(years, np.where(np.isfinite(every), every, 1.0)) == 0))


def follow_up(world: World, terms: Terms, parameters: FollowupParameters) -> None:
    """Let enterprises abate in the places whose follow-up assessment is due this year, at their own cost: 2 cost (part abated) capital."""
    e, f = world.enterprises, world.flows
    due = is_due(quarters.year(world.quarter) - terms["followup_from"], terms["followup_every"])
    if not due.any():
        return
    f.followups[:] = due
    _correct(
        e.n, e.stage, e.place, e.industry, e.capital, e.emission_intensity, world.industries.emission_intensity, f.followups,
        parameters.limit, parameters.corrected, parameters.cost, f.investment, f.dividends,
    )  # fmt: skip
