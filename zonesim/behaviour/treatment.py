"""Treatment of pollution: what own and central treatment remove and cost, and what counts as compliance."""

from __future__ import annotations

import math
from typing import Any

from zonesim.compiled import rule
from zonesim.parameters import Parameters, parameter

A, B, C, D = 0, 1, 2, 3

USUAL_AMOUNT = 500.0
"""Index a year that an enterprise generates for which ``own_cost`` is said: a definition, the number to move is that cost."""


class TreatmentParameters(Parameters, name="treatment"):
    """Standard, plants and costs of treatment."""

    standard: float = parameter(
        0.45, low=0.2, high=0.9, unit="of the industry's mean", doc="discharge per value added that the standard allows", source="assumption", zh="排放标准",
    )  # fmt: skip
    equipped: float = parameter(
        0.85, low=0.5, high=1.0, unit="share", doc="enterprises equipped to meet the standard when they begin",
        source="assumption: facilities are built with the project (三同时)", zh="同步配套率",
    )  # fmt: skip
    connected_park: float = parameter(
        0.5, low=0.0, high=1.0, unit="share", doc="discharge led to a plant in a park anyway", source="assumption", zh="园区纳管率"
    )
    connected_urban: float = parameter(0.5, low=0.0, high=1.0, unit="share", doc="the same in towns", source="assumption", zh="城镇纳管率")
    connected_unit: float = parameter(
        0.8, low=0.5, high=1.0, unit="share", doc="the same in a park that is treated as one unit", source="assumption", zh="整体治理纳管率"
    )
    efficiency: float = parameter(0.7, low=0.4, high=0.95, unit="share", doc="pollution that a central plant removes", source="assumption", zh="集中处理效率")
    plant_cost: float = parameter(
        0.003, low=0.0005, high=0.01, unit="10k CNY/index", doc="cost of a central plant per unit led to it, at the usual load", source="assumption", zh="集中处理成本",
    )  # fmt: skip
    plant_fixed: float = parameter(
        0.4, low=0.1, high=0.8, unit="share", doc="of that cost that does not fall with the load", source="assumption", zh="固定成本占比"
    )
    spare: float = parameter(
        0.15, low=0.0, high=1.0, unit="share", doc="capacity of plants above their load at the opening", source="assumption", zh="期初余量"
    )
    own_cost: float = parameter(
        0.006, low=0.001, high=0.02, unit="10k CNY/index", doc="running cost of own treatment per unit removed, of an enterprise that generates 500 a year",
        source="assumption: running cost of treatment about 0.3 % of industrial output", zh="自行治理成本",
    )  # fmt: skip
    scale: float = parameter(
        0.15, low=0.0, high=0.4, unit="exponent", doc="fall of the unit cost with the amount", source="assumption: six-tenths rule, weakened", zh="规模指数"
    )
    third_margin: float = parameter(
        0.15, low=0.0, high=0.5, unit="share", doc="margin of a treatment company over its cost", source="assumption", zh="第三方利润率"
    )
    capital: float = parameter(
        0.03, low=0.005, high=0.1, unit="10k CNY per index/yr", doc="investment in own treatment per unit removed a year",
        source="assumption: about 4 % of a chemical plant's capital", zh="治理投资",
    )  # fmt: skip
    progress: float = parameter(
        0.06, low=0.0, high=0.15, unit="1/yr", doc="fall of pollution generated per value added, and of the standard with it",
        source="assumption: national SO2 and COD fell by more than a tenth in five years in which output grew by 40 %", zh="清洁生产进步",
    )  # fmt: skip
    wear: float = parameter(0.03, low=0.0, high=0.2, unit="1/yr", doc="loss of own treatment by wear", source="assumption", zh="设施老化")
    aim: float = parameter(
        0.9, low=0.6, high=1.0, unit="share of the limit", doc="discharge that an investment in treatment aims at",
        source="assumption: some margin below the limit", zh="治理目标余量",
    )  # fmt: skip
    aim_opening: float = parameter(
        0.95, low=0.6, high=1.0, unit="share of the standard", doc="discharge that facilities built with a project are laid out for",
        source="assumption: little margin is paid for", zh="初建治理目标余量",
    )  # fmt: skip
    near: float = parameter(
        0.97, low=0.8, high=1.0, unit="share of the limit", doc="discharge from which an enterprise thinks of more treatment",
        source="assumption: inspectors measure with error", zh="临近限值门槛",
    )  # fmt: skip
    least_step: float = parameter(
        0.005, low=0.0, high=0.05, unit="share removed", doc="least addition to treatment that is worth a project",
        source="assumption", zh="最小治理增量",
    )  # fmt: skip
    most_removed: float = parameter(
        0.97, low=0.85, high=0.995, unit="share", doc="pollution that own treatment removes at most",
        source="assumption: what good plants reach", zh="自行治理上限",
    )  # fmt: skip
    emptiest: float = parameter(
        3.0, low=1.0, high=10.0, unit="factor", doc="times its usual fixed cost per unit that a plant with a small load charges at most",
        source="assumption: beyond it the owner bears the loss", zh="低负荷收费上限倍数",
    )  # fmt: skip
    cost_span: float = parameter(
        2.0, low=1.0, high=5.0, unit="factor", doc="how far size makes own treatment cheaper or dearer than ``own_cost``, either way",
        source="assumption", zh="治理成本规模幅度",
    )  # fmt: skip


@rule
def unit_cost(amount: Any, cost: Any, scale: Any, span: Any) -> Any:
    """Return the cost of removing one unit, c (amount / usual amount)^(-k), kept between c / span and c span (amount in index a year).

    >>> round(unit_cost(500.0, 0.006, 0.15, 2.0), 6), round(unit_cost(5e9, 0.006, 0.15, 2.0), 6), round(unit_cost(1e-9, 0.006, 0.15, 3.0), 6)
    (0.006, 0.003, 0.018)
    """
    return cost * min(span, max(1.0 / span, math.exp(-scale * math.log(max(amount, 1e-9) / USUAL_AMOUNT))))


@rule
def plant_fee(load: Any, capacity: Any, cost: Any, fixed: Any, emptiest: Any) -> Any:
    """Return the fee per unit led to a plant: c [(1 - f) + f min(emptiest, capacity / load)]; an empty plant is dear.

    >>> round(plant_fee(50.0, 100.0, 1.0, 0.4, 3.0), 6), round(plant_fee(10.0, 100.0, 1.0, 0.4, 3.0), 6)
    (1.4, 1.8)
    """
    return cost * ((1.0 - fixed) + fixed * min(emptiest, capacity / max(load, 1e-9)))


@rule
def removed_by_plant(connected: Any, effluent: Any, capacity: Any, efficiency: Any) -> Any:
    """Return the share of what arrives at the fence that the plant removes: s eta min(1, capacity / (s effluent)).

    >>> removed_by_plant(0.5, 100.0, 25.0, 0.8)
    0.2
    """
    load = connected * effluent
    cover = 1.0 if load <= capacity else capacity / load
    return connected * efficiency * cover


@rule
def needed(intensity: Any, plant: Any, limit: Any, most: Any) -> Any:
    """Return the own treatment that brings discharge to a limit: 1 - limit / (e (1 - r)), between 0 and the most that treatment removes.

    >>> needed(2.0, 0.5, 0.25, 0.97), needed(2.0, 0.5, 0.001, 0.97)
    (0.75, 0.97)
    """
    return min(most, max(0.0, 1.0 - limit / max(intensity * (1.0 - plant), 1e-12)))


@rule
def class_of(discharge: Any, limit: Any, high_tech: Any, line_a: Any, line_b: Any) -> Any:
    """Return the class of an enterprise in a pollution alert: A (leader or high-tech), B, C (all comply), D (does not).

    Source: the four kinds of enterprises of 001§8c; the lines between them are an assumption.

    >>> class_of(0.4, 1.0, False, 0.5, 0.8), class_of(0.9, 1.0, True, 0.5, 0.8), class_of(0.7, 1.0, False, 0.5, 0.8)
    (0, 0, 1)
    >>> class_of(0.9, 1.0, False, 0.5, 0.8), class_of(1.1, 1.0, True, 0.5, 0.8)
    (2, 3)
    """
    if discharge > limit:
        return D
    if high_tech or discharge <= line_a * limit:
        return A
    return B if discharge <= line_b * limit else C


@rule
def fine(sales: Any, weight: Any, share: Any, low: Any, high: Any) -> Any:
    """Return the fine for discharge above the standard: a share of yearly sales between two amounts per enterprise.

    >>> fine(10_000.0, 1.0, 0.005, 1.0, 100.0), fine(10.0, 2.0, 0.005, 1.0, 100.0)
    (50.0, 2.0)
    """
    return min(high * weight, max(low * weight, share * sales))
