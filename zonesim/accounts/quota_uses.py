"""What the year's land quota is for: new projects, expansion of incumbents, infrastructure (指标用途), and land under public works."""

from __future__ import annotations

from itertools import permutations

import numpy as np

from zonesim.columns import Floats, Ints
from zonesim.compiled import kernel
from zonesim.parameters import Parameters, parameter
from zonesim.terms import Terms
from zonesim.world import World
from zonesim.world.places import LandStage, Use

NEW, EXPANSION, WORKS = range(3)
ORDERS = tuple(permutations((NEW, EXPANSION, WORKS)))  #: order k of the term is ORDERS[k - 1]; 0 is no order
UNDEVELOPED, BUILT, PUBLIC = int(LandStage.UNDEVELOPED), int(LandStage.BUILT), int(Use.PUBLIC)


class QuotaUseParameters(Parameters, name="quota_uses"):
    """How quota is set aside, and the land that public works take."""

    stock_years: float = parameter(
        2.0, low=0.5, high=6.0, unit="years of demand", doc="ready land for which quota is asked", source="assumption: as committees keep", zh="新项目指标年数"
    )
    spare_new: float = parameter(
        0.6,
        low=0.0,
        high=1.0,
        unit="share",
        doc="quota beyond all demands that new projects get; the rest is halved",
        source="assumption",
        zh="富余指标归新项目",
    )
    land_per_money: float = parameter(
        1.0, low=0.0, high=5.0, unit="m2 per 10k CNY", doc="new land under public works", source="assumption: 15 to 70 10k CNY per mu of road and utility corridor", zh="基建用地强度",
    )  # fmt: skip
    needs_land: float = parameter(
        0.4, low=0.0, high=1.0, unit="share", doc="public works that need new land; the rest renews", source="assumption", zh="新占地基建占比"
    )


def split_quota(total: Floats, demands: Floats, order: int, spare_new: float) -> Floats:
    """Split each place's quota over its uses ``[3, n_places]``.

    With an order each use gets its demand in turn as far as the quota goes; without one all are cut by the same part. What is left when
    all demands are met goes to new projects by ``spare_new``, the rest in halves to the others.

    >>> split_quota(np.array([10.0]), np.array([[8.0], [4.0], [2.0]]), 0, 0.5).ravel().round(3).tolist()
    [5.714, 2.857, 1.429]
    >>> split_quota(np.array([10.0]), np.array([[8.0], [4.0], [2.0]]), 6, 0.5).ravel().tolist()
    [4.0, 4.0, 2.0]
    >>> split_quota(np.array([20.0]), np.array([[8.0], [4.0], [2.0]]), 6, 0.5).ravel().tolist()
    [11.0, 5.5, 3.5]
    """
    wanted = demands.sum(axis=0)
    got = np.zeros_like(demands)
    if order == 0:
        got += demands * np.minimum(1.0, total / np.maximum(wanted, 1e-9))
    else:
        left = total.copy()
        for use in ORDERS[order - 1]:
            got[use] = np.minimum(demands[use], left)
            left -= got[use]
    rest = np.maximum(0.0, total - got.sum(axis=0))
    return np.asarray(got + rest * np.array([spare_new, (1 - spare_new) / 2, (1 - spare_new) / 2])[:, None])


def set_quota_aside(world: World, terms: Terms, parameters: QuotaUseParameters) -> None:
    """Split the year's land quota of each place over its uses; ``quota_land`` is then what new projects and service land may use.

    Demands: of new projects, the years of land asked for less ready land; of incumbents, what they were granted and were still short of
    last year; of public works, the land that last year's works took and waited for.
    """
    places, n = world.places, world.n_places
    total = places.quota_land[:n].astype(float)
    ready = places.land[:n, LandStage.READY].sum(axis=1)
    demands = np.stack(
        [
            np.maximum(0.0, 4 * parameters.stock_years * world.land_demand - ready),
            world.year_flow("expansion_land") + world.year_flow("expansion_unmet") / 4,  # an enterprise that is short asks again every quarter
            world.year_flow("works_land") + parameters.land_per_money * places.works_waiting[:n],
        ]
    )
    parts = np.floor(split_quota(total, demands, int(terms["quota_use_order"]), parameters.spare_new)).astype(np.int64)
    places.quota_expansion[:n], places.quota_works[:n] = parts[EXPANSION], parts[WORKS]
    places.quota_land[:n] -= parts[EXPANSION] + parts[WORKS]


@kernel
def _site(works: Floats, waiting: Floats, stock: Floats, land: Ints, quota: Ints, needs_land: float, per_money: float, used: Floats, taken: Floats) -> None:
    """Give land to the public works of a quarter, place by place; works without land wait, and their part of the stock with them."""
    n_places, n_types = stock.shape
    for p in range(n_places):
        money = needs_land * works[p] + waiting[p]
        if money <= 0.0:
            continue
        there = 0
        for use in range(land.shape[2]):
            there += land[p, UNDEVELOPED, use]
        wanted = int(per_money * money)
        got = min(wanted, quota[p], there)
        left = got
        for use in range(land.shape[2]):
            part = min(left, land[p, UNDEVELOPED, use])
            land[p, UNDEVELOPED, use] -= part
            left -= part
        land[p, BUILT, PUBLIC] += got
        quota[p] -= got
        used[p] += got
        taken[p] += got
        late = money * (1.0 - got / wanted) if wanted > 0 else 0.0
        change = late - waiting[p]
        waiting[p] = late
        whole = 0.0
        for k in range(n_types):
            whole += stock[p, k]
        if change != 0.0 and whole > 0.0:
            for k in range(n_types):
                stock[p, k] *= max(0.0, 1.0 - change / whole)


def site_works(world: World, parameters: QuotaUseParameters) -> None:
    """Let the infrastructure that was paid for this quarter take its land, within the quota set aside for works.

    Land m2 = per money x (part that needs new land + works that wait); it comes out of undeveloped land and is public land when built.
    Works without land wait: they do not count in the stock until they have it.
    """
    places, n, flows = world.places, world.n_places, world.flows
    _site(
        flows.infrastructure_investment, places.works_waiting, places.infrastructure[:n], places.land, places.quota_works, parameters.needs_land,
        parameters.land_per_money, flows.quota_land_used, flows.works_land,
    )  # fmt: skip
