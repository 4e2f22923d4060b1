"""Steer the zones of the city to different industries (错位发展)."""

from __future__ import annotations

from zonesim.policies.instrument import Face, Instrument, lever
from zonesim.terms import Terms


class Differentiation(
    Instrument, name="industry_differentiation", zh="错位发展", en="Differentiated industries of zones", edits="differentiation", places="all"
):
    """Steer the zones of the city to different industries (错位发展).

    A committee turns its promotion away from an industry in which another zone has the larger revealed advantage, by
    (its own advantage / the largest)^(strength x overlap), and a zone that names leading industries counts those already named by others
    as a loss of fit.
    """

    industry_differentiation_strength = lever(
        "number",
        0.5,
        unit="penalty on duplicated sectors",
        zh="错位发展",
        en="Differentiation between zones",
        clauses="000§3c; 001§3a; 001§14b; 002§2.8a; 003§13a; 004§1",
        group="industry_and_promotion",
        tier=1,
        low=0,
        high=1,
        claims=(("specialisation_lq", "+"),),
        null=0.0,
    )

    def change_terms(self, terms: Terms, face: Face) -> None:
        """Raise the strength."""
        terms.raise_to("differentiation", face.zones, face.by_zone("industry_differentiation_strength"))
