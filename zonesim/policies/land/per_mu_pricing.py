"""Let output per mu decide what enterprises pay (亩产论英雄差别化政策)."""

from __future__ import annotations

from zonesim.policies.instrument import Face, Instrument, lever
from zonesim.terms import Terms


class PerMuPricing(Instrument, name="per_mu_pricing", zh="亩产论英雄", en="Treatment by results per mu", edits="per_mu_spread", pays="per_mu_charge"):
    """Let output per mu decide what enterprises pay (亩产论英雄差别化政策).

    Industrial enterprises of each zone are graded A to D by last year's tax per mu. Land-use tax and energy cost A the spread/2 less, C spread/4
    and D spread/2 more; D gets no land to expand on.
    """

    per_mu_performance_pricing = lever(
        "number",
        0.2,
        unit="spread of factor prices/support between best and worst class",
        zh="亩产论英雄差别化政策",
        en="Per-mu performance based differential treatment",
        clauses="001§6d",
        group="land",
        tier=2,
        low=0,
        high=0.5,
        claims=(
            ("output_per_mu", "+"),
            ("enterprises_closed", "+"),
        ),
        null=0.0,
    )

    def change_terms(self, terms: Terms, face: Face) -> None:
        """Set the spread."""
        terms.raise_to("per_mu_spread", face.places, face["per_mu_performance_pricing"])
