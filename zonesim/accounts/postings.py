"""The table of payments: who paid whom how much, when, what for, and by which clause or law."""

from __future__ import annotations

import numpy as np

from zonesim.columns import Array, Table, column


class Postings(Table):
    """Payments, in the order in which they were made; none is zero. What is not money stands in the rows of one matrix, ``facts``."""

    quarter: Array = column("i4", unit="quarters since year 0", doc="when")
    payer: Array = column("i4", unit="", doc="account")
    payee: Array = column("i4", unit="", doc="account")
    amount: Array = column("f8", unit="10k CNY", doc="paid")
    kind: Array = column("i4", unit="", doc="what for")
    cause: Array = column("i4", unit="", doc="clause or law")

    def __init__(self, n: int = 0, capacity: int | None = None) -> None:
        self.n = n
        self._hold(max(n, capacity or 0, 1))

    def _hold(self, rows: int) -> None:
        """Make new columns for so many rows; they are written before they are read."""
        self.facts = np.empty((len(FACTS), rows), dtype=np.int32)
        self.amount = np.empty(rows)
        self.__dict__.update(zip(FACTS, self.facts, strict=True))

    def reserve(self, rows: int) -> None:
        """Make room for ``rows`` more rows, twice as many as there are at least: some hundred come each quarter."""
        if self.n + rows > self.capacity:
            facts, amount = self.facts, self.amount
            self._hold(max(self.n + rows, 2 * self.capacity))
            self.facts[:, : self.n], self.amount[: self.n] = facts[:, : self.n], amount[: self.n]


FACTS = tuple(name for name in Postings.columns if name != "amount")
WHEN, PAYER, PAYEE, KIND, CAUSE = range(len(FACTS))
