"""What the runs of a counterfactual say: a table of effects of each arm against the package as written."""

from __future__ import annotations

import dataclasses
import functools
import itertools
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from zonesim.columns import Floats
from zonesim.compiled import source_fingerprint
from zonesim.experiments.alike import contenders, felt
from zonesim.experiments.budget import Balanced, balance
from zonesim.experiments.compare import Progress, run_all
from zonesim.experiments.counterfactual import Counterfactual, Split
from zonesim.experiments.effects import mean_interval, ratio_interval
from zonesim.experiments.met import aims_met, targets_met
from zonesim.experiments.reading import LAST, REGION, Reading
from zonesim.experiments.readings import Look, Seen, Window, matrix, unit_of
from zonesim.experiments.spending import OTHERWISE, PUBLIC, changed, kinds_paid, window
from zonesim.results import write_parquet, write_whole

IN_STEPS = ("rank", "level")  #: units of what moves in whole steps between two ends
LEFT, TOGETHER = "", "+"  #: rows of a split that are no part: what is left over, and what the parts do together beyond each alone


@dataclass(frozen=True)
class Answer:
    """Effects of every arm on every reading, verdicts on the claims, what it costs, and targets met.

    Attributes:
        effects: arm, versus, indicator, place, period, how, reference, value, effect, low, high, percent, spread, standardised, n, unit, given.
        claims: indicator, place, period, against, claim, effect of the clause as written, low, high, percent, verdict (agrees, contradicts, open, none), unit, given.
        costs: arm, versus, what ("clause": payments of the clauses that differ; "surplus": of the local budgets; "city" and so on: balance of each public level; "infrastructure", "public_services": what the public pays for these, unless a clause does), kinds, reference, effect, low, high, n, unit.
        targets: arm, target ("" for all together), met, n, probability, low, high of meeting targets of the package.
        split: part ("": what is left over, "+": the whole less the sum of each alone), effect, low, high, percent of the whole, the whole with its interval.
        per_yuan: arm, indicator and its place and period, value, low, high, unit: effect per what the arm spends; only with a common budget.
        balanced: arm, lever, setting, spent, reached: how the levers were set to spend the budget.
        felt: arm, versus, n, same (pairs of runs in which no figure of any place differs), first (year in which a pair differs); two arms that are the same in every run have a row too.
        aims: arm, indicator ("" for all together), places, periods, target, direction, value (mean over runs), met, n, probability, low, high, unit: of what the claim says is reached.
        best: arm ("": as written), value, short (of the best, in paired runs), low, high; where the question asks which arm has the most or least.
    """

    counterfactual: Counterfactual
    replications: int
    seed: int
    effects: pd.DataFrame
    claims: pd.DataFrame
    costs: pd.DataFrame
    targets: pd.DataFrame
    split: pd.DataFrame
    per_yuan: pd.DataFrame
    balanced: pd.DataFrame
    felt: pd.DataFrame
    best: pd.DataFrame
    aims: pd.DataFrame = dataclasses.field(default_factory=pd.DataFrame)

    def record(self, said: dict[str, str]) -> dict[str, Any]:
        """Return the answer as plain values: the paragraphs, tables, seeds and where it comes from."""
        names = ("effects", "claims", "costs", "targets", "split", "per_yuan", "balanced", "felt", "best", "aims")
        tables = {name: json.loads(getattr(self, name).to_json(orient="records")) for name in names}
        document = self.counterfactual.document
        return {"id": document.id, "question": document.question.model_dump(), "answer": said, "replications": self.replications, "seed": self.seed,
                "fingerprint": source_fingerprint(), **tables}  # fmt: skip


def save_answer(answer: Answer, said: dict[str, str], folder: Path) -> None:
    """Write ``effects.parquet``, ``answer.md`` and ``answer.json`` into a folder, whole or not at all."""
    text = "\n\n".join([f"# {answer.counterfactual.id}", *said.values()]) + "\n"
    record = json.dumps(answer.record(said), ensure_ascii=False, indent=1) + "\n"
    write_whole(
        folder,
        {
            "effects.parquet": functools.partial(write_parquet, answer.effects),
            "answer.md": lambda path: path.write_text(text, encoding="utf-8"),
            "answer.json": lambda path: path.write_text(record, encoding="utf-8"),
        },
    )


def answer(counterfactual: Counterfactual, replications: int = 10, seed: int = 1, *, workers: int | None = 1, progress: Progress | None = None) -> Answer:
    """Run the package as written and every arm with the same luck, and tabulate.

    Args:
        counterfactual: the question.
        replications: runs of each scenario; replication r has the same run seed in all.
        seed: seed of the whole.
        workers: processes; the results do not depend on it.
        progress: called with (runs done, runs in all).
    """
    balanced: list[Balanced] = []
    if counterfactual.document.budget is not None:
        arms, balanced = balance(counterfactual, seed, workers=workers)
        counterfactual = dataclasses.replace(counterfactual, arms=arms)
    document, region = counterfactual.document, counterfactual.reference.region.id
    scenarios = {"": counterfactual.reference, **counterfactual.arms}
    comparable = [name for name in document.arms if counterfactual.versus(name).region.id == scenarios[name].region.id]
    windows = _windows(counterfactual, comparable)
    looks = [
        Look(
            tuple(document.read), scenario.region.id, tuple(dict.fromkeys(w for pair, w in windows if name in pair and w[0])),
            tuple(dict.fromkeys(w[1:] for pair, w in windows if name in pair)), scenarios[""].targets if scenario.region.id == region else (),
            counterfactual.aims if scenario.region.id == region else (),
        )
        for name, scenario in scenarios.items()
    ]  # fmt: skip
    runs = run_all(counterfactual.scenarios, replications, seed, workers=workers, progress=progress, looks=looks)
    by_name = {name: runs[k * replications : (k + 1) * replications] for k, name in enumerate(scenarios)}
    values = {name: matrix(block) for name, block in by_name.items()}
    rows: list[dict[str, Any]] = []
    for name in comparable:
        other = document.arms[name].versus or ""
        last = by_name[name][0].last_year
        for i, reading in enumerate(document.read):
            found = _effect(values[name][i], values[other][i], in_steps=unit_of(reading) in IN_STEPS)
            rows.append({
                "arm": name, "versus": other, "indicator": reading.name, "place": scenarios[name].region.id if reading.place == REGION else reading.place,
                "period": last if reading.period == LAST else reading.period, "how": reading.how,
                **found, "unit": unit_of(reading),
                "given": reading.given,
            })  # fmt: skip
    return Answer(
        counterfactual, replications, seed, pd.DataFrame(rows), _claims(document.read, list(document.arms), values, region, by_name[""][0].last_year),
        _costs(counterfactual, comparable, by_name), targets_met(counterfactual, by_name), _split(document.split, values),
        _per_yuan(counterfactual, by_name, values), pd.DataFrame([dataclasses.asdict(one) for one in balanced]),
        _felt(counterfactual, comparable, by_name), _best(document.best, document.read, values), aims_met(counterfactual, by_name),
    )  # fmt: skip


def _effect(after: Floats, before: Floats, *, in_steps: bool = False) -> dict[str, float]:
    """Return the means of paired runs, of those in which both have a value, and the effect with its interval; all NaN when there are none.

    What moves in steps (a rank, a level) has no standardised effect: at the end of its scale it stands still in most runs, and any change is many times that.
    """
    both = ~(np.isnan(after) | np.isnan(before))
    if not both.any():
        return {**dict.fromkeys(("reference", "value", "effect", "low", "high", "percent", "spread", "standardised"), float("nan")), "n": 0}
    after, before = after[both], before[both]
    base, found, spread = float(before.mean()), _change(after - before, float(before.mean())), spread_between(before, after)
    standardised = found["effect"] / spread if spread > 0 and not in_steps else float("nan")
    return {"reference": base, "value": float(after.mean()), **found, "spread": spread, "standardised": standardised, "n": int(both.sum())}


def spread_between(before: Floats, after: Floats) -> float:
    """Return by how much an outcome differs from run to run by luck alone: its standard deviation over the runs of the reference.

    Where all runs of the reference are the same (nothing is paid without the clause), that of the arm; NaN for fewer than two runs.

    >>> spread_between(np.array([1.0, 3.0]), np.array([0.0, 9.0])), spread_between(np.array([0.0, 0.0]), np.array([1.0, 3.0]))
    (1.4142135623730951, 1.4142135623730951)
    >>> spread_between(np.array([5235.7, 5235.7 + 1e-11]), np.array([5235.7, 5235.7]))
    0.0
    """
    if len(before) < 2:
        return float("nan")
    return _scatter(before) or _scatter(after)


def _scatter(values: Floats) -> float:
    """Return the standard deviation of values; 0 where they differ by no more than the rounding of sums."""
    found = float(values.std(ddof=1))
    return found if found > 1e-9 * float(np.abs(values).max()) else 0.0


def _change(difference: Floats, before: float) -> dict[str, float]:
    effect, low, high = mean_interval(difference)
    return {"effect": effect, "low": low, "high": high, "percent": 100 * effect / abs(before) if before else float("nan")}


def _claims(readings: Sequence[Reading], arms: list[str], values: dict[str, Floats], region: str, last: str) -> pd.DataFrame:
    """Judge each claim: the clause as written against an arm, in the direction that the documents name."""
    rows = []
    for i, reading in enumerate(readings):
        if reading.claim is None:
            continue
        against = reading.against or arms[0]
        found = {
            key: one for key, one in _effect(values[""][i], values[against][i]).items() if key not in ("reference", "value", "spread", "standardised", "n")
        }
        direction = 1 if found["low"] > 0 else -1 if found["high"] < 0 else 0
        wanted = 1 if reading.claim == "+" else -1
        nothing = found["effect"] == found["low"] == found["high"] == 0
        verdict = "none" if nothing else "open" if direction == 0 else "agrees" if direction == wanted else "contradicts"
        rows.append({"indicator": reading.name, "place": region if reading.place == REGION else reading.place, "how": reading.how,
                     "period": last if reading.period == LAST else reading.period, "against": against, "claim": reading.claim, **found,
                     "verdict": verdict, "unit": unit_of(reading), "given": reading.given})  # fmt: skip
    return pd.DataFrame(rows)


def _windows(counterfactual: Counterfactual, arms: Sequence[str]) -> list[tuple[tuple[str, str], Window]]:
    """Return what is asked of the money of pairs of scenarios: the kinds of payment that their difference makes, and when they can differ."""
    asked = []
    for name in arms:
        one, two = counterfactual.versus(name), counterfactual.arms[name]
        asked.append(((counterfactual.document.arms[name].versus or "", name), (kinds_paid(changed(one, two)), *window(one, two))))
    budget = counterfactual.document.budget
    if budget is not None:
        for name in budget.levers:
            kinds = kinds_paid(changed(counterfactual.arms[budget.none], counterfactual.arms[name]))
            asked.append(((budget.none, name), (kinds, 4 * budget.years[0], 4 * budget.years[1] + 3)))
    return asked


def _costs(counterfactual: Counterfactual, arms: Sequence[str], runs: dict[str, list[Seen]]) -> pd.DataFrame:
    """Return what each arm changes in the payments of the clauses that differ, in the surplus of the local budgets, and at each public level, a year."""
    rows: list[dict[str, Any]] = []
    for (other, name), asked in _windows(counterfactual, arms)[: len(arms)]:
        kinds, first, last = asked
        sums = {"surplus": [np.array([one.surplus[first, last] for one in runs[key]]) for key in (other, name)]}
        if kinds:
            sums["clause"] = [np.array([one.spent[asked] for one in runs[key]]) for key in (other, name)]
        sums |= {level: [np.array([one.balances[first, last][level] for one in runs[key]]) for key in (other, name)] for level in PUBLIC}
        sums |= {kind: [np.array([one.otherwise[first, last][kind] for one in runs[key]]) for key in (other, name)] for kind in OTHERWISE if kind not in kinds}
        for what, (before, after) in sums.items():
            rows.append({"arm": name, "versus": other, "what": what, "kinds": " ".join(kinds) if what == "clause" else "",
                         "reference": float(before.mean()), **_change(after - before, float(before.mean())), "n": len(before), "unit": "10k CNY/yr"})  # fmt: skip
    return pd.DataFrame(rows)


def _felt(counterfactual: Counterfactual, arms: Sequence[str], runs: dict[str, list[Seen]]) -> pd.DataFrame:
    """Return in how many pairs of runs an arm changes no figure at all, and since when it changes any; and which two arms are the same in every run."""
    rows = []
    for name in arms:
        other = counterfactual.document.arms[name].versus or ""
        found = felt([(one.trace, two.trace) for one, two in zip(runs[other], runs[name], strict=True)])
        rows.append({"arm": name, "versus": other, **found})
    seen = {(row["arm"], row["versus"]) for row in rows}
    for one, name in itertools.combinations(arms, 2):
        if (name, one) in seen or counterfactual.arms[one].region.id != counterfactual.arms[name].region.id:
            continue
        found = felt([(a.trace, b.trace) for a, b in zip(runs[one], runs[name], strict=True)])
        if found["same"] == found["n"] and not _never(rows, one):
            rows.append({"arm": one, "versus": name, **found})
    return pd.DataFrame(rows)


def _never(rows: Sequence[dict[str, Any]], arm: str) -> bool:
    """Tell whether an arm differs from what it is counted against in no run, so that it is said to equal that already."""
    return any(row["arm"] == arm and row["same"] == row["n"] for row in rows)


def _best(sign: str | None, readings: Sequence[Reading], values: dict[str, Floats]) -> pd.DataFrame:
    """Return the arms in the order of the first reading, where the question asks for the best."""
    return pd.DataFrame([] if sign is None else contenders({name: one[0] for name, one in values.items()}, sign)).assign(unit=unit_of(readings[0]))


def _split(split: Split | None, values: dict[str, Floats]) -> pd.DataFrame:
    """Return the first reading split among parts: half of what each adds to nothing and half of what it adds to the rest; and what is left over.

    For two parts this is the value of Shapley, and nothing is left over; for more it takes the first and the last place in line for all places. Whether
    the parts do more together than apart is another question: the whole less the sum of what each does alone (``together``).
    """
    if split is None:
        return pd.DataFrame()
    nothing, full = values[split.none][0], values[split.whole][0]
    alone = {name: values[part.alone][0] - nothing for name, part in split.parts.items()}
    shares = {name: 0.5 * (alone[name] + full - values[part.without][0]) for name, part in split.parts.items()}
    shares[LEFT] = full - nothing - np.sum(list(shares.values()), axis=0)
    shares[TOGETHER] = full - nothing - np.sum(list(alone.values()), axis=0)
    base, low, high = mean_interval(full - nothing)
    return pd.DataFrame([{"part": name, **_change(share, base), "whole": base, "whole_low": low, "whole_high": high} for name, share in shares.items()])


def _per_yuan(counterfactual: Counterfactual, runs: dict[str, list[Seen]], values: dict[str, Floats]) -> pd.DataFrame:
    """Return the effect of each arm of a common budget per what it spends against the arm without any.

    Money over money is yuan per yuan; anything else is per 10^8 CNY. A ratio is of means, its interval Fieller's; it is not defined when the interval of
    what is spent covers 0.
    """
    document = counterfactual.document
    if document.budget is None:
        return pd.DataFrame()
    region, none, rows = counterfactual.reference.region.id, document.budget.none, []
    for (_, name), asked in _windows(counterfactual, ()):
        spent = np.array([after.spent[asked] - before.spent[asked] for before, after in zip(runs[none], runs[name], strict=True)])
        for i, reading in enumerate(document.read):
            gained, unit = values[name][i] - values[none][i], unit_of(reading)
            value, least, most = ratio_interval((1.0 if unit == "10k CNY/yr" else 1e4) * gained, spent)
            rows.append({"arm": name, "indicator": reading.name, "place": region if reading.place == REGION else reading.place, "spent": float(spent.mean()),
                         "value": value, "low": least, "high": most,
                         "unit": "CNY/CNY" if "CNY/yr" in unit else unit, "per": "" if "CNY/yr" in unit else "10^8 CNY/yr"})  # fmt: skip
    return pd.DataFrame(rows)
