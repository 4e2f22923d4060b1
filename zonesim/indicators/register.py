"""The register of indicators: what each is called, its unit, and the function of measures that it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from zonesim.columns import Floats
from zonesim.indicators.measures import Measures

LEVELS = ("park", "outside", "zone", "county", "city")
BELOW_CITY = LEVELS[:-1]  #: of what is measured against the city, so that the city's own value is a constant
OUT_OF_ZONES = ("outside", "county", "city")
BY_ZONE = ("zone",)
GROUPS = ("zone", "county", "city")  #: of more than one place
NAMED = {"park": "a park", "outside": "a place outside zones", "zone": "a zone", "county": "a county", "city": "the region"}


@dataclass(frozen=True)
class Indicator:
    """An indicator: how it is computed and what it is called.

    Attributes:
        levels: at which it has a meaning; elsewhere it has no value, or is the same whatever happens.
    """

    id: str
    unit: str
    zh: str
    en: str
    definition: str
    definition_zh: str
    compute: Callable[[Measures], Floats]
    yearly_only: bool = False
    per_quarter: bool = True  #: its unit says "/yr" and a quarter's value is a quarter's flow
    levels: tuple[str, ...] = LEVELS
    of: tuple[str, str] | None = None  #: what it is a part, a mean or a ratio of (en, zh): without any it has no value. None for a sum, of which nothing is 0

    def complaint(self, level: str) -> str:
        """Return why it is not to be read at a level, or nothing.

        >>> DERIVED["growth_premium_over_city"].complaint("zone")
        ''
        >>> DERIVED["growth_premium_over_city"].complaint("city")
        "'growth_premium_over_city' says nothing of the region as a whole (it is measured against it, and is the same whatever happens): name a park, a zone or a county"
        >>> DERIVED["evaluation_score"].complaint("county")
        "'evaluation_score' has no meaning for a county: name a zone"
        >>> INDICATORS["out_of_zone_new_projects"].complaint("zone")
        "'out_of_zone_new_projects' has no meaning for a zone: name a county or the region"
        """
        if level in self.levels:
            return ""
        if level == "city" and self.levels == BELOW_CITY:
            said = "says nothing of the region as a whole (it is measured against it, and is the same whatever happens)"
        else:
            said = f"has no meaning for {NAMED[level]}"
        *most, last = (NAMED[one] for one in self.levels if one != "outside")
        return f"{self.id!r} {said}: name {', '.join(most)}{' or ' if most else ''}{last}"


INDICATORS: dict[str, Indicator] = {}


def indicator(
    unit: str, zh: str, en: str, definition_zh: str, *, yearly_only: bool = False, levels: tuple[str, ...] = LEVELS, of: tuple[str, str] | None = None
) -> Callable[[Callable[[Measures], Floats]], Callable[[Measures], Floats]]:
    """Enter a function into the register of indicators; its docstring is the definition, with a sentence on where there is no value."""

    def enter(function: Callable[[Measures], Floats]) -> Callable[[Measures], Floats]:
        name, said = function.__name__, (function.__doc__ or "").strip()
        if of is not None:
            said, said_zh = f"{said} Missing where there is no {of[0]}.", f"{definition_zh}；无{of[1]}时没有值"
        else:
            said_zh = definition_zh
        INDICATORS[name] = Indicator(name, unit, zh, en, said, said_zh, function, yearly_only, "/yr" in unit, levels, of)
        return function

    return enter


def ratio(top: Floats, bottom: Floats) -> Floats:
    """Return top / bottom, missing where the bottom is 0: a mean of no cases is no case of zero."""
    return np.divide(top, bottom, out=np.full_like(top, np.nan), where=bottom != 0)


def _never(_measures: Measures) -> Floats:
    raise TypeError("a derived indicator is computed by tabulate")


DERIVED: dict[str, Indicator] = {
    one.id: one
    for one in (
        Indicator("tax_returned", "10^8 CNY/yr", "返还税收", "Tax returned", "Increment of taxes returned to the committee by the city.",
                  "市级返还给管委会的三税增量", _never, levels=BY_ZONE),
        Indicator("tax_return_owed", "10k CNY", "应返未返税收", "Tax return owed", "Returned increment that the city owes the committee and could not pay, at the end of the period.",
                  "期末市级应返未返的三税增量", _never, levels=BY_ZONE),
        Indicator("evaluation_score", "points", "综合评价得分", "Evaluation score", "Score of the last yearly evaluation among the simulated zones and a modelled field of the other zones of the province; it is what lines of points and ranks look at. Missing before the first evaluation, and for a zone that has been merged.", "最近一次年度考核（与全省其他开发区模拟比较）得分，名次与分数线均以此为准；首次考核之前和已被合并的开发区没有值", _never, levels=BY_ZONE),
        Indicator("evaluation_rank", "rank", "考核名次", "Evaluation rank", "Rank of the score among the zones of the province (simulated ones and the modelled field). Missing before the first evaluation, and for a zone that has been merged.", "得分在全省（含模拟的其他开发区）的名次；首次考核之前和已被合并的开发区没有值", _never, levels=BY_ZONE),
        Indicator("evaluation_rank_city", "rank", "市内考核名次", "Evaluation rank in the region", "Rank of the score among the region's simulated zones. Missing before the first evaluation, and for a zone that has been merged.", "得分在本地区各开发区中的名次；首次考核之前和已被合并的开发区没有值", _never, levels=BY_ZONE),
        Indicator("national_rank", "rank", "全国经开区排名", "Rank in the country", "Rank of the last yearly evaluation among the national zones of the country (a modelled field).",
                  "最近一次年度考核在全国国家级开发区（模拟）中的名次", _never, levels=BY_ZONE),
        Indicator("zone_level", "level", "开发区级别", "Level of the zone", "1 county, 2 provincial, 3 national.", "1县级，2省级，3国家级", _never, levels=BY_ZONE),
        Indicator("award_received", "10k CNY/yr", "考核奖励", "Awards received", "Awards and money of the city's fund for zones.", "考核奖励与开发区专项资金", _never, levels=BY_ZONE),
        Indicator("new_debt", "10^8 CNY/yr", "新增债务", "New debt", "Change of the debt of committee and platform company: loans, special bonds, what is owed to private partners; debts that pass over when committees merge are left out.", "管委会与平台公司债务变动（贷款、专项债、PPP应付），不含整合时划转的债务", _never, levels=BY_ZONE),
        Indicator("jobs_moved_within", "persons/yr", "内部搬迁岗位", "Jobs moved within", "Jobs of enterprises that moved from one place of the zone, county or region to another of it; they are in the jobs moved in and in the jobs moved out.", "在园区、县区或本地区内部各地块之间搬迁的企业的岗位，迁入与迁出岗位中都含这部分", _never, levels=GROUPS),
        Indicator("gdp_growth", "% per year", "地区生产总值增速", "Growth of GDP", "Growth of value added over the year before.", "增加值比上年增长", _never, True, False),
        Indicator("growth_premium_over_city", "percentage points", "增速高于全市", "Growth above the city", "Growth of value added less the city's growth.", "增加值增速减全市增速", _never, True, False, BELOW_CITY),
    )
}  # fmt: skip
