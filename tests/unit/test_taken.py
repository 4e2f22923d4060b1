"""A setting that a design would ignore is refused, with what the design takes; one that it takes changes its points."""

import dataclasses

import numpy as np
import pytest

from zonesim.errors import InputError
from zonesim.experiments.experiment import Experiment
from zonesim.experiments.taken import BY_GROUP, TAKEN

UNIT = {"low": 0, "high": 1, "default": 0}
OTHER = {"samples": 128, "levels": 6, "second_order": True, "scrambles": 4, "harmonics": 5}


def made(design, **more):
    return Experiment(model=lambda settings, seed: {"y": 0.0}, levers={"a": UNIT, "b": UNIT, "c": UNIT}, outcomes=["y"], design=design, **more)


@pytest.mark.parametrize("method", TAKEN)
@pytest.mark.parametrize("name", OTHER)
def test_what_a_design_takes_changes_it_and_the_rest_is_refused(method, name):
    plain = made({"method": method})
    if name not in TAKEN[method]:
        with pytest.raises(InputError, match=rf"design.{name}: a '{method}' design takes no {name}.* \(it takes: {', '.join(TAKEN[method])}\)"):
            made({"method": method, name: OTHER[name]})
        plain.recipe = dataclasses.replace(plain.recipe, samples=128) if method == "fast" else plain.recipe
        before = plain.design().number
        plain.recipe = dataclasses.replace(plain.recipe, **{name: OTHER[name]})
        assert np.array_equal(before, plain.design().number)  # it would have changed nothing
        return
    recipe = plain.recipe if method != "fast" else dataclasses.replace(plain.recipe, samples=128)
    plain.recipe = recipe
    before = plain.design().number
    plain.recipe = dataclasses.replace(recipe, **{name: OTHER[name] if recipe.samples != OTHER[name] else 256})
    after = plain.design().number
    assert before.shape != after.shape or not np.array_equal(before, after)


@pytest.mark.parametrize("method", TAKEN)
def test_groups_go_with_designs_that_move_them_together(method):
    if method in BY_GROUP:
        assert made({"method": method}, groups={"both": ["a", "b"]}).design().groups[0] == "both"
        return
    with pytest.raises(InputError, match="every factor moves by itself; groups go with sobol and morris"):
        made({"method": method}, groups={"both": ["a", "b"]})


@pytest.mark.parametrize(("method", "is_refused"), [("grid", True), ("one_at_a_time", True), ("factorial", True), ("sobol", False), ("latin_hypercube", False)])
def test_weights_go_with_designs_that_draw(method, is_refused):
    document = {"levers": {"a": {"values": ["x", "y"], "weights": [3, 1], "default": "x"}}, "outcomes": ["y"], "design": {"method": method}}
    if not is_refused:
        assert Experiment(model=lambda settings, seed: {"y": 0.0}, **document).factors[0].weights == (0.75, 0.25)
        return
    with pytest.raises(InputError, match=r"levers\.a\.weights: .* whatever its weight"):
        Experiment(model=lambda settings, seed: {"y": 0.0}, **document)
