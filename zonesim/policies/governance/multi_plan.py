"""Make all plans one (多规合一)."""

from __future__ import annotations

from zonesim.policies.instrument import Face, Instrument, lever
from zonesim.terms import Terms


class MultiPlan(Instrument, name="multi_plan", zh="多规合一", en="Several plans merged into one", edits="one_plan"):
    """Make all plans one (多规合一).

    Most of the days that go into conflicts between plans fall away.
    """

    multi_plan_integration_enabled = lever(
        "switch",
        True,
        unit="",
        zh="多规合一",
        en="Integrated spatial plan",
        clauses="000§11b; 001§3a; 001§3b; 001§14a; 003§13b; 004§3.14.4",
        group="governance_and_approvals",
        tier=2,
        claims=(("approval_days", "-"),),
        given=True,
        null=False,
    )

    def change_terms(self, terms: Terms, face: Face) -> None:
        """Turn it on."""
        if face["multi_plan_integration_enabled"]:
            terms.turn_on("one_plan", face.sites)
