"""The same indicator in every zone: small multiples."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from zonesim.report.figures.axes import Scale, money, numbers, written, years
from zonesim.report.figures.figure import Choice, Column, Figure, Table, cells, kind_of, question
from zonesim.report.figures.nested import parks_within, whole_zones
from zonesim.report.figures.plot import Plot, merge, scatter
from zonesim.report.figures.style import faint, layout, markup_free, style, wrapped
from zonesim.report.figures.time import changes, middle
from zonesim.report.figures.verdicts import by_chance, counted, sorted_out, told
from zonesim.report.figures.where import inside
from zonesim.report.texts import say
from zonesim.report.view import View
from zonesim.report.words import Lang, joined, of_period, period, prose, word

SHOWN = ("gdp", "employment", "tax_revenue")


def panels(view: View) -> list[str]:
    """Return what has a panel of its own: each zone that is no part of another, followed by its parks where it has several."""
    of = parks_within(view)
    return [one for zone in whole_zones(view) for one in (zone, *(part for part, above in of.items() if above == zone))]


@question("zones", "place", ("values",), ("indicator",), lambda view: [Choice(indicator=one) for one in SHOWN])
def zones(view: View, lang: Lang, choice: Choice) -> Figure | None:
    """Draw a small panel for each zone, and for each park of a zone that has several, with the yearly mean and band of every scenario."""
    indicator, ids = choice.indicator or SHOWN[0], panels(view)
    table = view.kept(f"zones {indicator}", lambda: _bands(view.values([indicator], ids)))
    if table.empty:
        return None
    of, found = str(table["unit"].iloc[0]), {(one.place, one.scenario, one.period): one for one in table.itertuples()}
    times, axis = money([*table["low"], *table["high"]], of, lang)
    there = {key[:2] for key in found}
    mean, ids = {key: one.mean for key, one in found.items()}, [one for one in ids if any((one, scene.id) in there for scene in view.scenes)]
    drawn = {key: times * value for key, value in mean.items()}
    wide = 3 if len(ids) > 2 else len(ids)
    tall = math.ceil(len(ids) / wide)
    plot = Plot(rows=tall, columns=wide, titles=[wrapped(view.place(one, lang), 44) for one in ids], gap=(0.08, min(0.14, 0.3 / tall)))
    periods = sorted(set(table["period"]))
    x = [middle(one) for one in periods]
    for n, zone in enumerate(ids):
        lows, highs = [], []
        for k, scene in enumerate(view.scenes):
            if (zone, scene.id) not in there:
                continue
            look, mine = style(k), [found.get((zone, scene.id, one)) for one in periods]
            low, high = ([times * getattr(one, part, math.nan) for one in mine] for part in ("low", "high"))
            lows.append(np.nanmin(low))
            highs.append(np.nanmax(high))
            plot.add_trace(scatter(x=x + x[::-1], y=high + low[::-1], fill="toself", fillcolor=faint(look.colour), mode="lines",
                                      line={"width": 0, "color": look.colour}, hoverinfo="skip", showlegend=False), n)  # fmt: skip
            plot.add_trace(scatter(x=x, y=[drawn.get((zone, scene.id, one)) for one in periods], mode="lines+markers", name=markup_free(scene.name(lang)), legendgroup=scene.id, showlegend=n == 0,
                                      line={"color": faint(look.colour, 0.55) if k == 0 else look.colour, "dash": look.dash, "width": look.width * 0.8},
                                      marker={"symbol": look.mark, "size": 5, "color": look.colour}, text=[period(one, lang) for one in periods],
                                      hovertemplate="%{text}: %{y:.4g}<extra></extra>"), n)  # fmt: skip
        merge(plot.layout["yaxis" + ("" if n == 0 else str(n + 1))], numbers(min(lows), max(highs), lang))
    ticks = years(x[0], x[-1], lang)
    step = 2 if len(periods) > 4 else 1
    plot.each_axis("x", **{**ticks, "tickvals": ticks["tickvals"][::step], "ticktext": ticks["ticktext"][::step]}, tickfont={"size": 10})
    plot.each_axis("y", automargin=True, tickfont={"size": 10})
    shared = layout(150 + 190 * tall)
    plot.update_layout(
        meta={"least": 640}, **{**shared, "legend": {**shared["legend"], "y": 1 + 42 / (60 + 190 * tall)}, "margin": {"l": 60, "r": 20, "t": 80, "b": 40}}
    )
    last = periods[-1]
    columns = (
        Column(say("column.zone", lang)),
        Column(say("column.period", lang)),
        *(Column(scene.name(lang), kind_of(of)) for scene in view.scenes),
        Column(word("unit", lang)),
    )
    levels = {s.id: {(zone, p): mean[zone, s.id, p] for zone in ids for p in periods if (zone, s.id, p) in mean} for s in view.scenes}
    apart, change = changes(levels, [(zone, last) for zone in ids], of, lang, (times, axis))
    columns += tuple(Column(f"{s.name(lang)} {say('column.change', lang)} ({change[s.id][1]})", kind_of(of)) for s in view.reforms)
    rows = tuple(
        cells(
            view.place(zone, lang),
            period(p, lang),
            *(drawn.get((zone, s.id, p)) for s in view.scenes),
            axis,
            *(apart[s.id].get((zone, p)) for s in view.reforms),
        )
        for zone in ids
        for p in periods
    )
    name = view.indicator(indicator, lang)
    notes = [say("figure.zones.note", lang, unit=axis), *([by_chance(len(ids), lang)] if "effects" in view.has else [])]
    return Figure("zones", say("figure.zones.title", lang, indicator=name), plot, Table(columns, rows, tuple(range(2, 2 + len(view.scenes)))), say("figure.zones.alt", lang, indicator=name, n=len(ids)),
                  _reading(view, mean, ids, last, indicator, of, change, lang), prose(notes, lang))  # fmt: skip


def _bands(table: pd.DataFrame) -> pd.DataFrame:
    """Return mean and band of every zone and park: place, scenario, period, mean, low, high, unit."""
    table = table[table["level"].isin(["zone", "park"])]
    if table.empty:
        return table
    groups = table.groupby(["place", "scenario", "period"])
    spread = groups["value"].quantile([0.05, 0.95]).unstack()
    return pd.DataFrame({"mean": groups["value"].mean(), "low": spread[0.05], "high": spread[0.95], "unit": groups["unit"].first()}).reset_index()


def _reading(
    view: View, mean: dict[tuple[str, str, str], float], ids: list[str], last: str, indicator: str, of: str, scales: dict[str, Scale], lang: Lang
) -> str:
    name, within = view.indicator(indicator, lang), [one for one in ids if one in parks_within(view)]
    ids = [one for one in ids if one not in within] or ids
    value = {(z, s.id): mean.get((z, s.id, last), math.nan) for z in ids for s in view.scenes}
    if not view.reforms:
        best = max(ids, key=lambda z: value[z, view.baseline.id])
        return say(
            "figure.zones.level",
            lang,
            period=period(last, lang),
            indicator=inside(name),
            best=view.place(best, lang),
            value=of_period(written([value[best, view.baseline.id]], of, lang, scales[view.baseline.id])[0], last, lang),
        )
    said = []
    for scene in view.reforms:
        parts = _certain(view, scene.id, indicator, ids, last, of, scales[scene.id], lang)
        if not parts:  # no paired effects: the means alone prove no direction
            gain = {z: value[z, scene.id] - value[z, view.baseline.id] for z in ids}
            best = max(ids, key=lambda z: abs(gain[z]) if math.isfinite(gain[z]) else -1.0)
            parts = [
                say(
                    "figure.zones.alone",
                    lang,
                    best=view.place(best, lang),
                    value=of_period(written([gain[best]], of, lang, scales[scene.id], sign=True)[0], last, lang),
                )
            ]
        facts = {"period": period(last, lang), "scenario": scene.name(lang), "indicator": inside(name)}
        said.append(say("figure.zones.reading", lang, parts=say("summary.effect.joint", lang).join(parts), **facts))
        if within != ids and (parts := _certain(view, scene.id, indicator, within, last, of, scales[scene.id], lang)):
            said.append(say("figure.zones.within", lang, parts=say("summary.effect.joint", lang).join(parts)))
    return ("" if lang == "zh" else " ").join(said)


def _certain(view: View, scenario: str, indicator: str, ids: list[str], last: str, of: str, scale: Scale, lang: Lang) -> list[str]:
    """Say in how many zones, and which, the paired interval lies on one side of zero, and in how many it cannot be told; as the figure of places does."""
    if "effects" not in view.has:
        return []
    table = view.effects([indicator], ids, [last]) if ids else pd.DataFrame(columns=["scenario"])
    rows = list(table[table["scenario"] == scenario].itertuples())
    found = sorted_out(rows)
    parts = []
    for kind in ("down", "up"):
        if found[kind]:
            parts.append(
                say(f"figure.zones.{kind}", lang, n=len(found[kind]), places=joined([told(view, of, lang, row, scale=scale) for row in found[kind]], lang))
            )
    if found["alone"]:
        best = found["alone"][0]
        parts.append(
            say("figure.zones.alone", lang, best=view.place(str(best.place), lang), value=written([float(best.effect)], of, lang, scale, sign=True)[0])
        )
    if left := counted({kind: rows for kind, rows in found.items() if kind != "alone"}, lang):
        parts.append(say("figure.zones.rest", lang, counts=left) if parts else left)
    return [of_period(one, last, lang) for one in parts]
