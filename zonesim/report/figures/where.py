"""Where a scenario changes an indicator: the whole region, its counties, and their zones, each with its interval, and in words."""

from __future__ import annotations

from typing import Any

import pandas as pd

from zonesim.report.figures.axes import Scale, fitting, money, numbers
from zonesim.report.figures.figure import Choice, Column, Figure, Table, cells, kind_of, question
from zonesim.report.figures.nested import across, in_order, once, parks_within, role
from zonesim.report.figures.plot import Plot, scatter
from zonesim.report.figures.style import GREY, layout, markup_free, style
from zonesim.report.figures.verdicts import by_chance, counted, few, least, practically_nothing, sorted_out, told, verdict
from zonesim.report.texts import say
from zonesim.report.view import View
from zonesim.report.words import Lang, of_period, period, prose, word

TOLD = ("county", "zone", "part", "outside")  #: kinds of places of which a sentence counts each piece of land once
HEADS = ("city", "county")  #: levels whose names are heads of what follows
FIRST = "employment"


def of_reforms(view: View) -> list[Choice]:
    """Return employment by place for each scenario."""
    return [Choice(indicator=FIRST, scenario=one.id) for one in view.reforms]


@question("where", "place", ("effects",), ("scenario", "indicator"), of_reforms)
def where(view: View, lang: Lang, choice: Choice) -> Figure | None:
    """Draw the effect on one indicator in the last year, place by place; zero is the baseline."""
    scene, indicator, year = view.scene(choice.scenario), choice.indicator or FIRST, view.years[-1]
    table = view.effects([indicator], (), [year])
    whole = in_order(view, table[table["scenario"] == scene.id])
    table = once(view, whole)
    if table.empty:
        return None
    of, of_unit = view.indicator(indicator, lang), str(table["unit"].iloc[0])
    look = style(view.style_of(scene.id))
    low, high = _ends(table)
    times, axis = money([low, high] if low or high else table["baseline"], of_unit, lang)
    at = list(range(len(table)))[::-1]
    plot = Plot()
    plot.add_trace(
        scatter(
            x=[0, 0], y=[-0.6, len(table) - 0.4], mode="lines", name=markup_free(view.baseline.name(lang)), line={"color": GREY, "width": 2}, hoverinfo="skip"
        )
    )
    plot.add_trace(
        scatter(
            x=(times * table["effect"]).tolist(), y=at, mode="markers", name=markup_free(scene.name(lang)), marker={"color": look.colour, "size": 9, "symbol": look.mark},
            text=[markup_free(view.place(one, lang)) for one in table["place"]], hovertemplate="%{text}: %{x:.3g}<extra></extra>",
            error_x={"type": "data", "symmetric": False, "array": (times * (table["high"] - table["effect"])).tolist(), "arrayminus": (times * (table["effect"] - table["low"])).tolist(),
                     "color": look.colour, "thickness": 2},
        )
    )  # fmt: skip
    named = [markup_free(view.place(place, lang)) for place in table["place"]]
    names = [f"<b>{name}</b>" if level in HEADS else name for level, name in zip(table["level"], named, strict=True)]
    plot.update_layout(
        **layout(
            150 + 26 * len(table), xaxis={"title": f"{markup_free(of)} · {period(year, lang)} · {axis}", "zeroline": False, **numbers(times * low, times * high, lang)},
            yaxis={"tickvals": at, "ticktext": names, "automargin": True, "range": [-0.6, len(table) - 0.4], "zeroline": False},
        )
    )  # fmt: skip
    columns = (
        Column(say("column.level", lang)), Column(word("place", lang)), *(Column(word(key, lang), kind_of(of_unit)) for key in ("baseline", "reform", "effect")),
        Column(say("column.low", lang), kind_of(of_unit)), Column(say("column.high", lang), kind_of(of_unit)), Column(word("unit", lang)), Column(say("column.verdict", lang)),
    )  # fmt: skip
    within = parks_within(view)
    scales = [fitting((r.effect, r.low, r.high), of_unit, lang, (times, axis)) for r in table.itertuples()]
    rows = tuple(
        cells(
            say(f"level.{'part' if r.place in within else r.level}", lang),
            view.place(r.place, lang),
            *(size * one for one in (r.baseline, r.reform, r.effect, r.low, r.high)),
            unit,
            practically_nothing(lang) if verdict(r) == "nil" else say(f"verdict.{verdict(r)}", lang),
        )
        for r, (size, unit) in zip(table.itertuples(), scales, strict=True)
    )
    facts = {"indicator": inside(of), "scenario": scene.name(lang), "baseline": view.baseline.name(lang), "year": period(year, lang), "n": len(table)}
    notes = [say("figure.where.note", lang, **facts), by_chance(len(table), lang), *([say("figure.where.merged", lang)] if len(table) < len(whole) else []),
             *([say("figure.where.across", lang)] if across(view) & set(table["place"]) else [])]  # fmt: skip
    return Figure("where", say("figure.where.title", lang, **facts), plot, Table(columns, rows, (2, 3)), say("figure.where.alt", lang, **facts),
                  reading(view, table, of_unit, facts, lang, (times, axis)), prose(notes, lang))  # fmt: skip


def _ends(table: pd.DataFrame) -> tuple[float, float]:
    """Return the least and largest value that is drawn: zero, effects, and intervals where there are any."""
    values = pd.concat([table["effect"], table["low"], table["high"]])
    return float(min(0.0, values.min())), float(max(0.0, values.max()))


def inside(name: str) -> str:
    """Return a name as it stands within a sentence.

    >>> inside("Persons employed"), inside("GDP"), inside("从业人员")
    ('persons employed', 'GDP', '从业人员')
    """
    return name[:1].lower() + name[1:] if name[1:2].islower() else name


def reading(view: View, table: pd.DataFrame, of_unit: str, facts: dict[str, Any], lang: Lang, scale: Scale) -> str:
    """Say what happens to the whole region, and in which counties, zones, parks of zones that have several, and places outside zones a fall or rise can be told from zero."""
    label = str(table["period"].iloc[0]) if "period" in table and len(table) else ""

    def told_of(row: Any, named: bool = True) -> str:
        return of_period(told(view, of_unit, lang, row, named, scale), label, lang) if label else told(view, of_unit, lang, row, named, scale)

    said = []
    whole = table[table["level"] == "city"]
    for row in whole.itertuples():
        said.append(
            say(f"figure.where.{verdict(row)}", lang, place=view.place(str(row.place), lang), effect=told_of(row, named=False), least=least(lang), **facts)
        )
    kinds = [role(view, level, place) for level, place in zip(table["level"], table["place"], strict=True)]
    for level in TOLD:
        found = sorted_out(table[[kind == level for kind in kinds]].itertuples())
        for kind in ("down", "up"):
            if found[kind]:
                said.append(say(f"figure.where.{level}.{kind}", lang, places=few([told_of(row) for row in found[kind]], lang)))
        if left := counted({kind: rows for kind, rows in found.items() if kind != "alone"}, lang):
            said.append(say(f"figure.where.{level}.{'rest' if found['down'] or found['up'] else 'all'}", lang, counts=left))
    if any(verdict(row) == "alone" for row in table[table["level"] != "city"].itertuples()):
        said.append(say("figure.where.places_alone", lang))
    return ("" if lang == "zh" else " ").join(said)
