"""What of an answer is worth saying: which effects can be told from zero, which are practically nil, which come first."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import pandas as pd

from zonesim.experiments.answers import Answer

NIL = 0.1  #: per cent of the baseline below which an effect is practically nil, even if it can be told from zero
MOST, FEW = 5, 3  #: readings that are named, and below which one is named for a second arm


def is_clear(row: Any) -> bool:
    """Tell whether an effect can be told from zero: its interval does not contain it.

    >>> is_clear({"low": 0.1, "high": 0.2}), is_clear({"low": -0.1, "high": 0.2}), is_clear({"low": float("nan"), "high": 1.0})
    (True, False, False)
    """
    return bool(row["low"] > 0 or row["high"] < 0)


def is_nil(row: Any) -> bool:
    """Tell whether an effect is practically nil: it and (where it cannot be told from zero) its whole interval below 0.1 % of the baseline.

    >>> is_nil({"effect": 1.0, "low": 0.9, "high": 1.1, "percent": 0.05}), is_nil({"effect": 1.0, "low": -1.0, "high": 3.0, "percent": 0.05})
    (True, False)
    >>> is_nil({"effect": 0.0, "low": 0.0, "high": 0.0, "percent": float("nan")})
    True
    """
    if row["effect"] == row["low"] == row["high"] == 0:
        return True
    if not math.isfinite(row["percent"]) or math.isnan(row["low"]):
        return False
    return abs(row["percent"]) < NIL if is_clear(row) else bound(row) < NIL


def bound(row: Any) -> float:
    """Return the end of an interval that is farther from zero, in per cent of the baseline; NaN when that is not defined.

    >>> bound({"effect": 2.0, "low": -1.0, "high": 5.0, "percent": 4.0})
    10.0
    """
    if not math.isfinite(row["percent"]) or row["effect"] == 0 or math.isnan(row["low"]):
        return float("nan")
    return float(abs(row["percent"] / row["effect"]) * max(abs(row["low"]), abs(row["high"])))


def main_claim(answer: Answer) -> Any | None:
    """Return the first claim of the documents that is judged, or None."""
    return None if answer.claims.empty else answer.claims.iloc[0]


def main_effect(answer: Answer) -> Any:
    """Return the effect of the first arm on the first reading."""
    return answer.effects.iloc[0]


def verdict(row: Any) -> str:
    """Return yes, no, nil or open: whether the clause does what is claimed of it."""
    if is_nil(row):
        return "nil"
    return {"agrees": "yes", "contradicts": "no", "open": "open", "none": "nil"}[row["verdict"]]


def worth_naming(answer: Answer, said: Any) -> list[Any]:
    """Return up to five effects that can be told from zero and are not nil, the largest against its baseline first, each reading once before any twice.

    Args:
        answer: with its effects.
        said: the row that has been said, and is left out.
    """
    clear = [row for _, row in answer.effects.iterrows() if is_clear(row) and not is_nil(row) and not _same(row, said)]
    clear.sort(key=_size, reverse=True)
    first: list[Any] = []
    again: list[Any] = []
    seen = set()
    for row in clear:
        key = (row["indicator"], row["place"], row["how"])
        (again if key in seen else first).append(row)
        seen.add(key)
    return [*first, *again[: max(0, FEW - len(first))]][:MOST]


def _size(row: Any) -> float:
    return abs(row["percent"]) if math.isfinite(row["percent"]) else 0.0


def _same(row: Any, said: Any) -> bool:
    arm = said.get("against", said.get("arm"))
    return bool(
        row["arm"] == arm and all(row[key] == said[key] for key in ("indicator", "place", "period", "how")) and (row["versus"] == "" or "against" not in said)
    )


def unsaid(answer: Answer, said: Any) -> tuple[int, int, int, int, float]:
    """Return how many effects there are besides what is said: all, clear, practically nil, not to be told from zero; and the largest bound of these in per cent."""
    rows = [row for _, row in answer.effects.iterrows() if not _same(row, said)]
    nil = [row for row in rows if is_nil(row)]
    clear = [row for row in rows if is_clear(row) and not is_nil(row)]
    open_ = [row for row in rows if not is_clear(row) and not is_nil(row)]
    bounds = [bound(row) for row in open_ if math.isfinite(bound(row))]
    return len(rows), len(clear), len(nil), len(open_), max(bounds, default=float("nan"))


def cost_of(answer: Answer, arm: str, what: str) -> Any | None:
    """Return the row of the costs of an arm, or None."""
    if answer.costs.empty:
        return None
    found = answer.costs[(answer.costs["arm"] == arm) & (answer.costs["what"] == what)]
    return None if found.empty else found.iloc[0]


def best_use(table: pd.DataFrame) -> tuple[Any, bool] | None:
    """Return the arm that does most for the first reading per yuan, and whether its interval lies above all others'; None when no ratio is defined."""
    if table.empty:
        return None
    mine = table[(table["indicator"] == table["indicator"].iloc[0])].drop_duplicates("arm")
    mine = mine[mine["value"].notna()].sort_values("value", ascending=False)
    if mine.empty:
        return None
    best: Any = mine.iloc[0]
    return best, bool(best["low"] > 0 and (len(mine) == 1 or best["low"] > mine["high"].iloc[1:].max()))


def largest_parts(table: pd.DataFrame, count: int = 3) -> Sequence[Any]:
    """Return the parts of a split that are largest, clear ones first; what is left over is not one."""
    rows = [row for _, row in table.iterrows() if row["part"]]
    return sorted(rows, key=lambda row: (is_clear(row), abs(row["effect"])), reverse=True)[:count]
