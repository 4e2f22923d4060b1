"""What each scenario changes by the last year, and how sure it is: a forest of paired effects."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from zonesim.report.figures.axes import row
from zonesim.report.figures.figure import Choice, Column, Figure, Table, cells, question
from zonesim.report.figures.plot import Plot, scatter
from zonesim.report.figures.style import GREY, layout, markup_free, style
from zonesim.report.figures.verdicts import by_chance, counted, sorted_out
from zonesim.report.figures.where import inside
from zonesim.report.texts import say
from zonesim.report.view import View
from zonesim.report.words import Lang, joined, period, prose, word

HEADLINE = (
    "gdp", "va_secondary", "va_industry_above_scale", "va_tertiary", "retail_sales", "fixed_asset_investment", "hightech_firm_count", "hightech_va",
    "employment", "tax_revenue", "infra_stock", "enterprises",
)  # fmt: skip


def places(view: View) -> list[Choice]:
    """Return the whole region, and the place that the report is about."""
    return [Choice(place=place) for place in view.in_order]


def last_year(view: View) -> str:
    """Return the last full year (the last quarter of a shorter run)."""
    return view.years[-1]


@question("effects", "effects", ("effects",), ("place",), places)
def forest(view: View, lang: Lang, choice: Choice) -> Figure | None:
    """Draw effects of the last year in per cent of the baseline, with intervals; the baseline is the line at zero."""
    place, year = choice.place or view.city, last_year(view)
    table = view.effects(HEADLINE, [place], [year])
    table = table[(table["baseline"].abs() > 0) & table["effect"].notna()]
    if table.empty:
        return None
    known = [one for one in HEADLINE if (table["indicator"] == one).any()]
    rank = {one: len(known) - 1 - k for k, one in enumerate(known)}
    reforms = [one for one in view.reforms if (table["scenario"] == one.id).any()]
    plot = Plot()
    plot.add_trace(
        scatter(
            x=[0, 0], y=[-0.6, len(known) - 0.4], mode="lines", name=markup_free(view.baseline.name(lang)), line={"color": GREY, "width": 2}, hoverinfo="skip"
        )
    )
    for k, scene in enumerate(reforms):
        mine = table[table["scenario"] == scene.id]
        look, scale = style(view.style_of(scene.id)), 100 / mine["baseline"].abs()
        shift = 0.0 if len(reforms) == 1 else 0.3 - 0.6 * k / (len(reforms) - 1)
        plot.add_trace(
            scatter(
                x=(mine["effect"] * scale).tolist(), y=[rank[one] + shift for one in mine["indicator"]], mode="markers", name=markup_free(scene.name(lang)),
                marker={"color": look.colour, "size": 9, "symbol": look.mark}, text=[markup_free(view.indicator(one, lang)) for one in mine["indicator"]],
                error_x={"type": "data", "symmetric": False, "array": ((mine["high"] - mine["effect"]) * scale).tolist(),
                         "arrayminus": ((mine["effect"] - mine["low"]) * scale).tolist(), "color": look.colour, "thickness": 2},
                hovertemplate="%{text}: %{x:.2f} %<extra></extra>",
            )
        )  # fmt: skip
    plot.update_layout(
        **layout(
            140 + (34 + 8 * (len(reforms) - 1)) * len(known),
            xaxis={"title": f"{period(year, lang)} · {word('percent_of_baseline', lang)}", "zeroline": False},
            yaxis={"tickvals": list(range(len(known))), "ticktext": [markup_free(view.indicator(one, lang)) for one in reversed(known)], "automargin": True, "zeroline": False,
                   "range": [-0.6, len(known) - 0.4]},
        )
    )  # fmt: skip
    columns = (
        *(Column(word(key, lang)) for key in ("scenario", "indicator", "unit")), *(Column(word(key, lang), "plain") for key in ("baseline", "reform", "effect")),
        Column(say("column.low", lang), "plain"), Column(say("column.high", lang), "plain"), Column(word("percent_of_baseline", lang), "number"),
        Column(word("share_gain", lang), "share"), Column(word("pairing", lang), "times"),
    )  # fmt: skip
    names = {one.id: one.name(lang) for one in view.scenes}
    numbered = [row((r.baseline, r.reform, r.effect, r.low, r.high), r.unit, lang, (r.effect, r.low, r.high)) for r in table.itertuples()]
    rows = tuple(
        cells(
            names[r.scenario], view.indicator(r.indicator, lang), of, *values, 100 * r.effect / abs(r.baseline), r.share_gain, r.variance_ratio,
        )
        for r, (values, of) in zip(table.itertuples(), numbered, strict=True)
    )  # fmt: skip
    alone = len(reforms) == 1  # else which one each row is about
    table_shown = Table(columns[1:], tuple(one[1:] for one in rows), (2, 3)) if alone else Table(columns, rows, (3, 4))
    alt = say("figure.effects.alt", lang, place=view.place(place, lang), year=period(year, lang), n=len(reforms))
    return Figure("effects", f"{say('figure.effects.title', lang)} · {view.place(place, lang)}", plot, table_shown, alt,
                  _reading(view, table, place, year, lang), prose([say("figure.effects.note", lang), by_chance(len(table), lang)], lang))  # fmt: skip


def _percent(value: float, lang: Lang) -> str:
    """Return a change in per cent that is seen to be one.

    >>> _percent(-4.512, "zh"), _percent(-0.0371, "en"), _percent(math.nan, "en")
    ('-4.5%', '-0.04 %', '–')
    """
    if not math.isfinite(value):
        return "–"
    digits = max(1, -math.floor(math.log10(abs(value)))) if value else 1
    return f"{value:+.{min(digits, 6)}f}{'%' if lang == 'zh' else ' %'}"


def _reading(view: View, table: pd.DataFrame, place: str, year: str, lang: Lang) -> str:
    said = []
    for scene in view.reforms:
        mine = table[table["scenario"] == scene.id]
        if mine.empty:
            continue
        found = sorted_out(mine.itertuples())
        facts = {"place": view.place(place, lang), "year": period(year, lang), "scenario": scene.name(lang), "k": len(mine)}
        sure, left = [*found["up"], *found["down"]], counted(found, lang)
        if not sure:
            said.append(say("figure.effects.counts", lang, counts=left, **facts))
            continue
        top: Any = max(sure, key=lambda r: abs(r.effect / r.baseline))
        parts = [say(f"figure.effects.{key}", lang, n=len(found[key])) for key in ("up", "down") if found[key]]
        said.append(
            say(
                "figure.effects.reading" if len(sure) > 1 else "figure.effects.one",
                lang,
                parts=joined(parts, lang),
                rest=say("figure.effects.rest", lang, counts=left) if left else "",
                indicator=inside(view.indicator(top.indicator, lang)),
                percent=_percent(100 * top.effect / abs(top.baseline), lang),
                **facts,
            )
        )
    return ("" if lang == "zh" else " ").join(said)
