"""How long approval takes: the parameters of :mod:`zonesim.behaviour.approval`."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from zonesim.columns import Floats
from zonesim.parameters import Parameters, parameter


class ApprovalParameters(Parameters, name="approval"):
    """How long approval takes, what each change of the procedure saves, and what commitments are worth."""

    base_days: float = parameter(
        180.0,
        low=60.0,
        high=400.0,
        unit="days",
        doc="days of approval of a project with land, before reviews",
        source="assumption: before the reforms of 2014 to 2019",
        zh="基础审批天数",
    )
    no_land_days: float = parameter(
        0.35, low=0.1, high=1.0, unit="share", doc="of those days for a project without land", source="assumption", zh="非供地项目审批占比"
    )
    service: float = parameter(0.5, low=0.0, high=1.0, unit="elasticity", doc="days to service effort", source="assumption", zh="服务效率弹性")
    queue: float = parameter(60.0, low=0.0, high=180.0, unit="days per capacity", doc="waiting when cases exceed capacity", source="assumption", zh="排队天数")

    delegated_saves: float = parameter(
        0.35, low=0.0, high=0.8, unit="share", doc="days of a stage saved when the committee decides itself", source="assumption", zh="下放节省"
    )
    delegated_work: float = parameter(
        0.8, low=0.0, high=2.0, unit="cases per case", doc="more work of a case when the committee does all its stages", source="assumption", zh="承接工作量"
    )
    standard_saves: float = parameter(
        0.72, low=0.0, high=1.0, unit="share", doc="days of assessments and permits that standard land settles before the grant",
        source="assumption: a third of the total", zh="标准地节省",
    )  # fmt: skip
    ringfence_saves: float = parameter(
        0.4, low=0.0, high=0.5, unit="share per level", doc="days of the land stages that a ring-fenced quota saves",
        source="assumption: no waiting for the county's plan", zh="指标单列节省",
    )  # fmt: skip
    online_saves: float = parameter(
        0.6, low=0.0, high=1.0, unit="share", doc="travel and hand-over saved when every project is online", source="assumption", zh="网办节省"
    )
    one_stop_saves: float = parameter(
        0.6, low=0.0, high=1.0, unit="share", doc="travel and hand-over saved by one counter", source="assumption", zh="一站式节省"
    )
    one_stop_parallel: float = parameter(
        0.5, low=0.0, high=1.0, unit="share", doc="how far assessments run at once behind one counter", source="assumption", zh="并联程度"
    )
    steward_saves: float = parameter(
        0.5, low=0.0, high=1.0, unit="share", doc="travel and hand-over saved by a steward of the committee", source="assumption", zh="代办节省"
    )
    steward_work: float = parameter(
        0.15, low=0.0, high=0.6, unit="cases per case", doc="staff of the committee that a steward takes", source="assumption", zh="代办工作量"
    )
    early_parallel: float = parameter(
        0.8, low=0.0, high=1.0, unit="share", doc="how far departments that come early work at once, and beside the land procedure",
        source="assumption", zh="提前介入并行程度",
    )  # fmt: skip
    merged_saves: float = parameter(
        0.2,
        low=0.0,
        high=0.6,
        unit="share",
        doc="days of the longest of four assessments saved by one report and one panel",
        source="assumption",
        zh="合并评估节省",
    )
    filing_ratio: float = parameter(
        0.15, low=0.0, high=1.0, unit="share", doc="time of an EIA filing relative to its approval", source="assumption", zh="环评备案耗时比"
    )
    filing_laxity: float = parameter(
        0.05, low=0.0, high=0.3, unit="share", doc="more emissions of a project whose EIA is only filed", source="assumption", zh="备案松弛"
    )
    plan_merge_saves: float = parameter(0.7, low=0.0, high=1.0, unit="share", doc="plan conflicts that one plan avoids", source="assumption", zh="多规合一节省")
    commitment_moves: float = parameter(
        0.8, low=0.0, high=1.0, unit="share", doc="days of permits and reviews that a commitment moves behind the building", source="assumption", zh="承诺后置"
    )
    temptation: float = parameter(
        0.5, low=0.0, high=1.0, unit="share of investment", doc="most that a project could save by breaking its commitment", source="assumption", zh="违诺收益"
    )
    detection: float = parameter(
        0.8, low=0.0, high=1.0, unit="probability", doc="a broken commitment is found when the project is accepted", source="assumption", zh="验收查实率"
    )
    suspension_loss: float = parameter(
        0.08, low=0.0, high=0.3, unit="share of investment", doc="loss of a project that may not open until it is mended", source="assumption", zh="停工损失"
    )
    mending: float = parameter(2.0, low=0.0, high=8.0, unit="quarters", doc="until a broken commitment is mended", source="assumption", zh="整改期")
    shedding: float = parameter(
        0.5, low=0.0, high=1.0, unit="share", doc="more emissions of a project that broke its commitment", source="assumption", zh="违诺增排"
    )
    assessment_cost: float = parameter(
        0.004, low=0.0, high=0.02, unit="share of investment", doc="cost of the assessments that a region can share", source="assumption", zh="评估费用"
    )
    mending_cost: float = parameter(
        0.05, low=0.0, high=0.3, unit="share of investment", doc="cost of making good what a broken commitment saved", source="assumption", zh="整改成本"
    )
    least_effort: float = parameter(
        0.1, low=0.02, high=0.5, unit="of the usual effort", doc="for service, below which approval gets no slower", source="assumption", zh="最低服务投入"
    )
    suspect: float = parameter(
        1.3, low=0.8, high=3.0, unit="of the industry's mean", doc="emissions from which an assessment is likely to find fault",
        source="assumption", zh="环评存疑排放线",
    )  # fmt: skip

    @cached_property
    def commitments(self) -> Floats:
        """Temptation, detection, loss of a suspension, shedding, laxity of filing, and emissions that are suspect, as the kernel takes them."""
        return np.array((self.temptation, self.detection, self.suspension_loss, self.shedding, self.filing_laxity, self.suspect))

    @cached_property
    def usual_days(self) -> Floats:
        """Usual days by kind of project, with the committee's usual effort."""
        return self.base_days * np.array([1.0, self.no_land_days, 1.0, self.no_land_days])
