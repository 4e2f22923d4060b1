"""The ledger: every payment is a posting with payer, payee, amount, quarter, kind, and the clause or law that caused it."""

from __future__ import annotations

from typing import Any

import numpy as np

from zonesim import quarters
from zonesim.columns import Array, Floats
from zonesim.errors import AccountsError
from zonesim.world.world import AccountIndex

OUTSIDE = (AccountIndex.MARKET, AccountIndex.HOUSEHOLDS, AccountIndex.OWNERS, AccountIndex.BANKS, AccountIndex.CENTRE, AccountIndex.PROVINCE)


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
        self._kind_index: dict[str, int] = {}
        self._cause_index: dict[str, int] = {}
        self._rows: list[tuple[int, Any, Any, Array, Any, int]] = []
        self.quarter_start = 0  #: number of posts before this quarter

    def begin(self, quarter: int) -> None:
        """Begin a quarter."""
        self.quarter, self.quarter_start = quarter, len(self._rows)

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
            AccountsError: for a negative or infinite amount.
        """
        paid = np.asarray(amount, dtype=float)
        if paid.ndim == 0:
            paid = paid.reshape(1)
        if not paid.any():
            return
        low = paid.min()
        if not (low >= 0.0 and paid.max() < np.inf):
            name = kind if isinstance(kind, str) else "several"
            raise AccountsError(f"{quarters.label(self.quarter)}: {name} ({cause}): amount {low} is negative or not finite")
        number = self.kind(kind) if isinstance(kind, str) else kind
        size = len(self.balances)
        flat = paid.ravel()
        who, whom = self._spread(payer, paid.shape), self._spread(payee, paid.shape)
        for accounts, sign in ((who, -1.0), (whom, 1.0)):
            if isinstance(accounts, int):
                self.balances[accounts] += sign * flat.sum()
            else:
                self.balances += sign * np.bincount(accounts, weights=flat, minlength=size)
        if cause not in self._cause_index:
            self._cause_index[cause] = len(self.causes)
            self.causes.append(cause)
        kinds = number if isinstance(number, int) else np.broadcast_to(number, paid.shape).ravel()
        self._rows.append((self.quarter, who, whom, flat, kinds, self._cause_index[cause]))

    @staticmethod
    def _spread(account: Any, shape: tuple[int, ...]) -> Any:
        """Return one account as a whole number, or an account for each amount."""
        if isinstance(account, int | np.integer):
            return int(account)
        return np.broadcast_to(account, shape).ravel() if account.shape != shape else account.ravel()

    def pay_what_there_is(self, payer: Array, payee: Any, claim: Any, kind: str, cause: str) -> Floats:
        """Pay claims as far as the payers' balances go, in the order given for equal payers; return what is unpaid."""
        claims = np.atleast_1d(np.asarray(claim, dtype=float))
        who = np.broadcast_to(np.asarray(payer, dtype=np.int64), claims.shape)
        if not claims.any():
            return np.zeros_like(claims)
        owed = np.bincount(who, weights=claims, minlength=len(self.balances))
        there = np.maximum(self.balances, 0.0)
        part = np.divide(there, owed, out=np.ones_like(owed), where=owed > there)
        paid = claims * np.minimum(part, 1.0)[who]
        self.post(who, payee, paid, kind, cause)
        return np.asarray(claims - paid)

    def rows(self, since: int = 0) -> dict[str, Array]:
        """Return postings (non-zero ones) as columns."""
        chosen = self._rows[since:]
        if not chosen:
            return {key: np.zeros(0, dtype=float if key == "amount" else np.int64) for key in ("quarter", "payer", "payee", "amount", "kind", "cause")}
        amount = np.concatenate([r[3] for r in chosen])
        keep = amount != 0.0
        return {
            "quarter": np.concatenate([np.full(r[3].size, r[0]) for r in chosen])[keep],
            "payer": np.concatenate([_filled(r[1], r[3].size) for r in chosen])[keep],
            "payee": np.concatenate([_filled(r[2], r[3].size) for r in chosen])[keep],
            "amount": amount[keep],
            "kind": np.concatenate([_filled(r[4], r[3].size) for r in chosen])[keep],
            "cause": np.concatenate([np.full(r[3].size, r[5]) for r in chosen])[keep],
        }

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


def _filled(value: Any, n: int) -> Array:
    """Return a column of n values from one number or a column."""
    return np.full(n, value, dtype=np.int64) if isinstance(value, int) else np.asarray(value, dtype=np.int64)
