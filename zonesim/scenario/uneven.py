"""Settings that differ by place or by date: which part of one a factor of an experiment moves.

A factor is one number, and such a setting is several, so that an experiment says which it means. After its path stands

    @every      one value at all places and dates, instead of the scenario's
    @scale      what the scenario says, times the value
    @others     the value at the places that ``by_place`` does not name
    @PLACE      the value at a place (or zone) that ``by_place`` names
    @DATE       the value from a step of ``schedule`` on (2025-07-01 or 2025Q3)
"""

from __future__ import annotations

import contextlib
import datetime
import math
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from zonesim import quarters
from zonesim.errors import InputError, nearest
from zonesim.policies.instrument import Lever, Setting

EVERY, SCALE, OTHERS = "every", "scale", "others"


def is_uneven(setting: Setting) -> bool:
    """Tell whether a setting has more values than one."""
    return bool(setting.schedule or setting.by_place)


def parts(setting: Setting) -> list[str]:
    """Return what may stand behind the ``@`` of a setting's path."""
    steps = [quarters.label(first) for first, _ in setting.schedule]
    places = [*(name for name, _ in setting.by_place), *([OTHERS] if setting.by_place and not setting.schedule else [])]
    return [EVERY, SCALE, *places, *steps]


def ways_out(path: str, setting: Setting) -> str:
    """Say why a plain path is not enough, and what to write."""
    how = " and ".join(word for word, there in (("date", setting.schedule), ("place", setting.by_place)) if there)
    return f"{path} differs by {how} in this scenario, and a factor is one value: say which by 'at' ({', '.join(parts(setting))})"


def part_of(setting: Setting, path: str, part: str) -> str:
    """Return a part as :func:`parts` writes it.

    Raises:
        InputError: the setting has no such part, or no parts at all.
    """
    if not is_uneven(setting):
        raise InputError(f"{path} has one value in this scenario, the same at all places and dates; leave out 'at: {part}'")
    known = parts(setting)
    if part in known:
        return part
    with contextlib.suppress(ValueError):
        step = quarters.label(quarters.quarter_of(datetime.date.fromisoformat(part)))
        if step in known:
            return step
    raise InputError(f"at: {path} has no part {part!r}{nearest(part, known)} (parts: {', '.join(known)})")


def value_at(setting: Setting, part: str) -> Any:
    """Return the scenario's value of a part; None for ``every``, 1 for ``scale``."""
    if part in (EVERY, SCALE):
        return 1.0 if part == SCALE else None
    if part == OTHERS:
        return setting.value
    named = dict(setting.by_place) | {quarters.label(first): value for first, value in setting.schedule}
    return named[part]


def numbers(setting: Setting) -> list[float]:
    """Return every number of a setting."""
    plain = [] if setting.schedule or setting.value is None else [setting.value]
    return [*plain, *(value for _, value in setting.by_place), *(value for _, value in setting.schedule)]


def multipliers(setting: Setting, low: float | None, high: float | None) -> tuple[float | None, float | None]:
    """Return the smallest and the largest multiplier that keep every number of a setting inside its bounds.

    Raises:
        InputError: there is nothing to multiply.
    """
    each = numbers(setting)
    if min(each) < 0 or max(each) == 0:
        raise InputError("only numbers of at least 0, not all of them 0, can be scaled; use 'at: every'")
    above = [one for one in each if one > 0]
    least = None if low is None else max(0.0, *(low / one for one in above))
    most = None if high is None else min(high / one for one in above)
    return least, most


def scaled(number: float, by: float, whole: bool) -> float:
    """Return a number times another, without what floating point adds; whole numbers are rounded.

    >>> scaled(0.1, 3.0, False), scaled(2, 0.7, True)
    (0.3, 1)
    """
    product = float(f"{number * by:.12g}")
    return math.floor(product + 0.5) if whole else product


def changed(setting: Setting, part: str, value: Any, lever: Lever) -> Setting:
    """Return a setting with another value of a part."""
    if part == EVERY:
        return replace(setting, value=value, by_place=(), schedule=())
    if part == OTHERS:
        return replace(setting, value=value)
    if part == SCALE:
        return _each(setting, lambda name, old: scaled(old, value, lever.kind == "integer"))
    return _each(setting, lambda name, old: value if name == part else old)


def _each(setting: Setting, new: Callable[[str, Any], Any]) -> Setting:
    plain = setting.value if setting.value is None or setting.schedule else new(OTHERS, setting.value)
    return replace(setting, value=plain, by_place=tuple((name, new(name, old)) for name, old in setting.by_place),
                   schedule=tuple((first, new(quarters.label(first), old)) for first, old in setting.schedule))  # fmt: skip
