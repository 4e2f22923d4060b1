"""Cap the total of pollution and of water, and water per value added (总量控制, 双控)."""

from __future__ import annotations

from zonesim.policies.instrument import Face, Instrument, lever
from zonesim.terms import Terms


class PollutionCap(Instrument, name="pollution_cap", zh="污染物总量管控", en="Cap on total pollution", edits="emission_cap"):
    """Cap the discharge of a park's industry at a multiple of the opening year (污染物总量管控).

    New projects are admitted while the cap leaves room. When discharge is above it, allowances are cut: an enterprise may work
    room x standard / its discharge of the time, so that treatment pays, and a clean enterprise is cut less.
    """

    pollution_total_cap = lever(
        "number", 1.0, unit="times the opening year", zh="污染物总量管控", en="Total pollution cap", clauses="000§12b", group="environment_and_safety", tier=1,
        low=0.5, high=1.5, claims=(("emissions", "+"),),
    )  # fmt: skip

    def change_terms(self, terms: Terms, face: Face) -> None:
        """Lower the cap."""
        terms.lower_to("emission_cap", face.places, face["pollution_total_cap"])


class WaterCaps(Instrument, name="water_caps", zh="用水双控", en="Caps on water", edits="water_cap water_intensity_cap"):
    """Cap the water that industry uses, in all and per value added (用水总量与强度双控).

    Total: admissions stop and all industry works less when use exceeds the cap. Intensity: an enterprise above the cap invests in saving, a
    quarter of its use a year at most, and works less until it is below.
    """

    water_total_cap = lever(
        "number", 1.2, unit="times the opening year", zh="用水总量控制", en="Total water cap", clauses="000§12d", group="environment_and_safety", tier=1,
        low=0.5, high=1.5, claims=(("water_use_total", "+"),),
    )  # fmt: skip
    water_intensity_cap = lever(
        "number", 60.0, unit="m3 per 10k CNY", zh="用水强度控制", en="Water intensity cap", clauses="000§12d", group="environment_and_safety", tier=1,
        low=0, high=100, claims=(("water_intensity", "+"),),
    )  # fmt: skip

    def change_terms(self, terms: Terms, face: Face) -> None:
        """Lower both caps."""
        terms.lower_to("water_cap", face.places, face["water_total_cap"])
        terms.lower_to("water_intensity_cap", face.sites & face.site.industry_mask(["industrial"])[None, :], face.by_site("water_intensity_cap"))
