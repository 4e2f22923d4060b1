"""Investment, hiring and growth of operating enterprises."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from zonesim import draws, quarters
from zonesim.behaviour.demand import national_growth
from zonesim.behaviour.production import ProductionParameters
from zonesim.behaviour.taxation import TaxationParameters
from zonesim.columns import Array, Floats, Ints
from zonesim.compiled import kernel, rule
from zonesim.logarithms import log
from zonesim.parameters import Parameters, parameter
from zonesim.terms import Terms
from zonesim.world import World
from zonesim.world.enterprises import Stage
from zonesim.world.flows import Jobs

OPERATING, SUSPENDED, GONE = int(Stage.OPERATING), int(Stage.SUSPENDED), int(Stage.GONE)
EXPANDED, CONTRACTED = int(Jobs.EXPANDED), int(Jobs.CONTRACTED)

LARGE = 300.0
"""Persons from which an industrial enterprise is of medium size (工信部联企业〔2011〕300号), and borrows like a large one."""
LEAST_OWN = 0.05
"""Part of equipment that owners pay at least, by which what they can afford is divided: a guard, far below what any subsidy of the catalogue (0.3 of equipment) leaves."""
CONVERGES = 0.9
"""Spread of the log of value added below which the mean of its exponential is corrected for: it is unbounded at 1."""
STANDARD_RATE = 0.25
"""Income tax rate at which the usual user cost is counted (企业所得税法 art. 4)."""


class InvestmentParameters(Parameters, name="investment"):
    """How enterprises adjust capital, persons and size."""

    adjustment: float = parameter(0.06, low=0.01, high=0.2, unit="per quarter", doc="speed towards the target capital", source="assumption", zh="资本调整速度")
    user_cost_elasticity: float = parameter(
        0.8, low=0.2, high=2.0, unit="elasticity", doc="target capital to user cost",
        source="fitted: investment to user cost -1.8 (Zhang, Chen, He 2017: -1.1 to -2)", zh="资本成本弹性",
    )  # fmt: skip
    equipment_share: float = parameter(0.55, low=0.3, high=0.8, unit="share of investment", doc="equipment in investment", source="assumption", zh="设备占投资")
    allowance: float = parameter(
        0.65, low=0.4, high=0.9, unit="present value", doc="depreciation allowances per unit of investment", source="assumption", zh="折旧现值"
    )
    credit_small: float = parameter(
        0.30, low=0.1, high=0.6, unit="share of capital", doc="debt limit of a micro-enterprise", source="assumption", zh="小企业信贷上限"
    )
    credit_large: float = parameter(
        0.60, low=0.3, high=0.8, unit="share of capital", doc="debt limit from 300 persons on", source="assumption", zh="大企业信贷上限"
    )
    debt_financed: float = parameter(
        0.35, low=0.0, high=0.8, unit="share of investment", doc="investment paid by debt, within the limit", source="assumption", zh="投资负债率"
    )
    repayment: float = parameter(0.02, low=0.0, high=0.1, unit="share of debt per quarter", doc="repayment", source="assumption", zh="还款率")
    expected: float = parameter(
        1.0, low=0.0, high=1.5, unit="share of national growth", doc="growth that enterprises expect of their value added and invest for",
        source="assumption: they expect to keep pace with the nation; without it the observed capital per value added could not last on a growth path", zh="预期增长",
    )  # fmt: skip
    hiring: float = parameter(
        0.25, low=0.05, high=0.6, unit="per quarter", doc="speed towards the wanted number of persons", source="assumption", zh="用工调整速度"
    )
    shock: float = parameter(0.035, low=0.0, high=0.1, unit="scale of log per quarter", doc="Laplace shock to productivity of an enterprise with one person",
                             source="fitted: sd of yearly growth; Laplace after Zou 2019", zh="企业冲击")  # fmt: skip
    survivor_growth: float = parameter(
        0.0, low=-0.02, high=0.03, unit="1/yr", doc="growth of log productivity of those that stay, over the common trend",
        source="fitted: value added of Lanzhou stays where it is over seven years without any trend; grades, research centres and recognition raise that of some", zh="存续企业成长",
    )  # fmt: skip
    shock_slope: float = parameter(
        0.12, low=0.0, high=0.3, unit="exponent", doc="fall of the shock with persons", source="Zou 2019 (about -0.15 to -0.2 for growth)", zh="冲击规模指数"
    )
    linkage: float = parameter(
        0.4, low=0.0, high=1.0, unit="share of the gap", doc="how far lending along with investors and guarantors lifts the limit of small enterprises to that of large ones",
        source="assumption", zh="投贷联动增信",
    )  # fmt: skip


@rule
def user_cost(interest: Any, depreciation: Any, subsidy: Any, equipment_share: Any, tax: Any, allowance: Any) -> Any:
    """Return the user cost of capital (r + d)(1 - s e)(1 - t z) / (1 - t) (Hall and Jorgenson 1967), per year.

    >>> round(user_cost(0.06, 0.09, 0.1, 0.5, 0.25, 0.6), 6)
    0.1615
    """
    return (interest + depreciation) * (1.0 - subsidy * equipment_share) * (1.0 - tax * allowance) / (1.0 - tax)


@rule
def debt_limit(capital: Any, persons: Any, small: Any, large: Any) -> Any:
    """Return the debt limit: the share of capital rises with ln(persons) from ``small`` to ``large`` at 300 persons."""
    share = small + (large - small) * min(1.0, log(max(persons, 1.0)) / math.log(LARGE))
    return share * capital


@rule
def _wanted(
    n: int, seed: Any, quarter: int, identity: Array, stage: Array, place: Array, industry: Array, weight: Array, employment: Array, made: Floats,
    labour_share: Floats, tax_share: Floats, wage: Floats, county_wage: Floats, county_of: Array, speed: float, change: Array,
    employed: Floats, force: Array, free: Ints, ration: Floats,
) -> None:  # fmt: skip
    """Set the wanted change of each enterprise's persons, and each county's free labour and share of hires that it allows."""
    wage_share = labour_share * (1 - tax_share)
    more = np.zeros(len(free))
    luck = np.empty(draws.ROWS)
    for i in range(n):
        k = i % draws.ROWS
        if k == 0:
            draws.uniform_rows(seed, draws.EMPLOYMENT_ROUNDING, quarter, identity[i:n], 0, luck[: n - i])
        change[i] = 0
        if stage[i] < OPERATING or stage[i] == SUSPENDED:
            continue
        j, c = industry[i], county_of[place[i]]
        target = wage_share[j] * 4.0 * made[i] / (wage[j] * county_wage[c])
        step = int(math.floor(speed * (target - employment[i]) + luck[k]))
        if employment[i] + step < weight[i]:  # each that the row stands for keeps one
            step = weight[i] - employment[i]
        change[i] = step
        more[c] += max(step, 0)  # a branch on the sign of a change is guessed wrong every other time
    for c in range(len(free)):
        free[c] = force[c]
    for p in range(len(employed)):
        free[county_of[p]] -= int(employed[p].sum())
    for c in range(len(free)):
        free[c] = max(free[c], 0)
        ration[c] = min(1.0, free[c] / max(more[c], 1.0))


@kernel
def _invest(
    n: int, seed: Any, quarter: int, identity: Array, stage: Array, place: Array, industry: Array, weight: Array, capital: Floats,
    employment: Array, log_productivity: Floats, debt: Floats, land: Array, laid_out: Array, made: Floats, profit: Floats, high_tech: Array, labour_share: Floats,
    tax_share: Floats, wage: Floats, county_wage: Floats, hiring: float, employed: Floats, force: Array, ratio: Floats, cost_effect: Floats, cost_effect_tech: Floats, subsidy: Floats, county_of: Array, full: Floats, numbers: Floats, linked: Floats, linkage: float, wear: float, ahead: float, theta: float, investment: Floats, borrowed: Floats, repaid: Floats, dividends: Floats,
    subsidies: Floats, jobs: Ints, foreign: Array, foreign_investment: Floats,
) -> None:  # fmt: skip
    speed, _, equipment, _, small, large, financed, repayment, _, _, shock, drift, slope, _ = numbers
    multiplier = 1.0 / (1.0 - theta)
    change, free, ration = np.empty(n, dtype=np.int32), np.empty(len(force), dtype=np.int64), np.empty(len(force))
    _wanted(
        n, seed, quarter, identity, stage, place, industry, weight, employment, made, labour_share, tax_share, wage, county_wage, county_of, hiring, change, employed,
        force, free, ration,
    )  # fmt: skip
    for i in range(n):
        if stage[i] < OPERATING:
            continue
        p, j = place[i], industry[i]
        c = county_of[p]
        hired = change[i]
        if ration[c] < 1.0 and hired > 0:
            hired = int(math.floor(hired * ration[c] + draws.uniform(seed, draws.EMPLOYMENT_ROUNDING, quarter, identity[i], 1)))
        hired = min(hired, free[c])
        free[c] -= max(hired, 0)
        employment[i] += hired
        jobs[p, EXPANDED] += max(hired, 0)
        jobs[p, CONTRACTED] += max(-hired, 0)
        worn = wear * capital[i] / 4.0
        cash = profit[i] + worn
        limit = debt_limit(capital[i], employment[i] / weight[i], small + linkage * linked[p, j] * (large - small), large)
        wanted = 0.0
        relief = 0.0
        if made[i] > 0.0:
            target = ratio[j] * 4.0 * made[i] * (cost_effect_tech[p, j] if high_tech[i] else cost_effect[p, j])
            wanted = capital[i] * max(0.0, wear / 4.0 + ahead + speed * math.log(target / capital[i]))
            if land[i] > 0 and laid_out[i] > 0.0 and capital[i] > full[p, j] * laid_out[i]:
                wanted = min(wanted, worn)  # no room to grow on its parcel
        room = max(0.0, limit - debt[i])
        back = min(debt[i], repayment * debt[i])
        gets = min(subsidy[p, j], 1.0) * equipment
        affordable = max(0.0, cash - back) / max(LEAST_OWN, 1.0 - gets) + room
        done = min(wanted, affordable)
        relief = gets * done
        loan = min(room, financed * done)
        short = done - relief - loan - max(0.0, cash - back)
        loan += min(room - loan, max(0.0, short))
        debt[i] += loan - back
        capital[i] += done - worn
        investment[p, j] += done
        if foreign[i]:
            foreign_investment[p] += done
        subsidies[p] += relief
        borrowed[p] += loan
        repaid[p] += back
        dividends[p] += cash + relief + loan - back - done
        persons = max(1.0, employment[i] / weight[i])
        if (identity[i] + np.uint64(quarter)) % np.uint64(4) != 0:
            log_productivity[i] += drift / 4.0
            continue
        b = 2.0 * shock * persons ** (-slope)
        mean = math.log(1.0 - multiplier * multiplier * b * b) / multiplier if multiplier * b < CONVERGES else 0.0
        log_productivity[i] += mean + drift / 4.0 + draws.laplace(seed, draws.PRODUCTIVITY_SHOCK, quarter, identity[i], 0, b)


def invest(
    world: World, terms: Terms, parameters: InvestmentParameters, taxation: TaxationParameters, production: ProductionParameters, growth_later: float,
    full: Floats,
) -> None:  # fmt: skip
    """Let operating enterprises hire, invest, borrow, repay, pay dividends, and meet their growth shock.

    K* = (capital per value added) 4 VA (uc / uc0)^(-s); gross investment = K max(0, d/4 + g/4 + l ln(K*/K)), g the growth that enterprises
    expect: ``expected`` x national growth of the year before (``growth_later``: of :class:`DemandParameters`); within cash flow and credit; where
    capital fills the parcel (``full`` times what it was laid out for, by site) worn capital is replaced and no more.
    L* = (labour share) 4 VA / wage, whole persons by a keyed uniform; hires are rationed by the county's free labour.
    Cash of each enterprise: value added + refunds + subsidy + borrowed = wages + taxes + interest + rent + research +
    investment + repaid + dividends (negative: owners put money in).

    Draws: EMPLOYMENT_ROUNDING (wanted, rationed), PRODUCTIVITY_SHOCK by identity.
    """
    e, f, industries, economy, counties = world.enterprises, world.flows, world.industries, world.economy, world.counties
    effect, effect_tech = cost_effects(terms, parameters, taxation)
    _invest(
        e.n, draws.seed_key(world.seed), world.quarter, e.id, e.stage, e.place, e.industry, e.weight, e.capital, e.employment, e.log_productivity, e.debt,
        e.land, e.laid_out, e.value_added, e.profit, e.high_tech, industries.labour_share, industries.production_tax_share, economy.wage_level,
        counties.wage, parameters.hiring, f.employment, counties.labour_force, industries.capital_per_value_added, effect, effect_tech,
        terms["equipment_subsidy"], world.places.county, full, parameters.vector, terms["loan_linkage"], parameters.linkage, taxation.depreciation,
        parameters.expected * national_growth(quarters.year(world.quarter) - 1, growth_later) / 4, production.span_of_control, f.investment, f.borrowed,
        f.repaid, f.dividends, f.equipment_subsidies, f.jobs, e.foreign, f.foreign_investment,
    )  # fmt: skip


def cost_effects(terms: Terms, parameters: InvestmentParameters, taxation: TaxationParameters) -> tuple[Floats, Floats]:
    """Return (uc / uc0)^(-s) by site, for ordinary and for high-tech enterprises; made once for the same terms."""
    return terms.once(
        _cost_effects, parameters.equipment_share, parameters.allowance, parameters.user_cost_elasticity, taxation.interest, taxation.depreciation,
        taxation.cit_coverage,
    )  # fmt: skip


def _cost_effects(
    terms: Terms, share: float, allowance: float, elasticity: float, interest: float, depreciation: float, coverage: float
) -> tuple[Floats, Floats]:
    subsidy, usual = terms["equipment_subsidy"], user_cost.py_func(interest, depreciation, 0.0, share, STANDARD_RATE * coverage, allowance)
    ordinary, tech = (
        (_cost_table(interest, depreciation, subsidy, share, terms[rate] * coverage, allowance) / usual) ** -elasticity
        for rate in ("cit_rate", "cit_rate_high_tech")
    )
    return np.asarray(ordinary), np.asarray(tech)


def _cost_table(interest: float, depreciation: float, subsidy: Floats, share: float, tax: Floats, allowance: float) -> Floats:
    """Return the user cost by site."""
    table = (interest + depreciation) * (1.0 - subsidy * share) * (1.0 - tax * allowance) / (1.0 - tax)
    return np.asarray(table)
