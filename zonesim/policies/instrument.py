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
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

import numpy as np

from zonesim import policies, quarters
from zonesim.errors import nearest
from zonesim.policies.clauses import miscited
from zonesim.policies.given import RESERVED, Problem, read_date, read_names, read_setting
from zonesim.policies.lever import Lever, Setting, lever, option
from zonesim.policies.site import Mask, SiteInfo
from zonesim.terms import TERMS, Terms

__all__ = ["RESERVED", "Face", "Instrument", "Lever", "Problem", "Setting", "build_instrument", "every_lever", "lever", "option"]
COMMON = ("instrument", "clause", "start", "end", "places", "industries", "note")


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
    en: ClassVar[str] = ""
    levers: ClassVar[dict[str, Lever]] = {}
    edits: ClassVar[tuple[str, ...]] = ()  #: terms it may edit (tested against what it does edit)
    default_places: ClassVar[str] = "parks"
    bounds_package: ClassVar[bool] = False  #: whether the other measures hold only while it is in force
    pays: ClassVar[tuple[str, ...]] = ()  #: kinds of payment that it causes, for the ledger
    moves: ClassVar[dict[str, tuple[str, ...]]] = {}  #: by kind of payment, the terms by which it moves it
    by_place: ClassVar[bool] = False  #: whether it can hold in some places alone: not all that it edits is the region's
    by_industry: ClassVar[bool] = False  #: whether it can hold for some industries alone: it edits a term of sites
    _register: ClassVar[dict[str, type[Instrument]]] = {}

    def __init_subclass__(cls, name: str, zh: str, en: str, edits: str, places: str = "parks", pays: str = "", covers_itself: bool = False) -> None:
        """Enter the subclass in the register; one that ``covers_itself`` says in settings of its own where it holds; ``pays`` names kinds of payment, each with the terms that move it (``kind:term,term``) unless all that it edits do."""
        cls.name, cls.zh, cls.en, cls.default_places = name, zh, en, places
        cls.edits = tuple(edits.split())
        cls.moves = {kind: tuple(terms.split(",")) if terms else cls.edits for kind, _, terms in (one.partition(":") for one in pays.split())}
        cls.pays = tuple(cls.moves)
        unknown = [term for term in cls.edits if term not in TERMS]
        unknown += [term for terms in cls.moves.values() for term in terms if term not in cls.edits]
        if unknown:
            raise TypeError(f"{name}: no such terms {unknown}")
        where = set() if covers_itself else {TERMS[term].where for term in cls.edits}
        cls.by_place, cls.by_industry = bool(where - {"region"}), "sites" in where
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

    @staticmethod
    def named(name: object) -> type[Instrument] | None:
        """Return the instrument of a name; None when there is none."""
        _find_all()
        return Instrument._register.get(name) if isinstance(name, str) else None

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
            "places": {"type": "array", "items": {"type": "string"} if cls.by_place else {"const": "all"}}, "industries": {"type": "array", "items": {"type": "string"} if cls.by_industry else {"const": "all"}},
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
    name = raw.get("instrument")
    kind = Instrument.named(name)
    if kind is None:
        problems.append((("instrument",), f"{name!r} is no instrument{nearest(str(name), Instrument.kinds())}"))
        return None, problems
    for key in raw:
        if key not in COMMON and key not in kind.levers:
            problems.append(((key,), f"no such setting of {name}{nearest(key, [*kind.levers, *COMMON])}"))
    clause = raw.get("clause", "")
    if not isinstance(clause, str):
        problems.append((("clause",), f"{clause!r} is not a text"))
        clause = ""
    problems += [(("clause",), wrong) for wrong in miscited(clause)]
    start = read_date(raw, "start", problems) or datetime.date(1, 1, 1)
    end = read_date(raw, "end", problems)
    if end is not None and end < start:
        problems.append((("end",), f"{end} is before the start {start}"))
    names = raw.get("places", [kind.default_places])
    covered = read_names(names, site.select, ("places",), problems)
    industries = read_names(raw.get("industries", ["all"]), site.industry_mask, ("industries",), problems)
    if covered is not None and not kind.by_place and not covered.all():
        problems.append((("places",), f"{name} does not hold by place: it is of the whole region, or its own settings say where; leave this out"))
    if industries is not None and not kind.by_industry and not industries.all():
        problems.append(
            (("industries",), f"{name} does not hold by industry: nothing that it changes is told apart so, or its own settings say which; leave this out")
        )
    settings = {key: read_setting(raw[key], one, clause, (key,), site, problems) if key in raw else Setting(one.default) for key, one in kind.levers.items()}
    for key, setting in settings.items():
        if setting.schedule and setting.schedule[0][0] > quarters.quarter_of(start):
            began = f"the policy starts {start}" if start.year > 1 else "the policy names no start"
            problems.append(((key, "schedule"), f"begins after the policy: {began}; give the value from then on"))
    if problems or covered is None or industries is None:
        return None, problems
    given = tuple(names)
    return kind(label, clause, start, end, covered, industries, settings, given), []


def every_lever() -> Iterator[tuple[type[Instrument], Lever]]:
    """Yield (instrument, lever) of the register, options left out."""
    for kind in Instrument.kinds().values():
        for one in kind.levers.values():
            if not one.is_option:
                yield kind, one
