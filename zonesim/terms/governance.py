"""Terms of a committee: its form, staff, leader, pay, and how its problems are solved."""

from __future__ import annotations

from zonesim.terms.term import SHARE, YEARS, Term, by_place, by_zone

TERMS: dict[str, Term] = {
    "staff_factor": by_zone("scale", 1.0, "factor", "staff relative to its opening staff", "人员编制系数", "人员数与期初之比", "zone_effort, arrivals, books"),
    "staff_cost_factor": by_zone("scale", 1.0, "factor", "cost of a member of staff relative to the usual", "人均经费系数", "人均经费与通常水平之比", "books"),
    "social_duty_factor": by_zone(
        "scale",
        1.0,
        "factor",
        "time spent on social affairs relative to a dispatched agency",
        "社会事务负担系数",
        "用于社会事务的时间与派出机构相比的倍数",
        "zone_effort, books",
    ),
    "reach_factor": by_zone(
        "scale", 1.0, "factor", "projects found for the same promotion effort", "市场化招商系数", "同样招商投入所寻得的项目数之比", "arrivals"
    ),
    "days_factor": by_place(
        "scale",
        1.0,
        "factor",
        "days of all stages of approval relative to the usual form and coordination",
        "审批用时系数",
        "各审批环节用时与通常体制和协调水平之比",
        "approval, location",
    ),
    "account_keeper": by_zone("fix", 0.0, "0 committee, 1 county, 2 platform company", "who pays the staff", "账户归属", "人员经费由谁支付", "books"),
    "coordination": by_zone(
        "raise_to",
        0.0,
        "index 0 to 1",
        "joint meetings of the departments relative to the most",
        "协调强度",
        "部门联席会议的频度，以最高频度为1",
        "zone_effort, indicators",
    ),
    "problem_leader": by_zone("turn_on", 0.0, "", "a named leader is responsible for each problem", "领导包抓", "每个问题由指定的领导负责解决", "zone_effort"),
    "dedicated_leader": by_zone("turn_on", 0.0, "", "the zone has a full-time head", "专职主官", "开发区设专职主要负责人", "zone_effort"),
    "leader_tenure_floor": by_zone("raise_to", 0.0, YEARS, "least tenure of the zone's head", "任职年限下限", "开发区主要负责人的最短任期", "zone_effort"),
    "performance_pay": by_zone(
        "raise_to", 0.0, "share of pay", "pay that depends on the evaluation", "绩效薪酬占比", "薪酬中取决于考核结果的部分", "zone_effort, books"
    ),
    "result_pay": by_zone("raise_to", 0.0, "share of the bonus", "bonus tied to projects found", "招商成果挂钩", "奖金中与引进项目挂钩的部分", "zone_effort"),
    "promotion_staff": by_zone(
        "raise_to", 0.0, "share of staff", "least part of effort on promotion", "招商人员占比", "用于招商的精力所占的最低比例", "zone_effort"
    ),
    "cadre_exchange": by_zone(
        "raise_to", 0.0, "share of staff/yr", "staff exchanged with other bodies", "干部交流", "每年与其他单位交流任职的人员比例", "zone_effort"
    ),
    "social_stripped": by_zone(
        "raise_to", 0.0, SHARE, "social affairs handed over to the county", "社会事务剥离", "移交县区的社会事务比例", "zone_effort, books"
    ),
    "works_review": by_zone("turn_on", 0.0, "", "the city approves the yearly list of works", "基建计划市级审定", "年度基建计划须经市级审定", "books"),
    "finder_reward": by_zone(
        "raise_to", 0.0, "share of landed investment", "paid to those who bring a project", "引资奖励率", "付给引进项目者的奖励", "arrivals, books"
    ),
}
