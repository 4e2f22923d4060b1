"""A sweep of a small model, for many tests."""

import pytest

from zonesim.experiments.experiment import Experiment

ANGLE = {"low": -3.141592653589793, "high": 3.141592653589793}


@pytest.fixture
def make():
    """Return an experiment of the Ishigami function; any field may be given otherwise."""

    def experiment(model="tests.experiments.toy:ishigami", **changes):
        document = {"levers": {"a": ANGLE, "b": ANGLE, "c": ANGLE}, "outcomes": ["height", "luck"], "design": {"method": "sobol", "samples": 16}, **changes}
        return Experiment(model=model, **document)

    return experiment
