"""What a sweep costs before it starts: runs, seconds, megabytes."""

from __future__ import annotations

from dataclasses import dataclass

BYTES_PER_RUN, BYTES_PER_OUTCOME, BYTES_PER_FACTOR = 330, 18, 40
EMPTY_MEGABYTES = 0.15


@dataclass(frozen=True)
class Price:
    """What a sweep costs: its runs, how many are to be done, seconds of one (None: not known yet), and megabytes of the store."""

    runs: int
    missing: int
    seconds: float | None
    megabytes: float
    workers: int

    def text(self) -> str:
        """Return the price in words."""
        there = self.runs - self.missing
        text = f"{self.runs:,} runs" + (f", {there:,} done" if there else "")
        if self.seconds is not None and self.missing:
            text += f"; {self.seconds:.3g} s each, about {duration(self.seconds * self.missing / max(self.workers, 1))} with {self.workers} workers"
        if self.seconds is None and self.missing:
            text += "; the seconds of one are not known before some are done (--price measures a few)"
        return f"{text}; store about {self.megabytes:.3g} MB"


def duration(seconds: float) -> str:
    """Write a length of time.

    >>> duration(45), duration(3700), duration(200_000)
    ('45 s', '1 h 2 min', '2 d 7 h')
    """
    if seconds < 100:
        return f"{max(seconds, 1):.0f} s"
    minutes = round(seconds / 60)
    if minutes < 60:
        return f"{minutes} min"
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min" if hours < 48 else f"{hours // 24} d {hours % 24} h"


def megabytes(runs: int, outcomes: int, factors: int) -> float:
    """Estimate the size of a store."""
    return EMPTY_MEGABYTES + runs * (BYTES_PER_RUN + outcomes * BYTES_PER_OUTCOME + factors * BYTES_PER_FACTOR) / 1e6
