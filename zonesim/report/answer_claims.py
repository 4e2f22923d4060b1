"""The verdict on what the documents claim: by what is reached where they say that values are reached, else by the sign of effects; or why there is none."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from zonesim.experiments.answers import Answer
from zonesim.report import answer_doubts, findings
from zonesim.report.amounts import amount, interval, percent
from zonesim.report.naming import arm_name, indicator_name, period_name, place_name, reading_name, region_of

SAYS = {
    "yes": ("成立", "yes"),
    "no": ("不成立，方向相反", "no, the opposite"),
    "nil": ("看不出影响（几乎为零）", "no, practically nothing changes"),
    "open": ("无法判定", "undetermined"),
    "same": ("没有得到检验（各次运行完全相同）", "not put to the test (it is the same in every run)"),
}
REACHED = {"yes": ("成立", "yes"), "no": ("不成立", "no"), "open": ("无法判定", "undetermined")}
FEW = 3  #: values said to be reached, up to which each is given beside its mean in every arm
MORE = {
    "yes": ("成立", "holds for"),
    "no": ("方向相反", "is the other way round for"),
    "open": ("无法判定", "is undetermined for"),
    "nil": ("几乎为零", "is practically nil for"),
    "same": ("没有得到检验", "was not put to the test for"),
}


def figure_of(row: Any, lang: str) -> str:
    """Return an effect with its interval, unit, and part of the baseline."""
    said = interval(row["effect"], row["low"], row["high"], row["unit"], lang)
    part = percent(row["percent"], lang) if row["how"] in ("level", "mean") and findings.has_percent(row) else ""
    if row["unit"] == "rank":
        return f"{said}（正数为名次后移）" if lang == "zh" else f"{said} (more is a worse rank)"
    if not part:
        return said
    return f"{said}（基准的{part}）" if lang == "zh" else f"{said} ({part} of the baseline)"


def judged(answer: Answer, lang: str) -> tuple[str, list[Any]]:
    """Return what is said of the main claim, and the rows of the claims that this says."""
    document = answer.counterfactual.document
    if document.claim.unread is not None:
        return _unread(answer, lang), []
    if document.claim.reaches is not None:
        return _reached(answer, lang), []
    if document.claim.every:
        return _every(answer, lang)
    main = findings.main_claim(answer)
    return (answer_doubts.stated(answer, lang), []) if main is None else (_by_sign(answer, main, lang), [main])


def _unread(answer: Answer, lang: str) -> str:
    claim = answer.counterfactual.document.claim
    why = getattr(claim.unread, lang)
    if lang == "zh":
        return f"文件的说法“{claim.zh}”（{claim.clause}）不由模型的任何数字读出，因此不能说成立与否：{why}。"
    return f"The documents say '{claim.en}' ({claim.clause}), which no figure of the model reads, so that it is neither borne out nor contradicted: {why}."


def _by_sign(answer: Answer, row: Any, lang: str) -> str:
    """Return the verdict on a claim of a direction, with the figure that it rests on."""
    document = answer.counterfactual.document
    says = SAYS[findings.verdict(row)][lang == "en"]
    name, figure = reading_name(region_of(answer, row), row, lang), figure_of(row, lang)
    reference, against = arm_name(answer, "", lang), arm_name(answer, row["against"], lang)
    if lang == "zh":
        return f"文件的说法“{document.claim.zh}”（{document.claim.clause}）在模型中是否成立（看{name}）：{says}。“{reference}”比“{against}”使其变动 {figure}。"
    return (
        f"The documents' claim '{document.claim.en}' ({document.claim.clause}) holds in the model, read from {name}: {says}. "
        f"'{reference}' instead of '{against}' changes it by {figure}."
    )


def _every(answer: Answer, lang: str) -> tuple[str, list[Any]]:
    """Return the verdict on a claim of several parts, which holds only if each does, and each part with its figure."""
    claim, zh = answer.counterfactual.document.claim, lang == "zh"
    rows = [row for _, row in answer.claims.iterrows() if not findings.is_given(row)]
    found = [findings.verdict(row) for row in rows]
    says = SAYS[findings.together(found)][lang == "en"]
    reference = arm_name(answer, "", lang)
    parts = []
    for row, one in zip(rows, found, strict=True):
        name, figure, against = reading_name(region_of(answer, row), row, lang), figure_of(row, lang), arm_name(answer, row["against"], lang)
        parts.append(
            f"{name}——{SAYS[one][0]}（“{reference}”比“{against}”变动 {figure}）" if zh
            else f"{name}: {SAYS[one][1]} ('{reference}' instead of '{against}' changes it by {figure})"
        )  # fmt: skip
    if zh:
        return f"文件的说法“{claim.zh}”（{claim.clause}）在模型中是否成立（须下列 {len(rows)} 项都成立）：{says}。{'；'.join(parts)}。", rows
    return f"The documents' claim '{claim.en}' ({claim.clause}) holds in the model only if each of {len(rows)} readings does: {says}. {'; '.join(parts)}.", rows


def _reached(answer: Answer, lang: str) -> str:
    """Return the verdict on a claim that values are reached: how likely all of them at once are under the package as written, with few values the mean of each."""
    claim, table, zh = answer.counterfactual.document.claim, answer.aims, lang == "zh"
    one = table[(table["arm"] == "") & (table["indicator"] == "")].iloc[0]
    aims = table[(table["arm"] == "") & (table["indicator"] != "")]
    says = REACHED[findings.reached(one)][lang == "en"]
    chance = f"{one['probability']:.0%} [{one['low']:.0%}, {one['high']:.0%}]"
    reference = arm_name(answer, "", lang)
    if zh:
        what = f" {len(aims)} 项目标是否同时达到" if len(aims) > 1 else "是否达到"
        head = f"文件的说法“{claim.zh}”（{claim.clause}）在模型中是否成立（看{what}）：{says}。“{reference}”的 {one['n']} 次运行中有 {one['met']} 次达到，概率 {chance}。"
    else:
        what = f"whether its {len(aims)} targets are met all at once" if len(aims) > 1 else "whether the value is reached"
        head = (
            f"The documents' claim '{claim.en}' ({claim.clause}) holds in the model, judged by {what}: {says}. "
            f"'{reference}' reaches {'them' if len(aims) > 1 else 'it'} in {one['met']} of {one['n']} runs, a probability of {chance}."
        )
    if len(aims) > FEW:
        return head
    return ("" if zh else " ").join([head, *(_value(answer, row, lang) for _, row in aims.iterrows())])


def _value(answer: Answer, aim: Any, lang: str) -> str:
    """Return the mean value of an aim in every arm beside what is to be reached, and in how many runs it is."""
    table, zh = answer.aims, lang == "zh"
    region = answer.counterfactual.reference.region
    same = table[(table["indicator"] == aim["indicator"]) & (table["places"] == aim["places"]) & (table["periods"] == aim["periods"])]
    parts = []
    for _, row in same.iterrows():
        label, value = (
            arm_name(answer, row["arm"], lang),
            amount(row["value"], row["unit"], lang) if math.isfinite(row["value"]) else ("没有值" if zh else "no value"),
        )
        parts.append(f"“{label}”{value}（{row['n']} 次运行中 {row['met']} 次达到）" if zh else f"{label!r} {value} ({row['met']} of {row['n']} runs)")
    target = amount(aim["target"], aim["unit"], lang)
    places = _listed([place_name(region, place, lang) for place in aim["places"].split()], lang)
    times = [period_name(period, lang) for period in aim["periods"].split()]
    if zh:
        several = "合计" if " " in aim["places"] else ""
        when = "、".join(times) + ("的平均" if len(times) > 1 else "")
        most = "不高于" if aim["direction"] == "at most" else "不低于"
        return f"{places}{when}{indicator_name(aim['indicator'], lang)}{several}（须{most} {target}）：{'；'.join(parts)}。"
    several = " together" if " " in aim["places"] else ""
    when = (", the mean of " if len(times) > 1 else " in ") + _listed(times, lang)
    name = indicator_name(aim["indicator"], lang)
    return f"{name} of {places}{several}{when} ({aim['direction']} {target}): {'; '.join(parts)}."


def _listed(names: Sequence[str], lang: str) -> str:
    if len(names) == 1:
        return names[0]
    return f"{'、'.join(names[:-1])}{'和' if lang == 'zh' else ''}{names[-1]}" if lang == "zh" else f"{', '.join(names[:-1])} and {names[-1]}"


def others(answer: Answer, said: Sequence[Any], lang: str) -> str:
    """Return one sentence on what else the documents claim."""
    groups: dict[str, list[str]] = {}
    for _, row in answer.claims.iterrows():
        if findings.is_given(row) or any(row.name == one.name for one in said):  # what a clause sets itself proves nothing
            continue
        groups.setdefault(findings.verdict(row), []).append(reading_name(region_of(answer, row), row, lang))
    if not groups:
        return ""
    names = {key: list(dict.fromkeys(found)) for key, found in groups.items()}
    if lang == "zh":
        return "文件的其他说法：" + "；".join(f"{'、'.join(names[key])}——{MORE[key][0]}" for key in MORE if key in names) + "。"
    return "What else the documents claim " + "; ".join(f"{MORE[key][1]} {', '.join(names[key])}" for key in MORE if key in names) + "."
