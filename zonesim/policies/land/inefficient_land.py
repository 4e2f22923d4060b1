"""Say which built land is inefficient, and reward who brings it back (低效用地认定与盘活奖励)."""

from __future__ import annotations

from zonesim.policies.instrument import Face, Instrument, lever
from zonesim.terms import Terms


class InefficientLand(
    Instrument,
    name="inefficient_land",
    zh="低效用地认定与奖励",
    en="Inefficient land and rewards",
    edits="inefficient_threshold quota_bonus",
    pays="idle_compensation",
):
    """Say which built land is inefficient, and reward who brings it back (低效用地认定与盘活奖励).

    Inefficient: yearly output per mu below threshold x mean of the zone's industry. Bonus: m2 of next year's quota per m2 brought back; a
    committee that is short of quota brings back more for it.
    """

    inefficient_land_threshold = lever(
        "number",
        0.4,
        unit="share of the zone's mean output per mu",
        zh="低效用地认定标准",
        en="Threshold that labels land as low-efficiency",
        clauses="003§10a",
        group="land",
        tier=2,
        low=0,
        high=1,
    )
    quota_bonus_per_revitalised_mu = lever(
        "number",
        0.3,
        unit="mu of new quota per mu revitalised",
        zh="盘活存量奖励指标",
        en="Quota bonus per mu of stock land revitalised",
        clauses="001§7f",
        group="land",
        tier=2,
        low=0,
        high=1,
        claims=(("land_returned", "+"), ("inefficient_land_area", "-")),
        null=0.0,
    )

    def change_terms(self, terms: Terms, face: Face) -> None:
        """Set the line and the bonus."""
        terms.fix("inefficient_threshold", face.places, face["inefficient_land_threshold"])
        terms.raise_to("quota_bonus", face.places, face["quota_bonus_per_revitalised_mu"])
