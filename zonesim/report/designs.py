"""How large a design is, in its own words."""

from __future__ import annotations

from typing import Any

from zonesim.report.texts import say
from zonesim.report.words import Lang


def size_of(design: dict[str, Any], lang: Lang = "en") -> str:
    """Return the size of a design in its own words; that of a factorial design follows from the number of factors.

    >>> size_of({"method": "grid", "samples": 64, "levels": 8})
    ' of 8 levels a factor'
    >>> size_of({"method": "factorial", "samples": 64}), size_of({"method": "fast", "samples": 129}), size_of({"method": "morris", "samples": 64})
    (' of two levels', ' with 129 points on each search curve', ' with 64 trajectories')
    """
    return say(f"ranking.size.{design['method']}", lang, samples=design["samples"], levels=design.get("levels", 2))
