"""Handle projects on the online platform (在线审批监管平台)."""

from __future__ import annotations

from zonesim.policies.instrument import Face, Instrument, lever
from zonesim.terms import Terms


class OnlineApproval(Instrument, name="online_approval", zh="在线审批", en="Online approval", edits="online_share"):
    """Handle projects on the online platform (在线审批监管平台).

    Travel and hand-over shrink in proportion to the share of projects online.
    """

    online_approval_coverage = lever(
        "number",
        1.0,
        unit="share of projects",
        zh="在线审批平台覆盖率",
        en="Online approval coverage",
        clauses="000§2e; 001§11a; 001§12c",
        group="governance_and_approvals",
        tier=2,
        low=0,
        high=1,
        claims=(("approval_days", "-"),),
        given=True,
        null=0.0,
    )

    def change_terms(self, terms: Terms, face: Face) -> None:
        """Raise the share online."""
        terms.raise_to("online_share", face.sites, face.by_site("online_approval_coverage"))
