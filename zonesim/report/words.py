"""Words of the report in both languages, and numbers as people write them."""

from __future__ import annotations

import math

from zonesim.world.criteria import CRITERIA

WORDS: dict[str, tuple[str, str]] = {
    "title": ("开发区政策仿真报告", "Zone policy report"),
    "switch": ("English", "中文"),
    "summary": ("摘要", "Summary"),
    "inputs": ("输入的差别", "What differs between the scenarios"),
    "effects": ("主要效果", "Headline effects"),
    "time": ("随时间的变化", "Over time"),
    "targets": ("目标", "Targets"),
    "map": ("园区示意图", "Schematic map of the parks"),
    "money": ("各级政府之间的资金流", "Money between levels of government"),
    "net": ("毛效果与净效果", "Gross and net"),
    "costs": ("成本", "Costs"),
    "provenance": ("来源与复现", "Provenance"),
    "table": ("数据表", "Data table"),
    "setting": ("设定", "Setting"),
    "baseline": ("基准", "Baseline"),
    "reform": ("方案", "Reform"),
    "clause": ("条款", "Clause"),
    "dates": ("生效", "In force"),
    "assumption": ("假定", "Assumption"),
    "indicator": ("指标", "Indicator"),
    "unit": ("单位", "Unit"),
    "effect": ("效果", "Effect"),
    "interval": ("95%区间", "95 % interval"),
    "share_gain": ("为正的占比", "Share of gains"),
    "pairing": ("配对增益(倍)", "Gain of pairing (times)"),
    "target": ("目标值", "Target"),
    "mean": ("均值", "Mean"),
    "gap": ("差距", "Gap"),
    "probability": ("达标概率", "Probability"),
    "scenario": ("情景", "Scenario"),
    "place": ("地点", "Place"),
    "year": ("年份", "Year"),
    "payer": ("付款方", "Payer"),
    "kind": ("款项", "Kind"),
    "component": ("构成", "Component"),
    "value": ("数值", "Value"),
    "years": ("年份", "Years"),
    "percent_of_baseline": ("相对基准的变化(%)", "Change against the baseline (%)"),
    "band": ("线为均值,带为重复运行的5%至95%;竖线为条款生效", "Lines are means, bands the 5 to 95 % of replications; vertical lines are policy dates"),
    "map_note": ("位置为示意,非边界;圆的大小为增加值,颜色为效果", "Positions are schematic, not boundaries; size is value added, colour the effect"),
    "none": ("无差别", "No difference"),
    "not_defined": ("不可定义(增量区间含零)", "not defined (the gain may be zero)"),
    "only_one": ("只有一个情景,没有效果可比", "One scenario only: no effects to compare"),
    "model_says": (
        "这是模型在所列假定下的结果,不是预测;区间只反映运行中的偶然性,不含参数与设定的不确定性。",
        "These are results of a model under the listed assumptions, not forecasts; intervals reflect chance in the runs, not doubt about parameters or settings.",
    ),
    "checked": ("账目核查:{n} 个季度,最大残差 {r}", "Accounts checked in {n} quarters, largest residual {r}"),
    "unchecked": ("本次运行未核查账目(用 --check 打开)", "Accounts were not checked in this run (turn on with --check)"),
    "gain": ("方案使{place}{year}年的{indicator}变动 {effect} {unit}(95%区间 {low} 至 {high})。", "The reform changes {indicator} of {place} in {year} by {effect} {unit} (95 % interval {low} to {high})."),
    "no_gain": ("方案对{place}{year}年{indicator}的影响与零无法区分(95%区间 {low} 至 {high} {unit})。", "The effect on {indicator} of {place} in {year} is not distinguishable from zero (95 % interval {low} to {high} {unit})."),
    "met": ("达标概率最高的目标:{name}({p})。", "The target most likely to be met: {name} ({p})."),
    "met_none": ("在全部重复运行中,没有一个目标被达到。", "No target was met in any replication."),
    "met_all": ("八项(全部)目标同时达到的概率:{p}({low} 至 {high})。", "Probability of meeting all targets together: {p} ({low} to {high})."),
    "centre": ("中央", "Centre"), "province": ("省", "Province"), "city": ("市", "City"), "county": ("县区", "Counties"), "zone": ("管委会", "Committees"),
    "platform": ("平台公司", "Platform companies"), "partner": ("伙伴地区", "Partner regions"), "enterprises": ("企业", "Enterprises"),
    "households": ("居民", "Households"), "market": ("市场", "Market"), "owners": ("企业主", "Owners"), "banks": ("银行", "Banks"), "all": ("合计", "All"),
    "all targets": ("全部目标", "All targets"),
    "vat": ("增值税", "VAT"), "business_tax": ("营业税", "Business tax"), "cit": ("企业所得税", "CIT"), "surcharge": ("附加税费", "Surcharges"),
    "land_use_tax": ("土地使用税", "Land-use tax"), "retained_tax": ("留成税收", "Retained tax"), "tax_return": ("三税增量返还", "Increment return"),
    "land_price": ("土地价款", "Land price"), "land_revenue": ("土地收益", "Land revenue"), "land_compensation": ("征地补偿", "Land compensation"),
    "new_land_fee": ("新增用地费", "New-land fee"), "refund": ("企业返还", "Refunds"), "infrastructure": ("基础设施", "Infrastructure"),
    "public_services": ("公共服务", "Public services"), "staff": ("人员经费", "Staff"), "promotion": ("招商", "Promotion"),
    "land_preparation": ("土地平整", "Land preparation"), "enclave_share": ("飞地分享", "Enclave shares"), "enclave_cost": ("飞地成本", "Enclave cost"),
    "integration": ("整合划转", "Integration"), "integration_cost": ("整合成本", "Integration cost"), "factories": ("厂房", "Factories"),
    "interest": ("利息", "Interest"), "repayment": ("还款", "Repayment"), "relocation_subsidy": ("搬迁补助", "Relocation subsidy"),
    "equipment_subsidy": ("设备补贴", "Equipment subsidy"), "idle_compensation": ("收回补偿", "Reclaim compensation"), "idle_fee": ("闲置费", "Idle fee"),
    "award": ("考核奖励", "Awards"), "zone_fund": ("开发区专项资金", "Fund for zones"), "performance_pay": ("绩效工资", "Performance pay"),
    "social_affairs": ("社会事务", "Social affairs taken over"), "finder_reward": ("引资奖励", "Finders' reward"),
    "land_transfer": ("改变用途售地", "Land sold for another use"), "factory_sale": ("厂房销售", "Sale of factories"),
    "per_mu_charge": ("亩均差别化收费", "Charges by mu"), "arable_offset": ("占补平衡", "Offset of farmland"),
    "standard_penalty": ("违约金", "Penalties"), "arrears": ("欠付", "Arrears"), "tax_return_clawback": ("增量扣回", "Clawback"),
    "county_transfer": ("县区保障资金", "County transfers"), "higher_grant": ("上级补助", "Higher grants"), "special_bond": ("专项债", "Special bonds"),
    "bond_interest": ("专项债利息", "Bond interest"), "bond_repayment": ("专项债还本", "Bond repayment"), "interest_subsidy": ("贴息", "Interest subsidy"),
    "debt_support": ("偿债支持", "Debt support"), "ppp_works": ("社会资本投入", "Partners' works"), "ppp_payment": ("PPP回报", "Return to partners"),
    "ppp_repayment": ("PPP付费", "Payments to partners"), "operator_fee": ("运营费", "Operators' fees"), "commission": ("招商佣金", "Commissions"),
    "factory_purchase": ("厂房回购", "Factories bought back"), "fund_capital": ("基金出资", "Fund capital"), "fund_return": ("基金返还", "Fund returns"),
    "equity": ("参股", "Equity"), "equity_income": ("分红", "Income from equity"), "equity_exit": ("股权退出", "Equity sold"),
    "upgrade_subsidy": ("技改专项资金", "Upgrade subsidies"), "listing": ("上市募资", "Listings"),
    "promotion_budget": ("招商经费", "Promotion budget"), "promotion_fee": ("招商佣金与奖励", "Fees of promotion"), "chain_office": ("产业链专班", "Chain offices"),
    "bespoke_grant": ("一事一议资助", "Grants of bespoke deals"), "supplier_matching": ("供应链对接", "Supplier matching"),
    "support passed on to zones and enterprises": ("转给园区与企业的支持", "Support passed on to zones and enterprises"),
    "support per additional job": ("每个净增岗位的支持", "Support per additional job"),
    "support per yuan of value added": ("每元新增增加值的支持", "Support per yuan of value added"),
    "gross": ("毛额", "Gross"), "deadweight": ("无谓(本来就会有)", "Deadweight"), "more lost in the zone": ("园区多失去的", "More lost in the zone"),
    "gain of the zone": ("园区净增", "Gain of the zone"), "displacement elsewhere in the region": ("区域内其他地方的替代", "Displacement elsewhere in the region"),
    "net gain of the region": ("全区域净增", "Net gain of the region"),
    "gross: new": ("毛额:新设", "Gross: new"), "gross: expanded": ("毛额:扩张", "Gross: expanded"),
    "gross: from outside": ("毛额:区外引进", "Gross: from outside"), "gross: moved inside": ("毛额:区域内迁入", "Gross: moved inside"),
    "would have come anyway: new": ("本来就会有:新设", "Would have come anyway: new"),
    "would have come anyway: expanded": ("本来就会有:扩张", "Would have come anyway: expanded"),
    "would have come anyway: from outside": ("本来就会有:区外引进", "Would have come anyway: from outside"),
    "would have come anyway: moved inside": ("本来就会有:区域内迁入", "Would have come anyway: moved inside"),
}  # fmt: skip
UNITS = {
    "10^8 CNY/yr": "亿元/年", "10^8 CNY/quarter": "亿元/季", "10^8 CNY": "亿元", "10k CNY/yr": "万元/年", "10k CNY": "万元", "persons": "人",
    "persons/yr": "人/年", "count": "家", "enterprises": "家", "enterprises/yr": "家/年", "projects/yr": "个/年", "days": "天", "mu": "亩",
    "mu/yr": "亩/年", "10k CNY/mu": "万元/亩", "10k CNY/mu/yr": "万元/亩/年", "share": "比例", "points": "分", "rank": "名次",
    "% per year": "%/年", "percentage points": "百分点", "jobs": "个岗位", "10k CNY/job": "万元/岗位", "CNY/CNY": "元/元", "index/yr": "指数/年",
    "tce per 10k CNY": "吨标煤/万元", "10^4 m3/yr": "万立方米/年", "ratio": "比", "0–1": "0–1", "level": "级", "%": "%", "index": "指数", "index x 1000": "指数×1000", "LQ": "区位商", "days/yr": "天/年", "log": "对数",
    "10^8 CNY/km2/yr": "亿元/平方公里/年", "m2 per person": "平方米/人", "m3 per 10k CNY": "立方米/万元", "accidents per 1 000 firms": "起/千家",
}  # fmt: skip


CHOICES: dict[str, tuple[str, str]] = {  # what a setting may be, where it is no number
    "True": ("是", "yes"),
    "False": ("否", "no"),
    "all": ("全部", "all"),
    "parks": ("全部园区", "all parks"),
    "outside": ("园区以外", "outside zones"),
    "urban": ("城区", "urban areas"),
    "rural": ("乡镇", "rural areas"),
    "industrial": ("全部工业", "all industry"),
    "vat": ("增值税", "VAT"),
    "business_tax": ("营业税", "business tax"),
    "cit": ("企业所得税", "corporate income tax"),
    "none": ("无", "none"),
    "dispatched_agency": ("派出机构", "dispatched agency"),
    "big_committee": ("大管委会", "big committee"),
    "quasi_government": ("准政府管委会", "quasi-government"),
    "zone_district_merged": ("行政区合一", "zone and district as one"),
    "enterprise_led": ("企业为主体开发", "enterprise-led"),
    "committee_and_company": ("管委会加公司", "committee and company"),
    "area": ("扩区", "more area"),
    "level": ("升级", "a higher level"),
    "both": ("扩区和升级", "area and level"),
    "for_each_zone": ("每区一项", "one for each zone"),
    "for_each_line": ("分别给予", "one for each line passed"),
    "usual": ("通常指标", "the usual list"),
    "lanzhou": ("兰州2015年清单", "Lanzhou's list of 2015"),
    "zhangye": ("张掖2018年清单", "Zhangye's list of 2018"),
    "hebei": ("河北侧重清单", "Hebei's stressed fields"),
    "per_mu": ("亩均论英雄", "per-mu evaluation"),
    "national": ("国家级经开区考核", "evaluation of national zones"),
    "county": ("县级", "county"),
    "province": ("省级", "province"),
    "fixed": ("固定基期", "fixed base"),
    "rolling": ("上年为基期", "base of the year before"),
    "key_projects": ("重点项目优先", "key projects first"),
    "evaluation_score": ("按考核得分", "by evaluation score"),
    "output_per_mu": ("按亩均产出", "by output per mu"),
    "technology": ("技术", "technology"),
    "scale": ("投资规模", "scale of investment"),
    "benefit": ("效益", "benefit"),
    "low_pollution": ("低污染", "low pollution"),
    "sector": ("产业类别", "class of industry"),
    "foreign": ("外资", "foreign investment"),
    "key_project": ("重点项目", "key project"),
    "new_expansion_works": ("新项目、扩建、基建", "new projects, expansion, infrastructure"),
    "new_works_expansion": ("新项目、基建、扩建", "new projects, infrastructure, expansion"),
    "expansion_new_works": ("扩建、新项目、基建", "expansion, new projects, infrastructure"),
    "expansion_works_new": ("扩建、基建、新项目", "expansion, infrastructure, new projects"),
    "works_new_expansion": ("基建、新项目、扩建", "infrastructure, new projects, expansion"),
    "works_expansion_new": ("基建、扩建、新项目", "infrastructure, expansion, new projects"),
    "territorial": ("在地统计", "where it stands"),
    "agreement": ("协议分列", "as agreed"),
    "equal": ("平均", "equal parts"),
    "random": ("抽签", "by lot"),
    "independent_accounting": ("独立核算", "independent accounting"),
    "separate_budget_line": ("财政单列", "separate budget line"),
    "first_level_treasury": ("一级独立财政", "first-level treasury"),
    "high_energy": ("高耗能", "energy-intensive"),
    "high_pollution": ("高污染", "highly polluting"),
    "overcapacity": ("产能过剩", "in overcapacity"),
    "prohibited": ("禁止类", "prohibited"),
    "city": ("市级部分", "the city's part"),
    "gross": ("全部税额", "all of it"),
    "floor": ("不低于零", "not below zero"),
    "clawback": ("负增量扣回", "paid back"),
    "as_collected": ("按实际入库", "as collected"),
    "stop": ("不再计入营业税", "business tax no longer counts"),
    "like_for_like": ("同口径", "like for like"),
    "chain": ("产业链招商", "by industry chains"),
    "big_data": ("大数据招商", "by big data"),
    "fund": ("基金招商", "by funds"),
    "purchased": ("购买服务招商", "purchased"),
    "incumbents": ("以商招商", "by incumbents"),
    "team": ("自有招商队伍", "by the own team"),
}
CHOICES = {**{one.id: (one.zh, one.en) for one in CRITERIA.values()}, **CHOICES}  # criteria of an evaluation


def choice(value: object, lang: str) -> str:
    """Return a setting's value as a reader of the language would write it."""
    if value is None:
        return "–"
    if isinstance(value, list):
        return ("、" if lang == "zh" else ", ").join(choice(one, lang) for one in value)
    if isinstance(value, dict):
        return "; ".join(f"{choice(key, lang)}: {choice(one, lang)}" for key, one in value.items())
    both = CHOICES.get(str(value))
    return both[lang == "en"] if both else str(value)


def word(key: str, lang: str) -> str:
    """Return a word in a language; an unknown key is returned as it is."""
    if key not in WORDS:
        return key.replace("_", " ")
    return WORDS[key][0 if lang == "zh" else 1]


def unit(name: str, lang: str) -> str:
    """Return a unit in a language."""
    return UNITS.get(name, name) if lang == "zh" else name.replace("10^8", "100m").replace("10^4", "10k")


def number(value: float, lang: str = "en") -> str:
    """Return a number for people: three significant digits, 万 and 亿 or k and M for large ones.

    >>> number(1234567), number(1234567, "zh"), number(-0.0123), number(float("nan"))
    ('1.23M', '123万', '-0.0123', '–')
    """
    if value is None or not math.isfinite(value):
        return "–"
    size = abs(value)
    if lang == "zh":
        for step, name in ((1e8, "亿"), (1e4, "万")):
            if size >= step:
                return f"{_three(value / step)}{name}"
        return _three(value)
    for step, name in ((1e9, "G"), (1e6, "M"), (1e4, "k")):
        if size >= step:
            return f"{_three(value / (1e3 if name == 'k' else step))}{name}"
    return _three(value)


def _three(value: float) -> str:
    size = abs(value)
    if size == 0:
        return "0"
    if size >= 100:
        return f"{value:,.0f}"
    if size >= 10:
        return f"{value:.1f}"
    if size >= 1:
        return f"{value:.2f}"
    return f"{value:.3g}"
