"""Let idle and inefficient land pass to enterprises that need it (依法转让)."""

from __future__ import annotations

from zonesim.policies.instrument import Face, Instrument, lever
from zonesim.terms import Terms


class LandMarket(Instrument, name="land_market", zh="土地转让", en="Transfer of land between enterprises", edits="land_transfer conversion_price"):
    """Let idle and inefficient land pass to enterprises that need it (依法转让).

    Holders of idle or inefficient land may sell it to enterprises of the same place that have outgrown theirs. Who holds allocated land owes the
    county the conversion price out of what it gets; the higher it is, the fewer sell.
    """

    land_transfer_allowed = lever(
        "switch",
        True,
        unit="",
        zh="依法转让/合作经营",
        en="Secondary transfer and joint operation allowed",
        clauses="001§7d",
        group="land",
        tier=2,
        claims=(
            ("idle_land_area", "-"),
            ("inefficient_land_area", "-"),
        ),
        given=True,
        null=False,
    )
    allocated_land_conversion_price_ratio = lever(
        "number",
        1.0,
        unit="share of market price",
        zh="划拨补办出让价比例",
        en="Price of allocated→granted conversion",
        clauses="000§9h",
        group="land",
        tier=2,
        low=0,
        high=1,
        given=True,
        null=1.0,
    )

    def change_terms(self, terms: Terms, face: Face) -> None:
        """Open the market and set the price of conversion."""
        if face["land_transfer_allowed"]:
            terms.turn_on("land_transfer", face.places)
        terms.lower_to("conversion_price", face.places, face["allocated_land_conversion_price_ratio"])
