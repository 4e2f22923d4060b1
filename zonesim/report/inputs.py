"""What differs between the inputs of a scenario and the baseline's: grouped by theme and policy, with clauses, places and dates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from zonesim.report.texts import say
from zonesim.report.texts.sources import translated
from zonesim.report.view import Scene, View
from zonesim.report.words import CHOICES, Lang, choice, day, joined, word

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
        found.append(Measure(about.get("theme", "other"), name, str(first["clause"] or ""), places, dates, tuple(_row(one, lang) for one in rows)))
    return sorted(found, key=lambda one: (THEMES.index(one.theme) if one.theme in THEMES else len(THEMES), one.clause))


def _row(one: dict[str, Any], lang: Lang) -> tuple[str, str, str, str]:
    label = one["zh"] if lang == "zh" else one["en"]
    if not label:
        parts = str(one["path"]).split(".")
        label = say(f"field.{parts[-1]}", lang) if parts[0] == "policies" else _path(one["path"], lang)
    reason = one.get(f"assumption_{lang}") or translated(one.get("assumption", ""), lang)
    return str(label), choice(one["baseline"], lang), choice(one["reform"], lang), str(reason)


def _path(path: str, lang: Lang) -> str:
    """Return what a setting outside the policies is called: the name of a parameter, or its path in words."""
    from zonesim.report.sweeps import factor_names

    both = factor_names().get(path.removeprefix("parameters."))
    return both[lang == "en"] if both else joined([word(part, lang) for part in path.split(".")], lang)


def _place(view: View, name: str, lang: Lang) -> str:
    return choice(name, lang) if name in CHOICES else view.place(name, lang)
