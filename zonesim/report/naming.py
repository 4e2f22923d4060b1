"""Names of places and readings in either language, so that no id reaches a reader."""

from __future__ import annotations

from typing import Any

from zonesim.experiments.answers import Answer
from zonesim.experiments.reading import ZONES
from zonesim.indicators import DERIVED, INDICATORS
from zonesim.report.words import word
from zonesim.scenario.region import Region

MORE = {"rent": ("租金", "rent"), "regional_assessment": ("区域评估", "regional assessment"), "assessment_fee": ("评估收费", "assessment fees"),
        "centre_support": ("研发平台支持", "support of R&D platforms"), "centre_award": ("研发平台奖励", "awards to R&D platforms"),
        "incubator_works": ("孵化器建设", "incubators"), "venture_capital": ("创业投资", "venture capital"), "cultivation": ("梯度培育", "cultivation"),
        "talent_subsidy": ("人才补贴", "talent subsidies"), "circular_support": ("循环化支持", "circular support"), "treatment_works": ("污水处理工程", "treatment works"),
        "treatment_fee": ("污水处理费", "treatment fees"), "commitment_penalty": ("失信惩戒", "penalties for broken commitments"), "bundled_items": ("整体申报", "bundled applications"),
        "followup_eia": ("跟踪环评", "follow-up assessments")}  # fmt: skip
HOW = {"level": ("", ""), "mean": ("历年平均", "mean over the years"), "spread": ("园区间差距（变异系数）", "spread between zones (coefficient of variation)"),
       "volatility": ("波动（季度对数变动标准差）", "volatility (sd of quarterly log changes)")}  # fmt: skip


def place_name(region: Region, identity: str, lang: str) -> str:
    """Return the name of a zone, park, county, the region, or of all zones; what has none is returned as it is."""
    if identity == ZONES:
        return "各开发区平均" if lang == "zh" else "the zones (their mean)"
    if identity == region.id:
        return str(getattr(region, lang))
    for group in (region.zones, region.parks, region.counties):
        if identity in group:
            return str(getattr(group[identity], lang))
    return identity


def indicator_name(name: str, lang: str) -> str:
    """Return the name of what is read: an indicator, or money.

    >>> indicator_name("gdp", "zh"), indicator_name("received:land_price", "zh"), indicator_name("paid:staff+rent", "en")
    ('地区生产总值', '财政收入(土地价款)', 'public payments (staff, rent)')
    """
    known = {**INDICATORS, **DERIVED}
    if name in known:
        return str(getattr(known[name], lang))
    side, _, kinds = name.partition(":")
    if lang == "zh":
        return f"{'财政收入' if side == 'received' else '财政支出'}({'、'.join(payment_name(kind, lang) for kind in kinds.split('+'))})"
    return f"public {'receipts' if side == 'received' else 'payments'} ({', '.join(payment_name(kind, lang) for kind in kinds.split('+'))})"


def payment_name(kind: str, lang: str) -> str:
    """Return the name of a kind of payment; "-" before it: what is received less of it."""
    if kind.startswith("-"):
        return f"少收{payment_name(kind[1:], lang)}" if lang == "zh" else f"{payment_name(kind[1:], lang)} forgone"
    if kind in MORE:
        return MORE[kind][lang == "en"]
    return word(kind, lang) if lang == "zh" else word(kind, lang).lower().replace("ppp", "PPP").replace("vat", "VAT").replace("cit", "CIT")


def period_name(period: str, lang: str) -> str:
    """Return a year or quarter.

    >>> period_name("2026", "zh"), period_name("2025Q3", "zh"), period_name("2026", "en")
    ('2026年', '2025年第3季度', '2026')
    """
    if lang != "zh":
        return period
    year, _, quarter = period.partition("Q")
    return f"{year}年第{quarter}季度" if quarter else f"{year}年"


def region_of(answer: Answer, row: Any) -> Region:
    """Return the region whose places a row of an answer names."""
    arm = row.get("arm", row.get("against", ""))
    return (answer.counterfactual.arms[arm] if arm else answer.counterfactual.reference).region


def arm_name(answer: Answer, arm: str, lang: str) -> str:
    """Return what a counterfactual calls one of its arms; the reference where ``arm`` is empty."""
    document = answer.counterfactual.document
    return str(getattr(document.arms[arm] if arm else document.reference, lang))


def reading_name(region: Region, row: Any, lang: str) -> str:
    """Return the name of a row's reading: what, where, when and how.

    Args:
        region: of the places.
        row: with indicator, place, period, how.
        lang: zh or en.
    """
    what, where, how = indicator_name(row["indicator"], lang), place_name(region, str(row["place"]), lang), HOW[row["how"]][lang == "en"]
    timed = row["how"] in ("level", "spread")
    if lang == "zh":
        return f"{where}{period_name(str(row['period']), lang) if timed else ''}{what}{'的' + how if how else ''}"
    what = what[0].lower() + what[1:] if what[1:2].islower() else what
    return f"{what}{' of ' + where if where else ''}{' in ' + period_name(str(row['period']), lang) if timed else ''}{', ' + how if how else ''}"
