"""The last things that were made, kept."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

T = TypeVar("T")


class Kept(Generic[T]):
    """The last things that were made, by a key; two that want the same wait for one making.

    Args:
        most: how many are kept.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._made: OrderedDict[Hashable, T] = OrderedDict()
        self._locks: dict[Hashable, threading.Lock] = {}
        self._lock = threading.Lock()

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return what is kept under a key, or make it."""
        with self._lock:
            if key in self._made:
                self._made.move_to_end(key)
                return self._made[key]
            turn = self._locks.setdefault(key, threading.Lock())
        with turn:
            with self._lock:
                if key in self._made:
                    return self._made[key]
            made = make()
            with self._lock:
                self._made[key] = made
                self._locks.pop(key, None)
                while len(self._made) > self._most:
                    self._made.popitem(last=False)
            return made

    def has(self, key: Hashable) -> bool:
        """Tell whether something is kept under a key."""
        with self._lock:
            return key in self._made
