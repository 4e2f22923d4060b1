"""Make land ready before projects ask for it (地等项目)."""

from __future__ import annotations

from zonesim.policies.instrument import Face, Instrument, lever
from zonesim.terms import Terms


class ReadyLand(Instrument, name="ready_land", zh="熟地储备", en="Ready land", edits="ready_bank"):
    """Make land ready before projects ask for it (地等项目).

    In the first quarter of a year committees prepare at least this share of the year's land quota, as far as their money goes.
    """

    ready_land_bank_share = lever(
        "number",
        0.5,
        unit="share of yearly quota",
        zh="地等项目（熟地储备）",
        en="Share of quota pre-developed as ready land",
        clauses="001§6d",
        group="land",
        tier=2,
        low=0,
        high=1,
        null=0.0,
        claims=(("lost_projects", "-"), ("new_debt", "+")),
    )

    def change_terms(self, terms: Terms, face: Face) -> None:
        """Set the share."""
        terms.raise_to("ready_bank", face.places, face["ready_land_bank_share"])
