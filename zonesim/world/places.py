"""Places (zones, sub-parks, urban and rural areas), their committees, and counties."""

from __future__ import annotations

from enum import IntEnum

from zonesim.columns import Array, Table, column
from zonesim.world.criteria import N_CRITERIA


class Kind(IntEnum):
    """Kind of a place."""

    PARK = 0  #: a zone or a sub-park of one
    URBAN = 1  #: the county's towns, outside any zone
    RURAL = 2  #: the county's villages, outside any zone


class LandStage(IntEnum):
    """Stage of land in the land account; the four add up to the planned area."""

    UNDEVELOPED = 0
    READY = 1
    GRANTED = 2
    BUILT = 3


class Use(IntEnum):
    """Planned use of land."""

    INDUSTRIAL = 0
    PRODUCER_SERVICE = 1
    LIVING_SERVICE = 2
    COMMERCIAL = 3
    PUBLIC = 4


class Infrastructure(IntEnum):
    """Types of infrastructure."""

    TRANSPORT = 0
    UTILITIES = 1
    WASTEWATER = 2
    HEATING = 3
    SOLID_WASTE = 4
    DIGITAL = 5
    FACTORIES = 6
    LIVING = 7
    PLATFORMS = 8


N_INFRASTRUCTURE = len(Infrastructure)


MOST_DUTY = 0.9  #: of a committee's time that social affairs take at most: some business goes on. Assumption
LEAST_LAND = 1000.0  #: m2 that figures per land are divided by at least, so that a park with next to none has no boundless ones
USUAL_EFFORT = 0.2  #: effort of each kind of a committee that divides ordinary effort equally; effects are relative to it


class Effort(IntEnum):
    """What a committee divides its effort among."""

    PROMOTION = 0
    SERVICE = 1
    LAND = 2
    ENVIRONMENT = 3
    INFRASTRUCTURE = 4


class Mark(IntEnum):
    """What innovation of a year is counted by place."""

    SPECIALISED = 0  #: enterprises of grade 2 and above
    CENTRES = 1
    BRANDS = 2
    PATENTS = 3
    INFRINGED = 4
    RESULTS = 5  #: results of partners offered to able enterprises
    CONVERTED = 6
    TENANTS = 7
    GRADUATES = 8


class Places(Table):
    """Columns of places; the land account ``land[place, LandStage, Use]`` adds up to ``planned`` exactly."""

    kind: Array = column("i1", unit="", doc="kind of place (Kind)", zh="类型")
    county: Array = column("i2", unit="", doc="county in which it lies", zh="县区")
    zone: Array = column("i2", unit="", doc="committee that runs it; -1 outside zones", zh="管委会", fill=-1)
    entrusted: Array = column("b1", unit="", doc="its own committee was integrated into the one that runs it", zh="托管")
    level: Array = column("i1", unit="", doc="0 none, 1 county, 2 provincial, 3 national", zh="级别")
    longitude: Array = column("f8", unit="degrees", doc="longitude", zh="经度")
    latitude: Array = column("f8", unit="degrees", doc="latitude", zh="纬度")
    planned: Array = column("i8", unit="m2", doc="planned area", zh="规划面积")
    land: Array = column("i8", unit="m2", doc="land account by stage and use", zh="土地台账", shape=(4, 5))
    land_grade: Array = column("i1", unit="", doc="grade of the industrial floor price (1 to 15)", zh="土地等别", fill=10)
    land_price: Array = column("f8", unit="10k CNY/m2", doc="asking price of industrial land", zh="工业地价")
    infrastructure: Array = column("f8", unit="10k CNY", doc="stock by type", zh="基础设施", shape=(N_INFRASTRUCTURE,))
    infrastructure_opening: Array = column("f8", unit="10k CNY", doc="stock at the opening, all types", zh="期初基础设施")
    factory: Array = column("i8", unit="m2", doc="standard factory floor that exists", zh="标准厂房")
    factory_let: Array = column("i8", unit="m2", doc="standard factory floor that is let", zh="已租厂房")
    treatment: Array = column("f8", unit="index", doc="pollution that its central plant can treat in a quarter", zh="处理能力")
    effluent: Array = column("f8", unit="index", doc="pollution of its industry after own treatment, last quarter", zh="工业待处理污染物")
    emission_base: Array = column("f8", unit="index/yr", doc="discharge of its industry in the opening year", zh="基期排放")
    water_base: Array = column("f8", unit="m3/yr", doc="water use of its industry in the opening year", zh="基期用水")
    emission_room: Array = column("f8", unit="share", doc="output that the total cap on pollution leaves its industry", zh="总量控制下排放允许比例", fill=1)
    water_room: Array = column("f8", unit="share", doc="output that the total cap on water leaves its industry", zh="总量控制下用水允许比例", fill=1)
    in_compliance: Array = column("b1", unit="", doc="all its industry together met the standard last quarter", zh="整体达标", fill=1)
    reuse: Array = column("f8", unit="share", doc="industrial waste and by-products that are used again", zh="资源综合利用率", fill=0.35)
    talent: Array = column("f8", unit="persons", doc="high-skill workers", zh="人才")
    reuse_base: Array = column("f8", unit="share", doc="the same at the opening", zh="期初综合利用率", fill=0.35)
    incubator: Array = column("f8", unit="places", doc="places of incubators", zh="孵化器工位")
    innovation: Array = column("f8", unit="", doc="innovation of the year (Mark)", zh="年度创新", shape=(9,))
    amenity: Array = column("f8", unit="index", doc="living amenities", zh="宜居度", fill=1)
    site_index: Array = column("f8", unit="index", doc="what its sites are worth to reference projects, 100 at the opening's mean", zh="投资环境指数", fill=100)
    reputation: Array = column("f8", unit="index", doc="reputation with investors", zh="声誉", fill=1)
    value_added: Array = column("f8", unit="10k CNY/quarter", doc="value added of its enterprises", zh="增加值")
    employment: Array = column("i8", unit="persons", doc="persons employed there", zh="从业人员")
    quota_expansion: Array = column("i8", unit="m2", doc="quota of new land left for the expansion of incumbents this year", zh="扩建用地指标")
    quota_works: Array = column("i8", unit="m2", doc="quota of new land left for public works this year", zh="基建用地指标")
    works_waiting: Array = column("f8", unit="10k CNY", doc="public works that are paid and wait for land", zh="待落地基建")
    factory_sold: Array = column("i8", unit="m2", doc="factory floor that the platform company has sold so far", zh="已售厂房")
    quota_land: Array = column("i8", unit="m2", doc="new construction land it may still develop this year", zh="用地指标")
    quota_energy: Array = column("f8", unit="tce/yr", doc="energy use it may still grant this year", zh="能耗指标")
    quota_emission: Array = column("f8", unit="index/yr", doc="emissions it may still grant this year", zh="环境容量指标")
    assessed_until: Array = column("i2", unit="quarter", doc="last quarter in which its regional assessments are valid", zh="区域评估有效至", fill=-1)


class Zones(Table):
    """Columns of zone committees (管委会) and their platform companies."""

    county: Array = column("i2", unit="", doc="county that hosts its seat", zh="县区")
    parent: Array = column("i2", unit="", doc="committee into which it may be integrated; -1 none", zh="上级管委会", fill=-1)
    merged: Array = column("b1", unit="", doc="integrated into its parent", zh="已整合")
    level: Array = column("i1", unit="", doc="1 county, 2 provincial, 3 national", zh="级别", fill=2)
    staff: Array = column("f8", unit="persons", doc="staff of the committee", zh="编制")
    effort: Array = column(
        "f8",
        unit="share of usual effort",
        doc="effort by kind (Effort); adds up to total_effort less what goes into reporting",
        zh="精力分配",
        shape=(5,),
        fill=0.2,
    )
    service_capacity: Array = column("f8", unit="cases/quarter", doc="cases it can handle", zh="服务能力")
    queue: Array = column("f8", unit="cases", doc="work that waits at the end of a quarter and is done first in the next", zh="积压")
    refund_offer: Array = column("f8", unit="share", doc="refund of the local tax part offered to newcomers", zh="返还承诺")
    score: Array = column("f8", unit="points", doc="score of the last evaluation among the zones of the province", zh="考核得分", fill=74.5)
    criteria: Array = column("f8", unit="sd", doc="criteria of the last evaluation relative to the zones of the province", zh="考核分项", shape=(N_CRITERIA,))
    rank: Array = column("i2", unit="rank", doc="rank of the last evaluation in the region", zh="考核名次")
    growth: Array = column("f8", unit="1/yr", doc="growth of value added in the last full year", zh="增长率")
    revenue_last_year: Array = column("f8", unit="10k CNY", doc="revenue of its account last year", zh="上年收入")
    infrastructure_fund: Array = column("f8", unit="10k CNY", doc="money that is earmarked for ready land and works", zh="基建专款")
    bonds: Array = column("f8", unit="10k CNY", doc="special bonds owed to the province", zh="专项债余额")
    policy_loans: Array = column("f8", unit="10k CNY", doc="loans of policy banks", zh="政策性贷款余额")
    partner_claims: Array = column("f8", unit="10k CNY", doc="works of private partners that are not paid off", zh="PPP应付")
    platform_debt: Array = column("f8", unit="10k CNY", doc="debt of its platform company", zh="平台债务")
    tax_base: Array = column("f8", unit="10k CNY/yr", doc="vat, business tax, cit of last year (gross)", zh="上年三税", shape=(3,))
    tax_year: Array = column("f8", unit="10k CNY", doc="vat, business tax, cit of this year (gross)", zh="本年三税", shape=(3,))
    city_tax_base: Array = column("f8", unit="10k CNY/yr", doc="city part of the three taxes of last year", zh="上年市级三税", shape=(3,))
    city_tax_year: Array = column("f8", unit="10k CNY", doc="city part of the three taxes of this year", zh="本年市级三税", shape=(3,))
    city_tax_fixed_base: Array = column("f8", unit="10k CNY/yr", doc="city part of the fixed base year", zh="基期市级三税", shape=(3,))
    integration_due: Array = column("i2", unit="quarter", doc="quarter to which its merger is put off; -1 not yet known", zh="整合时点", fill=-1)
    dip_until: Array = column("i2", unit="quarter", doc="last quarter of the dip in service after a merger", zh="整合磨合期", fill=-1)
    value_added_last: Array = column("f8", unit="10k CNY", doc="value added of the last full year", zh="上年增加值")
    value_added_year: Array = column("f8", unit="10k CNY", doc="value added of this year so far", zh="本年增加值")
    promotion_paid: Array = column("f8", unit="10k CNY/quarter", doc="promotion budget that was paid", zh="招商经费")
    arrears: Array = column("f8", unit="10k CNY", doc="what it owes and could not pay", zh="欠付")
    tax_fixed_base: Array = column("f8", unit="10k CNY/yr", doc="vat, business tax, cit of the fixed base year", zh="基期三税", shape=(3,))
    weights: Array = column("f8", unit="share", doc="weights of the evaluation in force (CRITERIA)", zh="考核权重", shape=(N_CRITERIA,))
    total_effort: Array = column("f8", unit="factor", doc="effort relative to the usual", zh="总努力", fill=1)
    reporting: Array = column("f8", unit="share", doc="part of the effort that raises reported figures only", zh="数字政绩")
    reach: Array = column("f8", unit="factor", doc="projects found for the same effort, relative to the usual", zh="招商效率", fill=1)
    open_problems: Array = column("f8", unit="factor", doc="open problems of its enterprises relative to the usual", zh="未解决问题", fill=1)
    coordination: Array = column("f8", unit="index 0 to 1", doc="joint meetings relative to the most", zh="协调强度")
    standing: Array = column("f8", unit="index", doc="what problems and public notices add to its reputation", zh="口碑")
    staff_factor: Array = column("f8", unit="factor", doc="staff relative to what it would have without the form in force", zh="编制系数", fill=1)
    leader_since: Array = column("i2", unit="quarter", doc="quarter in which its head took office", zh="主官到任")
    leader_tenure: Array = column("f8", unit="years", doc="years for which its head will stay", zh="主官任期")
    leader_number: Array = column("i2", unit="", doc="number of its head, counted from the opening", zh="主官序号")
    growth_gap: Array = column("f8", unit="1/yr", doc="growth of the city less its own in the last full year", zh="增速差距")
    province_rank: Array = column("i2", unit="rank", doc="rank in the province", zh="省内名次")
    national_rank: Array = column("i2", unit="rank", doc="rank among the national zones of the country; 0 for others", zh="全国名次")
    years_at_line: Array = column("i2", unit="years", doc="consecutive years at or above the line of expansion", zh="连续达标年数")
    assessed: Array = column("f8", unit="share", doc="parks whose planning assessment is done", zh="规划环评完成")
    named: Array = column("b1", unit="", doc="named in public as one of the last", zh="被通报")
    debt_last: Array = column("f8", unit="10k CNY", doc="debt of committee and platform company a year ago", zh="上年债务")
    return_owed: Array = column("f8", unit="10k CNY", doc="returned tax increment that the city owes it and could not pay", zh="应返未返增量")


class Counties(Table):
    """Columns of counties and districts."""

    population: Array = column("f8", unit="persons", doc="residents", zh="常住人口")
    labour_force: Array = column("i8", unit="persons", doc="labour force", zh="劳动力")
    wage: Array = column("f8", unit="index", doc="wage relative to the opening", zh="工资指数", fill=1)
    tightness: Array = column("f8", unit="share", doc="employed share of the labour force at the opening", zh="期初就业率")
    income: Array = column("f8", unit="10k CNY/quarter", doc="wages received by residents last quarter", zh="劳动收入")
    income_opening: Array = column("f8", unit="10k CNY/quarter", doc="the same at the opening", zh="期初劳动收入")
    environment: Array = column("f8", unit="index", doc="ambient quality, 1 at the opening", zh="环境质量", fill=1)
    venture: Array = column("f8", unit="10k CNY", doc="venture money put into start-ups this year", zh="创投资金")
    emission_base: Array = column("f8", unit="index/quarter", doc="discharge of all its enterprises at the opening", zh="期初排放")
    shutdown: Array = column("f8", unit="days", doc="days of the next quarter with a pollution alert", zh="污染管控天数")
    value_added_last: Array = column("f8", unit="10k CNY", doc="value added of the last full year", zh="上年增加值")


class Contracts(Table):
    """Columns of sharing contracts (enclaves, co-built parks, pairs)."""

    provider: Array = column("i2", unit="", doc="account of the provider of the project", zh="提供方")
    host: Array = column("i2", unit="", doc="place that hosts the project", zh="承接地")
    start: Array = column("i2", unit="quarter", doc="first quarter of sharing (landing)", zh="起始")
    until: Array = column("i2", unit="quarter", doc="last quarter of sharing", zh="截止")
    tax_share: Array = column("f8", unit="share", doc="local tax of the project that goes to the provider", zh="税收分享")
    indicator_share: Array = column("f8", unit="share", doc="indicators counted for the provider", zh="指标分享")
    cost_share: Array = column("f8", unit="share", doc="site cost paid by the provider", zh="成本分担")
    site_cost: Array = column("f8", unit="10k CNY", doc="land cost of the project", zh="用地成本")
