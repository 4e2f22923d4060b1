"""A sweep as a whole: probability of targets, a spider and parallel coordinates over its points, and the trade-off of two outcomes."""

from __future__ import annotations

import itertools
import math
from typing import Any

import numpy as np
import pandas as pd

from zonesim.report.figures.figure import Choice, Column, Figure, Table, cells, question
from zonesim.report.figures.plot import Plot, bars, scatter
from zonesim.report.figures.ranking import gap, mark_baseline
from zonesim.report.figures.style import BLUE, GREY, ORANGE, RED, SKY, faint, layout, markup_free, style, wrapped
from zonesim.report.sweeps import Sweep
from zonesim.report.texts import say
from zonesim.report.view import View
from zonesim.report.words import Lang, joined, number, share, word

MOST_LINES, MOST_MARKS, SPIDER_LEVERS = 400, 1000, 8  #: points that a browser draws in less than a second
QUARTERS = ((GREY, "dot"), (SKY, "dash"), (ORANGE, "dashdot"), (BLUE, "solid"))  # from the worst to the best


def sweep_of(view: View) -> Sweep:
    """Return the sweep of a view that has one."""
    assert view.sweep is not None
    return view.sweep


def each_outcome(view: View) -> list[Choice]:
    """Return a choice for each outcome."""
    return [Choice(outcome=str(one["name"])) for one in sweep_of(view).outcomes]


def pairs(view: View) -> list[Choice]:
    """Return the pairs of outcomes, those with targets first; at most six."""
    ordered = sorted(sweep_of(view).outcomes, key=lambda one: one.get("target") is None)
    return [Choice(outcome=str(a["name"]), second=str(b["name"])) for a, b in itertools.combinations(ordered, 2)][:6]


@question("probability", "ranking", ("ranking",))
def probability(view: View, lang: Lang, choice: Choice) -> Figure | None:
    """Draw the probability of meeting each target over the whole design, with intervals by clusters of runs, and at the best point."""
    sweep = sweep_of(view)
    rows = (sweep.ranking or {}).get("targets") or []
    rows = [row for row in rows if row["probability"] is not None]
    if not rows:
        return None
    names = [sweep.outcome(row["outcome"], lang) for row in rows]
    plot = Plot()
    plot.add_trace(bars(x=[row["probability"] for row in rows], y=[markup_free(n) for n in names], orientation="h", marker={"color": BLUE}, name=say("design.all_points", lang),
                          error_x={"type": "data", "symmetric": False, "array": [gap(r["high"], r["probability"]) for r in rows],
                                   "arrayminus": [gap(r["probability"], r["low"]) for r in rows]}))  # fmt: skip
    plot.add_trace(
        scatter(
            x=[row["best"] for row in rows],
            y=[markup_free(n) for n in names],
            mode="markers",
            marker={"color": ORANGE, "size": 12, "symbol": "diamond"},
            name=say("design.best", lang),
        )
    )
    without = [row.get("baseline") for row in rows]
    if any(one is not None for one in without):
        plot.add_trace(scatter(x=without, y=[markup_free(n) for n in names], mode="markers", name=word("baseline", lang),
                               marker={"color": GREY, "size": 11, "symbol": "circle-open", "line": {"width": 3}}))  # fmt: skip
    plot.update_layout(
        **layout(max(280, 110 + 34 * len(rows)), xaxis={"range": [-0.015, 1.02], "tickformat": ".0%"}, yaxis={"automargin": True, "autorange": "reversed"})
    )
    columns = (
        Column(word("target", lang)),
        Column(word("value", lang), "number"),
        *(
            Column(t, "share")
            for t in (word("probability", lang), say("column.low", lang), say("column.high", lang), say("design.best", lang), word("baseline", lang))
        ),
    )
    table = Table(
        columns, tuple(cells(n, r["target"], r["probability"], r["low"], r["high"], r["best"], r.get("baseline")) for n, r in zip(names, rows, strict=True))
    )
    top = max(range(len(rows)), key=lambda k: rows[k]["probability"])
    reading = say(
        "figure.probability.reading",
        lang,
        target=names[top],
        p=share(rows[top]["probability"], lang),
        low=share(rows[top]["low"], lang),
        high=share(rows[top]["high"], lang),
        best=share(rows[top]["best"] if rows[top]["best"] is not None else math.nan, lang),
    )
    return Figure(
        "probability",
        say("figure.probability.title", lang),
        plot,
        table,
        say("figure.probability.alt", lang, n=len(rows)),
        reading,
        say("figure.probability.note", lang),
    )


@question("spider", "ranking", ("points",), ("outcome",), each_outcome)
def spider(view: View, lang: Lang, choice: Choice) -> Figure | None:
    """Draw the mean outcome over the range of each lever (fifths of it): steep lines matter, bent ones have an optimum inside."""
    sweep = sweep_of(view)
    outcome = choice.outcome or str(sweep.outcomes[0]["name"])
    curves = {str(f["name"]): sweep.curve(str(f["name"]), outcome) for f in sweep.factors}
    curves = {name: curve for name, curve in curves.items() if len(curve) > 1}
    if not curves:
        return None
    span = {name: max(y for _, y, _ in curve) - min(y for _, y, _ in curve) for name, curve in curves.items()}
    shown = sorted(span, key=lambda name: -span[name])[:SPIDER_LEVERS]
    plot = Plot()
    for k, name in enumerate(shown):
        look = style(k + 1)
        plot.add_trace(scatter(x=[100 * x for x, _, _ in curves[name]], y=[y for _, y, _ in curves[name]], mode="lines+markers", name=markup_free(sweep.marked(name, lang)),
                                  line={"color": look.colour, "dash": look.dash, "width": 2.2}, marker={"symbol": look.mark, "size": 8}))  # fmt: skip
    mark_baseline(plot, sweep, outcome, lang, "y")
    title = sweep.outcome(outcome, lang)
    plot.update_layout(
        **layout(460, xaxis={"title": say("design.range", lang)}, yaxis={"title": markup_free(f"{title} {sweep.unit(outcome, lang)}"), "automargin": True})
    )
    columns = (
        Column(say("column.factor", lang)),
        Column(say("design.position", lang), "share"),
        Column(title, "number"),
        Column(say("design.points", lang), "number"),
    )
    rows = tuple(cells(sweep.marked(name, lang), x, y, n) for name in shown for x, y, n in curves[name])
    top = shown[0]
    best = max(curves[top], key=lambda one: one[1])
    reading = say("figure.spider.reading", lang, lever=sweep.marked(top, lang), outcome=title, low=sweep.amount(outcome, curves[top][0][1], lang),
                  high=sweep.amount(outcome, curves[top][-1][1], lang), best=share(best[0], lang))  # fmt: skip
    return Figure(
        "spider",
        f"{say('figure.spider.title', lang)} · {title}",
        plot,
        Table(columns, rows),
        say("figure.spider.alt", lang, n=len(shown), outcome=title),
        reading,
        say("figure.spider.note_alone" if sweep.is_one_at_a_time else "figure.spider.note", lang),
    )


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
    axes = [(wrapped(short(sweep.label(str(one["name"]), lang)), 14), *sweep.scale(one, drawn, lang)) for one in sweep.factors]
    axes += [(wrapped(short(sweep.outcome(str(one["name"]), lang)), 14), *_span(drawn[str(one["name"])], lang)) for one in sweep.outcomes]
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
    plot.update_layout(**layout(480, xaxis={"tickvals": list(range(len(axes))), "ticktext": [name for name, _, _ in axes], "range": [-0.2, len(axes) - 0.4], "tickfont": {"size": 11}, "showgrid": False, "zeroline": False},
                                yaxis={"visible": False, "range": [-0.06, 1.06]}))  # fmt: skip
    names = [str(one["name"]) for one in sweep.factors]
    outcomes = [str(one["name"]) for one in sweep.outcomes]
    columns = (
        *(Column(sweep.marked(n, lang), "number" if pd.api.types.is_numeric_dtype(drawn[n]) else "text") for n in names),
        *(Column(sweep.outcome(n, lang), "number") for n in outcomes),
    )
    rows = tuple(cells(*(row[n] if not isinstance(row[n], (list, dict)) else str(row[n]) for n in [*names, *outcomes])) for _, row in drawn.iterrows())
    best = points.loc[points[outcome].idxmax()]
    first = max(names, key=lambda n: abs(sweep.correlation(n, outcome)))
    reading = say("figure.parallel.reading", lang, n=len(points), shown=len(drawn), outcome=sweep.outcome(outcome, lang), best=sweep.amount(outcome, float(best[outcome]), lang),
                  lever=sweep.marked(first, lang), value=sweep.setting(first, best[first], lang))  # fmt: skip
    return Figure("parallel", f"{say('figure.parallel.title', lang)} · {sweep.outcome(outcome, lang)}", plot, Table(columns, rows),
                  say("figure.parallel.alt", lang, n=len(drawn), k=len(axes)), reading, say("figure.parallel.note", lang, shown=len(drawn), n=len(points)))  # fmt: skip


def _span(values: Any, lang: Lang) -> tuple[list[float], list[tuple[float, str]]]:
    """Return values between 0 and 1, and the ends as ticks."""
    numbers = np.asarray(values, dtype=float)
    low, high = float(np.nanmin(numbers)), float(np.nanmax(numbers))
    return [float(one) for one in (numbers - low) / (high - low if high > low else 1.0)], [(0.0, number(low, lang)), (1.0, number(high, lang))]


def short(name: str) -> str:
    """Return a name that fits on an axis.

    >>> short("a" * 40)
    'aaaaaaaaaaaaaaaaaaaaaaaaa…'
    """
    return markup_free(name if len(name) <= 26 else name[:25] + "…")


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
    before = [sweep.baseline_mean(one) for one in (choice.outcome, choice.second)]
    if None not in before:
        plot.add_trace(scatter(x=[before[0]], y=[before[1]], mode="markers", name=word("baseline", lang), marker={"color": "black", "symbol": "x", "size": 13}))
    goals = [sweep.goal(one)["target"] for one in (choice.outcome, choice.second)]
    if goals[0] is not None:
        plot.add_vline(x=goals[0], line={"color": RED, "dash": "dot"})
    if goals[1] is not None:
        plot.add_hline(y=goals[1], line={"color": RED, "dash": "dot"})
    axes = [
        {"title": markup_free(f"{name} {sweep.unit(one, lang)}"), "automargin": True} for name, one in zip(names, (choice.outcome, choice.second), strict=True)
    ]
    plot.update_layout(**layout(500, xaxis=axes[0], yaxis=axes[1]))
    factors = [str(one["name"]) for one in sweep.factors]
    columns = (Column(names[0], "number"), Column(names[1], "number"), *(Column(sweep.marked(n, lang)) for n in factors))
    rows = tuple(cells(row[choice.outcome], row[choice.second], *(sweep.setting(n, row[n], lang) for n in factors)) for _, row in front.iterrows())
    reading = say("figure.tradeoff.one" if len(front) == 1 else "figure.tradeoff.reading", lang, first=names[0], second=names[1], n=len(front), all=int(free.sum()),
                  low=sweep.amount(choice.outcome, float(front[choice.outcome].min()), lang), high=sweep.amount(choice.outcome, float(front[choice.outcome].max()), lang))  # fmt: skip
    if sweep.doubts:
        key, doubts = (
            "figure.tradeoff.levers" if sweep.is_one_at_a_time else "figure.tradeoff.doubts",
            joined([sweep.label(one, lang) for one in sweep.doubts], lang),
        )
        reading += ("" if lang == "zh" else " ") + say(key, lang, doubts=doubts, n=int((~free).sum()))
    return Figure("tradeoff", f"{say('figure.tradeoff.title', lang)} · {names[0]} × {names[1]}", plot, Table(columns, rows),
                  say("figure.tradeoff.alt", lang, first=names[0], second=names[1], n=len(points)), reading, say("figure.tradeoff.note", lang, shown=int((drawn | best).sum()), n=len(points)))  # fmt: skip


def upward(sweep: Sweep, outcome: str, points: pd.DataFrame) -> np.ndarray:
    """Return an outcome of points so that more is better."""
    return np.asarray((-1.0 if sweep.goal(outcome)["direction"] == "at most" else 1.0) * points[outcome].to_numpy(dtype=float))


def chosen(row: np.ndarray, first: np.ndarray, most: int) -> np.ndarray:
    """Return which points are drawn: those of ``first``, then the others evenly over the rows of the design; ``most`` in all, whatever order they are in.

    >>> chosen(np.array([30, 10, 20, 50, 40]), np.array([False, False, True, False, False]), 3).tolist()
    [1, 2, 3]
    """
    order = np.argsort(row, kind="stable")
    kept, others = order[first[order]], order[~first[order]]
    kept = kept[_evenly(len(kept), most)]
    return np.sort(np.concatenate([kept, others[_evenly(len(others), most - len(kept))]]))


def _evenly(n: int, most: int) -> np.ndarray:
    return np.unique(np.linspace(0, n - 1, min(n, most)).round().astype(int)) if n and most > 0 else np.zeros(0, dtype=int)


def unbeaten(values: np.ndarray) -> np.ndarray:
    """Tell for each row (any number of values, larger is better) whether no other row is at least as good in all and better in one.

    >>> unbeaten(np.array([[1.0, 3.0, 0.0], [2.0, 2.0, 0.0], [1.0, 1.0, 0.0], [2.0, 2.0, 0.0], [0.0, 0.0, 1.0]])).tolist()
    [True, True, False, True, True]
    """
    found = np.zeros(len(values), dtype=bool)
    front = np.empty_like(values)
    n = 0
    for i in np.lexsort(-values.T[::-1]):  # who beats a row stands before it
        ahead = front[:n]
        if not ((ahead >= values[i]).all(axis=1) & (ahead > values[i]).any(axis=1)).any():
            front[n] = values[i]
            n += 1
            found[i] = True
    return found


def choosable(sweep: Sweep, points: pd.DataFrame) -> np.ndarray:
    """Tell which points a planner could choose between: where one factor moves at a time, not those that move an uncertainty from its base."""
    free = np.ones(len(points), dtype=bool)
    if sweep.is_one_at_a_time:
        for name in sweep.doubts:
            settings = points[name].astype(str)
            often = settings.map(settings.value_counts())
            free &= (settings == settings[often.idxmax()]).to_numpy()  # the base is the setting of all points but those that move it, and of the first
    return free


def non_dominated(values: np.ndarray) -> np.ndarray:
    """Tell for each row (two values, larger is better) whether no other row is at least as good in both and better in one.

    >>> non_dominated(np.array([[1.0, 3.0], [2.0, 2.0], [1.0, 1.0], [2.0, 2.0]])).tolist()
    [True, True, False, True]
    """
    order = np.lexsort((-values[:, 1], -values[:, 0]))
    found = np.zeros(len(values), dtype=bool)
    best = -math.inf
    for _, group in itertools.groupby(order, key=lambda i: values[i, 0]):
        rows = list(group)
        top = values[rows[0], 1]
        if top > best:
            found[[i for i in rows if values[i, 1] == top]] = True
            best = top
    return found
