"""Terms of the time to approve: reviews, and what is left of each stage of the procedure."""

from __future__ import annotations

from zonesim.terms.term import DAYS, INF, SHARE, YEARS, Term, by_place, by_site, of_region

READ = "approval, location, arrivals, admission"


def _share(doc: str, zh: str, doc_zh: str, read_by: str = READ) -> Term:
    return by_site("raise_to", 0.0, SHARE, doc, zh, doc_zh, read_by)


def _switch(doc: str, zh: str, doc_zh: str, read_by: str = READ) -> Term:
    return by_site("turn_on", 0.0, "", doc, zh, doc_zh, read_by)


TERMS: dict[str, Term] = {
    "review_days": by_site("add", 0.0, DAYS, "days of the entry review", "准入评审天数", "准入评审所需天数", "admission, location"),
    "land_review_days": by_site(
        "add", 0.0, DAYS, "days of city review for projects that need land", "供地项目市级研究天数", "需要供地的项目由市级研究所需天数", "admission, location"
    ),
    "filing_days": by_site(
        "add",
        0.0,
        DAYS,
        "days of filing for projects without land at or above the threshold",
        "备案天数",
        "达到门槛的不供地项目备案所需天数",
        "admission, location",
    ),
    "filing_threshold": by_site(
        "lower_to",
        INF,
        "10k CNY",
        "least investment of a project without land that must be filed",
        "备案门槛",
        "不供地项目须备案的最低投资额",
        "admission, location",
    ),
    "delegated_county": _share("stages of county desks that the committee decides", "县级事项下放比例", "县级办理环节中由管委会决定的比例"),
    "delegated_city": _share("stages of city desks that the committee decides", "市级事项下放比例", "市级办理环节中由管委会决定的比例"),
    "delegated_province": _share("stages of provincial desks that the committee decides", "省级事项下放比例", "省级办理环节中由管委会决定的比例"),
    "pre_review_removed": _share("pre-reviews of files on their way up that are abolished", "取消预审比例", "上报途中取消的逐级预审比例"),
    "land_pre_review_removed": _share("land pre-review that is abolished", "取消用地预审比例", "取消的用地预审比例"),
    "direct_submission": _switch("the committee submits straight to the body that decides", "直接转报", "管委会直接报送有权决定的机关"),
    "bundled_items": _switch("the zone applies once for the public items of all projects", "整体申报", "各项目的公共事项由开发区统一申报一次"),
    "online_share": _share("projects handled online", "网办比例", "网上办理的项目比例"),
    "one_stop": _switch("one counter takes and passes on all papers", "一站式", "全部材料由一个窗口受理、转办"),
    "registration_merged": _switch("licence, tax and organisation code are one certificate", "三证合一", "营业执照、税务登记证和组织机构代码证合为一证"),
    "commitment": _switch(
        "projects build on a commitment and are verified afterwards", "承诺制", "项目凭承诺先行开工，建成后验收", "approval, entry, construction"
    ),
    "commitment_penalty": by_site("raise_to", 0.0, "share of investment", "penalty for a broken commitment", "违诺惩戒", "违反承诺的惩戒", "entry"),
    "regional_assessment": _switch("the zone's assessments serve all projects", "区域评估", "开发区统一开展的评估供全部项目共用", READ + ", assessments"),
    "assessment_validity": by_place(
        "fix", 5.0, YEARS, "years for which regional assessments are valid", "区域评估有效期", "区域评估成果的有效年数", "assessments"
    ),
    "assessment_fee": by_place(
        "fix", 0.0, "share of own cost", "what a project pays for shared assessments", "共享评估收费", "项目使用共享评估成果所付费用", "approval, entry"
    ),
    "eia_filing": _switch("the environmental assessment is filed, not approved", "环评备案", "环境影响评价由审批改为备案", READ + ", entry"),
    "merged_assessment": _switch("four assessments of a key project are one", "多评合一", "重点项目的四项评估合并为一项"),
    "early_intervention": _switch("departments work on a major project beside its land procedure", "提前介入", "各部门在重大项目办理用地手续期间提前介入"),
    "steward": _switch("the committee does the papers for the project", "代办帮办", "管委会为项目代办手续"),
    "one_plan": _switch("all plans are one", "多规合一", "各类规划合为一个"),
    "plan_levels": by_place("fix", 2.0, "levels", "levels that approve a plan", "规划审批层级", "规划须经审批的层级数", READ),
    "package_closed": of_region("turn_on", 0.0, "", "the years of the package are over", "政策已到期", "政策有效期已满", "package"),
    "land_fast_track": _share("days of land approval removed", "用地报批提速", "用地报批缩短的天数比例"),
}
