"""Let the city study every project that needs land (供地项目市级研究)."""

from __future__ import annotations

from zonesim.policies.instrument import Face, Instrument, lever
from zonesim.terms import Terms


class CityReview(Instrument, name="city_review", zh="市级研究", en="City review of land projects", edits="land_review_days"):
    """Let the city study every project that needs land (供地项目市级研究)."""

    land_project_city_review_enabled = lever(
        "switch",
        True,
        unit="",
        zh="供地项目市级研究",
        en="City review of all land projects",
        clauses="002§2.4c",
        group="entry_and_relocation",
        tier=1,
        claims=(("approval_days", "+"), ("land_intensive_index", "+")),
        given=True,
        null=False,
    )
    city_review_days = lever(
        "number",
        30.0,
        unit="days",
        zh="市级研究论证耗时",
        en="Time for city review",
        clauses="002§2.4c",
        group="entry_and_relocation",
        tier=2,
        low=0,
        high=180,
        claims=(("approval_days", "+"),),
    )

    def change_terms(self, terms: Terms, face: Face) -> None:
        """Add the days."""
        if face["land_project_city_review_enabled"]:
            terms.add("land_review_days", face.sites, face.by_site("city_review_days"))
