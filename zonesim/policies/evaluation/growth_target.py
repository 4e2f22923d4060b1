"""Demand growth above the city's average (增速目标)."""

from __future__ import annotations

from zonesim.policies.instrument import Face, Instrument, lever
from zonesim.terms import Terms


class GrowthTarget(Instrument, name="growth_target", zh="增速目标", en="Growth target", edits="growth_premium"):
    """Demand growth above the city's average (增速目标).

    While a zone is behind, by max(0, city's growth + premium - own growth), it works more, the more so the more the evaluation decides careers, and gives growth more weight.
    """

    growth_premium_target = lever(
        "number",
        3.0,
        unit="percentage points",
        zh="高于全市平均增速目标",
        en="Growth target over the city average",
        clauses="004§2a",
        group="evaluation",
        tier=1,
        low=0,
        high=8,
        claims=(("growth_premium_over_city", "+"),),
        given=True,
        null=0.0,
    )

    def change_terms(self, terms: Terms, face: Face) -> None:
        """Set the target."""
        terms.raise_to("growth_premium", face.zones, face.by_zone("growth_premium_target"))
