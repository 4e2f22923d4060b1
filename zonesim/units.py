"""Units, and lines that statistics draw: each is said once."""

from __future__ import annotations

MU = 2000.0 / 3.0
"""m2 in a mu (亩)."""
KM2 = 1e6
"""m2 in a km2."""
YI = 10_000.0
"""10k CNY in 10^8 CNY (亿元)."""
QUARTER = 0.25
"""Years in a quarter."""
MOST_CHANCE = 0.9
"""The largest chance that a product of factors may reach: nothing is certain. Assumption, and a guard: the factors are what is swept."""
ABOVE_SCALE_OUTPUT = 2000.0
"""10k CNY of sales a year: the national line for above-scale industry since 2011."""
