"""Sensitivity indices against closed forms and against SALib."""

import math
import sys

import numpy as np
import pytest

from zonesim.errors import InputError
from zonesim.experiments.luck import chance
from zonesim.experiments.sensitivity import complete, morris, multiplicities, pawn, pawn_interval, sobol


def ishigami(x, a=7.0, b=0.1):
    z = np.pi * (2 * x - 1)
    return np.sin(z[:, 0]) + a * np.sin(z[:, 1]) ** 2 + b * z[:, 2] ** 4 * np.sin(z[:, 0])


def ishigami_exact(a=7.0, b=0.1):
    v1, v2, v13 = 0.5 * (1 + b * np.pi**4 / 5) ** 2, a * a / 8, b * b * np.pi**8 * (1 / 18 - 1 / 50)
    v = v1 + v2 + v13
    return np.array([v1, v2, 0.0]) / v, np.array([v1 + v13, v2, v13]) / v, v13 / v


def g_function(x, a=(0.0, 1.0, 4.5, 9.0)):
    return np.prod((np.abs(4 * x - 2) + np.array(a)) / (1 + np.array(a)), axis=1)


def g_exact(a=(0.0, 1.0, 4.5, 9.0)):
    v = 1 / (3 * (1 + np.array(a)) ** 2)
    whole = np.prod(1 + v) - 1
    return v / whole, np.array([v[i] * np.prod(1 + np.delete(v, i)) for i in range(len(v))]) / whole


def product(x):
    """y = x1 (1 + x2), uniform: worked out by hand: V = 1/12 (9/4) + 1/4 (1/12) + 1/144."""
    return x[:, 0] * (1 + x[:, 1])


def table(function, d, n, second=False, seed=3):
    from scipy.stats import qmc

    points = qmc.Sobol(2 * d, rng=np.random.default_rng(seed)).random(n)
    a, b = points[:, :d], points[:, d:]
    parts = [a]
    for g in range(d):
        parts.append(np.where(np.arange(d) == g, b, a))
    if second:
        for g in range(d):
            parts.append(np.where(np.arange(d) == g, a, b))
    parts.append(b)
    return np.stack([function(p) for p in parts], axis=1), parts


def test_ishigami():
    values, _ = table(ishigami, 3, 4096, second=True)
    got = sobol(values, 0, second_order=True)
    first, total, s13 = ishigami_exact()
    assert np.abs(got.first - first).max() < 0.02 and np.abs(got.total - total).max() < 0.02
    assert abs(got.second[0, 2] - s13) < 0.03 and abs(got.second[0, 1]) < 0.03 and np.isnan(got.second[1, 0])
    low, high = np.quantile(got.total_drawn, [0.025, 0.975], axis=0)
    assert ((low - 0.01 < total) & (total < high + 0.01)).all()


def test_sobol_g():
    values, _ = table(g_function, 4, 4096)
    got = sobol(values, 0)
    first, total = g_exact()
    assert np.abs(got.first - first).max() < 0.02 and np.abs(got.total - total).max() < 0.02


def test_a_product_by_hand():
    # Var = E[x^2] E[(1+z)^2] - (3/4)^2 = (1/3)(7/3) - 9/16 = 31/144; V1 = (9/4)/12 = 27/144, V2 = (1/4)/12 = 3/144, V12 = 1/144
    values, _ = table(product, 2, 4096, second=True)
    got = sobol(values, 0, second_order=True)
    assert np.allclose(got.first, [27 / 31, 3 / 31], atol=0.01)
    assert np.allclose(got.total, [28 / 31, 4 / 31], atol=0.01)
    assert abs(got.second[0, 1] - 1 / 31) < 0.02


def test_point_indices_and_intervals_are_salibs():
    from SALib.analyze import sobol as salib

    values, _ = table(ishigami, 3, 1024, second=True)
    problem = {"num_vars": 3, "names": ["a", "b", "c"], "bounds": [[0, 1]] * 3}
    theirs = salib.analyze(problem, values.ravel(), calc_second_order=True, num_resamples=1000, seed=5)
    ours = sobol(values, 0, second_order=True)
    assert np.abs(ours.first - theirs["S1"]).max() < 1e-12 and np.abs(ours.total - theirs["ST"]).max() < 1e-12
    assert np.nanmax(np.abs(ours.second - theirs["S2"])) < 1e-12
    for drawn, half in ((ours.first_drawn, theirs["S1_conf"]), (ours.total_drawn, theirs["ST_conf"])):
        ratio = 1.96 * drawn.std(axis=0, ddof=1) / half
        assert (ratio > 0.85).all() and (ratio < 1.15).all()


def test_morris_is_salibs():
    from SALib.analyze import morris as salib
    from SALib.sample.morris import sample

    problem = {"num_vars": 3, "names": ["a", "b", "c"], "bounds": [[0, 1]] * 3}
    x = sample(problem, 50, num_levels=4, seed=4)
    y = ishigami(x)
    theirs = salib.analyze(problem, x, y, num_levels=4, seed=4)
    walks = x.reshape(50, 4, 3)
    change = np.diff(walks, axis=1)
    moved = np.abs(change).argmax(axis=2)
    ours = morris(y.reshape(50, 4), 0, moved, np.take_along_axis(change, moved[:, :, None], axis=2)[:, :, 0])
    assert np.allclose(ours.total, theirs["mu_star"]) and np.allclose(ours.mean, theirs["mu"]) and np.allclose(ours.spread, theirs["sigma"])
    half = 1.96 * ours.total_drawn.std(axis=0, ddof=1)
    assert np.allclose(half, np.asarray(theirs["mu_star_conf"]), rtol=0.25, atol=1e-6)


@pytest.mark.parametrize(("n", "slices", "digits"), [(120, 10, 12), (120, 10, 1), (333, 7, 12), (800, 10, 2)])
def test_pawn_is_salibs_to_rounding_with_ties_too(n, slices, digits):
    from SALib.analyze import pawn as salib

    chance = np.random.default_rng(n)
    x = chance.random((n, 3))[chance.integers(0, n, n)]  # as a resample: some points several times
    y = np.round(x[:, 0] + 0.3 * x[:, 1] ** 2, digits)
    theirs = salib.analyze({"num_vars": 3, "names": list("abc"), "bounds": [[0, 1]] * 3}, x, y, S=slices)
    ours, theirs = pawn(x, y, 0, slices=slices, resamples=1).total, np.asarray(theirs["median"])
    np.testing.assert_allclose(ours, theirs, rtol=1e-13, atol=0)
    if sys.version_info < (3, 12):  # a SciPy for later ones differs in the last bit of a distance
        assert ours.tobytes() == theirs.tobytes()


def test_pawn_sees_what_matters():
    x = np.random.default_rng(2).random((800, 3))
    got = pawn(x, x[:, 0] + 0.05 * x[:, 1], 0, resamples=20)
    assert got.total[0] > 2 * got.total[1] and got.total_drawn.shape == (20, 3)
    with pytest.raises(InputError, match="too few"):
        pawn(x[:50], x[:50, 0], 0)


def test_the_order_of_rows_cannot_matter_and_incomplete_rows_are_counted():
    values, _ = table(ishigami, 3, 64)
    flat = values.ravel()
    base, part = np.repeat(np.arange(64), 5), np.tile(np.arange(5), 64)
    straight, of, lost = complete(flat, np.zeros(320, int), base, part, 5)
    order = np.random.default_rng(1).permutation(320)
    mixed, _, _ = complete(flat[order], np.zeros(320, int), base[order], part[order], 5)
    assert np.array_equal(straight, values) and np.array_equal(mixed, values) and lost == 0 and (of == 0).all()
    broken = flat.copy()
    broken[7], broken[100] = np.nan, np.inf
    kept, _, lost = complete(broken, np.zeros(320, int), base, part, 5)
    assert lost == 2 and len(kept) == 62 and np.isfinite(sobol(kept, lost).total).all()
    with pytest.raises(InputError, match="same point"):
        complete(flat, np.zeros(320, int), np.zeros(320, int), part, 5)


def test_nothing_left_is_refused_and_a_constant_outcome_has_no_index():
    with pytest.raises(InputError, match="at least 2"):
        sobol(np.ones((1, 5)), 63)
    got = sobol(np.ones((16, 5)), 0)
    assert got.scale == 0.0 and (got.total == 0).all()


def test_seed_zero_is_a_seed():
    assert np.array_equal(multiplicities(50, 10, 0), multiplicities(50, 10, 0))
    assert not np.array_equal(multiplicities(50, 10, 0), multiplicities(50, 10, 1))
    assert (multiplicities(50, 10, 0).sum(axis=1) == 50).all()
    assert multiplicities(50, 10, 0) is multiplicities(50, 10, 0), "the last one is kept"
    with pytest.raises(ValueError, match="read-only"):
        multiplicities(50, 10, 0)[0] = 0


def test_chance_by_hand():
    # points 0 and 2, luck -1 and +1 for both: no residual; var of points 2, of luck 2: half is chance, all of it common
    got = chance(np.array([[-1.0, 1.0], [1.0, 3.0]]))
    assert got.share == pytest.approx(0.5) and got.common == pytest.approx(0.5) and got.residual == pytest.approx(0.0)
    assert math.isnan(chance(np.ones((4, 1))).share)
    # two blocks of two points; luck -1, +1 in one and -2, +2 in the other: common luck of variance 2 and 8; means 0, 2 and 0, 2 without luck in them
    got = chance(np.array([[-1.0, 1.0], [1.0, 3.0], [-2.0, 2.0], [0.0, 4.0]]), np.array([0, 0, 1, 1]))
    assert got.residual == 0 and got.common == got.share == 1.0  # 4/3 between means is less than the 5/2 that luck gives them


def test_intervals_of_pawn_hold_the_true_distance_and_the_estimate():
    """Of y = x1, whose distance is 0.7 (slices 0.9, 0.8, 0.7, 0.6, 0.5 and back), and of what does nothing: percentiles of the resamples hold neither."""
    held, naive = np.zeros(2), np.zeros(2)
    for k in range(40):
        x = np.random.default_rng([11, k]).random((200, 2))
        got = pawn(x, x[:, 0] + 0.0, 0, resamples=40, seed=k)
        low, high = pawn_interval(got, 0.025)
        assert (low <= got.total).all() and (got.total <= high).all()
        held += (low <= [0.7, 0.0]) & (high >= [0.7, 0.0])
        percentile = np.quantile(got.total_drawn, [0.025, 0.975], axis=0)
        naive += (percentile[0] <= [0.7, 0.0]) & (percentile[1] >= [0.7, 0.0])
    assert (held >= 35).all() and naive[1] == 0


def test_intervals_of_pawn_hold_a_distance_whose_estimate_is_hardly_biased():
    """Ishigami's second factor (0.391, of a million points): a slice's distribution has no noise beside it where the others add little, and a reflected bootstrap misses it."""
    for k in range(40):
        x = np.random.default_rng([200, k]).random((200, 3))
        z = np.pi * (2 * x - 1)
        got = pawn(x, np.sin(z[:, 0]) + 7 * np.sin(z[:, 1]) ** 2 + 0.1 * z[:, 2] ** 4 * np.sin(z[:, 0]), 0, resamples=40, seed=k)
        low, high = pawn_interval(got, 0.025)
        assert low[1] <= 0.391 <= high[1]
