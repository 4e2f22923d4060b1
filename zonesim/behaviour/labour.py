"""County labour markets: wages rise when work is scarce, and people come."""

from __future__ import annotations

import math

import numpy as np

from zonesim import quarters
from zonesim.behaviour.demand import national_growth
from zonesim.columns import Array, Floats
from zonesim.compiled import kernel
from zonesim.parameters import Parameters, parameter
from zonesim.world import World


class LabourParameters(Parameters, name="labour"):
    """Wages and the labour force of a county."""

    wage_response: float = parameter(
        0.4, low=0.05, high=2.0, unit="log wage per quarter per unit of tightness", doc="rise of wages with tightness", source="assumption", zh="工资反应",
    )  # fmt: skip
    wage_trend: float = parameter(
        0.5, low=0.0, high=1.0, unit="share of national growth", doc="growth of wages at usual tightness", source="assumption", zh="工资趋势",
    )  # fmt: skip
    labour_growth: float = parameter(0.008, low=-0.01, high=0.03, unit="1/yr", doc="growth of the labour force", source="assumption", zh="劳动力增长")
    migration: float = parameter(
        0.15, low=0.0, high=0.5, unit="share of the labour force per quarter per unit of tightness", doc="in-migration", source="assumption", zh="迁入反应",
    )  # fmt: skip
    outflow: float = parameter(
        0.02, low=0.0, high=0.1, unit="share per quarter", doc="of the labour force that leaves at most",
        source="assumption: people are slow to move", zh="最大流出率",
    )  # fmt: skip


@kernel
def _move(
    n_places: int, county_of: Array, jobs: Array, wage: Floats, force: Array, usual: Floats, trend: float, response: float, growth: float,
    migration: float, outflow: float, residents: Floats,
) -> None:  # fmt: skip
    employed = np.zeros(len(wage), dtype=np.int64)
    for p in range(n_places):
        employed[county_of[p]] += jobs[p]
    for c in range(len(wage)):
        slack = employed[c] / max(force[c], 1) - usual[c]
        wage[c] *= math.exp(trend + response * slack)
        more = 1.0 + growth / 4 + migration * slack
        before = force[c]
        force[c] = max(employed[c], int(math.floor(force[c] * max(more, 1.0 - outflow))))
        residents[c] *= force[c] / max(before, 1)


def update_labour_markets(world: World, parameters: LabourParameters, growth_later: float) -> None:
    """Move wages and labour forces on by one quarter (``growth_later``: of :class:`DemandParameters`).

    ln w_c += trend + phi (employed_c / force_c - usual_c); force_c *= 1 + g/4 + mu (employed_c / force_c - usual_c), whole persons,
    never below those employed; residents move with the labour force.
    """
    if world.quarter == world.start:
        return
    counties, n, places = world.counties, world.counties.n, world.places
    growth = national_growth(quarters.year(world.quarter), growth_later) / 4
    _move(
        world.n_places, places.county, places.employment, counties.wage[:n], counties.labour_force[:n], counties.tightness[:n],
        parameters.wage_trend * growth, parameters.wage_response, parameters.labour_growth, parameters.migration, parameters.outflow, counties.population[:n],
    )  # fmt: skip
