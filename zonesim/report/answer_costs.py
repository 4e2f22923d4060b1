"""What an answer says of money: what its main comparison costs and who bears it, and which use of a common budget does most."""

from __future__ import annotations

import math
from typing import Any

from zonesim.experiments.answers import Answer
from zonesim.experiments.spending import OTHERWISE
from zonesim.report import findings
from zonesim.report.amounts import amount, interval, three
from zonesim.report.naming import arm_name, payment_name, reading_name, region_of

PURSES = {
    "centre": ("中央", "centre"), "province": ("省级", "province"), "city": ("市级", "city"), "county": ("县区", "counties"),
    "zone": ("管委会", "committees"), "platform": ("平台公司", "platform companies"),
}  # fmt: skip
"""Public levels, as they are called where it is said who pays."""
BY_PURSE, OTHER_SPENDING = ("分级看收支差", "by purse"), ("其他支出（同一些财力）", "other spending of the same purses")
TRIFLE = 0.01  #: of the largest change of money: a purse that changes by less is not named
MOST_KINDS = 4  #: kinds of payment that are named


def costs(answer: Answer, main: Any, lang: str) -> str:
    """Return what the main comparison costs: the payments of its clauses, and what is left to the local budgets."""
    zh = lang == "zh"
    arm = main.get("against", main.get("arm"))
    turn = -1.0 if "against" in main and not answer.counterfactual.document.arms[arm].versus else 1.0  # a claim is the package against the arm
    parts = []
    for what in ("clause", "surplus"):
        row = findings.cost_of(answer, arm, what)
        if row is None or row["effect"] == row["low"] == row["high"] == 0:
            continue
        ends = sorted((turn * row["low"], turn * row["high"]))
        figure = interval(turn * row["effect"], ends[0], ends[1], row["unit"], lang)
        sure = "" if findings.is_clear(row) or math.isnan(row["low"]) else ("，与零无法区分" if zh else ", not to be told from zero")
        if what == "clause":
            kinds = _kinds(row["kinds"].split(), lang)
            parts.append(f"公共部门按所涉条款的支付（{kinds}）变动 {figure}{sure}" if zh
                         else f"what the clauses concerned make the public pay ({kinds}) changes by {figure}{sure}")  # fmt: skip
        else:
            parts.append(f"地方财政（市县、管委会、平台）收支差变动 {figure}{sure}" if zh
                         else f"the surplus of the local budgets (city, counties, committees, platform companies) changes by {figure}{sure}")  # fmt: skip
    parts += [*_borne(answer, arm, turn, {level: names[lang == "en"] for level, names in PURSES.items()}, BY_PURSE[lang == "en"], lang),
              *_borne(answer, arm, turn, {kind: payment_name(kind, lang) for kind in OTHERWISE}, OTHER_SPENDING[lang == "en"], lang)]  # fmt: skip
    if not parts:
        return "代价：财政收支没有变化。" if zh else "Cost: public money does not change."
    one, two = (answer.counterfactual.document.arms[arm].versus or "", arm) if turn > 0 else (arm, "")
    pair = (
        f"“{arm_name(answer, two, lang)}”与“{arm_name(answer, one, lang)}”相比，每年"
        if zh
        else f"of '{arm_name(answer, two, lang)}' over '{arm_name(answer, one, lang)}'"
    )
    return f"代价（{pair}）：{'；'.join(parts)}。" if zh else f"Cost {pair}: {'; '.join(parts)}."


def _borne(answer: Answer, arm: str, turn: float, names: dict[str, str], head: str, lang: str) -> list[str]:
    """Return who or what bears the difference: the changes of some rows of the costs that can be told from zero, the largest first."""
    rows = [(name, row) for what, name in names.items() if (row := findings.cost_of(answer, arm, what)) is not None and findings.is_clear(row)]
    rows.sort(key=lambda one: abs(one[1]["effect"]), reverse=True)
    largest = max((abs(row["effect"]) for _, row in answer.costs[answer.costs["arm"] == arm].iterrows()), default=0.0)
    said = []
    for name, row in rows:
        if abs(row["effect"]) < TRIFLE * largest:
            break
        ends = sorted((turn * row["low"], turn * row["high"]))
        said.append(f"{name} {interval(turn * row['effect'], ends[0], ends[1], row['unit'], lang)}")
    if not said:
        return []
    return [f"{head}：{'、'.join(said)}" if lang == "zh" else f"{head}: {', '.join(said)}"]


def _kinds(kinds: list[str], lang: str) -> str:
    names = list(dict.fromkeys(payment_name(kind, lang) for kind in kinds))
    more = len(names) - MOST_KINDS
    if more <= 1:
        return ("、" if lang == "zh" else ", ").join(names)
    return f"{'、'.join(names[:MOST_KINDS])}等 {len(names)} 项" if lang == "zh" else f"{', '.join(names[:MOST_KINDS])} and {more} more"


def per_yuan(answer: Answer, lang: str) -> str:
    """Return which use of a common budget does most, for the first reading, and what each does."""
    best = findings.best_use(answer.per_yuan)
    if best is None:
        return ""
    zh, (row, sure) = lang == "zh", best
    budget = answer.counterfactual.document.budget
    assert budget is not None
    name = reading_name(region_of(answer, answer.effects.iloc[0]), answer.effects.iloc[0], lang)
    mine = answer.per_yuan[answer.per_yuan["indicator"] == row["indicator"]].drop_duplicates("arm").sort_values("value", ascending=False)
    parts = []
    for _, one in mine.iterrows():
        spent = amount(one["spent"], "10k CNY/yr", lang)
        label = arm_name(answer, one["arm"], lang)
        if math.isnan(one["value"]):
            parts.append(
                f"“{label}”无法计算（花费 {spent}，与零无法区分）" if zh else f"'{label}' cannot be counted (spends {spent}, not to be told from zero)"
            )
            continue
        parts.append(f"“{label}”{_ratio(one, lang)}（花费 {spent}）" if zh else f"'{label}' {_ratio(one, lang)} (spends {spent})")
    sum_ = amount(budget.amount, "10k CNY/yr", lang)
    joined = ("、" if zh else ", ").join(parts)
    if zh:
        head = f"“{arm_name(answer, row['arm'], lang)}”每元换得最多" if sure else "无法判定哪一项每元换得最多"
        return f"{head}。各项花同样的钱（{sum_}），{name}的每元效果：{joined}。"
    head = f"'{arm_name(answer, row['arm'], lang)}' does most per yuan" if sure else "It is undetermined which does most per yuan"
    return f"{head}. On the same budget ({sum_}), the effect on {name} per yuan: {joined}."


def _ratio(row: Any, lang: str) -> str:
    if row["per"]:
        unit = "每亿元" if lang == "zh" else " per 100M CNY"
        return f"{three(row['value'])} [{three(row['low'])} {'至' if lang == 'zh' else 'to'} {three(row['high'])}]{unit}"
    return f"{three(row['value'])} [{three(row['low'])} {'至' if lang == 'zh' else 'to'} {three(row['high'])}] {'元/元' if lang == 'zh' else 'CNY per CNY'}"
