"""Let projects build on a commitment and verify afterwards (企业投资项目承诺制, 先建后验)."""

from __future__ import annotations

from zonesim.policies.instrument import Face, Instrument, lever
from zonesim.terms import Terms


class Commitment(
    Instrument, name="commitment", zh="企业投资项目承诺制", en="Approval by commitment", edits="commitment commitment_penalty", pays="commitment_penalty"
):
    """Let projects build on a commitment and verify afterwards (企业投资项目承诺制, 先建后验).

    Outside the two catalogues (read as: polluting, overcapacity and chemical industries) permits and reviews other than land and EIA move behind
    the building. A project breaks its commitment when that saves more than detection x (penalty + suspension); what is found is fined and mended.
    """

    commitment_approval_enabled = lever(
        "switch",
        True,
        unit="",
        zh="企业投资项目承诺制（先建后验）",
        en="Commitment-based approval",
        clauses="001§12a; 001§12c",
        group="governance_and_approvals",
        tier=1,
        claims=(("approval_days", "-"), ("commitment_breach_rate", "+")),
        given=True,
        null=False,
    )
    commitment_breach_penalty = lever(
        "number",
        0.2,
        unit="share of investment or credit score loss",
        zh="失信惩戒",
        en="Penalty for broken commitment",
        clauses="001§12b",
        group="governance_and_approvals",
        tier=2,
        low=0,
        high=1,
        claims=(("commitment_breach_rate", "-"),),
    )

    def change_terms(self, terms: Terms, face: Face) -> None:
        """Open the way, and set the penalty."""
        if face["commitment_approval_enabled"]:
            figures = face.site.industries
            listed = figures.high_pollution.astype(bool) | figures.overcapacity.astype(bool) | figures.chemical.astype(bool)
            sites = face.places[:, None] & (~listed & face.industries)[None, :]
            terms.turn_on("commitment", sites)
            terms.raise_to("commitment_penalty", sites, face.by_site("commitment_breach_penalty"))
