"""Ask a planning environmental assessment before plan and expansion (规划环评)."""

from __future__ import annotations

from zonesim.policies.instrument import Face, Instrument, lever
from zonesim.terms import Terms


class PlanningEia(Instrument, name="planning_eia", zh="规划环评", en="Environmental assessment of plans", edits="planning_eia"):
    """Ask a planning environmental assessment before plan and expansion (规划环评)."""

    planning_eia_required = lever(
        "switch",
        True,
        unit="",
        zh="规划环评",
        en="Planning EIA required before zone plan/expansion",
        clauses="000§12a; 001§8b; 004§3.2.2; 004§3.14.3",
        group="entry_and_relocation",
        tier=1,
        given=True,
        null=False,
        claims=(("approval_days", "+"), ("ecology_index", "+")),
    )

    def change_terms(self, terms: Terms, face: Face) -> None:
        """Require it."""
        if face["planning_eia_required"]:
            terms.turn_on("planning_eia", face.sites)
