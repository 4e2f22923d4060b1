"""Capital for enterprises: industry fund, state equity, lending along with investors."""

from __future__ import annotations

import numpy as np

from zonesim.policies.instrument import Face, Instrument, lever
from zonesim.terms import Terms


class IndustryFund(
    Instrument,
    name="industry_fund",
    zh="产业基金",
    en="Industry fund",
    edits="fund_size fund_target",
    pays="fund_equity:fund_target",
):
    """Found an industry fund (母子基金): city and private partners pay in over five years; it takes equity in projects and growing enterprises.

    Covered places and industries are where it invests (name the leading industries). Stakes raise capital and with it the credit limit, earn a
    part of profits, are bought back over the years, and are lost when the enterprise closes.
    """

    industry_fund_size = lever(
        "number",
        100000,
        unit="10^4 yuan",
        zh="产业基金/母子基金",
        en="Industry/promotion fund size",
        clauses="002§3.2b; 003§14c; 004§3.11.3c",
        group="infrastructure_and_finance",
        tier=1,
        low=0,
        high=500000,
        claims=(("investment_attracted", "+"),),
        null=0,
    )

    def change_terms(self, terms: Terms, face: Face) -> None:
        """Edit the terms of the covered committees or sites."""
        size = float(np.max(face["industry_fund_size"]))
        if size > 0:
            terms.raise_to("fund_size", True, size)
            terms.turn_on("fund_target", face.sites)


class StateEquity(
    Instrument,
    name="state_equity",
    zh="国资参股",
    en="State equity in projects",
    edits="state_equity",
    pays="state_equity",
):
    """Let the city's investment group take equity in key projects (国资参股), as far as a tenth of the city's money goes.

    It puts up part of the owners' share, and part of what they would not have built: s (1 - sincerity) of the promise.
    """

    state_equity_share = lever(
        "number",
        0.2,
        unit="share of project equity",
        zh="国资参股",
        en="State equity in key projects",
        clauses="002§3.2c",
        group="infrastructure_and_finance",
        tier=2,
        low=0,
        high=0.5,
        claims=(("enterprise_investment", "+"),),
        null=0,
    )

    def change_terms(self, terms: Terms, face: Face) -> None:
        """Edit the terms of the covered committees or sites."""
        terms.raise_to("state_equity", face.sites, face.by_site("state_equity_share"))


class LoanLinkage(
    Instrument,
    name="loan_linkage",
    zh="投贷联动",
    en="Linked investment and loans",
    edits="loan_linkage",
):
    """Let banks lend along with investors and guarantors (投贷联动, 投保贷): the credit limit of small enterprises moves towards that of large ones."""

    invest_loan_linkage_enabled = lever(
        "switch",
        True,
        unit="",
        zh="投贷联动/投保贷",
        en="Investment–guarantee–loan linkage",
        clauses="002§3.2a; 004§3.11.3a",
        group="infrastructure_and_finance",
        tier=2,
        claims=(("enterprise_investment", "+"),),
        given=True,
        null=False,
    )

    def change_terms(self, terms: Terms, face: Face) -> None:
        """Edit the terms of the covered committees or sites."""
        if face["invest_loan_linkage_enabled"]:
            terms.turn_on("loan_linkage", face.sites)
