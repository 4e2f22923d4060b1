"""How money flows between levels of government, zones and enterprises, and by which clause."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from zonesim.report.figures.figure import Choice, Column, Figure, Table, cells, question
from zonesim.report.figures.style import BLUE, GREEN, GREY, ORANGE, PALETTE, PINK, RED, SKY, YELLOW, faint, layout, markup_free
from zonesim.report.texts import say
from zonesim.report.view import View
from zonesim.report.words import Lang, amount, unit, word

NODES = {"enterprises": GREY, "centre": RED, "province": PINK, "city": ORANGE, "county": GREEN, "zone": BLUE, "platform": SKY, "partner": YELLOW}
PUBLIC = ("enterprises", "centre", "province", "city", "county", "zone")
SMALL = 0.004  # share of all that flows below which a flow is drawn together with its like
LINKS = 60


def is_law(cause: str) -> bool:
    """Tell whether a payment is made by law, contract or market, and not by a clause of a package.

    >>> is_law("law:budget"), is_law("004§3.10.5")
    (True, False)
    """
    return cause.startswith("law:") or cause in ("", "market")


@question("money", "money", ("ledger",), ("scenario",), lambda view: [Choice(scenario=one.id) for one in [*view.reforms, view.baseline]])
def sankey(view: View, lang: Lang, choice: Choice) -> Figure | None:
    """Draw payments between levels in the mean of a year: payers left, payees right, grey by law, coloured by clause."""
    scene = view.scene(choice.scenario)
    flows = yearly_flows(view, scene.id)
    if flows.empty:
        return None
    total = float(flows["amount"].sum())
    flows["drawn"] = (flows["amount"] >= SMALL * total) | ~flows["cause"].map(is_law)
    drawn = flows[flows["drawn"]].sort_values("amount", ascending=False, kind="stable").head(LINKS)
    rest = flows.drop(drawn.index).groupby(["payer", "payee"], as_index=False)["amount"].sum()
    rest = rest[rest["amount"] > SMALL * total / 4].assign(kind="other", cause="law:")
    drawn = pd.concat([drawn, rest], ignore_index=True)
    nodes = [*((name, "from") for name in NODES if name in set(drawn["payer"])), *((name, "to") for name in NODES if name in set(drawn["payee"]))]
    at = {node: k for k, node in enumerate(nodes)}
    clauses = [one for one in dict.fromkeys(drawn["cause"]) if not is_law(one)]
    colour = {one: PALETTE[k % len(PALETTE)] for k, one in enumerate(clauses)}
    texts = [
        f"{word(r.payer, lang)} → {word(r.payee, lang)}<br>{word(r.kind, lang)}<br>{markup_free(cause(r.cause, lang))}<br>{amount(r.amount, '10k CNY/yr', lang)}"
        for r in drawn.itertuples()
    ]
    plot = go.Figure(go.Sankey(
        node={"label": [word(name, lang) for name, _ in nodes], "color": [NODES[name] for name, _ in nodes], "pad": 22, "thickness": 18,
              "hovertemplate": "%{label}<extra></extra>"},
        link={"source": [at[one, "from"] for one in drawn["payer"]], "target": [at[one, "to"] for one in drawn["payee"]], "value": (drawn["amount"] / 1e4).tolist(),
              "color": [faint(colour[one], 0.65) if one in colour else "rgba(120,120,120,0.25)" for one in drawn["cause"]], "customdata": texts,
              "hovertemplate": "%{customdata}<extra></extra>"},
        arrangement="snap", textfont={"size": 13},
    ))  # fmt: skip
    for one in clauses[:10]:
        plot.add_trace(go.Scatter(x=[None], y=[None], mode="markers", marker={"size": 12, "symbol": "square", "color": colour[one]}, name=markup_free(one)))
    plot.update_layout(**layout(560, margin={"l": 20, "r": 20, "t": 60, "b": 20}, xaxis={"visible": False}, yaxis={"visible": False}))
    columns = (*(Column(word(key, lang)) for key in ("payer", "payee", "kind")), Column(say("column.cause", lang)), Column(unit("10^8 CNY/yr", lang), "number"),
               Column(f"{view.baseline.name(lang)} ({unit('10^8 CNY/yr', lang)})", "number"))  # fmt: skip
    before = yearly_flows(view, view.baseline.id).groupby(["payer", "payee", "kind"])["amount"].sum()
    rows = tuple(
        cells(
            word(r.payer, lang),
            word(r.payee, lang),
            word(r.kind, lang),
            cause(r.cause, lang),
            r.amount / 1e4,
            float(before.get((r.payer, r.payee, r.kind), 0.0)) / 1e4,
        )
        for r in flows.sort_values("amount", ascending=False, kind="stable").itertuples()
    )
    by_clause = float(flows.loc[~flows["cause"].map(is_law), "amount"].sum())
    top = flows.loc[flows["amount"].idxmax()]
    reading = say("figure.money.reading", lang, scenario=scene.name(lang), clauses=amount(by_clause, "10k CNY/yr", lang), payer=word(top["payer"], lang), payee=word(top["payee"], lang),
                  kind=word(top["kind"], lang), amount=amount(float(top["amount"]), "10k CNY/yr", lang))  # fmt: skip
    return Figure("money", say("figure.money.title", lang, scenario=scene.name(lang)), plot, Table(columns, rows),
                  say("figure.money.alt", lang, scenario=scene.name(lang), n=len(drawn)), reading, say("figure.money.note", lang))  # fmt: skip


def cause(name: str, lang: Lang) -> str:
    """Return what a payment is made by, as people call it."""
    return word(name, lang) if is_law(name) else name


def yearly_flows(view: View, scenario: str) -> pd.DataFrame:
    """Return payments between levels in the mean of a year: payer, payee, kind, cause, amount (10k CNY)."""
    table = view.payments()
    table = table[table["scenario"] == scenario]
    level = {one["id"]: one["level"] for one in view.run["accounts"]}
    table = table.assign(payer=table["payer"].map(level), payee=table["payee"].map(level))
    table = table[table["payer"].isin(PUBLIC) & table["payee"].isin([*NODES]) & (table["payer"] != table["payee"])]
    years = max(1, table["year"].nunique())
    flows = table.groupby(["payer", "payee", "kind", "cause"], as_index=False, observed=True)["amount"].sum()
    flows["amount"] /= years
    return flows[flows["amount"] > 1.0].reset_index(drop=True)
