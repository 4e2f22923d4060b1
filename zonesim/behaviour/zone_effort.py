"""A committee's year: how much it works, on what, what it reports, and what it offers to newcomers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from zonesim import draws
from zonesim.behaviour import leaders, motives
from zonesim.behaviour.beliefs import BELIEFS, GROWTH, INVESTMENT, TAX
from zonesim.behaviour.committee_parameters import CommitteeParameters
from zonesim.behaviour.families import families
from zonesim.behaviour.leaders import LeaderParameters
from zonesim.behaviour.motives import MotiveParameters
from zonesim.columns import Floats
from zonesim.terms import Terms
from zonesim.world import World
from zonesim.world.places import MOST_DUTY, Effort


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
