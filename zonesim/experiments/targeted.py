"""Targets of a sweep: how probable it is that each is met, over the whole design and at each setting, and that all are."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from zonesim.columns import Array, Floats
from zonesim.errors import InputError
from zonesim.experiments.plan import stored_factor
from zonesim.experiments.store import Store
from zonesim.experiments.stored import table
from zonesim.targets import clustered, reached, wilson

ALL_TARGETS = "all targets"
NUMBER_MET = "number of targets met"  #: ranked where all of them together are met in no run, so that nothing can move their probability


def with_target(identity: dict[str, Any]) -> list[str]:
    """Return the names of the outcomes that have a target, in order."""
    return [str(one["name"]) for one in identity["outcomes"] if one.get("target") is not None]


def wanted(identity: dict[str, Any]) -> list[str]:
    """Return the outcomes with a target, and all of them together where there are several."""
    names = with_target(identity)
    return [*names, *([ALL_TARGETS] if len(names) > 1 else [])]


def met(identity: dict[str, Any], runs: pd.DataFrame, outcome: str) -> Floats:
    """Return, for each run, whether a target is met (1 or 0; nan where the run failed), or all targets.

    Raises:
        InputError: the outcome has no target.
    """
    those = [one for one in identity["outcomes"] if one.get("target") is not None and outcome in (ALL_TARGETS, one["name"])]
    if not those:
        raise InputError(f"{outcome}: has no target; write 'target:' beside the outcome in the experiment")
    found = np.where(runs["status"].to_numpy() == "ok", 1.0, np.nan)
    for one in those:
        values = runs[one["name"]].to_numpy(dtype=float)
        found *= np.where(np.isfinite(values), reached(values, one["target"], one["direction"]), np.nan)
    return found


def number_met(identity: dict[str, Any], runs: pd.DataFrame) -> Floats:
    """Return, for each run, how many of the targets it meets at once; nan where it failed, or where there is no target."""
    names = with_target(identity)
    return np.sum([met(identity, runs, name) for name in names], axis=0) if names else np.full(len(runs), np.nan)


def at_once(identity: dict[str, Any], runs: pd.DataFrame, once: Array) -> dict[str, Any] | None:
    """Return how many targets are met at once: what there is to read where all of them together are met in no run.

    Args:
        identity: what the sweep is, its outcomes among that.
        runs: the table of a sweep.
        once: which rows count (``counting``).

    Returns:
        ``targets`` (how many there are), ``runs``, ``share`` of the runs that meet exactly 0, 1, ... of them, their ``mean``, the ``most`` that a run meets and in how many runs
        (``most_runs``), how often each target is ``missing`` in those runs, and the point with the largest mean over its replications (``best_row``, ``best_mean``). None for fewer than two targets.
    """
    named = with_target(identity)
    number = number_met(identity, runs)
    counts = once & np.isfinite(number)
    if len(named) < 2 or not counts.any():
        return None
    mine, most = number[counts].astype(int), int(number[counts].max())
    top = counts & (number == most)
    missing = {name: int((met(identity, runs, name)[top] == 0).sum()) for name in named}
    means = pd.Series(number[np.isfinite(number)]).groupby(runs["row"].to_numpy()[np.isfinite(number)]).mean()
    return {
        "targets": len(named), "runs": len(mine), "share": (np.bincount(mine, minlength=len(named) + 1) / len(mine)).tolist(), "mean": float(mine.mean()), "most": most,
        "most_runs": int(top.sum()), "missing": missing, "best_row": int(means.idxmax()), "best_mean": float(means.max()),
    }  # fmt: skip


def counting(identity: dict[str, Any], runs: pd.DataFrame) -> Array:
    """Return which rows of a table count towards a probability over the design: all but those that stand a second time because the dummy alone moved.

    A point of switches or listed values comes again as often as its values are probable, and counts as often: the weights of a list are in nothing else. (Its runs are the same ones; that
    they share a seed is what :func:`zonesim.targets.clustered` goes by.) With luck of its own the dummy's point is a run like any other.
    """
    recipe, factors = identity["recipe"], [stored_factor(one) for one in identity["factors"]]
    dummies = [one.name for one in factors if one.role == "dummy"]
    if identity["luck"] == "independent" or not dummies:
        return np.ones(len(runs), dtype=bool)
    if recipe["method"] == "morris":
        order = runs.sort_values(["replication", "scramble", "base", "part"], kind="stable")
        here, moved = order[["replication", "scramble", "base"]], order[dummies]
        again = ((here == here.shift()).all(axis=1) & (moved != moved.shift()).any(axis=1)).sort_index()
    elif recipe["method"] == "sobol":
        groups = list(dict.fromkeys(one.group or one.name for one in factors))
        steps = [1 + groups.index(name) for name in dummies]  # A with the dummy of B; with second order, B with that of A too
        again = runs["part"].isin([*steps, *(len(groups) + one for one in steps)] if recipe["second_order"] else steps)
    else:
        return np.ones(len(runs), dtype=bool)
    return np.asarray(~again.to_numpy(dtype=bool))


def number_by_setting(folder: str | Path) -> pd.DataFrame:
    """Return, for each different setting of a sweep, how many targets it meets at once over its replications.

    One row for each setting: row of the design, values of the factors, n (runs), mean, least, most, and the runs that meet exactly 0, 1, ... targets.
    """
    with Store(Path(folder)) as store:
        identity = store.plan_row(store.plan())["identity"]
        runs = table(store)
    factors = [one["name"] for one in identity["factors"] if one["role"] != "dummy"]
    replications, k = int(identity["replications"]), len(with_target(identity))
    grid = number_met(identity, runs).reshape(replications, -1)
    points = runs.iloc[: grid.shape[1]]
    found = points[["row", *factors]].copy()
    known = np.isfinite(grid)
    found["n"] = known.sum(axis=0)
    found["mean"] = np.where(known, grid, 0.0).sum(axis=0) / np.maximum(found["n"], 1)
    found["least"], found["most"] = np.where(known, grid, np.inf).min(axis=0), np.where(known, grid, -np.inf).max(axis=0)
    for j in range(k + 1):
        found[f"runs_{j}"] = (grid == j).sum(axis=0)
    return found[(found["n"] > 0) & ~points.duplicated([*factors, "seed"])].reset_index(drop=True)


def target_table(store: Store, runs: pd.DataFrame) -> pd.DataFrame:
    """Return the probability of meeting each target, and all together, over the points and replications of a sweep, with intervals.

    Runs that share a seed, or a base row of the design, are not independent: the interval is :func:`zonesim.targets.clustered`, and ``worth`` the number of
    independent runs they are worth.

    ``best`` is the highest probability over replications at a single point, with the point's row in the design; ``baseline`` the probability over the same
    points without the package, where the sweep has a baseline. Each point counts, as often as it stands in the design (``counting``), so that values are weighed as they are probable.
    """
    identity = store.plan_row(store.plan())["identity"]
    once = counting(identity, runs)
    specs = {one["name"]: one for one in identity["outcomes"]}
    shared = [runs["seed"].to_numpy(), runs.groupby(["scramble", "base"]).ngroup().to_numpy()]
    rows = []
    for name in wanted(identity):
        grid = met(identity, runs, name).reshape(int(identity["replications"]), -1)
        known, low, high, worth = _probability(grid.ravel(), once, shared)
        whole = np.isfinite(grid).all(axis=0)
        best = int(np.where(whole, grid.mean(axis=0), -1.0).argmax())
        hits = int(grid[:, best].sum()) if whole.any() else 0
        best_low, best_high = wilson(hits, len(grid)) if whole.any() else (math.nan, math.nan)
        spec = specs.get(name, {"target": None, "direction": None})
        row = {"outcome": name, "target": spec["target"], "direction": spec["direction"],
               "met": int(known.sum()), "n": len(known), "worth": worth, "probability": float(known.mean()) if len(known) else None, "low": low, "high": high,
               "best": hits / len(grid) if whole.any() else None, "best_low": best_low, "best_high": best_high, "best_row": best}  # fmt: skip
        if identity["has_baseline"]:
            without, *ends, _ = _probability(met(identity, _of_baseline(identity, runs), name), once, shared)
            row |= {"baseline": float(without.mean()) if len(without) else None, "baseline_low": ends[0], "baseline_high": ends[1]}
        rows.append(row)
    return pd.DataFrame(rows)


def _probability(found: Floats, once: Array, shared: list[Array]) -> tuple[Floats, float, float, float]:
    """Return whether each run that counts met the target, the interval of the probability, and how many independent runs they are worth."""
    counts = once & np.isfinite(found)
    return found[counts], *clustered(found[counts], *(one[counts] for one in shared))


def _of_baseline(identity: dict[str, Any], runs: pd.DataFrame) -> pd.DataFrame:
    names = with_target(identity)
    return runs[["status", *(f"baseline.{name}" for name in names)]].rename(columns={f"baseline.{name}": name for name in names})


def targets_by_setting(folder: str | Path) -> pd.DataFrame:
    """Return, for each different setting of a sweep, how often each target was met over its replications, with its Wilson interval.

    One row for each setting and target ("all targets" among them): row of the design, values of the factors, met, n, probability, low, high.
    Points that differ in the dummy alone are one setting.
    """
    with Store(Path(folder)) as store:
        identity = store.plan_row(store.plan())["identity"]
        runs = table(store)
    factors = [one.name for one in map(stored_factor, identity["factors"]) if one.role != "dummy"]
    columns = ["row", "outcome", *factors, "met", "n", "probability", "low", "high"]
    parts = []
    for name in wanted(identity):
        grid = met(identity, runs, name).reshape(int(identity["replications"]), -1)
        points = runs.iloc[: grid.shape[1]]
        own = points[["row", *factors]].copy()
        own["outcome"], own["met"], own["n"] = name, np.nansum(grid, axis=0).astype(int), np.isfinite(grid).sum(axis=0)
        own["seed"] = points["seed"].to_numpy()
        parts.append(own.drop_duplicates([*factors, "seed"]))
    found = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=columns)
    if parts:
        ends = [wilson(hits, n) if n else (math.nan, math.nan) for hits, n in zip(found["met"], found["n"], strict=True)]
        found["probability"] = np.where(found["n"] > 0, found["met"] / found["n"].where(found["n"] > 0, 1), np.nan)
        found["low"], found["high"] = zip(*ends, strict=True)
    return found[columns]
