"""A package in another region: its rules for the zones there that stand where its own zones stand here.

The zones of both regions are ranked by their opening GDP. A zone of rank r of n here follows the donor's zone of rank floor(r m / n) of m, so that the
first follows the first, every zone here follows exactly one there, and rules that differ between the donor's zones differ between these in the same
order. Parks follow the parks of that zone by their share of it, counties by theirs of the region.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from zonesim.policies.instrument import Instrument, Lever
from zonesim.scenario import Scenario

YEARS = 1900  #: a lever whose lowest value lies above is a calendar year


def follow(here: Sequence[str], there: Sequence[str]) -> dict[str, str]:
    """Return whom each of ours follows, both ranked.

    >>> follow(["a", "b", "c"], ["x", "y"]), follow(["a"], ["x", "y"])
    ({'a': 'x', 'b': 'x', 'c': 'y'}, {'a': 'x'})
    """
    return {one: there[r * len(there) // len(here)] for r, one in enumerate(here)} if there else {}


class Counterparts:
    """Which places here stand for a place of the donor."""

    def __init__(self, donor: Scenario, base: Scenario) -> None:
        zones = follow(_zones(base), _zones(donor))
        counties = follow(_counties(base), _counties(donor))
        self._models: dict[str, str] = {**zones, **counties, base.region.id: donor.region.id}
        for zone, model in zones.items():
            self._models |= follow(_parks(base, zone), _parks(donor, model))
        for county, model in counties.items():
            self._models |= {f"{county}_{kind}": f"{model}_{kind}" for kind in ("urban", "rural")}
        self._theirs = set(donor.region.zones) | set(donor.region.parks) | set(donor.region.counties) | {donor.region.id}
        self._theirs |= {f"{county}_{kind}" for county in donor.region.counties for kind in ("urban", "rural")}

    def of(self, place: str) -> list[str]:
        """Return the places here that follow a place of the donor; words such as ``parks`` and ``outside`` stand for themselves."""
        if place not in self._theirs:
            return [place]
        return [one for one, model in self._models.items() if model == place]

    def all_of(self, places: Sequence[str]) -> list[str]:
        """Return the places here that follow any of some places, each once."""
        return list(dict.fromkeys(one for place in places for one in self.of(place)))


def _zones(scenario: Scenario) -> list[str]:
    return sorted(scenario.region.zones, key=lambda zone: -float(scenario.founding.zones[zone].gdp.value))


def _parks(scenario: Scenario, zone: str) -> list[str]:
    share = scenario.founding.zones[zone].park_share.value
    return sorted((park for park, one in scenario.region.parks.items() if one.zone == zone), key=lambda park: -share.get(park, 0.0))


def _counties(scenario: Scenario) -> list[str]:
    return sorted(scenario.region.counties, key=lambda county: -scenario.founding.city.county_gdp_share.value.get(county, 0.0))


def transplanted(donor: Scenario, groups: Sequence[str], base: Scenario) -> dict[str, Any]:
    """Return the policies of another region's package as they would stand here.

    Places become their counterparts; a policy whose places no zone here follows falls away. Dates, and settings that are calendar years, are moved
    so that the package's first date is the first of the base's own package.

    Args:
        donor: the other region with its package.
        groups: groups of levers whose policies come; "all" is every one.
        base: where they come to.
    """
    kinds, counterparts = Instrument.kinds(), Counterparts(donor, base)
    starts = [datetime.date.fromisoformat(raw["start"]) for raw in donor.resolved["policies"].values() if raw and raw.get("start")]
    own = [one.start for one in base.instruments if one.start.year > 1]
    shift = (min(own).year - min(starts).year) if own and starts else 0
    out: dict[str, Any] = {}
    for label, raw in donor.resolved["policies"].items():
        if not raw or not in_groups(kinds[raw["instrument"]], groups):
            continue
        entry = dict(raw)
        if "places" in entry:
            entry["places"] = counterparts.all_of(entry["places"])
            if not entry["places"]:
                continue
        for key, one in kinds[raw["instrument"]].levers.items():
            if key in entry:
                entry[key] = _settled(entry[key], one, counterparts, shift)
        if any(one.kind == "map" and key in entry and not _plain(entry[key]) for key, one in kinds[raw["instrument"]].levers.items()):
            continue  # no zone here follows the places of its map
        for key in ("start", "end"):
            if entry.get(key) not in (None, "open"):
                entry[key] = _moved(entry[key], shift)
        out[f"from_{label}"] = entry
    return out


def in_groups(kind: type[Instrument], groups: Sequence[str]) -> bool:
    """Tell whether an instrument has a lever of one of some groups."""
    return "all" in groups or bool({lever.group for lever in kind.levers.values() if not lever.is_option} & set(groups))


def _moved(date: str, shift: int) -> str:
    day = datetime.date.fromisoformat(date)
    return day.replace(year=day.year + shift, day=min(day.day, 28)).isoformat()


def _settled(setting: Any, lever: Lever, counterparts: Counterparts, shift: int) -> Any:
    """Return a setting with its places, dates and years moved."""
    is_entry = isinstance(setting, Mapping) and bool({"value", "by_place", "schedule"} & set(setting))
    if not is_entry:
        return _value(setting, lever, counterparts, shift)
    entry = dict(setting)
    if "value" in entry:
        entry["value"] = _value(entry["value"], lever, counterparts, shift)
    if "by_place" in entry:
        entry["by_place"] = {one: _value(value, lever, counterparts, shift) for place, value in entry["by_place"].items() for one in counterparts.of(place)}
        if not entry["by_place"]:
            del entry["by_place"]
    if "schedule" in entry:
        entry["schedule"] = {_moved(date, shift): _value(value, lever, counterparts, shift) for date, value in entry["schedule"].items()}
    if shift and (lever.kind == "years" or (lever.low or 0) >= YEARS):
        entry.pop("range", None)  # of the years of the document
    return entry


def _plain(setting: Any) -> Any:
    return setting.get("value") if isinstance(setting, Mapping) and "value" in setting else setting


def _value(value: Any, lever: Lever, counterparts: Counterparts, shift: int) -> Any:
    if lever.kind == "years":
        return [year + shift for year in value]
    if lever.kind == "map":  # industry: place
        return {industry: counterparts.of(place)[0] for industry, place in value.items() if counterparts.of(place)}
    if lever.kind == "assignment":  # zone or place: industries
        out: dict[str, list[str]] = {}
        for place, industries in value.items():
            for one in counterparts.of(place):
                out[one] = list(dict.fromkeys([*out.get(one, []), *industries]))
        return out
    if lever.low is not None and lever.low >= YEARS:
        return value + shift
    return value
