"""What an instrument (措施) is: a measure with typed, sourced settings, dates and a place, that edits terms.

An instrument is registered by being a subclass with a ``name``. Its settings are *levers* (ids of the policy catalogue)
and *options* (readings of an ambiguous text). In a scenario a setting is a plain value, or a mapping with ``value``,
``by_place`` (place or zone: value) or ``schedule`` (date: value), and ``clause`` or ``assumption`` with ``range``.
"""

from __future__ import annotations

import datetime
import functools
import importlib
import pkgutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from zonesim import policies, quarters
from zonesim.errors import InputError, nearest
from zonesim.policies.mappings import wrong_assignment, wrong_shares
from zonesim.policies.site import Mask, SiteInfo
from zonesim.terms import TERMS, Terms

Problem = tuple[tuple[str | int, ...], str]
COMMON = ("instrument", "clause", "start", "end", "places", "industries", "note")
RESERVED = ("value", "by_place", "schedule", "clause", "assumption", "range")
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
            if not (isinstance(value, list) and len(value) == 2 and all(isinstance(v, int) and 1990 <= v <= 2100 for v in value)):
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


class Face:
    """What an instrument sees when it edits terms: its settings in the quarter, and the places and industries it covers."""

    def __init__(self, instrument: Instrument, quarter: int, site: SiteInfo) -> None:
        self.site = site
        self.places: Mask = instrument.covered
        self.industries: Mask = instrument.industries
        self.sites: Mask = self.places[:, None] & self.industries[None, :]
        self.quarter, self.year = quarter, quarters.year(quarter)
        self.years = (quarter - instrument.first_quarter) / 4  #: since the measure came into force
        self.kinds = np.array(site.kinds)
        self._instrument = instrument

    def __getitem__(self, lever_id: str) -> Any:
        """Return a setting: a plain value, or an array by place when it differs by place."""
        setting = self._instrument.settings[lever_id]
        value = setting.at(self.quarter)
        if not setting.by_place:
            return value
        values = np.full(len(self.site.place_ids), np.nan if value is None else value, dtype=float)
        for name, one in setting.by_place:
            values[self.site.select([name])] = one
        return values

    def by_site(self, lever_id: str) -> Any:
        """Return a setting so that it broadcasts over [place, industry]."""
        value = self[lever_id]
        return value[:, None] if isinstance(value, np.ndarray) else value

    def by_zone(self, lever_id: str) -> Any:
        """Return a setting by committee: the value at the first place that the committee runs."""
        value = self[lever_id]
        if not isinstance(value, np.ndarray):
            return value
        return np.array([value[self.site.zones.index(z)] if z in self.site.zones else np.nan for z in self.site.zone_ids])

    @property
    def zones(self) -> Mask:
        """Committees that run at least one covered place."""
        return self.site.zone_mask(self.places)


@functools.cache
def _find_all() -> None:
    """Import every module under ``zonesim.policies``, once: walking through the folders takes longer than building an instrument."""
    for module in pkgutil.walk_packages(policies.__path__, "zonesim.policies."):
        importlib.import_module(module.name)


class Instrument:
    """A measure. Subclasses declare levers and options and define :meth:`change_terms`.

    Args:
        label: its name in the scenario.
        clause: the clause it comes from.
        start: first day.
        end: last day; None is open.
        covered: places it covers.
        industries: industries it covers.
        settings: value of every lever and option.
    """

    name: ClassVar[str] = ""
    zh: ClassVar[str] = ""
    levers: ClassVar[dict[str, Lever]] = {}
    edits: ClassVar[tuple[str, ...]] = ()  #: terms it may edit (tested against what it does edit)
    default_places: ClassVar[str] = "parks"
    bounds_package: ClassVar[bool] = False  #: whether the other measures hold only while it is in force
    pays: ClassVar[tuple[str, ...]] = ()  #: kinds of payment that it causes, for the ledger
    _register: ClassVar[dict[str, type[Instrument]]] = {}

    def __init_subclass__(cls, name: str, zh: str, edits: str, places: str = "parks", pays: str = "") -> None:
        """Enter the subclass in the register."""
        cls.name, cls.zh, cls.default_places = name, zh, places
        cls.edits, cls.pays = tuple(edits.split()), tuple(pays.split())
        unknown = [term for term in cls.edits if term not in TERMS]
        if unknown:
            raise TypeError(f"{name}: no such terms {unknown}")
        declared = {}
        for key, value in list(vars(cls).items()):
            if isinstance(value, Lever):
                declared[key] = Lever(**{**vars(value), "id": key})
                delattr(cls, key)
        cls.levers = declared
        Instrument._register[name] = cls

    def __init__(
        self, label: str, clause: str, start: datetime.date, end: datetime.date | None, covered: Mask, industries: Mask,
        settings: dict[str, Setting], place_names: tuple[str, ...] = (),
    ) -> None:  # fmt: skip
        self.label, self.clause, self.start, self.end = label, clause, start, end
        self.covered, self.industries, self.settings = covered, industries, settings
        self.place_names = place_names
        self.first_quarter = quarters.quarter_of(start)
        self.last_quarter = None if end is None else quarters.quarter_of(end)
        self._dated = tuple(key for key, setting in settings.items() if setting.schedule)
        self.has_phases = type(self).phase is not Instrument.phase
        self._always_the_same = not self._dated and not self.has_phases

    @staticmethod
    def kinds() -> dict[str, type[Instrument]]:
        """Return every instrument by name (modules under ``zonesim.policies`` are found, not listed)."""
        _find_all()
        return dict(sorted(Instrument._register.items()))

    def in_force(self, quarter: int) -> bool:
        """Tell whether the quarter lies between those that contain the first and the last day."""
        return self.first_quarter <= quarter and (self.last_quarter is None or quarter <= self.last_quarter)

    def dates(self) -> set[int]:
        """Return the quarters in which it begins, is over, or a setting takes another value; its phases may change in others too."""
        over = set() if self.last_quarter is None else {self.last_quarter + 1}
        return {self.first_quarter, *over, *(quarter for setting in self.settings.values() for quarter, _ in setting.schedule)}

    def signature(self, quarter: int) -> tuple[Any, ...]:
        """Return what its terms depend on in a quarter; equal signatures give equal terms."""
        if not self.in_force(quarter):
            return ()
        if self._always_the_same:
            return (self.label,)
        dated = tuple((key, repr(self.settings[key].at(quarter))) for key in self._dated)
        return (self.label, dated, self.phase(quarter))

    def phase(self, quarter: int) -> int:
        """Return what else of the date its terms depend on; 0 unless the instrument says more."""
        return 0

    def change(self, terms: Terms, quarter: int, site: SiteInfo) -> None:
        """Edit the terms of a quarter, if in force."""
        if self.in_force(quarter):
            self.change_terms(terms, Face(self, quarter, site))

    def change_terms(self, terms: Terms, face: Face) -> None:
        """Edit terms by their verbs; defined by each instrument."""
        raise TypeError(f"{self.name} does not say what it changes")

    @classmethod
    def document_schema(cls) -> dict[str, Any]:
        """Return the JSON Schema of this instrument in a scenario."""
        properties: dict[str, Any] = {
            "instrument": {"const": cls.name, "description": f"{(cls.__doc__ or '').strip()} ({cls.zh})"},
            "clause": {"type": "string"}, "start": {"type": "string"}, "end": {"type": "string"}, "note": {"type": "string"},
            "places": {"type": "array", "items": {"type": "string"}}, "industries": {"type": "array", "items": {"type": "string"}},
        }  # fmt: skip
        for key, one in cls.levers.items():
            plain: dict[str, Any] = {"description": f"{one.zh} / {one.en} [{one.unit}]"}
            if one.kind in ("number", "integer"):
                plain["type"] = "integer" if one.kind == "integer" else "number"
                if one.low is not None:
                    plain["minimum"] = one.low
                if one.high is not None:
                    plain["maximum"] = one.high
            elif one.kind == "switch":
                plain["type"] = "boolean"
            elif one.kind == "choice":
                plain["enum"] = list(one.allowed)
            elif one.kind == "set":
                plain |= {"type": "array", "items": {"enum": list(one.allowed)}}
            elif one.kind == "weights":
                weights = {name: {"type": "number", "minimum": 0} for name in one.allowed}
                plain |= {"type": "object", "properties": weights, "additionalProperties": False}
            else:
                plain["type"] = "object"
            full = {"type": "object", "properties": {name: {} for name in RESERVED}, "additionalProperties": False}
            properties[key] = {"anyOf": [plain, full]}
        return {"type": "object", "properties": properties, "required": ["instrument"], "additionalProperties": False}


def build_instrument(label: str, raw: Mapping[str, Any], site: SiteInfo) -> tuple[Instrument | None, list[Problem]]:
    """Build an instrument from its entry in a scenario.

    Returns:
        The instrument (None when anything is wrong) and what is wrong, each with its path under the entry.
    """
    problems: list[Problem] = []
    kinds = Instrument.kinds()
    name = raw.get("instrument")
    if not isinstance(name, str) or name not in kinds:
        problems.append((("instrument",), f"{name!r} is no instrument{nearest(str(name), kinds)}"))
        return None, problems
    kind = kinds[name]
    for key in raw:
        if key not in COMMON and key not in kind.levers:
            problems.append(((key,), f"no such setting of {name}{nearest(key, [*kind.levers, *COMMON])}"))
    clause = raw.get("clause", "")
    if not isinstance(clause, str):
        problems.append((("clause",), f"{clause!r} is not a text"))
    start = _date(raw, "start", problems) or datetime.date(1, 1, 1)
    end = _date(raw, "end", problems)
    if end is not None and end < start:
        problems.append((("end",), f"{end} is before the start {start}"))
    names = raw.get("places", [kind.default_places])
    covered = _select(names, site.select, ("places",), problems)
    industries = _select(raw.get("industries", ["all"]), site.industry_mask, ("industries",), problems)
    settings = {key: _setting(raw[key], one, clause, (key,), site, problems) if key in raw else Setting(one.default) for key, one in kind.levers.items()}
    for key, setting in settings.items():
        if setting.schedule and setting.schedule[0][0] > quarters.quarter_of(start):
            began = f"the policy starts {start}" if start.year > 1 else "the policy names no start"
            problems.append(((key, "schedule"), f"begins after the policy: {began}; give the value from then on"))
    if problems or covered is None or industries is None:
        return None, problems
    given = tuple(names)
    return kind(label, clause, start, end, covered, industries, settings, given), []


def _date(raw: Mapping[str, Any], key: str, problems: list[Problem]) -> datetime.date | None:
    text = raw.get(key)
    if text is None or text == "open":
        return None
    try:
        return datetime.date.fromisoformat(text)
    except (TypeError, ValueError):
        problems.append(((key,), f"{text!r} is not a date; write it as 2015-06-05"))
        return None


def _select(names: Any, select: Callable[[Any], Mask], path: tuple[str], problems: list[Problem]) -> Mask | None:
    if not isinstance(names, list) or not names or not all(isinstance(n, str) for n in names):
        problems.append((path, f"{names!r} is not a list of names"))
        return None
    try:
        return select(names)
    except InputError as error:
        problems.append((path, str(error)))
        return None


def _setting(raw: Any, one: Lever, clause: str, path: tuple[str | int, ...], site: SiteInfo, problems: list[Problem]) -> Setting:
    full = isinstance(raw, Mapping) and (one.kind not in MAPPINGS or any(key in RESERVED for key in raw))
    entry: Mapping[str, Any] = raw if full else {"value": raw}
    for key in entry:
        if key not in RESERVED:
            problems.append(((*path, key), f"not part of a setting{nearest(key, RESERVED)} (allowed: {', '.join(RESERVED)})"))

    def checked(value: Any, *steps: str | int) -> Any:
        wrong = one.check(value, site)
        if wrong:
            problems.append(((*path, *steps) if full else path, f"{wrong}"))
        return value

    value = checked(entry["value"], "value") if "value" in entry else one.default
    if "by_place" in entry and "value" not in entry:
        problems.append((path, "by_place needs a 'value' for all other places"))
    by_place: list[tuple[str, Any]] = []
    if "by_place" in entry:
        if one.kind not in ("number", "integer") or not isinstance(entry["by_place"], Mapping):
            problems.append(((*path, "by_place"), "only numbers may differ by place, as a mapping of places to numbers"))
        else:
            for name, each in entry["by_place"].items():
                try:
                    site.select([name])
                except InputError as error:
                    problems.append(((*path, "by_place", name), str(error)))
                by_place.append((name, checked(each, "by_place", name)))
    schedule: list[tuple[int, Any]] = []
    if "schedule" in entry:
        if not isinstance(entry["schedule"], Mapping):
            problems.append(((*path, "schedule"), "a schedule is a mapping of dates to values"))
        else:
            for text, each in entry["schedule"].items():
                try:
                    schedule.append((quarters.quarter_of(datetime.date.fromisoformat(text)), checked(each, "schedule", text)))
                except ValueError:
                    problems.append(((*path, "schedule", text), f"{text!r} is not a date; write it as 2015-06-05"))
            schedule.sort(key=lambda pair: pair[0])
    if not {"value", "by_place", "schedule"} & set(entry):
        problems.append((path, "gives no value, by_place or schedule"))
    bounds = entry.get("range")
    if bounds is not None and not (isinstance(bounds, list) and len(bounds) == 2 and all(isinstance(b, int | float) for b in bounds)):
        problems.append(((*path, "range"), f"{bounds!r} is not [low, high]"))
        bounds = None
    if bounds is not None and isinstance(value, int | float) and not isinstance(value, bool) and "value" in entry and not bounds[0] <= value <= bounds[1]:
        problems.append(((*path, "value"), f"{value} is outside its own range {bounds}"))
    own, assumption = entry.get("clause", ""), entry.get("assumption", "")
    if not one.is_option and not one.given and not assumption and not own:
        problems.append(
            (
                path,
                "no document gives this value: say why with 'assumption' (or name the clause that gives it with 'clause')",
            )
        )
    if not one.is_option and not (own or assumption or clause):
        problems.append((path, "names neither a clause nor an assumption"))
    return Setting(value, tuple(by_place), tuple(schedule), own or clause, assumption, tuple(bounds) if bounds else None)


def every_lever() -> Iterator[tuple[type[Instrument], Lever]]:
    """Yield (instrument, lever) of the register, options left out."""
    for kind in Instrument.kinds().values():
        for one in kind.levers.values():
            if not one.is_option:
                yield kind, one
