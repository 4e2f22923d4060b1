"""What of an answer is worth saying: which effects can be told from zero, which are practically nil, which come first."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import pandas as pd

from zonesim.experiments.answers import IN_STEPS, LEFT, TOGETHER, Answer

NIL = 0.1  #: per cent of the baseline below which an effect is practically nil, even if it can be told from zero
NEAR_ZERO = 1000.0  #: per cent of the baseline from which on the baseline is near zero, and a percentage says nothing
MOST, ALIKE = 5, 2  #: effects that are named as the largest, and how many of them may be of one arm and indicator, wherever it is read
WITHOUT_PARTS = (*IN_STEPS, "percentage points", "% per year")  #: units of which "per cent of the baseline" says nothing
LISTED = 10  #: arms that are listed with what the question asks first


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
    if is_same(row):
        return True
    if not math.isfinite(row["percent"]) or math.isnan(row["low"]):
        return False
    return abs(row["percent"]) < NIL if is_clear(row) else bound(row) < NIL


def is_same(row: Any) -> bool:
    """Tell whether an outcome is the same in every pair of runs, to the last digit.

    >>> is_same({"effect": 0.0, "low": 0.0, "high": 0.0}), is_same({"effect": 0.0, "low": -1.0, "high": 1.0})
    (True, False)
    """
    return bool(row["effect"] == row["low"] == row["high"] == 0)


def bound(row: Any) -> float:
    """Return the end of an interval that is farther from zero, in per cent of the baseline; NaN when that is not defined.

    >>> bound({"effect": 2.0, "low": -1.0, "high": 5.0, "percent": 4.0})
    10.0
    """
    if not math.isfinite(row["percent"]) or row["effect"] == 0 or math.isnan(row["low"]):
        return float("nan")
    return float(abs(row["percent"] / row["effect"]) * max(abs(row["low"]), abs(row["high"])))


def is_given(row: Any) -> bool:
    """Tell whether a clause sets what is read itself, so that its change is no finding."""
    return bool(row.get("given", False))


def main_claim(answer: Answer) -> Any | None:
    """Return the first claim of the documents that is judged, one that no clause sets itself if there is one; None without claims."""
    if answer.claims.empty:
        return None
    rows = [row for _, row in answer.claims.iterrows()]
    return next((row for row in rows if not is_given(row)), rows[0])


def found(answer: Answer) -> list[Any]:
    """Return the effects that can be findings: of what no clause sets itself (all, where there is nothing else); what is read for two claims once."""
    table = answer.effects.drop_duplicates(["arm", "versus", "indicator", "place", "period", "how", "effect"])
    rows = [row for _, row in table.iterrows() if not math.isnan(row["effect"])]  # a value that is missing is no change
    rows = rows or [row for _, row in table.iterrows()]
    return [row for row in rows if not is_given(row)] or rows


def asked(answer: Answer) -> list[Any]:
    """Return what each arm does to the reading that the question names first, in the order of the arms; what is the same in every run of every arm is passed over."""
    first: dict[str, Any] = {}
    rows = found(answer)
    moved = {_reading(row) for row in rows if not is_same(row)}
    for row in [row for row in rows if _reading(row) in moved] or rows:
        first.setdefault(row["arm"], row)
    return list(first.values())


def listed(answer: Answer) -> tuple[list[Any], int]:
    """Return the arms that are named with what is asked, and how many are left out: where there are too many, the largest are named, of every place first."""
    rows = asked(answer)
    if len(rows) <= LISTED:
        return rows, 0
    alike = len({(row["indicator"], row["how"], row["unit"]) for row in rows}) == 1  # else they have no common unit
    largest = sorted(range(len(rows)), key=lambda k: (is_clear(rows[k]), abs(rows[k]["effect"]) if alike else _size(rows[k])), reverse=True)
    of_place: dict[str, int] = {}
    for k in largest:
        of_place.setdefault(str(rows[k]["place"]), k)
    first = [*of_place.values(), *(k for k in largest if k not in of_place.values())][:MOST]
    return [rows[k] for k in sorted(first)], len(rows) - MOST


def main_effect(answer: Answer) -> Any:
    """Return the largest clear effect on the first reading that has one, in the order in which the question names them; else the first effect.

    Where only some arms are listed (see :func:`listed`), it is one of theirs: what is said of an effect is said of one that the reader has seen.
    """
    rows, left = listed(answer)
    if left:
        return max(rows, key=lambda row: (is_clear(row), abs(row["effect"])))
    readings: dict[tuple[Any, ...], list[Any]] = {}
    for row in found(answer):
        readings.setdefault(_reading(row), []).append(row)
    for rows in readings.values():
        clear = [row for row in rows if is_clear(row) and not is_nil(row)]
        if clear:
            return max(clear, key=lambda row: abs(row["effect"]))
    return found(answer)[0]


def verdict(row: Any) -> str:
    """Return yes, no, nil, same or open: whether the clause does what is claimed of it; same where no run differs, so that nothing was put to the test."""
    if is_same(row):
        return "same"
    if is_nil(row):
        return "nil"
    return {"agrees": "yes", "contradicts": "no", "open": "open", "none": "same"}[row["verdict"]]


def together(verdicts: Sequence[str]) -> str:
    """Return the verdict on a claim that holds only if each of its parts does: the worst of theirs, where what was contradicted is worse than what is open.

    >>> together(["yes", "open"]), together(["yes", "yes"]), together(["open", "no", "yes"]), together(["yes", "same"]), together(["nil", "open"])
    ('open', 'yes', 'no', 'same', 'nil')
    """
    return next((one for one in ("no", "nil", "open", "same") if one in verdicts), "yes")


EVEN = 0.5  #: the probability on which side of which that of reaching a value must lie with its whole interval, so that a claim of reaching it is judged


def reached(row: Any) -> str:
    """Return yes, no or open: whether values are reached more likely than not, the interval of the probability considered.

    >>> reached({"low": 0.57, "high": 1.0}), reached({"low": 0.0, "high": 0.43}), reached({"low": 0.0, "high": 0.56})
    ('yes', 'no', 'open')
    """
    return "yes" if row["low"] > EVEN else "no" if row["high"] < EVEN else "open"


def worth_naming(answer: Answer, said: Sequence[Any]) -> tuple[list[Any], list[Any]]:
    """Return the largest effects that can be told from zero and are not nil, and the others of that kind, both in order of size.

    Size is the standardised effect, so that outcomes of different units and levels can be compared and a small base makes no effect large. At most five are
    named, and at most two of one arm and indicator, wherever it is read. What is the same in every run has no spread, and comes last.

    Args:
        answer: with its effects.
        said: rows that have been said, and are left out.
    """
    clear = [row for row in unsaid(answer, said) if is_clear(row) and not is_nil(row)]
    clear.sort(key=_size, reverse=True)
    named: list[Any] = []
    rest: list[Any] = []
    count: dict[tuple[str, str, str], int] = {}
    for row in clear:
        key = (row["arm"], row["indicator"], row["how"])
        fits = len(named) < MOST and count.get(key, 0) < ALIKE
        count[key] = count.get(key, 0) + fits
        (named if fits else rest).append(row)
    return named, rest


def are_largest(named: Sequence[Any], rest: Sequence[Any]) -> bool:
    """Tell whether nothing that is left over is larger than what is named."""
    return not rest or min(_size(row) for row in named) >= max(_size(row) for row in rest)


def has_percent(row: Any) -> bool:
    """Tell whether an effect can be compared with its baseline: that is neither zero nor near it, and of a unit that has parts (a rank or a growth rate has none).

    >>> has_percent({"percent": 12.0, "unit": "days"}), has_percent({"percent": float("nan"), "unit": "days"}), has_percent({"percent": -2211.0, "unit": "days"})
    (True, False, False)
    >>> has_percent({"percent": 12.0, "unit": "rank"})
    False
    """
    return math.isfinite(row["percent"]) and abs(row["percent"]) < NEAR_ZERO and row["unit"] not in WITHOUT_PARTS


def _size(row: Any) -> float:
    return abs(row["standardised"]) if math.isfinite(row["standardised"]) else 0.0


def _reading(row: Any) -> tuple[Any, ...]:
    return tuple(row[key] for key in ("indicator", "place", "period", "how"))


def _same(row: Any, said: Any) -> bool:
    arm = said.get("against", said.get("arm"))
    return bool(row["arm"] == arm and _reading(row) == _reading(said) and (row["versus"] == "" or "against" not in said))


def unsaid(answer: Answer, said: Sequence[Any]) -> list[Any]:
    """Return the effects that can be findings and have not been said."""
    return [row for row in found(answer) if not any(_same(row, one) for one in said)]


def open_and_nil(answer: Answer, said: Sequence[Any]) -> tuple[int, float, int]:
    """Return how many of the unsaid effects cannot be told from zero, how large these can be in per cent of their baseline, and how many are practically nil.

    The bound is NaN unless each of them has one, below the baseline itself.
    """
    rows = unsaid(answer, said)
    open_ = [bound(row) for row in rows if not is_clear(row) and not is_nil(row)]
    most = max(open_) if open_ and all(one < 100 for one in open_) else float("nan")
    return len(open_), most, sum(is_nil(row) for row in rows)


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
    rows = [row for _, row in table.iterrows() if row["part"] not in (LEFT, TOGETHER)]
    return sorted(rows, key=lambda row: (is_clear(row), abs(row["effect"])), reverse=True)[:count]
