"""Terms of promotion and of industry: what committees and the city promote, with what money, by which channels, and what they offer."""

from __future__ import annotations

from zonesim.terms.term import INF, SHARE, Term, by_place, by_site, by_zone, of_region

CHANNELS = ("chain", "big_data", "fund", "purchased", "incumbents")  #: of promotion, besides the committee's own team

TERMS: dict[str, Term] = {
    "leading_count": by_zone(
        "lower_to",
        INF,
        "industries",
        "leading industries on which promotion and support concentrate",
        "主导产业数",
        "招商和扶持所集中的主导产业数",
        "promotion",
    ),
    "leading_by_plan": by_site(
        "turn_on", 0.0, "", "the plan makes the industry a leading one of the place", "主导产业布局", "规划将该行业定为本地主导产业", "promotion"
    ),
    "differentiation": by_zone(
        "raise_to", 0.0, SHARE, "how far the zone keeps off what other zones do better", "错位发展力度", "避开其他开发区更具优势产业的程度", "promotion"
    ),
    "key_support": by_place(
        "raise_to",
        0.0,
        "share of city support to zones",
        "least part of the city's spending on zones that goes to the key ones",
        "重点支持份额",
        "市级对开发区支出中投向重点开发区的最低比例",
        "budgets",
    ),
    "promotion_money": by_zone("add", 0.0, "10k CNY/yr", "promotion budget of the committee", "招商经费", "管委会招商经费", "promotion"),
    **{
        f"channel_{name}": by_zone(
            "fix",
            0.0,
            "share of promotion",
            f"promotion through the channel {name}; the rest is the committee's own team",
            zh,
            f"经{zh}渠道开展的招商；其余由管委会自有队伍承担",
            "promotion",
        )
        for name, zh in zip(CHANNELS, ("产业链招商", "大数据招商", "基金招商", "购买服务招商", "以商招商"), strict=True)
    },
    "chain_count": of_region("lower_to", INF, "chains", "industry chains that the city promotes", "市级产业链数", "全市重点招商的产业链数", "promotion"),
    "bespoke_from": by_site(
        "lower_to",
        INF,
        "10k CNY",
        "least investment of a project that gets terms of its own",
        "一事一议门槛",
        "可享受“一事一议”的最低投资额",
        "location, admission",
    ),
    "bespoke_limit": by_site(
        "raise_to",
        0.0,
        "share of investment",
        "largest grant that a project may be given by terms of its own",
        "一事一议优惠上限",
        "“一事一议”可给予单个项目的最高补助",
        "location, admission",
    ),
    "embedding": by_place(
        "raise_to", 0.0, "probability", "added probability that an input is bought from a supplier nearby", "供应链嵌入", "向就近供应商采购的概率增量", "supply"
    ),
}
