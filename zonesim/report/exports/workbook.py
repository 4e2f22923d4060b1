"""The report as a workbook: a sheet for each figure with its table as a native one, numbers as numbers, and sheets for summary, inputs, provenance."""

from __future__ import annotations

import math
import re
from pathlib import Path
from typing import Any

from zonesim.errors import InputError
from zonesim.report.document import Document, document
from zonesim.report.figures import Figure
from zonesim.report.inert import inert
from zonesim.report.inputs import head
from zonesim.report.texts import say
from zonesim.report.view import View
from zonesim.report.words import Lang, word

LONGEST_CELL, WIDEST = 32_000, 60


def write_workbook(view: View, path: Path, lang: Lang) -> None:
    """Write the workbook.

    Raises:
        InputError: XlsxWriter is not installed.
    """
    try:
        import xlsxwriter
    except ImportError:
        raise InputError("an .xlsx needs the extra: pip install 'zonesim[report]' (XlsxWriter)") from None
    made = document(view, lang)
    book = xlsxwriter.Workbook(
        str(path), {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "nan_inf_to_errors": False, "in_memory": True}
    )
    book.set_properties(
        {"title": inert(made.title)[:255], "comments": next((value for label, value in made.facts if label == say("provenance.digest", lang)), "")}
    )
    sheets = _Sheets(book)
    cover = sheets.add(say("section.summary", lang))
    for number, one in enumerate(made.figures(), 1):
        sheets.figure(one, f"{number} {one.title}", lang)
    _inputs(sheets, made)
    _facts(sheets, made)
    _cover(sheets, cover, made)
    book.close()


class _Sheets:
    """The sheets of a workbook, each with a name that Excel allows, once."""

    def __init__(self, book: Any) -> None:
        self.book, self.names, self.tables = book, dict[str, str](), 0
        self.bold = book.add_format({"bold": True, "font_size": 14})
        self.wrap = book.add_format({"text_wrap": True, "valign": "top"})
        self.strong = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        self.kinds = {
            "number": book.add_format({"num_format": "#,##0.###"}),
            "plain": book.add_format({"num_format": "#,##0.###"}),
            "count": book.add_format({"num_format": "#,##0"}),
            "times": book.add_format({"num_format": "#,##0.#"}),
            "share": book.add_format({"num_format": "0%"}),
            "text": book.add_format({}),
        }

    def add(self, title: str) -> Any:
        """Add a sheet."""
        clean = re.sub(r"[\[\]:*?/\\']", " ", inert(title)).strip()[:31] or "sheet"
        name, number = clean, 1
        while name.lower() in self.names:
            number += 1
            name = f"{clean[: 30 - len(str(number))]}~{number}"
        self.names[name.lower()] = title
        sheet = self.book.add_worksheet(name)
        sheet.title_of = title
        return sheet

    def figure(self, one: Figure, title: str, lang: Lang) -> None:
        """Add the sheet of a figure: title, reading, native table."""
        sheet = self.add(title)
        text(sheet, 0, 0, one.title, self.bold)
        text(sheet, 1, 0, one.reading)
        if one.note:
            text(sheet, 2, 0, one.note)
        self.table(sheet, 4, [(column.title, column.kind) for column in one.table.columns], one.table.rows)
        sheet.freeze_panes(5, 0)

    def table(self, sheet: Any, top: int, columns: list[tuple[str, str]], rows: Any) -> int:
        """Write a native table; return the row below it."""
        titles: list[str] = []
        for title, _ in columns:
            plain, number = inert(title)[:200] or "-", 1
            while plain.lower() in [one.lower() for one in titles]:
                number += 1
                plain = f"{inert(title)[:200]} {number}"
            titles.append(plain)
        rows = list(rows)
        widths = [_wide(title) for title in titles]
        for i, row in enumerate(rows):
            for j, (value, (_, kind)) in enumerate(zip(row, columns, strict=True)):
                widths[j] = max(widths[j], _wide(value if isinstance(value, str) else "123,456.7"))
                if isinstance(value, bool | str):
                    text(sheet, top + 1 + i, j, str(value))
                elif value is not None and math.isfinite(value):
                    sheet.write_number(top + 1 + i, j, value, self.kinds[kind])
        self.tables += 1
        sheet.add_table(
            top,
            0,
            top + max(1, len(rows)),
            len(columns) - 1,
            {"name": f"Figures_{self.tables}", "style": "Table Style Light 9", "columns": [{"header": title} for title in titles]},
        )
        for j, width in enumerate(widths):
            sheet.set_column(j, j, min(WIDEST, width + 3))
        return top + 2 + len(rows)


def _wide(value: str) -> int:
    return sum(2 if ord(c) > 0x2E80 else 1 for c in value)


def text(sheet: Any, row: int, column: int, value: str, style: Any = None) -> None:
    """Write a text as a text, whatever it looks like."""
    sheet.write_string(row, column, inert(value)[:LONGEST_CELL], style)


def _cover(sheets: _Sheets, sheet: Any, made: Document) -> None:
    lang = made.lang
    text(sheet, 0, 0, made.title, sheets.bold)
    row = 2
    if made.mixed:
        text(sheet, row, 1, made.mixed, sheets.wrap)
        row += 1
    for heading, said in made.summary:
        text(sheet, row, 0, heading, sheets.strong)
        text(sheet, row, 1, said, sheets.wrap)
        row += 1
    for caution in made.cautions:
        text(sheet, row, 1, caution, sheets.wrap)
        row += 1
    row += 1
    text(sheet, row, 0, say("section.contents", lang), sheets.strong)
    for name, title in list(sheets.names.items())[1:]:
        row += 1
        sheet.write_url(
            row, 1, f"internal:'{next(one.get_name() for one in sheets.book.worksheets() if one.get_name().lower() == name)}'!A1", string=inert(title)[:250]
        )
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 110)


def _inputs(sheets: _Sheets, made: Document) -> None:
    lang = made.lang
    columns = [
        (title, "text")
        for title in (
            word("scenario", lang),
            say("inputs.theme", lang),
            say("inputs.measure", lang),
            word("clause", lang),
            word("place", lang),
            word("dates", lang),
            *head(lang),
        )
    ]
    rows = [
        (name, say(f"theme.{one.theme}", lang), one.name, one.clause, one.where, one.dates, *row)
        for name, found in made.inputs
        for one in found
        for row in one.rows
    ]
    if rows:
        sheets.table(sheets.add(say("section.inputs", lang)), 0, columns, rows)


def _facts(sheets: _Sheets, made: Document) -> None:
    lang = made.lang
    sheet = sheets.add(say("section.provenance", lang))
    below = sheets.table(sheet, 0, [(say("provenance.fact", lang), "text"), (word("value", lang), "text")], made.facts)
    sheets.table(
        sheet, below + 1, [(word("indicator", lang), "text"), (word("unit", lang), "text"), (say("column.definition", lang), "text")], made.definitions
    )
