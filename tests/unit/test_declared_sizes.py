"""Sizes that were said in one place of the code and are parameters now do what they say, and at their defaults what the code said."""

import numpy as np
import pytest

from tests.conftest import ROOT
from zonesim.behaviour.applicants import Applicants
from zonesim.behaviour.approval import LAND, procedure
from zonesim.behaviour.approval_parameters import ApprovalParameters
from zonesim.behaviour.beliefs import BELIEFS
from zonesim.behaviour.committee_parameters import CommitteeParameters
from zonesim.behaviour.cultivation import CENTRE_COST, GRADE_LIFT, CultivationParameters
from zonesim.behaviour.promotion_channels import _through_channels
from zonesim.behaviour.promotion_parameters import PromotionParameters
from zonesim.founding.endowment import OUTSIDE_MIX, PARK_MIX, mix_of
from zonesim.model import ZoneModel
from zonesim.scenario import load_scenario
from zonesim.world import load_world
from zonesim.world.places import Kind, LandStage, Use


def places(*overrides):
    scenario = load_scenario(ROOT / "scenarios" / "lanzhou" / "baseline.yaml", ["founding.scale=40", "parameters.founding.pipeline=0", *overrides])
    return ZoneModel(scenario, 1).world.places


@pytest.mark.parametrize("least", [0, 20_000, 150_000])
def test_ready_land_outside_zones_is_a_part_of_what_is_built_and_a_least(least):
    land = places(f"parameters.founding.least_ready={least}")
    outside = np.flatnonzero(land.live("kind") != Kind.PARK)
    account = land.live("land")[outside].sum(axis=2)
    assert account[:, LandStage.READY] == pytest.approx(0.1 * account[:, LandStage.BUILT] + least, abs=1.0)


def test_villages_lie_as_far_off_as_is_said():
    for shift in (0.0, 0.04, 0.2):
        where = places(f"parameters.founding.village_shift={shift}")
        kind, county = where.live("kind"), where.live("county")
        for c in set(county.tolist()):
            town, village = (np.flatnonzero((county == c) & (kind == one))[0] for one in (Kind.URBAN, Kind.RURAL))
            assert where.longitude[village] - where.longitude[town] == pytest.approx(shift)
            assert where.latitude[village] - where.latitude[town] == pytest.approx(shift)


def test_what_is_not_planned_for_industry_keeps_its_proportions():
    assert mix_of(PARK_MIX, 0.82) is PARK_MIX and mix_of(OUTSIDE_MIX, 0.5) is OUTSIDE_MIX
    assert mix_of(PARK_MIX, 0.4) == pytest.approx([0.4, 0.6 * 8 / 18, 0.6 * 7 / 18, 0.6 * 3 / 18, 0.0])
    ready = {share: places(f"parameters.founding.park_industrial={share}") for share in (0.4, 0.82)}
    for share, one in ready.items():
        account = one.live("land")[one.live("kind") == Kind.PARK, LandStage.READY]
        assert account[:, Use.INDUSTRIAL] == pytest.approx(share * account.sum(axis=1), abs=1.0)


def test_factors_move_the_tables_of_cultivation():
    usual = CultivationParameters().lines
    assert usual[2].tolist() == GRADE_LIFT.tolist() and usual[4].tolist() == CENTRE_COST.tolist() and usual[5].tolist() == [0.15, 0.5, 1.0]
    moved = CultivationParameters(grade_sales=2.0, grade_usual=0.5, grade_lift=2.0, centre_sales=0.5, centre_cost=3.0, award_city=0.3, award_province=0.4).lines
    assert moved[0].tolist() == [600.0, 2000.0, 10_000.0, 40_000.0] and moved[1] == pytest.approx([0.015, 0.0075, 0.002, 0.0005])
    assert moved[2].tolist() == [1.0, 1.0, 1.0, 0.5] and moved[3].tolist() == [1000.0, 5000.0, 25_000.0]
    assert moved[4].tolist() == [600.0, 1800.0, 6000.0] and moved[5].tolist() == [0.3, 0.4, 1.0]


def test_beliefs_are_flat_or_sharp_and_lags_stand_in_the_order_of_efforts():
    assert (CommitteeParameters().beliefs == BELIEFS).all() and CommitteeParameters().lags == (0.5, 1.0, 2.0, 3.0, 4.0)
    assert (CommitteeParameters(belief_scale=0.0).beliefs == 1.0).all()
    assert CommitteeParameters(belief_scale=2.0).beliefs == pytest.approx(BELIEFS * BELIEFS)


def test_approval_gets_no_slower_below_the_least_effort(baseline, opening):

    model = ZoneModel(baseline, 1, world=load_world(opening))
    zones = model.world.zones
    for least in (0.05, 0.1, 0.5):
        p = ApprovalParameters(least_effort=least)
        days = []
        for effort in (0.2, 0.2 * least, 0.001):
            zones.effort[:] = effort
            days.append(procedure(model.world, model.terms, p).days[LAND].max())
        assert days[1] == pytest.approx(days[0] * least**-p.service) and days[2] == days[1]


def test_a_channel_leaves_some_sincerity():
    p = PromotionParameters()
    for least in (0.0, 0.05, 0.3):
        weights = np.zeros((6, 1, 1))
        weights[3:] = 1.0  # all purchased
        who = Applicants(1)
        who.id[:], who.finder[:], who.industry[:] = 5, 0, 0
        who.value_added[:], who.capital[:], who.employment[:], who.land[:], who.sincerity[:], who.fee[:] = 10.0, 100.0, 20.0, 50.0, 0.02, 0.0
        traits = (p.of_channels(one) for one in ("size", "sincerity", "fee"))
        _through_channels(1, np.uint64(1), 8000, who.id, who.whole, who.real, weights, *traits, least)
        assert who.sincerity[0] == pytest.approx(least)
