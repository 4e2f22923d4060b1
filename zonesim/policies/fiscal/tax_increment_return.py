"""Return to a zone part of the yearly increment of taxes (三税增量返还)."""

from __future__ import annotations

import numpy as np

from zonesim.policies.instrument import Face, Instrument, lever, option
from zonesim.terms import Terms


class TaxIncrementReturn(
    Instrument,
    name="tax_increment_return",
    zh="三税增量返还",
    en="Return of the increment of three taxes",
    edits="increment_return increment_fixed_base increment_vat increment_business_tax increment_cit increment_gross increment_clawback increment_reform_rule",
    pays="tax_return:increment_return",
):
    """Return to a zone part of the yearly increment of taxes (三税增量返还).

    At the close of a year of the window the city pays the committee share x max(0, T_y - T_base); T is the city part (or
    all) of the taxes in the set, T_base last year's (rolling) or the year's before the window (fixed). How the end of
    business tax in May 2016 is read is an option: as collected, business tax stops counting, or like for like (the base is
    recomputed with this year's sharing, business tax counted as VAT).
    """

    tax_increment_return_share = lever(
        "number",
        0.7,
        unit="share of the yearly increment of the city-level part of three taxes",
        zh="三税增量返还比例",
        en="Tax-increment sharing (tax rebate to zone)",
        clauses="004§3.10.5",
        group="fiscal",
        tier=1,
        low=0,
        high=1,
        claims=(("infra_stock", "+"), ("fixed_asset_investment", "+"), ("gdp", "+")),
        given=True,
        null=0.0,
    )
    tax_increment_window = lever(
        "years",
        [2015, 2017],
        unit="calendar years",
        zh="返还起止年",
        en="Validity window of the sharing rule",
        clauses="004§3.10.5",
        group="fiscal",
        tier=1,
        low=2013,
        high=2030,  # the catalogue: starts from 2013 to 2020, at most ten years
        claims=(("tax_returned", "+"),),
        given=True,
    )
    tax_increment_base_rule = lever(
        "choice",
        "rolling",
        unit="rolling previous year / fixed base year",
        zh="基数规则（上年/固定基期）",
        en="Base rule for the increment",
        clauses="004§3.10.5",
        group="fiscal",
        tier=1,
        allowed="rolling fixed",
        given=True,
    )
    tax_increment_tax_set = lever(
        "set",
        ["vat", "business_tax", "cit"],
        unit="subset of {VAT 增值税, business tax 营业税, CIT 企业所得税}",
        zh="税种集合",
        en="Set of shared taxes",
        clauses="004§3.10.5",
        group="fiscal",
        tier=1,
        allowed="vat business_tax cit",
        claims=(("tax_returned", "+"),),
        given=True,
        null=[],
    )
    increment_part = option("choice", "city", allowed="city gross", zh="增量口径", en="Part of the taxes in the increment")
    negative_increment = option("choice", "floor", allowed="floor clawback", zh="负增量", en="What a fall of the taxes does")
    business_tax_reform = option(
        "choice",
        "as_collected",
        allowed="as_collected stop like_for_like",
        zh="营改增口径",
        en="Reading of the end of business tax",
    )

    def change_terms(self, terms: Terms, face: Face) -> None:
        """Set the contract between city and committee for the years of the window."""
        first, last = face["tax_increment_window"]
        if not first <= face.year <= last:
            return
        taxes, share = face["tax_increment_tax_set"], face.by_zone("tax_increment_return_share")
        if not taxes or not np.any(share):
            return  # nothing is returned, whatever the rules
        for tax in ("vat", "business_tax", "cit"):
            if tax in taxes:
                terms.turn_on(f"increment_{tax}", face.zones)
        terms.fix("increment_return", face.zones, share)
        if face["tax_increment_base_rule"] == "fixed":
            terms.turn_on("increment_fixed_base", face.zones)
        if face["increment_part"] == "gross":
            terms.turn_on("increment_gross", face.zones)
        if face["negative_increment"] == "clawback":
            terms.turn_on("increment_clawback", face.zones)
        rule = ("as_collected", "stop", "like_for_like").index(face["business_tax_reform"])
        terms.fix("increment_reform_rule", face.zones, float(rule))

    def phase(self, quarter: int) -> int:
        """Tell before, inside and after the window apart."""
        first, last = self.settings["tax_increment_window"].at(quarter)
        return int(first <= quarter // 4 <= last)
