"""What a committee's people cost, who pays it, and what finders of projects get."""

from __future__ import annotations

import numpy as np

from zonesim.accounts.ledger import Ledger
from zonesim.columns import Array, Floats
from zonesim.parameters import Parameters, parameter
from zonesim.terms import Terms
from zonesim.world import World

COMMITTEE, COUNTY, PLATFORM = 0, 1, 2


class PayParameters(Parameters, name="staff_pay"):
    """Pay by results, and social affairs handed over."""

    par: float = parameter(
        60.0,
        low=40.0,
        high=90.0,
        unit="points",
        doc="score at which performance pay is as much as the fixed pay it replaces",
        source="assumption",
        zh="绩效基准分",
    )
    social_time: float = parameter(
        0.30, low=0.0, high=0.6, unit="share of staff time", doc="time for social affairs (see committee.social_time)", source="assumption", zh="社会事务时间"
    )


def pay_roll(world: World, terms: Terms, staff_cost: float) -> Floats:
    """Return the quarter's pay of each committee's staff: cost/4 x staff x factor of the form."""
    n = world.zones.n
    return np.asarray(staff_cost / 4 * world.zones.staff[:n] * terms["staff_cost_factor"])


def account_keepers(world: World, terms: Terms) -> Array:
    """Return the account that pays each committee's fixed pay first: its own, the county's, or the platform company's."""
    acc, n = world.accounts, world.zones.n
    own, keeper = np.arange(n) + acc.zone0, terms["account_keeper"]
    if not keeper.any():
        return own
    county = acc.county0 + world.zones.county[:n].astype(np.int64)
    return np.where(keeper == COUNTY, county, np.where(keeper == PLATFORM, np.arange(n) + acc.platform0, own))


def pay_by_results(
    world: World, terms: Terms, ledger: Ledger, bill: Floats, staff_cost: float, parameters: PayParameters, causes: dict[str, str]
) -> None:  # fmt: skip
    """Pay what hangs on results, what was handed over, and finders.

    The performance part, p bill x score/par (at most 1.5), comes out of the county's budget (001§5b); the fixed part, (1 - p) bill, is paid in the committee's books by who keeps the
    accounts. Social affairs that were handed over cost the county the staff time they took: d f stripped x cost/4 x staff. Finders get their reward on what was
    landed in the quarter, from the committee. Nobody overdraws: what cannot be paid is not paid.
    """
    acc, zones, n = world.accounts, world.zones, world.zones.n
    host = acc.county0 + zones.county[:n].astype(np.int64)
    by_results = terms["performance_pay"]
    if by_results.any():
        earned = bill * by_results * np.minimum(1.5, zones.score[:n] / parameters.par)
        ledger.pay_what_there_is(host, acc.HOUSEHOLDS, earned, "performance_pay", causes["performance_pay"])
    if terms["social_stripped"].any():
        taken = np.minimum(0.9, parameters.social_time * terms["social_duty_factor"]) * terms["social_stripped"] * staff_cost / 4 * zones.staff[:n]
        ledger.pay_what_there_is(host, acc.HOUSEHOLDS, taken, "social_affairs", causes["social_affairs"])
    if terms["finder_reward"].any():
        park = np.flatnonzero(world.places.zone[: world.n_places] >= 0)
        owner = world.places.zone[park].astype(np.int64)
        landed = np.bincount(owner, weights=world.flows.investment_attracted[park], minlength=n)
        ledger.pay_what_there_is(np.arange(n) + acc.zone0, acc.OWNERS, terms["finder_reward"] * landed, "finder_reward", causes["finder_reward"])
