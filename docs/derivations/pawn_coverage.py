"""How often the interval of a PAWN index holds the true distance, of a model whose distances are known: y = x1 + x2 / 2, and x3 that does nothing.

Run: ``python docs/derivations/pawn_coverage.py`` (a minute); the shares stand in docs/ranking.md.
"""

import numpy as np

from zonesim.experiments.sensitivity import pawn, pawn_interval

WEIGHTS = (1.0, 0.5)


def exact():
    """Return the true distances: the distribution of y given one factor is that of the other, clip((y - a x) / b, 0, 1), averaged over a fine grid of x."""
    grid, y, found = (np.arange(400) + 0.5) / 400, np.linspace(0, sum(WEIGHTS), 4001)[:, None], []
    for own, other in (WEIGHTS, WEIGHTS[::-1]):
        given = np.clip((y - own * grid) / other, 0, 1)
        found.append(np.median([np.abs(given[:, k : k + 40].mean(axis=1) - given.mean(axis=1)).max() for k in range(0, 400, 40)]))
    return np.array([*found, 0.0])


def coverage(n, repetitions=200, tail=0.025):
    """Return in what share of Latin hypercubes of n points the interval, and the percentiles of the resamples, hold the true distance of each factor."""
    truth, held, naive = exact(), np.zeros(3), np.zeros(3)
    for k in range(repetitions):
        generator = np.random.default_rng([n, k])
        x = np.stack([(generator.permutation(n) + generator.random(n)) / n for _ in range(3)], axis=1)
        got = pawn(x, WEIGHTS[0] * x[:, 0] + WEIGHTS[1] * x[:, 1], 0, seed=k)
        low, high = pawn_interval(got, tail)
        held += (low <= truth) & (truth <= high)
        low, high = np.quantile(got.total_drawn, [tail, 1 - tail], axis=0)
        naive += (low <= truth) & (truth <= high)
    return held / repetitions, naive / repetitions


if __name__ == "__main__":
    print("true distances", exact().round(3))
    for points in (200, 1000):
        print(points, "points: interval, percentiles", *coverage(points))
