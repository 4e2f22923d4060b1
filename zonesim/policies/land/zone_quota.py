"""Set apart land quota for zones, and tie it to their performance (用地指标单列、倾斜与挂钩)."""

from __future__ import annotations

from zonesim.policies.instrument import Face, Instrument, lever
from zonesim.terms import Terms


class ZoneQuota(
    Instrument, name="zone_quota", zh="用地指标单列", en="Quota of its own for zone land", edits="ringfence quota_share quota_performance_elasticity"
):
    """Set apart land quota for zones, and tie it to their performance (用地指标单列、倾斜与挂钩)."""

    zone_quota_ringfence_level = lever(
        "choice",
        "province",
        unit="{none, county/city, province}",
        zh="用地指标单列层级",
        en="Level at which zone land quota is ring-fenced",
        clauses="000§9b; 001§6b; 004§3.15.4a",
        group="land",
        tier=1,
        allowed="none county province",
        given=True,
        null="none",
        claims=(("land_supplied", "+"), ("lost_projects", "-")),
    )
    zone_quota_share = lever(
        "number",
        0.5,
        unit="share of local yearly quota",
        zh="开发区用地指标份额",
        en="Share of local land quota allotted to the zone",
        clauses="000§9b; 001§6a; 003§9a; 003§10d; 004§3.15.4a",
        group="land",
        tier=1,
        low=0,
        high=1,
        claims=(("fixed_asset_investment", "+"), ("land_supplied", "+")),
        null=0.0,
    )
    quota_performance_elasticity = lever(
        "number",
        0.5,
        unit="% quota per 1% relative score",
        zh="指标与评价挂钩强度",
        en="Elasticity of quota to land-use/evaluation performance",
        clauses="000§9d; 000§10c; 002§2.7c; 002§3.2f",
        group="land",
        tier=1,
        low=0,
        high=2,
        null=0.0,
        claims=(("land_intensive_index", "+"),),
    )

    def change_terms(self, terms: Terms, face: Face) -> None:
        """Guard and raise the quota."""
        level = ("none", "county", "province").index(face["zone_quota_ringfence_level"])
        terms.raise_to("ringfence", face.places, float(level))
        terms.raise_to("quota_share", face.places, face["zone_quota_share"])
        terms.raise_to("quota_performance_elasticity", face.places, face["quota_performance_elasticity"])
