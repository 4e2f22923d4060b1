"""Reading of one list: a CSV in UTF-8 or GBK with Chinese or English headers; every bad line is reported with line, column and value."""

from __future__ import annotations

import difflib
import math
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from zonesim.errors import InputError, nearest
from zonesim.founding.list_columns import AREA, COUNT, GBT, LEVELS, MONEY, ListColumn
from zonesim.founding.list_records import read_lines, records
from zonesim.world.industries import load_industries

UNITS = {"money": MONEY, "area": AREA, "count": COUNT}
NUMBER = re.compile(r"[+-]?(?:\d+|\d{1,3}(?:[,\uff0c]\d{3})+)?(?:\.\d*)?(?:[eE][+-]?\d+)?")
YEAR = re.compile(r"(1[89]\d\d|20\d\d)(?:\D.*|\d\d|\d{4})?")
ALIKE = 0.7  #: of two headers, from which one is taken for the other misspelt
WHOLE = 1e-6  #: by which a number of persons may miss a whole one: what units leave in the last digits
MOST = 200  #: mistakes that are told; the others are counted


class Problem(NamedTuple):
    """What is wrong with a list, and where; column 0 is the whole line."""

    line: int
    column: int
    text: str


@dataclass
class Listed:
    """A list as it was read: rows in base units (``None`` where a cell is empty or wrong), and where its columns stand."""

    path: Path
    rows: list[dict[str, Any]] = field(default_factory=list)
    at: dict[str, int] = field(default_factory=dict)
    unused: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    broken: int = 0  #: lines that are not among the rows

    def told(self) -> list[str]:
        """Return what is wrong in the order of lines, as ``file:line:column: text``."""
        return [f"{self.path}:{line}:{f'{column}:' if column else ''} {text}" for line, column, text in sorted(self.problems)]


def at_most(told: list[str], path: Path) -> list[str]:
    """Return the first mistakes, and how many there are besides."""
    return told[:MOST] + ([f"{path}: and {len(told) - MOST} more"] if len(told) > MOST else [])


def _header(listed: Listed, row: list[str], columns: tuple[ListColumn, ...]) -> dict[int, tuple[ListColumn, float | None, str]]:
    """Match headers to columns; a unit in brackets is taken. A header like one that is missing is refused, others are left unused."""
    found: dict[int, tuple[ListColumn, float | None, str]] = {}
    problems, others = listed.problems, list[tuple[int, str]]()
    for k, raw in enumerate(row):
        match = re.fullmatch(r"\s*(.*?)\s*(?:[(（\[【]\s*(.*?)\s*[)）\]】])?\s*", raw)
        name, unit = (match[1].strip().lower(), match[2]) if match else (raw.strip().lower(), None)
        column = next((c for c in columns if name in c.headers), None)
        if column is None:
            others += [(k, name)] if name else []
            continue
        if column.name in listed.at:
            problems.append(Problem(1, k + 1, f"a second column for {column.name!r}: {raw!r}"))
            continue
        units = UNITS.get(column.kind)
        factor: float | None = 1.0
        key = (unit if unit is not None else column.default_unit).strip().lower()
        if units is not None:
            factor = units.get(key)
            if factor is None:
                allowed = ", ".join(one for one in units if one)
                problems.append(Problem(1, k + 1, f"{raw!r}: unknown unit {unit!r} (allowed: {allowed}){nearest(key, units)}"))
        found[k] = (column, factor, key)
        listed.at[column.name] = k + 1
    missing = [column for column in columns if column.name not in listed.at]
    for k, name in others:
        near = difflib.get_close_matches(name, [header for column in missing for header in column.headers], n=1, cutoff=ALIKE)
        if near:
            problems.append(Problem(1, k + 1, f"unknown header {row[k].strip()[:40]!r}{nearest(name, near)} Write it so, or leave the column out"))
        else:
            listed.unused.append(row[k].strip()[:40])
    for column in missing:
        if column.required:
            problems.append(Problem(1, 0, f"no column for {column.name!r} ({column.doc}); one of the headers {', '.join(column.headers)}"))
    return found


def _value(raw: str, column: ListColumn, factor: float | None, unit: str) -> tuple[Any, str | None]:
    """Return what a cell says, and what is wrong with it; without a factor (of an unknown unit) a number is not held against bounds."""
    text = raw.strip()
    if not text:
        return None, "is empty" if column.required else None
    if column.kind == "text":
        bad = [c for c in text if not c.isprintable()]
        return text, f"has a control character U+{ord(bad[0]):04X}" if bad else ("is longer than 60 characters" if len(text) > 60 else None)
    if column.kind == "yes":
        low = text.lower()
        if low in ("是", "yes", "y", "1", "true"):
            return True, None
        if low in ("否", "no", "n", "0", "false"):
            return False, None
        return None, "is neither 是 nor 否 (yes or no, 1 or 0)"
    if column.kind == "industry":
        return _industry(text)
    if column.kind == "level":
        known = text.lower() in LEVELS
        return (text.lower(), None) if known else (None, f"is no level (allowed: {', '.join(LEVELS)}){nearest(text, LEVELS)}")
    if column.kind == "year":
        match = YEAR.fullmatch(text)
        return (int(match[1]), None) if match else (None, "does not begin with a year from 1800 to 2099")
    return _number(text, column, factor, unit)


def _number(text: str, column: ListColumn, factor: float | None, unit: str) -> tuple[float | None, str | None]:
    """Return a number in base units, within the bounds of its column."""
    if not NUMBER.fullmatch(text) or not re.search(r"\d", re.split("[eE]", text)[0]):
        if re.fullmatch(r"[+-]?[\d,\uff0c]+(\.\d*)?", text):
            return None, "has separators that are not before groups of three digits (1,234,567)"
        return None, "is not a finite number" if re.fullmatch(r"[+-]?(nan|inf(inity)?)", text.lower()) else "is not a number"
    number = float(text.replace(",", "").replace("\uff0c", ""))
    if column.kind != "degrees" and number < 0:
        return None, "is negative"
    if factor is None:
        return None, None
    base = number * factor
    if not column.low <= base <= column.high or not math.isfinite(base):
        return None, f"is not between {column.low / factor:,.12g} and {column.high / factor:,.12g} {unit}".rstrip()
    if column.kind == "count":
        if abs(base - round(base)) > WHOLE * max(base, 1.0):
            return None, "is not a whole number of persons"
        base = float(round(base))
    return base, None


def _industry(text: str) -> tuple[str | None, str | None]:
    industries = load_industries()
    if text in industries.ids:
        return text, None
    if text in industries.zh:
        return industries.ids[industries.zh.index(text)], None
    match = re.fullmatch(r"[A-Za-z]?(\d{2})\d{0,2}", text)
    if match:
        code = int(match[1])
        for group, codes in GBT:
            if code in codes:
                return group, None
    return None, f"is no industry (an id or a Chinese name of docs/own_lists.md, or a code of GB/T 4754){nearest(text, [*industries.ids, *industries.zh])}"


def gather(path: Path, columns: tuple[ListColumn, ...]) -> Listed:
    """Read a list as far as it can be read; what is wrong with it is in its ``problems``.

    Raises:
        InputError: the file cannot be read at all, or holds no line.
    """
    listed, head = Listed(path), list[str]()
    found: dict[int, tuple[ListColumn, float | None, str]] = {}

    def fits(cells: list[str]) -> bool:
        return not head or (len(cells) == len(head) and not any("\n" in cells[k] for k in found))

    every = records(read_lines(path), fits)
    line, head, broken = next(every, (0, [], None))
    if line == 0:
        raise InputError(f"{path}: is empty")
    if broken:
        listed.problems.append(Problem(line, *broken))
        return listed
    found = _header(listed, head, columns)
    if not found:
        return listed
    for line, raw, broken in every:
        if broken:
            listed.problems.append(Problem(line, *broken))
            listed.broken += 1
            continue
        if len(raw) != len(head):
            listed.problems.append(Problem(line, 0, f"has {len(raw)} cells, the header has {len(head)}"))
            listed.broken += 1
            continue
        row: dict[str, Any] = {"line": line}
        for k, (column, factor, unit) in found.items():
            value, wrong = _value(raw[k], column, factor, unit)
            if wrong:
                listed.problems.append(Problem(line, k + 1, f"{head[k].strip()}: {raw[k].strip()[:40]!r} {wrong}"))
            row[column.name] = None if wrong else value
        listed.rows.append(row)
    if not listed.rows and not listed.problems:
        raise InputError(f"{path}: has a header and no lines")
    return listed


def read_list(path: Path, columns: tuple[ListColumn, ...]) -> list[dict[str, Any]]:
    """Read a list; raise one error with every bad line (the first 200), or return its rows in base units.

    Raises:
        InputError: one line for each mistake.
    """
    listed = gather(path, columns)
    if listed.problems:
        raise InputError(*at_most(listed.told(), path))
    return listed.rows
