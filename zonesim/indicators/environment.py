"""Indicators of compliance, shutdowns, reuse, ambient quality and safety."""

from __future__ import annotations

from zonesim.columns import Floats
from zonesim.indicators.measures import Measures
from zonesim.indicators.register import indicator, ratio
from zonesim.units import YI


@indicator("share", "达标排放率", "Discharge compliance", "达标排放工业企业占排污工业企业比重", of=("enterprise that discharged", "排污企业"))
def discharge_compliance_rate(m: Measures) -> Floats:
    """Industrial enterprises that met the standard, of those that discharged."""
    return ratio(m.compliant, m.pollution_emitters)


@indicator("days/yr", "停产天数", "Shutdown days", "平均每家工业或建筑业企业被责令停产的天数", of=("industrial or construction enterprise", "工业和建筑业企业"))
def shutdown_days(m: Measures) -> Floats:
    """Days without production by order (alerts, caps, suspension), per industrial or construction enterprise."""
    return ratio(m.shutdown_days, m.safety_subjects) * 4 * m.years


@indicator("m3 per 10k CNY", "用水强度", "Water intensity", "用水量除以增加值", of=("value added", "增加值"))
def water_intensity(m: Measures) -> Floats:
    """Water over value added."""
    return ratio(m.water, m.value_added_primary + m.value_added_industry + m.value_added_construction + m.value_added_tertiary)


@indicator("count", "绿色工厂数", "Green factories", "排放不超过标准一半的规模以上工业企业数")
def green_factory_count(m: Measures) -> Floats:
    """Above-scale industrial enterprises whose discharge is at most half of the standard."""
    return m.green_factories


@indicator("share", "资源综合利用率", "Resource utilisation", "再利用废弃物占产生量", of=("waste", "废弃物"))
def resource_utilisation_rate(m: Measures) -> Floats:
    """Industrial waste and by-products used again, of what is generated."""
    return ratio(m.waste_reused, m.pollution_generated)


@indicator(
    "index",
    "循环化改造和节能减排",
    "Circular transformation and saving",
    "能耗、排放相对行业定额与综合利用率的均值，100为标准",
    of=("energy used, discharge of industry or waste", "能耗、工业排放或废弃物"),
)
def circular_energy_saving_index(m: Measures) -> Floats:
    """Mean of three ratios, times 100: the industries' usual energy to energy used, allowed to actual discharge of industry, reuse to one half."""
    return 100 / 3 * (ratio(m.energy_norm, m.energy) + ratio(m.emission_norm, m.industry_discharge) + ratio(m.waste_reused, m.pollution_generated) / 0.5)


@indicator("index", "生态环境", "Ecology index", "就业加权的环境质量，期初为100", of=("employment", "从业人员"))
def ecology_index(m: Measures) -> Floats:
    """Ambient quality of the counties weighted by employment, 100 at the opening."""
    return 100 * ratio(m.quality_weighted, m.employment_total)


@indicator(
    "accidents per 1 000 firms",
    "安全生产事故率",
    "Accident rate",
    "每千家工业建筑企业年事故数",
    of=("industrial or construction enterprise", "工业和建筑业企业"),
)
def safety_accident_rate(m: Measures) -> Floats:
    """Accidents a year per thousand industrial and construction enterprises."""
    return 4 * 1000 * ratio(m.accidents, m.safety_subjects)


@indicator("10k CNY/yr", "企业治污支出", "Cost of treatment", "企业治理运行、缴费、投资与罚款")
def treatment_spending(m: Measures) -> Floats:
    """What enterprises spend on treatment, fees, investment in treatment, inspections and fines."""
    return m.treatment_costs + m.treatment_fees + m.abatement_investment + m.inspection_costs + m.environment_fines


@indicator("10^8 CNY/yr", "污染治理投资", "Investment in treatment", "企业自建治污与节水设施投资")
def treatment_investment(m: Measures) -> Floats:
    """Investment of enterprises in their own treatment and in saving water."""
    return m.abatement_investment / YI
