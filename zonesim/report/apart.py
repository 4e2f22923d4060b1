"""Names that tell scenarios apart: what differs between their inputs stands behind a name that several have, a number only where nothing differs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from zonesim.report.scenes import Scene
from zonesim.report.texts import say
from zonesim.report.words import LANGS, Lang

if TYPE_CHECKING:
    from zonesim.report.view import View

LONGEST = {"zh": 16, "en": 30}  #: characters of a setting's name in the name of a scenario
MOST = 2  #: changes that a name tells; the others are counted


def named_apart(view: View, scenes: Sequence[Scene], resolved: Mapping[str, dict[str, Any]]) -> tuple[Scene, ...]:
    """Return the scenarios with names of their own: the first of a name keeps it, each other one says what differs from the first.

    Args:
        view: whose places and industries are named.
        scenes: in their order.
        resolved: the input of each, by id.
    """
    firsts: dict[tuple[Lang, str], Scene] = {}
    taken: dict[Lang, set[str]] = {lang: set() for lang in LANGS}
    found = []
    for scene in scenes:
        names: dict[Lang, str] = {}
        for lang in LANGS:
            name = scene.name(lang)
            first = firsts.setdefault((lang, name), scene)
            if first is not scene and (told := _told(view, resolved[first.id], resolved[scene.id], lang)):
                name = say("scenario.apart", lang, name=name, changes=told)
            own, number = name, 1
            while own in taken[lang]:
                number += 1
                own = f"{name} {number}"
            taken[lang].add(own)
            names[lang] = own
        found.append(replace(scene, zh=names["zh"], en=names["en"]))
    return tuple(found)


def _told(view: View, one: dict[str, Any], other: dict[str, Any], lang: Lang) -> str:
    """Return what differs between two inputs in a few words; empty where nothing does, or this version cannot read them."""
    from zonesim.report.inputs import row_of
    from zonesim.report.paired import differing, rebuilt

    before, after = rebuilt(one, "one"), rebuilt(other, "other")
    if before is None or after is None:
        return ""
    groups: dict[tuple[str, str], list[str]] = {}
    for row in differing(before, after):
        label, was, now, _ = row_of(view, row, lang, measured=False)
        percent = all(isinstance(row[key], int | float) and not isinstance(row[key], bool) and 0 < abs(row[key]) < 1 for key in ("baseline", "reform"))
        shown = tuple(f"{100 * row[key]:g}{'%' if lang == 'zh' else ' %'}" for key in ("baseline", "reform")) if percent else (was, now)
        groups.setdefault((cut(shown[0], lang), cut(shown[1], lang)), []).append(cut(label, lang))
    parts = [
        say("scenario.change" if len(labels) == 1 else "scenario.changes", lang, label=labels[0], more=len(labels) - 1, before=was, after=now)
        for (was, now), labels in groups.items()
    ]
    rest = sum(len(labels) for labels in list(groups.values())[MOST:])
    return say("list.joint", lang).join([*parts[:MOST], *([say("scenario.more", lang, n=rest)] if rest else [])])


def cut(text: str, lang: Lang) -> str:
    """Return a text that is short enough to stand in a name.

    >>> cut("土地计划指标县级留存比例", "zh"), cut("Local retention share of land quota (rest pooled by city)", "en")
    ('土地计划指标县级留存比例', 'Local retention share of…')
    >>> cut("Tax-increment sharing (tax returned)", "en")
    'Tax-increment sharing'
    """
    text = text.partition("（" if lang == "zh" else " (")[0] or text
    if len(text) <= LONGEST[lang]:
        return text
    short = text[: LONGEST[lang] - 1]
    return f"{short[: short.rfind(' ')] if lang == 'en' and ' ' in short else short}…"
