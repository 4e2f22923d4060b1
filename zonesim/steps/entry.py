"""Who enters where: arrivals choose a place, places admit, and once a year sites are valued by what reference projects would choose."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

import numpy as np

from zonesim import quarters
from zonesim.behaviour.admission import admit
from zonesim.behaviour.ambient import entry_room
from zonesim.behaviour.approval import LAND, NO_LAND, Procedure, procedure
from zonesim.behaviour.arrivals import arrive
from zonesim.behaviour.construction import go_on_building
from zonesim.behaviour.incubation import founders
from zonesim.behaviour.location import choose_places
from zonesim.behaviour.production import produce
from zonesim.behaviour.site_value import inclusive_value, site_index
from zonesim.columns import Floats
from zonesim.policies import law
from zonesim.terms import Terms
from zonesim.world.enterprises import Stage
from zonesim.world.industries import Industries
from zonesim.world.places import Infrastructure

if TYPE_CHECKING:
    from zonesim.model import ZoneModel


def apply_for_places(model: ZoneModel) -> None:
    """Arrivals, choice of place, admission."""
    world, terms, p = model.world, model.terms, model.parameters
    steps = procedure(world, terms, p["approval"])
    births = model.days_of_births(steps)
    more = founders(world, p["incubation"], p["arrivals"].births, p["arrivals"].birth_size)
    applicants = arrive(
        world, terms, p["arrivals"], p["promotion"], model.scenario.founding.scale, births, p["approval"].base_days, p["construction"].hoarding, more
    )
    wishes = choose_places(
        world, terms, applicants, steps, model.floor_price, model.local_part, p["location"], p["taxation"], p["investment"], p["bespoke"], p["promotion"]
    )
    room = entry_room(world, terms, p["treatment"])
    admit(world, terms, applicants, wishes, steps, p["admission"], p["approval"], room, p["bespoke"], p["location"].refund_years)
    if quarters.opens_year(model.quarter) or np.isnan(world.economy.usual_utility[0]):
        model.value_sites(steps)
    world.flows.site_index_jobs[:] = world.places.site_index[: world.n_places] * world.places.employment[: world.n_places]
    world.flows.jobs_now[:] = world.places.employment[: world.n_places]
    world.flows.platforms[:] = world.places.infrastructure[: world.n_places, Infrastructure.PLATFORMS]


def measure_sites(model: ZoneModel) -> None:
    """Measure what newcomers of each industry usually find: the inclusive value of the region's sites to reference projects at the opening.

    Asked under each law from the opening on, before any instrument: the same law holds wherever else they could go, and what is found there
    depends neither on what the region has become since nor on its policies.
    """
    world, package = model.world, model.package
    steps = procedure(world, package.law_at(world.start), model.parameters["approval"])  # the dated law names no stage of approval
    laws = law.laws_from(world.start)
    values = np.full((len(laws), world.n_industries, world.n_places), -np.inf)
    for quarter, out in zip(laws, values, strict=True):
        _, local_part, floor_price = model.figures_of(quarter)
        _value_sites(model, package.law_at(quarter), steps, local_part, floor_price, out)
    world.economy.usual_by_law = inclusive_value(values)
    follow_the_law(model)


def follow_the_law(model: ZoneModel) -> None:
    """Let newcomers usually find what they do under the law of the quarter."""
    economy, start = model.world.economy, model.world.start
    economy.usual_value = economy.usual_by_law[bisect_right(law.laws_from(start), max(model.quarter, start)) - 1]


def value_sites(model: ZoneModel, steps: Procedure) -> None:
    """Ask once a year what each place is worth to reference projects; the first answer is the measure of all later ones."""
    world = model.world
    values = np.full((world.n_industries, world.n_places), -np.inf)
    _value_sites(model, model.terms, steps, model.local_part, model.floor_price, values)
    usual = world.economy.usual_utility
    if np.isnan(usual[0]):
        open_to = np.isfinite(values)
        usual[:] = np.where(open_to, values, 0.0).sum(axis=1) / np.maximum(open_to.sum(axis=1), 1)
    world.places.site_index[: world.n_places] = site_index(world, values, usual)


def _value_sites(model: ZoneModel, terms: Terms, steps: Procedure, local_part: Floats, floor_price: Floats, values: Floats) -> None:
    """Write what each place that is open is worth to the reference project of each industry, ``[n_industries, n_places]``."""
    p = model.parameters
    choose_places(
        model.world, terms, model.reference, steps, floor_price, local_part, p["location"], p["taxation"], p["investment"],
        p["bespoke"], p["promotion"], values,
    )  # fmt: skip


def days_of_births(model: ZoneModel, steps: Procedure) -> np.ndarray:
    """Return the mean days of approval by county, over its places and over industries with and without land as they are."""
    world = model.world
    return model.terms.once(_days_by_county, steps, world.industries, world.places.county[: world.n_places].tobytes(), world.counties.n)


def _days_by_county(terms: Terms, steps: Procedure, industries: Industries, county_of: bytes, n_counties: int) -> np.ndarray:
    county = np.frombuffer(county_of, dtype=np.int16)
    own = np.where(industries.land_m2_per_capital > 0, steps.felt[LAND], steps.felt[NO_LAND])
    total = own.mean(axis=1) + terms["review_days"].mean(axis=1) + terms["filing_days"].mean(axis=1)
    sums = np.bincount(county, weights=total, minlength=n_counties)
    return np.asarray(sums / np.maximum(np.bincount(county, minlength=n_counties), 1))


def fill_pipeline(model: ZoneModel) -> None:
    """Let the projects of the last quarters before the opening apply and build, so that the opening world has some on the way in every stage.

    They hold their land at the opening; what they paid is before the books begin, and those who would produce by then are in the opening's figures already.
    As many quarters as the ``pipeline`` of the founding: all but large projects are built in that time.
    """
    world, p, start = model.world, model.parameters, model.world.quarter
    produce(world, p["production"])
    measure_sites(model)
    for quarter in range(start - int(p["founding"].pipeline), start):
        world.quarter = model.quarter = quarter
        model.terms = model.package.terms_at(quarter)
        model.law_of_the_quarter()
        go_on_building(world, p["construction"])
        model.apply_for_places()
        world.flows.clear(world.contracts.n)
        produce(world, p["production"])
    world.quarter = model.quarter = start
    world.enterprises.compact(world.enterprises.live("stage") != Stage.GONE)
    world.flows.clear(world.contracts.n)
    world.economy.usual_utility[:] = np.nan  # the opening quarter is the measure of what sites are worth
