"""The types with which kernels are called, as short text, so that a kernel can be compiled before there is anything to call it with.

``data/signatures.json`` holds them by kernel, the longest first; ``docs/derivations/write_signatures.py`` writes it from runs of the model.
A kernel that is missing there, or called with other types, is compiled when it is first called.

A number is its NumPy code (``f8``, ``i8``, ``u8``, ``b1``), an array its code, dimensions and layout (``f8[2C]``, ``!`` behind it when it cannot be
written to, ``?`` when it is not aligned), a tuple its items in round brackets, a named tuple the place of its class before them.
"""

from __future__ import annotations

import importlib
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numba
import numpy as np
from numba.core.dispatcher import Dispatcher
from numba.np import numpy_support

types: Any = numba.types
FILE = Path(__file__).parent / "data" / "signatures.json"
COMMAND = "python docs/derivations/write_signatures.py"

_PIECE = re.compile(r"\s*([\w.:]*\(|\)|[^\s()]+)")
_ARRAY = re.compile(r"(\w+)\[(\d+)([CFA])\](!?)(\??)")


def text(kind: Any) -> str:
    """Return a type of a compiled function as text.

    Raises:
        TypeError: the type is of a sort that has no text.

    >>> text(types.Array(types.float64, 2, "C")), text(types.UniTuple(types.int64, 2)), text(types.boolean)
    ('f8[2C]', '(i8 i8)', 'b1')
    """
    if isinstance(kind, types.Array):
        marks = ("" if kind.mutable else "!") + ("" if kind.aligned else "?")
        return f"{text(kind.dtype)}[{kind.ndim}{kind.layout}]{marks}"
    if isinstance(kind, types.BaseNamedTuple):
        cls = kind.instance_class
        return f"{cls.__module__}:{cls.__qualname__}({' '.join(map(text, kind))})"
    if isinstance(kind, types.BaseTuple):
        return f"({' '.join(map(text, kind))})"
    if isinstance(kind, types.Boolean | types.Integer | types.Float):
        return np.dtype(str(kind)).str[1:]
    raise TypeError(f"a kernel is called with {kind}; zonesim/signatures.py has no text for it")


def read(signature: str) -> tuple[Any, ...]:
    """Return the types that a text stands for, one for each argument.

    Raises:
        ValueError: the text stands for no types.

    >>> read("f8[1C]! (i8 f4) b1")
    (Array(float64, 1, 'C', True, aligned=True), Tuple((int64, float32)), bool)
    """
    pieces = _PIECE.findall(signature)[::-1]
    found = _several(pieces, closed=False)
    if pieces:
        raise ValueError(f"{signature!r}: a bracket is closed that was not opened")
    return tuple(found)


def _several(pieces: list[str], *, closed: bool) -> list[Any]:
    found = []
    while pieces and pieces[-1] != ")":
        piece = pieces.pop()
        if piece.endswith("("):
            inner = _several(pieces, closed=True)
            found.append(types.BaseTuple.from_types(inner, _class(piece[:-1]) if piece != "(" else None))
        else:
            found.append(_one(piece))
    if closed:
        if not pieces:
            raise ValueError("a bracket is not closed")
        pieces.pop()
    return found


def _one(piece: str) -> Any:
    if array := _ARRAY.fullmatch(piece):
        dtype, ndim, layout, fixed, odd = array.groups()
        return types.Array(_one(dtype), int(ndim), layout, readonly=bool(fixed), aligned=not odd)
    try:
        return numpy_support.from_dtype(np.dtype(piece))
    except (TypeError, NotImplementedError) as error:
        raise ValueError(f"{piece!r} is no type ({error})") from None


def _class(name: str) -> Any:
    module, _, cls = name.partition(":")
    return getattr(importlib.import_module(module), cls)


def kernel_at(name: str) -> Any:
    """Return the compiled function that ``module:name`` stands for."""
    module, _, function = name.partition(":")
    return getattr(importlib.import_module(module), function)


def known() -> list[tuple[str, str]]:
    """Return the kernels and signatures of the file, in its order."""
    held: dict[str, list[str]] = json.loads(FILE.read_text(encoding="utf-8"))
    return [(name, one) for name, several in held.items() for one in several]


@contextmanager
def recorded() -> Iterator[dict[str, list[str]]]:
    """Note with which types Python calls each compiled function of the package for the first time in this process.

    What kernels call themselves is compiled with them and is not noted.
    """
    found: dict[str, list[str]] = {}
    dispatcher: Any = Dispatcher
    usual = dispatcher._compile_for_args

    def noted(self: Any, *args: Any) -> Any:
        function = self.py_func
        if function.__module__.split(".")[0] == "zonesim":
            found.setdefault(f"{function.__module__}:{function.__name__}", []).append(" ".join(text(self.typeof_pyval(one)) for one in args))
        return usual(self, *args)

    dispatcher._compile_for_args = noted
    try:
        yield found
    finally:
        dispatcher._compile_for_args = usual
