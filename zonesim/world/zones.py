"""Committees of zones (管委会): staff, effort, money, evaluation, leader."""

from __future__ import annotations

from zonesim.columns import Array, Table, column
from zonesim.world.criteria import N_CRITERIA


class Zones(Table):
    """Columns of zone committees (管委会) and their platform companies."""

    county: Array = column("i2", unit="", doc="county that hosts its seat", zh="县区", doc_zh="驻地所在县区")
    parent: Array = column(
        "i2", unit="", doc="committee into which it may be integrated; -1 none", zh="上级管委会", doc_zh="可能并入的上级管委会；-1表示没有", fill=-1
    )
    merged: Array = column("b1", unit="", doc="integrated into its parent", zh="已整合", doc_zh="已并入上级管委会")
    level: Array = column("i1", unit="", doc="1 county, 2 provincial, 3 national", zh="级别", doc_zh="1县级、2省级、3国家级", fill=2)
    staff: Array = column("f8", unit="persons", doc="staff of the committee", zh="编制", doc_zh="管委会人员数")
    effort: Array = column(
        "f8",
        unit="share of usual effort",
        doc="effort by kind (Effort); adds up to total_effort less what goes into reporting",
        zh="精力分配",
        doc_zh="分类精力（Effort）；合计等于总努力减去用于上报数字的部分",
        shape=(5,),
        fill=0.2,
    )
    service_capacity: Array = column("f8", unit="cases/quarter", doc="cases it can handle", zh="服务能力", doc_zh="一季可以办理的件数")
    queue: Array = column(
        "f8", unit="cases", doc="work that waits at the end of a quarter and is done first in the next", zh="积压", doc_zh="季末未办结、下季优先办理的事项"
    )
    refund_offer: Array = column(
        "f8", unit="share", doc="refund of the local tax part offered to newcomers", zh="返还承诺", doc_zh="向新入驻企业承诺的地方留成税收返还比例"
    )
    score: Array = column(
        "f8", unit="points", doc="score of the last evaluation among the zones of the province", zh="考核得分", doc_zh="最近一次全省开发区考核的得分", fill=74.5
    )
    criteria: Array = column(
        "f8",
        unit="sd",
        doc="criteria of the last evaluation relative to the zones of the province",
        zh="考核分项",
        doc_zh="最近一次考核各分项与全省开发区相比的得分",
        shape=(N_CRITERIA,),
    )
    rank: Array = column("i2", unit="rank", doc="rank of the last evaluation in the region", zh="考核名次", doc_zh="最近一次考核在区域内的名次")
    growth: Array = column("f8", unit="1/yr", doc="growth of value added in the last full year", zh="增长率", doc_zh="上一整年增加值的增长率")
    revenue_last_year: Array = column("f8", unit="10k CNY", doc="revenue of its account last year", zh="上年收入", doc_zh="上年本级账户收入")
    infrastructure_fund: Array = column(
        "f8", unit="10k CNY", doc="money that is earmarked for ready land and works", zh="基建专款", doc_zh="专项用于土地前期开发和基建的资金"
    )
    bonds: Array = column("f8", unit="10k CNY", doc="special bonds owed to the province", zh="专项债余额", doc_zh="欠省级的专项债券")
    policy_loans: Array = column("f8", unit="10k CNY", doc="loans of policy banks", zh="政策性贷款余额", doc_zh="政策性银行贷款")
    partner_claims: Array = column(
        "f8", unit="10k CNY", doc="works of private partners that are not paid off", zh="PPP应付", doc_zh="社会资本垫建、尚未偿付的工程款"
    )
    platform_debt: Array = column("f8", unit="10k CNY", doc="debt of its platform company", zh="平台债务", doc_zh="平台公司债务")
    tax_base: Array = column(
        "f8", unit="10k CNY/yr", doc="vat, business tax, cit of last year (gross)", zh="上年三税", doc_zh="上年增值税、营业税、企业所得税（全口径）", shape=(3,)
    )
    tax_year: Array = column(
        "f8", unit="10k CNY", doc="vat, business tax, cit of this year (gross)", zh="本年三税", doc_zh="本年增值税、营业税、企业所得税（全口径）", shape=(3,)
    )
    city_tax_base: Array = column(
        "f8", unit="10k CNY/yr", doc="city part of the three taxes of last year", zh="上年市级三税", doc_zh="上年三税的市级部分", shape=(3,)
    )
    city_tax_year: Array = column(
        "f8", unit="10k CNY", doc="city part of the three taxes of this year", zh="本年市级三税", doc_zh="本年三税的市级部分", shape=(3,)
    )
    city_tax_fixed_base: Array = column(
        "f8", unit="10k CNY/yr", doc="city part of the fixed base year", zh="基期市级三税", doc_zh="固定基期年份三税的市级部分", shape=(3,)
    )
    integration_due: Array = column(
        "i2", unit="quarter", doc="quarter to which its merger is put off; -1 not yet known", zh="整合时点", doc_zh="整合推迟到的季度；-1表示尚未知", fill=-1
    )
    dip_until: Array = column(
        "i2", unit="quarter", doc="last quarter of the dip in service after a merger", zh="整合磨合期", doc_zh="整合后服务下降的最后季度", fill=-1
    )
    value_added_last: Array = column("f8", unit="10k CNY", doc="value added of the last full year", zh="上年增加值", doc_zh="上一整年的增加值")
    value_added_year: Array = column("f8", unit="10k CNY", doc="value added of this year so far", zh="本年增加值", doc_zh="本年至今的增加值")
    promotion_paid: Array = column("f8", unit="10k CNY/quarter", doc="promotion budget that was paid", zh="招商经费", doc_zh="已支付的招商经费")
    arrears: Array = column("f8", unit="10k CNY", doc="what it owes and could not pay", zh="欠付", doc_zh="应付而未能支付的款项")
    tax_fixed_base: Array = column(
        "f8",
        unit="10k CNY/yr",
        doc="vat, business tax, cit of the fixed base year",
        zh="基期三税",
        doc_zh="固定基期年份的增值税、营业税、企业所得税",
        shape=(3,),
    )
    weights: Array = column(
        "f8", unit="share", doc="weights of the evaluation in force (CRITERIA)", zh="考核权重", doc_zh="现行考核权重（CRITERIA）", shape=(N_CRITERIA,)
    )
    total_effort: Array = column("f8", unit="factor", doc="effort relative to the usual", zh="总努力", doc_zh="总努力与通常水平之比", fill=1)
    reporting: Array = column(
        "f8", unit="share", doc="part of the effort that raises reported figures only", zh="数字政绩", doc_zh="只用于抬高上报数字的精力比例"
    )
    reach: Array = column(
        "f8", unit="factor", doc="projects found for the same effort, relative to the usual", zh="招商效率", doc_zh="同样投入所寻得项目数与通常水平之比", fill=1
    )
    open_problems: Array = column(
        "f8", unit="factor", doc="open problems of its enterprises relative to the usual", zh="未解决问题", doc_zh="企业未解决问题与通常水平之比", fill=1
    )
    coordination: Array = column("f8", unit="index 0 to 1", doc="joint meetings relative to the most", zh="协调强度", doc_zh="联席会议频度，以最高频度为1")
    standing: Array = column(
        "f8", unit="index", doc="what problems and public notices add to its reputation", zh="口碑", doc_zh="问题解决和公开通报对声誉的增减"
    )
    staff_factor: Array = column(
        "f8", unit="factor", doc="staff relative to what it would have without the form in force", zh="编制系数", doc_zh="人员数与不实行现行体制时之比", fill=1
    )
    leader_since: Array = column("i2", unit="quarter", doc="quarter in which its head took office", zh="主官到任", doc_zh="主要负责人到任的季度")
    leader_tenure: Array = column("f8", unit="years", doc="years for which its head will stay", zh="主官任期", doc_zh="主要负责人将任职的年数")
    leader_number: Array = column("i2", unit="", doc="number of its head, counted from the opening", zh="主官序号", doc_zh="期初以来主要负责人的序号")
    growth_gap: Array = column(
        "f8", unit="1/yr", doc="growth of the city less its own in the last full year", zh="增速差距", doc_zh="上一整年全市增速减本区增速"
    )
    province_rank: Array = column("i2", unit="rank", doc="rank in the province", zh="省内名次", doc_zh="全省名次")
    national_rank: Array = column(
        "i2", unit="rank", doc="rank among the national zones of the country; 0 for others", zh="全国名次", doc_zh="在全国国家级开发区中的名次；其他为0"
    )
    years_at_line: Array = column(
        "i2", unit="years", doc="consecutive years at or above the line of expansion", zh="连续达标年数", doc_zh="连续达到扩区分数线的年数"
    )
    assessed: Array = column("f8", unit="share", doc="parks whose planning assessment is done", zh="规划环评完成", doc_zh="已完成规划环评的园区比例")
    named: Array = column("b1", unit="", doc="named in public as one of the last", zh="被通报", doc_zh="作为末位之一被公开通报")
    debt_last: Array = column(
        "f8", unit="10k CNY", doc="debt of committee and platform company a year ago", zh="上年债务", doc_zh="一年前管委会和平台公司的债务"
    )
    return_owed: Array = column(
        "f8", unit="10k CNY", doc="returned tax increment that the city owes it and could not pay", zh="应返未返增量", doc_zh="市级应返而未能返还的税收增量"
    )
