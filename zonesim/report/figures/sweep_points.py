"""The points of a sweep: parallel coordinates of their settings and outcomes, and the trade-off of two outcomes."""

from __future__ import annotations

import itertools
import math
from typing import Any

import numpy as np
import pandas as pd

from zonesim.report.figures.beaten import choosable, chosen, non_dominated, unbeaten, upward
from zonesim.report.figures.figure import Choice, Column, Figure, Table, cells, kind_of, question
from zonesim.report.figures.leading import leading
from zonesim.report.figures.plot import Plot, scatter
from zonesim.report.figures.ranking import measured
from zonesim.report.figures.style import BLUE, GREY, ORANGE, RED, SKY, faint, layout, markup_free, wrapped
from zonesim.report.figures.sweep import each_outcome, sweep_of
from zonesim.report.sweeps import Sweep
from zonesim.report.texts import say
from zonesim.report.view import View
from zonesim.report.words import Lang, digits_apart, joined, number, prose, word

NEAR = 1.0  #: widths of all points that a target may lie away from them, to be drawn
MOST_LINES, MOST_MARKS = 400, 1000  #: points that a browser draws in less than a second
QUARTERS = ((GREY, "dot"), (SKY, "dash"), (ORANGE, "dashdot"), (BLUE, "solid"))  # from the worst to the best


def pairs(view: View) -> list[Choice]:
    """Return the pairs of outcomes, those with targets first; at most six."""
    ordered = sorted(sweep_of(view).outcomes, key=lambda one: one.get("target") is None)
    return [Choice(outcome=str(a["name"]), second=str(b["name"])) for a, b in itertools.combinations(ordered, 2)][:6]


@question("parallel", "ranking", ("points",), ("outcome",), lambda view: each_outcome(view)[:1])
def parallel(view: View, lang: Lang, choice: Choice) -> Figure | None:
    """Draw each point of the design as a line through its settings and outcomes, coloured by one outcome; axes can be narrowed."""
    sweep = sweep_of(view)
    outcome = choice.outcome or str(sweep.outcomes[0]["name"])
    points = sweep.points[np.isfinite(sweep.points[outcome].to_numpy(dtype=float))]
    if points.empty:
        return None
    goods = [str(one["name"]) for one in sweep.outcomes]
    values = np.column_stack([upward(sweep, name, points) for name in goods])
    drawn = points.iloc[chosen(points["row"].to_numpy(), unbeaten(np.where(np.isfinite(values), values, -np.inf)), MOST_LINES)]
    scales = {name: measured(sweep, name, drawn[name], lang) for name in goods}
    drawn = drawn.assign(**{name: factor * drawn[name] for name, (factor, _) in scales.items()})
    axes = [(wrapped(short(sweep.label(str(one["name"]), lang)), 14), *sweep.scale(one, drawn, lang)) for one in sweep.factors]
    axes += [(wrapped(short(sweep.outcome(name, lang)), 14) + unit.replace(" (", "<br>("), *_span(drawn[name], lang)) for name, (_, unit) in scales.items()]
    plot = Plot()
    ranks = np.searchsorted(np.quantile(drawn[outcome], [0.25, 0.5, 0.75]), drawn[outcome].to_numpy(dtype=float), side="right")
    for quarter, (colour, dash) in enumerate(QUARTERS):  # the best lie on top
        x: list[float | None] = []
        y: list[float | None] = []
        for point in np.flatnonzero(ranks == quarter):
            x += [*range(len(axes)), None]
            y += [*(float(at[point]) for _, at, _ in axes), None]
        if x:
            plot.add_trace(
                scatter(
                    x=x,
                    y=y,
                    mode="lines",
                    name=say(f"design.quarter{quarter}", lang),
                    line={"color": faint(colour, 0.5 if quarter < 3 else 0.8), "dash": dash, "width": 1.2 if quarter < 3 else 2},
                    hoverinfo="skip",
                )
            )
    for k, (_, _, ticks) in enumerate(axes):
        plot.add_shape(type="line", x0=k, x1=k, y0=0, y1=1, line={"color": "#444444", "width": 1})
        for at, text in ticks:
            plot.add_annotation(
                x=k, y=at, text=text, showarrow=False, xshift=4, xanchor="left", font={"size": 10, "color": "#444444"}, bgcolor="rgba(255,255,255,0.7)"
            )
    plot.update_layout(**layout(480, meta={"least": 640}, xaxis={"tickvals": list(range(len(axes))), "ticktext": [name for name, _, _ in axes], "range": [-0.2, len(axes) - 0.4], "tickfont": {"size": 11}, "showgrid": False, "zeroline": False},
                                yaxis={"visible": False, "range": [-0.06, 1.06]}))  # fmt: skip
    names = [str(one["name"]) for one in sweep.factors]
    columns = (
        *(Column(sweep.marked(n, lang), "number" if pd.api.types.is_numeric_dtype(drawn[n]) else "text") for n in names),
        *(Column(sweep.outcome(n, lang) + unit, kind_of(sweep.unit(n)), digits_apart(drawn[n].tolist())) for n, (_, unit) in scales.items()),
    )
    rows = tuple(cells(*(row[n] if not isinstance(row[n], (list, dict)) else str(row[n]) for n in [*names, *goods])) for _, row in drawn.iterrows())
    best = points.loc[points[outcome].idxmax()]
    said, first = leading(sweep, outcome, lang)
    highest = sweep.written(outcome, [float(best[outcome]), float(points[outcome].min())], lang, (scales[outcome][0], scales[outcome][1][2:-1]))[0]
    at_best = [say("figure.parallel.setting", lang, lever=sweep.marked(n, lang), value=sweep.setting(n, best[n], lang)) for n in first if n in names]
    parts = [say("figure.parallel.reading", lang, n=len(points), shown=len(drawn), outcome=sweep.outcome(outcome, lang), best=highest), said]
    parts += [say("figure.parallel.at_best", lang, settings=joined(at_best, lang))] if at_best else []
    notes = [say("figure.parallel.note", lang, shown=len(drawn), n=len(points)), say("figure.parallel.chance", lang)]
    return Figure("parallel", f"{say('figure.parallel.title', lang)} · {sweep.outcome(outcome, lang)}", plot, Table(columns, rows),
                  say("figure.parallel.alt", lang, n=len(drawn), k=len(axes)), prose(parts, lang), prose(notes, lang))  # fmt: skip


def _span(values: Any, lang: Lang) -> tuple[list[float], list[tuple[float, str]]]:
    """Return values between 0 and 1, and the ends as ticks."""
    numbers = np.asarray(values, dtype=float)
    low, high = float(np.nanmin(numbers)), float(np.nanmax(numbers))
    return [float(one) for one in (numbers - low) / (high - low if high > low else 1.0)], [
        (float(k), number(end, lang, digits_apart([low, high]))) for k, end in enumerate((low, high))
    ]


def short(name: str) -> str:
    """Return a name that fits on an axis.

    >>> short("a" * 40)
    'aaaaaaaaaaaaaaaaaaaaaaaaa…'
    """
    return markup_free(name if len(name) <= 26 else name[:25] + "…")


def _with_target(plot: Plot, sweep: Sweep, outcome: str, side: str, values: list[float | None], times: float, lang: Lang) -> list[float]:
    """Draw the target of an outcome as a line, and return the range of its axis; one far from every point would press them together, and is only told."""
    known = [value for value in values if value is not None and math.isfinite(value)]
    low, high, target = min(known), max(known), sweep.goal(outcome)["target"]
    goal = None if target is None else times * target
    size = high - low or abs(high) or 1.0
    if goal is not None and low - NEAR * size <= goal <= high + NEAR * size:
        low, high = min(low, goal), max(high, goal)
        line = {"color": RED, "dash": "dot"}
        plot.add_vline(x=goal, line=line) if side == "x" else plot.add_hline(y=goal, line=line)
    elif goal is not None:
        said, above = markup_free(say("design.beyond", lang, target=sweep.amount(outcome, target, lang))), goal > high
        text = (f"{said} →" if above else f"← {said}") if side == "x" else f"{'↑' if above else '↓'} {said}"
        at = {"x": float(above), "y": 0.0, "xanchor": "right" if above else "left", "yanchor": "bottom"} if side == "x" else {
            "x": 0.0, "y": float(above), "xanchor": "left", "yanchor": "top" if above else "bottom"}  # fmt: skip
        plot.add_annotation(**at, xref="paper", yref="paper", text=text, showarrow=False, font={"color": RED, "size": 12}, bgcolor="rgba(255,255,255,0.8)")
    return [low - 0.06 * size, high + 0.06 * size]


@question("tradeoff", "ranking", ("points",), ("outcome", "second"), pairs)
def tradeoff(view: View, lang: Lang, choice: Choice) -> Figure | None:
    """Draw two outcomes of every point against each other, with their targets, the baseline, and the points that no other beats in both."""
    sweep = sweep_of(view)
    if not choice.outcome or not choice.second:
        return None
    points = sweep.points[np.isfinite(sweep.points[[choice.outcome, choice.second]].to_numpy(dtype=float)).all(axis=1)]
    if points.empty:
        return None
    free = choosable(sweep, points)
    both = np.column_stack([upward(sweep, name, points) for name in (choice.outcome, choice.second)])
    best = np.zeros(len(points), dtype=bool)
    best[free] = non_dominated(both[free])
    drawn = np.zeros(len(points), dtype=bool)
    drawn[chosen(points["row"].to_numpy(), best, MOST_MARKS)] = True
    front = points[best].sort_values(choice.outcome, kind="stable")
    reached = [float(front[choice.outcome].min()), float(front[choice.outcome].max())]
    before = [sweep.baseline_mean(one) for one in (choice.outcome, choice.second)]
    scales = [measured(sweep, one, [*points[one], level], lang) for one, level in zip((choice.outcome, choice.second), before, strict=True)]
    ends = sweep.written(choice.outcome, reached, lang, (scales[0][0], scales[0][1][2:-1]))
    times = {one: factor for one, (factor, _) in zip((choice.outcome, choice.second), scales, strict=True)}
    points, front = (table.assign(**{one: factor * table[one] for one, factor in times.items()}) for table in (points, front))
    before = [None if level is None else factor * level for level, factor in zip(before, times.values(), strict=True)]
    names = [sweep.outcome(one, lang) for one in (choice.outcome, choice.second)]
    plot = Plot()
    for mine, colour, mark, size, text in (
        (points[drawn & free & ~best], GREY, "circle-open", 6, "design.beaten"),
        (points[drawn & ~free], GREY, "x-thin-open", 6, "design.doubtful"),
        (front, BLUE, "diamond", 10, "design.front"),
    ):
        if mine.empty:
            continue
        hover = ["<br>".join(markup_free(line) for line in sweep.settings_of(row, lang)) for _, row in mine.iterrows()]
        plot.add_trace(scatter(x=mine[choice.outcome].tolist(), y=mine[choice.second].tolist(), mode="markers" if mark != "diamond" else "lines+markers", name=say(text, lang),
                                  line={"color": colour, "dash": "dot", "width": 1.2}, marker={"color": colour, "symbol": mark, "size": size}, text=hover,
                                  hovertemplate="%{x:.4g}, %{y:.4g}<br>%{text}<extra></extra>"))  # fmt: skip
    if None not in before:
        plot.add_trace(scatter(x=[before[0]], y=[before[1]], mode="markers", name=word("baseline", lang), marker={"color": "black", "symbol": "x", "size": 13}))
    axes = [
        {"title": markup_free(name + unit), "automargin": True, "range": _with_target(plot, sweep, one, side, [*points[one].tolist(), level], factor, lang)}
        for name, one, side, level, (factor, unit) in zip(names, (choice.outcome, choice.second), "xy", before, scales, strict=True)
    ]  # fmt: skip
    plot.update_layout(**layout(500, xaxis=axes[0], yaxis=axes[1]))
    factors = [str(one["name"]) for one in sweep.factors]
    columns = (
        *(Column(name + unit, kind_of(sweep.unit(one)), digits_apart(points[one].tolist())) for name, one, (_, unit) in zip(names, times, scales, strict=True)),
        *(Column(sweep.marked(n, lang)) for n in factors),
    )
    rows = tuple(cells(row[choice.outcome], row[choice.second], *(sweep.setting(n, row[n], lang) for n in factors)) for _, row in front.iterrows())
    reading = say("figure.tradeoff.one" if len(front) == 1 else "figure.tradeoff.reading", lang, first=names[0], second=names[1], n=len(front), all=int(free.sum()),
                  low=ends[0], high=ends[1])  # fmt: skip
    if sweep.doubts:
        key, doubts = (
            "figure.tradeoff.levers" if sweep.is_one_at_a_time else "figure.tradeoff.doubts",
            joined([sweep.label(one, lang) for one in sweep.doubts], lang),
        )
        reading += ("" if lang == "zh" else " ") + say(key, lang, doubts=doubts, n=int((~free).sum()))
    goals = any(sweep.goal(one)["target"] is not None for one in (choice.outcome, choice.second))
    notes = [say("figure.tradeoff.targets", lang)] * goals + [say("figure.tradeoff.baseline", lang)] * (None not in before)
    note = prose([*notes, say("figure.tradeoff.note", lang, shown=int((drawn | best).sum()), n=len(points)), say("figure.tradeoff.chance", lang)], lang)
    return Figure("tradeoff", f"{say('figure.tradeoff.title', lang)} · {names[0]} × {names[1]}", plot, Table(columns, rows),
                  say("figure.tradeoff.alt", lang, first=names[0], second=names[1], n=len(points)), reading, note)  # fmt: skip
