"""A committee's year: how much it works, on what, what it reports, and what it offers to newcomers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from zonesim import draws
from zonesim.behaviour import leaders, motives
from zonesim.behaviour.beliefs import BELIEFS, GROWTH, INVESTMENT, TAX
from zonesim.behaviour.families import families
from zonesim.behaviour.leaders import LeaderParameters
from zonesim.behaviour.motives import MotiveParameters
from zonesim.columns import Floats
from zonesim.parameters import Parameters, parameter
from zonesim.terms import Terms
from zonesim.world import World
from zonesim.world.places import MOST_DUTY, Effort


class CommitteeParameters(Parameters, name="committee"):
    """How a committee decides on effort and offers."""

    adjustment: float = parameter(0.4, low=0.0, high=1.0, unit="per year", doc="speed towards the wanted split of effort", source="assumption", zh="调整速度")
    sharpness: float = parameter(2.0, low=0.0, high=6.0, unit="logit", doc="how sharply effort follows its perceived worth", source="assumption", zh="敏感度")
    knowledge: float = parameter(
        0.3, low=0.0, high=1.0, unit="sd", doc="error of a committee about the worth of effort", source="assumption: limited knowledge", zh="认知误差"
    )
    lag_pressure: float = parameter(
        0.3, low=0.0, high=1.0, unit="per sd", doc="more weight on criteria in which the zone lags", source="assumption", zh="短板压力"
    )
    reaction: float = parameter(
        0.75,
        low=0.36,
        high=0.87,
        unit="slope",
        doc="reaction to the neighbours' refunds",
        source="Tao, Gong, Zhu 2023 (0.87, 0.36); Chen and Regis 2015 (0.73)",
        zh="竞争反应",
    )
    relief: float = parameter(
        0.10,
        low=0.0,
        high=0.4,
        unit="share",
        doc="more cases handled when a company builds and promotes for the committee",
        source="assumption: 003§3b splits the tasks",
        zh="管委会减负",
    )
    own_offer: float = parameter(
        0.25,
        low=0.0,
        high=0.8,
        unit="share of the local tax part",
        doc="refund that a zone of usual pull would offer by itself",
        source="assumption",
        zh="自主返还",
    )
    weakness: float = parameter(
        0.10, low=0.0, high=0.4, unit="share per sd", doc="more refund offered by zones that lag in investment", source="assumption", zh="弱势加码"
    )
    reach_km: float = parameter(
        60.0,
        low=10.0,
        high=300.0,
        unit="km",
        doc="distance at which a neighbour's weight falls to 1/e",
        source="assumption: neighbours only (Tao et al. 2023)",
        zh="竞争范围",
    )
    growth_tilt: float = parameter(
        0.8, low=0.0, high=2.0, unit="share", doc="more weight on growth while a target is missed by 5 points", source="assumption", zh="增速加码"
    )
    tax_tilt: float = parameter(0.3, low=0.0, high=1.0, unit="worth", doc="worth of tax to a committee that keeps it all", source="assumption", zh="税收加码")
    result_tilt: float = parameter(
        0.8, low=0.0, high=3.0, unit="worth", doc="worth of promotion when all pay hangs on projects found", source="assumption: 001§5d", zh="招商加码"
    )
    result_offer: float = parameter(
        0.2,
        low=0.0,
        high=0.6,
        unit="share of the local tax part",
        doc="more refund offered when all pay hangs on projects found: less care for quality",
        source="assumption",
        zh="招商让利",
    )
    check: float = parameter(
        0.9, low=0.0, high=3.0, unit="per sd", doc="more weight on the weakest criterion after a health check", source="assumption: 003§17a", zh="体检整改"
    )
    check_knowledge: float = parameter(0.3, low=0.0, high=1.0, unit="share", doc="error that a health check removes", source="assumption", zh="体检认知")
    revision_error: float = parameter(
        0.3, low=0.0, high=1.0, unit="share", doc="error that yearly revised weights add", source="assumption: a moving target", zh="修订误差"
    )
    social_time: float = parameter(
        0.30,
        low=0.0,
        high=0.6,
        unit="share of staff time",
        doc="time for social affairs of a committee that has them all",
        source="assumption",
        zh="社会事务时间",
    )
    meetings: float = parameter(
        0.03, low=0.0, high=0.2, unit="share of effort", doc="time that the densest joint meetings take", source="assumption", zh="会议时间"
    )
    exchange: float = parameter(
        0.5, low=0.0, high=2.0, unit="per share exchanged", doc="ability that exchanged staff bring", source="assumption: 002§3.3a", zh="挂职学习"
    )
    exchange_loss: float = parameter(0.15, low=0.0, high=1.0, unit="per share exchanged", doc="time that exchanges cost", source="assumption", zh="挂职成本")
    finders: float = parameter(0.4, low=0.0, high=1.0, unit="share", doc="most projects that finders can add", source="assumption: 001§15a", zh="中介引资上限")
    finder_scale: float = parameter(
        0.005,
        low=0.001,
        high=0.02,
        unit="share of investment",
        doc="reward at which 63 % of them come",
        source="assumption: fees of a few per mille",
        zh="引资奖励尺度",
    )
    meetings_solve: float = parameter(
        0.4, low=0.0, high=0.9, unit="share", doc="unsolved problems that the densest meetings solve", source="assumption", zh="协调解决"
    )
    leader_solves: float = parameter(
        0.3, low=0.0, high=0.9, unit="share", doc="unsolved problems that a responsible leader solves", source="assumption: 002§2.5", zh="包抓解决"
    )
    usual_solved: float = parameter(
        0.6,
        low=0.2,
        high=0.9,
        unit="share/yr",
        doc="problems solved within a year without a policy",
        source="assumption",
        zh="常规问题解决率",
    )
    usual_meetings: float = parameter(
        0.3, low=0.0, high=0.8, unit="share", doc="coordination between departments without a policy, of the most there can be, as inspections see it",
        source="assumption", zh="常规协调水平",
    )  # fmt: skip
    problem_speed: float = parameter(
        0.6, low=0.1, high=1.0, unit="per year", doc="how fast the number of open problems follows", source="assumption", zh="问题消化速度"
    )
    problem_weight: float = parameter(0.3, low=0.0, high=1.0, unit="index", doc="reputation lost by usual open problems", source="assumption", zh="问题口碑")
    notice_weight: float = parameter(0.1, low=0.0, high=0.5, unit="index", doc="reputation lost by a public notice", source="assumption", zh="通报口碑")
    notice_share: float = parameter(
        0.25, low=0.05, high=0.5, unit="share of the zones", doc="that are named as the last in a public notice", source="assumption: 003§17c names no figure", zh="通报比例",
    )  # fmt: skip
    staff_cost: float = parameter(
        10.0,
        low=4.0,
        high=25.0,
        unit="10k CNY/yr per person",
        doc="usual pay against which prizes are measured (see books.staff_cost)",
        source="assumption",
        zh="人均经费",
    )
    lag_span: float = parameter(
        1.5, low=0.5, high=3.0, unit="sd", doc="lead or lag in a criterion that moves a committee at most",
        source="assumption", zh="短板感知上限",
    )  # fmt: skip
    growth_least: float = parameter(
        0.1, low=0.0, high=0.5, unit="worth", doc="worth of growth to a committee far behind its target whose evaluation does not count growth, per unit of growth_tilt",
        source="assumption", zh="增速最低权重",
    )  # fmt: skip
    most_offer: float = parameter(
        0.9, low=0.3, high=1.0, unit="share of the local tax part", doc="refund that is ever offered",
        source="assumption: no government gives all of it away", zh="返还上限",
    )  # fmt: skip
    belief_scale: float = parameter(
        1.0, low=0.0, high=3.0, unit="exponent", doc="on all that committees believe of their efforts (0: every effort serves every criterion alike)",
        source="assumption: the table of beliefs as it stands", zh="效果认知锐度",
    )  # fmt: skip
    lag_promotion: float = parameter(
        0.5,
        low=0.1,
        high=3.0,
        unit="years",
        doc="until promotion bears fruit, by which a head who will leave discounts it",
        source="assumption",
        zh="招商见效期",
    )
    lag_service: float = parameter(1.0, low=0.1, high=5.0, unit="years", doc="until service bears fruit", source="assumption", zh="服务见效期")
    lag_land: float = parameter(2.0, low=0.1, high=6.0, unit="years", doc="until effort for land bears fruit", source="assumption", zh="土地见效期")
    lag_environment: float = parameter(
        3.0, low=0.1, high=8.0, unit="years", doc="until effort for the environment bears fruit", source="assumption", zh="环境见效期"
    )
    lag_infrastructure: float = parameter(
        4.0, low=0.1, high=10.0, unit="years", doc="until effort for infrastructure bears fruit", source="assumption", zh="基础设施见效期"
    )

    @cached_property
    def beliefs(self) -> Floats:
        """What each kind of effort does for each criterion, as committees believe."""
        return np.asarray(BELIEFS**self.belief_scale)

    @cached_property
    def lags(self) -> tuple[float, ...]:
        """Years after which each kind of effort bears fruit, in the order of efforts."""
        return self.lag_promotion, self.lag_service, self.lag_land, self.lag_environment, self.lag_infrastructure


@dataclass(frozen=True)
class Minds:
    """Parameters of a committee's decision."""

    committee: CommitteeParameters
    motives: MotiveParameters
    leaders: LeaderParameters


def plan_effort(world: World, terms: Terms, z: int, softness: float, minds: Minds) -> None:
    """Set a committee's effort of the year.

    The committee maximises, over the total E, the split s and the part r that goes into reporting, what it believes to gain:

        M ln E - response E^(1/response)   +   sharpness s.v + entropy of s   +   gain sqrt(r) - r .

    M is the strength of its motives, v_k = sum over criteria c of w_c (1 + lag_c) B_ck, with its own error, discounted by its head's horizon. The maximum is
    E = M^response, s = softmax(sharpness v), r as in :func:`zonesim.behaviour.motives.reporting`. Effort by kind moves part of the way to
    T E (1 - r) s, T the productive time: less time lost to social affairs, meetings and changes of head.

    Args:
        world: the committee's columns are changed.
        terms: of the quarter.
        z: committee.
        softness: how soft the criteria of its evaluation are, weighted.
        minds: parameters.

    Draws: KNOWLEDGE by committee and kind of effort; LEADER_TENURE by committee and head.
    """
    zones, p, m = world.zones, minds.committee, minds.motives
    natural, tenure = leaders.appoint(world, z, float(terms["leader_tenure_floor"][z]), minds.leaders)
    horizon = np.ones(len(Effort))
    if tenure > natural:
        horizon = np.array([leaders.patience(tenure, lag) / leaders.patience(natural, lag) for lag in p.lags])
    value = _worth(world, terms, z, minds) * horizon
    error = _error(world, terms, z, p)
    value = p.sharpness * (value * (1 + error))
    wanted = np.exp(value - value.max())
    wanted = wanted / wanted.sum()
    least = float(terms["promotion_staff"][z])
    if least > wanted[Effort.PROMOTION]:
        others = (1 - least) / (1 - wanted[Effort.PROMOTION])
        wanted = wanted * others
        wanted[Effort.PROMOTION] = least
    zones.reporting[z] = motives.reporting(motives.stakes(terms, z, m), m.gaming, softness, motives.audit(terms, z, m), m.most_gaming)
    bill = p.staff_cost * float(zones.staff[z]) * float(terms["staff_cost_factor"][z])
    worked = float(motives.total_effort(motives.motive(world, terms, z, bill, m), m.response))
    settled = leaders.settled(tenure, minds.leaders.change_cost) / leaders.settled(natural, minds.leaders.change_cost)
    zones.total_effort[z] = worked * settled * productive_time(terms, z, p) * (1 + m.settle * float(terms["dedicated_leader"][z]))
    zones.effort[z] += p.adjustment * (float(zones.total_effort[z]) * (1 - float(zones.reporting[z])) * wanted - zones.effort[z])
    _solve_problems(world, terms, z, p)
    mine = world.places.zone[: world.n_places] == z
    zones.assessed[z] = float((terms["planning_eia"][mine].max(axis=1) > 0).mean()) if mine.any() else 0.0
    reward = float(terms["finder_reward"][z])
    zones.reach[z] = float(terms["reach_factor"][z]) * (1 + p.finders * (1 - np.exp(-reward / p.finder_scale)))


def productive_time(terms: Terms, z: int, p: CommitteeParameters) -> float:
    """Return the staff time for the zone's business relative to a dispatched agency that has all social affairs.

    (1 - d f (1 - stripped)) / (1 - d) x (1 - meetings) x (1 + exchange): d the usual time for social affairs, f the form's burden.
    """
    stripped, burden = float(terms["social_stripped"][z]), float(terms["social_duty_factor"][z])
    time = (1 - min(MOST_DUTY, p.social_time * burden) * (1 - stripped)) / (1 - p.social_time)
    swapped = float(terms["cadre_exchange"][z])
    return time * (1 - p.meetings * float(terms["coordination"][z])) * (1 + (p.exchange - p.exchange_loss) * swapped)


def _worth(world: World, terms: Terms, z: int, minds: Minds) -> Floats:
    """Return the believed worth of each kind of effort."""
    zones, p = world.zones, minds.committee
    w, pressure = zones.weights[z], np.full(len(BELIEFS), p.lag_pressure)
    lag = np.clip(-zones.criteria[z], -p.lag_span, p.lag_span)
    if float(terms["health_check"][z]) > 0 and zones.rank[z] > 0:
        pressure[np.argmax(np.where(w > 0, lag, -np.inf))] += p.check
    weight = w * (1 + pressure * lag)
    gap = motives.behind_target(world, terms, z, minds.motives)
    if gap > 0:
        weight[GROWTH] = max(weight[GROWTH], w[GROWTH]) * (1 + p.growth_tilt * gap) + p.growth_least * p.growth_tilt * gap
    worth = np.asarray((weight[:, None] * p.beliefs).sum(axis=0))
    revenue = motives.own_revenue(world, terms, z, minds.motives)
    if revenue > 0:
        worth = worth + p.tax_tilt * revenue * p.beliefs[TAX]
    found = float(terms["performance_pay"][z] * terms["result_pay"][z])
    if found > 0:
        worth[Effort.PROMOTION] += p.result_tilt * found
    return worth


def _error(world: World, terms: Terms, z: int, p: CommitteeParameters) -> Floats:
    """Return the committee's error about the worth of each kind of effort."""
    key = draws.seed_key(world.seed)
    error = np.array([draws.normal(key, draws.KNOWLEDGE, world.quarter, z, k) for k in range(len(Effort))])
    size = p.knowledge * (1 - p.check_knowledge * float(terms["health_check"][z])) * (1 + p.revision_error * float(terms["weight_revision"]))
    return np.asarray(size / (1 + p.exchange * float(terms["cadre_exchange"][z])) * error)


def _solve_problems(world: World, terms: Terms, z: int, p: CommitteeParameters) -> None:
    """Let the open problems of enterprises follow how many are solved, and the zone's standing follow them.

    Solved a year: s = 1 - (1 - s0)(1 - a meetings)(1 - b leader). In the long run (1 - s)/s problems are open for each new one;
    open ones relative to the usual move towards [(1 - s)/s] / [(1 - s0)/s0].
    """
    zones = world.zones
    meetings, leader = float(terms["coordination"][z]), float(terms["problem_leader"][z])
    unsolved = (1 - p.usual_solved) * (1 - p.meetings_solve * meetings) * (1 - p.leader_solves * leader)
    usual = (1 - p.usual_solved) / p.usual_solved
    wanted = (unsolved / (1 - unsolved)) / usual if meetings > 0 or leader > 0 else 1.0
    zones.open_problems[z] += p.problem_speed * (wanted - zones.open_problems[z])
    zones.coordination[z] = meetings
    active = int((~zones.merged[: zones.n].astype(bool)).sum())
    zones.named[z] = float(terms["laggard_notice"]) > 0 and int(zones.rank[z]) > (1 - p.notice_share) * active
    zones.standing[z] = p.problem_weight * (1 - float(zones.open_problems[z])) - p.notice_weight * float(zones.named[z])


def plan_offer(world: World, terms: Terms, z: int, offers: Floats, distance: Floats, p: CommitteeParameters) -> None:
    """Set the refund offered to newcomers.

    Offer = (1 - s) own + s x mean of neighbours by distance; own is higher for zones that lag in investment, and where pay hangs on projects found;
    at most the cap of the terms. With joint promotion there is no reaction and half the own offer. Committees that operate as one do
    not bid against each other.

    Args:
        world: the committee's offer is changed.
        terms: of the quarter.
        z: committee.
        offers: last year's offer of each committee.
        distance: km between committees.
        p: parameters.
    """
    zones = world.zones
    family = families(world, terms)
    others = [k for k in range(zones.n) if family[k] != family[z] and not zones.merged[k]]
    own = p.own_offer + p.weakness * float(np.clip(-zones.criteria[z, INVESTMENT], -p.lag_span, p.lag_span))
    own += p.result_offer * float(terms["performance_pay"][z] * terms["result_pay"][z])
    slope = p.reaction if float(terms["joint_promotion"]) == 0.0 else 0.0
    if slope == 0.0:
        own *= 0.5
    if others:
        weight = np.exp(-distance[z, others] / p.reach_km) + 1e-12
        neighbours = float((weight * offers[others]).sum() / weight.sum())
        own = (1 - slope) * own + slope * neighbours
    parent = int(zones.parent[z])
    if float(terms["policy_extended"][z]) > 0 and parent >= 0:  # what the parent offers holds here too
        own = max(own, float(offers[parent]))
    mine = np.flatnonzero(world.places.zone[: world.n_places] == z)
    cap = float(terms["refund_cap"][mine].max()) if len(mine) else 0.0
    zones.refund_offer[z] = min(max(own, 0.0), cap, p.most_offer)
