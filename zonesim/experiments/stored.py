"""What a store says by itself: the subject that its runs were made of, and its results as a table."""

from __future__ import annotations

import json
import math
import os
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from zonesim.errors import InputError
from zonesim.experiments import upkeep
from zonesim.experiments.experiment import fixed_settings
from zonesim.experiments.factors import Factor
from zonesim.experiments.identity import differences, engine_differences
from zonesim.experiments.plan import design_of, stored_factor
from zonesim.experiments.records import OK, PENDING, STATUSES, Job
from zonesim.experiments.store import Store
from zonesim.experiments.subject import BASELINE, FunctionSubject, Outcome, ScenarioSubject, Subject
from zonesim.scenario.overrides import IN_FORCE
from zonesim.scenario.schema import build_scenario


def subject_of(store: Store, model: Callable[..., Any] | str | None = None) -> Subject:
    """Return what the runs of a store are made of, from what the store itself holds.

    Args:
        store: the store.
        model: the user's own model, which a store names but never runs by itself.

    Raises:
        InputError: it needs its model, or this engine is not the one that made it.
    """
    identity = store.plan_row(store.plan())["identity"]
    outcomes = tuple(Outcome(**one) for one in identity["outcomes"])
    if identity["model"] == FunctionSubject.__name__:
        if model is None:
            raise InputError(f"{store.folder}: its runs are of the model {identity['label']}; say so by --model {identity['label']}")
        subject: Subject = FunctionSubject(model, outcomes)
    else:
        resolved = identity["resolved"]
        folder = Path(resolved["folder"]) if resolved["folder"] else Path()
        pair = [
            None if one is None else build_scenario(one, lambda *steps: ".".join(map(str, steps)), folder)
            for one in (resolved["scenario"], resolved["baseline"])
        ]
        if pair[0] is None:
            raise InputError(f"{store.folder}: holds no scenario")
        subject = ScenarioSubject(pair[0], pair[1], outcomes, {one["name"]: tuple(one["paths"]) for one in identity["factors"]})
    here = {"engine": subject.engine(), "sources": subject.sources()}
    lines = differences({"subject": identity["subject"]}, {"subject": subject.identity()}) + engine_differences(identity, here)
    if lines:
        raise InputError(
            f"{store.folder}: was made by another engine or input; what differs:",
            *(f"  {one}" for one in lines),
            "run 'zonesim sweep' with its file, and choose there",
        )
    return subject


def find_run(store: Store, number: int) -> Job:
    """Return one run of a store.

    Raises:
        InputError: there is none of this number.
    """
    found = list(store.jobs(ids=[number]))
    if not found:
        raise InputError(f"{store.folder}: has no run {number} in its plan")
    return found[0]


def reproduction(store: Store, run: int) -> str:
    """Return the command that does one run again, in the open."""
    identity = store.plan_row(store.plan())["identity"]
    model = f" --model {identity['label']}" if identity["model"] == FunctionSubject.__name__ else ""
    return f"zonesim rerun {store.folder} --run {run}{model}"


def command_of(store: Store, job: Job) -> str | None:
    """Return ``zonesim run`` with every setting and the seed of one run: the same run, to the bit, with all its tables; None where no file of the scenario is known.

    A policy that is left out comes last, since nothing else of it can be set then.
    """
    row = store.plan_row(store.plan())
    file = ((row["identity"].get("resolved") or {}).get("files") or [None, None])[job.role]
    if file is None:
        return None
    paths = {one["name"]: one["paths"] for one in row["identity"]["factors"]}
    moved = [f"{path}={json.dumps(value, ensure_ascii=False)}" for name, value in job.values.items() for path in paths[name]]
    given = [*fixed_settings(row["document"].get("settings") or {}, job.role == BASELINE), *sorted(moved, key=lambda one: f".{IN_FORCE}=" in one)]
    here = Path(os.path.relpath(file))
    name = str(here) if ".." not in here.parts else file
    return shlex.join(["zonesim", "run", name, *(word for one in given for word in ("--set", one)), "--run-seed", str(job.seed), "--out", f"run_{job.id}"])


def table(store: Store) -> pd.DataFrame:
    """Return one row for each planned point and replication: where it stands in the design, its values, its outcomes, and its status.

    Rows are in the order of the plan, replication by replication. With a baseline there are three columns for an outcome: the scenario's, ``baseline.``,
    and ``effect.`` (their difference, with the same luck). A point is as good as the worse of its two runs.

    Raises:
        InputError: a record or the design is damaged.
    """
    row = store.plan_row(store.plan())
    identity = row["identity"]
    design = design_of(store)
    factors = [stored_factor(one) for one in identity["factors"]]
    replications = int(identity["replications"])
    status, seconds, seed, outcomes = _runs(store, len(identity["outcomes"]))
    parts = []
    for replication in range(replications):
        own = design[["row", "scramble", "base", "part"]].copy()
        own["replication"] = replication
        for one in factors:
            own[one.name] = _values(one, design[f"x.{one.name}"].to_numpy())
        try:
            _join(own, design, replication, identity, status, seconds, seed, outcomes)
        except KeyError as error:
            raise InputError(f"{store.folder}: its plan and its runs do not agree (no run of {error}); see 'zonesim verify {store.folder}'") from None
        parts.append(own)
    return pd.concat(parts, ignore_index=True)


Key = tuple[int, int]


def _runs(store: Store, width: int) -> tuple[dict[Key, int], dict[Key, float], dict[Key, int], dict[Key, np.ndarray]]:
    """Return status, seconds, seed and outcomes by (setting, replication)."""
    query = "SELECT id, setting, replication, seconds, seed, status FROM runs WHERE plan = ?"
    known = {row[0]: row[1:] for row in store.database.execute(query, (store.plan(),))}
    status: dict[Key, int] = {(one[0], one[1]): PENDING for one in known.values()}
    seconds: dict[Key, float] = {}
    seed = {(one[0], one[1]): int(one[3]) for one in known.values()}
    outcomes: dict[Key, np.ndarray] = {}
    for run, _, code, payload in upkeep.results(store):
        setting, replication, took, _, _ = known[run]
        status[setting, replication] = code
        seconds[setting, replication] = math.nan if took is None else took
        if code == OK:
            outcomes[setting, replication] = np.frombuffer(payload, dtype="<f8")
            if len(outcomes[setting, replication]) != width:
                raise InputError(f"{store.folder}: run {run} has another number of outcomes than the plan")
    return status, seconds, seed, outcomes


def _join(
    own: pd.DataFrame, design: pd.DataFrame, replication: int, identity: dict[str, Any], status: dict[Key, int], seconds: dict[Key, float],
    seed: dict[Key, int], outcomes: dict[Key, np.ndarray],
) -> None:  # fmt: skip
    missing = np.full(len(identity["outcomes"]), np.nan)
    keys = [(int(s), replication) for s in design["setting"]]
    own["seed"] = [seed[key] for key in keys]
    codes = np.array([status[key] for key in keys])
    values = np.array([outcomes.get(key, missing) for key in keys]).reshape(len(keys), -1)
    names = [one["name"] for one in identity["outcomes"]]
    if identity["has_baseline"]:
        pairs = [(int(s), replication) for s in design["baseline_setting"]]
        others = np.array([status[key] for key in pairs])
        # pending counts worst, then the failures, then ok
        rank = np.array([9, 0, 2, 3, 4])
        codes = np.where(rank[others] > rank[codes], others, codes)
        before = np.array([outcomes.get(key, missing) for key in pairs]).reshape(len(keys), -1)
    own["status"] = np.array(STATUSES)[codes]
    own["seconds"] = [seconds.get(key, math.nan) for key in keys]
    for i, name in enumerate(names):
        own[name] = values[:, i]
        if identity["has_baseline"]:
            own[f"baseline.{name}"] = before[:, i]
            own[f"effect.{name}"] = values[:, i] - before[:, i]


def _values(one: Factor, numbers: np.ndarray) -> Any:
    if one.kind == "float" and not one.values:
        return [one.value(float(n)) for n in numbers] if one.role != "dummy" else numbers
    made = {float(n): one.value(float(n)) for n in np.unique(numbers)}
    found = [made[float(n)] for n in numbers]
    return found if all(isinstance(v, int | float) for v in made.values()) else [v if isinstance(v, str) else repr(v) for v in found]
