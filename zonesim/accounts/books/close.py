"""The close of a quarter: service land, committees, platform companies, governments, in this order; then amenities and land prices."""

from __future__ import annotations

import math
from enum import IntFlag
from typing import Any

import numpy as np

from zonesim.accounts.books import committees, governments
from zonesim.accounts.books.committees import close_committees
from zonesim.accounts.books.finance import FinanceParameters
from zonesim.accounts.books.governments import close_governments
from zonesim.accounts.books.parameters import BookParameters
from zonesim.accounts.books.platforms import close_platforms
from zonesim.accounts.books.public import build_on_credit, count_revenue, is_active, receive_and_serve
from zonesim.accounts.books.service_land import commercial_plan, sell_service_land
from zonesim.accounts.ledger import Book, Handed, Ledger
from zonesim.accounts.staff_pay import PayParameters
from zonesim.columns import Array, Floats, Ints
from zonesim.compiled import kernel, part, rule
from zonesim.quarters import closes_year, opens_year
from zonesim.terms import Terms
from zonesim.world import World
from zonesim.world.flows import Flows
from zonesim.world.places import LEAST_LAND, Infrastructure, LandStage, Use


class Step(IntFlag):
    """What is closed, in this order."""

    LAND = 1
    DEBTS = 2
    COMMITTEES = 4
    CREDIT = 8
    PLATFORMS = 16
    GOVERNMENTS = 32
    REVENUE = 64
    PRICES = 128


PUBLIC = int(Step.DEBTS | Step.CREDIT)  #: steps of zones with grants, partners, or public debts other than for factories
ALL = sum(int(step) for step in Step)

ZONE_TERMS = (
    "staff_cost_factor", "performance_pay", "social_stripped", "social_duty_factor", "finder_reward", "account_keeper", "works_review",
    "functional_share", "company_model", "platform_merged", "county_transfer", "higher_grant", "interest_subsidy", "operator", "market_team",
    "works_programme", "special_bond", "policy_loan", "ppp_share", "debt_ratio_cap", "factory_supply",
)  # fmt: skip
(
    STAFF_FACTOR, RESULTS, STRIPPED, DUTY, REWARD, KEEPER, REVIEW, FUNCTIONAL, COMPANY, MERGED, TRANSFER, GRANT, SUBSIDY, OPERATOR, TEAM, PROGRAMME,
    BOND_QUOTA, LOAN_VOLUME, PARTNERS_SHARE, RATIO_CAP, SUPPLY,
) = range(len(ZONE_TERMS))  # fmt: skip
PLACE_TERMS = ("living_service_cap", "land_revenue_deduction", "land_revenue_reinvest", "ready_bank", "key_support", "special_fund_tilt")
LIVING_SHARE, DEDUCTION, REINVEST, BANK, KEY, TILT = range(len(PLACE_TERMS))
LAND_CAUSES = ("law:land", "market", "law:budget")
DEBT_CAUSES = ("county_transfer", "higher_grant", "interest_subsidy", "special_bond", "policy_loan", "ppp_payment", "operator_fee", "commission")
COMMITTEE_CAUSES = ("performance_pay", "social_affairs", "finder_reward")
PLACE_CAUSES = ("land_revenue", "treatment_works")
CREDIT_CAUSES = ("special_bond", "policy_loan", "works_programme", "ppp_payment")
NO_CAUSES = np.zeros((len(DEBT_CAUSES), 1), dtype=np.int64)

QUOTA_USED, SERVICE_SALES, REAL_ESTATE, RENTS, ATTRACTED, WORKS, RAISED = (
    Flows.BY_PLACE.index(name)
    for name in (
        "quota_land_used", "service_land_sales", "real_estate_investment", "rents", "investment_attracted", "infrastructure_investment",
        "public_financing",
    )
)  # fmt: skip

LAND, DEBTS, COMMITTEES, CREDIT, PLATFORMS, GOVERNMENTS, REVENUE, PRICES = (int(step) for step in Step)
READY, BUILT, UNDEVELOPED = int(LandStage.READY), int(LandStage.BUILT), int(LandStage.UNDEVELOPED)
INDUSTRIAL, LIVING_SERVICE, LIVING = int(Use.INDUSTRIAL), int(Use.LIVING_SERVICE), int(Infrastructure.LIVING)


@rule
def living_amenity(facilities: Any, crowd: Any, living_share: Any, curve: Any, scale: Any) -> Any:
    """Return the amenity of a place: (facilities / sqrt(crowd))^curve (1 + living share / scale)^curve, both relative to the opening.

    >>> living_amenity(1.0, 1.0, 0.0, 0.3, 0.05)
    1.0
    """
    return (facilities / math.sqrt(crowd)) ** curve * (1.0 + living_share / scale) ** curve


@rule
def asking_price(floor_price: Any, wanted: Any, ready: Any, response: Any, markup: Any, span: Any) -> Any:
    """Return the asking price of industrial land: markup x floor x scarcity^response, at least the floor; scarcity between 1/span and span.

    >>> round(asking_price(0.01, 4000.0, 1000.0, 0.5, 1.15, 4.0), 9), asking_price(0.01, 1000.0, 4000.0, 1.0, 1.15, 4.0)
    (0.023, 0.01)
    """
    scarce = min(span, max(1.0 / span, wanted / max(ready, 100.0)))
    return max(floor_price, floor_price * markup * scarce**response)


@part
def let_follow(
    land: Ints, planned: Array, infrastructure: Floats, amenity: Floats, land_price: Floats, employment: Array, opening: Floats,
    living_opening: Floats, land_demand: Floats, floor_price: Floats, wear: float, ready_years: float, response: float,
    markup: float, span: float, curve: float, scale: float,
) -> None:  # fmt: skip
    """Let infrastructure wear, and amenities and asking prices of land follow what was built and asked for."""
    for p in range(len(floor_price)):
        for k in range(infrastructure.shape[1]):
            infrastructure[p, k] *= 1 - wear / 4
        living = land[p, BUILT, LIVING_SERVICE] / max(planned[p] - land[p, UNDEVELOPED].sum(), 1)
        facilities = (infrastructure[p, LIVING] + 1) / (living_opening[p] + 1)
        amenity[p] = living_amenity(facilities, (employment[p] + 1.0) / (opening[p] + 1.0), living, curve, scale)
        wanted = land_demand[p] * ready_years * 4 + LEAST_LAND
        land_price[p] = asking_price(floor_price[p], wanted, float(land[p, READY, INDUSTRIAL]), response, markup, span)


@kernel
def _close(
    steps: int, handed: Handed, zones: int, counties: int, county0: int, zone0: int, platform0: int, first: int, year_opens: bool, year_closes: bool, run_opens: bool,
    numbers: Floats, rates: Floats, pay: Floats, plant_cost: float, plant_kind: int,
    of_zone: Floats, of_place: Floats, commercial_share: Floats, eia: Floats, floor_price: Floats,
    land_causes: Ints, place_causes: Ints, debt_causes: Ints, committee_causes: Ints, credit_causes: Ints,
    zone_county: Array, zone_parent: Array, zone_merged: Array, platform_debt: Floats, bonds: Floats, loans: Floats, partners: Floats, arrears: Floats, staff: Floats,
    standing: Floats, effort: Floats, score: Floats, fund: Floats, revenue: Floats,
    kind: Array, county: Array, zone: Array, value_added: Floats, land: Ints, planned: Array, quota: Array, land_price: Floats, infrastructure: Floats,
    treatment: Floats, reputation: Floats, factory: Array, factory_let: Array, amenity: Floats, employment: Array, employment_opening: Floats,
    living_opening: Floats, land_demand: Floats, flows: Floats, works_mix: Floats, public_mix: Floats,
) -> None:  # fmt: skip
    book = Book(*handed)
    (
        staff_cost, promotion_budget, land_cost, spent, land_share, pace, worth, usual_score, ready_years, wear, public_works, held_back, special_funds,
        reserve, service_price, service_pace, building, markup, span, ready_response, _, curve, living_land, _, price_response, factory_cost, vacancy,
        debt_cap, debt_rate, abatement, eia_delay, duplicated, finds, wait,
    ) = numbers  # fmt: skip
    (
        bond_rate, loan_rate, partner_rate, bond_years, loan_years, partner_years, usual_cap, service, red_line, gain, overhead, discount, operator_fee,
        operator_vacancy, memory, commission,
    ) = rates  # fmt: skip
    functional, company, merged, subsidy = of_zone[FUNCTIONAL], of_zone[COMPANY], of_zone[MERGED], of_zone[SUBSIDY]
    operator, ratio_cap = of_zone[OPERATOR], of_zone[RATIO_CAP]
    par, most_result, social_time = pay
    law, market, budget = land_causes
    own = np.zeros(zones)
    if steps & LAND:
        sell_service_land(
            book, county0, zone0, kind, county, zone, land, planned, quota, land_price, of_place[LIVING_SHARE], commercial_share, of_place[DEDUCTION],
            of_place[REINVEST], service_pace, service_price, building, flows[QUOTA_USED], flows[SERVICE_SALES], flows[REAL_ESTATE], law, market, place_causes[0],
        )  # fmt: skip
    if steps & DEBTS:
        receive_and_serve(
            book, zones, county0, zone0, platform0, zone_county, zone_merged, of_zone[TRANSFER], of_zone[GRANT], subsidy, operator, operator_fee, of_zone[TEAM],
            commission, zone, flows[RENTS], flows[ATTRACTED], platform_debt, bonds, loans, partners, arrears, bond_rate, loan_rate, debt_rate, partner_rate, bond_years,
            loan_years, partner_years, market, debt_causes,
        )  # fmt: skip
    if steps & COMMITTEES:
        close_committees(
            book, zones, county0, zone0, platform0, zone, zone_county, arrears, staff, staff_cost, of_zone[STAFF_FACTOR], of_zone[RESULTS], par, most_result,
            of_zone[STRIPPED], of_zone[DUTY], social_time, of_zone[REWARD], flows[ATTRACTED], committee_causes, of_zone[KEEPER], of_zone[REVIEW], wait, duplicated * finds / (1 - duplicated), standing, effort, score,
            fund, value_added, land, quota, land_demand, year_opens, of_place[BANK], eia, infrastructure, treatment, reputation, flows[QUOTA_USED], flows[WORKS],
            promotion_budget, land_cost, ready_years, ready_response, abatement, eia_delay, functional, company, merged, gain, overhead, land_share, spent,
            pace, worth, usual_score, own, works_mix, plant_cost, plant_kind, place_causes[1],
            budget, market,
        )  # fmt: skip
    if steps & CREDIT:
        build_on_credit(
            book, zones, platform0, zone, value_added, effort, infrastructure, own, of_zone[PROGRAMME], of_zone[BOND_QUOTA],
            of_zone[LOAN_VOLUME], of_zone[PARTNERS_SHARE], ratio_cap, subsidy,
            functional, company, merged, revenue, platform_debt, bonds, loans, partners, flows[WORKS], flows[RAISED], debt_rate,
            (partner_rate, loan_years, partner_years, usual_cap, service, red_line, gain, overhead, discount), works_mix, credit_causes, zone_parent,
        )  # fmt: skip
    if steps & PLATFORMS:
        close_platforms(
            book, zones, platform0, zone, platform_debt, factory, factory_let, flows[RENTS], flows[WORKS], debt_rate, debt_cap, vacancy, factory_cost,
            ratio_cap, revenue, bonds, loans, partners, of_zone[SUPPLY], merged, operator, discount, operator_vacancy, usual_cap, service, loan_years, market,
        )  # fmt: skip
    if steps & GOVERNMENTS:
        close_governments(
            book, counties, county0, county, zone, value_added, land, quota, land_demand, infrastructure, flows[QUOTA_USED], flows[WORKS], reserve,
            public_works, 1.0 if year_closes else 1.0 - held_back, of_place[TILT], special_funds, public_mix, of_place[KEY], budget, market,
        )  # fmt: skip
    if steps & REVENUE:
        count_revenue(book, first, zones, zone0, platform0, run_opens, memory, revenue)
    if steps & PRICES:
        let_follow(
            land, planned, infrastructure, amenity, land_price, employment, employment_opening, living_opening, land_demand, floor_price, wear, ready_years,
            price_response, markup, span, curve, living_land,
        )  # fmt: skip


def close_books(
    world: World, terms: Terms, ledger: Ledger, parameters: BookParameters, finance: FinanceParameters, pay: PayParameters, plant_cost: float,
    floor_price: Floats, causes: dict[str, str], steps: int = ALL,
) -> None:  # fmt: skip
    """Close the quarter's books of governments and platform companies, and let infrastructure, land and amenities follow.

    Order: service land is sold; zones take in grants and serve their debts; committees pay staff, promotion, then land preparation (when ready land is
    short, within quota and money), then infrastructure by type, and build on credit; platform companies pay interest, repay, build factories; counties
    and city keep a reserve and spend the rest on infrastructure (by value added of their places) and services. No account is overdrawn; what is left
    unpaid is arrears. One kernel does it all: eight would be handed the same columns.

    Args:
        world: books, land, infrastructure and prices are changed.
        terms: of the quarter.
        ledger: takes the payments.
        parameters, finance, pay: of the books, of public debt, of staff.
        plant_cost: of treatment, 10k CNY per unit of capacity.
        floor_price: lowest legal price of industrial land by place, 10k CNY per m2.
        causes: clause or law by kind.
        steps: which of the steps (:class:`Step`).
    """
    acc, zones, places, quarter, n, m = world.accounts, world.zones, world.places, world.quarter, world.zones.n, world.n_places
    if not is_active(world, terms):
        steps &= ~PUBLIC
    _close(
        steps, ledger.open(41 * n + 6 * m + 2 * world.counties.n + 5), n, world.counties.n, acc.county0, acc.zone0, acc.platform0, ledger.quarter_start,
        opens_year(quarter), closes_year(quarter), quarter == world.start, parameters.vector, finance.vector, pay.vector, plant_cost,
        ledger.kind("treatment_works"), terms.rows(ZONE_TERMS), terms.rows(PLACE_TERMS), terms.once(commercial_plan), terms["planning_eia"], floor_price,
        ledger.causes_of(LAND_CAUSES, causes), ledger.causes_at_places(PLACE_CAUSES, causes, m), ledger.causes_of_committees(DEBT_CAUSES, causes, n) if steps & PUBLIC else NO_CAUSES,
        ledger.causes_of_committees(COMMITTEE_CAUSES, causes, n), ledger.causes_of_committees(CREDIT_CAUSES, causes, n) if steps & PUBLIC else NO_CAUSES,
        zones.county, zones.parent, zones.merged, zones.platform_debt, zones.bonds, zones.policy_loans, zones.partner_claims, zones.arrears, zones.staff, zones.standing,
        zones.effort, zones.score, zones.infrastructure_fund, zones.revenue_last_year, places.kind, places.county, places.zone, places.value_added,
        places.land, places.planned, places.quota_land, places.land_price, places.infrastructure, places.treatment, places.reputation, places.factory,
        places.factory_let, places.amenity, places.employment, world.economy.employment_opening, world.living_opening, world.land_demand,
        world.flows.by_place, committees.MIX, governments.MIX,
    )  # fmt: skip
    ledger.close()
