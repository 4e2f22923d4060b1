"""Limit what zones may promise to refund to newcomers (企业税收返还)."""

from __future__ import annotations

from zonesim.policies.instrument import Face, Instrument, lever
from zonesim.terms import Terms


class EnterpriseRefund(Instrument, name="enterprise_refund", zh="企业税收返还", en="Refunds of tax to enterprises", edits="refund_cap", pays="refund"):
    """Limit what zones may promise to refund to newcomers (企业税收返还).

    Not a lever of the five documents, which leave refunds to enterprises unsaid; zones offer them and bid against each other
    within this cap and the law's.
    """

    enterprise_refund_cap = lever(
        "number", 0.5, unit="share of the local tax part", zh="企业税收返还上限", en="Cap on refunds of tax to enterprises",
        clauses="国发〔2015〕25号", group="fiscal", tier=2, low=0, high=1, claims=(("investment_attracted", "+"), ("tax_revenue", "-")), null=1.0,
    )  # fmt: skip

    def change_terms(self, terms: Terms, face: Face) -> None:
        """Lower the cap."""
        terms.lower_to("refund_cap", face.sites, face.by_site("enterprise_refund_cap"))
