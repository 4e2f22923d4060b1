"""Intervals hold the truth as often as they say: few sweeps of models whose indices are known. docs/derivations/interval_coverage.py counts them with many."""

import importlib.util

import numpy as np
import pytest

from tests.conftest import ROOT
from zonesim.experiments.design import Recipe, make_design
from zonesim.experiments.factors import Factor
from zonesim.experiments.intervals import intervals_of
from zonesim.experiments.ranking import rank


def load(name):
    import sys

    spec = importlib.util.spec_from_file_location(name, ROOT / "docs" / "derivations" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # its dataclasses ask for it
    spec.loader.exec_module(module)
    return module


COUNT = load("interval_coverage")


def shares(case, kind, sweeps):
    """Return by factor the share of intervals that hold the truth."""
    return {name: one[0] / one[1] for name, one in COUNT.counted(case, sweeps)[kind].items() if one[1]}


def test_the_truths_are_those_of_the_closed_forms():
    truth = COUNT.sobol_truth(COUNT.Case("Ishigami", COUNT.sobol(64, second=True)))
    assert [truth["s1"][name] for name in ("x1", "x2", "x3", "idle")] == pytest.approx([0.31391, 0.44241, 0.0, 0.0], abs=1e-5)
    assert [truth["st"][name] for name in ("x1", "x2", "x3", "idle")] == pytest.approx([0.55759, 0.44241, 0.24368, 0.0], abs=1e-5)
    assert truth["s2"]["x1", "x3"] == pytest.approx(0.24368, abs=1e-5)
    truth = COUNT.sobol_truth(COUNT.Case("line", COUNT.sobol(64), 0.3, 2))  # V = (4 + 1 + 1/4 + 1/16) / 12 + 0.045 of luck
    assert truth["s1"]["x1"] == pytest.approx((4 / 12) / (5.3125 / 12 + 0.045)) and truth["st"]["idle"] == pytest.approx(0.045 / (5.3125 / 12 + 0.045))
    truth = COUNT.morris_truth(COUNT.Case("switch", Recipe(method="morris", samples=10, levels=4)))
    assert truth == pytest.approx({"x1": 2.25, "x2": 1.5, "x3": 0.5, "idle": 0.0})  # a switch has 3/2 of its change, 1 + 1/2
    assert COUNT.effects_truth(COUNT.Case("switch", COUNT.sobol(64))) == pytest.approx({"x1": 1.5, "x2": 1.5, "x3": 0.5, "idle": 0.0})


@pytest.mark.parametrize(("n", "rows"), [(6, 32), (6, 64), (39, 64), (39, 256)])
def test_no_pair_of_columns_that_a_total_index_is_from_is_worse_than_chance(n, rows):
    """The mean of (x - x')^2 is 1/6; in the columns as they come, that of some factor errs up to five times as much as of independent points."""
    factors = tuple(Factor(f"x{i}", "lever", "float") for i in range(n - 1))
    found = []
    for seed in range(25):
        design = make_design(Recipe(method="sobol", samples=rows), factors, seed)
        a, b = design.unit[design.part == 0], design.unit[design.part == design.part.max()]
        found.append(((a - b) ** 2).mean(axis=0) - 1 / 6)
    assert np.sqrt((np.array(found) ** 2).mean(axis=0)).max() < 0.7 * np.sqrt(7 / 180 / rows)


def test_pairs_do_not_depend_on_the_size_so_that_a_larger_design_begins_with_the_smaller():
    factors = tuple(Factor(f"x{i}", "lever", "float") for i in range(5))
    small, large = (make_design(Recipe(method="sobol", samples=n), factors, 3) for n in (32, 128))
    assert np.array_equal(large.unit[: small.n_rows], small.unit)


def test_many_factors_and_few_rows():
    """38 factors have 76 columns: in 64 rows some are nearly the same, and neither s1 nor an effect may take that for certain."""
    case = COUNT.Case("many", COUNT.sobol(64))
    assert min(shares(case, "s1", 6).values()) >= 4 / 6
    got = rank(COUNT.seen(case, 1), resamples=20)
    assert {row["lever"]: row["effect"] for row in got.rows} == pytest.approx(COUNT.effects_truth(case), abs=1e-9)  # a sum has no error at all


@pytest.mark.parametrize("kind", ["s1", "st"])
def test_scrambles_of_fast_differ_by_what_they_err(kind):
    """Of 129 points four frequencies are shared by two factors: with one phase for both, all scrambles have the same error, and no interval holds the truth."""
    assert min(shares(COUNT.Case("line", Recipe(method="fast", samples=129, scrambles=3)), kind, 24).values()) >= 0.7


def test_fast_says_of_what_does_nothing_that_it_may_do_nothing():
    for model in ("switch", "Ishigami"):
        case = COUNT.Case(model, Recipe(method="fast", samples=257, scrambles=5))
        tally = COUNT.counted(case, 8)
        assert tally["st"]["idle"][0] == 8 and tally["rank"]["idle"][1] == 0
        assert model != "switch" or tally["s1"]["x1"][0] == 8  # four harmonics hold nine tenths of a switch, which its upper end makes good


def test_an_effect_of_interaction_alone_is_not_certain():
    """Ishigami's third factor has none, but with the first it makes steps of any size: in 64 rows they do not cancel, and resamples of the rows do not show it."""
    assert shares(COUNT.Case("Ishigami", COUNT.sobol(64)), "effect", 40)["x3"] >= 0.92


def test_the_size_of_an_effect_that_may_be_nothing_begins_at_nothing():
    case = COUNT.Case("sparse", Recipe(method="factorial"), 0.3, 2)
    assert min(shares(case, "me", 40).values()) >= 0.85
    by = {row["lever"]: row for row in rank(COUNT.seen(case, 1)).rows}
    assert by["idle"]["me_low"] == 0.0 < by["idle"]["me"] <= by["idle"]["me_high"] and by["x1"]["me_low"] > 0


def test_few_trajectories_have_wider_intervals_than_their_resamples():
    """Of the mean of ten normals: the percentiles hold it in about 90 % of samples, these in about 95."""
    rng, held = np.random.default_rng(5), np.zeros(2)
    for _ in range(400):
        values = rng.standard_normal(10)
        drawn = rng.choice(values, (400, 10)).mean(axis=1)[:, None]
        for k, rows in enumerate((None, np.array([10.0]))):
            low, high = intervals_of(drawn, 0.025, rows)
            held[k] += bool(low[0] <= 0 <= high[0])
    assert held[0] / 400 < 0.92 and 0.93 <= held[1] / 400 <= 0.98


@pytest.mark.parametrize("case", [
    COUNT.Case("switches", Recipe(method="morris", samples=10, levels=4), 0.5, 2), COUNT.Case("g", COUNT.sobol(64, second=True)),
    COUNT.Case("switches", COUNT.sobol(64, second=True), 0.5, 2), COUNT.Case("Ishigami", COUNT.sobol(64, 4)),
], ids=lambda case: f"{case.recipe.method}-{case.model}")  # fmt: skip
def test_every_interval_of_a_ranking(case):
    for kind, by in COUNT.counted(case, 24).items():
        held, n = (sum(one[k] for one in by.values()) for k in (0, 1))
        assert held / n >= 0.88, kind
        assert min((one[0] / one[1] for one in by.values() if one[1] > 12), default=1.0) >= 0.7, kind
