"""Grades of innovation, research centres, brands, patents and the results of partners: what an enterprise becomes in a year."""

from __future__ import annotations

import math
from functools import cached_property
from typing import Any

import numpy as np

from zonesim import draws
from zonesim.columns import Array, Floats
from zonesim.compiled import kernel, rule
from zonesim.parameters import Parameters, parameter
from zonesim.terms import Terms
from zonesim.units import ABOVE_SCALE_OUTPUT, MOST_CHANCE
from zonesim.world import World
from zonesim.world.enterprises import Stage
from zonesim.world.places import USUAL_EFFORT, Effort, Infrastructure, Mark

OPERATING, GONE, PLATFORMS = int(Stage.OPERATING), int(Stage.GONE), int(Infrastructure.PLATFORMS)
SPECIALISED, CENTRES, BRANDS, PATENTS, INFRINGED, RESULTS, CONVERTED = (
    int(Mark.SPECIALISED), int(Mark.CENTRES), int(Mark.BRANDS), int(Mark.PATENTS), int(Mark.INFRINGED), int(Mark.RESULTS), int(Mark.CONVERTED)
)  # fmt: skip
LEAST_AGE = 12  # quarters from which an enterprise can win a grade: three years in its market (工信部企业〔2022〕63号, little giants)
# Assumptions; each list is moved by the factor of its name in the parameters.
GRADE_SALES = np.array([300.0, 1000.0, 5000.0, 20_000.0])  # yearly sales, 10k CNY, from which a grade is open
GRADE_USUAL = np.array([0.03, 0.015, 0.004, 0.001])  # yearly chance without a measure
GRADE_LIFT = np.array([1.0, 1.0, 0.5, 0.25])  # part of an added chance that reaches the grade: national lists are short
CENTRE_SALES = np.array([2000.0, 10_000.0, 50_000.0])  # yearly sales, 10k CNY, from which a centre of city, province, nation is open
CENTRE_COST = np.array([200.0, 600.0, 2000.0])  # 10k CNY


class CultivationParameters(Parameters, name="cultivation"):
    """Rising through the grades, research centres, brands and patents."""

    grade_gain: float = parameter(
        0.015,
        low=0.0,
        high=0.05,
        unit="log",
        doc="productivity of a grade won",
        source="assumption: a sixth of the 9 % of doubled research (Chen et al. 2021)",
        zh="升级增益",
    )
    lapse: float = parameter(
        0.05, low=0.0, high=0.3, unit="1/yr", doc="enterprises that fall back a grade", source="assumption: three-year reviews", zh="复核失效率"
    )
    opening: float = parameter(3.0, low=0.0, high=10.0, unit="years", doc="years of usual rises behind the opening", source="assumption", zh="期初年数")
    service_cost: float = parameter(
        5.0, low=0.0, high=50.0, unit="10k CNY", doc="diagnosis and training per enterprise that rises", source="assumption", zh="培育费用"
    )
    centre_considers: float = parameter(
        0.2, low=0.02, high=1.0, unit="probability/yr", doc="large enough enterprises that think of a (better) centre", source="assumption", zh="申建比例"
    )
    centres_opening: float = parameter(
        0.1, low=0.0, high=0.5, unit="share", doc="large enough enterprises with a centre at the opening", source="assumption", zh="期初平台比例"
    )
    centre_gain: float = parameter(0.01, low=0.0, high=0.05, unit="log", doc="productivity of a centre", source="assumption", zh="研发平台增益")
    centre_years: float = parameter(5.0, low=1.0, high=10.0, unit="years", doc="of the gain that are counted", source="assumption", zh="收益年限")
    brand: float = parameter(0.01, low=0.0, high=0.1, unit="probability/yr", doc="an above-scale enterprise wins a brand", source="assumption", zh="品牌概率")
    brand_gain: float = parameter(0.005, low=0.0, high=0.05, unit="log", doc="productivity of a brand", source="assumption", zh="品牌增益")
    patents: float = parameter(
        0.004,
        low=0.0005,
        high=0.05,
        unit="per 10k CNY of research stock and year",
        doc="patents",
        source="assumption: about one per 2.5 million CNY",
        zh="专利产出",
    )
    infringed: float = parameter(0.15, low=0.0, high=0.6, unit="share", doc="patents infringed at usual service and density", source="assumption", zh="侵权率")
    conversion: float = parameter(
        0.15,
        low=0.0,
        high=0.6,
        unit="probability",
        doc="a partner's result is put to use, without a centre and at usual talent",
        source="assumption",
        zh="转化率",
    )
    conversion_gain: float = parameter(0.005, low=0.0, high=0.03, unit="log", doc="productivity of a result put to use", source="assumption", zh="转化增益")
    second_centre: float = parameter(
        0.3, low=0.0, high=1.0, unit="share", doc="of the largest enterprises with a centre at the opening, those with one of the second level",
        source="assumption", zh="期初高级平台比例",
    )  # fmt: skip
    support_most: float = parameter(
        0.8, low=0.2, high=1.0, unit="share of cost", doc="of the cost of a centre that support pays at most",
        source="assumption: the builder bears some", zh="平台补助占比上限",
    )  # fmt: skip
    brand_lapse: float = parameter(
        0.02, low=0.0, high=0.2, unit="probability/yr", doc="a brand is lost",
        source="assumption", zh="品牌失效率",
    )  # fmt: skip
    grade_patents: float = parameter(
        0.25, low=0.0, high=1.0, unit="share per grade", doc="more patents per research stock for each grade",
        source="assumption", zh="梯度专利增益",
    )  # fmt: skip
    centre_conversion: float = parameter(
        0.5, low=0.0, high=2.0, unit="share per level", doc="more results put to use for each level of a centre",
        source="assumption", zh="平台转化增益",
    )  # fmt: skip
    most_imitators: float = parameter(
        3.0, low=1.0, high=10.0, unit="times usual", doc="density of the own industry beyond which imitation grows no more",
        source="assumption", zh="仿冒密度上限",
    )  # fmt: skip
    most_talent: float = parameter(
        2.0, low=1.0, high=5.0, unit="times usual", doc="effect of talent on putting results to use, at most",
        source="assumption", zh="人才转化上限",
    )  # fmt: skip
    grade_sales: float = parameter(
        1.0, low=0.3, high=3.0, unit="factor", doc="yearly sales from which grades are open (300, 1,000, 5,000 and 20,000 of 10k CNY)",
        source="assumption: the lines of the grades as they stand", zh="梯度销售门槛",
    )  # fmt: skip
    grade_usual: float = parameter(
        1.0, low=0.0, high=4.0, unit="factor", doc="yearly chances to rise without a measure (3, 1.5, 0.4 and 0.1 %)",
        source="assumption: the chances as they stand", zh="梯度常规晋级",
    )  # fmt: skip
    grade_lift: float = parameter(
        1.0, low=0.0, high=2.0, unit="factor", doc="part of an added chance that reaches the two highest grades (a half and a quarter: national lists are short)",
        source="assumption: the parts as they stand", zh="高梯度培育传导",
    )  # fmt: skip
    centre_sales: float = parameter(
        1.0, low=0.3, high=3.0, unit="factor", doc="yearly sales from which centres of city, province and nation are open (2,000, 10,000 and 50,000 of 10k CNY)",
        source="assumption: the lines of the centres as they stand", zh="平台销售门槛",
    )  # fmt: skip
    centre_cost: float = parameter(
        1.0, low=0.3, high=3.0, unit="factor", doc="cost of centres of city, province and nation (200, 600 and 2,000 of 10k CNY)",
        source="assumption: the costs as they stand", zh="平台建设成本",
    )  # fmt: skip
    award_city: float = parameter(
        0.15, low=0.0, high=1.0, unit="share of the award", doc="for a centre of the city; for one of the nation all of it",
        source="assumption: 30 of the 200 that are suggested for 001§9d", zh="市级平台奖励占比",
    )  # fmt: skip
    award_province: float = parameter(
        0.5, low=0.0, high=1.0, unit="share of the award", doc="for a centre of the province",
        source="assumption: 100 of the 200 that are suggested for 001§9d", zh="省级平台奖励占比",
    )  # fmt: skip
    least_effort: float = parameter(
        0.02, low=0.005, high=0.1, unit="effort", doc="for service, below which protection of patents gets no worse (0.2 is the usual)",
        source="assumption: a tenth of the usual", zh="最低保护投入",
    )  # fmt: skip

    @cached_property
    def lines(self) -> tuple[Floats, Floats, Floats, Floats, Floats, Floats]:
        """Sales and usual chances of grades, what of an added chance reaches them, sales and cost of centres, and parts of the award, as kernels take them."""
        lift = np.array([1.0, 1.0, self.grade_lift, self.grade_lift])
        award = np.array([self.award_city, self.award_province, 1.0])
        return (
            self.grade_sales * GRADE_SALES, self.grade_usual * GRADE_USUAL, lift * GRADE_LIFT, self.centre_sales * CENTRE_SALES,
            self.centre_cost * CENTRE_COST, award,
        )  # fmt: skip


@rule
def rise(usual: Any, added: Any, lift: Any, prior: Any) -> Any:
    """Return the chance to rise a grade in a year: min(1, prior) (usual + lift x added), at most 0.9.

    >>> round(rise(0.01, 0.1, 0.5, 2.0), 6), round(rise(0.01, 0.1, 0.5, 0.5), 6)
    (0.06, 0.03)
    """
    return min(MOST_CHANCE, min(1.0, prior) * (usual + lift * added))


@rule
def builds_centre(made_year: Any, cost: Any, support: Any, award: Any, gain: Any, years: Any, luck: Any) -> Any:
    """Tell whether a centre is worth it: gain x years x VA + support + award > cost (0.5 + 2 u).

    Support pays at most ``support_most`` of the cost.

    >>> bool(builds_centre(2000.0, 200.0, 0.0, 0.0, 0.01, 5.0, 0.5)), bool(builds_centre(2000.0, 200.0, 160.0, 100.0, 0.01, 5.0, 0.5))
    (False, True)
    """
    return gain * years * made_year + support + award > cost * (0.5 + 2.0 * luck)


@kernel
def _services(
    n: int, seed: Any, quarter: int, identity: Array, stage: Array, place: Array, industry: Array, weight: Array, founded: Array, made: Floats,
    grade: Array, ratio: Floats, prior: Floats, cultivation: Floats, lapse: float, cost: float, grade_sales: Floats, grade_usual: Floats,
    grade_lift: Floats, services: Floats,
) -> None:  # fmt: skip
    for i in range(n):
        j, p, k = industry[i], place[i], grade[i]
        if stage[i] < OPERATING or prior[j] <= 0.0 or cultivation[p] <= 0.0 or k >= 4 or quarter - founded[i] < LEAST_AGE:
            continue
        u1, _ = draws.uniforms(seed, draws.CULTIVATION, quarter, identity[i], 0)
        if (k > 0 and u1 < lapse) or 4.0 * made[i] / ratio[j] < grade_sales[k] * weight[i]:
            continue
        if u1 >= 1.0 - rise(grade_usual[k], cultivation[p], grade_lift[k], prior[j]):
            services[p] += cost * weight[i]


def claim_services(world: World, terms: Terms, parameters: CultivationParameters) -> None:
    """Claim the diagnosis and training of the enterprises that would rise in a year, in ``flows.cultivation_services``.

    Draws: CULTIVATION by identity, the ones by which :func:`cultivate` lets them rise.
    """
    cultivation, e = terms["cultivation"], world.enterprises
    if world.quarter == world.start or not cultivation.any():
        return
    _services(
        e.n, draws.seed_key(world.seed), world.quarter, e.id, e.stage, e.place, e.industry, e.weight, e.founded, e.value_added, e.grade,
        world.industries.value_added_ratio, world.industries.hightech_prior, cultivation, parameters.lapse, parameters.service_cost, *parameters.lines[:3],
        world.flows.cultivation_services,
    )  # fmt: skip


@kernel
def _cultivate(
    n: int, opening: bool, seed: Any, quarter: int, identity: Array, stage: Array, place: Array, industry: Array, weight: Array, founded: Array,
    made: Floats, high_tech: Array, log_productivity: Floats, rd_stock: Array, grade: Array, centre: Array, brand: Array, industrial: Floats,
    ratio: Floats, prior: Floats, cultivation: Floats, support: Floats, award: Floats, imitators: Floats, talent: Floats, protection: Floats,
    numbers: Floats, grade_sales: Floats, grade_usual: Floats, grade_lift: Floats, centre_sales: Floats, centre_cost: Floats, award_part: Floats,
    marks: Floats, supports: Floats, awards: Floats, investment: Floats, dividends: Floats, platforms: Floats,
) -> None:  # fmt: skip
    (grade_gain, lapse, years_before, _, considers, centres_before, centre_gain, centre_years, brand_rate, brand_gain, patent_rate, infringed,
     conversion, conversion_gain, second_centre, support_most, brand_lapse, grade_patents, centre_conversion, _, _, _, _, _, _, _, _, _, _) = numbers  # fmt: skip
    for i in range(n):
        j = industry[i]
        if stage[i] < OPERATING or prior[j] <= 0.0:
            continue
        p, w = place[i], weight[i]
        sales = 4.0 * made[i] / ratio[j]
        u1, u2 = draws.uniforms(seed, draws.CULTIVATION, quarter, identity[i], 0)
        k = grade[i]
        if k > 0 and u1 < lapse and not opening:
            grade[i] = k - 1
        elif k < 4 and quarter - founded[i] >= LEAST_AGE and sales >= grade_sales[k] * w:
            chance = rise(grade_usual[k], cultivation[p], grade_lift[k], prior[j])
            if opening:  # a grade for each year's luck before the run, from the bottom up
                v1, v2 = draws.uniforms(seed, draws.CULTIVATION, quarter, identity[i], 1)
                if v1 < min(MOST_CHANCE, years_before * rise(grade_usual[0], 0.0, 1.0, prior[j])):
                    grade[i] = 1
                    if sales >= grade_sales[1] * w and v2 < min(MOST_CHANCE, 4.0 * years_before * grade_usual[1]):
                        grade[i] = 2
            elif u1 >= 1.0 - chance:
                grade[i] = k + 1
                log_productivity[i] += grade_gain
        k = centre[i]
        if k < 3 and sales >= centre_sales[k] * w:
            v1, v2 = draws.uniforms(seed, draws.PLATFORM, quarter, identity[i], 0)
            if opening:
                if v1 < centres_before:
                    centre[i] = 2 if sales >= centre_sales[1] * w and v2 < second_centre else 1
            elif v1 < considers:
                helped, won = min(support_most * centre_cost[k], support[p]), award_part[k] * award[p]
                if builds_centre(4.0 * made[i] / w, centre_cost[k], helped, won, centre_gain, centre_years, v2):
                    centre[i] = k + 1
                    log_productivity[i] += centre_gain
                    investment[p, j] += centre_cost[k] * w
                    supports[p] += helped * w
                    awards[p] += won * w
                    dividends[p] -= (centre_cost[k] - helped - won) * w
                    platforms[p] += centre_cost[k] * w
        if not brand[i]:
            if industrial[j] > 0.0 and sales >= ABOVE_SCALE_OUTPUT * w and u2 < brand_rate * (1.0 + grade[i] + centre[i]) * (years_before if opening else 1.0):
                brand[i] = True
                if not opening:
                    log_productivity[i] += brand_gain
        elif u2 > 1.0 - brand_lapse:
            brand[i] = False
        if grade[i] >= 2:
            marks[p, SPECIALISED] += w
        if centre[i] > 0:
            marks[p, CENTRES] += w
        if brand[i]:
            marks[p, BRANDS] += w
        v1, v2 = draws.uniforms(seed, draws.CONVERSION, quarter, identity[i], 0)
        found = math.floor(patent_rate * rd_stock[i] * (1.0 + grade_patents * grade[i]) + v1)
        marks[p, PATENTS] += found
        marks[p, INFRINGED] += found * min(1.0, infringed * protection[p] * (0.5 + 0.5 * imitators[p, j]))
        if high_tech[i] or grade[i] >= 2 or centre[i] > 0:
            marks[p, RESULTS] += w
            if v2 < min(MOST_CHANCE, conversion * (1.0 + centre_conversion * centre[i]) * talent[p]):
                marks[p, CONVERTED] += w
                if not opening:
                    log_productivity[i] += conversion_gain


def cultivate(world: World, terms: Terms, parameters: CultivationParameters, usual_talent: float, paid: Floats) -> None:
    """Let enterprises rise and fall through the grades, build research centres, win brands, patent, and put partners' results to use.

    Once a year, on the books of the last quarter; at the opening what the years before have left. Marks of the year stand in
    ``places.innovation`` until the next. Cultivation raises chances by the part of its services that was ``paid``, by place.

    Draws: CULTIVATION, PLATFORM, CONVERSION by identity.
    """
    e, f, places, industries, economy, n = world.enterprises, world.flows, world.places, world.industries, world.economy, world.n_places
    zone = np.maximum(places.zone[:n].astype(np.int64), 0)
    effort = np.where(places.zone[:n] >= 0, world.zones.effort[zone, Effort.SERVICE], USUAL_EFFORT) if world.zones.n else np.full(n, USUAL_EFFORT)
    imitators = np.minimum(parameters.most_imitators, economy.neighbourhood_own / np.maximum(economy.normal_own, 1.0)[None, :])
    talent = np.sqrt(places.talent[:n] / (usual_talent * (places.employment[:n] + 1.0)))
    places.innovation[:n] = 0.0
    _cultivate(
        e.n, world.quarter == world.start, draws.seed_key(world.seed), world.quarter, e.id, e.stage, e.place, e.industry, e.weight, e.founded,
        e.value_added, e.high_tech, e.log_productivity, e.rd_stock, e.grade, e.centre, e.brand, industries.is_industrial,
        industries.value_added_ratio, industries.hightech_prior, terms["cultivation"] * paid, terms["centre_support"], terms["centre_award"], imitators,
        np.minimum(parameters.most_talent, talent), np.sqrt(USUAL_EFFORT / np.maximum(effort, parameters.least_effort)), parameters.vector,
        *parameters.lines, places.innovation, f.centre_support,
        f.centre_awards, f.investment, f.dividends, places.infrastructure[:, PLATFORMS],
    )  # fmt: skip
