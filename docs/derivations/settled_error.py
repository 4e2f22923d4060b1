"""How often ``--until settled`` settles what is not so: near ties whose order is known, and exact ties, in designs that are doubled until something is settled.

Run as ``python docs/derivations/settled_error.py [sweeps]``; the table stands in ``docs/sweeps.md``.

    y = k a c + b, all uniform on (0, 1), e normal luck with its own value for each base row and each point

has total variances k^2/36 of a and of c, 1/12 of b (equal at k = sqrt 3), and mean absolute effects k/2 of a and of c, 1 of b (equal at k = 2). In the near ties b is larger by
10 % (mean absolute effect) or 20 % (variance). An order is settled wrongly where a or c is said to be first, or, in a tie, anything at all.
"""

from __future__ import annotations

import math
import sys

import numpy as np

from zonesim.experiments.design import Recipe, make_design
from zonesim.experiments.factors import Factor
from zonesim.experiments.observed import Observed
from zonesim.experiments.ranking import rank
from zonesim.targets import wilson

MOST = {"morris": 1024, "sobol": 2048}
FIRST = {"morris": 16, "sobol": 32}
CASES = [  # method, k, spread of luck of a point, replications
    ("morris", 2 / 1.1, 0.0, 1), ("morris", 2.0, 0.0, 1), ("morris", 2 / 1.1, 0.2, 2), ("morris", 2.0, 0.2, 2),
    ("sobol", math.sqrt(3 / 1.2), 0.0, 1), ("sobol", math.sqrt(3), 0.0, 1), ("sobol", math.sqrt(3 / 1.2), 0.1, 2), ("sobol", math.sqrt(3), 0.1, 2),
]  # fmt: skip


def ended(method: str, k: float, spread: float, replications: int, seed: int) -> str | None:
    """Return the lever that is said to be first when the order is settled; None where it stays open to the end."""
    factors = tuple(Factor(name, "lever", "float") for name in "abc")
    design = make_design(Recipe(method=method, samples=MOST[method], levels=16), factors, seed)
    rng = np.random.default_rng([seed, 9])
    a, b, c = design.number[:, 0], design.number[:, 1], design.number[:, 2]
    y = (k * a * c + b)[:, None] + spread * rng.standard_normal((len(a), replications))
    same = design.number[:, :3]
    if method == "morris":  # only the dummy moved: the same run
        y = np.where((np.diff(same, axis=0, prepend=np.nan) == 0).all(axis=1)[:, None], np.roll(y, 1, axis=0), y)
    else:
        dummy = design.part == 4
        y[dummy] = y[design.part == 0]
    of = np.arange(4)
    n, look = FIRST[method], 1
    while n <= MOST[method]:
        rows = design.base < n
        seen = Observed(
            method, ("a", "b", "c", "dummy"), (3,), of, design.unit[rows], design.scramble[rows], design.base[rows], design.part[rows], y[rows], luck="by_row"
        )
        found = rank(seen, top=1, look=look)
        if found.settled:
            return str(found.rows[0]["lever"])
        n, look = 2 * n, look + 1
    return None


def main() -> None:
    """Print a row for each case."""
    sweeps = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    print("| Design | True order | Luck | Sweeps | Settled wrongly | 95 % interval | Settled rightly |\n|---|---|---|---|---|---|---|")
    for method, k, spread, replications in CASES:
        tie = k in (2.0, math.sqrt(3))
        first = [ended(method, k, spread, replications, seed) for seed in range(sweeps)]
        wrong = sum(one is not None and (tie or one != "b") for one in first)
        right = "" if tie else f"{sum(one == 'b' for one in first)}"
        low, high = wilson(wrong, sweeps)
        print(f"| {method} | {'tie' if tie else 'near tie'} | {spread:g} | {sweeps} | {wrong} | {100 * low:.1f} to {100 * high:.1f} % | {right} |", flush=True)


if __name__ == "__main__":
    main()
