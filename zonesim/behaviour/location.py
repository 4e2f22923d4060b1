"""Choice of place: what each site would leave after tax, under the terms it would give."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from zonesim import draws
from zonesim.behaviour import site_terms as of
from zonesim.behaviour.applicants import (
    BOUND,
    CAPITAL,
    CHANNEL,
    COUNTY,
    DIRECTED,
    EMISSION,
    FINDER,
    HIGH_TECH,
    INDUSTRY,
    JOBS,
    NEEDED_LAND,
    ORDERED,
    PASSED_ON,
    PLACE,
    SAFE,
    SINCERITY,
    VALUE_ADDED,
    WEIGHT,
    Applicants,
    Channel,
)  # fmt: skip
from zonesim.behaviour.approval import KEY_LAND, LAND, Procedure
from zonesim.behaviour.bespoke import BespokeParameters, bargain, bespoke_days
from zonesim.behaviour.families import families
from zonesim.behaviour.investment import InvestmentParameters
from zonesim.behaviour.leading_industries import refund_limit
from zonesim.behaviour.location_weights import LocationParameters
from zonesim.behaviour.parcel import NO_LAND, RENTS
from zonesim.behaviour.promotion_parameters import PromotionParameters
from zonesim.behaviour.site_offer import believed_refund, falls_short, is_open, land_at, least_intensity, price_at, rent_at
from zonesim.behaviour.taxation import TaxationParameters, assess
from zonesim.columns import Array, Floats
from zonesim.compiled import kernel, rule
from zonesim.terms import Terms
from zonesim.units import MU
from zonesim.world import World
from zonesim.world.places import Kind

CHOICES = 5  #: places that an applicant ranks
LOW_LUCK, LOW_GUMBEL = 0.9, 2.26  #: the Gumbel value of a uniform below the first is below the second (2.2504)
NO_VALUES = np.empty((0, 0))
NO_SITES = np.empty((3, 0, 0))
PARK = int(Kind.PARK)
NOWHERE = -1  #: leave the region, not enter, or stay where it is
BORN, ATTRACTED, TRANSFERRED, MAJOR, INCUMBENT = (int(c) for c in Channel)


@dataclass
class Preferences:
    """What each applicant would choose, best first; NOWHERE ends the list. ``[n_applicants, CHOICES]``."""

    place: Array
    area: Floats  #: m2 it would take there
    tenure: Array  #: RENTS, BUYS_PART, BUYS_PARCEL, NO_LAND
    price: Floats  #: 10k CNY per m2 that it would pay
    tax_per_mu: Floats  #: 10k CNY a year, as expected
    local_tax: Floats  #: city's and county's part, 10k CNY a year, as expected, before refunds
    grant: Floats  #: 10k CNY, by terms of its own
    refund_limit: Floats  #: largest refund that may be promised ``[n_places, n_industries]``
    sites: (
        Floats  #: of each place, unless empty: utility before luck (-inf where it may not go), local tax, its refundable part ``[3, n_applicants, n_places]``
    )


@rule
def willingness(ordered: Any, informed: Any, shared: Any) -> Any:
    """Return how likely the committee that found a project passes it on: 1 - (1 - ordered)(1 - informed)(1 - shared), each at most 1.

    >>> willingness(0.5, 0.2, 0.0), willingness(0.0, 0.0, 3.0)
    (0.6, 1.0)
    """
    willing = ordered
    if informed > 0.0:
        willing = 1.0 - (1.0 - willing) * (1.0 - informed)
    if shared > 0.0:
        willing = 1.0 - (1.0 - willing) * (1.0 - min(1.0, shared))
    return willing


@kernel
def _choose(
    n: int, seed: Any, quarter: int, identity: Array, whole: Array, real: Floats, flags: Array, kind_of: Array, county_of: Array, zone_of: Array,
    distance: Floats, level: Floats, local_demand: Floats, outside_demand: Floats, trend: float, ratio: Floats, wage: Floats, county_wage: Floats, usual: Floats,
    industrial: Floats, emission_mean: Floats, term: Floats, cap: Floats, offer: Floats, far: Floats, days: Floats, spared: Floats, enclave: Floats,
    enclave_worth: Floats, enclave_years: Floats, circulation: float, information: float, head: Array, offset: Floats, asking: Floats,
    floor_price: Floats, factory: Array, factory_let: Array, log_amenity: Floats, sites: Floats, local_part: Floats, tax_numbers: Floats,
    equipment: float, b: Floats, bespoke: Floats, out_place: Array, out_tenure: Array, out: Floats, sites_of: Floats, values: Floats,
) -> None:  # fmt: skip
    channel, industry, weight = whole[CHANNEL], whole[INDUSTRY], whole[WEIGHT]
    finder, county, current = whole[FINDER], whole[COUNTY], whole[PLACE]
    value, capital, jobs, land, sincerity = real[VALUE_ADDED], real[CAPITAL], real[JOBS], real[NEEDED_LAND], real[SINCERITY]
    emission, bound, passed, directed = real[EMISSION], real[BOUND], real[PASSED_ON], real[DIRECTED]
    safe, ordered, high_tech = flags[SAFE], flags[ORDERED], flags[HIGH_TECH]
    out_area, out_price, out_tax, out_local, out_grant = out[0], out[1], out[2], out[3], out[4]
    vat_coverage, business_coverage, cit_coverage, wear, rate, rent, limit, rd, rd_tech, _ = tax_numbers
    (
        theta, w_sites, w_amenity, home, w_distance, contact, not_here, stay, moving_cost, annuity, refund_years, parcel_mu, standard_i,
        pass_on, full_years, _indicator_worth, shrink, informed, _offset, _denser, debt_part, refund_doubt, sites_moving, relief_counted,
    ) = b  # fmt: skip
    power, bespoke_years, meeting, hurry = bespoke
    n_places = len(level)
    best = np.empty(CHOICES)
    factor = outside_demand / trend
    luck = np.empty(n_places)
    valued = len(values) > 0
    for a in range(n):
        j, kind, here = industry[a], channel[a], current[a]
        base, each = value[a], capital[a] / weight[a]
        for k in range(CHOICES):
            out_place[a, k] = NOWHERE
            best[k] = -1e300
        threshold = -1e299
        if not valued:
            if kind != INCUMBENT:
                threshold = usual[j] + not_here + draws.gumbel(seed, draws.PLACE_TASTE, quarter, identity[a], 65535)
            elif not ordered[a]:
                threshold = stay + draws.gumbel(seed, draws.PLACE_TASTE, quarter, identity[a], 65535)
            draws.uniform_blocks(seed, draws.PLACE_TASTE, quarter, identity[a], luck)
        stay_value = 0.0
        wants_priority = False
        if kind == MAJOR:
            for p in range(n_places):
                if directed[a] < term[p, j, of.PRIORITY]:
                    wants_priority = True
        mine = finder[a]
        for step in range(-1, n_places):
            # the first step values the present place of a sitting enterprise, which moves are measured against
            p = here if step < 0 else step
            if step < 0 and (here < 0 or ordered[a]):
                continue
            if step >= 0 and p == here:
                continue
            in_park, made_here = kind_of[p] == PARK, industrial[j] > 0
            if step >= 0:
                open_to_it = is_open(
                    in_park, ordered[a], bound[a], safe[a], emission[a], emission_mean[j], term[p, j, of.BARRED], term[p, j, of.CLOSED],
                    term[p, j, of.VETO], term[p, j, of.GATE], term[p, j, of.MAX_EMISSION],
                )  # fmt: skip
                if not open_to_it:
                    continue
                if kind == MAJOR and wants_priority and directed[a] >= term[p, j, of.PRIORITY]:
                    continue
                if kind == ATTRACTED and in_park and head[zone_of[p]] != head[mine]:
                    shared = enclave_worth[p] * enclave_years[p] / full_years if enclave[p] > 0.0 else 0.0
                    if passed[a] >= willingness(pass_on if circulation > 0.0 else 0.0, informed if information > 0.0 else 0.0, shared):
                        continue
            least = least_intensity(term[p, j, of.MIN_INTENSITY], term[p, j, of.STANDARD], term[p, j, of.STANDARD_INVESTMENT])
            area, tenure = 0.0, NO_LAND
            if land[a] > 0.0:
                area, tenure = land_at(
                    land[a], far[p, j], capital[a], least, shrink, made_here and in_park, parcel_mu * MU * weight[a], term[p, j, of.SUBDIVISION],
                    factory[p] - factory_let[p],
                )  # fmt: skip
                if step >= 0 and tenure != RENTS and made_here:
                    misses = falls_short(
                        capital[a] / (area / MU), 4.0 * base / ratio[j] / (area / MU), least, term[p, j, of.GATE], term[p, j, of.MIN_OUTPUT],
                        term[p, j, of.STANDARD], term[p, j, of.STANDARD_OUTPUT],
                    )  # fmt: skip
                    if misses:
                        continue
            made = base * level[p, j] * (local_demand[county_of[p], j] * factor[j])
            sold = made / ratio[j]
            pay = wage[j] * county_wage[county_of[p]] * jobs[a] / 4.0
            rent_paid = rent_at(rent, area, term[p, j, of.RELIEF], term[p, j, of.RELIEF_QUARTERS], relief_counted) if tenure == RENTS else 0.0
            spent = 0.0
            if made_here:
                spent = (rd_tech if high_tech[a] else rd) * sold
            running = wear * capital[a] / 4.0 + rate * debt_part * capital[a] / 4.0 + rent_paid + spent
            held = 0.0 if tenure == RENTS else area
            v, bt, sc, lu, ci, taxable = assess(
                made, sold, pay, running, held, high_tech[a], weight[a], term[p, j, of.VAT] * vat_coverage, term[p, j, of.BUSINESS] * business_coverage,
                term[p, j, of.SURCHARGE], term[p, j, of.LAND_TAX], term[p, j, of.CIT], term[p, j, of.CIT_TECH], term[p, j, of.CIT_SMALL], limit, cit_coverage,
            )  # fmt: skip
            refund, given = 0.0, 0.0
            local = local_part[0] * v + local_part[1] * bt + local_part[2] * ci
            if (in_park and kind != INCUMBENT) or (ordered[a] and in_park) or (kind == INCUMBENT and in_park and step >= 0):
                promised = min(offer[zone_of[p]], cap[p, j]) * term[p, j, of.HONOURED]
                given = promised * local
                refund = believed_refund(given, refund_years, refund_doubt)
            surplus = 4.0 * (taxable - ci + refund)
            tax_year = 4.0 * (v + bt + sc + lu + ci)
            price = 0.0
            if held > 0.0:
                price = price_at(
                    asking[p], term[p, j, of.PRICE_FACTOR], floor_price[p], capital[a] / (held / MU), least, standard_i, term[p, j, of.ELASTICITY], offset[p]
                )
                surplus -= annuity * price * held
                if term[p, j, of.STANDARD] > 0.0:
                    surplus -= annuity * term[p, j, of.PENALTY] * price * held * (1.0 - sincerity[a])
            surplus += annuity * min(1.0, term[p, j, of.SUBSIDY]) * equipment * capital[a]
            if step >= 0 and made_here and term[p, j, of.STANDARD] > 0.0 and held > 0.0 and tax_year / (held / MU) < term[p, j, of.STANDARD_TAX]:
                continue
            grant = 0.0
            if step >= 0:
                case = KEY_LAND if kind == MAJOR or (kind != INCUMBENT and each >= term[p, j, of.BESPOKE_FROM]) else LAND
                if land[a] > 0.0 and tenure != RENTS:
                    wait = days[case, p, j] + term[p, j, of.LAND_DAYS]
                    surplus += annuity * spared[p, j] * capital[a]
                else:
                    wait = days[case + 1, p, j]
                    if each >= term[p, j, of.FILING_FROM]:
                        wait += term[p, j, of.FILING_DAYS]
                if kind != INCUMBENT and each >= term[p, j, of.BESPOKE_FROM]:
                    grant = bargain(4.0 * (local + sc + lu - given), capital[a], term[p, j, of.BESPOKE_LIMIT], power, bespoke_years)
                    surplus += annuity * grant
                    wait = bespoke_days(wait, hurry, meeting)
                surplus -= annuity * wait / 360.0 * max(0.0, surplus)
                if kind == INCUMBENT:
                    surplus -= annuity * moving_cost * capital[a] * (1.0 - min(1.0, term[here, j, of.MOVING_SUBSIDY]))
            utility = theta * surplus / (4.0 * base) + w_amenity * log_amenity[p]
            if step < 0:
                stay_value = utility
                continue
            if kind == INCUMBENT:
                utility += -w_distance * distance[here, p] - stay_value + sites_moving * w_sites * sites[p, j]
            else:
                utility += w_sites * sites[p, j]
                if kind == BORN and county_of[p] == county[a]:
                    utility += home
                if kind == ATTRACTED and in_park and zone_of[p] == mine:
                    utility += contact
            if valued:
                values[a, p] = utility
                continue
            if sites_of.shape[1] > 0:
                sites_of[0, a, p] = utility
                sites_of[1, a, p], sites_of[2, a, p] = 4.0 * (local + sc + lu), 4.0 * term[p, j, of.HONOURED] * local
            if luck[p] < LOW_LUCK and utility + LOW_GUMBEL <= max(threshold, best[CHOICES - 1]):  # no need for two logarithms
                continue
            utility += draws.as_gumbel(luck[p])
            if utility <= threshold or utility <= best[CHOICES - 1]:
                continue
            k = CHOICES - 1
            while k > 0 and best[k - 1] < utility:  # those that are less move down by one
                best[k], out_place[a, k], out_tenure[a, k] = best[k - 1], out_place[a, k - 1], out_tenure[a, k - 1]
                for m in range(len(out)):
                    out[m, a, k] = out[m, a, k - 1]
                k -= 1
            best[k] = utility
            out_place[a, k], out_area[a, k], out_tenure[a, k], out_price[a, k] = p, area, tenure, price
            out_tax[a, k] = tax_year / (held / MU) if held > 0.0 else 0.0
            out_local[a, k], out_grant[a, k] = 4.0 * (local + sc + lu), grant


def choose_places(
    world: World, terms: Terms, applicants: Applicants, procedure: Procedure, floor_price: Floats, local_part: Floats,
    parameters: LocationParameters, taxation: TaxationParameters, investment: InvestmentParameters,
    bespoke: BespokeParameters, promotion: PromotionParameters, values: Floats = NO_VALUES, *, with_sites: bool = False,
) -> Preferences:  # fmt: skip
    """Rank the places open to each applicant, best first.

    Args:
        world: read only.
        terms: of the quarter.
        applicants: who looks.
        procedure: of the quarter.
        floor_price: lowest legal price of industrial land by place, 10k CNY per m2.
        local_part: city and county part of VAT, business tax, CIT.
        parameters, taxation, investment, bespoke, promotion: of the decisions.
        values: where given, applicants value the places and choose none: the utility of each, without their taste, is written here; those closed are left.
        with_sites: also keep what each place would mean to each applicant.

    Draws: PLACE_TASTE by (identity, place); the alternative of going or staying elsewhere is block 65535.
    """
    a, economy, places, industries, t = applicants, world.economy, world.places, world.industries, terms
    n, n_places = a.n, world.n_places
    figures = np.zeros((5, n, CHOICES))
    area, price, tax_per_mu, local_tax, grant = figures
    out = Preferences(
        np.empty((n, CHOICES), dtype=np.int16), area, np.zeros((n, CHOICES), dtype=np.int8), price, tax_per_mu, local_tax, grant,
        refund_limit(world, terms, promotion), np.zeros((3, n, n_places)) if with_sites else NO_SITES,
    )  # fmt: skip
    out.sites[0] = -np.inf
    level = np.exp(economy.place_effect - economy.usual_effect[None, :])
    far, enclave_worth, offset = t.once(of.weighed, parameters)
    _choose(
        n, draws.seed_key(world.seed), world.quarter, a.id, a.whole, a.real, a.flags, places.kind, places.county, places.zone, world.distance, level,
        economy.local_demand, economy.outside_demand, economy.trend, industries.value_added_ratio, economy.wage_level, world.counties.wage,
        economy.usual_value, industries.is_industrial, industries.emission_intensity, t.by_site(of.SITE_TERMS), out.refund_limit, world.zones.refund_offer, far,
        *t.once(of.felt_and_spared, procedure), t["enclave"], enclave_worth, t["enclave_years"], float(t["circulation"]), float(t["information"]),
        families(world, t), offset, places.land_price, floor_price, places.factory, places.factory_let, np.log(places.amenity), economy.attraction,
        local_part, taxation.vector, investment.equipment_share, parameters.vector, bespoke.vector, out.place, out.tenure, figures, out.sites, values,
    )  # fmt: skip
    return out
