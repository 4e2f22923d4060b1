"""What promotion can do: weights of industries, channels and money."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from zonesim.columns import Floats
from zonesim.parameters import Parameters, parameter
from zonesim.terms.promotion import CHANNELS


class PromotionParameters(Parameters, name="promotion"):
    """What promotion can do. Channels are measured against the committee's own team (1, 1, 0, 0)."""

    focus: float = parameter(
        0.7, low=0.0, high=1.0, unit="share", doc="promotion that goes to the leading industries alone", source="assumption", zh="主导产业招商占比"
    )
    support: float = parameter(
        0.6,
        low=0.0,
        high=1.0,
        unit="share",
        doc="of a refund that other industries than the leading ones do not get",
        source="assumption",
        zh="政策向主导产业倾斜",
    )
    prior_jobs: float = parameter(
        500.0, low=50.0, high=5000.0, unit="persons", doc="jobs of average composition added before advantage is measured", source="assumption: keeps small numbers quiet", zh="平滑岗位数",
    )  # fmt: skip
    overlap: float = parameter(
        2.0, low=0.5, high=5.0, unit="exponent", doc="how sharply full differentiation punishes a smaller advantage", source="assumption", zh="错位强度指数"
    )
    usual_money: float = parameter(
        100.0, low=20.0, high=500.0, unit="10k CNY/yr", doc="money behind the usual promotion of a committee", source="assumption: ten persons' travel and events", zh="常规招商经费",
    )  # fmt: skip
    money: float = parameter(
        0.3,
        low=0.05,
        high=0.8,
        unit="elasticity",
        doc="contacts to money, so that each yuan brings less than the one before",
        source="assumption",
        zh="招商经费弹性",
    )
    chain_teams: float = parameter(
        6.0, low=1.0, high=20.0, unit="teams", doc="people for chains in the whole city, in teams of usual strength", source="assumption", zh="产业链专班",
    )  # fmt: skip
    chain_pull: float = parameter(0.4, low=0.1, high=0.8, unit="elasticity", doc="contacts in a chain to its teams", source="assumption", zh="专班弹性")
    chain_volume: float = parameter(0.9, low=0.3, high=2.0, unit="times", doc="contacts of chain promotion", source="assumption: chain masters know few, but the right ones", zh="产业链招商数量")  # fmt: skip
    big_data_volume: float = parameter(1.15, low=0.3, high=2.0, unit="times", doc="contacts of big-data promotion", source="assumption", zh="大数据招商数量")
    fund_volume: float = parameter(
        0.6, low=0.2, high=2.0, unit="times", doc="contacts of fund promotion", source="assumption: few, picked by investors", zh="基金招商数量"
    )
    purchased_volume: float = parameter(1.4, low=0.5, high=3.0, unit="times", doc="contacts of purchased promotion", source="assumption: paid by the contact", zh="购买服务招商数量")  # fmt: skip
    incumbents_volume: float = parameter(1.0, low=0.3, high=2.0, unit="times", doc="contacts brought by incumbents", source="assumption", zh="以商招商数量")
    chain_size: float = parameter(1.3, low=0.5, high=3.0, unit="times", doc="size of projects of chain promotion", source="assumption", zh="产业链招商规模")
    big_data_size: float = parameter(
        0.95, low=0.5, high=2.0, unit="times", doc="size of projects of big-data promotion", source="assumption", zh="大数据招商规模"
    )
    fund_size: float = parameter(1.8, low=0.5, high=4.0, unit="times", doc="size of projects of fund promotion", source="assumption", zh="基金招商规模")
    purchased_size: float = parameter(0.85, low=0.3, high=2.0, unit="times", doc="size of purchased projects", source="assumption", zh="购买服务招商规模")
    incumbents_size: float = parameter(
        1.0, low=0.3, high=2.0, unit="times", doc="size of projects brought by incumbents", source="assumption", zh="以商招商规模"
    )
    chain_sincerity: float = parameter(
        0.10, low=-0.3, high=0.3, unit="share", doc="more sincerity by chain promotion", source="assumption", zh="产业链招商履约"
    )
    big_data_sincerity: float = parameter(
        0.0, low=-0.3, high=0.3, unit="share", doc="more sincerity by big-data promotion", source="assumption", zh="大数据招商履约"
    )
    fund_sincerity: float = parameter(0.15, low=-0.3, high=0.3, unit="share", doc="more sincerity by fund promotion", source="assumption: investors look into the books", zh="基金招商履约")  # fmt: skip
    purchased_sincerity: float = parameter(-0.10, low=-0.3, high=0.3, unit="share", doc="more sincerity by purchased promotion", source="assumption: paid by signature", zh="购买服务招商履约")  # fmt: skip
    incumbents_sincerity: float = parameter(0.05, low=-0.3, high=0.3, unit="share", doc="more sincerity by incumbents", source="assumption", zh="以商招商履约")
    chain_fee: float = parameter(0.002, low=0.0, high=0.05, unit="share of investment", doc="fee of chain promotion", source="assumption", zh="产业链招商费率")
    big_data_fee: float = parameter(
        0.001, low=0.0, high=0.05, unit="share of investment", doc="fee of big-data promotion", source="assumption", zh="大数据招商费率"
    )
    fund_fee: float = parameter(0.02, low=0.0, high=0.1, unit="share of investment", doc="management of the fund per investment", source="assumption: 2 % fees of funds", zh="基金招商费率")  # fmt: skip
    purchased_fee: float = parameter(0.01, low=0.0, high=0.05, unit="share of investment", doc="commission", source="assumption", zh="购买服务招商费率")
    incumbents_fee: float = parameter(0.003, low=0.0, high=0.05, unit="share of investment", doc="reward of incumbents", source="assumption", zh="以商招商奖励")
    least_sincerity: float = parameter(
        0.05, low=0.0, high=0.5, unit="share", doc="sincerity that is left to the projects of a channel at least",
        source="assumption: some of every promise is made", zh="招商最低履约",
    )  # fmt: skip

    def of_channels(self, trait: str) -> Floats:
        """Return a trait of each channel (volume, size, sincerity, fee), the committee's own team last."""
        return self._channels[trait]

    @cached_property
    def _channels(self) -> dict[str, Floats]:
        own = {"volume": 1.0, "size": 1.0, "sincerity": 0.0, "fee": 0.0}
        return {trait: np.array([*(getattr(self, f"{name}_{trait}") for name in CHANNELS), value]) for trait, value in own.items()}
