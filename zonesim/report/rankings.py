"""A ranking as text, table, and one offline page with figures, in both languages."""

from __future__ import annotations

import csv
import io
import json
import math
from pathlib import Path
from typing import Any

import plotly.graph_objects as go

from zonesim.report.figures import BLUE, GREEN, GREY, ORANGE, RED, Figure, layout
from zonesim.report.page import shown, text, write_page
from zonesim.report.words import number, word
from zonesim.results import write_whole

NAMES = {"st": ("总效应指数 ST", "total index ST"), "mu_star": ("平均绝对效应 μ*", "mean absolute effect mu*"), "pawn": ("PAWN 指数", "PAWN index")}
ROLES = {"lever": ("手段", "lever"), "uncertainty": ("不确定因素", "uncertainty")}
READINGS = {"value": ("数值", "value"), "effect": ("对基准的效果", "effect over the baseline"), "met": ("是否达标", "target met")}
PALETTE = (BLUE, ORANGE, GREEN, RED, "#CC79A7", "#56B4E9", "#999933", GREY)


def _label(lever: str, lang: str) -> str:
    """Return the name of a lever or uncertainty in a language; its id where it has none."""
    from zonesim.policies.catalogue import lever_rows

    if "names" not in _CACHE:
        _CACHE["names"] = {row["id"]: (row["zh"], row["en"]) for row in lever_rows()}
    return str(_CACHE["names"].get(lever, (lever, lever))[0 if lang == "zh" else 1])


_CACHE: dict[str, dict[str, tuple[str, str]]] = {}


def _outcome(name: str, lang: str) -> str:
    from zonesim.indicators import DERIVED, INDICATORS

    if name == "all targets":
        return str(word(name, lang))
    known = {**INDICATORS, **DERIVED}
    head, _, rest = name.partition("@")
    for key in sorted(known, key=len, reverse=True):
        if head == key or head.startswith((f"{key}.", f"{key}_", f"{key} ")):
            return f"{getattr(known[key], lang)} {(head[len(key) :] + ' ' + rest).strip('._ ')}".strip()
    return name


def text_of_ranking(record: dict[str, Any]) -> str:
    """Return the ranking as text for the terminal: a table for each outcome, and what is not settled."""
    lines = [
        f"{record['experiment']}: {record['runs']:,} runs, {record['failed']} failed, {record['missing']} missing; {record['design']['method']} with "
        f"{record['design']['samples']} base rows, {record['replications']} replications; by {record['reading']}"
    ]
    for outcome, one in record["outcomes"].items():
        index = one["ranked_by"]
        noise = "unknown (one replication)" if one["noise_share"] is None else f"{one['noise_share']:.1%} of a single run's variance"
        lines += ["", f"{outcome}: {one['base_rows_used']} base rows used, {one['base_rows_lost']} lost; chance {noise}; intervals: {one['intervals']}"]
        lines.append(f"  {'rank':<9} {'lever':<38} {index:>8} {'interval':<20} {'s1':>7}  low -> high quarter of its range")
        for row in one["levers"]:
            place = f"{row['rank']} [{row['rank_low']}-{row['rank_high']}]" if row["rank"] else "-"
            span = f"[{_three(row[index + '_low'])}, {_three(row[index + '_high'])}]"
            ends = f"{_three(row['at_low'])} -> {_three(row['at_high'])}"
            lines.append(f"  {place:<9} {row['lever']:<38} {_three(row[index]):>8} {span:<20} {_three(row['s1']):>7}  {ends}")
        unranked = [row["lever"] for row in one["levers"] if not row["rank"]]
        if unranked:
            lines.append(f"  not distinguishable from a lever that does nothing, or from luck: {', '.join(unranked)}")
        for pair in one["open"]:
            rows = pair["base_rows_needed"]
            lines.append(
                f"  open: {pair['first']} over {pair['second']} in {pair['probability']:.0%} of resamples; about {rows:,} base rows would settle it"
                if rows
                else f"  open: {pair['first']} and {pair['second']} cannot be told apart at any size seen"
            )
    for row in record.get("targets", []):
        lines.append(
            f"target {row['outcome']}: met in {row['met']} of {row['n']} runs, {_share(row['probability'])} [{_share(row['low'])}, {_share(row['high'])}]; "
            f"best point {row['best_row']}: {_share(row['best'])} [{_share(row['best_low'])}, {_share(row['best_high'])}]"
        )
    return "\n".join(lines)


def _three(value: float | None) -> str:
    return "-" if value is None else number(value)


def _share(value: float | None) -> str:
    return "-" if value is None or not math.isfinite(value) else f"{value:.0%}"


def save_ranking(record: dict[str, Any], folder: Path) -> None:
    """Write ``ranking.csv``, ``ranking.html`` and ``ranking.json`` (last: a folder that has it is whole)."""
    raw = json.dumps(record, ensure_ascii=False, indent=1, allow_nan=False) + "\n"
    table = _csv(record)
    write_whole(
        folder,
        {
            "ranking.csv": lambda path: path.write_text(table, encoding="utf-8-sig"),
            "ranking.html": lambda path: write_ranking_page(record, path),
            "ranking.json": lambda path: path.write_text(raw, encoding="utf-8"),
        },
    )


def _csv(record: dict[str, Any]) -> str:
    stream = io.StringIO()
    keys: list[str] = []
    for one in record["outcomes"].values():
        keys = list(one["levers"][0]) if one["levers"] else keys
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(["outcome", *keys])
    for outcome, one in record["outcomes"].items():
        for row in one["levers"]:
            writer.writerow([outcome, *("" if row[key] is None else row[key] for key in keys)])
    return stream.getvalue()


def write_ranking_page(record: dict[str, Any], path: Path, lang: str = "zh") -> None:
    """Write the ranking as one offline page: for each outcome intervals, direction, convergence, the Morris plane; a data table beside each figure."""
    sections: list[str] = []
    plots: dict[str, str] = {}
    for language in ("zh", "en"):
        zh = language == "zh"
        parts = [f"<p class='warn'>{text(word('model_says', language))}</p>"]
        reading = READINGS[record["reading"]][0 if zh else 1]
        said = (
            f"{record['runs']:,} 次运行,失败 {record['failed']},缺 {record['missing']};设计 {record['design']['method']},基准行 {record['design']['samples']},每点重复 {record['replications']};按{reading}排序。"
            if zh
            else f"{record['runs']:,} runs, {record['failed']} failed, {record['missing']} missing; {record['design']['method']} design with {record['design']['samples']} base rows, "
            f"{record['replications']} replications; ranked by {reading}."
        )
        parts.append(f"<p>{text(said)}</p>")
        for k, (outcome, one) in enumerate(record["outcomes"].items()):
            parts.append(f"<h2>{text(_outcome(outcome, language))}</h2><p>{text(sentence(outcome, one, language))}</p>")
            for figure in (intervals(one, k, language), tornado(one, k, language), convergence(one, k, language), plane(one, k, language)):
                if figure is not None:
                    parts.append(shown(figure, plots, language))
        if record.get("targets"):
            parts.append(f"<h2>{text(word('targets', language))}</h2>" + shown(target_figure(record, language), plots, language))
        sections.append(f"<section lang='{language}' hidden>{''.join(parts)}</section>")
    titles = {"zh": f"手段排序:{record['experiment']}", "en": f"Which levers matter: {record['experiment']}"}
    write_page(path, sections, plots, titles, lang)


def sentence(outcome: str, one: dict[str, Any], lang: str) -> str:
    """Return one sentence on a ranking, computed from it: the first levers, what is not told from nothing, what is open, and chance."""
    zh = lang == "zh"
    joint = "、" if zh else ", "
    ranked = [row for row in one["levers"] if row["rank"]]
    first = joint.join(_label(row["lever"], lang) for row in ranked[:3])
    rest = sum(not row["rank"] for row in one["levers"])
    if not ranked:
        said = "没有一个手段能与无作用区分。" if zh else "No lever can be told from one that does nothing."
    else:
        said = (
            f"影响最大的依次为{first};{rest} 个与无作用无法区分。"
            if zh
            else f"In order, what matters most is {first}; {rest} cannot be told from a lever that does nothing."
        )
    if one["open"]:
        said += f"有 {len(one['open'])} 处先后未定。" if zh else f" {len(one['open'])} comparisons of the order are open."
    if one["noise_share"] is not None:
        said += f"单次运行的方差中偶然性占 {one['noise_share']:.0%}。" if zh else f" Chance is {one['noise_share']:.0%} of the variance of a single run."
    return said


def intervals(one: dict[str, Any], k: int, lang: str) -> Figure:
    """Index of each lever with its interval, largest on top; what is not distinguishable is grey; the noise floor is a line."""
    index, zh = one["ranked_by"], lang == "zh"
    rows = list(reversed(one["levers"]))
    plot = go.Figure()
    for ranked, colour in ((True, BLUE), (False, "#999999")):
        mine = [row for row in rows if bool(row["rank"]) == ranked]
        plot.add_trace(
            go.Scatter(
                x=[row[index] for row in mine], y=[_label(row["lever"], lang) for row in mine], mode="markers", marker={"color": colour, "size": 9},
                name=("可区分" if zh else "distinguishable") if ranked else ("与无作用无法区分" if zh else "not told from nothing"),
                error_x={"type": "data", "symmetric": False, "array": [_gap(row[index + "_high"], row[index]) for row in mine],
                         "arrayminus": [_gap(row[index], row[index + "_low"]) for row in mine]},
            )
        )  # fmt: skip
    if one["noise_floor"]:
        plot.add_vline(x=one["noise_floor"], line={"dash": "dot", "color": RED}, annotation_text="偶然性水平" if zh else "noise floor")
    title = NAMES[index][0 if zh else 1]
    plot.update_layout(
        **layout(
            max(260, 60 + 26 * len(rows)),
            xaxis_title=title,
            yaxis={"categoryorder": "array", "categoryarray": [_label(r["lever"], lang) for r in rows], "automargin": True},
        )
    )
    head = ["名次" if zh else "rank", "手段" if zh else "lever", title, "95%" if one["intervals"] else "", "S1"]
    cells = [
        [
            str(row["rank"] or "–"),
            _label(row["lever"], lang),
            _three(row[index]),
            f"{_three(row[index + '_low'])} – {_three(row[index + '_high'])}",
            _three(row["s1"]),
        ]
        for row in one["levers"]
    ]
    return Figure(f"rank{k}", plot, head, cells, title)


def _gap(high: float | None, low: float | None) -> float:
    return max(0.0, high - low) if high is not None and low is not None else 0.0


def tornado(one: dict[str, Any], k: int, lang: str) -> Figure | None:
    """Mean outcome where a lever is in the lowest and in the highest quarter of its range: the direction of what the index measures."""
    zh = lang == "zh"
    rows = [row for row in reversed(one["levers"]) if row["at_low"] is not None and row["at_high"] is not None]
    if not rows:
        return None
    names = [_label(row["lever"], lang) for row in rows]
    middle = sum((row["at_low"] + row["at_high"]) / 2 for row in rows) / len(rows)
    plot = go.Figure()
    for key, colour, label in (("at_low", ORANGE, "最低四分之一" if zh else "lowest quarter"), ("at_high", BLUE, "最高四分之一" if zh else "highest quarter")):
        plot.add_trace(go.Bar(x=[row[key] - middle for row in rows], y=names, base=middle, orientation="h", marker_color=colour, name=label, opacity=0.8))
    title = "结果均值" if zh else "mean outcome"
    plot.update_layout(**layout(max(260, 60 + 26 * len(rows)), barmode="overlay", xaxis_title=title, yaxis={"automargin": True}))
    head = ["手段" if zh else "lever", "最低四分之一" if zh else "lowest quarter", "最高四分之一" if zh else "highest quarter"]
    return Figure(f"tornado{k}", plot, head, [[_label(r["lever"], lang), _three(r["at_low"]), _three(r["at_high"])] for r in reversed(rows)], title)


def convergence(one: dict[str, Any], k: int, lang: str) -> Figure | None:
    """Index of the first levers at parts of the base rows: whether it has come to rest."""
    zh = lang == "zh"
    steps = one["convergence"]
    if len(steps) < 2:
        return None
    levers = [row["lever"] for row in one["levers"][: len(PALETTE)]]
    plot = go.Figure()
    for lever, colour in zip(levers, PALETTE, strict=False):
        plot.add_trace(
            go.Scatter(
                x=[step["base_rows"] for step in steps],
                y=[step["index"][lever] for step in steps],
                mode="lines+markers",
                name=_label(lever, lang),
                line={"color": colour},
            )
        )
    title = "随基准行数的变化" if zh else "by number of base rows"
    plot.update_layout(**layout(360, xaxis={"type": "log", "title": title}, yaxis_title=NAMES[one["ranked_by"]][0 if zh else 1]))
    head = ["手段" if zh else "lever", *(str(step["base_rows"]) for step in steps)]
    return Figure(f"convergence{k}", plot, head, [[_label(lever, lang), *(_three(step["index"][lever]) for step in steps)] for lever in levers], title)


def plane(one: dict[str, Any], k: int, lang: str) -> Figure | None:
    """Morris plane: mean absolute effect against the spread of effects, with the noise floor; far up means interaction or curvature."""
    zh = lang == "zh"
    rows = [row for row in one["levers"] if row["sigma"] is not None]
    if one["ranked_by"] != "mu_star" or not rows:
        return None
    plot = go.Figure(go.Scatter(x=[r["mu_star"] for r in rows], y=[r["sigma"] for r in rows], mode="markers+text", text=[_label(r["lever"], lang) for r in rows],
                                textposition="top center", marker={"color": [BLUE if r["rank"] else "#999999" for r in rows], "size": 10}))  # fmt: skip
    if one["noise_floor"]:
        plot.add_vline(x=one["noise_floor"], line={"dash": "dot", "color": RED}, annotation_text="偶然性水平" if zh else "noise floor")
    plot.update_layout(**layout(460, xaxis_title="μ*", yaxis_title="σ"))
    head = ["手段" if zh else "lever", "μ*", "σ", "μ"]
    return Figure(f"plane{k}", plot, head, [[_label(r["lever"], lang), _three(r["mu_star"]), _three(r["sigma"]), _three(r["mu"])] for r in rows], "Morris")


def target_figure(record: dict[str, Any], lang: str) -> Figure:
    """Probability of meeting each target over the whole design, with Wilson intervals, and at the best point."""
    zh = lang == "zh"
    rows = record["targets"]
    names = [_outcome(row["outcome"], lang) for row in rows]
    plot = go.Figure()
    plot.add_trace(go.Bar(x=[row["probability"] for row in rows], y=names, orientation="h", marker_color=BLUE, name="全部点" if zh else "all points",
                          error_x={"type": "data", "symmetric": False, "array": [_gap(r["high"], r["probability"]) for r in rows],
                                   "arrayminus": [_gap(r["probability"], r["low"]) for r in rows]}))  # fmt: skip
    plot.add_trace(
        go.Scatter(
            x=[row["best"] for row in rows],
            y=names,
            mode="markers",
            marker={"color": ORANGE, "size": 11, "symbol": "diamond"},
            name="最好的点" if zh else "best point",
        )
    )
    plot.update_layout(
        **layout(max(260, 60 + 32 * len(rows)), xaxis={"range": [0, 1], "tickformat": ".0%"}, yaxis={"automargin": True, "autorange": "reversed"})
    )
    head = [word("target", lang), word("value", lang), word("probability", lang), "95%", "最好的点" if zh else "best point"]
    cells = [
        [
            name,
            _three(row["target"]),
            _share(row["probability"]),
            f"{_share(row['low'])} – {_share(row['high'])}",
            f"{_share(row['best'])} ({_share(row['best_low'])} – {_share(row['best_high'])})",
        ]
        for name, row in zip(names, rows, strict=True)
    ]
    return Figure("targets", plot, head, cells, str(word("probability", lang)))
