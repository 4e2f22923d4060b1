"""Rule the change of industrial land to commercial use (规划用途管制), and cap it (防止土地商业化)."""

from __future__ import annotations

from zonesim.policies.instrument import Face, Instrument, lever
from zonesim.terms import Terms


class Conversion(Instrument, name="conversion", zh="规划用途管制", en="Control of land use by the plan", edits="use_change_allowed"):
    """Rule the change of industrial land to commercial use (规划用途管制).

    Holders of industrial land in parks consider commercial use: with approval, for a levy; not at all where it is forbidden. Without the
    clause it is tolerated and pays nothing.
    """

    land_use_change_allowed = lever(
        "switch",
        False,
        unit="",
        zh="规划用途可否变更",
        en="Land-use change permission",
        clauses="004§3.15.2",
        group="land",
        tier=2,
        given=True,
    )

    def change_terms(self, terms: Terms, face: Face) -> None:
        """Allow or forbid the change."""
        terms.fix("use_change_allowed", face.places, float(face["land_use_change_allowed"]))


class ConversionCap(Instrument, name="conversion_cap", zh="商业化上限", en="Cap on commercial land", edits="conversion_cap"):
    """Cap commercial land (防止土地商业化): a bound on how much of the industrial and commercial land of a place is commercial.

    It leaves the rule of the change of use alone: what is tolerated, or approved for a levy, goes on up to the cap.
    """

    commercial_conversion_cap = lever(
        "number",
        0.0,
        unit="share of industrial land",
        zh="商业化转用上限",
        en="Cap on conversion of industrial land to commercial use",
        clauses="002§2.2b",
        group="land",
        tier=2,
        low=0,
        high=1,
        null=1.0,
        claims=(("idle_land_area", "+"),),
    )

    def change_terms(self, terms: Terms, face: Face) -> None:
        """Cap commercial land."""
        terms.lower_to("conversion_cap", face.places, face["commercial_conversion_cap"])
