"""Exports and imports of enterprises."""

from __future__ import annotations

import csv
from functools import cache
from importlib import resources
from typing import Any

import numpy as np

from zonesim.behaviour.place_effects import productive_stock
from zonesim.columns import Array, Floats
from zonesim.compiled import kernel, rule
from zonesim.parameters import Parameters, parameter
from zonesim.world import World
from zonesim.world.enterprises import Stage

OPERATING = int(Stage.OPERATING)


class TradeParameters(Parameters, name="trade"):
    """How far enterprises sell and buy abroad."""

    level: float = parameter(
        0.3, low=0.1, high=2.0, unit="of the nation", doc="export share of an industry relative to the nation's",
        source="assumption: an inland province trades about 10 % of its product, the nation 40 %", zh="出口水平",
    )  # fmt: skip
    imports: float = parameter(
        0.5, low=0.1, high=2.0, unit="of the nation", doc="imported inputs of an industry relative to the nation's", source="assumption: as for exports", zh="进口水平",
    )  # fmt: skip
    foreign: float = parameter(
        2.0, low=0.0, high=5.0, unit="times more", doc="exports per sales of a foreign-invested enterprise over a domestic one's",
        source="assumption: foreign-invested enterprises made 43 % of the nation's exports of 2017 with about a fifth of industrial sales", zh="外资出口倍数",
    )  # fmt: skip
    access: float = parameter(
        0.3, low=0.0, high=1.0, unit="elasticity", doc="exports to the stock of productive infrastructure", source="assumption: trade costs fall with transport", zh="出口条件弹性",
    )  # fmt: skip
    most_exported: float = parameter(
        0.9, low=0.3, high=1.0, unit="share of sales", doc="that an enterprise exports at most", source="assumption", zh="最高出口占比"
    )


@cache
def trade_shares() -> tuple[Floats, Floats]:
    """Return exports and imported inputs per output of each industry (``zonesim/data/trade.csv``)."""
    with (resources.files("zonesim") / "data" / "trade.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return np.array([float(row["export_share"]) for row in rows]), np.array([float(row["import_share"]) for row in rows])


@rule
def export_share(national: Any, level: Any, foreign: Any, premium: Any, access: Any, most: Any) -> Any:
    """Return exports per sales: national share x level x (1 + premium if foreign-invested) x access, at most so much.

    >>> round(export_share(0.1, 0.5, True, 2.0, 1.2, 0.9), 3), export_share(0.5, 1.0, True, 2.0, 1.2, 0.9)
    (0.18, 0.9)
    """
    share = national * level * access
    if foreign:
        share *= 1.0 + premium
    return min(most, share)


@kernel
def _trade(
    n: int, stage: Array, place: Array, industry: Array, foreign: Array, made: Floats, ratio: Floats, exported: Floats, imported: Floats,
    access: Floats, inputs: Floats, nearby: Floats, matched: Floats, numbers: Floats, exports: Floats, imports: Floats,
) -> None:  # fmt: skip
    level, buys, premium, _, most = numbers
    abroad = np.ones(len(inputs))
    for p in range(len(inputs)):
        outside = inputs[p] - nearby[p]
        usual = outside + matched[p]
        if usual > 0.0:
            abroad[p] = outside / max(usual, 1e-9)
    for i in range(n):
        if stage[i] < OPERATING or made[i] <= 0.0:
            continue
        p, j = place[i], industry[i]
        sold = made[i] / ratio[j]
        exports[p] += export_share(exported[j], level, foreign[i], premium, access[p], most) * sold
        imports[p] += buys * imported[j] * sold * abroad[p]


def trade(world: World, parameters: TradeParameters) -> None:
    """Add up exports and imports by place.

    Exports = share x sales; access = (productive infrastructure / opening)^e. Imported inputs fall with what matching moves to suppliers
    nearby: (1 - bought nearby) / (1 - bought nearby without matching).
    """
    e, f, n = world.enterprises, world.flows, world.n_places
    exported, imported = trade_shares()
    stock = (productive_stock(world) + 1.0) / (world.places.infrastructure_opening[:n] + 1.0)
    _trade(
        e.n, e.stage, e.place, e.industry, e.foreign, e.value_added, world.industries.value_added_ratio, exported, imported,
        stock**parameters.access, f.inputs, f.local_inputs, f.matched_inputs, parameters.vector,
        f.exports, f.imports,
    )  # fmt: skip
