"""Incubators and venture money: more young enterprises, and faster growth of those inside."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from zonesim import draws
from zonesim.columns import Array, Floats
from zonesim.compiled import kernel, rule
from zonesim.parameters import Parameters, parameter
from zonesim.sums import total
from zonesim.world import World
from zonesim.world.enterprises import Stage
from zonesim.world.places import Mark

BUILDING, TENANTS, GRADUATES = int(Stage.BUILDING), int(Mark.TENANTS), int(Mark.GRADUATES)


class IncubationParameters(Parameters, name="incubation"):
    """What incubators and venture money do."""

    take_up: float = parameter(
        0.25, low=0.0, high=1.0, unit="1/yr per free place", doc="founders who would not have begun without a place", source="assumption", zh="空位带动创业"
    )
    pool: float = parameter(
        0.3, low=0.05, high=1.0, unit="of usual founders", doc="most that incubators and venture money can add to founders in innovative industries of a county",
        source="assumption: there are only so many who would", zh="潜在创业者上限",
    )  # fmt: skip
    growth: float = parameter(
        0.03, low=0.0, high=0.1, unit="log/yr", doc="productivity of a tenant",
        source="assumption: growth of jobs and sales is faster, survival is not (Amezcua; Schwartz 2013)", zh="在孵成长",
    )  # fmt: skip
    years: float = parameter(3.0, low=1.0, high=6.0, unit="years", doc="that a tenant stays", source="assumption: three-year contracts", zh="孵化期")
    small: float = parameter(50.0, low=10.0, high=200.0, unit="persons", doc="largest tenant", source="assumption", zh="在孵规模上限")
    graduates: float = parameter(
        0.3, low=0.0, high=1.0, unit="share", doc="that leave as innovative enterprises (grade 1)", source="assumption", zh="毕业升级比例"
    )
    leverage: float = parameter(2.0, low=0.0, high=6.0, unit="per CNY", doc="private money beside the fund's", source="assumption", zh="引导倍数")
    additional: float = parameter(
        0.3, low=0.0, high=1.0, unit="share", doc="financed start-ups that would not have begun otherwise", source="assumption", zh="新增性"
    )
    entry_years: float = parameter(
        2.0, low=0.5, high=5.0, unit="years", doc="age up to which an enterprise may become a tenant",
        source="assumption: 国科发区〔2018〕300号 asks for at most 24 months", zh="入孵年限",
    )  # fmt: skip


@rule
def limited(wanted: Any, most: Any) -> Any:
    """Return founders out of a pool that runs dry: most [1 - exp(-wanted / most)].

    >>> round(limited(1.0, 1000.0), 3), round(limited(1000.0, 10.0), 3), limited(5.0, 0.0)
    (1.0, 10.0, 0.0)
    """
    return most * (1.0 - math.exp(-wanted / most)) if most > 0.0 else 0.0


@rule
def start_ups(money: Any, leverage: Any, additional: Any, capital: Any) -> Any:
    """Return the start-ups a year that venture money brings: additional x money (1 + leverage) / capital of one.

    >>> start_ups(100.0, 2.0, 0.5, 50.0)
    3.0
    """
    return additional * money * (1.0 + leverage) / max(capital, 1e-9)


@kernel
def _house(
    n: int, seed: Any, quarter: int, identity: Array, stage: Array, place: Array, industry: Array, weight: Array, founded: Array, employment: Array,
    log_productivity: Floats, grade: Array, incubated: Array, prior: Floats, capacity: Floats, numbers: Floats, marks: Floats,
) -> None:  # fmt: skip
    _, _, growth, years, small, graduates, _, _, entry_years = numbers
    last, young = int(4.0 * years), 4.0 * entry_years
    for i in range(n):  # those inside stay until their time is over
        if not incubated[i]:
            continue
        p = place[i]
        if stage[i] < BUILDING or quarter - founded[i] >= last or marks[p, TENANTS] + weight[i] > capacity[p]:
            incubated[i] = False
            if stage[i] >= BUILDING and quarter - founded[i] >= last:
                marks[p, GRADUATES] += weight[i]
                if grade[i] == 0 and draws.uniform(seed, draws.INCUBATION, quarter, identity[i], 0) < graduates:
                    grade[i] = 1
            continue
        log_productivity[i] += growth
        marks[p, TENANTS] += weight[i]
    for i in range(n):  # then the young take free places
        p = place[i]
        if capacity[p] <= 0.0 or incubated[i] or stage[i] < BUILDING or prior[industry[i]] < 0.5 or quarter - founded[i] >= young:
            continue
        if employment[i] > small * weight[i] or marks[p, TENANTS] + weight[i] > capacity[p]:
            continue
        incubated[i] = True
        marks[p, TENANTS] += weight[i]


def house_tenants(world: World, parameters: IncubationParameters) -> None:
    """Let tenants of incubators grow and leave, and young enterprises of innovative industries take the free places; once a year.

    Draws: INCUBATION by identity.
    """
    e, places = world.enterprises, world.places
    if not np.count_nonzero(places.incubator[: world.n_places]) and not e.live("incubated").any():
        return
    _house(
        e.n, draws.seed_key(world.seed), world.quarter, e.id, e.stage, e.place, e.industry, e.weight, e.founded, e.employment, e.log_productivity,
        e.grade, e.incubated, world.industries.hightech_prior, places.incubator, parameters.vector, places.innovation,
    )  # fmt: skip


def founders(world: World, parameters: IncubationParameters, births: float, birth_size: float) -> Floats | None:
    """Return the founders a year that free incubator places and venture money bring, by county and industry; None when there are none.

    By industry in proportion to its innovative prior times its enterprises in the county; together at most ``pool`` of the usual founders there.
    """
    industries, economy, places = world.industries, world.economy, world.places
    more = np.zeros((world.counties.n, world.n_industries))
    some = _founders(
        places.county, world.flows.enterprises, places.incubator, places.innovation, world.counties.venture, industries.hightech_prior,
        birth_size, economy.typical_size, economy.trend, industries.capital_per_value_added, births, parameters.vector, more,
    )  # fmt: skip
    return more if some else None


@kernel
def _founders(
    county: Array, enterprises: Floats, places_in: Floats, marks: Floats, money: Floats, prior: Floats, birth_size: float,
    typical_size: Floats, trend: float, capital_ratio: Floats, births: float,
    numbers: Floats, out: Floats,
) -> bool:  # fmt: skip
    take_up, pool, _, _, _, _, leverage, additional, _ = numbers
    counties, industries = out.shape
    free, some = np.zeros(counties), False
    for p in range(len(enterprises)):
        places_left = max(0.0, places_in[p] - marks[p, TENANTS])
        some = some or places_left > 0.0
        free[county[p]] += places_left
        for j in range(industries):
            out[county[p], j] += enterprises[p, j]
    for c in range(counties):
        some = some or money[c] != 0.0
    if not some:
        return False
    capital = birth_size * typical_size * trend * 4 * capital_ratio
    for c in range(counties):
        usual = pool * births * total(out[c] * (prior >= 0.5))
        mix = out[c] * prior
        mix /= max(total(mix), 1e-12)
        of_one = max(total(mix * capital), 1e-9)
        more = take_up * free[c] + start_ups(money[c], leverage, additional, of_one)
        out[c] = limited(more, usual) * mix
    return True
