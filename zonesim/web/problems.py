"""What the reader says of a mistake, at the field that it is about, and in the reader's language."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from zonesim.web.words import lever_unit

CHINESE = (
    (r"(.+) is not a number(?: \(allowed: (.*)\))?", "{0} 不是数字(允许范围:{1})"),
    (r"(.+) is not finite(?: \(allowed: (.*)\))?", "{0} 不是有限的数(允许范围:{1})"),
    (r"(.+) is not a whole number(?: \(allowed: (.*)\))?", "{0} 不是整数(允许范围:{1})"),
    (r"(.+) is below (\S+) \((.*)\)", "{0} 低于下限 {1}({2})"),
    (r"(.+) is above (\S+) \((.*)\); a share is written as a fraction: (\S+) for (\S+) %", "{0} 高于上限 {1}({2});比例写成小数:{4}% 写 {3}"),
    (r"(.+) is above (\S+) \((.*)\)", "{0} 高于上限 {1}({2})"),
    (r"(.+) is not true or false", "{0} 既不是“是”也不是“否”"),
    (r"(.+) is not allowed \(allowed: (.*)\)(.*)", "{0} 不是可选的值(可选:{1})"),
    (r"(.+) is not a list of different names \(allowed: (.*)\)", "{0} 不是互不相同的名称(可选:{1})"),
    (r"(.+) is not \[first year, last year\]", "{0} 不是起止年份"),
    (r"(.+) ends before it begins", "{0} 的结束早于开始"),
    (r"(.+) is not a date; write it as 2015-06-05", "{0} 不是日期;请写成 2015-06-05"),
    (r"(.+) is before the start (.+)", "{0} 早于开始日期 {1}"),
    (r"begins after the policy: (.*)", "从措施生效之日起就要有值({0})"),
    (r"unknown (?:industry|place|name) (.+?)(?:; did you mean (.+)\?)?", "没有 {0} 这个名称"),
    (r"no document gives this value: .*", "文件没有给出这个数值:请说明理由"),
    (r"(.+) is outside its own range (.+)", "{0} 超出它自己的范围 {1}"),
    (r"(.+) is not a mapping of .*", "{0} 应写成“名称: 值”的对应关系"),
    (r"(.+): (.+) is not a number \(a weight of at least 0\)", "{0}:{1} 不是数字(权重不小于0)"),
    (r"(.+): (.+) is not a finite weight of at least 0", "{0}:{1} 不是不小于0的权重"),
    (r"the shares add up to (\S+), not to 1", "各部分之和是 {0},应为 1"),
    (r"(.+): (.+) is not a share between 0 and 1", "{0}:{1} 不是 0 与 1 之间的比例"),
    (r"(.+): (.+) is not a list of different industries", "{0}:{1} 不是互不相同的行业"),
)


@dataclass(frozen=True)
class Problem:
    """A mistake: the policy and setting that it is about (empty when none), and what is wrong."""

    label: str
    key: str
    text: str


def located(lines: Iterable[str], lang: str) -> list[Problem]:
    """Return the lines of an error, each with its place in the form.

    >>> located(["policies.quota_split.land_quota.value: 1.7 is above 1 (share of yearly quota)", "id: is missing"], "zh")
    [Problem(label='quota_split', key='land_quota', text='1.7 高于上限 1(占年度指标的比例)'), Problem(label='', key='', text='id: is missing')]
    """
    found = []
    for line in lines:
        match = re.match(r"policies\.([a-z][a-z0-9_]*)(?:\.([A-Za-z0-9_]+))?(?:\.[^\s:]+)*: (.*)", line, re.DOTALL)
        label, key, text = (match[1], match[2] or "", match[3]) if match else ("", "", line)
        found.append(Problem(label, key, in_chinese(text) if lang == "zh" else text))
    return found


def in_chinese(text: str) -> str:
    """Return what the reader says in Chinese; as it is where there is no Chinese for it."""
    for pattern, said in CHINESE:
        if match := re.fullmatch(pattern, text, re.DOTALL):
            return said.format(*(_chinese_unit(part or "") for part in match.groups())).replace("(允许范围:)", "")
    return text


def _chinese_unit(part: str) -> str:
    """Return a unit, or the range with its unit, with the unit in Chinese; anything else as it is."""
    span, space, name = part.partition(" ")
    return f"{span}{space}{lever_unit(name, 'zh')}" if ".." in span else lever_unit(part, "zh")
