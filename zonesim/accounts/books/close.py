"""The close of a quarter: service land, committees, platform companies, governments, in this order; then amenities and land prices."""

from __future__ import annotations

import math
from typing import Any

from zonesim.accounts.books.committees import close_committees
from zonesim.accounts.books.finance import FinanceParameters
from zonesim.accounts.books.governments import close_governments
from zonesim.accounts.books.parameters import BookParameters
from zonesim.accounts.books.platforms import close_platforms
from zonesim.accounts.books.public import build_on_credit, count_revenue, is_active, receive_and_serve
from zonesim.accounts.books.service_land import sell_service_land
from zonesim.accounts.ledger import Ledger
from zonesim.accounts.staff_pay import PayParameters
from zonesim.columns import Array, Floats, Ints
from zonesim.compiled import kernel, rule
from zonesim.terms import Terms
from zonesim.world import World
from zonesim.world.places import LEAST_LAND, Infrastructure, LandStage, Use

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


@kernel
def _follow(
    land: Ints, planned: Array, infrastructure: Floats, amenity: Floats, land_price: Floats, employment: Array, opening: Floats,
    living_opening: Floats, land_demand: Floats, floor_price: Floats, wear: float, ready_years: float, response: float,
    markup: float, span: float, curve: float, scale: float,
) -> None:  # fmt: skip
    for p in range(len(floor_price)):
        for k in range(infrastructure.shape[1]):
            infrastructure[p, k] *= 1 - wear / 4
        living = land[p, BUILT, LIVING_SERVICE] / max(planned[p] - land[p, UNDEVELOPED].sum(), 1)
        facilities = (infrastructure[p, LIVING] + 1) / (living_opening[p] + 1)
        amenity[p] = living_amenity(facilities, (employment[p] + 1.0) / (opening[p] + 1.0), living, curve, scale)
        wanted = land_demand[p] * ready_years * 4 + LEAST_LAND
        land_price[p] = asking_price(floor_price[p], wanted, float(land[p, READY, INDUSTRIAL]), response, markup, span)


def close_books(
    world: World, terms: Terms, ledger: Ledger, parameters: BookParameters, finance: FinanceParameters, pay: PayParameters, plant_cost: float,
    floor_price: Floats, causes: dict[str, str],
) -> None:  # fmt: skip
    """Close the quarter's books of governments and platform companies, and let infrastructure, land and amenities follow.

    Order: committees pay staff, promotion, then land preparation (when ready land is short, within quota and money), then infrastructure by
    type; platform companies pay interest, repay, build factories; counties and city keep a reserve and spend the rest on infrastructure
    (by value added of their places) and services. No account is overdrawn; what is left unpaid is arrears.
    """
    sell_service_land(world, terms, ledger, parameters, causes)
    public = is_active(world, terms)
    if public:
        receive_and_serve(world, terms, ledger, parameters, finance, causes)
    own = close_committees(world, terms, ledger, parameters, finance, pay, plant_cost, causes)
    if public:
        build_on_credit(world, terms, ledger, parameters, finance, own, causes)
    close_platforms(world, terms, ledger, parameters, finance)
    close_governments(world, terms, ledger, parameters)
    count_revenue(world, ledger, finance.revenue_memory)
    places = world.places
    _follow(
        places.land, places.planned, places.infrastructure, places.amenity, places.land_price, places.employment,
        world.economy.employment_opening, world.living_opening, world.land_demand, floor_price, parameters.infrastructure_wear,
        parameters.ready_years, parameters.price_response, parameters.price_markup, parameters.price_span, parameters.amenity_curve, parameters.living_land,
    )  # fmt: skip
