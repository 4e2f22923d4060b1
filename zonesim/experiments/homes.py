"""Where a lever is at home: the packages that have it, the ends of its range, and the scenarios in which it stands at one."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from zonesim import quarters
from zonesim.errors import InputError, nearest
from zonesim.policies.instrument import Instrument, Lever
from zonesim.scenario import Scenario, load_scenario
from zonesim.scenario.schema import build_scenario


def ends(lever: Lever, raw: Any) -> tuple[Any, Any]:
    """Return the settings at the low and the high end of a lever's range.

    A window of years, a map, or weights have no ends: the low end is then None, "the policy is not there", and the high end the package's own.
    """
    if lever.kind in ("number", "integer"):
        return lever.low, lever.high
    if lever.kind == "switch":
        return False, True
    if lever.kind == "choice":
        return lever.allowed[0], lever.allowed[-1]
    if lever.kind == "set":
        return [], list(lever.allowed)
    value = raw.get("value", raw) if isinstance(raw, dict) and "value" in raw else raw
    return None, lever.default if value is None else value


def with_lever(scenario: Scenario, lever: Lever, value: Any) -> Scenario:
    """Return the scenario with a lever set in every policy that has it; None removes those policies."""
    plain = copy.deepcopy(scenario.resolved)
    kinds = Instrument.kinds()
    for label, raw in list(plain["policies"].items()):
        if raw and lever.id in kinds[raw["instrument"]].levers:
            if value is None:
                del plain["policies"][label]
            else:
                raw[lever.id] = {"value": value, "assumption": "an end of its range"}
    return build_scenario(plain, lambda *steps: f"{scenario.id} with {lever.id} = {value!r}: {'.'.join(map(str, steps))}")


def homes(lever: Lever, kind: type[Instrument], packages: Sequence[Scenario]) -> Iterator[tuple[Scenario, bool, Any]]:
    """Yield the packages in which a lever is on, then those to which its instrument is added with its defaults: scenario, added, the lever's entry."""
    kinds = Instrument.kinds()
    without = []
    for package in packages:
        entries = [
            raw[lever.id]
            for raw in (package.resolved.get("policies") or {}).values()
            if raw and lever.id in kinds[raw["instrument"]].levers and lever.id in raw
        ]
        if entries:
            yield package, False, entries[0]
        else:
            without.append(package)
    for package in without:
        plain = copy.deepcopy(package.resolved)
        entry: dict[str, Any] = {"instrument": kind.name, "clause": lever.clauses[0], "start": f"{quarters.year(package.start) + 1}-01-01"}
        for key, one in kind.levers.items():
            if not one.is_option:
                entry[key] = {"value": one.default, "assumption": "default of the catalogue"}
        plain.setdefault("policies", {})[f"proof_of_{kind.name}"] = entry
        try:
            built = build_scenario(plain, lambda *steps: ".".join(map(str, steps)))
        except InputError:  # its defaults name places of another region
            continue
        yield built, True, entry[lever.id]


def find_packages(folder: Path, overrides: Sequence[str] = ()) -> list[Scenario]:
    """Return the packages of a folder of scenarios: every file that has policies; regions of many zones first.

    Args:
        folder: of the scenarios.
        overrides: settings that hold in every package, such as ``founding.scale=20``; one of a policy (``policies.NAME.SETTING=...``) in those that have it.

    Raises:
        InputError: the folder holds none, a file is wrong, or no package has a policy that is to be set.
    """
    common = [one for one in overrides if _policy(one) is None]
    own = {one: _policy(one) for one in overrides if _policy(one) is not None}
    found: list[Scenario] = []
    set_somewhere: set[str] = set()
    names: set[str] = set()
    for path in sorted(folder.glob("*/*.yaml")):
        scenario = load_scenario(path, common)
        if not scenario.instruments:
            continue
        labels = {one.label for one in scenario.instruments}
        mine = [one for one, label in own.items() if label in labels]
        names |= labels
        set_somewhere |= set(mine)
        found.append(load_scenario(path, [*common, *mine]) if mine else scenario)
    if not found:
        raise InputError(f"{folder}: holds no scenario with policies")
    if missing := [one for one in own if one not in set_somewhere]:
        raise InputError(*(f"--set {one}: no package has the policy {own[one]!r}{nearest(str(own[one]), sorted(names))}" for one in missing))
    return sorted(found, key=lambda one: (-len(one.region.zones), one.id))


def _policy(override: str) -> str | None:
    """Return the policy whose setting an override names, or None.

    >>> _policy("policies.award.award_amount=5"), _policy("founding.scale=20")
    ('award', None)
    """
    steps = override.partition("=")[0].strip().split(".")
    return steps[1] if steps[0] == "policies" and len(steps) > 2 else None
