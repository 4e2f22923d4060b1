"""Concentrate the city's support on key zones (重点支持)."""

from __future__ import annotations

from zonesim.policies.instrument import Face, Instrument, lever
from zonesim.terms import Terms


class KeyZones(Instrument, name="key_zones", zh="重点支持开发区", en="Support concentrated on key zones", edits="key_support"):
    """Concentrate the city's support on key zones (重点支持); ``places`` are the key ones.

    Of what the city spends in parks, the key zones get at least this share; inside key and other zones it is split by value added as before.
    """

    key_zone_support_concentration = lever(
        "number",
        0.6,
        unit="share of support to key zones",
        zh="重点支持开发区集中度",
        en="Concentration of support on key zones",
        clauses="000§3b",
        group="industry_and_promotion",
        tier=2,
        low=0,
        high=1,
        claims=(("gross_output", "+"),),
        null=0.0,
    )

    def change_terms(self, terms: Terms, face: Face) -> None:
        """Raise the share of the key places."""
        terms.raise_to("key_support", face.places & (face.kinds == "park"), face["key_zone_support_concentration"])
