"""Terms of the yearly evaluation: its weights, what hangs on it, awards, and expansion as a reward."""

from __future__ import annotations

from zonesim.terms.term import INF, YEARS, Term, by_zone, of_region
from zonesim.world.criteria import CRITERIA

UNSET = -1.0
"""Weight of a criterion that no instrument sets: the usual evaluation holds."""

TERMS: dict[str, Term] = {
    **{
        f"weight_{one.id}": by_zone(
            "fix",
            UNSET,
            "weight; -1 not set",
            f"weight in the evaluation: {one.doc}",
            f"考核权重：{one.zh}",
            f"考核中的权重：{one.doc_zh}",
            "evaluation, zone_effort",
        )
        for one in CRITERIA.values()
    },
    "weight_revision": of_region("turn_on", 0.0, "", "weights are revised every year", "指标动态修订", "考核权重每年修订", "evaluation, zone_effort"),
    "cadre_link": by_zone(
        "raise_to", 0.0, "index 0 to 1", "how far the evaluation decides careers", "考核与任用挂钩", "考核结果对干部任用的影响程度", "zone_effort"
    ),
    "duty_report": by_zone("turn_on", 0.0, "", "the zone's head reports on duty every year", "年度述职", "开发区主要负责人每年述职", "zone_effort"),
    "health_check": by_zone("turn_on", 0.0, "", "departments look for weak points every year", "年度体检", "各部门每年查找薄弱环节", "zone_effort"),
    "award": of_region(
        "raise_to", 0.0, "10k CNY/yr per zone", "award to each zone within the line", "考核奖励", "达到名次线的开发区各得的奖励", "zone_effort, awards"
    ),
    "award_province_rank": of_region(
        "raise_to", 0.0, "rank", "last rank in the province that wins", "省内名次线", "可获奖励的全省最后名次", "zone_effort, awards"
    ),
    "award_city_rank": of_region("raise_to", 0.0, "rank", "last rank in the city that wins", "市内名次线", "可获奖励的全市最后名次", "zone_effort, awards"),
    "award_growth": of_region("turn_on", 0.0, "", "fast growth wins as well", "按发展速度奖励", "增速快的开发区同样获奖", "zone_effort, awards"),
    "award_for_each": of_region(
        "turn_on", 0.0, "", "one award for each line passed, not one for each zone", "分别奖励", "每达到一条线各奖励一次，而不是每个开发区只奖一次", "awards"
    ),
    "zone_fund": of_region(
        "raise_to",
        0.0,
        "10k CNY/yr",
        "the city's fund for zones within the line",
        "开发区建设专项资金",
        "市级对达到名次线的开发区安排的专项资金",
        "zone_effort, awards",
    ),
    "laggard_notice": of_region(
        "turn_on", 0.0, "", "the last zones of the year are named in public", "落后通报", "年度考核末位的开发区公开通报", "zone_effort"
    ),
    "expansion_line": by_zone(
        "lower_to",
        INF,
        "points",
        "score in the province's evaluation that counts towards expansion",
        "扩区升级分数线",
        "全省考核中可计入扩区条件的分数",
        "zone_effort, expansion",
    ),
    "expansion_years": by_zone("raise_to", 1.0, YEARS, "consecutive years at the line", "连续达标年数", "须连续达标的年数", "expansion"),
    "expansion_area": by_zone("turn_on", 0.0, "", "the reward is more planned area", "奖励扩区", "达标后奖励规划面积", "expansion"),
    "expansion_level": by_zone("turn_on", 0.0, "", "the reward is a higher level", "奖励升级", "达标后奖励升级", "expansion"),
    "growth_premium": by_zone(
        "raise_to", 0.0, "percentage points/yr", "growth demanded above the city's", "高于全市增速目标", "要求高于全市的增速", "zone_effort"
    ),
}
