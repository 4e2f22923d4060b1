"""Place fitting major projects of nation, province and city in the zone first (重大项目优先安排)."""

from __future__ import annotations

from zonesim.policies.instrument import Face, Instrument, lever
from zonesim.terms import Terms


class MajorProjects(Instrument, name="major_projects", zh="重大项目优先", en="Priority for major projects", edits="priority_share"):
    """Place fitting major projects of nation, province and city in the zone first (重大项目优先安排)."""

    major_project_priority_share = lever(
        "number",
        0.8,
        unit="share of fitting major projects",
        zh="重大项目优先安排",
        en="Share of major national/provincial/city projects placed in the zone",
        clauses="004§3.6.1b",
        group="entry_and_relocation",
        tier=1,
        low=0,
        high=1,
        claims=(("fixed_asset_investment", "+"), ("gdp", "+")),
        null=0.0,
    )

    def change_terms(self, terms: Terms, face: Face) -> None:
        """Raise the share that is directed here."""
        terms.raise_to("priority_share", face.sites, face.by_site("major_project_priority_share"))
