"""What differs between the inputs of a scenario and the baseline's: grouped by theme and policy, with clauses, places and dates."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import Any

from zonesim.report.scenes import Scene
from zonesim.report.texts import say
from zonesim.report.texts.sources import translated
from zonesim.report.view import View
from zonesim.report.words import CHOICES, Lang, choice, day, declared_unit, is_choice, joined, word

THEMES = (
    "fiscal", "land", "entry_and_relocation", "enclaves_and_cooperation", "governance_and_approvals", "infrastructure_and_finance", "innovation_and_talent",
    "environment_and_safety", "evaluation", "industry_and_promotion", "other",
)  # fmt: skip


@dataclass(frozen=True)
class Measure:
    """A policy that differs: its name, clause, places and dates, and rows of setting, baseline, reform, reason."""

    theme: str
    name: str
    clause: str
    where: str
    dates: str
    rows: tuple[tuple[str, str, str, str], ...]


def head(lang: Lang) -> list[str]:
    """Return the headings of a measure's rows."""
    return [word(key, lang) for key in ("setting", "baseline", "reform", "assumption")]


def measures(view: View, scene: Scene, lang: Lang) -> list[Measure]:
    """Return what differs between a scenario and the baseline, policy by policy in the order of themes; other inputs last."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for one in scene.differences:
        parts = str(one["path"]).split(".")
        groups.setdefault(parts[1] if parts[0] == "policies" and len(parts) > 1 else "", []).append(one)
    named = {one["label"]: one for one in (*view.baseline.dates, *scene.dates)}
    found = []
    for label, rows in groups.items():
        first, about = rows[0], named.get(label, {})
        name = str(about.get(lang) or label.replace("_", " ")) if label else say("inputs.other", lang)
        places = joined(list(dict.fromkeys(_place(view, p, lang) for p in first.get("places") or [])), lang)
        dates = (
            say("inputs.dates", lang, start=day(first["from"], lang), end=day(first["to"], lang) if first["to"] else say("inputs.open", lang))
            if first["from"]
            else ""
        )
        found.append(Measure(about.get("theme", "other"), name, str(first["clause"] or ""), places, dates, tuple(row_of(view, one, lang) for one in rows)))
    return sorted(found, key=lambda one: (THEMES.index(one.theme) if one.theme in THEMES else len(THEMES), one.clause))


def row_of(view: View, one: dict[str, Any], lang: Lang, *, measured: bool = True) -> tuple[str, str, str, str]:
    """Return a difference as people write it: the setting (with its unit), both values, and the reason."""
    label = one["zh"] if lang == "zh" else one["en"]
    if not label:
        parts = str(one["path"]).split(".")
        label = say(f"field.{parts[-1]}", lang) if parts[0] == "policies" else _path(one["path"], lang)
    lever = str(one["path"]).rsplit(".", 1)[-1]
    unit_of = _units().get(lever, "")
    measured = measured and any(isinstance(one[key], int | float) and not isinstance(one[key], bool) for key in ("baseline", "reform"))
    if unit_of and measured:
        label = say("inputs.with_unit", lang, label=label, unit=declared_unit(unit_of, lang))
    reason = one.get(f"assumption_{lang}") or translated(one.get("assumption", ""), lang)
    return str(label), _value(view, one["baseline"], lang, lever), _value(view, one["reform"], lang, lever), str(reason)


@functools.cache
def _units() -> dict[str, str]:
    """Return the unit of every lever."""
    from zonesim.policies.catalogue import lever_rows

    return {str(row["id"]): str(row["unit"]) for row in lever_rows()}


def _value(view: View, value: Any, lang: Lang, lever: str) -> str:
    """Return a setting's value, industries and places by their names."""
    if isinstance(value, list):
        return joined([_value(view, one, lang, lever) for one in value], lang)
    if isinstance(value, dict):
        if set(value) & {"value", "by_place", "schedule"}:
            return "; ".join(_value(view, value[key], lang, lever) for key in ("value", "by_place", "schedule") if key in value)
        return joined([f"{_value(view, key, lang, lever)} → {_value(view, one, lang, lever)}" for key, one in value.items()], lang)
    if isinstance(value, str) and not is_choice(value, lever):
        named = {str(one["id"]): str(one[lang]) for one in view.run.get("industries", [])}
        return named.get(value) or (day(value, lang) if re.fullmatch(r"\d{4}-\d\d-\d\d", value) else view.place(value, lang))
    return choice(value, lang, lever)


def _path(path: str, lang: Lang) -> str:
    """Return what a setting outside the policies is called: the name of a parameter, or its path in words."""
    from zonesim.report.sweeps import factor_names

    both = factor_names().get(path.removeprefix("parameters."))
    return both[lang == "en"] if both else joined([word(part, lang) for part in path.split(".")], lang)


def _place(view: View, name: str, lang: Lang) -> str:
    if name == "all":
        return say("inputs.everywhere", lang)
    return choice(name, lang) if name in CHOICES else view.place(name, lang)
