"""Effects of scenarios that were run apart from the baseline of a report: computed when their folders are put together."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from zonesim.errors import InputError
from zonesim.experiments.study import compare_pair
from zonesim.scenario import Scenario
from zonesim.scenario.diff import differences
from zonesim.scenario.schema import build_scenario
from zonesim.targets import attainment


def rebuilt(resolved: dict[str, Any], identity: str) -> Scenario | None:
    """Return the scenario of a record under the id that it has in a report; None where this version cannot read it."""
    try:
        return build_scenario({**resolved, "id": identity}, lambda *steps: ".".join(map(str, steps)), Path())
    except InputError:
        return None


def paired(indicators: pd.DataFrame, ledger: pd.DataFrame, baseline: Scenario, reform: Scenario) -> dict[str, pd.DataFrame]:
    """Return effects, net, costs and targets of a reform over a baseline, from the tables of both."""
    found = compare_pair(indicators, ledger, baseline, reform)
    targets = reform.targets or baseline.targets
    if targets:
        found["targets"] = attainment(indicators, targets)
    return found


def differing(baseline: Scenario, reform: Scenario) -> list[dict[str, Any]]:
    """Return what differs between their inputs."""
    return differences(baseline, reform)
