"""Earmark net land revenue for the zone's infrastructure (土地收益用于基础设施)."""

from __future__ import annotations

from zonesim.policies.instrument import Face, Instrument, lever
from zonesim.terms import Terms


class LandRevenue(
    Instrument,
    name="land_revenue",
    zh="土地收益返还",
    en="Return of land revenue",
    edits="land_revenue_reinvest land_revenue_deduction",
    pays="land_revenue",
):
    """Earmark net land revenue for the zone's infrastructure (土地收益用于基础设施).

    net = gross x (1 - deduction); the earmarked share of it goes to the committee's infrastructure money.
    """

    land_revenue_reinvest_share = lever(
        "number",
        1.0,
        unit="share of net land revenue spent on zone infrastructure/land development",
        zh="土地收益用于基础设施比例",
        en="Earmarked land-revenue share",
        clauses="003§12c; 004§3.10.4",
        group="fiscal",
        tier=1,
        low=0,
        high=1,
        claims=(("infra_stock", "+"), ("ready_land", "+")),
        null=0.0,
    )
    land_revenue_deduction_rate = lever(
        "number",
        0.6,
        unit="share of gross land income",
        zh="土地成本及计提扣除率",
        en="Deduction before net land revenue (compensation, pensions, reserve cost, statutory funds)",
        clauses="004§3.10.4",
        group="fiscal",
        tier=2,
        low=0.3,
        high=0.9,
        claims=(("infra_stock", "-"),),
    )

    def change_terms(self, terms: Terms, face: Face) -> None:
        """Raise the earmarked share and set the deduction."""
        terms.raise_to("land_revenue_reinvest", face.places, face["land_revenue_reinvest_share"])
        terms.fix("land_revenue_deduction", face.places, face["land_revenue_deduction_rate"])
