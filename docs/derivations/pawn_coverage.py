"""How often the interval of a PAWN index holds the true distance, of five models of which the first chose the rule and the others are a test of it.

The last factor of each does nothing. The distances of the first model are known; those of the others are estimated with a million points, where the
bias of an estimate, about 1 / sqrt(points of a slice), is 0.003.

Run: ``python docs/derivations/pawn_coverage.py`` (ten minutes); the shares stand in docs/ranking.md.
"""

from collections.abc import Callable

import numpy as np

from zonesim.experiments.sensitivity import pawn, pawn_interval

WEIGHTS = (1.0, 0.5)
MANY = 1_000_000


def line(x):
    """y = x1 + x2 / 2."""
    return WEIGHTS[0] * x[:, 0] + WEIGHTS[1] * x[:, 1]


def ishigami(x):
    """sin z1 + 7 sin^2 z2 + 0.1 z3^4 sin z1, z uniform in (-pi, pi)."""
    z = np.pi * (2 * x - 1)
    return np.sin(z[:, 0]) + 7 * np.sin(z[:, 1]) ** 2 + 0.1 * z[:, 2] ** 4 * np.sin(z[:, 0])


def g_function(x):
    """Sobol's g with a = 0, 1, 4.5, 9."""
    a = np.array([0, 1, 4.5, 9])
    return np.prod((np.abs(4 * x[:, :4] - 2) + a) / (1 + a), axis=1)


def skewed(x):
    """The exponential of a sum: a heavy tail, as money has."""
    return np.exp(2 * x[:, 0] + x[:, 1] + 0.3 * x[:, 2])


def threshold(x):
    """Few values, with ties: a switch that counts beyond a threshold, as a number of targets met does."""
    return np.floor(3 * x[:, 0] + x[:, 1] * (x[:, 0] > 0.5))


MODELS: dict[Callable, int] = {line: 3, ishigami: 4, g_function: 5, skewed: 4, threshold: 3}
"""Models, and how many factors each has with the one that does nothing."""


def exact():
    """Return the true distances of ``line``: the distribution of y given one factor is that of the other, clip((y - a x) / b, 0, 1), averaged over a fine grid of x."""
    grid, y, found = (np.arange(400) + 0.5) / 400, np.linspace(0, sum(WEIGHTS), 4001)[:, None], []
    for own, other in (WEIGHTS, WEIGHTS[::-1]):
        given = np.clip((y - own * grid) / other, 0, 1)
        found.append(np.median([np.abs(given[:, k : k + 40].mean(axis=1) - given.mean(axis=1)).max() for k in range(0, 400, 40)]))
    return np.array([*found, 0.0])


def estimated(model, factors):
    """Return the distances of a model from many points; that of the factor that does nothing is 0."""
    x = np.random.default_rng(0).random((MANY, factors))
    return np.array([*pawn(x, model(x), 0, resamples=1).total[:-1], 0.0])


def coverage(model, factors, truth, n, repetitions=200, tail=0.025):
    """Return in what share of Latin hypercubes of n points the interval, and the percentiles of the resamples, hold the true distance of each factor."""
    held, naive = np.zeros(factors), np.zeros(factors)
    for k in range(repetitions):
        generator = np.random.default_rng([n, k])
        x = np.stack([(generator.permutation(n) + generator.random(n)) / n for _ in range(factors)], axis=1)
        got = pawn(x, model(x), 0, seed=k)
        low, high = pawn_interval(got, tail)
        held += (low <= truth) & (truth <= high)
        low, high = np.quantile(got.total_drawn, [tail, 1 - tail], axis=0)
        naive += (low <= truth) & (truth <= high)
    return held / repetitions, naive / repetitions


if __name__ == "__main__":
    print("line: true distances", exact().round(3), "estimated", estimated(line, 3).round(3))
    for model, factors in MODELS.items():
        truth = exact() if model is line else estimated(model, factors)
        print(model.__name__, truth.round(3))
        for points in (200, 1000):
            print(" ", points, "points: interval, percentiles", *coverage(model, factors, truth, points), flush=True)
