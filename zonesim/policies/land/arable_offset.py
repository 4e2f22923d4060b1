"""Let government bear the offset of farmland that projects use (耕地占补平衡)."""

from __future__ import annotations

from zonesim.policies.instrument import Face, Instrument, lever, option
from zonesim.terms import Terms


class ArableOffset(
    Instrument,
    name="arable_offset",
    zh="占补平衡",
    en="Offset of arable land",
    edits="offset_gov_share land_review_days",
    pays="arable_offset:offset_gov_share",
):
    """Let government bear the offset of farmland that projects use (耕地占补平衡).

    The government's part of the offset comes off the price that a project pays for its land, and is paid by the county, then the city, when land
    is granted; projects wait less.
    """

    arable_offset_gov_share = lever(
        "number",
        1.0,
        unit="share of offset cost/area",
        zh="占补平衡由政府承担比例",
        en="Share of farmland-offset duty borne by government",
        clauses="000§9c; 001§6a; 004§3.15.2",
        group="land",
        tier=2,
        low=0,
        high=1,
        claims=(("approval_days", "-"),),
        null=0.0,
    )

    arable_offset_days_saved = option(
        "number", 10.0, low=0.0, high=60.0, unit="days", zh="占补平衡节省天数", en="Days of land approval saved when government offsets all farmland"
    )

    def change_terms(self, terms: Terms, face: Face) -> None:
        """Set the part, and the days that go with it."""
        terms.add("land_review_days", face.sites, -face["arable_offset_days_saved"] * face.by_site("arable_offset_gov_share"))
        terms.raise_to("offset_gov_share", face.places, face["arable_offset_gov_share"])
