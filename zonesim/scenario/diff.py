"""What differs between the inputs of two scenarios, with clauses and dates."""

from __future__ import annotations

from typing import Any

from zonesim.policies.instrument import Instrument
from zonesim.scenario.schema import Scenario

VARYING, REASONS = ("by_place", "schedule"), ("clause", "assumption", "range", "source")


def _show(value: Any) -> Any:
    """Return a value as a reader would write it: alone, or with what holds by place and by date."""
    if isinstance(value, dict) and set(value) & {"value", *VARYING} and set(value) <= {"value", *VARYING, *REASONS}:
        parts = {key: _show(value[key]) for key in ("value", *VARYING) if key in value}
        return parts["value"] if set(parts) == {"value"} else parts
    if isinstance(value, dict):
        return {key: _show(one) for key, one in value.items()}
    if isinstance(value, float) and value == int(value) and abs(value) < 1e15:
        return int(value)
    return value


def _flatten(value: Any, path: tuple[str, ...]) -> dict[tuple[str, ...], Any]:
    if isinstance(value, dict) and not ("value" in value and {"source", "assumption", "clause", "by_place", "schedule"} & set(value)):
        out: dict[tuple[str, ...], Any] = {}
        for key in sorted(value):
            out |= _flatten(value[key], (*path, key))
        return out
    return {path: value}


def differences(baseline: Scenario, reform: Scenario) -> list[dict[str, Any]]:
    """Return every input that differs: path, both values, clause, dates, and the setting's name in both languages.

    The scenarios' own names and targets are left out: they change nothing in a run.
    """
    skip = ("id", "name", "description", "targets", "zonesim")
    rows: list[dict[str, Any]] = []
    one = {k: v for k, v in baseline.resolved.items() if k not in (*skip, "policies")}
    two = {k: v for k, v in reform.resolved.items() if k not in (*skip, "policies")}
    first, second = _flatten(one, ()), _flatten(two, ())
    for path in sorted(set(first) | set(second)):
        if first.get(path) != second.get(path):
            rows.append(_row(".".join(path), first.get(path), second.get(path)))
    kinds = Instrument.kinds()
    p, q = baseline.resolved.get("policies") or {}, reform.resolved.get("policies") or {}
    for label in sorted(set(p) | set(q)):
        a, b = p.get(label) or {}, q.get(label) or {}
        if a == b:
            continue
        entry = b or a
        kind = kinds[entry["instrument"]]
        settings = [key for key in {**(kinds[a["instrument"]].levers if a else {}), **kind.levers} if key in a or key in b]
        changed = [key for key in settings if a.get(key) != b.get(key)]
        common = [key for key in ("instrument", "start", "end", "places", "industries", "clause") if a and b and a.get(key) != b.get(key)]
        for key in [*common, *changed] or (["instrument"] if not (a and b) else []):  # a policy without settings is there, or it is not
            meaning = kind.levers.get(key)
            own = b[key] if key in b else a.get(key)
            clause = own.get("clause") if isinstance(own, dict) else None
            rows.append(
                _row(
                    f"policies.{label}.{key}", a.get(key), b.get(key), clause or entry.get("clause", ""), entry.get("start"),
                    entry.get("end"), meaning.zh if meaning else "", meaning.en if meaning else "", entry.get("places", [kind.default_places]),
                    own.get("assumption", "") if isinstance(own, dict) else "",
                )
            )  # fmt: skip
    return rows


def _row(
    path: str, before: Any, after: Any, clause: str = "", start: Any = None, end: Any = None, zh: str = "", en: str = "", places: Any = None,
    assumption: str = "",
) -> dict[str, Any]:  # fmt: skip
    return {
        "path": path, "baseline": _show(before), "reform": _show(after), "clause": clause or "", "from": start or "", "to": end or "",
        "zh": zh, "en": en, "places": places or [], "assumption": assumption,
    }  # fmt: skip


def written(row: dict[str, Any]) -> str:
    """Return a difference as a line: both values, by place and date where they vary, clause, dates, places, and * with the reason for what no document gives.

    >>> written({"path": "policies.a.x", "baseline": 0.3, "reform": {"value": 0.5, "by_place": {"p": 0.7}, "schedule": {"2016-01-01": 0.6}}, "clause": "004§1",
    ...          "from": "2015-01-01", "to": "", "places": ["z"], "assumption": "why"})
    'policies.a.x: 0.3 -> 0.5, p: 0.7, from 2016-01-01: 0.6 *  (004§1)  [2015-01-01 .. ]  at z  * assumption: why'
    """
    dates = f"  [{row['from']} .. {row['to']}]" if row["from"] or row["to"] else ""
    clause = f"  ({row['clause']})" if row["clause"] else ""
    places = f"  at {', '.join(row['places'])}" if row["places"] else ""
    star, why = (" *", f"  * assumption: {row['assumption']}") if row["assumption"] else ("", "")
    before, after = _written(row["baseline"]), _written(row["reform"])
    alike = "  (the same value, its reason or range differs)" if before == after else ""
    return f"{row['path']}: {before} -> {after}{star}{alike}{clause}{dates}{places}{why}"


def _written(value: Any) -> str:
    if not (isinstance(value, dict) and set(value) & set(VARYING) and set(value) <= {"value", *VARYING}):
        return str(value)
    parts = [str(value["value"])] if "value" in value else []
    parts += [f"{place}: {one}" for place, one in value.get("by_place", {}).items()]
    return ", ".join(parts + [f"from {date}: {one}" for date, one in value.get("schedule", {}).items()])
