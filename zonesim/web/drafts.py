"""A draft: a scenario's policies as the editor's form has them, and the document that it makes.

Fields of the form are called by what they hold, the policy's label and the setting: ``p.LABEL`` (its instrument), ``on.LABEL``, ``start.LABEL``,
``end.LABEL``, ``s.LABEL.KEY`` (a value), ``w.LABEL.KEY.NAME`` (a share or weight), ``y.LABEL.KEY.0`` (a year), ``b.LABEL.KEY.PLACE`` and
``d.LABEL.KEY.DATE`` (a value at a place, from a date). What was not changed stays in the document as it was written.
"""

from __future__ import annotations

import copy
import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from werkzeug.datastructures import MultiDict

from zonesim import quarters
from zonesim.errors import InputError, nearest
from zonesim.policies.instrument import RESERVED, Instrument, Lever
from zonesim.scenario import Scenario, reader
from zonesim.web.words import say

LABEL = re.compile(r"[a-z][a-z0-9_]{0,39}")
MOST_POLICIES, LONGEST_NAME = 150, 60
TEXTS = ("map", "assignment")  #: kinds that are written as text


@lru_cache(maxsize=1)
def kinds() -> dict[str, type[Instrument]]:
    """Return every instrument by name; looked for once."""
    return Instrument.kinds()


@dataclass
class Entry:
    """A policy of a draft: its entry in the document, and whether it is switched on."""

    raw: dict[str, Any]
    on: bool = True

    @property
    def kind(self) -> type[Instrument]:
        """Its instrument."""
        return kinds()[self.raw["instrument"]]

    def setting(self, key: str) -> dict[str, Any]:
        """Return a setting with all its parts; the default where the document says nothing."""
        one, given = self.kind.levers[key], self.raw.get(key)
        if given is None:
            return {"value": one.default}
        if isinstance(given, dict) and (set(given) & set(RESERVED)):
            return {"value": one.default, **given} if "schedule" not in given else dict(given)
        return {"value": given}


@dataclass
class Draft:
    """What the editor shows: where it began, its name, its policies."""

    base: str
    name: str = ""
    policies: dict[str, Entry] = field(default_factory=dict)
    changed: set[tuple[str, str]] = field(default_factory=set)  #: label and setting (``on``, ``start``, ``end``) that differ from the base


def draft_of(scenario: Scenario, reference: str, lang: str) -> Draft:
    """Return a draft of a scenario as it is."""
    policies = {label: Entry(copy.deepcopy(raw)) for label, raw in (scenario.resolved.get("policies") or {}).items() if raw}
    return Draft(reference, getattr(scenario.name, lang) if reference.startswith("own/") else "", policies)


def read(form: MultiDict[str, str], base: Scenario, reference: str, lang: str) -> Draft:
    """Return the draft that a form describes.

    Args:
        form: its fields.
        base: the scenario where the editor began.
        reference: of the base.
        lang: language of what is noted on a changed value.

    Raises:
        InputError: the form was not made by the editor (an unknown instrument or label).
    """
    draft = Draft(reference, form.get("name", "").strip()[: 4 * LONGEST_NAME])
    known = base.resolved.get("policies") or {}
    labels = [key.removeprefix("p.") for key in form if key.startswith("p.")]
    if len(labels) > MOST_POLICIES:
        raise InputError(f"{len(labels)} policies; at most {MOST_POLICIES} can be edited")
    for label in labels:
        name = form[f"p.{label}"]
        if not LABEL.fullmatch(label) or name not in kinds() or (known.get(label) or {"instrument": name})["instrument"] != name:
            raise InputError(f"{label[:40]!r}: {name[:40]!r} is no instrument{nearest(name, kinds())}")
        was = copy.deepcopy(known.get(label)) or new_policy(name, base, lang)
        entry = draft.policies[label] = Entry(was, f"on.{label}" in form)
        if not entry.on or label not in known:
            draft.changed.add((label, "on"))
        for key in ("start", "end"):
            _read_date(draft, label, key, form.get(f"{key}.{label}"))
        for key, one in entry.kind.levers.items():
            _read_setting(draft, label, key, one, form, lang)
    return draft


def _read_date(draft: Draft, label: str, key: str, text: str | None) -> None:
    raw = draft.policies[label].raw
    if text is None or text.strip() == (raw.get(key) or ""):
        return
    draft.changed.add((label, key))
    if text.strip():
        raw[key] = text.strip()
    else:
        raw.pop(key, None)


def _read_setting(draft: Draft, label: str, key: str, one: Lever, form: MultiDict[str, str], lang: str) -> None:
    entry = draft.policies[label]
    was = entry.setting(key)
    now = copy.deepcopy(was)
    value = _value(label, key, one, form, was.get("value"))
    if "value" in was:
        now["value"] = value
    for part, letter in (("by_place", "b"), ("schedule", "d")):
        for name in was.get(part, {}):
            if (text := form.get(f"{letter}.{label}.{key}.{name}")) is not None:
                now[part][name] = typed(text)
    if now == was:
        return
    draft.changed.add((label, key))
    before = was.get("value", was.get("schedule"))
    now.pop("range", None)  # of the assumption that is replaced; the lever's own range still holds
    now["assumption"] = say("editor.noted", lang, before=reader_text(before))
    entry.raw[key] = now


def _value(label: str, key: str, one: Lever, form: MultiDict[str, str], was: Any) -> Any:
    """Return the value of a setting as a form has it; what it was where the form does not say."""
    name = f"{label}.{key}"
    if one.kind == "set":
        return form.getlist(f"s.{name}") if f"m.{name}" in form else was
    if one.kind == "years":
        texts = [form.get(f"y.{name}.{k}") for k in (0, 1)]
        return was if None in texts else [typed(text or "") for text in texts]
    if one.kind in ("shares", "weights"):
        if f"m.{name}" not in form:
            return was
        given = {part: typed(text) for part in one.allowed if (text := form.get(f"w.{name}.{part}", "").strip())}
        return was if _same_numbers(given, was) else given
    if f"s.{name}" not in form:
        return was
    text = form[f"s.{name}"]
    if one.kind == "switch":
        return text == "true" if text in ("true", "false") else text
    if one.kind == "choice":
        return text
    found = typed(text)
    return was if isinstance(found, int | float) and not isinstance(found, bool) and found == was and not isinstance(was, bool) else found


def _same_numbers(given: dict[str, Any], was: Any) -> bool:
    return isinstance(was, dict) and given == {key: value for key, value in was.items()}


def typed(text: str) -> Any:
    """Return what the strict reader would make of a text; the text itself where it cannot read it (a check then says so).

    >>> typed("0.5"), typed("12"), typed("abc"), typed("010"), typed("{a: 1}")
    (0.5, 12, 'abc', '010', {'a': 1})
    """
    if "\n" in text.strip():
        text = " ".join(text.split())
    try:
        return reader.plain(reader.parse_document(f"value: {text}", "value"))["value"]
    except InputError:
        return text


def reader_text(value: Any) -> str:
    """Return a value as one would write it in a scenario, on one line.

    >>> reader_text({"a": 0.5, "b": "x"}), reader_text([2015, 2017]), reader_text(True), reader_text("none")
    ('{a: 0.5, b: x}', '[2015, 2017]', 'true', 'none')
    """
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {reader_text(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(reader_text, value)) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else f"{value:.12g}" if isinstance(value, float) else str(value)


def new_policy(name: str, base: Scenario, lang: str) -> dict[str, Any]:
    """Return the entry of a policy that is added: every lever at the catalogue's default, in force from the package's own first day."""
    kind = kinds()[name]
    starts = [one.start for one in base.instruments if one.start.year > 1]
    clauses = dict.fromkeys(clause for one in kind.levers.values() for clause in one.clauses)
    raw: dict[str, Any] = {"instrument": name, "clause": "; ".join(clauses), "start": min(starts, default=quarters.first_day(base.start)).isoformat()}
    for key, one in kind.levers.items():
        if not one.is_option:
            raw[key] = {"value": copy.deepcopy(one.default), "assumption": say("editor.default", lang)}
    return raw


def document(draft: Draft, base: Scenario, identity: str, lang: str) -> dict[str, Any]:
    """Return the whole document of a draft, under a name."""
    made = copy.deepcopy({key: value for key, value in base.resolved.items() if key != "policies"})
    made["policies"] = {label: copy.deepcopy(entry.raw) for label, entry in draft.policies.items() if entry.on}
    made["id"] = identity
    made["name"] = {"zh": draft.name, "en": draft.name}
    made["description"] = {one: say("editor.described", one, base=getattr(base.name, one), n=len(draft.changed)) for one in ("zh", "en")}
    return made
