"""Run sub-parks by their parent committee from the end of a year (园区整合托管)."""

from __future__ import annotations

from zonesim.policies.instrument import Face, Instrument, lever
from zonesim.terms import Terms


class ParkIntegration(Instrument, name="park_integration", zh="园区整合", en="Integration of parks", edits="integrated"):
    """Run sub-parks by their parent committee from the end of a year (园区整合托管)."""

    park_integration_enabled = lever(
        "switch",
        True,
        unit="",
        zh="园区整合托管（一县一区/一区多园）",
        en="Park integration or entrusting",
        clauses="000§4a; 001§3b; 002§2.2a; 003§4a; 004§3.3; 004§3.6.1a",
        group="enclaves_and_cooperation",
        tier=1,
        given=True,
        null=False,
        claims=(("admin_efficiency", "+"),),
    )
    park_integration_deadline = lever(
        "integer",
        2024,
        unit="year",
        zh="整合完成时限",
        en="Integration deadline",
        clauses="003§4a",
        group="enclaves_and_cooperation",
        tier=1,
        low=2013,  # the catalogue's 2024 to 2030 is for Sanming; four other documents merge parks too, from 2015 on, and horizons reach beyond 2030
        high=2035,
        given=True,
    )

    def change_terms(self, terms: Terms, face: Face) -> None:
        """Merge from the last quarter of the deadline year on."""
        if face["park_integration_enabled"] and face.quarter >= 4 * face["park_integration_deadline"] + 3:
            terms.turn_on("integrated", face.zones)

    def phase(self, quarter: int) -> int:
        """Tell before and after the deadline apart."""
        return int(quarter >= 4 * self.settings["park_integration_deadline"].at(quarter) + 3)
