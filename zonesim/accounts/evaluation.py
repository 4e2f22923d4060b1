"""Yearly evaluation of committees: score and rank."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from zonesim import draws
from zonesim.accounts import criteria, ranking
from zonesim.accounts.qualities import Inspection
from zonesim.columns import Floats
from zonesim.parameters import Parameters, parameter
from zonesim.terms import Terms
from zonesim.world import World
from zonesim.world.criteria import CRITERIA, N_CRITERIA, USUAL
from zonesim.world.flows import Flows

# How far a report can raise a criterion without the thing itself: 0 is counted by others (banks, tax office, land survey), 1 is reported
# by the zone alone. Assumption: growth and promised investment are the figures that inspections most often found inflated.
SOFT = {
    "growth": 0.6, "tax": 0.1, "investment": 0.9, "land": 0.4, "innovation": 0.4, "environment": 0.5, "jobs": 0.6, "scale": 0.6,
    "fixed_investment": 0.9, "financing": 0.2, "research": 0.6, "energy": 0.4, "openness": 0.3, "development": 0.2, "agglomeration": 0.3,
    "startups": 0.5, "intensity": 0.6, "economic_benefit": 0.3, "tax_per_mu": 0.1, "benefit_per_mu": 0.3, "productivity": 0.5,
    "policy_implementation": 0.8, "service_management": 0.7, "basic_work": 0.5, "environment_management": 0.6, "land_management": 0.4,
    "plan_execution": 0.6, "plan_implementation": 0.3, "ecology": 0.3, "investment_environment": 0.6, "efficiency": 0.6, "safety": 0.7, "patents": 0.5, "brands": 0.6,
    "ip_protection": 0.6, "debt": 0.3,
}  # fmt: skip
SOFTNESS: Floats = np.array([SOFT[name] for name in CRITERIA])


class EvaluationParameters(Parameters, name="evaluation"):
    """Weights of the yearly evaluation; the documents name criteria but no weights."""

    growth: float = parameter(
        0.20, low=0.0, high=1.0, unit="weight", doc="growth of value added", source="assumption: 004§4.2b gives no weights", zh="增速权重"
    )
    tax: float = parameter(0.15, low=0.0, high=1.0, unit="weight", doc="tax per value added", source="assumption", zh="税收权重")
    investment: float = parameter(0.20, low=0.0, high=1.0, unit="weight", doc="investment attracted per value added", source="assumption", zh="招商权重")
    land: float = parameter(0.15, low=0.0, high=1.0, unit="weight", doc="output per industrial land", source="assumption", zh="集约用地权重")
    innovation: float = parameter(0.10, low=0.0, high=1.0, unit="weight", doc="high-tech part of industrial value added", source="assumption", zh="创新权重")
    environment: float = parameter(
        0.10, low=0.0, high=1.0, unit="weight", doc="emissions per value added (lower is better)", source="assumption", zh="环保权重"
    )
    jobs: float = parameter(0.10, low=0.0, high=1.0, unit="weight", doc="new jobs per job", source="assumption", zh="就业权重")
    reported: float = parameter(
        1.0, low=0.0, high=3.0, unit="sd", doc="rise of a soft criterion if all effort went into reporting", source="assumption", zh="虚报幅度"
    )
    revision: float = parameter(
        0.3,
        low=0.0,
        high=1.0,
        unit="sd of log",
        doc="yearly change of a weight under dynamic revision",
        source="assumption: 004§4.2e names no size",
        zh="权重修订幅度",
    )
    softness: float = parameter(
        1.0, low=0.0, high=1.5, unit="factor", doc="how far reports can raise each criterion, relative to the table of softness; at most all of it",
        source="assumption: the table is a reading of which figures are counted by others", zh="指标可虚报程度",
    )  # fmt: skip
    fast: float = parameter(
        10.0, low=0.0, high=30.0, unit="per unit of growth", doc="weight of growth of value added in the city's fund, where growth counts",
        source="assumption: 10 % of growth doubles the share", zh="增速奖励权重",
    )  # fmt: skip
    report_hours: float = parameter(
        12.0, low=2.0, high=60.0, unit="h/yr per enterprise", doc="hours that complete and timely reports of one enterprise take",
        source="assumption: monthly forms of an hour", zh="报表工时",
    )  # fmt: skip
    report_time: float = parameter(
        0.10, low=0.02, high=0.3, unit="share of staff time", doc="time that a committee has for reports of enterprises", source="assumption", zh="报表时间占比",
    )  # fmt: skip
    assessed: float = parameter(
        0.25, low=0.0, high=0.6, unit="share of the mark", doc="of environmental management that hangs on the parks' planning assessment",
        source="assumption: one of four things that are looked at", zh="规划环评占分",
    )  # fmt: skip

    @cached_property
    def soft(self) -> Floats:
        """How far a report can raise each criterion without the thing itself."""
        return np.minimum(1.0, self.softness * SOFTNESS)


def weights(parameters: EvaluationParameters) -> Floats:
    """Return the weights of the usual criteria, adding up to 1."""
    raw = np.array([getattr(parameters, name) for name in USUAL])
    return np.asarray(raw / raw.sum()) if raw.sum() > 0 else np.full(len(raw), 1 / len(raw))


def set_weights(world: World, terms: Terms, parameters: EvaluationParameters) -> None:
    """Write the weights in force for each committee: those that instruments set, else the usual ones; each adds up to 1.

    Under yearly revision every weight is multiplied by exp(s N) of the year, the same for all zones, and the weights are scaled to 1 again.

    Draws: WEIGHT_REVISION by criterion and year.
    """
    zones, n = world.zones, world.zones.n
    zones.weights[:n] = 0.0
    zones.weights[:n, : len(USUAL)] = weights(parameters)
    given = np.stack([terms[f"weight_{name}"] for name in CRITERIA], axis=1)
    own = (given > 0).any(axis=1)
    if own.any():
        zones.weights[:n][own] = np.maximum(given[own], 0.0) / np.maximum(given[own], 0.0).sum(axis=1, keepdims=True)
    if float(terms["weight_revision"]) > 0:
        luck = np.empty(N_CRITERIA)
        draws.normal_rows(draws.seed_key(world.seed), draws.WEIGHT_REVISION, world.quarter, 0, luck)
        revised = zones.weights[:n] * np.exp(parameters.revision * luck)
        zones.weights[:n] = revised / revised.sum(axis=1, keepdims=True)


def evaluate(world: World, terms: Terms, parameters: EvaluationParameters, field: ranking.FieldParameters, usual: Inspection) -> None:
    """Score each committee on the last full year among the zones of the province, and rank them (:func:`zonesim.accounts.ranking.score_in_field`).

    x are the criteria of the year, compared with what the province's zones reach; reporting adds soft_k r to criterion k,
    r = ``reported`` x sqrt(share of effort that goes into reporting): figures rise, the things themselves do not. Integrated parks count for the
    committee that runs them, unless they are left out.
    """
    zones, n = world.zones, world.zones.n
    if n == 0:
        return
    zone = world.places.zone[: world.n_places].astype(np.int64)
    year = criteria.Year(world, np.where(world.places.entrusted[: world.n_places] & (terms["entrusted_uncounted"] > 0), -1, zone))
    added = zones.value_added_year[:n].copy()
    before = zones.value_added_last[:n]
    growth = np.where(before > 0, added / np.maximum(before, 1.0) - 1, 0.0)
    zones.growth[:n] = growth
    zones.growth_gap[:n] = _growth_of_city(world) - growth
    land = criteria.industrial_land(world, year)
    few = not zones.weights[:n, len(USUAL) :].any()
    x = criteria.usual_criteria(world, year, added, growth, land) if few else criteria.all_criteria(world, year, added, growth, land, usual)
    k = x.shape[1]
    active = ~zones.merged[:n].astype(bool)
    report = parameters.reported * np.sqrt(zones.reporting[:n])
    zones.criteria[:n] = 0.0
    zones.criteria[:n, :k] = ranking.score_in_field(world, x, x[active].mean(axis=0), x[active].std(axis=0), parameters.soft[:k] * report[:, None], field)
    zones.value_added_last[:n] = added
    zones.value_added_year[:n] = 0.0
    zones.debt_last[:n] = criteria.public_debt(world)


def _growth_of_city(world: World) -> float:
    """Return the growth of the city's value added over the year before, 0 in the first year, and keep the year's."""
    counties, n = world.counties, world.n_places
    added = world.year_sums["by_site"][Flows.BY_SITE.index("value_added")]
    before = float(counties.value_added_last[: counties.n].sum())
    counties.value_added_last[: counties.n] = np.bincount(world.places.county[:n], weights=added, minlength=counties.n)
    return float(added.sum()) / before - 1 if before > 0 else 0.0
