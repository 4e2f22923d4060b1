"""Terms of taxes, refunds, subsidies and the sharing of money between governments."""

from __future__ import annotations

from zonesim.terms.term import SHARE, Term, by_place, by_site, by_zone

TERMS: dict[str, Term] = {
    "vat_rate": by_site("fix", 0.0, "share of value added", "effective VAT rate", "增值税率", "增值税实际税负，占增加值的比例", "taxes, location"),
    "business_tax_rate": by_site("fix", 0.0, "share of output", "business tax rate", "营业税率", "营业税税率", "taxes, location"),
    "cit_rate": by_site("fix", 0.25, "share of profit", "corporate income tax rate", "企业所得税率", "企业所得税法定税率", "taxes, location"),
    "cit_rate_high_tech": by_site(
        "fix", 0.15, "share of profit", "CIT rate of a high-tech enterprise", "高新企业所得税率", "高新技术企业适用的企业所得税税率", "taxes, location"
    ),
    "cit_rate_small": by_site(
        "fix", 0.20, "share of profit", "CIT rate of a small low-profit enterprise", "小微所得税率", "小型微利企业适用的企业所得税税率", "taxes, location"
    ),
    "surcharge_rate": by_site(
        "fix",
        0.12,
        "share of VAT and business tax",
        "urban maintenance tax and education surcharges",
        "附加税费率",
        "城市维护建设税和教育费附加",
        "taxes, location",
    ),
    "land_use_tax": by_site("fix", 0.0, "10k CNY/m2/yr", "urban land use tax", "城镇土地使用税", "城镇土地使用税年税额", "taxes, location"),
    "refund_cap": by_site(
        "lower_to",
        1.0,
        SHARE,
        "largest refund of the local tax part that may be promised to a newcomer",
        "返还上限",
        "可向新入驻企业承诺的地方留成税收返还上限",
        "zone_offers, location",
    ),
    "refund_honoured": by_site(
        "lower_to", 1.0, SHARE, "share of promised refunds that may still be paid", "返还兑现", "已承诺的返还中仍可兑付的比例", "taxes, location"
    ),
    "equipment_subsidy": by_site(
        "add", 0.0, "share of equipment investment", "subsidy on equipment", "设备补贴率", "对设备投资的补助比例", "investment, location"
    ),
    "rent_relief": by_site("add", 0.0, "share of rent", "reduction of factory rent", "厂房租金减免", "标准厂房租金的减免比例", "taxes, location"),
    "rent_relief_quarters": by_site(
        "raise_to", 0.0, "quarters", "quarters after arrival with reduced rent", "减租期", "入驻后享受租金减免的季度数", "taxes, location"
    ),
    "autonomy_retained": by_place(
        "raise_to",
        0.0,
        "share of the county's tax part",
        "tax of the place's enterprises kept by the zone's own account",
        "留成比例",
        "区内企业税收中留归开发区本级金库的比例",
        "sharing",
    ),
    "increment_return": by_zone(
        "fix",
        0.0,
        "share of the increment",
        "part of the yearly tax increment returned by the city",
        "增量返还比例",
        "年度税收增量中由市级返还开发区的比例",
        "tax_return",
    ),
    "increment_fixed_base": by_zone(
        "turn_on",
        0.0,
        "",
        "the increment is over a fixed base year, not over the last year",
        "固定基期",
        "增量以固定年份为基数，而不是以上年为基数",
        "tax_return",
    ),
    "increment_vat": by_zone("turn_on", 0.0, "", "VAT is in the set of shared taxes", "含增值税", "共享税种包括增值税", "tax_return"),
    "increment_business_tax": by_zone("turn_on", 0.0, "", "business tax is in the set of shared taxes", "含营业税", "共享税种包括营业税", "tax_return"),
    "increment_cit": by_zone("turn_on", 0.0, "", "CIT is in the set of shared taxes", "含企业所得税", "共享税种包括企业所得税", "tax_return"),
    "increment_gross": by_zone(
        "turn_on", 0.0, "", "the increment is of all tax paid, not of the city part", "按全口径", "增量按全部已缴税收计算，而不是只按市级部分", "tax_return"
    ),
    "increment_clawback": by_zone("turn_on", 0.0, "", "a negative increment is taken back", "负增量扣回", "增量为负时予以扣回", "tax_return"),
    "increment_reform_rule": by_zone(
        "fix",
        0.0,
        "0 as collected, 1 stop, 2 like for like",
        "how the end of business tax in 2016 is treated",
        "营改增口径",
        "2016年营业税停征后增量的计算办法",
        "tax_return",
    ),
}
