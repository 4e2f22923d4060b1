"""Apply once for the public items of the whole zone (公共属性事项整体申报)."""

from __future__ import annotations

from zonesim.policies.instrument import Face, Instrument, lever
from zonesim.terms import Terms


class BundledApplication(Instrument, name="bundled_application", zh="整体申报", en="Bundled applications", edits="bundled_items", pays="bundled_items"):
    """Apply once for the public items of the whole zone (公共属性事项整体申报).

    Flood, lightning, earthquake, safety and weather are applied for once; the stage falls away for each project, and the committee pays.
    """

    bundled_zone_application_enabled = lever(
        "switch",
        True,
        unit="",
        zh="公共属性事项整体申报",
        en="Zone-wide bundled applications",
        clauses="000§2c; 001§11d",
        group="governance_and_approvals",
        tier=1,
        claims=(("approval_days", "-"),),
        given=True,
        null=False,
    )

    def change_terms(self, terms: Terms, face: Face) -> None:
        """Turn it on."""
        if face["bundled_zone_application_enabled"]:
            terms.turn_on("bundled_items", face.sites)
