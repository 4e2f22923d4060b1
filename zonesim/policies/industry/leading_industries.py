"""Fix the leading industries of zones, and steer zones to different ones (主导产业、错位发展)."""

from __future__ import annotations

import numpy as np

from zonesim.policies.instrument import Face, Instrument, lever
from zonesim.terms import Terms


class LeadingIndustries(Instrument, name="leading_industries", zh="主导产业", en="Leading industries", edits="leading_count leading_by_plan"):
    """Fix the leading industries of zones (主导产业).

    At the opening of a year each committee leads in the industries of the plan (``leading_industry_map``) or, where the plan says nothing of
    it, names the given number of industries with the largest revealed advantage. A part of its promotion and of the refunds it offers goes to them
    alone; contacts in an industry grow less than in proportion, so that fewer leading industries mean a narrower and a smaller stream.
    """

    leading_industry_count = lever(
        "integer",
        3,
        unit="count",
        zh="主导产业数",
        en="Number of leading industries",
        clauses="001§14b; 003§13b",
        group="industry_and_promotion",
        tier=1,
        low=1,
        high=6,
        claims=(("specialisation_lq", "-"),),
        given=True,
    )
    leading_industry_map = lever(
        "assignment",
        {},
        unit="zone: industries",
        zh="主导产业布局",
        en="Zone → industry assignment",
        clauses="000§3c; 001§3a; 003§13a; 004§3.6.1a; 004§3.13.2",
        group="industry_and_promotion",
        tier=1,
        claims=(("specialisation_lq", "+"), ("agglomeration_index", "+")),
    )

    def change_terms(self, terms: Terms, face: Face) -> None:
        """Set the count, and the industries of the plan."""
        terms.lower_to("leading_count", face.zones, face.by_zone("leading_industry_count"))
        ids = face.site.industries.ids
        for place, industries in face["leading_industry_map"].items():
            chosen = np.isin(np.array(ids), industries)
            cells = (face.site.select([place]) & face.places)[:, None] & chosen[None, :]
            terms.turn_on("leading_by_plan", cells)
