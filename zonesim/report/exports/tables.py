"""The tables behind the figures as CSV: one long file, or one for each in a ZIP; names that look like formulas are harmless."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from zonesim.experiments.exported import harmless
from zonesim.report.document import document
from zonesim.report.figures import Figure, Table
from zonesim.report.inert import inert
from zonesim.report.texts import say
from zonesim.report.view import View
from zonesim.report.words import Lang


def cell(value: Any) -> Any:
    """Return a cell: a number as it is, nothing for a missing one, a text that no spreadsheet takes for a formula.

    >>> cell(1.5), cell("=1+1"), cell(float("nan")), cell(None)
    (1.5, "'=1+1", '', '')
    """
    if value is None or (isinstance(value, float) and value != value):
        return ""
    return value if isinstance(value, int | float) else harmless(inert(value))


def rows_of(table: Table) -> list[list[Any]]:
    """Return heading and rows."""
    return [[cell(column.title) for column in table.columns], *([cell(one) for one in row] for row in table.rows)]


def as_csv(rows: Iterable[Iterable[Any]]) -> bytes:
    """Return rows as CSV that Excel reads as UTF-8."""
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows(rows)
    return stream.getvalue().encode("utf-8-sig")


def write_rows(table: Table, path: Path) -> None:
    """Write one table."""
    path.write_bytes(as_csv(rows_of(table)))


def write_tables(view: View, path: Path, lang: Lang) -> None:
    """Write every cell of every figure's table as a row: figure, title, row, column, value."""
    found: list[list[Any]] = [[say(f"csv.{key}", lang) for key in ("figure", "title", "row", "column", "value")]]
    for one in document(view, lang).figures():
        for n, row in enumerate(one.table.rows, 1):
            found += [[one.id, cell(one.title), n, cell(column.title), cell(value)] for column, value in zip(one.table.columns, row, strict=True)]
    path.write_bytes(as_csv(found))


def write_zip(view: View, path: Path, lang: Lang) -> None:
    """Write a ZIP with one CSV for each figure, and the summary."""
    made = document(view, lang)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        _enter(archive, "summary.csv", as_csv([[cell(heading), cell(said)] for heading, said in made.summary]))
        for one in made.figures():
            _enter(archive, f"{file_name(one)}.csv", as_csv(rows_of(one.table)))


def file_name(one: Figure) -> str:
    """Return the id of a figure as the name of a file."""
    return re.sub(r"[^A-Za-z0-9._-]", "_", one.id)[:120]


def _enter(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    archive.writestr(zipfile.ZipInfo(name, (2000, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)  # the same results give the same bytes
