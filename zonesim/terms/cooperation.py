"""Terms between places: enclaves, integration, joint promotion, partner regions."""

from __future__ import annotations

from zonesim.terms.term import YEARS, Term, by_place, by_zone, of_region

TERMS: dict[str, Term] = {
    "enclave": by_place("turn_on", 0.0, "", "takes part in enclave sharing", "飞地", "参与飞地分享", "location, sharing"),
    "enclave_tax_share": by_place(
        "fix",
        0.0,
        "share of local tax",
        "tax of a shared project that goes to its provider",
        "税收分享",
        "分享项目的税收中归项目提供方的部分",
        "location, sharing",
    ),
    "enclave_indicator_share": by_place(
        "fix",
        0.0,
        "share of indicators",
        "indicators of a shared project counted for its provider",
        "指标分享",
        "分享项目的统计指标中计入提供方的部分",
        "location, indicators",
    ),
    "enclave_years": by_place("fix", 5.0, YEARS, "years of sharing", "分享年限", "分享年限", "location, sharing"),
    "enclave_cost_share": by_place(
        "fix", 0.0, "share of site cost", "site cost paid by the provider", "成本分担", "用地成本中由提供方承担的部分", "location, sharing"
    ),
    "integrated": by_zone("turn_on", 0.0, "", "the committee is run by its parent", "园区整合", "管委会由上级管委会统一管理", "integration"),
    "territorial_statistics": of_region(
        "turn_on",
        0.0,
        "",
        "indicators of a shared project count where it stands, whatever was agreed",
        "在地统计",
        "不论如何约定，分享项目的指标一律计入所在地",
        "sharing, location",
    ),
    "area_grows": by_zone("turn_on", 0.0, "", "the planned area of a park grows when it is integrated", "整合扩区", "整合时园区规划面积扩大", "integration"),
    "income_share": by_place(
        "fix",
        -1.0,
        "share of the committee's part of tax",
        "part that the committee gets of an integrated park's tax, the park's county the rest; below 0 all, by order",
        "整合收益分配",
        "被整合园区税收中归管委会的部分，其余归园区所在县区；负值表示按指令全部归管委会",
        "integration, sharing",
    ),
    "unified_operation": by_zone(
        "turn_on",
        0.0,
        "",
        "the parks of one family promote and make offers together",
        "统一运营",
        "同一体系内的园区统一招商、统一出价",
        "location, zone_offers",
    ),
    "entrusted_uncounted": by_place(
        "turn_on", 0.0, "", "integrated parks are left out of the evaluation", "托管园区不纳入考核", "托管园区不纳入考核", "evaluation, sharing"
    ),
    "cooperation_park": by_zone(
        "turn_on", 0.0, "", "has a park built with partner regions or foreign investors", "合作共建园", "设有与合作地区或外商共建的园区", "arrivals"
    ),
    "information": of_region(
        "turn_on", 0.0, "", "parks share what they know of projects and sites", "信息共享", "各园区共享项目和地块信息", "arrivals, location"
    ),
    "circulation": of_region("turn_on", 0.0, "", "projects are passed on between zones", "项目流转", "项目可在开发区之间流转", "location"),
    "joint_promotion": of_region("turn_on", 0.0, "", "zones promote together", "联动招商", "各开发区联合招商", "arrivals, zone_offers"),
    "pairs": of_region("raise_to", 0.0, "pairs", "signed pairs with partner zones", "结对数", "与合作开发区签约结对的数目", "arrivals"),
    "transfer_inflow": of_region(
        "raise_to",
        0.0,
        "enterprises/yr",
        "enterprises of partner regions that look for a site here",
        "承接转移流量",
        "每年到本地寻找落点的合作地区企业数",
        "arrivals",
    ),
}
