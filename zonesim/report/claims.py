"""The page of the documents' claims and what the model says of them, out of a result of ``zonesim levers --prove``."""

from __future__ import annotations

import csv
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from zonesim.errors import InputError
from zonesim.indicators import DERIVED, INDICATORS
from zonesim.policies.instrument import Instrument, Lever, every_lever
from zonesim.report.amounts import interval, percent, three
from zonesim.report.late import late_by, late_why
from zonesim.report.words import choice
from zonesim.terms import TERMS

Why = Mapping[tuple[str, str], tuple[str, str]]  #: (lever, indicator): explanation in English and Chinese

SECTIONS = (
    ("contradicts", "Contradicted", "相反", "The interval lies on the other side of zero. Nothing was tuned to the claims; each row says which mechanism explains it, or that a doubt remains.",
     "区间在零的另一侧。模型没有向文件的说法调整；每行写明解释它的机制，或仍存的疑问。"),
    ("agrees", "Agreed", "一致", "The interval lies on the claimed side of zero.", "区间在所说的一侧。"),
    ("nil", "Practically nil", "几乎为零", "The effect is below 0.1 % of the indicator's level, whatever its sign.", "效果小于指标水平的0.1%，不论方向。"),
    ("none", "No effect at all", "完全不变", "The lever acts on the state of the world, not on this indicator in this package.", "手段改变了模型状态，但在该方案中没有改变这一指标。"),
    ("open", "Open", "未定", "The interval contains zero, or every pair gave the same effect and the pairs are too few for that to be no accident; more pairs would settle it.",
     "区间含零，或各对效果完全相同而对数太少、不足以排除偶然；更多配对运行可以定论。"),
    ("unknown", "Not measured", "无值", "The indicator has no value in the runs of the package.", "该指标在该方案的运行中没有值。"),
)  # fmt: skip
DEFINES = {  # terms that are an indicator's own days or money; for days to approve besides every term that the procedure reads
    "approval_days": frozenset({"land_review_days", "review_days", "filing_days", "standard_land"}),
    "award_received": frozenset({"award", "zone_fund"}),
    "tax_returned": frozenset({"increment_return"}),
    "enclave_tax_shared": frozenset({"enclave_tax_share"}),
}
COLUMNS = ["lever", "indicator", "en", "zh"]
DOUBT = ("no explanation yet: a doubt remains", "尚无解释，疑问仍在")


def read_why(path: Path) -> dict[tuple[str, str], tuple[str, str]]:
    """Read the explanations by hand.

    Raises:
        InputError: the header is another, a line has more or fewer fields (a comma that is not quoted cuts a text), or a claim is explained twice.
    """
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file, strict=True)
        header, problems, why = next(reader, []), list[str](), dict[tuple[str, str], tuple[str, str]]()
        if header != COLUMNS:
            raise InputError(f"{path}:1: the columns are {', '.join(header)} (expected {', '.join(COLUMNS)})")
        for row in reader:
            where = f"{path}:{reader.line_num}"
            if len(row) != len(COLUMNS) or not all(row):
                problems.append(f"{where}: {len(row)} fields, {sum(map(bool, row))} of them filled; expected {len(COLUMNS)} (quote a text that has commas)")
            elif (row[0], row[1]) in why:
                problems.append(f"{where}: {row[0]}, {row[1]} is explained twice")
            else:
                why[row[0], row[1]] = (row[2], row[3])
    if problems:
        raise InputError(*problems)
    return why


def claims_page(result: Mapping[str, Any], why: Why) -> str:
    """Return the page as Markdown.

    Args:
        result: what ``zonesim levers --prove --out`` wrote.
        why: explanations by hand of verdicts, by lever and indicator.
    """
    levers = {one.id: one for _, one in every_lever()}
    rows = [(proof, claim) for proof in result["proofs"] for claim in proof["claims"]]
    by = {key: [row for row in rows if row[1]["verdict"] == key] for key, *_ in SECTIONS}
    lines = ["# Claims of the documents, and what the model says 文件的说法与模型结果", "", *_intro(result, rows, by), ""]
    dead = [f"`{proof['lever']}` ({_package(proof)})" for proof in result["proofs"] if not proof["quarter"]]
    if dead:
        lines += [
            "## Never bound 从未起作用",
            "",
            f"Nor in any other package, nor with a finer population. 其他方案与更细的企业规模下也未起作用。 {', '.join(dead)}",
            "",
        ]
    lines += _late_section(result["proofs"], levers)
    for key, en, zh, said, said_zh in SECTIONS:
        if by[key]:
            lines += [
                f"## {en} {zh} ({len(by[key])})",
                "",
                said,
                said_zh,
                "",
                *_table(by[key], levers, why, explained=key in ("contradicts", "none", "unknown")),
                "",
            ]
    return "\n".join(lines)


def _late_section(proofs: Sequence[Mapping[str, Any]], levers: Mapping[str, Lever]) -> list[str]:
    """List the levers that are first felt more than a year after their date, with the reason where it is known."""
    late = [(proof, said) for proof in proofs if (said := late_by(proof))]
    if not late:
        return []
    lines = [
        f"## Felt late 迟到的首次作用 ({len(late)})",
        "",
        "Levers that change nothing in the world until more than a year after the quarter in which their policy begins, in the middle pair of runs. What a claim reads of them are the years since then.",
        "政策开始起一年多以后才首次改变模型状态的手段（以各对运行的中位数计）；对其说法只读此后的年份。",
        "",
        "| lever 手段 | package 方案 | first felt 首次作用 | what changed first 首先改变 | why 原因 |",
        "|---|---|---|---|---|",
    ]
    for proof, (en, zh) in late:
        why, why_zh = late_why().get(proof["lever"], DOUBT)
        lines.append(f"| `{proof['lever']}` {levers[proof['lever']].zh} | {_package(proof)} | {en} {zh} | {proof['column']} | {why} {why_zh} |")
    return [*lines, ""]


def _moved(proof: Mapping[str, Any], lever: Lever) -> str:
    """Return between which settings a choice was moved: its range is a list, and need not be an order.

    >>> levers = {one.id: one for _, one in every_lever()}
    >>> _moved({"low": "dispatched_agency", "high": "committee_and_company"}, levers["governance_model"])
    ': dispatched agency → committee and company 派出机构→管委会加公司'
    >>> _moved({"low": 0, "high": 1}, levers["far_min"])
    ''
    """
    if lever.kind != "choice" or "low" not in proof:
        return ""
    low, high = ((choice(proof[end], "en", lever.id), choice(proof[end], "zh", lever.id)) for end in ("low", "high"))
    return f": {low[0]} → {high[0]} {low[1]}→{high[1]}"


def by_definition(kind: type[Instrument], indicator: str) -> bool:
    """Return whether a lever moves an indicator by what it is: days of the procedure that it adds or cuts, awards and shares of taxes that it pays.

    That it does is arithmetic and no finding; what could be one is how far.

    >>> from zonesim.policies.instrument import every_lever
    >>> sure = {(one.id, claim) for kind, one in every_lever() for claim, _ in one.claims if by_definition(kind, claim)}
    >>> ("filing_days", "approval_days") in sure, ("award_amount", "award_received") in sure, ("filing_days", "entrant_quality") in sure
    (True, True, False)
    """
    terms = DEFINES.get(indicator, frozenset())
    if indicator == "approval_days":
        return any(term in terms or "approval" in TERMS[term].read_by.split(", ") for term in kind.edits)
    return any(term in terms for term in kind.edits)


def _by_chance(n: int, level: float) -> tuple[str, str]:
    """Say how many of n comparisons stand out by chance alone, in English and Chinese.

    >>> _by_chance(240, 98.75)[0]
    'Of 240 comparisons at 98.75 % about 3 would stand out by chance alone if no lever did anything, half of them on the side of the claim.'
    """
    expected = f"{n * (1 - level / 100):.0f}"
    return (
        f"Of {n} comparisons at {level:g} % about {expected} would stand out by chance alone if no lever did anything, half of them on the side of the claim.",
        f"{n} 次比较按{level:g}%的区间，若各手段均无作用，仅凭偶然也有约 {expected} 次看似显著，其中一半与说法同向。",
    )


def _intro(result: Mapping[str, Any], rows: Sequence[Any], by: Mapping[str, Sequence[Any]]) -> list[str]:
    looks = 1 + max(0, math.ceil(math.log2(result["up_to"] / result["replications"])))
    level = three(100 * (1 - 0.05 / looks))
    measured = len(rows) - len(by["unknown"])
    chance, chance_zh = _by_chance(measured, float(level))
    sure = sum(_is_sure(proof, claim) for proof, claim in by["agrees"])
    minutes = result.get("minutes")
    until, until_zh = (", as far as the time went (the column of pairs tells)", "（时间用完即止，见对数一列）") if minutes else ("", "")
    sets = "".join(f" --set {one}" for one in result["settings"])
    command = f"zonesim levers --prove -n {result['replications']} --up-to {result['up_to']} --seed {result['seed']}{f' --minutes {minutes:g}' if minutes else ''}{sets} --out docs/derivations/claims_result.json"
    count = {key: len(found) for key, found in by.items()}
    return [
        "Each lever is moved from the low to the high end of its range in a package where it is on (else added to one), two worlds side by side with the same luck; what is compared is the mean "
        "of the indicator over the full years since the worlds differ, at the zone where the policy names it or covers no other, or for the region when it covers several or places outside zones, or as the mean over the covered zones when the indicator says nothing of the region. A direction is that of moving the lever **up**, as the catalogue of the documents words it; it is a hypothesis, and nothing was tuned to it. Up for a choice is from the first to the last of its list (named in the table), which need not be an order. "
        f"Every lever had {result['replications']} pairs of runs, one with open claims twice as many again and again up to {result['up_to']}{until}; as the intervals are looked at up to {looks} times, they are of {level} %.",
        "",
        f"每个手段在其生效的方案中（没有则加入一个）从取值范围的低端移到高端，两个世界用同样的运气并排运行，比较两者不同以后各完整年份的指标均值：政策点名或只覆盖一个园区时在该园区，覆盖多个园区或区外时取全地区，指标对全地区无意义时取所覆盖园区的均值。方向指手段**上移**，按文件目录的说法；它是假设，模型没有向它调整。选项类手段的上移是从选项的第一个到最后一个（表中写明），未必有高低之分。"
        f"每个手段先有 {result['replications']} 对运行，说法未定的逐次加倍，至多 {result['up_to']} 对{until_zh}；区间至多看 {looks} 次，故取 {level}%。",
        "",
        f"Made by `{command}` and `python docs/derivations/write_tables.py`; the explanations stand in `docs/derivations/claims_why.csv`. "
        f"The worlds are small where `founding.scale` says so: effects are those of a sample of enterprises, scaled up.{_made_again(result.get('again'))}",
        "",
        f"Of {len(rows)} claims of {len(result['proofs'])} levers {count['agrees']} agree, {count['contradicts']} contradict, {count['nil']} are practically nil, "
        f"{count['none']} show no effect at all, {count['open']} are open{', ' + str(count['unknown']) + (' is' if count['unknown'] == 1 else ' are') + ' not measured' if count['unknown'] else ''}. "
        f"{sure} of the {count['agrees']} agree by definition (the lever is itself days of the procedure, an award or a share of taxes; marked in the table): {count['agrees'] - sure} are findings. {chance}",
        f"{len(result['proofs'])}个手段的 {len(rows)} 条说法中，{count['agrees']} 条一致，{count['contradicts']} 条相反，{count['nil']} 条几乎为零，"
        f"{count['none']} 条完全不变，{count['open']} 条未定{'，' + str(count['unknown']) + ' 条无值' if count['unknown'] else ''}。"
        f"{count['agrees']} 条一致中有 {sure} 条按定义成立（手段本身就是程序天数、奖励或税收分成，表中标明），{count['agrees'] - sure} 条是模型的结果。{chance_zh}",
    ]  # fmt: skip


def _is_sure(proof: Mapping[str, Any], claim: Mapping[str, Any]) -> bool:
    return any(one.id == proof["lever"] and by_definition(kind, claim["indicator"]) for kind, one in every_lever())


def _made_again(again: Mapping[str, Any] | None) -> str:
    """Say which packages were proven again by themselves, after a change of their regions alone."""
    if again is None:
        return ""
    return f" The levers of {', '.join(again['packages'])} were moved again by themselves (`--lever`, `--minutes {again['minutes']:g}`) after a change of these regions alone."


def _package(proof: Mapping[str, Any]) -> str:
    """Return the package with what was done to it: the lever added, the population made finer."""
    done = [*(["added"] if proof["added"] else []), *(["finer population"] if proof.get("finer") else [])]
    return f"{proof['package']}{' (' + ', '.join(done) + ')' if done else ''}"


def place_read(said: str) -> str:
    """Return where a claim was read, by name as long as these are few.

    >>> place_read("etdz + htz"), place_read(" + ".join("abcde"))
    ('etdz + htz', 'mean of 5 zones')
    """
    names = said.split(" + ")
    return said if len(names) <= 3 else f"mean of {len(names)} zones"


def _in_both(place: str) -> str:
    return f"{place} 园区均值" if place.startswith("mean of ") else place


def _table(rows: Sequence[Any], levers: Mapping[str, Lever], why: Why, *, explained: bool) -> list[str]:
    head = [
        "lever 手段",
        "indicator 指标",
        "claimed",
        "by definition 按定义",
        "effect of moving it up 上移的效果",
        "of the level",
        "pairs",
        "package 方案",
        "read at 地点",
    ]
    lines = ["| " + " | ".join([*head, *(["mechanism or doubt 机制或疑问"] if explained else [])]) + " |", "|" + "---|" * (len(head) + explained)]
    known = {**INDICATORS, **DERIVED}
    for proof, claim in rows:
        lever, one = levers[proof["lever"]], known[claim["indicator"]]
        effect, low, high = (float("nan") if claim[key] is None else float(claim[key]) for key in ("effect", "low", "high"))
        level = claim["level"]
        part = percent(100 * effect / abs(level), "en") if level else ""
        cells = [f"`{lever.id}` {lever.zh}{_moved(proof, lever)}", f"{one.zh} {one.en}", claim["claimed"], "yes 是" if _is_sure(proof, claim) else "", interval(effect, low, high, one.unit, "en") if math.isfinite(effect) else "–", part,
                 str(claim["pairs"]), _package(proof), _in_both(place_read(claim["place"]))]  # fmt: skip
        if explained:
            en, zh = why.get((lever.id, claim["indicator"]), DOUBT if claim["verdict"] == "contradicts" else ("", ""))
            cells.append(f"{en} {zh}".strip())
        lines.append("| " + " | ".join(cells) + " |")
    return lines
