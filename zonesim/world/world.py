"""The world: every table, the account balances, and the small facts that do not change in a run."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from zonesim.columns import Floats
from zonesim.world.criteria import N_CRITERIA
from zonesim.world.enterprises import Enterprises
from zonesim.world.flows import Flows
from zonesim.world.industries import Industries
from zonesim.world.places import Contracts, Counties, Places
from zonesim.world.zones import Zones

BLANK_MARGIN = 0.25
"""Profit per value added of an industry without enterprises, before it is founded (then ``founding.blank_margin``): a default."""

EARTH_RADIUS = 6371.0
"""km."""


@dataclass(frozen=True)
class Name:
    """Identity and names of a place, committee, county or partner region."""

    id: str
    zh: str
    en: str


@dataclass(frozen=True)
class AccountIndex:
    """Where each holder of money stands in ``World.balances``.

    The order is: market, households, owners, banks, centre, province, city, counties, committees (zones), platform
    companies, partner regions, the holder of public equity, enterprises by place.
    """

    counties: int
    zones: int
    partners: int
    places: int

    MARKET = 0
    HOUSEHOLDS = 1
    OWNERS = 2
    BANKS = 3
    CENTRE = 4
    PROVINCE = 5
    CITY = 6

    @cached_property
    def county0(self) -> int:
        """First county."""
        return self.CITY + 1

    @cached_property
    def zone0(self) -> int:
        """First committee."""
        return self.county0 + self.counties

    @cached_property
    def platform0(self) -> int:
        """First platform company (one for each committee)."""
        return self.zone0 + self.zones

    @cached_property
    def partner0(self) -> int:
        """First partner region."""
        return self.platform0 + self.zones

    @cached_property
    def fund(self) -> int:
        """The holder of public equity: industry fund and investment group of the city."""
        return self.partner0 + self.partners

    @cached_property
    def enterprise0(self) -> int:
        """Enterprises of the first place."""
        return self.fund + 1

    @cached_property
    def size(self) -> int:
        """Number of accounts."""
        return self.enterprise0 + self.places


@dataclass
class Economy:
    """Demand and conditions common to the region. ``[n_industries]`` or ``[n_counties, n_industries]``."""

    outside_demand: Floats  #: index of outside demand by industry, 1 at the opening
    industry_shock: Floats  #: log of the persistent shock by industry
    trend: float  #: index of demand and productivity common to all industries, 1 at the opening
    capacity: Floats  #: value added at normal demand last quarter [n_counties, n_industries]
    national_shock: float  #: log of the persistent national shock
    local_demand: Floats  #: sales of local industries relative to normal, by county and industry
    capacity_opening: Floats  #: normal value added of local industries at the opening, by county and industry
    place_effect: Floats  #: log effect of the place on productivity [n_places, n_industries]
    place_effect_opening: Floats  #: the same at the opening (its level is in the enterprises' productivity)
    wage_level: Floats  #: yearly wage at the opening by industry, 10k CNY per person
    site_employment: Floats  #: persons employed last quarter [n_places, n_industries]
    neighbourhood: Floats  #: weight of each place in another's neighbourhood [n_places, n_places]
    neighbourhood_own: Floats  #: neighbourhood employment by industry [n_places, n_industries]
    normal_own: Floats  #: mean neighbourhood employment by industry at the opening
    normal_total: float  #: mean neighbourhood employment at the opening
    employment_opening: Floats  #: persons employed by place at the opening
    typical_size: Floats  #: mean value added of an enterprise by industry at the opening, 10k CNY a quarter
    attraction: Floats  #: log of the sites that a place offers an industry, from opening employment [n_places, n_industries]
    span_of_control: float  #: returns to scale at which the opening productivity was measured
    margin: Floats  #: usual profit per value added by industry, from the opening quarter
    retail_per_income: float  #: retail sales per wage income at the opening
    real_estate_per_income: float  #: real-estate investment per wage income at the opening
    usual_utility: Floats  #: mean utility of the open sites to a reference project by industry at the opening; nan before it is asked
    usual_value: (
        Floats  #: inclusive value (log of the sum of exp) of the open sites to a reference project by industry at the opening, under the law of the quarter
    )
    usual_by_law: Floats  #: the same under each law from the opening on [n_laws, n_industries]
    supply_gain: Floats  #: log gain of matched suppliers and their customers [n_places, n_industries]
    missing_inputs: Floats  #: inputs of last quarter that nobody nearby makes [n_places, n_industries]
    leading: Floats  #: 1 for each leading industry of a place [n_places, n_industries]
    advantage: Floats  #: revealed advantage of a committee in an industry, of employment [n_zones, n_industries]

    @cached_property
    def usual_effect(self) -> Floats:
        """Mean log effect of places at the opening by industry (read once the opening is measured)."""
        return np.asarray(self.place_effect_opening.mean(axis=0))

    @classmethod
    def blank(cls, n_places: int, n_counties: int, n_zones: int, n_industries: int, wages: Floats) -> Economy:
        """Return an economy at its opening, with what founding has still to measure set to zero."""
        by_site = (n_places, n_industries)
        return cls(
            outside_demand=np.ones(n_industries), industry_shock=np.zeros(n_industries), trend=1.0,
            capacity=np.ones((n_counties, n_industries)), national_shock=0.0,
            local_demand=np.ones((n_counties, n_industries)), capacity_opening=np.ones((n_counties, n_industries)),
            place_effect=np.zeros(by_site), place_effect_opening=np.zeros(by_site), wage_level=np.array(wages, dtype=float),
            site_employment=np.zeros(by_site), neighbourhood=np.eye(n_places), neighbourhood_own=np.zeros(by_site),
            normal_own=np.zeros(n_industries), normal_total=0.0, employment_opening=np.zeros(n_places),
            typical_size=np.zeros(n_industries), attraction=np.zeros(by_site),
            span_of_control=0.0, margin=np.full(n_industries, BLANK_MARGIN), retail_per_income=0.0, real_estate_per_income=0.0,
            usual_utility=np.full(n_industries, np.nan), usual_value=np.full(n_industries, np.nan), usual_by_law=np.zeros((0, n_industries)),
            supply_gain=np.zeros(by_site), missing_inputs=np.zeros(by_site), leading=np.zeros(by_site),
            advantage=np.ones((n_zones, n_industries)),
        )  # fmt: skip


@dataclass
class World:
    """Everything that exists at one quarter of one run."""

    seed: int
    start: int
    quarter: int
    industries: Industries
    place_names: tuple[Name, ...]
    zone_names: tuple[Name, ...]
    county_names: tuple[Name, ...]
    partner_names: tuple[Name, ...]
    region: Name
    enterprises: Enterprises
    places: Places
    zones: Zones
    counties: Counties
    contracts: Contracts
    economy: Economy
    accounts: AccountIndex
    balances: Floats
    flows: Flows
    distance: Floats  #: km between places [n_places, n_places]
    quotas: dict[str, Any] = field(default_factory=dict)  #: yearly plan: land (m2), energy (tce), emission; county_share
    year_sums: dict[str, Floats] = field(default_factory=dict)  #: flows of the last full year by place
    land_demand: Floats = field(default_factory=lambda: np.zeros(0))  #: m2 a quarter asked for, smoothed, by place
    living_opening: Floats = field(default_factory=lambda: np.zeros(0))  #: living facilities at the opening, by place
    service_dip: Floats = field(default_factory=lambda: np.zeros(0))  #: factor on service capacity after a merger, by committee
    fund_called: float = 0.0  #: capital of the industry fund called so far
    equity_lost: float = 0.0  #: public equity lost in enterprises that closed, so far
    evaluation_reference: Floats = field(default_factory=lambda: np.zeros((2, N_CRITERIA)))  #: mean and sd of each criterion among other zones
    tax_place: Any = None  #: place of each enterprise when its taxes were assessed (for the checks)
    founding: dict[str, object] = field(default_factory=dict)  #: residuals of the founding, for the record

    @cached_property
    def n_places(self) -> int:
        """Number of places."""
        return self.places.n

    @cached_property
    def n_industries(self) -> int:
        """Number of industries."""
        return len(self.industries.ids)

    def year_flow(self, name: str) -> Floats:
        """Return a flow of the last full year by place."""
        values: Floats = self.year_sums["by_place"][Flows.ROW_BY_PLACE[name]]
        return values

    def place_index(self, identity: str) -> int:
        """Return the row of a place by its id."""
        return [name.id for name in self.place_names].index(identity)


def distances(longitude: Floats, latitude: Floats) -> Floats:
    """Return great-circle distances in km between all pairs (haversine, radius 6,371 km).

    >>> float(distances(np.array([0.0, 1.0]), np.array([0.0, 0.0]))[0, 1].round(1))
    111.2
    """
    lon, lat = np.radians(longitude), np.radians(latitude)
    dlon, dlat = lon[:, None] - lon[None, :], lat[:, None] - lat[None, :]
    h = np.sin(dlat / 2) ** 2 + np.cos(lat[:, None]) * np.cos(lat[None, :]) * np.sin(dlon / 2) ** 2
    return np.asarray(2 * EARTH_RADIUS * np.arcsin(np.sqrt(h)))


def distances_between_zones(world: World) -> np.ndarray:
    """Return the distance in km between committees: of the middle of their parks."""
    n = world.zones.n
    seat = np.zeros(n, dtype=np.int64)
    for z in range(n):
        mine = np.flatnonzero(world.places.zone[: world.n_places] == z)
        seat[z] = mine[0] if len(mine) else 0
    return np.asarray(world.distance[np.ix_(seat, seat)])


def account_names(world: World) -> list[str]:
    """Return the id of every account, in the order of the balances."""
    names = ["market", "households", "owners", "banks", "centre", "province", "city"]
    names += [f"county:{one.id}" for one in world.county_names]
    names += [f"zone:{one.id}" for one in world.zone_names]
    names += [f"platform:{one.id}" for one in world.zone_names]
    names += [f"partner:{one.id}" for one in world.partner_names]
    names += ["fund"]
    return names + [f"enterprises:{one.id}" for one in world.place_names]
