"""Which levers matter: indices with intervals, direction, convergence, the Morris plane, and a spider over the range of each lever."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any

from zonesim.report.figures.axes import Scale, fitting, money
from zonesim.report.figures.figure import Choice, Column, Figure, Table, cells, question
from zonesim.report.figures.leading import Standing, standing
from zonesim.report.figures.plot import Plot, bars, scatter
from zonesim.report.figures.style import BLACK, BLUE, GREY, ORANGE, PALETTE, RED, layout, legend_below, markup_free, style, wrapped
from zonesim.report.sweeps import Sweep
from zonesim.report.texts import say
from zonesim.report.view import View
from zonesim.report.words import Lang, joined, prose, share, word

UNRANKED = "#8A8A8A"
NAME = 34  #: characters of a line of a name beside its bar: on a narrow page a long one would leave no room for it
IN_UNITS = ("mu_star", "me")  #: indices that are in the unit of what is ranked


def of_outcomes(view: View) -> list[Choice]:
    """Return a choice for each ranked outcome."""
    return [Choice(outcome=one) for one in record(view)["outcomes"]]


def record(view: View) -> dict[str, Any]:
    """Return the record of the ranking."""
    assert view.sweep is not None and view.sweep.ranking is not None
    return view.sweep.ranking


def of_outcome(view: View, choice: Choice) -> tuple[Sweep, str, dict[str, Any]]:
    """Return the sweep, the outcome of a choice (the first one without), and its ranking."""
    assert view.sweep is not None
    found = record(view)["outcomes"]
    outcome = choice.outcome or next(iter(found))
    return view.sweep, outcome, found[outcome]


def factor(sweep: Sweep, name: str, lang: Lang) -> str:
    """Return the name of what was varied, a group's too, marked where it is an uncertainty that no planner can choose."""
    is_doubt = (sweep.ranking or {}).get("roles", {}).get(name) == "uncertainty"
    return say("design.doubt", lang, name=sweep.label(name, lang)) if is_doubt else sweep.label(name, lang)


def sentence(sweep: Sweep, one: dict[str, Any], lang: Lang) -> str:
    """Return one sentence on a ranking: the first levers, what is not told from nothing, what is open, and chance."""
    ranked, known = [row for row in one["levers"] if row["rank"]], standing(one)
    unknown, rest = known.unknown, known.rest
    if unknown:  # nothing is said of the order of the others: a larger one may be among these
        names = joined([factor(sweep, row["lever"], lang) for row in unknown], lang)
        return say("figure.ranking.no_interval", lang, n=len(unknown), names=names, ranked=len(ranked), rest=rest)
    said = (
        [
            say(
                f"figure.ranking.{'one' if rest else 'only'}" if len(ranked) == 1 else "figure.ranking.reading" if rest else "figure.ranking.all",
                lang,
                first=joined([factor(sweep, row["lever"], lang) for row in ranked[:3]], lang),
                rest=rest,
            )
        ]
        if ranked
        else [say("figure.ranking.none", lang)]
    )
    if one["open"]:
        said.append(say("figure.ranking.open", lang, n=len(one["open"])))
    if one["noise_share"] is not None:
        said.append(say("figure.ranking.noise", lang, share=share(one["noise_share"], lang)))
    return ("" if lang == "zh" else " ").join(said)


def measured(sweep: Sweep, outcome: str, values: Iterable[float | None], lang: Lang, *, ranked: bool = False) -> tuple[float, str]:
    """Return what values of an outcome (of what is ranked of it) are multiplied by, and their unit in brackets after a space: nothing for a pure number."""
    times, said = money(values, sweep.unit(outcome, ranked=ranked), lang)
    return times, f" ({said})" if said else ""


def apart(sweep: Sweep, outcome: str, values: Sequence[float | None], lang: Lang, scale: Scale, *, ranked: bool = False) -> tuple[Scale, str]:
    """Return the scale of differences that stand beside an outcome of a scale, and their unit in brackets after a space."""
    found = fitting(values, sweep.unit(outcome, ranked=ranked), lang, scale)
    return found, f" ({found[1]})" if found[1] else ""


def index_of(sweep: Sweep, outcome: str, ranked_by: str, values: Iterable[float | None], lang: Lang) -> tuple[float, str]:
    """Return what values of a ranking's index are multiplied by, and its name with its measure: effects are in the unit of what is ranked, others are shares or distances."""
    name = say(f"index.{ranked_by}", lang)
    if ranked_by not in IN_UNITS:
        return 1.0, f"{name} {say(f'index.measure.{ranked_by}', lang)}"
    times, measure = measured(sweep, outcome, values, lang, ranked=True)
    return times, name + measure


def scaled(rows: list[dict[str, Any]], times: float, *keys: str) -> list[dict[str, Any]]:
    """Return rows of a ranking with some of their values multiplied; what is not known stays so.

    >>> scaled([{"mu": 2.0, "noise": None, "s1": 0.5}], 100.0, "mu", "noise", "sigma")
    [{'mu': 200.0, 'noise': None, 's1': 0.5}]
    """
    return [{**one, **{key: times * one[key] for key in keys if one.get(key) is not None}} for one in rows]


@question("ranking", "ranking", ("ranking",), ("outcome",), of_outcomes)
def intervals(view: View, lang: Lang, choice: Choice) -> Figure | None:
    """Draw the index of each lever with its interval, largest on top; what is not distinguishable is hollow and grey; what luck alone would give each is a tick."""
    sweep, outcome, one = of_outcome(view, choice)
    index = one["ranked_by"]
    keys = (index, f"{index}_low", f"{index}_high", "noise")
    times, axis = index_of(sweep, outcome, index, (row.get(key) for row in one["levers"] for key in keys), lang)
    levers = scaled(one["levers"], times, *keys)
    rows = levers[::-1]
    plot = Plot()
    for ranked, colour, mark in ((True, BLUE, "circle"), (False, UNRANKED, "circle-open")):
        mine = [row for row in rows if bool(row["rank"]) == ranked]
        plot.add_trace(
            scatter(
                x=[row[index] for row in mine], y=[wrapped(factor(sweep, row["lever"], lang), NAME) for row in mine], mode="markers", marker={"color": colour, "size": 9, "symbol": mark},
                name=say("ranking.told" if ranked else "ranking.not_told", lang),
                error_x={"type": "data", "symmetric": False, "array": [gap(row[index + "_high"], row[index]) for row in mine],
                         "arrayminus": [gap(row[index], row[index + "_low"]) for row in mine]},
            )
        )  # fmt: skip
    lucky = [row for row in rows if _is_known(row.get("noise"))]
    if lucky:
        plot.add_trace(scatter(x=[row["noise"] for row in lucky], y=[wrapped(factor(sweep, row["lever"], lang), NAME) for row in lucky], mode="markers", name=say("ranking.floor", lang),
                               marker={"color": RED, "symbol": "line-ns-open", "size": 9, "line": {"width": 2}}))  # fmt: skip
    order = [wrapped(factor(sweep, row["lever"], lang), NAME) for row in rows]
    plot.update_layout(
        **layout(
            max(280, 90 + 27 * len(rows)), xaxis={"title": markup_free(axis)}, yaxis={"categoryorder": "array", "categoryarray": order, "automargin": True}
        )
    )
    more = [(key, title) for key, title in (("noise", say("ranking.floor", lang)), ("s1", "S1")) if any(_is_known(row.get(key)) for row in levers)]
    columns = (
        Column(say("column.rank", lang)),
        Column(word("factor", lang)),
        *(Column(t, "number") for t in (axis, say("column.low", lang), say("column.high", lang))),
        *(Column(title, "number") for _, title in more),
    )
    table = Table(
        columns,
        tuple(
            cells(str(r["rank"] or "–"), factor(sweep, r["lever"], lang), r[index], r[index + "_low"], r[index + "_high"], *(r.get(key) for key, _ in more))
            for r in levers
        ),
    )
    name, title = sweep.outcome(outcome, lang), say(f"index.{index}", lang)
    notes = [say("figure.ranking.note", lang), *([say("figure.ranking.ticks", lang)] if lucky else [])]
    return Figure("ranking", f"{say('figure.ranking.title', lang)} · {name}", plot, table, say("figure.ranking.alt", lang, n=len(rows), outcome=name, index=title),
                  sentence(sweep, one, lang), prose(notes, lang))  # fmt: skip


def _is_known(value: float | None) -> bool:
    return value is not None and math.isfinite(value)


def gap(high: float | None, low: float | None) -> float:
    """Return the length of an arm of an error bar; 0 where an end is not known."""
    return max(0.0, high - low) if high is not None and low is not None else 0.0


@question("tornado", "ranking", ("ranking",), ("outcome",), of_outcomes)
def tornado(view: View, lang: Lang, choice: Choice) -> Figure | None:
    """Draw the mean outcome where a lever is low and where it is high, for those that can be told from nothing; the baseline's outcome is a line.

    A factor without a pair of points has no bar: it is named, and none of the others is called the largest.
    """
    sweep, outcome, one = of_outcome(view, choice)
    asked = [row for row in reversed(one["levers"]) if row["rank"]] or list(reversed(one["levers"]))
    rows = [row for row in asked if row["at_low"] is not None and row["at_high"] is not None]
    if not rows:
        return None
    rows.sort(key=lambda row: abs(row["at_high"] - row["at_low"]))
    names = [wrapped(factor(sweep, row["lever"], lang), NAME) for row in rows]
    times, unit = measured(sweep, outcome, [sweep.baseline_mean(outcome), *(row[key] for row in rows for key in ("at_low", "at_high"))], lang, ranked=True)
    drawn, scale = scaled(rows, times, "at_low", "at_high", "difference_low", "difference_high"), (times, unit[2:-1])
    differences = [[row["at_high"] - row["at_low"], row.get("difference_low"), row.get("difference_high")] for row in rows]
    beside, of_beside = apart(sweep, outcome, [one for row in differences for one in row], lang, scale, ranked=True)
    middle = sum((row["at_low"] + row["at_high"]) / 2 for row in drawn) / len(drawn)
    plot = Plot()
    for key, colour, pattern, text in (("at_low", ORANGE, "/", "ranking.lowest"), ("at_high", BLUE, "", "ranking.highest")):
        plot.add_trace(bars(x=[row[key] - middle for row in drawn], y=names, base=middle, orientation="h", name=say(text, lang),
                              marker={"color": colour, "pattern": {"fillmode": "overlay", "shape": pattern, "fgcolor": "white", "solidity": 0.25}}))  # fmt: skip
    sure = [(name, row) for name, row in zip(names, drawn, strict=True) if row.get("difference_low") is not None]
    if sure:
        plot.add_trace(scatter(x=[row["at_high"] for _, row in sure], y=[name for name, _ in sure], mode="markers", name=say("ranking.difference", lang), hoverinfo="skip",
                               marker={"color": BLACK, "symbol": "line-ns-open", "size": 7},
                               error_x={"type": "data", "symmetric": False, "color": BLACK, "thickness": 1.5, "width": 4,
                                        "array": [gap(row["difference_high"], row["at_high"] - row["at_low"]) for _, row in sure],
                                        "arrayminus": [gap(row["at_high"] - row["at_low"], row["difference_low"]) for _, row in sure]}))  # fmt: skip
    marked = mark_baseline(plot, sweep, outcome, lang, times=times)
    title = markup_free(f"{sweep.outcome(outcome, lang)} ({say('ranking.mean', lang)}){unit}")
    plot.update_layout(**layout(max(280, 90 + 27 * len(rows)), barmode="overlay", xaxis={"title": title}, yaxis={"automargin": True}))
    columns = (
        Column(word("factor", lang)),
        *(Column(t + unit, "number") for t in (say("ranking.lowest", lang), say("ranking.highest", lang))),
        *(Column(t + of_beside, "number") for t in (word("effect", lang), say("column.low", lang), say("column.high", lang))),
    )
    table = Table(
        columns,
        tuple(
            cells(factor(sweep, r["lever"], lang), r["at_low"], r["at_high"], *(None if d is None else beside[0] * d for d in by))
            for r, by in reversed(list(zip(drawn, differences, strict=True)))
        ),
        (1, 2),
    )
    missing = [row for row in one["levers"] if row in asked and row not in rows]
    notes = [
        say("figure.tornado.note", lang),
        *_without_bar(sweep, one["levers"], asked, rows, standing(one), lang),
        *([say("figure.baseline.line", lang)] if marked else []),
    ]
    return Figure("tornado", f"{say('figure.tornado.title', lang)} · {sweep.outcome(outcome, lang)}", plot, table,
                  say("figure.tornado.alt", lang, n=len(rows), outcome=sweep.outcome(outcome, lang)), _tornado_reading(sweep, outcome, rows[-1], missing, standing(one), (scale, beside), lang),
                  ("" if lang == "zh" else " ").join(notes))  # fmt: skip


def _tornado_reading(
    sweep: Sweep, outcome: str, top: dict[str, Any], missing: list[dict[str, Any]], order: Standing, scales: tuple[Scale, Scale], lang: Lang
) -> str:
    """Say what the longest bar shows, with its difference; that it is the largest only where no factor lacks a bar and the ranking tells it from the others."""
    low, high = sweep.written(outcome, [top["at_low"], top["at_high"]], lang, scales[0], ranked=True)
    ends = [top.get("difference_low"), top.get("difference_high")]
    known = [float(end) for end in ends if end is not None and math.isfinite(end)]
    change, *span = sweep.written(outcome, [top["at_high"] - top["at_low"], *(known if len(known) == 2 else [])], lang, scales[1], sign=True, ranked=True)
    size = say("figure.tornado.change" if span else "figure.tornado.change_alone", lang, change=change, ends=say("range.joint", lang).join(span))
    name = sweep.outcome(outcome, lang)
    least = joined([factor(sweep, row["lever"], lang) for row in (order.unknown or missing)], lang)
    settled = [row["lever"] for row in order.first] == [top["lever"]]
    key = "few" if order.unknown else "none" if not order.told else "part" if missing else "reading" if settled else "open"
    return say(
        f"figure.tornado.{key}",
        lang,
        lever=factor(sweep, top["lever"], lang),
        outcome=name,
        low=low,
        high=high,
        size=size,
        missing=least,
    )


def _without_bar(sweep: Sweep, every: list[dict[str, Any]], asked: list[dict[str, Any]], rows: list[dict[str, Any]], known: Standing, lang: Lang) -> list[str]:
    """Name the factors that the tornado leaves out, by the reason: without an interval, not told from nothing, values in no order, several moved together, no pair of points."""
    unknown = [row for row in known.unknown if row not in asked]
    untold = [row for row in every if row not in asked and row not in unknown]
    missing = [row for row in every if row in asked and row not in rows]
    unordered = [row for row in missing if row.get("unordered")]
    several = [row for row in missing if row not in unordered and (row.get("effect") is None or not math.isfinite(row["effect"]))]
    parts = (
        ("unknown", unknown),
        ("untold", untold),
        ("unordered", unordered),
        ("several", several),
        ("unpaired", [row for row in missing if row not in [*unordered, *several]]),
    )
    return [say(f"figure.tornado.{key}", lang, names=joined([factor(sweep, row["lever"], lang) for row in left], lang)) for key, left in parts if left]


def mark_baseline(plot: Plot, sweep: Sweep, outcome: str, lang: Lang, axis: str = "x", times: float = 1.0) -> bool:
    """Draw the baseline's mean outcome as a line, where the sweep has a baseline; return whether it has."""
    value = sweep.baseline_mean(outcome)
    if value is not None:
        (plot.add_vline if axis == "x" else plot.add_hline)(**{axis: times * value}, line={"color": GREY, "width": 3}, text=word("baseline", lang))
    return value is not None


@question("convergence", "ranking", ("ranking",), ("outcome",), of_outcomes)
def convergence(view: View, lang: Lang, choice: Choice) -> Figure | None:
    """Draw the index of the first levers at parts of the design: whether it has come to rest."""
    sweep, outcome, one = of_outcome(view, choice)
    steps = one["convergence"]
    if len(steps) < 2:
        return None
    levers = [row["lever"] for row in one["levers"][: len(PALETTE)]]
    times, axis = index_of(sweep, outcome, one["ranked_by"], (step["index"][lever] for step in steps for lever in levers), lang)
    found = [scaled([step["index"]], times, *levers)[0] for step in steps]
    plot = Plot()
    for k, lever in enumerate(levers):
        look = style(k + 1)
        plot.add_trace(scatter(x=[step["base_rows"] for step in steps], y=[at[lever] for at in found], mode="lines+markers", name=markup_free(factor(sweep, lever, lang)),
                                  line={"color": look.colour, "dash": look.dash}, marker={"symbol": look.mark, "size": 7}))  # fmt: skip
    unit = say(f"ranking.unit.{sweep.ranking['design']['method'] if sweep.ranking else 'sobol'}", lang)
    plot.update_layout(
        **layout(
            400 + 22 * ((len(levers) + 1) // 2),
            **legend_below(len(levers)),
            xaxis={"type": "log", "title": say("ranking.rows", lang, unit=unit), "tickvals": [s["base_rows"] for s in steps], "minor": {"showgrid": False}},
            yaxis={"title": markup_free(axis)},
        )
    )
    columns = (Column(word("factor", lang)), *(Column(str(step["base_rows"]), "number") for step in steps))
    table = Table(columns, tuple(cells(factor(sweep, lever, lang), *(at[lever] for at in found)) for lever in levers))
    moves = {lever: abs((steps[-1]["index"][lever] or 0) - (steps[-2]["index"][lever] or 0)) for lever in levers}
    most = max(moves, key=lambda lever: moves[lever])
    reading = say(
        "figure.convergence.reading",
        lang,
        before=steps[-2]["base_rows"],
        rows=steps[-1]["base_rows"],
        unit=unit,
        lever=factor(sweep, most, lang),
        move=sweep.written(outcome, [moves[most]], lang, (times, axis.rpartition(" (")[2][:-1]), ranked=True)[0]
        if one["ranked_by"] in IN_UNITS
        else f"{moves[most]:.3f}",
    )
    return Figure("convergence", f"{say('figure.convergence.title', lang)} · {sweep.outcome(outcome, lang)}", plot, table,
                  say("figure.convergence.alt", lang, n=len(levers), unit=unit), reading, "")  # fmt: skip
