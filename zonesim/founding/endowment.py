"""What enterprises have at the opening: capital, persons, debt, land."""

from __future__ import annotations

import numpy as np

from zonesim.columns import Array, Floats
from zonesim.founding.parameters import FoundingParameters
from zonesim.founding.population import keyed_uniforms
from zonesim.scenario.region import Founding, Region
from zonesim.world.enterprises import Enterprises
from zonesim.world.industries import USUAL_FAR, Industries
from zonesim.world.places import Kind, LandStage, Places, Use
from zonesim.world.whole import apportion
from zonesim.world.world import Economy

# Ready and undeveloped land by use (order of Use), whose first parts are parameters: park_industrial, outside_industrial. Assumption.
PARK_MIX = np.array([0.82, 0.08, 0.07, 0.03, 0.0])
OUTSIDE_MIX = np.array([0.5, 0.1, 0.1, 0.3, 0.0])


def mix_of(usual: Floats, industrial: float) -> Floats:
    """Return the parts of uses where industry has another one: the others share the rest as usual.

    >>> mix_of(OUTSIDE_MIX, 0.0).tolist(), mix_of(OUTSIDE_MIX, 0.5) is OUTSIDE_MIX
    ([0.0, 0.2, 0.2, 0.6, 0.0], True)
    """
    if industrial == usual[0]:
        return usual
    mixed = usual * (1 - industrial) / (1 - usual[0])
    mixed[0] = industrial
    return np.asarray(mixed)


def _normal(seed: int, table: Enterprises, block: int) -> Array:
    u1, u2 = keyed_uniforms(seed, table.live("id"), block)
    return np.asarray(np.sqrt(-2 * np.log(u1)) * np.cos(2 * np.pi * u2))


def listed_wages(usual: Floats, wage_share: Floats, industry: Array, value_added: Floats, persons: Array) -> Floats:
    """Return yearly wages of industries by which the enterprises of a list, taken together, want the persons that they have.

    w_j = (labour share of j) sum VA / sum L, over the list's enterprises of industry j; an industry that the list has not keeps its usual
    wage, times what the list's wages are of the usual ones in all.

    >>> listed_wages(np.array([5.0, 10.0, 20.0]), np.array([0.5, 0.5, 0.5]), np.array([0, 0, 1]), np.array([30.0, 30.0, 120.0]), np.array([2, 1, 4])).tolist()
    [10.0, 15.0, 32.72727272727273]
    """
    bill = np.bincount(industry, weights=wage_share[industry] * value_added, minlength=len(usual))
    heads = np.bincount(industry, weights=persons, minlength=len(usual))
    level = bill.sum() / (usual * heads).sum()
    return np.asarray(np.divide(bill, heads, out=usual * level, where=heads > 0))


def employ_and_equip(
    table: Enterprises, founding: Founding, industries: Industries, economy: Economy, own: FoundingParameters, seed: int,
    residuals: dict[str, float], given: bool = False,
) -> None:  # fmt: skip
    """Capital from the industry's ratio; persons from the labour share, with wages scaled so that the city's employment comes out.

    With a list (``given``) persons are kept and wages follow from them (:func:`listed_wages`); capital is estimated where the list has none.
    """
    n = table.n
    j = table.industry[:n]
    yearly = 4 * table.value_added[:n]
    spread = own.capital_spread
    wage_share = industries.labour_share * (1 - industries.production_tax_share)
    estimate = industries.capital_per_value_added[j] * yearly * np.exp(spread * _normal(seed, table, 9) - spread**2 / 2)
    table.capital[:n] = np.where(table.capital[:n] > 0, table.capital[:n], estimate) if given else estimate
    wanted = founding.city.employment.value
    u, _ = keyed_uniforms(seed, table.live("id"), 11)
    if given:
        economy.wage_level[:] = listed_wages(economy.wage_level, wage_share, j, yearly, table.employment[:n])
        called = wage_share[j] * yearly / economy.wage_level[j]
        residuals["persons_out_of_line"] = float(np.abs(called - table.employment[:n]).sum() / table.employment[:n].sum())
    for _ in range(0 if given else 4):  # few rounds: only the floor of one person each makes this inexact
        exact = wage_share[j] * yearly / economy.wage_level[j]
        persons = np.maximum(table.weight[:n], np.floor(exact + u))
        economy.wage_level *= persons.sum() / wanted
    if not given:
        table.employment[:n] = np.maximum(table.weight[:n], np.floor(wage_share[j] * yearly / economy.wage_level[j] + u))
    residuals["employment"] = float(table.employment[:n].sum() / wanted - 1)
    table.debt[:n] = own.debt_share * table.capital[:n]
    spread = own.emission_spread
    variation = np.exp(spread * _normal(seed, table, 13) - spread**2 / 2)
    table.emission_intensity[:n] = industries.emission_intensity[j] * variation
    table.energy_intensity[:n] = industries.energy_intensity[j] * variation
    table.water_intensity[:n] = industries.water_intensity[j] * variation


def settle_land(
    table: Enterprises, places: Places, region: Region, founding: Founding, industries: Industries, own: FoundingParameters,
    seed: int, residuals: dict[str, float],
) -> None:  # fmt: skip
    """Land of every enterprise from its capital and its industry, fitted to what is built of each park; small ones may rent floor instead."""
    n = table.n
    j = table.industry[:n]
    place = table.place[:n]
    uses = np.where(industries.figures["land_use"] == "none", -1, industries.use_code)
    spread = np.exp(own.land_spread * _normal(seed, table, 17) - own.land_spread**2 / 2)
    need = industries.land_m2_per_capital[j] * table.capital[:n] * (uses[j] >= 0) * spread
    in_park = places.kind[place] == Kind.PARK
    small = in_park & industries.is_industrial[j].astype(bool) & (4 * table.value_added[:n] < own.small_value_added * table.weight[:n])
    u, _ = keyed_uniforms(seed, table.live("id"), 15)
    listed = (table.land[:n] > 0) | (table.floor[:n] > 0)
    need = np.where(listed, table.land[:n], need)
    tenant = np.where(listed, table.floor[:n] > 0, small & (u < own.factory_tenants))
    rented = np.where(listed & tenant, table.floor[:n], USUAL_FAR * need)
    for i in range(places.n):  # what does not fit into half of the plan is scaled down
        here = (place == i) & ~tenant
        used, planned = float(need[here].sum()), int(places.planned[i])
        if places.kind[i] == Kind.PARK and used > 0.5 * own.industrial_land_share * planned:
            need[here] *= 0.5 * own.industrial_land_share * planned / used
            residuals["land_scaled_" + str(i)] = 0.5 * own.industrial_land_share * planned / used - 1
    table.floor[:n] = np.where(tenant, np.round(rented), 0).astype(np.int32)
    table.land[:n] = np.where(tenant & ~listed, 0, np.minimum(np.round(need), 2**31 - 1)).astype(np.int32)
    table.land_price[:n] = own.land_price_paid
    let = np.bincount(place, weights=table.floor[:n], minlength=places.n)
    places.factory_let[: places.n] = let.astype(np.int64)
    places.factory[: places.n] = np.round(let / (1 - own.factory_vacancy)).astype(np.int64)
    key = place.astype(np.int64) * len(Use) + np.maximum(uses[j], 0)
    held = np.bincount(key, weights=table.land[:n], minlength=places.n * len(Use)).reshape(places.n, len(Use)).astype(np.int64)
    zone_ids = list(region.zones)
    for i in range(places.n):
        account = np.zeros((4, len(Use)), dtype=np.int64)
        account[LandStage.BUILT] = held[i]
        park = places.kind[i] == Kind.PARK
        other = round(float(held[i].sum()) * (1 / own.industrial_land_share - 1)) + int(places.factory[i])
        account[LandStage.BUILT, Use.PUBLIC] = other
        if park:
            figures = founding.zones[zone_ids[places.zone[i]]]
            supplied = round(float(account[LandStage.BUILT].sum()) / figures.built_share.value)
            idle = max(0, supplied - int(account[LandStage.BUILT].sum()))
            account[LandStage.BUILT, Use.PUBLIC] += idle  # land supplied for roads and not yet built counts as public works
            ready = round(figures.ready_share.value * int(places.planned[i]))
            rest = int(places.planned[i]) - int(account.sum()) - ready
            if rest < 0:
                residuals["planned_area_exceeded_" + str(i)] = float(-rest)
                places.planned[i] -= rest
                rest = 0
        else:
            ready = round(own.ready_share_outside * float(account.sum())) + round(own.least_ready)
            rest = round(own.undeveloped_per_built * int(account.sum()) + own.undeveloped_per_ready * ready)
            places.planned[i] = int(account.sum()) + ready + rest
        mix = mix_of(PARK_MIX, own.park_industrial) if park else mix_of(OUTSIDE_MIX, own.outside_industrial)
        account[LandStage.READY] = apportion(ready, mix)
        account[LandStage.UNDEVELOPED] = apportion(rest, mix)
        places.land[i] = account
