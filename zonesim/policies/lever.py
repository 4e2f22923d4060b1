"""What a setting of an instrument is: a lever of the policy catalogue or an option of reading, and its value over places and dates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from zonesim.errors import nearest
from zonesim.policies.mappings import wrong_assignment, wrong_shares
from zonesim.policies.site import SiteInfo

FIRST_YEAR, LAST_YEAR = 1990, 2100  #: years that a setting may name: all else is a slip
MAPPINGS = ("map", "assignment", "shares", "weights")


@dataclass(frozen=True)
class Lever:
    """A setting that a government can choose (or an option of reading, when ``is_option``).

    Attributes:
        id: id in the catalogue; the name of the setting in scenarios.
        kind: number, integer, switch, choice, set, years ([first, last]), map (industry: place), assignment (zone or place: industries),
            shares (name out of ``allowed``: part of one), or weights (name out of ``allowed``: number of at least 0; an empty mapping sets none).
        null: value at which the instrument changes nothing because of this lever; None when another lever decides that.
    """

    id: str
    kind: str
    default: Any
    low: float | None
    high: float | None
    unit: str
    zh: str
    en: str
    clauses: tuple[str, ...]
    group: str
    tier: int
    allowed: tuple[str, ...] = ()
    claims: tuple[tuple[str, str], ...] = ()
    given: bool = False  #: a document gives the default
    null: Any = None
    is_option: bool = False

    def check(self, value: Any, site: SiteInfo) -> str | None:
        """Return what is wrong with a value, or None."""
        if self.kind in ("number", "integer"):
            if value is None:
                return f"is empty; a number is needed ({self._range()})"
            if isinstance(value, bool) or not isinstance(value, int | float):
                return f"{value!r} is not a number ({self._range()})"
            if abs(value) > 1e300 or value != value:
                return f"{value!r} is not finite ({self._range()})"
            if self.kind == "integer" and value != int(value):
                return f"{value} is not a whole number ({self._range()})"
            if self.low is not None and value < self.low:
                return f"{value} is below {self.low:g} ({self.unit or self.kind})"
            if self.high is not None and value > self.high:
                hint = ""
                if self.high <= 1 and 1 < value <= 100:
                    hint = f"; a share is written as a fraction: {value / 100:g} for {value:g} %"
                return f"{value} is above {self.high:g} ({self.unit or self.kind}){hint}"
        elif self.kind == "switch":
            if not isinstance(value, bool):
                return f"{value!r} is not true or false"
        elif self.kind == "choice":
            if value not in self.allowed:
                return f"{value!r} is not allowed (allowed: {', '.join(self.allowed)}){nearest(str(value), self.allowed)}"
        elif self.kind == "set":
            if not isinstance(value, list) or len(set(map(str, value))) != len(value):
                return f"{value!r} is not a list of different names (allowed: {', '.join(self.allowed)})"
            for one in value:
                if one not in self.allowed:
                    return f"{one!r} is not allowed (allowed: {', '.join(self.allowed)}){nearest(str(one), self.allowed)}"
        elif self.kind == "years":
            if not (isinstance(value, list) and len(value) == 2 and all(isinstance(v, int) and FIRST_YEAR <= v <= LAST_YEAR for v in value)):
                return f"{value!r} is not [first year, last year]"
            if value[0] > value[1]:
                return f"{value!r} ends before it begins"
        elif self.kind == "shares":
            return wrong_shares(value, self.allowed)
        elif self.kind == "assignment":
            return wrong_assignment(value, site)
        elif self.kind == "map":
            if not isinstance(value, Mapping) or not value:
                return f"{value!r} is not a mapping of industries to places"
            for industry, place in value.items():
                if industry not in site.industries.ids:
                    return f"unknown industry {industry!r}{nearest(str(industry), site.industries.ids)}"
                if place not in site.place_ids:
                    return f"unknown place {place!r}{nearest(str(place), site.place_ids)}"
        elif self.kind == "weights":
            return self._check_weights(value)
        return None

    def _check_weights(self, value: Any) -> str | None:
        if not isinstance(value, Mapping):
            return f"{value!r} is not a mapping of names to weights (allowed names: {', '.join(self.allowed)})"
        for name, weight in value.items():
            if name not in self.allowed:
                return f"unknown name {name!r}{nearest(str(name), self.allowed)}"
            if isinstance(weight, bool) or not isinstance(weight, int | float):
                return f"{name}: {weight!r} is not a number (a weight of at least 0)"
            if not 0 <= weight <= 1e300:
                return f"{name}: {weight} is not a finite weight of at least 0"
        return None

    def _range(self) -> str:
        low = "" if self.low is None else f"{self.low:g}"
        high = "" if self.high is None else f"{self.high:g}"
        return f"allowed: {low}..{high} {self.unit}".strip()


def lever(
    kind: str, default: Any, *, unit: str, zh: str, en: str, clauses: str, group: str, tier: int, low: float | None = None,
    high: float | None = None, allowed: str = "", claims: tuple[tuple[str, str], ...] = (), given: bool = False, null: Any = None,
) -> Any:  # fmt: skip
    """Declare a lever; the attribute's name is its id."""
    split = tuple(part.strip() for part in clauses.split(";") if part.strip())
    return Lever("", kind, default, low, high, unit, zh, en, split, group, tier, tuple(allowed.split()), claims, given, null)


def option(
    kind: str, default: Any, *, unit: str = "", zh: str, en: str, low: float | None = None, high: float | None = None,
    allowed: str = "", null: Any = None,
) -> Any:  # fmt: skip
    """Declare an option: a reading where a text is silent or ambiguous, an assumption by nature."""
    return Lever("", kind, default, low, high, unit, zh, en, (), "option", 0, tuple(allowed.split()), (), False, null, True)


@dataclass(frozen=True)
class Setting:
    """The value of one setting over places and dates."""

    value: Any
    by_place: tuple[tuple[str, Any], ...] = ()
    schedule: tuple[tuple[int, Any], ...] = ()  #: (first quarter, value), in order
    clause: str = ""
    assumption: str = ""
    range: tuple[float, float] | None = None

    def at(self, quarter: int) -> Any:
        """Return the value in a quarter (before the first date of a schedule: None, not in force)."""
        if not self.schedule:
            return self.value
        known = [value for first, value in self.schedule if first <= quarter]
        return known[-1] if known else None
