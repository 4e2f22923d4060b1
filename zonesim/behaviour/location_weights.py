"""What weighs in the choice of a place: the parameters of :mod:`zonesim.behaviour.location`."""

from __future__ import annotations

from zonesim.parameters import Parameters, parameter


class LocationParameters(Parameters, name="location"):
    """What weighs in the choice of a place."""

    profit: float = parameter(
        28.0, low=5.0, high=60.0, unit="utility per value added", doc="weight of the yearly surplus per value added",
        source="fitted: tax elasticity inside a region -1 to -3 (Bartik 1991)", zh="利润权重",
    )  # fmt: skip
    sites: float = parameter(
        0.7,
        low=0.0,
        high=1.0,
        unit="utility per log",
        doc="weight of the sites that a place offers (its opening jobs)",
        source="assumption: 1 for pure proportionality",
        zh="载体权重",
    )
    amenity: float = parameter(0.3, low=0.0, high=1.0, unit="utility per log", doc="weight of living amenities", source="assumption", zh="宜居权重")
    home: float = parameter(2.0, low=0.0, high=5.0, unit="utility", doc="a founder's own county", source="assumption: most are founded at home", zh="本地偏好")
    distance: float = parameter(
        0.02,
        low=0.0,
        high=0.1,
        unit="utility per km",
        doc="loss by distance of a move",
        source="Pellenbarg and Kemper 1999: moves are short; assumption",
        zh="距离",
    )
    contact: float = parameter(1.0, low=0.0, high=3.0, unit="utility", doc="the committee that found the project", source="assumption", zh="招商联系")
    not_here: float = parameter(-0.7, low=-6.0, high=3.0, unit="utility", doc="a newcomer goes elsewhere or does not enter, above what its industry usually finds",
                                source="fitted: tax elasticity across regions -0.4 to -0.5 (Giroud and Rauh 2019)", zh="区外选择")  # fmt: skip
    stay: float = parameter(
        1.5,
        low=0.0,
        high=8.0,
        unit="utility",
        doc="a sitting enterprise keeps its place",
        source="fitted: 2 to 5 % move a year (Tang et al. 2020)",
        zh="留守偏好",
    )
    moving_cost: float = parameter(
        0.3,
        low=0.05,
        high=1.0,
        unit="share of capital",
        doc="cost of a move",
        source="assumption; Lanzhou's moves cost 6 10^8 CNY each with upgrading",
        zh="搬迁成本",
    )
    annuity: float = parameter(0.12, low=0.05, high=0.25, unit="1/yr", doc="yearly charge for one-off costs", source="assumption", zh="年金率")
    refund_years: float = parameter(
        5.0, low=1.0, high=10.0, unit="years", doc="years for which a refund is promised", source="assumption: common practice", zh="返还年限"
    )
    parcel_mu: float = parameter(8.0, low=1.0, high=30.0, unit="mu", doc="least parcel of industrial land in a park", source="assumption", zh="最小地块")
    standard_intensity: float = parameter(
        150.0,
        low=50.0,
        high=500.0,
        unit="10k CNY/mu",
        doc="intensity above which the price link acts where no standard is set",
        source="Longchang standard land 2022",
        zh="标准强度",
    )
    circulation: float = parameter(
        0.5, low=0.0, high=1.0, unit="share", doc="finders that pass a project on for nothing when circulation is ordered", source="assumption", zh="流转意愿"
    )
    enclave_full_years: float = parameter(
        4.0, low=1.0, high=10.0, unit="years", doc="share x years at which every finder passes on", source="assumption", zh="飞地意愿"
    )
    indicator_worth: float = parameter(
        0.3,
        low=0.0,
        high=1.0,
        unit="tax share",
        doc="what a share of counted indicators is worth to a finder, as a share of tax",
        source="assumption: evaluation and career",
        zh="指标分享价值",
    )
    land_shrink: float = parameter(
        0.5, low=0.2, high=1.0, unit="share", doc="how far a project can do with less land to meet a floor on intensity", source="assumption", zh="节地空间"
    )
    informed: float = parameter(
        0.2,
        low=0.0,
        high=1.0,
        unit="share",
        doc="projects of a committee that others learn of through an information platform",
        source="assumption",
        zh="信息共享流转",
    )
    offset: float = parameter(
        0.002,
        low=0.0,
        high=0.01,
        unit="10k CNY/m2",
        doc="cost of offsetting farmland per m2 of new land; part of the price unless government bears it",
        source="assumption: 30 10k CNY per ha of farmland, two thirds of new land is farmland",
        zh="占补平衡成本",
    )
    denser: float = parameter(
        0.5,
        low=0.0,
        high=1.0,
        unit="share",
        doc="part of a relaxed cap on plot ratio that a project uses",
        source="assumption: building higher costs more",
        zh="容积率放宽利用率",
    )
    debt_part: float = parameter(
        0.25, low=0.0, high=0.6, unit="share of capital", doc="debt that a project reckons with at a site",
        source="assumption: as at the opening (founding.debt_share)", zh="预期负债率",
    )  # fmt: skip
    refund_doubt: float = parameter(
        5.0, low=0.0, high=20.0, unit="years", doc="promised years of refund of which a project believes half: n / (n + this)",
        source="assumption: promises are not always kept", zh="返还兑现预期",
    )  # fmt: skip
    sites_moving: float = parameter(
        0.3, low=0.0, high=1.0, unit="share", doc="weight of the sites of an industry there are for one that moves, relative to a newcomer",
        source="assumption: who moves knows its markets", zh="迁移企业集聚权重",
    )  # fmt: skip
    relief_counted: float = parameter(
        20.0, low=4.0, high=80.0, unit="quarters", doc="quarters of reduced rent that count in full",
        source="assumption: as long as newcomers plan", zh="租金减免计入期",
    )  # fmt: skip
