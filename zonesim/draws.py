"""Chance as a function: a draw depends on who draws, when and what for, never on the order of execution.

Philox4x32-10 (Salmon, Moraes, Dror and Shaw 2011, "Parallel random numbers: as easy as 1, 2, 3", SC'11) turns a
128-bit counter and a 64-bit key into 128 random bits. The key is the seed of the run; the counter holds

    c0, c1   identity of who draws (low and high half)
    c2       quarter
    c3       decision << 16 | block

so that two runs with one seed that differ in policy meet the same chance wherever the same enterprise takes the same
decision in the same quarter. ``block`` numbers further draws of one decision (one for each place, say).

Identities, quarters and blocks are not negative; blocks are below :data:`BLOCKS`.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Any, TypeAlias

import numpy as np

from zonesim.compiled import rule
from zonesim.errors import InputError

Whole: TypeAlias = int | np.integer[Any]

# One code for each decision that meets chance. A code is never given to another decision: frozen results depend on it.
PRODUCTIVITY_SHOCK = 1
EMPLOYMENT_ROUNDING = 2
EXIT = 3
ARRIVAL_SPACING = 4
ARRIVAL_TRAITS = 5
LOOK_AROUND = 6
PLACE_TASTE = 7
ORDER_TO_MOVE = 8
FATE = 9
SINCERITY = 10
RECLAIM = 11
GATE = 12
MANDATE = 13
INDUSTRY_SHOCK = 14
NATIONAL_SHOCK = 15
ACCIDENT = 16
POOL_ALLOCATION = 17
KNOWLEDGE = 18
RELOCATION = 19
FOUNDING = 20
REVIEW = 21
RECOGNITION = 22
PROMOTION = 23
COOPERATION = 24
BUILD = 25
REVITALISE = 26
RAID = 27
SPARE = 28  # for instruments of users
APPROVAL = 29
VERIFICATION = 30
INSPECTION = 40
EQUIPMENT = 41
EPISODE = 42
CULTIVATION = 43
PLATFORM = 44
CONVERSION = 45
INCUBATION = 46
BUYBACK = 61
LISTING = 62
LAND_MARKET = 50
OLD_BUILDING = 51
USE_CHANGE = 52
FACTORY_SALE = 53
LEADER_TENURE = 80
FIELD_QUALITY = 81
FIELD_YEAR = 82
WEIGHT_REVISION = 83
EXPANSION = 84

DECISIONS: dict[str, int] = {name: code for name, code in globals().items() if name.isupper() and type(code) is int}

BLOCKS = 1 << 16
"""Draws that one decision of one identity can make in one quarter, two numbers each."""

# Every word travels in 64 bits: no product of two 32-bit words and no sum below wraps around, so that Python and
# machine code agree without a warning.
_MULTIPLIER_0 = np.uint64(0xD2511F53)
_MULTIPLIER_1 = np.uint64(0xCD9E8D57)
_WEYL_0 = np.uint64(0x9E3779B9)
_WEYL_1 = np.uint64(0xBB67AE85)
_LOW = np.uint64(0xFFFFFFFF)
_32 = np.uint64(32)
_16 = np.uint64(16)
_12 = np.uint64(12)
_BLOCK_MASK = np.uint64(BLOCKS - 1)
_STEP = 2.0**-52
ROWS = 512  #: rows of a table for which draws are made at once: their 4 KB stay in the nearest cache


@lru_cache(maxsize=64)
def seed_key(seed: int) -> np.uint64:
    """Return the key of a run, as kernels take it.

    Raises:
        InputError: the seed is not a whole number of 64 bits.
    """
    if not 0 <= seed < 1 << 64:
        raise InputError(f"seed: {seed} is not between 0 and 2^64 - 1")
    return np.uint64(seed)


def replication_seed(seed: int, replication: int) -> int:
    """Return the seed of one replication of an experiment; 63 bits, so that every store of numbers can hold it.

    Baseline and reform of a comparison use the same one. Seed 0 is a seed like any other.

    >>> replication_seed(0, 0) != replication_seed(0, 1) != replication_seed(1, 0)
    True
    """
    sequence = np.random.SeedSequence(entropy=int(seed_key(seed)), spawn_key=(replication,))
    return int(sequence.generate_state(1, np.uint64)[0] >> np.uint64(1))


@rule
def philox(c0: Whole, c1: Whole, c2: Whole, c3: Whole, k0: Whole, k1: Whole) -> tuple[np.uint64, np.uint64, np.uint64, np.uint64]:
    """Return the four 32-bit words of Philox4x32-10 (each in 64 bits) for a counter and a key of 32-bit words.

    Source: Salmon et al. (2011), checked against the known-answer vectors of Random123.
    """
    x0, x1, x2, x3 = np.uint64(c0), np.uint64(c1), np.uint64(c2), np.uint64(c3)
    y0, y1 = np.uint64(k0), np.uint64(k1)
    for _ in range(10):
        product_0 = _MULTIPLIER_0 * x0
        product_1 = _MULTIPLIER_1 * x2
        x0 = (product_1 >> _32) ^ x1 ^ y0
        x1 = product_1 & _LOW
        x2 = (product_0 >> _32) ^ x3 ^ y1
        x3 = product_0 & _LOW
        y0 = (y0 + _WEYL_0) & _LOW
        y1 = (y1 + _WEYL_1) & _LOW
    return x0, x1, x2, x3


@rule
def open_unit(bits: Whole) -> float:
    """Return the number of the open interval (0, 1) for 64 random bits: the middle of one of 2^52 equal parts."""
    return (np.float64(np.uint64(bits) >> _12) + 0.5) * _STEP


@rule
def uniforms(seed: Whole, decision: Whole, quarter: Whole, identity: Whole, block: Whole) -> tuple[float, float]:
    """Return two independent uniform draws from the open interval (0, 1).

    Args:
        seed: key of the run (:func:`seed_key`).
        decision: one of :data:`DECISIONS`.
        quarter: when.
        identity: who, by a number that means the same one in both runs of a comparison.
        block: which draw of this decision.
    """
    key = np.uint64(seed)
    who = np.uint64(identity)
    what = (np.uint64(decision) << _16) | (np.uint64(block) & _BLOCK_MASK)
    r0, r1, r2, r3 = philox(who & _LOW, who >> _32, np.uint64(quarter) & _LOW, what, key & _LOW, key >> _32)
    first = (np.uint64(r1) << _32) | np.uint64(r0)
    second = (np.uint64(r3) << _32) | np.uint64(r2)
    return open_unit(first), open_unit(second)


@rule
def uniform(seed: Whole, decision: Whole, quarter: Whole, identity: Whole, block: Whole) -> float:
    """Return one uniform draw from the open interval (0, 1): the first of :func:`uniforms`."""
    return uniforms(seed, decision, quarter, identity, block)[0]


@rule
def uniform_rows(seed: Whole, decision: Whole, quarter: Whole, identities: Any, block: Whole, out: Any) -> None:
    """Write one uniform draw for each identity, the same as :func:`uniform` gives.

    A loop of its own runs through the vector unit, eight draws at a time: 3 nanoseconds each instead of 12.
    """
    for i in range(len(out)):
        out[i] = uniforms(seed, decision, quarter, identities[i], block)[0]


@rule
def uniform_blocks(seed: Whole, decision: Whole, quarter: Whole, identity: Whole, out: Any) -> None:
    """Write one uniform draw for each block from 0 on, the same as :func:`uniform` gives (see :func:`uniform_rows`)."""
    for k in range(len(out)):
        out[k] = uniforms(seed, decision, quarter, identity, k)[0]


@rule
def as_gumbel(u: float) -> float:
    """Return the standard Gumbel value at a uniform draw, −ln(−ln u); it lies between −3.7 and 36.8."""
    return -math.log(-math.log(u))


@rule
def as_laplace(u: float, scale: float) -> float:
    """Return the Laplace value at a uniform draw: mean 0, standard deviation √2 scale."""
    if u < 0.5:
        return scale * math.log(2.0 * u)
    return -scale * math.log(2.0 * (1.0 - u))


@rule
def as_exponential(u: float) -> float:
    """Return the exponential value of mean 1 at a uniform draw, −ln u."""
    return -math.log(u)


@rule
def as_normals(u1: float, u2: float) -> tuple[float, float]:
    """Return two independent standard normal values for two uniform draws (Box and Muller 1958)."""
    radius = math.sqrt(-2.0 * math.log(u1))
    angle = 2.0 * math.pi * u2
    return radius * math.cos(angle), radius * math.sin(angle)


@rule
def gumbel(seed: Whole, decision: Whole, quarter: Whole, identity: Whole, block: Whole) -> float:
    """Return one standard Gumbel draw (mean 0.5772, standard deviation π/√6)."""
    return as_gumbel(uniforms(seed, decision, quarter, identity, block)[0])


@rule
def laplace(seed: Whole, decision: Whole, quarter: Whole, identity: Whole, block: Whole, scale: float) -> float:
    """Return one Laplace draw with mean 0 and standard deviation √2 scale."""
    return as_laplace(uniforms(seed, decision, quarter, identity, block)[0], scale)


@rule
def normal(seed: Whole, decision: Whole, quarter: Whole, identity: Whole, block: Whole) -> float:
    """Return one standard normal draw."""
    u1, u2 = uniforms(seed, decision, quarter, identity, block)
    return as_normals(u1, u2)[0]


@rule
def normal_rows(seed: Whole, decision: Whole, quarter: Whole, first: Whole, out: Any) -> None:
    """Write one standard normal draw for each of the identities that follow each other from ``first`` on, the same as :func:`normal` gives."""
    for i in range(len(out)):
        out[i] = normal(seed, decision, quarter, np.uint64(first) + np.uint64(i), 0)


@rule
def exponential(seed: Whole, decision: Whole, quarter: Whole, identity: Whole, block: Whole) -> float:
    """Return one exponential draw of mean 1."""
    return as_exponential(uniforms(seed, decision, quarter, identity, block)[0])
