"""The opening world: synthetic from published totals, or from the user's own lists."""

from zonesim.founding.opening import found

__all__ = ["found"]
