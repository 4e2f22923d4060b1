"""How a committee decides: the parameters of :mod:`zonesim.behaviour.zone_effort`."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from zonesim.behaviour.beliefs import BELIEFS
from zonesim.columns import Floats
from zonesim.parameters import Parameters, parameter


class CommitteeParameters(Parameters, name="committee"):
    """How a committee decides on effort and offers."""

    adjustment: float = parameter(0.4, low=0.0, high=1.0, unit="per year", doc="speed towards the wanted split of effort", source="assumption", zh="调整速度")
    sharpness: float = parameter(2.0, low=0.0, high=6.0, unit="logit", doc="how sharply effort follows its perceived worth", source="assumption", zh="敏感度")
    knowledge: float = parameter(
        0.3, low=0.0, high=1.0, unit="sd", doc="error of a committee about the worth of effort", source="assumption: limited knowledge", zh="认知误差"
    )
    lag_pressure: float = parameter(
        0.3, low=0.0, high=1.0, unit="per sd", doc="more weight on criteria in which the zone lags", source="assumption", zh="短板压力"
    )
    reaction: float = parameter(
        0.75,
        low=0.36,
        high=0.87,
        unit="slope",
        doc="reaction to the neighbours' refunds",
        source="Tao, Gong, Zhu 2023 (0.87, 0.36); Chen and Regis 2015 (0.73)",
        zh="竞争反应",
    )
    relief: float = parameter(
        0.10,
        low=0.0,
        high=0.4,
        unit="share",
        doc="more cases handled when a company builds and promotes for the committee",
        source="assumption: 003§3b splits the tasks",
        zh="管委会减负",
    )
    own_offer: float = parameter(
        0.25,
        low=0.0,
        high=0.8,
        unit="share of the local tax part",
        doc="refund that a zone of usual pull would offer by itself",
        source="assumption",
        zh="自主返还",
    )
    weakness: float = parameter(
        0.10, low=0.0, high=0.4, unit="share per sd", doc="more refund offered by zones that lag in investment", source="assumption", zh="弱势加码"
    )
    reach_km: float = parameter(
        60.0,
        low=10.0,
        high=300.0,
        unit="km",
        doc="distance at which a neighbour's weight falls to 1/e",
        source="assumption: neighbours only (Tao et al. 2023)",
        zh="竞争范围",
    )
    growth_tilt: float = parameter(
        0.8, low=0.0, high=2.0, unit="share", doc="more weight on growth while a target is missed by 5 points", source="assumption", zh="增速加码"
    )
    tax_tilt: float = parameter(0.3, low=0.0, high=1.0, unit="worth", doc="worth of tax to a committee that keeps it all", source="assumption", zh="税收加码")
    result_tilt: float = parameter(
        0.8, low=0.0, high=3.0, unit="worth", doc="worth of promotion when all pay hangs on projects found", source="assumption: 001§5d", zh="招商加码"
    )
    result_offer: float = parameter(
        0.2,
        low=0.0,
        high=0.6,
        unit="share of the local tax part",
        doc="more refund offered when all pay hangs on projects found: less care for quality",
        source="assumption",
        zh="招商让利",
    )
    check: float = parameter(
        0.9, low=0.0, high=3.0, unit="per sd", doc="more weight on the weakest criterion after a health check", source="assumption: 003§17a", zh="体检整改"
    )
    check_knowledge: float = parameter(0.3, low=0.0, high=1.0, unit="share", doc="error that a health check removes", source="assumption", zh="体检认知")
    revision_error: float = parameter(
        0.3, low=0.0, high=1.0, unit="share", doc="error that yearly revised weights add", source="assumption: a moving target", zh="修订误差"
    )
    social_time: float = parameter(
        0.30,
        low=0.0,
        high=0.6,
        unit="share of staff time",
        doc="time for social affairs of a committee that has them all",
        source="assumption",
        zh="社会事务时间",
    )
    meetings: float = parameter(
        0.03, low=0.0, high=0.2, unit="share of effort", doc="time that the densest joint meetings take", source="assumption", zh="会议时间"
    )
    exchange: float = parameter(
        0.5, low=0.0, high=2.0, unit="per share exchanged", doc="ability that exchanged staff bring", source="assumption: 002§3.3a", zh="挂职学习"
    )
    exchange_loss: float = parameter(0.15, low=0.0, high=1.0, unit="per share exchanged", doc="time that exchanges cost", source="assumption", zh="挂职成本")
    finders: float = parameter(0.4, low=0.0, high=1.0, unit="share", doc="most projects that finders can add", source="assumption: 001§15a", zh="中介引资上限")
    finder_scale: float = parameter(
        0.005,
        low=0.001,
        high=0.02,
        unit="share of investment",
        doc="reward at which 63 % of them come",
        source="assumption: fees of a few per mille",
        zh="引资奖励尺度",
    )
    meetings_solve: float = parameter(
        0.4, low=0.0, high=0.9, unit="share", doc="unsolved problems that the densest meetings solve", source="assumption", zh="协调解决"
    )
    leader_solves: float = parameter(
        0.3, low=0.0, high=0.9, unit="share", doc="unsolved problems that a responsible leader solves", source="assumption: 002§2.5", zh="包抓解决"
    )
    usual_solved: float = parameter(
        0.6,
        low=0.2,
        high=0.9,
        unit="share/yr",
        doc="problems solved within a year without a policy",
        source="assumption",
        zh="常规问题解决率",
    )
    usual_meetings: float = parameter(
        0.3, low=0.0, high=0.8, unit="share", doc="coordination between departments without a policy, of the most there can be, as inspections see it",
        source="assumption", zh="常规协调水平",
    )  # fmt: skip
    problem_speed: float = parameter(
        0.6, low=0.1, high=1.0, unit="per year", doc="how fast the number of open problems follows", source="assumption", zh="问题消化速度"
    )
    problem_weight: float = parameter(0.3, low=0.0, high=1.0, unit="index", doc="reputation lost by usual open problems", source="assumption", zh="问题口碑")
    notice_weight: float = parameter(0.1, low=0.0, high=0.5, unit="index", doc="reputation lost by a public notice", source="assumption", zh="通报口碑")
    notice_share: float = parameter(
        0.25, low=0.05, high=0.5, unit="share of the zones", doc="that are named as the last in a public notice", source="assumption: 003§17c names no figure", zh="通报比例",
    )  # fmt: skip
    staff_cost: float = parameter(
        10.0,
        low=4.0,
        high=25.0,
        unit="10k CNY/yr per person",
        doc="usual pay against which prizes are measured (see books.staff_cost)",
        source="assumption",
        zh="人均经费",
    )
    lag_span: float = parameter(
        1.5, low=0.5, high=3.0, unit="sd", doc="lead or lag in a criterion that moves a committee at most",
        source="assumption", zh="短板感知上限",
    )  # fmt: skip
    growth_least: float = parameter(
        0.1, low=0.0, high=0.5, unit="worth", doc="worth of growth to a committee far behind its target whose evaluation does not count growth, per unit of growth_tilt",
        source="assumption", zh="增速最低权重",
    )  # fmt: skip
    most_offer: float = parameter(
        0.9, low=0.3, high=1.0, unit="share of the local tax part", doc="refund that is ever offered",
        source="assumption: no government gives all of it away", zh="返还上限",
    )  # fmt: skip
    belief_scale: float = parameter(
        1.0, low=0.0, high=3.0, unit="exponent", doc="on all that committees believe of their efforts (0: every effort serves every criterion alike)",
        source="assumption: the table of beliefs as it stands", zh="效果认知锐度",
    )  # fmt: skip
    lag_promotion: float = parameter(
        0.5,
        low=0.1,
        high=3.0,
        unit="years",
        doc="until promotion bears fruit, by which a head who will leave discounts it",
        source="assumption",
        zh="招商见效期",
    )
    lag_service: float = parameter(1.0, low=0.1, high=5.0, unit="years", doc="until service bears fruit", source="assumption", zh="服务见效期")
    lag_land: float = parameter(2.0, low=0.1, high=6.0, unit="years", doc="until effort for land bears fruit", source="assumption", zh="土地见效期")
    lag_environment: float = parameter(
        3.0, low=0.1, high=8.0, unit="years", doc="until effort for the environment bears fruit", source="assumption", zh="环境见效期"
    )
    lag_infrastructure: float = parameter(
        4.0, low=0.1, high=10.0, unit="years", doc="until effort for infrastructure bears fruit", source="assumption", zh="基础设施见效期"
    )

    @cached_property
    def beliefs(self) -> Floats:
        """What each kind of effort does for each criterion, as committees believe."""
        return np.asarray(BELIEFS**self.belief_scale)

    @cached_property
    def lags(self) -> tuple[float, ...]:
        """Years after which each kind of effort bears fruit, in the order of efforts."""
        return self.lag_promotion, self.lag_service, self.lag_land, self.lag_environment, self.lag_infrastructure
