"""High-skill workers: where they go, and what attracting them costs."""

from __future__ import annotations

from typing import Any

import numpy as np

from zonesim.columns import Floats
from zonesim.compiled import rule
from zonesim.parameters import Parameters, parameter
from zonesim.terms import Terms
from zonesim.world import World


class TalentParameters(Parameters, name="talent"):
    """High-skill workers of a place."""

    share: float = parameter(0.10, low=0.02, high=0.3, unit="of persons employed", doc="high-skill workers at the opening", source="assumption", zh="人才占比")
    adjustment: float = parameter(
        0.15, low=0.02, high=0.5, unit="1/yr", doc="how fast the stock goes back to what place and pay can hold", source="assumption", zh="人才流动速度"
    )
    pull: float = parameter(
        0.3,
        low=0.0,
        high=1.0,
        unit="elasticity",
        doc="high-skill workers to amenities, wages and ambient quality relative to the region",
        source="assumption",
        zh="吸引力弹性",
    )
    subsidy: float = parameter(8.0, low=1.0, high=50.0, unit="10k CNY per head", doc="paid to one who comes", source="assumption", zh="人才补贴")


@rule
def pull_of(amenity: Any, wage: Any, quality: Any, elasticity: Any) -> Any:
    """Return the pull of a place: (amenity x wage x quality)^e, each relative to the region's usual.

    >>> pull_of(2.0, 2.0, 1.0, 0.5)
    2.0
    """
    return (amenity * wage * quality) ** elasticity


def pulls(world: World, parameters: TalentParameters) -> Floats:
    """Return the pull of every place."""
    places, counties, n = world.places, world.counties, world.n_places
    county = places.county[:n].astype(np.int64)
    jobs = places.employment[:n] + 1.0
    amenity = places.amenity[:n] / ((places.amenity[:n] * jobs).sum() / jobs.sum())
    wage = counties.wage[county] / counties.wage[: counties.n].mean()
    return np.array([pull_of(a, w, q, parameters.pull) for a, w, q in zip(amenity, wage, counties.environment[county], strict=True)])


def claim_subsidies(world: World, terms: Terms, parameters: TalentParameters) -> None:
    """Claim the subsidies of the high-skill workers who would come in a year, in ``flows.talent_subsidies``."""
    attraction = terms["talent_attraction"]
    if attraction.any():
        jobs = world.places.employment[: world.n_places].astype(float)
        world.flows.talent_subsidies[:] = parameters.subsidy * (attraction / 1000 * jobs * pulls(world, parameters))


def attract(world: World, terms: Terms, parameters: TalentParameters, paid: Floats) -> None:
    """Move high-skill workers for a year; of those who would come for the subsidy, the part comes that is paid for.

    T <- T + a (share x jobs x pull - T) + attraction / 1000 x jobs x pull x paid part
    """
    places, n, p = world.places, world.n_places, parameters
    jobs = places.employment[:n].astype(float)
    pull = pulls(world, p)
    come = terms["talent_attraction"] / 1000 * jobs * pull * paid
    places.talent[:n] += p.adjustment * (p.share * jobs * pull - places.talent[:n]) + come
