"""Where jobs change outside a zone, and where they are lost although the package holds there; which measures hold is read from the inputs, a cause is not named: none is measured."""

from __future__ import annotations

from typing import Any

import pandas as pd

from zonesim.report.figures.nested import in_order, once, parents, parks_within, role
from zonesim.report.figures.verdicts import SAID, by_chance, counted, few, sorted_out, told, verdict
from zonesim.report.figures.where import inside
from zonesim.report.scenes import Scene
from zonesim.report.texts import say
from zonesim.report.view import View
from zonesim.report.words import Lang, joined, prose

JOBS, PRODUCT = "employment", "gdp"


def changed_outside(view: View, scene: Scene, zone: str, lang: Lang) -> str:
    """Say in which other zones and places a change of jobs can be told from zero in the last year, and how many measures of a part of the region hold there."""
    rows = _outside(view, scene, zone)
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
    sure = found["up"][:SAID] + found["down"][:SAID]
    if covered is not None and sure:
        names = {str(row.place): view.place(str(row.place), lang) for row in sure}
        held = [say("summary.where.count", lang, place=name, n=covered.get(place, 0)) for place, name in names.items() if covered.get(place, 0)]
        free = [name for place, name in names.items() if not covered.get(place, 0)]
        said += [say("summary.where.covered", lang, counts=joined(held, lang))] if held else []
        said += [say("summary.where.uncovered", lang, places=joined(free, lang))] if free else []
    if sure:
        said.append(say("summary.where.unmeasured", lang))
    return prose(said, lang)


def lost_within(view: View, scene: Scene, lang: Lang, zone: str = "") -> str:
    """Say which places that the scenario's own measures cover have the largest loss that can be told from zero, in jobs and in product: one in zones, one outside.

    Args:
        view: of the results.
        scene: the scenario.
        lang: zh or en.
        zone: whose surroundings have been told (see :func:`changed_outside`): the places that were named there are not told of again.
    """
    named = {str(row.place) for row in sorted_out(_outside(view, scene, zone))["down"][:SAID]} if zone else set()
    said = []
    for indicator, known in ((JOBS, named), (PRODUCT, set[str]())):
        for kinds in (("zone", "part"), ("outside",)):
            losers = sorted_out(_held(view, scene, indicator, kinds))["down"]
            worst = min(losers, key=lambda row: float(row.effect), default=None)
            if worst is not None and str(worst.place) not in known:
                facts = {
                    "place": view.place(str(worst.place), lang),
                    "n": (covering(view, scene) or {})[str(worst.place)],
                    "effect": told(view, str(worst.unit), lang, worst, named=False),
                }
                said.append(say("summary.where.lost", lang, indicator=inside(view.indicator(indicator, lang)), **facts))
    return prose([*said, say("summary.where.unknown", lang)], lang) if said else ""


def looked_at(view: View, scene: Scene, zone: str, lang: Lang) -> str:
    """Return how many of the intervals that :func:`changed_outside` and :func:`lost_within` look at leave zero out by chance, each counted once."""
    seen = {(JOBS, str(row.place)) for row in _outside(view, scene, zone)}
    for indicator in (JOBS, PRODUCT):
        seen |= {(indicator, str(row.place)) for row in _held(view, scene, indicator, ("zone", "part", "outside"))}
    return by_chance(len(seen), lang)


def _outside(view: View, scene: Scene, zone: str) -> list[Any]:
    """Return the changes of jobs outside a zone, each piece of land once: other zones whole, the other parks of the zone that it is a part of, and places outside zones."""
    above, within = parents(view), parks_within(view)
    mine = {zone, *(one for one, of in above.items() if of == zone)}
    around = above.get(zone, zone)
    rows = []
    for row in _changes(view, scene, JOBS).itertuples():
        kind, place = role(view, row.level, row.place), str(row.place)
        if kind == "outside" or (kind == "zone" and place != around) or (kind == "part" and around != zone and within[place] == around and place not in mine):
            rows.append(row)
    return rows


def _held(view: View, scene: Scene, indicator: str, kinds: tuple[str, ...]) -> list[Any]:
    """Return the changes at the places of some kinds that the scenario's own measures cover; of a zone that has several parks its parks."""
    covered, divided = covering(view, scene) or {}, set(parks_within(view).values())
    rows = _changes(view, scene, indicator).itertuples()
    return [row for row in rows if role(view, row.level, row.place) in kinds and row.place not in divided and covered.get(str(row.place), 0)]


def covering(view: View, scene: Scene) -> dict[str, int] | None:
    """Return how many measures of its own a scenario has for each place and zone; None where the record does not say.

    Counted are those in which it differs from the baseline and that change something; not those that hold everywhere alike, which set no place apart.
    """
    if not all("covers" in one for one in scene.dates):
        return None
    changed = {parts[1] for parts in (str(one["path"]).split(".") for one in scene.differences) if parts[0] == "policies" and len(parts) > 1}
    above = parents(view)
    home = {str(one["id"]): str(one["zone"] or "") for one in view.run.get("places", [])}
    count: dict[str, int] = {}
    for one in scene.dates:
        if one["label"] in changed and one.get("acts", True) and len(one["covers"]) < len(home):
            zones = {home.get(place, "") for place in one["covers"]}
            for place in {*one["covers"], *zones, *(above.get(zone, "") for zone in zones)} - {""}:
                count[place] = count.get(place, 0) + 1
    return count


def _changes(view: View, scene: Scene, indicator: str) -> pd.DataFrame:
    """Return the effects on an indicator in the last year, each piece of land once."""
    if "effects" not in view.has:
        return pd.DataFrame(columns=["level"])
    table = view.effects([indicator], (), [view.years[-1]])
    table = table[table["scenario"] == scene.id]
    return table.assign(level="") if table.empty else once(view, in_order(view, table))
