"""A store's table as a file: Parquet, CSV, Stata or Excel; with the number of every run, and why it failed where it did."""

from __future__ import annotations

import io
import json
import math
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd

from zonesim.errors import InputError
from zonesim.experiments.durable import ASIDE, write_whole
from zonesim.experiments.plan import design_of
from zonesim.experiments.records import CRASHED, ERROR, STATUSES, TIMEOUT
from zonesim.experiments.store import Store
from zonesim.experiments.stored import table
from zonesim.results import write_parquet

EXCEL_ROWS = 1_048_576
RESERVED = frozenset(
    "aggregate array boolean break byte case catch class colvector complex const continue default delegate delete do double else eltypedef end enum explicit export external float for friend "
    "function global goto if in inline int local long NULL pragma protected quad rowvector short strL typedef typename using virtual with".split()
)  #: words that are no names in Stata
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\0")
REASONS = ("type", "message", "frame")  #: what an export says of a failed run, beside its status and number


def told_table(store: Store) -> pd.DataFrame:
    """Return the table of a store (``stored.table``) with ``run``, the number that ``zonesim rerun --run`` takes, and for failed runs ``failure.type``,
    ``failure.message`` and ``failure.frame``.

    With a baseline there is ``baseline.run`` too; the reason is that of the run whose status is said, the scenario's where both failed alike.

    Raises:
        InputError: a record or the design is damaged.
    """
    found, design, plan = table(store), design_of(store), store.plan()
    numbers = {
        (setting, replication): run for run, setting, replication in store.database.execute("SELECT id, setting, replication FROM runs WHERE plan = ?", (plan,))
    }
    reasons = dict(_reasons(store, plan))
    columns = {"run": "setting", "baseline.run": "baseline_setting"} if (design["baseline_setting"] >= 0).any() else {"run": "setting"}
    settings = {name: design.set_index("row")[column].to_dict() for name, column in columns.items()}
    places = list(zip(found["row"].tolist(), found["replication"].tolist(), strict=True))
    for at, (name, setting_of) in enumerate(settings.items()):
        found.insert(at, name if name not in found else f"{name}.number", [numbers[setting_of[row], replication] for row, replication in places])
    failed = [next((reasons[run] for run in runs if run in reasons and reasons[run][0] == status), None)
              for status, *runs in found[["status", *columns]].itertuples(index=False)]  # fmt: skip
    for i, name in enumerate(REASONS, 1):
        found[f"failure.{name}"] = ["" if one is None else one[i] for one in failed]
    return found


def _reasons(store: Store, plan: int) -> Any:
    """Yield the number of each failed run with its status, and the type, message and last frame of its failure."""
    query = "SELECT id, status, payload FROM runs WHERE plan = ? AND status IN (?, ?, ?)"
    for run, status, payload in store.database.execute(query, (plan, ERROR, TIMEOUT, CRASHED)):
        known = json.loads(payload or "{}")  # its checksum agreed when the table was read
        yield run, (STATUSES[status], *(_one_line(str(known.get(name, ""))) for name in REASONS))


def _one_line(text: str) -> str:
    return "".join(c if c.isprintable() else " " if c.isspace() else "\N{REPLACEMENT CHARACTER}" for c in text).strip()


def export(store: Store, path: Path) -> int:
    """Write the table of a store as ``.parquet``, ``.csv``, ``.dta`` (Stata) or ``.xlsx``; return its rows.

    Raises:
        InputError: another ending, no such folder, one that cannot be written to, or too many rows for Excel.
    """
    if not path.parent.is_dir():
        raise InputError(f"{path}: there is no folder {path.parent}")
    kinds: dict[str, Callable[[pd.DataFrame, Path], None]] = {".parquet": write_parquet, ".csv": _csv, ".dta": _stata, ".xlsx": _excel}
    if path.suffix.lower() not in kinds:
        raise InputError(f"{path}: an export is one of {', '.join(kinds)}")
    found = told_table(store)
    if path.suffix.lower() == ".xlsx" and len(found) >= EXCEL_ROWS:
        raise InputError(f"{path}: {len(found):,} rows; Excel holds {EXCEL_ROWS:,}. Write .parquet or .csv")
    try:
        write_whole(path, lambda aside: kinds[path.suffix.lower()](found, aside))
    except OSError as error:
        reason = re.sub(rf"\S*{re.escape(ASIDE)}\S*", str(path), error.strerror or str(error))  # nobody named the file aside
        raise InputError(f"{path}: cannot be written ({reason})") from None
    return len(found)


def harmless(text: Any) -> Any:
    """Return a text so that no spreadsheet takes it for a formula (CWE-1236); numbers stay numbers.

    >>> harmless("=1+1"), harmless("-3"), harmless(-3.0), harmless("north")
    ("'=1+1", "'-3", -3.0, 'north')
    """
    return f"'{text}" if isinstance(text, str) and text.startswith(FORMULA) else text


def _safe(found: pd.DataFrame) -> pd.DataFrame:
    safe = found.copy()
    for name in safe.columns:
        if not pd.api.types.is_numeric_dtype(safe[name]):
            safe[name] = [harmless(v) for v in safe[name]]
    return safe.rename(columns=harmless)


def _csv(found: pd.DataFrame, path: Path) -> None:
    _safe(found).to_csv(path, index=False, encoding="utf-8-sig", lineterminator="\n")


def _stata(found: pd.DataFrame, path: Path) -> None:
    names: dict[str, str] = {}
    for name in found.columns:
        short = "".join(c if c.isascii() and (c.isalnum() or c == "_") else "_" for c in name)
        short = (short if short[0].isalpha() and short not in RESERVED and not re.fullmatch(r"str\d+", short) else f"v_{short}")[:28]
        number = 1
        while short in names.values():
            number += 1
            short = f"{short[:28]}_{number}"
        names[name] = short
    found = found.assign(seed=found["seed"].astype(str))  # 63 bits: more than Stata's or Excel's numbers hold
    labels = {names[name]: name[:80] for name in found.columns}
    found.rename(columns=names).to_stata(path, write_index=False, version=118, variable_labels=labels)


def _excel(found: pd.DataFrame, path: Path) -> None:
    try:
        import xlsxwriter
    except ImportError:
        raise InputError("an .xlsx needs the extra: pip install 'zonesim[report]'") from None
    made = io.BytesIO()  # on a full disk a workbook that writes its file itself leaves a traceback behind
    book = xlsxwriter.Workbook(made, {"strings_to_formulas": False, "strings_to_urls": False, "nan_inf_to_errors": False, "constant_memory": True})
    sheet = book.add_worksheet("runs")
    bold = book.add_format({"bold": True})
    for j, name in enumerate(found.columns):
        sheet.write_string(0, j, str(name), bold)
    found = found.assign(seed=found["seed"].astype(str))
    columns = [found[name].tolist() for name in found.columns]
    for i, row in enumerate(zip(*columns, strict=True), 1):
        for j, value in enumerate(row):
            if isinstance(value, str):
                sheet.write_string(i, j, value)
            elif not (isinstance(value, float) and math.isnan(value)):
                sheet.write(i, j, value)
    sheet.freeze_panes(1, 0)
    book.close()
    path.write_bytes(made.getbuffer())
