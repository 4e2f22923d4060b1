"""Families of committees: a committee and its sub-parks, which may operate as one."""

from __future__ import annotations

import numpy as np

from zonesim.columns import Array
from zonesim.terms import Terms
from zonesim.world import World


def families(world: World, terms: Terms) -> Array:
    """Return for each committee the one that heads its family where it operates as one, else itself."""
    return terms.once(_heads, world.zones.parent[: world.zones.n].tobytes())


def _heads(terms: Terms, parents: bytes) -> Array:
    parent = np.frombuffer(parents, dtype=np.int16)
    return np.where((terms["unified_operation"] > 0) & (parent >= 0), parent, np.arange(len(parent)))
