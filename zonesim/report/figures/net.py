"""How many jobs are additional, and who pays for them."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import plotly.graph_objects as go

from zonesim.report.figures.figure import Choice, Column, Figure, Table, cells, question
from zonesim.report.figures.style import BLUE, GREEN, GREY, RED, layout, markup_free, style
from zonesim.report.texts import say
from zonesim.report.view import View
from zonesim.report.words import Lang, amount, interval, number, unit, word

GROSS = ("gross: new", "gross: expanded", "gross: from outside", "gross: moved inside")
END = ("deadweight", "more lost in the zone", "gain of the zone", "displacement elsewhere in the region", "net gain of the region")
ADDS, TAKES, TOTAL = "relative", "less", "total"


def reforms_with(view: View, table: str) -> list[Choice]:
    """Return a choice for each reform of which a table has rows."""
    have = set(getattr(view, table)["scenario"])
    return [Choice(scenario=one.id) for one in view.reforms if one.id in have]


@question("net", "net", ("net",), ("scenario",), lambda view: reforms_with(view, "net"))
def waterfall(view: View, lang: Lang, choice: Choice) -> Figure | None:
    """Draw the way from gross to net jobs: four sources, deadweight, losses, the zone's gain, displacement, the region's gain; the baseline's own is the deadweight."""
    scene = view.scene(choice.scenario)
    mine = view.net[view.net["scenario"] == scene.id].set_index("component")
    if mine.empty:
        return None
    value = mine["value"]
    steps: list[tuple[str, str, float]] = [(one, ADDS, float(value[one])) for one in GROSS]
    steps += [(one, TOTAL if one.startswith(("gain", "net")) else TAKES, float(value[one])) for one in END]
    x, base, height, colour, at = [], [], [], [], 0.0
    for name, how, size in steps:
        step = -size if how == TAKES else size
        start, end = (0.0, size) if how == TOTAL else (at, at + step)
        # what the zone gains is measured at the end of the years, jobs of closed pipelines in between do not add up exactly: the total is drawn as it is
        at = end
        x.append(markup_free(word(name, lang)))
        base.append(min(start, end))
        height.append(abs(end - start))
        colour.append({ADDS: BLUE, TAKES: GREY if name == "deadweight" else RED if step < 0 else BLUE, TOTAL: GREEN}[how])
    error = {one: ((mine.loc[one, "high"] - mine.loc[one, "low"]) / 2 if one in mine.index else 0.0) for one, _, _ in steps}
    plot = go.Figure()
    plot.add_trace(go.Bar(x=x, y=height, base=base, marker={"color": colour, "pattern": {"shape": [{BLUE: "", GREY: "/", RED: "\\", GREEN: "x"}[c] for c in colour], "solidity": 0.2, "fgcolor": "white"}},
                          text=[number(size if how != TAKES else -size, lang) for _, how, size in steps], textposition="outside", cliponaxis=False, showlegend=False,
                          hovertemplate="%{x}: %{text}<extra></extra>"))  # fmt: skip
    tops = [b + h if how != TAKES else b for b, h, (_, how, _) in zip(base, height, steps, strict=True)]
    plot.add_trace(go.Scatter(x=x, y=tops, mode="markers", marker={"size": 1, "color": "black"}, showlegend=False, hoverinfo="skip",
                              error_y={"type": "data", "array": [error[one] for one, _, _ in steps], "color": "#222222", "thickness": 1.5}))  # fmt: skip
    plot.add_hline(y=0, line={"color": GREY, "width": 1})
    plot.update_layout(**layout(480, yaxis={"title": unit("jobs", lang), "automargin": True}, xaxis={"automargin": True, "tickangle": -25}))
    columns = (
        Column(word("component", lang)),
        *(Column(t, "number") for t in (word("value", lang), say("column.low", lang), say("column.high", lang))),
        Column(word("unit", lang)),
        Column(word("years", lang)),
    )
    rows = tuple(
        cells(word(str(name), lang), r["value"], r["low"], r["high"], unit(str(r["unit"]), lang), _years(str(r["years"]), lang)) for name, r in mine.iterrows()
    )
    return Figure("net", f"{say('figure.net.title', lang)} · {scene.name(lang)}", plot, Table(columns, rows), say("figure.net.alt", lang, scenario=scene.name(lang)),
                  _reading(view, mine, scene.name(lang), lang), say("figure.net.note", lang))  # fmt: skip


def _years(label: str, lang: Lang) -> str:
    first, _, last = label.partition("-")
    return say("years.span", lang, first=first, last=last)


def _reading(view: View, mine: Any, scenario: str, lang: Lang) -> str:
    at = mine["value"]
    net = mine.loc["net gain of the region"]
    zone = view.place(str(mine["zone"].iloc[0]), lang)
    said = say(
        "figure.net.reading", lang, years=_years(str(mine["years"].iloc[0]), lang), scenario=scenario, zone=zone, gross=number(at["gross"], lang),
        dead=number(at["deadweight"], lang), zone_gain=number(at["gain of the zone"], lang), net=number(net["value"], lang),
        low=number(net["low"], lang), high=number(net["high"], lang),
    )  # fmt: skip
    moved = float(at["displacement elsewhere in the region"])
    if moved:
        direction = say("direction.lost" if moved > 0 else "direction.gained", lang)
        said += ("" if lang == "zh" else " ") + say("figure.net.outside", lang, direction=direction, n=number(abs(moved), lang))
    return said


@question("costs", "net", ("costs",), ("scenario",), lambda view: reforms_with(view, "costs"))
def costs(view: View, lang: Lang, choice: Choice) -> Figure | None:
    """Draw what a reform changes in public payments against the baseline, by payer and kind."""
    scene = view.scene(choice.scenario)
    table = view.costs[view.costs["scenario"] == scene.id]
    shown = table[(table["unit"] == "10k CNY") & (table["payer"] != "all")]
    shown = shown.reindex(shown["value"].abs().sort_values(ascending=False, kind="stable").index).head(14)
    if table.empty:
        return None
    look = style(view.style_of(scene.id))
    labels = [f"{word(r.payer, lang)} · {word(r.kind, lang)}" for r in shown.itertuples()]
    plot = go.Figure(go.Bar(
        y=[markup_free(one) for one in labels], x=(shown["value"] / 10_000).tolist(), orientation="h", marker={"color": [look.colour if v > 0 else RED for v in shown["value"]],
        "pattern": {"shape": ["" if v > 0 else "/" for v in shown["value"]], "fgcolor": "white", "solidity": 0.2}}, name=markup_free(scene.name(lang)), showlegend=False,
        error_x={"type": "data", "symmetric": False, "array": ((shown["high"] - shown["value"]) / 10_000).tolist(), "arrayminus": ((shown["value"] - shown["low"]) / 10_000).tolist()},
        hovertemplate="%{y}: %{x:.3g}<extra></extra>",
    ))  # fmt: skip
    plot.add_trace(
        go.Scatter(
            x=[0, 0],
            y=[markup_free(one) for one in (labels[0], labels[-1])] if labels else [],
            mode="lines",
            line={"color": GREY, "width": 3},
            name=markup_free(view.baseline.name(lang)),
            showlegend=True,
        )
    )
    span = _years(f"{view.run['start'][:4]}-{view.run['end'][:4]}", lang)
    plot.update_layout(
        **layout(140 + 30 * len(shown), xaxis={"title": f"{unit('10^8 CNY', lang)} ({span})"}, yaxis={"autorange": "reversed", "automargin": True})
    )
    columns = (
        Column(word("payer", lang)),
        Column(word("kind", lang)),
        *(Column(t, "number") for t in (word("value", lang), say("column.low", lang), say("column.high", lang))),
        Column(word("unit", lang)),
    )
    rows = tuple(
        cells(word(r.payer, lang), word(r.kind, lang), r.value if np.isfinite(r.value) else word("not_defined", lang), r.low, r.high, unit(r.unit, lang))
        for r in table.itertuples()
    )
    job = table[table["unit"] == "10k CNY/job"]["value"]
    price = float(job.iloc[0]) if len(job) else math.nan
    per_job = (
        say("figure.costs.per_job", lang, value=f"{number(price, lang)}{'' if lang == 'zh' else ' '}{unit('10k CNY/job', lang)}")
        if math.isfinite(price)
        else say("figure.costs.per_job_undefined", lang)
    )
    if len(shown):
        top = shown.iloc[0]
        reading = say("figure.costs.reading", lang, scenario=scene.name(lang), payer=word(str(top["payer"]), lang), kind=word(str(top["kind"]), lang),
                      amount=f"{amount(float(top['value']), '10k CNY', lang, sign=True)}, {interval(float(top['low']), float(top['high']), lang)}", per_job=per_job)  # fmt: skip
    else:
        reading = say("figure.costs.same", lang, scenario=scene.name(lang))
    return Figure("costs", f"{say('figure.costs.title', lang)} · {scene.name(lang)}", plot, Table(columns, rows),
                  say("figure.costs.alt", lang, scenario=scene.name(lang), years=span), reading, say("figure.costs.note", lang))  # fmt: skip
