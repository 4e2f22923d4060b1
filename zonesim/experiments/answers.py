"""What the runs of a counterfactual say: a table of effects of each arm against the package as written."""

from __future__ import annotations

import functools
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from zonesim.columns import Floats
from zonesim.compiled import source_fingerprint
from zonesim.errors import InputError
from zonesim.experiments.compare import Progress, run_all
from zonesim.experiments.counterfactual import LAST, REGION, Counterfactual, Reading
from zonesim.experiments.effects import mean_interval
from zonesim.indicators import DERIVED, INDICATORS
from zonesim.model import Run
from zonesim.results import write_parquet, write_whole
from zonesim.targets import wilson


@dataclass(frozen=True)
class Answer:
    """Effects of every arm on every reading, verdicts on the claims, and targets met.

    Attributes:
        effects: arm, indicator, place, period, how, reference, value, effect, low, high, percent, n, unit.
        claims: indicator, place, period, against, claim, effect of the clause as written, low, high, verdict (agrees, contradicts, open, none).
        targets: arm, met, n, probability, low, high of meeting all targets of the package together.
    """

    counterfactual: Counterfactual
    replications: int
    seed: int
    effects: pd.DataFrame
    claims: pd.DataFrame
    targets: pd.DataFrame

    def record(self, said: dict[str, str]) -> dict[str, Any]:
        """Return the answer as plain values: the paragraphs, tables, seeds and where it comes from."""
        tables = {name: json.loads(getattr(self, name).to_json(orient="records")) for name in ("effects", "claims", "targets")}
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


def values_of(run: Run, reading: Reading, region: str) -> float:
    """Return one reading of one run.

    Level: the indicator there and then. Mean: its mean over all full years of the run. Spread: its standard deviation over the committees' zones, relative to their mean. Volatility:
    the standard deviation of its quarterly log changes over the run.

    Raises:
        InputError: the indicator is not given for the place or the period.
    """
    s = run.series
    which = s.indicators.index(reading.indicator)
    mine = s.indicator == which
    place = region if reading.place == REGION else reading.place
    years = [label for label in s.periods if "Q" not in label]
    period = years[-1] if reading.period == LAST and years else (s.periods[-1] if reading.period == LAST else reading.period)
    if period not in s.periods:
        raise InputError(f"read {reading.indicator}: {period} is not a period of the run ({s.periods[0]} to {s.periods[-1]})")
    groups = [k for k, (level, name) in enumerate(s.groups) if (level == "zone" if reading.how == "spread" else name == place)]
    if reading.how == "volatility":
        quarters = np.array(["Q" in label for label in s.periods])
        path = s.value[mine & np.isin(s.group, groups) & quarters[s.period]]
        path = path[path > 0]
        return float(np.diff(np.log(path)).std(ddof=1)) if len(path) > 2 else float("nan")
    if reading.how == "mean":
        yearly = s.value[mine & np.isin(s.group, groups) & np.isin(s.period, [s.periods.index(year) for year in years])]
        return float(yearly.mean()) if len(yearly) else float("nan")
    found = s.value[mine & np.isin(s.group, groups) & (s.period == s.periods.index(period))]
    if not len(found):
        levels = sorted({s.groups[g][0] for g in np.unique(s.group[mine])})
        raise InputError(f"read {reading.indicator}: it has no value for {place!r} in {period} (it is given by {', '.join(levels) or 'nothing'})")
    if reading.how == "spread":
        middle = float(found.mean())
        return float(found.std()) / abs(middle) if middle else float("nan")
    return float(found[0])


def unit_of(reading: Reading) -> str:
    """Return the unit of a reading."""
    one = {**INDICATORS, **DERIVED}[reading.indicator]
    if reading.how == "spread":
        return "ratio"
    if reading.how == "volatility":
        return "log"
    return one.unit.replace("/yr", "/quarter") if "Q" in reading.period and one.per_quarter else one.unit


def answer(counterfactual: Counterfactual, replications: int = 10, seed: int = 1, *, workers: int | None = 1, progress: Progress | None = None) -> Answer:
    """Run the package as written and every arm with the same luck, and tabulate.

    Args:
        counterfactual: the question.
        replications: runs of each scenario; replication r has the same run seed in all.
        seed: seed of the whole.
        workers: processes; the results do not depend on it.
        progress: called with (runs done, runs in all).
    """
    document, region = counterfactual.document, counterfactual.reference.region.id
    runs = run_all(counterfactual.scenarios, replications, seed, workers=workers, progress=progress)
    by_scenario = [runs[k * replications : (k + 1) * replications] for k in range(len(counterfactual.scenarios))]
    reference, arms = by_scenario[0], dict(zip(document.arms, by_scenario[1:], strict=True))
    values = {name: _matrix(block, document.read, counterfactual.scenarios[k + 1].region.id) for k, (name, block) in enumerate(arms.items())}
    written = _matrix(reference, document.read, region)
    last = next((label for label in reversed(reference[0].series.periods) if "Q" not in label), reference[0].series.periods[-1])
    rows: list[dict[str, Any]] = []
    for name in arms:
        for i, reading in enumerate(document.read):
            effect, low, high = mean_interval(values[name][i] - written[i])
            before = float(written[i].mean())
            rows.append({
                "arm": name, "indicator": reading.indicator, "place": region if reading.place == REGION else reading.place,
                "period": last if reading.period == LAST else reading.period, "how": reading.how, "reference": before,
                "value": float(values[name][i].mean()), "effect": effect, "low": low, "high": high,
                "percent": 100 * effect / abs(before) if before else float("nan"), "n": replications, "unit": unit_of(reading),
            })  # fmt: skip
    return Answer(
        counterfactual, replications, seed, pd.DataFrame(rows), _claims(document.read, list(arms), written, values, region, last),
        _joint_targets(counterfactual, reference, arms),
    )  # fmt: skip


def _matrix(runs: Sequence[Run], readings: Sequence[Reading], region: str) -> Floats:
    return np.array([[values_of(run, reading, region) for run in runs] for reading in readings])


def _claims(readings: Sequence[Reading], arms: list[str], written: Floats, values: dict[str, Floats], region: str, last: str) -> pd.DataFrame:
    """Judge each claim: the clause as written against an arm, in the direction that the documents name."""
    rows = []
    for i, reading in enumerate(readings):
        if reading.claim is None:
            continue
        against = reading.against or arms[0]
        effect, low, high = mean_interval(written[i] - values[against][i])
        direction = 1 if low > 0 else -1 if high < 0 else 0
        wanted = 1 if reading.claim == "+" else -1
        nothing = effect == low == high == 0
        verdict = "none" if nothing else "open" if direction == 0 else "agrees" if direction == wanted else "contradicts"
        rows.append({"indicator": reading.indicator, "place": region if reading.place == REGION else reading.place, "how": reading.how,
                     "period": last if reading.period == LAST else reading.period, "against": against, "claim": reading.claim, "effect": effect,
                     "low": low, "high": high, "verdict": verdict, "unit": unit_of(reading)})  # fmt: skip
    return pd.DataFrame(rows)


def _joint_targets(counterfactual: Counterfactual, reference: Sequence[Run], arms: dict[str, list[Run]]) -> pd.DataFrame:
    """Return the probability of meeting all targets of the package together, by arm."""
    targets = counterfactual.reference.targets
    if not targets:
        return pd.DataFrame()
    rows = []
    for name, runs in [("", reference), *arms.items()]:
        met = 0
        for run in runs:
            got = [
                values_of(run, Reading(indicator=t.indicator, place=t.place, period=t.period), counterfactual.reference.region.id) - t.value
                for t in targets
                if any(t.place == g for _, g in run.series.groups)
            ]
            met += len(got) == len(targets) and all(gap >= 0 if t.direction == "at least" else gap <= 0 for gap, t in zip(got, targets, strict=True))
        low, high = wilson(met, len(runs))
        rows.append({"arm": name, "targets": len(targets), "met": met, "n": len(runs), "probability": met / len(runs), "low": low, "high": high})
    return pd.DataFrame(rows)
