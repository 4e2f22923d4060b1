"""Indicators of how intensively land is used, what an area yields, and who buys from whom."""

from __future__ import annotations

import numpy as np

from zonesim.columns import Floats
from zonesim.indicators.land_and_environment import investment_intensity, output_per_mu
from zonesim.indicators.measures import Measures
from zonesim.indicators.register import BELOW_CITY, indicator, ratio
from zonesim.units import KM2, MU, YI
from zonesim.world.industries import USUAL_FAR

# Reference values of a national zone: 341 zones 2011 (output), 541 zones about 2020 (investment, use, plot ratio)
REFERENCE_OUTPUT, REFERENCE_INVESTMENT, REFERENCE_USE, REFERENCE_FAR = 866.0, 599.0, 0.928, 0.98


@indicator(
    "index",
    "土地集约利用",
    "Intensive use of land",
    "亩均产出、投资强度、容积率、建成率相对国家级开发区水平的几何平均",
    of=("industrial land, or no land built or granted", "工业用地或已建、已供土地"),
)
def land_intensive_index(m: Measures) -> Floats:
    """Geometric mean of output per mu, investment intensity, plot ratio and built share of supplied land; 100 is a national zone."""
    plot_ratio = USUAL_FAR * ratio(m.industrial_need, m.land_industrial)
    use = ratio(m.land_built, m.land_built + m.land_on_grant)
    parts = (output_per_mu(m) / REFERENCE_OUTPUT) * (investment_intensity(m) / REFERENCE_INVESTMENT) * (plot_ratio / REFERENCE_FAR) * (use / REFERENCE_USE)
    return np.asarray(100.0 * np.maximum(parts, 0.0) ** (1 / 4))


@indicator("share", "建设用地开发强度", "Intensity of land development", "建成用地占规划面积", of=("planned land", "规划用地"))
def land_development_intensity(m: Measures) -> Floats:
    """Built land in planned land."""
    return ratio(m.land_built, m.land_planned)


@indicator("m2 per person", "人均用地", "Industrial land per worker", "工业用地除以工业从业人员", of=("employment in industry", "工业从业人员"))
def land_per_capita(m: Measures) -> Floats:
    """Industrial land over persons employed in industry."""
    return ratio(m.land_industrial, m.employment_industry)


@indicator("10^8 CNY/km2/yr", "单位面积产出", "Output per area", "全部企业年产出除以规划面积", of=("planned land", "规划用地"))
def output_per_area(m: Measures) -> Floats:
    """Yearly output of all enterprises over planned area."""
    return ratio(m.by_industry("output").sum(axis=1) / YI / m.years, m.land_planned / KM2)


@indicator("10k CNY/mu/yr", "亩均效益", "Benefit per mu", "利润与税收之和除以企业用地", of=("land held by enterprises", "企业用地"))
def per_mu_benefit(m: Measures) -> Floats:
    """Yearly profit and taxes of enterprises over the land that they hold."""
    made = m.value_added_primary + m.value_added_industry + m.value_added_construction + m.value_added_tertiary
    benefit = made - m.wages - m.depreciation - m.interest - m.rents - m.research + m.refunds
    return ratio(benefit / m.years, m.land_enterprises / MU)


@indicator("points", "节约集约评价得分", "Score of economical land use", "产出、投资强度、闲置、低效四项得分均值", of=("industrial land", "工业用地"))
def land_conservation_score(m: Measures) -> Floats:
    """Mean of four marks of 0 to 100: output per mu and investment intensity against national zones, idle and inefficient land in industrial land."""
    output = np.minimum(1.0, output_per_mu(m) / REFERENCE_OUTPUT)
    investment = np.minimum(1.0, investment_intensity(m) / REFERENCE_INVESTMENT)
    idle = 1.0 - np.minimum(1.0, ratio(m.land_idle, m.land_industrial))
    efficient = 1.0 - np.minimum(1.0, ratio(m.land_inefficient, m.land_industrial))
    return np.asarray(100 / 4 * (output + investment + idle + efficient))


@indicator(
    "share", "土地指标使用率", "Use of the land quota", "当年使用的新增用地指标占下达指标", yearly_only=True, of=("quota given in the year", "当年下达指标")
)
def quota_utilisation(m: Measures) -> Floats:
    """Quota of new construction land used in the year, in what was given at its opening."""
    return ratio(m.quota_land_used, m.quota_land_given)


@indicator("LQ", "专业化（区位商）", "Specialisation (location quotient)", "各行业区位商按本地产值份额加权", levels=BELOW_CITY, of=("output", "产出"))
def specialisation_lq(m: Measures) -> Floats:
    """Location quotients of the industries against the city, weighted by their share of the output there: 1 where the mix is the city's."""
    output = m.by_industry("output")
    share = output / np.maximum(output.sum(axis=1, keepdims=True), 1e-12)
    city = share[:, :, -1:]
    found = np.divide(share**2, city, out=np.zeros_like(share), where=city > 0).sum(axis=1)
    return np.where(output.sum(axis=1) > 0, found, np.nan)


@indicator("index x 1000", "产业集聚度", "Geographic concentration", "各行业就业地理集中度（Ellison–Glaeser 的 G，本地贡献）")
def agglomeration_index(m: Measures) -> Floats:
    """Part of the place in the region's raw geographic concentration of industries, 1000 sum_j w_j sum_p (s_jp - x_p)^2 (Ellison and Glaeser 1997)."""
    return 1000 * m.concentration
