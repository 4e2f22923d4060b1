"""Bring departments to one table, and give each problem a leader (联席会议、领导包抓)."""

from __future__ import annotations

from zonesim.policies.instrument import Face, Instrument, lever, option
from zonesim.terms import Terms


class Coordination(Instrument, name="coordination", zh="统筹协调", en="Coordination between zones", edits="coordination problem_leader days_factor"):
    """Bring departments to one table, and give each problem a leader (联席会议、领导包抓).

    Joint meetings shorten the steps between departments: days x (1 - saving x intensity); they and a named leader solve problems of enterprises
    that would stay open, and take staff time. Fewer open problems raise the zone's standing with investors.
    """

    coordination_intensity = lever(
        "number",
        0.6,
        unit="index 0–1 (meetings per year / max)",
        zh="联席会议/领导小组协调强度",
        en="Coordination intensity",
        clauses="001§2d; 002§2.5; 002§3.1; 003§1; 004§4.1",
        group="governance_and_approvals",
        tier=1,
        low=0,
        high=1,
        claims=(("approval_days", "-"), ("ql_policy_implementation", "+")),
        null=0.0,
    )
    leader_responsibility_enabled = lever(
        "switch",
        True,
        unit="",
        zh="领导包抓机制",
        en="Named leader responsible for problems",
        clauses="002§2.5",
        group="governance_and_approvals",
        tier=2,
        claims=(("ql_service_management", "+"),),
        given=True,
        null=False,
    )
    coordination_saves = option("number", 0.15, low=0.0, high=0.4, unit="share of days", zh="协调节省天数", en="Days that the densest meetings save")

    def change_terms(self, terms: Terms, face: Face) -> None:
        """Hold meetings, and name leaders."""
        terms.raise_to("coordination", face.zones, face.by_zone("coordination_intensity"))
        terms.scale("days_factor", face.places, 1 - face["coordination_saves"] * face["coordination_intensity"])
        if face["leader_responsibility_enabled"]:
            terms.turn_on("problem_leader", face.zones)
