"""Arrivals: projects that look for a place this quarter."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np

from zonesim import draws
from zonesim.behaviour.applicants import Applicants, Channel, draw_traits, seat_incumbents
from zonesim.behaviour.arrival_intensity import PROMOTION, expect, expectations
from zonesim.behaviour.arrival_rates import ArrivalParameters
from zonesim.behaviour.incubation import IncubationParameters
from zonesim.behaviour.promotion_channels import go_through_channels
from zonesim.behaviour.promotion_parameters import PromotionParameters
from zonesim.columns import Array, Floats
from zonesim.compiled import kernel, rule
from zonesim.terms import Terms
from zonesim.world import World
from zonesim.world.enterprises import Stage

OPERATING = int(Stage.OPERATING)
USUAL_PERSONS = 10.0  #: of the enterprise for which the rate of look-around is said
NEW_FOR = 20  #: quarters for which an enterprise is new at its place (``look_new``). Assumption: the five years of studies of young enterprises
MOST_PROJECTS = 65_535  #: of a cell in a quarter: their numbers have 16 bits of the identity
ROUNDING = 1.01  #: lifts a bound above what rounding may do


@rule
def spacing(seed: Any, quarter: Any, cell: Any, number: Any) -> Any:
    """Return the exponential spacing before the k-th potential project of a cell."""
    return draws.exponential(seed, draws.ARRIVAL_SPACING, quarter, cell, number)


@rule
def _count(n_cells: int, seed: Any, quarter: int, keys: Array, intensity: Floats, counts: Array) -> int:
    """Count the projects that arrive: the k-th does when the sum of k spacings is below the intensity."""
    total = 0
    for c in range(n_cells):
        position, k = 0.0, 0
        while intensity[c] > 0.0 and k < MOST_PROJECTS:
            position += spacing(seed, quarter, keys[c], k)
            if position >= intensity[c]:
                break
            k += 1
        counts[c] = k
        total += k
    return total


@rule
def _lookers(
    n: int, seed: Any, quarter: int, identity: Array, stage: Array, arrived: Array, employment: Array, weight: Array, ordered: Array,
    destination: Array, rate: float, new_place: float, old_place: float, size: float, out: Array,
) -> int:  # fmt: skip
    found = 0
    most = ROUNDING * USUAL_PERSONS**size * rate * max(new_place, old_place)  # of one person
    luck = np.empty(draws.ROWS)
    for i in range(n):
        k = i % draws.ROWS
        if k == 0:
            draws.uniform_rows(seed, draws.LOOK_AROUND, quarter, identity[i:n], 0, luck[: n - i])
        if stage[i] != OPERATING or destination[i] >= 0:
            continue
        if ordered[i]:
            out[found] = i
            found += 1
            continue
        u = luck[k]
        if u >= most:  # for most the draw settles it
            continue
        persons = max(1.0, employment[i] / weight[i])
        settled = new_place if quarter - arrived[i] < NEW_FOR else old_place
        if u < rate * settled * (persons / USUAL_PERSONS) ** (-size):
            out[found] = i
            found += 1
    return found


@kernel
def _come(
    seed: Any, quarter: int, keys: Array, told: Any, counts: Array, n: int, identity: Array, stage: Array, arrived: Array, employment: Array,
    weight: Array, ordered: Array, destination: Array, look: Any, who: Array,
) -> tuple[int, int]:  # fmt: skip
    """Count the projects of each cell, and write which enterprises look around; return the number of both."""
    intensity = np.zeros(len(keys))
    expect(intensity, *told)
    newcomers = _count(len(keys), seed, quarter, keys, intensity, counts)
    rate, new_place, old_place, size = look
    looking = _lookers(n, seed, quarter, identity, stage, arrived, employment, weight, ordered, destination, rate, new_place, old_place, size, who)
    return newcomers, looking


@kernel
def _describe(
    seed: Any, quarter: int, newcomers: int, traits: Any, channels: Floats, channel_traits: Any, seats: Any, a_id: Array, whole: Array, real: Floats,
    flags: Array, looked: Floats,
) -> None:  # fmt: skip
    """Write the columns of the applicants: what newcomers are like, through which channel they come, and who sits already."""
    draw_traits(seed, quarter, a_id, whole, real, flags, *traits)
    if len(channels) > 0:
        go_through_channels(newcomers, seed, quarter, a_id, whole, real, channels, *channel_traits)
    seat_incumbents(newcomers, a_id, whole, real, flags, looked, *seats)


@lru_cache(maxsize=64)
def _cells(n_counties: int, n_zones: int, n_partners: int, n_industries: int) -> tuple[Array, ...]:
    """Return the cells of arrivals, by channel, owner and industry: key, channel, industry, and finder, county or partner (-1 none)."""
    owners = (n_counties, n_zones, n_partners, 1)
    channel = np.repeat(np.arange(4), [n * n_industries for n in owners])
    number = np.concatenate([np.arange(n * n_industries) for n in owners])
    keys = (channel.astype(np.uint64) << np.uint64(36)) + (number.astype(np.uint64) << np.uint64(16))
    owner = number // n_industries
    found = [np.where(channel == c, owner, -1) for c in (Channel.ATTRACTED, Channel.BORN, Channel.TRANSFERRED)]
    return keys, channel, number % n_industries, *found


def arrive(
    world: World, terms: Terms, parameters: ArrivalParameters, incubation: IncubationParameters, promotion: PromotionParameters, scale: int,
    birth_days: Floats, base_days: float,
) -> Applicants:  # fmt: skip
    """Return the projects that look for a place this quarter.

    What is to be expected in each cell (:mod:`zonesim.behaviour.arrival_intensity`) comes as a Poisson number. Sitting enterprises look around,
    small and newly arrived ones more often, with an information platform all of them more often; ordered ones always.

    Args:
        world: read only.
        terms: of the quarter.
        parameters: rates.
        incubation: what incubators and venture money bring.
        promotion: how promotion is directed and paid.
        scale: enterprises that a born row stands for (``founding.scale``).
        birth_days: usual days of approval by county.
        base_days: days at which births are at their base rate.

    Draws: ARRIVAL_SPACING by (cell, number), ARRIVAL_TRAITS by identity, LOOK_AROUND by identity.
    """
    industries, economy, e, n_counties = world.industries, world.economy, world.enterprises, world.counties.n
    cells = _cells(n_counties, world.zones.n, len(world.partner_names), world.n_industries)
    told, built_together = expectations(world, terms, parameters, incubation, promotion, scale, birth_days, base_days)
    channels = told[PROMOTION][-1]
    counts, rows_looking, seed = np.empty(len(cells[0]), dtype=np.int64), np.empty(e.n, dtype=np.int32), draws.seed_key(world.seed)
    look = parameters.look_around * (1 + parameters.informed_search * float(terms["information"]))
    newcomers, looking = _come(
        seed, world.quarter, cells[0], told, counts, e.n, e.id, e.stage, e.arrived, e.employment, e.weight, e.ordered, e.destination,
        (look, parameters.look_new, parameters.look_settled, parameters.look_size), rows_looking,
    )  # fmt: skip
    a = Applicants(newcomers + looking)
    who = rows_looking[:looking]
    at = e.industry[who]
    effect = np.exp(economy.usual_effect[at] - economy.place_effect[e.place[who], at])
    traits = (
        counts, *cells, parameters.sizes, economy.typical_size, economy.trend, parameters.traits, industries.capital_per_value_added,
        industries.labour_share, industries.production_tax_share, economy.wage_level,
        float(np.add.reduce(world.counties.wage[:n_counties]) / n_counties), industries.land_m2_per_capital,
        parameters.cooperation_foreign if built_together else 0.0, industries.is_dangerous, scale,
    )  # fmt: skip
    seats = (
        who, effect, e.id, e.industry, e.weight, e.place, world.places.county, e.value_added, e.capital, e.employment, e.land, e.floor, e.ordered,
        e.high_tech, e.foreign, e.emission_intensity, industries.land_m2_per_capital, industries.emission_intensity,
    )  # fmt: skip
    of_channels = promotion.of_channels
    _describe(
        seed, world.quarter, newcomers, traits, channels, (of_channels("size"), of_channels("sincerity"), of_channels("fee")), seats, a.id, a.whole, a.real,
        a.flags, world.flows.looked_around,
    )  # fmt: skip
    return a
