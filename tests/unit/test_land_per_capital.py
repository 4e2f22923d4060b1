"""A region that uses more land for the same capital: at the opening, for newcomers, and in a saved world."""

import numpy as np
import pytest

from tests.conftest import ROOT
from zonesim.model import ZoneModel
from zonesim.scenario import load_scenario
from zonesim.world import load_world, save_world
from zonesim.world.industries import load_industries

COUNTY = ROOT / "scenarios" / "hebei_county" / "baseline.yaml"


def model(factor):
    return ZoneModel(load_scenario(COUNTY, [f"founding.land_per_capital={{value: {factor}, source: test}}"]), 1)


def test_twice_the_land_for_the_same_capital():
    one, two = model(1.0), model(2.0)
    n = min(one.world.enterprises.n, two.world.enterprises.n)
    first, second = one.world.enterprises, two.world.enterprises
    opened = first.founded[:n] < one.world.start - 6  # not those on the way at the opening
    founded = np.flatnonzero(opened & (first.id[:n] == second.id[:n]) & (first.land[:n] > 1000))
    assert len(founded) > 100
    assert np.array_equal(first.capital[founded], second.capital[founded])
    assert second.land[founded] / first.land[founded] == pytest.approx(np.full(len(founded), 2.0), rel=1e-3)


def test_newcomers_use_it_too(tmp_path):
    two = model(2.0)
    assert two.world.industries.land_m2_per_capital == pytest.approx(2 * load_industries().land_m2_per_capital)
    save_world(two.world, tmp_path / "world.npz")
    copy = load_world(tmp_path / "world.npz")
    assert np.array_equal(copy.industries.land_m2_per_capital, two.world.industries.land_m2_per_capital)


def test_the_factor_does_not_pile_up():
    twice = load_industries().with_land(3.0).with_land(3.0)
    assert twice.land_m2_per_capital == pytest.approx(3 * load_industries().land_m2_per_capital)
