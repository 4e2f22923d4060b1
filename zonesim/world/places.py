"""Places (zones, sub-parks, urban and rural areas), counties, and contracts between them."""

from __future__ import annotations

from enum import IntEnum

from zonesim.columns import Array, Table, column


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


MOST_DUTY = 0.9  #: of a committee's time that social affairs take at most: some business goes on. Assumption, and a guard
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

    kind: Array = column("i1", unit="", doc="kind of place (Kind)", zh="类型", doc_zh="地点类型（Kind）")
    county: Array = column("i2", unit="", doc="county in which it lies", zh="县区", doc_zh="所在县区")
    zone: Array = column("i2", unit="", doc="committee that runs it; -1 outside zones", zh="管委会", doc_zh="管理它的管委会；-1表示在开发区外", fill=-1)
    entrusted: Array = column(
        "b1", unit="", doc="its own committee was integrated into the one that runs it", zh="托管", doc_zh="原管委会已并入现管理它的管委会"
    )
    level: Array = column("i1", unit="", doc="0 none, 1 county, 2 provincial, 3 national", zh="级别", doc_zh="0无、1县级、2省级、3国家级")
    longitude: Array = column("f8", unit="degrees", doc="longitude", zh="经度", doc_zh="经度")
    latitude: Array = column("f8", unit="degrees", doc="latitude", zh="纬度", doc_zh="纬度")
    planned: Array = column("i8", unit="m2", doc="planned area", zh="规划面积", doc_zh="规划面积")
    land: Array = column("i8", unit="m2", doc="land account by stage and use", zh="土地台账", doc_zh="按开发阶段和用途划分的土地台账", shape=(4, 5))
    land_grade: Array = column(
        "i1", unit="", doc="grade of the industrial floor price (1 to 15)", zh="土地等别", doc_zh="工业用地出让最低价的土地等别（1至15）", fill=10
    )
    land_price: Array = column("f8", unit="10k CNY/m2", doc="asking price of industrial land", zh="工业地价", doc_zh="工业用地挂牌价")
    infrastructure: Array = column("f8", unit="10k CNY", doc="stock by type", zh="基础设施", doc_zh="分类型的基础设施存量", shape=(N_INFRASTRUCTURE,))
    infrastructure_opening: Array = column("f8", unit="10k CNY", doc="stock at the opening, all types", zh="期初基础设施", doc_zh="期初各类基础设施存量合计")
    factory: Array = column("i8", unit="m2", doc="standard factory floor that exists", zh="标准厂房", doc_zh="已有标准厂房面积")
    factory_let: Array = column("i8", unit="m2", doc="standard factory floor that is let", zh="已租厂房", doc_zh="已出租的标准厂房面积")
    treatment: Array = column(
        "f8", unit="index", doc="pollution that its central plant can treat in a quarter", zh="处理能力", doc_zh="集中处理设施一季可处理的污染量"
    )
    effluent: Array = column(
        "f8", unit="index", doc="pollution of its industry after own treatment, last quarter", zh="工业待处理污染物", doc_zh="上季工业自行治理后的污染量"
    )
    emission_base: Array = column("f8", unit="index/yr", doc="discharge of its industry in the opening year", zh="基期排放", doc_zh="期初年份的工业排放量")
    water_base: Array = column("f8", unit="m3/yr", doc="water use of its industry in the opening year", zh="基期用水", doc_zh="期初年份的工业用水量")
    emission_room: Array = column(
        "f8",
        unit="share",
        doc="output that the total cap on pollution leaves its industry",
        zh="总量控制下排放允许比例",
        doc_zh="污染物总量控制下允许的产出比例",
        fill=1,
    )
    water_room: Array = column(
        "f8",
        unit="share",
        doc="output that the total cap on water leaves its industry",
        zh="总量控制下用水允许比例",
        doc_zh="用水总量控制下允许的产出比例",
        fill=1,
    )
    in_compliance: Array = column(
        "b1", unit="", doc="all its industry together met the standard last quarter", zh="整体达标", doc_zh="上季全部工业合计达标", fill=1
    )
    reuse: Array = column(
        "f8", unit="share", doc="industrial waste and by-products that are used again", zh="资源综合利用率", doc_zh="工业废物和副产品的综合利用比例", fill=0.35
    )
    talent: Array = column("f8", unit="persons", doc="high-skill workers", zh="人才", doc_zh="高技能从业人员数")
    reuse_base: Array = column("f8", unit="share", doc="the same at the opening", zh="期初综合利用率", doc_zh="期初的资源综合利用率", fill=0.35)
    incubator: Array = column("f8", unit="places", doc="places of incubators", zh="孵化器工位", doc_zh="孵化器工位数")
    innovation: Array = column("f8", unit="", doc="innovation of the year (Mark)", zh="年度创新", doc_zh="当年各项创新（Mark）", shape=(9,))
    amenity: Array = column("f8", unit="index", doc="living amenities", zh="宜居度", doc_zh="生活配套水平", fill=1)
    site_index: Array = column(
        "f8",
        unit="index",
        doc="what its sites are worth to reference projects, 100 at the opening's mean",
        zh="投资环境指数",
        doc_zh="对标准项目而言地块的价值，以期初均值为100",
        fill=100,
    )
    reputation: Array = column("f8", unit="index", doc="reputation with investors", zh="声誉", doc_zh="在投资者中的声誉", fill=1)
    value_added: Array = column("f8", unit="10k CNY/quarter", doc="value added of its enterprises", zh="增加值", doc_zh="区内企业的增加值")
    employment: Array = column("i8", unit="persons", doc="persons employed there", zh="从业人员", doc_zh="在此从业的人员数")
    quota_expansion: Array = column(
        "i8",
        unit="m2",
        doc="quota of new land left for the expansion of incumbents this year",
        zh="扩建用地指标",
        doc_zh="本年剩余、供存量企业扩建的新增用地指标",
    )
    quota_works: Array = column(
        "i8", unit="m2", doc="quota of new land left for public works this year", zh="基建用地指标", doc_zh="本年剩余、供公共工程的新增用地指标"
    )
    works_waiting: Array = column(
        "f8", unit="10k CNY", doc="public works that are paid and wait for land", zh="待落地基建", doc_zh="已付款、等待用地的公共工程"
    )
    factory_sold: Array = column(
        "i8", unit="m2", doc="factory floor that the platform company has sold so far", zh="已售厂房", doc_zh="平台公司已累计出售的厂房面积"
    )
    quota_land: Array = column("i8", unit="m2", doc="new construction land it may still develop this year", zh="用地指标", doc_zh="本年仍可开发的新增建设用地")
    quota_energy: Array = column("f8", unit="tce/yr", doc="energy use it may still grant this year", zh="能耗指标", doc_zh="本年仍可批准的用能")
    quota_emission: Array = column("f8", unit="index/yr", doc="emissions it may still grant this year", zh="环境容量指标", doc_zh="本年仍可批准的排放")
    assessed_until: Array = column(
        "i2", unit="quarter", doc="last quarter in which its regional assessments are valid", zh="区域评估有效至", doc_zh="区域评估有效的最后季度", fill=-1
    )


class Counties(Table):
    """Columns of counties and districts."""

    population: Array = column("f8", unit="persons", doc="residents", zh="常住人口", doc_zh="常住人口")
    labour_force: Array = column("i8", unit="persons", doc="labour force", zh="劳动力", doc_zh="劳动力人数")
    wage: Array = column("f8", unit="index", doc="wage relative to the opening", zh="工资指数", doc_zh="工资与期初之比", fill=1)
    tightness: Array = column("f8", unit="share", doc="employed share of the labour force at the opening", zh="期初就业率", doc_zh="期初劳动力的就业比例")
    income: Array = column("f8", unit="10k CNY/quarter", doc="wages received by residents last quarter", zh="劳动收入", doc_zh="居民上季所得工资")
    income_opening: Array = column("f8", unit="10k CNY/quarter", doc="the same at the opening", zh="期初劳动收入", doc_zh="期初的居民工资收入")
    environment: Array = column("f8", unit="index", doc="ambient quality, 1 at the opening", zh="环境质量", doc_zh="环境质量，以期初为1", fill=1)
    venture: Array = column("f8", unit="10k CNY", doc="venture money put into start-ups this year", zh="创投资金", doc_zh="本年投入初创企业的创业投资")
    emission_base: Array = column("f8", unit="index/quarter", doc="discharge of all its enterprises at the opening", zh="期初排放", doc_zh="期初全部企业的排放")
    shutdown: Array = column("f8", unit="days", doc="days of the next quarter with a pollution alert", zh="污染管控天数", doc_zh="下季污染预警天数")
    value_added_last: Array = column("f8", unit="10k CNY", doc="value added of the last full year", zh="上年增加值", doc_zh="上一整年的增加值")


class Contracts(Table):
    """Columns of sharing contracts (enclaves, co-built parks, pairs)."""

    provider: Array = column("i2", unit="", doc="account of the provider of the project", zh="提供方", doc_zh="项目提供方的账户")
    host: Array = column("i2", unit="", doc="place that hosts the project", zh="承接地", doc_zh="承接项目的地点")
    start: Array = column("i2", unit="quarter", doc="first quarter of sharing (landing)", zh="起始", doc_zh="开始分享的季度（落地）")
    until: Array = column("i2", unit="quarter", doc="last quarter of sharing", zh="截止", doc_zh="分享的最后季度")
    tax_share: Array = column(
        "f8", unit="share", doc="local tax of the project that goes to the provider", zh="税收分享", doc_zh="项目地方税收中归提供方的部分"
    )
    indicator_share: Array = column("f8", unit="share", doc="indicators counted for the provider", zh="指标分享", doc_zh="统计指标中计入提供方的部分")
    cost_share: Array = column("f8", unit="share", doc="site cost paid by the provider", zh="成本分担", doc_zh="用地成本中由提供方承担的部分")
    site_cost: Array = column("f8", unit="10k CNY", doc="land cost of the project", zh="用地成本", doc_zh="项目的用地成本")
