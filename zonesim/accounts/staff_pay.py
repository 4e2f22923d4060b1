"""What a committee's people cost, who pays it, and what finders of projects get."""

from __future__ import annotations

from typing import Any

import numpy as np

from zonesim.accounts.ledger import Ledger, pay_claims
from zonesim.accounts.payments import Payment
from zonesim.columns import Array, Floats, Ints
from zonesim.compiled import rule
from zonesim.parameters import Parameters, parameter
from zonesim.terms import Terms
from zonesim.world import World
from zonesim.world.places import MOST_DUTY
from zonesim.world.world import AccountIndex

COMMITTEE, COUNTY, PLATFORM = 0, 1, 2
HOUSEHOLDS, OWNERS = AccountIndex.HOUSEHOLDS, AccountIndex.OWNERS


class PayParameters(Parameters, name="staff_pay"):
    """Pay by results, and social affairs handed over."""

    par: float = parameter(
        74.5,
        low=40.0,
        high=90.0,
        unit="points",
        doc="score at which performance pay is as much as the fixed pay it replaces",
        source="assumption: the usual score of a zone of the region (books.usual_score)",
        zh="绩效基准分",
    )
    most_result: float = parameter(
        1.5,
        low=1.0,
        high=3.0,
        unit="times",
        doc="performance pay at most, relative to the fixed pay it replaces",
        source="assumption: a cap on bonuses",
        zh="绩效薪酬上限",
    )
    social_time: float = parameter(
        0.30, low=0.0, high=0.6, unit="share of staff time", doc="time for social affairs (see committee.social_time)", source="assumption", zh="社会事务时间"
    )


def hold_staff_pay(world: World, terms: Terms, ledger: Ledger, staff_cost: float) -> None:
    """Hold the quarter's fixed pay in the accounts of committees that pay their own staff: discretionary claims leave it there."""
    zones, n = world.zones, world.zones.n
    usual, factor, fixed = terms.once(_pay_of_staff, staff_cost)
    ledger.held[world.accounts.zone0 : world.accounts.zone0 + n] = usual * zones.staff[:n] * factor * fixed


def _pay_of_staff(terms: Terms, staff_cost: float) -> tuple[Floats, Floats, Floats]:
    """Return by committee a quarter's pay of one person where the committee pays it, the factor of its form, and the part that is not paid by results."""
    own = terms["account_keeper"] == COMMITTEE
    return np.asarray(own * staff_cost / 4), terms["staff_cost_factor"], np.asarray(1 - terms["performance_pay"])


@rule
def pay_roll(staff_cost: Any, staff: Floats, factor: Floats, out: Floats) -> None:
    """Write the quarter's pay of each committee's staff: cost/4 x staff x factor of the form."""
    for z in range(len(out)):
        out[z] = staff_cost / 4 * staff[z] * factor[z]


@rule
def account_keepers(form: Floats, committee: Ints, host: Ints, platform: Ints, out: Ints) -> None:
    """Write the account that pays each committee's fixed pay first: its own, the county's, or the platform company's."""
    for z in range(len(out)):
        out[z] = host[z] if form[z] == COUNTY else (platform[z] if form[z] == PLATFORM else committee[z])


@rule
def pay_by_results(
    book: Any, committee: Ints, host: Ints, bill: Floats, part: Floats, score: Floats, par: Any, most_result: Any, stripped: Floats, duty: Floats, social_time: Any,
    staff_cost: Any, staff: Floats, reward: Floats, zone: Array, attracted: Floats, causes: Any,
) -> None:  # fmt: skip
    """Pay what hangs on results, what was handed over, and finders.

    The performance part, p bill x score/par (at most ``most_result``), comes out of the county's budget (001§5b); the fixed part, (1 - p) bill, is paid in the committee's books by who keeps the
    accounts. Social affairs that were handed over cost the county the staff time they took: d f stripped x cost/4 x staff. Finders get their reward on what was
    landed in the quarter, from the committee. Nobody overdraws: what cannot be paid is not paid.
    """
    results, social, finder = causes
    zones = len(bill)
    claim = np.empty(zones)
    for z in range(zones):
        claim[z] = bill[z] * part[z] * min(most_result, score[z] / par)
    pay_claims(book, host, np.array([HOUSEHOLDS]), claim, Payment.PERFORMANCE_PAY, results)
    for z in range(zones):
        claim[z] = min(MOST_DUTY, social_time * duty[z]) * stripped[z] * staff_cost / 4 * staff[z]
    pay_claims(book, host, np.array([HOUSEHOLDS]), claim, Payment.SOCIAL_AFFAIRS, social)
    claim[:] = 0.0
    for p in range(len(attracted)):
        if zone[p] >= 0:
            claim[zone[p]] += attracted[p]
    for z in range(zones):
        claim[z] *= reward[z]
    pay_claims(book, committee, np.array([OWNERS]), claim, Payment.FINDER_REWARD, finder)
