"""Let chemical enterprises settle only in recognised chemical parks (化工园区规范化)."""

from __future__ import annotations

from zonesim.policies.instrument import Face, Instrument, lever
from zonesim.terms import Terms


class ChemicalParks(Instrument, name="chemical_parks", zh="化工园区规范化", en="Recognised chemical parks", edits="closed_share"):
    """Let chemical enterprises settle only in recognised chemical parks (化工园区规范化).

    The places of the instrument are the recognised parks; every other place is closed to new chemical projects.
    """

    chemical_park_requirement_enabled = lever(
        "switch",
        True,
        unit="",
        zh="化工园区规范化",
        en="Chemical firms only in recognised parks",
        clauses="003§4e",
        group="entry_and_relocation",
        tier=2,
        claims=(
            ("emissions", "-"),
            ("safety_accident_rate", "-"),
        ),
        given=True,
        null=False,
    )

    def change_terms(self, terms: Terms, face: Face) -> None:
        """Close every other place."""
        if face["chemical_park_requirement_enabled"]:
            chemical = face.site.industries.chemical.astype(bool) & face.industries
            terms.raise_to("closed_share", ~face.places[:, None] & chemical[None, :], 1.0)
