"""Promotion: which industries a committee turns to, through which channels, with what money, and what it offers to whom."""

from __future__ import annotations

import math
from functools import cached_property, lru_cache
from typing import Any

import numpy as np

from zonesim import draws
from zonesim.behaviour.applicants import CAPITAL, FEE, FINDER, INDUSTRY, JOBS, NEEDED_LAND, SINCERITY, VALUE_ADDED
from zonesim.columns import Array, Floats
from zonesim.compiled import kernel, rule
from zonesim.parameters import Parameters, parameter
from zonesim.terms import Terms
from zonesim.terms.promotion import CHANNELS
from zonesim.world import World

LEAST_SINCERITY = 0.05
"""Sincerity that is left to the projects of a channel at least: some of every promise is made. Assumption."""


class PromotionParameters(Parameters, name="promotion"):
    """What promotion can do. Channels are measured against the committee's own team (1, 1, 0, 0)."""

    focus: float = parameter(
        0.7, low=0.0, high=1.0, unit="share", doc="promotion that goes to the leading industries alone", source="assumption", zh="主导产业招商占比"
    )
    support: float = parameter(
        0.6,
        low=0.0,
        high=1.0,
        unit="share",
        doc="of a refund that other industries than the leading ones do not get",
        source="assumption",
        zh="政策向主导产业倾斜",
    )
    prior_jobs: float = parameter(
        500.0, low=50.0, high=5000.0, unit="persons", doc="jobs of average composition added before advantage is measured", source="assumption: keeps small numbers quiet", zh="平滑岗位数",
    )  # fmt: skip
    overlap: float = parameter(
        2.0, low=0.5, high=5.0, unit="exponent", doc="how sharply full differentiation punishes a smaller advantage", source="assumption", zh="错位强度指数"
    )
    usual_money: float = parameter(
        100.0, low=20.0, high=500.0, unit="10k CNY/yr", doc="money behind the usual promotion of a committee", source="assumption: ten persons' travel and events", zh="常规招商经费",
    )  # fmt: skip
    money: float = parameter(
        0.3,
        low=0.05,
        high=0.8,
        unit="elasticity",
        doc="contacts to money, so that each yuan brings less than the one before",
        source="assumption",
        zh="招商经费弹性",
    )
    chain_teams: float = parameter(
        6.0, low=1.0, high=20.0, unit="teams", doc="people for chains in the whole city, in teams of usual strength", source="assumption", zh="产业链专班",
    )  # fmt: skip
    chain_pull: float = parameter(0.4, low=0.1, high=0.8, unit="elasticity", doc="contacts in a chain to its teams", source="assumption", zh="专班弹性")
    chain_volume: float = parameter(0.9, low=0.3, high=2.0, unit="times", doc="contacts of chain promotion", source="assumption: chain masters know few, but the right ones", zh="产业链招商数量")  # fmt: skip
    big_data_volume: float = parameter(1.15, low=0.3, high=2.0, unit="times", doc="contacts of big-data promotion", source="assumption", zh="大数据招商数量")
    fund_volume: float = parameter(
        0.6, low=0.2, high=2.0, unit="times", doc="contacts of fund promotion", source="assumption: few, picked by investors", zh="基金招商数量"
    )
    purchased_volume: float = parameter(1.4, low=0.5, high=3.0, unit="times", doc="contacts of purchased promotion", source="assumption: paid by the contact", zh="购买服务招商数量")  # fmt: skip
    incumbents_volume: float = parameter(1.0, low=0.3, high=2.0, unit="times", doc="contacts brought by incumbents", source="assumption", zh="以商招商数量")
    chain_size: float = parameter(1.3, low=0.5, high=3.0, unit="times", doc="size of projects of chain promotion", source="assumption", zh="产业链招商规模")
    big_data_size: float = parameter(
        0.95, low=0.5, high=2.0, unit="times", doc="size of projects of big-data promotion", source="assumption", zh="大数据招商规模"
    )
    fund_size: float = parameter(1.8, low=0.5, high=4.0, unit="times", doc="size of projects of fund promotion", source="assumption", zh="基金招商规模")
    purchased_size: float = parameter(0.85, low=0.3, high=2.0, unit="times", doc="size of purchased projects", source="assumption", zh="购买服务招商规模")
    incumbents_size: float = parameter(
        1.0, low=0.3, high=2.0, unit="times", doc="size of projects brought by incumbents", source="assumption", zh="以商招商规模"
    )
    chain_sincerity: float = parameter(
        0.10, low=-0.3, high=0.3, unit="share", doc="more sincerity by chain promotion", source="assumption", zh="产业链招商履约"
    )
    big_data_sincerity: float = parameter(
        0.0, low=-0.3, high=0.3, unit="share", doc="more sincerity by big-data promotion", source="assumption", zh="大数据招商履约"
    )
    fund_sincerity: float = parameter(0.15, low=-0.3, high=0.3, unit="share", doc="more sincerity by fund promotion", source="assumption: investors look into the books", zh="基金招商履约")  # fmt: skip
    purchased_sincerity: float = parameter(-0.10, low=-0.3, high=0.3, unit="share", doc="more sincerity by purchased promotion", source="assumption: paid by signature", zh="购买服务招商履约")  # fmt: skip
    incumbents_sincerity: float = parameter(0.05, low=-0.3, high=0.3, unit="share", doc="more sincerity by incumbents", source="assumption", zh="以商招商履约")
    chain_fee: float = parameter(0.002, low=0.0, high=0.05, unit="share of investment", doc="fee of chain promotion", source="assumption", zh="产业链招商费率")
    big_data_fee: float = parameter(
        0.001, low=0.0, high=0.05, unit="share of investment", doc="fee of big-data promotion", source="assumption", zh="大数据招商费率"
    )
    fund_fee: float = parameter(0.02, low=0.0, high=0.1, unit="share of investment", doc="management of the fund per investment", source="assumption: 2 % fees of funds", zh="基金招商费率")  # fmt: skip
    purchased_fee: float = parameter(0.01, low=0.0, high=0.05, unit="share of investment", doc="commission", source="assumption", zh="购买服务招商费率")
    incumbents_fee: float = parameter(0.003, low=0.0, high=0.05, unit="share of investment", doc="reward of incumbents", source="assumption", zh="以商招商奖励")

    def of_channels(self, trait: str) -> Floats:
        """Return a trait of each channel (volume, size, sincerity, fee), the committee's own team last."""
        return self._channels[trait]

    @cached_property
    def _channels(self) -> dict[str, Floats]:
        own = {"volume": 1.0, "size": 1.0, "sincerity": 0.0, "fee": 0.0}
        return {trait: np.array([*(getattr(self, f"{name}_{trait}") for name in CHANNELS), value]) for trait, value in own.items()}


@rule
def by_money(paid: Any, usual: Any, elasticity: Any) -> Any:
    """Return contacts relative to those without a budget, (1 + paid / usual)^e.

    >>> by_money(0.0, 100.0, 0.3), round(by_money(300.0, 100.0, 0.5), 9)
    (1.0, 2.0)
    """
    return (1.0 + paid / usual) ** elasticity


@rule
def contacts(base: Any, part: Any, usual: Any, elasticity: Any) -> Any:
    """Return contacts in an industry when its part of the effort is not the usual one: base (part / usual)^e.

    >>> contacts(4.0, 0.4, 0.1, 0.5)
    8.0
    """
    return base * (part / usual) ** elasticity if usual > 0.0 else 0.0


@kernel
def _direct(
    zone: Array, found: Floats, leading: Floats, advantage: Floats, differentiation: Floats, embedding: Floats, missing: Floats, focus: float,
    overlap: float, elasticity: float,
) -> None:  # fmt: skip
    """Turn each committee's promotion to what it leads in, is better at than others, and lacks suppliers of."""
    n_zones, m = found.shape
    best = np.zeros(m)
    for j in range(m):
        for z in range(n_zones):
            if found[z].sum() > 0.0:
                best[j] = max(best[j], advantage[z, j])
    for z in range(n_zones):
        total = found[z].sum()
        if total <= 0.0:
            continue
        usual = found[z] / total
        leads, lacks = np.zeros(m), np.zeros(m)
        matched, parks = 0.0, 0
        for p in range(len(zone)):
            if zone[p] == z:
                parks += 1
                matched += embedding[p]
                for j in range(m):
                    leads[j] = max(leads[j], leading[p, j] * usual[j])
                    if usual[j] > 0.0:
                        lacks[j] += missing[p, j]
        part = usual.copy()
        if leads.sum() > 0.0:
            part = (1.0 - focus) * part + focus * leads / leads.sum()
        if matched > 0.0 and lacks.sum() > 0.0:
            part = (1.0 - matched / parks) * part + matched / parks * lacks / lacks.sum()
        if differentiation[z] > 0.0:
            for j in range(m):
                if best[j] > 0.0:
                    part[j] *= (advantage[z, j] / best[j]) ** (overlap * differentiation[z])
            part /= part.sum()
        for j in range(m):
            found[z, j] = contacts(found[z, j], part[j], usual[j], elasticity)


@kernel
def _spread_over_channels(zone: Array, mass: Floats, input_output: Floats, mix: Floats, volume: Floats, found: Floats, weights: Floats) -> None:
    """Fill the weight of each channel for each committee and industry (channels: as CHANNELS, then the team), and scale what is found.

    Chain promotion follows inputs and outputs of what is near, incumbents bring their own kind; both are 1 on average over what is found.
    """
    n_zones, m = found.shape
    for z in range(n_zones):
        total = found[z].sum()
        if total <= 0.0:
            continue
        near = np.zeros(m)
        for p in range(len(zone)):
            if zone[p] == z:
                near += mass[p]
        near /= near.sum() + 1.0
        links = np.zeros(m)
        for j in range(m):
            for i in range(m):
                links[j] += (input_output[i, j] + input_output[j, i]) * near[i]
        mean_links, mean_near = (links * found[z]).sum() / total, (near * found[z]).sum() / total
        for j in range(m):
            every = 0.0
            for c in range(len(volume)):
                pull = 1.0
                if c == 0 and mean_links > 0.0:
                    pull = links[j] / mean_links
                elif c == 4 and mean_near > 0.0:
                    pull = near[j] / mean_near
                every += mix[c, z] * volume[c] * pull
                weights[c, z, j] = every
            found[z, j] *= every


@kernel
def _through_channels(
    n: int, seed: Any, quarter: int, identity: Array, whole: Array, real: Floats, weights: Floats, size: Floats, sincere: Floats, fee: Floats,
) -> None:  # fmt: skip
    finder, industry = whole[FINDER], whole[INDUSTRY]
    value, capital, jobs, land, sincerity, owed = real[VALUE_ADDED], real[CAPITAL], real[JOBS], real[NEEDED_LAND], real[SINCERITY], real[FEE]
    last = len(size) - 1
    for a in range(n):
        z, j = finder[a], industry[a]
        if z < 0:
            continue
        u = draws.uniform(seed, draws.PROMOTION, quarter, identity[a], 0) * weights[last, z, j]
        c = 0
        while c < last and u >= weights[c, z, j]:
            c += 1
        value[a] *= size[c]
        capital[a] *= size[c]
        jobs[a] = max(1.0, jobs[a] * size[c])
        land[a] *= size[c]
        sincerity[a] = min(1.0, max(LEAST_SINCERITY, sincerity[a] + sincere[c]))
        owed[a] = fee[c] * capital[a]


def channels_in_use(terms: Terms) -> bool:
    """Tell whether anyone promotes through another channel than its own team."""
    return any(bool(terms[f"channel_{name}"].any()) for name in CHANNELS)


def turned(terms: Terms) -> bool:
    """Tell whether any term turns promotion to some industries."""
    return bool(terms["leading_by_plan"].any() or np.isfinite(terms["leading_count"]).any() or terms["differentiation"].any() or terms["embedding"].any())


@lru_cache(maxsize=64)
def _by_money(paid: bytes, usual: float, elasticity: float) -> Floats:
    """Return contacts by committee relative to those without a budget, for budgets as bytes: they are the same in most quarters."""
    return np.asarray(by_money.py_func(np.frombuffer(paid), usual, elasticity)[:, None])


def promote(world: World, terms: Terms, found: Floats, parameters: PromotionParameters, elasticity: float) -> Floats | None:
    """Change what committees find, ``[n_zones, n_industries]`` in place, by money, focus, differentiation, missing links, chains and channels.

    Returns:
        Cumulated weights of the channels, ``[channels, n_zones, n_industries]``; None when all is the committees' own.
    """
    zones, economy, n = world.zones, world.economy, world.n_places
    n_zones = zones.n
    zone = world.places.zone[:n]
    paid = 4.0 * zones.promotion_paid[:n_zones]
    if paid.any():
        found *= _by_money(paid.tobytes(), parameters.usual_money, parameters.money)
    if terms.once(turned):
        _direct(
            zone, found, economy.leading, economy.advantage, terms["differentiation"], terms["embedding"], economy.missing_inputs,
            parameters.focus, parameters.overlap, elasticity,
        )  # fmt: skip
    chains = chain_gain(world, terms, parameters)
    if chains is not None:
        found *= chains[None, :]
    if not terms.once(channels_in_use):
        return None
    mix = terms.once(_mix)
    weights = np.zeros((len(mix), *found.shape))
    _spread_over_channels(zone, economy.neighbourhood_own, world.industries.input_output, mix, parameters.of_channels("volume"), found, weights)
    return weights


def _mix(terms: Terms) -> Floats:
    """Return the share of each channel by committee, its own team last."""
    mix = np.stack([*(terms[f"channel_{name}"] for name in CHANNELS), np.zeros_like(terms[f"channel_{CHANNELS[0]}"])])
    mix[-1] = np.maximum(0.0, 1.0 - mix.sum(axis=0))
    return mix


@kernel
def _gain_chains(output: Floats, prior: Floats, count: int, gain: float, out: Floats) -> None:
    """Give the gain to the largest industries with a prior, the first of equals first."""
    size = np.zeros(len(prior))
    for p in range(len(output)):
        for j in range(len(prior)):
            size[j] += output[p, j]
    for j in range(len(prior)):
        if prior[j] > 0.0:
            larger = 0
            for i in range(len(prior)):
                if prior[i] > 0.0 and (size[i] > size[j] or (size[i] == size[j] and i < j)):
                    larger += 1
            if larger < count:
                out[j] = gain


def chain_gain(world: World, terms: Terms, parameters: PromotionParameters) -> Floats | None:
    """Return how many times more contacts the city's chains bring by industry, (1 + teams / chains)^e for the largest industries; None without."""
    count = float(terms["chain_count"])
    if not math.isfinite(count):
        return None
    prior = world.industries.zone_prior
    gain = np.ones(len(prior))
    _gain_chains(world.flows.output, prior, int(count), (1.0 + parameters.chain_teams / count) ** parameters.chain_pull, gain)
    return gain


def through_channels(world: World, applicants: Any, newcomers: int, weights: Floats, parameters: PromotionParameters) -> None:
    """Let each project that a committee found come by a channel, with its size, sincerity and fee.

    Draws: PROMOTION by identity.
    """
    a = applicants
    _through_channels(
        newcomers, draws.seed_key(world.seed), world.quarter, a.id, a.whole, a.real, weights, parameters.of_channels("size"),
        parameters.of_channels("sincerity"), parameters.of_channels("fee"),
    )  # fmt: skip


@kernel
def _limit(cap: Floats, leading: Floats, zone: Array, offer: Floats, support: float, out: Floats) -> None:
    for p in range(len(out)):
        reserved = zone[p] >= 0 and leading[p].any()
        for j in range(out.shape[1]):
            out[p, j] = min(cap[p, j], (1 - support) * offer[zone[p]]) if reserved and leading[p, j] == 0 else cap[p, j]


def refund_limit(world: World, terms: Terms, parameters: PromotionParameters) -> Floats:
    """Return the largest refund by site: the cap, and where a place has leading industries, (1 - support) of the offer to all others."""
    cap, leading = terms["refund_cap"], world.economy.leading
    if not leading.any():
        return cap
    limit = np.empty_like(cap)
    _limit(cap, leading, world.places.zone, world.zones.refund_offer, parameters.support, limit)
    return limit


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
