"""What a scenario gives for a setting of an instrument: read, checked, and every problem noted with its path."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from typing import Any

from zonesim import quarters
from zonesim.errors import InputError, nearest
from zonesim.policies.clauses import miscited
from zonesim.policies.lever import MAPPINGS, Lever, Setting
from zonesim.policies.site import Mask, SiteInfo

Problem = tuple[tuple[str | int, ...], str]
RESERVED = ("value", "by_place", "schedule", "clause", "assumption", "range")


def read_date(raw: Mapping[str, Any], key: str, problems: list[Problem]) -> datetime.date | None:
    """Return a day that a policy names, or None when it is open; add what is wrong to the problems."""
    text = raw.get(key)
    if text is None or text == "open":
        return None
    try:
        return datetime.date.fromisoformat(text)
    except (TypeError, ValueError):
        problems.append(((key,), f"{text!r} is not a date; write it as 2015-06-05"))
        return None


def read_names(names: Any, select: Callable[[Any], Mask], path: tuple[str], problems: list[Problem]) -> Mask | None:
    """Return the places or industries that a list of names selects; add what is wrong to the problems."""
    if not isinstance(names, list) or not names or not all(isinstance(n, str) for n in names):
        problems.append((path, f"{names!r} is not a list of names"))
        return None
    try:
        return select(names)
    except InputError as error:
        problems.append((path, str(error)))
        return None


def read_setting(raw: Any, one: Lever, clause: str, path: tuple[str | int, ...], site: SiteInfo, problems: list[Problem]) -> Setting:
    """Return one setting as a scenario writes it: a plain value or a mapping; add what is wrong to the problems."""
    full = isinstance(raw, Mapping) and (one.kind not in MAPPINGS or any(key in RESERVED for key in raw))
    entry: Mapping[str, Any] = raw if full else {"value": raw}
    for key in entry:
        if key not in RESERVED:
            problems.append(((*path, key), f"not part of a setting{nearest(key, RESERVED)} (allowed: {', '.join(RESERVED)})"))

    def checked(value: Any, *steps: str | int) -> Any:
        wrong = one.check(value, site)
        if wrong:
            problems.append(((*path, *steps) if full else path, f"{wrong}"))
        return value

    value = checked(entry["value"], "value") if "value" in entry else one.default
    if "by_place" in entry and "value" not in entry:
        problems.append((path, "by_place needs a 'value' for all other places"))
    by_place: list[tuple[str, Any]] = []
    if "by_place" in entry:
        if one.kind not in ("number", "integer") or not isinstance(entry["by_place"], Mapping):
            problems.append(((*path, "by_place"), "only numbers may differ by place, as a mapping of places to numbers"))
        else:
            for name, each in entry["by_place"].items():
                try:
                    site.select([name])
                except InputError as error:
                    problems.append(((*path, "by_place", name), str(error)))
                by_place.append((name, checked(each, "by_place", name)))
    schedule: list[tuple[int, Any]] = []
    if "schedule" in entry:
        if not isinstance(entry["schedule"], Mapping):
            problems.append(((*path, "schedule"), "a schedule is a mapping of dates to values"))
        else:
            for text, each in entry["schedule"].items():
                try:
                    schedule.append((quarters.quarter_of(datetime.date.fromisoformat(text)), checked(each, "schedule", text)))
                except ValueError:
                    problems.append(((*path, "schedule", text), f"{text!r} is not a date; write it as 2015-06-05"))
            schedule.sort(key=lambda pair: pair[0])
    if not {"value", "by_place", "schedule"} & set(entry):
        problems.append((path, "gives no value, by_place or schedule"))
    bounds = entry.get("range")
    if bounds is not None and not (isinstance(bounds, list) and len(bounds) == 2 and all(isinstance(b, int | float) for b in bounds)):
        problems.append(((*path, "range"), f"{bounds!r} is not [low, high]"))
        bounds = None
    elif bounds is not None and bounds[0] > bounds[1]:
        problems.append(((*path, "range"), f"range {bounds} is upside down: the lower end stands first"))
        bounds = None
    if bounds is not None and isinstance(value, int | float) and not isinstance(value, bool) and "value" in entry and not bounds[0] <= value <= bounds[1]:
        problems.append(((*path, "value"), f"{value} is outside its own range {bounds}"))
    own, assumption = entry.get("clause", ""), entry.get("assumption", "")
    if isinstance(own, str):
        problems += [((*path, "clause"), wrong) for wrong in miscited(own)]
    if not one.is_option and not one.given and not assumption and not own:
        problems.append(
            (
                path,
                "no document gives this value: say why with 'assumption' (or name the clause that gives it with 'clause')",
            )
        )
    if not one.is_option and not (own or assumption or clause):
        problems.append((path, "names neither a clause nor an assumption"))
    return Setting(value, tuple(by_place), tuple(schedule), own or clause, assumption, tuple(bounds) if bounds else None)
