"""Indicators of research, grades of innovation, intellectual property, talent and residents."""

from __future__ import annotations

from zonesim.columns import Floats
from zonesim.indicators.measures import Measures
from zonesim.indicators.register import indicator, ratio

# What counts as 100 in the science and technology index: research in sales, patents and centres per industrial enterprise, high-tech part. Assumption.
REFERENCE_SPENDING, REFERENCE_TALENT = 200.0, 100.0  # 10k CNY of research a year and high-skill workers per industrial enterprise that count as 100. Assumption
REFERENCE_RESEARCH, REFERENCE_PATENTS, REFERENCE_CENTRES, REFERENCE_HIGH_TECH = 0.02, 2.0, 0.2, 0.2


@indicator(
    "index",
    "科技创新指数",
    "Science and technology index",
    "研发强度、企均专利、每百家平台、高新占比的均值，100为标准",
    of=("industrial enterprise or output", "工业企业或产出"),
)
def st_innovation_index(m: Measures) -> Floats:
    """Mean of research in industrial sales to 2 %, patents to 2 and centres to 0.2 per industrial enterprise, high-tech part of industry to 20 %; times 100."""
    firms = m.enterprises_industry
    parts = (
        ratio(m.research, m.output_industry) / REFERENCE_RESEARCH,
        ratio(m.patents, firms) / REFERENCE_PATENTS,
        ratio(m.rd_centres, firms) / REFERENCE_CENTRES,
        ratio(m.high_tech_value_added, m.value_added_industry) / REFERENCE_HIGH_TECH,
    )
    return 100 / 4 * (parts[0] + parts[1] + parts[2] + parts[3])


@indicator("index", "创新能力", "Capacity to innovate", "企均研发投入、专利与人才的均值，100为标准", of=("industrial enterprise", "工业企业"))
def tech_innovation_capacity(m: Measures) -> Floats:
    """Mean of yearly research to 2 million CNY, patents to 2 and high-skill workers to 100 per industrial enterprise, times 100."""
    firms = m.enterprises_industry
    return (
        100
        / 3
        * (ratio(m.research / m.years, firms) / REFERENCE_SPENDING + ratio(m.patents, firms) / REFERENCE_PATENTS + ratio(m.talent, firms) / REFERENCE_TALENT)
    )


@indicator("count", "品牌数", "Brands", "工业企业品牌数（以最近一次年初计）")
def brand_count(m: Measures) -> Floats:
    """Brands of industrial enterprises, at the last opening of a year."""
    return m.brands


@indicator("index", "知识产权保护指数", "Protection of intellectual property", "未被侵权专利占比，100为无侵权", of=("patent", "专利"))
def ip_protection_index(m: Measures) -> Floats:
    """Patents of the year that were not infringed, per cent."""
    return 100 * (1 - ratio(m.infringements, m.patents))


@indicator("count", "研发平台数", "R&D platforms", "市级及以上企业研发平台数")
def rd_platform_count(m: Measures) -> Floats:
    """Research centres of enterprises, of city, province and nation, at the last opening of a year."""
    return m.rd_centres


@indicator("count", "专精特新企业数", "Specialised enterprises", "专精特新、小巨人与单项冠军企业数")
def specialised_firm_count(m: Measures) -> Floats:
    """Enterprises of grade 2 and above (specialised, little giant, single champion), at the last opening of a year."""
    return m.specialised_firms


@indicator("share", "科技成果转化率", "Results put to use", "伙伴成果转化数除以可得数", of=("result offered", "可得成果"))
def tech_conversion_rate_out(m: Measures) -> Floats:
    """Partners' results put to use, of those offered to able enterprises, in the last year."""
    return ratio(m.results_converted, m.results_offered)


@indicator("persons", "人才数量", "Talent", "期末高技能人才数")
def talent_stock(m: Measures) -> Floats:
    """High-skill workers at the end of the period."""
    return m.talent


@indicator("persons", "常住人口", "Residents", "按就业与宜居度分摊的县区常住人口")
def resident_population(m: Measures) -> Floats:
    """Residents of the county, shared out over its places by jobs and amenities."""
    return m.residents


@indicator("enterprises", "在孵企业数", "Enterprises in incubators", "在孵企业数")
def incubated_enterprises(m: Measures) -> Floats:
    """Enterprises in incubators, at the last opening of a year."""
    return m.incubator_tenants
