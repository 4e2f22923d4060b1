"""Take idle land back (闲置土地处置)."""

from __future__ import annotations

from zonesim.policies.instrument import Face, Instrument, lever, option
from zonesim.terms import Terms


class IdleLand(
    Instrument,
    name="idle_land",
    zh="闲置土地处置",
    en="Disposal of idle land",
    edits="idle_reclaim_years idle_compensation idle_enforcement idle_from_grant",
    pays="idle_compensation:idle_compensation idle_fee:idle_from_grant",
):
    """Take idle land back (闲置土地处置).

    Land is idle when nobody builds on it: one year after the clock begins it counts and the fee is due, after ``idle_land_reclaim_years`` it is due to
    be taken back. As the text is silent, ``idle_clock`` says when the clock begins: on the agreed start of building, or with the contract of the grant.
    """

    idle_land_reclaim_years = lever(
        "number",
        2.0,
        unit="years",
        zh="闲置土地无偿收回年限",
        en="Idle time to reclaim without compensation",
        clauses="001§7c",
        group="land",
        tier=1,
        low=1,
        high=5,
        claims=(("idle_land_area", "+"), ("ready_land", "-")),
        given=True,
    )
    idle_land_compensation_share = lever(
        "number",
        0.0,
        unit="share of land price paid",
        zh="收回补偿比例",
        en="Compensation at reclaim",
        clauses="001§7c",
        group="land",
        tier=1,
        low=0,
        high=1,
        given=True,
    )
    idle_land_enforcement = lever(
        "number",
        0.8,
        unit="probability per year",
        zh="闲置处置力度",
        en="Probability that due idle land is really reclaimed",
        clauses="000§10d; 001§7c",
        group="land",
        tier=1,
        low=0,
        high=1,
        claims=(("idle_land_area", "-"),),
    )
    idle_clock = option("choice", "agreed_start", allowed="agreed_start contract", zh="闲置起算", en="When the idle clock begins")

    def change_terms(self, terms: Terms, face: Face) -> None:
        """Set clock, compensation and enforcement."""
        terms.fix("idle_reclaim_years", face.places, face["idle_land_reclaim_years"])
        terms.fix("idle_compensation", face.places, face["idle_land_compensation_share"])
        terms.raise_to("idle_enforcement", face.places, face["idle_land_enforcement"])
        if face["idle_clock"] == "contract":
            terms.turn_on("idle_from_grant", face.places)
