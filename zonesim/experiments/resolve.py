"""From what an experiment file says to factors and outcomes: what is left out comes from where the setting is declared."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Sequence
from typing import Any

from zonesim.errors import InputError, nearest
from zonesim.experiments.factors import DUMMY, Factor
from zonesim.experiments.measured import FieldError, measured, weights
from zonesim.experiments.schema import LAST, REGION, At, ExperimentDocument, FactorSpec
from zonesim.experiments.subject import Outcome
from zonesim.experiments.taken import far_dates, unread
from zonesim.indicators import DERIVED, INDICATORS
from zonesim.scenario import Scenario
from zonesim.scenario.uneven import EVERY, SCALE
from zonesim.scenario.vary import Slot, find_slot


def scenario_outcomes(document: ExperimentDocument, scenario: Scenario, at: At, problems: list[str]) -> tuple[Outcome, ...]:
    """Return the outcomes of a scenario; an unknown name is a problem."""
    found: list[Outcome] = []
    region = scenario.region
    known = {**INDICATORS, **DERIVED}
    places = {REGION: region.id, **{p: p for p in (*region.parks, *region.zones, *region.counties, region.id)}}
    last = _last_period(scenario)
    for i, spec in enumerate(document.outcomes):
        if spec.indicator is None:
            problems.append(f"{at('outcomes', i)}: an outcome of a scenario names an indicator, a place and a period")
            continue
        if spec.indicator not in known:
            problems.append(f"{at('outcomes', i, 'indicator')}: no such indicator: {spec.indicator!r}{nearest(spec.indicator, known)}")
            continue
        if spec.place not in places:
            problems.append(f"{at('outcomes', i, 'place')}: unknown place {spec.place!r}{nearest(spec.place, places)}")
            continue
        place = places[spec.place]
        if complaint := known[spec.indicator].complaint(region.level_of(place)):
            problems.append(f"{at('outcomes', i, 'place')}: {complaint}")
        period = last if spec.period == LAST else spec.period
        wrong = _outside(period, scenario)
        if wrong:
            problems.append(f"{at('outcomes', i, 'period')}: {wrong}")
        name = spec.name or f"{spec.indicator}.{place}.{period}"
        found.append(Outcome(name, spec.indicator, place, period, known[spec.indicator].unit, spec.target, spec.direction))
    _no_twins([one.name for one in found], at, problems)
    return tuple(found)


def _last_period(scenario: Scenario) -> str:
    return str(scenario.end // 4 if scenario.end % 4 == 3 else scenario.end // 4 - 1)


def _outside(period: str, scenario: Scenario) -> str | None:
    if "Q" in period:
        first = last = 4 * int(period[:4]) + int(period[-1]) - 1
    else:
        first, last = 4 * int(period), 4 * int(period) + 3
    return None if scenario.start <= first and last <= scenario.end else f"{period} is not wholly inside the horizon"


def function_outcomes(document: ExperimentDocument, at: At, problems: list[str]) -> tuple[Outcome, ...]:
    """Return the outcomes of a model of the user's own."""
    found: list[Outcome] = []
    for i, spec in enumerate(document.outcomes):
        if spec.indicator is not None or spec.name is None:
            problems.append(f"{at('outcomes', i)}: a model of your own gives outcomes by 'name'")
            continue
        found.append(Outcome(spec.name, unit=spec.unit or "", target=spec.target, direction=spec.direction))
    _no_twins([one.name for one in found], at, problems)
    return tuple(found)


def _no_twins(names: Sequence[str], at: At, problems: list[str]) -> None:
    for name in sorted({name for name in names if list(names).count(name) > 1}):
        problems.append(f"{at('outcomes')}: two outcomes are called {name!r}; give one a 'name'")


def _named(document: ExperimentDocument) -> Iterable[tuple[str, str, FactorSpec]]:
    for section, specs in (("levers", document.levers), ("uncertainties", document.uncertainties)):
        for name, spec in specs.items():
            yield section, name, spec or FactorSpec()


def scenario_factors(document: ExperimentDocument, scenario: Scenario, baseline: Scenario | None, at: At, problems: list[str]) -> tuple[Factor, ...]:
    """Return what varies in a scenario, with bounds from where each setting is declared."""
    factors: list[Factor] = []
    movers: dict[str, tuple[str, str]] = {}
    for section, name, spec in _named(document):
        try:
            slots = [find_slot(scenario, path) for path in _paths(name, spec, scenario)]
            both = section == "uncertainties" and baseline is not None
            if both and any(path.path.startswith("policies.") for path in slots):
                both = False  # an uncertain setting of a policy that the baseline does not have
            elif both and baseline is not None:
                for slot in slots:
                    find_slot(baseline, slot.path)
            factor = _factor(section, name, spec, slots)
        except InputError as error:
            problems += [f"{_place(error, section, name, at)}: {line}" for line in error.problems]
            continue
        problems += [*unread(section, name, spec, factor, at), *far_dates(section, name, spec, factor, scenario, at)]
        problems += [f"{at(section, name)}: {line}" for line in _moved_twice(name, factor.paths, movers)]
        factors.append(Factor(**{**vars(factor), "both": both}))
        ends = factor.values or (factor.value(factor.low), factor.value(factor.high))
        for slot, value in itertools.product(slots, ends):
            wrong = slot.check(value, scenario)
            if wrong:
                problems.append(f"{at(section, name)}: {wrong}")
    return tuple(factors)


def _moved_twice(name: str, paths: Sequence[str], movers: dict[str, tuple[str, str]]) -> Iterable[str]:
    """Yield the settings of a factor that another one moves too; enter its own.

    Two may move different places or steps of one setting; nothing else of it then.
    """
    for path in paths:
        setting, _, part = path.partition("@")
        whole = part in ("", EVERY, SCALE)
        clash = next((key for key in movers if key == path or (key.partition("@")[0] == setting and (whole or movers[key][1] in ("", EVERY, SCALE)))), None)
        if clash is not None:
            yield f"{path} is moved by {movers[clash][0]!r} already ({clash})" if movers[clash][0] != name else f"{path} is named twice"
        movers.setdefault(path, (name, part))


def _paths(name: str, spec: FactorSpec, scenario: Scenario) -> list[str]:
    """Return the settings that a factor moves, with the part of each that it moves (``zonesim.scenario.uneven``)."""
    return [path if spec.at is None else f"{path}@{spec.at}" for path in _settings(name, spec, scenario)]


def _settings(name: str, spec: FactorSpec, scenario: Scenario) -> list[str]:
    if spec.path is not None:
        if spec.policy is not None or spec.setting is not None:
            raise InputError("give either 'path' or 'policy' and 'setting', not both")
        return [spec.path]
    setting = spec.setting or name
    if spec.policy is not None:
        labels = [spec.policy] if isinstance(spec.policy, str) else spec.policy
        if not isinstance(labels, list) or not all(isinstance(label, str) for label in labels) or not labels:
            raise InputError(f"policy: {spec.policy!r} is neither a name nor a list of names")
        return [f"policies.{label}.{setting}" for label in labels]
    if "." in setting:
        return [setting if setting.split(".")[0] in ("founding", "region", "parameters", "policies") else f"parameters.{setting}"]
    labels = [one.label for one in scenario.instruments if setting in one.levers]
    if len(labels) == 1:
        return [f"policies.{labels[0]}.{setting}"]
    known = sorted({key for one in scenario.instruments for key in one.levers})
    if not labels:
        raise InputError(f"no policy of {scenario.id} has a setting {setting!r}{nearest(setting, known)}")
    raise InputError(f"{len(labels)} policies have {setting!r} ({', '.join(labels)}): say which by 'policy' (one name, or a list to move them together)")


def function_factors(document: ExperimentDocument, at: At, problems: list[str]) -> tuple[Factor, ...]:
    """Return what varies in a model of the user's own."""
    factors: list[Factor] = []
    for section, name, spec in _named(document):
        try:
            factor = _factor(section, name, spec, [])
        except InputError as error:
            problems += [f"{_place(error, section, name, at)}: {line}" for line in error.problems]
            continue
        problems += unread(section, name, spec, factor, at)
        factors.append(factor)
    return tuple(factors)


def _place(error: InputError, section: str, name: str, at: At) -> str:
    return at(section, name, error.field) if isinstance(error, FieldError) else at(section, name)


def _factor(section: str, name: str, spec: FactorSpec, slots: Sequence[Slot]) -> Factor:
    """Return a factor from what is written and, where that is silent, from what its setting declares."""
    if _is_dummys(name):
        raise InputError(f"{name!r} is the name of the factor that does nothing; choose another")
    slot = slots[0] if slots else None
    if any(one.kind != slots[0].kind for one in slots):
        raise InputError(f"the settings that move together are of different kinds ({', '.join(one.kind for one in slots)})")
    kind: Any = spec.kind or (slot.kind if slot else "categorical" if spec.values else "float")
    role: Any = "lever" if section == "levers" else "uncertainty"
    default = spec.default if spec.default is not None else slot.default if slot else None
    common: dict[str, Any] = {"name": name, "role": role, "kind": kind, "paths": tuple(one.path for one in slots), "default": default}
    values = tuple(spec.values) if spec.values else (slot.allowed if slot and spec.kind in (None, slot.kind) else ()) if spec.low is None else ()
    if kind == "boolean":
        values = values or (False, True)
    if kind in ("categorical", "boolean") or spec.values:
        if not values:
            raise InputError("a categorical factor needs its 'values'")
        if len({repr(v) for v in values}) != len(values):
            raise InputError(f"{list(values)} holds a value twice")
        if spec.distribution not in (None, "list", "uniform"):
            raise InputError(f"distribution {spec.distribution!r} does not go with listed values; give 'weights'")
        return Factor(**common, distribution="list", values=values, weights=weights(spec, values), high=float(len(values) - 1))
    return measured(common, spec, slot)


def _is_dummys(name: str) -> bool:
    return name == DUMMY or name.startswith(DUMMY + "_")


def grouped(document: ExperimentDocument, factors: tuple[Factor, ...], at: At, problems: list[str]) -> tuple[Factor, ...]:
    """Return the factors with the groups they vary in; an unknown or doubled member is a problem."""
    names = {one.name for one in factors}
    group_of: dict[str, str] = {}
    for group, members in document.groups.items():
        if _is_dummys(group):
            problems.append(f"{at('groups', group)}: {group!r} is the name of the factor that does nothing; choose another")
        for k, name in enumerate(members):
            if name not in names:
                problems.append(f"{at('groups', group, k)}: nothing called {name!r} varies{nearest(name, names)}")
            elif name in group_of:
                problems.append(f"{at('groups', group, k)}: {name!r} is in {group_of[name]!r} already")
            group_of.setdefault(name, group)
        if group in names and group not in members:
            problems.append(f"{at('groups', group)}: a factor is called {group!r} too")
    return tuple(Factor(**{**vars(one), "group": group_of.get(one.name, "")}) for one in factors)


def dead_ends(scenario: Scenario, factors: tuple[Factor, ...], at: At) -> Iterable[str]:
    """Yield the levers that cannot matter because their policy is never in force in the run."""
    for one in factors:
        for path in one.paths:
            head, label, *setting = path.split(".")
            if head != "policies":
                continue
            instrument = next(i for i in scenario.instruments if i.label == label)
            first, last = instrument.first_quarter, instrument.last_quarter
            if setting[0] == "start" and not one.values:  # a date is as early, or as late, as its range lets it be
                first = math.ceil(one.low)
            elif setting[0] == "end" and not one.values:
                last = math.floor(one.high)
            if first > scenario.end or (last is not None and last < scenario.start):
                yield f"{at('levers' if one.role == 'lever' else 'uncertainties', one.name)}: {label} is never in force in the run, so this cannot matter"
