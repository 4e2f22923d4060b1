"""Let departments work on major projects early (重大项目提前介入)."""

from __future__ import annotations

from zonesim.policies.instrument import Face, Instrument, lever
from zonesim.terms import Terms


class EarlyIntervention(Instrument, name="early_intervention", zh="提前介入", en="Early intervention of departments", edits="early_intervention"):
    """Let departments work on major projects early (重大项目提前介入).

    For major projects assessments run at once, and beside the land procedure instead of after it.
    """

    early_intervention_enabled = lever(
        "switch",
        True,
        unit="",
        zh="重大项目提前介入",
        en="Early intervention of departments",
        clauses="001§11b",
        group="governance_and_approvals",
        tier=2,
        claims=(("approval_days", "-"),),
        given=True,
        null=False,
    )

    def change_terms(self, terms: Terms, face: Face) -> None:
        """Turn it on."""
        if face["early_intervention_enabled"]:
            terms.turn_on("early_intervention", face.sites)
