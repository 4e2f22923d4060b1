"""How a quarter opens, and a year: law, terms and books of the quarter; evaluation, plans and offers of the year; innovation paid for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zonesim.accounts import innovation, sharing
from zonesim.accounts.awards import pay_awards
from zonesim.accounts.evaluation import evaluate, set_weights
from zonesim.accounts.expansion import reward_zones
from zonesim.accounts.integration import integrate
from zonesim.accounts.qualities import Inspection
from zonesim.accounts.quota_uses import set_quota_aside
from zonesim.accounts.staff_pay import hold_staff_pay
from zonesim.behaviour.case_work import plan_capacity
from zonesim.behaviour.cultivation import claim_services, cultivate
from zonesim.behaviour.factory_sales import sell_factories
from zonesim.behaviour.incubation import house_tenants
from zonesim.behaviour.innovation import recognise
from zonesim.behaviour.leading_industries import plan_industries
from zonesim.behaviour.per_mu import grade_by_mu
from zonesim.behaviour.talent import attract, claim_subsidies
from zonesim.columns import Floats
from zonesim.policies import law
from zonesim.steps.entry import follow_the_law

if TYPE_CHECKING:
    from zonesim.model import ZoneModel


def open_quarter(model: ZoneModel) -> None:
    """Set the terms and the law's figures of the quarter, and clear its flows."""
    world = model.world
    world.quarter = model.quarter
    model.terms = model.package.terms_at(model.quarter)
    model.causes = model.package.causes_at(model.quarter)
    model.law_of_the_quarter()
    follow_the_law(model)
    world.flows.clear(world.contracts.n)
    model.ledger.begin(model.quarter)
    hold_staff_pay(world, model.terms, model.ledger, model.parameters["books"].staff_cost)
    for committee, parent, debts in integrate(world, model.terms, model.ledger, model.parameters["integration"], model.causes["integration"]):
        model.observer.pass_on(committee, parent, debts)


def law_of_the_quarter(model: ZoneModel) -> None:
    """Read the figures of the law that are not terms of a site."""
    model.central, model.local_part, model.floor_price = figures_of(model, model.quarter)


def figures_of(model: ZoneModel, quarter: int) -> tuple[Floats, Floats, Floats]:
    """Return the centre's share of each tax, the local part of each, and the floor price of land by place, under the law of a quarter."""
    same = law.signature(quarter)
    if same not in model.figures:
        central = law.central_shares(quarter)
        floor = law.floor_prices(quarter, model.world.places.land_grade[: model.world.n_places])
        model.figures[same] = (central, sharing.local_part(central, model.parameters["sharing"]), floor)
    return model.figures[same]


def inspection_of(parameters: Any) -> Inspection:
    """Return what an inspection holds the states of a zone against, from the decisions that make the states."""
    committee, evaluation = parameters["committee"], parameters["evaluation"]
    return Inspection(
        committee.usual_meetings, committee.usual_solved, parameters["approval"].base_days, evaluation.report_hours, evaluation.report_time, evaluation.assessed
    )


def open_year(model: ZoneModel) -> None:
    """Evaluate the last year, allot quotas, plan effort and offers, recognise high-tech enterprises."""
    world = model.world
    set_weights(world, model.terms, model.parameters["evaluation"])
    if model.quarter > world.start:
        evaluate(world, model.terms, model.parameters["evaluation"], model.parameters["field"], inspection_of(model.parameters))
        pay_awards(world, model.terms, model.ledger, model.parameters["evaluation"].fast, model.causes)
        reward_zones(world, model.terms, model.parameters["zone_expansion"])
    model.government.plan_year()
    set_quota_aside(world, model.terms, model.parameters["quota_uses"])
    grade_by_mu(world, model.terms, model.parameters["per_mu"])
    sell_factories(world, model.terms, model.parameters["factory_sales"])
    plan_industries(world, model.terms, model.parameters["promotion"])
    model.last_offers = world.zones.refund_offer.copy()
    for committee in model.committees:
        committee.plan_year()
    plan_capacity(world, model.terms, model.parameters["case_work"], model.parameters["committee"].relief)
    if model.quarter > world.start:
        recognise(world, model.terms, model.parameters["innovation"], model.parameters["taxation"])
    for values in world.year_sums.values():
        values[:] = 0.0


def open_innovation(model: ZoneModel) -> None:
    """Pay for incubators, funds, cultivation and those who come; talent moves; enterprises rise in grade, build centres, enter and leave incubators."""
    world, p = model.world, model.parameters
    innovation.fund_innovation(world, model.terms, model.ledger, p["incubators"], model.causes)
    claim_subsidies(world, model.terms, p["talent"])
    claim_services(world, model.terms, p["cultivation"])
    cultivation_paid, talent_paid = innovation.pay_ahead(world, model.ledger, model.causes)
    attract(world, model.terms, p["talent"], talent_paid)
    cultivate(world, model.terms, p["cultivation"], p["talent"].share, cultivation_paid)
    house_tenants(world, p["incubation"])
