"""Build parks with partner regions and foreign investors (合作共建园)."""

from __future__ import annotations

from zonesim.policies.instrument import Face, Instrument, lever
from zonesim.terms import Terms


class CooperationPark(Instrument, name="cooperation_park", zh="合作共建园", en="Co-operation park", edits="cooperation_park"):
    """Build parks with partner regions and foreign investors (合作共建园).

    Each covered zone gets projects that the partner brings: their industries follow the share of high-tech enterprises, and more of them are foreign-invested.
    """

    cooperation_park_enabled = lever(
        "switch",
        True,
        unit="",
        zh="合作共建园",
        en="Cooperation/co-built park (sino-foreign, interprovincial)",
        clauses="001§16a; 003§15a",
        group="enclaves_and_cooperation",
        tier=2,
        claims=(("investment_attracted", "+"), ("fdi_actual", "+")),
        given=True,
        null=False,
    )

    def change_terms(self, terms: Terms, face: Face) -> None:
        """Found the park."""
        if face["cooperation_park_enabled"]:
            terms.turn_on("cooperation_park", face.zones)
