"""Merge environment, energy, water and safety assessments of key projects into one (多评合一)."""

from __future__ import annotations

from zonesim.policies.instrument import Face, Instrument, lever
from zonesim.terms import Terms


class MergedAssessment(Instrument, name="merged_assessment", zh="多评合一", en="Merged assessments", edits="merged_assessment"):
    """Merge environment, energy, water and safety assessments of key projects into one (多评合一).

    Of the four the longest is left, for key projects.
    """

    merged_assessment_enabled = lever(
        "switch",
        True,
        unit="",
        zh="多评合一",
        en="Merged environment/energy/water/safety assessment",
        clauses="001§13d",
        group="governance_and_approvals",
        tier=2,
        claims=(("approval_days", "-"),),
        given=True,
        null=False,
    )

    def change_terms(self, terms: Terms, face: Face) -> None:
        """Turn it on."""
        if face["merged_assessment_enabled"]:
            terms.turn_on("merged_assessment", face.sites)
