"""One scenario with some of its settings changed, many times over: what an experiment varies, checked once, then copied.

A path names what varies: ``policies.NAME.SETTING`` (a lever, an option, ``start``, ``end``, or ``enabled``: whether the policy is there at all), ``parameters.DECISION.NAME``, or a figure of the
opening world such as ``founding.city.gdp``. Of a setting that differs by place or date the path names a part (``uneven.py``). The copies share all that is not changed, so that they cost microseconds.
"""

from __future__ import annotations

import copy
import datetime
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import pydantic

from zonesim import quarters
from zonesim.errors import InputError, nearest
from zonesim.policies.instrument import Instrument, Lever, Setting
from zonesim.scenario import uneven
from zonesim.scenario.overrides import IN_FORCE
from zonesim.scenario.region import Figure
from zonesim.scenario.schema import Scenario, site_info

_DATES = ("start", "end")
_KINDS = {"number": "float", "integer": "integer", "switch": "boolean", "choice": "categorical"}


@dataclass(frozen=True)
class Slot:
    """A place in a scenario that can vary.

    Attributes:
        path: dotted path.
        kind: float, integer, categorical, boolean or date.
        default: its value in the scenario.
        low: declared smallest value: the range of the scenario's own assumption, else that of the lever or parameter.
        high: declared largest value.
        allowed: values of a categorical one.
        lever: the lever, for a setting of a policy.
        multiplied: numbers that the value multiplies, for a setting that is scaled as a whole.
        not_before: first quarter of a schedule of the policy, for the start of one that has any.
    """

    path: str
    kind: str
    default: Any
    low: float | None = None
    high: float | None = None
    allowed: tuple[Any, ...] = ()
    lever: Lever | None = None
    multiplied: tuple[float, ...] = ()
    not_before: int | None = None

    def check(self, value: Any, scenario: Scenario) -> str | None:
        """Return what is wrong with a value, or None."""
        if self.kind == "date":
            try:
                datetime.date.fromisoformat(value)
            except (TypeError, ValueError):
                return f"{value!r} is not a date; write it as 2015-06-05"
            if self.not_before is not None and quarters.quarter_of(datetime.date.fromisoformat(value)) < self.not_before:
                return f"{value} is before {quarters.label(self.not_before)}, where a schedule of this policy begins; a setting would have no value till then"
            return None
        if self.kind == "boolean":
            return None if isinstance(value, bool) else f"{value!r} is not true or false"
        if self.lever is not None:
            site, whole = site_info(scenario.region), self.lever.kind == "integer"
            if not self.multiplied:
                return self.lever.check(value, site)
            said = ((one, self.lever.check(uneven.scaled(one, value, whole), site)) for one in self.multiplied)
            return next((f"{one:g} times {value:g}: {wrong}" for one, wrong in said if wrong), None)
        if isinstance(value, bool) or not isinstance(value, int | float):
            return f"{value!r} is not a number"
        if self.kind == "integer" and value != int(value):
            return f"{value!r} is not a whole number"
        if self.low is not None and value < self.low:
            return f"{value!r} is below {self.low:g}, the smallest that is declared"
        if self.high is not None and value > self.high:
            return f"{value!r} is above {self.high:g}, the largest that is declared"
        return None


def find_slot(scenario: Scenario, path: str) -> Slot:
    """Return what can vary at a path.

    Raises:
        InputError: there is no such place, or it cannot be varied; the message does not name the file.
    """
    head, _, rest = path.partition(".")
    if head == "policies":
        return _policy_slot(scenario, path, *_split(path, rest))
    if head == "parameters":
        return _parameter_slot(scenario, path, *_split(path, rest))
    if head in ("founding", "region"):
        return _figure_slot(scenario, path)
    raise InputError(
        f"{path!r} cannot vary: a path begins with policies, parameters, founding or region{nearest(head, ('policies', 'parameters', 'founding', 'region'))}"
    )


def _split(path: str, rest: str) -> tuple[str, str]:
    first, _, last = rest.partition(".")
    if not first or not last or "." in last:
        raise InputError(f"{path!r}: write policies.NAME.SETTING or parameters.DECISION.NAME")
    return first, last


def _policy_slot(scenario: Scenario, path: str, label: str, key: str) -> Slot:
    by_label = {one.label: one for one in scenario.instruments}
    if label not in by_label:
        raise InputError(f"no policy {label!r} in {scenario.id}{nearest(label, by_label)}")
    one = by_label[label]
    if key in _DATES:
        date = one.start if key == "start" else one.end
        steps = [setting.schedule[0][0] for setting in one.settings.values() if setting.schedule] if key == "start" else []
        return Slot(path, "date", None if date is None else date.isoformat(), not_before=max(steps, default=None))
    if key == IN_FORCE:
        return Slot(path, "boolean", True, allowed=(False, True))
    key, _, part = key.partition("@")
    if key not in one.levers:
        raise InputError(f"no setting {key!r} of {label} ({one.name}){nearest(key, [*one.levers, *_DATES, IN_FORCE])}")
    lever, setting = one.levers[key], one.settings[key]
    if part:
        return _part_slot(path.partition("@")[0], lever, setting, part)
    if uneven.is_uneven(setting):
        raise InputError(uneven.ways_out(path, setting))
    if lever.kind not in _KINDS:
        return Slot(path, "categorical", setting.value, lever=lever)  # a set, years or a map: the experiment lists the values
    low, high = setting.range or (lever.low, lever.high)
    allowed = (False, True) if lever.kind == "switch" else lever.allowed
    return Slot(path, _KINDS[lever.kind], setting.value, low, high, allowed, lever)


def _part_slot(path: str, lever: Lever, setting: Setting, part: str) -> Slot:
    """Return what can vary of a setting that differs by place or date."""
    part = uneven.part_of(setting, path, part)
    path, low, high = f"{path}@{part}", *(setting.range or (lever.low, lever.high))
    if part != uneven.SCALE:
        allowed = (False, True) if lever.kind == "switch" else lever.allowed
        return Slot(path, _KINDS.get(lever.kind, "categorical"), uneven.value_at(setting, part), low, high, allowed, lever)
    if lever.kind not in ("number", "integer"):
        raise InputError(f"{path}: only numbers can be scaled, and this is a {lever.kind}")
    least, most = uneven.multipliers(setting, low, high)
    return Slot(path, "float", 1.0, least, most, (), lever, tuple(uneven.numbers(setting)))


def _parameter_slot(scenario: Scenario, path: str, decision: str, name: str) -> Slot:
    if decision not in scenario.parameters:
        raise InputError(f"no decision {decision!r}{nearest(decision, scenario.parameters)}")
    own = scenario.parameters[decision]
    fields = type(own).model_fields
    if name not in fields:
        raise InputError(f"no parameter {name!r} of {decision}{nearest(name, fields)}")
    bounds: dict[str, float] = {}
    for part in fields[name].metadata:
        for side in ("ge", "le"):
            if hasattr(part, side):
                bounds[side] = getattr(part, side)
    value = getattr(own, name)
    return Slot(path, "integer" if fields[name].annotation is int else "float", value, bounds.get("ge"), bounds.get("le"))


def _figure_slot(scenario: Scenario, path: str) -> Slot:
    current: Any = scenario.document
    for step in path.split("."):
        names = current if isinstance(current, dict) else getattr(type(current), "model_fields", {})
        if isinstance(current, Figure) or step not in names:
            raise InputError(f"no {step!r} in {path!r}{nearest(step, names)}")
        current = current[step] if isinstance(current, dict) else getattr(current, step)
    if not isinstance(current, Figure) or isinstance(current.value, bool) or not isinstance(current.value, int | float):
        raise InputError(f"{path!r} is not a single figure that can vary")
    low, high = current.range or (None, None)
    kind = "integer" if type(current).model_fields["value"].annotation is int else "float"
    return Slot(path, kind, current.value, low, high)


def vary(scenario: Scenario, changes: Mapping[str, Any]) -> Scenario:
    """Return the scenario with other values at some paths (checked before by :func:`find_slot` and ``Slot.check``)."""
    if not changes:
        return scenario
    varied = copy.copy(scenario)
    varied._package = (scenario.region, scenario.package)
    policies: dict[str, dict[str, Any]] = {}
    parameters: dict[str, dict[str, Any]] = {}
    for path, value in changes.items():
        head, _, rest = path.partition(".")
        if head == "policies":
            label, key = rest.split(".")
            policies.setdefault(label, {})[key] = value
        elif head == "parameters":
            decision, name = rest.split(".")
            parameters.setdefault(decision, {})[name] = value
        else:
            varied.document = _replaced(varied.document, path.split("."), value)
    if varied.document is not scenario.document:
        varied.region, varied.founding = varied.document.region, varied.document.founding
    if policies:
        kept = (one for one in scenario.instruments if policies.get(one.label, {}).get(IN_FORCE, True))
        varied.instruments = tuple(_changed(one, policies[one.label]) if one.label in policies else one for one in kept)
    if parameters:
        varied.parameters = {name: one.model_copy(update=parameters[name]) if name in parameters else one for name, one in scenario.parameters.items()}
    return varied


def _changed(instrument: Instrument, values: Mapping[str, Any]) -> Instrument:
    changed = copy.copy(instrument)
    changed.settings = dict(instrument.settings)
    for key, value in values.items():
        if key == "start":
            changed.start = datetime.date.fromisoformat(value)
            changed.first_quarter = quarters.quarter_of(changed.start)
        elif key == "end":
            changed.end = datetime.date.fromisoformat(value)
            changed.last_quarter = quarters.quarter_of(changed.end)
        elif key != IN_FORCE:
            name, _, part = key.partition("@")
            old: Setting = changed.settings[name]
            changed.settings[name] = uneven.changed(old, part, value, instrument.levers[name]) if part else replace(old, value=value)
    return changed


def _replaced(node: Any, steps: list[str], value: Any) -> Any:
    if not steps:
        return node.model_copy(update={"value": value})
    step, rest = steps[0], steps[1:]
    if isinstance(node, dict):
        return {**node, step: _replaced(node[step], rest, value)}
    model: pydantic.BaseModel = node
    return model.model_copy(update={step: _replaced(getattr(model, step), rest, value)})
