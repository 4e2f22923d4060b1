"""Reduce the rent of standard factories for enterprises in their first quarters (降租金)."""

from __future__ import annotations

import numpy as np

from zonesim.policies.instrument import Face, Instrument, lever, option
from zonesim.terms import Terms


class RentReduction(Instrument, name="rent_reduction", zh="降租金", en="Lower rents", edits="rent_relief rent_relief_quarters", pays="rent_relief"):
    """Reduce the rent of standard factories for enterprises in their first quarters (降租金)."""

    rent_reduction_rate = lever(
        "number",
        0.3,
        unit="share of rent",
        zh="降租金",
        en="Factory rent reduction",
        clauses="003§7d",
        group="fiscal",
        tier=1,
        low=0,
        high=1,
        claims=(("relocated_firms", "+"), ("enterprises_new", "+")),
        null=0.0,
    )
    rent_reduction_quarters = option("integer", 8, low=1, high=40, unit="quarters after arrival", zh="减租期", en="Quarters with reduced rent")

    def change_terms(self, terms: Terms, face: Face) -> None:
        """Add to the relief of rent."""
        if np.any(face["rent_reduction_rate"]):
            terms.add("rent_relief", face.sites, face.by_site("rent_reduction_rate"))
            terms.raise_to("rent_relief_quarters", face.sites, face["rent_reduction_quarters"])
