"""What is settled of a ranking, what stays open, and what is to be said where nothing can be told at all."""

from __future__ import annotations

import itertools
import math
from typing import Any

import numpy as np

from zonesim.columns import Floats
from zonesim.experiments import sensitivity
from zonesim.experiments.direction import Direction
from zonesim.experiments.observed import Observed
from zonesim.experiments.repeats import Repeats
from zonesim.experiments.sensitivity import Indices

LEAST_ROWS = {"sobol": 32, "morris": 16}
"""Base rows below which no order and no sign is said to be settled. A bootstrap of n rows knows the spread of n rows alone: with 16 trajectories the t
quantile that stands for what it does not know is within a fifth of the normal one, with 4 it is twice as large; a total index is a ratio of squares and
needs as many rows again."""


def error_of_look(confidence: float, look: int) -> float:
    """Return how often look k (from 1) at a growing design may settle what is wrong: (1 - confidence) / (k (k + 1)), which adds up to 1 - confidence.

    >>> [round(error_of_look(0.95, k), 5) for k in (1, 2, 3)], round(sum(error_of_look(0.95, k) for k in range(1, 10_000)), 4)
    ([0.025, 0.00833, 0.00417], 0.05)
    """
    return (1 - confidence) / (look * (look + 1))


def _clear(distance: float, drawn: Floats, rows: float, error: float) -> bool:
    """Return whether a distance is above zero but for an error: by t with its bootstrap standard deviation, and in the resamples as far as they reach.

    A share of a thousand resamples cannot tell an error below a thousandth, and a bootstrap of few rows is too narrow: t with rows - 1 is for both.
    """
    from scipy.special import stdtrit

    if rows < 2:
        return False
    doubt = float(drawn.std(ddof=1)) * math.sqrt(rows / (rows - 1))
    return distance > stdtrit(rows - 1, 1 - error) * doubt and float((drawn > 0).mean()) >= 1 - max(error, 1 / len(drawn))


def open_pairs(
    observed: Observed, whole: Indices, order: list[int], confidence: float, top: int, look: int | None, repeated: Repeats
) -> tuple[dict[str, Any], ...]:
    """Return the neighbours among the top k (and the next) whose order is not settled, and how many base rows would settle it.

    The order of two is settled when the first is above the second in ``confidence`` of the resamples of a design that is ranked once. In one that grows,
    :func:`_clear` is asked with half the error of the look, since the first was chosen by the same runs (Hung and Fithian 2019 prove that half is enough for independent estimates of an
    exponential family; here it is taken over by analogy, and counted by simulation), and the next after the last ranked lever is the largest of those that are not. Nothing is settled below ``LEAST_ROWS``. Base rows needed: :func:`sensitivity.rows_to_settle`.
    """
    rows = []
    least = LEAST_ROWS.get(observed.method, 0)
    compared = list(order)
    if look is not None:
        compared += sorted((g for g in observed.levers if g not in order), key=lambda g: -whole.total[g])[:1] if order else []
    sure_at = confidence if look is None else 1 - error_of_look(confidence, look) / 2
    for first, second in itertools.pairwise(compared[: top + 1]):
        difference = whole.total_drawn[:, first] - whole.total_drawn[:, second]
        sure, gap = float((difference > 0).mean()), float(whole.total[first] - whole.total[second])
        clear = (
            sure >= confidence
            if look is None
            else whole.used >= least and _clear(gap, difference, min(repeated.worth[first], repeated.worth[second]), 1 - sure_at)
        )
        if clear and whole.used >= least:
            continue
        needed = None if observed.method == "factorial" else sensitivity.rows_to_settle(whole.used, gap, float(difference.std(ddof=1)), sure_at)
        needed = needed if needed is None else max(least, needed)
        rows.append({"first": observed.groups[first], "second": observed.groups[second], "probability": sure, "base_rows_needed": needed})
    return tuple(rows)


def open_signs(observed: Observed, ways: Direction, first: list[int], confidence: float, look: int | None, repeated: Repeats) -> tuple[dict[str, Any], ...]:
    """Return those of the first levers whose effect has no settled sign, and how many base rows would settle it.

    In a design that grows, the error of the look is shared by the signs and their two sides.
    """
    least, found = LEAST_ROWS.get(observed.method, 0), []
    for g in first:
        effect = float(ways.effect[g])
        if not math.isfinite(effect):
            continue
        if look is None:
            error, clear = 1 - confidence, ways.sign(g, confidence) is not None
        else:
            error = error_of_look(confidence, look) / (2 * len(first))
            clear = ways.rows >= least and _clear(abs(effect), math.copysign(1.0, effect) * ways.drawn[:, g], repeated.worth[g], error)
        if not (clear and ways.rows >= least):
            found.append(ways.open(g, observed.groups[g], 1 - error, least))
    return tuple(found)


def nothing_told(observed: Observed, whole: Indices, noise: Floats, low: Floats, repeated: Repeats, confidence: float) -> dict[str, Any]:
    """Return what stands in the way where no lever can be told from one that does nothing.

    Of the lever with the largest index: ``why`` is ``zero`` (no run moved), ``repeats`` (too few different pairs of points for an interval), ``luck`` (its index is not above what luck alone
    would give it) or ``dummy``; and about how many base rows (with the doubt as it is, see :func:`sensitivity.rows_to_settle`) or replications (the floor of luck falls with their
    number) would tell it, None where none would or it is not known.
    """
    levers = observed.levers
    largest = max(levers, key=lambda g: (whole.total[g], -g))
    total = float(whole.total[largest])
    found: dict[str, Any] = {"lever": observed.groups[largest], "why": "dummy", "base_rows_needed": None, "replications_needed": None}
    best_dummy = whole.total_drawn[:, list(observed.dummies)].max(axis=1) if observed.dummies else np.zeros(len(whole.total_drawn))
    floor = float(noise[largest]) if math.isfinite(noise[largest]) else 0.0
    if not total > 0:
        return found | {"why": "zero"}
    if repeated.few[largest]:
        return found | {"why": "repeats"}
    above = total - max(floor, float(best_dummy.mean()))
    if observed.method in ("sobol", "morris", "latin_hypercube"):
        spread = float((whole.total_drawn[:, largest] - (0.0 if floor > best_dummy.mean() else best_dummy)).std(ddof=1))
        needed = sensitivity.rows_to_settle(whole.used, above, spread, 0.5 + confidence / 2)
        found["base_rows_needed"] = None if needed is None else max(needed, whole.used + 1)
    if floor > 0 and not float(low[largest]) > floor:
        power = 1 if observed.method == "sobol" else 2  # the floor is a variance, or its root
        runs = observed.runs.shape[1] * (floor / max(float(low[largest]), total / 2)) ** power
        found |= {"why": "luck", "replications_needed": max(math.ceil(runs), observed.runs.shape[1] + 1)}
    return found
