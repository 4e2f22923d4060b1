"""File the environmental assessment of low-impact projects (环评备案制)."""

from __future__ import annotations

from zonesim.policies.instrument import Face, Instrument, lever
from zonesim.terms import Terms


class EiaFiling(Instrument, name="eia_filing", zh="环评备案制", en="Environmental assessment by filing", edits="eia_filing"):
    """File the environmental assessment of low-impact projects (环评备案制).

    Low impact: the industry is neither highly polluting nor chemical. The stage shrinks to a filing; emissions of such projects are a little higher.
    """

    eia_filing_enabled = lever(
        "switch",
        True,
        unit="",
        zh="环评备案制",
        en="EIA filing instead of approval (low-impact projects)",
        clauses="001§13c",
        group="governance_and_approvals",
        tier=2,
        claims=(
            ("approval_days", "-"),
            ("emissions", "+"),
        ),
        given=True,
        null=False,
    )

    def change_terms(self, terms: Terms, face: Face) -> None:
        """Turn it on."""
        figures = face.site.industries
        low = ~(figures.high_pollution.astype(bool) | figures.chemical.astype(bool))
        if face["eia_filing_enabled"]:
            terms.turn_on("eia_filing", face.places[:, None] & (low & face.industries)[None, :])
