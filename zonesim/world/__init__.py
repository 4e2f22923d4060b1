"""What exists: enterprises, places, governments, contracts, and the economy around them."""

from zonesim.world.world import World

__all__ = ["World"]
