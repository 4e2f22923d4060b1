"""Speed up the approval of land (用地报批提速)."""

from __future__ import annotations

from zonesim.policies.instrument import Face, Instrument, lever
from zonesim.terms import Terms


class LandFastTrack(Instrument, name="land_fast_track", zh="用地报批提速", en="Faster approval of land", edits="land_fast_track"):
    """Speed up the approval of land (用地报批提速).

    The share goes off the days of land pre-review, conversion of farmland and grant.
    """

    land_approval_fast_track_rate = lever(
        "number",
        0.4,
        unit="share of land approval days removed",
        zh="用地报批提速",
        en="Reduction of land approval time",
        clauses="003§8d; 004§3.15.4b",
        group="land",
        tier=2,
        low=0,
        high=0.9,
        claims=(("approval_days", "-"),),
        null=0.0,
    )

    def change_terms(self, terms: Terms, face: Face) -> None:
        """Take the days off."""
        terms.raise_to("land_fast_track", face.sites, face.by_site("land_approval_fast_track_rate"))
