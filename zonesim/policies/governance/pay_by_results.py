"""Pay a committee's staff by results (绩效工资)."""

from __future__ import annotations

from zonesim.policies.instrument import Face, Instrument, lever
from zonesim.terms import Terms


class PayByResults(Instrument, name="pay_by_results", zh="绩效薪酬", en="Pay by results", edits="performance_pay result_pay", pays="performance_pay"):
    """Pay a committee's staff by results (绩效工资).

    The performance part of pay comes out of the county's budget in proportion to the score; staff work more for it, and report more.
    What is tied to projects found tilts effort to promotion and offers upward, at the cost of everything that is not paid for.
    """

    performance_pay_share = lever(
        "number",
        0.3,
        unit="share of staff pay",
        zh="绩效薪酬占比",
        en="Performance-pay share",
        clauses="001§5a; 001§5b",
        group="governance_and_approvals",
        tier=1,
        low=0,
        high=0.7,
        claims=(("investment_attracted", "+"), ("evaluation_score", "+")),
        null=0.0,
    )
    promotion_result_pay_link = lever(
        "number",
        0.5,
        unit="share of bonus tied to promotion",
        zh="招商成果纳入考核",
        en="Pay linked to promotion and service results",
        clauses="001§5d",
        group="governance_and_approvals",
        tier=2,
        low=0,
        high=1,
        claims=(("investment_attracted", "+"), ("entrant_quality", "-")),
        null=0.0,
    )

    def change_terms(self, terms: Terms, face: Face) -> None:
        """Set the parts of pay."""
        terms.raise_to("performance_pay", face.zones, face.by_zone("performance_pay_share"))
        terms.raise_to("result_pay", face.zones, face.by_zone("promotion_result_pay_link"))
