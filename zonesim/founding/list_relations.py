"""What the lines of both lists must be to each other: names once, zones and counties that there are, land within the plan, years before the start."""

from __future__ import annotations

from collections.abc import Iterator

from zonesim.errors import nearest
from zonesim.founding.list_reader import Listed, Problem
from zonesim.units import KM2

SHOWN = 10  #: names that are allowed are told


def _known(names: list[str]) -> str:
    """Return the names that are allowed, the first of many."""
    return ", ".join(names[:SHOWN]) + (f" and {len(names) - SHOWN} more" if len(names) > SHOWN else "")


def _twice(listed: Listed) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for row in listed.rows:
        name = row.get("name")
        if name is None:
            continue
        if name in first:
            yield Problem(row["line"], listed.at["name"], f"{name!r} stands in line {first[name]} already; a name identifies its line")
        first.setdefault(name, row["line"])


def check_zones(areas: Listed) -> Iterator[Problem]:
    """Yield what is wrong between the lines of zones, and between the cells of one."""
    yield from _twice(areas)
    for z in areas.rows:
        ready, planned = z.get("ready"), z.get("planned")
        if ready is not None and planned is not None and ready > planned:
            yield Problem(z["line"], areas.at["ready"], f"ready land of {ready / KM2:.6g} km2 is more than the planned area of {planned / KM2:.6g} km2")


def check_enterprises(firms: Listed, areas: Listed, start: int | None) -> Iterator[Problem]:
    """Yield what is wrong between the lines of enterprises, and with what they say of zones, counties and years.

    Args:
        firms: the list of enterprises.
        areas: the list of zones; where a line of it is broken, no zone and no county is called unknown.
        start: year that the lists describe; ``None`` where it is not known.
    """
    yield from _twice(firms)
    county_of = {z["name"]: z.get("county") for z in areas.rows if z.get("name") is not None}
    zones, counties = list(county_of), sorted({c for c in county_of.values() if c is not None})
    whole = bool(zones) and not any(z.get("name") is None or z.get("county") is None for z in areas.rows) and not areas.broken
    for f in firms.rows:
        zone, county, founded = f.get("zone"), f.get("county"), f.get("founded")
        if zone is not None and zone not in county_of and whole:
            yield Problem(f["line"], firms.at["zone"], f"unknown zone {zone!r} (allowed: {_known(zones)}){nearest(zone, zones)}")
        if county is not None and county not in counties and whole:
            yield Problem(
                f["line"], firms.at["county"], f"unknown county {county!r} (allowed, as counties of zones: {_known(counties)}){nearest(county, counties)}"
            )
        elif county is not None and zone is not None and county_of.get(zone) not in (None, county):
            yield Problem(
                f["line"], firms.at["county"], f"county {county!r}: its zone {zone!r} lies in {county_of[zone]!r} (line {_line(areas, zone)} of the zones)"
            )
        if founded is not None and start is not None and founded > start:
            yield Problem(f["line"], firms.at["founded"], f"year {founded} is after the start in {start}")


def _line(areas: Listed, zone: str) -> int:
    return int(next(z["line"] for z in areas.rows if z.get("name") == zone))


def check_lists(firms: Listed, areas: Listed, start: int | None) -> None:
    """Add to both lists what is wrong between their lines."""
    areas.problems += check_zones(areas)
    firms.problems += check_enterprises(firms, areas, start)
