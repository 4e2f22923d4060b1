"""Taxes of one enterprise at one site: the same rule charges a sitting enterprise and prices a site for a mover."""

from __future__ import annotations

from typing import Any

from zonesim.columns import Array, Floats
from zonesim.compiled import kernel, rule
from zonesim.parameters import Parameters, parameter
from zonesim.quarters import opens_year
from zonesim.terms import Terms
from zonesim.world import World
from zonesim.world.enterprises import Stage

OPERATING, GONE = int(Stage.OPERATING), int(Stage.GONE)


class TaxationParameters(Parameters, name="taxation"):
    """What is collected of what the statutes say, and the running costs that taxes depend on."""

    vat_coverage: float = parameter(
        0.75, low=0.4, high=0.95, unit="share", doc="VAT collected per statutory rate times value added (exports, exemptions, small taxpayers)",
        source="fitted: zone tax/GDP 15.5 to 17.6 % (MOFCOM 2006, 2017)", zh="增值税征收率",
    )  # fmt: skip
    business_tax_coverage: float = parameter(0.85, low=0.3, high=1.0, unit="share", doc="business tax collected", source="fitted with VAT", zh="营业税征收率")
    cit_coverage: float = parameter(
        0.78, low=0.3, high=1.0, unit="share", doc="income tax collected (western encouraged industries at 15 %, deductions)",
        source="fitted with VAT", zh="所得税征收率",
    )  # fmt: skip
    depreciation: float = parameter(0.096, low=0.05, high=0.12, unit="1/yr", doc="depreciation of fixed capital", source="Zhang Jun et al. 2004", zh="折旧率")
    interest: float = parameter(
        0.06, low=0.03, high=0.10, unit="1/yr", doc="rate on bank debt", source="assumption: benchmark lending rate 2014", zh="贷款利率"
    )
    rent: float = parameter(0.012, low=0.004, high=0.03, unit="10k CNY/m2/yr", doc="rent of factory floor", source="assumption: 10 CNY/m2/month", zh="厂房租金")
    small_limit: float = parameter(
        100.0, low=0.0, high=500.0, unit="10k CNY/yr", doc="taxable income up to which an enterprise pays the small rate",
        source="CIT law art. 28 practice; the limit rose over the years: simplification", zh="小微企业所得上限",
    )  # fmt: skip
    research: float = parameter(
        0.004, low=0.0, high=0.02, unit="share of output", doc="research of an ordinary industrial enterprise", source="assumption", zh="研发强度"
    )
    research_high_tech: float = parameter(
        0.035, low=0.03, high=0.08, unit="share of output", doc="research of a high-tech enterprise", source="statutory 3 to 5 % of sales; Chen et al. 2021", zh="高企研发强度",
    )  # fmt: skip
    research_wear: float = parameter(
        0.15, low=0.05, high=0.30, unit="1/yr", doc="depreciation of the stock of research", source="assumption: the customary 15 % (Hall, Mairesse and Mohnen 2010)", zh="研发存量折旧率",
    )  # fmt: skip


@rule
def assess(
    made: Any, sold: Any, wages: Any, running: Any, land: Any, high_tech: Any, weight: Any, vat_rate: Any, business_rate: Any,
    surcharge_rate: Any, land_rate: Any, cit_rate: Any, cit_high_tech: Any, cit_small: Any, small_limit: Any, cit_coverage: Any,
) -> Any:  # fmt: skip
    """Return (vat, business tax, surcharge, land-use tax, cit, taxable income), 10k CNY a quarter.

    vat = r_v VA, business = r_b sales, surcharge = r_s (vat + business), land-use = r_l land / 4,
    taxable = VA - vat - business - surcharge - land-use - wages - running, cit = r coverage max(0, taxable), with r by status.

    Args:
        made: value added of the quarter.
        sold: sales of the quarter.
        wages: wage bill of the quarter.
        running: depreciation, interest, rent and research of the quarter.
        land: m2 held.
        high_tech: recognised or not.
        weight: enterprises that the row stands for (the small limit is for each).
        vat_rate: statutory rate times coverage; so is business_rate.
        surcharge_rate: on VAT and business tax.
        land_rate: 10k CNY per m2 and year.
        cit_rate: standard; cit_high_tech, cit_small: the others.
        small_limit: taxable income a year up to which cit_small holds.
        cit_coverage: share of the statutory income tax that is collected.

    Source: the law of the date (``zonesim/data/law.csv``).

    >>> vat, business, surcharge, land, cit, taxable = assess(100.0, 400.0, 40.0, 20.0, 0.0, False, 1.0,
    ...     0.1, 0.0, 0.1, 0.0, 0.25, 0.15, 0.2, 0.0, 1.0)
    >>> round(vat, 9), round(surcharge, 9), round(taxable, 9), round(cit, 9)
    (10.0, 1.0, 29.0, 7.25)
    """
    vat = vat_rate * made
    business = business_rate * sold
    surcharge = surcharge_rate * (vat + business)
    land_use = land_rate * land / 4.0
    taxable = made - vat - business - surcharge - land_use - wages - running
    rate = cit_rate
    if high_tech:
        rate = cit_high_tech
    elif 4.0 * taxable <= small_limit * weight:
        rate = cit_small
    cit = rate * cit_coverage * max(0.0, taxable)
    return vat, business, surcharge, land_use, cit, taxable


# Terms by site that taxes read, in the order in which the kernel names them.
TERMS = (
    "vat_rate", "business_tax_rate", "surcharge_rate", "land_use_tax", "cit_rate", "cit_rate_high_tech", "cit_rate_small", "refund_honoured",
    "rent_relief", "rent_relief_quarters",
)  # fmt: skip
VAT, BUSINESS, SURCHARGE, LAND_USE, CIT, CIT_HIGH_TECH, CIT_SMALL, HONOURED, RELIEF, RELIEF_QUARTERS = range(len(TERMS))


@kernel
def _assess_all(
    n: int, new_year: bool, quarter: int, stage: Array, place: Array, industry: Array, weight: Array, capital: Floats, employment: Array,
    debt: Floats, land: Array, floor: Array, high_tech: Array, arrived: Array, made: Floats, refund_promised: Array, refund_until: Array,
    contract: Array, tax: Floats, tax_year: Array, tax_before: Array, profit: Floats, rd_stock: Array, ratio: Floats, industrial: Floats,
    wage: Floats, county_wage: Floats, county_of: Array, term: Floats, local_part: Floats, in_park: Array, numbers: Floats, taxes: Floats, taxes_of_contracts: Floats, depreciation: Floats, interest: Floats,
    rents: Floats, reliefs: Floats, refunds: Floats, research: Floats,
) -> None:  # fmt: skip
    vat_coverage, business_coverage, cit_coverage, wear, rate, rent, limit, rd, rd_tech, rd_wear = numbers
    for i in range(n):
        if new_year:
            tax_before[i] = tax_year[i]
            tax_year[i] = 0.0
        if stage[i] < OPERATING:
            tax[i] = 0.0
            profit[i] = 0.0
            continue
        p, j = place[i], industry[i]
        sold = made[i] / ratio[j]
        pay = wage[j] * county_wage[county_of[p]] * employment[i] / 4.0
        worn = wear * capital[i] / 4.0
        owed = rate * debt[i] / 4.0
        full_rent = rent * floor[i] / 4.0
        relieved = 0.0
        if quarter - arrived[i] < term[p, j, RELIEF_QUARTERS]:
            relieved = min(1.0, term[p, j, RELIEF]) * full_rent
        spent = 0.0
        if industrial[j] > 0:
            spent = (rd_tech if high_tech[i] else rd) * sold
        vat, business, surcharge, land_use, cit, taxable = assess(
            made[i], sold, pay, worn + owed + full_rent - relieved + spent, land[i], high_tech[i], weight[i],
            term[p, j, VAT] * vat_coverage, term[p, j, BUSINESS] * business_coverage, term[p, j, SURCHARGE], term[p, j, LAND_USE],
            term[p, j, CIT], term[p, j, CIT_HIGH_TECH], term[p, j, CIT_SMALL], limit, cit_coverage,
        )  # fmt: skip
        refund = 0.0
        if quarter <= refund_until[i] and in_park[p]:
            refund = refund_promised[i] * term[p, j, HONOURED] * (local_part[0] * vat + local_part[1] * business + local_part[2] * cit)
        total = vat + business + surcharge + land_use + cit
        tax[i] = total
        tax_year[i] += total
        profit[i] = taxable - cit + refund
        rd_stock[i] = rd_stock[i] * (1.0 - rd_wear / 4.0) + spent
        taxes[p, 0] += vat
        taxes[p, 1] += business
        taxes[p, 2] += cit
        taxes[p, 3] += surcharge
        taxes[p, 4] += land_use
        k = contract[i]
        if k >= 0:
            taxes_of_contracts[k, 0] += vat
            taxes_of_contracts[k, 1] += business
            taxes_of_contracts[k, 2] += cit
            taxes_of_contracts[k, 3] += surcharge
            taxes_of_contracts[k, 4] += land_use
            taxes_of_contracts[k, 5] += made[i]
        depreciation[p] += worn
        interest[p] += owed
        rents[p] += full_rent - relieved
        reliefs[p] += relieved
        refunds[p] += refund
        research[p] += spent


def assess_taxes(world: World, terms: Terms, local_part: Floats, parameters: TaxationParameters) -> None:
    """Assess every tax of every operating enterprise, claim refunds, and set profit after tax.

    Args:
        world: enterprises and flows are changed.
        terms: of the quarter.
        local_part: city and county part of VAT, business tax, CIT, of which refunds are a share.
        parameters: coverage and running costs.
    """
    e, f, industries = world.enterprises, world.flows, world.industries
    numbers = parameters.vector
    in_park = world.places.zone[: world.n_places] >= 0
    _assess_all(
        e.n, opens_year(world.quarter) and world.quarter > world.start, world.quarter, e.stage, e.place, e.industry, e.weight, e.capital,
        e.employment, e.debt, e.land, e.floor, e.high_tech, e.arrived, e.value_added, e.refund_promised, e.refund_until, e.contract,
        e.tax, e.tax_this_year, e.tax_last_year, e.profit, e.rd_stock, industries.value_added_ratio, industries.is_industrial,
        world.economy.wage_level, world.counties.wage, world.places.county, terms.by_site(TERMS), local_part, in_park, numbers, f.taxes,
        f.taxes_of_contracts, f.depreciation, f.interest, f.rents, f.rent_relief, f.refunds, f.research,
    )  # fmt: skip
