"""Policies of a committee's parks hold in the parks under another committee that shares them (享受主体开发区政策)."""

from __future__ import annotations

import numpy as np

from zonesim.policies.site import SiteInfo
from zonesim.terms import Terms

MORE_IS_BETTER = (
    "pre_review_removed",
    "land_pre_review_removed",
    "direct_submission",
    "online_share",
    "one_stop",
    "registration_merged",
    "commitment",
    "regional_assessment",
    "merged_assessment",
    "early_intervention",
    "steward",
    "land_fast_track",
    "delegated_county",
    "delegated_city",
    "delegated_province",
    "equipment_subsidy",
    "rent_relief",
    "rent_relief_quarters",
    "relocation_subsidy",
    "priority_share",
    "loan_linkage",
    "upgrade_target",
    "fund_target",
)
LESS_IS_BETTER = ("land_price_factor", "review_days", "land_review_days", "filing_days")


def extend_policies(terms: Terms, site: SiteInfo) -> None:
    """Give the parks of each committee with extended policies the better of their own and of their parent's terms, column by column.

    It is the last word on the terms of a quarter: what the instruments made of them does not depend on their order, nor does this.
    """
    extended = terms["policy_extended"]
    if not extended.any():
        return
    for z in np.flatnonzero(extended > 0):
        parent = site.parents[z] if z < len(site.parents) else ""
        here = [i for i, zone in enumerate(site.zones) if zone == site.zone_ids[z]]
        there = [i for i, zone in enumerate(site.zones) if parent and zone == parent]
        if not here or not there:
            continue
        for name in MORE_IS_BETTER:
            terms[name][here] = np.maximum(terms[name][here], terms[name][there].max(axis=0))
        for name in LESS_IS_BETTER:
            terms[name][here] = np.minimum(terms[name][here], terms[name][there].min(axis=0))
