"""A sweep as a whole: the probability of its targets, and a spider over the range of each factor."""

from __future__ import annotations

import math

from zonesim.report.figures.axes import row
from zonesim.report.figures.figure import Choice, Column, Figure, Table, cells, kind_of, question
from zonesim.report.figures.leading import leading
from zonesim.report.figures.plot import Plot, bars, scatter
from zonesim.report.figures.ranking import apart, gap, mark_baseline, measured
from zonesim.report.figures.style import BLUE, GREY, ORANGE, layout, markup_free, style
from zonesim.report.sweeps import Sweep
from zonesim.report.texts import say
from zonesim.report.view import View
from zonesim.report.words import Lang, digits_apart, prose, share, word

SPIDER_LEVERS = 8


def sweep_of(view: View) -> Sweep:
    """Return the sweep of a view that has one."""
    assert view.sweep is not None
    return view.sweep


def each_outcome(view: View) -> list[Choice]:
    """Return a choice for each outcome."""
    return [Choice(outcome=str(one["name"])) for one in sweep_of(view).outcomes]


@question("probability", "ranking", ("ranking",))
def probability(view: View, lang: Lang, choice: Choice) -> Figure | None:
    """Draw the probability of meeting each target over the whole design, with intervals by clusters of runs, and at the best point."""
    sweep = sweep_of(view)
    rows = (sweep.ranking or {}).get("targets") or []
    rows = [one for one in rows if one["probability"] is not None]
    if not rows:
        return None
    names = [sweep.outcome(one["outcome"], lang) for one in rows]
    plot = Plot()
    plot.add_trace(bars(x=[one["probability"] for one in rows], y=[markup_free(n) for n in names], orientation="h", marker={"color": BLUE}, name=say("design.all_points", lang),
                          error_x={"type": "data", "symmetric": False, "array": [gap(r["high"], r["probability"]) for r in rows],
                                   "arrayminus": [gap(r["probability"], r["low"]) for r in rows]}))  # fmt: skip
    plot.add_trace(
        scatter(
            x=[one["best"] for one in rows],
            y=[markup_free(n) for n in names],
            mode="markers",
            marker={"color": ORANGE, "size": 12, "symbol": "diamond"},
            name=say("design.best", lang),
        )
    )
    without = [one.get("baseline") for one in rows]
    if any(one is not None for one in without):
        plot.add_trace(scatter(x=without, y=[markup_free(n) for n in names], mode="markers", name=word("baseline", lang),
                               marker={"color": GREY, "size": 11, "symbol": "circle-open", "line": {"width": 3}}))  # fmt: skip
    plot.update_layout(
        **layout(max(280, 110 + 34 * len(rows)), xaxis={"range": [-0.015, 1.02], "tickformat": ".0%"}, yaxis={"automargin": True, "autorange": "reversed"})
    )
    columns = (
        Column(word("target", lang)),
        Column(word("value", lang), "number"),
        Column(word("unit", lang)),
        *(
            Column(t, "share")
            for t in (word("probability", lang), say("column.low", lang), say("column.high", lang), say("design.best", lang), word("baseline", lang))
        ),
    )
    goals = [row([one["target"]], sweep.unit(one["outcome"]), lang) for one in rows]
    table = Table(
        columns,
        tuple(
            cells(n, *goal, of, r["probability"], r["low"], r["high"], r["best"], r.get("baseline"))
            for n, r, (goal, of) in zip(names, rows, goals, strict=True)
        ),
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
    times, unit = measured(sweep, outcome, [sweep.baseline_mean(outcome), *(y for curve in curves.values() for _, y, _ in curve)], lang)
    span = {name: max(y for _, y, _ in curve) - min(y for _, y, _ in curve) for name, curve in curves.items()}
    shown = sorted(span, key=lambda name: -span[name])[:SPIDER_LEVERS]
    plot = Plot()
    for k, name in enumerate(shown):
        look = style(k + 1)
        plot.add_trace(scatter(x=[100 * x for x, _, _ in curves[name]], y=[times * y for _, y, _ in curves[name]], mode="lines+markers", name=markup_free(sweep.marked(name, lang)),
                                  line={"color": look.colour, "dash": look.dash, "width": 2.2}, marker={"symbol": look.mark, "size": 8}))  # fmt: skip
    mark_baseline(plot, sweep, outcome, lang, "y", times)
    title = sweep.outcome(outcome, lang)
    plot.update_layout(**layout(460, xaxis={"title": say("design.range", lang)}, yaxis={"title": markup_free(title + unit), "automargin": True}))
    from_low = [(name, x, y, n, y - curves[name][0][1]) for name in shown for x, y, n in curves[name]]
    scale, beside = apart(sweep, outcome, [one[-1] for one in from_low], lang, (times, unit[2:-1]))
    columns = (
        Column(say("column.factor", lang)),
        Column(say("design.position", lang), "share"),
        Column(title + unit, kind_of(sweep.unit(outcome)), digits_apart([y for name in shown for _, y, _ in curves[name]])),
        Column(say("design.points", lang), "count"),
        Column(say("design.from_low", lang) + beside, kind_of(sweep.unit(outcome))),
    )
    rows = tuple(cells(sweep.marked(name, lang), x, times * y, n, scale[0] * change) for name, x, y, n, change in from_low)
    reading, first = leading(sweep, outcome, lang, scale)
    for name in first[:1] if len(first) == 1 else []:
        if name in curves:
            best = max(curves[name], key=lambda one: one[1])
            reading = prose([reading, say("figure.spider.highest", lang, lever=sweep.marked(name, lang), best=share(best[0], lang))], lang)
    notes = [say("figure.spider.note_alone" if sweep.is_one_at_a_time else "figure.spider.note", lang), say("figure.spider.chance", lang)]
    notes += [say("figure.spider.grey", lang)] if sweep.baseline_mean(outcome) is not None else []
    return Figure(
        "spider",
        f"{say('figure.spider.title', lang)} · {title}",
        plot,
        Table(columns, rows),
        say("figure.spider.alt", lang, n=len(shown), outcome=title),
        reading,
        prose(notes, lang),
    )
