"""Arms of a counterfactual: the package with something different."""

from __future__ import annotations

import copy
import datetime
import functools
from collections.abc import Callable, Iterable
from typing import Annotated, Any

from pydantic import Field

from zonesim.errors import InputError, nearest
from zonesim.policies.instrument import Instrument, every_lever
from zonesim.scenario import Scenario
from zonesim.scenario.region import Identifier
from zonesim.scenario.schema import Text, build_scenario

PLACED = ("map", "assignment")  #: kinds of settings that name places of a region


class Arm(Text):
    """One way in which the world differs from the package as written.

    What is done, in this order: ``off`` removes every policy whose levers belong to a group ("all": the package is not there);
    ``without`` removes every policy that has a lever; ``transplant`` adds the policies of another region's package (of some
    groups); ``levers`` sets a lever in every policy that has it, ``places`` where it holds; ``policies`` merges into the policies (null removes
    one); ``open_ended`` lets no policy end; ``staff`` multiplies the staff of all committees; ``parameters`` changes behaviour.
    """

    off: list[str] = []
    without: list[str] = []
    transplant: str | None = None
    transplant_groups: list[str] = []
    levers: dict[str, Any] = {}
    places: dict[str, list[str]] = {}
    policies: dict[Identifier, dict[str, Any] | None] = {}
    open_ended: bool = False
    staff: Annotated[float, Field(gt=0, le=100, strict=False)] = 1.0
    parameters: dict[str, dict[str, Annotated[float, Field(strict=False)]]] = {}


def build_arm(identity: str, name: str, arm: Arm, base: Scenario, donor: Scenario | None, at: Callable[..., str]) -> Scenario:
    """Return the scenario of an arm: the package's resolved document with the arm's differences.

    Args:
        identity: id of the counterfactual.
        name: of the arm.
        arm: its differences.
        base: the package as written.
        donor: scenario whose policies are transplanted, if any.
        at: says where a path stands in the file.

    Raises:
        InputError: a lever, policy or group that the package does not have, or a value that is not allowed.
    """
    plain = copy.deepcopy(base.resolved)
    policies: dict[str, Any] = plain.setdefault("policies", {})
    kinds = Instrument.kinds()

    def levers_of(raw: Any) -> dict[str, Any]:
        return kinds[raw["instrument"]].levers if raw else {}

    def policies_with(lever: str, *steps: str | int) -> list[str]:
        found = [label for label, raw in policies.items() if lever in levers_of(raw)]
        if not found:
            known = sorted({key for raw in policies.values() for key in levers_of(raw)})
            raise InputError(f"{at('arms', name, *steps)}: no policy of {base.id!r} has the lever {lever!r}{nearest(lever, known)}")
        return found

    for steps, groups in (("off", arm.off), ("transplant_groups", arm.transplant_groups)):
        _check_groups(groups, functools.partial(at, "arms", name, steps))
    for label in [label for label, raw in policies.items() if raw and _in_groups(kinds[raw["instrument"]], arm.off)]:
        del policies[label]
    for k, lever in enumerate(arm.without):
        for label in policies_with(lever, "without", k):
            del policies[label]
    if donor is not None:
        policies |= _transplanted(donor, arm.transplant_groups or ["all"], base)
    for lever, value in arm.levers.items():
        for label in policies_with(lever, "levers", lever):
            entry = dict(value) if isinstance(value, dict) and {"value", "by_place", "schedule"} & set(value) else {"value": value}
            if not {"clause", "assumption"} & set(entry):
                entry["assumption"] = f"arm {name} of counterfactual {identity}"
            policies[label][lever] = entry
    for lever, where in arm.places.items():
        for label in policies_with(lever, "places", lever):
            policies[label]["places"] = where
    for label, change in arm.policies.items():
        if change is None and label not in policies:
            raise InputError(f"{at('arms', name, 'policies', label)}: {base.id!r} has no such policy{nearest(label, policies)}")
        if change is None:
            del policies[label]
        else:
            policies[label] = {**(policies.get(label) or {}), **change}
    if arm.open_ended:
        for label in [label for label, raw in policies.items() if raw["instrument"] == "policy_window"]:
            del policies[label]  # the window of the package would end it
        for raw in policies.values():
            raw.pop("end", None)
    if arm.staff != 1.0:
        for zone in plain["region"]["zones"].values():
            zone["staff"] = {"value": arm.staff * _figure(zone["staff"]), "assumption": f"arm {name} of counterfactual {identity}", "range": [0, 1e6]}
    for decision, values in arm.parameters.items():
        plain.setdefault("parameters", {}).setdefault(decision, {}).update(values)
    plain["id"] = name
    plain["name"] = {"zh": arm.zh, "en": arm.en}
    return build_scenario(plain, lambda *steps: f"{at('arms', name)}: {'.'.join(str(s) for s in steps)}")


def _figure(raw: Any) -> float:
    return float(raw["value"] if isinstance(raw, dict) else raw)


def _check_groups(groups: Iterable[str], at: Callable[[int], str]) -> None:
    known = sorted({lever.group for _, lever in every_lever()})
    for k, group in enumerate(groups):
        if group != "all" and group not in known:
            raise InputError(f"{at(k)}: no group of levers {group!r}{nearest(group, ['all', *known])} (allowed: all, {', '.join(known)})")


def _in_groups(kind: type[Instrument], groups: Iterable[str]) -> bool:
    return "all" in groups or bool({lever.group for lever in kind.levers.values() if not lever.is_option} & set(groups))


def _transplanted(donor: Scenario, groups: list[str], base: Scenario) -> dict[str, Any]:
    """Return the policies of another region's package as they would stand here.

    Its names of places mean nothing here: every policy covers what its instrument covers by default, values by place become the plain value, and
    a policy that maps industries or zones to places is left out. Dates are moved so that its first date is the first of the base's own package.
    """
    kinds = Instrument.kinds()
    starts = [datetime.date.fromisoformat(raw["start"]) for raw in donor.resolved["policies"].values() if raw and raw.get("start")]
    own = [one.start for one in base.instruments if one.start.year > 1]
    shift = (min(own).year - min(starts).year) if own and starts else 0

    def moved(date: str) -> str:
        day = datetime.date.fromisoformat(date)
        return day.replace(year=day.year + shift, day=min(day.day, 28)).isoformat()

    out: dict[str, Any] = {}
    for label, raw in donor.resolved["policies"].items():
        if (
            not raw
            or not _in_groups(kinds[raw["instrument"]], groups)
            or any(kinds[raw["instrument"]].levers[key].kind in PLACED for key in raw if key in kinds[raw["instrument"]].levers)
        ):
            continue
        entry = {key: value for key, value in raw.items() if key != "places"}
        for key, value in entry.items():
            if isinstance(value, dict) and "by_place" in value:
                entry[key] = {k: v for k, v in value.items() if k != "by_place"}
            if isinstance(value, dict) and "schedule" in value:
                entry[key] = {**value, "schedule": {moved(date): one for date, one in value["schedule"].items()}}
            if kinds[raw["instrument"]].levers.get(key) is not None and kinds[raw["instrument"]].levers[key].kind == "years":
                years = value["value"] if isinstance(value, dict) else value
                entry[key] = {"value": [year + shift for year in years], "assumption": "moved with the package"}
        for key in ("start", "end"):
            if entry.get(key) not in (None, "open"):
                entry[key] = moved(entry[key])
        out[f"from_{label}"] = entry
    return out
