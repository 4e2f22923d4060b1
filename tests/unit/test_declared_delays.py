"""Delays and lines of counts that are parameters do what they say."""

import numpy as np
import pytest

from tests.conftest import ROOT
from zonesim.model import ZoneModel
from zonesim.scenario import load_scenario
from zonesim.world.enterprises import Stage
from zonesim.world.places import Kind, LandStage


def model(name, *overrides):
    return ZoneModel(load_scenario(ROOT / "scenarios" / f"{name}.yaml", ["founding.scale=40", *overrides]), 1)


def test_the_opening_has_projects_on_the_way_of_as_many_quarters_as_are_asked_for():
    on_the_way = []
    for quarters in (0, 2, 6):
        e = model("lanzhou/baseline", f"parameters.founding.pipeline={quarters}").world.enterprises
        stage = e.live("stage")
        on_the_way.append(int(e.live("weight")[(stage == Stage.APPLYING) | (stage == Stage.BUILDING)].sum()))
    assert on_the_way[0] == 0 < on_the_way[1] < on_the_way[2]


@pytest.mark.parametrize(("built", "ready"), [(2.0, 10.0), (0.5, 3.0)])
def test_plans_outside_zones_have_land_for_what_is_built_and_ready(built, ready):
    places = model("lanzhou/baseline", "parameters.founding.pipeline=0", f"parameters.founding.undeveloped_per_built={built}",
                   f"parameters.founding.undeveloped_per_ready={ready}").world.places  # fmt: skip
    outside = np.flatnonzero(places.live("kind") != Kind.PARK)
    account = places.live("land")[outside].sum(axis=2)
    wanted = built * (account[:, LandStage.BUILT] + account[:, LandStage.GRANTED]) + ready * account[:, LandStage.READY]
    assert np.allclose(account[:, LandStage.UNDEVELOPED], wanted, atol=1.0)


def test_the_last_part_of_the_zones_is_named_and_a_dip_lasts_as_long_as_it_is_said_to():
    named, dips = {}, {}
    for share, quarters in ((0.25, 4), (0.5, 2)):
        one = model("sanming/sanming_2024", f"parameters.committee.notice_share={share}", f"parameters.integration.dip_quarters={quarters}")
        zones, ended = one.world.zones, set()
        while one.quarter < 4 * 2025 + 1:
            before = zones.live("merged").copy()
            one.step()
            ended |= {int(zones.dip_until[p]) - one.quarter + 1 for p in zones.live("parent")[zones.live("merged").astype(bool) & ~before.astype(bool)]}
        active = int((~zones.live("merged").astype(bool)).sum())
        named[share], dips[quarters] = int(zones.live("named").sum()) / active, ended
    assert 0 < named[0.25] <= 0.25 < named[0.5] <= 0.5
    assert dips == {4: {4}, 2: {2}}
