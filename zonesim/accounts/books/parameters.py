"""Parameters of how public money is spent."""

from __future__ import annotations

from zonesim.parameters import Parameters, parameter


class BookParameters(Parameters, name="books"):
    """How public money is spent."""

    staff_cost: float = parameter(
        10.0, low=4.0, high=25.0, unit="10k CNY/yr per person", doc="pay and running cost of a committee's staff", source="assumption", zh="人均经费"
    )
    promotion_budget: float = parameter(
        0.10, low=0.0, high=0.3, unit="share of money", doc="spent on promotion at full effort", source="assumption", zh="招商经费"
    )
    land_cost: float = parameter(
        0.015, low=0.004, high=0.05, unit="10k CNY/m2", doc="cost of making land ready (10 x 10k CNY/mu)", source="assumption", zh="土地平整成本"
    )
    spent: float = parameter(
        0.9,
        low=0.5,
        high=1.0,
        unit="share per quarter",
        doc="of its money that a committee spends on land and works",
        source="assumption: a small reserve stays",
        zh="季度支出比例",
    )
    land_share: float = parameter(
        0.5, low=0.1, high=0.9, unit="share", doc="of that money that may go to ready land before other works", source="assumption", zh="土地整备占比上限"
    )
    renown_pace: float = parameter(
        0.02,
        low=0.005,
        high=0.1,
        unit="per quarter",
        doc="speed at which the reputation of a park follows",
        source="assumption: about ten years",
        zh="声誉调整速度",
    )
    renown_worth: float = parameter(
        0.012,
        low=0.0,
        high=0.05,
        unit="per point",
        doc="reputation that a point of the evaluation is worth",
        source="assumption: one standard deviation of zones is a tenth",
        zh="得分口碑",
    )
    usual_score: float = parameter(
        74.5, low=50.0, high=95.0, unit="points", doc="score at which reputation rests at 1",
        source="field.mean and the region's usual position above it", zh="常规得分",
    )  # fmt: skip
    ready_years: float = parameter(
        2.0, low=0.5, high=6.0, unit="years of demand", doc="ready land that a committee keeps", source="assumption", zh="待供土地储备"
    )
    infrastructure_wear: float = parameter(0.03, low=0.01, high=0.08, unit="1/yr", doc="depreciation of infrastructure", source="assumption", zh="基础设施折旧")
    public_works: float = parameter(
        0.45, low=0.1, high=0.8, unit="share", doc="city and county money spent on infrastructure, the rest on services", source="assumption", zh="财政基建占比"
    )
    held_back: float = parameter(
        0.5, low=0.0, high=0.9, unit="share", doc="of its money for works and services that the city keeps until the last quarter, when it returns increments",
        source="assumption", zh="年内预留比例",
    )  # fmt: skip
    special_funds: float = parameter(
        0.3, low=0.05, high=0.8, unit="share", doc="of the works of city and counties, what special construction and development funds pay",
        source="assumption: most works are paid out of the general budget and land income; the tilt of 002§3.2d, 003§8e, 004§3.16.1 is one of funds", zh="专项资金占比",
    )  # fmt: skip
    reserve: float = parameter(
        0.15, low=0.0, high=0.5, unit="share of the balance", doc="kept at the end of a quarter by city and counties", source="assumption", zh="财政结余"
    )
    service_land_price: float = parameter(
        8.0,
        low=2.0,
        high=15.0,
        unit="times the industrial price",
        doc="price of living and commercial land",
        source="2010Q3: industrial 623, residential 4,085 CNY/m2",
        zh="商住地价倍数",
    )
    service_land_pace: float = parameter(
        0.05, low=0.01, high=0.25, unit="share of the gap per quarter", doc="planned service land that is sold", source="assumption", zh="服务用地供应速度"
    )
    building_per_m2: float = parameter(
        0.25,
        low=0.1,
        high=0.6,
        unit="10k CNY/m2",
        doc="real-estate investment per m2 of service land sold",
        source="assumption: FAR about 1.2",
        zh="商住建设投资",
    )
    price_markup: float = parameter(
        1.15, low=1.0, high=2.0, unit="times the floor price", doc="asking price of industrial land where as much is ready as is wanted",
        source="assumption: industrial land is listed a little above the floor", zh="工业地价底价倍数",
    )  # fmt: skip
    price_span: float = parameter(
        4.0, low=1.0, high=10.0, unit="times", doc="scarcity and abundance of ready land beyond which the asking price moves no further",
        source="assumption", zh="地价供求倍数上限",
    )  # fmt: skip
    ready_response: float = parameter(
        0.5, low=0.0, high=1.0, unit="share", doc="of the stock of ready land, what hangs on effort for land (the stock is as wanted at usual effort)",
        source="assumption", zh="土地整备努力弹性",
    )  # fmt: skip
    demand_memory: float = parameter(
        0.75, low=0.0, high=0.95, unit="share per quarter", doc="what the demand for land that governments see keeps of the last quarter's",
        source="assumption: they look at about a year", zh="用地需求记忆",
    )  # fmt: skip
    amenity_curve: float = parameter(
        0.3, low=0.0, high=1.0, unit="elasticity", doc="amenity to facilities per crowd, and to living land", source="assumption", zh="宜居弹性"
    )
    living_land: float = parameter(
        0.05, low=0.01, high=0.2, unit="share of opened land", doc="living land that doubles what its share of amenity is raised from",
        source="assumption", zh="居住用地尺度",
    )  # fmt: skip
    land_fee: float = parameter(
        0.1, low=0.0, high=0.3, unit="share of land income", doc="fee on newly built land, of which the centre takes its share of the law",
        source="assumption: the fee is set per m2 by grade; about a tenth of industrial prices", zh="新增建设用地费占比",
    )  # fmt: skip
    price_response: float = parameter(0.3, low=0.0, high=1.0, unit="elasticity", doc="asking price of land to scarcity", source="assumption", zh="地价弹性")
    factory_cost: float = parameter(0.16, low=0.08, high=0.3, unit="10k CNY/m2", doc="cost of standard factory floor", source="assumption", zh="厂房造价")
    factory_vacancy: float = parameter(
        0.08, low=0.0, high=0.3, unit="share", doc="vacancy below which the platform company builds", source="assumption", zh="厂房空置目标"
    )
    debt_cap: float = parameter(6.0, low=1.0, high=20.0, unit="years of rent", doc="debt of a platform company", source="assumption", zh="平台债务上限")
    debt_rate: float = parameter(0.06, low=0.03, high=0.1, unit="1/yr", doc="interest of a platform company", source="assumption", zh="平台利率")
    abatement: float = parameter(
        0.02,
        low=0.0,
        high=0.1,
        unit="1/yr at usual effort",
        doc="growth of treatment capacity with environmental effort, paid at the price of capacity",
        source="assumption",
        zh="治理投入",
    )
    eia_delay: float = parameter(
        0.25, low=0.0, high=0.6, unit="share", doc="new land that waits a year for the planning assessment", source="assumption", zh="规划环评滞后"
    )
    duplicated: float = parameter(
        0.12,
        low=0.0,
        high=0.4,
        unit="share",
        doc="money for works of committees that is wasted on what is there or not needed",
        source="assumption",
        zh="重复建设占比",
    )
    review_finds: float = parameter(
        0.6, low=0.0, high=1.0, unit="share", doc="of that, found by the city's review of the yearly list", source="assumption: 002§2.3b", zh="市级审定剔除"
    )
    review_wait: float = parameter(
        0.25, low=0.0, high=0.8, unit="share", doc="money for works that waits a quarter for the review", source="assumption", zh="审定滞后"
    )
