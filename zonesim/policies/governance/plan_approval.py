"""Set the number of levels that approve a plan (规划审批层级)."""

from __future__ import annotations

from zonesim.policies.instrument import Face, Instrument, lever
from zonesim.terms import Terms


class PlanApproval(Instrument, name="plan_approval", zh="规划审批层级", en="Levels of plan approval", edits="plan_levels"):
    """Set the number of levels that approve a plan (规划审批层级).

    Days lost in conflicts and amendments of plans are in proportion to the levels (two are usual); each level above two makes the screening of
    projects more accurate.
    """

    plan_approval_levels = lever(
        "integer",
        3,
        unit="levels",
        zh="规划审批层级",
        en="Levels in plan approval",
        clauses="002§2.2c; 003§13b",
        group="governance_and_approvals",
        tier=2,
        low=1,
        high=4,
        claims=(
            ("approval_days", "+"),
            ("entrant_quality", "+"),
        ),
        given=True,
        null=2,
    )

    def change_terms(self, terms: Terms, face: Face) -> None:
        """Set the levels."""
        terms.fix("plan_levels", face.places, face["plan_approval_levels"])
