"""Mesa as the model uses it: agents, model, collection of data; its spaces and experiments are read when somebody asks for them.

Mesa's package reads all of itself when it is imported, and with it SciPy's geometry and NetworkX: a fifth of a warm run of a scenario. The parts
below stand in ``mesa`` as always, and the first look at one of them reads it.
"""

from __future__ import annotations

import importlib.util
import sys
from importlib.machinery import PathFinder

UNUSED = ("mesa.space", "mesa.discrete_space", "mesa.experimental")


def _postpone(name: str, folders: list[str]) -> None:
    """Enter a module that reads itself at the first look (:class:`importlib.util.LazyLoader`), unless it was read."""
    spec = PathFinder.find_spec(name, folders)
    if name in sys.modules or spec is None or spec.loader is None:
        return
    spec.loader = importlib.util.LazyLoader(spec.loader)
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)


if "mesa" not in sys.modules and (_found := importlib.util.find_spec("mesa")) is not None:
    for _name in UNUSED:
        _postpone(_name, list(_found.submodule_search_locations or ()))

import mesa  # noqa: E402  (after its parts)

__all__ = ["mesa"]
