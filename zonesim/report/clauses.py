"""The page of one document: clause, lever, its setting in the package, mechanism, and the indicators that it names."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from typing import Any

from zonesim.indicators import DERIVED, INDICATORS
from zonesim.policies.catalogue import lever_rows
from zonesim.policies.instrument import Instrument
from zonesim.report.words import choice
from zonesim.scenario import Scenario
from zonesim.terms import TERMS

MANY = 6  #: terms that are named one by one
HEAD = ("clause 条款", "lever 手段", "in the package 在方案中", "mechanism: what the instrument does", "机制：改变的条件 terms it edits", "decisions that read them",
        "indicators (claimed direction) 指标（所说方向）")  # fmt: skip


def clause_page(
    code: str,
    zh: str,
    en: str,
    package: Scenario,
    catalogue: Sequence[Mapping[str, str]],
    current: str,
    why: Mapping[tuple[str, str], str],
    unfelt: Mapping[str, str],
) -> str:
    """Return the page as Markdown.

    Args:
        code: of the document, such as 004.
        zh, en: its names.
        package: the scenario that has its clauses.
        catalogue: every lever of the catalogue of the documents: lever, tier, zh, en, clauses.
        current: how the page is kept true.
        why: why the package does not set a lever that a clause names, by clause and lever.
        unfelt: why a policy of the package leaves its world as it would be without it, by policy.
    """
    found = [(order(clause), clause, row) for row in lever_rows() for clause in row["clauses"] if clause.startswith(code)]
    lines = [
        f"# {zh} · {en}", "", f"Clause → lever → mechanism → indicators that the document names. {current}",
        "条款 → 手段 → 机制 → 文件所说的指标。本页由代码生成，有测试保证其真实。", "",
        "What a claim says is a hypothesis to test, never a target of calibration; what came out is in [claims](../claims.md). "
        f"The package is `{package.id}`; * marks a value that the text does not give (its reason stands in the scenario), – a lever that it does not set, with the reason.",
        f"文件的说法是待检验的假设，不是校准目标；结果见 [claims](../claims.md)。方案为 `{package.id}`；* 表示原文没有给出的数值（理由见情景文件），– 表示方案没有设定的手段及其理由。", "",
        "| " + " | ".join(HEAD) + " |", "|" + "---|" * len(HEAD),
    ]  # fmt: skip
    kinds = Instrument.kinds()
    for _, clause, row in sorted(found, key=lambda one: (one[0], one[2]["id"])):
        mechanism = " ".join((kinds[row["instrument"]].__doc__ or "").split()).split(". ")[0].rstrip(".")
        cells = [clause, f"`{row['id']}` {row['zh']}", settings(row["id"], clause, package, unfelt) or f"– {why[clause, row['id']]}", f"{mechanism} (`{row['instrument']}`)", terms(row["terms"]),
                 ", ".join(row["read_by"]), ", ".join(claim(one) for one in row["claims"])]  # fmt: skip
        lines.append("| " + " | ".join(cells) + " |")
    if unfelt:
        lines += ["", "## Clauses that change nothing here 在此不起作用的条款", "",
                  "† Without it every number of the package's world is the same in every quarter (a test removes each clause, one at a time). That is said of this region and this package, not of the clause.",
                  "† 去掉它，方案世界的每个季度每个数字都不变（有测试逐条去掉每个条款）。这是就本地区、本方案而言，不是就条款而言。", "",
                  "| policy of the package 方案中的政策 | why 原因 |", "|---|---|"]  # fmt: skip
        lines += [f"| `{label}` ({package.resolved['policies'][label]['clause']}) | {said} |" for label, said in unfelt.items()]
    there = {row["id"] for row in lever_rows()}
    missing = [
        (order(clause), clause, one) for one in catalogue if one["lever"] not in there for clause in one["clauses"].split("; ") if clause.startswith(code)
    ]
    if missing:
        lines += ["", "## Not in the model 模型中没有的", "", "Levers of the catalogue that clauses of this document name and that the model does not have.",
                  "本文件条款涉及、而模型尚无的手段。", "", "| clause 条款 | lever 手段 | 中文 | English |", "|---|---|---|---|"]  # fmt: skip
        lines += [
            f"| {clause} | `{one['lever']}` (tier {one['tier']}) | {one['zh']} | {one['en']} |"
            for _, clause, one in sorted(missing, key=lambda x: (x[0], x[2]["lever"]))
        ]
    return "\n".join(lines) + "\n"


def settings(lever: str, clause: str, package: Scenario, unfelt: Container[str] = ()) -> str:
    """Return how a lever stands in the package: value, dates; "*" where the text does not give it, "†" where the policy changes nothing; nothing where the package does not turn it."""
    said = []
    for label, raw in (package.resolved.get("policies") or {}).items():
        if not raw or lever not in raw or lever not in Instrument.kinds()[raw["instrument"]].levers:
            continue
        entry = raw[lever]
        value = entry.get("value", entry.get("schedule")) if isinstance(entry, Mapping) and {"value", "schedule"} & set(entry) else entry
        named = str(entry.get("clause", raw.get("clause", ""))) if isinstance(entry, Mapping) else str(raw.get("clause", ""))
        if clause not in [part.strip() for part in named.split(";")]:
            continue
        assumed = "*" if isinstance(entry, Mapping) and "assumption" in entry else ""
        until = f" – {raw['end']}" if raw.get("end") not in (None, "open") else ""
        said.append(f"{choice(value, 'en', lever)}{assumed}{'†' if label in unfelt else ''}, {raw.get('start', '')}{until}")
    return "; ".join(dict.fromkeys(said))


def terms(names: Sequence[str]) -> str:
    """Return terms with their Chinese names; many are counted.

    >>> terms(["refund_cap"])
    '返还上限 `refund_cap`'
    """
    said = ", ".join(f"{TERMS[name].zh} `{name}`" for name in names[:MANY])
    return said if len(names) <= MANY else f"{said} … ({len(names)} in all, 共 {len(names)} 项)"


def claim(one: Mapping[str, Any]) -> str:
    """Return an indicator with its names and the direction that is claimed.

    >>> claim({"indicator": "gdp", "direction": "+"})
    '`gdp` 地区生产总值 GDP (+)'
    """
    known = {**INDICATORS, **DERIVED}[one["indicator"]]
    return f"`{known.id}` {known.zh} {known.en} ({one['direction']})"


def order(clause: str) -> tuple[str, ...]:
    """Return a key that puts §2 before §10 and §3.2 before §3.10.

    >>> sorted(["004§3.10.1", "004§3.2.1", "004§2"], key=order)
    ['004§2', '004§3.2.1', '004§3.10.1']
    """
    parts: list[str] = []
    for piece in clause.split("§")[1].replace(".", " ").split():
        digits = "".join(c for c in piece if c.isdigit())
        parts += [f"{int(digits or 0):06d}", piece[len(digits) :].rjust(6)]
    return tuple(parts)
