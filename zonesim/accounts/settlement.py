"""Settlement: the payments of enterprises, place by place, and the sharing contracts."""

from __future__ import annotations

import numpy as np

from zonesim.accounts.ledger import Ledger
from zonesim.accounts.sharing import SharingParameters
from zonesim.columns import Floats
from zonesim.terms import Terms
from zonesim.world import World


def settle_enterprises(world: World, terms: Terms, ledger: Ledger, causes: dict[str, str], unpaid_refunds: Floats, central_fee: float) -> None:
    """Post what enterprises paid and received this quarter; afterwards their accounts are zero.

    Received: value added and scrap from the market, loans, subsidies, compensation, refunds (posted with the taxes). Paid: wages, taxes
    (posted before), interest, repayment, investment, research, rent, land, fees, penalties, moves, and what is left as dividends
    (owners pay in when it is negative, and when a promised subsidy or refund is not paid). Households spend their wages on the market.
    Land income: the new-construction fee to the centre, deductions to households, the earmarked part of the rest to the committee,
    and what is left to the county.

    Args:
        causes: clause or law behind each kind of payment.
        unpaid_refunds: refunds that no government could pay, by place.
        central_fee: the centre's share of the fee on newly built land (a tenth of land income).
    """
    f, acc, places, n = world.flows, world.accounts, world.places, world.n_places
    firm = acc.enterprise0 + np.arange(n)
    county = acc.county0 + places.county[:n].astype(np.int64)
    zone = places.zone[:n].astype(np.int64)
    inside = zone >= 0
    committee = np.where(inside, acc.zone0 + np.maximum(zone, 0), county)
    platform = np.where(inside, acc.platform0 + np.maximum(zone, 0), acc.OWNERS)
    post = ledger.post
    wages = f.wages.sum(axis=1)
    post(acc.MARKET, firm, f.value_added.sum(axis=1), "value_added", "market")
    post(acc.MARKET, firm, f.scrapped, "scrap", "market")
    post(firm, acc.HOUSEHOLDS, wages, "wages", "market")
    post(acc.HOUSEHOLDS, acc.MARKET, wages.sum(), "consumption", "market")
    post(firm, acc.BANKS, f.interest, "interest", "market")
    post(firm, acc.BANKS, f.repaid, "repayment", "market")
    post(acc.BANKS, firm, f.borrowed, "loan", "market")
    post(firm, acc.MARKET, f.investment.sum(axis=1), "investment", "market")
    post(firm, acc.MARKET, f.research, "research", "market")
    post(firm, platform, f.rents, "rent", "market")
    post(firm, acc.MARKET, f.moving_costs, "moving", "market")
    post(firm, county, f.idle_fees, "idle_fee", causes["idle_fee"])
    post(firm, county, f.penalties, "standard_penalty", causes["standard_penalty"])
    unpaid = unpaid_refunds.copy()
    unpaid += _claim(ledger, committee, county, firm, f.equipment_subsidies, "equipment_subsidy", causes)
    unpaid += _claim(ledger, county, np.full(n, acc.CITY), firm, f.moving_subsidies, "relocation_subsidy", causes)
    unpaid += _claim(ledger, committee, county, firm, f.compensation, "idle_compensation", causes)
    gross = f.land_payments
    post(firm, county, gross, "land_price", "law:land")
    fee = 0.1 * gross * central_fee
    post(county, acc.CENTRE, fee, "new_land_fee", "law:土地管理法 art.55")
    deducted = terms["land_revenue_deduction"] * (gross - fee)
    post(county, acc.HOUSEHOLDS, deducted, "land_compensation", "law:land")
    post(acc.HOUSEHOLDS, acc.MARKET, deducted.sum(), "consumption", "market")
    earmarked = np.where(inside, terms["land_revenue_reinvest"] * (gross - fee - deducted), 0.0)
    post(county, committee, earmarked, "land_revenue", causes["land_revenue"])
    np.add.at(world.zones.infrastructure_fund, np.maximum(zone, 0)[inside], earmarked[inside])
    if unpaid.any():
        world.zones.arrears[: world.zones.n] += np.bincount(np.maximum(zone, 0)[inside], weights=unpaid[inside], minlength=world.zones.n)
    paid_out = f.dividends - unpaid
    post(firm, acc.OWNERS, np.maximum(paid_out, 0.0), "dividends", "market")
    post(acc.OWNERS, firm, np.maximum(-paid_out, 0.0), "owners_money", "market")


def _claim(ledger: Ledger, first: np.ndarray, second: np.ndarray, payee: np.ndarray, claim: Floats, kind: str, causes: dict[str, str]) -> Floats:
    """Let a first and then a second government pay a claim; return what neither could."""
    if not claim.any():
        return np.zeros_like(claim)
    unpaid = ledger.pay_what_there_is(first, payee, claim, kind, causes[kind])
    return ledger.pay_what_there_is(second, payee, unpaid, kind, causes[kind])


def share_contracts(world: World, ledger: Ledger, central: Floats, parameters: SharingParameters, causes: dict[str, str]) -> None:
    """Pay providers of shared projects their part of the local tax, and let them pay their part of the site cost.

    From the quarter of landing to the last of the contract the host county pays tax_share x local (city and county) tax of the project's
    quarter; in the landing quarter the provider pays cost_share x land cost to the host's committee.
    """
    contracts, acc, n = world.contracts, world.accounts, world.contracts.n
    if n == 0:
        return
    t = world.quarter
    alive = (contracts.start[:n] <= t) & (t <= contracts.until[:n])
    host = contracts.host[:n].astype(np.int64)
    county = acc.county0 + world.places.county[host].astype(np.int64)
    taxes = np.zeros((n, len(central) + 1))
    known = world.flows.taxes_of_contracts
    taxes[: len(known)] = known
    local = (taxes[:, :3] * (1 - central[:3]) * (1 - parameters.province)).sum(axis=1) + taxes[:, 3:5].sum(axis=1)
    due = np.where(alive, contracts.tax_share[:n] * local, 0.0)
    provider = contracts.provider[:n].astype(np.int64)
    ledger.pay_what_there_is(county, provider, due, "enclave_share", causes["enclave_share"])
    landed = contracts.start[:n] == t
    zone = world.places.zone[host].astype(np.int64)
    cost = np.where(landed & (zone >= 0), contracts.cost_share[:n] * contracts.site_cost[:n], 0.0)
    ledger.pay_what_there_is(provider, acc.zone0 + np.maximum(zone, 0), cost, "enclave_cost", causes["enclave_cost"])
