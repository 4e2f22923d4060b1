"""Rankings and targets of a sweep's store; and sweeps that go on until an order is settled."""

from __future__ import annotations

import contextlib
import dataclasses
import math
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Literal

import numpy as np
import pandas as pd

from zonesim.errors import InputError, nearest
from zonesim.experiments.counted import WHOLE, counted
from zonesim.experiments.experiment import Experiment, load_experiment
from zonesim.experiments.observed import Observed
from zonesim.experiments.plan import design_of, stored_factor
from zonesim.experiments.ranking import RANKED, Ranking, rank
from zonesim.experiments.records import OK
from zonesim.experiments.settled import LEAST_ROWS
from zonesim.experiments.store import Store
from zonesim.experiments.stored import table
from zonesim.experiments.targeted import ALL_TARGETS, NUMBER_MET, at_once, counting, met, number_met, target_table, with_target

Reading = Literal["value", "effect", "met"]
Settle = Literal["order", "sign"]
FAVOURED = 1.05  #: stretch from which on a lever's place in a ranking by mu* is said to be too high
MIXED = "both"  #: role of a group of levers and uncertainties
SETTLED, OPEN, NOTHING = "settled", "open", "nothing distinguishable"  #: how ``--until`` ended


def outcomes_of(store: Store) -> list[str]:
    """Return the names of a store's outcomes, in order."""
    return [str(one["name"]) for one in store.plan_row(store.plan())["identity"]["outcomes"]]


def names_of(document: dict[str, Any]) -> dict[str, dict[str, str]]:
    """Return the names that an experiment gives to what varies, by factor and language."""
    named = {key: (spec or {}).get("name") for section in ("levers", "uncertainties") for key, spec in (document.get(section) or {}).items()}
    return {key: dict(name) for key, name in named.items() if name}


def places_of(identity: dict[str, Any]) -> dict[str, dict[str, str]]:
    """Return the names of the places of a stored scenario, by place and language."""
    region = ((identity.get("resolved") or {}).get("scenario") or {}).get("region") or {}
    named = {str(region["id"]): region} if region else {}
    for group in ("parks", "counties", "zones"):
        named |= {str(key): one for key, one in (region.get(group) or {}).items()}
    return {key: {"zh": str(one["zh"]), "en": str(one["en"])} for key, one in named.items()}


def observe(store: Store, runs: pd.DataFrame, outcome: str, reading: Reading = "value") -> Observed:
    """Return the runs of one outcome in the order of the design.

    Args:
        store: of the sweep.
        runs: its table (``stored.table``).
        outcome: name of an outcome; with ``met``, also "all targets" and "number of targets met".
        reading: the scenario's value, its effect over the baseline, or whether its target is met (1 or 0: ranks what moves the probability).

    Raises:
        InputError: no such outcome, no baseline, or no target.
    """
    identity = store.plan_row(store.plan())["identity"]
    names = outcomes_of(store)
    if outcome not in names and not (outcome in (ALL_TARGETS, NUMBER_MET) and reading == "met"):
        raise InputError(f"{store.folder}: no outcome {outcome!r}{nearest(outcome, names)} (outcomes: {', '.join(names)})")
    if reading == "effect" and not identity["has_baseline"]:
        raise InputError(f"{store.folder}: has no baseline, so there are values but no effects; add 'baseline:' to the experiment")
    design = design_of(store)
    replications = int(identity["replications"])
    if reading == "met":
        values = number_met(identity, runs) if outcome == NUMBER_MET else met(identity, runs, outcome)
    else:
        values = runs[outcome if reading == "value" else f"effect.{outcome}"].to_numpy(dtype=float)
    values = np.where(runs["status"].to_numpy() == "ok", values, np.nan)
    factors = [stored_factor(one) for one in identity["factors"]]
    by_factor = identity["recipe"]["method"] in ("latin_hypercube", "fast", "factorial")  # there every factor moves by itself, grouped or not
    factors = [dataclasses.replace(one, group="") if by_factor else one for one in factors]
    groups = tuple(dict.fromkeys(one.group or one.name for one in factors))
    dummies = tuple(sorted({groups.index(one.group or one.name) for one in factors if one.role == "dummy"}))
    unit = np.column_stack([design[f"u.{one.name}"].to_numpy() for one in factors])
    return Observed(
        identity["recipe"]["method"], groups, dummies, np.array([groups.index(one.group or one.name) for one in factors]),
        unit, design["scramble"].to_numpy(), design["base"].to_numpy(),
        design["part"].to_numpy(), values.reshape(replications, len(design)).T, bool(identity["recipe"]["second_order"]), identity["luck"], int(identity["recipe"]["harmonics"]),
        design["setting"].to_numpy(), np.column_stack([one.position(unit[:, k]) for k, one in enumerate(factors)]),
    )  # fmt: skip


def rank_levers(
    folder: str | Path, outcomes: Sequence[str] = (), *, reading: Reading = "value", confidence: float = 0.95, top: int = 3, resamples: int = 1000,
    seed: int = 0, complete_rows: bool = False, runs: pd.DataFrame | None = None, look: int | None = None,
) -> dict[str, Any]:  # fmt: skip
    """Rank the levers of a sweep for each outcome; the record of ``ranking.json``.

    Args:
        folder: the store.
        outcomes: names; all when empty.
        reading: value, effect, or met.
        confidence, top, resamples, seed, look: see :func:`zonesim.experiments.ranking.rank`.
        complete_rows: use complete base rows when runs failed or are missing, instead of refusing.
        runs: the table of the store, where it was read already.

    Raises:
        InputError: runs failed or are missing (and ``complete_rows`` is false), the design cannot be ranked, or a name is unknown.
    """
    with Store(Path(folder)) as store:
        plan = store.plan_row(store.plan())
        identity = plan["identity"]
        if identity["recipe"]["method"] not in RANKED:
            raise InputError(f"{folder}: a {identity['recipe']['method']!r} design cannot be ranked (designs that can: {', '.join(RANKED)})")
        counts = store.counts()
        failed = counts["error"] + counts["timeout"] + counts["crashed"]
        runs = table(store) if runs is None else runs
        if (failed or counts["pending"]) and not complete_rows:
            lost, every = lost_rows(runs, identity["recipe"]["method"])
            raise InputError(
                f"{folder}: {failed} runs failed and {counts['pending']} are missing, and a ranking of what is left could be wrong; "
                f"do them again ('zonesim rerun STORE --failed', 'zonesim sweep'), or say --complete-rows to use complete {counted(identity['recipe']['method'])} alone: "
                f"{lost:,} of {every:,} would be lost, {every - lost:,} are left"
            )
        names = list(outcomes) or [*outcomes_of(store), *([ALL_TARGETS] if reading == "met" and len(with_target(identity)) > 1 else [])]
        if reading == "met" and not outcomes:
            names = [name for name in names if name == ALL_TARGETS or name in with_target(identity)]
            if ALL_TARGETS in names and not np.nanmax(met(identity, runs, ALL_TARGETS), initial=0.0):
                names.append(NUMBER_MET)  # no run meets all, so that nothing can be seen to move their probability
        if not names:
            raise InputError(f"{folder}: no outcome has a target, so that there is none to be met; write 'target:' and 'direction:' at an outcome")
        found: dict[str, Ranking] = {}
        for name in names:
            found[name] = rank(observe(store, runs, name, reading), confidence=confidence, top=top, resamples=resamples, seed=seed, look=look)
        roles: dict[str, str] = {}
        for key, role in ((key, one["role"]) for one in identity["factors"] for key in (one["name"], one["group"]) if key):
            roles[key] = role if roles.get(key, role) == role else MIXED
        record = {
            "store": str(folder), "experiment": str(plan["document"].get("id") or identity["label"]), "design": identity["recipe"], "replications": identity["replications"],
            "counted_in": counted(identity["recipe"]["method"]), "luck": identity["luck"], "reading": reading, "confidence": confidence, "top": top, "runs": sum(counts.values()), "failed": failed, "missing": counts["pending"], "max_failed": store.allowed,
            "mixed_with": identity["mixed_with"],
            "roles": roles, "names": names_of(plan["document"]), "title": plan["document"].get("name"),
            "specs": identity["outcomes"], "places": places_of(identity), "outcomes": {name: one.record() | {"baseline_mean": baseline_mean(runs, name) if reading == "value" else None} for name, one in found.items()},
        }  # fmt: skip
        took = sorted(
            one for (one,) in store.database.execute("SELECT seconds FROM runs WHERE plan = ? AND status = ? AND seconds IS NOT NULL", (store.plan(), OK))
        )
        record["seconds"] = took[len(took) // 10] if took else None  # of the quicker runs: what others on the machine cost does not count
        record["targets"] = [
            {str(key): None if isinstance(value, float) and not math.isfinite(value) else value for key, value in row.items()}
            for row in (target_table(store, runs).to_dict(orient="records") if with_target(identity) else [])
        ]
        record["favours"] = favoured(record) or None
        record["at_once"] = at_once(identity, runs, counting(identity, runs))
        return record


def favoured(record: dict[str, Any]) -> str:
    """Return what is to be said where a ranking favours levers of few levels, as one by mu* does; nothing elsewhere.

    >>> row = {"lever": "on", "stretch": 1.5}
    >>> favoured({"outcomes": {"y": {"levers": [row, {"lever": "x", "stretch": 1.0}]}}})
    'mu* is per step in the unit cube, and favours switches and levers of few levels: a step of on goes 1.5 times as far in its range as one of a continuous lever, so that its mu*, and its place in the ranking, is as much too high; compare such levers by their effect, from one end of the range to the other'
    >>> favoured({"outcomes": {"y": {"levers": [{"lever": "on", "stretch": None}]}}})
    ''
    """
    by = {str(row["lever"]): float(row["stretch"]) for one in record["outcomes"].values() for row in one["levers"] if (row.get("stretch") or 1.0) > FAVOURED}
    if not by:
        return ""
    some = [f"{', '.join(name for name in by if round(by[name], 2) == times)} goes {times:g}" for times in sorted({round(one, 2) for one in by.values()})]
    return (
        f"mu* is per step in the unit cube, and favours switches and levers of few levels: a step of {', of '.join(some)} times as far in its range as one of a continuous lever, "
        "so that its mu*, and its place in the ranking, is as much too high; compare such levers by their effect, from one end of the range to the other"
    )


def baseline_mean(runs: pd.DataFrame, outcome: str) -> float | None:
    """Return the mean of an outcome without the package, at the same points and with the same luck; None without a baseline or a finite value."""
    if f"baseline.{outcome}" not in runs.columns:
        return None
    mean = float(runs.loc[runs["status"] == "ok", f"baseline.{outcome}"].mean())
    return mean if math.isfinite(mean) else None


def lost_rows(runs: pd.DataFrame, method: str) -> tuple[int, int]:
    """Return how much of what a design counts (``counted.py``) is not complete in every replication, and how much there is."""
    whole = (runs["status"] == "ok").groupby([runs["scramble"]] if method in WHOLE else [runs["scramble"], runs["base"]]).all()
    return int((~whole).sum()), len(whole)


def until_settled(
    experiment: Experiment | str | Path, folder: str | Path, outcomes: Sequence[str] = (), *, reading: Reading = "value", confidence: float = 0.95,
    top: int = 3, most_runs: int = 100_000, workers: int | None = None, settle: Settle = "order", said: Callable[[str], Any] = lambda text: None,
    watched: Callable[[], Any] | None = None, dask: str | None = None, timeout: float | None = None,
) -> dict[str, Any]:  # fmt: skip
    """Enlarge a sweep until the order of the top k (or the sign of their effects) is settled for every outcome, or no more runs are allowed.

    The base rows are doubled each time (a larger design begins with the points of the smaller one, whose runs are kept). Nothing is settled below
    ``LEAST_ROWS``. Who looks again and again until something is clear is wrong more often than at any one look, so the error 1 - ``confidence`` is spent
    over the looks, (1 - confidence) / (k (k + 1)) at look k: for each outcome the order (or all signs) of the first is settled wrongly at most that often,
    however many looks there are.

    Args:
        experiment, folder, workers, dask, timeout, said: as for :func:`zonesim.experiments.sweep.sweep`.
        outcomes, reading, confidence, top: as for :func:`rank_levers`.
        most_runs: stop before more runs than this.
        settle: what has to be settled.
        watched: makes, for each sweep, a context whose ``progress`` is told how far it is.

    Returns:
        The record of the ranking; ``open`` (``open_signs``) of an outcome says which comparisons (signs) are not settled and how many base rows they
        would need, ``nothing`` why no lever can be told from one that does nothing, and ``until`` of the record which outcomes are settled, open, or such, with
        ``state``: settled, open, or nothing distinguishable.

    Raises:
        InputError: the design cannot be ranked or enlarged.
    """
    from zonesim.experiments.sweep import sweep

    loaded = experiment if isinstance(experiment, Experiment) else load_experiment(experiment)
    if loaded.recipe.method not in ("sobol", "morris"):
        raise InputError(f"a {loaded.recipe.method!r} design cannot be enlarged; 'until settled' takes sobol or morris")
    unit = counted(loaded.recipe.method)
    least, looks, before = LEAST_ROWS[loaded.recipe.method], 1, 0
    while True:
        with watched() if watched is not None else contextlib.nullcontext() as bar:
            sweep(loaded, folder, workers=workers, dask=dask, timeout=timeout, progress=bar.progress if bar is not None else None, said=said)
        record = rank_levers(folder, outcomes, reading=reading, confidence=confidence, top=top, look=looks)
        found = record["outcomes"]
        few = {name for name, one in found.items() if one["base_rows_used"] < least}
        nothing = [name for name, one in found.items() if one["nothing"]]
        still = [name for name, one in found.items() if name in few or one["nothing"] or one["open" if settle == "order" else "open_signs"]]
        growing = [name for name in still if name in few or more_would_help(found[name]["nothing"])]
        record["looks"] = looks
        record["until"] = {
            "asked": settle, "state": SETTLED if not still else NOTHING if set(still) == set(nothing) else OPEN,
            "settled": [name for name in found if name not in still], "open": [name for name in still if name not in nothing], "nothing": nothing,
        }  # fmt: skip
        what = f"the order of the first {top} is" if settle == "order" else f"the signs of the first {top} are"
        if not still:
            said(f"{what} settled for every outcome with {loaded.recipe.samples} {unit}")
            return record
        if not growing:
            said(f"nothing can be told from a lever that does nothing, and more {unit} would not tell it: {', '.join(still)}")
            return record
        if not few and record["runs"] == before:
            said(f"not settled: {loaded.recipe.samples:,} {unit} are {before:,} different runs, and the design has no more; {', '.join(still)} stay open")
            return record
        before = record["runs"]
        times, used = 2, min(one["base_rows_used"] for one in found.values())
        while times * used < least:
            times *= 2
        more = dataclasses.replace(loaded.recipe, samples=times * loaded.recipe.samples)
        needed = times * record["runs"]
        if needed > most_runs:
            said(
                f"not settled with {record['runs']:,} runs; the next step would take {needed:,}, above the {most_runs:,} allowed: {', '.join(still)} stay open"
            )
            return record
        loaded.recipe = more
        looks += not few  # nothing could be settled below the least, so that was no look
        said(f"{len(still)} outcomes are open; going on with {more.samples} {unit}")


def more_would_help(nothing: dict[str, Any] | None) -> bool:
    """Return whether more base rows may settle what is open, where nothing can be told from the dummy: not where no run moved, where all pairs are there, or where luck alone is as large."""
    return nothing is None or nothing["why"] == "dummy" or (nothing["why"] == "luck" and nothing["base_rows_needed"] is not None)
