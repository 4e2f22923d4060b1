"""The verdict on a claim of the documents: what an effect with its interval says of the claimed direction."""

from __future__ import annotations

import math
from dataclasses import dataclass

NIL = 0.001  #: of the level, below which an effect is practically nil
FEWEST = 4  #: pairs, below which nothing is settled: a row may stand for several enterprises, and a few pairs then differ by the same lump


@dataclass(frozen=True)
class ClaimChecked:
    """The effect of moving a lever up on an indicator that the documents name, and whether the direction agrees.

    Attributes:
        level: the indicator at the low end of the lever.
        place: where it was read; several covered zones, of which it is the mean, are joined with " + ".
        verdict: agrees, contradicts, nil (below 0.1 % of the level), open (the interval contains zero, or the pairs are too few), none (exactly zero),
            unknown (the indicator has no value there).
    """

    indicator: str
    place: str
    claimed: str
    effect: float
    low: float
    high: float
    verdict: str
    level: float = float("nan")
    pairs: int = 0


def judge(direction: str, effect: float, low: float, high: float, level: float, pairs: int, confidence: float = 0.95) -> str:
    """Return the verdict on a claim.

    Fewer than four pairs settle nothing. When all pairs give the same effect there is no spread to make an interval of; what is left is that n of n have one
    sign, and with 2 / 2^n > 1 - confidence those are too few (six are needed at 95 %).

    >>> judge("+", 2.0, 1.0, 3.0, 100.0, 5), judge("-", 2.0, 1.0, 3.0, 100.0, 5), judge("+", 2.0, -1.0, 5.0, 100.0, 5)
    ('agrees', 'contradicts', 'open')
    >>> judge("+", 0.05, 0.04, 0.06, 100.0, 5), judge("+", 0.0, -0.09, 0.09, 100.0, 5), judge("+", 0.0, 0.0, 0.0, 100.0, 5)
    ('nil', 'nil', 'none')
    >>> judge("+", 2.0, 1.0, 3.0, 100.0, 3), judge("+", 0.0, 0.0, 0.0, 100.0, 2), judge("+", 2.0, 2.0, 2.0, 100.0, 5), judge("+", 2.0, 2.0, 2.0, 100.0, 6)
    ('open', 'open', 'open', 'agrees')
    """
    if pairs < FEWEST or math.isnan(low):
        return "open"
    if effect == low == high == 0:
        return "none"
    if high - low <= 1e-9 * abs(effect) and 2 * 0.5**pairs > 1 - confidence:
        return "open"
    clear = low > 0 or high < 0
    if level and (abs(effect) if clear else max(abs(low), abs(high))) < NIL * abs(level):
        return "nil"
    if not clear:
        return "open"
    return "agrees" if (effect > 0) == (direction == "+") else "contradicts"
