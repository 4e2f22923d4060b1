"""The return of a part of the yearly increment of taxes to a committee (三税增量返还)."""

from __future__ import annotations

import numpy as np

from zonesim.accounts.ledger import Ledger
from zonesim.columns import Array, Floats, Ints
from zonesim.compiled import kernel, rule
from zonesim.terms import Terms
from zonesim.world import World

AS_COLLECTED, STOP, LIKE_FOR_LIKE = 0, 1, 2
REFORM = 2016  #: year in which VAT took the place of business tax (财税〔2016〕36号)


@rule
def increment(gross: Floats, city: Floats, base_gross: Floats, base_city: Floats, in_set: Floats, use_gross: bool, rule: int, after_reform: bool) -> float:
    """Return T_y - T_base for one committee, 10k CNY.

    Args:
        gross: VAT, business tax, CIT of the year, all levels.
        city: the city's part of them.
        base_gross: the same of the base year.
        base_city: the city's part in the base year.
        in_set: 1 for each tax that is in the set.
        use_gross: all taxes count, not the city's part.
        rule: AS_COLLECTED; STOP (business tax counts in neither year from 2016 on); LIKE_FOR_LIKE (both years by this
            year's city share of VAT and CIT; business tax, of both years, counts as VAT where VAT is in the set and is
            left out where it is not).
        after_reform: the year is 2016 or later.

    >>> gross, base = np.array([100.0, 0.0, 50.0]), np.array([60.0, 30.0, 40.0])
    >>> all_in = np.ones(3)
    >>> round(increment(gross, 0.2 * gross, base, np.array([6.0, 12.0, 6.0]), all_in, False, AS_COLLECTED, True), 9)
    6.0
    >>> round(increment(gross, 0.2 * gross, base, np.array([6.0, 12.0, 6.0]), all_in, False, LIKE_FOR_LIKE, True), 9)
    4.0
    >>> no_business_tax = np.array([1.0, 0.0, 1.0])  # VAT 100 - (60 + 30), CIT 50 - 40
    >>> round(increment(gross, 0.2 * gross, base, np.array([6.0, 12.0, 6.0]), no_business_tax, False, LIKE_FOR_LIKE, True), 9)
    4.0
    >>> round(increment(gross, 0.2 * gross, base, np.array([6.0, 12.0, 6.0]), all_in, False, STOP, True), 9)
    18.0
    """
    now, before = (gross, base_gross) if use_gross else (city, base_city)
    counted = in_set.copy()
    if rule == STOP and after_reform:
        counted[1] = 0.0
    if rule == LIKE_FOR_LIKE and after_reform:
        counted[1] = counted[0]
    if rule == LIKE_FOR_LIKE and after_reform and not use_gross:
        vat_share = city[0] / gross[0] if gross[0] > 0 else 0.0
        cit_share = city[2] / gross[2] if gross[2] > 0 else 0.0
        share = np.array([vat_share, vat_share, cit_share])
        now, before = share * gross, share * base_gross
    return float((counted * (now - before)).sum())


@kernel
def _increments(
    after_reform: bool, returned: Floats, fixed: Floats, vat: Floats, business_tax: Floats, cit: Floats, use_gross: Floats, rule: Floats, clawback: Floats,
    merged: Array, tax: Floats, city_tax: Floats, base: Floats, city_base: Floats, fixed_base: Floats, city_fixed_base: Floats, owed: Floats, back: Floats,
) -> None:  # fmt: skip
    in_set = np.empty(3)
    for z in range(len(owed)):
        if returned[z] <= 0.0 or merged[z]:  # the year before a return begins is its fixed base
            fixed_base[z], city_fixed_base[z] = tax[z], city_tax[z]
            continue
        in_set[0], in_set[1], in_set[2] = vat[z], business_tax[z], cit[z]
        then, city_then = (fixed_base[z], city_fixed_base[z]) if fixed[z] > 0.0 else (base[z], city_base[z])
        more = returned[z] * increment(tax[z], city_tax[z], then, city_then, in_set, use_gross[z] != 0.0, int(rule[z]), after_reform)
        owed[z] = max(0.0, more)
        if clawback[z] > 0.0:
            back[z] = max(0.0, -more)


def return_increments(world: World, terms: Terms, ledger: Ledger, year: int, cause: str | Ints) -> Floats:
    """Settle the year's returns at its close, and roll the bases.

    return_z = share x max(0, T_y - T_base), or negative (the committee pays back what it can) under clawback. What the city
    cannot pay it owes (``return_owed``), and :func:`pay_owed` pays it first in the quarters that follow.

    Returns:
        What the city could not pay, by committee.
    """
    zones, acc, n, t = world.zones, world.accounts, world.zones.n, terms
    owed, back = np.zeros((2, n))
    _increments(
        year >= REFORM, t["increment_return"], t["increment_fixed_base"], t["increment_vat"], t["increment_business_tax"], t["increment_cit"],
        t["increment_gross"], t["increment_reform_rule"], t["increment_clawback"], zones.merged, zones.tax_year, zones.city_tax_year, zones.tax_base,
        zones.city_tax_base, zones.tax_fixed_base, zones.city_tax_fixed_base, owed, back,
    )  # fmt: skip
    account = acc.zone0 + np.arange(n)
    unpaid = ledger.pay_what_there_is(np.full(n, acc.CITY), account, owed, "tax_return", cause)
    zones.infrastructure_fund[:n] += owed - unpaid
    zones.return_owed[:n] += unpaid
    ledger.pay_what_there_is(account, acc.CITY, back, "tax_return_clawback", cause)
    zones.tax_base[:n], zones.city_tax_base[:n] = zones.tax_year[:n], zones.city_tax_year[:n]
    zones.tax_year[:n] = 0.0
    zones.city_tax_year[:n] = 0.0
    return unpaid


def pay_owed(world: World, ledger: Ledger, cause: str | Ints) -> None:
    """Let the city pay what it owes of the returns of earlier years, before anything that it may choose to pay.

    All committees get the same part when its money falls short; the money is for works like the return itself.
    """
    zones, acc, n = world.zones, world.accounts, world.zones.n
    if not np.count_nonzero(zones.return_owed):
        return
    owed = zones.return_owed[:n].copy()
    rest = ledger.pay_what_there_is(np.full(n, acc.CITY), acc.zone0 + np.arange(n), owed, "tax_return", cause)
    zones.infrastructure_fund[:n] += owed - rest
    zones.return_owed[:n] = rest
