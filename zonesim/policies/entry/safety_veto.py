"""Refuse unsafe projects (安全一票否决)."""

from __future__ import annotations

from zonesim.policies.instrument import Face, Instrument, lever
from zonesim.terms import Terms


class SafetyVeto(Instrument, name="safety_veto", zh="安全一票否决", en="Safety veto", edits="safety_veto"):
    """Refuse unsafe projects (安全一票否决)."""

    safety_veto_enabled = lever(
        "switch",
        True,
        unit="",
        zh="安全一票否决",
        en="Safety veto",
        clauses="000§12g",
        group="entry_and_relocation",
        tier=1,
        claims=(("safety_accident_rate", "-"),),
        given=True,
        null=False,
    )

    def change_terms(self, terms: Terms, face: Face) -> None:
        """Refuse them."""
        if face["safety_veto_enabled"]:
            terms.turn_on("safety_veto", face.sites)
