"""What a committee believes its efforts do, and when."""

from __future__ import annotations

import numpy as np

from zonesim.columns import Floats
from zonesim.world.criteria import COLUMN, CRITERIA

# What each kind of effort does for each criterion of the evaluation, as a committee believes.
# Columns: promotion, service, land, environment, infrastructure. Assumption: a reading of the criteria; committee.belief_scale makes it sharper or flatter.
BELIEVED = {
    "growth": (0.5, 0.3, 0.1, 0.0, 0.4),
    "tax": (0.3, 0.4, 0.2, 0.0, 0.2),
    "investment": (1.0, 0.3, 0.1, 0.0, 0.2),
    "land": (0.1, 0.1, 1.0, 0.0, 0.1),
    "innovation": (0.2, 0.5, 0.0, 0.1, 0.3),
    "environment": (0.0, 0.1, 0.1, 1.0, 0.2),
    "jobs": (0.6, 0.3, 0.1, 0.0, 0.3),
    "scale": (0.5, 0.2, 0.2, 0.0, 0.4),
    "fixed_investment": (0.6, 0.1, 0.2, 0.0, 0.9),
    "financing": (0.4, 0.5, 0.0, 0.0, 0.4),
    "research": (0.2, 0.6, 0.0, 0.0, 0.4),
    "energy": (0.0, 0.2, 0.2, 0.8, 0.2),
    "openness": (0.9, 0.3, 0.0, 0.0, 0.2),
    "development": (0.4, 0.1, 0.8, 0.0, 0.4),
    "agglomeration": (0.8, 0.3, 0.1, 0.0, 0.4),
    "startups": (0.2, 0.9, 0.0, 0.0, 0.3),
    "intensity": (0.4, 0.1, 0.9, 0.0, 0.2),
    "economic_benefit": (0.2, 0.5, 0.3, 0.0, 0.3),
    "tax_per_mu": (0.2, 0.2, 1.0, 0.0, 0.1),
    "benefit_per_mu": (0.2, 0.3, 0.9, 0.0, 0.2),
    "productivity": (0.2, 0.5, 0.2, 0.0, 0.4),
    "policy_implementation": (0.0, 0.9, 0.2, 0.2, 0.1),
    "service_management": (0.0, 1.0, 0.0, 0.0, 0.1),
    "basic_work": (0.0, 0.7, 0.2, 0.2, 0.1),
    "environment_management": (0.0, 0.1, 0.1, 1.0, 0.3),
    "land_management": (0.0, 0.1, 1.0, 0.0, 0.0),
    "plan_execution": (0.0, 0.3, 0.8, 0.1, 0.3),
    "plan_implementation": (0.3, 0.1, 0.5, 0.0, 0.7),
    "ecology": (0.0, 0.0, 0.1, 1.0, 0.3),
    "investment_environment": (0.1, 0.8, 0.0, 0.3, 0.6),
    "efficiency": (0.1, 1.0, 0.0, 0.0, 0.0),
    "safety": (0.0, 0.6, 0.0, 0.4, 0.2),
    "patents": (0.1, 0.7, 0.0, 0.0, 0.4),
    "brands": (0.4, 0.7, 0.0, 0.0, 0.1),
    "ip_protection": (0.0, 0.8, 0.0, 0.0, 0.0),
    "debt": (0.1, 0.1, 0.2, 0.0, 0.0),
}
BELIEFS: Floats = np.array([BELIEVED[name] for name in CRITERIA])
GROWTH, TAX, INVESTMENT = COLUMN["growth"], COLUMN["tax"], COLUMN["investment"]
