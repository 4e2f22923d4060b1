"""The Morris plane: how much a lever matters against how much that depends on the other settings."""

from __future__ import annotations

import math
from typing import Any

from zonesim.report.figures.figure import Choice, Column, Figure, Table, cells, question
from zonesim.report.figures.labels import Mark, place, width
from zonesim.report.figures.plot import Plot, scatter
from zonesim.report.figures.ranking import UNRANKED, factor, measured, of_outcome, of_outcomes, scaled
from zonesim.report.figures.style import BLUE, GREY, RED, layout, markup_free
from zonesim.report.sweeps import Sweep
from zonesim.report.texts import say
from zonesim.report.view import View
from zonesim.report.words import Lang, joined, prose, word

LABELLED, NAME, REACH, WIDE_SPREAD = (
    12,
    30,
    100.0,
    30.0,
)  # levers with a name; its characters; pixels that it may stand away; ratio of the largest to the smallest beyond which axes are logarithmic
CANVAS = (880.0, 420.0)  # pixels on which names are placed


@question("plane", "ranking", ("ranking",), ("outcome",), of_outcomes)
def plane(view: View, lang: Lang, choice: Choice) -> Figure | None:
    """Draw mean absolute effect against the spread of effects; above the line an effect depends on the other settings, or bends."""
    sweep, outcome, one = of_outcome(view, choice)
    rows = [row for row in one["levers"] if row["sigma"] is not None and row["mu_star"] is not None]
    if one["ranked_by"] != "mu_star" or not rows:
        return None
    times, unit = measured(sweep, outcome, (row[key] for row in rows for key in ("mu_star", "sigma")), lang, ranked=True)
    rows = scaled(rows, times, "mu_star", "sigma", "mu", "noise")
    seen = [row for row in rows if row["mu_star"] > 0 and row["sigma"] > 0]
    wide = len(seen) > 2 and max(r["mu_star"] for r in seen) > WIDE_SPREAD * min(r["mu_star"] for r in seen)
    shown = seen if wide else rows
    plot = Plot(scatter(x=[r["mu_star"] for r in shown], y=[r["sigma"] for r in shown], mode="markers", hovertext=[markup_free(factor(sweep, r["lever"], lang)) for r in shown],
                        hoverinfo="text+x+y", showlegend=False, marker={"color": [BLUE if r["rank"] else UNRANKED for r in shown],
                        "symbol": ["circle" if r["rank"] else "circle-open" for r in shown], "size": 9}))  # fmt: skip
    ends = _ends(shown, wide)
    least, most = max(ends[0][0], ends[1][0]), min(ends[0][1], ends[1][1])
    plot.add_trace(scatter(x=[least, most], y=[least, most], mode="lines", line={"color": GREY, "width": 1, "dash": "dash"}, name="σ = μ*", hoverinfo="skip"))
    lucky = [r for r in shown if r["rank"] and r.get("noise") and ends[0][0] < r["noise"] < ends[0][1]]
    if lucky:  # each lever has a floor of its own: a line for all would hide small effects that luck does not touch
        plot.add_trace(scatter(x=[r["noise"] for r in lucky], y=[r["sigma"] for r in lucky], mode="markers", name=say("ranking.floor", lang), hoverinfo="skip",
                               marker={"color": RED, "symbol": "line-ns-open", "size": 8, "line": {"width": 2}}))  # fmt: skip
    _name_points(plot, sweep, shown, ends, wide, lang)
    scale = "log" if wide else "linear"
    spans = [[math.log10(end) for end in pair] if wide else list(pair) for pair in ends]
    axes = [
        {"title": markup_free(title + unit), "type": scale, "range": span, **({"dtick": 1} if wide else {})}
        for title, span in zip(("μ*", "σ"), spans, strict=True)
    ]
    plot.update_layout(**layout(520, xaxis=axes[0], yaxis=axes[1]))
    columns = (Column(word("factor", lang)), *(Column(t + unit, "number") for t in ("μ*", "σ", "μ")))
    notes = [*([say("figure.plane.ticks", lang)] if lucky else []), say("figure.plane.note", lang)]
    curved = [factor(sweep, r["lever"], lang) for r in rows if r["rank"] and r["sigma"] > r["mu_star"]]
    reading = (
        say("figure.plane.curved", lang, levers=joined(curved, lang))
        if curved
        else say("figure.plane.straight" if any(r["rank"] for r in rows) else "figure.plane.none", lang)
    )
    return Figure("plane", f"{say('figure.plane.title', lang)} · {sweep.outcome(outcome, lang)}", plot,
                  Table(columns, tuple(cells(factor(sweep, r["lever"], lang), r["mu_star"], r["sigma"], r["mu"]) for r in rows)),
                  say("figure.plane.alt", lang, n=len(rows)), reading, prose(notes, lang))  # fmt: skip


def brief(name: str) -> str:
    """Return a name that finds room beside a point; the table has the whole one.

    >>> brief("Share of local land quota allotted to the zone"), brief("产业基金规模")
    ('Share of local land quota…', '产业基金规模')
    """
    if len(name) <= NAME:
        return name
    cut = name[: NAME - 1]
    return cut[: cut.rfind(" ")].rstrip(" (,") + "…" if " " in cut else cut + "…"


def _ends(rows: list[dict[str, Any]], wide: bool) -> tuple[tuple[float, float], tuple[float, float]]:
    """Return the ends of both axes, with room around the points."""
    found = []
    for key in ("mu_star", "sigma"):
        low, high = min(row[key] for row in rows), max(row[key] for row in rows)
        found.append((low / 1.6, high * 1.6) if wide else (0.0, 1.12 * high or 1.0))
    return found[0], found[1]


def _name_points(plot: Plot, sweep: Sweep, rows: list[dict[str, Any]], ends: tuple[tuple[float, float], tuple[float, float]], wide: bool, lang: Lang) -> None:
    """Write the names of the first levers where they cover neither each other nor a point; the others show theirs when pointed at."""

    def part(value: float, pair: tuple[float, float]) -> float:
        return math.log(value / pair[0]) / math.log(pair[1] / pair[0]) if wide else (value - pair[0]) / (pair[1] - pair[0])

    first = sorted(rows, key=lambda row: -row["mu_star"])
    marks = [
        Mark(
            CANVAS[0] * part(row["mu_star"], ends[0]),
            CANVAS[1] * (1 - part(row["sigma"], ends[1])),
            5.0,
            brief(factor(sweep, row["lever"], lang)) if n < LABELLED else "",
            11.0,
            REACH,
        )
        for n, row in enumerate(first)
    ]
    for row, mark, where in zip(first, marks, place(marks, CANVAS), strict=True):
        if where is not None and mark.text:
            at = [math.log10(row[key]) if wide else row[key] for key in ("mu_star", "sigma")]
            half = width(mark.text, mark.size) / 2 + 3
            side = "center" if abs(where.dx) < half else "left" if where.dx > 0 else "right"  # a text beside its point begins or ends there
            dx = where.dx - {"center": 0.0, "left": half, "right": -half}[side]
            plot.add_annotation(x=at[0], y=at[1], ax=dx, ay=where.dy, text=markup_free(mark.text), showarrow=where.led, arrowhead=0, arrowwidth=1, arrowcolor=UNRANKED, xanchor=side,
                                font={"size": 11}, **({} if where.led else {"xshift": dx, "yshift": -where.dy}))  # fmt: skip
