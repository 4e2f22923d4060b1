"""Admit only industries of a least tier (产业层次关)."""

from __future__ import annotations

from zonesim.policies.instrument import Face, Instrument, lever
from zonesim.terms import Terms


class IndustryTier(Instrument, name="industry_tier", zh="产业层次关", en="Gate for the tier of industries", edits="barred"):
    """Admit only industries of a least tier (产业层次关).

    Tiers are 1 (basic) to 3 (high); new projects and movers of lower industries get no site.
    """

    entry_industry_tier_min = lever(
        "integer",
        2,
        unit="tier 0–3",
        zh="产业层次关",
        en="Minimum industry tier",
        clauses="004§3.2.2",
        group="entry_and_relocation",
        tier=2,
        low=0,
        high=3,
        claims=(("hightech_va", "+"),),
        null=0,
    )

    def change_terms(self, terms: Terms, face: Face) -> None:
        """Bar lower industries."""
        low = face.site.industries.tier[None, :] < face.by_site("entry_industry_tier_min")
        terms.turn_on("barred", face.sites & low)
