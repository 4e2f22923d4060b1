"""Cultivate innovative enterprises grade by grade (梯度培育)."""

from __future__ import annotations

from zonesim.policies.instrument import Face, Instrument, lever
from zonesim.terms import Terms


class Cultivation(Instrument, name="cultivation", zh="梯度培育", en="Step-by-step cultivation of enterprises", edits="cultivation", pays="cultivation"):
    """Cultivate innovative enterprises grade by grade (梯度培育: 创新型中小企业、专精特新、小巨人、单项冠军).

    An eligible enterprise (age, sales, innovative industry) rises a grade with a chance that the measure raises, less so at the national grades; the
    committee pays diagnosis and training. A grade raises productivity, patents, and the chance to be recognised as high-tech.
    """

    gradient_cultivation_intensity = lever(
        "number", 0.05, unit="yearly upgrade probability added", zh="梯度培育（专精特新/独角兽等）", en="Gradient cultivation of innovative SMEs",
        clauses="001§14c; 001§17b; 003§7b", group="innovation_and_talent", tier=1, low=0, high=0.2,
        claims=(("specialised_firm_count", "+"), ("hightech_firm_count", "+")), null=0.0,
    )  # fmt: skip

    def change_terms(self, terms: Terms, face: Face) -> None:
        """Add to the chance to rise."""
        terms.add("cultivation", face.places, face["gradient_cultivation_intensity"])
