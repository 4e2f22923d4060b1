"""Mesa as the model uses it: agents, model, collection of data; its spaces and experiments are read when somebody asks for them.

Mesa's package reads all of itself when it is imported, and with it SciPy's geometry and NetworkX: several tenths of a second of every command. The
parts below stand in ``mesa`` as always, and the first look at one of them reads it. :class:`importlib.util.LazyLoader` does not serve: it reads a
module when anybody asks for its file, which ``inspect`` does of all modules, and Mesa's own logging calls ``inspect``.
"""

from __future__ import annotations

import importlib.util
import sys
from importlib.machinery import PathFinder
from types import ModuleType
from typing import Any

UNUSED = ("mesa.space", "mesa.discrete_space", "mesa.experimental")


class Postponed(ModuleType):
    """A module that is read when something of it is asked for that it does not have yet."""

    def __getattr__(self, name: str) -> Any:
        """Read the module, for anything but what every module has."""
        if name.startswith("__") or self.__spec__ is None or self.__spec__.loader is None:
            raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}")
        self.__class__ = ModuleType  # type: ignore[assignment]
        self.__spec__.loader.exec_module(self)
        return getattr(self, name)


def _postpone(name: str, folders: list[str]) -> None:
    """Enter a module that is not read yet, unless it was read."""
    spec = PathFinder.find_spec(name, folders)
    if name not in sys.modules and spec is not None:
        module = importlib.util.module_from_spec(spec)
        module.__class__ = Postponed
        sys.modules[name] = module


if "mesa" not in sys.modules and (_found := importlib.util.find_spec("mesa")) is not None:
    for _name in UNUSED:
        _postpone(_name, list(_found.submodule_search_locations or ()))

import mesa  # noqa: E402  (after its parts)

__all__ = ["mesa"]
