"""Which column of a Sobol sequence goes with which: a total index is a mean over pairs of values of one factor, and some pairs of columns are far from even in two dimensions.

Of n factors the first n columns are A and the others B. As they come, column j and column n + j may lie on a few lines in designs of a few hundred rows: with 39 factors and 64 rows the
mean of (x - x')^2 had up to 5 times the standard error of independent points, which no bootstrap over rows shows. The columns of B are therefore dealt out so that these pairs are as even as they can be.
"""

from __future__ import annotations

import functools
import itertools

import numpy as np

from zonesim.columns import Array, Floats

SIZES = range(5, 10)  #: logarithms of the numbers of base rows for which pairs are chosen: 32 to 512; beyond, all pairs are fine
DIGITS = 8  #: binary digits of both columns together that are looked at; the error of others is below a thousandth


@functools.cache
def partners(n: int) -> tuple[int, ...]:
    """Return, for each factor, the column of the second half of a Sobol sequence of 2n columns that is paired with its column of the first half."""
    from scipy.optimize import linear_sum_assignment

    cost = sum((error_of_pairs(n, size) ** 2 for size in SIZES), start=np.zeros((n, n)))  # squared: no pair shall be bad in any size
    return tuple(int(one) for one in linear_sum_assignment(cost)[1])


def error_of_pairs(n: int, size: int) -> Floats:
    r"""Return the variance of the mean of x x' over a scrambled sequence of 2^size rows, times the rows, in a common unit, for each column x of the first half and x' of the second ``[n, n]``.

    By Walsh functions: x is 1/2 less the sum of its binary digits' signs :math:`2^{-k-1} w_k`, and the mean of :math:`w_k w'_l` over a digital net is one where digit k of x and l of x' are the same
    combination of the bits of the row's number, else zero. A scramble adds to each digit a random combination of the ones before it: they become the same with chance :math:`2^{-r}`, r the rank of all digits
    before them, if the sum of the two is a combination of these, and never otherwise. All numbers are powers of two, so that every machine finds the same.
    """
    digits = _digits(2 * n, size)
    x, other = digits[:n, None], digits[None, n:]
    found = np.zeros((n, n))
    for k, j in itertools.product(range(min(size, DIGITS - 1)), repeat=2):
        if k + j + 2 > DIGITS:
            continue
        before: list[Array] = []
        for one in (*(x[..., i] for i in range(k)), *(other[..., i] for i in range(j))):
            before.append(_rest(np.broadcast_to(one, (n, n)), before))
        same = _rest(x[..., k] ^ other[..., j], before) == 0
        rank = sum((one != 0 for one in before), start=np.zeros((n, n), dtype=np.int64))
        found += np.where(same, 4.0 ** -(k + j) * 2.0**-rank, 0.0)
    return found * 2.0**size


def _rest(one: Array, basis: list[Array]) -> Array:
    """Return what is left of combinations of bits when those of a basis are taken out (each of the basis is what was left of it)."""
    for other in basis:
        one = np.minimum(one, one ^ other)
    return one


def _digits(columns: int, size: int) -> Array:
    """Return, for each column of a Sobol sequence and each binary digit of its values, the bits of the row's number that it is the sum of ``[columns, size]``."""
    from scipy.stats import qmc

    rows = 2**size
    points = (qmc.Sobol(columns, scramble=False).random(rows) * rows).astype(np.int64)
    steps = points[[2 ** (bit + 1) - 1 for bit in range(size)]]  # where the Gray code of the row's number has one bit alone
    places = np.arange(size - 1, -1, -1)
    return np.asarray(sum(((steps[bit][:, None] >> places) & 1) << bit for bit in range(size)))
