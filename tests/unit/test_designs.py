"""Factors turn probabilities into values; designs have the order and the growth that an analysis needs."""

import math

import numpy as np
import pytest
from scipy import stats

from zonesim.errors import InputError
from zonesim.experiments.design import Recipe, expected_rows, make_design
from zonesim.experiments.factors import Factor

U = (np.arange(4000) + 0.5) / 4000


def lever(name="x", **more):
    return Factor(name, "lever", more.pop("kind", "float"), **more)


def test_quantiles_are_those_of_the_distributions():
    cut = stats.truncnorm((1 - 3) / 2, (8 - 3) / 2, loc=3, scale=2)
    assert np.allclose(lever(distribution="normal", center=3.0, spread=2.0, low=1.0, high=8.0).quantile(U), cut.ppf(U))
    logs = stats.truncnorm((math.log(0.5) - math.log(2)) / 0.7, (math.log(9) - math.log(2)) / 0.7, loc=math.log(2), scale=0.7)
    assert np.allclose(lever(distribution="lognormal", center=2.0, spread=0.7, low=0.5, high=9.0).quantile(U), np.exp(logs.ppf(U)))
    triangle = stats.triang(0.25, loc=2, scale=8)
    assert np.allclose(lever(distribution="triangular", center=4.0, low=2.0, high=10.0).quantile(U), triangle.ppf(U))
    pert = stats.beta(1 + 4 * 0.25, 1 + 4 * 0.75, loc=2, scale=8)
    assert np.allclose(lever(distribution="pert", center=4.0, low=2.0, high=10.0).quantile(U), pert.ppf(U))
    assert np.allclose(lever(distribution="log_uniform", low=0.01, high=10.0).quantile(U), stats.loguniform(0.01, 10).ppf(U))


def test_whole_numbers_dates_and_lists_take_their_values_with_their_probabilities():
    numbers, counts = np.unique(lever(kind="integer", low=2.0, high=5.0).quantile(U), return_counts=True)
    assert numbers.tolist() == [2, 3, 4, 5] and counts.tolist() == [1000] * 4
    date = lever(kind="date", low=8060.0, high=8063.0)
    assert [date.value(n) for n in np.unique(date.quantile(U))] == ["2015-01-01", "2015-04-01", "2015-07-01", "2015-10-01"]
    assert date.number("2015-06-05") == 8061
    listed = lever(kind="categorical", values=("rolling", "fixed", "none"), weights=(0.5, 0.25, 0.25), high=2.0)
    found, counts = np.unique(listed.quantile(U), return_counts=True)
    assert [listed.value(n) for n in found] == ["rolling", "fixed", "none"] and counts.tolist() == [2000, 1000, 1000]
    assert listed.quantile(np.array([0.0, 1.0])).tolist() == [0, 2]


def test_values_have_twelve_digits_and_stay_inside():
    factor = lever(low=1 / 3, high=2 / 3)
    assert factor.value(1 / 3) >= 1 / 3 and factor.value(2 / 3) <= 2 / 3
    assert factor.value(0.5123456789012345) == 0.512345678901


FACTORS = (lever("a"), lever("b"), lever("c", kind="integer", low=0.0, high=3.0))


def test_sobol_rows_are_in_the_order_of_salib():
    from SALib.analyze import sobol

    problem = {"num_vars": 4, "names": ["a", "b", "c", "dummy"], "bounds": [[0, 1]] * 4}
    for second in (False, True):
        design = make_design(Recipe("sobol", samples=1024, second_order=second), (lever("a"), lever("b"), lever("c")), 0)
        assert design.n_rows == 1024 * (10 if second else 6) == expected_rows(design.recipe, design.factors, 4)
        a, b = design.unit[design.part == 0], design.unit[design.part == design.part.max()]
        assert (design.unit[design.part == 2] == np.column_stack([a[:, 0], b[:, 1], a[:, 2:]])).all()
        if second:
            assert (design.unit[design.part == 5 + 1] == np.column_stack([b[:, 0], a[:, 1], b[:, 2:]])).all()
        # a linear function: the share of a factor's variance is its squared weight
        found = sobol.analyze(problem, 3 * design.number[:, 0] + 4 * design.number[:, 1], calc_second_order=second, seed=1)
        assert np.allclose(found["S1"], [9 / 25, 16 / 25, 0, 0], atol=0.01) and np.allclose(found["ST"], [9 / 25, 16 / 25, 0, 0], atol=0.01)


@pytest.mark.parametrize("method", ["sobol", "morris"])
def test_a_larger_design_begins_with_the_smaller_one(method):
    small = make_design(Recipe(method, samples=16, levels=4), FACTORS, 7)
    large = make_design(Recipe(method, samples=32, levels=4), FACTORS, 7)
    assert (large.unit[: small.n_rows] == small.unit).all() and large.n_rows == 2 * small.n_rows


@pytest.mark.parametrize("method", ["sobol", "morris", "latin_hypercube", "fast"])
def test_another_scramble_and_another_seed_give_other_points_and_zero_is_a_seed(method):
    recipe = Recipe(method, samples=128 if method == "fast" else 16, levels=4)
    one, again, other = make_design(recipe, FACTORS, 0), make_design(recipe, FACTORS, 0), make_design(recipe, FACTORS, 1)
    assert (one.unit == again.unit).all() and not (one.unit == other.unit).all()
    two = make_design(Recipe(**{**vars(recipe), "scrambles": 2}), FACTORS, 0)
    assert (two.unit[: one.n_rows] == one.unit).all() and not (two.unit[one.n_rows :] == one.unit).all()
    assert set(two.scramble) == {0, 1}


def test_what_an_analysis_ranks_against_is_always_there():
    for method in ("sobol", "morris", "latin_hypercube", "fast", "factorial"):
        design = make_design(Recipe(method, samples=128, levels=4), FACTORS, 1)
        assert design.factors[3].role == "dummy", method
        assert len(np.unique(design.number[:, 3])) > 1
    assert len(make_design(Recipe("factorial"), (*FACTORS, lever("d")), 1).factors) == 8


def test_groups_move_together():
    grouped = (lever("a", group="money"), lever("b"), lever("c", group="money"))
    design = make_design(Recipe("sobol", samples=8), grouped, 1)
    assert design.groups == ("money", "b", "dummy") and design.n_rows == 8 * 5
    a, b, moved = (design.unit[design.part == part] for part in (0, 4, 1))
    assert (moved[:, [0, 2]] == b[:, [0, 2]]).all() and (moved[:, [1, 3]] == a[:, [1, 3]]).all()
    walks = make_design(Recipe("morris", samples=5, levels=4), grouped, 1)
    for t in range(5):
        steps = np.diff(walks.unit[walks.base == t], axis=0) != 0
        assert sorted(map(tuple, steps.tolist())) == [(False, False, False, True), (False, True, False, False), (True, False, True, False)]


def test_morris_steps_are_two_thirds_and_cover_the_levels():
    walks = make_design(Recipe("morris", samples=200, levels=4), FACTORS[:2], 3)
    assert np.allclose(np.unique(np.abs(np.diff(walks.unit[:4], axis=0)).round(9)), [0, round(2 / 3, 9)])
    assert np.allclose(np.unique(walks.unit.round(9)), [0, 0.333333333, 0.666666667, 1])


def test_one_at_a_time_moves_one_and_starts_from_the_scenario():
    factors = (lever("a", default=0.3), lever("d", kind="date", low=8060.0, high=8064.0, default="2015-01-01"),
               lever("k", kind="categorical", values=("x", "y", "z"), weights=(1 / 3,) * 3, default="y", high=2.0))  # fmt: skip
    design = make_design(Recipe("one_at_a_time"), factors, 1)
    assert design.number.tolist() == [[0.3, 8060, 1], [0, 8060, 1], [1, 8060, 1], [0.3, 8064, 1], [0.3, 8060, 0], [0.3, 8060, 2]]
    assert design.part.tolist() == [0, 1, 1, 2, 3, 3]
    with pytest.raises(InputError, match="give 'default'"):
        make_design(Recipe("one_at_a_time"), (lever("a"),), 1)


def test_a_grid_has_every_combination():
    design = make_design(Recipe("grid", levels=3), FACTORS, 1)
    assert design.n_rows == 27 and len(np.unique(design.number, axis=0)) == 27
    assert sorted(set(design.number[:, 0])) == [0, 0.5, 1]


@pytest.mark.parametrize(
    ("recipe", "said"),
    [
        (Recipe("sobol", samples=1000), "power of two.*write 1024"),
        (Recipe("fast", samples=64), "more than 64"),
        (Recipe("morris", levels=5), "even number"),
        (Recipe("grid", levels=1000), "points; at most"),
    ],
)
def test_a_size_that_a_method_does_not_allow_is_refused(recipe, said):
    with pytest.raises(InputError, match=said):
        make_design(recipe, (lever("a"), lever("b"), lever("c")), 1)
