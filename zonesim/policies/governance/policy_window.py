"""Bound the whole package in time (政策有效期)."""

from __future__ import annotations

import datetime

from zonesim import quarters
from zonesim.policies.instrument import Face, Instrument, lever
from zonesim.terms import Terms

DAYS_OF_YEAR = 365.25
"""Days of a mean year of the calendar."""


class PolicyWindow(Instrument, name="policy_window", zh="政策有效期", en="Term of the policy", edits="package_closed", places="all"):
    """Bound the whole package in time (政策有效期).

    No other measure of the scenario holds beyond the years of the lever, counted from this entry's first day, or beyond its last day; a measure
    without a first day of its own begins with it. What was promised in that time (refunds, sharing contracts, orders, assessments) runs on; the
    law of the date returns for everything else.
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
        if self._is_over(face.quarter):
            terms.turn_on("package_closed", True)

    def dates(self) -> set[int]:
        """Return the quarters in which it begins, is over, its years are over, or the lever takes another value."""
        dates = super().dates()
        values = [self.settings["policy_window"].at(quarter) for quarter in dates]
        return dates | {self._last_quarter(years) + 1 for years in values if years}

    def phase(self, quarter: int) -> int:
        """Tell the years of the window from what follows."""
        return int(self._is_over(quarter))

    def _is_over(self, quarter: int) -> bool:
        """Tell whether the quarter lies behind the one that contains the last day of the years."""
        years = self.settings["policy_window"].at(quarter)
        if not years:
            return years is not None
        return quarter > self._last_quarter(years)

    def _last_quarter(self, years: float) -> int:
        return quarters.quarter_of(self.start + datetime.timedelta(days=round(DAYS_OF_YEAR * years) - 1))
