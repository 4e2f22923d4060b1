"""What exists: enterprises, places, governments, contracts, and the economy around them."""

from zonesim.world.store import load_world, save_world
from zonesim.world.world import World

__all__ = ["World", "load_world", "save_world"]
