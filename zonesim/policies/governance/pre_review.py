"""Abolish the pre-reviews of files on their way up (取消预审环节)."""

from __future__ import annotations

from zonesim.policies.instrument import Face, Instrument, lever
from zonesim.terms import Terms


class PreReview(Instrument, name="pre_review", zh="取消预审", en="Pre-reviews abolished", edits="pre_review_removed land_pre_review_removed"):
    """Abolish the pre-reviews of files on their way up (取消预审环节).

    The share goes off the days of pre-reviews; off the land pre-review as well unless it is retained.
    """

    pre_review_removed_share = lever(
        "number",
        1.0,
        unit="share of links",
        zh="取消预审环节比例",
        en="Share of forwarding pre-review links abolished",
        clauses="000§2b; 001§11c",
        group="governance_and_approvals",
        tier=1,
        low=0,
        high=1,
        claims=(("approval_days", "-"),),
        given=True,
        null=0.0,
    )
    land_pre_review_retained = lever(
        "switch",
        True,
        unit="",
        zh="用地预审保留",
        en="Land pre-review kept",
        clauses="001§11c",
        group="governance_and_approvals",
        tier=2,
        claims=(("approval_days", "+"),),
        given=True,
    )

    def change_terms(self, terms: Terms, face: Face) -> None:
        """Take the links out."""
        terms.raise_to("pre_review_removed", face.sites, face.by_site("pre_review_removed_share"))
        if not face["land_pre_review_retained"]:
            terms.raise_to("land_pre_review_removed", face.sites, face.by_site("pre_review_removed_share"))
