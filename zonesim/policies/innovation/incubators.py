"""Build incubators and makerspaces (孵化器、众创空间)."""

from __future__ import annotations

from zonesim.policies.instrument import Face, Instrument, lever
from zonesim.terms import Terms


class Incubators(Instrument, name="incubators", zh="孵化器建设", en="Incubators", edits="incubator_places", pays="incubator_works"):
    """Build incubators and makerspaces (孵化器、众创空间).

    Each covered committee builds and runs up to this many places as its money allows. Free places bring founders; young small enterprises of
    innovative industries in its parks take them, grow faster for three years, and may leave as innovative enterprises.
    """

    incubator_capacity = lever(
        "number", 200.0, unit="places per committee", zh="孵化器/众创空间", en="Incubator/makerspace capacity",
        clauses="000§5d; 001§17b; 002§2.3a; 003§6; 003§11c; 004§3.8.2a; 004§3.8.2b", group="innovation_and_talent", tier=1, low=0, high=2000,
        claims=(("enterprises_new", "+"), ("hightech_firm_count", "+")), null=0.0,
    )  # fmt: skip

    def change_terms(self, terms: Terms, face: Face) -> None:
        """Raise the wanted capacity."""
        terms.raise_to("incubator_places", face.zones, face.by_zone("incubator_capacity"))
