"""What an answer cannot say, and why: a claim without a direction, arms that cannot be told apart, clauses that were never put to the test."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from zonesim.experiments.answers import IN_STEPS, Answer
from zonesim.experiments.reading import ZONES
from zonesim.report import findings
from zonesim.report.amounts import amount
from zonesim.report.naming import arm_name, reading_name, region_of

HARDLY = 0.5  #: part of the pairs of runs, from which on a clause that changes nothing in them is said to be hardly tried
MOST_NAMES = 3  #: arms that are named beside the best


def stated(answer: Answer, lang: str) -> str:
    """Return what the documents say where no direction of a reading is claimed, and what the readings say of it."""
    document = answer.counterfactual.document
    rows = findings.found(answer)
    clear = [row for row in rows if findings.is_clear(row) and not findings.is_nil(row)]
    first = [row for row in findings.asked(answer) if findings.is_clear(row) and not findings.is_nil(row)]
    if lang == "zh":
        said = f"文件的说法“{document.claim.zh}”（{document.claim.clause}）没有指明所看指标的方向，因此不能说成立与否"
        if answer.replications < 2:
            return f"{said}。"
        return f"{said}：{len(rows)} 项比较中 {len(clear)} 项与零可以区分，其中问题首先所问的 {len(findings.asked(answer))} 项中有 {len(first)} 项。"
    said = f"The documents say '{document.claim.en}' ({document.claim.clause}), which names no direction of what is read, so that it is neither borne out nor contradicted"
    if answer.replications < 2:
        return f"{said}."
    return f"{said}: of {len(rows)} comparisons {len(clear)} can be told from zero, {len(first)} of them among the {len(findings.asked(answer))} of what the question asks first."


def best(answer: Answer, lang: str) -> str:
    """Return which arm has the most (or least) of what the question asks first, and from which others that can be told."""
    rows = [row for _, row in answer.best.iterrows()]
    if len(rows) < 2 or answer.replications < 2:
        return ""
    zh, top, most = lang == "zh", rows[0], answer.counterfactual.document.best == "+"
    name = reading_name(region_of(answer, answer.effects.iloc[0]), answer.effects.iloc[0], lang)
    like = [row for row in rows[1:] if not row["low"] > 0]
    figure = amount(top["value"], top["unit"], lang)
    labels = _names(answer, [row["arm"] for row in like], lang)
    if zh:
        head = f"{name}{'最大' if most else '最小'}的是“{arm_name(answer, top['arm'], lang)}”（{figure}）"
        if not like:
            return f"{head}，与其他各方案都可以区分。"
        return f"哪一个最{'大' if most else '小'}无法判定：{head}，但{'与任何一个' if len(like) == len(rows) - 1 else f'与 {len(like)} 个'}其他方案（{labels}）无法区分。"
    head = f"'{arm_name(answer, top['arm'], lang)}' has the {'most' if most else 'least'} ({figure})"
    if not like:
        return f"{head} of {name}, and can be told from every other arm."
    which = "any other arm" if len(like) == len(rows) - 1 else f"{len(like)} other arm{'s' if len(like) > 1 else ''}"
    return f"Which arm has the {'most' if most else 'least'} of {name} is undetermined: {head}, but cannot be told from {which} ({labels})."


def untried(answer: Answer, lang: str) -> str:
    """Return which arms change no figure in half the runs or more, and what never differs: not tried is not without effect."""
    if answer.felt.empty or answer.replications < 2:
        return ""
    zh, said = lang == "zh", []
    for _, row in answer.felt.iterrows():
        label, other = (arm_name(answer, row[key], lang) for key in ("arm", "versus"))
        if row["same"] >= HARDLY * row["n"]:
            said.append(
                f"“{label}”与“{other}”在 {row['n']} 对运行的 {row['same']} 对中没有任何地点的任何数字不同"
                if zh
                else f"in {row['same']} of {row['n']} pairs of runs no figure of any place differs between '{label}' and '{other}'"
            )
    for name, arms in _still(answer, lang).items():
        labels = _names(answer, arms, lang)
        if set(arms) == set(answer.effects["arm"]):
            said.append(f"{name}在各方案各次运行中完全相同" if zh else f"{name} is the same in every run of every arm")
        else:
            said.append(f"{name}在每次运行中都没有因{labels}而不同" if zh else f"{name} differs in no run by {labels}")
    if not said:
        return ""
    return (
        f"条款有没有用到：{'；'.join(said)}。没有用到不等于不起作用。"
        if zh
        else f"Was it put to the test: {'; '.join(said)}. What is never tried is not shown to change nothing."
    )


def of_zones(answer: Answer, lang: str) -> str:
    """Return over whom a mean of the zones is, where one is read and a region has committees of sub-parks, which count twice; else nothing."""
    scenarios = (answer.counterfactual.reference, *answer.counterfactual.arms.values())
    if (answer.effects["place"] != ZONES).all() or not any(zone.parent for one in scenarios for zone in one.region.zones.values()):
        return ""
    if lang == "zh":
        return "“各开发区平均”以管委会计：下属园区的管委会计入上级开发区，自己又计一次。"
    return "The mean of the zones is over their committees: that of a sub-park counts in its parent's figures and again itself."


def _still(answer: Answer, lang: str) -> dict[str, list[str]]:
    """Return the readings that no arm changes in any run, and those in whole steps (a level) that some arms change in none, with these arms."""
    groups: dict[tuple[Any, ...], list[Any]] = {}
    for row in findings.found(answer):
        groups.setdefault(tuple(row[key] for key in ("indicator", "place", "period", "how")), []).append(row)
    found: dict[str, list[str]] = {}
    for rows in groups.values():
        still = [row for row in rows if findings.is_same(row)]
        if still and (len(still) == len(rows) or rows[0]["unit"] in IN_STEPS):
            found[reading_name(region_of(answer, rows[0]), rows[0], lang)] = [row["arm"] for row in still]
    return found


def _names(answer: Answer, arms: Sequence[str], lang: str) -> str:
    zh, more = lang == "zh", len(arms) - MOST_NAMES
    shown = arms if more <= 1 else arms[:MOST_NAMES]
    named = ("、" if zh else ", ").join(f"“{arm_name(answer, one, lang)}”" if zh else f"'{arm_name(answer, one, lang)}'" for one in shown)
    return named if len(shown) == len(arms) else f"{named}等" if zh else f"{named} and {more} more"
