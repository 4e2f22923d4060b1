"""What the editor's page shows of a draft: policies by theme, each lever with its range, unit, clause and the document's value."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from zonesim.policies.clauses import cited
from zonesim.policies.instrument import Instrument, Lever
from zonesim.report.texts.sources import translated
from zonesim.report.words import choice, declared_unit
from zonesim.scenario import Scenario
from zonesim.web.drafts import TEXTS, Draft, Entry, kinds, reader_text
from zonesim.web.problems import Problem
from zonesim.web.words import instrument_name, say, texts

GROUPS = (
    "land", "entry_and_relocation", "fiscal", "governance_and_approvals", "evaluation", "enclaves_and_cooperation", "industry_and_promotion",
    "infrastructure_and_finance", "innovation_and_talent", "environment_and_safety",
)  # fmt: skip


def group_of(kind: type[Instrument]) -> str:
    """Return the theme of an instrument: that of its first lever."""
    return next((one.group for one in kind.levers.values() if not one.is_option), GROUPS[0])


def sections(draft: Draft, package: Scenario | None, problems: Iterable[Problem], lang: str) -> list[dict[str, Any]]:
    """Return the policies of a draft by theme, as the page shows them.

    Args:
        draft: its policies.
        package: the package of the documents for the region, whose values are "the document's".
        problems: what is wrong with it.
        lang: language.
    """
    wrong = list(problems)
    said: dict[str, list[dict[str, Any]]] = {}
    written = (package.resolved.get("policies") or {}) if package is not None else {}
    for label, entry in draft.policies.items():
        document = Entry(written[label]) if written.get(label) and written[label]["instrument"] == entry.raw["instrument"] else None
        said.setdefault(group_of(entry.kind), []).append(_policy(draft, label, entry, document, wrong, lang))
    order = [*GROUPS, *sorted(set(said) - set(GROUPS))]
    return [{"id": group, "name": _group_name(group, lang), "policies": said[group]} for group in order if group in said]


def _group_name(group: str, lang: str) -> str:
    return say(f"group.{group}", lang) if f"group.{group}" in texts() else group.replace("_", " ")


def _policy(draft: Draft, label: str, entry: Entry, document: Entry | None, problems: list[Problem], lang: str) -> dict[str, Any]:
    mine = [one for one in problems if one.label == label]
    places = entry.raw.get("places")
    return {
        "label": label, "instrument": entry.raw["instrument"], "name": instrument_name(entry.kind, lang), "on": entry.on, "start": entry.raw.get("start") or "",
        "end": entry.raw.get("end") or "", "doc": _purpose(entry.kind),
        "places": choice(places, lang) if places else choice([entry.kind.default_places], lang),
        "problems": [one.text for one in mine if one.key not in entry.kind.levers and one.key not in ("start", "end")],
        "dates": {key: [one.text for one in mine if one.key == key] for key in ("start", "end")},
        "levers": [_lever(draft, label, key, one, entry, document, [p.text for p in mine if p.key == key], lang) for key, one in entry.kind.levers.items()],
    }  # fmt: skip


def _purpose(kind: type[Instrument]) -> str:
    return (kind.__doc__ or "").strip().splitlines()[0] if kind.__doc__ else ""


def _lever(draft: Draft, label: str, key: str, one: Lever, entry: Entry, document: Entry | None, problems: list[str], lang: str) -> dict[str, Any]:
    setting = entry.setting(key)
    value = setting.get("value")
    reason = "" if (label, key) in draft.changed else translated(setting.get("assumption", ""), lang)
    return {
        "key": key, "name": getattr(one, lang), "kind": "text" if one.kind in TEXTS else one.kind, "unit": declared_unit(one.unit, lang) if one.kind in ("number", "integer") else "",
        "range": f"{one.low:g} – {one.high:g}" if one.low is not None and one.high is not None else "", "low": one.low, "high": one.high,
        "has_value": "value" in setting, "value": value, "text": reader_text(value), "by_place": _named(setting.get("by_place", {})),
        "schedule": _named(setting.get("schedule", {})), "options": [{"value": name, "name": choice(name, lang, key)} for name in one.allowed],
        "changed": (label, key) in draft.changed, "problems": problems, "document": _document(key, one, document, lang), "reason": reason,
        "clauses": cited("; ".join(one.clauses)),
    }  # fmt: skip


def _named(values: dict[str, Any]) -> list[dict[str, str]]:
    return [{"name": name, "text": reader_text(one)} for name, one in values.items()]


def _document(key: str, one: Lever, document: Entry | None, lang: str) -> str:
    """Return what the documents say: the value in the region's package, or else the catalogue's default."""
    if document is None or key not in document.raw:
        return say("editor.catalogue", lang, value=choice(one.default, lang, key))
    setting = document.setting(key)
    value = setting.get("value", setting.get("schedule"))
    return say("editor.assumed" if setting.get("assumption") else "editor.document", lang, value=choice(value, lang, key))


def addable(draft: Draft, lang: str) -> list[dict[str, Any]]:
    """Return the instruments of the catalogue that a draft has not, by theme: id, name and the names of its levers."""
    has = {entry.raw["instrument"] for entry in draft.policies.values()}
    found: dict[str, list[dict[str, str]]] = {}
    for name, kind in kinds().items():
        if name in has or kind.bounds_package:
            continue
        levers = ("、" if lang == "zh" else ", ").join(getattr(one, lang) for one in kind.levers.values() if not one.is_option)
        found.setdefault(group_of(kind), []).append({"id": name, "name": f"{instrument_name(kind, lang)}{say('colon', lang)}{levers}"})
    return [{"name": _group_name(group, lang), "instruments": found[group]} for group in GROUPS if group in found]
