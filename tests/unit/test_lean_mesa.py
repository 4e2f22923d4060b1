"""Mesa is imported without what no run uses, and has it all the same when somebody asks."""

import subprocess
import sys

from tests.conftest import ROOT


def said(code):
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def test_a_run_needs_neither_networks_nor_geometry_nor_progress_bars():
    unused = ("networkx", "scipy.spatial", "scipy.special", "scipy.linalg._basic", "numpy.f2py", "matplotlib", "tqdm", "asyncio", "plotly")
    modules = "zonesim.commands.runs, zonesim.experiments.study, zonesim.report.page"
    assert said(f"import sys, {modules}; print(*(name for name in {unused} if name in sys.modules))") == []


def test_what_was_left_out_is_there_when_it_is_asked_for():
    code = (
        "import zonesim.model, mesa, sys; before = 'networkx' in sys.modules; from mesa.space import MultiGrid; import mesa.discrete_space.cell;"
        "print(before, MultiGrid.__name__, mesa.discrete_space.OrthogonalMooreGrid.__name__, mesa.experimental.devs.ABMSimulator.__name__,"
        "mesa.discrete_space.cell.Cell is mesa.discrete_space.Cell)"
    )
    assert said(code) == ["False", "MultiGrid", "OrthogonalMooreGrid", "ABMSimulator", "True"]
