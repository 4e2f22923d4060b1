"""Receive enterprises that leave the east (承接产业转移)."""

from __future__ import annotations

from zonesim.policies.instrument import Face, Instrument, lever
from zonesim.terms import Terms


class IndustryTransfer(Instrument, name="industry_transfer", zh="承接产业转移", en="Industries from the coast", edits="transfer_inflow", places="all"):
    """Receive enterprises that leave the east (承接产业转移)."""

    industry_transfer_inflow = lever(
        "number",
        10.0,
        unit="firms per year reaching the city",
        zh="承接产业转移流量",
        en="External pool of relocating firms (eastern regions)",
        clauses="000§4d; 004§1; 004§3.4",
        group="enclaves_and_cooperation",
        tier=1,
        low=0,
        high=50,
        claims=(("investment_attracted", "+"),),
        null=0.0,
    )

    def change_terms(self, terms: Terms, face: Face) -> None:
        """Raise the yearly inflow."""
        terms.raise_to("transfer_inflow", True, face["industry_transfer_inflow"])
