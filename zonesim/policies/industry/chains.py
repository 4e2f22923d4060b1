"""Promote industry chains of the city (特色产业链)."""

from __future__ import annotations

from zonesim.policies.instrument import Face, Instrument, lever
from zonesim.terms import Terms


class IndustryChains(
    Instrument, name="industry_chains", zh="特色产业链", en="Promoted industry chains", edits="chain_count", places="all", pays="chain_office"
):
    """Promote industry chains of the city (特色产业链).

    The city has offices for its chains, which are the industries with the largest output in the region. A given number of people is spread
    over them, so that contacts in each chain rise by (1 + teams / chains)^e: few chains rise much, many a little.
    """

    industry_chain_count = lever(
        "integer",
        11,
        unit="count",
        zh="特色产业链数",
        en="Number of promoted chains",
        clauses="003§14a",
        group="industry_and_promotion",
        tier=2,
        low=1,
        high=20,
        given=True,
    )

    def change_terms(self, terms: Terms, face: Face) -> None:
        """Set the number of chains."""
        terms.lower_to("chain_count", True, face["industry_chain_count"])
