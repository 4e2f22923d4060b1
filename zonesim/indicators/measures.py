"""Measures: what the observer copies each quarter, sums over the enterprises of a place."""

from __future__ import annotations

import numpy as np

from zonesim.accounts.qualities import Inspection
from zonesim.columns import Array, Floats, Ints
from zonesim.compiled import kernel
from zonesim.indicators.committees import COMMITTEE_MEASURES, observe_committees
from zonesim.sums import total
from zonesim.world import World
from zonesim.world.flows import Flows, Heads, Jobs, Tax
from zonesim.world.industries import load_industries
from zonesim.world.places import Kind, LandStage, Use

INNOVATION = (  # by year, in the order of Mark
    "specialised_firms", "rd_centres", "brands", "patents", "infringements", "results_offered", "results_converted", "incubator_tenants",
    "incubator_graduates",
)  # fmt: skip
STOCKS = (
    "employment", "capital", "enterprises", "land_enterprises", "land_planned", "land_undeveloped", "land_ready", "land_granted",
    "land_built", "land_industrial", "land_living", "land_commercial", "infrastructure", "talent", "land_idle",
    "land_inefficient", "above_scale_count", "high_tech_count", "listed_count", "amenity_weighted", "industrial_capital", "industrial_need", "concentration",
    "green_factories", "quality_weighted", "residents", *INNOVATION,
)  # fmt: skip
SCORES = ("score", "rank", "province_rank", "platform_debt", "national_rank", "level", "return_owed")  # columns of committees that are copied as they are
SECTOR_MEASURES = ("value_added", "output", "investment", "employment", "enterprises")
SECTORS = ("primary", "industry", "construction", "tertiary")
N_SECTORS, INDUSTRY, N_COMMITTEE = len(SECTORS), 1, len(COMMITTEE_MEASURES)
CAPITAL, OUTPUT, EMPLOYMENT = (Flows.BY_SITE.index(name) for name in ("capital", "output", "employment"))
VALUE_ADDED, ENTERPRISES = Flows.BY_SITE.index("value_added"), Flows.BY_SITE.index("enterprises")
BY_SECTOR = np.array([Flows.BY_SITE.index(name) for name in SECTOR_MEASURES])
IN_ALL = np.array([Flows.BY_SITE.index(name) for name in ("wages", "energy", "water", "emissions", "capital", "land")])
GRANTED, BUILT = int(LandStage.GRANTED), int(LandStage.BUILT)
INDUSTRIAL, LIVING_SERVICE, COMMERCIAL = int(Use.INDUSTRIAL), int(Use.LIVING_SERVICE), int(Use.COMMERCIAL)


def measure_names() -> list[str]:
    """Return the names of all measures, in the order in which they are stored."""
    names = list(Flows.BY_PLACE)
    names += [f"{measure}_{sector}" for measure in SECTOR_MEASURES for sector in SECTORS]
    names += ["wages", "energy", "water", "emissions", "capital_all", "industrial_capital", "land_enterprises"]
    names += [f"tax_{tax.name.lower()}" for tax in Tax]
    names += [f"jobs_{part.name.lower()}" for part in Jobs]
    names += [f"heads_{part.name.lower()}" for part in Heads]
    names += ["land_planned", "land_undeveloped", "land_ready", "land_on_grant", "land_built", "land_industrial"]
    names += ["land_living", "land_commercial", "infrastructure", "talent", "amenity_weighted", "employment_total"]
    names += ["industrial_need", "concentration", "quality_weighted", "residents", *INNOVATION]
    names += [f"output_of_{industry}" for industry in load_industries().ids]
    return [*names, *COMMITTEE_MEASURES]


MEASURES = measure_names()
END_OF_PERIOD = frozenset(
    [name for name in MEASURES if name.startswith(("employment_", "enterprises_", "land_")) or name in STOCKS] + ["capital_all", "industrial_capital"]
) - {"land_granted", "land_reclaimed", "land_revitalised", "land_payments"}


@kernel
def _land_and_industry(capital: Floats, need: Floats, industrial: Floats, employment: Floats, land_need: Floats, concentration: Floats) -> None:
    """Write by place the land that industry's capital needs at the usual plot ratio, and its part in the concentration of industries."""
    places, industries = employment.shape
    of_place, of_industry, everyone = np.zeros(places), np.zeros(industries), 0.0
    for p in range(places):
        land_need[p] = 0.0
        for j in range(industries):
            if industrial[j] > 0.0:
                land_need[p] += need[j] * capital[p, j]
            of_place[p] += employment[p, j]
            of_industry[j] += employment[p, j]
            everyone += employment[p, j]
    for p in range(places):
        concentration[p] = 0.0
        for j in range(industries):
            if of_industry[j] > 0.0:
                gap = employment[p, j] / of_industry[j] - of_place[p] / everyone
                concentration[p] += of_industry[j] / everyone * gap * gap


@kernel
def _residents(county: Array, employment: Array, amenity: Floats, population: Floats, out: Floats) -> None:
    """Share the residents of a county out over its places by jobs and amenities."""
    of_county = np.zeros(len(population))
    for p in range(len(out)):
        of_county[county[p]] += employment[p] * amenity[p] + 1.0
    for p in range(len(out)):
        out[p] = population[county[p]] * (employment[p] * amenity[p] + 1.0) / of_county[county[p]]


@kernel
def _observe(
    by_place: Floats, by_site: Floats, sector: Array, by_sector: Array, in_all: Array, taxes: Floats, jobs: Ints, heads: Ints, land: Ints,
    planned: Array, infrastructure: Floats, talent: Floats, amenity: Floats, employment: Array, county: Array, environment: Floats, population: Floats,
    innovation: Floats, land_need: Floats, industrial: Floats, row: Floats, zone: Array, staff: Floats, effort: Floats, coordination: Floats,
    problems: Floats, assessed: Floats, score: Floats, rank: Array, province_rank: Array, platform_debt: Floats, national_rank: Array, level: Array,
    return_owed: Floats, bonds: Floats, policy_loans: Floats, partner_claims: Floats, scores: Floats,
) -> None:  # fmt: skip
    """Write the measures of a quarter, in the order of :func:`measure_names`, and the scores of committees in the order of SCORES."""
    k = len(by_place)
    row[:k] = by_place
    at = k
    places, industries = by_site.shape[1:]
    row[k:] = 0.0
    for m in by_sector:
        for p in range(places):
            for j in range(industries):
                row[k + sector[j], p] += by_site[m, p, j]
        k += N_SECTORS
    parts = np.empty(N_SECTORS)
    for m in in_all:
        for p in range(places):
            parts[:] = 0.0
            for j in range(industries):
                parts[sector[j]] += by_site[m, p, j]
            row[k, p] = total(parts)
            if m == CAPITAL:  # the industrial part of it stands next
                row[k + 1, p] = parts[INDUSTRY]
        k += 2 if m == CAPITAL else 1
    for p in range(places):
        at = k
        for t in range(taxes.shape[1]):
            row[at, p] = taxes[p, t]
            at += 1
        for t in range(jobs.shape[1]):
            row[at, p] = jobs[p, t]
            at += 1
        for t in range(heads.shape[1]):
            row[at, p] = heads[p, t]
            at += 1
        row[at, p] = planned[p]
        for stage in range(4):
            row[at + 1 + stage, p] = land[p, stage].sum()
        row[at + 5, p] = land[p, GRANTED, INDUSTRIAL] + land[p, BUILT, INDUSTRIAL]
        row[at + 6, p] = land[p, :, LIVING_SERVICE].sum()
        row[at + 7, p] = land[p, :, COMMERCIAL].sum()
        row[at + 8, p] = total(infrastructure[p])
        row[at + 9, p] = talent[p]
        row[at + 10, p] = amenity[p] * employment[p]
        row[at + 11, p] = employment[p]
        row[at + 14, p] = environment[county[p]] * employment[p]
        for m in range(innovation.shape[1]):
            row[at + 16 + m, p] = innovation[p, m]
        for j in range(industries):
            row[at + 16 + innovation.shape[1] + j, p] = by_site[OUTPUT, p, j]
    _land_and_industry(by_site[CAPITAL], land_need, industrial, by_site[EMPLOYMENT], row[at + 12], row[at + 13])
    _residents(county, employment, amenity, population, row[at + 15])
    observe_committees(zone, employment, staff, effort, coordination, problems, assessed, row[-N_COMMITTEE:])
    for z in range(len(scores)):
        owed = platform_debt[z] + (bonds[z] + policy_loans[z] + partner_claims[z])
        scores[z, 0], scores[z, 1], scores[z, 2], scores[z, 3] = score[z], rank[z], province_rank[z], owed
        scores[z, 4], scores[z, 5], scores[z, 6] = national_rank[z], level[z], return_owed[z]


@kernel
def _totals(by_site: Floats, employment: Array, taxes: Floats) -> tuple[float, int, float, float]:
    jobs = 0
    for p in range(len(taxes)):
        jobs += employment[p]
    return by_site[VALUE_ADDED].sum(), jobs, by_site[ENTERPRISES].sum(), taxes.sum()


def totals(world: World) -> tuple[float, int, float, float]:
    """Return value added, jobs, enterprises and taxes of the whole region in the quarter."""
    made, jobs, enterprises, taxes = _totals(world.flows.by_site, world.places.employment, world.flows.taxes)
    return made, jobs, enterprises, taxes


class Observer:
    """Collects the measures of every quarter of one run.

    Args:
        world: the opening world.
        quarters: number of quarters of the run.
        inspection: what the qualitative criteria are held against.
    """

    def __init__(self, world: World, quarters: int, inspection: Inspection) -> None:
        self.names = MEASURES
        self.start, self.inspection = world.quarter, inspection
        shape = (quarters, len(MEASURES), world.n_places)
        size = quarters * len(MEASURES) * world.n_places
        # NumPy asks for large pages from 4 MB on: one is touched in two hundred microseconds, the pages of 4 KB that it holds in a thousand
        self.cube = np.zeros(max(size, 1 << 20))[:size].reshape(shape)
        self.scores = np.zeros((quarters, world.zones.n, len(SCORES)))
        self.passed = np.zeros((quarters, world.zones.n))  #: debts that a committee got from one that was merged into it, less those that it gave, by quarter
        figures = world.industries
        industrial = figures.is_industrial.astype(bool)
        self._sector = np.where(industrial, 1, np.array([0, 0, 2, 3])[figures.three_industry.astype(int)])  # of SECTORS
        self.groups, self.membership = groups(world)  # of the opening: a merged park stays in its zone's figures
        self.moves = np.zeros((quarters, world.n_places, world.n_places), dtype=np.int64)  #: persons of enterprises that moved, by quarter, [from, to]
        self.seen = 0

    def observe(self, world: World) -> None:
        """Copy the measures of the quarter that ends."""
        flows, places = world.flows, world.places
        counties, industries, z = world.counties, world.industries, world.zones
        _observe(
            flows.by_place, flows.by_site, self._sector, BY_SECTOR, IN_ALL, flows.taxes, flows.jobs, flows.heads, places.land, places.planned,
            places.infrastructure, places.talent, places.amenity, places.employment, places.county, counties.environment, counties.population,
            places.innovation, industries.land_m2_per_capital, industries.is_industrial, self.cube[self.seen], places.zone, z.staff, z.total_effort,
            z.coordination, z.open_problems, z.assessed, z.score, z.rank, z.province_rank, z.platform_debt, z.national_rank, z.level, z.return_owed, z.bonds,
            z.policy_loans, z.partner_claims, self.scores[self.seen],
        )  # fmt: skip
        self.moves[self.seen] = flows.moves
        self.seen += 1

    def pass_on(self, committee: int, parent: int, debts: float) -> None:
        """Note what one committee owed, and owes no more, since it was merged into another."""
        self.passed[self.seen, committee] -= debts
        self.passed[self.seen, parent] += debts


class Measures:
    """Measures added up over groups and periods: attribute -> ``[n_periods, n_groups]``."""

    def __init__(self, cube: Floats, years: float, inspection: Inspection) -> None:
        self._cube = cube
        self.inspection = inspection  #: what the qualitative criteria are held against
        self.years = years  #: length of a period in years

    def __getattr__(self, name: str) -> Floats:
        try:
            return np.asarray(self._cube[:, MEASURES.index(name), :])
        except ValueError:
            raise AttributeError(f"no measure {name!r}") from None

    def by_industry(self, name: str) -> Floats:
        """Return a measure that is kept by industry: ``[n_periods, n_industries, n_groups]``."""
        first = MEASURES.index(f"{name}_of_{load_industries().ids[0]}")
        return np.asarray(self._cube[:, first : first + len(load_industries().ids), :])


def groups(world: World) -> tuple[list[tuple[str, str]], Floats]:
    """Return the groups for which indicators are given, as (level, id), and their membership ``[n_places, n_groups]``."""
    keys: list[tuple[str, str]] = []
    members: list[Floats] = []
    n = world.n_places
    for i, name in enumerate(world.place_names):
        keys.append(("park" if world.places.kind[i] == Kind.PARK else "outside", name.id))
        members.append((np.arange(n) == i).astype(float))
    for z, name in enumerate(world.zone_names):
        inside = world.places.zone[:n] == z
        for child in range(world.zones.n):
            if world.zones.parent[child] == z:
                inside = inside | (world.places.zone[:n] == child)
        keys.append(("zone", name.id))
        members.append(inside.astype(float))
    for c, name in enumerate(world.county_names):
        keys.append(("county", name.id))
        members.append((world.places.county[:n] == c).astype(float))
    keys.append(("city", world.region.id))
    members.append(np.ones(n))
    return keys, np.stack(members, axis=1)
