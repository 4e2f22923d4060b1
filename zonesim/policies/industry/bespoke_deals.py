"""Give a large project terms of its own (一企一策、一事一议)."""

from __future__ import annotations

from zonesim.policies.instrument import Face, Instrument, lever
from zonesim.terms import Terms


class BespokeDeals(Instrument, name="bespoke_deals", zh="一事一议", en="Bespoke deals", edits="bespoke_from bespoke_limit", pays="bespoke_grant"):
    """Give a large project terms of its own (一企一策、一事一议).

    A project whose investment reaches the threshold goes to the leading group and the city's executive meeting: that takes days, after which
    its approval is hurried. City and project bargain over a grant: the project gets its part of the local tax that it is expected to pay over
    the years that count, at most the limit as a share of its investment. City, then county, pay it at entry.
    """

    bespoke_deal_enabled = lever(
        "switch",
        True,
        unit="",
        zh="一企一策/一事一议",
        en="Bespoke incentive deals",
        clauses="001§15d; 002§2.4d",
        group="industry_and_promotion",
        tier=1,
        claims=(("investment_attracted", "+"),),
        given=True,
        null=False,
    )
    bespoke_deal_threshold = lever(
        "number",
        50_000.0,
        unit="10^4 yuan",
        zh="一事一议门槛",
        en="Investment threshold for a bespoke deal",
        clauses="002§2.4d",
        group="industry_and_promotion",
        tier=1,
        low=1_000,
        high=100_000,
        claims=(("investment_attracted", "-"),),
    )
    bespoke_deal_generosity = lever(
        "number",
        0.05,
        unit="share of investment",
        zh="优惠力度",
        en="Generosity of bespoke deals",
        clauses="001§15d; 002§2.4d",
        group="industry_and_promotion",
        tier=2,
        low=0,
        high=0.3,
        claims=(("investment_attracted", "+"),),
        null=None,
    )

    def change_terms(self, terms: Terms, face: Face) -> None:
        """Open the door above the threshold, and bound what may be given."""
        if face["bespoke_deal_enabled"]:
            terms.lower_to("bespoke_from", face.sites, face.by_site("bespoke_deal_threshold"))
            terms.raise_to("bespoke_limit", face.sites, face.by_site("bespoke_deal_generosity"))
