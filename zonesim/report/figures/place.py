"""Where it happens: a schematic map of the parks with a replay by quarter, and small multiples by zone."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd

from zonesim.report.figures.figure import Choice, Column, Figure, Table, cells, question
from zonesim.report.figures.labels import Mark, Placed, place, width
from zonesim.report.figures.plot import Plot, scatter
from zonesim.report.figures.style import DIVERGING, GREY, layout, markup_free
from zonesim.report.figures.where import in_order, inside, once, only_parks, reading, verdict
from zonesim.report.texts import say
from zonesim.report.view import View
from zonesim.report.words import Lang, amount, joined, period, unit, word

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 980, 560, 60, 120, 20, 130
DOUBTFUL = ("open", "alone")  # verdicts of changes that a mark crosses out
LARGEST = 30.0  # radius of the largest mark


def of_reforms(view: View) -> list[Choice]:
    """Return a map for each reform; for a single scenario its own."""
    return [Choice(scenario=one.id, indicator="gdp") for one in (view.reforms or view.scenes)]


@question("map", "place", ("values", "map"), ("scenario", "indicator"), of_reforms)
def park_map(view: View, lang: Lang, choice: Choice) -> Figure | None:
    """Draw parks at their coordinates: area is the level under a scenario, colour its difference from the baseline; a slider replays the quarters."""
    scene, indicator = view.scene(choice.scenario), choice.indicator or "gdp"
    parks = [one for one in view.parks() if one.get("lon") is not None]
    table = view.values([indicator], [one["id"] for one in parks], yearly=None)
    table = table[table["scenario"].isin([scene.id, view.baseline.id])]
    if not parks or table.empty:
        return None
    clear = _clear(view, scene.id, indicator, [one["id"] for one in parks])
    level, effect, units = _levels(view, table, scene.id, [one["id"] for one in parks])
    quarters, years = [p for p in level if "Q" in p], [p for p in level if "Q" not in p]
    last = (years or quarters)[-1]
    canvas = _Canvas(parks)
    bound, top = _largest(effect, quarters), _largest(level, quarters)
    bound_year, top_year = _largest(effect, [last]), _largest(level, [last])
    names = [str(one[lang]) for one in parks]

    def trace(when: str, largest: float, most: float) -> dict[str, Any]:
        radius = np.maximum(5.0, LARGEST * np.sqrt(np.maximum(np.nan_to_num(level[when]), 0.0) / max(largest, 1e-12)))
        doubts = [clear.get((when, str(one["id"]))) in DOUBTFUL for one in parks]
        hover = [
            f"{markup_free(name)}<br>{markup_free(view.indicator(indicator, lang))}: {amount(v, units[when], lang)}<br>{word('effect', lang)}: {amount(e, units[when], lang, sign=True)}"
            + (f"<br>{say('figure.map.doubt', lang)}" if doubt else "")
            for name, v, e, doubt in zip(names, level[when], effect[when], doubts, strict=True)
        ]
        symbols = {"symbol": ["circle-x" if doubt else "circle" for doubt in doubts]} if clear else {}
        return {
            "marker": {"size": (2 * radius).round(1).tolist(), "color": np.round(effect[when], 5).tolist(), "cmin": -most, "cmax": most, **symbols},
            "hovertext": hover,
        }

    first = trace(last, top_year, bound_year)
    marker = {**first["marker"], "colorscale": DIVERGING, "line": {"color": "#333333", "width": 1.2}, "opacity": 0.92,
              "colorbar": {"title": {"text": f"{word('effect', lang)}<br>{unit(units[last], lang)}"}, "thickness": 14, "len": 0.8}}  # fmt: skip
    plot = Plot(
        scatter(
            x=[one["lon"] for one in parks],
            y=[one["lat"] for one in parks],
            mode="markers",
            marker=marker,
            hovertext=first["hovertext"],
            hoverinfo="text",
            showlegend=False,
        )
    )
    frames: list[dict[str, Any]] = [dict(name=period(q, lang), data=[trace(q, top, bound)], traces=[0]) for q in quarters]
    frames.append(dict(name=period(last, lang), data=[first], traces=[0]))
    plot.frames = frames
    _label(plot, canvas, view, parks, first["marker"]["size"], lang)
    plot.update_layout(
        **layout(
            HEIGHT, margin={"l": LEFT, "r": RIGHT, "t": TOP, "b": BOTTOM}, xaxis={"title": "°E", "range": canvas.x, "showgrid": False, "zeroline": False},
            yaxis={"title": "°N", "range": canvas.y, "showgrid": False, "zeroline": False}, plot_bgcolor="#FAFAF7", **_player([str(f["name"]) for f in frames], lang),
        )
    )  # fmt: skip
    everywhere = _everywhere(view, scene.id, indicator, last)
    shown = {one["zone"] for one in parks if one["id"] in only_parks(view)}  # their park has a row, with its area
    known = {str(r.place): r for r in everywhere.itertuples()}
    columns = (
        Column(say("column.level", lang)), Column(word("place", lang)), Column("km²", "number"), Column(f"{view.indicator(indicator, lang)} {period(last, lang)}", "number"),
        Column(view.baseline.name(lang), "number"), Column(word("effect", lang), "number"), Column(say("column.low", lang), "number"),
        Column(say("column.high", lang), "number"), Column(word("unit", lang)),
    )  # fmt: skip
    rows = tuple(
        cells(say("level.park", lang), name, one.get("planned_km2"), v, v - e, e, *_ends(known.get(str(one["id"]))), unit(units[last], lang))
        for name, one, v, e in zip(names, parks, level[last], effect[last], strict=True)
    ) + tuple(
        cells(say(f"level.{r.level}", lang), view.place(r.place, lang), None, r.reform, r.baseline, r.effect, r.low, r.high, unit(units[last], lang))
        for r in everywhere.itertuples() if r.level != "park" and r.place not in shown
    )  # fmt: skip
    facts = {"n": len(parks), "indicator": view.indicator(indicator, lang), "scenario": scene.name(lang)}
    said = (
        reading(view, once(view, everywhere), units[last], {**facts, "indicator": inside(str(facts["indicator"])), "baseline": view.baseline.name(lang), "year": period(last, lang)}, lang)
        if len(everywhere) else _reading(names, level[last], effect[last], units[last], period(last, lang), facts, lang, scene.id == view.baseline.id)
    )  # fmt: skip
    if clear:
        said += ("" if lang == "zh" else " ") + _told_parks(names, [clear.get((last, str(one["id"])), "alone") for one in parks], lang)
    note = say("figure.map.note", lang) + (say("figure.map.crossed", lang) if clear else "")
    return Figure("map", f"{say('figure.map.title', lang)} · {scene.name(lang)}", plot, Table(columns, rows, (3, 4)), say("figure.map.alt", lang, **facts),
                  said, note)  # fmt: skip


def _everywhere(view: View, scenario: str, indicator: str, last: str) -> pd.DataFrame:
    """Return the paired effects at every place of the region; none for the baseline itself, or where none were computed."""
    if "effects" not in view.has or scenario == view.baseline.id:
        return pd.DataFrame()
    found = view.effects([indicator], (), [last])
    return in_order(view, found[found["scenario"] == scenario])


def _clear(view: View, scenario: str, indicator: str, parks: list[str]) -> dict[tuple[str, str], str]:
    """Return what the paired interval of each period and park allows to say (see ``verdict``); nothing for the baseline itself."""
    if "effects" not in view.has or scenario == view.baseline.id:
        return {}
    found = view.effects([indicator], parks)
    return {(str(row.period), str(row.place)): verdict(row) for row in found[found["scenario"] == scenario].itertuples() if row.level == "park"}


def _told_parks(names: list[str], verdicts: list[str], lang: Lang) -> str:
    """Say which parks' colours can be told from zero, and how many cannot."""
    sure, doubtful = [name for name, one in zip(names, verdicts, strict=True) if one in ("up", "down")], sum(one in DOUBTFUL for one in verdicts)
    if not sure:
        return say("figure.map.none_clear", lang, n=doubtful)
    return say("figure.map.clear", lang, k=len(sure), parks=joined(sure, lang), n=doubtful)


def _ends(row: Any) -> tuple[float | None, float | None]:
    return (None, None) if row is None else (row.low, row.high)


def _levels(view: View, table: pd.DataFrame, scenario: str, parks: list[str]) -> tuple[dict[str, np.ndarray], dict[str, np.ndarray], dict[str, str]]:
    """Return the level under a scenario and its difference from the baseline, by period and park, and the units."""
    means = table.groupby(["scenario", "period", "place"], sort=True)["value"].mean()
    units = table.drop_duplicates("period").set_index("period")["unit"].astype(str).to_dict()
    level = means.loc[scenario].unstack().reindex(columns=parks)
    before = means.loc[view.baseline.id].unstack().reindex(index=level.index, columns=parks)
    return ({str(p): level.loc[p].to_numpy() for p in level.index}, {str(p): (level.loc[p] - before.loc[p]).to_numpy() for p in level.index}, units)


def _largest(values: dict[str, np.ndarray], periods: list[str]) -> float:
    known = np.abs(np.concatenate([values[p] for p in periods])) if periods else np.zeros(1)
    known = known[np.isfinite(known)]
    return max(1e-9, float(known.max(initial=0.0)))


class _Canvas:
    """The part of the plane that the map shows, and its pixels."""

    def __init__(self, parks: list[dict[str, Any]]) -> None:
        lon, lat = [float(one["lon"]) for one in parks], [float(one["lat"]) for one in parks]
        self.wide, self.tall = WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM
        stretch = math.cos(math.radians(sum(lat) / len(lat)))
        middle_x, middle_y = (min(lon) + max(lon)) / 2, (min(lat) + max(lat)) / 2
        per_pixel = max((max(lon) - min(lon)) * stretch / (self.wide - 220), (max(lat) - min(lat)) / (self.tall - 130), 1e-4)
        half_x, half_y = per_pixel * self.wide / 2 / stretch, per_pixel * self.tall / 2
        self.x, self.y = [middle_x - half_x, middle_x + half_x], [middle_y - half_y, middle_y + half_y]

    def pixel(self, lon: float, lat: float) -> tuple[float, float]:
        """Return where a point stands, from the top left."""
        return (lon - self.x[0]) / (self.x[1] - self.x[0]) * self.wide, (self.y[1] - lat) / (self.y[1] - self.y[0]) * self.tall


def _label(plot: Plot, canvas: _Canvas, view: View, parks: list[dict[str, Any]], sizes: list[float], lang: Lang) -> None:
    """Put names beside the parks, and the counties' names where there is room."""
    marks = [Mark(*canvas.pixel(one["lon"], one["lat"]), size / 2, str(one[lang])) for one, size in zip(parks, sizes, strict=True)]
    towns = [one for one in view.run["places"] if one["kind"] == "urban" and one.get("lon") is not None]
    towns = [one for one in towns if canvas.x[0] < one["lon"] < canvas.x[1] and canvas.y[0] < one["lat"] < canvas.y[1]]
    marks += [Mark(*canvas.pixel(one["lon"], one["lat"]), 3, view.place(one["county"], lang), 11.0, True) for one in towns]
    placed = place(marks, (canvas.wide, canvas.tall))
    if towns:
        plot.add_trace(scatter(x=[one["lon"] for one in towns], y=[one["lat"] for one in towns], mode="markers", marker={"color": "#999999", "size": 5, "symbol": "square"},
                                  hovertext=[markup_free(view.place(one["county"], lang)) for one in towns], hoverinfo="text", showlegend=False))  # fmt: skip
    for mark, at, one in zip(marks, placed, [*parks, *towns], strict=True):
        if at is not None:
            _annotate(plot, mark, at, float(one["lon"]), float(one["lat"]))


def _annotate(plot: Plot, mark: Mark, at: Placed, lon: float, lat: float) -> None:
    colour = GREY if mark.optional else "#111111"
    common = {"x": lon, "y": lat, "text": markup_free(mark.text), "font": {"size": mark.size, "color": colour}}
    if at.led:
        half = width(mark.text, mark.size) / 2
        plot.add_annotation(**common, ax=at.dx, ay=at.dy, showarrow=True, arrowhead=0, arrowwidth=1, arrowcolor="#777777", standoff=mark.radius if half else 0)
    else:
        plot.add_annotation(**common, xshift=at.dx, yshift=-at.dy, showarrow=False)


def _player(names: list[str], lang: Lang) -> dict[str, Any]:
    """Return a play button and a slider over the frames."""
    still = {"frame": {"duration": 0, "redraw": True}, "mode": "immediate", "transition": {"duration": 0}}
    play = {
        "label": "▶ " + say("map.play", lang),
        "method": "animate",
        "args": [names[:-1], {"frame": {"duration": 350, "redraw": True}, "fromcurrent": False, "transition": {"duration": 0}}],
    }
    stop = {"label": "■ " + say("map.stop", lang), "method": "animate", "args": [[None], still]}
    return {
        "updatemenus": [{"type": "buttons", "direction": "left", "x": 0, "y": -0.16, "xanchor": "left", "yanchor": "top", "showactive": False, "buttons": [play, stop], "pad": {"t": 6}}],
        "sliders": [{"active": len(names) - 1, "x": 0.22, "len": 0.78, "y": -0.1, "yanchor": "top", "pad": {"t": 0}, "currentvalue": {"prefix": ""},
                     "steps": [{"label": name, "method": "animate", "args": [[name], still]} for name in names]}],
    }  # fmt: skip


def _reading(names: list[str], level: np.ndarray, effect: np.ndarray, of: str, when: str, facts: dict[str, Any], lang: Lang, single: bool) -> str:
    if single or not np.isfinite(effect).any():
        best = int(np.nanargmax(np.where(np.isfinite(level), level, -np.inf)))
        return say("figure.map.level", lang, period=when, indicator=facts["indicator"], best=names[best], gain=amount(float(level[best]), of, lang))
    if not np.nan_to_num(effect).any():
        return say("figure.map.still", lang, period=when, scenario=facts["scenario"], indicator=facts["indicator"])
    best, worst = int(np.nanargmax(effect)), int(np.nanargmin(effect))
    key = "figure.map.up" if effect[worst] >= 0 else "figure.map.reading"
    return say(key, lang, period=when, scenario=facts["scenario"], best=names[best], gain=amount(float(effect[best]), of, lang, sign=True),
               worst=names[worst], loss=amount(float(effect[worst]), of, lang, sign=True))  # fmt: skip
