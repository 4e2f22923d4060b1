"""Let the evaluation decide careers, and look into it (考核结果运用)."""

from __future__ import annotations

from zonesim.policies.instrument import Face, Instrument, lever
from zonesim.terms import Terms


class CareerLink(Instrument, name="career_link", zh="考核与任用", en="Evaluation and careers", edits="cadre_link duty_report health_check"):
    """Let the evaluation decide careers, and look into it (考核结果运用).

    The link makes committees work more, and put part of the work into reporting. A duty report makes it felt and deters reporting; a
    health check shows each zone its weakest criterion, lessens its errors, and deters reporting more.
    """

    evaluation_cadre_link = lever(
        "number",
        0.5,
        unit="effort elasticity",
        zh="考核与干部任用挂钩",
        en="Career link of evaluation",
        clauses="001§10b; 002§2.6a; 002§2.6c",
        group="evaluation",
        tier=1,
        low=0,
        high=1,
        claims=(("evaluation_score", "+"),),
        null=0.0,
    )
    duty_report_enabled = lever(
        "switch",
        True,
        unit="",
        zh="年度述职",
        en="Yearly duty report",
        clauses="002§2.6c",
        group="evaluation",
        tier=3,
        claims=(("evaluation_score", "+"),),
        given=True,
        null=False,
    )
    health_check_enabled = lever(
        "switch",
        True,
        unit="",
        zh="年度体检",
        en="Yearly health check of weak points",
        clauses="003§17a",
        group="evaluation",
        tier=2,
        claims=(("evaluation_score", "+"),),
        given=True,
        null=False,
    )

    def change_terms(self, terms: Terms, face: Face) -> None:
        """Set the link and the checks."""
        terms.raise_to("cadre_link", face.zones, face.by_zone("evaluation_cadre_link"))
        if face["duty_report_enabled"]:
            terms.turn_on("duty_report", face.zones)
        if face["health_check_enabled"]:
            terms.turn_on("health_check", face.zones)
