"""What payments are for: each kind has a number that kernels know; and which give way when money is short.

The order when money is short: first what law and contracts ask for (taxes and their sharing, returned increments that are owed, refunds and grants that
were promised, shared tax of enclaves, arrears, interest and debts, compensation), then staff, then what a government spends as it sees fit
(:data:`DISCRETIONARY`). The first are paid as they fall due, and enclaves' shares as soon as the quarter's taxes are in; discretionary claims leave the
quarter's staff pay in the account of a committee; works take what is left at the close.
"""

from __future__ import annotations

from enum import Enum, IntEnum


class Payment(IntEnum):
    """Kinds of payment; the name in small letters is what the ledger table shows."""

    VAT = 0
    BUSINESS_TAX = 1
    CIT = 2
    SURCHARGE = 3
    LAND_USE_TAX = 4
    RETAINED_TAX = 5  #: the committee's part of the county's tax
    REFUND = 6
    VALUE_ADDED = 7
    SCRAP = 8
    WAGES = 9
    CONSUMPTION = 10
    INTEREST = 11
    REPAYMENT = 12
    LOAN = 13
    INVESTMENT = 14
    RESEARCH = 15
    RENT = 16
    MOVING = 17
    IDLE_FEE = 18
    STANDARD_PENALTY = 19
    EQUIPMENT_SUBSIDY = 20
    RELOCATION_SUBSIDY = 21
    IDLE_COMPENSATION = 22
    LAND_PRICE = 23
    NEW_LAND_FEE = 24
    LAND_COMPENSATION = 25
    LAND_REVENUE = 26
    DIVIDENDS = 27
    OWNERS_MONEY = 28
    ENCLAVE_SHARE = 29
    ENCLAVE_COST = 30
    ARREARS = 31
    STAFF = 32
    PROMOTION = 33
    LAND_PREPARATION = 34
    INFRASTRUCTURE = 35
    FACTORIES = 36
    PUBLIC_SERVICES = 37
    TAX_RETURN = 38
    TAX_RETURN_CLAWBACK = 39
    INTEGRATION = 40
    INTEGRATION_COST = 41
    COUNTY_TRANSFER = 42
    HIGHER_GRANT = 43
    SPECIAL_BOND = 44  #: lent on by the province
    BOND_INTEREST = 45
    BOND_REPAYMENT = 46
    INTEREST_SUBSIDY = 47
    DEBT_SUPPORT = 48  #: from committee to platform company
    PPP_WORKS = 49  #: paid by the private partner
    PPP_PAYMENT = 50  #: return on what the committee owes to partners
    PPP_REPAYMENT = 51
    OPERATOR_FEE = 52
    COMMISSION = 53
    FACTORY_PURCHASE = 54
    FUND_CAPITAL = 55
    FUND_RETURN = 56
    EQUITY = 57
    EQUITY_INCOME = 58
    EQUITY_EXIT = 59
    UPGRADE_SUBSIDY = 60
    LISTING = 61
    PROMOTION_BUDGET = 62
    PROMOTION_FEE = 63
    CHAIN_OFFICE = 64
    BESPOKE_GRANT = 65
    SUPPLIER_MATCHING = 66
    LAND_TRANSFER = 67  #: land sold for another use
    FACTORY_SALE = 68
    PER_MU_CHARGE = 69
    ARABLE_OFFSET = 70
    CIRCULAR_SUPPORT = 71
    PERFORMANCE_PAY = 72
    SOCIAL_AFFAIRS = 73
    FINDER_REWARD = 74


DISCRETIONARY = (
    "promotion_budget", "chain_office", "supplier_matching", "circular_support", "cultivation", "talent_subsidy", "award", "zone_fund", "finder_reward",
)  # fmt: skip
PAYMENTS = tuple(kind.name.lower() for kind in Payment)


class Nature(Enum):
    """What a payment is economically; :data:`NATURES` declares it for each kind."""

    SUPPORT = "support"  #: handed to a zone or an enterprise, not returned, for nothing in exchange (a claw-back is less of it)
    SHARING = "sharing"  #: taxes, fees and fines, and their sharing between governments
    FINANCING = "financing"  #: lent, repaid, or put in as equity: what is owned or owed is worth as much
    SPENDING = "spending"  #: wages, works, services, land and buildings that the payer has in exchange


_SUPPORT = (
    "retained_tax", "land_revenue", "tax_return", "tax_return_clawback", "county_transfer", "higher_grant", "award", "zone_fund", "enclave_cost",
    "debt_support", "integration", "interest_subsidy", "refund", "equipment_subsidy", "relocation_subsidy", "upgrade_subsidy", "bespoke_grant",
    "circular_support", "centre_support", "centre_award",
)  # fmt: skip
_SHARING = (
    "vat", "business_tax", "cit", "surcharge", "land_use_tax", "idle_fee", "standard_penalty", "new_land_fee", "enclave_share", "per_mu_charge",
    "environment_fine", "commitment_penalty", "assessment_fee",
)  # fmt: skip
_FINANCING = (
    "interest", "repayment", "loan", "dividends", "owners_money", "special_bond", "bond_interest", "bond_repayment", "ppp_works", "ppp_payment",
    "ppp_repayment", "fund_capital", "fund_return", "equity", "equity_income", "equity_exit", "listing", "venture_capital", "arrears",
)  # fmt: skip
_SPENDING = (
    "value_added", "scrap", "wages", "consumption", "investment", "research", "rent", "moving", "idle_compensation", "land_price", "land_compensation",
    "staff", "promotion", "land_preparation", "infrastructure", "factories", "public_services", "integration_cost", "operator_fee", "commission",
    "factory_purchase", "promotion_budget", "promotion_fee", "chain_office", "supplier_matching", "land_transfer", "factory_sale", "arable_offset",
    "performance_pay", "social_affairs", "finder_reward", "cultivation", "talent_subsidy", "incubator_works", "incubator_running",
    "treatment", "treatment_works", "treatment_fee", "plant_running", "casualties", "byproducts", "regional_assessment", "bundled_items", "followup_eia",
)  # fmt: skip
NATURES: dict[str, Nature] = {
    name: nature
    for nature, names in ((Nature.SUPPORT, _SUPPORT), (Nature.SHARING, _SHARING), (Nature.FINANCING, _FINANCING), (Nature.SPENDING, _SPENDING))
    for name in names
}
"""What each kind of payment is: the one place that says it."""
