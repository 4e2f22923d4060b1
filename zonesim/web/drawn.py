"""A figure on a page: its reading first, its plot, its table beside it; and the table to take along."""

from __future__ import annotations

import csv
import io
from typing import Any

from dash import dcc, html

from zonesim.experiments.exported import FORMULA
from zonesim.report.figures import Choice, Figure
from zonesim.report.words import Lang, word
from zonesim.web import words
from zonesim.web.asked import Pairs, address
from zonesim.web.elements import Table
from zonesim.web.flat import flattened
from zonesim.web.shown import PARTS

CONFIG: dict[str, Any] = {
    "displaylogo": False,
    "responsive": True,
    "modeBarButtonsToRemove": ["lasso2d", "select2d"],
    "toImageButtonOptions": {"format": "png", "scale": 2},
}


def drawn(figure: Figure, given: Pairs, choice: Choice, lang: Lang) -> Any:
    """Return a figure with its reading first and its table beside it."""
    chosen = {part: getattr(choice, part) for part in PARTS if getattr(choice, part)}
    wanted = dict(given).get("figure")
    taken = address(given, **({"figure": wanted} if wanted else {}), **chosen)
    columns = figure.table.columns
    table = Table([one.title for one in columns], [one.kind != "text" for one in columns], figure.table.written(lang))
    plot = dcc.Graph(id="plot", figure=flattened(figure.spec, lang), config=CONFIG)
    return html.Div([
        html.H3(figure.title), html.P(figure.reading, className="reading", role="status"),
        html.Div(html.Div(plot, style={"minWidth": figure.least}), className="wide", role="figure", **{"aria-label": figure.alt}), html.P(figure.note, className="note"),
        html.Details([
            html.Summary(word("table", lang)), html.Div(table, className="scroll", tabIndex="0", role="region", **{"aria-label": figure.title}),
        ], open=True),
        html.P(html.A(words.say("download.table", lang), href=f"/{lang}/table.csv{taken}", className="button")),
    ])  # fmt: skip


def csv_of(figure: Figure) -> bytes:
    """Return a figure's table for spreadsheets: numbers as they are, texts that could be formulas quoted."""
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow([_inert(column.title) for column in figure.table.columns])
    for row in figure.table.rows:
        writer.writerow([_inert(cell) if isinstance(cell, str) else "" if cell is None else repr(cell) for cell in row])
    return stream.getvalue().encode("utf-8-sig")


def _inert(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA) else text
