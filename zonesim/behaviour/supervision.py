"""Supervision: what inspectors, alerts, caps and accidents mean for one enterprise."""

from __future__ import annotations

import math
from typing import Any

from zonesim.behaviour.treatment import D
from zonesim.compiled import rule
from zonesim.parameters import Parameters, parameter
from zonesim.units import MOST_CHANCE


class SupervisionParameters(Parameters, name="supervision"):
    """Inspections, fines, suspensions and safety."""

    inspection: float = parameter(
        0.10, low=0.0, high=0.5, unit="probability/yr", doc="inspection where no measure says more", source="assumption", zh="常规检查概率"
    )
    inspection_cost: float = parameter(
        0.03, low=0.0, high=0.5, unit="10k CNY", doc="what an inspection costs the inspected", source="assumption", zh="迎检成本"
    )
    fine_share: float = parameter(0.008, low=0.0, high=0.05, unit="share of yearly sales", doc="fine", source="assumption: between the two limits", zh="罚款率")
    fine_low: float = parameter(
        1.0, low=0.0, high=10.0, unit="10k CNY", doc="least fine",
        source="assumption; the law's 100 thousand CNY (Water Pollution Act 2017, art. 83) is rarely put on micro-enterprises", zh="最低罚款",
    )  # fmt: skip
    fine_high: float = parameter(
        100.0, low=10.0, high=500.0, unit="10k CNY", doc="largest fine", source="Water Pollution Act 2017, art. 83: 1 million CNY", zh="最高罚款"
    )
    serious: float = parameter(
        0.5, low=0.1, high=2.0, unit="share over the limit", doc="excess from which production is stopped", source="assumption", zh="停产整治门槛"
    )
    mendable: float = parameter(
        0.25, low=0.05, high=0.6, unit="share of capital", doc="largest investment in treatment that owners make", source="assumption", zh="整改投资上限"
    )
    annuity: float = parameter(0.15, low=0.08, high=0.3, unit="1/yr", doc="yearly cost of an investment in treatment", source="assumption", zh="治理投资年化率")
    accident: float = parameter(
        0.001, low=0.0, high=0.01, unit="1/yr", doc="accidents of a safe industrial enterprise; chemicals 3, mining 6, construction 2 times as many",
        source="assumption", zh="事故率",
    )  # fmt: skip
    unsafe_factor: float = parameter(8.0, low=1.0, high=30.0, unit="factor", doc="accidents of an unsafe one", source="assumption", zh="不安全倍数")
    unsafe_share: float = parameter(
        0.04, low=0.0, high=0.2, unit="share", doc="unsafe enterprises at the opening", source="as arrivals.unsafe", zh="期初不安全比例"
    )
    casualty: float = parameter(60.0, low=10.0, high=300.0, unit="10k CNY", doc="paid to victims after an accident", source="assumption", zh="事故赔偿")
    water_saving: float = parameter(
        0.002, low=0.0005, high=0.01, unit="10k CNY per m3/yr", doc="investment that saves water", source="assumption: 20 CNY per m3 a year", zh="节水投资"
    )
    water_step: float = parameter(
        0.25, low=0.05, high=0.5, unit="share a year", doc="most water that can be saved in a year", source="assumption", zh="年最大节水率"
    )
    dangerous: float = parameter(
        4.0, low=1.0, high=10.0, unit="factor", doc="unsafe enterprises at the opening in dangerous industries, relative to others",
        source="assumption: as among newcomers (arrivals.dangerous)", zh="危险行业不安全倍数",
    )  # fmt: skip
    least_room: float = parameter(
        0.2, low=0.0, high=0.6, unit="share of a quarter's work", doc="left by a total cap at least, on discharge or on water",
        source="assumption: governments do not shut a whole industry", zh="总量控制下最低开工",
    )  # fmt: skip
    least_water: float = parameter(
        0.7, low=0.0, high=1.0, unit="share of a quarter's work", doc="left by a cap on water intensity at least, while the enterprise saves",
        source="assumption", zh="用水强度控制下最低开工",
    )  # fmt: skip
    shut_for: float = parameter(
        8.0, low=1.0, high=20.0, unit="quarters", doc="for which what cannot be mended stays shut",
        source="assumption: longer than an enterprise outlasts", zh="无力整改停产期",
    )  # fmt: skip
    dangerous_from: float = parameter(
        2.0, low=0.5, high=6.0, unit="times a safe industry's accidents", doc="above which an industry counts as dangerous",
        source="assumption: chemicals (3) and mining (6), not construction (2)", zh="危险行业界限",
    )  # fmt: skip
    danger_spread: float = parameter(
        1.0, low=0.0, high=2.0, unit="exponent", doc="on accidents of industries relative to a safe one (3, 6 and 2; 0: all alike)",
        source="assumption: the multiples as they stand", zh="行业事故差异",
    )  # fmt: skip


class AlertParameters(Parameters, name="alerts"):
    """Pollution alerts of a county, and ambient quality."""

    chance: float = parameter(
        0.05, low=0.0, high=0.5, unit="probability per quarter", doc="alert at the opening's quality, mean of the seasons (see ``summer``)",
        source="assumption", zh="预警概率",
    )  # fmt: skip
    sensitivity: float = parameter(
        4.0, low=0.0, high=10.0, unit="per unit of quality", doc="log chance to worse ambient quality", source="assumption", zh="预警敏感度"
    )
    days: float = parameter(6.0, low=1.0, high=30.0, unit="days", doc="mean length; at most ``longest``", source="assumption", zh="停限产天数")
    scope: float = parameter(
        0.5,
        low=0.0,
        high=2.0,
        unit="index/10k CNY",
        doc="mean emissions of an industry from which it is shut in an alert",
        source="assumption",
        zh="管控行业门槛",
    )
    share_b: float = parameter(
        0.3, low=0.0, high=1.0, unit="share of the days", doc="class B is shut; A is not, D is throughout", source="assumption", zh="B级停产比例"
    )
    share_c: float = parameter(0.7, low=0.0, high=1.0, unit="share of the days", doc="class C is shut", source="assumption", zh="C级停产比例")
    elasticity: float = parameter(
        0.6, low=0.1, high=1.5, unit="elasticity", doc="fall of ambient quality with discharge", source="assumption", zh="环境质量弹性"
    )
    speed: float = parameter(0.25, low=0.05, high=1.0, unit="per quarter", doc="how fast quality follows discharge", source="assumption", zh="环境质量调整速度")
    longest: float = parameter(
        45.0, low=10.0, high=120.0, unit="days", doc="longest shutdown of a quarter",
        source="assumption: half of the quarter", zh="停限产天数上限",
    )  # fmt: skip
    summer: float = parameter(
        0.3, low=0.0, high=1.0, unit="times the mean", doc="alerts in spring and summer; in autumn and winter 2 less so many",
        source="assumption: heating and still air", zh="春夏预警倍数",
    )  # fmt: skip
    line_a: float = parameter(
        0.5, low=0.1, high=0.8, unit="share of the limit", doc="discharge up to which an enterprise is of class A, and a green factory",
        source="assumption: 001§8c names the classes, not the lines", zh="A级排放线",
    )  # fmt: skip
    line_b: float = parameter(
        0.8, low=0.4, high=1.0, unit="share of the limit", doc="discharge up to which an enterprise is of class B",
        source="assumption: 001§8c names the classes, not the lines", zh="B级排放线",
    )  # fmt: skip


@rule
def alert_chance(quarter: Any, quality: Any, chance: Any, sensitivity: Any, summer: Any) -> Any:
    """Return the chance of an alert in a quarter: c season exp(k (1 - Q)), at most 0.9; season 2 - s in autumn and winter, else s.

    >>> round(alert_chance(4 * 2016, 1.0, 0.1, 4.0, 0.3), 6), round(alert_chance(4 * 2016 + 1, 0.75, 0.1, 4.0, 0.3), 6)
    (0.17, 0.081548)
    """
    season = 2.0 - summer if quarter % 4 == 0 or quarter % 4 == 3 else summer
    return min(MOST_CHANCE, chance * season * math.exp(sensitivity * (1.0 - quality)))


@rule
def shut_share(kind: Any, differentiated: Any, share_b: Any, share_c: Any) -> Any:
    """Return the share of the days of an alert that a class is shut: all of them under a blanket order.

    >>> shut_share(0, False, 0.3, 0.7), shut_share(0, True, 0.3, 0.7), shut_share(2, True, 0.3, 0.7), shut_share(3, True, 0.3, 0.7)
    (1.0, 0.0, 0.7, 1.0)
    """
    if not differentiated or kind == D:
        return 1.0
    if kind == 0:
        return 0.0
    return share_b if kind == 1 else share_c


@rule
def may_work(
    days: Any, share: Any, room: Any, limit: Any, discharge: Any, water_room: Any, usual_water: Any, water_cap: Any, water: Any,
    least_room: Any, least_water: Any,
) -> Any:  # fmt: skip
    """Return the part of a quarter in which an enterprise may work.

    (1 - share days / 90) and at most: room limit / discharge (its allowance under a total cap goes by the standard, so a
    clean enterprise is cut less), water room x the industry's usual use / own use (both at least ``least_room``), and
    max(``least_water``, cap / use) above the cap on water intensity.

    >>> may_work(45.0, 1.0, 1.0, 0.5, 0.4, 1.0, 5.0, 1e9, 5.0, 0.2, 0.7), may_work(0.0, 1.0, 0.8, 0.5, 0.5, 1.0, 5.0, 1e9, 5.0, 0.2, 0.7)
    (0.5, 0.8)
    >>> may_work(0.0, 1.0, 1.0, 0.5, 9.0, 1.0, 5.0, 4.0, 5.0, 0.2, 0.7), may_work(0.0, 1.0, 1.0, 0.5, 0.5, 0.6, 5.0, 1e9, 4.0, 0.2, 0.7)
    (0.8, 0.75)
    >>> may_work(0.0, 1.0, 0.1, 0.5, 0.5, 1.0, 5.0, 1e9, 5.0, 0.2, 0.7), may_work(0.0, 1.0, 1.0, 0.5, 9.0, 1.0, 5.0, 1.0, 5.0, 0.2, 0.7)
    (0.2, 0.7)
    """
    part = 1.0 - share * days / 90.0
    if room < 1.0:
        part = min(part, max(least_room, room * limit / max(discharge, 1e-12)))
    if water_room < 1.0:
        part = min(part, max(least_room, water_room * usual_water / max(water, 1e-12)))
    if water > water_cap:
        part = min(part, max(least_water, water_cap / water))
    return part


@rule
def pays(gain: Any, investment: Any, running: Any, annuity: Any) -> Any:
    """Tell whether treatment pays: expected loss avoided a year > annuity x investment + running cost.

    >>> bool(pays(3.0, 10.0, 1.0, 0.15)), bool(pays(2.0, 10.0, 1.0, 0.15))
    (True, False)
    """
    return gain > annuity * investment + running


@rule
def within(room: Any, cap: Any, amount: Any, least: Any) -> Any:
    """Return the next room under a total cap: room x cap / amount, between a least one and 1; 1 where there is no cap.

    >>> within(1.0, 80.0, 100.0, 0.2), within(0.8, 90.0, 80.0, 0.2), within(0.5, float("inf"), 100.0, 0.2), within(0.5, 10.0, 100.0, 0.2)
    (0.8, 0.9, 1.0, 0.2)
    """
    if not cap < math.inf or amount <= 0.0:
        return 1.0
    return min(1.0, max(least, room * cap / amount))
