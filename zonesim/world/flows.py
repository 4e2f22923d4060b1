"""What flowed in one quarter, by place and industry: written by decisions, read by accounts and indicators."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from zonesim.columns import Floats, Ints


class Tax(IntEnum):
    """Taxes that are assessed."""

    VAT = 0
    BUSINESS = 1
    CIT = 2
    SURCHARGE = 3
    LAND_USE = 4


N_TAXES = len(Tax)


class Jobs(IntEnum):
    """Components of the change of jobs at a place (persons); they add up to the change exactly."""

    NEW = 0  #: enterprises born there that began to produce
    FROM_OUTSIDE = 1  #: attracted, transferred and major projects that began to produce
    MOVED_IN = 2
    EXPANDED = 3
    CONTRACTED = 4  #: counted positive
    EXITED = 5  #: counted positive
    MOVED_OUT = 6  #: counted positive


class Heads(IntEnum):
    """Components of the change of the number of enterprises at a place (all stages); they add up exactly."""

    BORN = 0
    ATTRACTED = 1
    TRANSFERRED = 2
    MAJOR = 3
    MOVED_IN = 4
    MOVED_OUT = 5  #: counted positive
    EXITED = 6  #: counted positive


class Flows:
    """Arrays of one quarter; money in 10k CNY per quarter. Zeroed when a quarter begins.

    Args:
        n_places: number of places.
        n_industries: number of industries.
        n_contracts: number of contracts (grows).
    """

    BY_SITE = (  # [place, industry]
        "value_added", "output", "wages", "employment", "capital", "investment", "energy", "water", "emissions",
        "enterprises", "land",
    )  # fmt: skip
    BY_PLACE = (  # [place]
        "depreciation", "interest", "borrowed", "repaid", "written_off", "dividends", "refunds", "equipment_subsidies",
        "rents", "rent_relief", "land_payments", "idle_fees", "penalties", "compensation", "moving_costs",
        "moving_subsidies", "scrapped", "research", "above_scale_value_added", "above_scale_count", "high_tech_value_added",
        "high_tech_count", "promised_investment", "approval_days", "usual_approval_days", "approved", "commitments_verified", "commitments_broken", "commitment_fines", "assessment_fees", "followups", "staff_quarters", "committee_cases", "site_index_jobs", "jobs_now", "platforms", "applied", "refused", "unmet_land",
        "out_of_zone_new_projects", "industrial_new_projects", "transferred_capital", "lost_projects",
        "land_granted", "land_idle", "land_inefficient", "land_reclaimed", "land_revitalised", "orders", "orders_closed",
        "orders_upgraded", "orders_moved", "investment_attracted", "entrant_quality", "reviews", "breaches",
        "quota_land_used", "quota_energy_used", "quota_emission_used", "external_cost_share", "looked_around", "retail_sales",
        "real_estate_investment", "infrastructure_investment", "service_land_sales", "equity_placed", "upgrade_subsidies", "equity_income",
        "factory_purchases", "listing_raised", "listed_count", "public_financing",
        "pollution_generated", "pollution_emitters", "compliant", "treatment_costs", "treatment_fees", "environment_fines", "inspection_costs",
        "accident_costs", "accidents", "inspected", "shutdown_days", "green_factories", "abatement_investment", "safety_subjects",
        "byproduct_value", "emission_norm", "industry_discharge", "industry_water", "waste_reused", "energy_norm", "circular_support", "cultivation_services", "centre_support", "centre_awards", "talent_subsidies",
        "quota_land_given", "traded_land", "converted_land", "offset_cost", "sold_land", "per_mu_charges", "per_mu_relief",
        "factory_sales", "factory_speculation", "expansion_land", "expansion_unmet", "works_land", "cliff_paid", "cliff_closed",
        "inputs", "local_inputs", "matched_inputs",
        "enclave_tax", "supplier_matching", "exports", "imports", "foreign_investment", "promotion_fees", "bespoke_grants", "bespoke_deals",
    )  # fmt: skip

    ROW_BY_SITE: ClassVar[dict[str, int]] = {name: k for k, name in enumerate(BY_SITE)}
    ROW_BY_PLACE: ClassVar[dict[str, int]] = {name: k for k, name in enumerate(BY_PLACE)}

    def __init__(self, n_places: int, n_industries: int) -> None:
        self.by_site = np.zeros((len(self.BY_SITE), n_places, n_industries))
        self.by_place = np.zeros((len(self.BY_PLACE), n_places))
        self.taxes: Floats = np.zeros((n_places, N_TAXES))
        self.taxes_of_contracts: Floats = np.zeros((0, N_TAXES + 1))  # the taxes, and value added
        self.jobs: Ints = np.zeros((n_places, len(Jobs)), dtype=np.int64)
        self.heads: Ints = np.zeros((n_places, len(Heads)), dtype=np.int64)
        self.moves: Ints = np.zeros((n_places, n_places), dtype=np.int64)  #: persons of enterprises that moved, [from, to]; its sums are MOVED_OUT and MOVED_IN
        for k, name in enumerate(self.BY_SITE):
            setattr(self, name, self.by_site[k])
        for k, name in enumerate(self.BY_PLACE):
            setattr(self, name, self.by_place[k])

    def clear(self, n_contracts: int) -> None:
        """Begin a quarter."""
        self.by_site[:] = 0.0
        self.by_place[:] = 0.0
        self.taxes[:] = 0.0
        self.jobs[:] = 0
        self.heads[:] = 0
        self.moves[:] = 0
        self.taxes_of_contracts = np.zeros((n_contracts, N_TAXES + 1))

    def __deepcopy__(self, memo: object) -> Flows:
        """Return a copy whose named flows are views of its own arrays again."""
        fresh = Flows(self.by_place.shape[1], self.by_site.shape[2])
        fresh.by_site[:], fresh.by_place[:] = self.by_site, self.by_place
        fresh.taxes[:], fresh.jobs[:], fresh.heads[:] = self.taxes, self.jobs, self.heads
        fresh.moves[:] = self.moves
        fresh.taxes_of_contracts = self.taxes_of_contracts.copy()
        return fresh

    if TYPE_CHECKING:  # a class that has this method at run time pays for it at every look-up of an attribute

        def __getattr__(self, name: str) -> Floats: ...
