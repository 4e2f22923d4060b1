"""Turn a committee's staff to its main business (聚焦主责主业)."""

from __future__ import annotations

from zonesim.policies.instrument import Face, Instrument, lever
from zonesim.terms import Terms


class Staffing(
    Instrument,
    name="staffing",
    zh="主责主业",
    en="Staff on the main business",
    edits="promotion_staff cadre_exchange social_stripped",
    pays="social_affairs:social_stripped",
):
    """Turn a committee's staff to its main business (聚焦主责主业).

    At least the given share of effort goes to promotion and project work, whatever the committee would choose. Social affairs that are taken off
    the zone free staff time and cost the county what they took. Exchanged staff bring ability and knowledge, and cost some time.
    """

    promotion_staff_share = lever(
        "number",
        0.5,
        unit="share of committee staff",
        zh="招商与项目人员占比",
        en="Share of staff on promotion and project work",
        clauses="000§1b; 001§1a; 003§2a; 003§14b",
        group="governance_and_approvals",
        tier=1,
        low=0,
        high=0.9,
        claims=(("investment_attracted", "+"), ("ql_service_management", "-")),
        null=0.0,
    )
    cadre_exchange_rate = lever(
        "number",
        0.1,
        unit="share of staff per year",
        zh="干部交流挂职",
        en="Cadre exchange/secondment",
        clauses="002§3.3a; 003§9e",
        group="governance_and_approvals",
        tier=3,
        low=0,
        high=0.3,
        claims=(("ql_service_management", "+"),),
        null=0.0,
    )
    social_function_stripping_share = lever(
        "number",
        1.0,
        unit="share of social functions",
        zh="剥离社会事务",
        en="Share of social functions taken off the zone",
        clauses="000§1f; 001§1d; 003§2b",
        group="governance_and_approvals",
        tier=1,
        low=0,
        high=1,
        claims=(("investment_attracted", "+"),),
        null=0.0,
    )

    def change_terms(self, terms: Terms, face: Face) -> None:
        """Set what staff do."""
        terms.raise_to("promotion_staff", face.zones, face.by_zone("promotion_staff_share"))
        terms.raise_to("cadre_exchange", face.zones, face.by_zone("cadre_exchange_rate"))
        terms.raise_to("social_stripped", face.zones, face.by_zone("social_function_stripping_share"))
