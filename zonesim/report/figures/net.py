"""How many jobs are additional, and who pays for them."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from zonesim.report.components import ELSEWHERE, component, is_told
from zonesim.report.figures.axes import Scale, fitting, money, numbers, row, written
from zonesim.report.figures.figure import Choice, Column, Figure, Table, cells, question
from zonesim.report.figures.plot import Plot, bars, scatter
from zonesim.report.figures.style import BLUE, GREEN, GREY, RED, WRITTEN, layout, markup_free, style, wrapped
from zonesim.report.figures.verdicts import spanned
from zonesim.report.figures.where import inside
from zonesim.report.texts import say
from zonesim.report.view import View
from zonesim.report.words import Lang, amounts, beside, digits_apart, quantity, signed, unit, word

GROSS = ("gross: new", "gross: expanded", "gross: from outside", "gross: moved inside")
END = ("deadweight", "more lost in the zone", "gain of the zone", ELSEWHERE, "net gain of the region")
ADDS, TAKES, TOTAL = "relative", "less", "total"
WIDE = {"en": 11, "zh": 12}  #: characters of a line below a step: nine stand beside each other


def reforms_with(view: View, table: str) -> list[Choice]:
    """Return a choice for each reform of which a table has rows."""
    have = set(getattr(view, table)["scenario"])
    return [Choice(scenario=one.id) for one in view.reforms if one.id in have]


@question("net", "net", ("net",), ("scenario",), lambda view: reforms_with(view, "net"))
def waterfall(view: View, lang: Lang, choice: Choice) -> Figure | None:
    """Draw the way from gross to net jobs: four sources, deadweight, losses, the zone's gain, the change elsewhere, the region's gain; the baseline's own is the deadweight."""
    scene = view.scene(choice.scenario)
    mine = view.net[view.net["scenario"] == scene.id].set_index("component")
    if mine.empty:
        return None
    value = mine["value"]
    steps: list[tuple[str, str, float]] = [(one, ADDS, float(value[one])) for one in GROSS]
    steps += [(one, TOTAL if one.startswith(("gain", "net")) else ADDS if one == ELSEWHERE else TAKES, float(value[one])) for one in END]
    x, base, height, colour, ends, at = [], [], [], [], [], 0.0
    for name, how, size in steps:
        step = -size if how == TAKES else size
        start, at = (0.0, size) if how == TOTAL else (at, at + step)
        label = wrapped(component(name, mine.loc[name], lang), WIDE[lang])
        own = f"<br>({wrapped(view.baseline.name(lang), 18)})" if name == "deadweight" else ""
        shown = quantity(size, "jobs", lang) if how == TOTAL or name in GROSS else signed(step, lang, "jobs")
        x.append(f"{label}{own}<br><b>{shown}</b>")
        base.append(min(start, at))
        height.append(abs(at - start))
        ends.append(at)
        colour.append(
            {ADDS: BLUE if step >= 0 else RED, TAKES: GREY if name == "deadweight" else RED if step < 0 else BLUE, TOTAL: GREEN if size >= 0 else RED}[how]
        )
    patterns = {BLUE: "", GREY: "/", RED: "\\", GREEN: "x"}
    plot = Plot()
    plot.add_trace(bars(x=x, y=height, base=base, showlegend=False, hovertemplate="%{x}<extra></extra>",
                          marker={"color": colour, "pattern": {"fillmode": "overlay", "shape": [patterns[one] for one in colour], "solidity": 0.2, "fgcolor": "white"}}))  # fmt: skip
    for k in range(len(steps) - 1):
        plot.add_shape(type="line", x0=k, x1=k + 1, y0=ends[k], y1=ends[k], line={"color": "#999999", "width": 1, "dash": "dot"}, layer="below")
    plot.add_hline(y=0, line={"color": GREY, "width": 1})
    ticks = numbers(min(0.0, *base), max(start + size for start, size in zip(base, height, strict=True)), lang)
    plot.update_layout(
        **layout(
            760,
            meta={"least": 700},
            yaxis={"title": unit("jobs", lang), "automargin": True, "domain": [0.56, 1.0], **ticks},
            xaxis={"automargin": True, "tickangle": 0, "tickfont": {"size": 11}},
        )
    )
    _net_panel(plot, mine, lang)
    columns = (
        Column(word("component", lang)),
        *(Column(t, "plain") for t in (word("value", lang), say("column.low", lang), say("column.high", lang))),
        Column(word("unit", lang)),
        Column(word("years", lang)),
    )
    rows = tuple(
        cells(
            component(str(name), r, lang), r["value"], _not_negative(str(name), r["low"]), r["high"], unit(str(r["unit"]), lang), _years(str(r["years"]), lang)
        )
        for name, r in mine.iterrows()
    )
    return Figure("net", f"{say('figure.net.title', lang)} · {scene.name(lang)}", plot, Table(columns, rows), say("figure.net.alt", lang, scenario=scene.name(lang)),
                  _reading(view, mine, scene.name(lang), lang), say("figure.net.note", lang))  # fmt: skip


def _net_panel(plot: Plot, mine: Any, lang: Lang) -> None:
    """Draw what is left below, on its own scale, with the paired intervals: the zone's gain, the change elsewhere, the region's gain."""
    parts = END[2:]
    values = [float(mine.loc[name, "value"]) for name in parts]
    spans = [(float(mine.loc[name, "low"]), float(mine.loc[name, "high"])) for name in parts]
    labels = [wrapped(component(name, mine.loc[name], lang), 20) for name in parts]
    x = [f"{label}<br><b>{signed(value, lang, 'jobs')}</b>" for label, value in zip(labels, values, strict=True)]
    arms = [[abs(value - end) if math.isfinite(end) else 0.0 for value, end in zip(values, ends, strict=True)] for ends in zip(*spans, strict=True)]
    marker = {"color": [RED if value < 0 else GREEN if name != ELSEWHERE else BLUE for value, name in zip(values, parts, strict=True)]}
    plot.add_trace(bars(x=x, y=values, xaxis="x2", yaxis="y2", width=0.5, showlegend=False, marker=marker, hovertemplate="%{x}<extra></extra>",
                        error_y={"type": "data", "symmetric": False, "arrayminus": arms[0], "array": arms[1], "color": "#222222", "thickness": 1.5}))  # fmt: skip
    low, high = (pick(edge for end, value in zip(spans, values, strict=True) for edge in (*end, value, 0.0) if math.isfinite(edge)) for pick in (min, max))
    axis = {"title": say("net.left", lang), "automargin": True, "domain": [0.0, 0.32], "anchor": "x2", "zeroline": True, "zerolinecolor": GREY}
    plot.update_layout(
        xaxis2={**WRITTEN, "anchor": "y2", "automargin": True, "tickangle": 0, "tickfont": {"size": 11}}, yaxis2={**WRITTEN, **axis, **numbers(low, high, lang)}
    )


def _not_negative(name: str, low: float) -> float:
    """Return the lower end of a component; a count of jobs, which the gross parts and deadweight are, has none below zero."""
    return max(0.0, low) if name in (*GROSS, "gross", "deadweight") and math.isfinite(low) else low


def years_of(mine: Any, lang: Lang) -> str:
    """Return the years over which jobs are added up."""
    return _years(str(mine["years"].iloc[0]), lang)


def _years(label: str, lang: Lang) -> str:
    first, _, last = label.partition("-")
    return say("years.span", lang, first=first, last=last)


def _reading(view: View, mine: Any, scenario: str, lang: Lang) -> str:
    zone = view.place(str(mine["zone"].iloc[0]), lang)
    facts = {"years": years_of(mine, lang), "scenario": scenario, "zone": zone, **gross_facts(mine, lang)}
    said = say("figure.net.over" if is_over(mine) else "figure.net.reading", lang, **facts)
    elsewhere = mine.loc[ELSEWHERE]
    if elsewhere["value"]:
        said += ("" if lang == "zh" else " ") + say("figure.net.outside", lang, change=change(elsewhere, lang))
    return said


def is_over(mine: Any) -> bool:
    """Tell whether more jobs would have come without the scenario than come with it, so that they are no part of its gross."""
    return bool(mine.loc["deadweight", "value"] > mine.loc["gross", "value"])


def gross_facts(mine: Any, lang: Lang) -> dict[str, str]:
    """Return what is said of gross and net jobs: gross, dead, fewer (gross less than without), lost (change of jobs lost), gain, net."""
    at = mine["value"]
    close = digits_apart([float(at["gross"]), float(at["deadweight"])]) > 3  # three digits would make them the same
    values = [float(one) for one in (at["gross"], at["deadweight"], at["deadweight"] - at["gross"], at["more lost in the zone"])]
    used = values if is_over(mine) else values[:2]  # what its sentence says
    said = [f"{one:,.0f}" for one in used] if close else beside(used, "jobs", lang)
    gross, dead, fewer, lost = (*said, "", "")[:4]
    return {"gross": gross, "dead": dead, "fewer": fewer, "lost": f"+{lost}" if values[3] > 0 else lost, "gain": change(mine.loc["gain of the zone"], lang),
            "net": change(mine.loc["net gain of the region"], lang)}  # fmt: skip


def change(row: Any, lang: Lang, of: str = "", scale: Scale | None = None) -> str:
    """Return a difference with its interval, and that it cannot be told from zero where that is so.

    >>> change({"value": 339.0, "low": -100.0, "high": 780.0}, "en")
    '+339 (95 % interval -100 to +780; cannot be told from zero)'
    >>> change({"value": 2.0, "low": 1.0, "high": 3.0}, "zh"), change({"value": 2.0, "low": math.nan, "high": math.nan}, "en")
    ('+2（95%区间 +1至+3）', '+2 (one run, so no interval)')
    """
    three = [float(row[key]) for key in ("value", "low", "high")]
    value, low, high = (
        written(three, of, lang, scale, sign=True) if scale else amounts(three, of, lang, sign=True) if of else beside(three, "jobs", lang, sign=True)
    )
    if not (np.isfinite(row["low"]) and np.isfinite(row["high"])):
        return say("net.change.once", lang, value=value)
    sure = is_told(row) or row["low"] == row["high"] == 0
    return say("net.change.sure" if sure else "net.change.open", lang, value=value, ends=spanned((low, high), of, lang))


def _scaled(values: tuple[float, ...], scale: Scale) -> tuple[list[float | None], str]:
    return [scale[0] * one for one in values], scale[1]


def price_kind(support: float, price: float) -> str:
    """Tell what support over additional jobs is: a price of a job (``job``), what is saved by each job lost, or no price at all.

    >>> [price_kind(*one) for one in ((5.0, 2.0), (-5.0, 2.0), (5.0, -2.0), (-5.0, -2.0), (5.0, math.inf))]
    ['job', 'saved', 'worse', 'better', 'undefined']
    """
    if not math.isfinite(price):
        return "undefined"
    if price < 0:
        return "worse" if support > 0 else "better"
    return "saved" if support < 0 else "job"


@question("costs", "net", ("costs",), ("scenario",), lambda view: reforms_with(view, "costs"))
def costs(view: View, lang: Lang, choice: Choice) -> Figure | None:
    """Draw what a reform changes in public payments against the baseline, by payer and kind."""
    scene = view.scene(choice.scenario)
    table = view.costs[view.costs["scenario"] == scene.id]
    shown = table[(table["unit"] == "10k CNY") & (table["payer"] != "all")]
    shown = shown.reindex(shown["value"].abs().sort_values(ascending=False, kind="stable").index)
    every, shown = shown[shown["value"] != 0], shown.head(14)
    if table.empty:
        return None
    look = style(view.style_of(scene.id))
    labels = [f"{word(r.payer, lang)} · {word(r.kind, lang)}" for r in shown.itertuples()]
    times, axis = money(shown["value"], "10k CNY", lang)
    plot = Plot(bars(
        y=[markup_free(one) for one in labels], x=(shown["value"] * times).tolist(), orientation="h", marker={"color": [look.colour if v > 0 else RED for v in shown["value"]],
        "pattern": {"fillmode": "overlay", "shape": ["" if v > 0 else "/" for v in shown["value"]], "fgcolor": "white", "solidity": 0.2}}, name=markup_free(scene.name(lang)), showlegend=False,
        error_x={"type": "data", "symmetric": False, "array": ((shown["high"] - shown["value"]) * times).tolist(), "arrayminus": ((shown["value"] - shown["low"]) * times).tolist()},
        hovertemplate="%{y}: %{x:.3g}<extra></extra>",
    ))  # fmt: skip
    plot.add_trace(
        scatter(
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
        **layout(140 + 30 * len(shown), meta={"least": 520}, xaxis={"title": f"{axis} ({span})"}, yaxis={"autorange": "reversed", "automargin": True})
    )
    columns = (
        Column(word("payer", lang)),
        Column(word("kind", lang)),
        *(Column(t, "plain") for t in (word("value", lang), say("column.low", lang), say("column.high", lang))),
        Column(word("unit", lang)),
        *((Column(say("column.counted", lang)),) if "counted" in table else ()),  # results of before have no such column
    )
    numbered = [
        _scaled((r.value, r.low, r.high), fitting((r.value, r.low, r.high), "10k CNY", lang, (times, axis)))
        if r.unit == "10k CNY"
        else row((r.value, r.low, r.high), r.unit, lang)
        for r in table.itertuples()
    ]
    rows = tuple(
        cells(word(r.payer, lang), word(r.kind, lang), value if np.isfinite(r.value) else word("not_defined", lang), *between, of,
              *((say(f"counted.{r.counted}", lang),) if "counted" in table else ()))
        for r, ((value, *between), of) in zip(table.itertuples(), numbered, strict=True)
    )  # fmt: skip
    job = table[table["unit"] == "10k CNY/job"]["value"]
    price = float(job.iloc[0]) if len(job) else math.nan
    support = table[(table["payer"] == "all") & table["kind"].str.startswith("support") & (table["unit"] == "10k CNY")]
    kind = price_kind(float(support["value"].iloc[0]) if len(support) else 0.0, price)
    key = "figure.costs.per_job" + ("" if kind == "job" else f"_{kind}")
    if kind != "undefined" and not (len(support) and is_told(support.iloc[0])):
        key = "figure.costs.per_job_open"
    value, *ends = (
        amounts([float(one) for one in table.loc[table["unit"] == "10k CNY/job", ["value", "low", "high"]].iloc[0]], "10k CNY", lang) if len(job) else ("–",)
    )
    per_job = say(key, lang, value=value, ends=spanned(ends, "10k CNY", lang)) if key.endswith(("job", "saved")) else say(key, lang)
    if len(shown):
        sure = every[(every["low"] > 0) | (every["high"] < 0)]
        top = (sure if len(sure) else shown).iloc[0]
        said = "reading" if len(sure) > 1 else "one" if len(sure) else "once" if shown["low"].isna().all() else "open"
        reading = say(f"figure.costs.{said}", lang, n=len(every), scenario=scene.name(lang), payer=inside(word(str(top["payer"]), lang)), kind=inside(word(str(top["kind"]), lang)),
                      amount=change(top, lang, "10k CNY", (times, axis)), per_job=per_job)  # fmt: skip
    else:
        reading = say("figure.costs.same", lang, scenario=scene.name(lang))
    counts = [say("figure.costs.counted", lang)] if "counted" in table else []
    note = ("" if lang == "zh" else " ").join([say("figure.costs.note", lang), *counts])
    return Figure("costs", f"{say('figure.costs.title', lang)} · {scene.name(lang)}", plot, Table(columns, rows),
                  say("figure.costs.alt", lang, scenario=scene.name(lang), years=span), reading, note)  # fmt: skip
