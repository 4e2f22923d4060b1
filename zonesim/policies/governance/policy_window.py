"""Bound the whole package in time (政策有效期)."""

from __future__ import annotations

from zonesim.policies.instrument import Face, Instrument, lever
from zonesim.terms import Terms


class PolicyWindow(Instrument, name="policy_window", zh="政策有效期", edits="package_closed", places="all"):
    """Bound the whole package in time (政策有效期).

    The other measures of the scenario hold only from this entry's first day, for the years of the lever, and not beyond its last day. What was
    promised in that time (refunds, sharing contracts, orders, assessments) runs on; the law of the date returns for everything else.
    """

    bounds_package = True

    policy_window = lever(
        "number",
        3.0,
        unit="years from the first day",
        zh="政策有效期",
        en="Policy start and end",
        clauses="000§0; 001§0; 002§0; 003§E; 004§0",
        group="governance_and_approvals",
        tier=1,
        low=0,
        high=30,
        given=True,
    )

    def change_terms(self, terms: Terms, face: Face) -> None:
        """Close the package once its years are over."""
        if face.years >= face["policy_window"]:
            terms.turn_on("package_closed", True)

    def phase(self, quarter: int) -> int:
        """Tell the years of the window from what follows."""
        years = self.settings["policy_window"].at(quarter)
        return int(years is not None and quarter - self.first_quarter >= 4 * years)
