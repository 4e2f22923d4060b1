"""Pay for by-product links and reuse in parks (循环化改造)."""

from __future__ import annotations

from zonesim.policies.instrument import Face, Instrument, lever
from zonesim.terms import Terms


class CircularTransformation(
    Instrument, name="circular_transformation", zh="循环化改造", en="Circular transformation", edits="circular_support", pays="circular_support"
):
    """Pay for by-product links and reuse in parks (循环化改造).

    Each covered committee gets the amount a year, by quarters, for its parks by the waste they generate; enterprises add their own part. The city pays,
    then the committee, each within a part of its money; only what is paid makes links, and no more is claimed than the park can absorb. Reuse rises
    towards what the diversity of the park allows, saves pollution, energy and water, and sells by-products.
    """

    circular_transformation_support = lever(
        "number", 2000.0, unit="10k CNY per committee and year", zh="循环化改造支持", en="Circular transformation support",
        clauses="000§7d; 001§8d; 004§3.13.1; 004§3.13.3a", group="environment_and_safety", tier=1, low=0, high=20_000,
        claims=(("circular_energy_saving_index", "+"),), null=0.0,
    )  # fmt: skip

    def change_terms(self, terms: Terms, face: Face) -> None:
        """Raise the support of each committee to the amount."""
        terms.raise_to("circular_support", face.zones, face.by_zone("circular_transformation_support"))
