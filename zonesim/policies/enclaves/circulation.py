"""Let a project pass to the zone where it fits (项目全市流转)."""

from __future__ import annotations

from zonesim.policies.instrument import Face, Instrument, lever
from zonesim.terms import Terms


class Circulation(Instrument, name="circulation", zh="项目流转", en="Circulation of projects between zones", edits="circulation", places="all"):
    """Let a project pass to the zone where it fits (项目全市流转)."""

    project_circulation_enabled = lever(
        "switch",
        True,
        unit="",
        zh="项目全市流转",
        en="Project circulation between zones",
        clauses="003§15b",
        group="enclaves_and_cooperation",
        tier=1,
        claims=(("output_per_mu", "+"), ("lost_projects", "-")),
        given=True,
        null=False,
    )

    def change_terms(self, terms: Terms, face: Face) -> None:
        """Open the set of parks to every project."""
        if face["project_circulation_enabled"]:
            terms.turn_on("circulation", True)
