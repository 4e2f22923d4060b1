"""Put public money into a venture guidance fund (创业投资引导基金)."""

from __future__ import annotations

from zonesim.policies.instrument import Face, Instrument, lever
from zonesim.terms import Terms


class VentureFund(Instrument, name="venture_fund", zh="创业投资引导基金", en="Venture guidance fund", edits="venture_fund", pays="venture_capital"):
    """Put public money into a venture guidance fund (创业投资引导基金).

    A fifth of the fund is put into start-ups each year, by the committee and then the city as far as their money goes, with private money beside it; a part of the financed
    start-ups, in the committee's county and by the innovative prior of industries, would not have begun otherwise.
    """

    vc_guidance_fund = lever(
        "number", 10_000.0, unit="10k CNY per committee", zh="创业投资引导基金", en="Venture guidance fund", clauses="004§3.9.3",
        group="innovation_and_talent", tier=2, low=0, high=50_000, claims=(("enterprises_new", "+"),), null=0.0,
    )  # fmt: skip

    def change_terms(self, terms: Terms, face: Face) -> None:
        """Add to the fund."""
        terms.add("venture_fund", face.zones, face.by_zone("vc_guidance_fund"))
