"""Arms that spend the same: each arm's lever is set so that its clause costs the same sum a year more than in the arm without any of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from zonesim.experiments.compare import run_all
from zonesim.experiments.counterfactual import Budget, Counterfactual
from zonesim.experiments.homes import with_lever
from zonesim.experiments.readings import Look
from zonesim.experiments.spending import kinds_paid
from zonesim.policies.instrument import Lever, every_lever
from zonesim.scenario import Scenario

TRIALS, NEAR = 8, 0.03
PAIRS = 2  #: replications on which a lever is set


@dataclass(frozen=True)
class Balanced:
    """The setting of a lever at which an arm spends the sum, and what it then spends; less where the end of its range does not reach it."""

    arm: str
    lever: str
    setting: float
    spent: float
    reached: bool


def meet(cost: Callable[[float], float], low: float, high: float, first: float, amount: float) -> tuple[float, float]:
    """Return a setting at which a rising cost meets an amount within ``NEAR`` of it, and its cost; the end of the range when even that is below.

    Regula falsi with the retained end's gap halved (Illinois), from the first guess.

    >>> x, spent = meet(lambda x: 50 * x * x, 0.0, 2.0, 1.0, 98.0)
    >>> abs(spent / 98 - 1) < NEAR, round(x, 1)
    (True, 1.4)
    >>> meet(lambda x: 10 * x, 0.0, 2.0, 1.0, 98.0)
    (2.0, 20.0)
    """
    a, gap_a = low, -amount
    b, gap_b = high, cost(high) - amount
    if gap_b <= NEAR * amount:
        return high, gap_b + amount
    x, best = min(max(first, low + 1e-9 * (high - low)), high), (high, gap_b)
    for _ in range(TRIALS):
        gap = cost(x) - amount
        if abs(gap) < abs(best[1]):
            best = (x, gap)
        if abs(gap) <= NEAR * amount:
            break
        if gap > 0:
            b, gap_b, gap_a = x, gap, gap_a / 2
        else:
            a, gap_a, gap_b = x, gap, gap_b / 2
        x = a + (b - a) * gap_a / (gap_a - gap_b)
    return best[0], best[1] + amount


def balance(question: Counterfactual, seed: int, *, workers: int | None = 1) -> tuple[dict[str, Scenario], list[Balanced]]:
    """Return the arms of a counterfactual with their levers set to spend its budget, and how they were set.

    What an arm spends is counted against the arm without any of the measures, on the same seeds, over the years of the budget.
    """
    budget = question.document.budget
    assert budget is not None
    arms, found = dict(question.arms), []
    levers = {one.id: (kind, one) for kind, one in every_lever()}
    for name, lever_id in budget.levers.items():
        kind, lever = levers[lever_id]
        kinds = kinds_paid([{"instrument": kind.name}])
        before = _spending(arms[budget.none], kinds, budget, seed, workers)
        scenario = arms[name]

        def cost(value: float, scenario: Scenario = scenario, kinds: tuple[str, ...] = kinds, before: float = before, lever: Lever = lever) -> float:
            return _spending(with_lever(scenario, lever, value), kinds, budget, seed, workers) - before

        written = next(one.settings[lever_id].value for one in scenario.instruments if lever_id in one.settings)
        setting, spent = meet(cost, float(lever.low or 0.0), float(lever.high or 1.0), float(written), budget.amount)
        arms[name] = with_lever(scenario, lever, setting)
        found.append(Balanced(name, lever_id, setting, spent, abs(spent - budget.amount) <= 2 * NEAR * budget.amount))
    return arms, found


def _spending(scenario: Scenario, kinds: tuple[str, ...], budget: Budget, seed: int, workers: int | None) -> float:
    asked = (kinds, 4 * budget.years[0], 4 * budget.years[1] + 3)
    seen = run_all([scenario], PAIRS, seed, workers=workers, looks=[Look((), scenario.region.id, (asked,))])
    return float(sum(one.spent[asked] for one in seen)) / PAIRS
