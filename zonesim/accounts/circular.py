"""Money of circular transformation (循环化改造): what is paid of the support that parks claim."""

from __future__ import annotations

import numpy as np

from zonesim.accounts.ledger import Ledger
from zonesim.parameters import Parameters, parameter
from zonesim.world import World


class CircularMoneyParameters(Parameters, name="circular_money"):
    """What governments put into by-product links."""

    budget_share: float = parameter(
        0.10, low=0.01, high=0.5, unit="share of money a quarter", doc="most of a payer's money that goes into circular transformation",
        source="assumption", zh="循环化支出上限",
    )  # fmt: skip


def pay_links(world: World, ledger: Ledger, parameters: CircularMoneyParameters, causes: dict[str, str]) -> None:
    """Pay the claims in ``flows.circular_support``, and leave there what was paid: the city, then each park's committee, within their budgets.

    All claims on one payer are paid by the same part, min(1, budget_share x balance / claims).
    """
    f, acc, places, n = world.flows, world.accounts, world.places, world.n_places
    park = np.flatnonzero(f.circular_support > 0.0)
    if not len(park):
        return
    claims, firm, cause = f.circular_support[park].copy(), acc.enterprise0 + park, causes["circular_support"]
    paid = np.zeros(len(park))
    for payer in (np.full(len(park), acc.CITY), acc.zone0 + places.zone[:n][park].astype(np.int64)):
        rest = claims - paid
        owed = np.bincount(payer, weights=rest, minlength=len(world.balances))[payer]
        means = parameters.budget_share * np.maximum(world.balances[payer], 0.0)
        part = np.where(owed > means, rest * (means / np.maximum(owed, 1e-12)), rest)
        ledger.post(payer, firm, part, "circular_support", cause)
        paid += part
    f.circular_support[park] = paid
