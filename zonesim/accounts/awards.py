"""Awards of the yearly evaluation: to zones within the line, and the city's fund for them (考核奖励、专项资金)."""

from __future__ import annotations

import numpy as np

from zonesim.accounts.ledger import Ledger
from zonesim.columns import Array, Floats
from zonesim.terms import Terms
from zonesim.world import World


def winners(world: World, terms: Terms) -> tuple[Array, Array]:
    """Return who wins (boolean) and the number of lines that each passed.

    Lines: rank in the province, rank in the city (the score's), and with the growth criterion the rank by growth within the city's line.
    """
    zones, n = world.zones, world.zones.n
    active = ~zones.merged[:n].astype(bool)
    passed = np.zeros(n, dtype=np.int64)
    passed += active & (zones.province_rank[:n] <= float(terms["award_province_rank"]))
    passed += active & (zones.rank[:n] <= float(terms["award_city_rank"]))
    if float(terms["award_growth"]) > 0:
        growth = np.where(active, zones.growth[:n], -np.inf)
        order = np.lexsort((np.arange(n), -growth))
        place = np.empty(n, dtype=np.int64)
        place[order] = np.arange(1, n + 1)
        passed += active & (place <= max(1.0, float(terms["award_city_rank"]))) & (growth > 0)
    return passed > 0, passed


def pay_awards(world: World, terms: Terms, ledger: Ledger, fast: float, causes: dict[str, str]) -> Floats:
    """Let the city pay the year's awards and the fund, as far as its money goes (all winners by the same part).

    award_z = amount (times the lines passed, when each line has its own award); fund_z = fund x g_z / sum of g, g = 1, or with the growth
    criterion 1 + ``fast`` max(0, growth of value added): a prize for the fast (``evaluation.fast``). The fund is for works, and enters the earmarked money.

    Returns:
        Money received by committee.
    """
    zones, acc, n = world.zones, world.accounts, world.zones.n
    amount, fund = float(terms["award"]), float(terms["zone_fund"])
    if n == 0 or (amount == 0.0 and fund == 0.0):
        return np.zeros(n)
    wins, passed = winners(world, terms)
    account, city = acc.zone0 + np.arange(n), np.full(n, acc.CITY)
    claim = np.where(wins, amount * (passed if float(terms["award_for_each"]) > 0 else 1.0), 0.0)
    weight = np.where(wins, 1.0 + fast * float(terms["award_growth"]) * np.maximum(0.0, zones.growth[:n]), 0.0)
    share = fund * weight / max(weight.sum(), 1e-12)
    for_award, for_works = ledger.causes_of_committees(("award", "zone_fund"), causes, n)
    unpaid = ledger.pay_what_there_is(city, account, claim, "award", for_award)
    short = ledger.pay_what_there_is(city, account, share, "zone_fund", for_works)
    zones.infrastructure_fund[:n] += share - short
    return np.asarray(claim - unpaid + share - short)
