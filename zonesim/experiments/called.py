"""What a function of the user's own is called: the same in every process, and another one when the data that it carries are others."""

from __future__ import annotations

import functools
import hashlib
import inspect
import pickle
from collections.abc import Callable
from typing import Any

from zonesim.errors import InputError


def without_arguments(function: Callable[..., Any]) -> Callable[..., Any]:
    """Return the function to which a ``functools.partial`` gives arguments.

    >>> without_arguments(functools.partial(round, ndigits=2)).__name__
    'round'
    """
    while isinstance(function, functools.partial):
        function = function.func
    return function


def name_of(function: Callable[..., Any]) -> str:
    """Return ``module:function``; with a hash in angle brackets of what it carries: arguments of a ``partial``, the object of a method, the object itself that is called.

    Raises:
        InputError: it cannot be called, or what it carries cannot be pickled, so that a change could not be noticed.

    >>> name_of(round), name_of(functools.partial(round, ndigits=2)) == name_of(functools.partial(round, ndigits=3))
    ('builtins:round', False)
    """
    if not callable(function):
        raise InputError(f"model: is a {type(function).__name__}, not a function")
    if isinstance(function, functools.partial):
        return name_of(function.func) + _mark((function.args, function.keywords))
    if inspect.ismethod(function) and not isinstance(function.__self__, type):
        return name_of(function.__func__) + _mark(function.__self__)
    if not hasattr(function, "__qualname__"):
        return name_of(type(function)) + _mark(function)
    return f"{getattr(function, '__module__', None) or '?'}:{function.__qualname__}"


def _mark(carried: Any) -> str:
    try:
        raw = pickle.dumps(carried, protocol=5)
    except Exception as error:
        raise InputError(f"model: carries what cannot be pickled ({error}), so that a change of it would not be noticed; write a function without it") from None
    return f"<{hashlib.sha256(raw).hexdigest()[:16]}>"
