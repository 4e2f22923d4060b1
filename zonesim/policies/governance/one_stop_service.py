"""Take all papers at one counter (一站式服务)."""

from __future__ import annotations

from zonesim.policies.instrument import Face, Instrument, lever
from zonesim.terms import Terms


class OneStopService(Instrument, name="one_stop_service", zh="一站式服务", en="One-stop service", edits="one_stop"):
    """Take all papers at one counter (一站式服务).

    Travel and hand-over between counters shrink, and assessments run in part at once behind the counter.
    """

    one_stop_service_enabled = lever(
        "switch",
        True,
        unit="",
        zh="一站式服务",
        en="One-stop service",
        clauses="000§2f; 001§11a; 004§3.2.3",
        group="governance_and_approvals",
        tier=1,
        claims=(
            ("approval_days", "-"),
            ("ql_service_management", "+"),
        ),
        given=True,
        null=False,
    )

    def change_terms(self, terms: Terms, face: Face) -> None:
        """Turn it on."""
        if face["one_stop_service_enabled"]:
            terms.turn_on("one_stop", face.sites)
