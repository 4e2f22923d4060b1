"""Quarters of the calendar, as whole numbers: 4 x year + (0..3)."""

from __future__ import annotations

import datetime
import re

from zonesim.errors import InputError

_LABEL = re.compile(r"(\d{4})Q([1-4])")


def quarter_of(date: datetime.date) -> int:
    """Return the quarter that contains a day.

    >>> label(quarter_of(datetime.date(2015, 6, 5)))
    '2015Q2'
    """
    return 4 * date.year + (date.month - 1) // 3


def parse(text: str) -> int:
    """Return the quarter named ``YYYYQn``.

    >>> parse("2014Q1")
    8056
    """
    match = _LABEL.fullmatch(text)
    if match is None:
        raise InputError(f"{text!r} is not a quarter; write it as 2014Q1")
    return 4 * int(match[1]) + int(match[2]) - 1


def label(quarter: int) -> str:
    """Return ``YYYYQn``.

    >>> label(8056)
    '2014Q1'
    """
    return f"{quarter // 4}Q{quarter % 4 + 1}"


def year(quarter: int) -> int:
    """Return the calendar year of a quarter."""
    return quarter // 4


def opens_year(quarter: int) -> bool:
    """Tell whether the quarter is the first of its year."""
    return quarter % 4 == 0


def closes_year(quarter: int) -> bool:
    """Tell whether the quarter is the last of its year."""
    return quarter % 4 == 3


def first_day(quarter: int) -> datetime.date:
    """Return the first day of a quarter."""
    return datetime.date(quarter // 4, 3 * (quarter % 4) + 1, 1)
