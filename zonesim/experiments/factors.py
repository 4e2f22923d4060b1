"""What varies in an experiment: levers (a government can choose them), uncertainties (it cannot), and the dummy that does nothing."""

from __future__ import annotations

import datetime
import math
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from zonesim import quarters
from zonesim.columns import Floats

Role = Literal["lever", "uncertainty", "dummy"]
Kind = Literal["float", "integer", "categorical", "boolean", "date"]
Distribution = Literal["uniform", "log_uniform", "normal", "lognormal", "triangular", "pert", "list"]
DUMMY = "dummy"
PERT_WEIGHT = 4.0  # of the mode (Malcolm et al. 1959)
_EDGE = 2.0**-53


@dataclass(frozen=True)
class Factor:
    """One thing that varies, and how a number between 0 and 1 becomes its value.

    Attributes:
        name: what it is called in the experiment; its column in the design.
        role: lever, uncertainty, or dummy.
        kind: float, integer, categorical, boolean or date.
        paths: settings of the model that take the value (none for the dummy).
        low: smallest value (a date as its quarter); for normal and lognormal, where they are cut off.
        high: largest value.
        distribution: uniform, log_uniform, normal, lognormal, triangular, pert, or list (``values`` with ``weights``).
        center: mean of a normal, median of a lognormal, mode of a triangular or PERT.
        spread: standard deviation of a normal, of the logarithm of a lognormal.
        values: the allowed values of a categorical, boolean or listed factor, in order.
        weights: their probabilities, adding up to 1.
        default: the value in the scenario; what one-at-a-time designs start from.
        both: whether it also holds in the baseline (uncertainties do, levers do not).
        group: the group with which it is varied; its own name when it has none.
    """

    name: str
    role: Role
    kind: Kind
    paths: tuple[str, ...] = ()
    low: float = 0.0
    high: float = 1.0
    distribution: Distribution = "uniform"
    center: float = 0.0
    spread: float = 1.0
    values: tuple[Any, ...] = ()
    weights: tuple[float, ...] = ()
    default: Any = None
    both: bool = False
    group: str = ""

    @property
    def is_discrete(self) -> bool:
        """Whether it takes countably many values."""
        return bool(self.values) or self.kind in ("integer", "date")

    def quantile(self, unit: Floats) -> Floats:
        """Return the number at each probability: the value itself, the quarter of a date, or the index of a listed value.

        The distribution function of a normal or lognormal is cut off at ``low`` and ``high`` and rescaled (so that no value lies outside).
        """
        u = np.clip(np.asarray(unit, dtype=float), 0.0, 1.0)
        if self.values:
            edges = np.cumsum(self.weights or np.full(len(self.values), 1 / len(self.values)))
            return np.asarray(np.searchsorted(edges[:-1], u, side="right").astype(float))
        whole = self.kind in ("integer", "date")
        low, high = (self.low - 0.5, self.high + 0.5) if whole and self.distribution == "uniform" else (self.low, self.high)
        if self.distribution == "uniform":
            number = low + u * (high - low)
        elif self.distribution == "log_uniform":
            number = low * (high / low) ** u
        else:
            number = self._shaped(u)
        if whole:
            number = np.floor(number + 0.5)
        return np.asarray(np.clip(number, self.low, self.high))

    def _shaped(self, u: Floats) -> Floats:
        from scipy import special

        if self.distribution in ("normal", "lognormal"):
            log = self.distribution == "lognormal"
            center, low, high = (
                (math.log(self.center), *(math.log(x) if x > 0 else -math.inf for x in (self.low, self.high))) if log else (self.center, self.low, self.high)
            )
            ends = special.ndtr((np.array([low, high]) - center) / self.spread)
            inside = np.clip(ends[0] + u * (ends[1] - ends[0]), _EDGE, 1 - _EDGE)
            number = center + self.spread * special.ndtri(inside)
            return np.asarray(np.exp(number) if log else number)
        width = self.high - self.low
        peak = (self.center - self.low) / width
        if self.distribution == "triangular":
            rising = self.low + np.sqrt(u * width * (self.center - self.low))
            falling = self.high - np.sqrt((1 - u) * width * (self.high - self.center))
            return np.asarray(np.where(u < peak, rising, falling))
        return np.asarray(self.low + width * special.betaincinv(1 + PERT_WEIGHT * peak, 1 + PERT_WEIGHT * (1 - peak), u))

    def value(self, number: float) -> Any:
        """Turn a number of :meth:`quantile` into what the model is given (a date becomes the first day of its quarter)."""
        if self.values:
            return self.values[int(number)]
        if self.kind == "date":
            return quarters.first_day(int(number)).isoformat()
        if self.kind == "integer":
            return int(number)
        # twelve digits: the last bits of a power or logarithm differ between processors, and a value is part of a run's identity
        return min(max(float(f"{number:.12g}"), self.low), self.high) + 0.0

    def number(self, value: Any) -> float:
        """Turn a value back into the number that stands for it."""
        if self.values:
            return float(self.values.index(value)) if value in self.values else math.nan
        if self.kind == "date":
            return float(quarters.quarter_of(datetime.date.fromisoformat(value)))
        return float(value)

    @property
    def has_direction(self) -> bool:
        """Whether there is a way from its low to its high end: of a measured factor, a switch, two values, and listed numbers (or dates) that only rise or only fall; not of three names."""
        if len(self.values) < 3:
            return True
        steps = np.diff(self._sizes())
        return bool((steps > 0).all() or (steps < 0).all())

    def position(self, unit: Floats) -> Floats:
        """Return how far along its range the value at each probability lies, from 0 (low, or listed first) to 1; nan where it has no direction.

        On the scale on which it is drawn: by ratios for a log-uniform factor, by amounts for all others.

        >>> switch = Factor("s", "lever", "boolean", values=(False, True))
        >>> switch.position(np.array([0.1, 0.6])).tolist(), Factor("n", "lever", "integer", high=2.0).position(np.array([0.1, 0.5, 0.9])).tolist()
        ([0.0, 1.0], [0.0, 0.5, 1.0])
        """
        if self.distribution in ("uniform", "log_uniform") and not self.is_discrete:
            return np.asarray(unit, dtype=float)
        number = self.quantile(unit)
        if not self.values:
            along = np.log if self.distribution == "log_uniform" else np.asarray
            low, high = (float(along(np.float64(end))) for end in (self.low, self.high))
            return np.asarray((along(number) - low) / (high - low))
        if not self.has_direction:
            return np.full(number.shape, np.nan)
        sizes = np.array([0.0, 1.0]) if len(self.values) == 2 else self._sizes()
        return np.asarray(((sizes - sizes[0]) / (sizes[-1] - sizes[0]))[number.astype(int)])

    def _sizes(self) -> Floats:
        """Return the listed values as numbers, a date as its day; nan for a name."""
        found = []
        for value in self.values:
            if isinstance(value, bool | int | float):
                found.append(float(value))
                continue
            try:
                found.append(float(datetime.date.fromisoformat(value).toordinal()))
            except (TypeError, ValueError):
                found.append(math.nan)
        return np.array(found)

    def levels(self, count: int) -> Floats:
        """Return evenly spaced numbers from one end to the other: all that there are of a listed factor, ``count`` of another."""
        if self.values:
            return np.arange(len(self.values), dtype=float)
        spaced = np.geomspace(self.low, self.high, count) if self.distribution == "log_uniform" else np.linspace(self.low, self.high, count)
        if self.kind in ("integer", "date"):
            spaced = np.unique(np.floor(spaced + 0.5))
        return np.asarray(spaced)


def dummy(number: int = 1) -> Factor:
    """Return a factor that no model sees: what an analysis finds for it is what it finds by accident."""
    return Factor(DUMMY if number == 1 else f"{DUMMY}_{number}", "dummy", "float")
