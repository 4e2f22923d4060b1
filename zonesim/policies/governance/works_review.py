"""Let the city approve the yearly list of works (基础设施年度计划市级审定)."""

from __future__ import annotations

from zonesim.policies.instrument import Face, Instrument, lever
from zonesim.terms import Terms


class WorksReview(Instrument, name="works_review", zh="基建计划审定", en="City review of works", edits="works_review"):
    """Let the city approve the yearly list of works (基础设施年度计划市级审定).

    Part of the works that are duplicated or not needed is found and its money spent on better ones; part of the money waits a quarter for the review.
    """

    infra_plan_city_approval_enabled = lever(
        "switch",
        True,
        unit="",
        zh="基础设施年度计划市级审定",
        en="City approval of yearly infrastructure list",
        clauses="002§2.3b",
        group="governance_and_approvals",
        tier=2,
        claims=(("infra_investment", "-"),),
        given=True,
        null=False,
    )

    def change_terms(self, terms: Terms, face: Face) -> None:
        """Send the list to the city."""
        if face["infra_plan_city_approval_enabled"]:
            terms.turn_on("works_review", face.zones)
