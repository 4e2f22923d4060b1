"""What a site asks of an applicant and what it gives, by its terms: whether it is open, land, floors, rent, price, and the refund that is believed."""

from __future__ import annotations

from typing import Any

from zonesim.behaviour.parcel import BUYS_PARCEL, area_needed, land_price, parcel_taken
from zonesim.compiled import rule
from zonesim.world.industries import USUAL_FAR

NEARLY = 0.999  #: of a floor on intensity, that meets it: parcels are whole m2


@rule
def is_open(
    in_park: Any, ordered: Any, bound: Any, safe: Any, emission: Any, mean: Any, barred: Any, closed: Any, veto: Any, gate: Any, most_emission: Any
) -> Any:
    """Tell whether a site takes an applicant at all.

    One that is ordered to move goes to parks alone. Sites are closed where the industry is barred, to the share of applicants that ``bound`` falls into,
    to unsafe ones under a veto, and at a gate to those that emit more (relative to the ``mean`` of the industry) than it lets in.

    >>> is_open(False, True, 1.0, True, 1.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0), is_open(True, True, 1.0, True, 1.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    (False, True)
    >>> is_open(True, False, 0.2, True, 1.0, 1.0, 0.0, 0.3, 0.0, 0.0, 0.0), is_open(True, False, 0.2, True, 1.2, 1.0, 0.0, 0.0, 0.0, 1.0, 1.1)
    (False, False)
    """
    if (ordered and not in_park) or barred > 0.0 or bound < closed or (veto > 0.0 and not safe):
        return False
    return not (gate > 0.0 and emission * mean > most_emission * mean)


@rule
def least_intensity(floor: Any, standard: Any, standard_floor: Any) -> Any:
    """Return the investment per mu that is asked for, 10k CNY: the floor, and that of standard land where it is higher; 0 for none.

    >>> least_intensity(100.0, 1.0, 150.0), least_intensity(100.0, 0.0, 150.0)
    (150.0, 100.0)
    """
    return max(floor, standard_floor) if standard > 0.0 else floor


@rule
def land_at(need: Any, far_min: Any, capital: Any, least: Any, shrink: Any, industrial_park: Any, parcel: Any, divided: Any, free_floor: Any) -> Any:
    """Return the area that a project takes, m2, and its tenure; in a park, industry that needs less than the least ``parcel`` has a part, a floor, or all of it.

    >>> land_at(600.0, 0.8, 500.0, 0.0, 0.5, True, 2000.0, 0.0, 480.0), land_at(600.0, 1.6, 500.0, 0.0, 0.5, False, 2000.0, 0.0, 480.0)
    ((600.0, 0), (300.0, 2))
    """
    area = area_needed(need, far_min, capital, least, shrink)
    if industrial_park:
        return parcel_taken(area, need, parcel, divided, free_floor)
    return area, BUYS_PARCEL


@rule
def falls_short(investment: Any, output: Any, least: Any, gate: Any, gate_output: Any, standard: Any, standard_output: Any) -> Any:
    """Tell whether industry on its own land misses what is asked: investment per mu, and output per mu at a gate or on standard land.

    >>> falls_short(149.9, 400.0, 150.0, 1.0, 400.0, 0.0, 500.0), falls_short(140.0, 400.0, 150.0, 0.0, 0.0, 0.0, 0.0)
    (False, True)
    >>> falls_short(150.0, 400.0, 150.0, 1.0, 401.0, 0.0, 500.0), falls_short(150.0, 400.0, 150.0, 0.0, 401.0, 1.0, 500.0)
    (True, True)
    """
    if least > 0.0 and investment < NEARLY * least:
        return True
    return (gate > 0.0 and output < gate_output) or (standard > 0.0 and output < standard_output)


@rule
def rent_at(rent: Any, area: Any, relief: Any, quarters: Any, counted: Any) -> Any:
    """Return the rent of a quarter for floor on ``area``, 10k CNY: less the relief, as far as its quarters reach into those that are ``counted``.

    >>> rent_at(0.01, 1000.0, 0.5, 4.0, 8.0), rent_at(0.01, 1000.0, 0.5, 0.0, 8.0)
    (1.5, 2.0)
    """
    share = 0.0
    if quarters > 0.0:
        share = min(1.0, relief) * min(1.0, quarters / counted)
    return rent * USUAL_FAR * area / 4.0 * (1.0 - share)


@rule
def price_at(asking: Any, factor: Any, floor_price: Any, investment: Any, least: Any, standard: Any, elasticity: Any, borne: Any) -> Any:
    """Return the price per m2 less what government bears: linked to investment per mu above what is asked for, or above the usual ``standard``.

    >>> round(price_at(0.02, 1.0, 0.0168, 300.0, 150.0, 100.0, 1.0, 0.002), 5), price_at(0.02, 1.0, 0.0168, 100.0, 0.0, 100.0, 1.0, 0.03)
    (0.00976, 0.0)
    """
    return max(0.0, land_price(asking, factor, floor_price, investment, least if least > 0.0 else standard, elasticity) - borne)


@rule
def believed_refund(given: Any, years: Any, doubt: Any) -> Any:
    """Return what a promised refund counts for: given x years / (years + doubt).

    >>> believed_refund(70.0, 5.0, 2.0)
    50.0
    """
    return given * years / (years + doubt)
