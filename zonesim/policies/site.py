"""Where a policy can act: the places and industries of a region."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from zonesim.errors import InputError, nearest
from zonesim.world.industries import Industries

Mask = NDArray[np.bool_]
GROUPS = ("all", "parks", "provincial", "outside", "urban", "rural")


@dataclass(frozen=True)
class SiteInfo:
    """Places (in the order of the world's table) and industries; what an instrument may select by name."""

    place_ids: tuple[str, ...]
    kinds: tuple[str, ...]  #: park, urban, rural
    counties: tuple[str, ...]
    zones: tuple[str, ...]  #: committee of each place; "" outside zones
    zone_ids: tuple[str, ...]
    industries: Industries
    city_districts: tuple[str, ...] = ()
    parents: tuple[str, ...] = field(default=())  #: parent committee of each committee; "" none
    levels: tuple[str, ...] = field(default=())  #: level of each committee: county, provincial, national

    @cached_property
    def names(self) -> list[str]:
        """Every name that selects places."""
        return [*GROUPS, *self.place_ids, *self.zone_ids, *sorted(set(self.counties))]

    def select(self, names: Iterable[str]) -> Mask:
        """Return the mask of places that some names select: places, zones, counties, or all, parks, outside, urban, rural;
        "provincial" are parks of committees of provincial level or above (省级以上开发区).

        Raises:
            InputError: for an unknown name, with the nearest.
        """
        mask = np.zeros(len(self.place_ids), dtype=bool)
        kinds = np.array(self.kinds)
        for name in names:
            if name == "all":
                mask[:] = True
            elif name == "parks":
                mask |= kinds == "park"
            elif name == "provincial":
                above = {zone for zone, level in zip(self.zone_ids, self.levels, strict=False) if level != "county"}
                mask |= np.array([zone in above for zone in self.zones])
            elif name == "outside":
                mask |= kinds != "park"
            elif name in ("urban", "rural"):
                mask |= kinds == name
            elif name in self.place_ids:
                mask[self.place_ids.index(name)] = True
            elif name in self.zone_ids:
                below = {name, *(z for z, p in zip(self.zone_ids, self.parents, strict=False) if p == name)}
                mask |= np.array([zone in below for zone in self.zones])
            elif name in self.counties:
                mask |= np.array(self.counties) == name
            else:
                raise InputError(f"unknown place {name!r}{nearest(name, self.names)}")
        return mask

    def zone_mask(self, places: Mask) -> Mask:
        """Return the committees that run at least one of some places."""
        chosen = {self.zones[i] for i in np.flatnonzero(places)}
        return np.array([zone in chosen for zone in self.zone_ids])

    def industry_mask(self, names: Iterable[str]) -> Mask:
        """Return the mask of industries selected by id, or "all", "industrial"."""
        mask = np.zeros(len(self.industries.ids), dtype=bool)
        for name in names:
            if name == "all":
                mask[:] = True
            elif name == "industrial":
                mask |= self.industries.is_industrial.astype(bool)
            elif name in self.industries.ids:
                mask[self.industries.ids.index(name)] = True
            else:
                raise InputError(f"unknown industry {name!r}{nearest(name, ['all', 'industrial', *self.industries.ids])}")
        return mask
