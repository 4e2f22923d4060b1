"""Contracts of enclaves: who shares what of a project that another committee or a partner region found."""

from __future__ import annotations

import numpy as np

from zonesim.behaviour.applicants import Applicants
from zonesim.behaviour.location import Preferences
from zonesim.columns import Array, Floats, Ints
from zonesim.compiled import kernel
from zonesim.terms import Terms
from zonesim.world import World


def enclaves(terms: Terms) -> Array:
    """Return the places whose projects are shared with those who found them."""
    return np.asarray((terms["enclave"] > 0) & (terms["enclave_years"] > 0))


def open_contracts(world: World, terms: Terms, a: Applicants, wishes: Preferences, chosen: Ints, land: Ints, who: Ints, contract: Ints) -> None:
    """Open a sharing contract for each shared project; write their numbers. The host county of a finder is paid, or the partner region."""
    table, accounts = world.contracts, world.accounts
    _open(
        table.append(len(who)).start, world.quarter, who, chosen, wishes.place, wishes.price, land, a.finder, a.partner, world.zones.county,
        accounts.county0, accounts.partner0, terms["enclave_years"], terms["enclave_tax_share"], terms["enclave_indicator_share"],
        terms["enclave_cost_share"], table.provider, table.host, table.start, table.until, table.tax_share, table.indicator_share,
        table.cost_share, table.site_cost, contract,
    )  # fmt: skip


@kernel
def _open(
    row: int, quarter: int, who: Ints, chosen: Ints, place: Array, price: Floats, land: Ints, finder: Array, partner: Array, county: Array,
    county0: int, partner0: int, years: Floats, tax_share: Floats, indicator_share: Floats, cost_share: Floats, t_provider: Array, t_host: Array,
    t_start: Array, t_until: Array, t_tax: Floats, t_indicators: Floats, t_costs: Floats, t_site_cost: Floats, contract: Ints,
) -> None:  # fmt: skip
    for k in range(len(who)):
        a, i = who[k], row + k
        p = place[a, chosen[a]]
        t_provider[i] = county0 + county[finder[a]] if finder[a] >= 0 else partner0 + max(partner[a], 0)
        t_host[i], t_start[i] = p, quarter
        t_until[i] = quarter + int(np.rint(4.0 * years[p])) - 1
        t_tax[i], t_indicators[i], t_costs[i] = tax_share[p], indicator_share[p], cost_share[p]
        t_site_cost[i] = land[a] * price[a, chosen[a]]
        contract[a] = i
