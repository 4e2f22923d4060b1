"""The look into contradicted claims: its readings are those of the indicators, and each trial stands on a lever, a parameter and a setting that exist."""

import importlib.util

import numpy as np
import pytest

from tests.conftest import ROOT
from zonesim import draws
from zonesim.experiments.proof import tabulate_model
from zonesim.model import ZoneModel
from zonesim.report.claims import read_why
from zonesim.scenario import load_scenario

_spec = importlib.util.spec_from_file_location("contradictions", ROOT / "docs" / "derivations" / "contradictions.py")
looked = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(looked)


@pytest.mark.parametrize("trial", looked.TRIALS, ids=lambda one: "-".join(part for part in (one.lever, str(one.high or ""), one.off, one.setting) if part))
def test_a_trial_builds_two_packages_that_differ_in_its_lever_alone(trial):
    from zonesim.scenario.diff import differences

    low, high = looked.pair(trial, 20)
    assert {row["path"].split(".")[-1] for row in differences(low, high)} == {trial.lever}
    assert any(indicator in ("approval_days", "output_per_mu", "enterprises_from_outside", "lost_projects")
               for lever, indicator in read_why(ROOT / "docs" / "derivations" / "claims_why.csv") if lever == trial.lever)  # fmt: skip


def test_what_is_read_of_a_region_is_its_indicator():
    scenario = load_scenario(ROOT / "scenarios" / looked.LANZHOU, ["founding.scale=20", "horizon.end=2015Q4"])
    model = ZoneModel(scenario, draws.replication_seed(1, 0))
    for _ in range(scenario.n_quarters):
        model.step()
    series = tabulate_model(model)
    everywhere = np.ones(model.world.n_places, dtype=bool)
    cube = model.observer.cube[4:8]
    for read, indicator in (
        ("days to approve", "approval_days"),
        ("output per mu", "output_per_mu"),
        ("from outside", "enterprises_from_outside"),
        ("lost projects", "lost_projects"),
    ):
        here = (series.indicator == series.indicators.index(indicator)) & (series.period == series.periods.index("2015"))
        (value,) = series.value[here & (series.group == series.groups.index(("city", "lanzhou")))]
        assert looked.READ[read](cube, everywhere) == pytest.approx(value), read
