"""Whether targets are met, and how likely: a bullet for each target and scenario."""

from __future__ import annotations

import math
from typing import Any

from zonesim.report.figures.axes import row
from zonesim.report.figures.figure import Choice, Column, Figure, Table, cells, question
from zonesim.report.figures.plot import Plot, bars, scatter
from zonesim.report.figures.style import BLACK, GREY, layout, markup_free, style
from zonesim.report.figures.where import inside
from zonesim.report.texts import say
from zonesim.report.view import View
from zonesim.report.words import Lang, joined, period, share, word

ALL = "all targets"
MOST = 160.0  # per cent of a target beyond which a bar is cut
ROOM = 85.0  # per cent of a target that is left beside it for the chance of meeting it


@question("targets", "targets", ("targets",))
def bullets(view: View, lang: Lang, choice: Choice) -> Figure | None:
    """Draw the level reached in per cent of each target, with the probability of meeting it."""
    table = view.targets
    single = table[(table["indicator"] != ALL) & (table["target"].abs() > 0)]
    if single.empty:
        return None
    names = {one.id: one.name(lang) for one in view.scenes}
    labels = {
        key: _label(view, *key, lang)
        for key in dict.fromkeys(zip(single["indicator"], single["place"], single["period"].astype(str), single["direction"], strict=True))
    }
    plot = Plot()
    places = {key: n for n, key in enumerate(labels)}
    width = 0.72 / len(view.scenes)
    for k, scene in enumerate(view.scenes):
        mine = single[single["scenario"] == scene.id]
        look = style(k)
        at = [
            places[key] + (k - (len(view.scenes) - 1) / 2) * width
            for key in zip(mine["indicator"], mine["place"], mine["period"].astype(str), mine["direction"], strict=True)
        ]
        chances = [odds(one, lang) for _, one in mine.iterrows()]
        reached = (100 * mine["mean"] / mine["target"]).to_numpy(dtype=float)
        plot.add_trace(
            bars(
                y=at, x=[min(one, MOST) for one in reached], orientation="h", width=width * 0.94, name=markup_free(names[scene.id]),
                marker={"color": look.colour, "pattern": {"fillmode": "overlay", "shape": look.pattern, "solidity": 0.25, "fgcolor": "white"}},
                customdata=[[one, said] for one, said in zip(reached, chances, strict=True)], hovertemplate="%{customdata[0]:.1f} % · %{customdata[1]}<extra></extra>",
            )
        )  # fmt: skip
        texts = [f"{'→ ' if one > MOST else ''}{one:.0f}{'%' if lang == 'zh' else ' %'} · {said}" for one, said in zip(reached, chances, strict=True)]
        plot.add_trace(
            scatter(
                x=[MOST + 3] * len(at),
                y=at,
                mode="text",
                text=texts,
                textposition="middle right",
                textfont={"size": 11, "color": look.colour if k else GREY},
                showlegend=False,
                hoverinfo="skip",
                cliponaxis=False,
            )
        )
    plot.add_vline(x=100, line={"color": BLACK, "width": 2})
    height = 130 + len(labels) * (26 + 20 * len(view.scenes))
    plot.update_layout(
        **layout(height, barmode="overlay", meta={"least": 640}, xaxis={"title": say("figure.targets.axis", lang), "range": [0, MOST + ROOM], "tickvals": [0, 25, 50, 75, 100, 125, 150]},
                 yaxis={"range": [len(labels) - 0.5, -0.5], "tickvals": list(places.values()), "ticktext": [markup_free(one) for one in labels.values()], "automargin": True, "showgrid": False, "zeroline": False})
    )  # fmt: skip
    columns = (
        *(Column(word(key, lang)) for key in ("scenario", "indicator", "place")), Column(say("column.period", lang)), Column(word("unit", lang)), Column(say("column.direction", lang)),
        *(Column(word(key, lang), "number") for key in ("target", "mean", "gap")), *(Column(title, "share") for title in (word("probability", lang), say("column.low", lang), say("column.high", lang))),
        Column(word("clause", lang)),
    )  # fmt: skip
    numbered = [row((r.target, *((r.mean, r.gap) if r.indicator != ALL else (None, None))), str(r.unit), lang) for r in table.itertuples()]
    rows = tuple(
        cells(
            names.get(r.scenario, r.scenario), word(ALL, lang) if r.indicator == ALL else view.indicator(r.indicator, lang), view.place(r.place, lang),
            period(str(r.period), lang) if r.period else "", of, say(f"direction.{r.direction}", lang) if r.direction else "",
            *values, r.probability, r.low, r.high, r.clause,
        )
        for r, (values, of) in zip(table.itertuples(), numbered, strict=True)
    )  # fmt: skip
    where = set(single["place"])
    title = say("figure.targets.title", lang) + (f" · {view.place(str(where.pop()), lang)}" if len(where) == 1 else "")
    return Figure("targets", title, plot, Table(columns, rows), say("figure.targets.alt", lang, n=len(view.scenes), k=len(labels)),
                  _reading(view, lang), say("figure.targets.note", lang))  # fmt: skip


def odds(row: Any, lang: Lang) -> str:
    """Return in how many runs a target was met, with the Wilson interval of its probability: none of three is not "never".

    >>> odds({"met": 0, "n": 3, "low": 0.0, "high": 0.5615}, "en"), odds({"met": 20, "n": 20, "low": 0.8389, "high": 1.0}, "zh")
    ('0 of 3 runs, probability 0 to 56 %', '20 次中 20 次，概率 84至100%')
    """
    if not all(math.isfinite(row[key]) for key in ("met", "n", "low", "high")):
        return "–"
    return say("figure.targets.odds", lang, met=int(row["met"]), n=int(row["n"]), low=f"{100 * row['low']:.0f}", high=share(float(row["high"]), lang))


def _label(view: View, indicator: str, place: str, when: str, direction: str, lang: Lang) -> str:
    sign = "≥" if direction == "at least" else "≤"
    more = "" if place == view.focus else f" · {view.place(place, lang)}"
    return f"{view.indicator(indicator, lang)}{more} {period(when, lang)} {sign}"


def _reading(view: View, lang: Lang) -> str:
    table = view.targets
    single = table[table["indicator"] != ALL]
    key = ["indicator", "place", "period"]
    before = single[(single["scenario"] == view.baseline.id) & (single["probability"] > 0.5)]
    already = {tuple(one) for one in before[key].itertuples(index=False)}
    said = []
    for scene in view.reforms or view.scenes:
        mine = single[single["scenario"] == scene.id]
        likely = mine[mine["probability"] > 0.5]
        both = [r.indicator for r in likely.itertuples() if (r.indicator, r.place, r.period) in already]
        joint = table[(table["scenario"] == scene.id) & (table["indicator"] == ALL)]
        least = joint if len(joint) else mine.sort_values("probability")
        chance = odds(least.iloc[0], lang) if len(least) else "–"
        names = joined([inside(view.indicator(one, lang)) for one in dict.fromkeys(both)], lang)
        more = say("figure.targets.already", lang, n=len(both), names=names) if both and scene.id != view.baseline.id else ""
        said.append(say("figure.targets.reading", lang, scenario=scene.name(lang), k=len(mine), likely=len(likely), already=more, odds=chance))
    return ("" if lang == "zh" else " ").join(said)
