"""Opening worlds that runs of a sweep share: founded once for each seed, as long as nothing that founding reads varies."""

from __future__ import annotations

import copy
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from zonesim.world import World

CACHED_BYTES = 256 << 20
KNOWN_OBJECTS = 16  #: regions and foundings of which it is known whether they equal another


class Openings:
    """Opening worlds by what they were founded from: a cache for one process, bounded in bytes, oldest out first."""

    def __init__(self, limit: int = CACHED_BYTES) -> None:
        self.limit = limit
        self._worlds: OrderedDict[Any, tuple[World, int]] = OrderedDict()
        self._reads: set[str] = set()
        self._same: OrderedDict[int, tuple[Any, Any]] = OrderedDict()

    def __reduce__(self) -> tuple[type[Openings], tuple[int]]:
        return Openings, (self.limit,)

    def found(self, region: Any, founding: Any, parameters: Mapping[str, Any], seed: int, start: int, enterprises_list: Path | None = None) -> World:
        """Return a fresh copy of the world that ``zonesim.founding.found`` makes of these.

        The parameters that founding reads are watched, so that the key holds exactly those.
        """
        from zonesim.founding import found

        key = self.key(region, founding, parameters, seed, start, enterprises_list)
        if key in self._worlds:
            self._worlds.move_to_end(key)
            return _copied(self._worlds[key][0])
        watched = _Watched(parameters)
        world = found(region, founding, watched, seed, start, enterprises_list)
        if not watched.read <= self._reads:  # another branch of founding read more: older keys say too little
            self._reads |= watched.read
            self._worlds.clear()
        key = self.key(region, founding, parameters, seed, start, enterprises_list)
        self._worlds[key] = (_copied(world), size_of(world))
        while len(self._worlds) > 1 and sum(size for _, size in self._worlds.values()) > self.limit:
            self._worlds.popitem(last=False)
        return world

    def key(self, region: Any, founding: Any, parameters: Mapping[str, Any], seed: int, start: int, listed: Path | None) -> Any:
        """Return what an opening world is founded from, so that equal keys have equal worlds (of all that founding is known to read)."""
        used = values_of(parameters, sorted(self._reads))
        # region and founding are shared by all runs that do not vary them; the key keeps them alive
        return _Same(self._first(region)), _Same(self._first(founding)), used, seed, start, listed

    def _first(self, value: Any) -> Any:
        """Return the first object that is equal to this one: a scenario and its baseline read their region from one file, each for itself."""
        known = self._same.get(id(value))
        if known is None:
            first = next((one for _, one in self._same.values() if one.model_dump() == value.model_dump()), value)
            known = self._same[id(value)] = (value, first)
            if len(self._same) > KNOWN_OBJECTS:
                self._same.popitem(last=False)
        return known[1]


class _Watched(Mapping[str, Any]):
    """A mapping that notes what is read of it."""

    def __init__(self, inner: Mapping[str, Any]) -> None:
        self.inner, self.read = inner, set[str]()

    def __getitem__(self, key: str) -> Any:
        self.read.add(key)
        return self.inner[key]

    def __iter__(self) -> Iterator[str]:
        self.read.update(self.inner)
        return iter(self.inner)

    def __len__(self) -> int:
        return len(self.inner)


class _Same:
    """A key that is equal only for the very same object, and keeps it."""

    def __init__(self, value: Any) -> None:
        self.value = value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.value is self.value

    def __hash__(self) -> int:
        return id(self.value)


def values_of(parameters: Mapping[str, Any], names: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Return the values of some parameters, as texts that are equal where all their fields are."""
    return tuple((name, repr(parameters[name])) for name in names)


def _copied(world: World) -> World:
    return copy.deepcopy(world, {id(world.industries): world.industries})


def size_of(world: World) -> int:
    """Return about how many bytes a world takes."""
    tables = (world.enterprises, world.places, world.zones, world.counties, world.contracts)
    return sum(int(values.nbytes) for table in tables for values in table.arrays().values()) + 100_000
