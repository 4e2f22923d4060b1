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

import yaml

from zonesim import quarters
from zonesim.errors import InputError, StorageError
from zonesim.founding.list_columns import ENTERPRISES, GBT, ZONES
from zonesim.founding.list_fit import described, told_of
from zonesim.founding.list_reader import Listed, at_most, gather, read_list
from zonesim.founding.list_relations import check_lists
from zonesim.founding.list_scenario import scenario_of
from zonesim.interrupts import stop_if_asked
from zonesim.scenario.reader import collected

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
    problems: list[str] = []
    tables: list[Listed] = []
    for path, columns in ((enterprises, ENTERPRISES), (zones, ZONES)):
        with collected(problems):
            tables.append(gather(path, columns))
    year = None
    with collected(problems):
        year = quarters.parse(start) // 4
    if len(tables) == 2:
        check_lists(tables[0], tables[1], year)
    for listed in tables:
        problems += at_most(listed.told(), listed.path)
    if (out / "baseline.yaml").exists():
        problems.append(f"--out {out}: holds a baseline.yaml already; name another folder")
    if problems:
        raise InputError(*problems)
    firms, areas = tables[0].rows, tables[1].rows
    document, standard = scenario_of(firms, areas, start)
    fit = told_of(firms, areas)
    document["description"] = described(fit)
    aside = out.with_name(f".{out.name}.{os.getpid()}")
    try:
        aside.mkdir(parents=True)
        (aside / "baseline.yaml").write_text(yaml.safe_dump(document, allow_unicode=True, sort_keys=False, width=140), encoding="utf-8")
        with (aside / "enterprises.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(standard[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(standard)
        stop_if_asked()
        out.parent.mkdir(parents=True, exist_ok=True)
        if out.exists():
            out.rmdir()
        os.replace(aside, out)
    except OSError as error:
        raise StorageError(f"{out}: {error.strerror}; nothing was imported") from error
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    missing = sum(not f.get("capital") for f in firms)
    unused = [f"{listed.path}: columns that are not used: {', '.join(listed.unused)}" for listed in tables if listed.unused]
    return [
        *unused,
        f"{len(firms)} enterprises in {len(areas)} zones and {len(document['region']['counties'])} counties imported into {out}",
        f"capital was estimated for {missing} of them (value added times the industry's ratio)",
        *(f"opening: {en}" for _, en in fit),
        f"run it: zonesim run {out / 'baseline.yaml'} --out results/{out.name}",
    ]
