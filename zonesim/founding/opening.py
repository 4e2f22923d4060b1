"""The opening world from a scenario's published totals."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from zonesim.accounts.books.governments import MIX
from zonesim.behaviour import place_effects
from zonesim.behaviour.production import produce
from zonesim.behaviour.taxation import assess_taxes
from zonesim.columns import Array
from zonesim.errors import InputError, nearest
from zonesim.founding.endowment import employ_and_equip, settle_land
from zonesim.founding.listed import read_population, usual_capacity
from zonesim.founding.parameters import FoundingParameters
from zonesim.founding.population import populate
from zonesim.founding.sites import committees_of, sites_of
from zonesim.founding.totals import Totals, split
from zonesim.parameters import Parameters
from zonesim.policies.law import law_terms
from zonesim.scenario.region import Founding, Region
from zonesim.scenario.schema import site_info
from zonesim.units import KM2
from zonesim.world.enterprises import Enterprises
from zonesim.world.flows import Flows
from zonesim.world.industries import Industries, load_industries
from zonesim.world.places import Contracts, Counties, LandStage, Places
from zonesim.world.world import AccountIndex, Economy, Name, World, distances
from zonesim.world.zones import Zones

UNBOUND = 1e12
"""A quota that holds nothing up."""
PARTNER_MONEY = 100_000.0
"""10k CNY with which a partner region opens: it never runs short. Assumption, and a guard."""


def found(region: Region, founding: Founding, parameters: Mapping[str, Parameters], seed: int, start: int, enterprises_list: Path | None = None) -> World:
    """Make the opening world of a run.

    The figures of the scenario are met as ``zonesim/founding/totals.py`` and ``population.py`` say; what could not be
    met is in ``World.founding``. Land of industrial enterprises follows their capital and industry; a park's built land
    follows from the industrial share, its ready land is the scenario's share, and what is left of its plan is undeveloped.
    """
    industries, own, totals, table, residuals, counties, zones, places, economy = settled(region, founding, parameters, seed, start, enterprises_list)
    county_ids, zone_ids, n = list(region.counties), list(region.zones), table.n
    site = table.place[:n].astype(np.int64) * len(industries.ids) + table.industry[:n]
    size = places.n * len(industries.ids)
    shape = (places.n, len(industries.ids))
    site_employment: Array = np.bincount(site, weights=table.employment[:n].astype(float), minlength=size).reshape(shape)
    economy.site_employment = site_employment
    places.employment[:] = economy.site_employment.sum(axis=1).astype(np.int64)
    places.talent[: places.n] = parameters["talent"].share * places.employment[: places.n]  # type: ignore[attr-defined]
    places.value_added[:] = np.bincount(table.place[:n], weights=table.value_added[:n], minlength=places.n)
    stock = own.infrastructure_per_value_added * 4 * places.value_added[: places.n]
    places.infrastructure[: places.n] = stock[:, None] * MIX[None, :]  # as counties and city go on to build
    places.infrastructure_opening[: places.n] = places.infrastructure[: places.n].sum(axis=1)
    value_added_of = np.bincount(site, weights=table.value_added[:n], minlength=size).reshape(shape)
    for c in range(counties.n):
        here = places.county[: places.n] == c
        economy.capacity_opening[c] = value_added_of[here].sum(axis=0)
    if enterprises_list is not None:
        economy.capacity_opening[:] = usual_capacity(economy.capacity_opening, industries)
    _people(counties, places, table, founding, economy, county_ids, own)
    emissions = np.bincount(table.place[:n], weights=table.emission_intensity[:n] * table.value_added[:n], minlength=places.n)
    places.treatment[: places.n] = own.treated * emissions
    work: Any = parameters["case_work"]
    zones.service_capacity[:] = np.maximum(work.least, work.per_person * zones.staff)  # at the usual effort
    accounts = AccountIndex(counties.n, zones.n, len(region.partners), places.n)
    world = World(
        seed=seed, start=start, quarter=start, industries=industries,
        place_names=tuple(Name(row.id, row.zh, row.en) for row in totals.places),
        zone_names=tuple(Name(key, region.zones[key].zh, region.zones[key].en) for key in zone_ids),
        county_names=tuple(Name(key, region.counties[key].zh, region.counties[key].en) for key in county_ids),
        partner_names=tuple(Name(key, one.zh, one.en) for key, one in region.partners.items()),
        region=Name(region.id, region.zh, region.en), enterprises=table, places=places, zones=zones, counties=counties,
        contracts=Contracts(0), economy=economy, accounts=accounts, balances=np.zeros(accounts.size),
        flows=Flows(places.n, len(industries.ids)),
        distance=distances(places.longitude[: places.n], places.latitude[: places.n]), founding=dict(residuals),
    )  # fmt: skip
    n_places = places.n
    share = np.bincount(places.county[:n_places], weights=places.value_added[:n_places], minlength=counties.n)
    world.quotas = {
        "land": round(founding.new_land_km2.value * KM2), "energy": founding.new_energy_tce.value,
        "emission": founding.new_emission.value, "county_share": share / share.sum(),
    }  # fmt: skip
    world.year_sums = {name: np.zeros(n_places) for name in SUMMED}
    world.year_sums |= {"by_place": np.zeros_like(world.flows.by_place), "by_site": np.zeros((len(Flows.BY_SITE), n_places))}
    world.land_demand = own.land_demand * places.land[:n_places, LandStage.READY].sum(axis=1)
    world.living_opening = places.infrastructure[:n_places, 7].copy()
    world.service_dip = np.ones(zones.n)
    economy.typical_size = np.maximum(value_added_of.sum(axis=0) / np.maximum(_count(table, n, len(industries.ids)), 1), 1.0)
    jobs = economy.site_employment
    economy.attraction = np.log((jobs + own.attraction_persons) / (jobs.mean(axis=0, keepdims=True) + own.attraction_persons))
    wages = float(counties.income[: counties.n].sum()) * 4
    economy.retail_per_income = founding.city.retail_sales.value * 10_000 / wages
    for column in ("quota_energy", "quota_emission"):  # projects on the way at the opening are not held up
        getattr(places, column)[:n_places] = UNBOUND
    zones.refund_offer[: zones.n] = parameters["committee"].own_offer  # type: ignore[attr-defined]
    place_effects.opening(world, parameters["place_effects"])  # type: ignore[arg-type]
    _back_out_productivity(world, parameters)
    _open_books(world, region, founding, parameters, own)
    return world


class Settled(NamedTuple):
    """Enterprises with their land in places that have nothing else yet, and what could not be met so far."""

    industries: Industries
    own: FoundingParameters
    totals: Totals
    table: Enterprises
    residuals: dict[str, float]
    counties: Counties
    zones: Zones
    places: Places
    economy: Economy


def settled(region: Region, founding: Founding, parameters: Mapping[str, Parameters], seed: int, start: int, enterprises_list: Path | None) -> Settled:
    """Return the first part of :func:`found`: who is there, how large, and on what land."""
    own = parameters["founding"]
    if not isinstance(own, FoundingParameters):
        raise TypeError("parameters['founding'] must be FoundingParameters")
    industries = load_industries()
    if founding.land_per_capital is not None:
        industries = industries.with_land(founding.land_per_capital.value)
    for key, park in region.parks.items():
        for identity in park.leading:
            if identity not in industries.ids:
                raise InputError(f"region.parks.{key}.leading: unknown industry {identity!r}{nearest(identity, industries.ids)}")
    totals = split(region, founding, industries, own) if enterprises_list is None else Totals.of_places(region)
    if enterprises_list is None:
        table, residuals = populate(totals, founding, industries, seed, start, own.tilt)
        residuals = {**totals.residuals, **residuals}
    else:
        table, residuals = read_population(enterprises_list, [row.id for row in totals.places], founding, industries, seed, start)
    county_ids, zone_ids = list(region.counties), list(region.zones)
    counties = Counties(len(county_ids))
    zones = committees_of(region, zone_ids, county_ids)
    places = sites_of(region, totals, county_ids, zone_ids, own.village_shift)
    economy = Economy.blank(places.n, counties.n, zones.n, len(industries.ids), industries.wage_10k_per_year)
    employ_and_equip(table, founding, industries, economy, own, seed, residuals, given=enterprises_list is not None)
    n = table.n
    table.county[:n] = places.county[table.place[:n]]
    settle_land(table, places, region, founding, industries, own, seed, residuals)
    return Settled(industries, own, totals, table, residuals, counties, zones, places, economy)


def _open_books(world: World, region: Region, founding: Founding, parameters: Mapping[str, Parameters], own: FoundingParameters) -> None:
    """Measure usual margins by one pass of production and taxes, set real estate to meet the city's investment, open accounts."""
    terms = law_terms(world.start, site_info(region))
    produce(world, parameters["production"])  # type: ignore[arg-type]
    assess_taxes(world, terms, np.zeros(3), parameters["taxation"])  # type: ignore[arg-type]
    e, n, j = world.enterprises, world.enterprises.n, world.enterprises.live("industry")
    profit = np.bincount(j, weights=e.live("profit"), minlength=world.n_industries)
    added = np.bincount(j, weights=e.live("value_added"), minlength=world.n_industries)
    world.economy.margin = np.divide(profit, added, out=np.full(world.n_industries, own.blank_margin), where=added > 0)
    wear = parameters["taxation"].depreciation  # type: ignore[attr-defined]
    e.tax_last_year[:n] = 4 * e.tax[:n]
    e.tax_this_year[:n] = 0.0
    e.rd_stock[:n] /= parameters["taxation"].research_wear / 4  # type: ignore[attr-defined]  # what this quarter's spending adds up to in the long run, as it wears
    yearly = 4 * float(world.places.value_added[: world.n_places].sum())
    wages = 4 * float(world.counties.income[: world.counties.n].sum())
    enterprises = own.invested_per_wear * wear * float(e.live("capital").sum())  # replacement and the growth of capital
    works = own.works_share * yearly
    rest = founding.city.fixed_asset_investment.value * 10_000 - enterprises - works
    world.founding["investment_not_explained"] = max(0.0, -rest) / (founding.city.fixed_asset_investment.value * 10_000)
    world.economy.real_estate_per_income = max(0.0, rest) / wages
    acc, n_places = world.accounts, world.n_places
    months = own.committee_months / 12
    by_county = np.bincount(world.places.county[:n_places], weights=4 * world.places.value_added[:n_places], minlength=world.counties.n)
    world.balances[acc.CITY] = months * own.public_revenue * yearly
    world.balances[acc.county0 : acc.county0 + world.counties.n] = months * own.public_revenue * by_county
    zone = world.places.zone[:n_places]
    for z in range(world.zones.n):
        world.balances[acc.zone0 + z] = months * own.committee_revenue * 4 * float(world.places.value_added[:n_places][zone == z].sum())
    world.balances[acc.partner0 : acc.partner0 + acc.partners] = PARTNER_MONEY
    world.flows.clear(0)


SUMMED = ("tax", "output", "emissions", "new_jobs")


def _count(table: Enterprises, n: int, n_industries: int) -> Array:
    return np.bincount(table.industry[:n], weights=table.weight[:n], minlength=n_industries)


def _people(
    counties: Counties, places: Places, table: Enterprises, founding: Founding, economy: Economy, county_ids: list[str], own: FoundingParameters,
) -> None:  # fmt: skip
    share = np.array([founding.city.county_population_share.value.get(key, 0.0) for key in county_ids])
    counties.population[:] = founding.city.population.value * share / share.sum()
    n = table.n
    at = places.county[table.place[:n]]
    employed = np.bincount(at, weights=table.employment[:n], minlength=counties.n)
    counties.labour_force[:] = np.ceil(employed / (1 - own.unemployment)).astype(np.int64)
    counties.tightness[:] = np.divide(employed, counties.labour_force, out=np.zeros(counties.n), where=counties.labour_force > 0)
    wages = table.employment[:n] * economy.wage_level[table.industry[:n]] / 4
    counties.income[:] = np.bincount(at, weights=wages, minlength=counties.n)
    counties.income_opening[:] = counties.income


def _back_out_productivity(world: World, parameters: Mapping[str, Parameters]) -> None:
    """Set each enterprise's productivity so that the production function gives its opening value added.

    ln a = ln(VA / w) - E_pj - theta [alpha ln(K / w) + (1 - alpha) ln(L / w)]
    """
    table, n = world.enterprises, world.enterprises.n
    j, place = table.industry[:n], table.place[:n]
    theta = world.economy.span_of_control = parameters["production"].span_of_control  # type: ignore[attr-defined]
    labour = world.industries.labour_share[j]
    w = table.weight[:n]
    table.log_productivity[:n] = (
        np.log(table.value_added[:n] / w)
        - world.economy.place_effect[place, j]
        - theta * ((1 - labour) * np.log(table.capital[:n] / w) + labour * np.log(table.employment[:n] / w))
    )
