"""How the parks of an integrated zone grow, share income and operate (整合后的面积、收益与运营)."""

from __future__ import annotations

from zonesim.policies.instrument import Face, Instrument, lever
from zonesim.terms import Terms


class IntegrationTerms(Instrument, name="integration_terms", zh="整合条款", en="Terms of integration", edits="area_grows income_share entrusted_uncounted"):
    """Settle area, income and evaluation of parks that are integrated (整合后的面积、收益与考核).

    Area: frozen, or the park takes a share of its planned area from the county's land outside zones. Income: of the committee's part of an
    integrated park's tax, the committee gets the share and the park's county the rest; the more the county loses, the longer it puts the
    merger off. Evaluation: integrated parks count in the score of the committee that runs them, or are left out.
    """

    integration_keep_planned_area = lever(
        "switch",
        True,
        unit="",
        zh="整合不改变规划面积",
        en="Planned area frozen on merger",
        clauses="003§4d",
        group="enclaves_and_cooperation",
        tier=2,
        given=True,
        null=True,
    )
    integration_income_share = lever(
        "number",
        0.5,
        unit="share of park income to committee",
        zh="整合收益分配（管委会）",
        en="Income share of committee vs original park after merger",
        clauses="003§4b",
        group="enclaves_and_cooperation",
        tier=2,
        low=0,
        high=1,
    )
    merged_parks_in_evaluation = lever(
        "switch",
        True,
        unit="",
        zh="被托管园区纳入考核",
        en="Entrusted parks counted in evaluation",
        clauses="003§4d",
        group="enclaves_and_cooperation",
        tier=3,
        given=True,
        null=True,
    )

    def change_terms(self, terms: Terms, face: Face) -> None:
        """Set the share; let the area grow, or leave entrusted parks out, when the clause is off."""
        terms.fix("income_share", face.places, face["integration_income_share"])
        if not face["integration_keep_planned_area"]:
            terms.turn_on("area_grows", face.zones)
        if not face["merged_parks_in_evaluation"]:
            terms.turn_on("entrusted_uncounted", face.places)
