"""Support and reward research platforms of enterprises (研发平台)."""

from __future__ import annotations

from zonesim.policies.instrument import Face, Instrument, lever
from zonesim.terms import Terms


class ResearchCentres(
    Instrument,
    name="research_centres",
    zh="研发平台",
    en="Research and development platforms",
    edits="centre_support centre_award",
    pays="centre_support:centre_support centre_award:centre_award",
):
    """Support and reward research platforms of enterprises (研发平台).

    A large enterprise builds a centre of the next tier (city, province, nation) when its own gain, the support for building and the award for
    recognition exceed the cost; a centre raises its productivity, and its equipment is open to its neighbours as a platform of the park.
    """

    rd_platform_support = lever(
        "number", 100.0, unit="10k CNY per platform", zh="研发平台支持", en="R&D platform support", clauses="000§5c; 001§9c; 001§17a; 003§6; 003§16b",
        group="innovation_and_talent", tier=1, low=0, high=1000, claims=(("rd_platform_count", "+"),), null=0.0,
    )  # fmt: skip
    rd_platform_award = lever(
        "number", 200.0, unit="10k CNY at the national tier; half at the province's, 0.15 of it at the city's", zh="企业技术中心奖励",
        en="Award for recognised R&D centre", clauses="001§9d", group="innovation_and_talent", tier=2, low=0, high=500,
        claims=(("rd_platform_count", "+"),), null=0.0,
    )  # fmt: skip

    def change_terms(self, terms: Terms, face: Face) -> None:
        """Add support and award."""
        terms.add("centre_support", face.places, face["rd_platform_support"])
        terms.add("centre_award", face.places, face["rd_platform_award"])
