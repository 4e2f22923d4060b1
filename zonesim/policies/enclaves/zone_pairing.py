"""Pair zones with zones of partner regions (结对合作)."""

from __future__ import annotations

from zonesim.policies.instrument import Face, Instrument, lever
from zonesim.terms import Terms


class ZonePairing(Instrument, name="zone_pairing", zh="结对合作", en="Pairing of zones", edits="pairs", places="all"):
    """Pair zones with zones of partner regions (结对合作)."""

    zone_pairing_count = lever(
        "number",
        2.0,
        unit="number of pairs",
        zh="结对合作（山海协作/东部联盟）",
        en="Zone pairing / strategic alliance links",
        clauses="003§16a; 003§16b; 004§3.5.1b",
        group="enclaves_and_cooperation",
        tier=1,
        low=0,
        high=5,
        null=0.0,
        claims=(("investment_attracted", "+"),),
    )

    def change_terms(self, terms: Terms, face: Face) -> None:
        """Raise the number of pairs."""
        terms.raise_to("pairs", True, face["zone_pairing_count"])
