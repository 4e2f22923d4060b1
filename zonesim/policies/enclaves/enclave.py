"""Share a project's tax, indicators and site cost with who brought it (飞地经济)."""

from __future__ import annotations

from zonesim.policies.instrument import Face, Instrument, lever
from zonesim.terms import Terms


class Enclave(
    Instrument,
    name="enclave",
    zh="飞地经济",
    en="Enclave economy",
    edits="enclave enclave_tax_share enclave_indicator_share enclave_years enclave_cost_share",
    pays="enclave_share enclave_cost",
):
    """Share a project's tax, indicators and site cost with who brought it (飞地经济).

    The finder of a project passes it to another park when its share is worth more than keeping it; the host pays the share of the local tax
    for the years from landing.
    """

    enclave_enabled = lever(
        "switch",
        True,
        unit="",
        zh="飞地经济",
        en="Enclave economy on/off",
        clauses="000§4d; 002§2.8b; 004§3.3",
        group="enclaves_and_cooperation",
        tier=1,
        given=True,
        null=False,
        claims=(("enterprises_from_outside", "+"),),
    )
    enclave_tax_provider_share = lever(
        "number",
        0.5,
        unit="share of local tax of the project",
        zh="税收收益分享比例（提供方）",
        en="Tax share to project provider",
        clauses="000§4c; 002§2.8b; 003§15c; 003§15d; 004§3.3; 004§3.5.1b",
        group="enclaves_and_cooperation",
        tier=1,
        low=0,
        high=1,
        claims=(("enclave_tax_shared", "+"),),
    )
    enclave_indicator_provider_share = lever(
        "number",
        0.5,
        unit="share of industrial VA, fixed-asset investment, promotion indicators, GDP",
        zh="经济指标分享比例（提供方）",
        en="Share of statistical indicators to provider",
        clauses="000§4c; 002§2.8b; 003§15c",
        group="enclaves_and_cooperation",
        tier=1,
        low=0,
        high=1,
        claims=(("enclave_tax_shared", "+"),),
    )
    enclave_sharing_years = lever(
        "number",
        5.0,
        unit="years",
        zh="分享年限",
        en="Sharing period",
        clauses="003§15d",
        group="enclaves_and_cooperation",
        tier=1,
        low=0,
        high=15,
        given=True,
        claims=(("enclave_tax_shared", "+"),),
    )
    enclave_cost_share = lever(
        "number",
        0.5,
        unit="share of site cost",
        zh="建设投入分担比例（提供方）",
        en="Provider share of construction input",
        clauses="002§2.8b",
        group="enclaves_and_cooperation",
        tier=1,
        low=0,
        high=1,
        claims=(("infra_stock", "+"),),
    )

    def change_terms(self, terms: Terms, face: Face) -> None:
        """Set the contract that parks offer."""
        if face["enclave_enabled"]:
            terms.turn_on("enclave", face.places)
            terms.fix("enclave_tax_share", face.places, face["enclave_tax_provider_share"])
            terms.fix("enclave_indicator_share", face.places, face["enclave_indicator_provider_share"])
            terms.fix("enclave_years", face.places, face["enclave_sharing_years"])
            terms.fix("enclave_cost_share", face.places, face["enclave_cost_share"])
