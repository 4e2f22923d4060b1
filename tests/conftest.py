"""Worlds and scenarios that many tests share."""

import gc
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LANZHOU = ROOT / "scenarios" / "lanzhou"


def pytest_collection():
    """Nothing of what is collected becomes garbage: looking for some took a quarter of the time."""
    gc.disable()


def pytest_collection_finish(session):
    """Modules and tests stay to the end and are looked through for garbage no more, which took a tenth of a session's time.

    A long session compiles the kernels side by side before it begins, once for all its processes.
    """
    gc.freeze()
    gc.enable()
    gc.set_threshold(10_000, 10, 10)  # a table or figure makes thousands of objects, and hardly a cycle
    if len(session.items) > 200:
        from zonesim.first_use import compile_kernels

        compile_kernels()


def pytest_unconfigure():
    """Let the interpreter find at its end what it was kept from."""
    gc.unfreeze()


def _figures_of_industries():
    module = sys.modules.get("zonesim.world.industries")
    return {} if module is None else {name: value.tobytes() for name, value in vars(module.load_industries()).items() if hasattr(value, "tobytes")}


@pytest.fixture(autouse=True)
def industries_are_left_alone():
    """Models share the figures of industries: a test that changed them would change the results of every test after it."""
    before = _figures_of_industries()
    yield
    now = _figures_of_industries()
    changed = [name for name in before if before[name] != now[name]]
    assert not changed, f"the test changed {', '.join(changed)} of all industries"


@pytest.fixture(scope="session")
def baseline():
    from zonesim.scenario import load_scenario

    return load_scenario(LANZHOU / "baseline.yaml", ["horizon.end=2017Q4"])


@pytest.fixture(scope="session")
def plan():
    from zonesim.scenario import load_scenario

    return load_scenario(LANZHOU / "plan_2015.yaml", ["horizon.end=2017Q4"])


@pytest.fixture(scope="session")
def opening(baseline, tmp_path_factory):
    """A saved opening world of Lanzhou (projects on the way included): load it to get a fresh copy."""
    from zonesim.model import ZoneModel
    from zonesim.world import save_world

    path = tmp_path_factory.mktemp("world") / "opening.npz"
    save_world(ZoneModel(baseline, 1).world, path)
    return path


@pytest.fixture(scope="session")
def answered():
    """The first question about Lanzhou, answered on a coarse world from three pairs."""
    from zonesim.experiments.answers import answer
    from zonesim.experiments.counterfactual import load_counterfactual

    return answer(load_counterfactual(ROOT / "experiments" / "LZ-1.yaml", ["founding.scale=20", "horizon.end=2017Q4"]), 3, 1)
