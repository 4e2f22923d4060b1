"""File projects without land supply from an investment upwards (非供地项目备案)."""

from __future__ import annotations

from zonesim.policies.instrument import Face, Instrument, lever
from zonesim.terms import Terms


class Filing(Instrument, name="filing", zh="备案", en="Filing of projects", edits="filing_threshold filing_days"):
    """File projects without land supply from an investment upwards (非供地项目备案)."""

    filing_investment_threshold = lever(
        "number",
        1000.0,
        unit="10^4 yuan",
        zh="非供地项目备案门槛",
        en="Filing threshold for projects without land supply",
        clauses="002§2.4b",
        group="entry_and_relocation",
        tier=1,
        low=0,
        high=10000,
        given=True,
        claims=(("approval_days", "-"), ("entrant_quality", "-")),
    )
    filing_days = lever(
        "number",
        10.0,
        unit="days",
        zh="备案耗时",
        en="Time for filing",
        clauses="002§2.4b",
        group="entry_and_relocation",
        tier=2,
        low=0,
        high=60,
        claims=(("approval_days", "+"),),
    )

    def change_terms(self, terms: Terms, face: Face) -> None:
        """Lower the threshold and add the days."""
        terms.lower_to("filing_threshold", face.sites, face.by_site("filing_investment_threshold"))
        terms.add("filing_days", face.sites, face.by_site("filing_days"))
