"""Founding from the user's own lists: a CSV of enterprises and a CSV of zones become a scenario folder.

Headers may be Chinese or English, in any order, with a unit in brackets; files may be UTF-8 or GBK. Every bad line is reported with line,
column and value; nothing is written unless everything is right. The mapping of columns is in docs/own_lists.md, generated from
:mod:`zonesim.founding.list_columns`.
"""

from __future__ import annotations

import csv
import os
import shutil
from pathlib import Path
from typing import Any

import yaml

from zonesim import quarters
from zonesim.errors import InputError, StorageError, nearest
from zonesim.founding.list_columns import ENTERPRISES, GBT, LEVELS, ZONES
from zonesim.founding.list_reader import read_list
from zonesim.founding.list_scenario import scenario_of

__all__ = ["ENTERPRISES", "GBT", "ZONES", "import_folder", "read_list", "scenario_of"]


def import_folder(enterprises: Path, zones: Path, out: Path, start: str) -> list[str]:
    """Make a scenario folder: ``baseline.yaml``, and both lists in standard columns and units.

    Args:
        enterprises: CSV of enterprises.
        zones: CSV of zones.
        out: folder to make; must not hold a baseline already.
        start: quarter that the lists describe.

    Returns:
        Lines to tell the user.

    Raises:
        InputError: every bad line of both lists.
    """
    quarters.parse(start)
    problems: list[str] = []
    tables: list[list[dict[str, Any]]] = []
    for path, columns in ((enterprises, ENTERPRISES), (zones, ZONES)):
        try:
            tables.append(read_list(path, columns))
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(*problems)
    firms, areas = tables
    names = [z["name"] for z in areas]
    for z in areas:
        if names.count(z["name"]) > 1:
            problems.append(f"{zones}:{z['line']}: the zone {z['name']!r} stands here twice")
        if z.get("level") not in (None, *LEVELS):
            problems.append(f"{zones}:{z['line']}: level {z['level']!r} is not one of {', '.join(LEVELS)}")
    for f in firms:
        if f.get("zone") and f["zone"] not in names:
            problems.append(f"{enterprises}:{f['line']}: unknown zone {f['zone']!r}{nearest(f['zone'], names)}")
        if f["output"] <= 0 or f["employment"] < 1:
            problems.append(f"{enterprises}:{f['line']}: an enterprise needs output above 0 and at least one person")
    if problems:
        raise InputError(*problems[:200])
    if (out / "baseline.yaml").exists():
        raise InputError(f"--out {out}: holds a baseline.yaml already; name another folder")
    document, standard = scenario_of(firms, areas, start)
    aside = out.with_name(f".{out.name}.{os.getpid()}")
    try:
        aside.mkdir(parents=True)
        (aside / "baseline.yaml").write_text(yaml.safe_dump(document, allow_unicode=True, sort_keys=False, width=140), encoding="utf-8")
        with (aside / "enterprises.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(standard[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(standard)
        out.parent.mkdir(parents=True, exist_ok=True)
        if out.exists():
            out.rmdir()
        os.replace(aside, out)
    except OSError as error:
        raise StorageError(f"{out}: {error.strerror}; nothing was imported") from error
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    missing = sum(f.get("capital") is None for f in firms)
    return [
        f"{len(firms)} enterprises in {len(areas)} zones and {len(document['region']['counties'])} counties imported into {out}",
        f"capital was estimated for {missing} of them (value added times the industry's ratio)",
        f"run it: zonesim run {out / 'baseline.yaml'} --out results/{out.name}",
    ]
