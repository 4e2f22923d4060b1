"""The ledger: every payment is a posting with payer, payee, amount, quarter, kind, and the clause or law that caused it."""

from __future__ import annotations

from typing import Any

import numpy as np

from zonesim import quarters
from zonesim.columns import Array, Floats, Table, column
from zonesim.compiled import kernel
from zonesim.errors import AccountsError
from zonesim.world.world import AccountIndex

OUTSIDE = (AccountIndex.MARKET, AccountIndex.HOUSEHOLDS, AccountIndex.OWNERS, AccountIndex.BANKS, AccountIndex.CENTRE, AccountIndex.PROVINCE)


class Postings(Table):
    """Payments, in the order in which they were made; none is zero."""

    quarter: Array = column("i4", unit="quarters since year 0", doc="when")
    payer: Array = column("i4", unit="", doc="account")
    payee: Array = column("i4", unit="", doc="account")
    amount: Array = column("f8", unit="10k CNY", doc="paid")
    kind: Array = column("i2", unit="", doc="what for")
    cause: Array = column("i2", unit="", doc="clause or law")


@kernel
def _post(
    balances: Floats, payer: Array, payee: Array, amount: Floats, kind: Array, quarter: int, cause: int, n: int, when: Array, who: Array,
    whom: Array, paid: Floats, what: Array, why: Array,
) -> int:  # fmt: skip
    """Enter payments from row n on and move the balances; return the rows now in use, or -1 - i when amount i cannot be paid."""
    for i in range(len(amount)):
        if not (0.0 <= amount[i] < np.inf):
            return -1 - i
    for i in range(len(amount)):
        if amount[i] == 0.0:
            continue
        a = payer[i] if len(payer) > 1 else payer[0]
        b = payee[i] if len(payee) > 1 else payee[0]
        balances[a] -= amount[i]
        balances[b] += amount[i]
        when[n], who[n], whom[n], paid[n], why[n] = quarter, a, b, amount[i], cause
        what[n] = kind[i] if len(kind) > 1 else kind[0]
        n += 1
    return n


@kernel
def _within_means(balances: Floats, payer: Array, claims: Floats, owed: Floats, paid: Floats) -> bool:
    """Cut claims down to the same part for all claims on one payer, so that no balance falls below zero; tell whether there is any."""
    some = False
    for i in range(len(claims)):
        owed[payer[i]] = 0.0
    for i in range(len(claims)):
        owed[payer[i]] += claims[i]
        some = some or claims[i] != 0.0
    for i in range(len(claims)):
        there = max(0.0, balances[payer[i]])
        paid[i] = claims[i] * (there / owed[payer[i]]) if owed[payer[i]] > there else claims[i]
    return some


class Ledger:
    """Postings of one run, and the balances that they change.

    Args:
        accounts: where each holder stands.
        balances: the world's balances; changed by every posting.
    """

    def __init__(self, accounts: AccountIndex, balances: Floats) -> None:
        self.accounts, self.balances = accounts, balances
        self.quarter = 0
        self.kinds: list[str] = []
        self.causes: list[str] = []
        self.postings = Postings(0, 4096)
        self.quarter_start = 0  #: number of postings before this quarter
        self._kind_index: dict[str, int] = {}
        self._cause_index: dict[str, int] = {}
        self._one = np.arange(max(len(balances), 256), dtype=np.int64).reshape(-1, 1)  # row k is an array that holds k alone
        self._owed = np.zeros(len(balances))

    def begin(self, quarter: int) -> None:
        """Begin a quarter."""
        self.quarter, self.quarter_start = quarter, self.postings.n

    def kind(self, name: str) -> int:
        """Return the number of a kind of payment."""
        if name not in self._kind_index:
            self._kind_index[name] = len(self.kinds)
            self.kinds.append(name)
        return self._kind_index[name]

    def post(self, payer: Any, payee: Any, amount: Any, kind: str | Array, cause: str) -> None:
        """Post payments; arguments broadcast, zero amounts are dropped.

        Args:
            payer: account, or array of accounts.
            payee: account, or array of accounts.
            amount: 10k CNY, not negative and finite.
            kind: name of the kind, or array of numbers from :meth:`kind`.
            cause: clause or law.

        Raises:
            AccountsError: for a negative or infinite amount; nothing is posted then.
        """
        paid = np.asarray(amount, dtype=np.float64)
        shape = paid.shape
        flat = paid if paid.ndim == 1 else paid.ravel()
        if cause not in self._cause_index:
            self._cause_index[cause] = len(self.causes)
            self.causes.append(cause)
        number = self._one[self.kind(kind)] if isinstance(kind, str) else self._spread(kind, shape)
        book = self.postings
        book.reserve(len(flat))
        n = _post(
            self.balances, self._spread(payer, shape), self._spread(payee, shape), flat, number, self.quarter, self._cause_index[cause],
            book.n, book.quarter, book.payer, book.payee, book.amount, book.kind, book.cause,
        )  # fmt: skip
        if n < 0:
            name = kind if isinstance(kind, str) else "several"
            raise AccountsError(f"{quarters.label(self.quarter)}: {name} ({cause}): amount {flat[-1 - n]} is negative or not finite")
        book.n = n

    def _spread(self, account: Any, shape: tuple[int, ...]) -> Array:
        """Return an account for each amount, or an array of one account for all."""
        if not isinstance(account, np.ndarray):
            return np.asarray(self._one[account])
        return account if account.shape == shape and account.ndim == 1 else np.broadcast_to(account, shape).ravel()

    def pay_what_there_is(self, payer: Array, payee: Any, claim: Any, kind: str, cause: str) -> Floats:
        """Pay claims as far as the payers' balances go, all claims on one payer by the same part; return what is unpaid."""
        claims = np.atleast_1d(np.asarray(claim, dtype=np.float64))
        paid = np.empty_like(claims)
        if not _within_means(self.balances, payer, claims, self._owed, paid):
            return np.zeros_like(claims)
        self.post(payer, payee, paid, kind, cause)
        return np.asarray(claims - paid)

    def rows(self, since: int = 0) -> dict[str, Array]:
        """Return the postings from row ``since`` on, as columns."""
        return {name: values[since:].copy() for name, values in self.postings.arrays().items()}

    def of_this_quarter(self) -> dict[str, Array]:
        """Return the postings of the current quarter."""
        return self.rows(self.quarter_start)

    def paid(self, kind: str, by: Array, to: Array, quarter0: int, n_quarters: int, *, per: str = "payee") -> Floats:
        """Return money of a kind by quarter and account: ``[n_quarters, len(to or by)]``."""
        rows = self.rows()
        wanted = to if per == "payee" else by
        out = np.zeros((n_quarters, len(wanted)))
        if kind not in self._kind_index:
            return out
        mask = rows["kind"] == self._kind_index[kind]
        for k, account in enumerate(wanted):
            at = mask & (rows[per] == account)
            out[:, k] = np.bincount(rows["quarter"][at] - quarter0, weights=rows["amount"][at], minlength=n_quarters)
        return out
