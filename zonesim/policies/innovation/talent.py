"""Bring high-skill workers with subsidies (高层次人才引进)."""

from __future__ import annotations

from zonesim.policies.instrument import Face, Instrument, lever
from zonesim.terms import Terms


class TalentAttraction(Instrument, name="talent_attraction", zh="人才引进", en="Attraction of talent", edits="talent_attraction", pays="talent_subsidy"):
    """Bring high-skill workers with subsidies (高层次人才引进).

    So many per thousand persons employed come each year, more where amenities, pay and air are good, and are paid for; they drift away again as
    place and pay cannot hold them. Talent raises the productivity of the place, and puts partners' results to use.
    """

    talent_attraction_intensity = lever(
        "number", 3.0, unit="arrivals per 1 000 workers per year", zh="高层次人才引进", en="Talent attraction", clauses="001§18b; 003§9d; 004§3.9.2",
        group="innovation_and_talent", tier=1, low=0, high=10, claims=(("talent_stock", "+"), ("hightech_va", "+")), null=0.0,
    )  # fmt: skip

    def change_terms(self, terms: Terms, face: Face) -> None:
        """Add to the arrivals."""
        terms.add("talent_attraction", face.places, face["talent_attraction_intensity"])
