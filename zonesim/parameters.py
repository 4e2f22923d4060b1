"""Parameters of the agents' behaviour: each number lives once, with unit, bounds, meaning and source."""

from __future__ import annotations

import functools
import importlib
import pkgutil
from functools import cached_property
from typing import Any, ClassVar, Self

import numpy as np
import pydantic
from numpy.typing import NDArray


def parameter(default: float, *, low: float, high: float, unit: str, doc: str, source: str, zh: str = "") -> Any:
    """Declare a parameter with its range (which sensitivity analyses sweep) and its source.

    ``source`` names a paper, a table, or begins with ``assumption``.
    """
    return pydantic.Field(default, ge=low, le=high, description=doc, json_schema_extra={"unit": unit, "source": source, "zh": zh})


class Parameters(pydantic.BaseModel):
    """The parameters of one decision; a subclass names itself and is found in :attr:`register`."""

    model_config = pydantic.ConfigDict(frozen=True, extra="forbid", strict=False, allow_inf_nan=False)
    register: ClassVar[dict[str, type[Parameters]]] = {}

    @cached_property
    def vector(self) -> NDArray[np.float64]:
        """The values in the order of declaration, as kernels take them (made once: it costs as much as a small kernel)."""
        return np.array(list(self.model_dump().values()), dtype=float)

    @cached_property
    def _hash(self) -> int:
        return hash((type(self), *(getattr(self, name) for name in type(self).model_fields)))

    def __hash__(self) -> int:
        """Return the hash of the values (made once: parameters are keys of what is derived from terms)."""
        return self._hash

    def __eq__(self, other: object) -> bool:
        """Tell whether the values are equal: what was computed from them is not compared."""
        return self is other or (type(self) is type(other) and all(getattr(self, name) == getattr(other, name) for name in type(self).model_fields))

    def model_copy(self, *, update: Any = None, deep: bool = False) -> Self:
        """Return a copy with some values changed."""
        copied = super().model_copy(update=update, deep=deep)
        for name in [name for name in copied.__dict__ if name not in type(self).model_fields]:
            del copied.__dict__[name]  # what was computed from the old values
        return copied

    @classmethod
    def __pydantic_init_subclass__(cls, name: str = "", **kwargs: Any) -> None:
        """Enter the subclass in the register under its name."""
        if name:
            known = Parameters.register.setdefault(name, cls)
            if (known.__module__, known.__qualname__) != (cls.__module__, cls.__qualname__):
                raise TypeError(f"{cls.__module__}: parameters named {name!r} stand in {known.__module__} already")
            Parameters.register[name] = cls

    def __init_subclass__(cls, name: str = "", **kwargs: Any) -> None:
        """Take the name keyword that pydantic passes on."""
        super().__init_subclass__(**kwargs)


@functools.cache
def _find_all() -> None:
    """Import every decision of the package, once."""
    for package in ("zonesim.behaviour", "zonesim.accounts"):
        folder = importlib.import_module(package)
        for module in pkgutil.iter_modules(folder.__path__, package + "."):
            importlib.import_module(module.name)
    importlib.import_module("zonesim.founding.parameters")


def load_all() -> dict[str, type[Parameters]]:
    """Return the parameters of every decision by its name."""
    _find_all()
    return dict(sorted(Parameters.register.items()))
