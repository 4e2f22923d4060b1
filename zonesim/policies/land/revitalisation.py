"""Bring inefficient built land back to use (存量低效用地盘活)."""

from __future__ import annotations

from zonesim.policies.instrument import Face, Instrument, lever
from zonesim.terms import Terms


class Revitalisation(
    Instrument, name="revitalisation", zh="存量盘活", en="Revitalisation of land in stock", edits="revitalisation_rate", pays="idle_compensation"
):
    """Bring inefficient built land back to use (存量低效用地盘活)."""

    stock_land_revitalisation_rate = lever(
        "number",
        0.1,
        unit="share of inefficient land per year",
        zh="存量低效用地盘活率",
        en="Revitalisation of stock/inefficient land",
        clauses="000§10d; 001§7d; 003§2a; 003§10a; 004§3.15.3a",
        group="land",
        tier=1,
        low=0,
        high=0.5,
        claims=(("output_per_mu", "+"), ("ready_land", "+")),
        null=0.0,
    )

    def change_terms(self, terms: Terms, face: Face) -> None:
        """Set the yearly rate."""
        terms.raise_to("revitalisation_rate", face.places, face["stock_land_revitalisation_rate"])
