"""Terms of land: price, standards, plan, idle land and quotas."""

from __future__ import annotations

from zonesim.terms.term import PER_MU, SHARE, YEARS, Term, by_place, by_site, of_region

TERMS: dict[str, Term] = {
    "land_price_factor": by_site(
        "scale", 1.0, "factor", "price of land relative to the asking price", "地价系数", "土地价格与挂牌价之比", "location, admission"
    ),
    "price_intensity_elasticity": by_site(
        "raise_to",
        0.0,
        "elasticity",
        "fall of the land price per rise of intensity above standard",
        "地价强度弹性",
        "投资强度超过标准时地价随之下调的弹性",
        "location, admission",
    ),
    "min_investment_intensity": by_site("raise_to", 0.0, PER_MU, "least investment per mu", "投资强度下限", "每亩投资的最低要求", "admission, location"),
    "min_output_per_mu": by_site("raise_to", 0.0, "10k CNY/mu/yr", "least expected output per mu", "亩均产出下限", "每亩预期产出的最低要求", "admission"),
    "far_min": by_site("raise_to", 0.5, "ratio", "least plot ratio", "容积率下限", "容积率的最低要求", "admission, construction"),
    "subdivision": by_site(
        "turn_on",
        0.0,
        "",
        "industrial property may be divided, so that small enterprises may buy a part",
        "产权分割",
        "工业物业可以分割转让，中小企业可以购买其中一部分",
        "location, admission",
    ),
    "standard_land": by_site(
        "turn_on", 0.0, "", "land is granted with standards and reviewed later", "标准地", "带标准出让土地，投产后复核", "location, admission, entry"
    ),
    "standard_investment": by_site(
        "raise_to", 0.0, PER_MU, "standard: investment per mu", "标准地投资强度", "标准地的亩均投资指标", "location, admission, entry"
    ),
    "standard_output": by_site(
        "raise_to", 0.0, "10k CNY/mu/yr", "standard: output per mu", "标准地亩均产出", "标准地的亩均产出指标", "location, admission, entry"
    ),
    "standard_tax": by_site("raise_to", 0.0, "10k CNY/mu/yr", "standard: tax per mu", "标准地亩均税收", "标准地的亩均税收指标", "location, admission, entry"),
    "standard_penalty": by_site(
        "raise_to", 0.0, "share of land price", "penalty for a missed standard", "违约金率", "未达标准时缴纳的违约金", "location, entry"
    ),
    "standard_review_years": by_site("fix", 3.0, YEARS, "years of operation before the review", "复核年限", "投产后至复核的年数", "entry"),
    "land_revenue_deduction": by_place(
        "fix",
        0.6,
        "share of gross land income",
        "compensation, pensions and set-asides before net land revenue",
        "土地收入扣除率",
        "计提土地净收益前扣除的补偿、社保和各项计提",
        "land_revenue",
    ),
    "land_revenue_reinvest": by_place(
        "raise_to",
        0.3,
        "share of net land revenue",
        "net land revenue earmarked for zone infrastructure",
        "土地收益用于基础设施比例",
        "土地净收益中专项用于开发区基础设施的比例",
        "land_revenue",
    ),
    "living_service_cap": by_place(
        "fix",
        0.07,
        "share of planned land",
        "largest share of public living-service land",
        "生活服务用地上限",
        "公共生活服务用地占规划用地的上限",
        "land_planning",
    ),
    "commercial_share": by_place(
        "fix", 0.0, "share of planned land", "share of commercial-service land", "商业用地比例", "商业服务业用地占规划用地的比例", "land_planning"
    ),
    "use_change_grace_years": by_place(
        "fix",
        0.0,
        YEARS,
        "years in which an old building may house services at its old right",
        "转用过渡期",
        "存量房产按原用途和权利类型兴办服务业的过渡年数",
        "arrivals, production",
    ),
    "idle_fee": by_place("raise_to", 0.0, "share of land price", "fee after one idle year", "土地闲置费", "闲置满一年征收的费用", "idle_land"),
    "idle_reclaim_years": by_place("fix", 2.0, YEARS, "idle years after which land is taken back", "闲置收回年限", "闲置满多少年收回土地", "idle_land"),
    "idle_from_grant": by_place(
        "turn_on",
        0.0,
        "",
        "the idle clock runs from the grant of the land, not from the agreed start of building",
        "自签约起算闲置",
        "闲置期自供地签约起算，而非自约定开工日起算",
        "idle_land, expansion",
    ),
    "idle_compensation": by_place(
        "fix", 0.0, "share of land price", "paid when idle land is taken back", "收回补偿比例", "收回闲置土地时支付的补偿", "idle_land"
    ),
    "idle_enforcement": by_place(
        "raise_to", 0.1, "probability/yr", "due idle land that is really taken back", "闲置处置力度", "到期闲置土地实际收回的比例", "idle_land"
    ),
    "revitalisation_rate": by_place("raise_to", 0.0, "share/yr", "inefficient land brought back to use", "盘活率", "低效用地每年重新盘活的比例", "idle_land"),
    "far_bonus": by_site(
        "raise_to", 0.0, "share of the cap", "relaxation of the cap on plot ratio", "容积率放宽", "容积率上限的放宽幅度", "location, expansion"
    ),
    "inefficient_threshold": by_place(
        "fix",
        -1.0,
        "share of the zone's mean output per mu",
        "output per mu below which built land is inefficient; below 0 the line of practice holds",
        "低效用地认定",
        "建成用地亩均产出低于此线认定为低效；负值表示按通行做法认定",
        "idle_land, expansion, use_change",
    ),
    "quota_bonus": by_place(
        "raise_to",
        0.0,
        "m2 of quota per m2",
        "new land quota for inefficient land brought back last year",
        "盘活奖励指标",
        "上年盘活低效用地所奖励的新增用地指标",
        "quotas, idle_land",
    ),
    "ready_bank": by_place(
        "raise_to", 0.0, "share of the year's quota", "land made ready at the opening of the year", "熟地储备", "年初已完成前期开发、可供出让的土地", "books"
    ),
    "land_weight_technology": of_region(
        "fix", 0.0, "weight", "weight of technology in the order in which applicants get land", "用地权重：技术", "供地排序中技术水平的权重", "land_priority"
    ),
    "land_weight_scale": of_region(
        "fix",
        0.0,
        "weight",
        "weight of scale of investment in the order in which applicants get land",
        "用地权重：投资规模",
        "供地排序中投资规模的权重",
        "land_priority",
    ),
    "land_weight_benefit": of_region(
        "fix", 0.0, "weight", "weight of tax per mu in the order in which applicants get land", "用地权重：效益", "供地排序中亩均税收的权重", "land_priority"
    ),
    "land_weight_low_pollution": of_region(
        "fix", 0.0, "weight", "weight of low pollution in the order in which applicants get land", "用地权重：低污染", "供地排序中低污染的权重", "land_priority"
    ),
    "land_weight_sector": of_region(
        "fix",
        0.0,
        "weight",
        "weight of tier of the industry in the order in which applicants get land",
        "用地权重：产业类别",
        "供地排序中产业类别的权重",
        "land_priority",
    ),
    "land_weight_foreign": of_region(
        "fix",
        0.0,
        "weight",
        "weight of foreign investment in the order in which applicants get land",
        "用地权重：外资",
        "供地排序中外商投资的权重",
        "land_priority",
    ),
    "land_weight_key_project": of_region(
        "fix",
        0.0,
        "weight",
        "weight of key projects in the order in which applicants get land",
        "用地权重：重点项目",
        "供地排序中重点项目的权重",
        "land_priority",
    ),
    "quota_use_order": of_region(
        "fix", 0.0, "0 none, 1 to 6 permutations", "order in which uses get the land quota", "指标使用次序", "各类用途取得用地指标的先后次序", "quota_uses"
    ),
    "land_transfer": by_place(
        "turn_on", 0.0, "", "idle and inefficient land may be sold to other enterprises", "土地转让", "闲置和低效土地可以转让给其他企业", "expansion"
    ),
    "conversion_price": by_place(
        "lower_to",
        1.0,
        "share of market price",
        "paid when allocated land becomes granted on sale",
        "划拨补办出让价",
        "划拨土地转让时补办出让手续所缴的价款",
        "expansion",
    ),
    "post_grace_price": by_place(
        "fix",
        1.0,
        "share of market price",
        "paid for an old building's new use when the grace period ends",
        "期满补缴价款",
        "过渡期满后存量房产改变用途所补缴的价款",
        "use_change",
    ),
    "use_change_allowed": by_place(
        "fix",
        0.5,
        "0 forbidden, 1 with approval",
        "change of industrial land to commercial use; between: tolerated",
        "用途变更",
        "工业用地改为商业用途：禁止、经批准可以，或介于两者之间的默许",
        "use_change",
    ),
    "conversion_cap": by_place(
        "lower_to",
        1.0,
        "share of industrial and commercial land",
        "largest share of commercial land by conversion",
        "商业化转用上限",
        "经转用形成的商业用地所占比例的上限",
        "use_change",
    ),
    "factory_hold": by_place(
        "lower_to", 1.0, "share of floor", "factory floor that the developer must hold itself", "厂房自持比例", "开发主体须自持的厂房面积比例", "factory_sales"
    ),
    "per_mu_spread": by_place(
        "raise_to",
        0.0,
        "share of price",
        "spread of land-use tax and energy price between best and worst by mu",
        "亩均差别化",
        "亩均评价最好与最差企业之间土地使用税和用能价格的差距",
        "per_mu, expansion",
    ),
    "offset_gov_share": by_place(
        "raise_to",
        0.0,
        "share of the cost",
        "offset of farmland that government bears instead of the project",
        "占补平衡政府承担",
        "耕地占补平衡费用中由政府而不是项目承担的部分",
        "location, land_payments",
    ),
    "quota_share": by_place(
        "raise_to", 0.3, "share of the county's quota", "new land quota that goes to the zone", "开发区指标份额", "新增用地指标中分给开发区的份额", "quotas"
    ),
    "ringfence": by_place(
        "raise_to",
        0.0,
        "0 none, 1 county or city, 2 province",
        "level that guards the zone's land quota",
        "指标单列层级",
        "开发区用地指标由哪一级单列保障",
        "quotas, admission",
    ),
    "quota_performance_elasticity": by_place(
        "raise_to", 0.0, "elasticity", "quota per relative score", "指标与评价挂钩", "用地指标随相对考核得分增减的弹性", "quotas"
    ),
    "retention_land": of_region(
        "lower_to", 1.0, SHARE, "land quota that counties keep; the rest is the city's pool", "土地指标留存", "县区留用的土地指标，其余归市级统筹", "quotas"
    ),
    "retention_energy": of_region("lower_to", 1.0, SHARE, "energy quota that counties keep", "能耗指标留存", "县区留用的能耗指标", "quotas"),
    "retention_emission": of_region("lower_to", 1.0, SHARE, "environmental quota that counties keep", "环境容量留存", "县区留用的环境容量指标", "quotas"),
    "pool_rule": of_region(
        "fix", 0.0, "0 key projects, 1 score, 2 output per mu, 3 equal, 4 random", "who gets the city's pool", "统筹分配规则", "市级统筹指标分给谁", "quotas"
    ),
    "unused_quota": of_region(
        "fix", 0.0, "0 lapses, 1 to the pool, 2 carried over", "what becomes of quota not used in its year", "未用指标", "当年未用的指标如何处理", "quotas"
    ),
}
