"""A small world that tests copy and change by hand."""

import copy
from dataclasses import replace

import pytest

from tests.conftest import LANZHOU
from zonesim.accounts.ledger import Ledger
from zonesim.model import ZoneModel
from zonesim.scenario import load_scenario


@pytest.fixture(scope="session")
def small_model():
    """Lanzhou's baseline, opened with a hundred enterprises in a row; not to be changed."""
    return ZoneModel(load_scenario(LANZHOU / "baseline.yaml", ["founding.scale=100"]), 1)


@pytest.fixture
def world(small_model):
    """A copy of the opening world, with nothing flowing yet; figures of industries too, which models share, are its own."""
    one = copy.deepcopy(small_model.world)
    shared = one.industries
    figures = {name: values.copy() for name, values in shared.figures.items()}
    one.industries = replace(shared, figures=figures, input_output=shared.input_output.copy(), use_code=shared.use_code.copy())
    one.flows.clear(one.contracts.n)
    return one


@pytest.fixture
def books(world):
    """An empty ledger, all accounts at zero."""
    world.balances[:] = 0.0
    ledger = Ledger(world.accounts, world.balances)
    ledger.begin(world.quarter)
    return ledger
