"""Lower the land price of projects that invest more per mu than the standard (地价与投资强度挂钩)."""

from __future__ import annotations

from zonesim.policies.instrument import Face, Instrument, lever
from zonesim.terms import Terms


class PriceLink(Instrument, name="price_link", zh="地价挂钩", en="Land price linked to intensity", edits="price_intensity_elasticity"):
    """Lower the land price of projects that invest more per mu than the standard (地价与投资强度挂钩)."""

    land_price_intensity_elasticity = lever(
        "number",
        0.3,
        unit="−% price per +1% intensity above standard",
        zh="地价与投资强度挂钩",
        en="Land price – investment intensity link",
        clauses="000§9a",
        group="land",
        tier=1,
        low=0,
        high=1,
        claims=(("investment_intensity", "+"), ("output_per_mu", "+")),
        null=0.0,
    )

    def change_terms(self, terms: Terms, face: Face) -> None:
        """Set the elasticity."""
        terms.raise_to("price_intensity_elasticity", face.sites, face.by_site("land_price_intensity_elasticity"))
