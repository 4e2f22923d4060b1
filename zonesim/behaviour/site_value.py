"""What the sites of a place are worth to reference projects: one of usual size for each industry, from outside, without ties or luck."""

from __future__ import annotations

import numpy as np

from zonesim.behaviour.applicants import Applicants, Channel
from zonesim.columns import Floats
from zonesim.world import World

POINTS, SPAN = 10.0, 5.0
"""Points of the index per unit of utility, and the units from the usual within which it is counted. Definition."""


def reference_projects(world: World) -> Applicants:
    """Return a project of each industry as applicants: usual size and inputs of the opening, honest, clean, safe, found by nobody."""
    industries, economy = world.industries, world.economy
    n = world.n_industries
    a = Applicants(n)
    usual = {"id": np.arange(n), "channel": int(Channel.TRANSFERRED), "enterprise": -1, "weight": 1, "finder": -1, "partner": -1, "county": -1, "place": -1}
    usual |= {"sincerity": 1.0, "emission": 1.0, "safe": True, "bound": 1.0, "passed_on": 0.0, "screen": 0.5, "directed": 1.0}
    usual |= {"ordered": False, "high_tech": False, "foreign": False, "industry": np.arange(n)}
    for name, value in usual.items():
        getattr(a, name)[:] = value
    a.value_added[:] = np.maximum(economy.typical_size, 1.0)
    a.capital[:] = industries.capital_per_value_added * 4.0 * a.value_added
    a.employment[:] = np.maximum(1.0, industries.labour_share * (1 - industries.production_tax_share) * 4.0 * a.value_added / economy.wage_level)
    a.land[:] = industries.land_m2_per_capital * a.capital
    return a


def site_index(world: World, values: Floats, usual: Floats) -> Floats:
    """Return the index of each place: 100 + 10 times the mean of (utility - usual utility), within 5 units, over industries by arrivals.

    A place that is closed to an industry counts 5 units below.

    Args:
        world: read only.
        values: utility ``[n_industries, n_places]``; -inf where closed.
        usual: mean utility of the open places at the opening, by industry.
    """
    return np.asarray(100.0 + POINTS * (world.industries.arrival_share[:, None] * np.clip(values - usual[:, None], -SPAN, SPAN)).sum(axis=0))


def inclusive_value(values: Floats) -> Floats:
    """Return ln sum_p exp(V_jp) by industry: what the best of the open places is worth on average, before luck (McFadden 1978).

    Args:
        values: utility ``[..., n_industries, n_places]``; -inf where closed.

    >>> inclusive_value(np.array([[1.0, 1.0, -np.inf]])).round(4).tolist()
    [1.6931]
    """
    most = values.max(axis=-1)
    known = np.where(np.isfinite(most), most, 0.0)
    return np.asarray(known + np.log(np.exp(values - known[..., None]).sum(axis=-1)))
