"""Where it happens: a schematic map of the parks with a replay by quarter, and small multiples by zone."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from zonesim.report.figures.axes import Scale, fitting, money, written
from zonesim.report.figures.canvas import BUTTONS, LEAST, LEFT, RIGHT, SLIDER, WIDTHS, Canvas, Spot
from zonesim.report.figures.figure import Choice, Column, Figure, Table, cells, kind_of, question
from zonesim.report.figures.nested import in_order, only_parks
from zonesim.report.figures.plot import Plot, scatter
from zonesim.report.figures.style import DIVERGING, WRITTEN, layout, markup_free
from zonesim.report.figures.verdicts import UNSAID, by_chance, counted, least, out_of, practically_nothing, size, sorted_out, verdict
from zonesim.report.figures.where import inside, reading
from zonesim.report.texts import say
from zonesim.report.view import View
from zonesim.report.words import Lang, amount, of_period, period, prose, word

DOUBTFUL = ("nil", "open", "alone")  # verdicts of changes that a mark crosses out
MOST = 2  # places of a kind that a sentence names; the others are in the table
LARGEST = 30.0  # radius of the largest mark on the widest map
PLAIN = "#8CBBDD"  # of marks whose colour says nothing


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
    alone = scene.id == view.baseline.id  # there is nothing that it could be compared with
    differs = not alone and any(np.nan_to_num(values).any() for values in effect.values())
    bound, top = _largest(effect, quarters), _largest(level, quarters)
    bound_year, top_year = _largest(effect, [last]), _largest(level, [last])
    names = [str(one[lang]) for one in parks]

    times, scale = money([_largest(effect if differs else level, [last])], units[last], lang)  # of a year, and of a quarter in the replay

    def radius(when: str, largest: float) -> np.ndarray:
        share: np.ndarray = np.maximum(np.nan_to_num(level[when]), 0.0) / max(largest, 1e-12)
        return np.asarray(np.maximum(5.0, LARGEST * np.sqrt(share)))

    radii = np.max([radius(q, top) for q in quarters] + [radius(last, top_year)], axis=0)  # a name is covered in no quarter
    order = sorted(range(len(parks)), key=lambda k: -radii[k])  # small circles lie on top of large ones

    def trace(when: str, largest: float, most: float) -> dict[str, Any]:
        kinds = [clear.get((when, str(one["id"])), "") for one in parks]
        doubts = [kind in DOUBTFUL for kind in kinds]
        hover = [
            f"{markup_free(name)}<br>{markup_free(view.indicator(indicator, lang))}: {amount(v, units[when], lang)}"
            + ("" if alone else f"<br>{word('effect', lang)}: {amount(e, units[when], lang, sign=True)}")
            + (f"<br>{practically_nothing(lang) if kind == 'nil' else say('figure.map.doubt', lang)}" if doubt else "")
            for name, v, e, kind, doubt in zip(names, level[when], effect[when], kinds, doubts, strict=True)
        ]
        symbols = {"symbol": ["circle-x" if doubt else "circle" for doubt in (doubts[k] for k in order)]} if clear else {}
        colours = {"color": np.round(times * effect[when], 5)[order].tolist(), "cmin": -times * most, "cmax": times * most} if differs else {"color": PLAIN}
        return {"marker": {"size": (2 * radius(when, largest)).round(1)[order].tolist(), **colours, **symbols}, "hovertext": [hover[k] for k in order]}

    spots = _spots(view, parks, radii.tolist(), lang)
    grounds = [Canvas(spots, width, differs) for width in WIDTHS]
    ground, first = grounds[-1], trace(last, top_year, bound_year)
    bar = {"title": {"text": f"{word('effect', lang)} ({scale.partition('/')[0]})", "side": "top"}, "orientation": "h", "x": 0, "xanchor": "left", "y": 1, "yanchor": "bottom",
           "len": ground.bar, "lenmode": "pixels", "thickness": 12, "nticks": 5, "xpad": 0, **WRITTEN}  # fmt: skip
    marker = {**first["marker"], "sizeref": ground.sizeref, "sizemin": LEAST, "line": {"color": "#333333", "width": 1.2}, "opacity": 0.92,
              **({"colorscale": DIVERGING, "colorbar": bar} if differs else {})}  # fmt: skip
    place = {"mode": "markers", "hoverinfo": "text", "showlegend": False}
    drawn = [parks[k] for k in order]
    plot = Plot(scatter(x=[one["lon"] for one in drawn], y=[one["lat"] for one in drawn], customdata=[one["id"] for one in drawn], marker=marker,
                        hovertext=first["hovertext"], **place))  # fmt: skip
    towns = [one for one in spots if not one.radius]
    if towns:
        plot.add_trace(scatter(x=[one.lon for one in towns], y=[one.lat for one in towns], marker={"color": "#999999", "size": 5, "symbol": "square"},
                               hovertext=[markup_free(one.name) for one in towns], **place))  # fmt: skip
    frames: list[dict[str, Any]] = [dict(name=period(q, lang), data=[trace(q, top, bound)], traces=[0]) for q in quarters]
    frames.append(dict(name=period(last, lang), data=[first], traces=[0]))
    plot.frames = frames
    axis = {"showgrid": False, "zeroline": False, "automargin": False, "tickfont": {"size": 11}}
    plot.update_layout(
        **layout(
            ground.height, width=ground.width, margin={"l": LEFT, "r": RIGHT, "t": ground.top, "b": ground.bottom, "autoexpand": False}, annotations=ground.annotations(),
            xaxis={**axis, "ticksuffix": "°E", "range": ground.x, "nticks": 8}, yaxis={**axis, "ticksuffix": "°N", "range": ground.y, "nticks": 6},
            plot_bgcolor="#FAFAF7", meta={"sizes": [one.change() for one in grounds]}, **_player([str(f["name"]) for f in frames], ground, lang),
        )
    )  # fmt: skip
    everywhere = _everywhere(view, scene.id, indicator, last)
    shown_table = _table(view, everywhere, parks, level[last], effect[last], indicator, last, units[last], (times, scale), alone, lang)
    facts = {"n": len(parks), "label": last, "indicator": view.indicator(indicator, lang), "scenario": scene.name(lang)}
    said = (
        reading(view, everywhere[everywhere["level"] == "city"], units[last], {**facts, "indicator": inside(str(facts["indicator"])), "baseline": view.baseline.name(lang), "year": period(last, lang)}, lang, (times, scale))
        if len(everywhere) else _reading(names, level[last], effect[last], units[last], period(last, lang), facts, lang, scene.id == view.baseline.id, (times, scale))
    )  # fmt: skip
    if clear:
        drawn_as = {str(one["id"]): view.place(str(one["zone"]), lang) if one["id"] in only_parks(view) else str(one[lang]) for one in parks}
        rows = [(drawn_as.get(str(r.place), view.place(str(r.place), lang)), r) for r in everywhere.itertuples() if r.level in ("park", "outside")]
        said = ("" if lang == "zh" else " ").join([said, *(of_period(one, last, lang) for one in told_places(rows, lang, (times, scale)))])
    notes = [say("figure.map.note_level" if alone else "figure.map.note" if differs else "figure.map.note_same", lang, **facts)]
    notes += [say("figure.map.crossed", lang, least=least(lang)), by_chance(len(everywhere), lang)] if clear else []
    notes += [say("figure.map.unnamed", lang)] if any(one.numbered for one in grounds) else []
    return Figure("map", f"{say('figure.map.title', lang)} · {scene.name(lang)}", plot, shown_table, say("figure.map.alt_level" if alone else "figure.map.alt", lang, **facts),
                  said, prose(notes, lang))  # fmt: skip


def _table(view: View, everywhere: pd.DataFrame, parks: list[dict[str, Any]], level: np.ndarray, effect: np.ndarray, indicator: str, when: str, of: str,
           scale: Scale, alone: bool, lang: Lang) -> Table:  # fmt: skip
    """Return every park and, of a reform, the other places of the region: the level, the baseline's and the effect; of a scenario alone its level."""
    names = [str(one[lang]) for one in parks]
    own = Column(f"{view.indicator(indicator, lang)} {period(when, lang)}", kind_of(of))
    if alone:
        return Table(
            (Column(word("place", lang)), Column("km²", "number"), own, Column(word("unit", lang))),
            tuple(cells(name, one.get("planned_km2"), scale[0] * v, scale[1]) for name, one, v in zip(names, parks, level, strict=True)),
        )
    columns = (
        Column(say("column.level", lang)), Column(word("place", lang)), Column("km²", "number"), own,
        *(Column(title, own.kind) for title in (view.baseline.name(lang), word("effect", lang), say("column.low", lang), say("column.high", lang))), Column(word("unit", lang)),
    )  # fmt: skip
    shown = {one["zone"] for one in parks if one["id"] in only_parks(view)}  # their park has a row, with its area
    known = {str(r.place): r for r in everywhere.itertuples()}

    def numbered(*values: float | None) -> list[Any]:
        times, said = fitting(values[2:], of, lang, scale)
        return [*(None if one is None else times * one for one in values), said]

    rows = tuple(
        cells(say("level.park", lang), name, one.get("planned_km2"), *numbered(v, v - e, e, *_ends(known.get(str(one["id"])))))
        for name, one, v, e in zip(names, parks, level, effect, strict=True)
    ) + tuple(
        cells(say(f"level.{r.level}", lang), view.place(r.place, lang), None, *numbered(r.reform, r.baseline, r.effect, r.low, r.high))
        for r in everywhere.itertuples() if r.level != "park" and r.place not in shown
    )  # fmt: skip
    return Table(columns, rows, (3, 4))


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


def told_places(rows: list[tuple[str, Any]], lang: Lang, scale: Scale | None = None) -> list[str]:
    """Return at most two sentences on many places: how many rises and falls can be told from zero and the largest few of each; the others are in the table.

    Args:
        rows: name of each place, and its effect, low, high and unit.
        lang: zh or en.
        scale: of money in the figure.
    """
    name_of = {id(row): name for name, row in rows}
    found = sorted_out(row for _, row in rows)
    if found["alone"]:
        return [say("figure.where.places_alone", lang)]
    if len(found["none"]) == len(rows):
        return []
    facts: dict[str, Any] = {"counts": counted(found, lang)}
    for kind in ("up", "down"):
        most = [f"{name_of[id(row)]}{'' if lang == 'zh' else ' '}{size(str(row.unit), lang, row, scale)}" for row in found[kind][:MOST]]
        facts |= {kind: len(found[kind]), f"most_{kind}": out_of(most, len(found[kind]), lang)}
    key = "both" if found["up"] and found["down"] else "up" if found["up"] else "down" if found["down"] else "none"
    said = [say(f"figure.map.sure.{key}", lang, n=len(rows), **facts)]
    return said + ([say("figure.map.sure.rest", lang, **facts)] if key != "none" and any(found[kind] for kind in UNSAID) else [])


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


def _spots(view: View, parks: list[dict[str, Any]], radii: list[float], lang: Lang) -> list[Spot]:
    """Return what the map names: parks, the only one of a zone by the zone's name, and the towns of counties."""
    alone = only_parks(view)
    found = [
        Spot(float(one["lon"]), float(one["lat"]), view.place(str(one["zone"]), lang) if one["id"] in alone else str(one[lang]), radius)
        for one, radius in zip(parks, radii, strict=True)
    ]
    towns = [one for one in view.run["places"] if one["kind"] == "urban" and one.get("lon") is not None]
    ground = Canvas(found, WIDTHS[-1])
    within = [one for one in towns if ground.x[0] < one["lon"] < ground.x[1] and ground.y[0] < one["lat"] < ground.y[1]]
    return found + [Spot(float(one["lon"]), float(one["lat"]), view.place(one["county"], lang)) for one in within]


def _player(names: list[str], ground: Canvas, lang: Lang) -> dict[str, Any]:
    """Return a slider over the frames, and below it buttons that play them."""
    still = {"frame": {"duration": 0, "redraw": True}, "mode": "immediate", "transition": {"duration": 0}}
    play = {
        "label": "▶ " + say("map.play", lang),
        "method": "animate",
        "args": [names[:-1], {"frame": {"duration": 350, "redraw": True}, "fromcurrent": False, "transition": {"duration": 0}}],
    }
    stop = {"label": "■ " + say("map.stop", lang), "method": "animate", "args": [[None], still]}
    return {
        "updatemenus": [{"type": "buttons", "direction": "left", "x": 0, "y": ground.below(BUTTONS), "xanchor": "left", "yanchor": "top", "showactive": False, "buttons": [play, stop],
                         "pad": {"t": 0, "l": 0}}],
        "sliders": [{"active": len(names) - 1, "x": 0, "len": 1, "y": ground.below(SLIDER), "yanchor": "top", "pad": {"t": 0, "l": 6, "r": 10}, "currentvalue": {"prefix": ""},
                     "steps": [{"label": name, "method": "animate", "args": [[name], still]} for name in names]}],
    }  # fmt: skip


def _reading(names: list[str], level: np.ndarray, effect: np.ndarray, of: str, when: str, facts: dict[str, Any], lang: Lang, single: bool, scale: Scale) -> str:
    if single or not np.isfinite(effect).any():
        best = int(np.nanargmax(np.where(np.isfinite(level), level, -np.inf)))
        return say(
            "figure.map.level",
            lang,
            period=when,
            indicator=facts["indicator"],
            best=names[best],
            gain=of_period(written([float(level[best])], of, lang, scale)[0], facts["label"], lang),
        )
    if not np.nan_to_num(effect).any():
        return say("figure.map.still", lang, period=when, scenario=facts["scenario"], indicator=facts["indicator"])
    best, worst = int(np.nanargmax(effect)), int(np.nanargmin(effect))
    key = "figure.map.up" if effect[worst] >= 0 else "figure.map.reading"
    return say(key, lang, period=when, scenario=facts["scenario"], best=names[best], gain=of_period(written([float(effect[best])], of, lang, scale, sign=True)[0], facts["label"], lang),
               worst=names[worst], loss=of_period(written([float(effect[worst])], of, lang, scale, sign=True)[0], facts["label"], lang))  # fmt: skip
