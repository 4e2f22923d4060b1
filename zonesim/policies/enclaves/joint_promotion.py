"""Promote the zones together (联动招商)."""

from __future__ import annotations

from zonesim.policies.instrument import Face, Instrument, lever
from zonesim.terms import Terms


class JointPromotion(Instrument, name="joint_promotion", zh="联动招商", en="Joint investment promotion", edits="joint_promotion", places="all"):
    """Promote the zones together (联动招商)."""

    joint_promotion_enabled = lever(
        "switch",
        True,
        unit="",
        zh="联动招商（一盘棋）",
        en="Joint investment promotion",
        clauses="003§14a",
        group="enclaves_and_cooperation",
        tier=1,
        given=True,
        null=False,
        claims=(("output_per_mu", "+"),),
    )

    def change_terms(self, terms: Terms, face: Face) -> None:
        """Stop the bidding between zones and pool promotion."""
        if face["joint_promotion_enabled"]:
            terms.turn_on("joint_promotion", True)
