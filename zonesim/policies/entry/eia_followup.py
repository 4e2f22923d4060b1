"""Assess the environment again after some years (跟踪评价)."""

from __future__ import annotations

from zonesim.policies.instrument import Face, Instrument, lever
from zonesim.terms import Terms


class EiaFollowup(
    Instrument, name="eia_followup", zh="跟踪评价", en="Follow-up environmental assessment", edits="followup_every followup_from", pays="followup_eia"
):
    """Assess the environment again after some years (跟踪评价).

    Every so many years after its first year the zone is assessed: the committee pays, and enterprises well above their industry's emissions abate.
    """

    eia_followup_years = lever(
        "integer",
        5,
        unit="years",
        zh="跟踪评价周期",
        en="Follow-up EIA interval",
        clauses="004§3.14.3",
        group="entry_and_relocation",
        tier=2,
        low=3,
        high=10,
        claims=(("emissions", "+"),),
        given=True,
    )

    def change_terms(self, terms: Terms, face: Face) -> None:
        """Set the interval and its first year."""
        terms.lower_to("followup_every", face.places, face["eia_followup_years"])
        terms.raise_to("followup_from", face.places, float(self.start.year))
