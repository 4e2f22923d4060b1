"""How money flows between levels of government, zones and enterprises, and by which clause."""

from __future__ import annotations

from typing import Any

import pandas as pd

from zonesim.report.figures.axes import Scale, fitting, money, written
from zonesim.report.figures.figure import Choice, Column, Figure, Table, cells, question
from zonesim.report.figures.plot import Plot, scatter
from zonesim.report.figures.style import BLUE, BROWN, GREEN, GREY, ORANGE, PINK, RED, SKY, YELLOW, faint, layout, markup_free
from zonesim.report.figures.where import inside
from zonesim.report.texts import say
from zonesim.report.view import View
from zonesim.report.words import Lang, amount, word

NODES = {"enterprises": BROWN, "centre": RED, "province": PINK, "city": ORANGE, "county": GREEN, "zone": BLUE, "platform": SKY, "partner": YELLOW}
EVERYBODY = NODES | dict.fromkeys(
    ("fund", "banks", "households", "owners", "market"), GREY
)  #: whom clauses make pay, and whom they pay, builders and landowners among them
PUBLIC = ("enterprises", "centre", "province", "city", "county", "zone")
SMALL = 0.004  # share of all that flows below which a flow is drawn together with its like
SMALL_BY_CLAUSE = 0.001  # the same for payments by a clause, which are what is looked for: below it they are in the table alone
THIN = 0.03  # share of all that flows below which a level's name is not written into the flows beside it, which would cross it: the legend has it
LINKS = 60
PALE, FULL = 0.3, 0.9  # of payments by law, and by a clause


def is_law(cause: str) -> bool:
    """Tell whether a payment is made by law, contract or market, and not by a clause of a package.

    >>> is_law("law:budget"), is_law("004§3.10.5")
    (True, False)
    """
    return cause.startswith("law:") or cause in ("", "market")


@question("money", "money", ("ledger",), ("scenario",), lambda view: [Choice(scenario=one.id) for one in [*view.reforms, view.baseline]])
def sankey(view: View, lang: Lang, choice: Choice) -> Figure | None:
    """Draw payments between levels in the mean of a year: payers left, payees right, in the payer's colour, pale by law and full by clause."""
    scene = view.scene(choice.scenario)
    flows = yearly_flows(view, scene.id)
    if flows.empty:
        return None
    total = float(flows["amount"].sum())
    flows["drawn"] = flows["amount"] >= flows["cause"].map(lambda one: SMALL if is_law(one) else SMALL_BY_CLAUSE) * total
    drawn = flows[flows["drawn"]].sort_values("amount", ascending=False, kind="stable").head(LINKS)
    rest = flows.drop(drawn.index)
    rest = rest[rest["cause"].map(is_law)].groupby(["payer", "payee"], as_index=False)["amount"].sum()
    rest = rest[rest["amount"] > SMALL * total / 4].assign(kind="other", cause="law:")
    drawn = pd.concat([drawn, rest], ignore_index=True)
    nodes = [*((name, "from") for name in NODES if name in set(drawn["payer"])), *((name, "to") for name in NODES if name in set(drawn["payee"]))]
    at = {node: k for k, node in enumerate(nodes)}
    texts = [
        f"{word(r.payer, lang)} → {word(r.payee, lang)}<br>{word(r.kind, lang)}<br>{markup_free(cause(r.cause, lang))}<br>{amount(r.amount, '10k CNY/yr', lang)}"
        for r in drawn.itertuples()
    ]
    through = {
        **{(name, "from"): part for name, part in drawn.groupby("payer")["amount"].sum().items()},
        **{(name, "to"): part for name, part in drawn.groupby("payee")["amount"].sum().items()},
    }
    plot = Plot(dict(type="sankey", 
        node={"label": [word(one[0], lang) if through[one] >= THIN * total else "" for one in nodes], "customdata": [word(name, lang) for name, _ in nodes], "color": [NODES[name] for name, _ in nodes], "pad": 22, "thickness": 18,
              "hovertemplate": "%{customdata}<extra></extra>"},
        link={"source": [at[one, "from"] for one in drawn["payer"]], "target": [at[one, "to"] for one in drawn["payee"]], "value": (drawn["amount"] / 1e4).tolist(),
              "color": [faint(NODES[r.payer], PALE if is_law(r.cause) else FULL) for r in drawn.itertuples()], "customdata": texts,
              "hovertemplate": "%{customdata}<extra></extra>"},
        arrangement="snap", textfont={"size": 13},
    ))  # fmt: skip
    shades = {word(one, lang): NODES[one] for one in NODES if one in {name for name, _ in nodes}}
    if not drawn["cause"].map(is_law).all():
        shades |= {say("figure.money.by_law", lang): faint(GREY, PALE), say("figure.money.by_clause", lang): faint(GREY, FULL)}
    for name, shade in shades.items():
        plot.add_trace(scatter(x=[None], y=[None], mode="markers", marker={"size": 12, "symbol": "square", "color": shade}, name=name))
    plot.update_layout(**layout(560, margin={"l": 20, "r": 20, "t": 60, "b": 20}, xaxis={"visible": False}, yaxis={"visible": False}))
    before = yearly_flows(view, view.baseline.id).groupby(["payer", "payee", "kind", "cause"])["amount"].sum()
    times, of = money(flows["amount"], "10k CNY/yr", lang)
    shown = [scene] if scene.id == view.baseline.id else [scene, view.baseline]
    columns = (*(Column(word(key, lang)) for key in ("payer", "payee", "kind")), Column(say("column.cause", lang)),
               *(Column(one.name(lang), "plain") for one in shown), Column(word("unit", lang)))  # fmt: skip
    rows = tuple(
        cells(
            word(r.payer, lang),
            word(r.payee, lang),
            word(r.kind, lang),
            cause(r.cause, lang),
            *_numbered([float(r.amount), *(float(before.get((r.payer, r.payee, r.kind, r.cause), 0.0)) for _ in shown[1:])], (times, of), lang),
        )
        for r in flows.sort_values("amount", ascending=False, kind="stable").itertuples()
    )
    by_law = flows["cause"].map(is_law)
    yearly = money(flows["amount"], "10k CNY", lang)
    said = {"scenario": scene.name(lang), **_largest(flows[by_law], "law", "law_", yearly, lang), **_largest(flows[~by_law], "clauses", "", yearly, lang)}
    reading = say("figure.money.by_law_only" if by_law.all() else "figure.money.reading", lang, **said)
    return Figure("money", say("figure.money.title", lang, scenario=scene.name(lang)), plot, Table(columns, rows),
                  say("figure.money.alt", lang, scenario=scene.name(lang), n=len(drawn)), reading, say("figure.money.note", lang))  # fmt: skip


def _largest(flows: pd.DataFrame, total: str, prefix: str, scale: Scale, lang: Lang) -> dict[str, str]:
    """Return what a sentence says of some payments in the mean of a year: their sum, and the largest of them."""
    top: Any = flows.loc[flows["amount"].idxmax()] if len(flows) else {"payer": "–", "payee": "–", "kind": "–", "amount": 0.0}
    return {
        total: written([float(flows["amount"].sum())], "10k CNY", lang, scale)[0], prefix + "amount": written([float(top["amount"])], "10k CNY", lang, scale)[0],
        **{prefix + key: inside(word(str(top[key]), lang)) for key in ("payer", "payee", "kind")},
    }  # fmt: skip


def _numbered(values: list[float], scale: Scale, lang: Lang) -> list[Any]:
    """Return the amounts of a row, and their unit."""
    times, said = fitting(values, "10k CNY/yr", lang, scale)
    return [*(times * one for one in values), said]


@question("clauses", "money", ("ledger",), ("scenario",), lambda view: [Choice(scenario=one.id) for one in (view.reforms or view.scenes)])
def clauses(view: View, lang: Lang, choice: Choice) -> Figure | None:
    """Draw what clauses pay in the mean of a year: payer, clause and kind, payee."""
    scene = view.scene(choice.scenario)
    flows = yearly_flows(view, scene.id, everybody=True)
    flows = flows[~flows["cause"].map(is_law)].sort_values("amount", ascending=False, kind="stable")
    if flows.empty:
        return None
    drawn = flows.head(LINKS // 2).assign(middle=[f"{r.cause} {word(r.kind, lang)}" for r in flows.head(LINKS // 2).itertuples()])
    middles = list(dict.fromkeys(drawn["middle"]))
    nodes = [
        *((name, "from") for name in EVERYBODY if name in set(drawn["payer"])),
        *((name, "by") for name in middles),
        *((name, "to") for name in EVERYBODY if name in set(drawn["payee"])),
    ]
    at = {node: k for k, node in enumerate(nodes)}
    links = [(at[r.payer, "from"], at[r.middle, "by"], r.amount, EVERYBODY[r.payer]) for r in drawn.itertuples()]
    links += [(at[r.middle, "by"], at[r.payee, "to"], r.amount, EVERYBODY[r.payer]) for r in drawn.itertuples()]
    plot = Plot(dict(type="sankey", 
        node={"label": [markup_free(name) if side == "by" else word(name, lang) for name, side in nodes],
              "color": ["#BBBBBB" if side == "by" else EVERYBODY[name] for name, side in nodes], "pad": 16, "thickness": 16, "hovertemplate": "%{label}<extra></extra>"},
        link={"source": [one[0] for one in links], "target": [one[1] for one in links], "value": [one[2] / 1e4 for one in links], "color": [faint(one[3], 0.4) for one in links],
              "customdata": [amount(one[2], "10k CNY/yr", lang) for one in links], "hovertemplate": "%{source.label} → %{target.label}<br>%{customdata}<extra></extra>"},
        textfont={"size": 12},
    ))  # fmt: skip
    plot.update_layout(**layout(max(360, 120 + 34 * len(middles)), meta={"least": 560}, margin={"l": 20, "r": 20, "t": 30, "b": 20}))
    before = yearly_flows(view, view.baseline.id, everybody=True).groupby(["payer", "payee", "kind", "cause"])["amount"].sum()
    times, of = money(flows["amount"], "10k CNY/yr", lang)
    shown = [scene] if scene.id == view.baseline.id else [scene, view.baseline]
    columns = (
        *(Column(word(key, lang)) for key in ("clause", "kind", "payer", "payee")),
        *(Column(one.name(lang), "plain") for one in shown),
        Column(word("unit", lang)),
    )
    rows = tuple(
        cells(
            r.cause,
            word(r.kind, lang),
            word(r.payer, lang),
            word(r.payee, lang),
            *_numbered([float(r.amount), *(float(before.get((r.payer, r.payee, r.kind, r.cause), 0.0)) for _ in shown[1:])], (times, of), lang),
        )
        for r in flows.itertuples()
    )
    top, yearly = flows.iloc[0], money(flows["amount"], "10k CNY", lang)
    total, largest = (written([float(one)], "10k CNY", lang, yearly)[0] for one in (flows["amount"].sum(), top["amount"]))
    reading = say("figure.clauses.reading" if len(flows) > 1 else "figure.clauses.one", lang, scenario=scene.name(lang), total=total, clause=f"{top['cause']} {inside(word(top['kind'], lang))}",
                  amount=largest, payer=inside(word(top["payer"], lang)), payee=inside(word(top["payee"], lang)))  # fmt: skip
    return Figure("clauses", say("figure.clauses.title", lang, scenario=scene.name(lang)), plot, Table(columns, rows),
                  say("figure.clauses.alt", lang, scenario=scene.name(lang), n=flows["cause"].nunique()), reading, say("figure.clauses.note", lang))  # fmt: skip


def cause(name: str, lang: Lang) -> str:
    """Return what a payment is made by, as people call it."""
    return word(name, lang) if is_law(name) else name


def yearly_flows(view: View, scenario: str, *, everybody: bool = False) -> pd.DataFrame:
    """Return payments in the mean of a year: payer, payee, kind, cause, amount (10k CNY); between levels and enterprises alone, unless everybody's are asked for."""
    return view.kept(f"flows {scenario} {everybody}", lambda: _flows(view, scenario, everybody))


def _flows(view: View, scenario: str, everybody: bool) -> pd.DataFrame:
    table = view.payments()
    table = table[table["scenario"] == scenario]
    level = {one["id"]: one["level"] for one in view.run["accounts"]}
    table = table.assign(payer=table["payer"].map(level), payee=table["payee"].map(level))
    if not everybody:
        table = table[table["payer"].isin(PUBLIC) & table["payee"].isin([*NODES]) & (table["payer"] != table["payee"])]
    years = max(1, table["year"].nunique())
    flows = table.groupby(["payer", "payee", "kind", "cause"], as_index=False, observed=True)["amount"].sum()
    flows["amount"] /= years
    return flows[flows["amount"] > 1.0].reset_index(drop=True)
