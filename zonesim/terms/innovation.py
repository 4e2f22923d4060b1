"""Terms of incubation, research centres, the cultivation of enterprises, and talent."""

from __future__ import annotations

from zonesim.terms.term import Term, by_place, by_zone

TERMS: dict[str, Term] = {
    "incubator_places": by_zone(
        "raise_to", 0.0, "places", "places that the committee's incubators should have", "孵化器工位", "管委会孵化器应有的工位数", "incubation, arrivals"
    ),
    "venture_fund": by_zone(
        "add", 0.0, "10k CNY", "public money in a venture guidance fund", "创业投资引导基金", "创业投资引导基金中的财政资金", "incubation, arrivals"
    ),
    "centre_support": by_place(
        "add", 0.0, "10k CNY per centre", "public money for building a research centre", "研发平台支持", "用于建设研发平台的财政资金", "cultivation"
    ),
    "centre_award": by_place(
        "add",
        0.0,
        "10k CNY",
        "award for a recognised centre of the nation; the province's is half, the city's 0.15 of it",
        "技术中心奖励",
        "国家级技术中心认定后的奖励；省级为一半，市级为其0.15",
        "cultivation",
    ),
    "cultivation": by_place(
        "add",
        0.0,
        "probability/yr",
        "added chance of an eligible enterprise to rise a grade",
        "梯度培育",
        "符合条件的企业晋升一个梯度的概率增量",
        "cultivation",
    ),
    "talent_attraction": by_place(
        "add", 0.0, "per 1 000 persons a year", "high-skill workers that come for a subsidy", "人才引进", "因补助引进的高层次人才", "talent"
    ),
}
