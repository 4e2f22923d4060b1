"""What surrounds enterprises in a quarter: demand, labour markets and the effects of places, which follow the quarter before."""

from __future__ import annotations

from typing import Any

from zonesim.behaviour.demand import DemandParameters, demand_of, set_demand
from zonesim.behaviour.labour import LabourParameters, labour_of, move_labour
from zonesim.behaviour.place_effects import PlaceEffectParameters, effects_of, set_effects
from zonesim.compiled import kernel
from zonesim.world import World


@kernel
def _surround(demand: Any, later: bool, labour: Any, effects: Any) -> float:
    national = set_demand(*demand)
    if later:
        move_labour(*labour)
    set_effects(*effects)
    return float(national)


def update_surroundings(world: World, demand: DemandParameters, labour: LabourParameters, effects: PlaceEffectParameters) -> None:
    """Move demand, labour markets and place effects on by one quarter; labour markets stay as founded in the first."""
    world.economy.national_shock = _surround(demand_of(world, demand), world.quarter > world.start, labour_of(world, labour), effects_of(world, effects))
