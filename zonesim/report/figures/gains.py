"""Who gains and who loses: by industry, by size of enterprise, and by county."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from zonesim.report.figures.axes import Scale, fitting, money, numbers, written
from zonesim.report.figures.figure import Choice, Column, Figure, Table, cells, kind_of, question
from zonesim.report.figures.plot import Plot, bars, scatter
from zonesim.report.figures.style import GREY, layout, markup_free, style
from zonesim.report.figures.verdicts import by_chance, counted, out_of, sorted_out
from zonesim.report.texts import say
from zonesim.report.view import View
from zonesim.report.words import Lang, of_period, period, prose, word

BY = ("industry", "size", "county")
MEASURES = {"industry": ("employment", "value_added"), "size": ("employment", "enterprises"), "county": ("employment", "gdp")}


def parts(view: View) -> list[Choice]:
    """Return jobs of the whole region by industry, size and county, then the other measure of each, and the report's zone by industry."""
    found = [Choice(second=by, indicator=MEASURES[by][k], place=view.city) for k in (0, 1) for by in BY if by == "county" or "breakdown" in view.has]
    if view.focus != view.city and "breakdown" in view.has:
        found.append(Choice(second="industry", indicator="employment", place=view.focus))
    return found


@question("gains", "gains", ("pair",), ("second", "indicator", "place"), parts)
def gains(view: View, lang: Lang, choice: Choice) -> Figure | None:
    """Draw the difference of each part from the baseline in the last year with its 95 % interval, largest gain on top."""
    by, measure, place = choice.second or "county", choice.indicator or "employment", choice.place or view.city
    table, names, of = _parts(view, by, measure, place, lang)
    if table.empty:
        return None
    year = sorted(table["period"].unique())[-1]
    table = table[table["period"] == year]
    effects = view.kept(f"gains {by} {measure} {place}", lambda: _paired(view, table))  # the same in both languages
    if effects.empty:
        return None
    values = ["baseline", "effect", "low", "high"]
    ends = effects[["effect", "low", "high"]].to_numpy(dtype=float)
    times, axis = money(ends.ravel() if np.nan_to_num(ends).any() else effects["baseline"], of, lang)
    drawn = effects.assign(**{one: times * effects[one] for one in values})
    order = effects.groupby("part")["effect"].mean().sort_values(kind="stable").index.tolist()
    reforms = [one for one in view.reforms if (effects["scenario"] == one.id).any()]
    plot = Plot()
    plot.add_trace(
        scatter(
            x=[0, 0], y=[-0.6, len(order) - 0.4], mode="lines", line={"color": GREY, "width": 3}, name=markup_free(view.baseline.name(lang)), hoverinfo="skip"
        )
    )
    for k, scene in enumerate(reforms):
        mine, look = drawn[drawn["scenario"] == scene.id].set_index("part").reindex(order), style(view.style_of(scene.id))
        shift = 0.0 if len(reforms) == 1 else 0.28 - 0.56 * k / (len(reforms) - 1)
        plot.add_trace(bars(x=mine["effect"].tolist(), y=[n + shift for n in range(len(order))], orientation="h", width=0.62 / len(reforms), name=markup_free(scene.name(lang)),
                              marker={"color": look.colour, "pattern": {"fillmode": "overlay", "shape": look.pattern, "fgcolor": "white", "solidity": 0.2}},
                              error_x={"type": "data", "symmetric": False, "array": (mine["high"] - mine["effect"]).tolist(), "arrayminus": (mine["effect"] - mine["low"]).tolist(), "color": "#222222", "thickness": 1.4},
                              text=[markup_free(names.get(one, one)) for one in order], textposition="none", hovertemplate="%{text}: %{x:.4g}<extra></extra>"))  # fmt: skip
    ticks = numbers(times * float(np.nanmin(ends)), times * float(np.nanmax(ends)), lang) if np.isfinite(ends).any() else {}
    title = f"{say(f'measure.{measure}', lang)} · {word('effect', lang)} ({axis}, {period(year, lang)})"
    plot.update_layout(**layout(120 + (24 + 9 * (len(reforms) - 1)) * len(order), xaxis={"title": title, "zeroline": False, **ticks}, barmode="overlay",
                                yaxis={"tickvals": list(range(len(order))), "ticktext": [markup_free(names.get(one, one)) for one in order], "range": [-0.6, len(order) - 0.4], "automargin": True}))  # fmt: skip
    columns = (
        Column(word("scenario", lang)),
        Column(say(f"by.{by}", lang)),
        *(Column(t, kind_of(of)) for t in (view.baseline.name(lang), word("effect", lang), say("column.low", lang), say("column.high", lang))),
        Column(word("unit", lang)),
    )
    labels, largest_first = {one.id: one.name(lang) for one in reforms}, effects.set_index("part").loc[order[::-1]]
    scales = [fitting((r.effect, r.low, r.high), of, lang, (times, axis)) for r in largest_first.itertuples()]
    rows = tuple(
        cells(labels[r.scenario], names.get(r.Index, r.Index), *(scale * one for one in (r.baseline, r.effect, r.low, r.high)), said)
        for r, (scale, said) in zip(largest_first.itertuples(), scales, strict=True)
    )
    where = view.place(place, lang)
    facts = {"by": say(f"by.{by}", lang), "measure": say(f"measure.{measure}", lang), "place": where, "label": str(year)}
    notes = [say("figure.gains.note", lang), by_chance(len(effects), lang)]
    return Figure("gains", say("figure.gains.title", lang, **facts), plot, Table(columns, rows), say("figure.gains.alt", lang, n=len(order), **facts),
                  _reading(view, effects, names, of, (times, axis), period(year, lang), facts, lang), prose(notes, lang))  # fmt: skip


def _parts(view: View, by: str, measure: str, place: str, lang: Lang) -> tuple[pd.DataFrame, dict[str, str], str]:
    """Return scenario, replication, period, part and value; the names of the parts; and the unit."""
    if by == "county":
        ids = [str(one["id"]) for one in view.run.get("counties", [])]
        table = view.values([measure], ids, periods=view.years[-1:], yearly=None)
        table = table[table["level"] == "county"].assign(part=lambda rows: rows["place"])
        return table, {one: view.place(one, lang) for one in ids}, str(table["unit"].iloc[0]) if len(table) else ""
    table = view.breakdown(by, measure, [place], view.years[-1:])
    table = table[table["level"] != "county"]
    names = (
        {str(one["id"]): str(one[lang]) for one in view.run.get("industries", [])}
        if by == "industry"
        else {one: say(f"size.{one}", lang) for one in ("micro", "small", "medium", "large")}
    )
    return table, names, str(table["unit"].iloc[0]) if len(table) else ""


def _paired(view: View, table: pd.DataFrame) -> pd.DataFrame:
    """Return effects of each reform on each part: baseline, effect, low, high."""
    from zonesim.experiments.effects import mean_interval

    wide = table.pivot_table(index=["scenario", "part"], columns="replication", values="value", observed=True)
    rows = []
    for scene in view.reforms:
        for part in dict.fromkeys(table["part"]):
            if (scene.id, part) in wide.index and (view.baseline.id, part) in wide.index:
                before, after = wide.loc[(view.baseline.id, part)].to_numpy(dtype=float), wide.loc[(scene.id, part)].to_numpy(dtype=float)
                if not before.any() and not after.any():
                    continue
                mean, low, high = mean_interval(after - before)
                rows.append({"scenario": scene.id, "part": part, "baseline": float(before.mean()), "effect": mean, "low": low, "high": high})
    return pd.DataFrame(rows)


def _reading(view: View, effects: pd.DataFrame, names: dict[str, str], of: str, scale: Scale, when: str, facts: dict[str, str], lang: Lang) -> str:
    said = []
    for scene in view.reforms:
        mine = effects[effects["scenario"] == scene.id]
        if mine.empty:
            continue
        found = sorted_out(mine.itertuples())

        def listed(kind: str, found: dict[str, list[Any]] = found) -> str:
            named = [
                (names.get(r.part, r.part), of_period(written([r.effect, r.low, r.high], of, lang, scale, sign=True)[0], facts["label"], lang))
                for r in found[kind][:3]
            ]
            return out_of([f"{name}\uff08{size}\uff09" if lang == "zh" else f"{name} ({size})" for name, size in named], len(found[kind]), lang)

        key = {(True, True): "both", (True, False): "up", (False, True): "down", (False, False): "none"}[bool(found["up"]), bool(found["down"])]
        up, down, left = len(found["up"]), len(found["down"]), counted(found, lang)
        told = {"period": when, "scenario": scene.name(lang), "up": up, "down": down, "gainers": listed("up"), "losers": listed("down"), "counts": left}
        said.append(say(f"figure.gains.{key}", lang, **told, **facts))
        if left and key != "none":
            said.append(say("figure.gains.rest", lang, counts=left))
    return ("" if lang == "zh" else " ").join(said)
