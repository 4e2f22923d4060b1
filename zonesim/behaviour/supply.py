"""Inputs bought nearby or outside: what suppliers within reach can serve, and what matching adds."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from zonesim.columns import Floats
from zonesim.compiled import kernel, rule
from zonesim.parameters import Parameters, parameter
from zonesim.terms import Terms
from zonesim.world import World


class SupplyParameters(Parameters, name="supply"):
    """How enterprises find their suppliers, and what a supplier nearby is worth."""

    usual: float = parameter(
        0.68, low=0.3, high=0.95, unit="share", doc="of the inputs that could be had nearby, those that are bought there without help",
        source="fitted: 0.41 of Lanzhou's inputs by Flegg's location quotients (Flegg and Webber 1997, exponent 0.3); no figure of local sourcing was found",
        zh="常规就近采购率",
    )  # fmt: skip
    cover: float = parameter(
        0.8, low=0.2, high=1.0, unit="per supply over need", doc="how fast what can be had nearby rises with supply; at most 1, so that no more is bought than made",
        source="assumption", zh="就近供给覆盖",
    )  # fmt: skip
    saving: float = parameter(
        0.02, low=0.0, high=0.1, unit="share of the price", doc="what an input from nearby saves its buyer", source="assumption: transport, stocks and search", zh="就近采购节省",
    )  # fmt: skip
    response: float = parameter(
        0.15, low=0.0, high=0.6, unit="share", doc="of a supplier's added sales nearby, those that are not taken from its other sales",
        source="assumption: capacity is given in the short run, and most of what is sold nearby was sold elsewhere before", zh="供应商增产率",
    )  # fmt: skip
    matching_cost: float = parameter(
        0.01, low=0.0, high=0.05, unit="share of purchases", doc="what finding and matching a supplier costs", source="assumption", zh="对接成本"
    )


@rule
def within_reach(supply: Any, need: Any, cover: Any) -> Any:
    """Return the part of an input that can be had nearby, 1 - exp(-c supply / need); it is at most c supply / need.

    >>> round(within_reach(1.0, 1.0, 1.0), 4), within_reach(0.0, 1.0, 1.0)
    (0.6321, 0.0)
    """
    return 1.0 - math.exp(-cover * supply / need) if need > 0.0 else 0.0


@rule
def bought_nearby(reach: Any, usual: Any, embedding: Any) -> Any:
    """Return the part of an input that is bought nearby, (usual + embedding) of what can be had, at most all of it.

    >>> round(bought_nearby(0.6, 0.5, 0.2), 2), bought_nearby(0.6, 0.9, 0.5)
    (0.42, 0.6)
    """
    return reach * min(1.0, usual + embedding)


@kernel
def _match(
    output: Floats, weights: Floats, input_output: Floats, ratio: Floats, embedding: Floats, b: Floats, inputs: Floats, local: Floats, matched: Floats, cost: Floats,
    missing: Floats, gain: Floats,
) -> bool:  # fmt: skip
    """Fill purchases by place, what is missing by site, and the log gain of buyers and suppliers; tell whether any was matched."""
    usual, cover, saving, response, matching_cost = b
    n, m = output.shape
    need, reach, added = np.zeros((n, m)), np.zeros((n, m)), np.zeros((n, m))
    near = np.zeros((n, m))
    some = False
    bought = input_output.T.copy()  # by user: the inner loops run over rows, through the vector unit
    for p in range(n):
        for j in range(m):
            for i in range(m):
                need[p, i] += bought[j, i] * output[p, j]
    wanted = np.zeros(m)
    for p in range(n):
        wanted[:] = 0.0
        for q in range(n):
            for i in range(m):
                near[p, i] += weights[p, q] * output[q, i]
                wanted[i] += weights[p, q] * need[q, i]
        for i in range(m):
            reach[p, i] = within_reach(near[p, i], wanted[i], cover)
            part = bought_nearby(reach[p, i], usual, embedding[p])
            added[p, i] = part - bought_nearby(reach[p, i], usual, 0.0)
            inputs[p] += need[p, i]
            local[p] += part * need[p, i]
            matched[p] += added[p, i] * need[p, i]
            cost[p] += matching_cost * added[p, i] * need[p, i]
            missing[p, i] = need[p, i] * (1.0 - reach[p, i])
            some = some or added[p, i] > 0.0
    gain[:] = 0.0
    if not some:
        return False
    sales = np.zeros((n, m))
    for p in range(n):
        for i in range(m):
            if added[p, i] > 0.0:
                for q in range(n):
                    sales[q, i] += added[p, i] * need[p, i] * weights[p, q] * output[q, i] / near[p, i]
    for p in range(n):
        for j in range(m):
            if output[p, j] <= 0.0:
                continue
            spared = 0.0
            for i in range(m):
                spared += input_output[i, j] * added[p, i]
            gain[p, j] = math.log(1.0 + saving * spared / ratio[j]) + math.log(1.0 + min(0.5, response * sales[p, j] / output[p, j]))
    return True


def match_suppliers(world: World, terms: Terms, parameters: SupplyParameters) -> None:
    """Split the inputs of the quarter into those bought nearby and outside, and set what matching gains from the next quarter on.

    Need of place p for input i: D_pi = sum over j of a_ij X_pj, X output. Reach: r_pi = 1 - exp(-c S_pi / N_pi) with supply S and need N of
    the neighbourhood. Bought nearby: r_pi min(1, usual + embedding_p). What embedding adds, dL_pi, goes to suppliers by weight and
    output. Log gain of site (p, j), which acts as a part of the place effect of the next quarter:

        ln(1 + saving sum_i a_ij dshare_pi / (value-added ratio of j)) + ln(1 + response dsales_pj / X_pj)

    Inputs stay inside the market's postings (value added is sales less inputs); the ledger holds what the matching costs.
    """
    f, economy = world.flows, world.economy
    _match(
        f.output, economy.neighbourhood, world.industries.input_output, world.industries.value_added_ratio, terms["embedding"], parameters.vector,
        f.inputs, f.local_inputs, f.matched_inputs, f.supplier_matching, economy.missing_inputs, economy.supply_gain,
    )  # fmt: skip
