"""Modules that are read when somebody asks for something of them, and not when they are imported.

Packages that read all of themselves cost a command tenths of a second for what no run uses. A postponed package stands in ``sys.modules`` as always; its
own modules can be imported one by one without it, and the first look at anything else of it reads it. :class:`importlib.util.LazyLoader` does not serve:
it reads a module when anybody asks for its file, which ``inspect`` does of all modules, and Mesa's own logging calls ``inspect``.
"""

from __future__ import annotations

import importlib.util
import sys
from types import ModuleType
from typing import Any


class Postponed(ModuleType):
    """A module that is read when something of it is asked for that it does not have yet."""

    def __getattr__(self, name: str) -> Any:
        """Read the module, for anything but what every module has."""
        if name.startswith("__") and name != "__all__":
            raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}")
        self._read()
        return getattr(self, name)

    def __dir__(self) -> list[str]:
        """Read the module: who lists it wants to see what it has."""
        self._read()
        return dir(self)

    def _read(self) -> None:
        object.__setattr__(self, "__class__", ModuleType)
        if self.__spec__ is not None and self.__spec__.loader is not None:
            self.__spec__.loader.exec_module(self)


def postpone(name: str) -> None:
    """Enter a module that is not read yet, unless it was read or there is none of that name."""
    if name in sys.modules or (spec := importlib.util.find_spec(name)) is None:
        return
    module = importlib.util.module_from_spec(spec)
    module.__class__ = Postponed
    sys.modules[name] = module
    package, _, own = name.rpartition(".")
    if package:
        setattr(sys.modules[package], own, module)
