"""Reading of one list: a CSV in UTF-8 or GBK with Chinese or English headers; every bad line is reported with line, column and value."""

from __future__ import annotations

import csv
import io
import math
import os
import re
import stat
from pathlib import Path
from typing import Any

from zonesim.errors import InputError, nearest
from zonesim.founding.list_columns import AREA, COUNT, GBT, MONEY, ListColumn
from zonesim.world.industries import load_industries

MAX_LINES, MAX_MB = 2_000_000, 512  #: of a list that is read


def _text(path: Path) -> str:
    """Read a list as UTF-8 or GBK."""
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}") from None
    with os.fdopen(handle, "rb") as file:
        status = os.fstat(file.fileno())
        if not stat.S_ISREG(status.st_mode) or status.st_size > MAX_MB << 20:
            raise InputError(f"{path}: not a regular file of at most {MAX_MB} MB")
        data = file.read()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise InputError(f"{path}: neither UTF-8 nor GBK; save it as UTF-8")


def _header(path: Path, row: list[str], columns: tuple[ListColumn, ...]) -> dict[int, tuple[ListColumn, float]]:
    """Match headers to columns; a unit in brackets is taken."""
    found: dict[int, tuple[ListColumn, float]] = {}
    problems: list[str] = []
    for k, raw in enumerate(row):
        match = re.fullmatch(r"\s*(.*?)\s*(?:[(（\[【]\s*(.*?)\s*[)）\]】])?\s*", raw)
        name, unit = (match[1].strip().lower(), match[2]) if match else (raw.strip().lower(), None)
        column = next((c for c in columns if name in c.headers), None)
        if column is None:
            continue
        if any(column is c for c, _ in found.values()):
            problems.append(f"{path}:1:{k + 1}: a second column for {column.name!r}: {raw!r}")
            continue
        units = {"money": MONEY, "area": AREA, "count": COUNT}.get(column.kind)
        factor = 1.0
        if units is not None:
            key = (unit if unit is not None else column.default_unit).strip().lower()
            if key not in units:
                problems.append(f"{path}:1:{k + 1}: {raw!r}: unknown unit {unit!r} (allowed: {', '.join(units)}){nearest(key, units)}")
            factor = units.get(key, 1.0)
        found[k] = (column, factor)
    for column in columns:
        if column.required and not any(column is c for c, _ in found.values()):
            problems.append(f"{path}:1: no column for {column.name!r} ({column.doc}); one of the headers {', '.join(column.headers)}")
    if problems:
        raise InputError(*problems)
    return found


def _value(raw: str, column: ListColumn, factor: float) -> tuple[Any, str | None]:
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
    if column.kind == "year":
        match = re.match(r"(1[89]\d\d|20\d\d)", text)
        return (int(match[1]), None) if match else (None, "does not begin with a year")
    try:
        number = float(text.replace(",", "").replace("\uff0c", ""))
    except ValueError:
        return None, "is not a number"
    if not math.isfinite(number):
        return None, "is not a finite number"
    if column.kind == "degrees":
        return (number, None) if -180 <= number <= 180 else (None, "is no coordinate in degrees")
    if number < 0:
        return None, "is negative"
    return number * factor, None


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


def read_list(path: Path, columns: tuple[ListColumn, ...]) -> list[dict[str, Any]]:
    """Read a list; raise one error with every bad line (the first 200), or return its rows in base units."""
    reader = csv.reader(io.StringIO(_text(path)), strict=True)
    rows: list[dict[str, Any]] = []
    problems: list[str] = []
    try:
        head = next(reader, None)
        if head is None:
            raise InputError(f"{path}: is empty")
        found = _header(path, head, columns)
        for raw in reader:
            line = reader.line_num
            if line > MAX_LINES:
                raise InputError(f"{path}: more than {MAX_LINES} lines")
            if not any(cell.strip() for cell in raw):
                continue
            if len(raw) != len(head):
                problems.append(f"{path}:{line}: has {len(raw)} cells, the header has {len(head)}")
                continue
            row: dict[str, Any] = {"line": line}
            for k, (column, factor) in found.items():
                value, wrong = _value(raw[k], column, factor)
                if wrong:
                    problems.append(f"{path}:{line}:{k + 1}: {head[k].strip()}: {raw[k].strip()[:40]!r} {wrong}")
                row[column.name] = value
            rows.append(row)
    except csv.Error as error:
        problems.append(f"{path}:{reader.line_num}: broken line ({error})")
    if problems:
        more = [f"{path}: and {len(problems) - 200} more"] if len(problems) > 200 else []
        raise InputError(*problems[:200], *more)
    if not rows:
        raise InputError(f"{path}: has a header and no lines")
    return rows
