"""Say whose statistics count a shared project (统计归属)."""

from __future__ import annotations

from zonesim.policies.instrument import Face, Instrument, lever
from zonesim.terms import Terms


class IndicatorAttribution(
    Instrument, name="indicator_attribution", zh="统计归属", en="Attribution of statistics", edits="territorial_statistics", places="all"
):
    """Say whose statistics count a shared project (统计归属).

    Territorial: all of its value added counts for the host in the evaluation, whatever the contract says, and the prospect of counted
    indicators moves nobody to pass a project on. Agreement: the contract's split counts, as without the clause.
    """

    indicator_attribution_rule = lever(
        "choice",
        "territorial",
        unit="{territorial, agreement split}",
        zh="统计归属（在地统计/协议分列）",
        en="Attribution rule of indicators",
        clauses="001§4; 002§2.8b",
        group="enclaves_and_cooperation",
        tier=2,
        allowed="agreement territorial",
        given=True,
        null="agreement",
    )

    def change_terms(self, terms: Terms, face: Face) -> None:
        """Count where it stands."""
        if face["indicator_attribution_rule"] == "territorial":
            terms.turn_on("territorial_statistics", True)
