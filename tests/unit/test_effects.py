"""Paired effects, targets and whole numbers by hand."""

import numpy as np
import pandas as pd
import pytest

from zonesim.errors import InputError
from zonesim.experiments.compare import run_all
from zonesim.experiments.effects import paired_effects
from zonesim.founding.sizes import pareto_between, rake, sizes_with_total
from zonesim.scenario import Target
from zonesim.targets import attainment
from zonesim.world.whole import apportion


def table(values):
    rows = []
    for scenario, series in values.items():
        for r, v in enumerate(series):
            rows.append((scenario, r, "2017", "zone", "z", "gdp", v, "u"))
    return pd.DataFrame(rows, columns=["scenario", "replication", "period", "level", "place", "indicator", "value", "unit"])


def test_paired_effect_by_hand():
    # differences 1, 2, 3: mean 2, sd 1, t(2) = 4.302653, half = 4.302653 / sqrt 3
    row = paired_effects(table({"b": [10.0, 20.0, 30.0], "r": [11.0, 22.0, 33.0]}), "b", "r").iloc[0]
    assert (row["effect"], row["n"], row["share_gain"]) == (2.0, 3, 1.0)
    assert row["high"] - 2 == pytest.approx(4.30265273 / np.sqrt(3), rel=1e-6)
    assert row["variance_ratio"] == pytest.approx((100 + 121) / 1)


def test_a_null_policy_has_an_exact_zero():
    row = paired_effects(table({"b": [0.1, 0.2, 0.3], "r": [0.1, 0.2, 0.3]}), "b", "r").iloc[0]
    assert (row["effect"], row["low"], row["high"]) == (0.0, 0.0, 0.0)


def test_one_pair_has_no_interval():
    row = paired_effects(table({"b": [1.0], "r": [2.0]}), "b", "r").iloc[0]
    assert row["effect"] == 1.0 and np.isnan(row["low"])


def test_targets_count_replications():
    target = Target(indicator="gdp", place="z", period="2017", value=20.0, clause="x")
    got = attainment(table({"r": [10.0, 20.0, 30.0, 40.0]}), [target]).iloc[0]
    assert (got["met"], got["n"], got["probability"], got["mean"]) == (3, 4, 0.75, 25.0)


def test_sizes_add_up_and_have_the_tail():
    u = (np.arange(4000) + 0.5) / 4000
    sizes, exponent = sizes_with_total(u, 4000 * 50.0, 5.0, 1e5, 1.2)
    assert sizes.sum() == pytest.approx(200_000) and exponent == 1.2 and sizes.min() >= 5.0
    top = np.sort(sizes)[-400:]
    assert 1 / np.mean(np.log(top / top[0])) == pytest.approx(1.2, rel=0.12)
    thin, exponent = sizes_with_total(u, 4000 * 6.0, 5.0, 1e5, 1.2)
    assert thin.sum() == pytest.approx(24_000) and exponent > 1.2
    assert pareto_between(np.array([0.0]), 2.0, 10.0, 1.0)[0] == 2.0


def test_raking_and_apportioning():
    fitted, gap = rake(np.ones((3, 2)), np.array([1.0, 2.0, 3.0]), np.array([4.0, 2.0]))
    assert fitted.sum(axis=0).tolist() == pytest.approx([4.0, 2.0]) and gap < 1e-9
    assert apportion(7, np.array([1.0, 2.0, 4.0])).tolist() == [1, 2, 4]
    assert apportion(5, np.array([0.3, 0.3, 0.4])).sum() == 5


@pytest.mark.parametrize("replications", [0, -3])
def test_no_replications_are_refused(baseline, replications):
    with pytest.raises(InputError, match="replications"):
        run_all([baseline], replications, 1)
