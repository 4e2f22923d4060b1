"""Delegate powers of county, city and province to the committee (下放管理权限)."""

from __future__ import annotations

from zonesim.policies.instrument import Face, Instrument, lever
from zonesim.terms import Terms

LEVELS = ("county", "city", "province")


class Delegation(Instrument, name="delegation", zh="下放管理权限", en="Delegated powers", edits="delegated_county delegated_city delegated_province"):
    """Delegate powers of county, city and province to the committee (下放管理权限).

    Of the stages that desks up to the level decide, the committee decides the share: each takes fewer days, the links between levels vanish with
    it, and each case is more work for the committee, so that more cases than its capacity wait. With a pilot the powers come to a place only
    after its years of ``delegation_pilot_rollout`` (0 for the pilot, by place).
    """

    delegated_authority_level = lever(
        "choice",
        "city",
        unit="{county, city, province}",
        zh="管理权限层级",
        en="Level of delegated economic authority",
        clauses="000§2a; 001§1b; 003§5a; 004§3.2.1a",
        group="governance_and_approvals",
        tier=1,
        allowed="county city province",
        claims=(
            ("approval_days", "-"),
            ("admin_efficiency", "+"),
        ),
        given=True,
    )
    delegated_powers_share = lever(
        "number",
        1.0,
        unit="share of items",
        zh="下放权限比例",
        en="Share of approval powers delegated",
        clauses="000§2d; 003§3c; 003§5a; 004§3.2.1b",
        group="governance_and_approvals",
        tier=1,
        low=0,
        high=1,
        claims=(("approval_days", "-"),),
        given=True,
        null=0.0,
    )
    delegation_pilot_rollout = lever(
        "number",
        0.0,
        unit="years after the start, by place",
        zh="放权试点与推广",
        en="Pilot-then-rollout schedule",
        clauses="000§2d",
        group="governance_and_approvals",
        tier=1,
        low=0,
        high=5,
        claims=(("approval_days", "+"),),
    )

    def change_terms(self, terms: Terms, face: Face) -> None:
        """Raise the share at each level, where the rollout has arrived."""
        here = face.sites & (face.years >= face.by_site("delegation_pilot_rollout"))
        for level in LEVELS[: LEVELS.index(face["delegated_authority_level"]) + 1]:
            terms.raise_to(f"delegated_{level}", here, face.by_site("delegated_powers_share"))

    def phase(self, quarter: int) -> int:
        """Return how many of the steps of the rollout have been reached."""
        setting = self.settings["delegation_pilot_rollout"]
        lags = {value for value in (setting.at(quarter), *(one for _, one in setting.by_place)) if value is not None}
        return sum(quarter - self.first_quarter >= 4 * lag for lag in lags)
