"""The criteria of the evaluation for each committee, from the flows of the last full year and the stocks at its end."""

from __future__ import annotations

import numpy as np

from zonesim.accounts import qualities
from zonesim.columns import Array, Floats
from zonesim.compiled import kernel
from zonesim.units import MU
from zonesim.world import World
from zonesim.world.criteria import COLUMN, N_CRITERIA
from zonesim.world.enterprises import Stage
from zonesim.world.flows import Flows
from zonesim.world.places import LEAST_LAND, LandStage, Mark, Use


@kernel
def _add_up(values: Floats, zone: Array, out: Floats) -> None:
    """Add the places of each committee up, in their order, for each row of values ``[n_figures, n_places]``."""
    for p in range(values.shape[1]):
        if zone[p] >= 0:
            for k in range(len(values)):
                out[k, zone[p]] += values[k, p]


class Year:
    """Sums over the places that count for each committee.

    Args:
        world: read only.
        zone: committee for which each place counts; -1 none.
    """

    def __init__(self, world: World, zone: Array) -> None:
        self.world, self.n, self.zone = world, world.zones.n, zone
        self._flows = self.totals(world.year_sums["by_place"]), self.totals(world.year_sums["by_site"])

    def totals(self, values: Array) -> Floats:
        """Return the sums of figures by place for each committee, ``[n_figures, n_zones]``."""
        out = np.zeros((len(values), self.n))
        _add_up(np.asarray(values, dtype=float), self.zone, out)
        return out

    def total(self, values: Array) -> Floats:
        """Return the sum of a figure by place for each committee."""
        return np.asarray(self.totals(values[None])[0])

    def flow(self, name: str) -> Floats:
        """Return the year's sum of a flow by place or by site."""
        by_place, by_site = self._flows
        return np.asarray(by_place[Flows.ROW_BY_PLACE[name]] if name in Flows.ROW_BY_PLACE else by_site[Flows.ROW_BY_SITE[name]])


def usual_criteria(world: World, year: Year, added: Floats, growth: Floats, land: Floats) -> Floats:
    """Return the seven criteria of an evaluation that no document sets ``[n_zones, 7]``."""
    safe, sums, places, n = np.maximum(added, 1.0), world.year_sums, world.places, world.n_places
    return np.stack(
        [
            growth,
            year.total(sums["tax"]) / safe,
            year.flow("investment_attracted") / safe,
            year.total(sums["output"]) / np.maximum(land, LEAST_LAND),
            year.flow("high_tech_value_added") / safe,
            -year.total(sums["emissions"]) / safe,
            year.total(sums["new_jobs"]) / np.maximum(year.total(places.employment[:n]), 1.0),
        ],
        axis=1,
    )


def all_criteria(world: World, year: Year, added: Floats, growth: Floats, land: Floats, usual: qualities.Inspection) -> Floats:
    """Return every criterion ``[n_zones, N_CRITERIA]`` in the order of ``CRITERIA``."""
    places, zones, e, n = world.places, world.zones, world.enterprises, world.n_places
    k, flow = zones.n, year.flow
    x = np.zeros((k, N_CRITERIA))
    x[:, :7] = usual_criteria(world, year, added, growth, land)
    safe, mu = np.maximum(added, 1.0), np.maximum(land, LEAST_LAND) / MU
    sums = world.year_sums
    tax, output = year.total(sums["tax"]), year.total(sums["output"])
    wages, research = flow("wages"), flow("research")
    profit = flow("value_added") - tax - wages - flow("depreciation") - flow("interest") - flow("rents") - research + flow("refunds")
    profit += flow("byproduct_value") - flow("treatment_costs") - flow("treatment_fees") - flow("environment_fines")
    profit -= flow("inspection_costs") + flow("accident_costs")
    place, stage = e.live("place"), e.live("stage")
    alive = stage >= Stage.OPERATING
    by_place = np.bincount(place[alive], weights=e.live("weight")[alive].astype(float), minlength=n)
    foreign = np.bincount(place[alive], weights=(e.live("value_added") * e.live("foreign"))[alive], minlength=n)
    young = alive & (e.live("founded") >= world.quarter - 4)
    started = np.bincount(place[young], weights=e.live("weight")[young].astype(float), minlength=n)
    enterprises = year.total(by_place)
    stock = places.land[:n]
    planned = np.maximum(year.total(places.planned[:n]), 1.0)
    jobs = year.total(places.employment[:n])
    approved, refused, idle = flow("approved"), flow("refused"), flow("land_idle") / 4
    open_problems = zones.open_problems[:k]

    def put(name: str, values: Floats) -> None:
        x[:, COLUMN[name]] = values

    put("scale", np.log(safe))
    put("fixed_investment", (flow("investment") + flow("infrastructure_investment")) / safe)
    put("financing", flow("borrowed") / safe)
    put("research", research / np.maximum(output, 1.0))
    put("energy", -flow("energy") / safe)
    put("openness", year.total(foreign) / np.maximum(year.total(places.value_added[:n]), 1.0))
    put("development", 1 - year.total(stock[:, LandStage.UNDEVELOPED].sum(axis=1)) / planned)
    put("agglomeration", output / max(1.0, float(sums["output"].sum())))
    put("startups", year.total(started) / np.maximum(enterprises, 1.0))
    put("intensity", flow("capital") / 4 / mu)
    put("economic_benefit", (profit + tax) / np.maximum(output, 1.0))
    put("tax_per_mu", tax / mu)
    put("benefit_per_mu", (profit + tax) / mu)
    put("productivity", added / np.maximum(jobs, 1.0))
    put("policy_implementation", qualities.policy_implementation(approved, refused, open_problems, zones.coordination[:k], usual))
    put("service_management", qualities.service_management(flow("approval_days"), approved, open_problems, usual))
    put("basic_work", qualities.basic_work(zones.staff[:k] * zones.total_effort[:k], enterprises, usual))
    put("environment_management", qualities.environment(flow("compliant"), flow("pollution_emitters"), zones.assessed[:k], usual))
    put("land_management", qualities.land_management(idle, flow("land_inefficient") / 4, land))
    put("plan_execution", qualities.plan_execution(idle, year.total(stock[:, LandStage.GRANTED].sum(axis=1)), flow("breaches"), flow("reviews")))
    put("plan_implementation", year.total(stock[:, LandStage.BUILT].sum(axis=1)) / planned)
    crowd = np.maximum(jobs, 1.0)
    quality = world.counties.environment[places.county[:n]]
    put("ecology", year.total(quality * places.employment[:n]) / crowd)
    put("safety", -flow("accidents") / np.maximum(flow("safety_subjects"), 1.0))
    put("investment_environment", year.total(places.reputation[:n] * places.amenity[:n] * places.employment[:n]) / crowd)
    put("efficiency", (approved + refused) / np.maximum(zones.staff[:k], 1.0))
    put("patents", year.total(places.innovation[:n, Mark.PATENTS]) / np.maximum(enterprises, 1.0))
    put("brands", year.total(places.innovation[:n, Mark.BRANDS]) / np.maximum(enterprises, 1.0))
    put("ip_protection", -year.total(places.innovation[:n, Mark.INFRINGED]) / np.maximum(year.total(places.innovation[:n, Mark.PATENTS]), 1.0))
    put("debt", -(public_debt(world) - zones.debt_last[:k]) / safe)
    return x


def industrial_land(world: World, year: Year) -> Floats:
    """Return built industrial land of each committee, m2."""
    return year.total(world.places.land[: world.n_places, LandStage.BUILT, Use.INDUSTRIAL])


def public_debt(world: World) -> Floats:
    """Return what committee and platform company owe: loans, special bonds, policy loans, and to private partners."""
    zones, n = world.zones, world.zones.n
    return np.asarray(zones.platform_debt[:n] + zones.bonds[:n] + zones.policy_loans[:n] + zones.partner_claims[:n])
