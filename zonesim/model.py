"""The model: what happens in a quarter, in order, and one run of it."""

from __future__ import annotations

from collections.abc import Callable, Container
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from zonesim import quarters
from zonesim.accounts import books, contracts, innovation, promotion, returns, settlement, sharing, treatment
from zonesim.accounts import equity as equity_account
from zonesim.accounts.assessments import renew_assessments, settle_approvals
from zonesim.accounts.awards import pay_awards
from zonesim.accounts.checks import Checker
from zonesim.accounts.circular import pay_links
from zonesim.accounts.evaluation import evaluate, set_weights
from zonesim.accounts.expansion import reward_zones
from zonesim.accounts.integration import integrate
from zonesim.accounts.land_payments import settle_land
from zonesim.accounts.ledger import Ledger
from zonesim.accounts.quota_uses import set_quota_aside, site_works
from zonesim.accounts.staff_pay import hold_staff_pay
from zonesim.accounts.year import add_to_year
from zonesim.agents import EnterprisePopulation, Government, ZoneCommittee
from zonesim.behaviour.admission import admit
from zonesim.behaviour.ambient import entry_room
from zonesim.behaviour.approval import LAND, NO_LAND, Procedure, procedure
from zonesim.behaviour.arrivals import arrive
from zonesim.behaviour.buyback import buy_back
from zonesim.behaviour.case_work import plan_capacity
from zonesim.behaviour.circular import claim_links, link_up
from zonesim.behaviour.construction import build
from zonesim.behaviour.cultivation import claim_services, cultivate
from zonesim.behaviour.demand import update_demand
from zonesim.behaviour.demography import close_down, close_rows
from zonesim.behaviour.equity import place_equity
from zonesim.behaviour.exit_rule import expel
from zonesim.behaviour.expansion import expand, full_at
from zonesim.behaviour.factory_sales import sell_factories
from zonesim.behaviour.followup import follow_up
from zonesim.behaviour.idle_land import inefficiency_lines, tend_land
from zonesim.behaviour.incubation import founders, house_tenants
from zonesim.behaviour.innovation import recognise
from zonesim.behaviour.investment import invest
from zonesim.behaviour.labour import update_labour_markets
from zonesim.behaviour.listing import list_enterprises
from zonesim.behaviour.location import choose_places
from zonesim.behaviour.per_mu import charge_by_grade, grade_by_mu
from zonesim.behaviour.place_effects import update_place_effects
from zonesim.behaviour.pollution import discharge
from zonesim.behaviour.production import produce
from zonesim.behaviour.promotion import plan_industries
from zonesim.behaviour.relocation import order_moves, pay_for_moves
from zonesim.behaviour.site_value import reference_projects, site_index
from zonesim.behaviour.supply import match_suppliers
from zonesim.behaviour.talent import attract, claim_subsidies
from zonesim.behaviour.taxation import assess_taxes
from zonesim.behaviour.trade import trade
from zonesim.behaviour.use_change import change_use
from zonesim.behaviour.verification import verify
from zonesim.errors import InputError
from zonesim.founding import found
from zonesim.indicators import Observer, Series, tabulate, totals
from zonesim.indicators.breakdown import Breakdown, Parts
from zonesim.lean_mesa import mesa
from zonesim.policies import law
from zonesim.policies.package import Package
from zonesim.scenario import Scenario, load_scenario
from zonesim.scenario.schema import site_info
from zonesim.terms import Terms
from zonesim.world import World
from zonesim.world.places import Infrastructure

STATE = ("world", "ledger", "observer", "parts", "last_offers", "return_cause", "zone_distance")  #: of a run between two quarters


class ZoneModel(mesa.Model):
    """One run of a scenario, a quarter a step.

    Args:
        scenario: a scenario, or the path of its file.
        seed: run seed (a whole number; 0 is a seed).
        check: verify every identity in every quarter.
        world: an opening world to start from instead of founding one.
        founder: what founds the opening world (a sweep keeps those that several runs share).
        parts: collect the breakdown by industry, size and use (a sweep that reads indicators alone does without).
        package: the package of the scenario, where it was made already.
        rng: for mesa's own machinery; the model's chance does not use it.

    Raises:
        InputError: the scenario cannot be read, or the seed is not a whole number.
    """

    def __init__(
        self, scenario: Scenario | str | Path, seed: int = 1, *, check: bool = False, world: World | None = None, rng: Any = None,
        founder: Callable[..., World] = found, parts: bool = True, package: Package | None = None,
    ) -> None:  # fmt: skip
        if not isinstance(seed, int | np.integer) or isinstance(seed, bool):
            raise InputError(f"seed: {seed!r} is not a whole number")
        super().__init__(rng=rng if rng is not None else int(seed) % 2**32)
        self.scenario = scenario if isinstance(scenario, Scenario) else load_scenario(scenario)
        self.parameters: Any = self.scenario.parameters
        self.package = package or Package(self.scenario.instruments, site_info(self.scenario.region))
        self.world = world or founder(
            self.scenario.region, self.scenario.founding, self.parameters, int(seed), self.scenario.start, self.scenario.enterprises_list
        )
        self.quarter = self.world.quarter
        self.terms: Terms = self.package.terms_at(self.quarter)
        self.causes = self.package.causes_at(self.quarter)
        self.return_cause = self.causes["tax_return"]  # of the last return, for what of it the city still owes
        self.figures: dict[tuple[float, ...], tuple[np.ndarray, ...]] = {}
        self.ledger = Ledger(self.world.accounts, self.world.balances)
        if world is None:
            self.fill_pipeline()
        self.observer = Observer(self.world, self.scenario.end - self.quarter + 1)
        self.parts = Parts(self.world) if parts else None
        self.checker = Checker(self.world) if check else None
        self.zone_distance = _zone_distance(self.world)
        self.last_offers = self.world.zones.refund_offer.copy()
        self.population = EnterprisePopulation(self)
        for z in range(self.world.zones.n):
            ZoneCommittee(self, z)
        self.government = Government(self)
        self.committees = self.agents_by_type[ZoneCommittee] if self.world.zones.n else ()
        self.names = account_names(self.world)
        self.datacollector = mesa.DataCollector(
            model_reporters={
                "quarter": lambda m: quarters.label(m.world.quarter - 1),
                "gdp": lambda m: m.totals[0],
                "employment": lambda m: m.totals[1],
                "enterprises": lambda m: m.totals[2],
                "tax": lambda m: m.totals[3],
            }
        )

    def step(self) -> None:
        """One quarter."""
        world, p = self.world, self.parameters
        self.open_quarter()
        returns.pay_owed(world, self.ledger, self.return_cause)
        if quarters.opens_year(self.quarter):
            self.open_year()
        if quarters.opens_year(self.quarter) or self.quarter == world.start:
            self.open_innovation()
        terms = self.terms  # law of the date, then the instruments in force
        update_demand(world, p["demand"])
        update_labour_markets(world, p["labour"])
        update_place_effects(world, p["place_effects"])
        produce(world, p["production"])
        match_suppliers(world, terms, p["supply"])
        trade(world, p["trade"])
        assess_taxes(world, terms, self.local_part, p["taxation"])
        world.tax_place = world.enterprises.live("place").copy()
        unpaid = sharing.settle_taxes(world, terms, self.ledger, self.central, p["sharing"])
        contracts.share_taxes(world, self.ledger, self.central, p["sharing"], self.causes)
        returns.pay_owed(world, self.ledger, self.return_cause)  # what the opening balance left open, out of the taxes that just came in
        discharge(world, terms, p["treatment"], p["supervision"], p["alerts"], p["circular"])
        self.link_waste()
        charge_by_grade(world, terms, p["per_mu"])
        full, lines = self.land_of_the_quarter()
        expand(world, terms, p["land_growth"], full, lines, p["construction"].hoarding)
        invest(world, terms, p["investment"], p["taxation"], p["production"], full)
        gone = close_down(world, p["exit"])
        close_rows(world, order_moves(world, terms, p["relocation"]), p["exit"])
        if quarters.opens_year(self.quarter):
            close_rows(world, expel(world, terms, p["exit_rule"]), p["exit"])
            follow_up(world, terms, p["followup"])
        close_rows(world, change_use(world, terms, p["use_change"], p["arrivals"].grace_births), p["exit"])
        promotion.pay_for_promotion(world, terms, self.ledger, p["promotion_costs"], self.causes)
        self.apply_for_places()  # arrivals choose a place, zones admit
        build(world, terms, p["construction"])
        verify(world, terms, p["approval"])
        pay_for_moves(world, terms, p["relocation"])
        tend_land(world, terms, p["idle_land"], p["construction"].hoarding, lines)
        settle_land(world, terms, self.ledger, self.causes, p["location"].offset)
        treatment.settle_environment(world, self.ledger, p["plants"], self.causes)
        unpaid = unpaid + innovation.settle_innovation(world, self.ledger, self.causes)
        settle_approvals(world, self.ledger, self.causes)
        self.finance_enterprises()  # factories bought back, public equity, upgrade funds
        promotion.pay_grants(world, self.ledger, self.causes, unpaid)
        settlement.settle_enterprises(world, terms, self.ledger, self.causes, unpaid, law.value("new_land_fee", "central_share", self.quarter))
        promotion.pay_fees(world, self.ledger, self.causes)
        contracts.share_costs(world, self.ledger, self.causes)
        if quarters.closes_year(self.quarter):
            self.return_cause = self.causes["tax_return"]
            returns.return_increments(world, terms, self.ledger, quarters.year(self.quarter), self.return_cause)
        treatment.build_plants(world, terms, self.ledger, p["plants"], p["treatment"].connected_park, p["treatment"].connected_unit, self.causes)
        renew_assessments(world, terms, self.ledger, p["assessments"], self.causes)
        self.government.close_books()
        site_works(world, p["quota_uses"])
        self.observer.observe(world)
        if self.parts is not None:
            self.parts.observe(world)
        self.close_quarter(gone)

    def fill_pipeline(self, before: int = 3) -> None:
        """Let the projects of the last quarters before the opening apply, so that the opening world has some on the way.

        They hold their land at the opening; what they paid for it is before the books begin.
        """
        world, p, start = self.world, self.parameters, self.world.quarter
        produce(world, p["production"])
        for quarter in range(start - before, start):
            world.quarter = self.quarter = quarter
            self.terms = self.package.terms_at(quarter)
            self.law_of_the_quarter()
            self.apply_for_places()
            world.flows.clear(world.contracts.n)
            produce(world, p["production"])
        world.quarter = self.quarter = start
        world.flows.clear(world.contracts.n)
        world.economy.usual_utility[:] = np.nan  # the opening quarter is the measure of what sites are worth

    def law_of_the_quarter(self) -> None:
        """Read the figures of the law that are not terms of a site."""
        same = law.signature(self.quarter)
        if same not in self.figures:
            central = law.central_shares(self.quarter)
            floor = law.floor_prices(self.quarter, self.world.places.land_grade[: self.world.n_places])
            self.figures[same] = (central, sharing.local_part(central, self.parameters["sharing"]), floor)
        self.central, self.local_part, self.floor_price = self.figures[same]

    def land_of_the_quarter(self) -> tuple[np.ndarray, np.ndarray]:
        """Return how far capital may outgrow a parcel (by site), and the output per mu below which land is inefficient (by place)."""
        p = self.parameters
        full = full_at(self.terms, p["land_growth"].slack, p["location"].denser)
        return full, inefficiency_lines(self.world, self.terms, p["idle_land"].inefficient_output)

    def apply_for_places(self) -> None:
        """Arrivals, choice of place, admission."""
        world, terms, p = self.world, self.terms, self.parameters
        steps = procedure(world, terms, p["approval"])
        births = self.days_of_births(steps)
        more = founders(world, p["incubation"], p["arrivals"].births, p["arrivals"].birth_size)
        applicants = arrive(world, terms, p["arrivals"], p["promotion"], self.scenario.founding.scale, births, p["approval"].base_days, more)
        wishes = choose_places(
            world, terms, applicants, steps, self.floor_price, self.local_part, p["location"], p["taxation"], p["investment"], p["bespoke"], p["promotion"]
        )
        admit(world, terms, applicants, wishes, steps, p["admission"], p["approval"], entry_room(world, terms, p["treatment"]), p["bespoke"])
        if quarters.opens_year(self.quarter) or np.isnan(world.economy.usual_utility[0]):
            self.value_sites(steps)
        world.flows.site_index_jobs[:] = world.places.site_index[: world.n_places] * world.places.employment[: world.n_places]
        world.flows.jobs_now[:] = world.places.employment[: world.n_places]
        world.flows.platforms[:] = world.places.infrastructure[: world.n_places, Infrastructure.PLATFORMS]

    def value_sites(self, steps: Procedure) -> None:
        """Ask once a year what each place is worth to reference projects; the first answer is the measure of all later ones."""
        world, p = self.world, self.parameters
        values = np.full((world.n_industries, world.n_places), -np.inf)
        choose_places(
            world,
            self.terms,
            reference_projects(world),
            steps,
            self.floor_price,
            self.local_part,
            p["location"],
            p["taxation"],
            p["investment"],
            p["bespoke"],
            p["promotion"],
            values,
        )
        usual = world.economy.usual_utility
        if np.isnan(usual[0]):
            open_to = np.isfinite(values)
            usual[:] = np.where(open_to, values, 0.0).sum(axis=1) / np.maximum(open_to.sum(axis=1), 1)
        world.places.site_index[: world.n_places] = site_index(world, values, usual)

    def open_quarter(self) -> None:
        """Set the terms and the law's figures of the quarter, and clear its flows."""
        world = self.world
        world.quarter = self.quarter
        self.terms = self.package.terms_at(self.quarter)
        self.causes = self.package.causes_at(self.quarter)
        self.law_of_the_quarter()
        world.flows.clear(world.contracts.n)
        self.ledger.begin(self.quarter)
        hold_staff_pay(world, self.terms, self.ledger, self.parameters["books"].staff_cost)
        integrate(world, self.terms, self.ledger, self.parameters["integration"], self.causes["integration"])

    def open_year(self) -> None:
        """Evaluate the last year, allot quotas, plan effort and offers, recognise high-tech enterprises."""
        world = self.world
        set_weights(world, self.terms, self.parameters["evaluation"])
        if self.quarter > world.start:
            evaluate(world, self.terms, self.parameters["evaluation"], self.parameters["field"])
            pay_awards(world, self.terms, self.ledger, self.causes)
            reward_zones(world, self.terms, self.parameters["zone_expansion"])
        self.government.plan_year()
        set_quota_aside(world, self.terms, self.parameters["quota_uses"])
        grade_by_mu(world, self.terms, self.parameters["per_mu"])
        sell_factories(world, self.terms, self.parameters["factory_sales"])
        plan_industries(world, self.terms, self.parameters["promotion"])
        self.last_offers = world.zones.refund_offer.copy()
        for committee in self.committees:
            committee.plan_year()
        plan_capacity(world, self.terms, self.parameters["case_work"], self.parameters["committee"].relief)
        if self.quarter > world.start:
            recognise(world, self.terms, self.parameters["innovation"], self.parameters["taxation"])
        for values in world.year_sums.values():
            values[:] = 0.0

    def finance_enterprises(self) -> None:
        """Settle what enterprises raise besides bank loans: listings, factories sold to platform companies, public equity, upgrade funds."""
        world, terms, ledger, p = self.world, self.terms, self.ledger, self.parameters
        if quarters.closes_year(self.quarter):
            list_enterprises(world, p["listing"])
            equity_account.settle_listings(world, ledger)
        if terms.once(_buys_factories):
            room = books.room_for_debt(world, terms, p["books"], p["public_finance"])
            buy_back(world, terms, p["buyback"], p["investment"], room, p["books"].factory_cost)
            books.borrow_for_factories(world, ledger, self.causes)
        if equity_account.is_active(world, terms):
            own = p["equity"]
            fund = equity_account.call_capital(world, terms, ledger, own.private_part, own.years, self.causes["fund_equity"])
            city = own.city_part * max(0.0, float(world.balances[world.accounts.CITY]))
            building = p["construction"]
            placed, redeemed = place_equity(world, terms, own, fund, city, building.hoarding, building.debt_financed)
            equity_account.settle_equity(world, ledger, placed, redeemed, self.causes)

    def open_innovation(self) -> None:
        """Pay for incubators, funds, cultivation and those who come; talent moves; enterprises rise in grade, build centres, enter and leave incubators."""
        world, p = self.world, self.parameters
        innovation.fund_innovation(world, self.terms, self.ledger, p["incubators"], self.causes)
        claim_subsidies(world, self.terms, p["talent"])
        claim_services(world, self.terms, p["cultivation"])
        cultivation_paid, talent_paid = innovation.pay_ahead(world, self.ledger, self.causes)
        attract(world, self.terms, p["talent"], talent_paid)
        cultivate(world, self.terms, p["cultivation"], p["talent"].share, cultivation_paid)
        house_tenants(world, p["incubation"])

    def link_waste(self) -> None:
        """Claim the support of circular transformation, pay what there is, and make links with what was paid."""
        world, p = self.world, self.parameters
        top = claim_links(world, self.terms, p["circular"])
        if top is not None:
            pay_links(world, self.ledger, p["circular_money"], self.causes)
            link_up(world, p["circular"], top)

    def days_of_births(self, steps: Procedure) -> np.ndarray:
        """Return the mean days of approval by county, over its places and over industries with and without land as they are."""
        return self.terms.once(self._days_by_county, steps)

    def _days_by_county(self, terms: Terms, steps: Procedure) -> np.ndarray:
        world = self.world
        own = np.where(world.industries.land_m2_per_capital > 0, steps.felt[LAND], steps.felt[NO_LAND])
        total = own.mean(axis=1) + terms["review_days"].mean(axis=1) + terms["filing_days"].mean(axis=1)
        county = world.places.county[: world.n_places]
        sums = np.bincount(county, weights=total, minlength=world.counties.n)
        return np.asarray(sums / np.maximum(np.bincount(county, minlength=world.counties.n), 1))

    def close_quarter(self, gone: int) -> None:
        """Check the books if asked, add the quarter to the year, drop rows of closed enterprises now and then, and move on."""
        world = self.world
        if self.checker is not None:
            self.checker.check(world, self.ledger, self.names)
        add_to_year(world)
        if gone > 0.125 * world.enterprises.n:
            world.enterprises.compact(world.enterprises.live("stage") != 0)
        self.quarter += 1
        world.quarter = self.quarter
        self.totals = totals(world)
        self.datacollector.collect(self)
        if self.quarter > self.scenario.end:
            self.running = False

    def state(self) -> dict[str, Any]:
        """Return everything that the rest of the run depends on besides the scenario: what :meth:`take_over` needs to go on from here."""
        return {name: getattr(self, name) for name in STATE}

    def take_over(self, state: dict[str, Any]) -> None:
        """Go on from the state of a run that was the same up to here; the world of the state is the one that this model was made with."""
        for name in STATE:
            setattr(self, name, state[name])

    def release(self) -> None:
        """Let go of the tables at the end of a run: model and agents refer to each other, and would keep them until the collector comes."""
        for name in ("world", "ledger", "observer", "parts", "checker", "terms", "package"):
            setattr(self, name, None)

    def paid(self) -> dict[str, np.ndarray]:
        """Return what the ledger says was paid for each clause that an indicator counts, ``[n_quarters, n_zones]`` in 10k CNY."""
        acc, zones, ledger = self.world.accounts, self.world.zones, self.ledger
        committees = acc.zone0 + np.arange(zones.n)
        start, n = self.observer.start, self.observer.seen
        return {
            "tax_returned": ledger.paid("tax_return", committees, committees, start, n),
            "award_received": ledger.paid("award", committees, committees, start, n) + ledger.paid("zone_fund", committees, committees, start, n),
        }


def _buys_factories(terms: Terms) -> bool:
    return bool(terms["factory_buyback"].any())


def _zone_distance(world: World) -> np.ndarray:
    """Return the distance in km between committees: of the middle of their parks."""
    n = world.zones.n
    seat = np.zeros(n, dtype=np.int64)
    for z in range(n):
        mine = np.flatnonzero(world.places.zone[: world.n_places] == z)
        seat[z] = mine[0] if len(mine) else 0
    return np.asarray(world.distance[np.ix_(seat, seat)])


def account_names(world: World) -> list[str]:
    """Return the id of every account, in the order of the balances."""
    names = ["market", "households", "owners", "banks", "centre", "province", "city"]
    names += [f"county:{one.id}" for one in world.county_names]
    names += [f"zone:{one.id}" for one in world.zone_names]
    names += [f"platform:{one.id}" for one in world.zone_names]
    names += [f"partner:{one.id}" for one in world.partner_names]
    names += ["fund"]
    return names + [f"enterprises:{one.id}" for one in world.place_names]


@dataclass
class Run:
    """What one run leaves: indicators, ledger, and facts for the record."""

    scenario: str
    replication: int
    seed: int
    start: int
    end: int
    series: Series
    ledger: dict[str, np.ndarray]
    accounts: list[str]
    kinds: list[str]
    causes: list[str]
    founding: dict[str, object]
    checked: int = 0
    worst_residual: float = 0.0
    facts: dict[str, Any] = field(default_factory=dict)
    breakdown: Breakdown | None = None


def simulate(
    scenario: Scenario | str | Path, seed: int = 1, *, check: bool = False, replication: int = 0, progress: Callable[[int, int], None] | None = None,
) -> Run:  # fmt: skip
    """Run a scenario from founding to the end of its horizon.

    Args:
        scenario: a scenario, or the path of its file.
        seed: run seed; the same seed gives the same bytes.
        check: verify every account, land and head identity in every quarter.
        replication: number under which the run is filed.
        progress: called with (quarters done, quarters in all).

    Raises:
        InputError: the scenario cannot be read.
        AccountsError: an identity does not hold (a fault of the model).
    """
    return finish(ZoneModel(scenario, seed, check=check), replication=replication, progress=progress)


def finish(
    model: ZoneModel, *, replication: int = 0, progress: Callable[[int, int], None] | None = None, periods: Container[str] | None = None,
    indicators: Container[str] | None = None,
) -> Run:  # fmt: skip
    """Step a model to the end of its horizon, and return what the run leaves; the model is let go of.

    Args:
        model: a run at its opening, or further on.
        replication: number under which the run is filed.
        progress: called with (quarters done, quarters in all).
        periods: labels of the periods of which indicators are wanted; None is all.
        indicators: ids of those that are wanted; None is all.

    Raises:
        AccountsError: an identity does not hold (a fault of the model).
    """
    total = model.scenario.end - model.quarter + 1 + model.observer.seen
    while model.running:
        model.step()
        if progress:
            progress(model.observer.seen, total)
    world = model.world
    series = tabulate(model.observer, model.paid(), periods, indicators)
    checker = model.checker
    run = Run(
        model.scenario.id, replication, world.seed, model.observer.start, model.quarter - 1, series, model.ledger.rows(), model.names, model.ledger.kinds,
        model.ledger.causes, dict(world.founding), checker.quarters if checker else 0, checker.worst if checker else 0.0,
        breakdown=None if model.parts is None else model.parts.tabulated(),
    )  # fmt: skip
    model.release()
    return run
