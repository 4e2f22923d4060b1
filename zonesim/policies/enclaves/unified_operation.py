"""Let the parks of one family operate and promote as one (统一运营统一招商)."""

from __future__ import annotations

from zonesim.policies.instrument import Face, Instrument, lever
from zonesim.terms import Terms


class UnifiedOperation(Instrument, name="unified_operation", zh="统一运营统一招商", en="Unified operation and promotion", edits="unified_operation"):
    """Let the parks of one family operate and promote as one (统一运营统一招商).

    A committee and the sub-parks under it do not bid against each other, and a project that one of them finds may settle in any of their parks.
    """

    unified_operation_enabled = lever(
        "switch",
        True,
        unit="",
        zh="统一运营统一招商",
        en="Unified operation and promotion",
        clauses="000§4a; 003§4a",
        group="enclaves_and_cooperation",
        tier=2,
        given=True,
        null=False,
    )

    def change_terms(self, terms: Terms, face: Face) -> None:
        """Join the committees."""
        if face["unified_operation_enabled"]:
            terms.turn_on("unified_operation", face.zones)
