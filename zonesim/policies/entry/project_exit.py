"""Make failed and low-efficiency projects leave (项目退出机制)."""

from __future__ import annotations

from zonesim.policies.instrument import Face, Instrument, lever
from zonesim.terms import Terms


class ProjectExit(Instrument, name="project_exit", zh="项目退出机制", en="Exit of failed projects", edits="exit_after_years"):
    """Make failed and low-efficiency projects leave (项目退出机制).

    An enterprise on industrial land of a park that makes a loss, or too little output per mu, in each of so many yearly reviews must leave.
    """

    project_exit_rule = lever(
        "integer",
        3,
        unit="years of failure before exit",
        zh="项目退出机制",
        en="Exit rule for failed/low-efficiency projects",
        clauses="002§2.4a",
        group="entry_and_relocation",
        tier=2,
        low=1,
        high=10,
        claims=(("land_returned", "+"),),
    )

    def change_terms(self, terms: Terms, face: Face) -> None:
        """Set the years."""
        terms.lower_to("exit_after_years", face.places, face["project_exit_rule"])
