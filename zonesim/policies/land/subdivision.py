"""Let industrial property be divided, so that small enterprises may own a part (产权分割)."""

from __future__ import annotations

from zonesim.policies.instrument import Face, Instrument, lever
from zonesim.terms import Terms


class Subdivision(Instrument, name="subdivision", zh="产权分割", en="Subdivision of industrial property", edits="subdivision"):
    """Let industrial property be divided, so that small enterprises may own a part (产权分割)."""

    property_subdivision_allowed = lever(
        "switch",
        True,
        unit="by parcel (001) or by floor/building (003)",
        zh="工业物业产权分割",
        en="Subdivision of industrial property",
        clauses="001§7e; 003§10e",
        group="land",
        tier=1,
        claims=(("local_supply_share", "+"), ("enterprises_new", "+")),
        given=True,
        null=False,
    )

    def change_terms(self, terms: Terms, face: Face) -> None:
        """Allow it."""
        if face["property_subdivision_allowed"]:
            terms.turn_on("subdivision", face.sites)
