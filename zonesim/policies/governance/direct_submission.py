"""Let the committee submit straight to the body that decides (直接转报)."""

from __future__ import annotations

from zonesim.policies.instrument import Face, Instrument, lever
from zonesim.terms import Terms


class DirectSubmission(Instrument, name="direct_submission", zh="直接转报", en="Direct submission", edits="direct_submission"):
    """Let the committee submit straight to the body that decides (直接转报).

    The days in which a file waits at the desks between the zone and the body that decides fall away.
    """

    direct_submission_enabled = lever(
        "switch",
        True,
        unit="",
        zh="直接转报/直接报省",
        en="Direct submission by the zone",
        clauses="000§2b; 001§11c; 004§3.15.4b",
        group="governance_and_approvals",
        tier=1,
        claims=(("approval_days", "-"),),
        given=True,
        null=False,
    )

    def change_terms(self, terms: Terms, face: Face) -> None:
        """Turn it on."""
        if face["direct_submission_enabled"]:
            terms.turn_on("direct_submission", face.sites)
