"""County labour markets: wages rise when work is scarce, and people come."""

from __future__ import annotations

import numpy as np

from zonesim import quarters
from zonesim.behaviour.demand import NATIONAL_GROWTH
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


def update_labour_markets(world: World, parameters: LabourParameters) -> None:
    """Move wages and labour forces on by one quarter.

    ln w_c += trend + phi (employed_c / force_c - usual_c); force_c *= 1 + g/4 + mu (employed_c / force_c - usual_c), whole persons,
    never below those employed.
    """
    counties, n = world.counties, world.counties.n
    places = world.places
    employed = np.zeros(n, dtype=np.int64)
    np.add.at(employed, places.county[: world.n_places], places.employment[: world.n_places])
    if world.quarter == world.start:
        return
    force = counties.labour_force[:n]
    slack = employed / np.maximum(force, 1) - counties.tightness[:n]
    growth = NATIONAL_GROWTH.get(quarters.year(world.quarter), 4.5) / 400.0
    counties.wage[:n] *= np.exp(parameters.wage_trend * growth + parameters.wage_response * slack)
    more = 1.0 + parameters.labour_growth / 4 + parameters.migration * slack
    counties.labour_force[:n] = np.maximum(employed, np.floor(force * np.maximum(more, 0.98)).astype(np.int64))
