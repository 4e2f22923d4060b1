"""Works of committees: how much infrastructure, and of which kind."""

from __future__ import annotations

from zonesim.policies.instrument import Face, Instrument, lever
from zonesim.terms import Terms


class InfrastructureProgramme(
    Instrument,
    name="infrastructure_programme",
    zh="基础设施建设计划",
    en="Infrastructure programme",
    edits="works_programme",
    pays="works_programme",
):
    """Set what a zone builds in a year (基础设施投资强度); what its own money does not cover is borrowed.

    works = own money + credit, credit = min(programme / 4 - own, room for debt): the cap on debt and the service that revenue carries
    bind first, then less is built.
    """

    infra_investment_rate = lever(
        "number",
        20000,
        unit="10^4 yuan/year/zone (or share of revenue)",
        zh="基础设施投资强度",
        en="Infrastructure investment rate",
        clauses="000§8a; 002§2.3a; 003§11a; 004§3.16.1; 004§3.16.2",
        group="infrastructure_and_finance",
        tier=1,
        low=0,
        high=200000,
        claims=(("infra_stock", "+"), ("gdp", "+"), ("investment_attracted", "+")),
        null=0,
    )

    def change_terms(self, terms: Terms, face: Face) -> None:
        """Edit the terms of the covered committees or sites."""
        terms.raise_to("works_programme", face.zones, face.by_zone("infra_investment_rate"))


class FunctionalWorks(
    Instrument,
    name="functional_works",
    zh="产业功能设施优先",
    en="Works for industry first",
    edits="functional_share",
):
    """Set the share of industrial functions in a committee's works (产业功能类占比); the rest is living and urban facilities.

    Without it the usual mix holds (0.86 industrial, assumption).
    """

    infra_functional_share = lever(
        "number",
        0.8,
        unit="share",
        zh="产业功能类设施占比",
        en="Share of infra spending on industrial functions",
        clauses="002§2.2b; 002§2.3a",
        group="infrastructure_and_finance",
        tier=2,
        low=0,
        high=1,
        claims=(("gdp", "+"),),
    )

    def change_terms(self, terms: Terms, face: Face) -> None:
        """Edit the terms of the covered committees or sites."""
        terms.fix("functional_share", face.zones, face.by_zone("infra_functional_share"))
