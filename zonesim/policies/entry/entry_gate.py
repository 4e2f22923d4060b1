"""Score projects before entry (项目准入评审)."""

from __future__ import annotations

from zonesim.policies.instrument import Face, Instrument, lever, option
from zonesim.terms import Terms


class EntryGate(Instrument, name="entry_gate", zh="项目准入", en="Entry gate for projects", edits="gate pass_score min_output_per_mu max_emission review_days"):
    """Score projects before entry (项目准入评审)."""

    entry_gate_enabled = lever(
        "switch",
        True,
        unit="",
        zh="项目准入评审",
        en="Entry gate on/off",
        clauses="000§11d; 002§2.4a; 003§14d; 004§3.2.2",
        group="entry_and_relocation",
        tier=1,
        claims=(("entrant_quality", "+"), ("approval_days", "+"), ("enterprises_from_outside", "-")),
        given=True,
        null=False,
    )
    entry_gate_pass_score = lever(
        "number",
        60.0,
        unit="score 0–100",
        zh="准入评分线",
        en="Pass mark of multi-criteria entry score",
        clauses="002§2.4a; 003§14d",
        group="entry_and_relocation",
        tier=1,
        low=0,
        high=90,
        null=0.0,
        claims=(("enterprises_from_outside", "-"), ("entrant_quality", "+")),
    )
    entry_min_output_per_mu = lever(
        "number",
        150.0,
        unit="10^4 yuan/mu",
        zh="亩均效益关",
        en="Expected output/benefit per mu at entry",
        clauses="003§14d",
        group="entry_and_relocation",
        tier=1,
        low=0,
        high=800,
        claims=(("output_per_mu", "+"),),
    )
    entry_env_standard = lever(
        "number",
        0.9,
        unit="emission per 10^4 yuan output (index)",
        zh="环境准入",
        en="Maximum emission intensity at entry",
        clauses="000§12b; 003§14d; 004§3.2.2",
        group="entry_and_relocation",
        tier=1,
        low=0,
        high=3,  # of the sector's mean; the catalogue's 0 to 1 would turn away the dirtier half at least, while the texts only name a condition
        claims=(("emissions", "+"),),
    )
    entry_review_days = option("number", 20.0, low=0.0, high=180.0, unit="days", zh="评审天数", en="Days of the review")

    def change_terms(self, terms: Terms, face: Face) -> None:
        """Open the gate to those who pass, and take the time of the review."""
        if face["entry_gate_enabled"]:
            terms.turn_on("gate", face.sites)
            terms.raise_to("pass_score", face.sites, face.by_site("entry_gate_pass_score"))
            terms.raise_to("min_output_per_mu", face.sites, face.by_site("entry_min_output_per_mu"))
            terms.lower_to("max_emission", face.sites, face.by_site("entry_env_standard"))
            terms.add("review_days", face.sites, face.by_site("entry_review_days"))
