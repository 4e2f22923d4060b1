"""A mean of nothing is missing, not zero: in the register, in the tables, and for those who read them."""

import types

import numpy as np
import pandas as pd
import pytest

from zonesim.accounts.qualities import Inspection
from zonesim.experiments.answers import _effect
from zonesim.experiments.effects import paired_effects
from zonesim.experiments.reading import Reading
from zonesim.experiments.readings import values_of
from zonesim.experiments.subject import NotFinite, Outcome, finite
from zonesim.indicators import INDICATORS, MEASURES, Measures, Series
from zonesim.scenario import Target
from zonesim.targets import attainment

USUAL = Inspection(0.3, 0.6, 180.0, 12.0, 0.1, 0.25)


def computed(cube, name):
    with np.errstate(all="ignore"):
        return INDICATORS[name].compute(Measures(cube, 1.0, USUAL))


def adds_up(name):
    """Tell whether an indicator is a sum over enterprises: of twice as much of everything there is twice as much of it."""
    one = np.random.default_rng(3).uniform(1.0, 2.0, (1, len(MEASURES), 3))
    once, twice = computed(one, name), computed(2 * one, name)
    return bool(once.any()) and np.allclose(twice, 2 * once)


@pytest.mark.parametrize("name", sorted(INDICATORS))
def test_a_sum_of_nothing_is_zero_and_a_mean_of_nothing_is_missing(name):
    nothing, one = computed(np.zeros((1, len(MEASURES), 2)), name), INDICATORS[name]
    if adds_up(name):
        assert one.of is None and (nothing == 0).all()
    else:
        assert np.isnan(nothing).all() and one.of is not None
        assert "Missing where" in one.definition and "没有值" in one.definition_zh


def test_a_year_has_a_value_when_one_of_its_quarters_has_a_case():
    cube = np.zeros((1, len(MEASURES), 2))
    cube[0, MEASURES.index("approved")] = [0.0, 2.0]
    cube[0, MEASURES.index("approval_days")] = [0.0, 300.0]
    first, second = computed(cube, "approval_days")[0]
    assert np.isnan(first) and second == 150.0
    assert computed(cube.sum(axis=2, keepdims=True), "approval_days")[0, 0] == 150.0


def table(b, r):
    rows = [(s, k, "2017", "zone", "z", "approval_days", v, "days") for s, vs in (("b", b), ("r", r)) for k, v in enumerate(vs) if v is not None]
    return pd.DataFrame(rows, columns=["scenario", "replication", "period", "level", "place", "indicator", "value", "unit"])


def test_an_effect_is_of_the_pairs_in_which_both_have_a_value():
    # pairs 0, 2 and 4 are whole: differences 1, 2, 3
    row = paired_effects(table([10.0, None, 20.0, 7.0, 30.0], [11.0, 5.0, 22.0, None, 33.0]), "b", "r").iloc[0]
    whole = paired_effects(table([10.0, 20.0, 30.0], [11.0, 22.0, 33.0]), "b", "r").iloc[0]
    assert row["n"] == 3 and row["effect"] == 2.0
    assert row.drop(["level", "place"]).equals(whole.drop(["level", "place"]))
    assert paired_effects(table([1.0, None], [None, 2.0]), "b", "r").empty
    told = _effect(np.array([11.0, 5.0, 22.0, np.nan, 33.0]), np.array([10.0, np.nan, 20.0, 7.0, 30.0]))
    assert (told["n"], told["effect"], told["low"]) == (3, 2.0, row["low"])


def series(values):
    """One zone, two years; values of approval_days by year, None where missing."""
    known = [k for k, value in enumerate(values) if value is not None]
    at = np.array(known, dtype=int)
    zero = np.zeros(len(known), dtype=int)
    return types.SimpleNamespace(
        series=Series(("2016", "2017"), (("zone", "z"),), ("approval_days",), at, zero, zero, np.array([values[k] for k in known], dtype=float))
    )


def test_a_mean_over_years_leaves_out_those_without_a_value_and_a_zone_without_any_has_none():
    mean, last = Reading(indicator="approval_days", place="z", how="mean"), Reading(indicator="approval_days", place="z", period="2017")
    assert values_of(series([120.0, None]), mean, "c") == 120.0
    assert np.isnan(values_of(series([120.0, None]), last, "c"))
    assert np.isnan(values_of(series([None, None]), last, "c")) and np.isnan(values_of(series([None, None]), mean, "c"))


def test_a_run_of_a_sweep_that_has_no_value_says_which_and_where():
    outcome = Outcome("days", "approval_days", "z", "2017")
    with pytest.raises(NotFinite, match="outcome days is missing: approval_days has no value at z in 2017"):
        finite([float("nan")], (outcome,))


def test_a_run_without_a_value_meets_no_target_and_is_counted():
    days = Target(indicator="approval_days", place="z", period="2017", value=20.0, direction="at most", clause="x")
    one, other = (
        attainment(pd.concat([table([], [10.0, None, 20.0, 30.0]), table([], [1.0] * 4).assign(indicator="gdp")]), [days, days]).iloc[:2].to_dict("records")
    )
    assert one == other and (one["met"], one["n"], one["probability"], one["mean"]) == (2, 4, 0.5, 20.0)
    none = attainment(table([], [1.0] * 4).assign(indicator="gdp"), [days]).iloc[0]
    assert (none["met"], none["n"], none["probability"]) == (0, 4, 0.0) and np.isnan(none["mean"])
