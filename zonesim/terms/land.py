"""Terms of land: price, standards, plan, idle land and quotas."""

from __future__ import annotations

from zonesim.terms.term import PER_MU, SHARE, YEARS, Term, by_place, by_site, of_region

TERMS: dict[str, Term] = {
    "land_price_factor": by_site("scale", 1.0, "factor", "price of land relative to the asking price", "地价系数", "location, admission"),
    "price_intensity_elasticity": by_site(
        "raise_to",
        0.0,
        "elasticity",
        "fall of the land price per rise of intensity above standard",
        "地价强度弹性",
        "location, admission",
    ),
    "min_investment_intensity": by_site("raise_to", 0.0, PER_MU, "least investment per mu", "投资强度下限", "admission, location"),
    "min_output_per_mu": by_site("raise_to", 0.0, "10k CNY/mu/yr", "least expected output per mu", "亩均产出下限", "admission"),
    "far_min": by_site("raise_to", 0.5, "ratio", "least plot ratio", "容积率下限", "admission, construction"),
    "subdivision": by_site(
        "turn_on",
        0.0,
        "",
        "industrial property may be divided, so that small enterprises may buy a part",
        "产权分割",
        "location, admission",
    ),
    "standard_land": by_site(
        "turn_on",
        0.0,
        "",
        "land is granted with standards and reviewed later",
        "标准地",
        "location, admission, construction",
    ),
    "standard_investment": by_site("raise_to", 0.0, PER_MU, "standard: investment per mu", "标准地投资强度", "location, admission, construction"),
    "standard_output": by_site(
        "raise_to",
        0.0,
        "10k CNY/mu/yr",
        "standard: output per mu",
        "标准地亩均产出",
        "location, admission, construction",
    ),
    "standard_tax": by_site("raise_to", 0.0, "10k CNY/mu/yr", "standard: tax per mu", "标准地亩均税收", "location, admission, construction"),
    "standard_penalty": by_site("raise_to", 0.0, "share of land price", "penalty for a missed standard", "违约金率", "location, construction"),
    "standard_review_years": by_site("fix", 3.0, YEARS, "years of operation before the review", "复核年限", "construction"),
    "land_revenue_deduction": by_place(
        "fix",
        0.6,
        "share of gross land income",
        "compensation, pensions and set-asides before net land revenue",
        "土地收入扣除率",
        "land_revenue",
    ),
    "land_revenue_reinvest": by_place(
        "raise_to",
        0.3,
        "share of net land revenue",
        "net land revenue earmarked for zone infrastructure",
        "土地收益用于基础设施比例",
        "land_revenue",
    ),
    "living_service_cap": by_place(
        "fix",
        0.07,
        "share of planned land",
        "largest share of public living-service land",
        "生活服务用地上限",
        "land_planning",
    ),
    "commercial_share": by_place("fix", 0.0, "share of planned land", "share of commercial-service land", "商业用地比例", "land_planning"),
    "use_change_grace_years": by_place(
        "fix",
        0.0,
        YEARS,
        "years in which an old building may house services at its old right",
        "转用过渡期",
        "arrivals, production",
    ),
    "idle_fee": by_place("raise_to", 0.0, "share of land price", "fee after one idle year", "土地闲置费", "idle_land"),
    "idle_reclaim_years": by_place("fix", 2.0, YEARS, "idle years after which land is taken back", "闲置收回年限", "idle_land"),
    "idle_compensation": by_place("fix", 0.0, "share of land price", "paid when idle land is taken back", "收回补偿比例", "idle_land"),
    "idle_enforcement": by_place("raise_to", 0.1, "probability/yr", "due idle land that is really taken back", "闲置处置力度", "idle_land"),
    "revitalisation_rate": by_place("raise_to", 0.0, "share/yr", "inefficient land brought back to use", "盘活率", "idle_land"),
    "far_bonus": by_site("raise_to", 0.0, "share of the cap", "relaxation of the cap on plot ratio", "容积率放宽", "location, expansion"),
    "inefficient_threshold": by_place(
        "fix",
        -1.0,
        "share of the zone's mean output per mu",
        "output per mu below which built land is inefficient; below 0 the line of practice holds",
        "低效用地认定",
        "idle_land, expansion, use_change",
    ),
    "quota_bonus": by_place(
        "raise_to", 0.0, "m2 of quota per m2", "new land quota for inefficient land brought back last year", "盘活奖励指标", "quotas, idle_land"
    ),
    "ready_bank": by_place("raise_to", 0.0, "share of the year's quota", "land made ready at the opening of the year", "熟地储备", "books"),
    "land_weight_technology": of_region(
        "fix", 0.0, "weight", "weight of technology in the order in which applicants get land", "用地权重:技术", "land_priority"
    ),
    "land_weight_scale": of_region(
        "fix", 0.0, "weight", "weight of scale of investment in the order in which applicants get land", "用地权重:投资规模", "land_priority"
    ),
    "land_weight_benefit": of_region("fix", 0.0, "weight", "weight of tax per mu in the order in which applicants get land", "用地权重:效益", "land_priority"),
    "land_weight_low_pollution": of_region(
        "fix", 0.0, "weight", "weight of low pollution in the order in which applicants get land", "用地权重:低污染", "land_priority"
    ),
    "land_weight_sector": of_region(
        "fix", 0.0, "weight", "weight of tier of the industry in the order in which applicants get land", "用地权重:产业类别", "land_priority"
    ),
    "land_weight_foreign": of_region(
        "fix", 0.0, "weight", "weight of foreign investment in the order in which applicants get land", "用地权重:外资", "land_priority"
    ),
    "land_weight_key_project": of_region(
        "fix", 0.0, "weight", "weight of key projects in the order in which applicants get land", "用地权重:重点项目", "land_priority"
    ),
    "quota_use_order": of_region("fix", 0.0, "0 none, 1 to 6 permutations", "order in which uses get the land quota", "指标使用次序", "quota_uses"),
    "land_transfer": by_place("turn_on", 0.0, "", "idle and inefficient land may be sold to other enterprises", "土地转让", "expansion"),
    "conversion_price": by_place("lower_to", 1.0, "share of market price", "paid when allocated land becomes granted on sale", "划拨补办出让价", "expansion"),
    "post_grace_price": by_place(
        "fix", 1.0, "share of market price", "paid for an old building's new use when the grace period ends", "期满补缴价款", "use_change"
    ),
    "use_change_allowed": by_place(
        "fix", 0.5, "0 forbidden, 1 with approval", "change of industrial land to commercial use; between: tolerated", "用途变更", "use_change"
    ),
    "conversion_cap": by_place(
        "lower_to", 1.0, "share of industrial and commercial land", "largest share of commercial land by conversion", "商业化转用上限", "use_change"
    ),
    "factory_hold": by_place("lower_to", 1.0, "share of floor", "factory floor that the developer must hold itself", "厂房自持比例", "factory_sales"),
    "per_mu_spread": by_place(
        "raise_to", 0.0, "share of price", "spread of land-use tax and energy price between best and worst by mu", "亩均差别化", "per_mu, expansion"
    ),
    "offset_gov_share": by_place(
        "raise_to",
        0.0,
        "share of the cost",
        "offset of farmland that government bears instead of the project",
        "占补平衡政府承担",
        "location, land_payments",
    ),
    "quota_share": by_place(
        "raise_to",
        0.3,
        "share of the county's quota",
        "new land quota that goes to the zone",
        "开发区指标份额",
        "quotas",
    ),
    "ringfence": by_place(
        "raise_to",
        0.0,
        "0 none, 1 county or city, 2 province",
        "level that guards the zone's land quota",
        "指标单列层级",
        "quotas, admission",
    ),
    "quota_performance_elasticity": by_place("raise_to", 0.0, "elasticity", "quota per relative score", "指标与评价挂钩", "quotas"),
    "retention_land": of_region("lower_to", 1.0, SHARE, "land quota that counties keep; the rest is the city's pool", "土地指标留存", "quotas"),
    "retention_energy": of_region("lower_to", 1.0, SHARE, "energy quota that counties keep", "能耗指标留存", "quotas"),
    "retention_emission": of_region("lower_to", 1.0, SHARE, "environmental quota that counties keep", "环境容量留存", "quotas"),
    "pool_rule": of_region(
        "fix",
        0.0,
        "0 key projects, 1 score, 2 output per mu, 3 equal, 4 random",
        "who gets the city's pool",
        "统筹分配规则",
        "quotas",
    ),
}
