"""Schema of ``scenarios/*.yaml`` and its loader: strict, and every error at once with its place in the file."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

import pydantic
from pydantic import Field

from zonesim import quarters
from zonesim.errors import InputError, nearest
from zonesim.parameters import Parameters, load_all
from zonesim.policies.instrument import Instrument, build_instrument
from zonesim.policies.site import SiteInfo
from zonesim.scenario import reader
from zonesim.scenario.region import Founding, Identifier, Region, Strict
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
    value: Annotated[float, Field(strict=False)]
    direction: Literal["at least", "at most"] = "at least"
    clause: str


class Setting(Strict):
    """A parameter of behaviour that the scenario sets, with its reason."""

    value: Annotated[float, Field(strict=False)]
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
    parameters: dict[str, dict[str, Annotated[float, Field(strict=False)] | Setting]] = {}
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
        warnings: policies that never act in the run, and the like.
    """

    def __init__(self, document: Document, plain: dict[str, Any], instruments: tuple[Instrument, ...], folder: Path = Path()) -> None:
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
        self.warnings = tuple(_warnings(self))

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
    for instrument in scenario.instruments:
        first, last = instrument.first_quarter, instrument.last_quarter
        if (last is not None and last < scenario.start) or first > scenario.end:
            yield (
                f"policies.{instrument.label} ({instrument.clause}) never acts: it is in force from "
                f"{quarters.label(first)} to {quarters.label(last) if last is not None else 'open'}, "
                f"the run is {quarters.label(scenario.start)} to {quarters.label(scenario.end)}"
            )


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
        zone_ids=tuple(region.zones), partner_ids=tuple(region.partners), industries=industries,
        city_districts=tuple(key for key, county in region.counties.items() if county.city_district),
        parents=tuple(zone.parent or "" for zone in region.zones.values()),
    )  # fmt: skip


def load_scenario(path: str | Path, overrides: Iterable[str] = ()) -> Scenario:
    """Read a scenario file.

    Args:
        path: a YAML file; ``extends`` is resolved inside its own folder.
        overrides: settings as ``policies.NAME.SETTING=VALUE``.

    Raises:
        InputError: with one line for each mistake, ``file:line:column: what is wrong``.
    """
    path = Path(path)
    node = reader.resolve_extends(path, path.parent)
    for override in overrides:
        dotted, sign, value = override.partition("=")
        if not sign:
            raise InputError(f"--set {override}: write it as --set policies.NAME.SETTING=VALUE")
        node = reader.set_value(node, dotted.strip(), value.strip())
    plain = reader.plain(node)
    if not isinstance(plain, dict):
        raise InputError(f"{path}: a scenario is a mapping")

    def at(*steps: str | int) -> str:
        where = reader.where(node, steps)
        return f"{where if where is not None else path}: {'.'.join(str(s) for s in steps)}"

    return build_scenario(plain, at, path.parent)


def build_scenario(plain: dict[str, Any], at: Callable[..., str], folder: Path = Path()) -> Scenario:
    """Build a scenario from plain values.

    Args:
        plain: the resolved document.
        at: says where a path of the document stands, for messages.
        folder: folder to which names of data files are relative.

    Raises:
        InputError: with one line for each mistake.
    """
    try:
        document = Document.model_validate(plain)
    except pydantic.ValidationError as error:
        raise InputError(*(describe(problem, at, Document) for problem in error.errors())) from None
    problems: list[str] = []
    start, end = quarters.parse(document.horizon.start), quarters.parse(document.horizon.end)
    if end < start:
        problems.append(f"{at('horizon', 'end')}: {document.horizon.end} is before the start {document.horizon.start}")
    if end - start > 4 * 60:
        problems.append(f"{at('horizon')}: {end - start + 1} quarters; at most 240 are run")
    problems += _check_parameters(document, at)
    problems += _check_targets(document, at, start, end)
    instruments: list[Instrument] = []
    try:
        site = site_info(document.region)
        for name in sorted(document.policies):
            raw = document.policies[name]
            if raw is None:
                problems.append(
                    f"{at('policies', name)}: there is no inherited policy of this name to remove{nearest(name, [k for k in document.policies if k != name])}"
                )
                continue
            built, wrong = build_instrument(name, raw, site)
            problems += [f"{at('policies', name, *steps)}: {text}" for steps, text in wrong]
            if built is not None:
                instruments.append(built)
    except InputError as error:
        problems += error.problems
    if problems:
        raise InputError(*problems)
    return Scenario(document, plain, tuple(instruments), folder)


def _check_parameters(document: Document, at: Any) -> Iterable[str]:
    known = default_parameters()
    for decision, values in document.parameters.items():
        if decision not in known:
            yield f"{at('parameters', decision)}: no such decision{nearest(decision, known)}"
            continue
        kind = type(known[decision])
        given = {k: v.value if isinstance(v, Setting) else v for k, v in values.items()}
        try:
            kind.model_validate(given)
        except pydantic.ValidationError as error:
            for problem in error.errors():
                yield describe(problem, functools.partial(at, "parameters", decision), kind)


def _check_targets(document: Document, at: Any, start: int, end: int) -> Iterable[str]:
    places = [*document.region.parks, *document.region.zones, *document.region.counties, document.region.id]
    for i, target in enumerate(document.targets):
        if target.place not in places:
            yield f"{at('targets', i, 'place')}: unknown place {target.place!r}{nearest(target.place, places)}"
        last = quarters.parse(target.period) if "Q" in target.period else 4 * int(target.period) + 3
        if not start <= last <= end:
            yield f"{at('targets', i, 'period')}: {target.period} is outside the horizon"


def describe(problem: Mapping[str, Any], at: Any, model: type[pydantic.BaseModel]) -> str:
    """Turn one of pydantic's errors into ``file:line:column: path: what, value, what is allowed, nearest name``."""
    steps = tuple(problem["loc"])
    value = problem.get("input")
    kind, context = problem["type"], problem.get("ctx", {})
    if kind == "extra_forbidden":
        names = _names_at(model, steps[:-1])
        return f"{at(*steps)}: no such setting{nearest(str(steps[-1]), names)}"
    if kind == "missing":
        return f"{at(*steps)}: is missing"
    text = problem["msg"].removeprefix("Value error, ")
    shown = "" if isinstance(value, dict | list) else f": {value!r}"
    allowed = f" (allowed: {context['expected']})" if "expected" in context and "expected" not in text else ""
    return f"{at(*steps)}{shown}: {text[:1].lower()}{text[1:]}{allowed}"


def _names_at(model: Any, steps: tuple[Any, ...]) -> list[str]:
    current: Any = model
    for step in steps:
        fields = getattr(current, "model_fields", None)
        if fields is not None and step in fields:
            annotation = fields[step].annotation
            arguments = [a for a in getattr(annotation, "__args__", ()) if hasattr(a, "model_fields")]
            current = annotation if hasattr(annotation, "model_fields") else (arguments[-1] if arguments else None)
    return list(getattr(current, "model_fields", {}))


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
