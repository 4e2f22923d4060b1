"""Standard factories: floor ahead of demand, buy-back, a professional operator."""

from __future__ import annotations

from zonesim.policies.instrument import Face, Instrument, lever, option
from zonesim.terms import Terms

OPENING_QUARTERS = 8.0
"""Quarters for which a professional operator gives its discount. Assumption: the two years of a usual opening offer."""


class StandardFactories(
    Instrument,
    name="standard_factories",
    zh="标准厂房",
    en="Standard factories",
    edits="factory_supply",
):
    """Build standard factory floor ahead of demand (标准厂房), on the credit of the platform company within the cap on its debt.

    Free floor is a site for projects that need no land of their own: small enterprises enter at lower cost.
    """

    standard_factory_supply = lever(
        "number",
        50000,
        unit="m2/year, split over the covered committees",
        zh="标准厂房供给",
        en="Standard-factory supply",
        clauses="000§8e; 002§2.3a; 003§10e; 004§3.8.2b",
        group="infrastructure_and_finance",
        tier=1,
        low=0,
        high=500000,
        claims=(("enterprises_new", "+"),),
        null=0,
    )

    def change_terms(self, terms: Terms, face: Face) -> None:
        """Edit the terms of the covered committees or sites."""
        supply = face.by_zone("standard_factory_supply")
        terms.raise_to("factory_supply", face.zones, supply / max(1, int(face.zones.sum())))


class FactoryBuyback(
    Instrument,
    name="factory_buyback",
    zh="厂房回购",
    en="Buy-back of factories",
    edits="factory_buyback",
    pays="factory_purchase",
):
    """Let the platform company buy factories of indebted enterprises and let them back (厂房回购).

    The enterprise repays its bank with the price, can borrow again, and pays rent; the platform company owes the price.
    """

    factory_buyback_enabled = lever(
        "switch",
        True,
        unit="",
        zh="厂房回购",
        en="Factory buy-back by platform company",
        clauses="003§3b",
        group="infrastructure_and_finance",
        tier=2,
        claims=(
            ("new_debt", "+"),
            ("enterprise_investment", "+"),
        ),
        given=True,
        null=False,
    )

    def change_terms(self, terms: Terms, face: Face) -> None:
        """Edit the terms of the covered committees or sites."""
        if face["factory_buyback_enabled"]:
            terms.turn_on("factory_buyback", face.zones)


class ProfessionalOperator(
    Instrument,
    name="professional_operator",
    zh="专业运营商",
    en="Professional operator",
    edits="operator rent_relief rent_relief_quarters",
    pays="operator_fee:operator",
):
    """Let a professional operator run standard factories for a share of the rent (专业运营商).

    It lets with less empty floor, and at a lower rent in the first quarters so that floor fills; its fee leaves the platform company less to build with.
    """

    professional_operator_enabled = lever(
        "switch",
        True,
        unit="",
        zh="专业运营商",
        en="Professional third-party operator",
        clauses="000§4d; 002§2.1b; 003§4c",
        group="governance_and_approvals",
        tier=2,
        given=True,
        null=False,
        claims=(("enterprises_new", "+"),),
    )
    opening_discount = option("number", 0.1, low=0, high=0.5, unit="share of rent", zh="入驻租金优惠", en="Discount of rent in the first two years")

    def change_terms(self, terms: Terms, face: Face) -> None:
        """Edit the terms of the covered committees or sites."""
        if face["professional_operator_enabled"]:
            terms.turn_on("operator", face.zones)
            terms.add("rent_relief", face.sites, face["opening_discount"])
            terms.raise_to("rent_relief_quarters", face.sites, OPENING_QUARTERS)
