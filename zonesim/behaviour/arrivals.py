"""Arrivals: projects that look for a place this quarter."""

from __future__ import annotations

from functools import cached_property, lru_cache
from typing import Any

import numpy as np

from zonesim import draws
from zonesim.behaviour.applicants import Applicants, Channel, draw_traits, seat_incumbents
from zonesim.behaviour.promotion import PromotionParameters, promote, through_channels
from zonesim.columns import Array, Floats
from zonesim.compiled import kernel, rule
from zonesim.parameters import Parameters, parameter
from zonesim.terms import Terms
from zonesim.world import World
from zonesim.world.enterprises import Stage
from zonesim.world.industries import Industries
from zonesim.world.places import USUAL_EFFORT, Effort

OPERATING = int(Stage.OPERATING)


class ArrivalParameters(Parameters, name="arrivals"):
    """How many projects come, and what they are like."""

    births: float = parameter(
        0.112,
        low=0.02,
        high=0.2,
        unit="1/yr per enterprise",
        doc="projects of local founders, of which about a third do not enter or go elsewhere",
        source="fitted: number of enterprises grows about 3 % a year net of exits",
        zh="新设率",
    )
    birth_size: float = parameter(
        0.45, low=0.1, high=1.0, unit="share of the mean", doc="value added of a new enterprise when built", source="assumption", zh="新设企业规模"
    )
    approval_elasticity: float = parameter(
        0.32, low=0.0, high=0.6, unit="elasticity", doc="births to days of approval (halving: +25 %)", source="Barwick, Chen, Li, Zhang 2024", zh="审批弹性",
    )  # fmt: skip
    grace_births: float = parameter(
        0.15,
        low=0.0,
        high=0.5,
        unit="share at 5 years",
        doc="more births of producer services where old buildings may house them",
        source="assumption",
        zh="转用带来的新设",
    )
    attracted: float = parameter(
        0.5,
        low=0.0,
        high=3.0,
        unit="projects/yr per 10 staff at usual effort",
        doc="projects from outside found by a committee",
        source="assumption: 30 signed in Lanzhou's zone in 2020 is an upper bound",
        zh="招商项目数",
    )
    team_gain: float = parameter(
        0.20, low=0.0, high=0.6, unit="share", doc="more projects found by a team that is paid by result", source="assumption: 002§2.1a names no figure", zh="市场化招商增益",
    )  # fmt: skip
    company_gain: float = parameter(
        0.08, low=0.0, high=0.3, unit="share", doc="more projects found when a company promotes for the committee", source="assumption: 002§2.1b, 003§3b", zh="公司化招商增益",
    )  # fmt: skip
    promotion: float = parameter(0.5, low=0.1, high=1.0, unit="elasticity", doc="projects found to promotion effort", source="assumption", zh="招商努力弹性")
    joint_gain: float = parameter(
        0.15, low=0.0, high=0.5, unit="share", doc="more projects found when zones promote together", source="assumption", zh="联动增益"
    )
    joint_slack: float = parameter(
        0.10, low=0.0, high=0.5, unit="share", doc="less local effort when zones promote together", source="assumption", zh="联动懈怠"
    )
    project_size: float = parameter(
        2.5, low=0.5, high=10.0, unit="times the mean", doc="value added of an attracted project", source="assumption", zh="招商项目规模"
    )
    pair_inflow: float = parameter(
        2.0, low=0.0, high=10.0, unit="projects/yr per pair", doc="projects that a signed pair brings", source="assumption", zh="每对结对项目"
    )
    family_gain: float = parameter(
        0.08, low=0.0, high=0.3, unit="share", doc="more projects found by a committee and its sub-parks when they operate as one", source="assumption: no double work",
        zh="统一招商增益",
    )  # fmt: skip
    cooperation_inflow: float = parameter(
        2.0,
        low=0.0,
        high=10.0,
        unit="projects/yr per park",
        doc="projects that the partners of a co-built park bring",
        source="assumption",
        zh="每个共建园项目",
    )
    cooperation_foreign: float = parameter(
        0.2,
        low=0.0,
        high=1.0,
        unit="share",
        doc="foreign-invested among the projects of partner regions where parks are co-built",
        source="assumption",
        zh="共建园外资占比",
    )
    informed_search: float = parameter(
        0.15,
        low=0.0,
        high=0.5,
        unit="share",
        doc="more sitting enterprises look around when parks share what they know",
        source="assumption: lower search cost",
        zh="信息共享搜寻增益",
    )
    majors: float = parameter(
        1.5, low=0.0, high=10.0, unit="projects/yr", doc="major projects of nation, province and city", source="assumption", zh="重大项目数"
    )
    major_size: float = parameter(12.0, low=2.0, high=50.0, unit="times the mean", doc="value added of a major project", source="assumption", zh="重大项目规模")
    spread: float = parameter(0.9, low=0.3, high=1.5, unit="sd of log", doc="spread of the size of projects", source="assumption", zh="项目规模离散度")
    hoarders: float = parameter(0.08, low=0.0, high=0.3, unit="share", doc="projects that take land and will not build", source="assumption", zh="囤地比例")
    sincerity: float = parameter(0.75, low=0.3, high=1.0, unit="share", doc="mean of promised investment that others make", source="assumption", zh="履约率")
    unsafe: float = parameter(
        0.04,
        low=0.0,
        high=0.2,
        unit="share",
        doc="projects that would fail a safety check (four times as many in chemicals and mining)",
        source="assumption",
        zh="不安全项目比例",
    )
    look_new: float = parameter(
        1.5, low=0.5, high=3.0, unit="factor", doc="enterprises in their first five years at a place look around more often",
        source="assumption: young enterprises move more (Brouwer et al. 2004; Kronenberg 2013)", zh="新址寻址倍数",
    )  # fmt: skip
    look_settled: float = parameter(
        0.8, low=0.2, high=1.5, unit="factor", doc="those longer at a place look around less often", source="assumption, as above", zh="定居寻址倍数"
    )
    look_around: float = parameter(
        0.026,
        low=0.0,
        high=0.05,
        unit="probability per quarter",
        doc="a sitting enterprise of 10 persons looks for another place",
        source="fitted: 2 to 5 % move a year (Tang et al. 2020)",
        zh="寻址率",
    )

    @cached_property
    def sizes(self) -> Floats:
        """Usual size by channel: born, attracted, transferred, major."""
        return np.array((self.birth_size, self.project_size, self.project_size, self.major_size))


@rule
def spacing(seed: Any, quarter: Any, cell: Any, number: Any) -> Any:
    """Return the exponential spacing before the k-th potential project of a cell."""
    return draws.exponential(seed, draws.ARRIVAL_SPACING, quarter, cell, number)


@kernel
def _count(n_cells: int, seed: Any, quarter: int, keys: Array, intensity: Floats, counts: Array) -> int:
    """Count the projects that arrive: the k-th does when the sum of k spacings is below the intensity."""
    total = 0
    for c in range(n_cells):
        position, k = 0.0, 0
        while intensity[c] > 0.0 and k < 65535:
            position += spacing(seed, quarter, keys[c], k)
            if position >= intensity[c]:
                break
            k += 1
        counts[c] = k
        total += k
    return total


@kernel
def _births(
    county: Array, enterprises: Floats, rate: float, response: Floats, demand: Floats, grace_years: Floats, grace_gain: float, service: int, out: Floats
) -> None:
    """Write the births of each county and industry: rate x enterprises x response to approval x local demand (at most 2)."""
    n_counties, n_industries = out.shape
    grace = np.zeros(n_counties)
    for p in range(len(enterprises)):
        grace[county[p]] = max(grace[county[p]], grace_years[p])
        for j in range(n_industries):
            out[county[p], j] += enterprises[p, j]
    for c in range(n_counties):
        for j in range(n_industries):
            out[c, j] = rate * out[c, j] * response[c] * min(2.0, demand[c, j])
        out[c, service] *= 1 + grace_gain * grace[c] / 5


@kernel
def _found_by_zone(zone: Array, reputation: Floats, mass: Floats, input_output: Floats, prior: Floats, found: Floats, out: Floats) -> None:
    """Split the projects that each committee finds over industries; a committee without parks finds none."""
    n_zones, n_industries = out.shape
    for z in range(n_zones):
        parks, known = 0, 0.0
        near = np.zeros(n_industries)
        for p in range(len(mass)):
            if zone[p] == z:
                parks += 1
                known += reputation[p]
                near += mass[p]
        if parks == 0:
            continue
        near /= parks
        share = near / (near.sum() + 1.0)
        total = 0.0
        for j in range(n_industries):
            match = 0.5
            for i in range(n_industries):
                match += input_output[i, j] * share[i] / 0.1
            out[z, j] = prior[j] * match
            total += out[z, j]
        for j in range(n_industries):
            out[z, j] *= found[z] * known / parks / total


@kernel
def _lookers(
    n: int, seed: Any, quarter: int, identity: Array, stage: Array, arrived: Array, employment: Array, weight: Array, ordered: Array,
    destination: Array, rate: float, new_place: float, old_place: float, out: Array,
) -> int:  # fmt: skip
    found = 0
    luck = np.empty(draws.ROWS)
    for i in range(n):
        k = i % draws.ROWS
        if k == 0:
            draws.uniform_rows(seed, draws.LOOK_AROUND, quarter, identity[i:n], 0, luck[: n - i])
        if stage[i] != OPERATING or destination[i] >= 0:
            continue
        if ordered[i]:
            out[found] = i
            found += 1
            continue
        u = luck[k]
        if u >= 1.6 * rate * max(new_place, old_place):  # for most the draw settles it: the power below is at most 10^0.2 = 1.585
            continue
        persons = max(1.0, employment[i] / weight[i])
        settled = new_place if quarter - arrived[i] < 20 else old_place
        if u < rate * settled * (persons / 10.0) ** (-0.2):
            out[found] = i
            found += 1
    return found


@lru_cache(maxsize=64)
def _cells(n_counties: int, n_zones: int, n_partners: int, n_industries: int) -> tuple[Array, ...]:
    """Return the cells of arrivals, by channel, owner and industry: key, channel, industry, and finder, county or partner (-1 none)."""
    owners = (n_counties, n_zones, n_partners, 1)
    channel = np.repeat(np.arange(4), [n * n_industries for n in owners])
    number = np.concatenate([np.arange(n * n_industries) for n in owners])
    keys = (channel.astype(np.uint64) << np.uint64(36)) + (number.astype(np.uint64) << np.uint64(16))
    owner = number // n_industries
    found = [np.where(channel == c, owner, -1) for c in (Channel.ATTRACTED, Channel.BORN, Channel.TRANSFERRED)]
    return keys, channel, number % n_industries, *found


def _gains(terms: Terms, parameters: ArrivalParameters, parents: bytes, n_zones: int) -> tuple[tuple[Floats, Floats] | None, Floats | None]:
    """Return how many times more projects committees find: with teams by result and companies, and when a family operates as one; None without."""
    team, family = None, None
    if terms["market_team"].any() or terms["company_model"].any():
        team = 1 + parameters.team_gain * terms["market_team"], 1 + parameters.company_gain * terms["company_model"]
    if terms["unified_operation"].any():
        parent = np.frombuffer(parents, dtype=np.int16)[:n_zones]
        family = 1 + parameters.family_gain * terms["unified_operation"] * ((parent >= 0) | np.isin(np.arange(len(parent)), parent))
    return team, family


def _response(terms: Terms, days: bytes, base_days: float, elasticity: float) -> Floats:
    """Return how births respond to the days of approval, by county."""
    return (np.frombuffer(days) / base_days) ** -elasticity


def _found(terms: Terms, parameters: ArrivalParameters, n_zones: int, effort_bytes: bytes, staff: bytes, merged: bytes, reach: bytes, parents: bytes) -> Floats:
    """Return the projects that each committee finds in a quarter, for what only a new year or a merger changes (columns as bytes)."""
    joint = float(terms["joint_promotion"])
    effort = np.frombuffer(effort_bytes).reshape(-1, len(Effort))[:n_zones, Effort.PROMOTION] * (1 - parameters.joint_slack * joint)
    found = parameters.attracted / 4 * np.frombuffer(staff)[:n_zones] / 10 * (effort / USUAL_EFFORT) ** parameters.promotion
    found = found * (1 + parameters.joint_gain * joint) * ~np.frombuffer(merged, dtype=bool)[:n_zones] * np.frombuffer(reach)[:n_zones]
    team, family = _gains(terms, parameters, parents, n_zones)
    if team is not None:
        found = found * team[0] * team[1]
    if family is not None:
        found = found * family
    return np.asarray(found)


def _from_outside(terms: Terms, parameters: ArrivalParameters, industries: Industries, n_partners: int) -> tuple[Floats, float]:
    """Return the projects of each partner region by industry, and in the last row the major ones, and how many parks are co-built."""
    inflow = (float(terms["transfer_inflow"]) + parameters.pair_inflow * float(terms["pairs"])) / 4
    out = np.empty((n_partners + 1, len(industries.ids)))
    out[:-1] = inflow / max(1, n_partners) * industries.arrival_share
    built_together = float(terms["cooperation_park"].sum())
    if built_together > 0.0:
        mix = industries.arrival_share * industries.hightech_prior
        out[:-1] += parameters.cooperation_inflow * built_together / 4 / max(1, n_partners) * mix / mix.sum()
    out[-1] = parameters.majors / 4 * industries.arrival_share
    return out, built_together


def arrive(
    world: World, terms: Terms, parameters: ArrivalParameters, promotion: PromotionParameters, scale: int, birth_days: Floats, base_days: float,
    more_founders: Floats | None = None,
) -> Applicants:  # fmt: skip
    """Return the projects that look for a place this quarter.

    Births of county c and industry j: nu/4 (enterprises there) (days_c / base)^(-e) (local demand), and (1 + g years/5) for producer
    services where old buildings may be used. Projects found by committee z: rate/4 (staff/10) (effort/0.2)^eta reputation, split over
    industries by the zones' prior times the supplier match. Transferred: inflow/4 + pairs; each comes from a partner region;
    co-built parks add theirs, by prior x share of high-tech. With an information platform look-around is more frequent.
    Promotion (``promotion.py``) turns what is found to other industries and channels. Major projects: rate/4. Sitting enterprises look around, small and
    newly arrived ones more often; ordered ones always.

    Args:
        world: read only.
        terms: of the quarter.
        parameters: rates.
        promotion: how promotion is directed and paid.
        scale: enterprises that a born row stands for (``founding.scale``).
        birth_days: usual days of approval by county.
        base_days: days at which births are at their base rate.
        more_founders: founders a year that incubators and venture money bring, by county and industry.

    Draws: ARRIVAL_SPACING by (cell, number), ARRIVAL_TRAITS by identity, LOOK_AROUND by identity.
    """
    industries, economy, flows, places = world.industries, world.economy, world.flows, world.places
    n_counties, n_industries, n_zones = world.counties.n, world.n_industries, world.zones.n
    n_partners = len(world.partner_names)
    keys, channel, industry, finder, county, partner = _cells(n_counties, n_zones, n_partners, n_industries)
    cells = len(keys)
    intensity = np.zeros(cells)  # its parts are filled where they stand
    by_owner = intensity.reshape(-1, n_industries)
    births, attracted = by_owner[:n_counties], by_owner[n_counties : n_counties + n_zones]
    _births(
        places.county, flows.enterprises, parameters.births / 4 / scale,
        terms.once(_response, birth_days.tobytes(), base_days, parameters.approval_elasticity),
        economy.local_demand, terms["use_change_grace_years"], parameters.grace_births, industries.index("producer_services"), births,
    )  # fmt: skip
    if more_founders is not None:
        births += more_founders / 4 / scale
    zones = world.zones
    found = terms.once(
        _found, parameters, n_zones, zones.effort.tobytes(), zones.staff.tobytes(), zones.merged.tobytes(), zones.reach.tobytes(), zones.parent.tobytes()
    )
    _found_by_zone(places.zone, places.reputation, economy.neighbourhood_own, industries.input_output, industries.zone_prior, found, attracted)
    channels = promote(world, terms, attracted, promotion, parameters.promotion)
    by_owner[n_counties + n_zones :], built_together = terms.once(_from_outside, parameters, industries, n_partners)
    counts = np.empty(cells, dtype=np.int64)
    seed = draws.seed_key(world.seed)
    newcomers = int(_count(cells, seed, world.quarter, keys, intensity, counts))
    e = world.enterprises
    rows_looking = np.empty(e.n, dtype=np.int32)
    look = parameters.look_around * (1 + parameters.informed_search * float(terms["information"]))
    looking = int(
        _lookers(
            e.n,
            seed,
            world.quarter,
            e.id,
            e.stage,
            e.arrived,
            e.employment,
            e.weight,
            e.ordered,
            e.destination,
            look,
            parameters.look_new,
            parameters.look_settled,
            rows_looking,
        )
    )
    a = Applicants(newcomers + looking)
    wage_index = float(np.add.reduce(world.counties.wage[:n_counties]) / n_counties)
    draw_traits(
        cells, seed, world.quarter, keys, counts, channel, industry, finder, county, partner, parameters.sizes, economy.typical_size, economy.trend,
        parameters.spread, industries.capital_per_value_added, industries.labour_share, industries.production_tax_share, economy.wage_level,
        wage_index, industries.land_m2_per_capital, parameters.hoarders,
        parameters.sincerity, parameters.cooperation_foreign if built_together > 0.0 else 0.0, parameters.unsafe, industries.is_dangerous, scale,
        a.id, a.whole, a.real, a.flags,
    )  # fmt: skip
    if channels is not None:
        through_channels(world, a, newcomers, channels, promotion)
    if looking:
        who = rows_looking[:looking]
        at = e.industry[who]
        effect = np.exp(economy.usual_effect[at] - economy.place_effect[e.place[who], at])
        seat_incumbents(
            newcomers, who, effect, e.id, e.industry, e.weight, e.place, places.county, e.value_added, e.capital, e.employment, e.land, e.floor,
            e.ordered, e.high_tech, e.foreign, e.emission_intensity, industries.land_m2_per_capital, industries.emission_intensity, a.id,
            a.whole, a.real, a.flags, flows.looked_around,
        )  # fmt: skip
    return a
