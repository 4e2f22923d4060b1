"""How an indicator moves over the years under each scenario: means, bands of the replications, and the dates of policies."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from zonesim.report.figures.axes import Scale, fitting, money, numbers, written, years
from zonesim.report.figures.effects import HEADLINE
from zonesim.report.figures.figure import Choice, Column, Figure, Table, cells, kind_of, question
from zonesim.report.figures.plot import Plot, scatter
from zonesim.report.figures.style import RED, faint, layout, markup_free, style
from zonesim.report.figures.verdicts import spanned, verdict
from zonesim.report.texts import say
from zonesim.report.view import View
from zonesim.report.words import Lang, joined, of_period, period, word


def headline(view: View) -> list[Choice]:
    """Return the headline indicators of the whole region; then, of the place that the report is about, those with a target and the headline ones."""
    aims = [one for one in (view.targets["indicator"] if "targets" in view.has else []) if one != "all targets"]
    wanted = {view.city: list(HEADLINE), view.focus: list(dict.fromkeys([*HEADLINE, *aims]))}
    return [Choice(indicator=one, place=place) for place in view.in_order for one in wanted[place]]


@question("time", "time", ("values",), ("indicator", "place"), headline)
def bands(view: View, lang: Lang, choice: Choice) -> Figure | None:
    """Draw the mean and the 5 to 95 % band of each scenario; flows by year, stocks by quarter."""
    place, indicator = choice.place or view.city, choice.indicator or HEADLINE[0]
    table = course(view, indicator, place)
    if table.empty:
        return None
    of, periods = str(table["unit"].iloc[0]), sorted(set(table["period"]))
    low, high = float(table["low"].min()), float(table["high"].max())
    times, axis = money([low, high], of, lang)
    plot, columns, last = Plot(), [Column(say("column.period", lang))], periods[-1]
    parts: dict[str, dict[str, tuple[float, float, float]]] = {scene.id: {} for scene in view.scenes}
    for one in table.itertuples():
        parts[one.scenario][one.period] = (times * one.mean, times * one.low, times * one.high)
    for k, scene in enumerate(view.scenes):
        mine = sorted(parts[scene.id].items())
        x, look, name = [middle(when) for when, _ in mine], style(k), markup_free(scene.name(lang))
        plot.add_trace(scatter(x=x + x[::-1], y=[high for _, (_, _, high) in mine] + [low for _, (_, low, _) in mine[::-1]], mode="lines", fill="toself", fillcolor=faint(look.colour),
                                  line={"width": 0, "color": look.colour}, hoverinfo="skip", showlegend=False, legendgroup=scene.id))  # fmt: skip
        plot.add_trace(scatter(x=x, y=[mean for _, (mean, _, _) in mine], name=name, mode="lines+markers", legendgroup=scene.id, text=[period(when, lang) for when, _ in mine],
                                  line={"color": faint(look.colour, 0.55) if k == 0 else look.colour, "dash": look.dash, "width": look.width},
                                  marker={"symbol": look.mark, "size": 7, "color": look.colour}, hovertemplate=f"%{{text}} · {name}: %{{y:.4g}}<extra></extra>"))  # fmt: skip
        columns += [Column(f"{scene.name(lang)} {say(f'column.{part}', lang)}", kind_of(of)) for part in ("mean", "p5", "p95")]
    days = sorted(middle(one) for one in periods)
    mark_dates(plot, view, lang, days)
    _mark_targets(plot, view, lang, indicator, place, times)
    title = f"{view.indicator(indicator, lang)} ({axis})"
    flat: dict[str, object] = {"rangemode": "tozero"} if low >= 0 and low < 0.6 * high else {}
    flat |= numbers(0.0 if flat else times * low, times * high, lang)
    plot.update_layout(
        **layout(380, meta={"least": 280}, yaxis={"title": markup_free(title), "automargin": True, **flat}, xaxis=years(days[0], days[-1], lang))
    )
    levels = {s.id: {when: part[0] / times for when, part in parts[s.id].items()} for s in view.scenes}
    apart, change = changes(levels, [last], of, lang, (times, axis))
    rows = tuple(
        cells(
            period(one, lang),
            *(part for s in view.scenes for part in parts[s.id].get(one, (None, None, None))),
            axis,
            *(apart[s.id].get(one) for s in view.reforms),
        )
        for one in periods
    )
    columns.append(Column(word("unit", lang)))
    columns += [Column(f"{s.name(lang)} {say('column.change', lang)} ({change[s.id][1]})", kind_of(of)) for s in view.reforms]
    means = {one.scenario: one.mean for one in table.itertuples() if one.period == last}
    known = [s for s in view.scenes if s.id in means]
    reached_by = written([means[s.id] for s in known], of, lang, (times, axis))
    differs = _differences(view, indicator, place, last, lang, change)
    reached = [
        say("figure.time.value", lang, scenario=s.name(lang), value=f"{of_period(level, last, lang)}{differs.get(s.id, '')}")
        for s, level in zip(known, reached_by, strict=True)
    ]
    facts = {"place": view.place(place, lang), "indicator": view.indicator(indicator, lang), "last": period(last, lang)}
    return Figure(
        "time", f"{say('figure.time.title', lang, indicator=view.indicator(indicator, lang))} · {view.place(place, lang)}", plot, Table(tuple(columns), rows, tuple(range(1, 1 + 3 * len(view.scenes), 3))),
        say("figure.time.alt", lang, unit=axis, first=period(periods[0], lang), **facts),
        say("figure.time.reading", lang, values=joined(reached, lang), **facts), say("figure.time.note", lang),
    )  # fmt: skip


def _differences(view: View, indicator: str, place: str, when: str, lang: Lang, scales: dict[str, Scale]) -> dict[str, str]:
    """Return, by scenario, its paired difference from the baseline in brackets; nothing where none was computed."""
    if "effects" not in view.has:
        return {}
    found = {}
    table = view.effects([indicator], [place], [when])
    for row in table[table["scenario"].isin(list(scales))].itertuples():
        change, *ends = written([float(row.effect), float(row.low), float(row.high)], str(row.unit), lang, scales[str(row.scenario)], sign=True)
        key = {"none": "figure.time.change_none", "alone": "figure.time.change_alone", "open": "figure.time.change_open"}.get(
            verdict(row), "figure.time.change"
        )
        found[str(row.scenario)] = of_period(say(key, lang, change=change, ends=spanned(ends, str(row.unit), lang)), when, lang)
    return found


def changes(means: dict[str, dict[Any, float]], last: Sequence[Any], of: str, lang: Lang, scale: Scale) -> tuple[dict[str, dict[Any, float]], dict[str, Scale]]:
    """Return, by scenario, the means of its places or periods less those of the baseline (the first), and the scale of each, which fits those of the last period.

    >>> means = {"base": {"2015": 498.6521}, "half": {"2015": 498.6507, "2016": 499.0}, "pooled": {"2015": 490.0}}
    >>> list(changes(means, ["2015"], "10^8 CNY/yr", "zh", (1.0, "亿元/年"))[1].values())
    [(1.0, '亿元/年'), (10000.0, '万元/年'), (1.0, '亿元/年')]
    """
    base = next(iter(means))
    found = {one: {key: value - means[base][key] for key, value in mine.items() if key in means[base]} for one, mine in means.items()}
    scales = {one: fitting([mine.get(key) for key in last], of, lang, scale) for one, mine in found.items()}
    return {one: {key: scales[one][0] * value for key, value in mine.items()} for one, mine in found.items()}, scales


def course(view: View, indicator: str, place: str) -> pd.DataFrame:
    """Return mean and band of an indicator at a place: scenario, period, mean, low, high, unit; of years for flows, of quarters for stocks.

    What a report shows of its place is read together, once for both languages.
    """
    shown = [one.indicator for one in headline(view) if one.place == place]
    together = shown if indicator in shown else [indicator]
    every = view.kept(f"courses {place} {' '.join(together)}", lambda: _courses(view.values(together, [place], yearly=None)))
    table = every[every["indicator"] == indicator]
    yearly = table["yearly"]
    flow = len(table) and str(table.loc[yearly, "unit"].iloc[0] if yearly.any() else table["unit"].iloc[0]).endswith(("/yr", "per year"))
    return table[yearly] if yearly.any() and (flow or yearly.all()) else table[~yearly]


def _courses(table: pd.DataFrame) -> pd.DataFrame:
    if table.empty:
        return table.assign(yearly=False)
    groups = table.groupby(["indicator", "scenario", "period"], sort=False)
    spread = groups["value"].quantile([0.05, 0.95]).unstack()
    summary = {"mean": groups["value"].mean(), "low": spread[0.05], "high": spread[0.95], "unit": groups["unit"].first()}
    found = pd.DataFrame(summary).reset_index()
    return found.assign(yearly=~found["period"].str.contains("Q"))


def middle(label: str) -> str:
    """Return the middle of a year or quarter as a date.

    >>> middle("2015"), middle("2015Q1")
    ('2015-07-01', '2015-02-15')
    """
    return f"{label[:4]}-{3 * int(label[-1]) - 1:02d}-15" if "Q" in label else f"{label}-07-01"


def mark_dates(plot: Plot, view: View, lang: Lang, inside: list[str]) -> None:
    """Mark the days on which policies begin or end: a line, and a mark on top that names them."""
    if not inside:
        return
    days: dict[str, list[str]] = {}
    for scene in view.scenes:
        for one in scene.dates:
            name = f"{one[lang]} ({one['clause']})"
            for day, key in ((one["date"], "date.begins"), (one["until"], "date.ends")):
                if day and inside[0] <= day <= inside[-1]:
                    text = say(key, lang, name=markup_free(name))
                    days.setdefault(day, []).append(text) if text not in days.get(day, []) else None
    for day in sorted(days):
        plot.add_vline(x=day, line={"color": RED, "width": 1, "dash": "dot"})
    if days:
        texts = ["<br>".join([day, *days[day][:12], *(["…"] if len(days[day]) > 12 else [])]) for day in sorted(days)]
        plot.add_trace(scatter(x=sorted(days), y=[1] * len(days), yaxis="y2", mode="markers", marker={"symbol": "triangle-down", "size": 10, "color": RED},
                                  name=say("date.legend", lang), text=texts, hovertemplate="%{text}<extra></extra>"))  # fmt: skip
        plot.update_layout(yaxis2={"overlaying": "y", "range": [0, 1], "visible": False, "fixedrange": True})


def _mark_targets(plot: Plot, view: View, lang: Lang, indicator: str, place: str, times: float) -> None:
    if "targets" not in view.has:
        return
    every = zip(*(view.targets[key] for key in ("indicator", "place", "period", "target")), strict=True)
    mine = dict.fromkeys((str(when), float(level)) for what, where, when, level in every if (what, where) == (indicator, place))
    if mine:
        plot.add_trace(scatter(x=[middle(when) for when, _ in mine], y=[times * level for _, level in mine], mode="markers", name=word("target", lang),
                                  marker={"symbol": "star", "size": 15, "color": RED, "line": {"color": "white", "width": 1}}))  # fmt: skip
