"""A plot as plain data: traces, layout and frames as Plotly's JavaScript reads them.

Plotly's own Python objects check every property and copy a template into every figure: a report of eighty figures spends 15 s there, and 0.2 s here.
``tests/property/test_figures.py`` puts every figure through Plotly's checks instead.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from zonesim.report.figures.style import WRITTEN

Trace = dict[str, Any]
Layout = dict[str, Any]


def scatter(**properties: Any) -> Trace:
    """Return points and lines."""
    return {"type": "scatter", **properties}


def bars(**properties: Any) -> Trace:
    """Return bars."""
    return {"type": "bar", **properties}


class Plot:
    """A plot that is being put together; with rows and columns it is a grid of panels.

    Args:
        traces: to begin with.
        rows, columns: panels.
        titles: of the panels, row by row.
        gap: between panels, (across, down), as shares of the whole.
        shared: all panels have the first one's vertical axis.
    """

    def __init__(
        self, *traces: Trace, rows: int = 1, columns: int = 1, titles: Sequence[str] = (), gap: tuple[float, float] = (0.05, 0.1), shared: bool = False
    ) -> None:
        self.data: list[Trace] = list(traces)
        self.layout: Layout = {}
        self.frames: list[dict[str, Any]] = []
        self.columns = columns
        if titles:
            self._panels(rows, columns, titles, gap, shared)

    def _panels(self, rows: int, columns: int, titles: Sequence[str], gap: tuple[float, float], shared: bool) -> None:
        wide, tall = (1 - gap[0] * (columns - 1)) / columns, (1 - gap[1] * (rows - 1)) / rows
        self.layout["annotations"] = []
        for n, title in enumerate(titles):
            row, column = divmod(n, columns)
            left, top = column * (wide + gap[0]), 1 - row * (tall + gap[1])
            end = "" if n == 0 else str(n + 1)
            self.layout[f"xaxis{end}"] = {"domain": [left, left + wide], "anchor": f"y{end}", "exponentformat": WRITTEN["exponentformat"]}
            self.layout[f"yaxis{end}"] = {
                "domain": [max(0.0, top - tall), top],
                "anchor": f"x{end}",
                **WRITTEN,
                **({"matches": "y", "showticklabels": False} if shared and n else {}),
            }
            self.layout["annotations"].append(
                {
                    "text": title,
                    "x": left + wide / 2,
                    "y": top,
                    "xref": "paper",
                    "yref": "paper",
                    "xanchor": "center",
                    "yanchor": "bottom",
                    "showarrow": False,
                    "font": {"size": 12},
                }
            )

    def add_trace(self, trace: Trace, panel: int = 0) -> None:
        """Add a trace, to a panel of a grid."""
        self.data.append(trace if panel == 0 else {**trace, "xaxis": f"x{panel + 1}", "yaxis": f"y{panel + 1}"})

    def add_vline(self, x: Any, line: dict[str, Any], text: str = "") -> None:
        """Add a line across the plot at x, with a text at its top."""
        self._add("shapes", {"type": "line", "x0": x, "x1": x, "y0": 0, "y1": 1, "yref": "paper", "line": line})
        if text:
            self._add("annotations", {"text": text, "x": x, "y": 1, "yref": "paper", "xanchor": "left", "yanchor": "top", "showarrow": False})

    def add_hline(self, y: Any, line: dict[str, Any], text: str = "") -> None:
        """Add a line across the plot at y, with a text at its end."""
        self._add("shapes", {"type": "line", "y0": y, "y1": y, "x0": 0, "x1": 1, "xref": "paper", "line": line})
        if text:
            self._add("annotations", {"text": text, "y": y, "x": 1, "xref": "paper", "xanchor": "right", "yanchor": "bottom", "showarrow": False})

    def add_shape(self, **properties: Any) -> None:
        """Add a shape."""
        self._add("shapes", properties)

    def add_annotation(self, **properties: Any) -> None:
        """Add a text."""
        self._add("annotations", properties)

    def _add(self, kind: str, one: dict[str, Any]) -> None:
        self.layout.setdefault(kind, []).append(one)

    def update_layout(self, **more: Any) -> None:
        """Merge properties into the layout."""
        merge(self.layout, more)

    def each_axis(self, letter: str, **more: Any) -> None:
        """Merge properties into every x or y axis."""
        for name in [key for key in self.layout if key.startswith(f"{letter}axis")]:
            merge(self.layout[name], more)

    def spec(self) -> dict[str, Any]:
        """Return it as plain data for JSON: no NaN, no NumPy, numbers of seven digits."""
        for name, axis in self.layout.items():
            if name[1:5] == "axis" and isinstance(axis.get("title"), str):
                axis["title"] = {"text": axis["title"], **({"standoff": 10} if name[0] == "y" else {})}  # else it lies on long numbers beside it
        found: dict[str, Any] = plain({"data": self.data, "layout": self.layout, **({"frames": self.frames} if self.frames else {})})
        return found


def merge(into: dict[str, Any], more: dict[str, Any]) -> None:
    """Merge a tree of properties into another, in place.

    >>> a = {"x": {"b": 1}}; merge(a, {"x": {"c": 2}}); a
    {'x': {'b': 1, 'c': 2}}
    """
    for key, value in more.items():
        if isinstance(value, dict) and isinstance(into.get(key), dict):
            merge(into[key], value)
        else:
            into[key] = dict(value) if isinstance(value, dict) else value


def plain(value: Any) -> Any:
    """Return a value as JSON has it: numbers that are none become null.

    >>> plain({"x": [np.float64(0.1234567891), float("nan"), np.int64(3)], "y": (1, True, None)})
    {'x': [0.1234568, None, 3], 'y': [1, True, None]}
    """
    if isinstance(value, str | bool) or value is None:
        return value
    if isinstance(value, dict):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, np.generic):
        return plain(value.item())
    if isinstance(value, float):
        return float(f"{value:.7g}") if math.isfinite(value) else None
    if isinstance(value, int):
        return value
    if isinstance(value, Iterable):
        return [plain(one) for one in value]
    return str(value)
