"""Choice of place: what each site would leave after tax, under the terms it would give."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from zonesim import draws
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
from zonesim.behaviour.investment import InvestmentParameters
from zonesim.behaviour.promotion import PromotionParameters, refund_limit
from zonesim.behaviour.taxation import TaxationParameters, assess
from zonesim.columns import Array, Floats
from zonesim.compiled import kernel, rule
from zonesim.parameters import Parameters, parameter
from zonesim.terms import Terms
from zonesim.world import World
from zonesim.world.places import Kind

MU = 2000.0 / 3.0
CHOICES = 5  #: places that an applicant ranks
USUAL_FAR = 0.8  #: plot ratio at which the land need of industries is measured
NO_VALUES = np.empty((0, 0))
NO_SITES = np.empty((3, 0, 0))
PARK = int(Kind.PARK)
NOWHERE = -1  #: leave the region, not enter, or stay where it is
BORN, ATTRACTED, TRANSFERRED, MAJOR, INCUMBENT = (int(c) for c in Channel)
RENTS, BUYS_PART, BUYS_PARCEL, NO_LAND = 0, 1, 2, 3


class LocationParameters(Parameters, name="location"):
    """What weighs in the choice of a place."""

    profit: float = parameter(
        28.0, low=5.0, high=60.0, unit="utility per value added", doc="weight of the yearly surplus per value added",
        source="fitted: tax elasticity inside a region -1 to -3 (Bartik 1991)", zh="利润权重",
    )  # fmt: skip
    sites: float = parameter(
        0.7,
        low=0.0,
        high=1.0,
        unit="utility per log",
        doc="weight of the sites that a place offers (its opening jobs)",
        source="assumption: 1 for pure proportionality",
        zh="载体权重",
    )
    amenity: float = parameter(0.3, low=0.0, high=1.0, unit="utility per log", doc="weight of living amenities", source="assumption", zh="宜居权重")
    home: float = parameter(2.0, low=0.0, high=5.0, unit="utility", doc="a founder's own county", source="assumption: most are founded at home", zh="本地偏好")
    distance: float = parameter(
        0.02,
        low=0.0,
        high=0.1,
        unit="utility per km",
        doc="loss by distance of a move",
        source="Pellenbarg and Kemper 1999: moves are short; assumption",
        zh="距离",
    )
    contact: float = parameter(1.0, low=0.0, high=3.0, unit="utility", doc="the committee that found the project", source="assumption", zh="招商联系")
    not_here: float = parameter(8.8, low=-2.0, high=15.0, unit="utility", doc="a newcomer goes elsewhere or does not enter, above the sites' usual utility",
                                source="fitted: tax elasticity across regions -0.4 to -0.5 (Giroud and Rauh 2019)", zh="区外选择")  # fmt: skip
    stay: float = parameter(
        1.5,
        low=0.0,
        high=8.0,
        unit="utility",
        doc="a sitting enterprise keeps its place",
        source="fitted: 2 to 5 % move a year (Tang et al. 2020)",
        zh="留守偏好",
    )
    moving_cost: float = parameter(
        0.3,
        low=0.05,
        high=1.0,
        unit="share of capital",
        doc="cost of a move",
        source="assumption; Lanzhou's moves cost 6 10^8 CNY each with upgrading",
        zh="搬迁成本",
    )
    annuity: float = parameter(0.12, low=0.05, high=0.25, unit="1/yr", doc="yearly charge for one-off costs", source="assumption", zh="年金率")
    refund_years: float = parameter(
        5.0, low=1.0, high=10.0, unit="years", doc="years for which a refund is promised", source="assumption: common practice", zh="返还年限"
    )
    parcel_mu: float = parameter(8.0, low=1.0, high=30.0, unit="mu", doc="least parcel of industrial land in a park", source="assumption", zh="最小地块")
    standard_intensity: float = parameter(
        150.0,
        low=50.0,
        high=500.0,
        unit="10k CNY/mu",
        doc="intensity above which the price link acts where no standard is set",
        source="Longchang standard land 2022",
        zh="标准强度",
    )
    circulation: float = parameter(
        0.5, low=0.0, high=1.0, unit="share", doc="finders that pass a project on for nothing when circulation is ordered", source="assumption", zh="流转意愿"
    )
    enclave_full_years: float = parameter(
        4.0, low=1.0, high=10.0, unit="years", doc="share x years at which every finder passes on", source="assumption", zh="飞地意愿"
    )
    indicator_worth: float = parameter(
        0.3,
        low=0.0,
        high=1.0,
        unit="tax share",
        doc="what a share of counted indicators is worth to a finder, as a share of tax",
        source="assumption: evaluation and career",
        zh="指标分享价值",
    )
    land_shrink: float = parameter(
        0.5, low=0.2, high=1.0, unit="share", doc="how far a project can do with less land to meet a floor on intensity", source="assumption", zh="节地空间"
    )
    informed: float = parameter(
        0.2,
        low=0.0,
        high=1.0,
        unit="share",
        doc="projects of a committee that others learn of through an information platform",
        source="assumption",
        zh="信息共享流转",
    )
    offset: float = parameter(
        0.002,
        low=0.0,
        high=0.01,
        unit="10k CNY/m2",
        doc="cost of offsetting farmland per m2 of new land; part of the price unless government bears it",
        source="assumption: 30 10k CNY per ha of farmland, two thirds of new land is farmland",
        zh="占补平衡成本",
    )
    denser: float = parameter(
        0.5,
        low=0.0,
        high=1.0,
        unit="share",
        doc="part of a relaxed cap on plot ratio that a project uses",
        source="assumption: building higher costs more",
        zh="容积率放宽利用率",
    )


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
def area_needed(need: Any, far_min: Any, capital: Any, min_intensity: Any, shrink: Any) -> Any:
    """Return the m2 that a project takes: less at a higher plot ratio (above 0.8), less to meet a floor on intensity.

    area = need min(1, 0.8 / far), then at least ``shrink`` of that so that capital / area >= the floor, if it can.
    """
    area = need * min(1.0, 0.8 / far_min)
    if min_intensity > 0.0:
        limit = capital / min_intensity * MU
        if area > limit:
            area = max(limit, shrink * area)
    return area


@rule
def land_price(asking: Any, factor: Any, floor: Any, intensity: Any, standard: Any, elasticity: Any) -> Any:
    """Return the price per m2: asking x factor x (intensity / standard)^(-e) above the standard, not below 70 % of the floor price.

    Source: floor prices 国土资发〔2006〕307号; 70 % for intensive projects (2009 change).

    >>> round(float(land_price(0.02, 1.0, 0.0168, 300.0, 150.0, 1.0)), 5)
    0.01176
    """
    price = max(asking * factor, floor)
    if elasticity > 0.0 and intensity > standard:
        price = max(price * (intensity / standard) ** (-elasticity), 0.7 * floor)
    return price


# Terms by site that the choice reads, in the order in which the kernel names them.
SITE_TERMS = (
    "vat_rate", "business_tax_rate", "surcharge_rate", "land_use_tax", "cit_rate", "cit_rate_high_tech", "cit_rate_small", "refund_honoured",
    "equipment_subsidy", "rent_relief", "rent_relief_quarters", "land_price_factor", "price_intensity_elasticity", "min_investment_intensity",
    "min_output_per_mu", "subdivision", "standard_land", "standard_investment", "standard_output", "standard_tax", "standard_penalty", "closed_share",
    "priority_share", "gate", "max_emission", "barred", "safety_veto", "land_review_days", "filing_days", "filing_threshold", "relocation_subsidy",
    "bespoke_from", "bespoke_limit",
)  # fmt: skip
(
    VAT, BUSINESS, SURCHARGE, LAND_TAX, CIT, CIT_TECH, CIT_SMALL, HONOURED, SUBSIDY, RELIEF, RELIEF_QUARTERS, PRICE_FACTOR, ELASTICITY, MIN_INTENSITY,
    MIN_OUTPUT, SUBDIVISION, STANDARD, STANDARD_INVESTMENT, STANDARD_OUTPUT, STANDARD_TAX, PENALTY, CLOSED, PRIORITY, GATE, MAX_EMISSION, BARRED, VETO,
    LAND_DAYS, FILING_DAYS, FILING_FROM, MOVING_SUBSIDY, BESPOKE_FROM, BESPOKE_LIMIT,
) = range(len(SITE_TERMS))  # fmt: skip


@kernel
def _choose(
    n: int, seed: Any, quarter: int, identity: Array, whole: Array, real: Floats, flags: Array, kind_of: Array, county_of: Array, zone_of: Array,
    distance: Floats, level: Floats, local_demand: Floats, outside_demand: Floats, trend: float, ratio: Floats, wage: Floats, county_wage: Floats,
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
    vat, business, surcharge, land_tax = term[VAT], term[BUSINESS], term[SURCHARGE], term[LAND_TAX]
    cit, cit_tech, cit_small, honoured, subsidy = term[CIT], term[CIT_TECH], term[CIT_SMALL], term[HONOURED], term[SUBSIDY]
    relief, relief_quarters, price_factor, elasticity = term[RELIEF], term[RELIEF_QUARTERS], term[PRICE_FACTOR], term[ELASTICITY]
    min_intensity, min_output, subdivision, standard = term[MIN_INTENSITY], term[MIN_OUTPUT], term[SUBDIVISION], term[STANDARD]
    standard_investment, standard_output, standard_tax = term[STANDARD_INVESTMENT], term[STANDARD_OUTPUT], term[STANDARD_TAX]
    penalty, closed, priority, gate, max_emission = term[PENALTY], term[CLOSED], term[PRIORITY], term[GATE], term[MAX_EMISSION]
    barred, veto, land_days, filing_days = term[BARRED], term[VETO], term[LAND_DAYS], term[FILING_DAYS]
    filing_from, moving_subsidy, bespoke_from, bespoke_limit = term[FILING_FROM], term[MOVING_SUBSIDY], term[BESPOKE_FROM], term[BESPOKE_LIMIT]
    out_area, out_price, out_tax, out_local, out_grant = out[0], out[1], out[2], out[3], out[4]
    vat_coverage, business_coverage, cit_coverage, wear, rate, rent, limit, rd, rd_tech = tax_numbers
    (
        theta, w_sites, w_amenity, home, w_distance, contact, not_here, stay, moving_cost, annuity, refund_years, parcel_mu, standard_i,
        pass_on, full_years, _indicator_worth, shrink, informed, _offset, _denser,
    ) = b  # fmt: skip
    power, bespoke_years, meeting, hurry = bespoke
    n_places = len(level)
    best = np.empty(CHOICES)
    factor = outside_demand / trend
    luck = np.empty(n_places)
    for a in range(n):
        j, kind, here = industry[a], channel[a], current[a]
        base = value[a]
        for k in range(CHOICES):
            out_place[a, k] = NOWHERE
            best[k] = -1e300
        if kind == INCUMBENT:
            threshold = -1e299 if ordered[a] else stay + draws.gumbel(seed, draws.PLACE_TASTE, quarter, identity[a], 65535)
        else:
            threshold = not_here + draws.gumbel(seed, draws.PLACE_TASTE, quarter, identity[a], 65535)
        draws.uniform_blocks(seed, draws.PLACE_TASTE, quarter, identity[a], luck)
        stay_value = 0.0
        wants_priority = False
        if kind == MAJOR:
            for p in range(n_places):
                if directed[a] < priority[p, j]:
                    wants_priority = True
        mine = finder[a]
        for step in range(-1, n_places):
            # the first step values the present place of a sitting enterprise, which moves are measured against
            p = here if step < 0 else step
            if step < 0 and (here < 0 or ordered[a]):
                continue
            if step >= 0 and p == here:
                continue
            in_park = kind_of[p] == PARK
            if step >= 0:
                if ordered[a] and not in_park:
                    continue
                if barred[p, j] > 0.0 or bound[a] < closed[p, j] or (veto[p, j] > 0.0 and not safe[a]):
                    continue
                if kind == MAJOR and wants_priority and directed[a] >= priority[p, j]:
                    continue
                if kind == ATTRACTED and in_park and head[zone_of[p]] != head[mine]:
                    willing = 0.0
                    if circulation > 0.0:
                        willing = pass_on
                    if information > 0.0:
                        willing = 1.0 - (1.0 - willing) * (1.0 - informed)
                    if enclave[p] > 0.0:
                        willing = 1.0 - (1.0 - willing) * (1.0 - min(1.0, enclave_worth[p] * enclave_years[p] / full_years))
                    if passed[a] >= willing:
                        continue
                if gate[p, j] > 0.0 and emission[a] * emission_mean[j] > max_emission[p, j] * emission_mean[j]:
                    continue
            floor_i = min_intensity[p, j]
            if standard[p, j] > 0.0:
                floor_i = max(floor_i, standard_investment[p, j])
            need = land[a]
            area, tenure = 0.0, NO_LAND
            if need > 0.0:
                area = area_needed(need, far[p, j], capital[a], floor_i, shrink)
                tenure = BUYS_PARCEL
                if industrial[j] > 0 and in_park and area < parcel_mu * MU * weight[a]:
                    if subdivision[p, j] > 0.0:
                        tenure = BUYS_PART
                    elif factory[p] - factory_let[p] >= 0.8 * area:
                        tenure = RENTS
                    else:
                        area = parcel_mu * MU * weight[a]
                if step >= 0 and tenure != RENTS:
                    mu = area / MU
                    if floor_i > 0.0 and capital[a] / mu < 0.999 * floor_i and industrial[j] > 0:
                        continue
                    output = 4.0 * base / ratio[j] / mu
                    if industrial[j] > 0 and gate[p, j] > 0.0 and output < min_output[p, j]:
                        continue
                    if industrial[j] > 0 and standard[p, j] > 0.0 and output < standard_output[p, j]:
                        continue
            made = base * level[p, j] * (local_demand[county_of[p], j] * factor[j])
            sold = made / ratio[j]
            pay = wage[j] * county_wage[county_of[p]] * jobs[a] / 4.0
            rent_paid = 0.0
            if tenure == RENTS:
                share = 0.0
                if relief_quarters[p, j] > 0.0:
                    share = min(1.0, relief[p, j]) * min(1.0, relief_quarters[p, j] / 20.0)
                rent_paid = rent * 0.8 * area / 4.0 * (1.0 - share)
            spent = 0.0
            if industrial[j] > 0:
                spent = (rd_tech if high_tech[a] else rd) * sold
            running = wear * capital[a] / 4.0 + rate * 0.25 * capital[a] / 4.0 + rent_paid + spent
            held = 0.0 if tenure == RENTS else area
            v, bt, sc, lu, ci, taxable = assess(
                made, sold, pay, running, held, high_tech[a], weight[a], vat[p, j] * vat_coverage, business[p, j] * business_coverage,
                surcharge[p, j], land_tax[p, j], cit[p, j], cit_tech[p, j], cit_small[p, j], limit, cit_coverage,
            )  # fmt: skip
            refund, given = 0.0, 0.0
            local = local_part[0] * v + local_part[1] * bt + local_part[2] * ci
            if (in_park and kind != INCUMBENT) or (ordered[a] and in_park) or (kind == INCUMBENT and in_park and step >= 0):
                promised = min(offer[zone_of[p]], cap[p, j]) * honoured[p, j]
                given = promised * local
                refund = given * refund_years / (refund_years + 5.0)
            surplus = 4.0 * (taxable - ci + refund)
            tax_year = 4.0 * (v + bt + sc + lu + ci)
            price = 0.0
            if held > 0.0:
                intensity = capital[a] / (held / MU)
                base_standard = floor_i if floor_i > 0.0 else standard_i
                price = land_price(asking[p], price_factor[p, j], floor_price[p], intensity, base_standard, elasticity[p, j])
                price = max(0.0, price - offset[p])
                surplus -= annuity * price * held
                if standard[p, j] > 0.0:
                    surplus -= annuity * penalty[p, j] * price * held * (1.0 - sincerity[a])
            surplus += annuity * min(1.0, subsidy[p, j]) * equipment * capital[a]
            if step >= 0 and industrial[j] > 0 and standard[p, j] > 0.0 and held > 0.0 and tax_year / (held / MU) < standard_tax[p, j]:
                continue
            grant = 0.0
            if step >= 0:
                case = KEY_LAND if kind == MAJOR or (kind != INCUMBENT and capital[a] >= bespoke_from[p, j]) else LAND
                if land[a] > 0.0 and tenure != RENTS:
                    wait = days[case, p, j] + land_days[p, j]
                    surplus += annuity * spared[p, j] * capital[a]
                else:
                    wait = days[case + 1, p, j]
                    if capital[a] >= filing_from[p, j]:
                        wait += filing_days[p, j]
                if kind != INCUMBENT and capital[a] >= bespoke_from[p, j]:
                    grant = bargain(4.0 * (local + sc + lu - given), capital[a], bespoke_limit[p, j], power, bespoke_years)
                    surplus += annuity * grant
                    wait = bespoke_days(wait, hurry, meeting)
                surplus -= annuity * wait / 360.0 * max(0.0, surplus)
                if kind == INCUMBENT:
                    surplus -= annuity * moving_cost * capital[a] * (1.0 - min(1.0, moving_subsidy[here, j]))
            utility = theta * surplus / (4.0 * base) + w_amenity * log_amenity[p]
            if step < 0:
                stay_value = utility
                continue
            if kind == INCUMBENT:
                utility += -w_distance * distance[here, p] - stay_value + 0.3 * w_sites * sites[p, j]
            else:
                utility += w_sites * sites[p, j]
                if kind == BORN and county_of[p] == county[a]:
                    utility += home
                if kind == ATTRACTED and in_park and zone_of[p] == mine:
                    utility += contact
            if a < len(values):
                values[a, p] = utility
            if sites_of.shape[1] > 0:
                sites_of[0, a, p] = utility
                sites_of[1, a, p], sites_of[2, a, p] = 4.0 * (local + sc + lu), 4.0 * honoured[p, j] * local
            if luck[p] < 0.9 and utility + 2.26 <= max(threshold, best[CHOICES - 1]):  # its Gumbel value is below 2.2504: no need for two logarithms
                continue
            utility += draws.as_gumbel(luck[p])
            if utility <= threshold or utility <= best[CHOICES - 1]:
                continue
            k = CHOICES - 1
            while k > 0 and best[k - 1] < utility:
                best[k] = best[k - 1]
                out_place[a, k], out_area[a, k] = out_place[a, k - 1], out_area[a, k - 1]
                out_tenure[a, k], out_price[a, k], out_tax[a, k] = out_tenure[a, k - 1], out_price[a, k - 1], out_tax[a, k - 1]
                out_local[a, k], out_grant[a, k] = out_local[a, k - 1], out_grant[a, k - 1]
                k -= 1
            best[k] = utility
            out_place[a, k], out_area[a, k], out_tenure[a, k], out_price[a, k] = p, area, tenure, price
            out_tax[a, k] = tax_year / (held / MU) if held > 0.0 else 0.0
            out_local[a, k], out_grant[a, k] = 4.0 * (local + sc + lu), grant


def families(world: World, terms: Terms) -> Array:
    """Return for each committee the one that heads its family where it operates as one, else itself."""
    return terms.once(_heads, world.zones.parent[: world.zones.n].tobytes())


def _heads(terms: Terms, parents: bytes) -> Array:
    parent = np.frombuffer(parents, dtype=np.int16)
    return np.where((terms["unified_operation"] > 0) & (parent >= 0), parent, np.arange(len(parent)))


def _weighed(terms: Terms, parameters: LocationParameters) -> tuple[Floats, Floats, Floats]:
    """Return the plot ratio that a project uses, what an enclave is worth to a finder, and the price of land less that government bears."""
    far = np.maximum(terms["far_min"], USUAL_FAR * (1 + parameters.denser * terms["far_bonus"]))
    worth = parameters.indicator_worth * (1.0 - float(terms["territorial_statistics"]))
    return far, terms["enclave_tax_share"] + worth * terms["enclave_indicator_share"], parameters.offset * terms["offset_gov_share"]


def _felt_and_spared(terms: Terms, procedure: Procedure) -> tuple[Floats, Floats]:
    return procedure.felt + terms["review_days"], procedure.spared - procedure.fee


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
        values: where given, the utility of each place for the first applicants is written here, without their taste; places closed to one are left.
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
    far, enclave_worth, offset = t.once(_weighed, parameters)
    _choose(
        n, draws.seed_key(world.seed), world.quarter, a.id, a.whole, a.real, a.flags, places.kind, places.county, places.zone, world.distance, level,
        economy.local_demand, economy.outside_demand, economy.trend, industries.value_added_ratio, economy.wage_level, world.counties.wage,
        industries.is_industrial, industries.emission_intensity, t.matrix(SITE_TERMS), out.refund_limit, world.zones.refund_offer, far,
        *t.once(_felt_and_spared, procedure), t["enclave"], enclave_worth, t["enclave_years"], float(t["circulation"]), float(t["information"]),
        families(world, t), offset, places.land_price, floor_price, places.factory, places.factory_let, np.log(places.amenity), economy.attraction,
        local_part, taxation.vector, investment.equipment_share, parameters.vector, bespoke.vector, out.place, out.tenure, figures, out.sites, values,
    )  # fmt: skip
    return out
