"""Figures of an opening world that do not fit together, said where a scenario is checked and where it is run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from zonesim.founding.opening import settled
from zonesim.scenario.schema import Scenario, site_info

SCALED = "land_scaled_"  #: what residuals of land are called, before the number of the place
MOST_SCALED = (
    0.5  #: part of the land that capital calls for which a park may lack without a warning. Assumption: what spread of sizes and of industries explains
)


def misfits(scenario: Scenario, residuals: Mapping[str, Any]) -> Iterator[str]:
    """Say in which parks enterprises have less than half of the land that their capital calls for, since the planned area holds no more.

    Args:
        scenario: whose figures they are.
        residuals: of its opening world (``World.founding``).
    """
    ids = site_info(scenario.region).place_ids
    for key, value in residuals.items():
        if key.startswith(SCALED) and value < -MOST_SCALED:
            place = ids[int(key.removeprefix(SCALED))]
            planned = scenario.region.parks[place].planned_km2.value
            yield (
                f"region.parks.{place}.planned_km2: {planned:g} km2 are too small for the enterprises that the opening puts there: "
                f"they get {100 * (1 + value):.2g} % of the land that their capital calls for"
            )


def opening_misfits(scenario: Scenario, seed: int = 1) -> list[str]:
    """Say the same of a scenario that is not run, of the opening world of one seed.

    Raises:
        InputError: the opening world cannot be made of its figures.
    """
    made = settled(scenario.region, scenario.founding, scenario.parameters, seed, scenario.start, scenario.enterprises_list)
    return list(misfits(scenario, made.residuals))
