"""Mesa is imported without what no run uses, and has it all the same when somebody asks."""

import subprocess
import sys

import pytest

from tests.conftest import ROOT

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
