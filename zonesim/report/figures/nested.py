"""Which land stands in which: zones that reach over several counties, parks that are all of their zone, and parks that are a part of one."""

from __future__ import annotations

import pandas as pd

from zonesim.report.view import View

LEVELS = ("city", "county", "zone", "park", "outside")  #: in the order of their rows


def parents(view: View) -> dict[str, str]:
    """Return the committees that are part of another: id -> id of that one."""
    return {str(one["id"]): str(one["parent"]) for one in view.run.get("zones", []) if one.get("parent")}


def only_parks(view: View) -> set[str]:
    """Return the parks that are all of their zone: what is said of the zone is said of them."""
    zones, above = [one["zone"] for one in view.parks()], set(parents(view).values())
    return {str(one["id"]) for one in view.parks() if one["zone"] and zones.count(one["zone"]) == 1 and one["zone"] not in above}


def whole_zones(view: View) -> list[str]:
    """Return the committees that are no part of another: together they hold the land of all zones, each piece once."""
    part = parents(view)
    return [str(one["id"]) for one in view.run.get("zones", []) if str(one["id"]) not in part]


def parks_within(view: View) -> dict[str, str]:
    """Return the parks of zones that have several, as they stand in tables: id -> the zone that is no part of another.

    A park that is all of a committee stands as that committee, which may be part of another; one of a committee that has other parks, or committees
    under it, stands under its own name. Each piece of such a zone's land is in one of them.
    """
    above, alone, found = parents(view), only_parks(view), dict[str, str]()
    for one in view.parks():
        if (zone := str(one["zone"] or "")) and (one["id"] not in alone or zone in above):
            found[zone if one["id"] in alone else str(one["id"])] = above.get(zone, zone)
    return found


def across(view: View) -> set[str]:
    """Return the zones whose parks lie in several counties."""
    above, found = parents(view), dict[str, set[str]]()
    for one in view.parks():
        for zone in {str(one["zone"] or ""), above.get(str(one["zone"]), "")} - {""}:
            found.setdefault(zone, set()).add(str(one["county"]))
    return {zone for zone, counties in found.items() if len(counties) > 1}


def role(view: View, level: str, place: str) -> str:
    """Return what a row of effects is of: ``city``, ``county``, ``outside``, ``zone`` (no part of another), ``part`` of one, or nothing (part, with parts of its own)."""
    if level in ("zone", "park"):
        return "part" if place in parks_within(view) else "zone" if level == "zone" and place not in parents(view) else ""
    return level


def once(view: View, table: pd.DataFrame) -> pd.DataFrame:
    """Return effects by place with each piece of land once at each level: a zone's only park stands in the row of its zone."""
    known = set(table.loc[table["level"] == "zone", "place"])
    zone = {str(one["id"]): str(one["zone"]) for one in view.parks()}
    doubled = {one for one in only_parks(view) if zone[one] in known}
    return table[~((table["level"] == "park") & table["place"].isin(doubled))].reset_index(drop=True)


def in_order(view: View, table: pd.DataFrame) -> pd.DataFrame:
    """Return the places from the region down: zones that reach over several counties, then each county with what lies in it."""
    counties, wide, above = [str(one["id"]) for one in view.run.get("counties", [])], across(view), parents(view)
    county: dict[str, int] = {name: k for k, name in enumerate(counties)} | dict.fromkeys(wide, -1)
    family: dict[str, str] = {}
    for one in view.run.get("places", []):
        at, zone = counties.index(one["county"]) if one["county"] in counties else len(counties), str(one["zone"] or "")
        for name in {str(one["id"]), zone, above.get(zone, "")} - {""}:
            county.setdefault(name, at)
            if zone:
                family[name] = above.get(name, above.get(zone, zone))
    levels = list(LEVELS)

    def key(level: str, place: str) -> tuple[int, int, str, int, str]:
        if level == "city":
            return (-2, 0, "", 0, place)
        inner = 0 if level == "county" else 2 if level == "outside" else 1
        return (county.get(place, len(counties)), inner, family.get(place, ""), levels.index(level) if level in levels else len(levels), place)

    keys = [key(level, place) for level, place in zip(table["level"], table["place"], strict=True)]
    order = sorted(range(len(keys)), key=lambda k: keys[k])
    return table.iloc[order].reset_index(drop=True)
