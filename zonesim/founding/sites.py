"""The committees and the places of the opening world."""

from __future__ import annotations

from zonesim.errors import InputError, nearest
from zonesim.founding.totals import Totals
from zonesim.scenario.region import Region
from zonesim.units import KM2
from zonesim.world.places import Kind, Places
from zonesim.world.zones import Zones

CITY_GRADE, COUNTY_GRADE, VILLAGE_GRADES, LAST_GRADE = 6, 9, 4, 15
"""Land grades (国土资发〔2006〕307号, 1 to 15) of a city district and of another county's town, and how many lower its villages are. Assumption: as in cities of the west."""
LEVELS = {"county": 1, "provincial": 2, "national": 3}


def committees_of(region: Region, zone_ids: list[str], county_ids: list[str]) -> Zones:
    """Return the committees of a region."""
    zones = Zones(len(zone_ids))
    for z, key in enumerate(zone_ids):
        spec = region.zones[key]
        if spec.county not in county_ids:
            raise InputError(f"region.zones.{key}.county: unknown county {spec.county!r}{nearest(spec.county, county_ids)}")
        if spec.parent is not None and spec.parent not in zone_ids:
            raise InputError(f"region.zones.{key}.parent: unknown zone {spec.parent!r}{nearest(spec.parent, zone_ids)}")
        zones.county[z] = county_ids.index(spec.county)
        zones.parent[z] = zone_ids.index(spec.parent) if spec.parent else -1
        zones.level[z] = LEVELS[spec.level]
        zones.staff[z] = spec.staff.value
    return zones


def sites_of(region: Region, totals: Totals, county_ids: list[str], zone_ids: list[str], village_shift: float) -> Places:
    """Return the places of a region: parks, and the towns of each county and its villages, which lie so many degrees off."""
    places = Places(len(totals.places))
    for i, row in enumerate(totals.places):
        if row.county not in county_ids:
            raise InputError(f"region.parks.{row.id}.county: unknown county {row.county!r}{nearest(row.county, county_ids)}")
        if row.zone is not None and row.zone not in zone_ids:
            raise InputError(f"region.parks.{row.id}.zone: unknown zone {row.zone!r}{nearest(row.zone, zone_ids)}")
        places.kind[i] = row.kind
        places.county[i] = county_ids.index(row.county)
        county = region.counties[row.county]
        if row.zone is not None:
            park = region.parks[row.id]
            places.zone[i] = zone_ids.index(row.zone)
            places.level[i] = LEVELS[region.zones[row.zone].level]
            places.longitude[i], places.latitude[i] = park.longitude, park.latitude
            places.planned[i] = round(park.planned_km2.value * KM2)
            places.land_grade[i] = park.land_grade
        else:
            shift = 0.0 if row.kind == Kind.URBAN else village_shift
            places.longitude[i], places.latitude[i] = county.longitude + shift, county.latitude + shift
            grade = CITY_GRADE if county.city_district else COUNTY_GRADE
            places.land_grade[i] = grade if row.kind == Kind.URBAN else min(LAST_GRADE, grade + VILLAGE_GRADES)
    return places
