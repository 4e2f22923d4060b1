"""Measures of a scenario that change no term in the whole run, told from the terms alone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from zonesim import quarters
from zonesim.policies.instrument import Instrument
from zonesim.policies.lever import Setting
from zonesim.policies.package import Package
from zonesim.scenario.schema import Scenario


def neutral_measures(scenario: Scenario) -> Iterator[str]:
    """Say which measures change nothing in the run though their dates lie in it, and why (see :func:`unfelt`)."""
    return (said for _, said in unfelt(scenario))


def unfelt(scenario: Scenario) -> Iterator[tuple[str, str]]:
    """Return which measures change nothing in the run though their dates lie in it: (label, what is said of it and why).

    A measure changes something when a term differs from the law's with it. That needs no run, but the terms of every quarter: it is not asked
    when a scenario is read (a sweep reads thousands) but where one is told of it.
    """
    package = scenario.package
    for one in scenario.instruments:
        last = scenario.end if one.last_quarter is None else min(one.last_quarter, scenario.end)
        span = range(max(one.first_quarter, scenario.start), last + 1)
        if not span or one.bounds_package:  # the reader tells of dates outside the run; a window changes what others do
            continue
        if package.matters(one, span):
            if not any(one in package.acting(quarter) for quarter in span):
                run = f"the run is {quarters.label(scenario.start)} to {quarters.label(scenario.end)}"
                windows = ", ".join(window.label for window in package.windows)
                yield (
                    one.label,
                    f"policies.{one.label} ({one.clause}) never acts: the window of the package ({windows}) is closed whenever it is in force, {run}",
                )
        else:
            yield one.label, f"policies.{one.label} ({one.clause}) changes nothing in the run: {_reason(one, package)}"


def _reason(one: Instrument, package: Package) -> str:
    """Return why a measure changes nothing: where it acts, or which of its settings say nothing."""
    if not one.covered.any():
        return f"it covers no place of the region (places: {', '.join(one.place_names)})"
    neutral = {
        key: lever.null for key, lever in one.levers.items() if lever.null is not None and all(value == lever.null for value in _values(one.settings[key]))
    }
    if neutral:
        said = ", ".join(f"{key} = {value:g}" if isinstance(value, float) else f"{key} = {json.dumps(value)}" for key, value in neutral.items())
        return f"set at its neutral value: {said}"
    if not package.site.zone_mask(one.covered).any():
        return f"no committee runs a place that it covers (places: {', '.join(one.place_names)})"
    return "every term stays what the law makes it"


def _values(setting: Setting) -> list[Any]:
    return [value for _, value in setting.schedule] or [setting.value, *(value for _, value in setting.by_place)]
