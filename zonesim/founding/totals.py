"""Published totals, split over places and industries so that they add up to the city."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from zonesim.columns import Floats, Ints
from zonesim.errors import InputError, nearest
from zonesim.founding.parameters import FoundingParameters
from zonesim.founding.sizes import rake
from zonesim.scenario.region import Founding, Region
from zonesim.units import YI
from zonesim.world.industries import Industries
from zonesim.world.whole import apportion

SECTORS = ("primary", "secondary", "tertiary")


@dataclass
class PlaceRow:
    """A place of the opening world: a park of a zone, or what a county has outside zones."""

    id: str
    zh: str
    en: str
    county: str
    zone: str | None
    kind: int  # Kind
    leading: tuple[str, ...] = ()


@dataclass
class Totals:
    """What each place and industry must add up to; money in 10k CNY a quarter."""

    places: list[PlaceRow]
    value_added: Floats  #: [n_places, n_industries]
    enterprises: Ints  #: [n_places, n_industries]
    above_scale: Ints  #: [n_places, n_industries] industrial enterprises above scale
    above_scale_share: Floats  #: [n_places] of industrial value added
    high_tech: dict[str, int]  #: by group: a zone's id, or "outside"
    high_tech_share: dict[str, float]
    residuals: dict[str, float] = field(default_factory=dict)

    @classmethod
    def of_places(cls, region: Region) -> Totals:
        """Return the places of a region without totals (the enterprises come from a list)."""
        none = np.zeros((0, 0))
        return cls(list_places(region), none, none.astype(int), none.astype(int), np.zeros(0), {}, {})


def list_places(region: Region) -> list[PlaceRow]:
    """Return the places: parks as listed, then towns and villages of each county."""
    rows = [PlaceRow(key, park.zh, park.en, park.county, park.zone, 0, tuple(park.leading)) for key, park in region.parks.items()]
    for key, county in region.counties.items():
        rows.append(PlaceRow(f"{key}_urban", f"{county.zh}城区", f"{county.en} towns", key, None, 1))
        rows.append(PlaceRow(f"{key}_rural", f"{county.zh}乡村", f"{county.en} villages", key, None, 2))
    return rows


def split(region: Region, founding: Founding, industries: Industries, own: FoundingParameters) -> Totals:
    """Split the published totals of city and zones over places and industries.

    Zones first (by their parks' shares); what is left of the city is raked over the counties' towns and villages with
    the counties' shares as row totals and the city's sectors as column totals. Within a sector, industries follow the
    national mix of value added, with a place's leading industries three times as heavy, or the mix that is given.
    """
    unknown = [key for key in founding.zones if key not in region.zones]
    if unknown:
        raise InputError(f"founding.zones: unknown zone {unknown[0]!r}{nearest(unknown[0], region.zones)}")
    places = list_places(region)
    n = len(places)
    city = founding.city
    sector = np.zeros((n, 3))
    industry_share = np.full(n, city.industry_share.value)
    above_share = np.full(n, city.above_scale_share.value)
    counts = np.zeros(n)
    above = np.zeros(n)
    residuals: dict[str, float] = {}
    for key, zone in founding.zones.items():
        parks = [i for i, row in enumerate(places) if row.zone == key]
        shares = np.array([zone.park_share.value.get(places[i].id, 0.0) for i in parks])
        if not parks or shares.sum() <= 0:
            raise InputError(f"founding.zones.{key}.park_share: gives no park of the zone a share")
        shares = shares / shares.sum()
        gdp = zone.gdp.value * YI / 4
        secondary, tertiary = zone.secondary_share.value, zone.tertiary_share.value
        sector[parks] = gdp * shares[:, None] * np.array([max(0.0, 1 - secondary - tertiary), secondary, tertiary])
        industry_share[parks] = zone.industry_share.value
        above_share[parks] = zone.above_scale_share.value
        counts[parks] = apportion(zone.enterprises.value, shares)
        above[parks] = apportion(zone.above_scale.value, shares)
    outside = [i for i, row in enumerate(places) if row.zone is None]
    gdp = city.gdp.value * YI / 4
    city_sector = gdp * np.array(
        [
            city.primary_share.value,
            city.secondary_share.value,
            1 - city.primary_share.value - city.secondary_share.value,
        ]
    )
    left = city_sector - sector.sum(axis=0)
    if (left < -1e-9 * gdp).any():
        worst = SECTORS[int(np.argmin(left))]
        raise InputError(f"founding: the zones have more {worst} value added than the city ({-left.min() * 4 / YI:.1f} too much)")
    left = np.maximum(left, 0.0)
    share = np.array([city.county_gdp_share.value.get(places[i].county, 0.0) for i in outside])
    share = share / (share.sum() / 2)
    in_zones = {key: 0.0 for key in region.counties}
    for i, row in enumerate(places):
        if row.zone is not None:
            in_zones[row.county] += float(sector[i].sum())
    urban = city.urban_share.value
    rows = np.zeros(len(outside))
    for k, i in enumerate(outside):
        rest = share[k] * gdp - in_zones[places[i].county]
        floor = own.county_outside * share[k] * gdp
        rows[k] = max(rest, floor) * (urban if places[i].kind == 1 else 1 - urban)
    rows *= left.sum() / rows.sum()
    town, village = [own.urban_primary, 1.0, 1.0], [1.0, own.rural_secondary, own.rural_tertiary]  # before the fit to the totals
    prior = np.array([town if places[i].kind == 1 else village for i in outside]) * rows[:, None]
    table, gap = rake(prior, rows, left)
    sector[outside] = table
    residuals["county_gdp"] = gap
    counts_left = max(0, city.enterprises.value - int(counts.sum()))
    above_left = max(0, city.above_scale.value - int(above.sum()))
    density = np.array([founding.enterprises_per_value_added.value[key] for key in SECTORS])
    counts[outside] = apportion(counts_left, (sector[outside] * density).sum(axis=1))
    above[outside] = apportion(above_left, sector[outside, 1])

    value_added = np.zeros((n, len(industries.ids)))
    is_construction = np.array([identity == "construction" for identity in industries.ids])
    national = industries.national_value_added
    kind = industries.three_industry.astype(int)
    for i, row in enumerate(places):
        weights = national * np.where(np.isin(industries.ids, row.leading), own.leading_weight, 1.0)
        mix = founding.zones[row.zone].industry_mix if row.zone else city.industry_mix
        if mix is not None:
            strange = sorted(set(mix.value) - set(industries.ids))
            if strange:
                raise InputError(f"founding: industry_mix: unknown industry {strange[0]!r}{nearest(strange[0], industries.ids)}")
            weights = weights * np.array([mix.value.get(identity, 1.0) for identity in industries.ids])
        for s in range(3):
            group = kind == s + 1
            if s == 1:
                made = group & ~is_construction
                value_added[i, made] = sector[i, 1] * industry_share[i] * weights[made] / weights[made].sum()
                value_added[i, is_construction] = sector[i, 1] * (1 - industry_share[i])
            else:
                value_added[i, group] = sector[i, s] * weights[group] / weights[group].sum()
    enterprises = np.zeros(value_added.shape, dtype=np.int64)
    above_scale = np.zeros(value_added.shape, dtype=np.int64)
    industrial = industries.is_industrial.astype(bool)
    for i in range(n):
        enterprises[i] = apportion(int(counts[i]), value_added[i] * density[kind - 1])
        above_scale[i, industrial] = apportion(int(above[i]), value_added[i, industrial])
    above_scale = np.minimum(above_scale, enterprises)
    empty = enterprises == 0  # too small a cell for an enterprise of its own: its value added goes to the place's others
    for i in range(n):
        lost = value_added[i, empty[i]].sum()
        value_added[i, empty[i]] = 0.0
        if value_added[i].sum() > 0:
            value_added[i] *= 1 + lost / value_added[i].sum()
        elif lost > 0:
            residuals["places_without_enterprises"] = residuals.get("places_without_enterprises", 0.0) + lost * 4 / YI
    residuals["enterprises"] = float(enterprises.sum() - city.enterprises.value)
    residuals["above_scale"] = float(above_scale.sum() - city.above_scale.value)
    residuals["city_gdp"] = float(value_added.sum() / gdp - 1)
    high_tech = {key: zone.high_tech.value for key, zone in founding.zones.items()}
    high_tech["outside"] = max(0, city.high_tech.value - sum(high_tech.values()))
    tech_shares = {key: zone.high_tech_share.value for key, zone in founding.zones.items()}
    tech_shares["outside"] = own.high_tech_outside
    return Totals(places, value_added, enterprises, above_scale, above_share, high_tech, tech_shares, residuals)
