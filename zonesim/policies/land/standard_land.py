"""Grant land with standards, check afterwards (标准地)."""

from __future__ import annotations

from zonesim.policies.instrument import Face, Instrument, lever, option
from zonesim.terms import Terms


class StandardLand(
    Instrument,
    name="standard_land",
    zh="标准地",
    en="Standard land",
    edits="standard_land standard_investment standard_output standard_tax standard_penalty standard_review_years",
    pays="standard_penalty",
):
    """Grant land with standards, check afterwards (标准地).

    Projects promise investment, output and tax per mu; stages of approval are saved; after some years of operation a missed
    standard costs a share of the land price.
    """

    standard_land_enabled = lever(
        "switch",
        True,
        unit="",
        zh="标准地改革",
        en="'Standard land' reform (standards before grant, check after)",
        clauses="001§6d; 003§10c",
        group="land",
        tier=1,
        claims=(("approval_days", "-"), ("output_per_mu", "+")),
        given=True,
        null=False,
    )
    standard_min_investment_per_mu = lever(
        "number",
        150.0,
        unit="10^4 yuan/mu",
        zh="标准地投资强度",
        en="Standard: investment per mu",
        clauses="001§6d; 003§10f",
        group="land",
        tier=1,
        low=0,
        high=500,
        claims=(("investment_intensity", "+"),),
    )
    standard_min_output_per_mu = lever(
        "number",
        250.0,
        unit="10^4 yuan/mu/year",
        zh="标准地亩均产出",
        en="Standard: output per mu",
        clauses="001§6d",
        group="land",
        tier=1,
        low=0,
        high=800,
        claims=(("output_per_mu", "+"),),
    )
    standard_min_tax_per_mu = lever(
        "number",
        8.0,
        unit="10^4 yuan/mu/year",
        zh="标准地亩均税收",
        en="Standard: tax per mu",
        clauses="001§6d; 003§10f",
        group="land",
        tier=1,
        low=0,
        high=40,
        claims=(("tax_per_mu", "+"),),
    )
    standard_breach_penalty = lever(
        "number",
        0.3,
        unit="share of land price or lost support",
        zh="履约违约处罚",
        en="Penalty for breach of land contract standards",
        clauses="001§6d; 003§10f",
        group="land",
        tier=2,
        low=0,
        high=1,
        claims=(("output_per_mu", "+"),),
    )
    standard_review_years = option("number", 3.0, low=1.0, high=10.0, unit="years", zh="复核年限", en="Years of operation before the review")

    def change_terms(self, terms: Terms, face: Face) -> None:
        """Set the standards, when on."""
        if face["standard_land_enabled"]:
            terms.turn_on("standard_land", face.sites)
            terms.raise_to("standard_investment", face.sites, face.by_site("standard_min_investment_per_mu"))
            terms.raise_to("standard_output", face.sites, face.by_site("standard_min_output_per_mu"))
            terms.raise_to("standard_tax", face.sites, face.by_site("standard_min_tax_per_mu"))
            terms.raise_to("standard_penalty", face.sites, face.by_site("standard_breach_penalty"))
            terms.fix("standard_review_years", face.sites, face["standard_review_years"])
