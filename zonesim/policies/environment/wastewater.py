"""Treat wastewater together, and build the plant before the land (污水集中处理, 同步配套)."""

from __future__ import annotations

from zonesim.policies.instrument import Face, Instrument, lever
from zonesim.terms import Terms


class Wastewater(
    Instrument,
    name="wastewater",
    zh="污水集中处理",
    en="Central wastewater treatment",
    edits="central_share treatment_precondition",
    pays="treatment_fee:central_share treatment_works",
):
    """Treat wastewater together, and build the plant before the land (污水集中处理, 同步配套).

    The share of industrial discharge that is led to the central plant is raised; the committee builds what capacity is short, enterprises pay
    the fee. As a precondition, plants are also designed for ready and granted land, and a project that emits is admitted only while the plant has
    capacity to spare.
    """

    wastewater_central_share = lever(
        "number", 1.0, unit="share of discharge", zh="污水集中处理率", en="Centralised wastewater treatment share",
        clauses="000§7b; 000§12e; 001§8b; 002§2.3a; 004§3.16.4", group="environment_and_safety", tier=1, low=0, high=1,
        claims=(("emissions", "-"),), given=True, null=0.0,
    )  # fmt: skip
    wastewater_precondition_enabled = lever(
        "switch", True, unit="", zh="新区污水设施同步配套", en="Wastewater facility as precondition of new zone", clauses="000§12e",
        group="environment_and_safety", tier=2, claims=(("emissions", "-"),), given=True, null=False,
    )  # fmt: skip

    def change_terms(self, terms: Terms, face: Face) -> None:
        """Raise the connected share; make the plant a precondition."""
        terms.raise_to("central_share", face.places, face["wastewater_central_share"])
        if face["wastewater_precondition_enabled"]:
            terms.turn_on("treatment_precondition", face.places)
