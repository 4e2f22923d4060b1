"""Terms of public finance: works of committees, debts, partners, funds, and who runs them."""

from __future__ import annotations

from zonesim.terms.term import INF, SHARE, Term, by_place, by_site, by_zone, of_region

YEARLY = "10k CNY/yr"
TERMS: dict[str, Term] = {
    "works_programme": by_zone(
        "raise_to",
        0.0,
        YEARLY,
        "infrastructure that the committee means to build, on credit where its money ends",
        "基建计划",
        "管委会计划建设的基础设施，资金不足部分靠举债",
        "books",
    ),
    "functional_share": by_zone(
        "fix",
        -1.0,
        SHARE,
        "industrial functions in the committee's works; -1 is the usual mix",
        "功能类占比",
        "管委会基建中生产功能类所占比例；-1表示按通常构成",
        "books",
    ),
    "factory_supply": by_zone(
        "raise_to",
        0.0,
        "m2/yr",
        "standard factory floor that the platform company builds ahead of demand",
        "厂房供给",
        "平台公司超前建设的标准厂房面积",
        "books",
    ),
    "factory_buyback": by_zone(
        "turn_on",
        0.0,
        "",
        "the platform company buys factories of indebted enterprises and lets them",
        "厂房回购",
        "平台公司回购负债企业的厂房并出租",
        "buyback",
    ),
    "ppp_share": by_zone(
        "raise_to",
        0.0,
        SHARE,
        "works that a private partner pays first and the committee pays off",
        "社会资本占比",
        "由社会资本先行出资、管委会分期偿付的基建比例",
        "books",
    ),
    "special_bond": by_zone("add", 0.0, YEARLY, "quota of special bonds lent on by the province", "专项债额度", "省级转贷的专项债券额度", "books"),
    "policy_loan": by_zone("add", 0.0, YEARLY, "loans of policy banks for works", "政策性贷款", "政策性银行发放的基建贷款", "books"),
    "debt_ratio_cap": by_zone(
        "lower_to", INF, "years of revenue", "largest debt of committee and platform company", "债务率上限", "管委会和平台公司债务的上限", "books"
    ),
    "interest_subsidy": by_zone(
        "raise_to", 0.0, "share of interest", "interest on public debt that the centre pays", "贴息率", "公共债务利息中由中央承担的部分", "books"
    ),
    "county_transfer": by_zone("raise_to", 0.0, YEARLY, "money that the county guarantees its committee", "县级保障资金", "县级保障其管委会的资金", "books"),
    "higher_grant": by_zone("add", 0.0, YEARLY, "grants of centre and province to the committee", "上级补助", "中央和省级拨给管委会的补助", "books"),
    "special_fund_tilt": by_place(
        "fix",
        -1.0,
        SHARE,
        "works of city and counties that special funds pay, of which the places with a tilt share this part; -1 is none",
        "专项资金倾斜",
        "市县专项资金所支付的基建中，由受倾斜地点共享的份额；-1表示不受倾斜",
        "books",
    ),
    "company_model": by_zone(
        "turn_on",
        0.0,
        "",
        "a company builds, prepares land and promotes for the committee",
        "管委会加公司",
        "由公司代管委会建设、整理土地和招商",
        "books, arrivals",
    ),
    "platform_merged": by_zone("turn_on", 0.0, "", "platform companies pool their balance sheets", "平台整合", "各平台公司合并资产负债", "books"),
    "operator": by_zone(
        "turn_on", 0.0, "", "a professional operator runs the factories for a share of the rent", "专业运营", "由专业运营商经营厂房，收取部分租金", "books"
    ),
    "market_team": by_zone("turn_on", 0.0, "", "promotion by a team that is paid by result", "市场化招商", "招商由按业绩取酬的团队承担", "arrivals, books"),
    "loan_linkage": by_site(
        "turn_on",
        0.0,
        "",
        "banks lend to small enterprises along with investors and guarantors",
        "投贷联动",
        "银行与投资人、担保机构联合向中小企业放贷",
        "investment",
    ),
    "fund_size": of_region("raise_to", 0.0, "10k CNY", "capital of the industry fund", "产业基金规模", "产业基金的资本规模", "equity"),
    "fund_target": by_site("turn_on", 0.0, "", "the industry fund invests here", "基金投向", "产业基金投向此类企业", "equity"),
    "state_equity": by_site(
        "raise_to",
        0.0,
        "share of project equity",
        "equity of key projects taken by the city's investment group",
        "国资参股",
        "市属投资集团在重点项目中持有的股权",
        "equity",
    ),
    "upgrade_fund": of_region(
        "raise_to", 0.0, YEARLY, "national and provincial funds for technical upgrade", "产业专项资金", "国家和省级技术改造专项资金", "equity"
    ),
    "upgrade_target": by_site("turn_on", 0.0, "", "enterprises here may get upgrade funds", "专项资金对象", "此类企业可以申请技术改造资金", "equity"),
    "policy_extended": by_zone(
        "turn_on",
        0.0,
        "",
        "parks under the committee of another enjoy its policies and offers",
        "政策延伸",
        "托管园区享受主体开发区的政策和优惠",
        "zone_offers, location",
    ),
}
