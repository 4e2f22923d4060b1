"""Pay part of what enterprises invest in equipment (补设备)."""

from __future__ import annotations

from zonesim.policies.instrument import Face, Instrument, lever
from zonesim.terms import Terms


class EquipmentSubsidy(Instrument, name="equipment_subsidy", zh="设备补贴", en="Equipment subsidy", edits="equipment_subsidy", pays="equipment_subsidy"):
    """Pay part of what enterprises invest in equipment (补设备)."""

    equipment_subsidy_rate = lever(
        "number",
        0.1,
        unit="share of equipment investment",
        zh="补设备",
        en="Equipment subsidy on renewal/entry",
        clauses="003§7d",
        group="fiscal",
        tier=1,
        low=0,
        high=0.3,
        null=0.0,
        claims=(("enterprises_new", "+"), ("gdp", "+"), ("relocated_firms", "+")),
    )

    def change_terms(self, terms: Terms, face: Face) -> None:
        """Add to the subsidy of equipment."""
        terms.add("equipment_subsidy", face.sites, face.by_site("equipment_subsidy_rate"))
