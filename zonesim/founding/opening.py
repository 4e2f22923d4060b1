"""The opening world from a scenario's published totals."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from zonesim.behaviour import place_effects
from zonesim.behaviour.production import produce
from zonesim.behaviour.taxation import assess_taxes
from zonesim.columns import Array
from zonesim.errors import InputError, nearest
from zonesim.founding.listed import read_population
from zonesim.founding.population import keyed_uniforms, populate
from zonesim.founding.totals import Totals, split
from zonesim.parameters import Parameters, parameter
from zonesim.policies.law import law_terms
from zonesim.scenario.region import Founding, Region
from zonesim.scenario.schema import site_info
from zonesim.world.enterprises import Enterprises
from zonesim.world.flows import Flows
from zonesim.world.industries import Industries, load_industries
from zonesim.world.places import Contracts, Counties, Kind, LandStage, Places, Use, Zones
from zonesim.world.whole import apportion
from zonesim.world.world import AccountIndex, Economy, Name, World, distances

LEVELS = {"county": 1, "provincial": 2, "national": 3}


class FoundingParameters(Parameters, name="founding"):
    """What published totals do not say about the opening world."""

    capital_spread: float = parameter(
        0.3, low=0.0, high=0.8, unit="sd of log", doc="spread of capital per value added among enterprises of an industry",
        source="assumption: dispersion of capital intensity inside an industry", zh="资本产出比离散度",
    )  # fmt: skip
    land_spread: float = parameter(
        0.8, low=0.0, high=1.2, unit="sd of log", doc="spread of land per capital among enterprises of an industry",
        source="assumption: tax per mu differs by 4.7 times between zones, more between enterprises", zh="用地强度离散度",
    )  # fmt: skip
    debt_share: float = parameter(
        0.25, low=0.0, high=0.6, unit="share of capital", doc="debt at the opening", source="assumption: below the credit limits", zh="期初负债率",
    )  # fmt: skip
    industrial_land_share: float = parameter(
        0.4852, low=0.3, high=0.7, unit="share of built land", doc="industrial land in a zone's built land",
        source="Ministry of Natural Resources, 541 national zones about 2020", zh="工业用地占比",
    )  # fmt: skip
    ready_share_outside: float = parameter(
        0.10, low=0.02, high=0.4, unit="share of built land", doc="ready land outside zones",
        source="assumption: a few years of supply", zh="区外待供土地",
    )  # fmt: skip
    infrastructure_per_value_added: float = parameter(
        1.2, low=0.5, high=2.5, unit="years", doc="stock of infrastructure per yearly value added",
        source="assumption: public capital about as large as a year's product", zh="基础设施与增加值之比",
    )  # fmt: skip
    unemployment: float = parameter(
        0.045, low=0.02, high=0.10, unit="share of labour force", doc="labour force without work at the opening",
        source="assumption: registered rate about 4 % with some margin", zh="失业率",
    )  # fmt: skip
    factory_tenants: float = parameter(
        0.6, low=0.0, high=1.0, unit="share of small industrial enterprises in parks",
        doc="small industrial enterprises that rent factory floor", source="assumption", zh="租用厂房比例",
    )  # fmt: skip
    factory_vacancy: float = parameter(
        0.15, low=0.0, high=0.6, unit="share of floor", doc="standard factory floor that is empty", source="assumption", zh="厂房空置率",
    )  # fmt: skip
    committee_months: float = parameter(
        6.0, low=0.0, high=24.0, unit="months of tax of its enterprises kept", doc="money of a committee at the opening, months of its usual revenue",
        source="assumption", zh="期初资金",
    )  # fmt: skip


def found(region: Region, founding: Founding, parameters: Mapping[str, Parameters], seed: int, start: int, enterprises_list: Path | None = None) -> World:
    """Make the opening world of a run.

    The figures of the scenario are met as ``zonesim/founding/totals.py`` and ``population.py`` say; what could not be
    met is in ``World.founding``. Land of industrial enterprises follows their capital and industry; a park's built land
    follows from the industrial share, its ready land is the scenario's share, and what is left of its plan is undeveloped.
    """
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
    totals = split(region, founding, industries) if enterprises_list is None else Totals.of_places(region)
    if enterprises_list is None:
        table, residuals = populate(totals, founding, industries, seed, start)
        residuals = {**totals.residuals, **residuals}
    else:
        table, residuals = read_population(enterprises_list, [row.id for row in totals.places], founding, industries, seed, start)
    county_ids, zone_ids = list(region.counties), list(region.zones)
    counties = Counties(len(county_ids))
    zones = _zones(region, zone_ids, county_ids)
    places = _places(region, founding, totals, county_ids, zone_ids)
    economy = Economy.blank(places.n, counties.n, zones.n, len(industries.ids), industries.wage_10k_per_year)
    _employ_and_equip(table, founding, industries, economy, own, seed, residuals, given=enterprises_list is not None)
    n = table.n
    table.county[:n] = places.county[table.place[:n]]
    _settle_land(table, places, region, founding, industries, own, seed, residuals)
    site = table.place[:n].astype(np.int64) * len(industries.ids) + table.industry[:n]
    size = places.n * len(industries.ids)
    shape = (places.n, len(industries.ids))
    site_employment: Array = np.bincount(site, weights=table.employment[:n].astype(float), minlength=size).reshape(shape)
    economy.site_employment = site_employment
    places.employment[:] = economy.site_employment.sum(axis=1).astype(np.int64)
    places.talent[: places.n] = parameters["talent"].share * places.employment[: places.n]  # type: ignore[attr-defined]
    places.value_added[:] = np.bincount(table.place[:n], weights=table.value_added[:n], minlength=places.n)
    stock = own.infrastructure_per_value_added * 4 * places.value_added[: places.n]
    split_by_type = np.array([0.30, 0.25, 0.06, 0.05, 0.03, 0.06, 0.0, 0.20, 0.05])
    places.infrastructure[: places.n] = stock[:, None] * split_by_type[None, :]
    places.infrastructure_opening[: places.n] = places.infrastructure[: places.n].sum(axis=1)
    value_added_of = np.bincount(site, weights=table.value_added[:n], minlength=size).reshape(shape)
    for c in range(counties.n):
        here = places.county[: places.n] == c
        economy.capacity_opening[c] = value_added_of[here].sum(axis=0)
    _people(counties, places, table, founding, industries, economy, county_ids, own)
    emissions = np.bincount(table.place[:n], weights=table.emission_intensity[:n] * table.value_added[:n], minlength=places.n)
    places.treatment[: places.n] = 0.8 * emissions
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
        "land": round(founding.new_land_km2.value * 1e6), "energy": founding.new_energy_tce.value,
        "emission": founding.new_emission.value, "county_share": share / share.sum(),
    }  # fmt: skip
    world.year_sums = {name: np.zeros(n_places) for name in SUMMED}
    world.year_sums |= {"by_place": np.zeros_like(world.flows.by_place), "by_site": np.zeros((len(Flows.BY_SITE), n_places))}
    world.land_demand = 0.02 * places.land[:n_places, LandStage.READY].sum(axis=1)
    world.living_opening = places.infrastructure[:n_places, 7].copy()
    world.service_dip = np.ones(zones.n)
    economy.typical_size = np.maximum(value_added_of.sum(axis=0) / np.maximum(_count(table, n, len(industries.ids)), 1), 1.0)
    jobs = economy.site_employment
    economy.attraction = np.log((jobs + 20.0) / (jobs.mean(axis=0, keepdims=True) + 20.0))
    wages = float(counties.income[: counties.n].sum()) * 4
    economy.retail_per_income = founding.city.retail_sales.value * 10_000 / wages
    for column in ("quota_energy", "quota_emission"):  # projects on the way at the opening are not held up
        getattr(places, column)[:n_places] = 1e12
    zones.refund_offer[: zones.n] = parameters["committee"].own_offer  # type: ignore[attr-defined]
    place_effects.opening(world, parameters["place_effects"])  # type: ignore[arg-type]
    _back_out_productivity(world, parameters)
    _open_books(world, region, founding, parameters, own)
    return world


def _open_books(world: World, region: Region, founding: Founding, parameters: Mapping[str, Parameters], own: FoundingParameters) -> None:
    """Measure usual margins by one pass of production and taxes, set real estate to meet the city's investment, open accounts."""
    terms = law_terms(world.start, site_info(region))
    produce(world, parameters["production"])  # type: ignore[arg-type]
    assess_taxes(world, terms, np.zeros(3), parameters["taxation"])  # type: ignore[arg-type]
    e, n, j = world.enterprises, world.enterprises.n, world.enterprises.live("industry")
    profit = np.bincount(j, weights=e.live("profit"), minlength=world.n_industries)
    added = np.bincount(j, weights=e.live("value_added"), minlength=world.n_industries)
    world.economy.margin = np.divide(profit, added, out=np.full(world.n_industries, 0.25), where=added > 0)
    wear = parameters["taxation"].depreciation  # type: ignore[attr-defined]
    e.tax_last_year[:n] = 4 * e.tax[:n]
    e.tax_this_year[:n] = 0.0
    e.rd_stock[:n] /= 0.0375  # what this quarter's spending adds up to in the long run, as it wears
    yearly = 4 * float(world.places.value_added[: world.n_places].sum())
    wages = 4 * float(world.counties.income[: world.counties.n].sum())
    enterprises = 1.5 * wear * float(e.live("capital").sum())  # replacement and the growth of capital
    works = 0.05 * yearly
    rest = founding.city.fixed_asset_investment.value * 10_000 - enterprises - works
    world.founding["investment_not_explained"] = max(0.0, -rest) / (founding.city.fixed_asset_investment.value * 10_000)
    world.economy.real_estate_per_income = max(0.0, rest) / wages
    acc, n_places = world.accounts, world.n_places
    months = own.committee_months / 12
    by_county = np.bincount(world.places.county[:n_places], weights=4 * world.places.value_added[:n_places], minlength=world.counties.n)
    world.balances[acc.CITY] = months * 0.03 * yearly
    world.balances[acc.county0 : acc.county0 + world.counties.n] = months * 0.03 * by_county
    zone = world.places.zone[:n_places]
    for z in range(world.zones.n):
        world.balances[acc.zone0 + z] = months * 0.01 * 4 * float(world.places.value_added[:n_places][zone == z].sum())
    world.balances[acc.partner0 : acc.partner0 + acc.partners] = 100_000.0
    world.flows.clear(0)


SUMMED = ("tax", "output", "emissions", "investment_attracted", "high_tech_value_added", "promised_investment", "unmet_land", "new_jobs", "land_revitalised",
          "expansion_land", "expansion_unmet", "works_land")  # fmt: skip


def _count(table: Enterprises, n: int, n_industries: int) -> Array:
    return np.bincount(table.industry[:n], weights=table.weight[:n], minlength=n_industries)


def _zones(region: Region, zone_ids: list[str], county_ids: list[str]) -> Zones:
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


def _places(region: Region, founding: Founding, totals: Totals, county_ids: list[str], zone_ids: list[str]) -> Places:
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
            places.planned[i] = round(park.planned_km2.value * 1e6)
            places.land_grade[i] = park.land_grade
        else:
            shift = 0.0 if row.kind == Kind.URBAN else 0.04  # villages lie about 5 km off the seat
            places.longitude[i], places.latitude[i] = county.longitude + shift, county.latitude + shift
            grade = 6 if county.city_district else 9
            places.land_grade[i] = grade if row.kind == Kind.URBAN else min(15, grade + 4)
    return places


def _normal(seed: int, table: Enterprises, block: int) -> Array:
    u1, u2 = keyed_uniforms(seed, table.live("id"), block)
    return np.asarray(np.sqrt(-2 * np.log(u1)) * np.cos(2 * np.pi * u2))


def _employ_and_equip(
    table: Enterprises, founding: Founding, industries: Industries, economy: Economy, own: FoundingParameters, seed: int,
    residuals: dict[str, float], given: bool = False,
) -> None:  # fmt: skip
    """Capital from the industry's ratio; persons from the labour share, with wages raked to the city's employment.

    With a list (``given``) persons are kept and wages alone are raked; capital is estimated where the list has none.
    """
    n = table.n
    j = table.industry[:n]
    yearly = 4 * table.value_added[:n]
    spread = own.capital_spread
    wage_share = industries.labour_share * (1 - industries.production_tax_share)
    estimate = industries.capital_per_value_added[j] * yearly * np.exp(spread * _normal(seed, table, 9) - spread**2 / 2)
    table.capital[:n] = np.where(table.capital[:n] > 0, table.capital[:n], estimate) if given else estimate
    wanted = founding.city.employment.value
    u, _ = keyed_uniforms(seed, table.live("id"), 11)
    if given:
        economy.wage_level *= (wage_share[j] * yearly).sum() / (economy.wage_level[j] * table.employment[:n]).sum()
    for _ in range(0 if given else 4):  # few rounds: only the floor of one person each makes this inexact
        exact = wage_share[j] * yearly / economy.wage_level[j]
        persons = np.maximum(table.weight[:n], np.floor(exact + u))
        economy.wage_level *= persons.sum() / wanted
    if not given:
        table.employment[:n] = np.maximum(table.weight[:n], np.floor(wage_share[j] * yearly / economy.wage_level[j] + u))
    residuals["employment"] = float(table.employment[:n].sum() / wanted - 1)
    table.debt[:n] = own.debt_share * table.capital[:n]
    variation = np.exp(0.3 * _normal(seed, table, 13) - 0.045)
    table.emission_intensity[:n] = industries.emission_intensity[j] * variation
    table.energy_intensity[:n] = industries.energy_intensity[j] * variation
    table.water_intensity[:n] = industries.water_intensity[j] * variation


def _settle_land(
    table: Enterprises, places: Places, region: Region, founding: Founding, industries: Industries, own: FoundingParameters,
    seed: int, residuals: dict[str, float],
) -> None:  # fmt: skip
    n = table.n
    j = table.industry[:n]
    place = table.place[:n]
    uses = np.where(industries.figures["land_use"] == "none", -1, industries.use_code)
    spread = np.exp(own.land_spread * _normal(seed, table, 17) - own.land_spread**2 / 2)
    need = industries.land_m2_per_capital[j] * table.capital[:n] * (uses[j] >= 0) * spread
    in_park = places.kind[place] == Kind.PARK
    small = in_park & industries.is_industrial[j].astype(bool) & (4 * table.value_added[:n] < 500 * table.weight[:n])
    u, _ = keyed_uniforms(seed, table.live("id"), 15)
    listed = (table.land[:n] > 0) | (table.floor[:n] > 0)
    need = np.where(listed, table.land[:n], need)
    tenant = np.where(listed, table.floor[:n] > 0, small & (u < own.factory_tenants))
    rented = np.where(listed & tenant, table.floor[:n], 0.8 * need)
    for i in range(places.n):  # what does not fit into half of the plan is scaled down
        here = (place == i) & ~tenant
        used, planned = float(need[here].sum()), int(places.planned[i])
        if places.kind[i] == Kind.PARK and used > 0.5 * own.industrial_land_share * planned:
            need[here] *= 0.5 * own.industrial_land_share * planned / used
            residuals["land_scaled_" + str(i)] = 0.5 * own.industrial_land_share * planned / used - 1
    table.floor[:n] = np.where(tenant, np.round(rented), 0).astype(np.int32)
    table.land[:n] = np.where(tenant & ~listed, 0, np.minimum(np.round(need), 2**31 - 1)).astype(np.int32)
    table.land_price[:n] = 0.02
    let = np.bincount(place, weights=table.floor[:n], minlength=places.n)
    places.factory_let[: places.n] = let.astype(np.int64)
    places.factory[: places.n] = np.round(let / (1 - own.factory_vacancy)).astype(np.int64)
    key = place.astype(np.int64) * len(Use) + np.maximum(uses[j], 0)
    held = np.bincount(key, weights=table.land[:n], minlength=places.n * len(Use)).reshape(places.n, len(Use)).astype(np.int64)
    zone_ids = list(region.zones)
    for i in range(places.n):
        account = np.zeros((4, len(Use)), dtype=np.int64)
        account[LandStage.BUILT] = held[i]
        park = places.kind[i] == Kind.PARK
        other = round(float(held[i].sum()) * (1 / own.industrial_land_share - 1)) + int(places.factory[i])
        account[LandStage.BUILT, Use.PUBLIC] = other
        if park:
            figures = founding.zones[zone_ids[places.zone[i]]]
            supplied = round(float(account[LandStage.BUILT].sum()) / figures.built_share.value)
            idle = max(0, supplied - int(account[LandStage.BUILT].sum()))
            account[LandStage.BUILT, Use.PUBLIC] += idle  # land supplied for roads and not yet built counts as public works
            ready = round(figures.ready_share.value * int(places.planned[i]))
            rest = int(places.planned[i]) - int(account.sum()) - ready
            if rest < 0:
                residuals["planned_area_exceeded_" + str(i)] = float(-rest)
                places.planned[i] -= rest
                rest = 0
        else:
            ready = round(own.ready_share_outside * float(account.sum())) + 20_000
            rest = 2 * int(account.sum()) + 10 * ready
            places.planned[i] = int(account.sum()) + ready + rest
        mix = np.array([0.82, 0.08, 0.07, 0.03, 0.0]) if park else np.array([0.5, 0.1, 0.1, 0.3, 0.0])
        account[LandStage.READY] = apportion(ready, mix)
        account[LandStage.UNDEVELOPED] = apportion(rest, mix)
        places.land[i] = account


def _people(
    counties: Counties, places: Places, table: Enterprises, founding: Founding, industries: Industries, economy: Economy,
    county_ids: list[str], own: FoundingParameters,
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
    theta = parameters["production"].span_of_control  # type: ignore[attr-defined]
    labour = world.industries.labour_share[j]
    w = table.weight[:n]
    table.log_productivity[:n] = (
        np.log(table.value_added[:n] / w)
        - world.economy.place_effect[place, j]
        - theta * ((1 - labour) * np.log(table.capital[:n] / w) + labour * np.log(table.employment[:n] / w))
    )
