"""What differs between the inputs of two scenarios, with clauses and dates."""

from __future__ import annotations

from typing import Any

from zonesim.policies.instrument import Instrument
from zonesim.scenario.schema import Scenario


def _show(value: Any) -> Any:
    """Return a value as a reader would write it."""
    if isinstance(value, dict) and "value" in value and len(value) > 1:
        return _show(value["value"])
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
        settings = [key for key in kind.levers if key in a or key in b]
        changed = [key for key in settings if a.get(key) != b.get(key)]
        common = [key for key in ("start", "end", "places", "industries", "clause") if a and b and a.get(key) != b.get(key)]
        for key in changed or common:
            meaning = kind.levers.get(key)
            own = b.get(key) if isinstance(b.get(key), dict) else a.get(key)
            clause = own.get("clause") if isinstance(own, dict) else None
            rows.append(
                _row(
                    f"policies.{label}.{key}", a.get(key), b.get(key), clause or entry.get("clause", ""), entry.get("start"),
                    entry.get("end"), meaning.zh if meaning else "", meaning.en if meaning else "", entry.get("places"),
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
