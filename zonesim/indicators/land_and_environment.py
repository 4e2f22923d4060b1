"""Indicators of land, infrastructure, energy and emissions, and the quality of entrants."""

from __future__ import annotations

from zonesim.columns import Floats
from zonesim.indicators.measures import Measures
from zonesim.indicators.output_and_money import gdp, tax_revenue
from zonesim.indicators.register import indicator, ratio
from zonesim.units import MU, YI


@indicator(
    "10k CNY/mu",
    "投资强度",
    "Investment intensity",
    "期内最后一个季度初（该季度投资、退出与开业之前）的工业企业固定资本除以期末工业用地",
    of=("industrial land", "工业用地"),
)
def investment_intensity(m: Measures) -> Floats:
    """Fixed capital of industrial enterprises as the last quarter of the period begins (before its investment, exits and openings) over industrial land at its end."""
    return ratio(m.industrial_capital, m.land_industrial / MU)


@indicator("10k CNY/mu/yr", "亩均产出", "Output per mu", "工业总产值除以工业用地", of=("industrial land", "工业用地"))
def output_per_mu(m: Measures) -> Floats:
    """Yearly output of industry over industrial land."""
    return ratio(m.output_industry / m.years, m.land_industrial / MU)


@indicator("10k CNY/mu/yr", "亩均税收", "Tax per mu", "税收除以工业用地", of=("industrial land", "工业用地"))
def tax_per_mu(m: Measures) -> Floats:
    """Yearly taxes over industrial land."""
    return ratio(tax_revenue(m) * YI / m.years, m.land_industrial / MU)


@indicator("mu", "闲置土地面积", "Idle land", "应在一年前动工而未动工的已供土地")
def idle_land_area(m: Measures) -> Floats:
    """Granted land on which building should have begun a year ago."""
    return m.land_idle / MU


@indicator("mu", "低效用地面积", "Inefficient land", "亩均产出低于门槛的用地")
def inefficient_land_area(m: Measures) -> Floats:
    """Built land whose output per mu is below the threshold."""
    return m.land_inefficient / MU


@indicator("mu/yr", "收回与盘活土地", "Land reclaimed and revitalised", "收回的闲置土地与盘活的低效用地")
def land_returned(m: Measures) -> Floats:
    """Idle land taken back and inefficient land brought back to use."""
    return (m.land_reclaimed + m.land_revitalised) / MU


@indicator("mu/yr", "供地面积", "Land granted", "当期供地面积")
def land_supplied(m: Measures) -> Floats:
    """Land granted to enterprises in the period."""
    return m.land_granted / MU


@indicator("mu", "待供土地", "Ready land", "期末已平整未出让土地")
def ready_land(m: Measures) -> Floats:
    """Serviced land not yet granted at the end of the period."""
    return m.land_ready / MU


@indicator("share", "开发程度", "Development degree", "已开发土地占规划面积", of=("planned land", "规划用地"))
def development_degree(m: Measures) -> Floats:
    """Developed land in planned land."""
    return ratio(m.land_planned - m.land_undeveloped, m.land_planned)


@indicator("10^8 CNY", "基础设施存量", "Infrastructure stock", "期末各类基础设施存量之和")
def infra_stock(m: Measures) -> Floats:
    """Stock of infrastructure of all types at the end of the period."""
    return m.infrastructure / YI


@indicator("10^8 CNY/yr", "基础设施投资", "Infrastructure investment", "当期基础设施投资")
def infra_investment(m: Measures) -> Floats:
    """Investment in infrastructure."""
    return m.infrastructure_investment / YI


@indicator("tce per 10k CNY", "单位能耗", "Energy intensity", "能源消费量除以增加值", of=("value added", "增加值"))
def energy_intensity(m: Measures) -> Floats:
    """Energy over value added."""
    return ratio(m.energy, gdp(m) * YI)


@indicator("index/yr", "污染物排放", "Emissions", "企业排放经自行治理和集中治理后之和")
def emissions(m: Measures) -> Floats:
    """Emissions of enterprises after own and central treatment."""
    return m.emissions


@indicator("10^4 m3/yr", "用水总量", "Water use", "企业用水之和")
def water_use_total(m: Measures) -> Floats:
    """Water used by enterprises."""
    return m.water / 10_000


@indicator(
    "ratio",
    "投入产出比",
    "Value added per capital",
    "年增加值除以期内最后一个季度初（该季度投资、退出与开业之前）的固定资本",
    of=("fixed capital", "固定资本"),
)
def input_output_ratio(m: Measures) -> Floats:
    """Yearly value added over fixed capital as the last quarter of the period begins (before its investment, exits and openings)."""
    return ratio(gdp(m) * YI / m.years, m.capital_all)


@indicator("points", "入园企业质量", "Quality of entrants", "准入项目评分均值", of=("project admitted in the period", "当期准入项目"))
def entrant_quality(m: Measures) -> Floats:
    """Mean score of the projects admitted in the period."""
    return ratio(m.entrant_quality, m.approved)
