"""The table of enterprises: one row is one enterprise (or ``weight`` alike micro-enterprises, see founding)."""

from __future__ import annotations

from enum import IntEnum

from zonesim.columns import Array, Table, column


class Stage(IntEnum):
    """Where an enterprise stands in its life."""

    GONE = 0
    APPLYING = 1  #: admitted by a place, in the approval pipeline; has its land, does not produce
    BUILDING = 2  #: builds on its land; does not produce
    OPERATING = 3
    SUSPENDED = 4  #: holds its jobs and land, produces nothing this quarter
    MOVING = 5  #: produces at the old site while it is approved and builds at ``destination``


class Origin(IntEnum):
    """How an enterprise came to be where it is."""

    OPENING = 0  #: in the opening world
    BORN = 1  #: founded by local people during the run
    ATTRACTED = 2  #: brought from outside the region by promotion
    TRANSFERRED = 3  #: moved in from a partner region
    MAJOR = 4  #: a major project arranged by nation, province or city
    MOVED = 5  #: moved inside the region during the run


class Enterprises(Table):
    """Columns of enterprises. Stocks and flows are totals of the row, never per represented enterprise."""

    id: Array = column(
        "u8", unit="", doc="identity, the key of every draw; rows are sorted by it", zh="编号", doc_zh="身份编号，各次抽取随机数的键；各行按此排序"
    )
    weight: Array = column("i4", unit="enterprises", doc="enterprises that the row stands for", zh="代表企业数", doc_zh="该行代表的企业数", fill=1)
    place: Array = column("i2", unit="", doc="place where it is (index of places)", zh="所在地", doc_zh="所在地点（地点序号）")
    county: Array = column("i2", unit="", doc="county of registration", zh="注册县区", doc_zh="注册县区")
    industry: Array = column("i1", unit="", doc="industry group (index of industries)", zh="行业", doc_zh="行业类别（行业序号）")
    stage: Array = column("i1", unit="", doc="stage of life (Stage)", zh="阶段", doc_zh="所处生命阶段（Stage）", fill=3)
    origin: Array = column("i1", unit="", doc="how it came to its place (Origin)", zh="来源", doc_zh="来到所在地的途径（Origin）")
    high_tech: Array = column("b1", unit="", doc="recognised high-tech enterprise", zh="高新技术企业", doc_zh="经认定的高新技术企业")
    foreign: Array = column("b1", unit="", doc="foreign-invested", zh="外商投资", doc_zh="外商投资企业")
    ordered: Array = column("b1", unit="", doc="ordered to move into a zone", zh="列入搬迁", doc_zh="已被要求迁入开发区")
    founded: Array = column("i2", unit="quarter", doc="quarter of foundation", zh="成立季度", doc_zh="成立的季度")
    arrived: Array = column("i2", unit="quarter", doc="quarter of arrival at its place", zh="到位季度", doc_zh="到达所在地的季度")
    stage_ends: Array = column("i2", unit="quarter", doc="quarter in which approval or building ends", zh="阶段截止", doc_zh="审批或建设结束的季度")
    starts_building: Array = column("i2", unit="quarter", doc="agreed quarter of the start of building", zh="约定开工", doc_zh="约定开工的季度")
    deadline: Array = column("i2", unit="quarter", doc="quarter by which an ordered move must be done", zh="搬迁期限", doc_zh="搬迁须完成的季度")
    review_due: Array = column(
        "i2", unit="quarter", doc="quarter of the standard-land review; -1 none", zh="复核", doc_zh="标准地复核的季度；-1表示没有", fill=-1
    )
    review_after: Array = column(
        "i1",
        unit="quarters",
        doc="quarters from production to the review agreed at its newest grant; 0 none",
        zh="约定复核期",
        doc_zh="最近一次出让时约定的、投产至复核的季度数；0表示没有",
    )
    verification: Array = column(
        "i1", unit="quarters", doc="quarters of verification after building; -1 while it lasts", zh="验收季数", doc_zh="建成后验收的季度数；-1表示验收中"
    )
    evades: Array = column("b1", unit="", doc="breaks the commitment on which it was approved", zh="违诺", doc_zh="违反据以获批的承诺")
    failing: Array = column(
        "i1", unit="years", doc="yearly reviews of the exit rule failed in a row", zh="连续不达标年数", doc_zh="退出机制年度评价连续不合格的年数"
    )
    contract: Array = column("i4", unit="", doc="sharing contract it came under; -1 none", zh="分享合同", doc_zh="所属的分享合同；-1表示没有", fill=-1)
    destination: Array = column("i2", unit="", doc="place it is moving to; -1 none", zh="迁往", doc_zh="正在迁往的地点；-1表示没有", fill=-1)
    capital: Array = column("f8", unit="10k CNY", doc="fixed capital", zh="固定资本", doc_zh="固定资本")
    employment: Array = column("i4", unit="persons", doc="persons employed", zh="从业人员", doc_zh="从业人员")
    wanted_jobs: Array = column("i4", unit="persons", doc="persons it will employ when built", zh="计划用工", doc_zh="建成后计划的用工人数")
    log_productivity: Array = column("f8", unit="log", doc="log of enterprise productivity", zh="对数生产率", doc_zh="企业生产率的对数")
    land: Array = column("i4", unit="m2", doc="land held at its place", zh="用地", doc_zh="在所在地持有的土地")
    land_next: Array = column("i4", unit="m2", doc="land held at its destination", zh="迁入地用地", doc_zh="在迁入地持有的土地")
    floor: Array = column("i4", unit="m2", doc="factory floor rented from the platform company", zh="租用厂房", doc_zh="向平台公司租用的厂房面积")
    laid_out: Array = column(
        "f4", unit="10k CNY", doc="capital that its land was laid out for; 0 not yet known", zh="用地设计资本", doc_zh="其用地所对应的设计资本；0表示尚未知"
    )
    mu_grade: Array = column(
        "i1", unit="", doc="grade of the evaluation by mu: 1 A to 4 D; 0 none", zh="亩均等级", doc_zh="亩均评价等级：1为A，至4为D；0表示未评"
    )
    grace_until: Array = column(
        "i2",
        unit="quarter",
        doc="quarter in which its use of an old building must be settled; -1 none",
        zh="过渡期截止",
        doc_zh="存量房产用途须了结的季度；-1表示没有",
        fill=-1,
    )
    grace_price: Array = column(
        "f4",
        unit="share of market price",
        doc="price that settling its use of an old building was said to have",
        zh="过渡期满补缴比例",
        doc_zh="进入存量房产时约定的期满补缴比例",
    )
    debt: Array = column("f8", unit="10k CNY", doc="debt to banks", zh="债务", doc_zh="银行债务")
    land_price: Array = column("f4", unit="10k CNY/m2", doc="price paid for its newest land", zh="地价", doc_zh="最近一次取得土地的价格")
    rd_stock: Array = column("f4", unit="10k CNY", doc="stock of research spending", zh="研发存量", doc_zh="研发支出的存量")
    emission_intensity: Array = column("f4", unit="index/10k CNY", doc="emissions per value added", zh="排放强度", doc_zh="单位增加值的排放")
    energy_intensity: Array = column("f4", unit="tce/10k CNY", doc="energy per value added", zh="能耗强度", doc_zh="单位增加值的能耗")
    water_intensity: Array = column("f4", unit="m3/10k CNY", doc="water per value added", zh="用水强度", doc_zh="单位增加值的用水")
    promised_capital: Array = column("f8", unit="10k CNY", doc="investment promised at entry", zh="承诺投资", doc_zh="准入时承诺的投资")
    promised_output: Array = column("f4", unit="10k CNY/mu/yr", doc="output per mu promised at entry", zh="承诺亩产", doc_zh="准入时承诺的亩均产出")
    promised_tax: Array = column("f4", unit="10k CNY/mu/yr", doc="tax per mu promised at entry", zh="承诺亩均税收", doc_zh="准入时承诺的亩均税收")
    agreed_investment: Array = column(
        "f4",
        unit="10k CNY/mu",
        doc="investment per mu that the review of its land asks for, as agreed at the grant",
        zh="约定亩均投资",
        doc_zh="出让时约定、复核时要求的亩均投资",
    )
    agreed_penalty: Array = column(
        "f4",
        unit="10k CNY/m2",
        doc="penalty for missing all that was promised for its land, as agreed at the grant",
        zh="约定违约金",
        doc_zh="出让时约定的、各项承诺均未达到时的违约金",
    )
    agreed_investment_next: Array = column(
        "f4", unit="10k CNY/mu", doc="as agreed for the land at its destination", zh="迁入地约定亩均投资", doc_zh="迁入地出让时约定的亩均投资"
    )
    agreed_penalty_next: Array = column(
        "f4", unit="10k CNY/m2", doc="as agreed for the land at its destination", zh="迁入地约定违约金", doc_zh="迁入地出让时约定的违约金"
    )
    agreed_fine: Array = column(
        "f4", unit="share of investment", doc="penalty for breaking the commitment on which it was approved", zh="约定违诺惩戒", doc_zh="获批时约定的违诺惩戒"
    )
    promised_subsidy: Array = column(
        "f4", unit="share of moving cost", doc="subsidy that came with the order to move", zh="承诺搬迁补助", doc_zh="要求搬迁时承诺的补助"
    )
    sincerity: Array = column(
        "f4", unit="share", doc="share of its promised investment that it will make", zh="履约", doc_zh="承诺投资中将实际完成的比例", fill=1
    )
    refund_promised: Array = column(
        "f4", unit="share", doc="refund of the local tax part promised at entry", zh="承诺返还", doc_zh="准入时所获承诺的地方留成税收返还比例"
    )
    refund_until: Array = column("i2", unit="quarter", doc="last quarter of the promised refund", zh="返还截止", doc_zh="承诺返还的最后季度", fill=-1)
    value_added: Array = column("f8", unit="10k CNY/quarter", doc="value added of the quarter", zh="增加值", doc_zh="本季增加值")
    profit: Array = column("f8", unit="10k CNY/quarter", doc="profit after tax of the quarter", zh="税后利润", doc_zh="本季税后利润")
    tax: Array = column("f8", unit="10k CNY/quarter", doc="all taxes assessed this quarter", zh="税收", doc_zh="本季应缴的全部税收")
    tax_last_year: Array = column("f4", unit="10k CNY/yr", doc="taxes of the last full year", zh="上年税收", doc_zh="上一整年的税收")
    equity: Array = column(
        "f8",
        unit="10k CNY",
        doc="public equity in it: industry fund and city's group, at cost",
        zh="国有参股",
        doc_zh="企业中的国有股权（产业基金和市属集团），按成本计",
    )
    listed: Array = column("b1", unit="", doc="listed on an exchange during the run", zh="上市", doc_zh="在模拟期内上市")
    tax_this_year: Array = column("f4", unit="10k CNY", doc="taxes of this year so far", zh="本年税收", doc_zh="本年至今的税收")
    abatement: Array = column(
        "f4",
        unit="share",
        doc="pollution that its own treatment removes; -1 not equipped yet",
        zh="自行治理率",
        doc_zh="自有治污设施去除的污染比例；-1表示尚未配备",
        fill=-1,
    )
    utilisation: Array = column(
        "f4",
        unit="share",
        doc="part of the next quarter in which it may work (shutdowns, caps)",
        zh="允许开工比例",
        doc_zh="下季允许开工的比例（停产、限产）",
        fill=1,
    )
    unsafe: Array = column("b1", unit="", doc="would fail a safety check", zh="安全不达标", doc_zh="安全检查不会合格")
    grade: Array = column(
        "i1",
        unit="",
        doc="grade of innovation: 0 none, 1 innovative, 2 specialised, 3 little giant, 4 single champion",
        zh="创新梯度（专精特新等）",
        doc_zh="创新梯度：0无、1创新型、2专精特新、3“小巨人”、4单项冠军",
    )
    centre: Array = column(
        "i1",
        unit="",
        doc="tier of its research centre: 0 none, 1 city, 2 province, 3 nation",
        zh="研发平台级别",
        doc_zh="研发平台级别：0无、1市级、2省级、3国家级",
    )
    brand: Array = column("b1", unit="", doc="holds a brand", zh="品牌", doc_zh="拥有品牌")
    incubated: Array = column("b1", unit="", doc="tenant of an incubator", zh="在孵", doc_zh="孵化器在孵企业")
