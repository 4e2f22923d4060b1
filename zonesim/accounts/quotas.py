"""Yearly quotas of new construction land, energy and emissions (指标)."""

from __future__ import annotations

import numpy as np

from zonesim import draws
from zonesim.columns import Array, Floats
from zonesim.compiled import kernel
from zonesim.parameters import Parameters, parameter
from zonesim.sums import total
from zonesim.terms import Terms
from zonesim.world import World
from zonesim.world.places import LEAST_LAND, Kind, LandStage, Use

KEY_PROJECTS, SCORE, OUTPUT_PER_MU, EQUAL, RANDOM = range(5)
LAPSES, TO_POOL, CARRIED_OVER = range(3)  #: what becomes of quota that was not used in its year (002§2.7 does not say)


class QuotaParameters(Parameters, name="quotas"):
    """What happens to quotas that nobody guards."""

    raid: float = parameter(
        0.4,
        low=0.0,
        high=1.0,
        unit="share",
        doc="largest part of an unguarded zone quota that the county uses elsewhere",
        source="assumption",
        zh="指标被挤占上限",
    )
    most_share: float = parameter(
        0.9,
        low=0.5,
        high=1.0,
        unit="share",
        doc="of a county's quota that its parks get at most",
        source="assumption: towns and villages build too",
        zh="园区指标占比上限",
    )
    land_worth: float = parameter(
        0.03, low=0.0, high=0.2, unit="10k CNY/m2", doc="investment that land which projects could not get counts for in the pool for key projects",
        source="assumption: below the standards of investment per mu, as it is not yet signed", zh="缺地项目折算投资",
    )  # fmt: skip
    province_extra: float = parameter(
        0.25,
        low=0.0,
        high=1.0,
        unit="share of the city's plan",
        doc="quota that the province allots directly to ring-fenced zones",
        source="assumption: 004§3.15.4a names no amount",
        zh="省级单列增量",
    )


def _spread(amount: float, weights: Floats) -> Floats:
    """Split an amount in proportion to weights; equally when all are zero."""
    whole = weights.sum()
    return amount * weights / whole if whole > 0 else np.full(len(weights), amount / max(1, len(weights)))


@kernel
def _keep_in_counties(
    kept: Floats, county: Array, park: Array, planned: Floats, performance: Floats, wanted: Floats, most_share: float, left: Floats, given: Floats
) -> None:
    """Share what each county keeps out over its parks, by planned area and performance, and over its places outside zones, by area; write what each is given.

    ``wanted`` is the share of the county's quota that a park would have all parks get, ``left`` the part of its own that it is left with.
    """
    n = len(given)
    there, size, got = np.empty(n, dtype=np.int64), np.empty(n), np.empty(n)
    for c in range(len(kept)):
        k = 0
        for p in range(n):
            got[p] = 0.0
            if county[p] == c and park[p]:
                there[k], size[k] = p, wanted[p]
                k += 1
        if k > 0:
            amount = kept[c] * min(most_share, total(size[:k]) / k)
            for i in range(k):
                size[i] = planned[there[i]] * performance[there[i]]
            of_all = total(size[:k])
            for i in range(k):
                got[there[i]] = (amount * size[i] / of_all if of_all > 0.0 else amount / k) * left[there[i]]
        rest, k = kept[c] - total(got), 0
        for p in range(n):
            given[p] += got[p]
            if county[p] == c and not park[p]:
                there[k], size[k] = p, planned[p]
                k += 1
        of_all = total(size[:k])
        for i in range(k):
            given[there[i]] += rest * size[i] / of_all if of_all > 0.0 else rest / k


def allocate_quotas(world: World, terms: Terms, parameters: QuotaParameters) -> None:
    """Allot the year's quotas of land, energy and emissions to places.

    What was not used last year lapses, or goes into this year's pool, or stays with its place on top of this year's quota.

    For each type: county plan_c = plan x opening share of the county; kept_c = retention x plan_c, pool = (1 - retention) x plan.
    Of kept_c the parks of the county get zone share x (score / mean score)^elasticity (at most ``most_share``), by planned area, the places
    outside zones the rest. Without ring-fencing the county takes up to ``raid`` of the parks' land back (a draw by zone and year);
    at the level of the province the parks also get a direct allotment. The pool goes to parks by its rule. Inefficient land brought back
    last year earns its bonus.

    Draws: RAID by committee, POOL_ALLOCATION by place.
    """
    places, n = world.places, world.n_places
    park = places.kind[:n] == Kind.PARK
    zone = np.maximum(places.zone[:n].astype(np.int64), 0)
    weights = world.quotas["county_share"]
    score = np.where(park, world.zones.score[zone], 0.0)
    mean = score[park].mean() if park.any() else 1.0
    performance = np.where(park, (np.maximum(score, 1.0) / max(mean, 1.0)) ** terms["quota_performance_elasticity"], 0.0)
    planned = places.planned[:n].astype(float)
    key = draws.seed_key(world.seed)
    raided = np.array([parameters.raid * draws.uniform(key, draws.RAID, world.quarter, z, 0) for z in range(max(1, world.zones.n))])
    guard = terms["ringfence"]
    whole, kept_part = np.ones(n), np.where(guard >= 1, 1.0, 1.0 - raided[zone])
    pool_weights = _pool_weights(world, terms, park, score, parameters.land_worth)
    rule = int(terms["unused_quota"]) if world.quarter > world.start else LAPSES  # before the first year nothing was allotted
    wanted = terms["quota_share"] * performance
    for name, column in (("land", "quota_land"), ("energy", "quota_energy"), ("emission", "quota_emission")):
        plan = float(world.quotas[name])
        retention = float(terms[f"retention_{name}"])
        given = np.zeros(n)
        _keep_in_counties(
            retention * plan * weights, places.county, park, planned, performance, wanted, parameters.most_share, kept_part if name == "land" else whole, given
        )
        pool = (1 - retention) * plan
        if rule != LAPSES:
            unused = _unused(world, name)
            if rule == TO_POOL:
                pool += float(unused.sum())
            else:
                given += unused
        if park.any():
            given[park] += _spread(pool, pool_weights[park])
            if name == "land" and (guard >= 2).any():
                guarded = park & (guard >= 2)
                given[guarded] += _spread(parameters.province_extra * plan, planned[guarded])
        if name == "land":
            given = np.floor(given + terms["quota_bonus"] * world.year_flow("land_revitalised"))
            world.flows.quota_land_given[:n] = given
        getattr(places, column)[:n] = given


def _unused(world: World, name: str) -> Floats:
    """Return what each place has left of last year's quota, that of land for all its uses."""
    places, n = world.places, world.n_places
    columns = ("quota_land", "quota_expansion", "quota_works") if name == "land" else (f"quota_{name}",)
    return np.asarray(np.add.reduce([getattr(places, column)[:n].astype(float) for column in columns]))


def _pool_weights(world: World, terms: Terms, park: Array, score: Floats, land_worth: float) -> Floats:
    """Return the weight of each park in the city's pool under the rule in force."""
    n = world.n_places
    rule = int(terms["pool_rule"])
    year = world.year_sums
    if rule == KEY_PROJECTS:
        return np.where(park, world.year_flow("promised_investment") + world.year_flow("unmet_land") * land_worth + 1.0, 0.0)
    if rule == SCORE:
        return np.where(park, score, 0.0)
    if rule == OUTPUT_PER_MU:
        land = world.places.land[:n, LandStage.BUILT, Use.INDUSTRIAL].astype(float)
        return np.where(park, year["output"] / np.maximum(land, LEAST_LAND), 0.0)
    if rule == EQUAL:
        return park.astype(float)
    key = draws.seed_key(world.seed)
    luck = np.array([draws.uniform(key, draws.POOL_ALLOCATION, world.quarter, p, 0) for p in range(n)])
    return np.where(park, luck, 0.0)
