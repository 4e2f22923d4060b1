"""Reward zones that rank high or grow fast, and name the last (奖优罚劣)."""

from __future__ import annotations

import numpy as np

from zonesim.policies.instrument import Face, Instrument, lever, option
from zonesim.terms import Terms


class Awards(
    Instrument,
    name="awards",
    zh="考核奖惩",
    en="Awards and penalties of evaluation",
    edits="award award_province_rank award_city_rank award_growth award_for_each zone_fund laggard_notice",
    places="all",
    pays="award:award zone_fund:zone_fund",
):
    """Reward zones that rank high or grow fast, and name the last (奖优罚劣).

    After the yearly ranking the city pays an award to each zone within the line of the province or of the city (and, with the growth criterion, to the
    fastest), and splits its fund among them for works. What the city does not have is not paid. Zones near a line work for it; those near the end work to escape the notice.
    """

    award_amount = lever(
        "number",
        100.0,
        unit="10^4 yuan per winning zone per year",
        zh="考核奖励金额",
        en="Rank award",
        clauses="002§3.2e; 003§17c",
        group="evaluation",
        tier=1,
        low=0,
        high=1000,
        claims=(("award_received", "+"), ("evaluation_score", "+")),
        given=True,
        null=0.0,
    )
    award_rank_threshold_province = lever(
        "integer",
        10,
        unit="rank",
        zh="省内名次线",
        en="Provincial rank cut-off",
        clauses="000§13c; 002§3.2e",
        group="evaluation",
        tier=1,
        low=1,
        high=30,
        claims=(("award_received", "+"),),
        given=True,
    )
    award_rank_threshold_city = lever(
        "integer",
        2,
        unit="rank",
        zh="市内名次线",
        en="City rank cut-off",
        clauses="002§3.2e",
        group="evaluation",
        tier=1,
        low=1,
        high=7,
        claims=(("award_received", "+"),),
        given=True,
    )
    award_growth_criterion = lever(
        "switch",
        True,
        unit="",
        zh="发展速度较快",
        en="Growth-based award criterion",
        clauses="000§13c",
        group="evaluation",
        tier=2,
        claims=(("award_received", "+"),),
        given=True,
        null=False,
    )
    zone_special_fund_amount = lever(
        "number",
        2000.0,
        unit="10^4 yuan/year",
        zh="开发区建设专项资金规模",
        en="City special fund for rewarding zones",
        clauses="000§13c",
        group="evaluation",
        tier=1,
        low=0,
        high=20000,
        claims=(("award_received", "+"), ("infra_stock", "+"), ("evaluation_score", "+")),
        null=0.0,
    )
    laggard_notice_enabled = lever(
        "switch",
        True,
        unit="",
        zh="落后通报",
        en="Public notice of laggards",
        clauses="003§17c",
        group="evaluation",
        tier=2,
        claims=(("evaluation_score", "+"),),
        given=True,
        null=False,
    )
    award_reading = option(
        "choice", "for_each_zone", allowed="for_each_zone for_each_line", zh="奖励口径", en="One award for each zone, or for each line it passed"
    )

    def change_terms(self, terms: Terms, face: Face) -> None:
        """Set the prizes and the lines."""
        if np.max(face["award_amount"]) > 0 or np.max(face["zone_special_fund_amount"]) > 0:
            terms.raise_to("award", True, np.max(face["award_amount"]))
            terms.raise_to("zone_fund", True, np.max(face["zone_special_fund_amount"]))
            terms.raise_to("award_province_rank", True, np.max(face["award_rank_threshold_province"]))
            terms.raise_to("award_city_rank", True, np.max(face["award_rank_threshold_city"]))
            if face["award_growth_criterion"]:
                terms.turn_on("award_growth", True)
            if face["award_reading"] == "for_each_line":
                terms.turn_on("award_for_each", True)
        if face["laggard_notice_enabled"]:
            terms.turn_on("laggard_notice", True)
