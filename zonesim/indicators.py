"""Indicators: what is measured each quarter and year, one small function for each.

Each quarter the observer copies *measures*: sums over the enterprises of a place, which add up over places. Indicators
are functions of measures that have been added up over a park, zone, county or the city, and over the quarters of a year
(flows are added, stocks are taken at the end). So an indicator of the city is never a mean of ratios.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from zonesim.columns import Array, Floats
from zonesim.compiled import kernel
from zonesim.world import World
from zonesim.world.flows import Flows, Heads, Jobs, Tax
from zonesim.world.places import Kind, LandStage, Use

MU = 2000.0 / 3.0  # m2
YI = 10_000.0  # 10^8 CNY in 10k CNY

STOCKS = (
    "employment", "capital", "enterprises", "land_enterprises", "land_planned", "land_undeveloped", "land_ready", "land_granted",
    "land_built", "land_industrial", "land_living", "land_commercial", "infrastructure", "talent", "land_idle",
    "land_inefficient", "above_scale_count", "high_tech_count", "amenity_weighted", "industrial_capital",
)  # fmt: skip
SECTOR_MEASURES = ("value_added", "output", "investment", "employment", "enterprises")
SECTORS = ("primary", "industry", "construction", "tertiary")


def measure_names() -> list[str]:
    """Return the names of all measures, in the order in which they are stored."""
    names = list(Flows.BY_PLACE)
    names += [f"{measure}_{sector}" for measure in SECTOR_MEASURES for sector in SECTORS]
    names += ["wages", "energy", "water", "emissions", "capital_all", "industrial_capital", "land_enterprises"]
    names += [f"tax_{tax.name.lower()}" for tax in Tax]
    names += [f"jobs_{part.name.lower()}" for part in Jobs]
    names += [f"heads_{part.name.lower()}" for part in Heads]
    names += ["land_planned", "land_undeveloped", "land_ready", "land_on_grant", "land_built", "land_industrial"]
    names += ["land_living", "land_commercial", "infrastructure", "talent", "amenity_weighted", "employment_total"]
    return names


MEASURES = measure_names()
END_OF_PERIOD = frozenset(
    [name for name in MEASURES if name.startswith(("employment_", "enterprises_", "land_")) or name in STOCKS] + ["capital_all", "industrial_capital"]
) - {"land_granted", "land_reclaimed", "land_revitalised", "land_payments"}


@kernel
def _add_up(by_site: Floats, sector: Array, out: Floats) -> None:
    measures, places, industries = by_site.shape
    for m in range(measures):
        for p in range(places):
            for j in range(industries):
                out[m, sector[j], p] += by_site[m, p, j]


class Observer:
    """Collects the measures of every quarter of one run.

    Args:
        world: the opening world.
        quarters: number of quarters of the run.
    """

    def __init__(self, world: World, quarters: int) -> None:
        self.names = MEASURES
        self.start = world.quarter
        self.cube = np.zeros((quarters, len(MEASURES), world.n_places))
        self.scores = np.zeros((quarters, world.zones.n, 3))
        figures = world.industries
        industrial = figures.is_industrial.astype(bool)
        self._sector = np.where(industrial, 1, np.array([0, 0, 2, 3])[figures.three_industry.astype(int)])  # of SECTORS
        self.groups, self.membership = groups(world)  # of the opening: a merged park stays in its zone's figures
        self.seen = 0

    def observe(self, world: World) -> None:
        """Copy the measures of the quarter that ends."""
        flows, places, n = world.flows, world.places, world.n_places
        row = self.cube[self.seen]
        k = len(Flows.BY_PLACE)
        row[:k] = flows.by_place
        by_sector = np.zeros((len(Flows.BY_SITE), len(SECTORS), n))
        _add_up(flows.by_site, self._sector, by_sector)
        for measure in SECTOR_MEASURES:
            row[k : k + 4] = by_sector[Flows.BY_SITE.index(measure)]
            k += 4
        total = by_sector.sum(axis=1)
        for measure in ("wages", "energy", "water", "emissions", "capital"):
            row[k] = total[Flows.BY_SITE.index(measure)]
            k += 1
        row[k] = by_sector[Flows.BY_SITE.index("capital"), 1]
        row[k + 1] = total[Flows.BY_SITE.index("land")]
        k += 2
        for block in (flows.taxes, flows.jobs, flows.heads):
            row[k : k + block.shape[1]] = block.T
            k += block.shape[1]
        land = places.land[:n]
        row[k] = places.planned[:n]
        row[k + 1 : k + 5] = land.sum(axis=2).T
        row[k + 5] = land[:, LandStage.GRANTED, Use.INDUSTRIAL] + land[:, LandStage.BUILT, Use.INDUSTRIAL]
        row[k + 6] = land[:, :, Use.LIVING_SERVICE].sum(axis=1)
        row[k + 7] = land[:, :, Use.COMMERCIAL].sum(axis=1)
        row[k + 8] = places.infrastructure[:n].sum(axis=1)
        row[k + 9] = places.talent[:n]
        row[k + 10] = places.amenity[:n] * places.employment[:n]
        row[k + 11] = places.employment[:n]
        zones = world.zones
        self.scores[self.seen] = np.stack([zones.score[: zones.n], zones.rank[: zones.n], zones.platform_debt[: zones.n]], axis=1)
        self.seen += 1


class Measures:
    """Measures added up over groups and periods: attribute -> ``[n_periods, n_groups]``."""

    def __init__(self, cube: Floats, years: float) -> None:
        self._cube = cube
        self.years = years  #: length of a period in years

    def __getattr__(self, name: str) -> Floats:
        try:
            return np.asarray(self._cube[:, MEASURES.index(name), :])
        except ValueError:
            raise AttributeError(f"no measure {name!r}") from None


@dataclass(frozen=True)
class Indicator:
    """An indicator: how it is computed and what it is called."""

    id: str
    unit: str
    zh: str
    en: str
    definition: str
    definition_zh: str
    compute: Callable[[Measures], Floats]
    yearly_only: bool = False
    per_quarter: bool = True  #: its unit says "/yr" and a quarter's value is a quarter's flow


INDICATORS: dict[str, Indicator] = {}


def indicator(
    unit: str, zh: str, en: str, definition_zh: str, *, yearly_only: bool = False
) -> Callable[[Callable[[Measures], Floats]], Callable[[Measures], Floats]]:
    """Enter a function into the register of indicators; its docstring is the definition."""

    def enter(function: Callable[[Measures], Floats]) -> Callable[[Measures], Floats]:
        name = function.__name__
        INDICATORS[name] = Indicator(name, unit, zh, en, (function.__doc__ or "").strip(), definition_zh, function, yearly_only, "/yr" in unit)
        return function

    return enter


def _ratio(top: Floats, bottom: Floats) -> Floats:
    return np.divide(top, bottom, out=np.zeros_like(top), where=bottom != 0)


@indicator("10^8 CNY/yr", "地区生产总值", "GDP", "园区内全部企业增加值之和")
def gdp(m: Measures) -> Floats:
    """Value added of all enterprises."""
    return (m.value_added_primary + m.value_added_industry + m.value_added_construction + m.value_added_tertiary) / YI


@indicator("10^8 CNY/yr", "第二产业增加值", "Value added, secondary", "工业与建筑业企业增加值")
def va_secondary(m: Measures) -> Floats:
    """Value added of industrial and construction enterprises."""
    return (m.value_added_industry + m.value_added_construction) / YI


@indicator(
    "10^8 CNY/yr",
    "规模以上工业增加值",
    "Value added, above-scale industry",
    "年主营业务收入二千万元及以上工业企业增加值",
)
def va_industry_above_scale(m: Measures) -> Floats:
    """Value added of industrial enterprises with yearly sales of 20 million CNY or more."""
    return m.above_scale_value_added / YI


@indicator("10^8 CNY/yr", "第三产业增加值", "Value added, tertiary", "服务业企业增加值")
def va_tertiary(m: Measures) -> Floats:
    """Value added of service enterprises."""
    return m.value_added_tertiary / YI


@indicator("10^8 CNY/yr", "社会消费品零售总额", "Retail sales", "居民工资收入的消费部分加外来消费")
def retail_sales(m: Measures) -> Floats:
    """Retail sales: what residents spend out of wages there, and visitors."""
    return m.retail_sales / YI


@indicator("10^8 CNY/yr", "固定资产投资额", "Fixed-asset investment", "企业投资、基础设施投资与房地产投资之和")
def fixed_asset_investment(m: Measures) -> Floats:
    """Investment of enterprises, infrastructure investment, and real-estate investment."""
    enterprises = m.investment_primary + m.investment_industry + m.investment_construction + m.investment_tertiary
    return (enterprises + m.infrastructure_investment + m.real_estate_investment) / YI


@indicator("count", "高新技术企业数", "High-tech enterprises", "期末认定的高新技术企业数")
def hightech_firm_count(m: Measures) -> Floats:
    """Recognised high-tech enterprises at the end of the period."""
    return m.high_tech_count


@indicator("10^8 CNY/yr", "高新技术企业工业增加值", "Value added, high-tech industry", "高新技术工业企业增加值")
def hightech_va(m: Measures) -> Floats:
    """Value added of high-tech industrial enterprises."""
    return m.high_tech_value_added / YI


@indicator("10^8 CNY/yr", "工业总产值", "Gross output of industry", "工业企业销售收入之和")
def gross_output(m: Measures) -> Floats:
    """Sales of industrial enterprises."""
    return m.output_industry / YI


@indicator("10^8 CNY/yr", "企业固定资产投资", "Investment of enterprises", "企业自身的固定资产投资")
def enterprise_investment(m: Measures) -> Floats:
    """Gross investment of enterprises."""
    return (m.investment_primary + m.investment_industry + m.investment_construction + m.investment_tertiary) / YI


@indicator("10^8 CNY/yr", "招商引资到位资金", "Investment attracted", "由区外引进的新项目当期完成的投资")
def investment_attracted(m: Measures) -> Floats:
    """Investment made by projects that came from outside the region."""
    return m.investment_attracted / YI


@indicator("10^8 CNY/yr", "税收", "Tax revenue", "区内企业缴纳的各级税收之和")
def tax_revenue(m: Measures) -> Floats:
    """All taxes of the enterprises there, all levels of government."""
    return (m.tax_vat + m.tax_business + m.tax_cit + m.tax_surcharge + m.tax_land_use) / YI


@indicator("persons", "从业人员", "Persons employed", "期末从业人员")
def employment(m: Measures) -> Floats:
    """Persons employed at the end of the period."""
    return m.employment_total


@indicator("enterprises", "企业数", "Enterprises", "期末在营企业数")
def enterprises(m: Measures) -> Floats:
    """Operating enterprises at the end of the period."""
    return m.enterprises_primary + m.enterprises_industry + m.enterprises_construction + m.enterprises_tertiary


@indicator("persons/yr", "新增就业", "New jobs (gross)", "企业岗位增加之和,另报净变动")
def new_jobs(m: Measures) -> Floats:
    """Sum of positive changes of employment, gross."""
    return m.jobs_new + m.jobs_from_outside + m.jobs_expanded + m.jobs_moved_in


@indicator("persons/yr", "新设企业岗位", "Jobs of newly founded enterprises", "本地新设企业投产时的岗位")
def jobs_new(m: Measures) -> Floats:
    """Jobs of enterprises founded in the region when they begin to produce."""
    return m.jobs_new


@indicator("persons/yr", "扩张岗位", "Jobs by expansion", "在营企业增加的岗位")
def jobs_expanded(m: Measures) -> Floats:
    """Jobs added by enterprises that stay."""
    return m.jobs_expanded


@indicator("persons/yr", "收缩岗位", "Jobs lost by contraction", "在营企业减少的岗位")
def jobs_contracted(m: Measures) -> Floats:
    """Jobs cut by enterprises that stay."""
    return m.jobs_contracted


@indicator("persons/yr", "区域内迁入岗位", "Jobs moved in from inside the region", "由本市其他地方迁入企业的岗位")
def jobs_moved_inside(m: Measures) -> Floats:
    """Jobs of enterprises that moved in from elsewhere in the region."""
    return m.jobs_moved_in


@indicator("persons/yr", "迁出岗位", "Jobs moved out", "迁往本市其他地方企业的岗位")
def jobs_moved_out(m: Measures) -> Floats:
    """Jobs of enterprises that moved out to elsewhere in the region."""
    return m.jobs_moved_out


@indicator("persons/yr", "区外引进岗位", "Jobs from outside the region", "区外引进项目投产时的岗位")
def jobs_from_outside(m: Measures) -> Floats:
    """Jobs of attracted, transferred and major projects when they begin to produce."""
    return m.jobs_from_outside


@indicator("persons/yr", "退出岗位", "Jobs lost by exit", "退出企业的岗位")
def jobs_lost_exit(m: Measures) -> Floats:
    """Jobs of enterprises that closed."""
    return m.jobs_exited


@indicator("enterprises/yr", "本地新设企业", "Enterprises founded", "本地新设并准入的企业")
def enterprises_new(m: Measures) -> Floats:
    """Enterprises founded in the region and admitted."""
    return m.heads_born


@indicator("enterprises/yr", "区外引进企业", "Enterprises from outside", "引进、转移及重大项目企业")
def enterprises_from_outside(m: Measures) -> Floats:
    """Attracted, transferred and major projects that were admitted."""
    return m.heads_attracted + m.heads_transferred + m.heads_major


@indicator("enterprises/yr", "入园(迁入)企业数", "Enterprises moved in", "由本市其他地方迁入的企业")
def relocated_firms(m: Measures) -> Floats:
    """Enterprises that moved in from elsewhere in the region."""
    return m.heads_moved_in


@indicator("enterprises/yr", "迁出企业数", "Enterprises moved out", "迁往本市其他地方的企业")
def enterprises_moved_out(m: Measures) -> Floats:
    """Enterprises that moved out to elsewhere in the region."""
    return m.heads_moved_out


@indicator("enterprises/yr", "退出企业数", "Enterprises closed", "关闭退出的企业")
def enterprises_closed(m: Measures) -> Floats:
    """Enterprises that closed."""
    return m.heads_exited


@indicator("projects/yr", "区外新建工业项目", "New industrial projects outside zones", "落在开发区外的新建工业项目")
def out_of_zone_new_projects(m: Measures) -> Floats:
    """New industrial projects sited outside zones."""
    return m.out_of_zone_new_projects


@indicator("projects/yr", "流失项目", "Projects lost", "被拒绝后离开本市的项目")
def lost_projects(m: Measures) -> Floats:
    """Newcomers that were refused everywhere they would go, and left."""
    return m.lost_projects


@indicator("days", "平均审批时长", "Days to approve", "当期准入项目平均审批天数")
def approval_days(m: Measures) -> Floats:
    """Mean days of approval of the projects admitted in the period."""
    return _ratio(m.approval_days, m.approved)


@indicator("10k CNY/mu", "投资强度", "Investment intensity", "工业企业固定资本除以工业用地")
def investment_intensity(m: Measures) -> Floats:
    """Fixed capital of industrial enterprises over industrial land."""
    return _ratio(m.industrial_capital, m.land_industrial / MU)


@indicator("10k CNY/mu/yr", "亩均产出", "Output per mu", "工业总产值除以工业用地")
def output_per_mu(m: Measures) -> Floats:
    """Yearly output of industry over industrial land."""
    return _ratio(m.output_industry / m.years, m.land_industrial / MU)


@indicator("10k CNY/mu/yr", "亩均税收", "Tax per mu", "税收除以工业用地")
def tax_per_mu(m: Measures) -> Floats:
    """Yearly taxes over industrial land."""
    return _ratio(tax_revenue(m) * YI / m.years, m.land_industrial / MU)


@indicator("mu", "闲置土地面积", "Idle land", "已供未按期动工土地")
def idle_land_area(m: Measures) -> Floats:
    """Granted land on which building should have begun a year ago."""
    return m.land_idle / MU


@indicator("mu", "低效用地面积", "Inefficient land", "亩均产出低于门槛的用地")
def inefficient_land_area(m: Measures) -> Floats:
    """Built land whose output per mu is below the threshold."""
    return m.land_inefficient / MU


@indicator("mu/yr", "收回与盘活土地", "Land reclaimed and revitalised", "收回的闲置土地与盘活的低效用地")
def land_returned(m: Measures) -> Floats:
    """Idle land taken back and inefficient land brought back to use."""
    return (m.land_reclaimed + m.land_revitalised) / MU


@indicator("mu/yr", "供地面积", "Land granted", "当期供地面积")
def land_supplied(m: Measures) -> Floats:
    """Land granted to enterprises in the period."""
    return m.land_granted / MU


@indicator("mu", "待供土地", "Ready land", "期末已平整未出让土地")
def ready_land(m: Measures) -> Floats:
    """Serviced land not yet granted at the end of the period."""
    return m.land_ready / MU


@indicator("share", "开发程度", "Development degree", "已开发土地占规划面积")
def development_degree(m: Measures) -> Floats:
    """Developed land in planned land."""
    return _ratio(m.land_planned - m.land_undeveloped, m.land_planned)


@indicator("10^8 CNY", "基础设施存量", "Infrastructure stock", "期末各类基础设施存量之和")
def infra_stock(m: Measures) -> Floats:
    """Stock of infrastructure of all types at the end of the period."""
    return m.infrastructure / YI


@indicator("10^8 CNY/yr", "基础设施投资", "Infrastructure investment", "当期基础设施投资")
def infra_investment(m: Measures) -> Floats:
    """Investment in infrastructure."""
    return m.infrastructure_investment / YI


@indicator("tce per 10k CNY", "单位能耗", "Energy intensity", "能源消费量除以增加值")
def energy_intensity(m: Measures) -> Floats:
    """Energy over value added."""
    return _ratio(m.energy, gdp(m) * YI)


@indicator("index/yr", "污染物排放", "Emissions", "企业排放之和")
def emissions(m: Measures) -> Floats:
    """Emissions of enterprises."""
    return m.emissions


@indicator("10^4 m3/yr", "用水总量", "Water use", "企业用水之和")
def water_use_total(m: Measures) -> Floats:
    """Water used by enterprises."""
    return m.water / 10_000


@indicator("ratio", "投入产出比", "Value added per capital", "年增加值除以固定资本")
def input_output_ratio(m: Measures) -> Floats:
    """Yearly value added over fixed capital."""
    return _ratio(gdp(m) * YI / m.years, m.capital_all)


@indicator("points", "入园企业质量", "Quality of entrants", "准入项目评分均值")
def entrant_quality(m: Measures) -> Floats:
    """Mean score of the projects admitted in the period."""
    return _ratio(m.entrant_quality, m.approved)


def periods(start: int, n_quarters: int) -> Iterator[tuple[str, slice, float]]:
    """Yield (label, quarters of the run, length in years) of each quarter and of each full year."""
    for t in range(n_quarters):
        quarter = start + t
        yield f"{quarter // 4}Q{quarter % 4 + 1}", slice(t, t + 1), 0.25
    first = -start % 4
    for t in range(first, n_quarters - 3, 4):
        yield str((start + t) // 4), slice(t, t + 4), 1.0


def aggregate(cube: Floats, membership: Floats, window: slice) -> Floats:
    """Add measures over groups of places and the quarters of a period: ``[n_measures, n_groups]``."""
    stock = np.array([name in END_OF_PERIOD for name in MEASURES])
    by_place = np.where(stock[:, None], cube[window.stop - 1], cube[window].sum(axis=0))
    return np.asarray((by_place[:, :, None] * membership[None, :, :]).sum(axis=1))


def groups(world: World) -> tuple[list[tuple[str, str]], Floats]:
    """Return the groups for which indicators are given, as (level, id), and their membership ``[n_places, n_groups]``."""
    keys: list[tuple[str, str]] = []
    members: list[Floats] = []
    n = world.n_places
    for i, name in enumerate(world.place_names):
        keys.append(("park" if world.places.kind[i] == Kind.PARK else "outside", name.id))
        members.append((np.arange(n) == i).astype(float))
    for z, name in enumerate(world.zone_names):
        inside = world.places.zone[:n] == z
        for child in range(world.zones.n):
            if world.zones.parent[child] == z:
                inside = inside | (world.places.zone[:n] == child)
        keys.append(("zone", name.id))
        members.append(inside.astype(float))
    for c, name in enumerate(world.county_names):
        keys.append(("county", name.id))
        members.append((world.places.county[:n] == c).astype(float))
    keys.append(("city", world.region.id))
    members.append(np.ones(n))
    return keys, np.stack(members, axis=1)


@dataclass(frozen=True)
class Series:
    """Indicators of one run as flat arrays: codes into ``periods``, ``groups`` and ``indicators``, and values."""

    periods: tuple[str, ...]
    groups: tuple[tuple[str, str], ...]
    indicators: tuple[str, ...]
    period: np.ndarray
    group: np.ndarray
    indicator: np.ndarray
    value: Floats


def tabulate(observer: Observer, paid: dict[str, Floats]) -> Series:
    """Compute every indicator for every group and period of a run.

    Args:
        observer: the measures of the run.
        paid: money by quarter and committee that the ledger knows, ``[n_quarters, n_zones]`` in 10k CNY.
    """
    keys, membership = observer.groups, observer.membership
    labels: list[str] = []
    ids = [*INDICATORS, *DERIVED]
    yearly: dict[int, Floats] = {}
    zone_rows = [g for g, (level, _) in enumerate(keys) if level == "zone"]
    blocks = []
    for label, window, years in periods(observer.start, observer.seen):
        labels.append(label)
        m = Measures(aggregate(observer.cube, membership, window)[None], years)
        block = np.full((len(ids), len(keys)), np.nan)
        for i, entry in enumerate(INDICATORS.values()):
            block[i] = entry.compute(m)[0]
        at = len(INDICATORS)
        for name in ("tax_returned", "enclave_tax_shared"):
            block[at, zone_rows] = paid[name][window].sum(axis=0) / (YI if name == "tax_returned" else 1.0)
            at += 1
        last = window.stop - 1
        block[at, zone_rows], block[at + 1, zone_rows] = observer.scores[last, :, 0], observer.scores[last, :, 1]
        debt_before = observer.scores[window.start - 1, :, 2] if window.start else observer.scores[0, :, 2]
        block[at + 2, zone_rows] = (observer.scores[last, :, 2] - debt_before) / YI
        if years == 1.0:
            yearly[int(label)] = block[0]
            before = yearly.get(int(label) - 1)
            if before is not None:
                growth = 100 * (np.divide(block[0], before, out=np.full_like(before, np.nan), where=before > 0) - 1)
                block[at + 3] = growth
                block[at + 4] = growth - growth[-1]
        blocks.append(block)
    cube = np.stack(blocks)
    known = ~np.isnan(cube)
    period, which, group = np.nonzero(known)
    return Series(
        tuple(labels),
        tuple(keys),
        tuple(ids),
        period.astype(np.int16),
        group.astype(np.int16),
        which.astype(np.int16),
        cube[known],
    )


def _never(m: Measures) -> Floats:
    raise TypeError("a derived indicator is computed by tabulate")


DERIVED: dict[str, Indicator] = {
    one.id: one
    for one in (
        Indicator("tax_returned", "10^8 CNY/yr", "返还税收", "Tax returned", "Increment of taxes returned to the committee by the city.",
                  "市级返还给管委会的三税增量", _never),
        Indicator("enclave_tax_shared", "10k CNY/yr", "共建分享税收", "Shared tax of enclaves", "Tax of shared projects paid out of the zone's parks to providers.",
                  "共建项目分享给提供方的税收", _never),
        Indicator("evaluation_score", "points", "综合评价得分", "Evaluation score", "Score of the last yearly evaluation.", "最近一次年度考核得分", _never),
        Indicator("evaluation_rank", "rank", "考核名次", "Evaluation rank", "Rank of the last yearly evaluation among the region's zones.", "最近一次年度考核名次", _never),
        Indicator("new_debt", "10^8 CNY/yr", "新增债务", "New debt", "Change of the debt of the platform company.", "平台公司债务变动", _never),
        Indicator("gdp_growth", "% per year", "地区生产总值增速", "Growth of GDP", "Growth of value added over the year before.", "增加值比上年增长", _never, True, False),
        Indicator("growth_premium_over_city", "percentage points", "增速高于全市", "Growth above the city", "Growth of value added less the city's growth.", "增加值增速减全市增速", _never, True, False),
    )
}  # fmt: skip
