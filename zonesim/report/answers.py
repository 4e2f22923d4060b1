"""The answer to a counterfactual in a paragraph, in either language, computed from its tables."""

from __future__ import annotations

import math
from typing import Any

from zonesim.experiments.answers import Answer
from zonesim.indicators import DERIVED, INDICATORS
from zonesim.report.words import number, unit

HOW = {"level": ("", ""), "mean": ("(历年平均)", " (mean over the years)"), "spread": ("的园区间差距(变异系数)", ", spread between zones (coefficient of variation)"),
       "volatility": ("的波动(季度对数变动标准差)", ", volatility (sd of quarterly log changes)")}  # fmt: skip
VERDICTS = {
    "agrees": ("模型结果与文件的说法一致", "the model agrees"),
    "contradicts": ("模型结果与文件的说法相反", "the model says the opposite"),
    "none": ("模型中完全没有影响", "in the model it changes nothing at all"),
    "open": ("模型无法判定(区间含零,或只有一次运行)", "the model cannot tell (the interval contains zero, or there is one run only)"),
}


def paragraph(answer: Answer, lang: str) -> str:
    """Return the answer as one paragraph: the question, each arm's effects with intervals, the documents' claims, the targets.

    Effects that cannot be told from zero are named together and not quantified.
    """
    zh = lang == "zh"
    document = answer.counterfactual.document
    question = getattr(document.question, lang)
    said = [f"{document.id} {question}" if question.endswith(("?", "?", "。", ".", "!")) else f"{document.id} {question}{'。' if zh else '.'}"]
    said.append(
        f"对照:{document.reference.zh};{answer.replications} 次配对重复运行,95%区间。" if zh
        else f"Against the package as written ({document.reference.en}), {answer.replications} paired replications, 95 % intervals:"
    )  # fmt: skip
    for name, arm in document.arms.items():
        every = [row for _, row in answer.effects[answer.effects["arm"] == name].iterrows()]
        exact = [row for row in every if row["effect"] == row["low"] == row["high"] == 0]
        clear = [row for row in every if row["low"] > 0 or row["high"] < 0]
        unclear = [row for row in every if (row["low"] <= 0 <= row["high"] and not row["low"] == row["high"] == 0) or math.isnan(row["low"])]
        parts = _effects(answer, clear, lang)
        if unclear:
            names = _named(answer, unclear, lang)
            parts.append(f"{names}的变化与零无法区分" if zh else f"no effect that can be told from zero {names}")
        if exact:
            names = _named(answer, exact, lang)
            parts.append(f"{names}完全不变" if zh else f"exactly nothing changes {names}")
        said.append(f"{arm.zh}:{';'.join(parts)}。" if zh else f"{arm.en}: {'; '.join(parts)}.")
    said.append(f"文件({document.claim.clause})的说法:{document.claim.zh}。" if zh else f"The documents' claim ({document.claim.clause}): {document.claim.en}.")
    for _, row in answer.claims.iterrows():
        against = getattr(document.arms[row["against"]], lang)
        direction = {"+": ("提高", "raises"), "-": ("降低", "lowers")}[row["claim"]][0 if zh else 1]
        verdict = VERDICTS[row["verdict"]][0 if zh else 1]
        interval = _interval(row, lang)
        said.append(
            f"与“{against}”相比,条款{direction}{_subject(answer, row, lang)}:{verdict}({interval})。" if zh
            else f"That the clause {direction} {_subject(answer, row, lang)} compared with '{against}': {verdict} ({interval})."
        )  # fmt: skip
    said += _targets(answer, lang)
    return ("" if zh else " ").join(said)


def _named(answer: Answer, rows: list[Any], lang: str) -> str:
    """Return the names of readings, those of one place and period together."""
    zh = lang == "zh"
    names: dict[tuple[str, str], list[str]] = {}
    for row in rows:
        one = {**INDICATORS, **DERIVED}[row["indicator"]]
        names.setdefault((str(row["place"]), str(row["period"])), []).append(f"{getattr(one, lang)}{HOW[row['how']][0 if zh else 1]}")
    if zh:
        return ";".join(f"{_place(answer, place, lang)}{period}年{'、'.join(found)}" for (place, period), found in names.items())
    return "; ".join(f"on {', '.join(found)} in {_place(answer, place, lang)}, {period}" for (place, period), found in names.items())


def _subject(answer: Answer, row: Any, lang: str) -> str:
    one = {**INDICATORS, **DERIVED}[row["indicator"]]
    place = _place(answer, str(row["place"]), lang)
    how = HOW[row["how"]][0 if lang == "zh" else 1]
    return f"{place}{row['period']}年{one.zh}{how}" if lang == "zh" else f"{one.en}{how} of {place} in {row['period']}"


def _place(answer: Answer, identity: str, lang: str) -> str:
    region = answer.counterfactual.reference.region
    if identity == region.id:
        return str(getattr(region, lang))
    for group in (region.zones, region.parks, region.counties):
        if identity in group:
            return str(getattr(group[identity], lang))
    return identity


def _interval(row: Any, lang: str) -> str:
    joint = "至" if lang == "zh" else " to "
    return f"{_signed(row['effect'], lang)} [{_signed(row['low'], lang)}{joint}{_signed(row['high'], lang)}] {unit(row['unit'], lang)}"


def _effects(answer: Answer, rows: list[Any], lang: str) -> list[str]:
    """Return one phrase for each place and period with the effects there."""
    zh = lang == "zh"
    phrases: dict[tuple[str, str], list[str]] = {}
    for row in rows:
        one = {**INDICATORS, **DERIVED}[row["indicator"]]
        percent = (
            ""
            if math.isnan(row["percent"]) or row["how"] != "level"
            else f"({_signed(row['percent'], lang)}%)"
            if zh
            else f" ({_signed(row['percent'], lang)} %)"
        )
        phrases.setdefault((str(row["place"]), str(row["period"])), []).append(
            f"{getattr(one, lang)}{HOW[row['how']][0 if zh else 1]} {_interval(row, lang)}{percent}"
        )
    joint = "," if zh else ", "
    return [
        f"{_place(answer, place, lang)}{period}年{joint.join(said)}" if zh else f"in {_place(answer, place, lang)}, {period}: {joint.join(said)}"
        for (place, period), said in phrases.items()
    ]


def _signed(value: float, lang: str) -> str:
    return ("+" if value > 0 else "") + number(value, lang)


def _targets(answer: Answer, lang: str) -> list[str]:
    """Return one sentence on meeting all targets together, as written and under each arm."""
    if not len(answer.targets):
        return []
    document = answer.counterfactual.document
    parts = []
    for _, row in answer.targets.iterrows():
        who = getattr(document.reference if row["arm"] == "" else document.arms[row["arm"]], lang)
        parts.append(f"{who} {row['probability']:.0%} [{row['low']:.0%}, {row['high']:.0%}]")
    n = int(answer.targets["targets"].iloc[0])
    return [f"{n} 项目标同时达到的概率:{';'.join(parts)}。" if lang == "zh" else f"Probability of meeting all {n} targets together: {'; '.join(parts)}."]
