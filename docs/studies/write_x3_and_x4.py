"""Write the page of what X-3 and X-4 say: ``python docs/studies/write_x3_and_x4.py RESULTS`` (RESULTS: NAME.json of each ``zonesim rank … --json``).

What the page is made of is kept in ``x3_and_x4.csv``; without RESULTS the page is written again from there.
"""

import csv
import json
import sys
from pathlib import Path
from typing import Any

from zonesim.indicators import DERIVED, INDICATORS
from zonesim.policies.instrument import every_lever

HERE = Path(__file__).parent
DATA, PAGE = HERE / "x3_and_x4.csv", HERE / "x3_and_x4.md"
COLUMNS = ("file", "runs", "base_rows", "outcome", "lever", "zh", "en", "index", "index_low", "index_high", "first_order", "rank_low", "rank_high",
           "effect", "effect_low", "effect_high", "mean", "told", "noise_share")  # fmt: skip
SHOWN = 3  #: factors of an outcome that are shown
REST = {"zh": "其余各项合为一组", "en": "all others as one group"}
LEVERS = {one.id: one for _, one in every_lever()}
REGIONS = {
    "X-3_factorial": ("Zhangye", "张掖"), "X-4": ("Lanzhou", "兰州"), "X-4_sobol": ("Lanzhou, second step", "兰州，第二步"), "X-4_zhangye": ("Zhangye", "张掖"), "X-4_hebei": ("county of Hebei", "河北某县"),
    "X-4_pingliang": ("Pingliang", "平凉"), "X-4_sanming": ("Sanming", "三明"),
}  # fmt: skip


def rows_of(name: str, record: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the rows of one ranking: each factor of each outcome, the first ones first."""
    found = []
    for outcome, one in record["outcomes"].items():
        index = "st" if one["ranked_by"] == "st" else "mu_star"
        for lever in sorted(one["levers"], key=lambda row: -row[index]):
            declared = LEVERS.get(lever["lever"])
            names = {"zh": declared.zh, "en": declared.en} if declared else record["names"].get(lever["lever"]) or REST
            found.append(
                {
                    "file": name, "runs": record["runs"], "base_rows": one["base_rows_used"], "outcome": outcome, "lever": lever["lever"],
                    "zh": names.get("zh", lever["lever"]), "en": names.get("en", lever["lever"]), "index": lever[index], "index_low": lever[f"{index}_low"],
                    "index_high": lever[f"{index}_high"], "first_order": lever["s1"], "rank_low": lever["rank_low"], "rank_high": lever["rank_high"],
                    "effect": lever["effect"], "effect_low": lever["effect_low"], "effect_high": lever["effect_high"], "mean": one["mean"],
                    "told": lever["distinguishable"], "noise_share": one["noise_share"],
                }
            )  # fmt: skip
    return found


def number(row: dict[str, str], key: str) -> float:
    """Return a number of a row."""
    return float(row[key])


def cell(row: dict[str, str], lang: str) -> str:
    """Return a factor with its effect from the low to the high end, in per cent of the mean, where its sign is told, and its rank where it has one."""
    mean = abs(number(row, "mean")) or 1.0
    ends = [number(row, key) / mean for key in ("effect_low", "effect_high") if row[key]]  # a group has no direction
    said = "" if not ends else f" {number(row, 'effect') / mean:+.1%}" if ends[0] * ends[1] > 0 else " ±"
    told = "" if row["told"] == "True" else " ?"
    return f"{row[lang]}{said}{told}"


def table(rows: list[dict[str, str]], lang: str) -> list[str]:
    """Return the table of one file: outcome, and its first factors."""
    head = ("outcome", "first", "second", "third", "told") if lang == "en" else ("产出", "第一", "第二", "第三", "可分辨")
    lines = [f"| {' | '.join(head)} |", "|---|---|---|---|---|"]
    for outcome in dict.fromkeys(row["outcome"] for row in rows):
        mine = [row for row in rows if row["outcome"] == outcome]
        indicator = {**INDICATORS, **DERIVED}[outcome.split(".")[0]]
        name = f"{indicator.zh if lang == 'zh' else indicator.en} {outcome.split('.')[-1]}"
        lines.append(f"| {name} | {' | '.join(cell(row, lang) for row in mine[:SHOWN])} | {sum(row['told'] == 'True' for row in mine)}/{len(mine)} |")
    return lines


def page(rows: list[dict[str, str]]) -> str:
    """Return the page: what was run, what came out, what is open; English, then Chinese."""
    text = (HERE / "x3_and_x4.txt").read_text(encoding="utf-8")
    for lang in ("en", "zh"):
        parts = []
        for name in dict.fromkeys(row["file"] for row in rows):
            mine = [row for row in rows if row["file"] == name]
            place, runs, base = REGIONS[name][lang == "zh"], int(mine[0]["runs"]), int(mine[0]["base_rows"])
            is_sobol = name in ("X-3_factorial", "X-4_sobol")
            what = "base rows" if is_sobol else "trajectories"
            said = f"{runs:,} runs, {base} {what}" if lang == "en" else f"{runs:,}次运行，{base}个{'基本行' if is_sobol else '轨迹'}"
            parts += [f"**`{name}.yaml`** ({place}; {said})" if lang == "en" else f"**`{name}.yaml`**（{place}；{said}）", "", *table(mine, lang), ""]
        text = text.replace(f"<!-- tables {lang} -->", "\n".join(parts).strip())
    return text


def main() -> None:
    """Write data (where results are given) and page."""
    if len(sys.argv) > 1:
        files = [Path(sys.argv[1]) / f"{name}.json" for name in REGIONS]
        rows = [row for file in files if file.exists() and file.stat().st_size for row in rows_of(file.stem, json.loads(file.read_text(encoding="utf-8")))]
        with DATA.open("w", encoding="utf-8", newline="") as out:
            writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
            writer.writeheader()
            writer.writerows({key: f"{value:.6g}" if isinstance(value, float) else value for key, value in row.items()} for row in rows)
    with DATA.open(encoding="utf-8") as stored:
        PAGE.write_text(page(list(csv.DictReader(stored))), encoding="utf-8")


if __name__ == "__main__":
    main()
