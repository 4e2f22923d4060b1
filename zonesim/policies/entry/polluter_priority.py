"""Order polluting enterprises to move first (排污企业优先入园)."""

from __future__ import annotations

from zonesim.policies.instrument import Face, Instrument, lever
from zonesim.terms import Terms


class PolluterPriority(
    Instrument, name="polluter_priority", zh="排污企业优先入园", en="Polluting enterprises first into parks", edits="polluter_priority", places="outside"
):
    """Order polluting enterprises to move first (排污企业优先入园).

    Where enterprises are ordered to move, polluting industries get their orders faster and the others more slowly.
    """

    relocation_polluter_priority = lever(
        "switch",
        True,
        unit="",
        zh="排污企业优先入园",
        en="Priority of polluting firms in relocation plan",
        clauses="000§4f",
        group="entry_and_relocation",
        tier=2,
        claims=(("emissions", "-"),),
        given=True,
        null=False,
    )

    def change_terms(self, terms: Terms, face: Face) -> None:
        """Put them first."""
        if face["relocation_polluter_priority"]:
            polluting = face.site.industries.high_pollution.astype(bool) & face.industries
            terms.turn_on("polluter_priority", face.places[:, None] & polluting[None, :])
