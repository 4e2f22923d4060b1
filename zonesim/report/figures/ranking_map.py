"""All outcomes of a ranking beside each other: which lever moves which, and which way."""

from __future__ import annotations

from typing import Any

from zonesim.report.figures.figure import Choice, Column, Figure, Table, cells, question
from zonesim.report.figures.plot import Plot
from zonesim.report.figures.ranking import factor, record
from zonesim.report.figures.style import DIVERGING, layout, wrapped
from zonesim.report.sweeps import Sweep
from zonesim.report.texts import say
from zonesim.report.view import View
from zonesim.report.words import Lang, word

MOST_LEVERS = 25


@question("ranking_map", "ranking", ("ranking",))
def ranking_map(view: View, lang: Lang, choice: Choice) -> Figure | None:
    """Draw the effect of each lever on each outcome in per cent of its target (or mean); what cannot be told from nothing is blank."""
    assert view.sweep is not None
    sweep, outcomes = view.sweep, record(view)["outcomes"]
    if len(outcomes) < 2:
        return None
    levers = first_levers(sweep, outcomes)
    if not levers:
        return None
    shown = levers[:MOST_LEVERS]
    table = [[share_of(sweep, name, one, lever) for name, one in outcomes.items()] for lever in shown]
    bound = max((abs(cell) for row in table for cell in row if cell is not None), default=1.0)
    text = [["" if cell is None else signed(cell) for cell in row] for row in table]
    across = [wrapped(name, 13) for name in columns_of(sweep, list(outcomes), lang)]
    plot = Plot({
        "type": "heatmap", "z": table, "x": across, "y": [wrapped(factor(sweep, lever, lang), 30) for lever in shown], "text": text,
        "texttemplate": "%{text}", "textfont": {"size": 11}, "colorscale": DIVERGING, "zmid": 0, "zmin": -bound, "zmax": bound, "xgap": 2, "ygap": 2, "hoverongaps": False,
        "hovertemplate": "%{y}<br>%{x}: %{text} %<extra></extra>", "colorbar": {"title": {"text": "%"}, "thickness": 12},
    })  # fmt: skip
    plot.update_layout(
        **layout(110 + 30 * len(shown), meta={"least": 560}, xaxis={"side": "top", "tickfont": {"size": 11}, "tickangle": 0, "showgrid": False}, yaxis={"autorange": "reversed", "showgrid": False},
                 margin={"l": 60, "r": 24, "t": 64, "b": 20})
    )  # fmt: skip
    columns = (Column(word("factor", lang)), *(Column(f"{sweep.outcome(name, lang)} (%)", "number") for name in outcomes))
    full = tuple(cells(factor(sweep, lever, lang), *(share_of(sweep, name, one, lever) for name, one in outcomes.items())) for lever in levers)
    rest = len(next(iter(outcomes.values()))["levers"]) - len(levers)
    return Figure("ranking_map", say("figure.ranking_map.title", lang), plot, Table(columns, full), say("figure.ranking_map.alt", lang, n=len(shown), k=len(outcomes)),
                  say(f"figure.ranking_map.{'all' if not rest else 'one' if len(levers) == 1 else 'reading'}", lang, n=len(levers), k=len(outcomes), rest=rest),
                  say("figure.ranking_map.note", lang))  # fmt: skip


def signed(cell: float) -> str:
    """Write an effect in per cent with its sign, in two digits.

    >>> signed(11.24), signed(-1.234), signed(0.0412), signed(0.0012)
    ('+11', '−1.2', '+0.04', '0')
    """
    size = abs(cell)
    written = f"{size:.0f}" if size >= 10 else f"{size:.1f}" if size >= 1 else f"{size:.2f}"
    return "0" if not float(written) else f"{'+' if cell > 0 else '−'}{written}"


def columns_of(sweep: Sweep, outcomes: list[str], lang: Lang) -> list[str]:
    """Return the names of outcomes, without place and period where all have the same."""
    from zonesim.indicators import DERIVED, INDICATORS

    goals = [sweep.goal(name) for name in outcomes]
    known = {**INDICATORS, **DERIVED}
    if (
        len({(one["place"], one["period"]) for one in goals}) == 1
        and len({one["indicator"] for one in goals}) == len(goals)
        and all(one["indicator"] in known for one in goals)
    ):
        return [str(getattr(known[one["indicator"]], lang)) for one in goals]
    return [sweep.outcome(name, lang) for name in outcomes]


def first_levers(sweep: Sweep, outcomes: dict[str, Any]) -> list[str]:
    """Return the levers that are distinguishable for any outcome, those with the largest effect (relative to the target) first."""
    sizes: dict[str, float] = {}
    for name, one in outcomes.items():
        for row in one["levers"]:
            cell = share_of(sweep, name, one, row["lever"])
            if cell is not None:
                sizes[row["lever"]] = max(sizes.get(row["lever"], 0.0), abs(cell))
    return sorted(sizes, key=lambda lever: (-sizes[lever], lever))


def share_of(sweep: Sweep, name: str, one: dict[str, Any], lever: str) -> float | None:
    """Return the effect of a lever over its range in per cent of the outcome's target, or of its mean without one; None where it cannot be told from nothing."""
    row = next(row for row in one["levers"] if row["lever"] == lever)
    scale = sweep.goal(name)["target"] or one.get("mean")
    if not row["rank"] or row.get("effect") is None or not scale:
        return None
    return float(100 * row["effect"] / abs(scale))
