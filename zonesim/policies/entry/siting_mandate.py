"""Bind new industrial projects to zones (新建工业项目必须入园)."""

from __future__ import annotations

from zonesim.policies.instrument import Face, Instrument, lever
from zonesim.terms import Terms


class SitingMandate(Instrument, name="siting_mandate", zh="入园要求", en="New projects have to settle in parks", edits="closed_share", places="outside"):
    """Bind new industrial projects to zones (新建工业项目必须入园)."""

    in_zone_siting_mandate_share = lever(
        "number",
        1.0,
        unit="share of new industrial projects bound",
        zh="新建工业项目必须入园",
        en="Mandatory in-zone siting of new industrial projects",
        clauses="000§11e",
        group="entry_and_relocation",
        tier=1,
        low=0,
        high=1,
        claims=(("agglomeration_index", "+"), ("out_of_zone_new_projects", "-"), ("gdp", "+")),
        given=True,
        null=0.0,
    )

    def change_terms(self, terms: Terms, face: Face) -> None:
        """Close the places outside zones to new industry."""
        industrial = face.site.industries.is_industrial.astype(bool) & face.industries
        outside = face.places & (face.kinds != "park")
        terms.raise_to("closed_share", outside[:, None] & industrial[None, :], face.by_site("in_zone_siting_mandate_share"))
