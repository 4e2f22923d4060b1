"""What a difference between two scenarios costs the public: the payments of its clauses, and the budgets as a whole."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np

from zonesim.columns import Array, Floats
from zonesim.model import Run
from zonesim.policies.instrument import Instrument
from zonesim.scenario import Scenario

LOCAL = ("city", "county", "zone", "platform")
PUBLIC = ("centre", "province", *LOCAL)
OTHERWISE = ("infrastructure", "public_services")  #: what budgets spend on what nothing else takes
BORROWING = ("loan", "repayment", "special_bond", "bond_repayment")  #: no income and no outlay
KINDS = {"rent_relief": ("-rent",), "works_programme": ("infrastructure",), "fund_equity": ("fund_capital",), "state_equity": ("equity",), "policy_loan": ()}
"""Payments of an instrument whose kind in the ledger is another one; "-": what the public receives less of."""


class Purse:
    """The public payments of one run: yearly sums by kind of payment, and by whom.

    Args:
        run: a run with its ledger.
        region: id of its region.
    """

    def __init__(self, run: Run, region: str) -> None:
        self.run, self.region = run, region
        self._level = np.array([name.split(":")[0] for name in run.accounts])
        self._holder = np.array([name.partition(":")[2] for name in run.accounts])

    @cached_property
    def _book(self) -> tuple[Array, Array, Array, Array, Floats]:
        book = self.run.ledger
        return book["quarter"], book["kind"], book["payer"], book["payee"], book["amount"]

    def _of(self, place: str, levels: Sequence[str]) -> Array:
        """Return which accounts stand for a place: the whole region has all of some levels."""
        mine = np.isin(self._level, levels)
        return np.asarray(mine if place == self.region else mine & (self._holder == place))

    def total(self, kinds: Sequence[str], first: int, last: int, *, place: str = "", received: bool = False) -> float:
        """Return what public accounts paid (or received) of some kinds a year, 10k CNY, over quarters ``first`` to ``last``."""
        quarter, kind, payer, payee, amount = self._book
        known = [self.run.kinds.index(one) for one in kinds if one in self.run.kinds]
        side = payee if received else payer
        at = np.isin(kind, known) & (quarter >= first) & (quarter <= last) & self._of(place or self.region, PUBLIC)[side]
        return float(amount[at].sum()) * 4 / (last - first + 1)

    def spent(self, kinds: Sequence[str], first: int, last: int) -> float:
        """Return what instruments that cause payments of some kinds cost a year: "-rent" counts what is received less."""
        less = [one[1:] for one in kinds if one.startswith("-")]
        return self.total([one for one in kinds if not one.startswith("-")], first, last) - (self.total(less, first, last, received=True) if less else 0.0)

    def surplus(self, first: int, last: int) -> float:
        """Return what city, counties, committees and platform companies take in from others less what they pay to others, a year; borrowing apart."""
        quarter, kind, payer, payee, amount = self._book
        local = np.isin(self._level, LOCAL)
        apart = [self.run.kinds.index(one) for one in BORROWING if one in self.run.kinds]
        at = (quarter >= first) & (quarter <= last) & ~np.isin(kind, apart)
        into, out = at & local[payee] & ~local[payer], at & local[payer] & ~local[payee]
        return (float(amount[into].sum()) - float(amount[out].sum())) * 4 / (last - first + 1)

    def balances(self, first: int, last: int) -> dict[str, float]:
        """Return what the accounts of each public level take in from all others less what they pay to them, a year; borrowing apart.

        Over the local levels they add up to :meth:`surplus`: what one pays to another, it takes in.
        """
        quarter, kind, payer, payee, amount = self._book
        code = np.array([PUBLIC.index(one) if one in PUBLIC else len(PUBLIC) for one in self._level])
        apart = [self.run.kinds.index(one) for one in BORROWING if one in self.run.kinds]
        at = (quarter >= first) & (quarter <= last) & ~np.isin(kind, apart) & (code[payer] != code[payee])
        into, out = (np.bincount(code[side[at]], weights=amount[at], minlength=len(PUBLIC) + 1) for side in (payee, payer))
        return dict(zip(PUBLIC, ((into - out)[: len(PUBLIC)] * 4 / (last - first + 1)).tolist(), strict=True))


def changed(one: Scenario, other: Scenario) -> list[dict[str, Any]]:
    """Return the policies that differ between two scenarios, as either has them."""
    mine, theirs = one.resolved.get("policies") or {}, other.resolved.get("policies") or {}
    found = [(mine.get(label), theirs.get(label)) for label in dict.fromkeys([*mine, *theirs])]
    return [raw for pair in found if pair[0] != pair[1] for raw in pair if raw]


def kinds_paid(policies: Sequence[dict[str, Any]]) -> tuple[str, ...]:
    """Return the kinds of payment that policies cause, as the ledger calls them.

    >>> kinds_paid([{"instrument": "rent_reduction"}, {"instrument": "equipment_subsidy"}])
    ('-rent', 'equipment_subsidy')
    """
    registered = Instrument.kinds()
    return tuple(dict.fromkeys(kind for raw in policies for paid in registered[raw["instrument"]].pays for kind in KINDS.get(paid, (paid,))))


def window(one: Scenario, other: Scenario) -> tuple[int, int]:
    """Return the quarters in which two scenarios can differ: from the first in which a policy that differs is in force to the end of the run."""
    labels = {label for label in [*(one.resolved.get("policies") or {}), *(other.resolved.get("policies") or {})]
              if (one.resolved.get("policies") or {}).get(label) != (other.resolved.get("policies") or {}).get(label)}  # fmt: skip
    starts = [policy.first_quarter for scenario in (one, other) for policy in scenario.instruments if policy.label in labels]
    return max(one.start, min(starts, default=one.start)), one.end
