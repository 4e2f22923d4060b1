"""Leading industries of committees: advantage, who names what, and what is offered to the others."""

from __future__ import annotations

import numpy as np

from zonesim.behaviour.promotion_parameters import PromotionParameters
from zonesim.columns import Array, Floats
from zonesim.compiled import kernel
from zonesim.terms import Terms
from zonesim.world import World


def turned(terms: Terms) -> bool:
    """Tell whether any term turns promotion to some industries."""
    return bool(terms["leading_by_plan"].any() or np.isfinite(terms["leading_count"]).any() or terms["differentiation"].any() or terms["embedding"].any())


def revealed_advantage(jobs: Floats, region: Floats, prior: float) -> Floats:
    """Return the share of each industry in a zone's jobs over its share in the region's, ``[n_zones, n_industries]``.

    A_zj = [(E_zj + k s_j) / (E_z + k)] / s_j, s_j the region's share; 1 where the region has no jobs in the industry.

    >>> revealed_advantage(np.array([[300.0, 100.0]]), np.array([500.0, 500.0]), 0.0).round(6).tolist()
    [[1.5, 0.5]]
    """
    share = region / max(float(region.sum()), 1.0)
    mine = (jobs + prior * share) / np.maximum(jobs.sum(axis=1, keepdims=True) + prior, 1e-9)
    return np.asarray(np.divide(mine, share, out=np.ones_like(mine), where=share > 0))


def name_leading(score: Floats, wanted: Floats, open_to: Array, penalty: Floats) -> Array:
    """Return which industries each committee names, the best pairs first.

    Args:
        score: log of advantage ``[n_zones, n_industries]``.
        wanted: number that each committee names (inf: all that are open to it).
        open_to: industries that each may name.
        penalty: loss of score for each other committee that has named the industry, by committee.

    >>> name_leading(np.array([[2.0, 1.0], [1.9, 1.7]]), np.array([1.0, 1.0]), np.ones((2, 2), bool), np.array([0.0, 0.5])).tolist()
    [[True, False], [False, True]]
    """
    named = np.zeros(score.shape, dtype=bool)
    while True:
        room = (named.sum(axis=1) < wanted)[:, None] & open_to & ~named
        if not room.any():
            return named
        others = named.sum(axis=0)[None, :] - named
        worth = np.where(room, score - penalty[:, None] * others, -np.inf)
        named[np.unravel_index(int(np.argmax(worth)), worth.shape)] = True


def plan_industries(world: World, terms: Terms, parameters: PromotionParameters) -> None:
    """Measure the advantage of committees and name leading industries, at the opening of a year.

    A committee with a plan for any of its places leads in what the plan says; others name as many as the count says. A place has those of the
    plan for it, or, without one, all of its committee's.
    """
    economy, zones, n = world.economy, world.zones, world.n_places
    if not terms.once(turned):
        economy.leading = np.zeros((n, world.n_industries))
        return
    zone = world.places.zone[:n].astype(np.int64)
    inside = zone >= 0
    jobs, plan = np.zeros((zones.n, world.n_industries)), np.zeros((zones.n, world.n_industries))
    np.add.at(jobs, zone[inside], economy.site_employment[inside])
    np.maximum.at(plan, zone[inside], terms["leading_by_plan"][inside])
    economy.advantage = revealed_advantage(jobs, economy.site_employment.sum(axis=0), parameters.prior_jobs)
    planned = plan.any(axis=1)
    count = np.where(planned, np.inf, np.where(np.isfinite(terms["leading_count"]), terms["leading_count"], 0.0))
    count = np.where(np.bincount(zone[inside], minlength=zones.n) > 0, count, 0.0)
    open_to = np.where(np.asarray(planned)[:, None], plan > 0, world.industries.zone_prior[None, :] > 0)
    named = name_leading(np.log(np.maximum(economy.advantage, 1e-9)), count, open_to, parameters.overlap * terms["differentiation"])
    here = terms["leading_by_plan"] > 0
    own = np.where(np.asarray(here.any(axis=1))[:, None], here, True)
    economy.leading = np.where(inside[:, None], named[np.maximum(zone, 0)] & own, False).astype(float)


@kernel
def _limit(cap: Floats, leading: Floats, zone: Array, offer: Floats, support: float, out: Floats) -> None:
    for p in range(len(out)):
        reserved = zone[p] >= 0 and leading[p].any()
        for j in range(out.shape[1]):
            out[p, j] = min(cap[p, j], (1 - support) * offer[zone[p]]) if reserved and leading[p, j] == 0 else cap[p, j]


def refund_limit(world: World, terms: Terms, parameters: PromotionParameters) -> Floats:
    """Return the largest refund by site: the cap, and where a place has leading industries, (1 - support) of the offer to all others."""
    cap, leading = terms["refund_cap"], world.economy.leading
    if not np.count_nonzero(leading):
        return cap
    limit = np.empty_like(cap)
    _limit(cap, leading, world.places.zone, world.zones.refund_offer, parameters.support, limit)
    return limit
