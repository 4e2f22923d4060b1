"""Priority for land: in which order applicants are served where policy weighs them (用地优先次序)."""

from __future__ import annotations

from typing import Any

import numpy as np

from zonesim.behaviour.applicants import AHEAD, CAPITAL, CHANNEL, EMISSION, FOREIGN, INDUSTRY, WEIGHT, Applicants, Channel
from zonesim.behaviour.location import Preferences
from zonesim.behaviour.parcel import RENTS
from zonesim.columns import Array, Floats
from zonesim.compiled import kernel, rule
from zonesim.terms import Terms
from zonesim.world.industries import Industries

CRITERIA = ("technology", "scale", "benefit", "low_pollution", "sector", "foreign", "key_project")
MAJOR = int(Channel.MAJOR)


@rule
def priority(
    technology: Any, capital: Any, tax_per_mu: Any, discharge: Any, tier: Any, foreign: Any, major: Any, w: Any, large: Any, rich: Any,
) -> Any:  # fmt: skip
    """Return the priority of an applicant, 0 to 100 for weights that add up to 1.

    100 [w1 min(1, technology / 2) + w2 min(1, K / large) + w3 min(1, tax per mu / rich) + w4 / (1 + discharge) + w5 (tier - 1) / 2 + w6 foreign
    + w7 major], technology the odds of high-tech status of the industry, discharge its emissions per value added.

    Source: the four criteria of 004§3.15.1, the classes of 000§9e, 001§6b and 001§6c; how each is measured is an assumption.

    >>> priority(2.0, 5000.0, 15.0, 0.0, 1.0, 0.0, 0.0, (0.25, 0.25, 0.25, 0.25, 0.0, 0.0, 0.0), 10_000.0, 15.0)
    87.5
    >>> priority(2.0, 5000.0, 15.0, 0.0, 1.0, 0.0, 0.0, (0.25, 0.25, 0.25, 0.25, 0.0, 0.0, 0.0), 5000.0, 60.0)
    81.25
    """
    return 100.0 * (
        w[0] * min(1.0, technology / 2.0)
        + w[1] * min(1.0, capital / large)
        + w[2] * min(1.0, tax_per_mu / rich)
        + w[3] / (1.0 + discharge)
        + w[4] * (tier - 1.0) / 2.0
        + w[5] * foreign
        + w[6] * major
    )


@kernel
def _rank(
    n: int, whole: Array, real: Floats, flags: Array, area: Floats, tenure: Array, tax_per_mu: Floats, technology: Floats,
    discharge: Floats, tier: Floats, weights: Floats, large: float, rich: float, key: Floats,
) -> None:  # fmt: skip
    industry, channel, weight, capital, emission = whole[INDUSTRY], whole[CHANNEL], whole[WEIGHT], real[CAPITAL], real[EMISSION]
    foreign = flags[FOREIGN]
    for a in range(n):
        j = industry[a]
        per_mu = tax_per_mu[a, 0] if area[a, 0] > 0.0 and tenure[a, 0] != RENTS else rich
        major = 1.0 if channel[a] == MAJOR else 0.0
        points = priority(technology[j], capital[a] / weight[a], per_mu, discharge[j] * emission[a], tier[j], 1.0 * foreign[a], major, weights, large, rich)
        key[a] = -(points + AHEAD * major)


def weights_of(terms: Terms) -> Floats:
    """Return the weights of the criteria; all zero where nothing is ordered."""
    return np.array([float(terms[f"land_weight_{name}"]) for name in CRITERIA])


def prioritise(
    terms: Terms, applicants: Applicants, preferences: Preferences, industries: Industries, large: float, rich: float, key: Floats
) -> None:  # fmt: skip
    """Replace the order of the entry score by that of the weighed criteria, when policy gives weights; major projects stay first.

    Places go on sharing one ranking, so serving in its order is what deferred acceptance gives (see ``admit``). ``large`` and ``rich`` are investment
    and tax per mu at which their criteria are met in full.
    """
    weights = terms.once(weights_of)
    if not np.count_nonzero(weights):
        return
    a, p = applicants, preferences
    _rank(
        a.n, a.whole, a.real, a.flags, p.area, p.tenure, p.tax_per_mu, industries.hightech_prior,
        industries.emission_intensity, industries.tier, weights, large, rich, key,
    )  # fmt: skip
