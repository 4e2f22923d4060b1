"""Public equity: what the industry fund and the city's investment group put into enterprises, and upgrade funds."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from zonesim.behaviour.construction import ConstructionParameters, building_quarters
from zonesim.columns import Array, Floats
from zonesim.compiled import kernel, rule
from zonesim.parameters import Parameters, parameter
from zonesim.terms import Terms
from zonesim.world import World
from zonesim.world.enterprises import Origin, Stage

GONE, BUILDING, OPERATING, BORN = int(Stage.GONE), int(Stage.BUILDING), int(Stage.OPERATING), int(Origin.BORN)


class EquityParameters(Parameters, name="equity"):
    """How public equity is placed and what comes back."""

    stake: float = parameter(
        0.2,
        low=0.05,
        high=0.5,
        unit="share of investment",
        doc="equity that the fund takes of a project it joins",
        source="assumption: guidance funds stay below 20 to 30 %",
        zh="基金参股比例",
    )
    private_part: float = parameter(
        0.5,
        low=0.0,
        high=0.9,
        unit="share of fund",
        doc="capital of the sub-funds that private partners bring",
        source="assumption: mother and sub funds usually double public money",
        zh="子基金社会出资",
    )
    years: float = parameter(5.0, low=2.0, high=10.0, unit="years", doc="years in which the fund calls its capital", source="assumption", zh="基金投资期")
    key_project: float = parameter(
        5000.0, low=500.0, high=50000.0, unit="10k CNY", doc="promised investment from which a project is a key project", source="assumption", zh="重点项目门槛"
    )
    city_part: float = parameter(
        0.1,
        low=0.0,
        high=0.5,
        unit="share of the city's money",
        doc="money of a quarter that the city's group may invest",
        source="assumption",
        zh="市级投资上限",
    )
    payout: float = parameter(0.3, low=0.0, high=0.8, unit="share of profit", doc="profit paid out to equity", source="assumption", zh="分红率")
    exit_rate: float = parameter(
        0.10, low=0.0, high=0.4, unit="1/yr", doc="stakes that owners buy back at book value", source="assumption: funds leave after 7 to 10 years", zh="退出率"
    )
    constrained: float = parameter(
        0.5,
        low=0.1,
        high=1.0,
        unit="share of capital gap",
        doc="part of the gap to the wanted capital that the fund looks at",
        source="assumption",
        zh="融资缺口系数",
    )
    saving: float = parameter(
        0.5, low=0.0, high=2.0, unit="elasticity", doc="fall of energy intensity per upgrade subsidy over capital", source="assumption", zh="技改节能弹性"
    )
    upgrade_most: float = parameter(
        0.1, low=0.01, high=0.5, unit="share of capital", doc="of its capital that an enterprise gets from upgrade funds in a quarter at most",
        source="assumption", zh="技改资金上限",
    )  # fmt: skip


@rule
def project_equity(promised: Any, sincerity: Any, lag: Any, share: Any, financed: Any) -> Any:
    """Return (more, instead): what the city's group adds to a key project in a quarter, and what it puts up in the owners' place.

    more = s (1 - q) C / T, instead = s q (1 - d) C / T: C promised, T quarters of building, q the share that the owners build, d bank's part.

    >>> more, instead = project_equity(1000.0, 0.5, 4, 0.2, 0.5)
    >>> more, instead
    (25.0, 12.5)
    """
    each = promised / lag
    return share * (1.0 - sincerity) * each, share * sincerity * (1.0 - financed) * each


@rule
def fund_wish(stage: Any, promised: Any, sincerity: Any, lag: Any, capital: Any, target: Any, profit: Any, stake: Any, constrained: Any) -> Any:
    """Return the equity that an enterprise could take from the fund in a quarter.

    A project: stake q C / T. A profitable enterprise below its wanted capital K*: stake g (K* - K) / 4.

    >>> fund_wish(2, 1000.0, 1.0, 4, 0.0, 0.0, 0.0, 0.2, 0.5), fund_wish(3, 0.0, 1.0, 1, 100.0, 180.0, 5.0, 0.2, 0.5)
    (50.0, 2.0)
    """
    if stage == BUILDING:
        return stake * sincerity * promised / lag
    if stage >= OPERATING and profit > 0.0:
        return stake * constrained * max(0.0, target - capital) / 4.0
    return 0.0


@kernel
def _place_equity(
    n: int, stage: Array, place: Array, industry: Array, weight_of: Array, origin: Array, high_tech: Array, capital: Floats, promised: Floats, sincerity: Array,
    made: Floats, profit: Floats, energy: Array, equity: Floats, ratio: Floats, industrial: Floats, target: Floats, state: Floats, upgraded: Floats,
    fund_money: float, city_money: float, upgrade_money: float, building: Floats, numbers: Floats, investment: Floats,
    attracted: Floats, dividends: Floats, placed: Floats, subsidy: Floats, income: Floats, totals: Floats,
) -> None:  # fmt: skip
    """Wishes first, then each by the same part; ``totals``: placed for the fund, for the city, redeemed, lost."""
    stake, _, _, key_project, _, payout, exit_rate, constrained, saving, upgrade_most = numbers
    financed, _, hoarding, _, scale, longest = building
    wish_fund, wish_city, weight = 0.0, 0.0, 0.0
    wishes = np.zeros(n, dtype=np.bool_)
    for again in range(2):
        part_fund = min(1.0, fund_money / wish_fund) if wish_fund > 0.0 else 0.0
        part_city = min(1.0, city_money / wish_city) if wish_city > 0.0 else 0.0
        part_upgrade = upgrade_money / weight if weight > 0.0 else 0.0
        for i in range(n):
            if again == 1 and not wishes[i] and equity[i] <= 0.0:
                continue
            p, j = place[i], industry[i]
            if stage[i] == GONE:
                if again == 1 and equity[i] > 0.0:
                    totals[3] += equity[i]
                    equity[i] = 0.0
                continue
            if again == 1 and equity[i] > 0.0:
                back = exit_rate / 4.0 * equity[i]
                totals[2] += back
                equity[i] -= back
                if stage[i] >= OPERATING and profit[i] > 0.0:
                    got = payout * profit[i] * min(1.0, equity[i] / max(capital[i], 1e-9))
                    income[p] += got
                    dividends[p] -= got
            builds = stage[i] == BUILDING and sincerity[i] >= hoarding
            if stage[i] < OPERATING and not builds:
                continue
            lag = building_quarters(promised[i], weight_of[i], scale, longest) if builds else 1
            x = 0.0
            if target[p, j] > 0.0:
                x = fund_wish(stage[i], promised[i], sincerity[i], lag, capital[i], ratio[j] * 4.0 * made[i], profit[i], stake, constrained)
            more, instead = 0.0, 0.0
            if builds and state[p, j] > 0.0 and promised[i] >= key_project * weight_of[i]:
                more, instead = project_equity(promised[i], sincerity[i], lag, state[p, j], financed)
            u = 0.0
            if upgraded[p, j] > 0.0 and industrial[j] > 0 and stage[i] >= OPERATING and profit[i] > 0.0:
                u = capital[i] * (2.0 if high_tech[i] else 1.0)
            if again == 0:
                wishes[i] = x != 0.0 or more + instead != 0.0 or u != 0.0
                wish_fund += x
                wish_city += more + instead
                weight += u
                continue
            x, more, instead, u = part_fund * x, part_city * more, part_city * instead, min(part_upgrade * u, upgrade_most * capital[i])
            totals[0] += x
            totals[1] += more + instead
            equity[i] += x + more + instead
            placed[p] += x + more + instead
            dividends[p] += instead
            if u > 0.0:
                subsidy[p] += u
                energy[i] *= math.exp(-saving * u / capital[i])
            capital[i] += x + more + u
            investment[p, j] += x + more + u
            if builds and origin[i] != BORN:
                attracted[p] += x + more


def place_equity(
    world: World, terms: Terms, parameters: EquityParameters, fund_money: float, city_money: float, building: ConstructionParameters
) -> tuple[Floats, float]:
    """Let the fund and the city's group take equity, pay upgrade funds, take dividends and leave; return (placed by source, redeemed).

    The fund joins projects that build and profitable enterprises below their wanted capital, all by the same part of its money; the city's
    group makes up for part of what owners of key projects would not build. Stakes earn the payout of profits, are bought back over the
    years, and are lost when the enterprise closes. Upgrade subsidies follow capital, twice for high-tech enterprises, and save energy.

    Args:
        world: enterprises and flows are changed.
        terms: of the quarter.
        parameters: of equity.
        fund_money: what the fund has.
        city_money: what the city's group may invest.
        building: how long projects build and how they are paid.
    """
    e, f, industries = world.enterprises, world.flows, world.industries
    totals = np.zeros(4)
    _place_equity(
        e.n, e.stage, e.place, e.industry, e.weight, e.origin, e.high_tech, e.capital, e.promised_capital, e.sincerity, e.value_added, e.profit,
        e.energy_intensity, e.equity, industries.capital_per_value_added, industries.is_industrial, terms["fund_target"], terms["state_equity"],
        terms["upgrade_target"], fund_money, city_money, float(terms["upgrade_fund"]) / 4, building.vector, parameters.vector, f.investment,
        f.investment_attracted, f.dividends, f.equity_placed, f.upgrade_subsidies, f.equity_income, totals,
    )  # fmt: skip
    world.equity_lost += float(totals[3])
    return totals[:2], float(totals[2])
