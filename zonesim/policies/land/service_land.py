"""Let more zone land serve living and commerce (公共生活服务与商业用地)."""

from __future__ import annotations

from zonesim.policies.instrument import Face, Instrument, lever
from zonesim.terms import Terms


class ServiceLand(Instrument, name="service_land", zh="服务用地", en="Land for services", edits="living_service_cap commercial_share"):
    """Let more zone land serve living and commerce (公共生活服务与商业用地)."""

    living_service_land_ratio = lever(
        "number",
        0.3,
        unit="share of zone land",
        zh="公共生活服务设施用地比例上限",
        en="Cap on public living-service land ratio",
        clauses="000§9f; 003§12a",
        group="land",
        tier=1,
        low=0.05,
        high=0.4,
        given=True,
        claims=(("employment", "+"), ("land_supplied", "-")),
    )
    commercial_land_share = lever(
        "number",
        0.1,
        unit="share of zone land",
        zh="商业服务用地比例",
        en="Commercial-service land share within zone",
        clauses="003§12b",
        group="land",
        tier=1,
        low=0,
        high=0.3,
        claims=(("infra_stock", "+"),),
        null=0.0,
    )

    def change_terms(self, terms: Terms, face: Face) -> None:
        """Set both shares of the plan."""
        terms.fix("living_service_cap", face.places, face["living_service_land_ratio"])
        terms.fix("commercial_share", face.places, face["commercial_land_share"])
