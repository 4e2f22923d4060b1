"""The table of terms of one quarter, and the verbs that may change it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from zonesim.errors import InputError, nearest
from zonesim.terms.register import TERMS

Mask = Any
Derived = TypeVar("Derived")
KEPT = 8  #: values that are kept of one thing derived from terms, by its arguments: runs of many parameters share their terms


class Terms(dict[str, NDArray[np.float64]]):
    """The terms of one quarter: ``terms["rent_relief"]`` is an array by site, place, committee, or a 0-d array.

    A dictionary, since decisions read some three hundred columns a quarter: a look-up by a method of its own would cost 50 nanoseconds more.

    Args:
        n_places: number of places.
        n_industries: number of industries.
        n_zones: number of committees.
    """

    def __init__(self, n_places: int, n_industries: int, n_zones: int) -> None:
        self.shapes = {"sites": (n_places, n_industries), "places": (n_places,), "zones": (n_zones,), "region": ()}
        super().__init__((name, np.full(self.shapes[term.where], term.neutral)) for name, term in TERMS.items())
        self._fixed: dict[str, NDArray[np.bool_]] = {}
        self._shared: set[str] = set()  # columns that belong to other terms too: copied before they are edited
        self._derived: dict[Any, dict[Any, tuple[Any, frozenset[str]]]] = {}  # by what made them and its arguments: values, each with the columns it read

    def once(self, make: Callable[..., Derived], *arguments: Any) -> Derived:
        """Return ``make(terms, *arguments)``, made once as long as the terms do not change (masks, products of columns)."""
        try:
            made: Derived = self._derived[make][arguments][0]
        except KeyError:
            reader = _Reader(self)
            made = make(reader, *arguments)
            known = self._derived.setdefault(make, {})
            if len(known) >= KEPT:
                del known[next(iter(known))]
            known[arguments] = made, frozenset(reader.used)
        return made

    def by_site(self, names: tuple[str, ...]) -> NDArray[np.float64]:
        """Return columns of one shape as one array, for a kernel that reads many of them: made once, and read only.

        The terms of a site lie side by side, ``[place, industry, name]``: a kernel that goes from site to site finds them in four pieces of memory
        and not in thirty.
        """
        return self.once(_side_by_side, names)

    def rows(self, names: tuple[str, ...]) -> NDArray[np.float64]:
        """Return columns of one shape as the rows of one array, for a kernel that reads many of them: made once, and read only."""
        return self.once(_one_above_another, names)

    def names(self) -> list[str]:
        """Return the names of all columns."""
        return list(self)

    def copy(self) -> Terms:
        """Return an independent copy, in which everything may be fixed once more (the law below, instruments above)."""
        other = Terms.__new__(Terms)
        other.shapes = self.shapes
        other.update((name, values.copy()) for name, values in self.items())
        other._fixed, other._shared, other._derived = {}, set(), {}
        return other

    def share(self) -> Terms:
        """Return terms that begin with these columns and copy one only when a verb edits it; columns are not to be written to in place."""
        other = Terms.__new__(Terms)
        other.shapes = self.shapes
        other.update(self)
        other._fixed, other._shared, other._derived = {}, set(other), {}
        return other

    def renew(self, law: Terms, names: set[str]) -> Terms:
        """Return terms that share all columns but some, which begin anew with those of the law.

        What was derived from other columns than these (``once``) stays.
        """
        other = self.share()
        for name in names:
            other[name] = law[name]
        for make, known in self._derived.items():
            if kept := {key: made for key, made in known.items() if made[1] and made[1].isdisjoint(names)}:
                other._derived[make] = kept
        return other

    def differing(self, other: Terms) -> set[str]:
        """Return the names of the columns that are not equal; those that both share are not looked at."""
        return {name for name, mine in self.items() if mine is not other[name] and not np.array_equal(mine, other[name])}

    def same_as(self, other: Terms) -> bool:
        """Tell whether every column is equal bit for bit."""
        return all(np.array_equal(values, other[name]) for name, values in self.items())

    def scale(self, name: str, where: Mask, factor: Any) -> None:
        """Multiply the cells of a price column."""
        values = self._column(name, "scale")
        np.multiply(values, factor, out=values, where=self._mask(name, where))

    def add(self, name: str, where: Mask, amount: Any) -> None:
        """Add to the cells of a transfer column."""
        values = self._column(name, "add")
        np.add(values, amount, out=values, where=self._mask(name, where))

    def raise_to(self, name: str, where: Mask, value: Any) -> None:
        """Raise the cells of a floor to at least ``value``."""
        values = self._column(name, "raise_to")
        np.maximum(values, value, out=values, where=self._mask(name, where))

    def lower_to(self, name: str, where: Mask, value: Any) -> None:
        """Lower the cells of a cap to at most ``value``."""
        values = self._column(name, "lower_to")
        np.minimum(values, value, out=values, where=self._mask(name, where))

    def turn_on(self, name: str, where: Mask) -> None:
        """Turn a switch on."""
        values = self._column(name, "turn_on")
        np.copyto(values, 1.0, where=self._mask(name, where))

    def fix(self, name: str, where: Mask, value: Any) -> None:
        """Set the cells of a choice; a second instrument that sets another value there is refused."""
        values = self._column(name, "fix")
        mask, new = np.asarray(self._mask(name, where)), np.asarray(value, dtype=float)
        taken = self._fixed.get(name)
        if taken is None:
            self._fixed[name] = (mask if mask.shape == values.shape else np.broadcast_to(mask, values.shape)).copy()
        elif np.any(mask & taken & (values != new)):
            raise InputError(f"two instruments fix {name!r} ({TERMS[name].doc}) to different values at the same site")
        else:
            taken |= mask
        np.copyto(values, new, where=mask)

    def _column(self, name: str, verb: str) -> NDArray[np.float64]:
        if name not in TERMS:
            raise InputError(f"there is no term {name!r}{nearest(name, TERMS)}")
        if TERMS[name].verb != verb:
            raise InputError(f"the term {name!r} is changed by {TERMS[name].verb!r}, not by {verb!r}")
        for known in self._derived.values():
            for key in [key for key, made in known.items() if name in made[1]]:
                del known[key]
        if name in self._shared:
            self[name] = self[name].copy()
            self._shared.discard(name)
        return self[name]

    def _mask(self, name: str, where: Mask) -> Any:
        if TERMS[name].where == "region":
            return bool(np.any(where))
        return where


def _side_by_side(terms: Terms, names: tuple[str, ...]) -> NDArray[np.float64]:
    out = np.empty((*terms[names[0]].shape, len(names)))  # written column by column: np.stack takes five times as long
    for k, name in enumerate(names):
        out[..., k] = terms[name]
    return out


def _one_above_another(terms: Terms, names: tuple[str, ...]) -> NDArray[np.float64]:
    return np.stack([terms[name] for name in names])


class _Reader(Terms):
    """Terms that remember which columns were read."""

    def __init__(self, terms: Terms) -> None:
        self.terms, self.shapes = terms, terms.shapes
        self.used: set[str] = set()

    def __getitem__(self, name: str) -> NDArray[np.float64]:
        self.used.add(name)
        return self.terms[name]

    def once(self, make: Callable[..., Derived], *arguments: Any) -> Derived:
        made = self.terms.once(make, *arguments)
        self.used |= self.terms._derived[make][arguments][1]
        return made
