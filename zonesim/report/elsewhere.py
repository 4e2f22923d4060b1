"""Where jobs change outside a zone, and where they are lost although the package holds there; which measures hold is read from the inputs, a cause is not named: none is measured."""

from __future__ import annotations

import pandas as pd

from zonesim.report.figures.verdicts import by_chance, counted, few, sorted_out, told, verdict
from zonesim.report.figures.where import in_order, inside, once
from zonesim.report.scenes import Scene
from zonesim.report.texts import say
from zonesim.report.view import View
from zonesim.report.words import Lang, joined, prose

JOBS, PRODUCT = "employment", "gdp"


def changed_outside(view: View, scene: Scene, zone: str, lang: Lang) -> str:
    """Say in which other zones and places a change of jobs can be told from zero in the last year, and how many measures hold there."""
    family = {zone, *(str(one["id"]) for one in view.run.get("zones", []) if zone in (one["id"], one["parent"]))}
    parents = {str(one["parent"]) for one in view.run.get("zones", []) if one["id"] == zone and one["parent"]}
    table = _changes(view, scene, JOBS)
    rows = [row for row in table.itertuples() if row.level in ("zone", "outside") and row.place not in family | parents]
    if not rows or any(verdict(row) == "alone" for row in rows):
        return ""
    found = sorted_out(rows)
    up, down = (few([told(view, str(row.unit), lang, row) for row in found[kind]], lang) for kind in ("up", "down"))
    kind = "both" if up and down else "up" if up else "down" if down else "none"
    left = counted(found, lang)
    said = [say(f"summary.where.parts.{kind}", lang, up=up, down=down, n=len(rows), counts=left)]
    if left and kind != "none":
        said.append(say("summary.where.parts.rest", lang, counts=left))
    covered = covering(view, scene)
    sure = found["up"][:3] + found["down"][:3]
    if covered is not None and sure:
        names = {str(row.place): view.place(str(row.place), lang) for row in sure}
        held = [say("summary.where.count", lang, place=name, n=covered.get(place, 0)) for place, name in names.items() if covered.get(place, 0)]
        free = [name for place, name in names.items() if not covered.get(place, 0)]
        said += [say("summary.where.covered", lang, counts=joined(held, lang))] if held else []
        said += [say("summary.where.uncovered", lang, places=joined(free, lang))] if free else []
    if sure:
        said += [say("summary.where.unmeasured", lang), by_chance(len(rows), lang)]
    return prose(said, lang)


def lost_within(view: View, scene: Scene, lang: Lang) -> str:
    """Say which place that the scenario's own measures cover has the largest loss that can be told from zero, in jobs and in product."""
    covered = covering(view, scene) or {}
    said, seen = [], 0
    for indicator in (JOBS, PRODUCT):
        rows = [row for row in _changes(view, scene, indicator).itertuples() if row.level in ("zone", "park", "outside") and covered.get(str(row.place), 0)]
        losers = sorted_out(rows)["down"]
        seen += len(rows)
        if losers:
            worst = min(losers, key=lambda row: float(row.effect))
            facts = {
                "place": view.place(str(worst.place), lang),
                "n": covered[str(worst.place)],
                "effect": told(view, str(worst.unit), lang, worst, named=False),
            }
            said.append(say("summary.where.lost", lang, indicator=inside(view.indicator(indicator, lang)), **facts))
    return prose([*said, say("summary.where.unknown", lang), by_chance(seen, lang)], lang) if said else ""


def covering(view: View, scene: Scene) -> dict[str, int] | None:
    """Return how many of the measures in which a scenario differs from the baseline cover each place and zone; None where the record does not say."""
    if not all("covers" in one for one in scene.dates):
        return None
    changed = {parts[1] for parts in (str(one["path"]).split(".") for one in scene.differences) if parts[0] == "policies" and len(parts) > 1}
    parents = {str(one["id"]): str(one["parent"] or "") for one in view.run.get("zones", [])}
    home = {str(one["id"]): str(one["zone"] or "") for one in view.run.get("places", [])}
    count: dict[str, int] = {}
    for one in scene.dates:
        if one["label"] in changed:
            zones = {home.get(place, "") for place in one["covers"]}
            for place in {*one["covers"], *zones, *(parents.get(zone, "") for zone in zones)} - {""}:
                count[place] = count.get(place, 0) + 1
    return count


def _changes(view: View, scene: Scene, indicator: str) -> pd.DataFrame:
    """Return the effects on an indicator in the last year, each piece of land once."""
    if "effects" not in view.has:
        return pd.DataFrame(columns=["level"])
    table = view.effects([indicator], (), [view.years[-1]])
    table = table[table["scenario"] == scene.id]
    return table.assign(level="") if table.empty else once(view, in_order(view, table))
