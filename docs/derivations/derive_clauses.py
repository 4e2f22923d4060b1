"""Derive ``zonesim/data/clauses.csv``: the text of each clause of the five documents, and what it says in English.

    python docs/derivations/derive_clauses.py SOURCES CLAUSES.md

SOURCES holds the documents as text files that begin with 000 to 004; CLAUSES.md is the table of clauses. A letter after a clause number marks an
instrument inside it: the Chinese text is that of the whole numbered clause.
"""

from __future__ import annotations

import csv
import re
import sys
from pathlib import Path

NUMERALS = {one: k + 1 for k, one in enumerate("一 二 三 四 五 六 七 八 九 十 十一 十二 十三 十四 十五 十六 十七 十八 十九".split())}
CHAPTER = re.compile(r"\s*([一二三四五六七八九十]+)、(.*)")
SECTION = re.compile(r"\s*[((]([一二三四五六七八九十]+)[))](.*)")
ITEM = re.compile(r"\s*(\d+)\.(.*)")
LONGEST = 900


def sections(code: str, text: str) -> dict[str, str]:
    """Return the text of each numbered clause of a document; before the first number it is §0."""
    found: dict[str, list[str]] = {"0": []}
    chapter = section = ""
    now = "0"
    for line in text.splitlines():
        line = line.strip()
        if not line or line.startswith(("Produced By", "前言")):
            continue
        if match := CHAPTER.match(line):
            chapter, section = str(NUMERALS[match[1]]), ""
            now = chapter if code in ("002", "003", "004") else now
        elif match := SECTION.match(line):
            section = str(NUMERALS[match[1]])
            now = f"{chapter}.{section}" if code == "004" else section if code in ("000", "001") else now
        elif match := ITEM.match(line):
            if code == "004" and section:
                now = f"{chapter}.{section}.{match[1]}"
            elif code == "002" and chapter in ("2", "3"):
                now = f"{chapter}.{match[1]}"
        found.setdefault(now, []).append(line)
    return {key: "\n".join(lines)[:LONGEST] for key, lines in found.items()}


def main(folder: Path, clauses: Path, out: Path) -> None:
    """Write the table."""
    texts = {path.name[:3]: sections(path.name[:3], path.read_text(encoding="utf-8")) for path in sorted(folder.glob("00*.txt"))}
    with out.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["clause", "zh", "en"])
        for line in clauses.read_text(encoding="utf-8").splitlines():
            if not re.match(r"\| 00\d§", line):
                continue
            clause, _, says = (cell.strip() for cell in line.split("|")[1:4])
            code, _, number = clause.partition("§")
            number = re.sub(r"[a-z]$", "", number)
            while number and number not in texts[code]:
                number = number.rpartition(".")[0]
            zh = texts[code].get(number or "0", "")
            if clause.endswith("§E"):
                zh = texts[code][max(texts[code], key=lambda key: int(key.split(".")[0]))].splitlines()[-1]
            writer.writerow([clause, zh, says])


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), Path(__file__).parents[2] / "zonesim" / "data" / "clauses.csv")
