"""How many projects are to be expected in a quarter: births by county, finds by committee, transfers by partner region, major projects."""

from __future__ import annotations

import numpy as np

from zonesim.behaviour.arrival_rates import GRACE_YEARS, STAFF, ArrivalParameters
from zonesim.behaviour.promotion import promote
from zonesim.behaviour.promotion_parameters import PromotionParameters
from zonesim.columns import Array, Floats
from zonesim.compiled import kernel
from zonesim.terms import Terms
from zonesim.world import World
from zonesim.world.industries import Industries
from zonesim.world.places import USUAL_EFFORT, Effort


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
        out[c, service] *= 1 + grace_gain * grace[c] / GRACE_YEARS


@kernel
def _found_by_zone(zone: Array, reputation: Floats, mass: Floats, input_output: Floats, prior: Floats, found: Floats, match_scale: float, out: Floats) -> None:
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


def _response(_: Terms, days: bytes, base_days: float, elasticity: float) -> Floats:
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


def expect(
    world: World, terms: Terms, parameters: ArrivalParameters, promotion: PromotionParameters, scale: int, birth_days: Floats, base_days: float,
    more_founders: Floats | None, n_cells: int,
) -> tuple[Floats, Floats | None, bool]:  # fmt: skip
    """Return how many projects are to be expected in each cell of a quarter, the channels of promotion they come through, and whether parks are co-built.

    Births of county c and industry j: nu/4 (enterprises there) (days_c / base)^(-e) (local demand), and (1 + g years/5) for producer
    services where old buildings may be used. Projects found by committee z: rate/4 (staff/10) (effort/0.2)^eta reputation, split over
    industries by the zones' prior times the supplier match. Transferred: inflow/4 + pairs; each comes from a partner region;
    co-built parks add theirs, by prior x share of high-tech. Promotion (``promotion.py``) turns what is found to other industries and
    channels. Major projects: rate/4.

    Args:
        world: read only.
        terms: of the quarter.
        parameters, promotion, scale, birth_days, base_days, more_founders: as for :func:`zonesim.behaviour.arrivals.arrive`.
        n_cells: number of cells: counties, committees, partner regions and the region, each by industry.
    """
    industries, economy, zones, places = world.industries, world.economy, world.zones, world.places
    n_counties, n_industries, n_zones, n_partners = world.counties.n, world.n_industries, world.zones.n, len(world.partner_names)
    intensity = np.zeros(n_cells)  # its parts are filled where they stand
    by_owner = intensity.reshape(-1, n_industries)
    births, attracted = by_owner[:n_counties], by_owner[n_counties : n_counties + n_zones]
    _births(
        places.county, world.flows.enterprises, parameters.births / 4 / scale,
        terms.once(_response, birth_days.tobytes(), base_days, parameters.approval_elasticity),
        economy.local_demand, terms["use_change_grace_years"], parameters.grace_births, industries.index("producer_services"), births,
    )  # fmt: skip
    if more_founders is not None:
        births += more_founders / 4 / scale
    found = terms.once(
        _found, parameters, n_zones, zones.effort.tobytes(), zones.staff.tobytes(), zones.merged.tobytes(), zones.reach.tobytes(), zones.parent.tobytes()
    )
    _found_by_zone(
        places.zone, places.reputation, economy.neighbourhood_own, industries.input_output, industries.zone_prior, found, parameters.match_scale, attracted
    )
    channels = promote(world, terms, attracted, promotion, parameters.promotion)
    by_owner[n_counties + n_zones :], built_together = terms.once(_from_outside, parameters, industries, n_partners)
    return intensity, channels, built_together > 0.0
