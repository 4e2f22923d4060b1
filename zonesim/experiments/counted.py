"""What each design is made of, in its own word: what is counted as used, lost, needed or complete."""

from __future__ import annotations

COUNTED = {
    "sobol": "base rows", "morris": "trajectories", "latin_hypercube": "points", "grid": "points", "one_at_a_time": "points",
    "factorial": "repetitions of the design", "fast": "sets of search curves",
}  # fmt: skip
WHOLE = ("factorial", "fast")  #: designs of which a randomisation is whole, or lost with one of its runs


def counted(method: str) -> str:
    """Return what a design counts.

    >>> counted("morris"), counted("fast")
    ('trajectories', 'sets of search curves')
    """
    return COUNTED[method]
