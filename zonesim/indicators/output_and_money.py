"""Indicators of output, investment and taxes."""

from __future__ import annotations

from zonesim.columns import Floats
from zonesim.indicators.measures import Measures
from zonesim.indicators.register import indicator
from zonesim.units import YI


@indicator("10^8 CNY/yr", "地区生产总值", "GDP", "当地全部企业增加值之和")
def gdp(m: Measures) -> Floats:
    """Value added of all enterprises."""
    return (m.value_added_primary + m.value_added_industry + m.value_added_construction + m.value_added_tertiary) / YI


@indicator("10^8 CNY/yr", "第二产业增加值", "Value added, secondary", "工业与建筑业企业增加值")
def va_secondary(m: Measures) -> Floats:
    """Value added of industrial and construction enterprises."""
    return (m.value_added_industry + m.value_added_construction) / YI


@indicator(
    "10^8 CNY/yr",
    "规模以上工业增加值",
    "Value added, above-scale industry",
    "年主营业务收入二千万元及以上工业企业增加值",
)
def va_industry_above_scale(m: Measures) -> Floats:
    """Value added of industrial enterprises with yearly sales of 20 million CNY or more."""
    return m.above_scale_value_added / YI


@indicator("10^8 CNY/yr", "第三产业增加值", "Value added, tertiary", "服务业企业增加值")
def va_tertiary(m: Measures) -> Floats:
    """Value added of service enterprises."""
    return m.value_added_tertiary / YI


@indicator("10^8 CNY/yr", "社会消费品零售总额", "Retail sales", "居民工资收入的消费部分加外来消费")
def retail_sales(m: Measures) -> Floats:
    """Retail sales: what residents spend out of wages there, and visitors."""
    return m.retail_sales / YI


@indicator("10^8 CNY/yr", "固定资产投资额", "Fixed-asset investment", "企业投资、基础设施投资与房地产投资之和")
def fixed_asset_investment(m: Measures) -> Floats:
    """Investment of enterprises, infrastructure investment, and real-estate investment."""
    enterprises = m.investment_primary + m.investment_industry + m.investment_construction + m.investment_tertiary
    return (enterprises + m.infrastructure_investment + m.real_estate_investment) / YI


@indicator("count", "高新技术企业数", "High-tech enterprises", "期末认定的高新技术企业数")
def hightech_firm_count(m: Measures) -> Floats:
    """Recognised high-tech enterprises at the end of the period."""
    return m.high_tech_count


@indicator("10^8 CNY/yr", "高新技术企业工业增加值", "Value added, high-tech industry", "高新技术工业企业增加值")
def hightech_va(m: Measures) -> Floats:
    """Value added of high-tech industrial enterprises."""
    return m.high_tech_value_added / YI


@indicator("10^8 CNY/yr", "工业总产值", "Gross output of industry", "工业企业销售收入之和")
def gross_output(m: Measures) -> Floats:
    """Sales of industrial enterprises."""
    return m.output_industry / YI


@indicator("10^8 CNY/yr", "企业固定资产投资", "Investment of enterprises", "企业自身的固定资产投资")
def enterprise_investment(m: Measures) -> Floats:
    """Gross investment of enterprises."""
    return (m.investment_primary + m.investment_industry + m.investment_construction + m.investment_tertiary) / YI


@indicator("10^8 CNY/yr", "招商引资到位资金", "Investment attracted", "由区外引进的新项目当期完成的投资")
def investment_attracted(m: Measures) -> Floats:
    """Investment made by projects that came from outside the region."""
    return m.investment_attracted / YI


@indicator("10^8 CNY/yr", "税收", "Tax revenue", "当地企业缴纳的各级税收之和")
def tax_revenue(m: Measures) -> Floats:
    """All taxes of the enterprises there, all levels of government."""
    return (m.tax_vat + m.tax_business + m.tax_cit + m.tax_surcharge + m.tax_land_use) / YI
