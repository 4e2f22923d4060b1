"""Designs: which points of the factors' space are run, and what an analysis has to know of their order.

Every design is made in the unit cube and turned into values by the factors, so that any distribution, category or date goes with any of
them. A design with more samples, trajectories or scrambles begins with the points of the smaller one (grid, Latin hypercube, factorial and FAST
are made as a whole: only their scrambles grow). SALib is imported where it is used, because it takes a second.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from zonesim.columns import Array, Floats
from zonesim.errors import InputError
from zonesim.experiments.factors import Factor, dummy
from zonesim.experiments.pairing import partners

Method = Literal["grid", "one_at_a_time", "latin_hypercube", "sobol", "morris", "factorial", "fast"]
WITH_DUMMY = ("latin_hypercube", "sobol", "morris", "factorial", "fast")
MAX_ROWS = 10_000_000
_STREAM = {"latin_hypercube": 1, "sobol": 2, "morris": 3, "factorial": 4, "fast": 5}


@dataclass(frozen=True)
class Recipe:
    """How a design is made.

    Attributes:
        method: one of :data:`Method`.
        samples: base rows of Sobol, points of a Latin hypercube, trajectories of Morris, points for each factor of FAST.
        levels: levels of each factor in a grid, one-at-a-time or Morris design.
        second_order: whether a Sobol design also has the rows for second-order indices.
        scrambles: independent randomisations of the design, one after the other.
        harmonics: interference of FAST.
    """

    method: Method = "one_at_a_time"
    samples: int = 64
    levels: int = 2
    second_order: bool = False
    scrambles: int = 1
    harmonics: int = 4


@dataclass(frozen=True)
class Design:
    """The points of an experiment, in the order in which an analysis reads them.

    Attributes:
        factors: the columns, the dummy among them.
        groups: names of the groups that vary together, in the order of their first factor; a factor without a group is its own.
        unit: ``[n_rows, n_factors]`` where each point lies in the unit cube (nan where a level was set directly).
        number: ``[n_rows, n_factors]`` the same as numbers of the factors (``Factor.value`` gives the value).
        scramble: ``[n_rows]`` randomisation that a row belongs to.
        base: ``[n_rows]`` base row, trajectory or point inside its scramble; a base row is complete with all its rows, or lost.
        part: ``[n_rows]`` place in the base row. Sobol: 0 is A, g is A with group g from B, (with second order G + g is B with group g from A), the last
            is B. Morris: the point of the trajectory. One at a time: 0 is the scenario, g is group g moved.
    """

    recipe: Recipe
    factors: tuple[Factor, ...]
    groups: tuple[str, ...]
    unit: Floats
    number: Floats
    scramble: Array
    base: Array
    part: Array

    @property
    def n_rows(self) -> int:
        """Number of points."""
        return len(self.number)


def make_design(recipe: Recipe, factors: tuple[Factor, ...], seed: int) -> Design:
    """Return the points of a recipe.

    Raises:
        InputError: the recipe cannot be made (a size that the method does not allow, no factor, too many points).
    """
    if wrong := [f"{'.'.join(path)}: {what}" for path, what in complaints(recipe, factors)]:
        raise InputError(*wrong)
    factors = _with_dummies(recipe, factors)
    groups = _groups(factors)
    of = np.array([groups.index(one.group or one.name) for one in factors])
    if recipe.method in ("grid", "one_at_a_time"):
        number, base, part = _grid(recipe, factors) if recipe.method == "grid" else _one_at_a_time(recipe, factors, of)
        return Design(recipe, factors, groups, np.full(number.shape, np.nan), number, np.zeros(len(number), int), base, part)
    blocks = []
    for scramble in range(recipe.scrambles):
        unit, base, part = _unit_rows(recipe, len(factors), of, seed, scramble)
        blocks.append((unit, np.full(len(unit), scramble), base, part))
    unit, scrambles, base, part = (np.concatenate(column) for column in zip(*blocks, strict=True))
    number = np.column_stack([one.quantile(unit[:, i]) for i, one in enumerate(factors)])
    return Design(recipe, factors, groups, unit, number, scrambles, base, part)


def complaints(recipe: Recipe, factors: tuple[Factor, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield why a recipe cannot be made of some factors, each with where an experiment says so."""
    size = recipe.samples
    if not factors:
        yield ("levers",), "nothing varies; name at least one lever or uncertainty"
        return
    if recipe.method == "sobol" and (size < 2 or size & (size - 1)):
        near = 2 ** max(1, round(math.log2(max(size, 2))))
        yield ("design", "samples"), f"{size} is not a power of two, as a Sobol sequence needs; write {near}"
    if recipe.method == "morris" and (recipe.levels < 4 or recipe.levels % 2):
        yield ("design", "levels"), f"{recipe.levels}: a Morris design needs an even number from 4"
    if recipe.method == "fast" and size <= 4 * recipe.harmonics**2:
        yield ("design", "samples"), f"{size} is too few for FAST: more than {4 * recipe.harmonics**2} (four times the square of the harmonics)"
    if recipe.method == "one_at_a_time":
        for one in factors:
            if one.default is None or math.isnan(one.number(one.default)):
                yield (
                    ("levers" if one.role == "lever" else "uncertainties", one.name),
                    f"one at a time starts from the scenario's value, {one.default!r}, which is not among those that it takes; give 'default'",
                )
    all_of_them = _with_dummies(recipe, factors)
    rows = expected_rows(recipe, all_of_them, len(_groups(all_of_them)))
    if rows > MAX_ROWS:
        yield ("design",), f"{recipe.method} gives {rows:.3g} points; at most {MAX_ROWS:,} are planned"


def _with_dummies(recipe: Recipe, factors: tuple[Factor, ...]) -> tuple[Factor, ...]:
    if recipe.method in WITH_DUMMY:
        factors = (*factors, dummy())
    if recipe.method == "factorial":
        while len(factors) & (len(factors) - 1):
            factors = (*factors, dummy(sum(one.role == "dummy" for one in factors) + 1))
    return factors


def _groups(factors: tuple[Factor, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.group or one.name for one in factors))


def expected_rows(recipe: Recipe, factors: tuple[Factor, ...], n_groups: int) -> int:
    """Return the number of points of a recipe (before any is made)."""
    counts = {
        "grid": math.prod(len(one.levels(recipe.levels)) for one in factors) if recipe.method == "grid" else 0,
        "one_at_a_time": 1 + sum(len(one.levels(recipe.levels)) for one in factors),
        "latin_hypercube": recipe.samples,
        "sobol": recipe.samples * (2 * n_groups + 2 if recipe.second_order else n_groups + 2),
        "morris": recipe.samples * (n_groups + 1),
        "factorial": 2 * len(factors),
        "fast": recipe.samples * len(factors),
    }
    return int(counts[recipe.method] * (recipe.scrambles if recipe.method in WITH_DUMMY else 1))


def _grid(recipe: Recipe, factors: tuple[Factor, ...]) -> tuple[Floats, Array, Array]:
    number = np.array(list(itertools.product(*(one.levels(recipe.levels) for one in factors))), dtype=float)
    return number, np.arange(len(number)), np.zeros(len(number), int)


def _one_at_a_time(recipe: Recipe, factors: tuple[Factor, ...], of: Array) -> tuple[Floats, Array, Array]:
    start = [one.number(one.default) for one in factors]
    rows, parts = [list(start)], [0]
    for i, one in enumerate(factors):
        for level in one.levels(recipe.levels):
            if level != start[i]:
                rows.append([*start[:i], float(level), *start[i + 1 :]])
                parts.append(int(of[i]) + 1)
    return np.array(rows, dtype=float), np.arange(len(rows)), np.array(parts)


def _unit_rows(recipe: Recipe, n: int, of: Array, seed: int, scramble: int) -> tuple[Floats, Array, Array]:
    """Return one randomisation of a design in the unit cube, with base row and part of each row."""
    from scipy.stats import qmc

    # seed, method and scramble give the generator: 0 is a seed like any other
    key = (seed, _STREAM[recipe.method], scramble)
    size = recipe.samples
    if recipe.method == "latin_hypercube":
        return qmc.LatinHypercube(n, rng=_generator(*key)).random(size), np.arange(size), np.zeros(size, int)
    if recipe.method == "sobol":
        points = qmc.Sobol(2 * n, rng=_generator(*key)).random(size)
        return _saltelli(points[:, :n], points[:, n + np.array(partners(n))], of, recipe.second_order)
    if recipe.method == "morris":
        return _trajectories(recipe, n, of, key)
    if recipe.method == "factorial":
        from SALib.sample import ff

        problem: dict[str, Any] = {"num_vars": n, "names": [f"x{i}" for i in range(n)], "bounds": [[0.0, 1.0]] * n}
        unit = ff.sample(problem, seed=_generator(*key))[:, :n]
        return unit, np.arange(len(unit)), np.zeros(len(unit), int)
    return _search_curves(recipe, n, _generator(*key)), np.tile(np.arange(size), n), np.repeat(np.arange(n), size)


def _search_curves(recipe: Recipe, n: int, generator: np.random.Generator) -> Floats:
    """Return the search curves of FAST, one for each factor, on which it moves fastest: x_j = 1/2 + arcsin(sin(w_j s + p_j)) / pi (Saltelli, Tarantola and Chan 1999).

    The frequencies are SALib's. Its phase is one for all factors of a curve, so that those that share a frequency, which is inevitable with many factors and few points, move as one in every
    randomisation, and all err alike: a doubt that scrambles do not show. Here each factor has a phase of its own, as in the paper.
    """
    size, harmonics = recipe.samples, recipe.harmonics
    fastest = (size - 1) // (2 * harmonics)
    slow = fastest // (2 * harmonics)
    others = np.floor(np.linspace(1, slow, n - 1)) if slow >= n - 1 else np.arange(n - 1) % slow + 1.0
    along = 2 * np.pi / size * np.arange(size)
    curves = [0.5 + np.arcsin(np.sin(along[:, None] * np.insert(others, i, fastest) + 2 * np.pi * generator.random(n))) / np.pi for i in range(n)]
    return np.concatenate(curves)


def _generator(*key: int) -> np.random.Generator:
    return np.random.default_rng(np.random.SeedSequence([key[0] & 0xFFFFFFFF, key[0] >> 32, *key[1:]]))


def _saltelli(a: Floats, b: Floats, of: Array, second_order: bool) -> tuple[Floats, Array, Array]:
    """Return A, A with each group from B, (B with each group from A), B for every base row, in SALib's order."""
    groups = range(int(of.max()) + 1)
    parts = [a, *(np.where(of == g, b, a) for g in groups)]
    if second_order:
        parts += [np.where(of == g, a, b) for g in groups]
    parts.append(b)
    stacked = np.stack(parts, axis=1)
    return stacked.reshape(-1, a.shape[1]), np.repeat(np.arange(len(a)), len(parts)), np.tile(np.arange(len(parts)), len(a))


def _trajectories(recipe: Recipe, n: int, of: Array, key: tuple[int, ...]) -> tuple[Floats, Array, Array]:
    """Return Morris trajectories; each has its own generator, so that more of them leave the first ones as they are."""
    from SALib.sample import morris

    problem = {"num_vars": n, "names": [f"x{i}" for i in range(n)], "bounds": [[0.0, 1.0]] * n, "groups": [f"g{g}" for g in of]}
    walks = [morris.sample(problem, 1, num_levels=recipe.levels, seed=_generator(*key, t)) for t in range(recipe.samples)]
    points = len(walks[0])
    return np.concatenate(walks), np.repeat(np.arange(recipe.samples), points), np.tile(np.arange(points), recipe.samples)
