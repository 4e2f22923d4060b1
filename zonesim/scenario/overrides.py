"""Settings that replace what a file says, as ``--set PATH=VALUE`` gives them: whatever an experiment can move, one run can be given too.

A path is one of the document, or one of an experiment (``vary.py``, ``uneven.py``): ``policies.NAME.enabled`` is whether the policy is there, a figure of the opening world is its
number, a bare value of a setting is its value at all places and dates (where they come from stays), and ``policies.NAME.SETTING@PART`` is a part of a setting that differs by place or date.
"""

from __future__ import annotations

import datetime
import re
from typing import Any

from zonesim import quarters
from zonesim.errors import InputError, nearest
from zonesim.policies.given import RESERVED
from zonesim.policies.instrument import COMMON, Instrument
from zonesim.scenario.reader import Located, Where, parse_document
from zonesim.scenario.uneven import EVERY, OTHERS, SCALE, scaled

IN_FORCE = "enabled"  #: whether a policy is there at all
_FIGURES = ("founding", "region")
_QUARTER = re.compile(r"\d{4}Q[1-4]")


def set_value(node: Located, dotted: str, text: str, written: Where | None = None) -> Located:
    """Return the document with one value replaced, as ``--set a.b.c=VALUE`` gives it (scalar, [list] or {map: ...}); null removes.

    Args:
        node: the document.
        dotted: path of the value.
        text: the value as it is written.
        written: where a file says so; None is on the command line.

    Raises:
        InputError: the parent does not exist, or the value is missing or cannot be read.
    """
    display = f"--set {dotted}" if written is None else f"{written}: settings.{dotted}"
    place = written or Where(display, 1, 1)
    if not text.strip():
        raise InputError(f"{display}: no value (null removes it)")
    given = Located(parse_document(f"value: {text}", display).value["value"].value, place)
    path, sign, part = dotted.partition("@")
    steps = path.split(".")
    if sign and (not part or given.value is None):
        raise InputError(f"{display}: write a part and its value, as in policies.NAME.SETTING@every=VALUE")

    def put(current: Located, rest: list[str]) -> Located:
        value, above = current.value, ".".join(steps[: len(steps) - len(rest)])
        if not isinstance(value, dict):
            raise InputError(f"{display}: {above} is not a mapping")
        if len(rest) == 2 and len(steps) == 3 and steps[0] == "policies" and rest[1] == IN_FORCE:
            return _in_force(current, rest[0], given, display)
        if len(rest) == 1 and given.value is None:
            if rest[0] not in value:
                raise InputError(f"{display}: no {rest[0]!r} to remove{nearest(rest[0], value)}")
            return Located({key: child for key, child in value.items() if key != rest[0]}, current.where)
        if len(rest) == 1:
            old = value.get(rest[0])
            if part:
                new = _part_changed(old, part, given, display, _is_whole(value, rest[0]))
            elif isinstance(given.value, dict):
                new = given
            elif steps[0] in _FIGURES and old is not None and isinstance(old.value, dict) and "value" in old.value:
                new = Located({**old.value, "value": given}, old.where)  # its source or assumption stays
            elif steps[0] == "policies" and len(steps) == 3 and rest[0] not in COMMON:
                new = _setting(old, given)
            else:
                new = given
            return Located({**value, rest[0]: new}, current.where)
        below = value.get(rest[0])
        if below is None and steps[0] == "parameters":  # every parameter has a default: a file need not name its section
            below = Located({}, place)
        if below is None:
            raise InputError(f"{display}: no {rest[0]!r} in {above or 'the scenario'}{nearest(rest[0], value)}")
        return Located({**value, rest[0]: put(below, rest[1:])}, current.where)

    return put(node, steps)


def _in_force(policies: Located, name: str, given: Located, display: str) -> Located:
    """Return the policies with or without one of them."""
    if not isinstance(given.value, bool):
        raise InputError(f"{display}: {given.value!r} is not true or false")
    if name not in policies.value:
        raise InputError(f"{display}: no policy {name!r}{nearest(name, policies.value)}")
    return policies if given.value else Located({key: one for key, one in policies.value.items() if key != name}, policies.where)


def _setting(old: Located | None, given: Located) -> Located:
    """Return a setting with one value, the same at all places and dates; what the file says of why stays, and its range is stretched to the value."""
    said: dict[str, Located] = dict(old.value) if old is not None and isinstance(old.value, dict) and set(RESERVED) & set(old.value) else {}
    kept = {key: one for key, one in said.items() if key not in ("by_place", "schedule")} | {"value": given}
    if not {"clause", "assumption"} & set(kept):
        kept["assumption"] = Located("--set", given.where)
    ends = kept["range"].value if "range" in kept else None
    numbers = [one.value for one in ends] if isinstance(ends, list) else []
    if len(numbers) == 2 and all(isinstance(one, int | float) and not isinstance(one, bool) for one in (*numbers, given.value)):
        kept["range"] = Located([Located(min(numbers[0], given.value), given.where), Located(max(numbers[1], given.value), given.where)], given.where)
    return Located(kept, given.where)


def wiped(node: Located, dotted: str, text: str, written: Where | None = None) -> str | None:
    """Return one line on values by place or date that a bare value of a setting replaces along with the others, and how to keep them; None where none are lost.

    Args:
        node: the document before it is set.
        dotted: path of the value.
        text: the value as it is written; a mapping is a whole setting, and says itself what it holds.
        written: where a file says so; None is on the command line.
    """
    steps = dotted.split(".")
    if len(steps) != 3 or steps[0] != "policies" or "@" in dotted:
        return None
    for step in steps:
        if not isinstance(node.value, dict) or step not in node.value:
            return None
        node = node.value[step]
    display = f"--set {dotted}" if written is None else f"{written}: settings.{dotted}"
    given = parse_document(f"value: {text}", display).value["value"].value
    said = node.value if isinstance(node.value, dict) else {}
    several = {name: said[name].value for name in ("by_place", "schedule") if name in said and isinstance(said[name].value, dict)}
    lost = [f"{key} {one.value}" for each in several.values() for key, one in each.items() if one.value != given]
    if given is None or isinstance(given, dict) or not lost:
        return None
    kept = f"{dotted}@{OTHERS}={text} keeps that" if "schedule" not in several else f"{dotted}@PART={text} sets one part alone"
    return f"{display}: also replaces what the file says of {', '.join(lost)}; {kept}"


def _is_whole(policy: dict[str, Located], setting: str) -> bool:
    """Tell whether a setting of a policy is counted in whole numbers."""
    named = policy.get("instrument")
    kind = Instrument.named(named.value) if named is not None else None
    return kind is not None and setting in kind.levers and kind.levers[setting].kind == "integer"


def _part_changed(old: Located | None, part: str, given: Located, display: str, whole: bool) -> Located:
    """Return a setting as it is written with another value of a part (``uneven.changed`` does the same to one that was read)."""
    said: dict[str, Located] = old.value if old is not None and isinstance(old.value, dict) else {}
    several = {name: said[name].value for name in ("by_place", "schedule") if name in said and isinstance(said[name].value, dict)}
    if not several:
        raise InputError(f"{display}: has one value in this scenario, the same at all places and dates; leave out '@{part}'")
    if part == EVERY:
        return _setting(old, given)
    if part == OTHERS and "by_place" in several and "schedule" not in several:
        return Located({**said, "value": given}, given.where)
    if part == SCALE:
        by = given.value
        if isinstance(by, bool) or not isinstance(by, int | float):
            raise InputError(f"{display}: {by!r} is not a number")

        def times(one: Located) -> Located:
            number = one.value
            return Located(scaled(number, by, whole), given.where) if isinstance(number, int | float) and not isinstance(number, bool) else one

        plain = {"value": times(said["value"])} if "value" in said and "schedule" not in several else {}
        grown = {name: Located({key: times(one) for key, one in each.items()}, given.where) for name, each in several.items()}
        return Located({**said, **plain, **grown}, given.where)
    for name, each in several.items():
        key = next((key for key in each if key == part or (name == "schedule" and _quarter(key) == (_quarter(part) or part))), None)
        if key is not None:
            return Located({**said, name: Located({**each, key: given}, given.where)}, given.where)
    known = [EVERY, SCALE, *([OTHERS] if "schedule" not in several else []), *(_quarter(key) or key for each in several.values() for key in each)]
    raise InputError(f"{display}: no part {part!r}{nearest(part, known)} (parts: {', '.join(known)})")


def _quarter(text: Any) -> str | None:
    """Return the quarter of a day or quarter as it is written; None of another text."""
    if isinstance(text, str) and _QUARTER.fullmatch(text):
        return text
    try:
        return quarters.label(quarters.quarter_of(datetime.date.fromisoformat(text)))
    except (TypeError, ValueError):
        return None
