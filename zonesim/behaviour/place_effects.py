"""What a place does to productivity: density, infrastructure, services, suppliers, talent."""

from __future__ import annotations

import math
from functools import cached_property
from typing import Any

import numpy as np

from zonesim.columns import Array, Floats
from zonesim.compiled import kernel, rule
from zonesim.parameters import Parameters, parameter
from zonesim.world import World
from zonesim.world.places import Infrastructure

PRODUCTIVE = (
    int(Infrastructure.TRANSPORT), int(Infrastructure.UTILITIES), int(Infrastructure.HEATING), int(Infrastructure.DIGITAL),
    int(Infrastructure.PLATFORMS),
)  # fmt: skip


class PlaceEffectParameters(Parameters, name="place_effects"):
    """How strongly a place acts on the productivity of the enterprises in it."""

    agglomeration: float = parameter(
        0.04, low=0.0, high=0.12, unit="elasticity", doc="productivity to density, half own industry, half total",
        source="Donovan et al. 2024 (0.015 to 0.039); Grover et al. 2023 for developing countries", zh="集聚弹性",
    )  # fmt: skip
    decay_km: float = parameter(
        15.0, low=3.0, high=60.0, unit="km", doc="distance at which a neighbour's weight falls to 1/e",
        source="assumption: decays faster than in rich countries (Combes, Demurger, Li 2013)", zh="集聚衰减距离",
    )  # fmt: skip
    infrastructure: float = parameter(
        0.106, low=0.03, high=0.2, unit="elasticity", doc="output to productive infrastructure", source="Bom and Ligthart 2014", zh="基础设施产出弹性",
    )  # fmt: skip
    congestion: float = parameter(
        0.5, low=0.0, high=1.0, unit="elasticity", doc="how far more jobs use infrastructure up", source="assumption: between public and private good", zh="拥挤系数",
    )  # fmt: skip
    producer_services: float = parameter(
        0.05, low=0.0, high=0.15, unit="log per log(1 + share)", doc="effect of producer services nearby", source="assumption", zh="生产性服务业效应",
    )  # fmt: skip
    suppliers: float = parameter(
        0.02, low=0.0, high=0.08, unit="log per log(1 + mass)", doc="effect of suppliers nearby", source="assumption", zh="配套效应",
    )  # fmt: skip
    talent: float = parameter(
        0.05, low=0.0, high=0.15, unit="log per log(1 + share)", doc="effect of high-skill workers in employment", source="assumption", zh="人才效应",
    )  # fmt: skip
    few: float = parameter(
        10.0, low=1.0, high=200.0, unit="persons", doc="added to an industry's employment nearby",
        source="assumption: one with next to none is no outlier", zh="产业就业平滑人数",
    )  # fmt: skip

    @cached_property
    def strengths(self) -> Floats:
        """Agglomeration, infrastructure, congestion, producer services, suppliers, talent, and the persons added, as the kernel takes them."""
        return np.array([self.agglomeration, self.infrastructure, self.congestion, self.producer_services, self.suppliers, self.talent, self.few])


@rule
def place_effect(
    total: Any, normal_total: Any, own: Any, normal_own: Any, infrastructure: Any, use: Any, services: Any, suppliers: Any, talent: Any,
    agglomeration: Any, output_elasticity: Any, service_effect: Any, supplier_effect: Any, talent_effect: Any, few: Any,
) -> Any:  # fmt: skip
    """Return the log effect of a place on the productivity of an industry.

    E = b_a [1/2 ln(N / N0) + 1/2 ln((N_j + few) / (N_j0 + few))] + b_i [ln(G / G0) - use]
        + b_s ln(1 + S) + b_u ln(1 + U) + b_t ln(1 + T)

    Args:
        total: employment of the neighbourhood, persons.
        normal_total: mean of the same over places at the opening.
        own: employment of the industry in the neighbourhood.
        normal_own: mean of the same at the opening.
        infrastructure: productive stock relative to the opening.
        use: congestion, chi times the log growth of jobs since the opening.
        services: share of producer services in the neighbourhood's employment.
        suppliers: supplier mass, domestic input coefficients times employment shares.
        talent: high-skill workers per person employed.
    """
    density = 0.5 * math.log((total + 1.0) / (normal_total + 1.0)) + 0.5 * math.log((own + few) / (normal_own + few))
    return (
        agglomeration * density
        + output_elasticity * (math.log(infrastructure) - use)
        + service_effect * math.log(1.0 + services)
        + supplier_effect * math.log(1.0 + suppliers)
        + talent_effect * math.log(1.0 + talent)
    )


@rule
def _neighbourhoods(weights: Floats, employment: Floats, own: Floats, total: Floats) -> None:
    n_places, n_industries = employment.shape
    for p in range(n_places):
        own[p] = 0.0
        for q in range(n_places):
            for j in range(n_industries):
                own[p, j] += weights[p, q] * employment[q, j]
        total[p] = 0.0
        for j in range(n_industries):
            total[p] += own[p, j]


@kernel
def _effects(
    weights: Floats, employment: Floats, own: Floats, normal_own: Floats, normal_total: float, infrastructure: Floats, opening: Floats, jobs: Array,
    jobs_opening: Floats, talent: Floats, input_output: Floats, services_index: int, b: Floats, gain: Floats, out: Floats,
) -> None:  # fmt: skip
    agglomeration, output_elasticity, congestion, service_effect, supplier_effect, talent_effect, few = b
    n_places, n_industries = own.shape
    total = np.empty(n_places)
    _neighbourhoods(weights, employment, own, total)
    suppliers = np.empty(n_industries)
    for p in range(n_places):
        productive = 0.0
        for k in PRODUCTIVE:
            productive += infrastructure[p, k]
        stock = (productive + 1.0) / (opening[p] + 1.0)
        use = congestion * math.log((jobs[p] + 1.0) / (jobs_opening[p] + 1.0))
        services = own[p, services_index] / (total[p] + 1.0)
        suppliers[:] = 0.0
        for i in range(n_industries):
            for j in range(n_industries):
                suppliers[j] += input_output[i, j] * own[p, i] / (total[p] + 1.0)
        for j in range(n_industries):
            out[p, j] = place_effect(
                total[p], normal_total, own[p, j], normal_own[j], stock, use, services, suppliers[j], talent[p] / (jobs[p] + 1.0),
                agglomeration, output_elasticity, service_effect, supplier_effect, talent_effect, few,
            )  # fmt: skip
            if gain[p, j] != 0.0:  # suppliers matched last quarter
                out[p, j] += gain[p, j]


@kernel
def _stock(infrastructure: Floats, out: Floats) -> None:
    for p in range(len(out)):
        out[p] = 0.0
        for k in PRODUCTIVE:
            out[p] += infrastructure[p, k]


def productive_stock(world: World) -> Floats:
    """Return the stock of productive infrastructure by place."""
    stock = np.empty(world.n_places)
    _stock(world.places.infrastructure, stock)
    return stock


def update_place_effects(world: World, parameters: PlaceEffectParameters) -> None:
    """Set ``world.economy.place_effect`` from the employment and infrastructure of the last quarter."""
    economy, places = world.economy, world.places
    own = np.empty_like(economy.site_employment)
    _effects(
        economy.neighbourhood, economy.site_employment, own, economy.normal_own, economy.normal_total, places.infrastructure, places.infrastructure_opening, places.employment,
        economy.employment_opening, places.talent, world.industries.input_output, world.industries.index("producer_services"),
        parameters.strengths, economy.supply_gain, economy.place_effect,
    )  # fmt: skip
    economy.neighbourhood_own = own


def opening(world: World, parameters: PlaceEffectParameters) -> None:
    """Store what effects are measured against: neighbour weights, mean densities, jobs and infrastructure at the opening."""
    economy, n = world.economy, world.n_places
    economy.neighbourhood = np.exp(-world.distance / parameters.decay_km)
    own, total = np.empty_like(economy.site_employment), np.empty(n)
    _neighbourhoods(economy.neighbourhood, economy.site_employment, own, total)
    economy.normal_own, economy.normal_total = own.mean(axis=0), float(total.mean())
    economy.employment_opening = world.places.employment[:n].astype(float)
    world.places.infrastructure_opening[:n] = productive_stock(world)
    update_place_effects(world, parameters)
    economy.place_effect_opening = economy.place_effect.copy()
