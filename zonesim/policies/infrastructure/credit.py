"""Debt for works: special bonds, policy-bank loans, interest subsidies, private partners, and the cap on debt."""

from __future__ import annotations

from zonesim.policies.instrument import Face, Instrument, lever
from zonesim.terms import Terms


class SpecialBonds(
    Instrument,
    name="special_bonds",
    zh="专项债券",
    en="Special bonds",
    edits="special_bond",
    pays="special_bond",
):
    """Give a yearly quota of special bonds (专项债额度), issued by the province and lent on to the platform company for works.

    Interest each quarter, repayment in equal parts; what cannot be paid is refinanced. No bond beyond the room for debt: what a
    committee has no room for (or would get although it is merged) goes to the other covered committees.
    """

    special_bond_amount = lever(
        "number",
        10000,
        unit="10^4 yuan/year, split over the covered committees",
        zh="专项债额度",
        en="Special-bond quota",
        clauses="003§11d",
        group="infrastructure_and_finance",
        tier=1,
        low=0,
        high=100000,
        claims=(
            ("infra_stock", "+"),
            ("new_debt", "+"),
        ),
        null=0,
    )

    def change_terms(self, terms: Terms, face: Face) -> None:
        """Edit the terms of the covered committees or sites."""
        amount = face.by_zone("special_bond_amount")
        terms.add("special_bond", face.zones, amount / max(1, int(face.zones.sum())))


class DebtCap(
    Instrument,
    name="debt_cap",
    zh="债务率上限",
    en="Cap on debt",
    edits="debt_ratio_cap",
):
    """Cap the debt of committee and platform company at a multiple of their yearly revenue (债务率上限).

    Where it binds, neither works nor factories are financed with debt.
    """

    debt_ratio_cap = lever(
        "number",
        2,
        unit="debt / yearly revenue",
        zh="债务率上限",
        en="Debt cap",
        clauses="003§11d",
        group="infrastructure_and_finance",
        tier=1,
        low=0.5,
        high=5,
        claims=(("new_debt", "+"),),
    )

    def change_terms(self, terms: Terms, face: Face) -> None:
        """Edit the terms of the covered committees or sites."""
        terms.lower_to("debt_ratio_cap", face.zones, face.by_zone("debt_ratio_cap"))


class InterestSubsidy(
    Instrument,
    name="interest_subsidy",
    zh="基建贷款贴息",
    en="Interest subsidy on infrastructure loans",
    edits="interest_subsidy",
    pays="interest_subsidy",
):
    """Let the centre pay part of the interest on infrastructure debt (贴息).

    cost of finance = rate x (1 - subsidy): the company keeps more of its rents, and its revenue carries more debt.
    """

    infra_loan_interest_subsidy_rate = lever(
        "number",
        0.5,
        unit="share of interest paid by central/province",
        zh="基建贷款贴息率",
        en="Interest subsidy on infrastructure loans",
        clauses="004§3.10.1; 004§3.10.2",
        group="infrastructure_and_finance",
        tier=1,
        low=0,
        high=1,
        claims=(("infra_stock", "+"),),
        null=0,
    )

    def change_terms(self, terms: Terms, face: Face) -> None:
        """Edit the terms of the covered committees or sites."""
        terms.raise_to("interest_subsidy", face.zones, face.by_zone("infra_loan_interest_subsidy_rate"))


class PolicyLoans(
    Instrument,
    name="policy_loans",
    zh="政策性中长期贷款",
    en="Long-term policy loans",
    edits="policy_loan",
    pays="policy_loan",
):
    """Offer medium and long-term loans of policy banks for works (政策性/中长期贷款), below the usual rate, within the room for debt.

    What a committee has no room for (or would get although it is merged) goes to the other covered committees.
    """

    policy_bank_loan_volume = lever(
        "number",
        20000,
        unit="10^4 yuan/year, split over the covered committees",
        zh="政策性/中长期贷款规模",
        en="Policy-bank medium/long-term loans",
        clauses="002§3.2a; 003§9b",
        group="infrastructure_and_finance",
        tier=2,
        low=0,
        high=200000,
        claims=(("infra_stock", "+"),),
        null=0,
    )

    def change_terms(self, terms: Terms, face: Face) -> None:
        """Edit the terms of the covered committees or sites."""
        volume = face.by_zone("policy_bank_loan_volume")
        terms.add("policy_loan", face.zones, volume / max(1, int(face.zones.sum())))


class PrivatePartners(
    Instrument,
    name="private_partners",
    zh="社会资本参与",
    en="Private partners",
    edits="ppp_share",
    pays="ppp_payment",
):
    """Let private partners pay for a share of works first (PPP, BOT, 特许经营); the committee pays them off over years with a return.

    partner's works = own s / (1 - s) while payments stay below a tenth of revenue: more infrastructure now, less money later.
    """

    ppp_share = lever(
        "number",
        0.3,
        unit="share of capex",
        zh="社会资本占比（PPP/BOT/特许经营）",
        en="Private share of infra capex",
        clauses="000§8e; 002§3.2b; 004§3.11.2",
        group="infrastructure_and_finance",
        tier=1,
        low=0,
        high=0.8,
        claims=(("infra_stock", "+"),),
        null=0,
    )

    def change_terms(self, terms: Terms, face: Face) -> None:
        """Edit the terms of the covered committees or sites."""
        terms.raise_to("ppp_share", face.zones, face.by_zone("ppp_share"))
