"""Enterprises of the opening world from a list in standard columns (``zonesim import`` writes it)."""

from __future__ import annotations

import csv
import math
from pathlib import Path

import numpy as np

from zonesim.columns import Floats
from zonesim.errors import InputError
from zonesim.founding.population import SPARE, draw_ages
from zonesim.scenario.region import Founding
from zonesim.world.enterprises import Enterprises
from zonesim.world.industries import Industries

NEEDED = ("place", "industry", "value_added", "employment", "capital", "land", "floor", "founded", "high_tech", "foreign")


def usual_capacity(listed: Floats, industries: Industries) -> Floats:
    """Return the value added of local industries, by county, against which their sales are usual.

    It is what the list has. A local industry that a county's list lacks has room for its part of the nation's value added in that of the county's
    list: until that is filled a newcomer meets more demand than usual (with nothing to compare with, the first small one would have filled it
    for ever).
    """
    part = industries.national_value_added / industries.national_value_added.sum()
    room = listed.sum(axis=1, keepdims=True) * part[None, :]
    return np.where((listed > 0) | (industries.is_tradable > 0)[None, :], listed, room)


def read_population(path: Path, places: list[str], founding: Founding, industries: Industries, seed: int, start: int) -> tuple[Enterprises, dict[str, float]]:
    """Read a standard list: one row is one enterprise; empty cells of capital, land, floor and year are left to be estimated.

    Raises:
        InputError: with line, column and value of everything that cannot be read.
    """
    if not path.is_file():
        raise InputError(f"{path}: no such list of enterprises")
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        missing = [name for name in NEEDED if name not in (reader.fieldnames or [])]
        if missing:
            raise InputError(f"{path}:1: lacks the columns {', '.join(missing)}; make the list with 'zonesim import'")
        rows = list(reader)
    n = len(rows)
    table = Enterprises(n, capacity=int(SPARE * n) + 64)
    problems: list[str] = []
    place, industry = np.zeros(n, dtype=np.int64), np.zeros(n, dtype=np.int64)
    numbers = {name: np.full(n, np.nan) for name in ("value_added", "employment", "capital", "land", "floor", "founded", "high_tech", "foreign")}
    for k, row in enumerate(rows):
        for name, known, into in (("place", places, place), ("industry", list(industries.ids), industry)):
            if row[name] in known:
                into[k] = known.index(row[name])
            else:
                problems.append(f"{path}:{k + 2}: {name}: unknown {row[name]!r}")
        for name, values in numbers.items():
            if row[name]:
                try:
                    values[k] = float(row[name])
                except ValueError:
                    problems.append(f"{path}:{k + 2}: {name}: {row[name]!r} is not a number")
        if not numbers["value_added"][k] > 0 or not numbers["employment"][k] >= 1 or math.isinf(numbers["value_added"][k]):
            problems.append(f"{path}:{k + 2}: value_added and employment must be positive")
    if problems:
        raise InputError(*problems[:200])
    order = np.lexsort((np.arange(n), industry, place))
    serial = np.zeros(n, dtype=np.uint64)
    cell = (place * 64 + industry)[order]
    starts = np.r_[0, np.flatnonzero(np.diff(cell)) + 1]
    for first, last in zip(starts, [*starts[1:], n], strict=True):
        serial[first:last] = np.arange(last - first, dtype=np.uint64)
    table.place[:n], table.industry[:n] = place[order], industry[order]
    table.id[:n] = (place[order].astype(np.uint64) << np.uint64(32)) + (industry[order].astype(np.uint64) << np.uint64(26)) + serial
    table.value_added[:n] = numbers["value_added"][order] / 4
    table.employment[:n] = numbers["employment"][order].astype(np.int32)
    table.capital[:n] = np.nan_to_num(numbers["capital"][order])
    table.land[:n] = np.nan_to_num(numbers["land"][order]).astype(np.int32)
    table.floor[:n] = np.nan_to_num(numbers["floor"][order]).astype(np.int32)
    table.high_tech[:n], table.foreign[:n] = numbers["high_tech"][order] == 1, numbers["foreign"][order] == 1
    draw_ages(table, founding, seed, start)
    year = numbers["founded"][order]
    known = np.isfinite(year)
    table.founded[:n][known] = np.clip(4 * year[known] + 2, 4 * 1900, start - 1).astype(np.int16)
    table.arrived[:n] = table.founded[:n]
    table.starts_building[:n] = table.founded[:n]
    return table, {"capital_estimated": float((table.capital[:n] <= 0).mean()), "land_estimated": float((table.land[:n] <= 0).mean())}
