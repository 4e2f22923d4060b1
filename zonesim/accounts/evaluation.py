"""Yearly evaluation of committees: score and rank."""

from __future__ import annotations

import numpy as np

from zonesim.columns import Floats
from zonesim.parameters import Parameters, parameter
from zonesim.terms import Terms
from zonesim.world import World
from zonesim.world.places import LandStage, Use

CRITERIA = ("growth", "tax", "investment", "land", "innovation", "environment", "jobs")


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


def weights(parameters: EvaluationParameters) -> Floats:
    """Return the weights of the criteria, adding up to 1."""
    raw = np.array([getattr(parameters, name) for name in CRITERIA])
    return np.asarray(raw / raw.sum()) if raw.sum() > 0 else np.full(len(raw), 1 / len(raw))


def evaluate(world: World, terms: Terms, parameters: EvaluationParameters) -> None:
    """Score each committee on the last full year, and rank them (1 is best; merged ones are not ranked).

    score = sum of w_k [60 + 20 tanh((x_k - mean_k) / sd_k)], x the criteria of the year, mean and sd over the region's committees;
    growth is also compared with the region, so all gain in a good year: + 100 x region's growth x w_growth. Integrated parks count for the
    committee that runs them, unless they are left out.
    """
    zones, n, places = world.zones, world.zones.n, world.places
    if n == 0:
        return
    zone = places.zone[: world.n_places].astype(np.int64)
    zone = np.where(places.entrusted[: world.n_places] & (terms["entrusted_uncounted"] > 0), -1, zone)
    year = world.year_sums

    def total(values: Floats) -> Floats:
        return np.array([values[zone == z].sum() for z in range(n)])

    added = zones.value_added_year[:n].copy()
    before = zones.value_added_last[:n]
    safe = np.maximum(added, 1.0)
    growth = np.where(before > 0, added / np.maximum(before, 1.0) - 1, 0.0)
    zones.growth[:n] = growth
    land = total(places.land[: world.n_places, LandStage.BUILT, Use.INDUSTRIAL].astype(float))
    x = np.stack(
        [
            growth,
            total(year["tax"]) / safe,
            total(year["investment_attracted"]) / safe,
            total(year["output"]) / np.maximum(land, 1000.0),
            total(year["high_tech_value_added"]) / safe,
            -total(year["emissions"]) / safe,
            total(year["new_jobs"]) / np.maximum(total(places.employment[: world.n_places].astype(float)), 1.0),
        ],
        axis=1,
    )
    active = ~zones.merged[:n].astype(bool)
    mean = x[active].mean(axis=0)
    spread = x[active].std(axis=0)
    z_score = np.where(spread > 1e-12, (x - mean) / np.maximum(spread, 1e-12), 0.0)
    w = weights(parameters)
    region = added.sum() / before.sum() - 1 if before.sum() > 0 else 0.0
    score = (w * (60 + 20 * np.tanh(z_score))).sum(axis=1) + 100 * region * w[0]
    zones.score[:n] = np.clip(np.where(active, score, 0.0), 0, 100)
    order = np.lexsort((np.arange(n), -zones.score[:n]))
    zones.rank[order] = np.arange(1, n + 1)
    zones.criteria[:n] = z_score
    zones.value_added_last[:n] = added
    zones.value_added_year[:n] = 0.0
