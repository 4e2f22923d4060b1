"""What drives a committee to work: career, pay, prizes, targets, notices, and money of its own."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from zonesim.compiled import rule
from zonesim.parameters import Parameters, parameter
from zonesim.terms import Terms
from zonesim.world import World


class MotiveParameters(Parameters, name="motives"):
    """Strength of each motive relative to the ordinary sense of duty, which is 1."""

    response: float = parameter(
        0.4,
        low=0.1,
        high=0.8,
        unit="elasticity",
        doc="effort to the strength of motives: 1 / (1 + curvature of the cost of effort)",
        source="assumption",
        zh="努力弹性",
    )
    career: float = parameter(0.8, low=0.0, high=2.0, unit="duty = 1", doc="a full career link of the evaluation", source="assumption", zh="晋升激励")
    report: float = parameter(0.25, low=0.0, high=1.0, unit="share", doc="a yearly duty report makes the career link felt", source="assumption", zh="述职作用")
    duty: float = parameter(
        0.08, low=0.0, high=0.5, unit="duty = 1", doc="a yearly duty report without a career link", source="assumption: accountability alone", zh="述职问责"
    )
    pay: float = parameter(1.0, low=0.0, high=3.0, unit="duty = 1", doc="pay that depends wholly on the evaluation", source="assumption", zh="绩效激励")
    prize: float = parameter(0.5, low=0.0, high=2.0, unit="duty = 1", doc="a prize as large as a year's pay, at the line", source="assumption", zh="奖金激励")
    prize_width: float = parameter(
        0.3, low=0.05, high=1.0, unit="share of the line's rank", doc="distance from the line at which a prize still moves", source="assumption", zh="竞争范围"
    )
    target: float = parameter(
        0.5,
        low=0.0,
        high=2.0,
        unit="duty = 1 per 5 points",
        doc="a growth target that is missed, at a full career link",
        source="assumption: F4.13",
        zh="目标激励",
    )
    target_alone: float = parameter(
        0.3, low=0.0, high=1.0, unit="share", doc="of that without a career link", source="assumption: a target is asked about anyway", zh="无晋升挂钩时"
    )
    line: float = parameter(0.5, low=0.0, high=2.0, unit="duty = 1", doc="a line of expansion within reach", source="assumption", zh="扩区激励")
    line_width: float = parameter(
        6.0, low=1.0, high=20.0, unit="points", doc="distance from the line at which it still moves", source="assumption", zh="扩区临近范围"
    )
    notice: float = parameter(0.4, low=0.0, high=2.0, unit="duty = 1", doc="fear of being named among the last", source="assumption", zh="通报压力")
    revenue: float = parameter(
        0.2,
        low=0.0,
        high=1.0,
        unit="duty = 1",
        doc="keeping all local tax of its enterprises",
        source="assumption: own revenue is effort's reward (000§1e, 004§3.10)",
        zh="税收留成激励",
    )
    usual_kept: float = parameter(
        0.25, low=0.0, high=0.6, unit="share", doc="local tax kept without a policy (see sharing.usual_transfer)", source="assumption", zh="常规留成"
    )
    settle: float = parameter(0.08, low=0.0, high=0.4, unit="share", doc="more effort under a full-time head", source="assumption: 001§2a", zh="专职主官作用")
    gaming: float = parameter(
        1.0, low=0.0, high=3.0, unit="per stake", doc="gain of reporting per stake, relative to the cost of effort", source="assumption", zh="虚报动机"
    )
    most_gaming: float = parameter(
        0.4, low=0.0, high=0.8, unit="share of effort", doc="effort that can go into reporting at most", source="assumption", zh="虚报上限"
    )
    audit_report: float = parameter(0.2, low=0.0, high=1.0, unit="share", doc="reporting that a duty report deters", source="assumption", zh="述职约束")
    audit_check: float = parameter(0.5, low=0.0, high=1.0, unit="share", doc="reporting that a yearly health check deters", source="assumption", zh="体检约束")
    audit_revision: float = parameter(
        0.3, low=0.0, high=1.0, unit="share", doc="reporting that yearly revised indicators deter", source="assumption", zh="修订约束"
    )
    target_gap: float = parameter(
        0.05, low=0.01, high=0.2, unit="growth", doc="distance behind a growth target at which it weighs in full",
        source="assumption: five points", zh="增速差距尺度",
    )  # fmt: skip
    growth_width: float = parameter(
        0.03, low=0.005, high=0.1, unit="growth", doc="distance from the line of an award for growth at which it still moves",
        source="assumption: three points", zh="增速评奖范围",
    )  # fmt: skip
    increment: float = parameter(
        0.3, low=0.0, high=1.0, unit="share of local tax", doc="part of local tax that a returned increment stands for, as a motive",
        source="assumption: only growth above the base comes back", zh="增量返还激励",
    )  # fmt: skip


@rule
def total_effort(motive: Any, response: Any) -> Any:
    """Return the effort that is best: the E at which E^(1/response) = motive, or motive^response.

    A committee weighs motive x ln E against the cost response x E^(1 / response): gains diminish, costs rise. Effort is 1 at the ordinary motive 1.

    >>> total_effort(1.0, 0.4), round(total_effort(2.0, 0.5), 6)
    (1.0, 1.414214)
    """
    return motive**response


@rule
def reporting(stakes: Any, gain: Any, softness: Any, audit: Any, most: Any) -> Any:
    """Return the share r of effort that goes into reporting: the one that maximises stakes x gain x softness x (1 - audit) x sqrt(r) - r.

    >>> reporting(0.0, 1.0, 0.5, 0.0, 0.4), round(reporting(0.8, 1.0, 0.5, 0.0, 0.4), 6)
    (0.0, 0.04)
    """
    pull = 0.5 * stakes * gain * softness * (1.0 - audit)
    return min(most, pull * pull)


@rule
def within_reach(distance: Any, width: Any) -> Any:
    """Return how much a line moves those at a distance from it: exp(-(distance / width)^2); the safe and the hopeless do not strive.

    >>> within_reach(0.0, 3.0), round(within_reach(3.0, 3.0), 6)
    (1.0, 0.367879)
    """
    return math.exp(-((distance / width) ** 2))


def stakes(terms: Terms, z: int, p: MotiveParameters) -> float:
    """Return what hangs on the reported figures: career and pay."""
    link, pay = float(terms["cadre_link"][z]), float(terms["performance_pay"][z])
    felt = link * (1 + p.report * float(terms["duty_report"][z]))
    return p.career * felt + p.pay * pay * (1 + float(terms["result_pay"][z]))


def audit(terms: Terms, z: int, p: MotiveParameters) -> float:
    """Return the share of reporting that checks deter; independent checks add up as 1 - product of (1 - each)."""
    left = (1 - p.audit_report * float(terms["duty_report"][z])) * (1 - p.audit_check * float(terms["health_check"][z]))
    return 1 - left * (1 - p.audit_revision * float(terms["weight_revision"]))


def behind_target(world: World, terms: Terms, z: int, p: MotiveParameters) -> float:
    """Return max(0, growth of the city + premium - own growth) in units of ``target_gap``, at most 1; 0 without a target or before the first evaluation."""
    premium = float(terms["growth_premium"][z])
    if premium <= 0.0 or world.zones.rank[z] == 0:
        return 0.0
    return min(1.0, max(0.0, float(world.zones.growth_gap[z]) + premium / 100) / p.target_gap)


def near_prize(world: World, terms: Terms, z: int, p: MotiveParameters) -> float:
    """Return how near the zone stands to the line of an award: the nearest of its routes, 1 at the line."""
    zones, nearest = world.zones, 0.0
    for rank, line in ((zones.province_rank[z], float(terms["award_province_rank"])), (zones.rank[z], float(terms["award_city_rank"]))):
        if line > 0 and rank > 0:
            nearest = max(nearest, float(within_reach(float(rank) - line - 0.5, max(1.0, p.prize_width * line))))
    if float(terms["award_growth"]) > 0 and zones.growth[z] > 0:
        nearest = max(nearest, float(within_reach(max(0.0, float(zones.growth_gap[z])), p.growth_width)))
    return nearest


def motive(world: World, terms: Terms, z: int, pay_bill: float, p: MotiveParameters) -> float:
    """Return the strength of all motives of a committee; 1 when no term gives any.

    Args:
        world: read only.
        terms: of the quarter.
        z: committee.
        pay_bill: yearly cost of its staff, 10k CNY: prizes are measured against it.
        p: strength of each motive.
    """
    zones = world.zones
    total = 1.0 + stakes(terms, z, p) + p.duty * float(terms["duty_report"][z])
    prize = float(terms["award"]) + float(terms["zone_fund"]) / max(1.0, float(terms["award_city_rank"]))
    if prize > 0:
        total += p.prize * min(1.0, prize / max(pay_bill, 1.0)) * near_prize(world, terms, z, p)
    gap = behind_target(world, terms, z, p)
    if gap > 0:
        total += p.target * (p.target_alone + (1 - p.target_alone) * float(terms["cadre_link"][z])) * gap
    line = float(terms["expansion_line"][z])
    if np.isfinite(line):
        total += p.line * float(within_reach(float(zones.score[z]) - line, p.line_width))
    if float(terms["laggard_notice"]) > 0 and zones.rank[z] > 0:
        active = int((~zones.merged[: zones.n].astype(bool)).sum())
        total += p.notice * max(0.0, 2 * float(zones.rank[z]) / active - 1)
    return total + p.revenue * own_revenue(world, terms, z, p)


def own_revenue(world: World, terms: Terms, z: int, p: MotiveParameters) -> float:
    """Return the part of local tax that more effort would bring the committee, above the usual."""
    mine = world.places.zone[: world.n_places] == z
    kept = float(terms["autonomy_retained"][mine].mean()) if mine.any() else 0.0
    return max(0.0, kept - p.usual_kept) / (1 - p.usual_kept) + p.increment * float(terms["increment_return"][z])
