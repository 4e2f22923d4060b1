"""Promotion: which industries a committee turns to, and with what money; channels and leading industries have files of their own."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Any

import numpy as np

from zonesim.behaviour.leading_industries import turned
from zonesim.behaviour.promotion_channels import channel_mix, channels_in_use, spread_over_channels
from zonesim.behaviour.promotion_parameters import PromotionParameters
from zonesim.columns import Array, Floats
from zonesim.compiled import rule
from zonesim.terms import Terms
from zonesim.world import World

NO_MIX = np.zeros((0, 0))  #: of channels, where all is found by the committees' own teams


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


@rule
def direct(
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
    return np.asarray(by_money.py_func(np.frombuffer(paid), usual, elasticity))


@rule
def gain_of_chains(output: Floats, prior: Floats, count: Any, gain: Any, out: Floats) -> None:
    """Write ``gain`` for the largest industries with a prior, the first of equals first, and 1 for all others."""
    size = np.zeros(len(prior))
    for p in range(len(output)):
        for j in range(len(prior)):
            size[j] += output[p, j]
    for j in range(len(prior)):
        out[j] = 1.0
        if prior[j] > 0.0:
            larger = 0
            for i in range(len(prior)):
                if prior[i] > 0.0 and (size[i] > size[j] or (size[i] == size[j] and i < j)):
                    larger += 1
            if larger < count:
                out[j] = gain


@rule
def promote(
    found: Floats, zone: Array, money: Floats, turned: Any, leading: Floats, advantage: Floats, differentiation: Floats, embedding: Floats, missing: Floats,
    focus: Any, overlap: Any, elasticity: Any, output: Floats, prior: Floats, chains: Any, gain: Any, near: Floats, input_output: Floats, mix: Floats,
    volume: Floats, weights: Floats,
) -> None:  # fmt: skip
    """Change what committees find, ``[n_zones, n_industries]`` in place, by money, focus, differentiation, missing links, chains and channels.

    Args:
        found: projects of a quarter by committee and industry.
        zone, money, turned, leading, advantage, differentiation, embedding, missing, focus, overlap, elasticity: see :func:`direct`, :func:`by_money`.
        output, prior, chains, gain: see :func:`gain_of_chains`; ``chains`` below 0 where the city has none.
        near, input_output, mix, volume: see :func:`spread_over_channels`; ``mix`` is empty when all is the committees' own.
        weights: cumulated weights of the channels, ``[channels, n_zones, n_industries]``, are written here.
    """
    n_zones, m = found.shape
    for z in range(n_zones):
        for j in range(m):
            found[z, j] *= money[z]
    if turned:
        direct(zone, found, leading, advantage, differentiation, embedding, missing, focus, overlap, elasticity)
    if chains >= 0:
        of_chains = np.empty(m)
        gain_of_chains(output, prior, chains, gain, of_chains)
        for z in range(n_zones):
            for j in range(m):
                found[z, j] *= of_chains[j]
    if len(mix) > 0:
        spread_over_channels(zone, near, input_output, mix, volume, found, weights)


def promotion_of(world: World, terms: Terms, parameters: PromotionParameters, elasticity: float) -> tuple[Any, ...]:
    """Return what :func:`promote` is told of a quarter, in its order after ``found``.

    Of chains the largest industries gain (1 + teams / chains)^e contacts.
    """
    zones, economy, n_zones = world.zones, world.economy, world.zones.n
    paid = 4.0 * zones.promotion_paid[:n_zones]
    chains = float(terms["chain_count"])
    some = math.isfinite(chains)
    gain = (1.0 + parameters.chain_teams / chains) ** parameters.chain_pull if some else 1.0
    mix = terms.once(channel_mix) if terms.once(channels_in_use) else NO_MIX
    return (
        world.places.zone[: world.n_places], _by_money(paid.tobytes(), parameters.usual_money, parameters.money), terms.once(turned), economy.leading,
        economy.advantage, terms["differentiation"], terms["embedding"], economy.missing_inputs, parameters.focus, parameters.overlap, elasticity,
        world.flows.output, world.industries.zone_prior, int(chains) if some else -1, gain, economy.neighbourhood_own, world.industries.input_output, mix,
        parameters.of_channels("volume"), np.zeros((len(mix), n_zones, world.n_industries)),
    )  # fmt: skip
