"""A policy package: the instruments of a scenario over the law, and the terms that they make quarter by quarter."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from zonesim.policies import law
from zonesim.policies.extension import extend_policies
from zonesim.policies.instrument import Instrument
from zonesim.policies.site import SiteInfo
from zonesim.terms import Terms

LAW_CAUSES = {
    "idle_fee": "law:闲置土地处置办法", "standard_penalty": "law:contract", "equipment_subsidy": "law:budget",
    "relocation_subsidy": "law:budget", "idle_compensation": "law:闲置土地处置办法", "land_revenue": "law:budget",
    "treatment_fee": "law:水污染防治法", "treatment_works": "law:水污染防治法", "circular_support": "law:budget",
    "centre_support": "law:budget", "centre_award": "law:budget", "cultivation": "law:budget", "talent_subsidy": "law:budget",
    "incubator_works": "law:budget", "venture_capital": "law:budget",
    "enclave_share": "law:contract", "enclave_cost": "law:contract", "tax_return": "law:budget", "integration": "law:budget",
    "commitment_penalty": "law:contract", "assessment_fee": "law:contract", "regional_assessment": "law:budget", "bundled_items": "law:budget", "followup_eia": "law:budget",
    "county_transfer": "law:budget", "higher_grant": "law:budget", "interest_subsidy": "law:财建〔2014〕81号", "special_bond": "law:预算法 art.35",
    "policy_loan": "law:contract", "ppp_payment": "law:contract", "operator_fee": "law:contract", "commission": "law:contract",
    "works_programme": "law:budget", "factory_purchase": "law:contract", "fund_equity": "law:contract", "state_equity": "law:contract",
    "upgrade_subsidy": "law:budget",
    "factory_sale": "market", "per_mu_charge": "law:budget", "arable_offset": "law:土地管理法 art.30",
    "award": "law:budget", "zone_fund": "law:budget", "performance_pay": "law:budget", "social_affairs": "law:budget", "finder_reward": "law:budget",
    "promotion_budget": "law:budget", "promotion_fee": "law:budget", "chain_office": "law:budget", "bespoke_grant": "law:budget",
    "supplier_matching": "law:budget",
}  # fmt: skip


class Package:
    """Terms of each quarter, rebuilt only when the law or an instrument changes.

    Args:
        instruments: in any order; the terms do not depend on it.
        site: places and industries.
    """

    def __init__(self, instruments: Sequence[Instrument], site: SiteInfo) -> None:
        self.instruments, self.site = tuple(instruments), site
        self._terms: dict[tuple[Any, ...], Terms] = {}
        self._law: dict[tuple[float, ...], Terms] = {}
        self._by_quarter: dict[int, Terms] = {}
        self._causes: dict[tuple[bool, ...], dict[str, str]] = {}

    def terms_at(self, quarter: int) -> Terms:
        """Return the terms of a quarter (the same object while nothing changes; not to be edited)."""
        if quarter in self._by_quarter:
            return self._by_quarter[quarter]
        lawful = law.signature(quarter)
        key = (lawful, tuple(one.signature(quarter) for one in self.instruments))
        if key not in self._terms:
            if lawful not in self._law:
                self._law[lawful] = law.law_terms(quarter, self.site)
            terms = self._law[lawful].copy()
            for instrument in sorted(self.instruments, key=lambda one: not one.bounds_package):
                if instrument.bounds_package or self._is_open(instrument, quarter, terms):
                    instrument.change(terms, quarter, self.site)
            extend_policies(terms, self.site)
            self._terms[key] = terms
        self._by_quarter[quarter] = self._terms[key]
        return self._by_quarter[quarter]

    def _is_open(self, one: Instrument, quarter: int, terms: Terms) -> bool:
        """Tell whether the windows of the package let a measure act: none is over, and each has begun, or the measure dates itself before it."""
        if terms["package_closed"].any():
            return False
        for window in self.instruments:
            if window.bounds_package and not window.in_force(quarter):
                is_over = window.last_quarter is not None and quarter > window.last_quarter
                if is_over or one.start.year == 1:
                    return False
        return True

    def causes_at(self, quarter: int) -> dict[str, str]:
        """Return the clause, or the law, behind each kind of payment in a quarter (the same object while the same instruments are in force)."""
        terms = self.terms_at(quarter)
        on = tuple(one.in_force(quarter) and self._is_open(one, quarter, terms) for one in self.instruments)
        if on not in self._causes:
            causes = dict(LAW_CAUSES)
            for instrument, acts in zip(self.instruments, on, strict=True):
                if acts:
                    for kind in instrument.pays:
                        causes[kind] = instrument.clause or instrument.label
            self._causes[on] = causes
        return self._causes[on]
