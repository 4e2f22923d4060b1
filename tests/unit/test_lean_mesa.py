"""Mesa is imported without what no run uses, and has it all the same when somebody asks."""

import subprocess
import sys

from tests.conftest import ROOT


def said(code):
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def test_the_model_needs_neither_networks_nor_geometry():
    heavy = said("import sys, zonesim.model; print(*(name for name in ('networkx', 'scipy.spatial', 'matplotlib') if name in sys.modules))")
    assert heavy == []


def test_what_was_left_out_is_there_when_it_is_asked_for():
    code = (
        "import zonesim.model, mesa, sys; before = 'networkx' in sys.modules; from mesa.space import MultiGrid; import mesa.discrete_space.cell;"
        "print(before, MultiGrid.__name__, mesa.discrete_space.OrthogonalMooreGrid.__name__, mesa.experimental.devs.ABMSimulator.__name__,"
        "mesa.discrete_space.cell.Cell is mesa.discrete_space.Cell)"
    )
    assert said(code) == ["False", "MultiGrid", "OrthogonalMooreGrid", "ABMSimulator", "True"]
