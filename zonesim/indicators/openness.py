"""Indicators of openness, and of suppliers nearby."""

from __future__ import annotations

from zonesim.columns import Floats
from zonesim.indicators.measures import Measures
from zonesim.indicators.output_and_money import gdp
from zonesim.indicators.register import indicator, ratio
from zonesim.units import YI

TRADE_OF_NATION, FOREIGN_OF_NATION = 0.40, 0.011  # trade and foreign capital per GDP of the nation about 2014 (from memory, unverified): the scale of the index


@indicator("10^8 CNY/yr", "对外贸易（进出口）", "Exports and imports", "企业出口与进口投入之和")
def exports_imports(m: Measures) -> Floats:
    """Exports of enterprises and their imported inputs."""
    return (m.exports + m.imports) / YI


@indicator("10k CNY/yr", "实际利用外资", "Foreign investment used", "外商投资企业的固定资产投资之和")
def fdi_actual(m: Measures) -> Floats:
    """Investment of foreign-invested enterprises."""
    return m.foreign_investment


@indicator("index", "对外开放", "Openness", "进出口与外资占增加值之比相对于全国2014年水平的均值", of=("value added", "增加值"))
def openness_index(m: Measures) -> Floats:
    """Mean of trade and of foreign investment per value added, each relative to the nation's of about 2014."""
    added = gdp(m) * YI
    return 0.5 * ratio(m.exports + m.imports, added) / TRADE_OF_NATION + 0.5 * ratio(m.foreign_investment, added) / FOREIGN_OF_NATION


@indicator("share", "本地配套率", "Local supply share", "从附近供应商购买的投入占企业国内与进口投入之和", of=("inputs", "投入"))
def local_supply_share(m: Measures) -> Floats:
    """Inputs bought from suppliers nearby in all domestic and imported inputs of enterprises."""
    return ratio(m.local_inputs, m.inputs + m.imports)
