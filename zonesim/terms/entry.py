"""Terms of entry and of relocation: gates, lists, orders to move."""

from __future__ import annotations

from zonesim.terms.term import INF, YEARS, Term, by_place, by_site

TERMS: dict[str, Term] = {
    "closed_share": by_site(
        "raise_to",
        0.0,
        "share of new projects",
        "new projects of the industry that may not settle here",
        "禁止落户比例",
        "该行业不得在此落户的新项目比例",
        "location",
    ),
    "priority_share": by_site(
        "raise_to",
        0.0,
        "share of major projects",
        "fitting major projects that are directed here",
        "重大项目优先比例",
        "符合条件并引导到此落户的重大项目比例",
        "location",
    ),
    "gate": by_site("turn_on", 0.0, "", "projects are scored before entry", "准入评审", "项目落地前须经评分评审", "admission"),
    "pass_score": by_site("raise_to", 0.0, "points", "least score at the gate", "准入评分线", "准入评审的最低得分", "admission"),
    "max_emission": by_site("lower_to", INF, "sector mean", "largest emission intensity at entry", "环境准入", "准入时允许的最高排放强度", "admission"),
    "barred": by_site("turn_on", 0.0, "", "the industry gets no land (negative list)", "负面清单", "列入负面清单的行业不予供地", "admission, location"),
    "safety_veto": by_site("turn_on", 0.0, "", "unsafe projects are refused", "安全一票否决", "安全不达标的项目不予准入", "admission"),
    "planning_eia": by_site(
        "turn_on",
        0.0,
        "",
        "planning environmental assessment comes before plan and expansion",
        "规划环评",
        "编制规划和扩区前须先开展规划环境影响评价",
        "admission, budgets",
    ),
    "relocation_order_rate": by_site(
        "raise_to",
        0.0,
        "share/yr",
        "eligible enterprises ordered to move into a zone each year",
        "年搬迁比例",
        "每年被要求迁入开发区的企业占应迁企业的比例",
        "relocation",
    ),
    "relocation_subsidy": by_site(
        "add", 0.0, "share of moving cost", "subsidy for moving into a zone", "搬迁补助", "对迁入开发区所需费用的补助", "location, relocation"
    ),
    "polluter_priority": by_site("turn_on", 0.0, "", "orders to move come here first", "排污企业优先", "排污企业优先列入搬迁", "relocation"),
    "exit_after_years": by_place(
        "lower_to", INF, YEARS, "yearly reviews failed in a row after which an enterprise must leave", "退出年限", "连续多少年年度评价不合格须退出", "exit_rule"
    ),
    "followup_every": by_place(
        "lower_to",
        INF,
        YEARS,
        "years between follow-up environmental assessments",
        "跟踪评价周期",
        "相邻两次环境影响跟踪评价相隔的年数",
        "followup, assessments",
    ),
    "followup_from": by_place(
        "raise_to", 0.0, "year", "year from which follow-up assessments are counted", "跟踪评价起始年", "跟踪评价周期的起算年份", "followup, assessments"
    ),
    "relocation_deadline_years": by_site(
        "lower_to", 5.0, YEARS, "years to comply with an order to move", "搬迁期限", "接到搬迁要求后须完成的年数", "relocation"
    ),
}
