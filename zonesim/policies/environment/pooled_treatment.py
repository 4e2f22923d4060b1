"""Treat pollution by the park as one unit, or by a treatment company (整体单元治理, 第三方治理)."""

from __future__ import annotations

from zonesim.policies.instrument import Face, Instrument, lever
from zonesim.terms import Terms


class PooledTreatment(
    Instrument,
    name="pooled_treatment",
    zh="污染集中治理",
    en="Central treatment of pollution",
    edits="unit_treatment third_party",
    pays="treatment_fee:unit_treatment treatment_works:unit_treatment",
):
    """Treat pollution by the park as one unit, or by a treatment company (整体单元治理, 第三方治理).

    As one unit: all industrial discharge goes to the plant, enterprises pay at most its fee for what they treat themselves, and comply when
    the park as a whole does. Third party: a company pools the enterprises' treatment; its unit cost falls with the pooled amount, plus a margin.
    """

    zone_unit_treatment_enabled = lever(
        "switch", True, unit="", zh="高新区整体单元治理", en="Zone-wide pollution treatment unit", clauses="001§8a", group="environment_and_safety", tier=1,
        claims=(("emissions", "-"), ("treatment_spending", "-")), given=True, null=False,
    )  # fmt: skip
    third_party_treatment_enabled = lever(
        "switch", True, unit="", zh="环境污染第三方治理", en="Third-party pollution treatment", clauses="000§12c", group="environment_and_safety", tier=2,
        given=True, null=False, claims=(("treatment_spending", "-"),),
    )  # fmt: skip

    def change_terms(self, terms: Terms, face: Face) -> None:
        """Turn on what the measure allows."""
        if face["zone_unit_treatment_enabled"]:
            terms.turn_on("unit_treatment", face.places)
        if face["third_party_treatment_enabled"]:
            terms.turn_on("third_party", face.places)
