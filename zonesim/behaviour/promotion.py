"""Promotion: which industries a committee turns to, and with what money; channels and leading industries have files of their own."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Any

import numpy as np

from zonesim.behaviour.leading_industries import turned
from zonesim.behaviour.promotion_channels import channels_in_use, spread_over_channels
from zonesim.behaviour.promotion_parameters import PromotionParameters
from zonesim.columns import Array, Floats
from zonesim.compiled import kernel, rule
from zonesim.terms import Terms
from zonesim.world import World


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


@lru_cache(maxsize=64)
def _by_money(paid: bytes, usual: float, elasticity: float) -> Floats:
    """Return contacts by committee relative to those without a budget, for budgets as bytes: they are the same in most quarters."""
    return np.asarray(by_money.py_func(np.frombuffer(paid), usual, elasticity)[:, None])


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


def promote(world: World, terms: Terms, found: Floats, parameters: PromotionParameters, elasticity: float) -> Floats | None:
    """Change what committees find, ``[n_zones, n_industries]`` in place, by money, focus, differentiation, missing links, chains and channels.

    Returns:
        Cumulated weights of the channels, ``[channels, n_zones, n_industries]``; None when all is the committees' own.
    """
    zones, economy, n = world.zones, world.economy, world.n_places
    n_zones = zones.n
    zone = world.places.zone[:n]
    paid = 4.0 * zones.promotion_paid[:n_zones]
    if np.count_nonzero(paid):
        found *= _by_money(paid.tobytes(), parameters.usual_money, parameters.money)
    if terms.once(turned):
        _direct(
            zone, found, economy.leading, economy.advantage, terms["differentiation"], terms["embedding"], economy.missing_inputs,
            parameters.focus, parameters.overlap, elasticity,
        )  # fmt: skip
    chains = chain_gain(world, terms, parameters)
    if chains is not None:
        found *= chains[None, :]
    return spread_over_channels(world, terms, found, parameters) if terms.once(channels_in_use) else None
