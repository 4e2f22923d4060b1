"""Land by stage and use in the region and in each zone over the years."""

from __future__ import annotations

import pandas as pd

from zonesim.report.figures.axes import numbers
from zonesim.report.figures.figure import Choice, Column, Figure, Table, cells, question
from zonesim.report.figures.plot import Plot, bars
from zonesim.report.figures.style import BLUE, GREEN, ORANGE, PINK, SKY, layout, wrapped
from zonesim.report.figures.verdicts import least, size, verdict
from zonesim.report.texts import say
from zonesim.report.view import View
from zonesim.report.words import Lang, amount, period, prose, unit, word

USES = {"built_industrial": (BLUE, ""), "built_services": (SKY, "/"), "built_public": (GREEN, "x"), "granted": (ORANGE, "\\"), "ready": (PINK, ".")}
ALL_USES = (*USES, "undeveloped")
Areas = dict[tuple[str, str, str], float]  #: by scenario, period and use


def of_zones(view: View) -> list[Choice]:
    """Return the whole region, the report's zone, then the other zones, at most eight."""
    zones = [str(one["id"]) for one in view.run.get("zones", [])]
    return [Choice(place=one) for one in dict.fromkeys([*view.in_order, *zones])][:8]


@question("land", "land", ("breakdown",), ("place",), of_zones)
def land(view: View, lang: Lang, choice: Choice) -> Figure | None:
    """Draw land in use by year for the baseline and each scenario side by side; land not yet developed stands in the table."""
    mean = areas(view, choice.place)
    if not mean:
        return None
    found = {scenario for scenario, _, _ in mean}
    scenes, years = [one for one in view.scenes if one.id in found], sorted({year for _, year, _ in mean})
    plot = Plot(columns=len(scenes), titles=[wrapped(one.name(lang), 100 // len(scenes)) for one in scenes], gap=(0.03, 0.0), shared=True)
    for k, scene in enumerate(scenes):
        for use, (colour, pattern) in USES.items():
            plot.add_trace(bars(x=[period(y, lang) for y in years], y=[float(mean.get((scene.id, y, use), 0.0)) for y in years], name=say(f"land.{use}", lang), legendgroup=use,
                                  showlegend=k == 0, marker={"color": colour, "pattern": {"fillmode": "overlay", "shape": pattern, "fgcolor": "white", "solidity": 0.25}, "line": {"color": "white", "width": 0.5}},
                                  hovertemplate="%{x}: %{y:.4g}<extra>" + say(f"land.{use}", lang) + "</extra>"), k)  # fmt: skip
    plot.update_layout(**{**layout(440, barmode="stack", bargap=0.15), "margin": {"l": 60, "r": 20, "t": 90, "b": 60}})
    plot.each_axis("x", separatethousands=False)  # years
    highest = max(sum(mean.get((s.id, y, use), 0.0) for use in USES) for s in scenes for y in years)
    plot.update_layout(
        meta={"least": 200 + 150 * len(scenes)}, legend={"y": 1.14}, yaxis={"title": unit("mu", lang), "automargin": True, **numbers(0.0, highest, lang)}
    )
    columns = (
        Column(say("column.scenario", lang)),
        Column(say("column.period", lang)),
        *(Column(say(f"land.{use}", lang), "plain") for use in ALL_USES),
        Column(word("unit", lang)),
    )
    rows = tuple(cells(s.name(lang), period(y, lang), *(mean.get((s.id, y, use)) for use in ALL_USES), unit("mu", lang)) for s in scenes for y in years)
    name = view.place(choice.place, lang)
    return Figure("land", f"{say('figure.land.title', lang)} · {name}", plot, Table(columns, rows), say("figure.land.alt", lang, place=name, n=len(scenes)),
                  _reading(view, mean, years[-1], choice.place, lang), say("figure.land.note", lang))  # fmt: skip


def areas(view: View, place: str) -> Areas:
    """Return the mean area of the region or of a zone by scenario, period and use; what a report shows is read together, once for both languages."""
    shown = [one.place for one in of_zones(view)]
    together = shown if place in shown else [place]
    every = view.kept(f"areas {' '.join(together)}", lambda: _areas(view.breakdown("land", "area", together)))
    return {(one.scenario, one.period, one.part): one.value for one in every[every["place"] == place].itertuples()}


def _areas(table: pd.DataFrame) -> pd.DataFrame:
    return table[table["level"].isin(("city", "zone"))].groupby(["place", "scenario", "period", "part"])["value"].mean().reset_index()


def built(view: View, place: str, last: str) -> pd.DataFrame:
    """Return what is built on in the last year: scenario, baseline, and the paired effect of each reform with its interval (mu)."""
    from zonesim.experiments.effects import mean_interval

    table = view.breakdown("land", "area", [place], [last])
    table = table[table["level"].isin(("city", "zone")) & table["part"].isin([use for use in USES if use.startswith("built")])]
    wide = table.groupby(["scenario", "replication"])["value"].sum().unstack()
    before = wide.loc[view.baseline.id]
    rows = []
    for scene in view.reforms:
        if scene.id in wide.index:
            effect, low, high = mean_interval((wide.loc[scene.id] - before).dropna().to_numpy(dtype=float))
            rows.append({"scenario": scene.id, "baseline": float(before.mean()), "effect": effect, "low": low, "high": high})
    return pd.DataFrame(rows)


def _reading(view: View, mean: Areas, last: str, place: str, lang: Lang) -> str:
    before = float(sum(mean.get((view.baseline.id, last, use), 0.0) for use in USES if use.startswith("built")))
    waiting = float(mean.get((view.baseline.id, last, "ready"), 0.0) + mean.get((view.baseline.id, last, "granted"), 0.0))
    facts = {"period": period(last, lang), "place": view.place(place, lang), "scenario": view.baseline.name(lang)}
    said = [say("figure.land.reading", lang, built=amount(before, "mu", lang), waiting=amount(waiting, "mu", lang), **facts)]
    for row in view.kept(f"built {place}", lambda: built(view, place, last)).itertuples():
        said.append(say(f"figure.land.{verdict(row)}", lang, scenario=view.scene(str(row.scenario)).name(lang), size=size("mu", lang, row), least=least(lang)))
    return prose(said, lang)
