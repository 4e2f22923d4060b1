"""Output per mu decides: the grading of enterprises by mu and what it charges and gives (亩产论英雄)."""

from __future__ import annotations

from typing import Any

import numpy as np

from zonesim.columns import Array, Floats
from zonesim.compiled import kernel, rule
from zonesim.parameters import Parameters, parameter
from zonesim.terms import Terms
from zonesim.units import MU
from zonesim.world import World
from zonesim.world.enterprises import Stage
from zonesim.world.places import Kind

OPERATING = int(Stage.OPERATING)
A, B, C, D = 1, 2, 3, 4


class PerMuParameters(Parameters, name="per_mu"):
    """How enterprises are graded, and what the grades are charged on."""

    best: float = parameter(
        0.2, low=0.05, high=0.4, unit="share", doc="enterprises graded A", source="assumption: practice of Zhejiang, about a fifth", zh="A类占比"
    )
    poor: float = parameter(0.2, low=0.05, high=0.4, unit="share", doc="enterprises graded C", source="assumption", zh="C类占比")
    worst: float = parameter(
        0.05, low=0.0, high=0.2, unit="share", doc="enterprises graded D", source="assumption: practice of Zhejiang, about a twentieth", zh="D类占比"
    )
    energy_price: float = parameter(
        0.12, low=0.03, high=0.3, unit="10k CNY/tce", doc="price of energy and water per energy used", source="assumption: about 0.4 CNY/kWh", zh="能源价格"
    )


@rule
def factor(grade: Any, spread: Any) -> Any:
    """Return what a grade pays relative to the usual price: A 1 - s/2, B 1, C 1 + s/4, D 1 + s/2 (the spread between best and worst is s).

    >>> [factor(g, 0.2) for g in (0, 1, 2, 3, 4)]
    [1.0, 0.9, 1.0, 1.05, 1.1]
    """
    if grade == A:
        return 1.0 - spread / 2.0
    if grade == C:
        return 1.0 + spread / 4.0
    if grade == D:
        return 1.0 + spread / 2.0
    return 1.0


@kernel
def _charge(
    n: int, stage: Array, place: Array, industry: Array, grade: Array, land: Array, made: Floats, energy: Array, profit: Floats, spread: Floats,
    land_rate: Floats, energy_price: float, charges: Floats, reliefs: Floats,
) -> None:  # fmt: skip
    for i in range(n):
        if grade[i] == 0 or stage[i] < OPERATING or spread[place[i]] <= 0.0:
            continue
        p = place[i]
        usual = land_rate[p, industry[i]] * land[i] / 4.0 + energy_price * energy[i] * made[i]
        change = usual * (factor(grade[i], spread[p]) - 1.0)
        profit[i] -= change
        if change > 0.0:
            charges[p] += change
        else:
            reliefs[p] -= change


def grade_by_mu(world: World, terms: Terms, parameters: PerMuParameters) -> None:
    """Grade the industrial enterprises of parks by last year's tax per mu, inside each committee: best part A, worst D, the next C, others B; parts are of enterprises.

    Once a year; where nothing hangs on grades they are taken back. Ties go by identity.
    """
    e, places = world.enterprises, world.places
    spread = terms["per_mu_spread"]
    grades = e.live("mu_grade")
    if not np.count_nonzero(spread):
        if np.count_nonzero(grades):
            grades[:] = 0
        return
    place = e.live("place").astype(np.int64)
    graded = (e.live("stage") >= OPERATING) & (e.live("land") > 0) & (world.industries.is_industrial[e.live("industry")] > 0)
    graded &= (places.kind[place] == Kind.PARK) & (spread[place] > 0)
    grades[:] = 0
    rows = np.flatnonzero(graded)
    per_mu = e.live("tax_this_year")[rows] / (e.live("land")[rows] / MU)
    zone = places.zone[place[rows]].astype(np.int64)
    order = np.lexsort((rows, -per_mu, zone))
    weight = e.live("weight")[rows].astype(np.int64)
    size = np.bincount(zone, weights=weight, minlength=world.zones.n)
    first = np.concatenate(([0], np.cumsum(size)))[:-1]
    ahead = np.cumsum(weight[order]) - weight[order]  # enterprises before those of a row, of which the one in the middle is ranked
    rank = (ahead - first[zone[order]] + 0.5 * weight[order]) / size[zone[order]]
    given = np.where(rank < parameters.best, A, np.where(rank > 1 - parameters.worst, D, np.where(rank > 1 - parameters.worst - parameters.poor, C, B)))
    grades[rows[order]] = given.astype(grades.dtype)


def charge_by_grade(world: World, terms: Terms, parameters: PerMuParameters) -> None:
    """Charge or relieve graded enterprises on land-use tax and energy; the county is paid by the poor grades and pays the good ones.

    change = (factor - 1) (land-use tax + energy price x energy), after income tax (a simplification), in profit and so in cash, investment and exit.
    """
    if not terms.once(_graded):
        return
    e, f = world.enterprises, world.flows
    _charge(
        e.n, e.stage, e.place, e.industry, e.mu_grade, e.land, e.value_added, e.energy_intensity, e.profit, terms["per_mu_spread"],
        terms["land_use_tax"], parameters.energy_price, f.per_mu_charges, f.per_mu_relief,
    )  # fmt: skip


def _graded(terms: Terms) -> bool:
    return bool(terms["per_mu_spread"].any())
