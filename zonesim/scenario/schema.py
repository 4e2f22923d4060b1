"""Schema of ``scenarios/*.yaml`` and its loader: strict, and every error at once with its place in the file."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any, Literal

import pydantic
from pydantic import Field

from zonesim import quarters
from zonesim.errors import InputError, nearest
from zonesim.parameters import Parameters, load_all
from zonesim.policies.instrument import Instrument, build_instrument
from zonesim.policies.package import Package
from zonesim.policies.site import SiteInfo
from zonesim.scenario import documents, reader
from zonesim.scenario.complaints import describe, describe_all
from zonesim.scenario.overrides import set_value, wiped
from zonesim.scenario.region import Founding, Identifier, Real, Region, Strict
from zonesim.scenario.target_checks import check_targets, left_out, outside_run, refused
from zonesim.world.industries import load_industries

Quarter = Annotated[str, Field(pattern=r"^\d{4}Q[1-4]$")]


class Text(Strict):
    """A text in both languages."""

    zh: Annotated[str, Field(min_length=1, max_length=2000)]
    en: Annotated[str, Field(min_length=1, max_length=2000)]


class Horizon(Strict):
    """First and last quarter of a run."""

    start: Quarter
    end: Quarter


class Target(Strict):
    """A value that an indicator should reach by a date."""

    indicator: str
    place: Identifier
    period: Annotated[str, Field(pattern=r"^\d{4}(Q[1-4])?$")]
    value: Real
    direction: Literal["at least", "at most"] = "at least"
    clause: str


class Setting(Strict):
    """A parameter of behaviour that the scenario sets, with its reason."""

    value: Real
    source: str | None = None
    assumption: str | None = None


class Document(Strict):
    """The file as it is written, after ``extends``."""

    zonesim: Literal[1]
    id: Identifier
    name: Text
    description: Text | None = None
    horizon: Horizon
    region: Region
    founding: Founding
    parameters: dict[str, dict[str, Real | Setting]] = {}
    policies: dict[Identifier, dict[str, Any] | None] = {}
    targets: list[Target] = []


class Scenario:
    """What to run: opening figures, policies, parameters, horizon, targets. Frozen once loaded.

    Attributes:
        id: name of the scenario.
        start: first quarter (a whole number, see ``zonesim.quarters``).
        end: last quarter.
        instruments: the policies, in the order of their names.
        parameters: parameters of every decision by its name.
        document: the resolved document, as plain values (what ``run.json`` keeps).
        settings: what was set beyond the file, as it was written (``PATH=VALUE``).
        warnings: policies that never act in the run, targets that are left out, and the like.
    """

    def __init__(
        self, document: Document, plain: dict[str, Any], instruments: tuple[Instrument, ...], folder: Path = Path(), notes: Iterable[str] = ()
    ) -> None:
        listed = document.founding.enterprises_list
        self.enterprises_list = folder / listed if listed else None
        self.document = document
        self.resolved = plain
        self.id = document.id
        self.name = document.name
        self.region = document.region
        self.founding = document.founding
        self.start = quarters.parse(document.horizon.start)
        self.end = quarters.parse(document.horizon.end)
        self.instruments = instruments
        self.targets = tuple(document.targets)
        self.parameters = _parameters(document)
        self.settings: tuple[str, ...] = ()
        self._package: tuple[Region, Package] | None = None
        self.warnings = (*notes, *_warnings(self))

    @property
    def package(self) -> Package:
        """What the policies make of the law, quarter by quarter: made once for all runs of the scenario, and begun from that of the one it was varied from."""
        region, made = self._package or (None, None)
        if made is None or region is not self.region:
            made = Package(self.instruments, site_info(self.region))
        elif made.instruments is not self.instruments:
            made = Package(self.instruments, made.site, made)
        self._package = (self.region, made)
        return made

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "_package": None}

    @property
    def n_quarters(self) -> int:
        """Quarters of a run, both ends included."""
        return self.end - self.start + 1


def default_parameters() -> dict[str, Parameters]:
    """Return every decision's parameters at their defaults, by the decision's name."""
    return {name: kind() for name, kind in load_all().items()}


def _parameters(document: Document) -> dict[str, Parameters]:
    chosen = default_parameters()
    for decision, values in document.parameters.items():
        given = {k: v.value if isinstance(v, Setting) else v for k, v in values.items()}
        chosen[decision] = chosen[decision].model_copy(update=given)
    return chosen


def _warnings(scenario: Scenario) -> Iterable[str]:
    run = f"the run is {quarters.label(scenario.start)} to {quarters.label(scenario.end)}"
    for instrument in scenario.instruments:
        first, last = instrument.first_quarter, instrument.last_quarter
        if (last is not None and last < scenario.start) or first > scenario.end:
            until = quarters.label(last) if last is not None else "open"
            yield f"policies.{instrument.label} ({instrument.clause}) never acts: it is in force from {quarters.label(first)} to {until}, {run}"
            continue
        for name, setting in instrument.settings.items():
            what = f"policies.{instrument.label}.{name} ({setting.clause or instrument.clause})"
            late = [quarter for quarter, _ in setting.schedule if quarter > (scenario.end if last is None else min(last, scenario.end))]
            if late:
                after = "the run" if late[0] > scenario.end else "the policy"
                dates = ", ".join(map(quarters.label, late))
                yield f"{what}: what its schedule says from {dates} on never acts: {after} ends before, {run}"
            if instrument.levers[name].kind == "years":
                years = [value for _, value in setting.schedule] or [setting.value]
                acting = range(quarters.year(max(first, scenario.start)), quarters.year(scenario.end if last is None else min(last, scenario.end)) + 1)
                if all(begin > acting[-1] or over < acting[0] for begin, over in years):
                    spans = ", ".join(f"{begin} to {over}" for begin, over in years)
                    yield f"{what} never acts: its years are {spans}, the policy is in force from {acting[0]} to {acting[-1]} of the run"


def site_info(region: Region) -> SiteInfo:
    """Return the places and industries on which instruments may act."""
    industries = load_industries()
    place_ids, kinds, counties, zones = [], [], [], []
    for key, park in region.parks.items():
        place_ids.append(key)
        kinds.append("park")
        counties.append(park.county)
        zones.append(park.zone)
    for key in region.counties:
        for kind in ("urban", "rural"):
            place_ids.append(f"{key}_{kind}")
            kinds.append(kind)
            counties.append(key)
            zones.append("")
    return SiteInfo(
        place_ids=tuple(place_ids), kinds=tuple(kinds), counties=tuple(counties), zones=tuple(zones),
        zone_ids=tuple(region.zones), industries=industries,
        city_districts=tuple(key for key, county in region.counties.items() if county.city_district),
        parents=tuple(zone.parent or "" for zone in region.zones.values()), levels=tuple(zone.level for zone in region.zones.values()),
    )  # fmt: skip


def load_scenario(path: str | Path, overrides: Iterable[str] = (), written: Mapping[str, reader.Where] = MappingProxyType({})) -> Scenario:
    """Read a scenario file.

    Args:
        path: a YAML file; ``extends`` is resolved inside its own folder.
        overrides: settings as ``policies.NAME.SETTING=VALUE``, and all else that an experiment can move (``overrides.py``).
        written: where a file says some of them, by their paths, for messages; the others are on the command line.

    Raises:
        InputError: with one line for each mistake, ``file:line:column: what is wrong``.
    """
    path, faults, notes, set_here = Path(path), list[str](), list[str](), tuple(overrides)
    with reader.together(faults):
        node = documents.resolve_extends(path, path.parent, faults)
        for override in set_here:
            dotted, sign, value = override.partition("=")
            with reader.collected(faults):
                if not sign:
                    raise InputError(f"--set {override}: write it as --set policies.NAME.SETTING=VALUE")
                path_of = (dotted.strip(), value.strip(), written.get(dotted.strip()))
                changed = set_value(node, *path_of)
                notes += [note for note in [wiped(node, *path_of)] if note]
                node = changed

        def at(*steps: str | int) -> str:
            return f"{reader.where(node, steps)}: {'.'.join(str(s) for s in steps)}"

        scenario = build_scenario(reader.plain(node), at, path.parent, any(one.lstrip().startswith("horizon") for one in set_here))
        scenario.settings = set_here
        scenario.warnings = (*notes, *scenario.warnings)
    return scenario


def build_scenario(plain: dict[str, Any], at: Callable[..., str], folder: Path = Path(), horizon_set: bool = False) -> Scenario:
    """Build a scenario from plain values.

    Args:
        plain: the resolved document.
        at: says where a path of the document stands, for messages.
        folder: folder to which names of data files are relative.
        horizon_set: whether the horizon is not the file's own: targets outside it are then left out, with a warning, instead of being refused.

    Raises:
        InputError: with one line for each mistake.
    """
    problems: list[str] = []
    try:
        document = Document.model_validate(plain)
        region = document.region
        problems += _check_horizon(document, at)
        problems += _check_parameters(document.parameters, at)
    except pydantic.ValidationError as error:
        problems += describe_all(error, at, plain, Document)
        parameters = plain.get("parameters")
        if isinstance(parameters, dict) and not any(problem["loc"][0] == "parameters" for problem in error.errors()):
            problems += _check_parameters(parameters, at)
        try:
            region = Region.model_validate(plain.get("region"))
        except pydantic.ValidationError:  # places are needed to look at policies
            raise InputError(*problems) from None
    instruments = _instruments(plain.get("policies", {}), region, at, problems)
    targets, horizon = plain.get("targets"), plain.get("horizon")
    problems += check_targets(targets, region, at)
    outside, notes = outside_run(targets, horizon), tuple[str, ...]()
    if outside and horizon_set:
        notes = tuple(left_out(targets, horizon, outside))
        plain = {**plain, "targets": [one for i, one in enumerate(plain["targets"]) if i not in outside]}
    else:
        problems += refused(targets, horizon, outside, at)
    if problems:
        raise InputError(*problems)
    return Scenario(Document.model_validate(plain) if notes else document, plain, instruments, folder, notes)


def _instruments(policies: Any, region: Region, at: Any, problems: list[str]) -> tuple[Instrument, ...]:
    """Build the policies; add what is wrong with them to the problems."""
    built: list[Instrument] = []
    with reader.collected(problems):
        site = site_info(region)
        for name in sorted(policies) if isinstance(policies, dict) else ():
            raw = policies[name]
            if raw is None:
                problems.append(
                    f"{at('policies', name)}: there is no inherited policy of this name to remove{nearest(name, [k for k in policies if k != name])}"
                )
            elif isinstance(raw, dict):
                one, wrong = build_instrument(name, raw, site)
                problems += [f"{at('policies', name, *steps)}: {text}" for steps, text in wrong]
                built += [one] if one is not None else []
    return tuple(built)


def _check_horizon(document: Document, at: Any) -> Iterable[str]:
    start, end = quarters.parse(document.horizon.start), quarters.parse(document.horizon.end)
    if end < start:
        yield f"{at('horizon', 'end')}: {document.horizon.end} is before the start {document.horizon.start}"
    if end - start > 4 * 60:
        yield f"{at('horizon')}: {end - start + 1} quarters; at most 240 are run"


def _check_parameters(parameters: dict[str, dict[str, Any]], at: Any) -> Iterable[str]:
    known = default_parameters()
    for decision, values in parameters.items():
        if decision not in known:
            yield f"{at('parameters', decision)}: no such decision{nearest(decision, known)}"
            continue
        kind = type(known[decision])
        given = {k: v.value if isinstance(v, Setting) else v["value"] if isinstance(v, dict) else v for k, v in values.items()}
        try:
            kind.model_validate(given)
        except pydantic.ValidationError as error:
            for problem in error.errors():
                yield describe(problem, functools.partial(at, "parameters", decision), kind)


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema of scenario files, for editors; settings of every instrument included."""
    schema = Document.model_json_schema()
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = "zonesim scenario"
    schema["properties"]["extends"] = {"type": "string", "description": "another file of the same folder"}
    schema["properties"]["policies"] = {
        "type": "object",
        "additionalProperties": {"anyOf": [kind.document_schema() for kind in Instrument.kinds().values()]},
    }
    schema["required"] = ["zonesim", "id"]
    return schema
