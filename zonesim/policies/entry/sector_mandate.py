"""Bind an industry to its designated park (行业定点园区)."""

from __future__ import annotations

import numpy as np

from zonesim.policies.instrument import Face, Instrument, lever
from zonesim.terms import Terms


class SectorMandate(
    Instrument, name="sector_mandate", zh="行业定点", en="Industries sent to designated zones", edits="closed_share", places="all", covers_itself=True
):
    """Bind an industry to its designated park (行业定点园区)."""

    sector_designated_zone_map = lever(
        "map",
        {"urban_minerals": "honggu"},
        unit="map sector→zone",
        zh="行业定点园区",
        en="Sector → designated zone map",
        clauses="004§3.6.3; 004§3.13.3b",
        group="entry_and_relocation",
        tier=1,
        claims=(("specialisation_lq", "+"),),
        given=True,
    )
    sector_mandate_share = lever(
        "number",
        1.0,
        unit="share of new projects of that sector",
        zh="定点强制程度",
        en="Binding share of the sector mandate",
        clauses="004§3.13.3b",
        group="entry_and_relocation",
        tier=1,
        low=0,
        high=1,
        null=0.0,
        claims=(("specialisation_lq", "+"),),
    )

    def change_terms(self, terms: Terms, face: Face) -> None:
        """Close every other place to new projects of the industry."""
        ids = face.site.industries.ids
        for industry, place in face["sector_designated_zone_map"].items():
            elsewhere = np.array([name != place for name in face.site.place_ids])
            cells = elsewhere[:, None] & (np.arange(len(ids)) == ids.index(industry))[None, :]
            terms.raise_to("closed_share", cells, face["sector_mandate_share"])
