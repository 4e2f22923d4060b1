"""Tables of columns: each column is declared once, where it reads as a sentence.

A table is a structure of arrays. Its first ``n`` rows are in use, those behind are fresh (filling fifty columns each quarter would cost
30 microseconds). Rows are added at the end and removed by a stable compaction, so the order of rows is the order of identity whatever
else happens, and sums by place do not depend on what happened in other places.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Array = NDArray[Any]


@dataclass(frozen=True)
class Column:
    """Meaning of one column: its type, unit, name and meaning in both languages, value of a fresh row, and inner shape."""

    dtype: str
    unit: str
    doc: str
    zh: str
    doc_zh: str
    fill: float
    shape: tuple[int, ...]
    name: str = ""

    def fresh(self, rows: int) -> Array:
        """Return fresh rows. Memory for zeros is not touched before it is used: touching a page costs as much as a small kernel."""
        shape = (rows, *self.shape)
        return np.full(shape, self.fill, dtype=self.dtype) if self.fill else np.zeros(shape, dtype=self.dtype)


def column(dtype: str, *, unit: str, doc: str, zh: str = "", doc_zh: str = "", fill: float = 0, shape: tuple[int, ...] = ()) -> Any:
    """Declare a column of a :class:`Table`."""
    return Column(dtype, unit, doc, zh, doc_zh, fill, shape)


class Table:
    """A structure of arrays with declared columns.

    Args:
        n: number of rows in use.
        capacity: rows allocated (at least ``n``).
    """

    columns: ClassVar[dict[str, Column]] = {}
    grows_by: ClassVar[float] = 0.25  #: part of its capacity by which a table grows at least
    n: int

    def __init_subclass__(cls) -> None:
        """Collect the columns that the class body declares."""
        declared = dict(cls.columns)
        for name, value in list(vars(cls).items()):
            if isinstance(value, Column):
                declared[name] = Column(value.dtype, value.unit, value.doc, value.zh, value.doc_zh, value.fill, value.shape, name)
                delattr(cls, name)
        cls.columns = declared

    def __init__(self, n: int = 0, capacity: int | None = None) -> None:
        size = max(n, capacity or 0, 1)
        self.n = n
        for name, meaning in self.columns.items():
            setattr(self, name, meaning.fresh(size))

    @property
    def capacity(self) -> int:
        """Rows allocated."""
        return len(getattr(self, next(iter(self.columns))))

    def live(self, name: str) -> Array:
        """Return a view of the rows in use of one column."""
        view: Array = getattr(self, name)[: self.n]
        return view

    def reserve(self, rows: int) -> None:
        """Make room for ``rows`` more rows; growth is by a part of the capacity and 256 rows at least, so that it is rare."""
        needed = self.n + rows
        if needed <= self.capacity:
            return
        size = max(needed, int((1 + self.grows_by) * self.capacity) + 256)
        for name, meaning in self.columns.items():
            old = getattr(self, name)
            new = meaning.fresh(size)
            new[: self.n] = old[: self.n]
            setattr(self, name, new)

    def append(self, rows: int) -> slice:
        """Add ``rows`` fresh rows at the end and return their place in the table."""
        self.reserve(rows)
        added = slice(self.n, self.n + rows)
        self.n += rows
        return added

    def compact(self, keep: NDArray[np.bool_]) -> None:
        """Drop the rows where ``keep`` is false; the order of the others stays."""
        kept = np.flatnonzero(keep[: self.n])
        for name, meaning in self.columns.items():
            values = getattr(self, name)
            values[: len(kept)] = values[kept]
            values[len(kept) : self.n] = meaning.fill
        self.n = len(kept)

    def row(self, i: int) -> dict[str, Any]:
        """Return one row as plain values, to look at."""
        if not 0 <= i < self.n:
            raise IndexError(f"row {i} of a table with {self.n} rows")
        return {name: getattr(self, name)[i].tolist() for name in self.columns}

    def bytes_per_row(self) -> int:
        """Return the memory that one row takes."""
        return sum(np.dtype(c.dtype).itemsize * int(np.prod(c.shape)) for c in self.columns.values())

    def arrays(self) -> dict[str, Array]:
        """Return the rows in use of every column, by name."""
        return {name: self.live(name) for name in self.columns}

    @classmethod
    def from_arrays(cls, arrays: dict[str, Array]) -> Table:
        """Build a table from what :meth:`arrays` gave."""
        n = len(next(iter(arrays.values())))
        table = cls(n)
        for name in cls.columns:
            getattr(table, name)[:n] = arrays[name]
        return table

    def copy(self) -> Any:
        """Return an independent copy of the rows in use."""
        return type(self).from_arrays(self.arrays())
