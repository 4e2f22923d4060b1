"""How often the intervals of a ranking hold the truth: Sobol, Morris, FAST and factorial designs, and the ranks, of models whose indices are known.

The last factor of each model does nothing. Truths are integrals over a tensor grid that is exact for these models (to 1e-6), with the luck of a point's
mean in the variance where it does not cancel. Every repetition makes a design of its own, outcomes of its own, and the ranking that a user would see.

Run: ``python docs/derivations/interval_coverage.py [repetitions [words of the cases]]`` (ten minutes for 300); the table stands in docs/ranking.md.
"""

from __future__ import annotations

import itertools
import math
import sys
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from zonesim.experiments.design import Recipe, make_design
from zonesim.experiments.factors import Factor
from zonesim.experiments.observed import Observed
from zonesim.experiments.ranking import INDEX, rank
from zonesim.targets import wilson

LEAST = 30  #: intervals of a factor from which on their share is told: a rank is given where a lever is told from the dummy alone
NODES = 12  #: of Gauss and Legendre, in each half of the range of a continuous factor


def ishigami(x):
    """sin z1 + 7 sin^2 z2 + 0.1 z3^4 sin z1, z uniform in (-pi, pi)."""
    z = np.pi * (2 * x - 1)
    return np.sin(z[..., 0]) + 7 * np.sin(z[..., 1]) ** 2 + 0.1 * z[..., 2] ** 4 * np.sin(z[..., 0])


def g_function(x):
    """Sobol's g with a = 0, 1, 4.5, 9."""
    a = np.array([0, 1, 4.5, 9])
    return np.prod((np.abs(4 * x[..., :4] - 2) + a) / (1 + a), axis=-1)


def line(x):
    """2 a + b + c / 2 + d / 4."""
    return x[..., :4] @ np.array([2, 1, 0.5, 0.25])


def switch(x):
    """A switch (the first) that counts by itself and doubles what the second does, beside a third."""
    return x[..., 0] + x[..., 1] * (1 + x[..., 0]) + 0.5 * x[..., 2]


def switches(x):
    """Six switches, two of which work together, as groups of instruments do."""
    return x[..., :6] @ np.array([2, 1, 1, 0.5, 0.25, 0]) + 1.5 * x[..., 0] * x[..., 1]


def sparse(x):
    """Three of ten factors count, and two of them together."""
    return 2 * x[..., 0] - x[..., 1] + 0.5 * x[..., 2] + x[..., 0] * x[..., 1]


def busy(x):
    """Eight of ten factors count."""
    return x[..., :8] @ np.array([2, -1.7, 1.4, -1.2, 1, 0.8, -0.6, 0.4])


MANY = 0.9 ** np.arange(37)


def many(x):
    """Thirty-seven factors that add up, each a tenth smaller than the one before: as many columns as an experiment of the package has."""
    return (x[..., :37] * MANY).sum(axis=-1)


@dataclass(frozen=True)
class Model:
    """A model: its function, how many factors it reads, with the one that does nothing, which of them are switches, and the weights of one that only adds up."""

    function: Callable
    factors: int
    switched: tuple[int, ...] = ()
    weights: np.ndarray | None = None

    def made(self, groups: dict[int, str]) -> tuple[Factor, ...]:
        """Return its factors."""
        names = [f"x{i + 1}" for i in range(self.factors - 1)] + ["idle"]
        return tuple(
            Factor(name, "lever", "boolean", values=(False, True), group=groups.get(i, ""))
            if i in self.switched
            else Factor(name, "lever", "float", group=groups.get(i, ""))
            for i, name in enumerate(names)
        )


MODELS = {
    "Ishigami": Model(ishigami, 4),
    "g": Model(g_function, 5),
    "line": Model(line, 5),
    "switch": Model(switch, 4, (0,)),
    "switches": Model(switches, 7, (0, 1, 2, 3, 4, 5, 6)),
    "sparse": Model(sparse, 10),
    "busy": Model(busy, 10),
    "many": Model(many, 38, weights=MANY),
}


@dataclass(frozen=True)
class Case:
    """A model in a design: luck is the standard deviation of a run's own luck, factors of one group vary together."""

    model: str
    recipe: Recipe
    luck: float = 0.0
    replications: int = 1
    luck_of: str = "common"
    groups: tuple[tuple[int, str], ...] = ()

    def called(self) -> str:
        """Return what it is called in the table."""
        one = self.recipe
        size = {"sobol": f"{one.samples} base rows", "morris": f"{one.samples} trajectories", "fast": f"{one.samples} points", "factorial": "folded"}[
            one.method
        ]
        times = f" × {one.scrambles} scrambles" if one.scrambles > 1 else ""
        grouped = ", grouped" if self.groups else ""
        luck = f", luck {self.luck:g} {self.luck_of}" if self.luck else ""
        return f"{one.method}, {size}{times}{grouped}{luck}"


def sobol(samples, scrambles=1, second=False):
    """Return a Sobol recipe."""
    return Recipe(method="sobol", samples=samples, scrambles=scrambles, second_order=second)


def cases() -> list[Case]:
    """Return what is counted, in the sizes of the shipped experiments and some larger."""
    found = [Case(name, sobol(n, second=True)) for n in (64, 256) for name in ("Ishigami", "g", "line", "switch")]
    found += [Case("many", sobol(64)), Case("switches", sobol(64, second=True), 0.5, 2), Case("switches", sobol(64, second=True), 0.5, 2, "by_row")]
    found += [Case("line", sobol(64), 0.3, 2), Case("line", sobol(64), 0.3, 2, "by_row"), Case("g", sobol(64), groups=((1, "pair"), (2, "pair")))]
    found += [Case(name, sobol(64, scrambles)) for scrambles in (4, 8) for name in ("Ishigami", "g", "line", "switch")]
    found += [Case(name, Recipe(method="morris", samples=n, levels=4)) for n in (10, 32) for name in ("Ishigami", "g", "line", "switch")]
    found += [Case(name, Recipe(method="morris", samples=n, levels=4), 0.3, 2) for n in (10, 32) for name in ("line", "switch")]
    found += [Case("switches", Recipe(method="morris", samples=n, levels=4), 0.5, 2, luck) for n, luck in ((10, "common"), (32, "common"), (32, "by_row"))]
    found += [Case(name, Recipe(method="fast", samples=n, scrambles=s)) for n, s in ((129, 3), (257, 5)) for name in ("Ishigami", "g", "line", "switch")]
    found += [Case(name, Recipe(method="factorial"), 0.3, 2) for name in ("sparse", "busy", "switches", "line")]
    return found


def nodes(model: Model, method: str, levels: int) -> list[tuple[np.ndarray, np.ndarray]]:
    """Return values and weights of each factor but the last: exact for what the design draws."""
    found = []
    for i in range(model.factors - 1):
        if i in model.switched or method == "factorial":
            found.append((np.array([0.0, 1.0]), np.full(2, 0.5)))
        elif method == "morris":
            found.append((np.arange(levels) / (levels - 1), np.full(levels, 1 / levels)))
        else:
            x, w = np.polynomial.legendre.leggauss(NODES)
            half = (x + 1) / 4
            found.append((np.concatenate([half, half + 0.5]), np.tile(w / 4, 2)))
    return found


def closed(model: Model, method: str, levels: int) -> Callable[[set[int]], float]:
    """Return the function that says how much of the variance some factors explain, by themselves and together."""
    if model.weights is not None:
        squares = [*(model.weights**2 / 12), 0.0]
        return lambda some: float(sum(squares[i] for i in sorted(some)))
    grids = nodes(model, method, levels)
    read = list(range(len(grids)))
    y = model.function(np.stack(np.meshgrid(*[one for one, _ in grids], indexing="ij"), axis=-1))

    def variance(some: set[int]) -> float:
        z, left = y, list(read)
        for i in reversed(read):
            if i not in some:
                z = np.tensordot(z, grids[i][1], axes=([left.index(i)], [0]))
                left.remove(i)
        weight = np.ones(())
        for i in left:
            weight = np.multiply.outer(weight, grids[i][1])
        return float((weight * z**2).sum() - (weight * z).sum() ** 2)

    return variance


def sobol_truth(case: Case) -> dict[str, float | dict[str, float]]:
    """Return true first, total and second-order indices by group; luck that does not cancel is in V, and in the total index of what moves a point to another run."""
    model = MODELS[case.model]
    variance, every = closed(model, case.recipe.method, 4), set(range(model.factors))
    names, members = grouped(case)
    by_luck = case.luck**2 / case.replications
    whole = variance(every) + by_luck
    own = {n: 0.5 if members[n][0] in model.switched else 1.0 for n in names}  # pairs of different points
    first = {n: variance(set(members[n])) / whole for n in names}
    total = {n: (variance(every) - variance(every - set(members[n])) + by_luck * own[n]) / whole for n in names}
    pair = {(a, b): variance({*members[a], *members[b]}) / whole - first[a] - first[b] for a, b in itertools.combinations(names, 2)}
    return {"s1": first, "st": total, "s2": pair}


def grouped(case: Case) -> tuple[list[str], dict[str, list[int]]]:
    """Return the names of groups in the order of the design and the factors of each."""
    model, of = MODELS[case.model], dict(case.groups)
    members: dict[str, list[int]] = {}
    for i, one in enumerate(model.made({})):
        members.setdefault(of.get(i, one.name), []).append(i)
    return list(members), members


def morris_truth(case: Case) -> dict[str, float]:
    """Return the true mean absolute effects: of every step that a trajectory can make from every point of its grid, with the luck of two means."""
    model, levels = MODELS[case.model], case.recipe.levels
    spread = math.sqrt(2 / case.replications) * case.luck / (delta := levels / 2 / (levels - 1))
    found = {}
    for i in range(model.factors - 1):
        low, high = ends(model, levels, i)
        found[f"x{i + 1}"] = float(folded((valued(model, high) - valued(model, low)) / delta, spread).mean())
    return found | {"idle": float(folded(np.zeros(1), spread)[0])}


def steps_truth(case: Case) -> dict[str, float]:
    """Return the true change of the outcome over each factor's range by the steps of trajectories: their mean difference by the mean difference of its value."""
    model, levels = MODELS[case.model], case.recipe.levels
    n = model.factors - 1
    found = {}
    for i in range(n):
        low, high = ends(model, levels, i)
        change = 1.0 if i in model.switched else levels / 2 / (levels - 1)
        found[f"x{i + 1}"] = float((valued(model, high) - valued(model, low)).mean()) / change
    return found | {"idle": 0.0}


def ends(model: Model, levels: int, i: int) -> tuple[np.ndarray, np.ndarray]:
    """Return both ends of every step of a factor that a trajectory can make on its grid."""
    n = model.factors - 1
    points = np.stack(np.meshgrid(*[np.arange(levels) / (levels - 1)] * n, indexing="ij"), axis=-1).reshape(-1, n)
    low = points[points[:, i] < 0.5 - 1e-9]
    high = low.copy()
    high[:, i] += levels / 2 / (levels - 1)
    return low, high


def valued(model: Model, unit: np.ndarray) -> np.ndarray:
    """Return the outcome at points of the unit cube."""
    return model.function(np.where([i in model.switched for i in range(unit.shape[1])], np.floor(unit + 0.5), unit))


def folded(mean: np.ndarray, spread: float) -> np.ndarray:
    """Return the mean absolute value of normals."""
    from scipy.special import ndtr

    if not spread:
        return np.abs(mean)
    return spread * math.sqrt(2 / math.pi) * np.exp(-(mean**2) / (2 * spread**2)) + mean * (1 - 2 * ndtr(-mean / spread))


def effects_truth(case: Case) -> dict[str, float]:
    """Return the true change of the outcome over each factor's range: the slope over its value (the contrast of its ends in a factorial design)."""
    model = MODELS[case.model]
    if model.weights is not None:
        return {f"x{i + 1}": float(one) for i, one in enumerate(model.weights)} | {"idle": 0.0}
    grids = nodes(model, case.recipe.method, case.recipe.levels)
    mesh = np.meshgrid(*[g[0] for g in grids], indexing="ij")
    y, weight = model.function(np.stack(mesh, axis=-1)), np.ones(())
    for _, w in grids:
        weight = np.multiply.outer(weight, w)
    found = {}
    for i, x in enumerate(mesh):
        centred = x - (weight * x).sum()
        found[f"x{i + 1}"] = float((weight * centred * y).sum() / (weight * centred**2).sum())
    return found | {"idle": 0.0}


def seen(case: Case, seed: int) -> Observed:
    """Return the runs of a design, with the luck of each setting (common) or of each setting in each base row."""
    model = MODELS[case.model]
    factors = model.made(dict(case.groups))
    design = make_design(case.recipe, factors, seed)
    if case.recipe.method in ("fast", "factorial"):
        groups = tuple(one.name for one in design.factors)
    else:
        groups = design.groups
    of = np.array([groups.index(one.group if one.group and case.recipe.method not in ("fast", "factorial") else one.name) for one in design.factors])
    read = design.number[:, : model.factors]
    key = read if case.luck_of == "common" else np.column_stack([read, design.base, design.scramble])
    setting = np.unique(key, axis=0, return_inverse=True)[1].ravel()
    luck = case.luck * np.random.default_rng([seed, 5]).standard_normal((setting.max() + 1, case.replications))
    dummies = tuple(g for g, name in enumerate(groups) if name.startswith("dummy"))
    return Observed(
        case.recipe.method, groups, dummies, of, design.unit, design.scramble, design.base, design.part, model.function(read)[:, None] + luck[setting],
        case.recipe.second_order, case.luck_of, case.recipe.harmonics, setting, np.column_stack([one.position(design.unit[:, k]) for k, one in enumerate(design.factors)]),
    )  # fmt: skip


def counted(case: Case, repetitions: int) -> dict[str, dict[str, list[float]]]:
    """Return by kind of index and by factor how many intervals held the truth, how many there were, their mean width, and the mean estimate."""
    method, truth = case.recipe.method, {}
    if method in ("sobol", "fast"):
        truth = sobol_truth(case)
    elif method == "morris":
        truth["mu_star"] = morris_truth(case)
    else:
        truth["me"] = {name: abs(one) for name, one in effects_truth(case).items()}
    if not case.groups:
        truth["effect"] = steps_truth(case) if method == "morris" else effects_truth(case)
    main = truth[INDEX[method]]
    tally: dict[str, dict] = {
        kind: {name: [0, 0, 0.0, 0.0, of] for name, of in one.items()} for kind, one in truth.items() if kind != "s2" or case.recipe.second_order
    }
    tally["rank"] = {name: [0, 0, 0.0, 0.0, 0.0] for name in main}
    for k in range(repetitions):
        found = rank(seen(case, k + 1), seed=k)
        rows = {row["lever"]: row for row in found.rows}
        ranked = [name for name, row in rows.items() if row["rank"]]
        for name, row in rows.items():
            for kind in set(tally) & {"s1", "st", "mu_star", "me", "effect"}:
                add(tally[kind][name], row[kind], row[f"{kind}_low"], row[f"{kind}_high"], truth[kind][name])
            if row["rank"]:
                better = 1 + sum(main[other] > main[name] + 1e-9 for other in ranked)
                worst = sum(main[other] >= main[name] - 1e-9 for other in ranked)
                held = row["rank_low"] <= worst and better <= row["rank_high"]
                one = tally["rank"][name]
                one[0], one[1], one[2], one[3] = one[0] + held, one[1] + 1, one[2] + row["rank_high"] - row["rank_low"], one[3] + row["rank"]
        for row in found.second:
            add(tally["s2"][row["first"], row["second"]], row["s2"], row["s2_low"], row["s2_high"], truth["s2"][row["first"], row["second"]])
    return tally


def add(one: list[float], value: float, low: float, high: float, truth: float) -> None:
    """Count an interval; none at all is no interval."""
    if not (math.isfinite(low) and math.isfinite(high)):
        return
    slack = 1e-9 * max(1.0, abs(truth))
    one[0], one[1], one[2], one[3] = one[0] + (low - slack <= truth <= high + slack), one[1] + 1, one[2] + high - low, one[3] + value


def cell(by: dict[str, list[float]] | None) -> str:
    """Return the lowest share over the factors of intervals that hold the truth, with its own interval, and the mean width of all."""
    every = [] if by is None else [one for one in by.values() if one[1] >= LEAST]
    if not every:
        return ""
    held, n = min(((int(one[0]), int(one[1])) for one in every), key=lambda pair: pair[0] / pair[1])
    low, high = wilson(held, n)
    return f"{100 * held / n:.0f} [{100 * low:.0f}–{100 * high:.0f}] · {sum(one[2] for one in every) / sum(one[1] for one in every):.2g}"


def main() -> None:
    """Print a row for each case, with a cell for each kind of index."""
    repetitions = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    print("| Design | Model | Ranked by (ST, μ*, me) | S1 | S2 | effect | rank |\n|---|---|---|---|---|---|---|")
    for case in cases():
        if all(word in f"{case.called()} {case.model} {case.luck_of}" for word in sys.argv[2:]):
            found = counted(case, repetitions)
            kinds = [INDEX[case.recipe.method], "s1", "s2", "effect", "rank"]
            print(f"| {case.called()} | {case.model} | {' | '.join(cell(found.get(kind)) for kind in kinds)} |", flush=True)


if __name__ == "__main__":
    main()
