"""What the reader says of a mistake, at the field that it is about, and in the reader's language."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from zonesim.report.texts.messages import told


@dataclass(frozen=True)
class Problem:
    """A mistake: the policy and setting that it is about (empty when none), and what is wrong."""

    label: str
    key: str
    text: str


def located(lines: Iterable[str], lang: str) -> list[Problem]:
    """Return the lines of an error, each with its place in the form.

    >>> located(["policies.quota_split.land_quota.value: 1.7 is above 1 (share of yearly quota)", "id: is missing"], "zh")
    [Problem(label='quota_split', key='land_quota', text='1.7 高于上限 1（占年度指标的比例）'), Problem(label='', key='', text='id: 缺失')]
    """
    found = []
    for line in lines:
        if warning := re.match(r"policies\.([a-z][a-z0-9_]*)(?:\.([A-Za-z0-9_]+))? \(", line):
            found.append(Problem(warning[1], warning[2] or "", told(line, lang)))
            continue
        match = re.match(r"policies\.([a-z][a-z0-9_]*)(?:\.([A-Za-z0-9_]+))?(?:\.[^\s:]+)*: (.*)", line, re.DOTALL)
        label, key, text = (match[1], match[2] or "", match[3]) if match else ("", "", line)
        found.append(Problem(label, key, told(text, lang)))
    return found
