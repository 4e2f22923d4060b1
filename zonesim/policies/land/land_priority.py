"""Weigh who gets land first (用地优先次序)."""

from __future__ import annotations

from zonesim.policies.instrument import Face, Instrument, lever
from zonesim.terms import Terms

CRITERIA = ("technology", "scale", "benefit", "low_pollution", "sector", "foreign", "key_project")


class LandPriority(
    Instrument,
    name="land_priority",
    zh="用地优先次序",
    en="Order of priority for land",
    edits="land_weight_technology land_weight_scale land_weight_benefit land_weight_low_pollution land_weight_sector land_weight_foreign land_weight_key_project",
    places="all",
):
    """Weigh who gets land first (用地优先次序).

    Applicants are served in the order of the weighed criteria instead of the entry score, while land, quotas and capacity last; major projects stay first.
    """

    land_priority_weights = lever(
        "weights",
        {"technology": 0.25, "scale": 0.25, "benefit": 0.25, "low_pollution": 0.25},
        unit="weights of the criteria",
        zh="用地优先权重",
        en="Weights of land queue score",
        clauses="000§9e; 001§6b; 001§6c; 004§3.15.1",
        group="land",
        tier=2,
        allowed="technology scale benefit low_pollution sector foreign key_project",
        null={},
        claims=(("hightech_va", "+"), ("emissions", "-"), ("output_per_mu", "+")),
    )

    def change_terms(self, terms: Terms, face: Face) -> None:
        """Set the weights, made to add up to one; none are set when none are given."""
        weights = face["land_priority_weights"]
        whole = sum(weights.values())
        if whole > 0:
            for name in CRITERIA:
                terms.fix(f"land_weight_{name}", True, weights.get(name, 0.0) / whole)
