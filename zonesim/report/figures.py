"""Figures: one function for each question; each returns a Plotly figure and the table behind it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from zonesim.report.words import number, unit, word
from zonesim.results import Results

BLUE, ORANGE, GREEN, GREY, RED = "#0072B2", "#E69F00", "#009E73", "#666666", "#D55E00"
HEADLINE = (
    "gdp", "va_secondary", "va_industry_above_scale", "va_tertiary", "retail_sales", "fixed_asset_investment", "hightech_firm_count", "hightech_va",
    "employment", "tax_revenue", "infra_stock", "enterprises",
)  # fmt: skip


@dataclass
class Figure:
    """A figure, its table (rows of texts), and its alternative text."""

    id: str
    plot: go.Figure
    head: list[str]
    rows: list[list[str]]
    alt: str


def layout(height: int = 420, **more: object) -> dict[str, object]:
    """Return the layout that all figures share."""
    return {
        "template": "plotly_white", "height": height, "margin": {"l": 60, "r": 20, "t": 30, "b": 50},
        "font": {"family": "'Noto Sans CJK SC','Noto Sans SC','Microsoft YaHei','PingFang SC',sans-serif", "size": 13}, "legend": {"orientation": "h", "y": 1.12},
        **more,
    }  # fmt: skip


def name_of(results: Results, group: str, identity: str, lang: str) -> str:
    """Return the name of an indicator, place or account."""
    for entry in results.run.get(group, []):
        if entry["id"] == identity:
            return str(entry[lang])
    if group == "places":
        for other in ("zones", "counties"):
            for entry in results.run.get(other, []):
                if entry["id"] == identity:
                    return str(entry[lang])
        if results.run.get("region", {}).get("id") == identity:
            return str(results.run["region"][lang])
    return str(word(identity, lang))


def focus(results: Results) -> str:
    """Return the place that the report is about: the targets' zone, or the city."""
    if results.targets is not None and len(results.targets):
        return str(results.targets["place"].iloc[0])
    return str(results.run["region"]["id"])


def last_year(results: Results, place: str) -> str:
    """Return the last full year of a place's indicators."""
    periods = results.indicators.loc[results.indicators["place"] == place, "period"].astype(str).unique()
    years = sorted(p for p in periods if "Q" not in p)
    return str(years[-1] if years else sorted(periods)[-1])


def forest(results: Results, lang: str) -> Figure | None:
    """Effects of the last year in per cent of the baseline, with intervals, for the focus and the city."""
    effects = results.effects
    if effects is None:
        return None
    zone, city = focus(results), results.run["region"]["id"]
    year = last_year(results, city)
    plot = go.Figure()
    head = [word(k, lang) for k in ("place", "indicator", "unit", "baseline", "reform", "effect", "interval", "share_gain", "pairing")]
    rows: list[list[str]] = []
    for k, (place, colour) in enumerate(((zone, BLUE), (city, ORANGE))):
        mine = effects[(effects["place"] == place) & (effects["period"] == year)].set_index("indicator")
        mine = mine.loc[[i for i in HEADLINE if i in mine.index]]
        mine = mine[mine["baseline"].abs() > 0]
        scale = 100 / mine["baseline"].abs()
        names = [name_of(results, "indicators", i, lang) for i in mine.index]
        plot.add_trace(
            go.Scatter(
                x=(mine["effect"] * scale).tolist(), y=[len(HEADLINE) - 1 - list(HEADLINE).index(i) + (0.15 if k == 0 else -0.15) for i in mine.index],
                mode="markers", name=name_of(results, "places", place, lang), marker={"color": colour, "size": 9, "symbol": "circle" if k == 0 else "diamond"},
                error_x={"type": "data", "symmetric": False, "array": ((mine["high"] - mine["effect"]) * scale).tolist(),
                         "arrayminus": ((mine["effect"] - mine["low"]) * scale).tolist(), "color": colour},
                text=names, hovertemplate="%{text}: %{x:.2f} %<extra></extra>",
            )
        )  # fmt: skip
        for i, r in mine.iterrows():
            rows.append([name_of(results, "places", place, lang), name_of(results, "indicators", str(i), lang), unit(r["unit"], lang), number(r["baseline"], lang), number(r["reform"], lang),
                         number(r["effect"], lang), f"{number(r['low'], lang)} … {number(r['high'], lang)}", f"{r['share_gain']:.2f}", number(r["variance_ratio"], lang)])  # fmt: skip
    plot.add_vline(x=0, line={"color": GREY, "width": 1})
    plot.update_layout(
        **layout(120 + 34 * len(HEADLINE), xaxis={"title": f"{year} · " + word("percent_of_baseline", lang)}),
        yaxis={"tickvals": list(range(len(HEADLINE))), "ticktext": [name_of(results, "indicators", i, lang) for i in reversed(HEADLINE)], "automargin": True, "range": [-0.7, len(HEADLINE) - 0.3]},
    )  # fmt: skip
    return Figure("effects", plot, head, rows, word("effects", lang))


def bands(results: Results, indicator: str, lang: str) -> Figure:
    """One indicator of the focus over the years: mean and 5 to 95 % band of each scenario, the baseline always in it."""
    place = focus(results)
    table = results.indicators
    mine = table[(table["place"] == place) & (table["indicator"] == indicator)]
    quarterly = mine["period"].astype(str).str.contains("Q")
    flow = str(mine["unit"].iloc[0]).endswith(("/yr", "/quarter")) if len(mine) else False
    mine = mine[~quarterly] if flow else mine[quarterly]
    plot = go.Figure()
    head = [word("year", lang), *[x for s in results.run["scenarios"] for x in (s[lang], "5 %", "95 %")]]
    columns: list[pd.DataFrame] = []
    for k, scenario in enumerate(results.run["scenarios"]):
        values = mine[mine["scenario"] == scenario["id"]].groupby(mine["period"].astype(str))["value"]
        summary = pd.DataFrame({"mean": values.mean(), "low": values.quantile(0.05), "high": values.quantile(0.95)}).sort_index()
        x = [_date(p) for p in summary.index]
        colour, dash = ((GREY, "dash") if k == 0 else (BLUE, "solid")) if len(results.run["scenarios"]) > 1 else (BLUE, "solid")
        fill = "rgba(102,102,102,0.18)" if colour == GREY else "rgba(0,114,178,0.18)"
        plot.add_trace(
            go.Scatter(
                x=x + x[::-1],
                y=summary["high"].tolist() + summary["low"].tolist()[::-1],
                mode="lines",
                fill="toself",
                fillcolor=fill,
                line={"width": 0},
                hoverinfo="skip",
                showlegend=False,
            )
        )
        plot.add_trace(
            go.Scatter(x=x, y=summary["mean"].tolist(), name=scenario[lang], line={"color": colour, "dash": dash, "width": 2.5}, mode="lines+markers")
        )
        columns.append(summary)
    for day in sorted({d["date"] for d in results.run["dates"] if x and x[0] <= d["date"] <= x[-1]}):
        plot.add_vline(x=day, line={"color": RED, "width": 1, "dash": "dot"})
    for target in results.targets.itertuples() if results.targets is not None else ():
        if target.indicator == indicator and target.place == place:
            plot.add_trace(go.Scatter(x=[_date(target.period)], y=[target.target], mode="markers", name=word("target", lang), marker={"symbol": "star", "size": 14, "color": RED}, showlegend=not any(t.name == word("target", lang) for t in plot.data)))  # fmt: skip
    title = f"{name_of(results, 'indicators', indicator, lang)} ({unit(str(mine['unit'].iloc[0]), lang)})" if len(mine) else indicator
    plot.update_layout(**layout(360, yaxis={"title": title, "rangemode": "tozero", "automargin": True}, xaxis={"type": "date"}))
    periods = sorted(set().union(*[c.index for c in columns]))
    rows = [[p, *[number(c.loc[p, part], lang) if p in c.index else "" for c in columns for part in ("mean", "low", "high")]] for p in periods]
    return Figure(f"time-{indicator}", plot, head, rows, f"{title}: {name_of(results, 'places', place, lang)}")


def _date(period: str) -> str:
    """Return the middle of a year or quarter as a date."""
    if "Q" in period:
        return f"{period[:4]}-{3 * int(period[-1]) - 1:02d}-15"
    return f"{period}-07-01"


def targets(results: Results, lang: str) -> Figure | None:
    """Level reached in per cent of each target, and the probability of meeting it."""
    table = results.targets
    if table is None or not len(table):
        return None
    plot = go.Figure()
    labels = {s["id"]: s[lang] for s in results.run["scenarios"]}
    shown = table[table["indicator"] != "all targets"]
    order = list(dict.fromkeys(shown["indicator"]))
    for k, (scenario, mine) in enumerate(shown.groupby("scenario", sort=False)):
        share = 100 * mine["mean"] / mine["target"]
        plot.add_trace(go.Bar(
            y=[name_of(results, "indicators", i, lang) for i in mine["indicator"]], x=share.tolist(), orientation="h", name=labels.get(str(scenario), str(scenario)),
            marker={"color": GREY if k == 0 and len(labels) > 1 else BLUE}, text=[f"p={p:.0%}" for p in mine["probability"]], textposition="outside",
        ))  # fmt: skip
    plot.add_vline(x=100, line={"color": RED, "width": 2})
    longest = max(120.0, float((100 * shown["mean"] / shown["target"]).max()) * 1.15)
    plot.update_layout(
        **layout(
            110 + 52 * len(order),
            barmode="group",
            xaxis={"title": f"% · {word('target', lang)} = 100", "range": [0, longest]},
            yaxis={"autorange": "reversed", "automargin": True},
        )
    )
    head = [word(k, lang) for k in ("scenario", "indicator", "target", "mean", "gap", "probability", "interval", "clause")]
    rows = [[labels.get(r.scenario, r.scenario), name_of(results, "indicators", r.indicator, lang), number(r.target, lang), number(r.mean, lang), number(r.gap, lang), f"{r.probability:.2f}",
             f"{r.low:.2f} … {r.high:.2f}", r.clause] for r in table.itertuples()]  # fmt: skip
    return Figure("targets", plot, head, rows, word("targets", lang))


def park_map(results: Results, lang: str) -> Figure:
    """Parks and counties at their coordinates: size by value added, colour by the effect on it."""
    year = last_year(results, results.run["region"]["id"])
    last = results.run["scenarios"][-1]["id"]
    table = results.indicators
    gdp = table[(table["indicator"] == "gdp") & (table["period"] == year) & (table["scenario"] == last)].groupby("place", observed=True)["value"].mean()
    effect = pd.Series(dtype=float)
    if results.effects is not None:
        e = results.effects
        effect = e[(e["indicator"] == "gdp") & (e["period"] == year)].set_index("place")["effect"]
    parks = [p for p in results.run["places"] if p["kind"] == "sub_park"]
    others = [p for p in results.run["places"] if p["kind"] == "urban"]
    others = [p for p in others if all(abs(p["lon"] - q["lon"]) + abs(p["lat"] - q["lat"]) > 0.09 for q in parks)]
    sides = [
        "middle left" if any(q is not p and 0 < q["lon"] - p["lon"] < 0.2 and abs(q["lat"] - p["lat"]) < 0.1 for q in parks) else "middle right" for p in parks
    ]
    plot = go.Figure()
    plot.add_trace(go.Scatter(x=[p["lon"] for p in others], y=[p["lat"] for p in others], mode="markers+text", text=[name_of(results, "counties", p["county"], lang) for p in others],
                              textposition="bottom center", textfont={"color": GREY, "size": 11}, marker={"color": "#cccccc", "size": 6}, hoverinfo="text", showlegend=False))  # fmt: skip
    values = np.array([float(gdp.get(p["id"], 0.0)) for p in parks])
    shift = np.array([float(effect.get(p["id"], 0.0)) for p in parks])
    bound = max(1e-9, float(np.abs(shift).max()))
    plot.add_trace(go.Scatter(
        x=[p["lon"] for p in parks], y=[p["lat"] for p in parks], mode="markers+text", text=[p[lang] for p in parks], textposition=sides,
        marker={"size": (12 + 40 * np.sqrt(values / max(values.max(), 1e-9))).tolist(), "color": shift.tolist(), "colorscale": [[0, RED], [0.5, "#f7f7f7"], [1, BLUE]], "cmin": -bound, "cmax": bound,
                "line": {"color": "#333333", "width": 1}, "colorbar": {"title": {"text": f"{word('effect', lang)}<br>{unit('10^8 CNY/yr', lang)}"}}, "opacity": 0.85},
        hovertext=[f"{p[lang]}: {number(v, lang)}, {number(s, lang)}" for p, v, s in zip(parks, values, shift, strict=True)], hoverinfo="text", showlegend=False,
    ))  # fmt: skip
    lat = np.mean([p["lat"] for p in results.run["places"]])
    plot.update_layout(
        **layout(520, xaxis={"title": "°E", "automargin": True}, yaxis={"title": "°N", "scaleanchor": "x", "scaleratio": 1 / np.cos(np.radians(lat))})
    )
    head = [word("place", lang), "km²", f"{name_of(results, 'indicators', 'gdp', lang)} {year}", word("effect", lang)]
    rows = [[p[lang], number(p["planned_km2"], lang), number(v, lang), number(s, lang)] for p, v, s in zip(parks, values, shift, strict=True)]
    return Figure("map", plot, head, rows, word("map", lang))


def money(results: Results, lang: str) -> Figure:
    """Money between levels of government and enterprises in the last scenario, mean of a year (Sankey)."""
    last = results.run["scenarios"][-1]["id"]
    ledger = results.ledger[results.ledger["scenario"] == last]
    level = {a["id"]: a["level"] for a in results.run["accounts"]}
    payer, payee = ledger["payer"].astype(str).map(level), ledger["payee"].astype(str).map(level)
    public = ("enterprises", "centre", "province", "city", "county", "zone")
    keep = payer.isin(public) & payee.isin((*public, "enterprises", "platform", "partner")) & (payer != payee)
    runs = max(1, results.run["replications"])
    years = ledger["quarter"].nunique() / 4
    flows = ledger[keep].groupby([payer[keep], payee[keep], ledger["kind"][keep].astype(str)])["amount"].sum() / runs / years / 10_000
    flows = flows[flows > 0.005]
    left = ["enterprises", "centre", "province", "city", "county", "zone", "platform", "partner"]
    nodes = left + [f"{n}→" for n in left]
    used = [n for n in nodes if any((a == n) or (f"{b}→" == n) for a, b, _ in flows.index)]
    index = {n: i for i, n in enumerate(used)}
    palette = dict(zip(left, (GREY, RED, "#CC79A7", ORANGE, GREEN, BLUE, "#56B4E9", "#F0E442"), strict=True))
    plot = go.Figure(go.Sankey(
        node={"label": [word(n.rstrip("→"), lang) for n in used], "color": [palette[n.rstrip("→")] for n in used], "pad": 18},
        link={"source": [index[a] for a, _, _ in flows.index], "target": [index[f"{b}→"] for _, b, _ in flows.index], "value": flows.tolist(),
              "label": [word(k, lang) for _, _, k in flows.index], "color": "rgba(120,120,120,0.3)"}, valueformat=".2f", valuesuffix=" " + unit("10^8 CNY/yr", lang),
    ))  # fmt: skip
    plot.update_layout(**layout(520))
    head = [word("payer", lang), "→", word("kind", lang), unit("10^8 CNY/yr", lang)]
    rows = [[word(a, lang), word(b, lang), word(k, lang), f"{v:.3f}"] for (a, b, k), v in flows.sort_values(ascending=False).items()]
    return Figure("money", plot, head, rows, word("money", lang))


def net(results: Results, lang: str) -> Figure | None:
    """From gross to net jobs: components with intervals."""
    table = results.net
    if table is None:
        return None
    parts = ["gross", "deadweight", "more lost in the zone", "gain of the zone", "displacement elsewhere in the region", "net gain of the region"]
    mine = table.set_index("component").loc[parts]
    colours = [BLUE, GREY, RED, BLUE, RED, GREEN]
    plot = go.Figure(go.Bar(
        x=[word(p, lang) for p in parts], y=mine["value"].tolist(), marker={"color": colours},
        error_y={"type": "data", "symmetric": False, "array": (mine["high"] - mine["value"]).tolist(), "arrayminus": (mine["value"] - mine["low"]).tolist()},
    ))  # fmt: skip
    plot.update_layout(**layout(420, yaxis={"title": unit("jobs", lang), "automargin": True}, xaxis={"automargin": True}))
    head = [word(k, lang) for k in ("component", "value", "interval", "unit", "years")]
    rows = [
        [word(r.component, lang), number(r.value, lang), f"{number(r.low, lang)} … {number(r.high, lang)}", unit(r.unit, lang), r.years]
        for r in table.itertuples()
    ]
    return Figure("net", plot, head, rows, word("net", lang))


def costs(results: Results, lang: str) -> Figure | None:
    """What the reform changes in public payments, by payer and kind."""
    table = results.costs
    if table is None:
        return None
    shown = table[(table["unit"] == "10k CNY") & (table["payer"] != "all")].copy()
    shown = shown.reindex(shown["value"].abs().sort_values(ascending=False).index).head(12)
    labels = [f"{word(r.payer, lang)} · {word(r.kind, lang)}" for r in shown.itertuples()]
    plot = go.Figure(go.Bar(
        y=labels, x=(shown["value"] / 10_000).tolist(), orientation="h", marker={"color": [BLUE if v > 0 else RED for v in shown["value"]]},
        error_x={"type": "data", "symmetric": False, "array": ((shown["high"] - shown["value"]) / 10_000).tolist(), "arrayminus": ((shown["value"] - shown["low"]) / 10_000).tolist()},
    ))  # fmt: skip
    plot.update_layout(
        **layout(
            120 + 30 * len(shown),
            xaxis={"title": f"{unit('10^8 CNY', lang)} ({results.run['start']}–{results.run['end']})"},
            yaxis={"autorange": "reversed", "automargin": True},
        )
    )
    head = [word(k, lang) for k in ("payer", "kind", "value", "interval", "unit")]
    rows = []
    for r in table.itertuples():
        value = number(r.value, lang) if np.isfinite(r.value) else word("not_defined", lang)
        rows.append([word(r.payer, lang), word(r.kind, lang), value, f"{number(r.low, lang)} … {number(r.high, lang)}", unit(r.unit, lang)])
    return Figure("costs", plot, head, rows, word("costs", lang))
