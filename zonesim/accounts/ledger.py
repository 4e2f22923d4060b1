"""The ledger: every payment is a posting with payer, payee, amount, quarter, kind, and the clause or law that caused it."""

from __future__ import annotations

import copy
from typing import Any, NamedTuple

import numpy as np

from zonesim import quarters
from zonesim.accounts.payments import DISCRETIONARY, PAYMENTS
from zonesim.accounts.postings import CAUSE, KIND, PAYEE, PAYER, WHEN, Postings
from zonesim.columns import Array, Floats, Ints
from zonesim.compiled import each, kernel, part
from zonesim.errors import AccountsError
from zonesim.terms.causes import Causes
from zonesim.world.world import AccountIndex

OUTSIDE = (AccountIndex.MARKET, AccountIndex.HOUSEHOLDS, AccountIndex.OWNERS, AccountIndex.BANKS, AccountIndex.CENTRE, AccountIndex.PROVINCE)
ROWS, QUARTER, FAULT = range(3)


class Book(NamedTuple):
    """The ledger as kernels see it: the balances, the postings, and where they end."""

    balances: Floats
    facts: Array  #: of the postings, in the order of FACTS
    amount: Floats
    owed: Floats  #: room for :func:`pay_claims`, by account
    held: Floats  #: by account, what claims of discretionary kinds leave there
    yields: Array  #: by kind, whether it is discretionary
    state: Ints  #: rows in use, the current quarter, and 1 + kind of the first payment that could not be


Handed = tuple[Any, ...]
"""A book as kernels are handed it, to be made a book at their head: a plain tuple of seven arrays costs a call a microsecond less than a named one."""


@part
def pay(book: Any, payer: Any, payee: Any, amount: Any, kind: Any, cause: Any) -> None:
    """Post one payment and move the balances; zero is dropped, a negative or infinite amount is a fault."""
    if not (0.0 <= amount < np.inf):
        if book.state[FAULT] == 0:
            book.state[FAULT] = 1 + kind
        return
    if amount == 0.0:
        return
    n = book.state[ROWS]
    book.balances[payer] -= amount
    book.balances[payee] += amount
    facts = book.facts
    facts[WHEN, n], facts[PAYER, n], facts[PAYEE, n], facts[KIND, n], facts[CAUSE, n] = book.state[QUARTER], payer, payee, kind, cause
    book.amount[n] = amount
    book.state[ROWS] = n + 1


@part
def pay_each(book: Any, payer: Array, payee: Array, amount: Floats, kind: Any, cause: Any) -> None:
    """Post one payment for each amount, as :func:`pay` does; an array of one payer or payee holds for all, and so does one cause (:func:`each`)."""
    balances, facts, paid, state = book.balances, book.facts, book.amount, book.state
    n, quarter = state[ROWS], state[QUARTER]
    one_payer, one_payee = len(payer) == 1, len(payee) == 1
    for i in range(len(amount)):
        x = amount[i]
        if not (0.0 <= x < np.inf):
            if state[FAULT] == 0:
                state[FAULT] = 1 + kind
            continue
        if x == 0.0:
            continue
        a = payer[0] if one_payer else payer[i]
        b = payee[0] if one_payee else payee[i]
        balances[a] -= x
        balances[b] += x
        facts[WHEN, n], facts[PAYER, n], facts[PAYEE, n], facts[KIND, n], facts[CAUSE, n] = quarter, a, b, kind, each(cause, i)
        paid[n] = x
        n += 1
    state[ROWS] = n


@part
def pay_rows(book: Any, payer: Ints, payee: Ints, amount: Floats, kind: Ints, cause: Ints) -> None:
    """Post one payment for each row, as :func:`pay` does; for many payments one call costs less than one each."""
    balances, facts, paid, state = book.balances, book.facts, book.amount, book.state
    n, quarter = state[ROWS], state[QUARTER]
    for i in range(len(amount)):
        x = amount[i]
        if not (0.0 <= x < np.inf):
            if state[FAULT] == 0:
                state[FAULT] = 1 + kind[i]
            continue
        if x == 0.0:
            continue
        balances[payer[i]] -= x
        balances[payee[i]] += x
        facts[WHEN, n], facts[PAYER, n], facts[PAYEE, n], facts[KIND, n], facts[CAUSE, n] = quarter, payer[i], payee[i], kind[i], cause[i]
        paid[n] = x
        n += 1
    state[ROWS] = n


@part
def pay_claims(book: Any, payer: Array, payee: Array, claims: Floats, kind: Any, cause: Any) -> None:
    """Pay claims as far as the payers' balances go, all claims on one payer by the same part; what is unpaid stays in ``claims``.

    Discretionary kinds leave in each account what is held for staff.
    """
    some = False
    balances, owed = book.balances, book.owed
    for i in range(len(claims)):
        owed[payer[i]] = 0.0
    for i in range(len(claims)):
        owed[payer[i]] += claims[i]
        some = some or claims[i] != 0.0
    if not some:
        return
    paid = np.empty(len(claims))
    for i in range(len(claims)):
        there, due = max(0.0, balances[payer[i]] - (book.held[payer[i]] if book.yields[kind] else 0.0)), owed[payer[i]]
        paid[i] = claims[i] * (there / due) if due > there else claims[i]
    pay_each(book, payer, payee, paid, kind, cause)
    claims -= paid


@kernel
def _post(handed: Handed, payer: Array, payee: Array, amount: Floats, kind: Array, cause: Ints) -> int:
    """Enter payments; return -1, or the first amount that cannot be paid (then nothing is entered)."""
    book = Book(*handed)
    for i in range(len(amount)):
        if not (0.0 <= amount[i] < np.inf):
            return i
    if len(kind) == 1:
        pay_each(book, payer, payee, amount, kind[0], cause)
        return -1
    for i in range(len(amount)):
        pay(book, each(payer, i), each(payee, i), amount[i], kind[i], each(cause, i))
    return -1


@kernel
def _pay_claims(handed: Handed, payer: Array, payee: Array, claims: Floats, kind: int, cause: Ints) -> None:
    book = Book(*handed)
    pay_claims(book, payer, payee, claims, kind, cause)


class Ledger:
    """Postings of one run, and the balances that they change.

    Args:
        accounts: where each holder stands.
        balances: the world's balances; changed by every posting.
    """

    def __init__(self, accounts: AccountIndex, balances: Floats) -> None:
        self.accounts, self.balances = accounts, balances
        self.quarter = 0
        self.kinds: list[str] = list(PAYMENTS)
        self.causes: list[str] = []
        self.postings = Postings(0, 4096)
        self.quarter_start = 0  #: number of postings before this quarter
        self._kind_index: dict[str, int] = {name: k for k, name in enumerate(PAYMENTS)}
        self._cause_index: dict[str, int] = {}
        self._kinds_of: dict[tuple[str, ...], Ints] = {}
        self._causes_of: dict[tuple[str, ...], tuple[dict[str, str], Ints]] = {}
        self._causes_by: dict[tuple[bool, tuple[str, ...]], tuple[dict[str, str], Any, Ints]] = {}
        self._one = np.arange(max(len(balances), 256), dtype=np.int64).reshape(-1, 1)  # row k is an array that holds k alone
        self._state = np.zeros(3, dtype=np.int64)
        self._owed = np.zeros(len(balances))
        self.held = np.zeros(len(balances))  #: by account, what claims of discretionary kinds leave there
        self._yields = np.zeros(256, dtype=bool)
        for name in DISCRETIONARY:
            self._yields[self.kind(name)] = True
        self._book = self._bind()

    def __deepcopy__(self, memo: dict[int, Any]) -> Ledger:
        """Return a copy over the copied balances, whose book is bound to its own postings."""
        fresh = Ledger.__new__(Ledger)
        fresh.__dict__.update(self.__dict__)
        fresh.balances = copy.deepcopy(self.balances, memo)
        fresh.postings = Postings(0, self.postings.capacity)
        fresh.postings.n = n = self.postings.n
        fresh.postings.facts[:, :n], fresh.postings.amount[:n] = self.postings.facts[:, :n], self.postings.amount[:n]
        for name in ("kinds", "causes", "_kind_index", "_cause_index", "_kinds_of", "_causes_of", "_causes_by", "_state", "_owed", "held", "_yields"):
            setattr(fresh, name, getattr(self, name).copy())
        fresh._book = fresh._bind()
        return fresh

    def _bind(self) -> Handed:
        book = self.postings
        return (self.balances, book.facts, book.amount, self._owed, self.held, self._yields, self._state)

    def begin(self, quarter: int) -> None:
        """Begin a quarter."""
        self.quarter, self.quarter_start = quarter, self.postings.n
        self._state[QUARTER] = quarter

    def kind(self, name: str) -> int:
        """Return the number of a kind of payment."""
        number = self._kind_index.get(name)
        if number is None:
            number = self._kind_index[name] = len(self.kinds)
            self.kinds.append(name)
        return number

    def cause(self, name: str) -> int:
        """Return the number of a clause or law."""
        number = self._cause_index.get(name)
        if number is None:
            number = self._cause_index[name] = len(self.causes)
            self.causes.append(name)
        return number

    def causes_of(self, names: tuple[str, ...], causes: dict[str, str]) -> Ints:
        """Return the numbers of the causes behind some payments; made once while ``causes`` is the same object. Laws and the market stand for themselves."""
        known = self._causes_of.get(names)
        if known is None or known[0] is not causes:
            found = [self.cause(name if name == "market" or name.startswith("law:") else causes[name]) for name in names]
            known = self._causes_of[names] = (causes, np.array(found))
        return known[1]

    def causes_at_places(self, names: tuple[str, ...], causes: dict[str, str], n: int) -> Ints:
        """Return the numbers of the causes behind some payments in each of ``n`` places, ``[name, place]``; made anew where one of them is another."""
        return self._causes_at(names, causes, n, of_zones=False)

    def causes_of_committees(self, names: tuple[str, ...], causes: dict[str, str], n: int) -> Ints:
        """Return the numbers of the causes behind some payments to and by each of ``n`` committees, ``[name, committee]``."""
        return self._causes_at(names, causes, n, of_zones=True)

    def _causes_at(self, names: tuple[str, ...], causes: dict[str, str], n: int, *, of_zones: bool) -> Ints:
        known = self._causes_by.get((of_zones, names))
        if known is not None and known[0] is causes:
            return known[2]
        apart = (causes.zones if of_zones else causes.places) if isinstance(causes, Causes) else {}
        said = [apart.get(name) or (name if name == "market" or name.startswith("law:") else causes[name]) for name in names]
        if known is not None and known[1] == said:
            rows = known[2]
        else:
            rows = np.empty((len(names), n), dtype=np.int64)
            for row, one in zip(rows, said, strict=True):
                row[:] = self.cause(one) if isinstance(one, str) else [self.cause(name) for name in one]
        self._causes_by[of_zones, names] = (causes, said, rows)
        return rows

    def kinds_of(self, names: tuple[str, ...]) -> Ints:
        """Return the numbers of some kinds of payment; made once."""
        if names not in self._kinds_of:
            self._kinds_of[names] = np.array([self.kind(name) for name in names])
        return self._kinds_of[names]

    def open(self, rows: int) -> Handed:
        """Return the book for a kernel that makes at most ``rows`` payments; :meth:`close` it afterwards."""
        if self.postings.n + rows > len(self.postings.amount):
            self.postings.reserve(rows)
            self._book = self._bind()
        return self._book

    def close(self) -> None:
        """Take over what a kernel has posted.

        Raises:
            AccountsError: a payment was negative or not finite.
        """
        self.postings.n = int(self._state[ROWS])
        fault = int(self._state[FAULT])
        if fault:
            raise AccountsError(f"{quarters.label(self.quarter)}: {self.kinds[fault - 1]}: an amount is negative or not finite")

    def post(self, payer: Any, payee: Any, amount: Any, kind: str | Array, cause: str | Ints) -> None:
        """Post payments; arguments broadcast, zero amounts are dropped.

        Args:
            payer: account, or array of accounts.
            payee: account, or array of accounts.
            amount: 10k CNY, not negative and finite.
            kind: name of the kind, or array of numbers from :meth:`kind`.
            cause: clause or law, or array of their numbers (:meth:`causes_at_places`), one for each amount.

        Raises:
            AccountsError: for a negative or infinite amount; nothing is posted then.
        """
        paid = np.asarray(amount, dtype=np.float64)
        shape = paid.shape
        flat = paid if paid.ndim == 1 else paid.ravel()
        number = self._one[self.kind(kind)] if isinstance(kind, str) else self._spread(kind, shape)
        if not np.count_nonzero(flat):  # most quarters, for many kinds: it spares the call of a kernel with a book
            self._why(cause)
            return
        bad = _post(self.open(len(flat)), self._spread(payer, shape), self._spread(payee, shape), flat, number, self._why(cause))
        if bad >= 0:
            name = kind if isinstance(kind, str) else "several"
            raise AccountsError(
                f"{quarters.label(self.quarter)}: {name} ({self.causes[each(self._why(cause), bad)]}): amount {flat[bad]} is negative or not finite"
            )
        self.close()

    def _spread(self, account: Any, shape: tuple[int, ...]) -> Array:
        """Return an account for each amount, or an array of one account for all."""
        if not isinstance(account, np.ndarray):
            return np.asarray(self._one[account])
        spread = account if account.shape == shape and account.ndim == 1 else np.broadcast_to(account, shape).ravel()
        return np.ascontiguousarray(spread, dtype=np.int64)

    def _why(self, cause: str | Ints) -> Ints:
        """Return numbers of causes: one for all payments, or one for each."""
        return cause if isinstance(cause, np.ndarray) else np.array([self.cause(cause)])

    def pay_what_there_is(self, payer: Array, payee: Any, claim: Any, kind: str, cause: str | Ints) -> Floats:
        """Pay claims as far as the payers' balances go, all claims on one payer by the same part; return what is unpaid. The cause is as for :meth:`post`."""
        claims = np.array(claim, dtype=np.float64, ndmin=1)
        shape = claims.shape
        if not np.count_nonzero(claims):
            self.kind(kind), self._why(cause)
            return claims
        _pay_claims(self.open(len(claims)), self._spread(payer, shape), self._spread(payee, shape), claims, self.kind(kind), self._why(cause))
        self.close()
        return claims

    def rows(self, since: int = 0) -> dict[str, Array]:
        """Return the postings from row ``since`` on, as columns."""
        return {name: values[since:].copy() for name, values in self.postings.arrays().items()}

    def of_this_quarter(self) -> dict[str, Array]:
        """Return the postings of the current quarter."""
        return self.rows(self.quarter_start)

    def received(self, kind: str, accounts: Array, quarter0: int, n_quarters: int) -> Floats:
        """Return money of a kind that accounts got, by quarter: ``[n_quarters, len(accounts)]`` in 10k CNY."""
        rows = self.rows()
        out = np.zeros((n_quarters, len(accounts)))
        if kind not in self._kind_index:
            return out
        mask = rows["kind"] == self._kind_index[kind]
        for k, account in enumerate(accounts):
            at = mask & (rows["payee"] == account)
            out[:, k] = np.bincount(rows["quarter"][at] - quarter0, weights=rows["amount"][at], minlength=n_quarters)
        return out
