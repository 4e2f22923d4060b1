"""Applicants: the projects and enterprises that look for a place, and what they are like."""

from __future__ import annotations

import math
from enum import IntEnum
from typing import Any

import numpy as np

from zonesim import draws
from zonesim.columns import Array, Floats, Table, column
from zonesim.compiled import kernel
from zonesim.world.industries import USUAL_FAR


class Channel(IntEnum):
    """How a project comes to look for a place."""

    BORN = 0
    ATTRACTED = 1
    TRANSFERRED = 2
    MAJOR = 3
    INCUMBENT = 4


INCUMBENT = int(Channel.INCUMBENT)
AHEAD = 1000.0
"""Points by which major projects go before all others: more than any score."""


class Applicants(Table):
    """Projects and enterprises that look for a place; newcomers in the order of identity, then incumbents.

    Columns of one type are rows of one matrix (``whole``, ``real``, ``flags``), which kernels take instead of twenty arrays: an argument costs
    150 nanoseconds a call. A kernel names the rows that it reads at its head.
    """

    id: Array = column("u8", unit="", doc="identity: quarter x 2^40 + channel x 2^36 + cell x 2^16 + number")
    channel: Array = column("i4", unit="", doc="Channel")
    enterprise: Array = column("i4", unit="", doc="row of the enterprise; -1 newcomer", fill=-1)
    industry: Array = column("i4", unit="", doc="industry")
    weight: Array = column("i4", unit="enterprises", doc="enterprises that it stands for", fill=1)
    finder: Array = column("i4", unit="", doc="committee that found it; -1 none", fill=-1)
    partner: Array = column("i4", unit="", doc="partner region that it comes from; -1 none", fill=-1)
    county: Array = column("i4", unit="", doc="home county; -1 none", fill=-1)
    place: Array = column("i4", unit="", doc="present place; -1 newcomer", fill=-1)
    value_added: Array = column("f8", unit="10k CNY/quarter", doc="value added at the region's mean place effect")
    capital: Array = column("f8", unit="10k CNY", doc="capital it will put in")
    employment: Array = column("f8", unit="persons", doc="persons it will employ")
    land: Array = column("f8", unit="m2", doc="land it needs at the usual plot ratio")
    sincerity: Array = column("f8", unit="share", doc="share of its promise that it will make", fill=1)
    emission: Array = column("f8", unit="factor", doc="emission intensity relative to its industry", fill=1)
    bound: Array = column("f8", unit="uniform", doc="closed sites are closed to it when below their closed share", fill=1)
    passed_on: Array = column("f8", unit="uniform", doc="its finder passes it on when below the willingness")
    screen: Array = column("f8", unit="uniform", doc="luck at the screening")
    directed: Array = column("f8", unit="uniform", doc="a major project is directed when below the priority share", fill=1)
    fee: Array = column("f8", unit="10k CNY", doc="due to who brought it, when it settles")
    safe: Array = column("b1", unit="", doc="passes a safety check", fill=1)
    ordered: Array = column("b1", unit="", doc="ordered to move into a zone")
    high_tech: Array = column("b1", unit="", doc="recognised high-tech")
    foreign: Array = column("b1", unit="", doc="foreign-invested")

    def __init__(self, n: int = 0) -> None:
        """Make room for n applicants; ``draw_traits`` and ``seat_incumbents`` write every column."""
        self.n = n
        self.id = np.empty(n, dtype=np.uint64)
        self.whole = np.empty((len(WHOLE), n), dtype=np.int32)
        self.real = np.empty((len(REAL), n))
        self.flags = np.empty((len(FLAGS), n), dtype=np.bool_)

    def __getattr__(self, name: str) -> Array:
        """Return a column by its name: the row of its matrix, made when asked for (few are)."""
        for names, matrix in ((WHOLE, "whole"), (REAL, "real"), (FLAGS, "flags")):
            if name in names:
                row: Array = self.__dict__[matrix][names.index(name)]
                return row
        raise AttributeError(f"applicants have no {name!r}")

    def take(self, rows: Array) -> Applicants:
        """Return some of the applicants."""
        some = Applicants(len(rows))
        for name in self.columns:
            getattr(some, name)[:] = getattr(self, name)[rows]
        return some


WHOLE, REAL, FLAGS = (tuple(name for name, meaning in Applicants.columns.items() if meaning.dtype == kind) for kind in ("i4", "f8", "b1"))
CHANNEL, ENTERPRISE, INDUSTRY, WEIGHT, FINDER, PARTNER, COUNTY, PLACE = range(len(WHOLE))
VALUE_ADDED, CAPITAL, JOBS, NEEDED_LAND, SINCERITY, EMISSION, BOUND, PASSED_ON, SCREEN, DIRECTED, FEE = range(len(REAL))
SAFE, ORDERED, HIGH_TECH, FOREIGN = range(len(FLAGS))


@kernel
def draw_traits(
    n_cells: int, seed: Any, quarter: int, keys: Array, counts: Array, channel: Array, industry: Array, finder: Array, county: Array,
    partner: Array, sizes: Floats, typical_size: Floats, trend: float, traits: Floats, ratio: Floats, labour_share: Floats, production_tax: Floats,
    wage_level: Floats, wage_index: float, land_per_capital: Floats, foreign: float,
    dangerous: Array, weight: int, hoarding: float, a_id: Array, whole: Array, real: Floats, flags: Array,
) -> None:  # fmt: skip
    """Draw what each newcomer is like: size, land, sincerity, emissions, safety, and its luck at gates.

    value added = weight x size of the channel x typical size of the industry x exp(s z - s^2/2); capital and jobs at the industry's
    ratios; sincerity ``hoards`` x ``hoarding`` (below which nobody builds) for those who hoard land, else mean + U(-0.25, 0.25), at most 1.
    """
    a_channel, a_enterprise, a_industry, a_weight = whole[CHANNEL], whole[ENTERPRISE], whole[INDUSTRY], whole[WEIGHT]
    a_finder, a_partner, a_county, a_place = whole[FINDER], whole[PARTNER], whole[COUNTY], whole[PLACE]
    a_value, a_capital, a_jobs, a_land, a_fee = real[VALUE_ADDED], real[CAPITAL], real[JOBS], real[NEEDED_LAND], real[FEE]
    a_sincerity, a_emission, a_bound, a_passed = real[SINCERITY], real[EMISSION], real[BOUND], real[PASSED_ON]
    a_screen, a_directed = real[SCREEN], real[DIRECTED]
    a_safe, a_ordered, a_high_tech, a_foreign = flags[SAFE], flags[ORDERED], flags[HIGH_TECH], flags[FOREIGN]
    spread, hoarders, sincerity, unsafe_share, emission_spread, emission_centre, attracted_foreign, more_dangerous, hoards = traits
    n = 0
    for c in range(n_cells):
        for k in range(counts[c]):
            identity = (np.uint64(quarter) << np.uint64(40)) + keys[c] + np.uint64(k)
            j = industry[c]
            w = weight if channel[c] == 0 else 1
            z = draws.normal(seed, draws.ARRIVAL_TRAITS, quarter, identity, 0)
            value = w * (sizes[channel[c]] * (typical_size[j] * trend)) * math.exp(spread * z - 0.5 * spread * spread)
            u1, u2 = draws.uniforms(seed, draws.ARRIVAL_TRAITS, quarter, identity, 1)
            u3, u4 = draws.uniforms(seed, draws.ARRIVAL_TRAITS, quarter, identity, 2)
            u5, u6 = draws.uniforms(seed, draws.ARRIVAL_TRAITS, quarter, identity, 3)
            u7, _ = draws.uniforms(seed, draws.ARRIVAL_TRAITS, quarter, identity, 4)
            a_id[n] = identity
            a_channel[n] = channel[c]
            a_enterprise[n] = -1
            a_place[n] = -1
            a_ordered[n] = False
            a_high_tech[n] = False
            a_industry[n] = j
            a_weight[n] = w
            a_finder[n] = finder[c]
            a_partner[n] = partner[c]
            a_county[n] = county[c]
            a_value[n] = value
            a_capital[n] = ratio[j] * 4.0 * value
            a_jobs[n] = max(1.0 * w, labour_share[j] * (1 - production_tax[j]) * 4.0 * value / (wage_level[j] * wage_index))
            a_land[n] = land_per_capital[j] * a_capital[n]
            if u1 < hoarders and a_land[n] > 0.0:
                a_sincerity[n] = hoards * hoarding
            else:
                a_sincerity[n] = min(1.0, sincerity + 0.5 * (u2 - 0.5))
            a_emission[n] = math.exp(emission_spread * draws.normal(seed, draws.ARRIVAL_TRAITS, quarter, identity, 5) - emission_centre)
            a_safe[n] = u3 >= unsafe_share * (1.0 + (more_dangerous - 1.0) * dangerous[j])
            a_bound[n] = u4
            a_passed[n] = u5
            a_screen[n] = u6
            a_directed[n] = u7
            a_fee[n] = 0.0
            a_foreign[n] = (channel[c] == 1 and u2 < attracted_foreign) or (channel[c] == 2 and u2 < foreign)
            n += 1


@kernel
def seat_incumbents(
    first: int, who: Array, effect: Floats, identity: Array, industry: Array, weight: Array, place: Array, county_of: Array, value: Floats,
    capital: Floats, employment: Array, land: Array, floor: Array, ordered: Array, high_tech: Array, foreign: Array, emission: Array,
    land_per_capital: Floats, emission_mean: Floats, a_id: Array, whole: Array, real: Floats, flags: Array, looked: Floats,
) -> None:  # fmt: skip
    """Enter the sitting enterprises that look around, after the newcomers."""
    a_channel, a_enterprise, a_industry, a_weight = whole[CHANNEL], whole[ENTERPRISE], whole[INDUSTRY], whole[WEIGHT]
    a_finder, a_partner, a_county, a_place = whole[FINDER], whole[PARTNER], whole[COUNTY], whole[PLACE]
    a_value, a_capital, a_jobs, a_land, a_fee = real[VALUE_ADDED], real[CAPITAL], real[JOBS], real[NEEDED_LAND], real[FEE]
    a_sincerity, a_emission, a_bound, a_passed = real[SINCERITY], real[EMISSION], real[BOUND], real[PASSED_ON]
    a_screen, a_directed = real[SCREEN], real[DIRECTED]
    a_safe, a_ordered, a_high_tech, a_foreign = flags[SAFE], flags[ORDERED], flags[HIGH_TECH], flags[FOREIGN]
    for k in range(len(who)):
        i, n = who[k], first + k
        j, p = industry[i], place[i]
        a_id[n] = identity[i]
        a_channel[n] = INCUMBENT
        a_enterprise[n] = i
        a_industry[n] = j
        a_weight[n] = weight[i]
        a_finder[n] = -1
        a_partner[n] = -1
        a_county[n] = county_of[p]
        a_place[n] = p
        a_value[n] = max(value[i], 1e-6) * effect[k]
        a_capital[n] = capital[i]
        a_jobs[n] = employment[i]
        a_land[n] = max(land[i], floor[i] / USUAL_FAR) if land_per_capital[j] > 0 else 0.0
        a_sincerity[n] = 1.0
        a_emission[n] = emission[i] / emission_mean[j]
        a_safe[n] = True
        a_bound[n] = 1.0
        a_passed[n] = 0.0
        a_screen[n] = 0.0
        a_directed[n] = 1.0
        a_ordered[n] = ordered[i]
        a_high_tech[n] = high_tech[i]
        a_foreign[n] = foreign[i]
        a_fee[n] = 0.0
        looked[p] += weight[i]
