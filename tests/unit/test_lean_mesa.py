"""Mesa is imported without what no run uses, and has it all the same when somebody asks."""

import subprocess
import sys

import numpy as np
import pytest

from tests.conftest import ROOT
from zonesim.lean_mesa import NumberCollector
from zonesim.model import ZoneModel

CODE = """
import sys, zonesim.commands.runs, zonesim.experiments.study, zonesim.report.page
unused = ("networkx", "scipy.spatial", "scipy.special", "scipy.linalg._basic", "numpy.f2py", "matplotlib", "tqdm", "asyncio", "plotly")
print(*(name for name in unused if name in sys.modules))
import zonesim.model, mesa
print("networkx" in sys.modules)
from mesa.space import MultiGrid
import mesa.discrete_space.cell
print(MultiGrid.__name__, mesa.discrete_space.OrthogonalMooreGrid.__name__, mesa.experimental.devs.ABMSimulator.__name__,
      mesa.discrete_space.cell.Cell is mesa.discrete_space.Cell, "networkx" in sys.modules)
"""


@pytest.fixture(scope="module")
def said():
    """What a new process says: what a run brought with it, then the model, and what Mesa has afterwards."""
    done = subprocess.run([sys.executable, "-c", CODE], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return [line.split() for line in done.stdout.split("\n")]


def test_a_run_needs_neither_networks_nor_geometry_nor_progress_bars(said):
    assert said[:2] == [[], ["False"]]


def test_what_was_left_out_is_there_when_it_is_asked_for(said):
    assert said[2] == ["MultiGrid", "OrthogonalMooreGrid", "ABMSimulator", "True", "True"]


class Counting:
    """A model of one number and one array that change in place."""

    def __init__(self):
        self.time, self.steps, self.many = 0, 0, np.zeros(2)

    def step(self):
        self.time += 1
        self.steps += 1
        self.many += 1.0

    def doubled(self):
        return 2 * self.steps


@pytest.mark.parametrize("added", [None, "steps", Counting.doubled], ids=["functions alone", "an attribute", "a method"])
def test_what_was_collected_does_not_change_with_the_model(added):
    reporters = {"one": lambda m: m.steps, "many": lambda m: m.many, **({"added": added} if added else {})}
    model, collector = Counting(), NumberCollector(model_reporters=reporters)
    for _ in range(3):
        model.step()
        collector.collect(model)
    assert collector.model_vars["one"] == [1, 2, 3]
    assert [list(one) for one in collector.model_vars["many"]] == [[1.0, 1.0], [2.0, 2.0], [3.0, 3.0]]
    if added:
        assert collector.model_vars["added"] == ([1, 2, 3] if added == "steps" else [2, 4, 6])


def test_a_bound_method_that_is_added_to_a_model_of_the_region_is_called_as_it_is(plan):
    model = ZoneModel(plan, 1)
    model.datacollector._new_model_reporter("cities", model.world.places.employment.sum)
    model.datacollector._new_model_reporter("again", "totals")
    model.step()
    told = model.datacollector.get_model_vars_dataframe()
    assert told["employment"].iloc[-1] == told["again"].iloc[-1][1]
    assert told["cities"].iloc[-1] == model.world.places.employment.sum()
