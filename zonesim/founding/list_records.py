"""The lines of a list: cells, and where a quote stands that breaks them; what follows a broken line is read on."""

from __future__ import annotations

import csv
import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

from zonesim.errors import InputError

MAX_LINES, MAX_MB = 2_000_000, 512  #: of a list that is read
LONGEST = 50  #: lines that one quoted cell may take


def read_lines(path: Path) -> list[str]:
    """Read a list as UTF-8 or GBK.

    Raises:
        InputError: missing, no regular file, too large, or in another encoding.
    """
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
            lines = data.decode(encoding).replace("\r\n", "\n").replace("\r", "\n").split("\n")
        except UnicodeDecodeError:
            continue
        if len(lines) > MAX_LINES:
            raise InputError(f"{path}: more than {MAX_LINES} lines")
        return lines
    raise InputError(f"{path}: neither UTF-8 nor GBK; save it as UTF-8")


def quote_fault(line: str) -> tuple[int, str] | None:
    """Return the cell (from 1) of a line whose quotes are wrong, and what is wrong with it.

    >>> quote_fault('a,"b,c",d'), quote_fault('a,"b ""c",d'), quote_fault('a,"b,c')
    (None, None, (2, 'a quote opens here and is not closed on this line'))
    >>> quote_fault('"a"b,c')
    (1, 'text stands after the quote that closes here')
    """
    cell, k = 1, 0
    while k < len(line):
        if line[k] != '"':
            end = line.find(",", k)
            if end < 0:
                return None
            k, cell = end + 1, cell + 1
            continue
        k += 1
        while (end := line.find('"', k)) >= 0 and line[end + 1 : end + 2] == '"':
            k = end + 2
        if end < 0:
            return cell, "a quote opens here and is not closed on this line"
        if line[end + 1 : end + 2] not in ("", ","):
            return cell, "text stands after the quote that closes here"
        k, cell = end + 2, cell + 1
    return None


def records(lines: list[str], fits: Callable[[list[str]], bool]) -> Iterator[tuple[int, list[str], tuple[int, str] | None]]:
    """Yield line, cells, and what is wrong with its quotes (cell and text) of every record that is not blank.

    A quoted cell may go on over lines where the whole ``fits``; where it does not, a quote was forgotten: its line is broken, and the next
    one is read by itself.
    """
    k = 0
    while k < len(lines):
        line, taken = lines[k], 1
        fault = quote_fault(line) if '"' in line else None
        cells = line.split(",") if '"' not in line else ([] if fault else next(csv.reader([line])))
        if fault and fault[1].startswith("a quote opens"):
            reader = csv.reader([one + "\n" for one in lines[k : k + LONGEST]], strict=True)
            try:
                longer = next(reader)
                if fits(longer):
                    cells, taken, fault = longer, reader.line_num, None
            except csv.Error:
                pass
        if fault or any(cell.strip() for cell in cells):
            yield k + 1, cells, fault
        k += taken
