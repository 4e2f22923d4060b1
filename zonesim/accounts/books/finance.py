"""Parameters of public debt and of those who build for committees."""

from __future__ import annotations

from zonesim.parameters import Parameters, parameter


class FinanceParameters(Parameters, name="public_finance"):
    """Rates and terms of public debt, and what companies, operators and teams bring and cost."""

    bond_rate: float = parameter(
        0.035,
        low=0.02,
        high=0.06,
        unit="1/yr",
        doc="interest of special bonds",
        source="assumption: 10-year local bonds 2015 to 2024 about 3 to 4 %",
        zh="专项债利率",
    )
    loan_rate: float = parameter(
        0.045, low=0.02, high=0.07, unit="1/yr", doc="interest of policy banks", source="assumption: below the benchmark rate", zh="政策性贷款利率"
    )
    partner_rate: float = parameter(
        0.07,
        low=0.04,
        high=0.12,
        unit="1/yr",
        doc="return of private partners",
        source="assumption: usual return of PPP projects 6 to 8 %",
        zh="社会资本回报率",
    )
    bond_years: float = parameter(15.0, low=5.0, high=30.0, unit="years", doc="repayment of bonds in equal parts", source="assumption", zh="专项债期限")
    loan_years: float = parameter(
        15.0, low=5.0, high=30.0, unit="years", doc="repayment of loans", source="assumption: medium and long term (002§3.2a)", zh="中长期贷款期限"
    )
    partner_years: float = parameter(
        15.0, low=8.0, high=30.0, unit="years", doc="availability payments to partners", source="assumption: PPP contracts run 10 to 30 years", zh="PPP付费期"
    )
    usual_cap: float = parameter(
        4.0, low=1.0, high=10.0, unit="years of revenue", doc="debt at which banks stop without any cap", source="assumption", zh="市场债务上限"
    )
    service_share: float = parameter(
        0.35, low=0.1, high=0.8, unit="share of revenue", doc="revenue that may go to interest and repayment", source="assumption", zh="偿债占收入上限"
    )
    red_line: float = parameter(
        0.10,
        low=0.05,
        high=0.2,
        unit="share of revenue",
        doc="revenue that may go to private partners",
        source="财金〔2015〕21号: 10 % of general public spending",
        zh="PPP支出红线",
    )
    company_gain: float = parameter(
        0.08, low=0.0, high=0.25, unit="share", doc="more works and land for the money when a company builds", source="assumption", zh="公司化建设效率"
    )
    company_overhead: float = parameter(
        0.03, low=0.0, high=0.1, unit="share of works", doc="overhead of the company, half when companies are merged", source="assumption", zh="公司管理费"
    )
    merged_discount: float = parameter(
        0.005, low=0.0, high=0.02, unit="1/yr", doc="lower interest of a merged platform company", source="assumption: better rating", zh="整合利率优惠"
    )
    operator_fee: float = parameter(
        0.10, low=0.0, high=0.3, unit="share of rent", doc="rent that a professional operator keeps", source="assumption", zh="运营分成"
    )
    operator_vacancy: float = parameter(
        0.5, low=0.1, high=1.0, unit="factor", doc="empty floor that an operator needs relative to the usual", source="assumption", zh="运营空置系数"
    )
    revenue_memory: float = parameter(
        0.75, low=0.0, high=0.95, unit="share per quarter", doc="what the yearly revenue by which debt is measured keeps of the last quarter's",
        source="assumption: revenue is judged over about a year", zh="收入口径记忆",
    )  # fmt: skip
    commission: float = parameter(
        0.01, low=0.0, high=0.05, unit="share of investment attracted", doc="pay of a promotion team by result", source="assumption", zh="招商佣金"
    )
