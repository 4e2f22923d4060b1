"""Make licence, tax registration and organisation code one certificate (三证合一)."""

from __future__ import annotations

from zonesim.policies.instrument import Face, Instrument, lever
from zonesim.terms import Terms


class BusinessRegistration(Instrument, name="business_registration", zh="三证合一", en="Merged registration of businesses", edits="registration_merged"):
    """Make licence, tax registration and organisation code one certificate (三证合一).

    Two thirds of the days of registration fall away, for projects with and without land.
    """

    business_registration_merged = lever(
        "switch",
        True,
        unit="",
        zh="三证合一",
        en="Merged business registration (3→1)",
        clauses="004§3.2.3",
        group="governance_and_approvals",
        tier=2,
        claims=(("approval_days", "-"),),
        given=True,
        null=False,
    )

    def change_terms(self, terms: Terms, face: Face) -> None:
        """Turn it on."""
        if face["business_registration_merged"]:
            terms.turn_on("registration_merged", face.sites)
