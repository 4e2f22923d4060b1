"""Which levers act together: second-order indices with intervals."""

from __future__ import annotations

from typing import Any

from zonesim.report.figures.figure import Choice, Column, Figure, Table, cells, question
from zonesim.report.figures.plot import Plot, scatter
from zonesim.report.figures.ranking import UNRANKED, factor, gap, of_outcome, of_outcomes
from zonesim.report.figures.style import BLUE, layout, wrapped
from zonesim.report.sweeps import Sweep
from zonesim.report.texts import say
from zonesim.report.view import View
from zonesim.report.words import Lang, joined, word

MOST_PAIRS = 12  #: pairs that are drawn; the table has all


def told_together(pairs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the pairs whose interval lies above zero, in their order.

    >>> told_together([{"s2": 0.3, "s2_low": 0.1}, {"s2": 0.2, "s2_low": -0.1}, {"s2": 0.1, "s2_low": None}])
    [{'s2': 0.3, 's2_low': 0.1}]
    """
    return [one for one in pairs if one["s2_low"] is not None and one["s2_low"] > 0]


@question("together", "ranking", ("ranking",), ("outcome",), of_outcomes)
def together(view: View, lang: Lang, choice: Choice) -> Figure | None:
    """Draw the second-order index of each pair of levers with its interval, largest on top; what cannot be told from acting apart is hollow and grey.

    The index is the share of the outcome's variance that two levers make together beyond what each makes by itself (Saltelli 2002); a design without it has no such figure.
    """
    sweep, outcome, one = of_outcome(view, choice)
    pairs = [pair for pair in one.get("second_order") or [] if pair["s2"] is not None]
    if not pairs:
        return None
    told = told_together(pairs)
    drawn = sorted(pairs, key=lambda pair: (pair not in told, -pair["s2"]))[:MOST_PAIRS][::-1]
    plot = Plot()
    for of_told, colour, mark in ((True, BLUE, "circle"), (False, UNRANKED, "circle-open")):
        mine = [pair for pair in drawn if (pair in told) == of_told]
        plot.add_trace(
            scatter(
                x=[pair["s2"] for pair in mine], y=[_line(sweep, pair, lang) for pair in mine], mode="markers", marker={"color": colour, "size": 9, "symbol": mark},
                name=say("together.told" if of_told else "together.not_told", lang),
                error_x={"type": "data", "symmetric": False, "array": [gap(pair["s2_high"], pair["s2"]) for pair in mine],
                         "arrayminus": [gap(pair["s2"], pair["s2_low"]) for pair in mine]},
            )
        )  # fmt: skip
    axis = say("together.axis", lang)
    order = [_line(sweep, pair, lang) for pair in drawn]
    plot.update_layout(
        **layout(max(280, 90 + 40 * len(drawn)), xaxis={"title": axis}, yaxis={"categoryorder": "array", "categoryarray": order, "automargin": True})
    )
    columns = (
        Column(word("factor", lang)),
        Column(word("factor", lang)),
        *(Column(t, "number") for t in (axis, say("column.low", lang), say("column.high", lang))),
    )
    rows = tuple(cells(factor(sweep, p["first"], lang), factor(sweep, p["second"], lang), p["s2"], p["s2_low"], p["s2_high"]) for p in pairs)
    name = sweep.outcome(outcome, lang)
    return Figure("together", f"{say('figure.together.title', lang)} · {name}", plot, Table(columns, rows), say("figure.together.alt", lang, n=len(drawn), outcome=name),
                  _reading(sweep, pairs, told, lang), say("figure.together.note", lang, drawn=len(drawn), n=len(pairs)))  # fmt: skip


def _line(sweep: Sweep, pair: dict[str, Any], lang: Lang) -> str:
    return wrapped(say("together.pair", lang, first=factor(sweep, pair["first"], lang), second=factor(sweep, pair["second"], lang)), 34)


def _reading(sweep: Sweep, pairs: list[dict[str, Any]], told: list[dict[str, Any]], lang: Lang) -> str:
    """Say which pairs can be told from acting apart, and how many cannot; the order among them is not stated."""
    rest = len(pairs) - len(told)
    if not told:
        return say("figure.together.none", lang, n=len(pairs))
    names = [say("together.pair", lang, first=factor(sweep, p["first"], lang), second=factor(sweep, p["second"], lang)) for p in told[:3]]
    key = "figure.together.all" if not rest else "figure.together.reading" if len(told) <= len(names) else "figure.together.many"
    return say(key, lang, pairs=joined(names, lang), n=len(told), rest=rest)
