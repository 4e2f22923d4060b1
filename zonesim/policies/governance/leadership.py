"""Give a zone a head of its own who stays (主要负责同志专职、任期)."""

from __future__ import annotations

import numpy as np

from zonesim.policies.instrument import Face, Instrument, lever
from zonesim.terms import Terms


class Leadership(Instrument, name="leadership", zh="领导体制", en="Leadership of the zone", edits="dedicated_leader leader_tenure_floor"):
    """Give a zone a head of its own who stays (主要负责同志专职、任期).

    A full-time head gets more work done. Tenures are drawn; below the floor nobody leaves. Who stays longer discounts less what bears fruit late
    (infrastructure, environment) against quick promotion, and the committee loses less time to changes of its head. One year binds nobody.
    """

    dedicated_leader_enabled = lever(
        "switch",
        True,
        unit="",
        zh="主要负责同志专职专人",
        en="Dedicated full-time zone leader",
        clauses="001§2a; 001§2b",
        group="governance_and_approvals",
        tier=2,
        claims=(("evaluation_score", "+"),),
        given=True,
        null=False,
    )
    leader_min_tenure_years = lever(
        "number",
        3.0,
        unit="years",
        zh="任职年限下限",
        en="Minimum leader tenure",
        clauses="001§2c",
        group="governance_and_approvals",
        tier=1,
        low=1,
        high=10,
        claims=(("infra_stock", "+"),),
        given=True,
        null=1.0,
    )

    def change_terms(self, terms: Terms, face: Face) -> None:
        """Set the head's post and the floor of the tenure."""
        if face["dedicated_leader_enabled"]:
            terms.turn_on("dedicated_leader", face.zones)
        years = face.by_zone("leader_min_tenure_years")
        terms.raise_to("leader_tenure_floor", face.zones, np.where(np.asarray(years) > 1, years, 0.0))
