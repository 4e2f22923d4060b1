"""How many projects are to be expected in a quarter: births by county, finds by committee, transfers by partner region, major projects."""

from __future__ import annotations

from typing import Any

import numpy as np

from zonesim.behaviour.arrival_rates import GRACE_YEARS, STAFF, ArrivalParameters
from zonesim.behaviour.incubation import IncubationParameters, founders
from zonesim.behaviour.promotion import promote, promotion_of
from zonesim.behaviour.promotion_parameters import PromotionParameters
from zonesim.columns import Array, Floats
from zonesim.compiled import rule
from zonesim.terms import Terms
from zonesim.world import World
from zonesim.world.industries import Industries
from zonesim.world.places import USUAL_EFFORT, Effort

PROMOTION = -2  #: where what promotion is told stands in :func:`expectations`


@rule
def births(
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
        out[c, service] *= 1 + grace_gain * grace[c] / GRACE_YEARS


@rule
def found_by_zone(zone: Array, reputation: Floats, mass: Floats, input_output: Floats, prior: Floats, found: Floats, match_scale: float, out: Floats) -> None:
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
                match += input_output[i, j] * share[i] / match_scale
            out[z, j] = prior[j] * match
            total += out[z, j]
        for j in range(n_industries):
            out[z, j] *= found[z] * known / parks / total


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
    found = parameters.attracted / 4 * np.frombuffer(staff)[:n_zones] / STAFF * (effort / USUAL_EFFORT) ** parameters.promotion
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


@rule
def expect(
    intensity: Floats, county: Array, enterprises: Floats, rate: Any, response: Floats, demand: Floats, grace_years: Floats, grace_gain: Any, service: Any,
    scale: Any, of_founders: Any, zone: Array, reputation: Floats, near: Floats, input_output: Floats, prior: Floats, found: Floats, match_scale: Any,
    promotion: Any, outside: Floats,
) -> None:  # fmt: skip
    """Write how many projects are to be expected in each cell of a quarter: by county, committee, partner region and of the region, each by industry.

    Births of county c and industry j: nu/4 (enterprises there) (days_c / base)^(-e) (local demand), and (1 + g years/5) for producer
    services where old buildings may be used, and what incubators and venture money bring. Projects found by committee z: rate/4 (staff/10)
    (effort/0.2)^eta reputation, split over industries by the zones' prior times the supplier match; promotion (``promotion.py``) turns them to other
    industries and channels. Transferred: inflow/4 + pairs; each comes from a partner region; co-built parks add theirs, by prior x share of high-tech.
    Major projects: rate/4.

    Args:
        intensity: written here, ``[n_cells]``.
        county, enterprises, rate, response, demand, grace_years, grace_gain, service: see :func:`births`.
        scale: enterprises that a born row stands for.
        of_founders: what :func:`zonesim.behaviour.incubation.founders` is told, in its order after ``out``.
        zone, reputation, near, input_output, prior, found, match_scale: see :func:`found_by_zone`.
        promotion: what :func:`zonesim.behaviour.promotion.promote` is told, in its order after ``found``.
        outside: projects by partner region and industry, and in the last row the major ones.
    """
    n_counties, m = demand.shape
    n_zones = len(found)
    by_owner = intensity.reshape(-1, m)
    born, attracted = by_owner[:n_counties], by_owner[n_counties : n_counties + n_zones]
    births(county, enterprises, rate, response, demand, grace_years, grace_gain, service, born)
    more = np.zeros((n_counties, m))
    if founders(county, enterprises, more, *of_founders):
        for c in range(n_counties):
            for j in range(m):
                born[c, j] += more[c, j] / 4 / scale
    found_by_zone(zone, reputation, near, input_output, prior, found, match_scale, attracted)
    promote(attracted, *promotion)
    for k in range(len(outside)):
        by_owner[n_counties + n_zones + k] = outside[k]


def expectations(
    world: World, terms: Terms, parameters: ArrivalParameters, incubation: IncubationParameters, promotion: PromotionParameters, scale: int, birth_days: Floats,
    base_days: float,
) -> tuple[tuple[Any, ...], bool]:  # fmt: skip
    """Return what :func:`expect` is told of a quarter, in its order after ``intensity``, and whether parks are co-built.

    Args:
        world: read only.
        terms: of the quarter.
        parameters, incubation, promotion, scale, birth_days, base_days: as for :func:`zonesim.behaviour.arrivals.arrive`.
    """
    industries, economy, zones, places, counties = world.industries, world.economy, world.zones, world.places, world.counties
    found = terms.once(
        _found, parameters, zones.n, zones.effort.tobytes(), zones.staff.tobytes(), zones.merged.tobytes(), zones.reach.tobytes(), zones.parent.tobytes()
    )
    outside, built_together = terms.once(_from_outside, parameters, industries, len(world.partner_names))
    of_founders = (
        places.incubator, places.innovation, counties.venture, industries.hightech_prior, parameters.birth_size, economy.typical_size, economy.trend,
        industries.capital_per_value_added, parameters.births, incubation.vector,
    )  # fmt: skip
    told = (
        places.county, world.flows.enterprises, parameters.births / 4 / scale, terms.once(_response, birth_days.tobytes(), base_days, parameters.approval_elasticity),
        economy.local_demand, terms["use_change_grace_years"], parameters.grace_births, industries.index("producer_services"), scale, of_founders,
        places.zone, places.reputation, economy.neighbourhood_own, industries.input_output, industries.zone_prior, found, parameters.match_scale,
        promotion_of(world, terms, promotion, parameters.promotion), outside,
    )  # fmt: skip
    return told, built_together > 0.0
