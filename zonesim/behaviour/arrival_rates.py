"""How many projects come, and what they are like: the parameters of :mod:`zonesim.behaviour.arrivals`."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from zonesim.columns import Floats
from zonesim.parameters import Parameters, parameter

STAFF = 10.0  #: of a committee, for which the projects that it finds are said
GRACE_YEARS = 5.0  #: years of grace for old buildings, for which the births that they bring are said


class ArrivalParameters(Parameters, name="arrivals"):
    """How many projects come, and what they are like."""

    births: float = parameter(
        0.112,
        low=0.02,
        high=0.2,
        unit="1/yr per enterprise",
        doc="projects of local founders, of which about a fifth do not enter",
        source="fitted: number of enterprises grows about 3 % a year net of exits",
        zh="新设率",
    )
    birth_size: float = parameter(
        0.45, low=0.1, high=1.0, unit="share of the mean", doc="value added of a new enterprise when built", source="assumption", zh="新设企业规模"
    )
    approval_elasticity: float = parameter(
        0.32, low=0.0, high=0.6, unit="elasticity", doc="births to days of approval (halving: +25 %)", source="Barwick, Chen, Li, Zhang 2024", zh="审批弹性",
    )  # fmt: skip
    grace_births: float = parameter(
        0.15,
        low=0.0,
        high=0.5,
        unit="share at 5 years",
        doc="more births of producer services where old buildings may house them",
        source="assumption",
        zh="转用带来的新设",
    )
    attracted: float = parameter(
        0.5,
        low=0.0,
        high=3.0,
        unit="projects/yr per 10 staff at usual effort",
        doc="projects from outside found by a committee",
        source="assumption: 30 signed in Lanzhou's zone in 2020 is an upper bound",
        zh="招商项目数",
    )
    team_gain: float = parameter(
        0.20, low=0.0, high=0.6, unit="share", doc="more projects found by a team that is paid by result", source="assumption: 002§2.1a names no figure", zh="市场化招商增益",
    )  # fmt: skip
    company_gain: float = parameter(
        0.08, low=0.0, high=0.3, unit="share", doc="more projects found when a company promotes for the committee", source="assumption: 002§2.1b, 003§3b", zh="公司化招商增益",
    )  # fmt: skip
    promotion: float = parameter(0.5, low=0.1, high=1.0, unit="elasticity", doc="projects found to promotion effort", source="assumption", zh="招商努力弹性")
    joint_gain: float = parameter(
        0.15, low=0.0, high=0.5, unit="share", doc="more projects found when zones promote together", source="assumption", zh="联动增益"
    )
    joint_slack: float = parameter(
        0.10, low=0.0, high=0.5, unit="share", doc="less local effort when zones promote together", source="assumption", zh="联动懈怠"
    )
    project_size: float = parameter(
        2.5, low=0.5, high=10.0, unit="times the mean", doc="value added of an attracted project", source="assumption", zh="招商项目规模"
    )
    pair_inflow: float = parameter(
        2.0, low=0.0, high=10.0, unit="projects/yr per pair", doc="projects that a signed pair brings", source="assumption", zh="每对结对项目"
    )
    family_gain: float = parameter(
        0.08, low=0.0, high=0.3, unit="share", doc="more projects found by a committee and its sub-parks when they operate as one", source="assumption: no double work",
        zh="统一招商增益",
    )  # fmt: skip
    cooperation_inflow: float = parameter(
        2.0,
        low=0.0,
        high=10.0,
        unit="projects/yr per park",
        doc="projects that the partners of a co-built park bring",
        source="assumption",
        zh="每个共建园项目",
    )
    cooperation_foreign: float = parameter(
        0.2,
        low=0.0,
        high=1.0,
        unit="share",
        doc="foreign-invested among the projects of partner regions where parks are co-built",
        source="assumption",
        zh="共建园外资占比",
    )
    informed_search: float = parameter(
        0.15,
        low=0.0,
        high=0.5,
        unit="share",
        doc="more sitting enterprises look around when parks share what they know",
        source="assumption: lower search cost",
        zh="信息共享搜寻增益",
    )
    majors: float = parameter(
        1.5, low=0.0, high=10.0, unit="projects/yr", doc="major projects of nation, province and city", source="assumption", zh="重大项目数"
    )
    major_size: float = parameter(12.0, low=2.0, high=50.0, unit="times the mean", doc="value added of a major project", source="assumption", zh="重大项目规模")
    spread: float = parameter(0.9, low=0.3, high=1.5, unit="sd of log", doc="spread of the size of projects", source="assumption", zh="项目规模离散度")
    hoarders: float = parameter(0.08, low=0.0, high=0.3, unit="share", doc="projects that take land and will not build", source="assumption", zh="囤地比例")
    hoards: float = parameter(
        0.8, low=0.2, high=0.95, unit="share of construction.hoarding", doc="sincerity of those, below which nobody builds", source="assumption", zh="囤地者诚信度",
    )  # fmt: skip
    sincerity: float = parameter(0.75, low=0.3, high=1.0, unit="share", doc="mean of promised investment that others make", source="assumption", zh="履约率")
    unsafe: float = parameter(
        0.04,
        low=0.0,
        high=0.2,
        unit="share",
        doc="projects that would fail a safety check (``dangerous`` times as many in chemicals and mining)",
        source="assumption",
        zh="不安全项目比例",
    )
    look_new: float = parameter(
        1.5, low=0.5, high=3.0, unit="factor", doc="enterprises that are new at a place (``new_for``) look around more often",
        source="assumption: young enterprises move more (Brouwer et al. 2004; Kronenberg 2013)", zh="新址寻址倍数",
    )  # fmt: skip
    look_settled: float = parameter(
        0.8, low=0.2, high=1.5, unit="factor", doc="those longer at a place look around less often", source="assumption, as above", zh="定居寻址倍数"
    )
    look_around: float = parameter(
        0.026,
        low=0.0,
        high=0.05,
        unit="probability per quarter",
        doc="a sitting enterprise of 10 persons looks for another place",
        source="fitted: 2 to 5 % move a year (Tang et al. 2020)",
        zh="寻址率",
    )
    emission_spread: float = parameter(
        0.4, low=0.0, high=1.0, unit="sd of log", doc="spread of emissions per value added among newcomers of an industry",
        source="assumption: wider than at the opening, as nobody has selected them", zh="新项目排放离散度",
    )  # fmt: skip
    attracted_foreign: float = parameter(
        0.1, low=0.0, high=0.5, unit="share", doc="foreign-invested among the projects that committees find",
        source="assumption", zh="招商项目外资占比",
    )  # fmt: skip
    dangerous: float = parameter(
        4.0, low=1.0, high=10.0, unit="factor", doc="unsafe projects in chemicals and mining, relative to others",
        source="assumption", zh="危险行业不安全倍数",
    )  # fmt: skip
    look_size: float = parameter(
        0.2, low=0.0, high=0.6, unit="exponent", doc="fall of look-around with persons",
        source="assumption: small enterprises move more", zh="寻址规模指数",
    )  # fmt: skip
    match_scale: float = parameter(
        0.1, low=0.02, high=0.5, unit="input share", doc="inputs from industries nearby that double what a committee finds of an industry without any, twice",
        source="assumption: about the largest share of one input", zh="配套尺度",
    )  # fmt: skip
    new_for: float = parameter(
        20.0, low=4.0, high=40.0, unit="quarters", doc="for which an enterprise is new at its place (``look_new``)",
        source="assumption: the five years of studies of young enterprises", zh="新址期",
    )  # fmt: skip

    @cached_property
    def looking(self) -> Floats:
        """How often enterprises new at a place and settled ones look around, the exponent of size, and how long they are new, as the kernel takes them."""
        return np.array((self.look_new, self.look_settled, self.look_size, self.new_for))

    @cached_property
    def sizes(self) -> Floats:
        """Usual size by channel: born, attracted, transferred, major."""
        return np.array((self.birth_size, self.project_size, self.project_size, self.major_size))

    @cached_property
    def traits(self) -> Floats:
        """Size spread, hoarders, sincerity, unsafe, emission spread and its centre (so that the mean is 1), foreign, dangerous, sincerity of hoarders: as the kernel takes them."""
        centre = round(self.emission_spread**2 / 2, 12)
        return np.array(
            (self.spread, self.hoarders, self.sincerity, self.unsafe, self.emission_spread, centre, self.attracted_foreign, self.dangerous, self.hoards)
        )  # fmt: skip
