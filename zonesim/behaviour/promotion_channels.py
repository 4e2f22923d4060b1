"""Channels of promotion: through whom a committee finds projects, and what such projects are like."""

from __future__ import annotations

from typing import Any

import numpy as np

from zonesim import draws
from zonesim.behaviour.applicants import CAPITAL, FEE, FINDER, INDUSTRY, JOBS, NEEDED_LAND, SINCERITY, VALUE_ADDED
from zonesim.behaviour.promotion_parameters import PromotionParameters
from zonesim.columns import Array, Floats
from zonesim.compiled import kernel
from zonesim.terms import Terms
from zonesim.terms.promotion import CHANNELS
from zonesim.world import World


def channels_in_use(terms: Terms) -> bool:
    """Tell whether anyone promotes through another channel than its own team."""
    return any(bool(terms[f"channel_{name}"].any()) for name in CHANNELS)


def _mix(terms: Terms) -> Floats:
    """Return the share of each channel by committee, its own team last."""
    mix = np.stack([*(terms[f"channel_{name}"] for name in CHANNELS), np.zeros_like(terms[f"channel_{CHANNELS[0]}"])])
    mix[-1] = np.maximum(0.0, 1.0 - mix.sum(axis=0))
    return mix


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


def spread_over_channels(world: World, terms: Terms, found: Floats, parameters: PromotionParameters) -> Floats:
    """Scale what committees find, ``[n_zones, n_industries]`` in place, by what each channel brings; return the channels' cumulated weights."""
    mix = terms.once(_mix)
    weights = np.zeros((len(mix), *found.shape))
    zone, near = world.places.zone[: world.n_places], world.economy.neighbourhood_own
    _spread_over_channels(zone, near, world.industries.input_output, mix, parameters.of_channels("volume"), found, weights)
    return weights


@kernel
def _through_channels(
    n: int, seed: Any, quarter: int, identity: Array, whole: Array, real: Floats, weights: Floats, size: Floats, sincere: Floats, fee: Floats, least: float,
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
        sincerity[a] = min(1.0, max(least, sincerity[a] + sincere[c]))
        owed[a] = fee[c] * capital[a]


def through_channels(world: World, applicants: Any, newcomers: int, weights: Floats, parameters: PromotionParameters) -> None:
    """Let each project that a committee found come by a channel, with its size, sincerity and fee.

    Draws: PROMOTION by identity.
    """
    a = applicants
    _through_channels(
        newcomers, draws.seed_key(world.seed), world.quarter, a.id, a.whole, a.real, weights, parameters.of_channels("size"),
        parameters.of_channels("sincerity"), parameters.of_channels("fee"), parameters.least_sincerity,
    )  # fmt: skip
