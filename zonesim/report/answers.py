"""The answer to a counterfactual in a paragraph that a mayor can read, in either language, computed from its tables.

The question is one thing, what the documents claim another: a verdict is said of the claim, with its figure. Then what the question asks first, for every
arm; what else can be told from zero; what cannot; what it costs; how sure it is.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from zonesim.experiments.answers import LEFT, TOGETHER, Answer
from zonesim.report import answer_claims, answer_doubts, findings
from zonesim.report.amounts import interval, three
from zonesim.report.answer_claims import figure_of
from zonesim.report.answer_costs import costs, per_yuan
from zonesim.report.naming import arm_name, indicator_name, reading_name, region_of


def paragraph(answer: Answer, lang: str) -> str:
    """Return the answer as one paragraph."""
    document, zh = answer.counterfactual.document, lang == "zh"
    question = getattr(document.question, lang)
    said = [f"{document.id} {question}" if question.endswith(("?", "？", "。", ".", "!")) else f"{document.id} {question}{'。' if zh else '.'}"]
    verdict, claims = answer_claims.judged(answer, lang)
    main = claims[0] if claims else findings.main_effect(answer)
    lead, rows = _lead(answer, lang)
    told = [*rows, *claims]
    said += [
        verdict,
        lead,
        answer_doubts.best(answer, lang),
        answer_doubts.untried(answer, lang),
        _named(answer, told, lang),
        _rest(answer, told, lang),
        answer_claims.others(answer, claims, lang),
        costs(answer, main, lang),
    ]
    said += [_targets(answer, lang), answer_doubts.of_zones(answer, lang), _sure(answer, lang)]
    return ("" if zh else " ").join(one for one in said if one)


def _lead(answer: Answer, lang: str) -> tuple[str, list[Any]]:
    """Return what the question asks first, and the effects that this says: a common budget compared, a whole split, or every arm."""
    if by_yuan := per_yuan(answer, lang):
        return by_yuan, []
    if split := _split(answer, lang):
        return split, []
    return _changes(answer, lang)


def _changes(answer: Answer, lang: str) -> tuple[str, list[Any]]:
    """Return what each arm does to the reading that the question names first."""
    rows, left = findings.listed(answer)
    zh, names = lang == "zh", {reading_name(region_of(answer, row), row, lang) for row in rows}
    one = names.pop() if len(names) == 1 else ""
    parts = [_arm(answer, row, "" if one else reading_name(region_of(answer, row), row, lang), lang) for row in rows]
    more = "" if not left else f"；另有 {left} 个方案" if zh else f"; {left} more arms"
    against = _against(answer, rows, lang)
    if answer.replications > 1 and not any(findings.is_clear(row) for row in rows):
        every = "都" if len(rows) > 1 else ""
        if zh:
            return f"问题首先所问的{every}与零无法区分{against}：{one + '：' if one else ''}{'；'.join(parts)}{more}。", rows
        return f"Nothing that the question asks first can be told from zero{against}: {one + ': ' if one else ''}{'; '.join(parts)}{more}.", rows
    if zh:
        return f"有什么变化{against}{'：' + one if one else ''}：{'；'.join(parts)}{more}。", rows
    return f"What changes{against}: {one + ': ' if one else ''}{'; '.join(parts)}{more}.", rows


def _arm(answer: Answer, row: Any, name: str, lang: str) -> str:
    """Return an arm with its figure, what is read (where it differs between arms), and another arm that it is counted against."""
    label, other = arm_name(answer, row["arm"], lang), _other(answer, row, lang)
    if lang == "zh":
        return f"“{label}”{f'比“{other}”' if other else ''}{'：' + name if name else ''} {figure_of(row, lang)}"
    return f"'{label}'{f' against {other!r}' if other else ''}{': ' + name if name else ''} {figure_of(row, lang)}"


def _other(answer: Answer, row: Any, lang: str) -> str:
    """Return the name of the arm that another is counted against, unless its own name says it; nothing where that is the package as written."""
    if not row["versus"] or ("相比" if lang == "zh" else "against") in arm_name(answer, row["arm"], lang):
        return ""
    return arm_name(answer, row["versus"], lang)


def _against(answer: Answer, rows: Sequence[Any], lang: str) -> str:
    """Return what effects are counted against, where it is the same for all."""
    if all(row["versus"] != "" for row in rows):
        return ""
    mixed, zh = any(row["versus"] != "" for row in rows), lang == "zh"
    unless = ("，另有说明的除外" if zh else " unless said otherwise") if mixed else ""
    return f"（与“{arm_name(answer, '', lang)}”相比{unless}）" if zh else f" (against '{arm_name(answer, '', lang)}'{unless})"


def _effect(answer: Answer, row: Any, lang: str) -> str:
    name, figure = reading_name(region_of(answer, row), row, lang), figure_of(row, lang)
    arm, other, times = arm_name(answer, row["arm"], lang), _other(answer, row, lang), _times(row)
    if lang == "zh":
        return f"“{arm}”{f'比“{other}”' if other else ''}使{name}变动 {figure}{f'，{times} 倍标准差' if times else ''}"
    return f"'{arm}'{f' against {other!r}' if other else ''} changes {name} by {figure}{f', {times} sd' if times else ''}"


def _times(row: Any) -> str:
    """Return how many standard deviations between runs an effect is, or nothing."""
    return three(abs(row["standardised"])) if math.isfinite(row["standardised"]) else ""


def _named(answer: Answer, told: Sequence[Any], lang: str) -> str:
    """Return the largest of the other clear effects, in order of size, and how size is measured."""
    rows, rest = findings.worth_naming(answer, told)
    if not rows:
        return ""
    zh, against = lang == "zh", _against(answer, rows, lang)
    parts = [_effect(answer, row, lang) for row in rows]
    size = ""
    if any(_times(row) for row in rows):
        size = "，大小以对照方案各次运行之间标准差的倍数计" if zh else ", sized in standard deviations between the runs of what they are compared with"
    if not rest:
        said = "其他看得清的变化" if zh else "The other changes that can be told from chance"
        return f"{said}{against}{size}：{'；'.join(parts)}。" if zh else f"{said}{against}{size}: {'; '.join(parts)}."
    largest = _effect(answer, rest[0], lang)
    most = findings.are_largest(rows, rest)
    if zh:
        left = f"另有 {len(rest)} 项看得清，其中最大的" if len(rest) > 1 else "另有一项看得清"
        return f"其他看得清的变化中{'最' if most else '较'}大的{against}{size}：{'；'.join(parts)}。{left}：{largest}。"
    left = f"{len(rest)} more can be told from chance; the largest of them" if len(rest) > 1 else "One more can be told from chance"
    return f"{'The largest' if most else 'Large'} among the other changes that can be told from chance{against}{size}: {'; '.join(parts)}. {left}: {largest}."


def _rest(answer: Answer, told: Sequence[Any], lang: str) -> str:
    """Return one sentence on the comparisons that are not named: how many cannot be told from zero or are nil."""
    unclear, most, nil = findings.open_and_nil(answer, told)
    if answer.replications < 2:
        return "只有一次运行，没有区间。" if lang == "zh" else "One run gives no interval."
    parts = []
    if lang == "zh":
        if unclear:
            parts.append(f"{unclear} 项与零无法区分" + (f"（均在基准的 ±{three(most)}%以内）" if math.isfinite(most) else ""))
        if nil:
            parts.append(f"{nil} 项几乎为零（小于基准的 0.1%）")
        return (f"其余比较中，{'；'.join(parts)}。" if parts else "") + _by_chance(answer, lang)
    if unclear:
        parts.append(f"{unclear} cannot be told from zero" + (f" (each within ±{three(most)} % of its baseline)" if math.isfinite(most) else ""))
    if nil:
        parts.append(f"{nil} {'are' if nil > 1 else 'is'} practically nil (below 0.1 % of the baseline)")
    return " ".join(filter(None, [f"Of the other comparisons {', '.join(parts)}." if parts else "", _by_chance(answer, lang)]))


MANY = 20  #: comparisons of which one is expected to stand out by chance


def _by_chance(answer: Answer, lang: str) -> str:
    """Return one sentence on how many of many comparisons stand out by chance alone; nothing where they are few."""
    n = int((answer.effects["low"] < answer.effects["high"]).sum())  # what never differs cannot stand out
    if n < MANY:
        return ""
    if lang == "zh":
        return f"{n} 项比较各用95%区间：即使毫无作用，也约有 {n / 20:.0f} 项仅凭偶然看似显著。"
    return f"Of {n} comparisons at 95 % about {n / 20:.0f} stand out by chance alone."


def _split(answer: Answer, lang: str) -> str:
    """Return how the first reading is split among its parts."""
    split = answer.counterfactual.document.split
    if split is None or answer.split.empty:
        return ""
    zh, unit = lang == "zh", answer.effects["unit"].iloc[0]
    name = reading_name(region_of(answer, answer.effects.iloc[0]), answer.effects.iloc[0], lang)
    rows = findings.largest_parts(answer.split)
    parts = [f"{getattr(split.parts[row['part']], lang)} {interval(row['effect'], row['low'], row['high'], unit, lang)}" for row in rows]
    left, joint = (answer.split[answer.split["part"] == one].iloc[0] for one in (LEFT, TOGETHER))
    whole, over = interval(left["whole"], left["whole_low"], left["whole_high"], unit, lang), interval(left["effect"], left["low"], left["high"], unit, lang)
    together = interval(joint["effect"], joint["low"], joint["high"], unit, lang)
    all_named, open_ = len(rows) == len(split.parts), not findings.is_clear(joint) and not math.isnan(joint["low"])
    over = "" if len(split.parts) == 2 else f"；不归于任何一部分的 {over}" if zh else f"; to no one part {over}"
    if zh:
        head = (
            f"{name}的总变动 {whole} 分给各部分（单独加入与最后加入之平均）{'' if all_named else '，最大的是（能与零区分的在前）'}：{'、'.join(parts)}{over}。"
        )
        return f"{head}合在一起与各自单独之和相差 {together}{'，与零无法区分' if open_ else ''}。"
    head = f"Of the whole change in {name}, {whole}, {'the parts' if all_named else 'the largest parts, those that can be told from zero first,'} are (the mean of coming first and coming last): {', '.join(parts)}{over}."
    return f"{head} Together they differ from the sum of what each does alone by {together}{', not to be told from zero' if open_ else ''}."


def _targets(answer: Answer, lang: str) -> str:
    """Return the probability of meeting each target, and all together, by scenario, each with Wilson's interval over the runs; one figure where all have the same."""
    table = answer.targets
    if table.empty:
        return ""
    zh, arms = lang == "zh", list(dict.fromkeys(table["arm"]))
    parts = []
    for _, rows in table.groupby(["target", "place", "period"], sort=False):
        row = rows.iloc[0]
        name = (f"{row['targets']} 项同时" if zh else f"all {row['targets']} together") if not row["target"] else indicator_name(row["target"], lang)
        by_arm = rows.set_index("arm").reindex(arms)
        met = [f"{p:.0%} [{low:.0%}, {high:.0%}]" for p, low, high in zip(by_arm["probability"], by_arm["low"], by_arm["high"], strict=True)]
        parts.append(f"{name} {met[0] if len(set(met)) == 1 else ' / '.join(met)}")
    labels = ("、" if zh else ", ").join(f"“{arm_name(answer, arm, lang)}”" if zh else f"'{arm_name(answer, arm, lang)}'" for arm in arms)
    if zh:
        return f"达到目标的概率及其 95% 区间（依次为{labels}；只写一个数的各方案相同）：{'、'.join(parts)}。"
    return f"Probability of meeting the targets, with its 95 % interval (in the order {labels}; one figure where all are alike): {', '.join(parts)}."


def _sure(answer: Answer, lang: str) -> str:
    n = answer.replications
    zh = lang == "zh"
    if n < 2:
        return "只有 1 对运行，无法判断把握。" if zh else "One pair of runs: nothing can be said of how sure this is."
    note = answer.counterfactual.document.note
    tail = ("" if zh else " ") + getattr(note, lang) if note is not None else ""
    if zh:
        return f"把握：{n} 对同运气的运行，95%区间只含运行中的偶然性，不含参数与设定的疑问。{tail}"
    return f"How sure: {n} pairs of runs with the same luck; 95 % intervals cover chance in the runs, not doubt about parameters and settings.{tail}"
