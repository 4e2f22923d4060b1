"""What the choice of a place reads of the terms: columns by site as one array, and what follows from them alone."""

from __future__ import annotations

import numpy as np

from zonesim.behaviour.approval import Procedure
from zonesim.behaviour.location_weights import LocationParameters
from zonesim.columns import Floats
from zonesim.terms import Terms
from zonesim.world.industries import USUAL_FAR

# Terms by site that the choice reads, in the order in which the kernel names them.
SITE_TERMS = (
    "vat_rate", "business_tax_rate", "surcharge_rate", "land_use_tax", "cit_rate", "cit_rate_high_tech", "cit_rate_small", "refund_honoured",
    "equipment_subsidy", "rent_relief", "rent_relief_quarters", "land_price_factor", "price_intensity_elasticity", "min_investment_intensity",
    "min_output_per_mu", "subdivision", "standard_land", "standard_investment", "standard_output", "standard_tax", "standard_penalty", "closed_share",
    "priority_share", "gate", "max_emission", "barred", "safety_veto", "land_review_days", "filing_days", "filing_threshold", "relocation_subsidy",
    "bespoke_from", "bespoke_limit",
)  # fmt: skip
(
    VAT, BUSINESS, SURCHARGE, LAND_TAX, CIT, CIT_TECH, CIT_SMALL, HONOURED, SUBSIDY, RELIEF, RELIEF_QUARTERS, PRICE_FACTOR, ELASTICITY, MIN_INTENSITY,
    MIN_OUTPUT, SUBDIVISION, STANDARD, STANDARD_INVESTMENT, STANDARD_OUTPUT, STANDARD_TAX, PENALTY, CLOSED, PRIORITY, GATE, MAX_EMISSION, BARRED, VETO,
    LAND_DAYS, FILING_DAYS, FILING_FROM, MOVING_SUBSIDY, BESPOKE_FROM, BESPOKE_LIMIT,
) = range(len(SITE_TERMS))  # fmt: skip


def weighed(terms: Terms, parameters: LocationParameters) -> tuple[Floats, Floats, Floats]:
    """Return the plot ratio that a project uses, what an enclave is worth to a finder, and the price of land less that government bears."""
    far = np.maximum(terms["far_min"], USUAL_FAR * (1 + parameters.denser * terms["far_bonus"]))
    worth = parameters.indicator_worth * (1.0 - float(terms["territorial_statistics"]))
    return far, terms["enclave_tax_share"] + worth * terms["enclave_indicator_share"], parameters.offset * terms["offset_gov_share"]


def felt_and_spared(terms: Terms, procedure: Procedure) -> tuple[Floats, Floats]:
    """Return the days of approval that a project feels by case and site, and the capital share of land cases that is spared."""
    return procedure.felt + terms["review_days"], procedure.spared - procedure.fee
