"""Who builds and promotes: a company beside the committee, merged platform companies, market teams."""

from __future__ import annotations

from zonesim.policies.instrument import Face, Instrument, lever
from zonesim.terms import Terms


class CommitteeCompany(
    Instrument,
    name="committee_company",
    zh="管委会+运营公司",
    en="Committee and operating company",
    edits="company_model",
):
    """Set a development company beside the committee (管委会+公司): it builds, prepares land and promotes; the committee is freed for cases.

    More works and ready land for the money, less its overhead; more projects found; more cases handled.
    """

    committee_company_model_enabled = lever(
        "switch",
        True,
        unit="",
        zh="管委会+运营公司",
        en="Committee + development/operating company",
        clauses="002§2.1b; 003§3a; 003§3b",
        group="governance_and_approvals",
        tier=1,
        claims=(
            ("infra_stock", "+"),
            ("investment_attracted", "+"),
        ),
        given=True,
        null=False,
    )

    def change_terms(self, terms: Terms, face: Face) -> None:
        """Edit the terms of the covered committees or sites."""
        if face["committee_company_model_enabled"]:
            terms.turn_on("company_model", face.zones)


class MergedPlatforms(
    Instrument,
    name="merged_platforms",
    zh="平台企业整合",
    en="Merged platform companies",
    edits="platform_merged",
):
    """Merge platform companies into one (平台企业整合): one balance sheet for the room for debt, a lower rate, half the company's overhead."""

    platform_company_merged = lever(
        "switch",
        True,
        unit="",
        zh="平台企业整合",
        en="Platform companies merged into one",
        clauses="003§3a",
        group="governance_and_approvals",
        tier=2,
        claims=(("infra_stock", "+"),),
        given=True,
        null=False,
    )

    def change_terms(self, terms: Terms, face: Face) -> None:
        """Edit the terms of the covered committees or sites."""
        if face["platform_company_merged"]:
            terms.turn_on("platform_merged", face.zones)


class MarketTeam(
    Instrument,
    name="market_team",
    zh="市场化招商队伍",
    en="Market-based promotion team",
    edits="market_team",
    pays="commission",
):
    """Promote with a team that is paid by result (市场化招商): it finds more projects, and gets a part of the investment that comes."""

    market_promotion_team_enabled = lever(
        "switch",
        True,
        unit="",
        zh="市场化招商队伍",
        en="Market-based promotion team",
        clauses="002§2.1a",
        group="governance_and_approvals",
        tier=2,
        claims=(("investment_attracted", "+"),),
        given=True,
        null=False,
    )

    def change_terms(self, terms: Terms, face: Face) -> None:
        """Edit the terms of the covered committees or sites."""
        if face["market_promotion_team_enabled"]:
            terms.turn_on("market_team", face.zones)
