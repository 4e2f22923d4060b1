"""Runs of one or two scenarios, paired by seed, and the tables that come of them."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from zonesim import draws, quarters
from zonesim.errors import InputError
from zonesim.first_use import compile_kernels
from zonesim.indicators import DERIVED, INDICATORS
from zonesim.indicators.breakdown import MEASURES, UNITS
from zonesim.model import Run, simulate
from zonesim.scenario import Scenario

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Task:
    """One run: which scenario, which replication, whether accounts are checked."""

    scenario: Scenario
    replication: int
    seed: int
    check: bool
    look: Callable[[Run], Any] | None = None  #: what is kept of the run; all of it when None


def run_task(task: Task) -> Any:
    """Do one run (in whatever process)."""
    run = simulate(task.scenario, task.seed, check=task.check, replication=task.replication)
    return run if task.look is None else task.look(run)


def _ignore_interrupt() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def run_all(
    scenarios: Sequence[Scenario], replications: int, seed: int, *, check: bool = False, workers: int | None = None,
    progress: Progress | None = None, looks: Sequence[Callable[[Run], Any]] | None = None, run_seed: int | None = None,
) -> list[Any]:  # fmt: skip
    """Run each scenario ``replications`` times; replication r of every scenario has the same run seed.

    The order of the result is by scenario and replication, whatever the number of workers, and so are the bytes.

    Args:
        scenarios: what to run.
        replications: runs of each scenario.
        seed: seed of the whole; replication r uses ``draws.replication_seed(seed, r)``.
        check: verify every identity in every quarter.
        workers: processes; 1 runs in this process.
        progress: called with (done, all) after each run.
        looks: what is kept of the runs of each scenario; the whole :class:`Run` when None.
        run_seed: seed of the only replication itself, as a sweep keeps it of each run.

    Raises:
        InputError: fewer than one replication, or several with one seed.
    """
    if isinstance(replications, bool) or not isinstance(replications, int | np.integer):
        raise InputError(f"replications: {replications!r} is not a whole number")
    if replications < 1:
        raise InputError(f"replications: {replications} is below 1")
    if run_seed is not None and replications > 1:
        raise InputError(f"--run-seed is the seed of one run, and --replications asks for {replications}; give --seed")
    kept: list[Callable[[Run], Any] | None] = list(looks) if looks is not None else [None for _ in scenarios]
    seeds = run_seeds(seed, replications, run_seed)
    tasks = [Task(one, r, own, check, look) for one, look in zip(scenarios, kept, strict=True) for r, own in enumerate(seeds)]
    workers = min(workers or os.cpu_count() or 1, len(tasks))
    runs: list[Any] = []
    if workers <= 1:
        for task in tasks:
            runs.append(run_task(task))
            if progress:
                progress(len(runs), len(tasks))
        return runs
    compile_kernels()  # once, and not in every worker
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["zonesim.model"])
    with ProcessPoolExecutor(workers, mp_context=context, initializer=_ignore_interrupt) as pool:
        try:
            for run in pool.map(run_task, tasks, chunksize=1):
                runs.append(run)
                if progress:
                    progress(len(runs), len(tasks))
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            for process in list((pool._processes or {}).values()):
                process.terminate()
            raise
    return runs


def run_seeds(seed: int, replications: int, run_seed: int | None = None) -> list[int]:
    """Return the seed of every replication."""
    return [run_seed] if run_seed is not None else [draws.replication_seed(seed, r) for r in range(replications)]


def indicator_table(runs: Iterable[Run]) -> pd.DataFrame:
    """Return the tidy table of indicators: scenario, replication, period, level, place, indicator, value, unit."""
    runs = list(runs)
    units: dict[str, tuple[str, str]] = {}
    for one in [*INDICATORS.values(), *DERIVED.values()]:
        units[one.id] = (one.unit, one.unit.replace("/yr", "/quarter") if one.per_quarter else one.unit)
    frames = []
    for run in runs:
        s = run.series
        yearly = np.array(["Q" not in label for label in s.periods])
        unit_names = sorted({u for pair in units.values() for u in pair})
        code = np.array([[unit_names.index(units[name][0]), unit_names.index(units[name][1])] for name in s.indicators])
        frames.append(
            pd.DataFrame(
                {
                    "scenario": pd.Categorical.from_codes(np.zeros(len(s.value), np.int8), [run.scenario]),
                    "replication": np.full(len(s.value), run.replication, np.int32),
                    "period": pd.Categorical.from_codes(s.period, list(s.periods)),
                    "level": pd.Categorical(np.array([g[0] for g in s.groups], dtype=object)[s.group]),
                    "place": pd.Categorical.from_codes(s.group, _unique([g[1] for g in s.groups])),
                    "indicator": pd.Categorical.from_codes(s.indicator, list(s.indicators)),
                    "value": s.value,
                    "unit": pd.Categorical.from_codes(np.where(yearly[s.period], code[s.indicator, 0], code[s.indicator, 1]), unit_names),
                }
            )
        )
    return _concat(frames)


def _unique(names: list[str]) -> list[str]:
    if len(set(names)) != len(names):
        raise ValueError("places, zones, counties and the city must have different ids")
    return names


def _concat(frames: list[pd.DataFrame]) -> pd.DataFrame:
    """Stack frames whose categorical columns may have different categories."""
    if not frames:
        raise ValueError("no runs")
    for column in frames[0].columns:
        if isinstance(frames[0][column].dtype, pd.CategoricalDtype):
            categories = list(dict.fromkeys(c for frame in frames for c in frame[column].cat.categories))
            for frame in frames:
                frame[column] = frame[column].cat.set_categories(categories)
    return pd.concat(frames, ignore_index=True)


def ledger_table(runs: Iterable[Run]) -> pd.DataFrame:
    """Return the tidy ledger: scenario, replication, quarter, payer, payee, kind, cause, amount (10k CNY)."""
    frames = []
    for run in runs:
        book = run.ledger
        labels = [quarters.label(q) for q in range(run.start, run.end + 1)]
        n = len(book["amount"])
        frames.append(
            pd.DataFrame(
                {
                    "scenario": pd.Categorical.from_codes(np.zeros(n, np.int8), [run.scenario]),
                    "replication": np.full(n, run.replication, np.int32),
                    "quarter": pd.Categorical.from_codes(book["quarter"] - run.start, labels),
                    "payer": pd.Categorical.from_codes(book["payer"], run.accounts),
                    "payee": pd.Categorical.from_codes(book["payee"], run.accounts),
                    "kind": pd.Categorical.from_codes(book["kind"], run.kinds),
                    "cause": pd.Categorical.from_codes(book["cause"], run.causes),
                    "amount": book["amount"],
                }
            )
        )
    return _concat(frames)


def breakdown_table(runs: Iterable[Run]) -> pd.DataFrame:
    """Return who has what: scenario, replication, period (year), level, place, by (industry, size, land), part, measure, value, unit."""
    frames = []
    for run in runs:
        found = run.breakdown
        if found is None or not found.years:
            continue
        places = [place for _, place in found.groups]
        for by, values in found.values.items():
            parts, measures = found.parts[by], MEASURES[by]
            year, measure, part, group = (axis.ravel() for axis in np.indices(values.shape))
            frames.append(
                pd.DataFrame(
                    {
                        "scenario": pd.Categorical.from_codes(np.zeros(values.size, np.int8), [run.scenario]),
                        "replication": np.full(values.size, run.replication, np.int32),
                        "period": pd.Categorical.from_codes(year, [str(y) for y in found.years]),
                        "level": pd.Categorical(np.array([level for level, _ in found.groups], dtype=object)[group]),
                        "place": pd.Categorical.from_codes(group, places),
                        "by": pd.Categorical.from_codes(np.zeros(values.size, np.int8), [by]),
                        "part": pd.Categorical.from_codes(part, list(parts)),
                        "measure": pd.Categorical.from_codes(measure, list(measures)),
                        "value": values.ravel(),
                        "unit": pd.Categorical(np.array([UNITS[name] for name in measures], dtype=object)[measure]),
                    }
                )
            )
    return _concat(frames) if frames else pd.DataFrame()
