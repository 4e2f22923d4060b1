"""Arms of a counterfactual: the package with something different."""

from __future__ import annotations

import copy
import functools
from collections.abc import Callable, Iterable
from typing import Annotated, Any

from pydantic import Field

from zonesim.errors import InputError, nearest
from zonesim.experiments.transplant import in_groups, transplanted
from zonesim.policies.instrument import Instrument, every_lever
from zonesim.scenario import Scenario
from zonesim.scenario.region import Identifier, Real
from zonesim.scenario.schema import Text, build_scenario


class Arm(Text):
    """One way in which the world differs from the package as written.

    ``scenario`` is another package to start from, in its own region. What is done, in this order: ``off`` removes every policy whose levers belong
    to a group ("all": the package is not there), ``only`` every policy that has no lever of some groups; ``without`` removes every policy that has a
    lever; ``transplant`` adds the policies of another region's package (of some groups); ``levers`` sets a lever in every policy that has it,
    ``places`` where it holds; ``policies`` merges into the policies (null removes one); ``open_ended`` lets no policy end; ``staff`` multiplies the
    staff of all committees; ``parameters`` changes behaviour. The effects of the arm are counted against the arm ``versus``, or the package as written.
    """

    scenario: str | None = None
    versus: str | None = None
    off: list[str] = []
    only: list[str] = []
    without: list[str] = []
    transplant: str | None = None
    transplant_groups: list[str] = []
    levers: dict[str, Any] = {}
    places: dict[str, list[str]] = {}
    policies: dict[Identifier, dict[str, Any] | None] = {}
    open_ended: bool = False
    staff: Annotated[Real, Field(gt=0, le=100)] = 1.0
    parameters: dict[str, dict[str, Real]] = {}


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

    for steps, groups in (("off", arm.off), ("only", arm.only), ("transplant_groups", arm.transplant_groups)):
        _check_groups(groups, functools.partial(at, "arms", name, steps))
    for label, raw in list(policies.items()):
        if raw and (in_groups(kinds[raw["instrument"]], arm.off) or (arm.only and not in_groups(kinds[raw["instrument"]], arm.only))):
            del policies[label]
    for k, lever in enumerate(arm.without):
        for label in policies_with(lever, "without", k):
            del policies[label]
    if donor is not None:
        policies |= transplanted(donor, arm.transplant_groups or ["all"], base)
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
    made = build_scenario(plain, lambda *steps: f"{at('arms', name)}: {'.'.join(str(s) for s in steps)}")
    made.settings = base.settings
    return made


def _figure(raw: Any) -> float:
    return float(raw["value"] if isinstance(raw, dict) else raw)


def _check_groups(groups: Iterable[str], at: Callable[[int], str]) -> None:
    known = sorted({lever.group for _, lever in every_lever()})
    for k, group in enumerate(groups):
        if group != "all" and group not in known:
            raise InputError(f"{at(k)}: no group of levers {group!r}{nearest(group, ['all', *known])} (allowed: all, {', '.join(known)})")
