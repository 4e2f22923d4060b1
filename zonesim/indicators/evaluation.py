"""Indicators that an evaluation of zones looks at: the qualitative ones, the plan, and economic and overall benefit."""

from __future__ import annotations

import numpy as np

from zonesim.accounts import qualities
from zonesim.columns import Floats
from zonesim.indicators.measures import SECTORS, Measures
from zonesim.indicators.output_and_money import gdp, tax_revenue
from zonesim.indicators.register import indicator, ratio
from zonesim.units import MU, YI

# What counts as 100 in the comprehensive benefit: 10k CNY/mu/yr, persons/mu, 10k CNY per emission. Assumption: the city of Lanzhou about 2014, rounded.
REFERENCE_BENEFIT, REFERENCE_JOBS, REFERENCE_CLEAN = 200.0, 30.0, 3.0


def _of_committees(m: Measures, values: Floats) -> Floats:
    """Keep values of groups with parks; others have no committee."""
    return np.where(m.park_employment > 0, values, np.nan)


def _weighted(m: Measures, name: str) -> Floats:
    return ratio(getattr(m, name), m.park_employment)


def output(m: Measures) -> Floats:
    """Return sales of all enterprises, 10k CNY."""
    return np.asarray(sum(getattr(m, f"output_{sector}") for sector in SECTORS))


def profit(m: Measures) -> Floats:
    """Return profit after taxes of all enterprises, 10k CNY.

    Value added less taxes, wages, wear, interest, rent, research, treatment, fines, inspections and accidents, plus refunds and by-products.
    """
    before = gdp(m) * YI - tax_revenue(m) * YI - m.wages - m.depreciation - m.interest - m.rents - m.research + m.refunds
    burden = m.treatment_costs + m.treatment_fees + m.environment_fines + m.inspection_costs + m.accident_costs
    return np.asarray(before - burden + m.byproduct_value)


@indicator(
    "0–1",
    "政策落实和组织领导",
    "Policies carried out",
    "（受理项目落地比例与问题解决比例的均值）×协调水平",
    of=("employment in parks of zones", "园区从业人员"),
)
def ql_policy_implementation(m: Measures) -> Floats:
    """Mean of applications carried through and problems solved, times coordination."""
    open_problems, coordination = _weighted(m, "problems_weighted"), _weighted(m, "coordination_weighted")
    return _of_committees(m, qualities.policy_implementation(m.approved, m.refused, open_problems, coordination, m.inspection))


@indicator(
    "0–1",
    "服务管理水平",
    "Quality of service",
    "审批速度（改革前的审批天数，通常180天，计一半）与问题解决比例各占一半",
    of=("employment in parks of zones", "园区从业人员"),
)
def ql_service_management(m: Measures) -> Floats:
    """Half the speed of approval (days before the reforms, usually 180, count one half), half the share of enterprises' problems solved within the year."""
    return _of_committees(m, qualities.service_management(m.approval_days, m.approved, _weighted(m, "problems_weighted"), m.inspection))


@indicator("0–1", "基础工作", "Basic work", "统计报表按时完整完成的比例，由人员时间与企业数决定", of=("employment in parks of zones", "园区从业人员"))
def ql_basic_work(m: Measures) -> Floats:
    """Reports that come complete and in time, by the staff time there is and the time that they take."""
    enterprises = sum(getattr(m, f"enterprises_{sector}") for sector in SECTORS)
    return _of_committees(m, qualities.basic_work(m.staff_time / (4 * m.years), np.asarray(enterprises), m.inspection))


@indicator(
    "0–1",
    "环境保护",
    "Environmental management",
    "达标排放企业占比（通常四分之三）与规划环评完成（通常四分之一）",
    of=("employment in parks of zones", "园区从业人员"),
)
def ql_environment(m: Measures) -> Floats:
    """Usually three quarters for enterprises that meet the standard of discharge, one quarter for the planning assessment."""
    return _of_committees(m, qualities.environment(m.compliant, m.pollution_emitters, _weighted(m, "assessed_weighted"), m.inspection))


@indicator("0–1", "土地管理", "Land management", "1减闲置与一半低效用地占工业用地之比", of=("employment in parks of zones", "园区从业人员"))
def ql_land_management(m: Measures) -> Floats:
    """1 less idle and half of inefficient land in industrial land."""
    return _of_committees(m, qualities.land_management(m.land_idle, m.land_inefficient, m.land_industrial))


@indicator("0–1", "规划执行", "Plan executed", "按期动工用地比例×履约复核通过比例", of=("employment in parks of zones", "园区从业人员"))
def ql_plan_execution(m: Measures) -> Floats:
    """Granted land that is not idle, times reviews without a breach."""
    return _of_committees(m, qualities.plan_execution(m.land_idle, m.land_on_grant, m.breaches, m.reviews))


@indicator("share", "规划实施", "Plan built", "已建成土地占规划面积", of=("planned land", "规划用地"))
def plan_implementation_rate(m: Measures) -> Floats:
    """Built land in planned land."""
    return ratio(m.land_built, m.land_planned)


@indicator("%", "经济效益", "Economic benefit", "企业利润与税收之和除以销售收入", of=("sales", "销售收入"))
def economic_benefit(m: Measures) -> Floats:
    """Profit and taxes over sales."""
    return 100.0 * ratio(profit(m) + tax_revenue(m) * YI, output(m))


@indicator(
    "index",
    "综合效益",
    "Comprehensive benefit",
    "亩均利税、亩均就业、单位排放增加值相对参照值的几何平均",
    of=("industrial land or emissions", "工业用地或排放"),
)
def comprehensive_benefit(m: Measures) -> Floats:
    """Geometric mean of profit and taxes per industrial land, jobs per industrial land, and value added per emissions, against references; 100 is the reference."""
    land = m.land_industrial / MU
    economic = ratio((profit(m) + tax_revenue(m) * YI) / m.years, land) / REFERENCE_BENEFIT
    social = ratio(m.employment_total, land) / REFERENCE_JOBS
    ecological = ratio(gdp(m) * YI, m.emissions) / REFERENCE_CLEAN
    return np.asarray(100.0 * np.maximum(economic * social * ecological, 0.0) ** (1 / 3))
