"""Find suppliers nearby for the enterprises that are there (补链延链、供应链嵌入)."""

from __future__ import annotations

from zonesim.policies.instrument import Face, Instrument, lever
from zonesim.terms import Terms


class SupplyChain(Instrument, name="supply_chain_embedding", zh="供应链嵌入", en="Embedding into supply chains", edits="embedding", pays="supplier_matching"):
    """Find suppliers nearby for the enterprises that are there (补链延链、供应链嵌入).

    An input is bought nearby with a probability that rises with what is made nearby per need; the measure adds to it, as far as there is a
    supplier at all. More purchases nearby raise the sales of the suppliers and spare their customers cost; what is still missing draws
    promotion to those industries (补链). The committee, then the county, pays for the matching.
    """

    supply_chain_embedding_support = lever(
        "number",
        0.2,
        unit="added probability of local sourcing",
        zh="补链延链/供应链嵌入",
        en="Supply-chain embedding support",
        clauses="003§7c; 004§3.5.2; 004§3.13.1",
        group="industry_and_promotion",
        tier=1,
        low=0,
        high=0.5,
        claims=(("local_supply_share", "+"), ("agglomeration_index", "+")),
        null=0.0,
    )

    def change_terms(self, terms: Terms, face: Face) -> None:
        """Raise the probability."""
        terms.raise_to("embedding", face.places, face["supply_chain_embedding_support"])
