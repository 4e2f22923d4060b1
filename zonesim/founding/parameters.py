"""What published totals do not say about the opening world."""

from __future__ import annotations

from zonesim.parameters import Parameters, parameter


class FoundingParameters(Parameters, name="founding"):
    """What published totals do not say about the opening world."""

    capital_spread: float = parameter(
        0.3, low=0.0, high=0.8, unit="sd of log", doc="spread of capital per value added among enterprises of an industry",
        source="assumption: dispersion of capital intensity inside an industry", zh="资本产出比离散度",
    )  # fmt: skip
    land_spread: float = parameter(
        0.8, low=0.0, high=1.2, unit="sd of log", doc="spread of land per capital among enterprises of an industry",
        source="assumption: tax per mu differs by 4.7 times between zones, more between enterprises", zh="用地强度离散度",
    )  # fmt: skip
    debt_share: float = parameter(
        0.25, low=0.0, high=0.6, unit="share of capital", doc="debt at the opening", source="assumption: below the credit limits", zh="期初负债率",
    )  # fmt: skip
    industrial_land_share: float = parameter(
        0.4852, low=0.3, high=0.7, unit="share of built land", doc="industrial land in a zone's built land",
        source="Ministry of Natural Resources, 541 national zones about 2020", zh="工业用地占比",
    )  # fmt: skip
    ready_share_outside: float = parameter(
        0.10, low=0.02, high=0.4, unit="share of built land", doc="ready land outside zones",
        source="assumption: a few years of supply", zh="区外待供土地",
    )  # fmt: skip
    infrastructure_per_value_added: float = parameter(
        1.2, low=0.5, high=2.5, unit="years", doc="stock of infrastructure per yearly value added",
        source="assumption: public capital about as large as a year's product", zh="基础设施与增加值之比",
    )  # fmt: skip
    unemployment: float = parameter(
        0.045, low=0.02, high=0.10, unit="share of labour force", doc="labour force without work at the opening",
        source="assumption: registered rate about 4 % with some margin", zh="失业率",
    )  # fmt: skip
    factory_tenants: float = parameter(
        0.6, low=0.0, high=1.0, unit="share of small industrial enterprises in parks",
        doc="small industrial enterprises that rent factory floor", source="assumption", zh="租用厂房比例",
    )  # fmt: skip
    factory_vacancy: float = parameter(
        0.15, low=0.0, high=0.6, unit="share of floor", doc="standard factory floor that is empty", source="assumption", zh="厂房空置率",
    )  # fmt: skip
    committee_months: float = parameter(
        6.0, low=0.0, high=24.0, unit="months of tax of its enterprises kept", doc="money of a committee at the opening, months of its usual revenue",
        source="assumption", zh="期初资金",
    )  # fmt: skip
    emission_spread: float = parameter(
        0.3, low=0.0, high=0.8, unit="sd of log", doc="spread of emissions, energy and water per value added among enterprises of an industry",
        source="assumption: as capital per value added", zh="排放强度离散度",
    )  # fmt: skip
    land_price_paid: float = parameter(
        0.02, low=0.005, high=0.06, unit="10k CNY/m2", doc="price that enterprises there are at the opening paid for their land",
        source="assumption: a little above the floor prices of the lower land grades", zh="期初企业用地成本",
    )  # fmt: skip
    small_value_added: float = parameter(
        500.0, low=100.0, high=2000.0, unit="10k CNY/yr", doc="value added below which an industrial enterprise in a park is small enough for factory floor",
        source="assumption: about the line of above-scale industry in value added", zh="租厂房企业规模上限",
    )  # fmt: skip
    treated: float = parameter(
        0.8, low=0.2, high=1.2, unit="share of emissions", doc="capacity of treatment plants at the opening", source="assumption: plants lag somewhat", zh="期初治污能力",
    )  # fmt: skip
    land_demand: float = parameter(
        0.02, low=0.0, high=0.1, unit="share of ready land per quarter", doc="demand for land that governments saw before the opening",
        source="assumption: ready land lasts twelve years of it; own demand replaces it within two years", zh="期初用地需求",
    )  # fmt: skip
    attraction_persons: float = parameter(
        20.0, low=1.0, high=200.0, unit="persons", doc="persons added to each cell when its lasting pull is read from where jobs are at the opening",
        source="assumption: a cell with none is not without any pull", zh="吸引力平滑人数",
    )  # fmt: skip
    invested_per_wear: float = parameter(
        1.5, low=1.0, high=3.0, unit="times depreciation", doc="investment of enterprises in the year of the opening, by which real estate is what is left",
        source="assumption: replacement, and growth of capital by half as much", zh="期初投资折旧比",
    )  # fmt: skip
    works_share: float = parameter(
        0.05, low=0.01, high=0.15, unit="share of value added", doc="public works in the year of the opening, by which real estate is what is left",
        source="assumption: public investment about a twentieth of the product", zh="期初公共工程占比",
    )  # fmt: skip
    public_revenue: float = parameter(
        0.03, low=0.0, high=0.1, unit="share of value added", doc="yearly revenue by which the money of city and counties at the opening is counted",
        source="assumption: local tax kept by one level", zh="市县期初收入占比",
    )  # fmt: skip
    committee_revenue: float = parameter(
        0.01, low=0.0, high=0.05, unit="share of value added", doc="yearly revenue by which the money of a committee at the opening is counted",
        source="assumption: a part of local tax is returned to it", zh="管委会期初收入占比",
    )  # fmt: skip
    leading_weight: float = parameter(
        3.0, low=1.0, high=10.0, unit="times the national share", doc="weight of the leading industries that a park names, before the region's mix",
        source="assumption: plans name what a park has or wants most of", zh="主导产业权重",
    )  # fmt: skip
    county_outside: float = parameter(
        0.1, low=0.0, high=0.4, unit="share of a county's GDP", doc="least value added of a county outside its zones (the residual is reported)",
        source="assumption", zh="区外增加值下限",
    )  # fmt: skip
    high_tech_outside: float = parameter(
        0.1, low=0.0, high=0.5, unit="share of above-scale value added", doc="high-tech enterprises outside zones", source="assumption: half of what zones report", zh="区外高技术占比",
    )  # fmt: skip
    pipeline: float = parameter(
        6.0, low=0.0, high=16.0, unit="quarters", doc="before the opening, whose projects are on the way in the opening world",
        source="assumption: all but large projects are approved and built in that time", zh="期初在建季数",
    )  # fmt: skip
    undeveloped_per_built: float = parameter(
        2.0, low=0.2, high=10.0, unit="m2 per m2 built", doc="undeveloped land that plans have outside zones",
        source="assumption: quotas bind there, not plans", zh="区外规划未开发与建成之比",
    )  # fmt: skip
    undeveloped_per_ready: float = parameter(
        10.0, low=1.0, high=40.0, unit="m2 per m2 ready", doc="the same, in addition", source="assumption: as above", zh="区外规划未开发与待供之比",
    )  # fmt: skip
    blank_margin: float = parameter(
        0.25, low=0.0, high=0.6, unit="profit per value added", doc="usual margin of an industry that the region has not at the opening",
        source="assumption: about the mean of those that it has", zh="缺失行业通常利润率",
    )  # fmt: skip
    park_industrial: float = parameter(
        0.82, low=0.4, high=1.0, unit="share", doc="industrial use in ready and undeveloped land of parks; the other uses share the rest as 8 : 7 : 3",
        source="assumption: parks are planned for industry", zh="园区待用地工业占比",
    )  # fmt: skip
    outside_industrial: float = parameter(
        0.5, low=0.1, high=0.9, unit="share", doc="the same outside parks; the other uses share the rest as 1 : 1 : 3",
        source="assumption: outside more is for the public", zh="区外待用地工业占比",
    )  # fmt: skip
    least_ready: float = parameter(
        20_000.0, low=0.0, high=200_000.0, unit="m2", doc="ready land that there is outside zones even where nothing is built",
        source="assumption: room for a project or two", zh="区外最低待供土地",
    )  # fmt: skip
    village_shift: float = parameter(
        0.04, low=0.0, high=0.2, unit="degrees", doc="by which the villages of a county lie off its seat, both ways",
        source="assumption: about 5 km", zh="乡村位置偏移",
    )  # fmt: skip
    tilt: float = parameter(
        3.0, low=0.0, high=6.0, unit="elasticity", doc="of being high-tech to size at the opening, either way, at most",
        source="assumption: a bound of the fit to the published share", zh="高新企业规模倾斜上限",
    )  # fmt: skip
    urban_primary: float = parameter(
        0.02, low=0.0, high=0.5, unit="of the mean", doc="how farming leans to towns, before the table is fitted to its totals",
        source="assumption: farming is hardly urban", zh="城镇农业权重",
    )  # fmt: skip
    rural_secondary: float = parameter(
        0.7, low=0.05, high=1.5, unit="of a town", doc="how industry and construction lean to villages, before the fit",
        source="assumption: villages have less of both", zh="乡村二产权重",
    )  # fmt: skip
    rural_tertiary: float = parameter(
        0.4, low=0.05, high=1.5, unit="of a town", doc="how services lean to villages, before the fit",
        source="assumption: villages have less of both", zh="乡村三产权重",
    )  # fmt: skip
