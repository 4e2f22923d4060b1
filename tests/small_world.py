"""A tiny world for unit tests, built straight from the tables (test data, not a scenario)."""

from __future__ import annotations

import numpy as np

from zonesim.terms import Terms
from zonesim.world.enterprises import Enterprises
from zonesim.world.flows import Flows
from zonesim.world.industries import load_industries
from zonesim.world.places import Contracts, Counties, Kind, LandStage, Places, Use, Zones
from zonesim.world.world import AccountIndex, Economy, Name, World, distances

START = 4 * 2014


def small_world(n_places: int = 3, n_per_place: int = 20, seed: int = 1) -> World:
    """Build a world of one county and one committee: places are parks but for the last two (urban, rural)."""
    industries = load_industries()
    n_industries = len(industries.ids)
    rng = np.random.default_rng(seed)
    places = Places(n_places)
    places.kind[:] = Kind.PARK
    places.kind[-2:] = [Kind.URBAN, Kind.RURAL][: min(2, n_places)]
    places.zone[:] = np.where(places.kind == Kind.PARK, 0, -1)
    places.level[:] = np.where(places.kind == Kind.PARK, 3, 0)
    places.longitude[:] = 103.7 + 0.1 * np.arange(n_places)
    places.latitude[:] = 36.0
    places.land_price[:] = 0.02
    places.infrastructure[:] = 1000.0
    places.infrastructure_opening[:] = places.infrastructure.sum(axis=1)
    places.treatment[:] = 1e6
    places.talent[:] = 10.0
    places.factory[:] = 100_000
    places.quota_land[:] = 500_000
    places.quota_energy[:] = 1e5
    places.quota_emission[:] = 1e6
    n = n_places * n_per_place
    enterprises = Enterprises(n)
    e = enterprises
    e.place[:n] = np.repeat(np.arange(n_places), n_per_place)
    e.id[:n] = (e.place[:n].astype(np.uint64) << np.uint64(20)) + np.tile(np.arange(n_per_place), n_places).astype(np.uint64)
    e.industry[:n] = np.tile(np.arange(n_per_place) % n_industries, n_places)
    j = e.industry[:n]
    value_added = 100.0 * np.exp(rng.normal(size=n))
    e.capital[:n] = industries.capital_per_value_added[j] * 4 * value_added
    wage = industries.wage_10k_per_year[j]
    e.employment[:n] = np.maximum(1, np.round(industries.labour_share[j] * 4 * value_added / wage))
    e.value_added[:n] = value_added
    e.founded[:n] = START - rng.integers(0, 60, size=n)
    e.arrived[:n] = e.founded[:n]
    e.starts_building[:n] = e.founded[:n]
    e.land[:n] = np.where(industries.figures["land_use"][j] == "industrial", np.round(2.0 * e.capital[:n]), 0).astype(int)
    e.debt[:n] = 0.2 * e.capital[:n]
    e.emission_intensity[:n] = industries.emission_intensity[j]
    e.energy_intensity[:n] = industries.energy_intensity[j]
    e.water_intensity[:n] = industries.water_intensity[j]
    alpha, theta = 1 - industries.labour_share[j], 0.85
    e.log_productivity[:n] = np.log(value_added) - theta * (alpha * np.log(e.capital[:n]) + (1 - alpha) * np.log(e.employment[:n]))
    built = np.bincount(e.place[:n], weights=e.land[:n], minlength=n_places).astype(np.int64)
    places.planned[:] = built + 5_000_000
    places.land[:, LandStage.BUILT, Use.INDUSTRIAL] = built
    places.land[:, LandStage.READY, Use.INDUSTRIAL] = 1_000_000
    places.land[:, LandStage.READY, Use.PRODUCER_SERVICE] = 100_000
    places.land[:, LandStage.READY, Use.COMMERCIAL] = 100_000
    places.land[:, LandStage.UNDEVELOPED, Use.INDUSTRIAL] = 3_800_000
    zones = Zones(1)
    zones.staff[:] = 50
    zones.service_capacity[:] = 40
    counties = Counties(1)
    employed = int(e.employment[:n].sum())
    counties.population[:] = 3 * employed
    counties.labour_force[:] = int(employed / 0.95)
    counties.tightness[:] = employed / counties.labour_force[0]
    counties.income[:] = float((wage * e.employment[:n] / 4).sum())
    counties.income_opening[:] = counties.income
    places.employment[:] = np.bincount(e.place[:n], weights=e.employment[:n], minlength=n_places).astype(np.int64)
    places.value_added[:] = np.bincount(e.place[:n], weights=value_added, minlength=n_places)
    economy = Economy.blank(n_places, 1, n_industries, wage_by_industry(industries))
    site = e.place[:n].astype(np.int64) * n_industries + j
    jobs = np.bincount(site, weights=e.employment[:n], minlength=n_places * n_industries)
    economy.site_employment = jobs.reshape(n_places, n_industries)
    accounts = AccountIndex(1, 1, 1, n_places)
    balances = np.zeros(accounts.size)
    balances[accounts.CITY] = 1e5
    balances[accounts.county0] = 1e5
    balances[accounts.zone0] = 1e4
    return World(
        seed=seed,
        start=START,
        quarter=START,
        industries=industries,
        place_names=tuple(Name(f"p{i}", f"地{i}", f"Place {i}") for i in range(n_places)),
        zone_names=(Name("z0", "区", "Zone"),),
        county_names=(Name("c0", "县", "County"),),
        partner_names=(Name("r0", "伙伴", "Partner"),),
        region=Name("city", "市", "City"),
        enterprises=enterprises,
        places=places,
        zones=zones,
        counties=counties,
        contracts=Contracts(0),
        economy=economy,
        accounts=accounts,
        balances=balances,
        flows=Flows(n_places, n_industries),
        distance=distances(places.longitude[:n_places], places.latitude[:n_places]),
    )


def wage_by_industry(industries: object) -> np.ndarray:
    """Return the yearly wage by industry."""
    return np.asarray(industries.wage_10k_per_year, dtype=float)  # type: ignore[attr-defined]


def small_terms(world: World) -> Terms:
    """Build terms that are neutral but for plain tax rates of 2014."""
    terms = Terms(world.n_places, world.n_industries, world.zones.n)
    everywhere = np.ones((world.n_places, world.n_industries), dtype=bool)
    terms.fix("vat_rate", everywhere, 0.17)
    terms.fix("business_tax_rate", everywhere, world.industries.business_tax_before_2016[None, :] * 0.05)
    terms.fix("land_use_tax", everywhere, 0.0006)
    return terms
