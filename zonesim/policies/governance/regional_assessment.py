"""Assess the whole zone once, for all its projects (区域评估)."""

from __future__ import annotations

from zonesim.policies.instrument import Face, Instrument, lever
from zonesim.terms import Terms


class RegionalAssessment(
    Instrument,
    name="regional_assessment",
    zh="区域评估",
    en="Regional assessment",
    edits="regional_assessment assessment_validity assessment_fee",
    pays="regional_assessment assessment_fee",
):
    """Assess the whole zone once, for all its projects (区域评估).

    While the zone's assessments are valid, the stage falls away for each project, which saves the cost of its own and pays the fee's share of it;
    the committee pays for each round, and there is none while it has not the money.
    """

    regional_assessment_enabled = lever(
        "switch",
        True,
        unit="7 items",
        zh="区域评估",
        en="Regional (area-wide) assessment",
        clauses="001§13a",
        group="governance_and_approvals",
        tier=1,
        claims=(("approval_days", "-"),),
        given=True,
        null=False,
    )
    regional_assessment_validity_years = lever(
        "number",
        5.0,
        unit="years",
        zh="区域评估有效期",
        en="Validity of regional assessment",
        clauses="001§13b",
        group="governance_and_approvals",
        tier=1,
        low=1,
        high=10,
        given=True,
    )
    assessment_fee_share = lever(
        "number",
        0.0,
        unit="share of own-cost assessment",
        zh="区域评估共享费用",
        en="Fee paid by the firm for shared reports",
        clauses="001§13b",
        group="governance_and_approvals",
        tier=2,
        low=0,
        high=1,
        given=True,
        claims=(("enterprises_new", "-"),),
    )

    def change_terms(self, terms: Terms, face: Face) -> None:
        """Turn it on, for its years, at its fee."""
        if face["regional_assessment_enabled"]:
            terms.turn_on("regional_assessment", face.sites)
            terms.fix("assessment_validity", face.places, face["regional_assessment_validity_years"])
            terms.fix("assessment_fee", face.places, face["assessment_fee_share"])
