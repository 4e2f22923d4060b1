"""Order urban, village and polluting industry to move into zones (出城入园、出村入园)."""

from __future__ import annotations

import numpy as np

from zonesim.policies.instrument import Face, Instrument, lever, option
from zonesim.terms import Terms


class Relocation(
    Instrument,
    name="relocation",
    zh="搬迁入园",
    en="Relocation into parks",
    edits="relocation_order_rate relocation_subsidy relocation_deadline_years",
    places="outside",
    pays="relocation_subsidy:relocation_subsidy",
):
    """Order urban, village and polluting industry to move into zones (出城入园、出村入园).

    Each year the given share of the eligible gets an order; it then closes, upgrades in place, or moves with a subsidy on the
    cost of moving, before a deadline.
    """

    relocation_rate = lever(
        "number",
        0.1,
        unit="share of eligible firms per year",
        zh="企业出城入园/出村入园速度",
        en="Yearly relocation rate of out-of-zone firms",
        clauses="000§4f; 003§7d; 004§3.6.3",
        group="entry_and_relocation",
        tier=1,
        low=0,
        high=0.5,
        claims=(("relocated_firms", "+"), ("agglomeration_index", "+"), ("emissions", "-")),
        null=0.0,
    )
    relocation_subsidy = lever(
        "number",
        0.3,
        unit="share of moving cost",
        zh="入园搬迁补助",
        en="Relocation subsidy",
        clauses="003§7d",
        group="entry_and_relocation",
        tier=1,
        low=0,
        high=1,
        claims=(("relocated_firms", "+"),),
        null=0.0,
    )
    relocation_of = option("set", ["urban", "village", "polluting"], allowed="urban village polluting", zh="搬迁对象", en="Who is to move")
    relocation_years = option("number", 3.0, low=0.5, high=10.0, unit="years", zh="搬迁期限", en="Years to comply")

    def change_terms(self, terms: Terms, face: Face) -> None:
        """Order and subsidise."""
        industries = face.site.industries
        industrial = industries.is_industrial.astype(bool) & face.industries
        polluting = industrial & industries.high_pollution.astype(bool)
        who = face["relocation_of"]
        eligible = np.zeros(face.sites.shape, dtype=bool)
        if "urban" in who:
            eligible |= (face.places & (face.kinds == "urban"))[:, None] & industrial[None, :]
        if "village" in who:
            eligible |= (face.places & (face.kinds == "rural"))[:, None] & industrial[None, :]
        if "polluting" in who:
            eligible |= (face.places & (face.kinds != "park"))[:, None] & polluting[None, :]
        terms.raise_to("relocation_order_rate", eligible, face.by_site("relocation_rate"))
        terms.add("relocation_subsidy", eligible, face.by_site("relocation_subsidy"))
        if np.any(face["relocation_rate"]):
            terms.lower_to("relocation_deadline_years", eligible, face["relocation_years"])
