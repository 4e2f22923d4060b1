"""Production: what each enterprise makes in a quarter."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from zonesim.columns import Array, Floats, Ints
from zonesim.compiled import kernel, rule
from zonesim.logarithms import log
from zonesim.parameters import Parameters, parameter
from zonesim.sums import total
from zonesim.units import ABOVE_SCALE_OUTPUT
from zonesim.world import World
from zonesim.world.enterprises import Stage
from zonesim.world.flows import Flows

VALUE_ADDED, WAGES, EMPLOYMENT = (Flows.BY_SITE.index(name) for name in ("value_added", "wages", "employment"))
OPERATING, SUSPENDED, MOVING, GONE = int(Stage.OPERATING), int(Stage.SUSPENDED), int(Stage.MOVING), int(Stage.GONE)


class ProductionParameters(Parameters, name="production"):
    """The production function."""

    span_of_control: float = parameter(
        0.80, low=0.6, high=0.95, unit="returns to capital and labour together", doc="limits the size of an enterprise",
        source="Lucas 1978 span of control; Atkeson and Kehoe 2005 use 0.85; assumption inside the usual range", zh="规模报酬",
    )  # fmt: skip


@rule
def value_added(log_productivity: Any, effect: Any, demand: Any, capital: Any, labour: Any, weight: Any, capital_share: Any, theta: Any) -> Any:
    """Return value added of a quarter, 10k CNY.

    VA = w exp(a + E) D [(K / w)^alpha (L / w)^(1 - alpha)]^theta

    Args:
        log_productivity: a of the enterprise.
        effect: E, log effect of the place on the industry.
        demand: D, demand relative to normal.
        capital: K, 10k CNY.
        labour: L, persons.
        weight: w, enterprises that the row stands for.
        capital_share: alpha.
        theta: returns to scale, below 1.
    """
    inputs = capital_share * math.log(capital / weight) + (1.0 - capital_share) * log(labour / weight)
    return weight * demand * math.exp(log_productivity + effect + theta * inputs)


@rule
def _gather(
    by_site: Floats, county_of: Array, local_demand: Floats, jobs: Ints, retail_rate: float, real_estate_rate: float, value_added: Floats,
    employment: Array, site_employment: Floats, capacity: Floats, retail: Floats, real_estate: Floats,
) -> None:  # fmt: skip
    capacity[:] = 0.0
    for p in range(len(retail)):
        c = county_of[p]
        value_added[p] = total(by_site[VALUE_ADDED, p])
        employment[p] = jobs[p]
        site_employment[p] = by_site[EMPLOYMENT, p]
        capacity[c] += by_site[VALUE_ADDED, p]
        wages = total(by_site[WAGES, p])
        retail[p] = retail_rate * wages
        real_estate[p] = real_estate_rate * wages
    capacity /= local_demand


@kernel
def _produce(
    n: int, stage: Array, place: Array, industry: Array, weight: Array, capital: Floats, employment: Array, log_productivity: Floats,
    high_tech: Array, listed: Array, land: Array, utilisation: Array, emission: Array, energy: Array, water: Array, out: Floats, effect: Floats, outside_demand: Floats, local_demand: Floats,
    county_of: Array, labour_share: Floats, ratio: Floats, industrial: Floats, wage: Floats, county_wage: Floats, theta: float,
    by_site: Floats, above_value: Floats, above_count: Floats, tech_value: Floats, tech_count: Floats, listed_count: Floats, income: Floats,
    retail_rate: float, real_estate_rate: float, place_value: Floats, employed: Array, site_employment: Floats, capacity: Floats, retail: Floats,
    real_estate: Floats,
) -> None:  # fmt: skip
    jobs = np.zeros(len(retail), dtype=np.int64)
    demand = local_demand * outside_demand
    income[:] = 0.0
    for i in range(n):
        s = stage[i]
        if s == GONE:
            continue
        p, j = place[i], industry[i]
        by_site[10, p, j] += land[i]
        if s < OPERATING:
            out[i] = 0.0
            continue
        c = county_of[p]
        pay = wage[j] * county_wage[c] * employment[i] / 4.0
        by_site[2, p, j] += pay
        income[c] += pay
        by_site[3, p, j] += employment[i]
        jobs[p] += employment[i]
        by_site[4, p, j] += capital[i]
        by_site[9, p, j] += weight[i]
        if high_tech[i]:
            tech_count[p] += weight[i]
        if listed[i]:
            listed_count[p] += weight[i]
        if s == SUSPENDED or employment[i] == 0 or capital[i] <= 0.0:
            out[i] = 0.0
            continue
        made = value_added(log_productivity[i], effect[p, j], demand[c, j], capital[i], employment[i], weight[i], 1.0 - labour_share[j], theta)
        made *= utilisation[i]
        out[i] = made
        sold = made / ratio[j]
        by_site[0, p, j] += made
        by_site[1, p, j] += sold
        by_site[6, p, j] += made * energy[i]
        by_site[7, p, j] += made * water[i]
        by_site[8, p, j] += made * emission[i]
        if industrial[j] > 0:
            if 4.0 * sold / weight[i] >= ABOVE_SCALE_OUTPUT:
                above_value[p] += made
                above_count[p] += weight[i]
            if high_tech[i]:
                tech_value[p] += made
    _gather(
        by_site, county_of, local_demand, jobs, retail_rate, real_estate_rate, place_value, employed, site_employment, capacity, retail, real_estate,
    )  # fmt: skip


def produce(world: World, parameters: ProductionParameters) -> None:
    """Let every operating enterprise produce, and add up by place and industry."""
    e, f, economy, industries = world.enterprises, world.flows, world.economy, world.industries
    counties, places = world.counties, world.places
    _produce(
        e.n, e.stage, e.place, e.industry, e.weight, e.capital, e.employment, e.log_productivity, e.high_tech, e.listed, e.land,
        e.utilisation, e.emission_intensity, e.energy_intensity, e.water_intensity, e.value_added, economy.place_effect, economy.outside_demand,
        economy.local_demand, places.county, industries.labour_share, industries.value_added_ratio, industries.is_industrial, economy.wage_level,
        counties.wage, parameters.span_of_control, f.by_site, f.above_scale_value_added, f.above_scale_count,
        f.high_tech_value_added, f.high_tech_count, f.listed_count, counties.income,
        economy.retail_per_income, economy.real_estate_per_income, places.value_added, places.employment, economy.site_employment, economy.capacity,
        f.retail_sales, f.real_estate_investment,
    )  # fmt: skip
