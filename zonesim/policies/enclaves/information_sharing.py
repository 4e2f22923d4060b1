"""Share what parks know of projects and sites (信息共享平台)."""

from __future__ import annotations

from zonesim.policies.instrument import Face, Instrument, lever
from zonesim.terms import Terms


class InformationSharing(Instrument, name="information_sharing", zh="信息共享平台", en="Shared information platform", edits="information", places="all"):
    """Share what parks know of projects and sites (信息共享平台).

    Part of the projects that one committee finds become known to the others, and sitting enterprises look for a better place more often.
    """

    information_sharing_enabled = lever(
        "switch",
        True,
        unit="",
        zh="信息共享平台",
        en="Information platform among parks",
        clauses="002§2.8a; 004§3.5.1a",
        group="enclaves_and_cooperation",
        tier=2,
        given=True,
        null=False,
        claims=(("lost_projects", "-"),),
    )

    def change_terms(self, terms: Terms, face: Face) -> None:
        """Open the platform."""
        if face["information_sharing_enabled"]:
            terms.turn_on("information", True)
