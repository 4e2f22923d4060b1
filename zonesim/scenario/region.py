"""Schema of a scenario's region and of the published figures that found its opening world.

Every number that describes the opening world is a :class:`Figure`: a value with the source it was published in, or an
assumption with a range. Shares by county, park or industry are figures whose value is a mapping.
"""

from __future__ import annotations

from collections.abc import Container
from typing import Annotated, Generic, Literal, TypeVar

import pydantic
from pydantic import Field

Identifier = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
T = TypeVar("T")


def _counted(given: object) -> object:
    if isinstance(given, str):
        raise ValueError("is a text; write the number without quotes")
    if isinstance(given, bool):
        raise ValueError("is not a number")
    return given


Real = Annotated[float, Field(strict=False), pydantic.BeforeValidator(_counted)]  #: a number, whole or not, but no text that looks like one


class Strict(pydantic.BaseModel):
    """Base of the schema: frozen, and nothing unknown is accepted."""

    model_config = pydantic.ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)


class Figure(Strict, Generic[T]):
    """A value with where it comes from: ``source``, or ``assumption`` (why) with its ``range``."""

    value: T
    source: str | None = None
    assumption: str | None = None
    range: Annotated[list[float], Field(min_length=2, max_length=2)] | None = None

    @pydantic.model_validator(mode="after")
    def _says_where_from(self) -> Figure[T]:
        if (self.source is None) == (self.assumption is None):
            raise ValueError("give either 'source' or 'assumption' (why this value)")
        if self.assumption is not None and self.range is None:
            raise ValueError("an assumption needs its 'range: [low, high]'")
        if self.range is not None:
            low, high = self.range
            if low > high:
                raise ValueError(f"range {self.range} is upside down: the lower end stands first")
            if isinstance(self.value, int | float) and not low <= self.value <= high:
                raise ValueError(f"{self.value} is outside its own range {self.range}")
        return self


Number = Figure[Real]
Count = Figure[Annotated[int, Field(ge=0)]]
Shares = Figure[dict[str, Annotated[Real, Field(ge=0)]]]


class Named(Strict):
    """Names in both languages."""

    zh: Annotated[str, Field(min_length=1, max_length=60)]
    en: Annotated[str, Field(min_length=1, max_length=60)]


class County(Named):
    """A county or district; it gets an urban and a rural place outside zones."""

    longitude: Annotated[Real, Field(ge=-180, le=180)]
    latitude: Annotated[Real, Field(ge=-90, le=90)]
    city_district: bool = False  #: its towns are part of the city proper (taxes and land grade of a city)


class ZoneSpec(Named):
    """A zone committee. ``parent`` names the committee into which it may be integrated."""

    county: Identifier
    level: Literal["county", "provincial", "national"]
    staff: Number
    parent: Identifier | None = None


class Park(Named):
    """A zone's site, or one of its sub-parks."""

    zone: Identifier
    county: Identifier
    longitude: Annotated[Real, Field(ge=-180, le=180)]
    latitude: Annotated[Real, Field(ge=-90, le=90)]
    planned_km2: Number
    land_grade: Annotated[int, Field(ge=1, le=15)] = 9
    leading: list[str] = []  #: ids of its leading industries


class Region(Named):
    """The region: one city with its counties, zones and parks, and the regions it works with."""

    id: Identifier
    province: Named
    counties: dict[Identifier, County]
    zones: dict[Identifier, ZoneSpec]
    parks: dict[Identifier, Park]
    partners: dict[Identifier, Named] = {}
    coordinates_source: str

    def level_of(self, place: str) -> str:
        """Return the level of indicators at which a place stands: city, county, zone, park, or what lies outside zones."""
        tables: dict[str, Container[str]] = {"county": self.counties, "zone": self.zones, "park": self.parks}
        return "city" if place == self.id else next((level for level, those in tables.items() if place in those), "outside")


class GroupFigures(Strict):
    """Published totals of a zone (all its parks) in the opening year; money in 10^8 CNY a year."""

    gdp: Number
    secondary_share: Number  #: of GDP
    tertiary_share: Number
    industry_share: Number  #: industrial value added in secondary value added (the rest is construction)
    above_scale_share: Number  #: of industrial value added
    enterprises: Count
    above_scale: Count  #: industrial enterprises above scale
    high_tech: Count
    high_tech_share: Number  #: value added of high-tech industrial enterprises in above-scale value added
    park_share: Shares  #: split of the zone's totals over its parks
    ready_share: Number  #: ready (serviced, not yet supplied) land in planned land
    built_share: Number  #: built land in supplied land
    industry_mix: Shares | None = None  #: weights of industries within their sector; default: national mix, leading x 3


class CityFigures(Strict):
    """Published totals of the whole city in the opening year; money in 10^8 CNY a year."""

    gdp: Number
    primary_share: Number
    secondary_share: Number
    industry_share: Number
    above_scale_share: Number
    enterprises: Count
    above_scale: Count
    high_tech: Count
    population: Number  #: persons
    employment: Number  #: persons employed by enterprises
    county_gdp_share: Shares
    county_population_share: Shares
    urban_share: Number  #: urban places' part of what a county has outside zones
    industry_mix: Shares | None = None
    fixed_asset_investment: Number  #: 10^8 CNY a year, city
    retail_sales: Number  #: 10^8 CNY a year, city
    foreign_share: Number  #: of above-scale enterprises


class Founding(Strict):
    """How the opening world is made from published totals."""

    enterprises_list: Annotated[str, Field(pattern=r"^[\w.-]+\.csv$")] | None = None  #: the user's own list, beside the scenario
    scale: Annotated[int, Field(ge=1, le=1000)] = 1  #: micro-enterprises that one row stands for
    enterprises_per_value_added: Shares  #: enterprises per unit of value added, keys primary, secondary, tertiary
    size_exponent: Number  #: exponent of the tail of sizes (CCDF)
    age_shares: Shares  #: shares of enterprises up to 5, 5 to 10, above 10 years: keys young, middle, old
    land_per_capital: Number | None = None  #: land for the same capital, relative to national zones; default 1
    new_land_km2: Number  #: yearly plan quota of new construction land of the city
    new_energy_tce: Number  #: yearly quota of additional energy use
    new_emission: Number  #: yearly quota of additional emissions (index units)
    city: CityFigures
    zones: dict[Identifier, GroupFigures]
