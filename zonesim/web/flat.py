"""Parallel coordinates as plain lines: Plotly's own need WebGL code that compiles itself, which the pages' policy forbids."""

from __future__ import annotations

import math
from typing import Any

from zonesim.report.words import Lang, number

COLOURS = ("#00204c", "#414d6b", "#7c7b78", "#bcaf6f", "#ffe945")  #: Cividis, fifth by fifth


def flattened(spec: dict[str, Any], lang: Lang) -> dict[str, Any]:
    """Return a plot whose parallel coordinates are lines, coloured by fifths of what they are coloured by; any other plot as it is."""
    coordinates = next((one for one in spec["data"] if one.get("type") == "parcoords"), None)
    if coordinates is None:
        return spec
    dimensions, colour = coordinates["dimensions"], [float(one) for one in coordinates["line"]["color"]]
    scaled = [_positions(one) for one in dimensions]
    low, high = min(colour), max(colour)
    fifth = [min(4, int(5 * (one - low) / (high - low))) if high > low else 0 for one in colour]
    title = coordinates["line"]["colorbar"]["title"]["text"]
    traces: list[dict[str, Any]] = []
    for k in range(5):
        x: list[int | None] = []
        y: list[float | None] = []
        for point in (n for n, group in enumerate(fifth) if group == k):
            x += [*range(len(dimensions)), None]
            y += [*(column[point] for column in scaled), None]
        if x:
            start, end = (low + (high - low) * part / 5 for part in (k, k + 1))
            traces.append({"type": "scatter", "mode": "lines", "x": x, "y": y, "name": f"{title if not traces else ''} {start:,.6g} – {end:,.6g}".strip(),
                           "line": {"color": COLOURS[k], "width": 1.4}, "opacity": 0.7, "hoverinfo": "skip", "connectgaps": False})  # fmt: skip
    notes = [
        {"x": k, "y": end, "text": text, "showarrow": False, "yshift": 12 if end else -12, "font": {"size": 11}}
        for k, one in enumerate(dimensions) for end, text in zip((0, 1), _ends(one, lang), strict=True)
    ]  # fmt: skip
    lines = [{"type": "line", "x0": k, "x1": k, "y0": 0, "y1": 1, "line": {"color": "#888888", "width": 1}} for k in range(len(dimensions))]
    axis = {
        "tickvals": list(range(len(dimensions))),
        "ticktext": [one["label"] for one in dimensions],
        "tickangle": 20,
        "automargin": True,
        "showgrid": False,
        "zeroline": False,
    }
    layout = {
        **spec["layout"],
        "xaxis": axis,
        "yaxis": {"visible": False, "range": [-0.12, 1.12]},
        "annotations": notes,
        "shapes": lines,
        "showlegend": True,
        "margin": {"l": 60, "r": 60, "t": 60, "b": 40},
    }
    return {"data": traces, "layout": layout}


def _range(dimension: dict[str, Any]) -> tuple[float, float]:
    known = [float(one) for one in dimension["values"] if one is not None and math.isfinite(float(one))]
    given = dimension.get("range")
    return (float(given[0]), float(given[1])) if given else (min(known, default=0.0), max(known, default=1.0))


def _positions(dimension: dict[str, Any]) -> list[float | None]:
    low, high = _range(dimension)
    return [None if one is None else (float(one) - low) / (high - low) if high > low else 0.5 for one in dimension["values"]]


def _ends(dimension: dict[str, Any], lang: Lang) -> tuple[str, str]:
    names = dimension.get("ticktext")
    low, high = _range(dimension)
    return (str(names[0]), str(names[-1])) if names else (number(low, lang), number(high, lang))
