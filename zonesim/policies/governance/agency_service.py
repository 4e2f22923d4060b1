"""Let a steward of the committee do a project's papers (代办帮办)."""

from __future__ import annotations

from zonesim.policies.instrument import Face, Instrument, lever
from zonesim.terms import Terms


class AgencyService(Instrument, name="agency_service", zh="代办帮办", en="Agency service for projects", edits="steward"):
    """Let a steward of the committee do a project's papers (代办帮办).

    Travel and hand-over shrink; each case takes more of the committee's staff.
    """

    agency_service_enabled = lever(
        "switch",
        True,
        unit="",
        zh="代办帮办",
        en="Agency/steward service",
        clauses="003§5b; 003§5c",
        group="governance_and_approvals",
        tier=2,
        claims=(("approval_days", "-"),),
        given=True,
        null=False,
    )

    def change_terms(self, terms: Terms, face: Face) -> None:
        """Turn it on."""
        if face["agency_service_enabled"]:
            terms.turn_on("steward", face.sites)
