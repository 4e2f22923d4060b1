"""The parcel that a project takes at a site: how much land, whether it buys or rents, and at which price."""

from __future__ import annotations

from typing import Any

from zonesim.compiled import rule
from zonesim.units import MU
from zonesim.world.industries import USUAL_FAR

FLOOR_OF_INTENSIVE = 0.7
"""Of the floor price, that intensive projects pay at least (国土资源部 2009: priority industries with intensive use, 70 %)."""
RENTS, BUYS_PART, BUYS_PARCEL, NO_LAND = 0, 1, 2, 3


@rule
def area_needed(need: Any, far_min: Any, capital: Any, min_intensity: Any, shrink: Any) -> Any:
    """Return the m2 that a project takes: less at a higher plot ratio (above 0.8), less to meet a floor on intensity.

    area = need min(1, 0.8 / far), then at least ``shrink`` of that so that capital / area >= the floor, if it can.
    """
    area = need * min(1.0, USUAL_FAR / far_min)
    if min_intensity > 0.0:
        limit = capital / min_intensity * MU
        if area > limit:
            area = max(limit, shrink * area)
    return area


@rule
def parcel_taken(area: Any, need: Any, least: Any, divided: Any, free_floor: Any) -> Any:
    """Return the area and the tenure of a project that needs less than the least parcel of a park: a part of one where land is
    divided, else a factory where floor is free, else the whole parcel; and its own parcel when it needs that much.

    Floor is rented for the ``need`` at the usual plot ratio: how densely a park is built does not change what a workshop takes.

    >>> parcel_taken(500.0, 600.0, 2000.0, 1.0, 0.0), parcel_taken(500.0, 600.0, 2000.0, 0.0, 480.0), parcel_taken(500.0, 600.0, 2000.0, 0.0, 479.0)
    ((500.0, 1), (600.0, 0), (2000.0, 2))
    >>> parcel_taken(3000.0, 3000.0, 2000.0, 1.0, 9999.0)
    (3000.0, 2)
    """
    if area < least:
        if divided > 0.0:
            return area, BUYS_PART
        if free_floor >= USUAL_FAR * need:
            return need, RENTS
        return least, BUYS_PARCEL
    return area, BUYS_PARCEL


@rule
def land_price(asking: Any, factor: Any, floor: Any, intensity: Any, standard: Any, elasticity: Any) -> Any:
    """Return the price per m2: asking x factor x (intensity / standard)^(-e) above the standard, not below 70 % of the floor price.

    Source: floor prices 国土资发〔2006〕307号; 70 % for intensive projects (2009 change).

    >>> round(float(land_price(0.02, 1.0, 0.0168, 300.0, 150.0, 1.0)), 5)
    0.01176
    """
    price = max(asking * factor, floor)
    if elasticity > 0.0 and intensity > standard:
        price = max(price * (intensity / standard) ** (-elasticity), FLOOR_OF_INTENSIVE * floor)
    return price
