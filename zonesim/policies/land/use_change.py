"""Let old buildings house producer services at their old right for a time (存量房产转用过渡期)."""

from __future__ import annotations

from zonesim.policies.instrument import Face, Instrument, lever
from zonesim.terms import Terms


class UseChange(Instrument, name="use_change", zh="转用过渡期", edits="use_change_grace_years"):
    """Let old buildings house producer services at their old right for a time (存量房产转用过渡期)."""

    use_change_grace_years = lever(
        "number",
        5.0,
        unit="years",
        zh="存量房产转用过渡期",
        en="Grace period for keeping original use/right when hosting producer services or maker spaces",
        clauses="000§9g",
        group="land",
        tier=1,
        low=0,
        high=10,
        claims=(("va_tertiary", "+"),),
        given=True,
        null=0.0,
    )

    def change_terms(self, terms: Terms, face: Face) -> None:
        """Set the years."""
        terms.fix("use_change_grace_years", face.places, face["use_change_grace_years"])
