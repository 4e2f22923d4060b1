"""Arrivals: projects that look for a place this quarter."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np

from zonesim import draws
from zonesim.behaviour.applicants import Applicants, Channel, draw_traits, seat_incumbents
from zonesim.behaviour.arrival_intensity import expect
from zonesim.behaviour.arrival_rates import ArrivalParameters
from zonesim.behaviour.promotion_channels import through_channels
from zonesim.behaviour.promotion_parameters import PromotionParameters
from zonesim.columns import Array, Floats
from zonesim.compiled import kernel, rule
from zonesim.terms import Terms
from zonesim.world import World
from zonesim.world.enterprises import Stage

OPERATING = int(Stage.OPERATING)
USUAL_PERSONS = 10.0  #: of the enterprise for which the rate of look-around is said
MOST_PROJECTS = 65_535  #: of a cell in a quarter: their numbers have 16 bits of the identity
ROUNDING = 1.01  #: lifts a bound above what rounding may do


@rule
def spacing(seed: Any, quarter: Any, cell: Any, number: Any) -> Any:
    """Return the exponential spacing before the k-th potential project of a cell."""
    return draws.exponential(seed, draws.ARRIVAL_SPACING, quarter, cell, number)


@kernel
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


@kernel
def _lookers(
    n: int, seed: Any, quarter: int, identity: Array, stage: Array, arrived: Array, employment: Array, weight: Array, ordered: Array,
    destination: Array, rate: float, looking: Floats, out: Array,
) -> int:  # fmt: skip
    new_place, old_place, size, new_for = looking
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
        settled = new_place if quarter - arrived[i] < new_for else old_place
        if u < rate * settled * (persons / USUAL_PERSONS) ** (-size):
            out[found] = i
            found += 1
    return found


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
    world: World, terms: Terms, parameters: ArrivalParameters, promotion: PromotionParameters, scale: int, birth_days: Floats, base_days: float,
    hoarding: float, more_founders: Floats | None = None,
) -> Applicants:  # fmt: skip
    """Return the projects that look for a place this quarter.

    What is to be expected in each cell (:mod:`zonesim.behaviour.arrival_intensity`) comes as a Poisson number. Sitting enterprises look around,
    small and newly arrived ones more often, with an information platform all of them more often; ordered ones always.

    Args:
        world: read only.
        terms: of the quarter.
        parameters: rates.
        promotion: how promotion is directed and paid.
        scale: enterprises that a born row stands for (``founding.scale``).
        birth_days: usual days of approval by county.
        base_days: days at which births are at their base rate.
        hoarding: sincerity below which a project does not build.
        more_founders: founders a year that incubators and venture money bring, by county and industry.

    Draws: ARRIVAL_SPACING by (cell, number), ARRIVAL_TRAITS by identity, LOOK_AROUND by identity.
    """
    industries, economy, flows = world.industries, world.economy, world.flows
    n_counties = world.counties.n
    keys, channel, industry, finder, county, partner = _cells(n_counties, world.zones.n, len(world.partner_names), world.n_industries)
    cells = len(keys)
    intensity, channels, built_together = expect(world, terms, parameters, promotion, scale, birth_days, base_days, more_founders, cells)
    counts = np.empty(cells, dtype=np.int64)
    seed = draws.seed_key(world.seed)
    newcomers = int(_count(cells, seed, world.quarter, keys, intensity, counts))
    e = world.enterprises
    rows_looking = np.empty(e.n, dtype=np.int32)
    look = parameters.look_around * (1 + parameters.informed_search * float(terms["information"]))
    looking = int(
        _lookers(
            e.n, seed, world.quarter, e.id, e.stage, e.arrived, e.employment, e.weight, e.ordered, e.destination, look, parameters.looking,
            rows_looking,
        )
    )  # fmt: skip
    a = Applicants(newcomers + looking)
    wage_index = float(np.add.reduce(world.counties.wage[:n_counties]) / n_counties)
    draw_traits(
        cells, seed, world.quarter, keys, counts, channel, industry, finder, county, partner, parameters.sizes, economy.typical_size, economy.trend,
        parameters.traits, industries.capital_per_value_added, industries.labour_share, industries.production_tax_share, economy.wage_level,
        wage_index, industries.land_m2_per_capital,
        parameters.cooperation_foreign if built_together else 0.0, industries.is_dangerous, scale, hoarding,
        a.id, a.whole, a.real, a.flags,
    )  # fmt: skip
    if channels is not None:
        through_channels(world, a, newcomers, channels, promotion)
    if looking:
        who = rows_looking[:looking]
        at = e.industry[who]
        effect = np.exp(economy.usual_effect[at] - economy.place_effect[e.place[who], at])
        seat_incumbents(
            newcomers, who, effect, e.id, e.industry, e.weight, e.place, world.places.county, e.value_added, e.capital, e.employment, e.land, e.floor,
            e.ordered, e.high_tech, e.foreign, e.emission_intensity, industries.land_m2_per_capital, industries.emission_intensity, a.id,
            a.whole, a.real, a.flags, flows.looked_around,
        )  # fmt: skip
    return a
