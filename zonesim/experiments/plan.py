"""The plan of a sweep: every run that it will do, written and synced before the first one, and what to do when the input has changed."""

from __future__ import annotations

import dataclasses
import functools
import hashlib
import json
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

import numpy as np
import pandas as pd

from zonesim import draws
from zonesim.errors import EarlierStore, InputError
from zonesim.experiments.design import Design, Recipe, make_design
from zonesim.experiments.durable import write_whole
from zonesim.experiments.experiment import Experiment
from zonesim.experiments.factors import Factor
from zonesim.experiments.identity import SCHEMA, canonical, differences, digest_of, engine_differences, run_key
from zonesim.experiments.records import OK, mark, plan_checksum, setting_digest
from zonesim.experiments.store import Store
from zonesim.experiments.subject import BASELINE, REFORM, ScenarioSubject
from zonesim.results import write_parquet

Changed = Literal["stop", "rerun", "keep"]
GROWS = ("replications", "scrambles", "samples")
CHOICES = """choose what to do:
  --store ANOTHER       start afresh in another store, and leave this one as it is
  --changed rerun       plan anew here: runs that the change does not touch are used again, the others are done again
  --changed keep        keep what is finished, made by the old input, and do the rest by the new: the store and every report will say that it is mixed"""


def plan_identity(experiment: Experiment, design: Design) -> dict[str, Any]:
    """Return what decides the runs of a plan, and what a reader of the store has to know, as plain values."""
    subject = experiment.subject
    whole: dict[str, Any] = {
        "schema": SCHEMA, "subject": subject.identity(), "engine": subject.engine(), "sources": subject.sources(), "label": subject.label,
        "model": type(subject).__name__,
        "factors": [dataclasses.asdict(one) for one in design.factors], "groups": list(design.groups), "recipe": dataclasses.asdict(design.recipe),
        "outcomes": [dataclasses.asdict(one) for one in experiment.outcomes], "luck": experiment.luck, "seed": str(experiment.seed),
        "replications": experiment.replications, "rows": design.n_rows, "has_baseline": experiment.has_baseline, "mixed_with": [],
    }  # fmt: skip
    found: dict[str, Any] = canonical(whole)
    if isinstance(subject, ScenarioSubject):
        found["resolved"] = {  # in the order of the file, which is that of places
            "scenario": subject.scenario.resolved, "baseline": subject.baseline.resolved if subject.baseline else None,
            "folder": str(subject.scenario.enterprises_list.parent) if subject.scenario.enterprises_list else "",
            "files": [None if one is None else str(Path(one).resolve()) for one in experiment.files],
        }  # fmt: skip
    return found


def base_digest(identity: dict[str, Any], role: int) -> bytes:
    """Return the digest of what all runs of a role have in common; which settings a factor moves is part of it, since a run holds names and values alone."""
    moved = {one["name"]: one["paths"] for one in identity["factors"] if one["role"] != "dummy" and (role == REFORM or one["both"])}
    return digest_of([identity["schema"], identity["subject"], identity["engine"], moved])


def what_changed(old: dict[str, Any], new: dict[str, Any]) -> tuple[list[str], bool]:
    """Return the differences between two plans that decide results, and whether all that changed is that the plan grew."""
    said: list[str] = []
    for name in ("schema", "subject"):
        said += differences({name: old[name]}, {name: new[name]})
    said += engine_differences(old, new)
    shape_old, shape_new = _shape(old), _shape(new)
    lines = differences(shape_old, shape_new)
    grew = not said and all(line.split(":")[0].split(".")[-1] in GROWS for line in lines)
    for name in GROWS:
        a, b = (_number(one, name) for one in (shape_old, shape_new))
        grew = grew and b >= a
    if new["recipe"]["method"] not in ("sobol", "morris") and old["recipe"]["samples"] != new["recipe"]["samples"]:
        grew = False  # the points of the larger design are not those of the smaller one
    return said + lines, grew


def _shape(identity: dict[str, Any]) -> dict[str, Any]:
    factors = {one["name"]: {k: v for k, v in one.items() if k != "name"} for one in identity["factors"]}
    return {"factors": factors, "design": identity["recipe"], "luck": identity["luck"], "seed": identity["seed"], "replications": identity["replications"]}


def _number(shape: dict[str, Any], name: str) -> int:
    return int(shape["replications"] if name == "replications" else shape["design"][name])


def write_plan(store: Store, experiment: Experiment, changed: Changed = "stop") -> None:
    """Write the plan of an experiment into a store, or find that it is there already.

    Raises:
        InputError: the store holds runs of another input and nothing was chosen; the message shows what differs and the choices.
        StoreError: it could not be written.
    """
    design = experiment.design()
    identity = plan_identity(experiment, design)
    current, mixed = store.plan(), list[int]()
    if current:
        old = store.plan_row(current)["identity"]
        lines, grew = what_changed(old, identity)
        mixed = old["mixed_with"]
        if not lines:
            return
        if not grew and changed == "stop":
            raise InputError(f"{store.folder}: holds a sweep of another input; what changed:", *(f"  {line}" for line in lines), *CHOICES.splitlines())
        if changed == "keep" and not grew:
            if old["subject"]["outcomes"] != identity["subject"]["outcomes"]:
                raise InputError(f"{store.folder}: the outcomes have changed, so finished runs cannot be kept; choose --store ANOTHER or --changed rerun")
            mixed = sorted({*mixed, current})
        elif changed == "rerun":
            mixed = []
    identity["mixed_with"] = mixed
    plan = current + 1
    with store.transaction() as database:
        rows, baselines = _settings(database, design, experiment.luck, experiment.has_baseline)
        identity["runs"] = _runs(database, experiment, identity, design, rows, baselines, plan, [*mixed, current] if mixed else [])
        name, design_hash = _write_design(store, plan, design_table(design, rows, baselines))
        texts = json.dumps(experiment.plain, ensure_ascii=False, default=str), json.dumps(identity, ensure_ascii=False)
        database.execute("INSERT INTO plans VALUES (?, ?, ?, ?, ?, ?)", (plan, *texts, name, design_hash, plan_checksum(*texts, name, design_hash)))


def _write_design(store: Store, plan: int, table: pd.DataFrame) -> tuple[str, bytes]:
    name = f"design-{plan:04d}.parquet"
    path = store.folder / "designs" / name
    write_whole(path, lambda aside: write_parquet(table, aside))
    return name, hashlib.sha256(path.read_bytes()).digest()


def rewrite_design(store: Store, plan: int) -> None:
    """Make the design file of a plan again from what the index knows of it."""
    row = store.database.execute("SELECT document, identity FROM plans WHERE id = ?", (plan,)).fetchone()
    identity = json.loads(row[1])
    factors = tuple(stored_factor(one) for one in identity["factors"] if one["role"] != "dummy")
    design = make_design(Recipe(**identity["recipe"]), factors, int(identity["seed"]))
    with store.transaction() as database:
        known = database.execute("SELECT count(*) FROM settings").fetchone()
        rows, baselines = _settings(database, design, identity["luck"], identity["has_baseline"])
        if database.execute("SELECT count(*) FROM settings").fetchone() != known:
            raise EarlierStore(
                f"{store.folder}: the design of plan {plan} was made by an earlier zonesim, and this one makes other points, so that its file cannot be written again; bring it back from a copy, or do the sweep into another folder"
            )
        name, design_hash = _write_design(store, plan, design_table(design, rows, baselines))
        database.execute(
            "UPDATE plans SET design = ?, design_hash = ?, checksum = ? WHERE id = ?",
            (name, design_hash, plan_checksum(row[0], row[1], name, design_hash), plan),
        )


def stored_factor(stored: dict[str, Any]) -> Factor:
    """Return a factor as a plan keeps it."""
    lists = {name: tuple(stored[name]) for name in ("paths", "values", "weights")}
    numbers = {name: float(stored[name]) for name in ("low", "high", "center", "spread")}
    return Factor(**{**stored, **lists, **numbers})


def design_table(design: Design, rows: Sequence[int], baselines: Sequence[int]) -> pd.DataFrame:
    """Return the points in order: what an analysis needs (scramble, base row, part), the settings they run, unit and number of each factor."""
    table: dict[str, Any] = {
        "row": np.arange(design.n_rows), "scramble": design.scramble, "base": design.base, "part": design.part, "setting": np.asarray(rows, dtype=np.int64),
        "baseline_setting": np.asarray(baselines, dtype=np.int64) if baselines else np.full(design.n_rows, -1),
    }  # fmt: skip
    for i, one in enumerate(design.factors):
        table[f"u.{one.name}"] = design.unit[:, i]
        table[f"x.{one.name}"] = design.number[:, i]
    return pd.DataFrame(table)


def _settings(database: sqlite3.Connection, design: Design, luck: str, has_baseline: bool) -> tuple[list[int], list[int]]:
    """Enter the settings of every point (equal ones once), and return the setting of each point, and of its baseline."""
    known = {digest: number for number, digest in database.execute("SELECT id, digest FROM settings")}
    own = [f"@{'.'.join(map(str, one))}" if one else "" for one in lucks(design, luck)]
    fresh: list[tuple[int, bytes, int, str, str]] = []
    used = [(i, one) for i, one in enumerate(design.factors) if one.role != "dummy"]
    texts = {i: _texts(one, design.number[:, i]) for i, one in used}
    next_id = max(known.values(), default=0) + 1

    def enter(role: int, columns: list[tuple[int, Factor]]) -> list[int]:
        nonlocal next_id
        found = []
        columns = sorted(columns, key=lambda pair: pair[1].name)
        names = [json.dumps(one.name, ensure_ascii=False) for _, one in columns]
        for row in range(design.n_rows):
            given = "{" + ",".join(f"{name}:{texts[i][row]}" for name, (i, _) in zip(names, columns, strict=True)) + "}"
            digest = setting_digest(role, own[row], given)
            number = known.get(digest)
            if number is None:
                number = known[digest] = next_id
                next_id += 1
                fresh.append((number, digest, role, own[row], given))
            found.append(number)
        return found

    rows = enter(REFORM, used)
    baselines = enter(BASELINE, [pair for pair in used if pair[1].both]) if has_baseline else []
    database.executemany("INSERT INTO settings VALUES (?, ?, ?, ?, ?)", fresh)
    return rows, baselines


def lucks(design: Design, luck: str) -> list[tuple[int, ...]]:
    """Return whose luck each point meets, beside its replication: that of all, of its base row, or its own."""
    if luck == "common":
        return [()] * design.n_rows
    if luck == "independent":
        return [(row,) for row in range(design.n_rows)]
    return list(zip(design.scramble.tolist(), design.base.tolist(), strict=True))


def _texts(one: Factor, numbers: Any) -> list[str]:
    """Return the values of a column as JSON texts; each different number is turned once."""
    unique, inverse = np.unique(numbers, return_inverse=True)
    made = [_text(one.value(float(number))) for number in unique]
    return [made[k] for k in inverse]


_encode = json.JSONEncoder(ensure_ascii=False).encode


def _text(value: Any) -> str:
    return repr(value) if type(value) is float else _encode(value)


def _runs(
    database: sqlite3.Connection, experiment: Experiment, identity: dict[str, Any], design: Design, rows: list[int], baselines: list[int], plan: int,
    mixed: list[int],
) -> int:  # fmt: skip
    """Enter the runs of every setting and replication, replication by replication, so that runs with the same luck are neighbours; return their number."""
    digests = dict(database.execute("SELECT id, digest FROM settings"))
    known = {key: number for number, key in database.execute("SELECT id, key FROM runs")}
    kept: dict[tuple[int, int], int] = {}
    if mixed:
        marks = ",".join("?" * len(mixed))
        query = f"SELECT setting, replication, id FROM runs WHERE status = ? AND plan IN ({marks})"
        kept = {(setting, replication): number for setting, replication, number in database.execute(query, (OK, *mixed))}
    order = list(dict.fromkeys(pair for couple in zip(rows, baselines or rows, strict=True) for pair in couple))
    bases = base_digest(identity, REFORM), base_digest(identity, BASELINE)
    reform, luck_of = set(rows), dict[int, tuple[int, ...]]()
    for row, baseline, luck in zip(rows, baselines or rows, lucks(design, experiment.luck), strict=True):
        luck_of[row] = luck_of[baseline] = luck  # the luck is part of a setting
    again: list[tuple[int, int]] = []
    fresh: list[tuple[int, bytes, int, int, int, int, bytes]] = []
    next_id = max(known.values(), default=0) + 1
    for replication in range(experiment.replications):
        shared = draws.replication_seed(experiment.seed, replication)
        seeds = {luck: functools.reduce(draws.replication_seed, luck, shared) for luck in set(luck_of.values())}
        for setting in order:
            seed = seeds[luck_of[setting]]
            key = run_key(bases[REFORM if setting in reform else BASELINE], digests[setting], seed)
            number = known.get(key, kept.get((setting, replication)))
            if number is None:
                fresh.append((next_id, key, plan, setting, replication, seed, mark(key, setting, replication, seed)))
                known[key] = next_id
                next_id += 1
            else:
                again.append((plan, number))
    database.executemany("UPDATE runs SET plan = ? WHERE id = ?", again)
    database.executemany("INSERT INTO runs (id, key, plan, setting, replication, seed, mark) VALUES (?, ?, ?, ?, ?, ?, ?)", fresh)
    return len(order) * experiment.replications


def design_of(store: Store) -> pd.DataFrame:
    """Return the table of points of the current plan, checked.

    Raises:
        InputError: the file is missing or damaged.
    """
    from zonesim.results import read_parquet

    row = store.plan_row(store.plan())
    path: Path = row["design"]
    if not path.is_file() or hashlib.sha256(path.read_bytes()).digest() != row["design_hash"]:
        raise InputError(f"{path}: is missing or damaged; 'zonesim repair {store.folder}' writes it again")
    return read_parquet(path)
