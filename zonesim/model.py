"""The model: what happens in a quarter, in order, and one run of it."""

from __future__ import annotations

from collections.abc import Callable, Container
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from zonesim import quarters
from zonesim.accounts import contracts, innovation, promotion, returns, settlement, sharing, treatment
from zonesim.accounts.assessments import renew_assessments, settle_approvals
from zonesim.accounts.checks import Checker
from zonesim.accounts.land_payments import settle_land
from zonesim.accounts.ledger import Ledger
from zonesim.accounts.quota_uses import site_works
from zonesim.accounts.year import add_to_year
from zonesim.agents import EnterprisePopulation, Government, ZoneCommittee
from zonesim.behaviour.construction import build
from zonesim.behaviour.demand import update_demand
from zonesim.behaviour.demography import close_down, close_rows
from zonesim.behaviour.exit_rule import expel
from zonesim.behaviour.expansion import expand, full_at
from zonesim.behaviour.followup import follow_up
from zonesim.behaviour.idle_land import inefficiency_lines, tend_land
from zonesim.behaviour.investment import invest
from zonesim.behaviour.labour import update_labour_markets
from zonesim.behaviour.per_mu import charge_by_grade
from zonesim.behaviour.place_effects import update_place_effects
from zonesim.behaviour.pollution import discharge
from zonesim.behaviour.production import produce
from zonesim.behaviour.relocation import order_moves, pay_for_moves
from zonesim.behaviour.site_value import reference_projects
from zonesim.behaviour.supply import match_suppliers
from zonesim.behaviour.taxation import assess_taxes
from zonesim.behaviour.trade import trade
from zonesim.behaviour.use_change import change_use
from zonesim.behaviour.verification import verify
from zonesim.errors import InputError
from zonesim.founding import found
from zonesim.indicators import Observer, Series, tabulate, totals
from zonesim.indicators.breakdown import Breakdown, Parts
from zonesim.lean_mesa import Model, NumberCollector
from zonesim.policies import law
from zonesim.policies.package import Package
from zonesim.scenario import Scenario, load_scenario
from zonesim.steps import entry, finance, opening
from zonesim.terms import Terms
from zonesim.world import World
from zonesim.world.world import account_names, distances_between_zones

ROOM_OF_GONE = 0.125  #: share of closed rows in the table of enterprises from which they are dropped
STATE = ("world", "ledger", "observer", "parts", "last_offers", "return_cause", "zone_distance")  #: of a run between two quarters


class ZoneModel(Model):
    """One run of a scenario, a quarter a step.

    Args:
        scenario: a scenario, or the path of its file.
        seed: run seed (a whole number; 0 is a seed).
        check: verify every identity in every quarter.
        world: an opening world to start from instead of founding one.
        founder: what founds the opening world (a sweep keeps those that several runs share).
        parts: collect the breakdown by industry, size and use (a sweep that reads indicators alone does without).
        package: instead of the package of the scenario.
        rng: for mesa's own machinery; the model's chance does not use it.

    Raises:
        InputError: the scenario cannot be read, the seed is not a whole number, or the world is of other places than the scenario.
    """

    # Parts of a quarter, in zonesim/steps by what they are about.
    law_of_the_quarter = opening.law_of_the_quarter
    figures_of = opening.figures_of
    open_quarter = opening.open_quarter
    open_year = opening.open_year
    open_innovation = opening.open_innovation
    apply_for_places = entry.apply_for_places
    value_sites = entry.value_sites
    days_of_births = entry.days_of_births
    fill_pipeline = entry.fill_pipeline
    finance_enterprises = finance.finance_enterprises
    link_waste = finance.link_waste

    def __init__(
        self, scenario: Scenario | str | Path, seed: int = 1, *, check: bool = False, world: World | None = None, rng: Any = None,
        founder: Callable[..., World] = found, parts: bool = True, package: Package | None = None,
    ) -> None:  # fmt: skip
        if not isinstance(seed, int | np.integer) or isinstance(seed, bool):
            raise InputError(f"seed: {seed!r} is not a whole number")
        super().__init__(rng=rng if rng is not None else int(seed) % 2**32)
        self.scenario = scenario if isinstance(scenario, Scenario) else load_scenario(scenario)
        self.parameters: Any = self.scenario.parameters
        self.package = package or self.scenario.package
        self.world = world or founder(
            self.scenario.region, self.scenario.founding, self.parameters, int(seed), self.scenario.start, self.scenario.enterprises_list
        )
        self._refuse_other_places()
        self.quarter = self.world.quarter
        self.terms: Terms = self.package.terms_at(self.quarter)
        self.causes = self.package.causes_at(self.quarter)
        self.figures: dict[tuple[float, ...], tuple[np.ndarray, np.ndarray, np.ndarray]] = {}
        self.reference = reference_projects(self.world)
        self.ledger = Ledger(self.world.accounts, self.world.balances)
        self.return_cause = self.causes_of_return()  # of the last return, for what of it the city still owes
        if world is None:
            self.fill_pipeline()
        self.observer = Observer(self.world, self.scenario.end - self.quarter + 1, opening.inspection_of(self.parameters))
        self.parts = Parts(self.world) if parts else None
        self.checker = Checker(self.world) if check else None
        self.zone_distance = distances_between_zones(self.world)
        self.last_offers = self.world.zones.refund_offer.copy()
        self.population = EnterprisePopulation(self)
        for z in range(self.world.zones.n):
            ZoneCommittee(self, z)
        self.government = Government(self)
        self.committees = self.agents_by_type[ZoneCommittee] if self.world.zones.n else ()
        self.names = account_names(self.world)
        self.datacollector = NumberCollector(
            model_reporters={
                "quarter": lambda m: quarters.label(m.world.quarter - 1),
                "gdp": lambda m: m.totals[0],
                "employment": lambda m: m.totals[1],
                "enterprises": lambda m: m.totals[2],
                "tax": lambda m: m.totals[3],
            }
        )

    def _refuse_other_places(self) -> None:
        """Refuse a world whose places or committees are not those of the package: its terms would be laid on other places, or on none."""
        world, site = self.world, self.package.site
        if tuple(one.id for one in world.place_names) != tuple(site.place_ids) or tuple(one.id for one in world.zone_names) != tuple(site.zone_ids):
            raise InputError(f"world: it is of {world.region.id!r}, with other places or zones than {self.scenario.region.id!r}, which the scenario is of")

    def step(self) -> None:
        """One quarter."""
        world, p = self.world, self.parameters
        opens = quarters.opens_year(self.quarter)
        self.open_quarter()
        returns.pay_owed(world, self.ledger, self.return_cause)
        if opens:
            self.open_year()
        if opens or self.quarter == world.start:
            self.open_innovation()
        terms = self.terms  # law of the date, then the instruments in force
        update_demand(world, p["demand"])
        update_labour_markets(world, p["labour"], p["demand"].growth_later)
        update_place_effects(world, p["place_effects"])
        produce(world, p["production"])
        match_suppliers(world, terms, p["supply"])
        trade(world, p["trade"])
        assess_taxes(world, terms, self.local_part, p["taxation"])
        world.tax_place = world.enterprises.live("place").copy()
        unpaid = sharing.settle_taxes(world, terms, self.ledger, self.central, p["sharing"], self.causes)
        contracts.share_taxes(world, self.ledger, self.central, p["sharing"], self.causes)
        returns.pay_owed(world, self.ledger, self.return_cause)  # what the opening balance left open, out of the taxes that just came in
        discharge(world, terms, p["treatment"], p["supervision"], p["alerts"], p["circular"])
        self.link_waste()
        charge_by_grade(world, terms, p["per_mu"])
        full, lines = self.land_of_the_quarter()
        expand(world, terms, p["land_growth"], full, lines, p["construction"].hoarding)
        invest(world, terms, p["investment"], p["taxation"], p["production"], p["demand"].growth_later, full)
        gone = close_down(world, p["exit"])
        close_rows(world, order_moves(world, terms, p["relocation"]), p["exit"])
        if opens:
            close_rows(world, expel(world, terms, p["exit_rule"]), p["exit"])
            follow_up(world, terms, p["followup"])
        close_rows(world, change_use(world, terms, p["use_change"], p["arrivals"].grace_births), p["exit"])
        promotion.pay_for_promotion(world, terms, self.ledger, p["promotion_costs"], self.causes)
        self.apply_for_places()  # arrivals choose a place, zones admit
        build(world, p["construction"])
        verify(world, p["approval"])
        pay_for_moves(world, p["relocation"])
        tend_land(world, terms, p["idle_land"], p["construction"], lines)
        settle_land(world, terms, self.ledger, self.causes, p["location"].offset)
        treatment.settle_environment(world, self.ledger, p["plants"], self.causes)
        unpaid = unpaid + innovation.settle_innovation(world, self.ledger, self.causes)
        settle_approvals(world, self.ledger, self.causes)
        self.finance_enterprises()  # factories bought back, public equity, upgrade funds
        promotion.pay_grants(world, self.ledger, self.causes, unpaid)
        settlement.settle_enterprises(
            world, terms, self.ledger, self.causes, unpaid, law.value("new_land_fee", "central_share", self.quarter), p["books"].land_fee
        )
        promotion.pay_fees(world, self.ledger, self.causes)
        contracts.share_costs(world, self.ledger, self.causes)
        if quarters.closes_year(self.quarter):
            self.return_cause = self.causes_of_return()
            returns.return_increments(world, terms, self.ledger, quarters.year(self.quarter), self.return_cause)
        treatment.build_plants(world, terms, self.ledger, p["plants"], p["treatment"].connected_park, p["treatment"].connected_unit, self.causes)
        renew_assessments(world, terms, self.ledger, p["assessments"], self.causes)
        self.government.close_books()
        site_works(world, p["quota_uses"])
        self.observer.observe(world)
        if self.parts is not None:
            self.parts.observe(world)
        self.close_quarter(gone)

    def causes_of_return(self) -> np.ndarray:
        """Return the number of the clause by which taxes are returned to each committee."""
        return np.asarray(self.ledger.causes_of_committees(("tax_return",), self.causes, self.world.zones.n)[0])

    def land_of_the_quarter(self) -> tuple[np.ndarray, np.ndarray]:
        """Return how far capital may outgrow a parcel (by site), and the output per mu below which land is inefficient (by place)."""
        p = self.parameters
        full = full_at(self.terms, p["land_growth"].slack, p["location"].denser)
        return full, inefficiency_lines(self.world, self.terms, p["idle_land"].inefficient_output)

    def close_quarter(self, gone: int) -> None:
        """Check the books if asked, add the quarter to the year, drop rows of closed enterprises now and then, and move on."""
        world = self.world
        if self.checker is not None:
            self.checker.check(world, self.ledger, self.names)
        add_to_year(world, self.parameters["books"].demand_memory)
        if gone > ROOM_OF_GONE * world.enterprises.n:
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
            "tax_returned": ledger.received("tax_return", committees, start, n),
            "award_received": ledger.received("award", committees, start, n) + ledger.received("zone_fund", committees, start, n),
        }


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
