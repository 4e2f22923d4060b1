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
