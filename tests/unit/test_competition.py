"""The game of refunds against its closed forms for alike zones."""

import numpy as np
import pytest
from scipy.special import lambertw

from tests.conftest import ROOT
from zonesim.experiments.competition import Game, closed_form, equilibrium, optimum, outcome, solve


def alike(n, *, g=12.0, tax=10.0, worth=2.0, utility=0.0, outside=-np.inf, paid=0.5, cap=0.9, projects=3):
    """n zones of one park each, and projects that see no difference between them."""
    shape = (projects, n)
    return Game(
        np.full(shape, utility), np.full(shape, g), np.full(shape, tax), np.full(shape, tax), np.full(projects, worth), np.full(projects, outside), np.full(projects, 5.0),
        np.arange(n), np.full(n, cap), paid,
    )  # fmt: skip


@pytest.mark.parametrize("n", [2, 3, 5])
def test_alike_zones_with_nowhere_else_to_go_bid_as_the_closed_form_says(n):
    g, tax, worth, paid = 12.0, 10.0, 2.0, 0.5
    expected = 1 / paid * (1 + worth / tax) - n / (n - 1) / g
    game = alike(n, g=g, tax=tax, worth=worth, paid=paid, cap=3.0)
    found = equilibrium(game, np.zeros(n))
    assert found == pytest.approx(np.full(n, expected), abs=1e-6)
    assert solve(game).unique


def test_the_figure_of_the_page_is_that_of_its_formula_and_of_the_solver():
    # dW/do = 0 at s = 1/n: (1/k)(1 + b/t) - n / (g (n - 1)) = 1.875 - 0.2857142857
    game = alike(2, g=7.0, tax=8.0, worth=1.0, paid=0.6, cap=3.0)
    assert closed_form(2, 7.0, 8.0, 1.0, 0.6) == pytest.approx(1.5892857142857)
    assert equilibrium(game, np.zeros(2)) == pytest.approx(np.full(2, 1.5892857142857), abs=1e-6)
    said = (ROOT / "docs" / "model.md").read_text(encoding="utf-8")
    assert "(n = 2, g = 7, t = 8, b = 1, k = 0.6: o* = 1.589" in said and "g' = g/k" in said


def test_alike_zones_with_nowhere_else_to_go_gain_the_whole_refund_by_agreeing():
    game = alike(3, cap=0.9)
    solved = solve(game)
    assert solved.optimum.offers == pytest.approx(np.zeros(3))
    assert solved.equilibrium.offers == pytest.approx(np.full(3, 0.9))  # the closed form lies above the cap
    assert solved.gain == pytest.approx(solved.equilibrium.refunded.sum())
    assert solved.gain == pytest.approx(3 * 5.0 * 10.0 * 0.5 * 0.9)


@pytest.mark.parametrize("n", [1, 2, 4])
def test_the_optimum_of_alike_zones_with_somewhere_else_to_go_is_lamberts(n):
    g, tax, worth, paid, utility, outside = 4.0, 10.0, 2.0, 0.5, 0.3, 1.0
    rate = g / paid
    root = float(lambertw(n * np.exp(utility - outside + rate * (1 + worth / tax) - 1)).real)
    expected = (1 + worth / tax - (1 + root) / rate) / paid
    game = alike(n, g=g, tax=tax, worth=worth, utility=utility, outside=outside, paid=paid, cap=3.0)
    assert 0 < expected < 3
    assert optimum(game, [np.zeros(n), np.full(n, 1.5)]) == pytest.approx(np.full(n, expected), abs=1e-5)
    if n == 1:  # alone, competing and agreeing are the same
        assert equilibrium(game, np.zeros(1)) == pytest.approx([expected], abs=1e-6)


def test_the_equilibrium_of_alike_zones_solves_the_first_order_condition():
    n, g, tax, worth, paid, utility, outside = 3, 4.0, 10.0, 2.0, 0.5, 0.3, 1.0
    game = alike(n, g=g, tax=tax, worth=worth, utility=utility, outside=outside, paid=paid, cap=3.0)
    offer = float(equilibrium(game, np.zeros(n))[0])
    share = np.exp(utility + g * offer) / (np.exp(outside) + n * np.exp(utility + g * offer))
    assert -paid * tax + (tax * (1 - paid * offer) + worth) * g * (1 - share) == pytest.approx(0, abs=1e-5)
    together = float(optimum(game, [np.zeros(n)])[0])
    assert together < offer  # bidding against each other is more than the outside option asks for


def test_no_refund_is_offered_when_nobody_cares_for_it():
    solved = solve(alike(3, g=0.0))
    assert not solved.equilibrium.offers.any() and not solved.optimum.offers.any() and solved.gain == pytest.approx(0)


def test_the_gradient_is_the_derivative():
    rng = np.random.default_rng(3)
    game = Game(rng.normal(size=(6, 4)), rng.uniform(1, 5, (6, 4)), rng.uniform(5, 9, (6, 4)), rng.uniform(1, 5, (6, 4)), rng.uniform(0, 2, 6), rng.normal(size=6), np.ones(6),
                np.array([0, 0, 1, 2]), np.full(3, 0.9), 0.5)  # fmt: skip
    offers = np.array([0.1, 0.4, 0.7])
    for z in range(3):
        step = np.zeros(3)
        step[z] = 1e-6
        numeric = (game.gains(offers + step).sum() - game.gains(offers - step).sum()) / 2e-6
        assert game.gradient(offers)[z] == pytest.approx(numeric, rel=1e-6)


def test_unlike_zones_end_where_no_zone_gains_alone_and_agreeing_is_no_worse():
    rng = np.random.default_rng(5)
    utility = rng.normal(size=(40, 4))
    utility[::5, 2] = -np.inf
    game = Game(utility, rng.uniform(2, 9, (40, 4)), rng.uniform(5, 9, (40, 4)), rng.uniform(1, 5, (40, 4)), rng.uniform(0, 2, 40), rng.normal(size=40), np.ones(40),
                np.array([0, 0, 1, 2]), np.array([0.9, 0.5, 0.9]), 0.5)  # fmt: skip
    solved = solve(game)
    assert solved.regret < 1e-9
    assert solved.gain >= 0
    assert outcome(game, solved.optimum.offers).gains.sum() >= max(game.gains(np.array(o)).sum() for o in ([0, 0, 0], [0.3, 0.3, 0.3], [0.9, 0.5, 0.9]))
    assert (game.shares(solved.equilibrium.offers)[::5, 2] == 0).all()
