"""Give a zone its own treasury, budget line or accounts (财政体制)."""

from __future__ import annotations

from zonesim.policies.instrument import Face, Instrument, lever, option
from zonesim.terms import Terms


class FiscalAutonomy(Instrument, name="fiscal_autonomy", zh="财政体制", en="Fiscal system of the zone", edits="autonomy_retained", pays="retained_tax"):
    """Give a zone its own treasury, budget line or accounts (财政体制).

    The level decides what part of the county's tax part from the zone's enterprises the committee keeps. No document gives
    the parts; they are options with their reading.
    """

    zone_fiscal_autonomy = lever(
        "choice",
        "first_level_treasury",
        unit="{none, independent accounting, separate budget line, first-level treasury}",
        zh="财政体制（独立核算/财政单列/一级独立财政）",
        en="Fiscal autonomy level of the zone",
        clauses="000§1e; 004§3.10.6",
        group="fiscal",
        tier=1,
        allowed="none independent_accounting separate_budget_line first_level_treasury",
        given=True,
        null="none",
        claims=(("evaluation_score", "+"), ("infra_investment", "+")),
    )
    retained_independent_accounting = option(
        "number",
        0.3,
        low=0.0,
        high=1.0,
        unit="share of the county part",
        zh="独立核算留成",
        en="Kept under independent accounting",
    )
    retained_separate_budget_line = option(
        "number",
        0.5,
        low=0.0,
        high=1.0,
        unit="share of the county part",
        zh="财政单列留成",
        en="Kept under a separate budget line",
    )
    retained_first_level_treasury = option(
        "number",
        0.8,
        low=0.0,
        high=1.0,
        unit="share of the county part",
        zh="一级财政留成",
        en="Kept by a first-level treasury",
    )

    def change_terms(self, terms: Terms, face: Face) -> None:
        """Let the committee keep its part."""
        level = face["zone_fiscal_autonomy"]
        if level != "none":
            terms.raise_to("autonomy_retained", face.places, face[f"retained_{level}"])
