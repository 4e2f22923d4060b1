"""What payments are for: each kind has a number that kernels know; and which give way when money is short.

The order when money is short: first what law and contracts ask for (taxes and their sharing, returned increments that are owed, refunds and grants that
were promised, shared tax of enclaves, arrears, interest and debts, compensation), then staff, then what a government spends as it sees fit
(:data:`DISCRETIONARY`). The first are paid as they fall due, and enclaves' shares as soon as the quarter's taxes are in; discretionary claims leave the
quarter's staff pay in the account of a committee; works take what is left at the close.
"""

from __future__ import annotations

from enum import IntEnum


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
