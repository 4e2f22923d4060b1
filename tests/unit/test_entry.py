"""What is computed once, and what those admitted get."""

import numpy as np
import pytest

from tests.conftest import LANZHOU, ROOT
from zonesim.behaviour.applicants import Channel
from zonesim.behaviour.construction import go_on_building
from zonesim.behaviour.entry import enclaves
from zonesim.behaviour.location_weights import LocationParameters
from zonesim.behaviour.site_value import inclusive_value
from zonesim.founding import found
from zonesim.model import ZoneModel
from zonesim.scenario import load_scenario
from zonesim.terms import Terms
from zonesim.world.enterprises import Origin, Stage
from zonesim.world.flows import Heads, Jobs
from zonesim.world.places import LandStage


def test_what_is_made_of_terms_is_made_again_when_they_change():
    terms = Terms(2, 1, 1)
    assert not terms.once(enclaves).any()
    assert terms.once(enclaves) is terms.once(enclaves)
    terms.turn_on("enclave", [True, False])
    assert terms.once(enclaves).tolist() == [True, False]
    assert terms.copy().once(enclaves).tolist() == [True, False]


def test_a_copy_of_parameters_has_its_own_vector():
    usual = LocationParameters()
    assert usual.vector[0] == usual.profit
    assert usual.model_copy(update={"profit": 30.0}).vector[0] == 30.0
    again = usual.model_copy(update={"profit": usual.profit})  # equal values are equal, whatever was computed from either
    assert again.vector is not usual.vector and again == usual and hash(again) == hash(usual) and usual != usual.model_copy(update={"profit": 30.0})
    assert usual.vector[0] == usual.profit


def test_channels_origins_and_heads_stand_in_one_order():
    channels = [one.name for one in Channel if one != Channel.INCUMBENT]
    assert [Origin(1 + one).name for one in range(4)] == channels
    assert [Heads(one).name for one in range(4)] == channels


def test_inclusive_value_is_that_of_the_open_places():
    """Two places of utility 1: 1 + ln 2; a closed place adds nothing; large utilities do not overflow."""
    values = np.array([[1.0, 1.0, -np.inf], [900.0, -np.inf, -np.inf]])
    assert inclusive_value(values) == pytest.approx([1 + np.log(2), 900.0])


@pytest.mark.parametrize("path", ["lanzhou/baseline", "pingliang/baseline"])
def test_founders_of_every_industry_enter_at_a_like_rate(path):
    """Newcomers ask for what their industry usually finds: neither margins nor need of land keep an industry from being founded.

    Born in two years over the enterprises of the opening, for industries of which there are enough: without the measure services of other kinds, farms and
    transport are hardly founded at all (0.1 to 2 % a year against 11 %), and their jobs run out.
    """
    model = ZoneModel(load_scenario(ROOT / "scenarios" / f"{path}.yaml"), 1)
    e = model.world.enterprises
    many = 300
    opening = np.bincount(e.live("industry"), minlength=model.world.n_industries)
    before = set(e.live("id").tolist())
    born = np.zeros_like(opening)
    for _ in range(8):
        model.step()
        new = [i for i in range(e.n) if int(e.id[i]) not in before and e.origin[i] == Origin.BORN]
        born += np.bincount(e.industry[new], minlength=len(born))
        before |= set(e.live("id").tolist())
    rate = born[opening > many] / opening[opening > many] / 2
    assert len(rate) >= 5
    assert rate.min() > 0.06
    assert rate.max() < 2.2 * rate.min()


def test_a_tax_on_one_industry_keeps_its_founders_away():
    """What an industry usually finds is measured at the opening, so that worse terms than those are felt."""
    found = []
    for factor in (1.0, 1.5):
        model = ZoneModel(load_scenario(LANZHOU / "baseline.yaml"), 1)
        j, terms_at = model.world.industries.index("consumer_services"), model.package.terms_at

        def dearer(quarter, j=j, factor=factor, terms_at=terms_at):
            terms = terms_at(quarter).copy()
            for name in ("vat_rate", "business_tax_rate", "cit_rate", "cit_rate_small"):
                terms[name][:, j] *= factor
            return terms

        model.package.terms_at = dearer
        e, n = model.world.enterprises, model.world.enterprises.n
        for _ in range(4):
            model.step()
        found.append(int((e.live("industry")[n:] == j).sum()))
    assert found[1] < 0.8 * found[0]


@pytest.mark.parametrize("path", ["lanzhou/baseline", "pingliang/baseline", "hebei_county/baseline"])
def test_projects_on_the_way_at_the_opening_are_those_of_any_quarter(path):
    """Some apply, some build, some move, and as many jobs begin in the first quarter as in those after it; none is ready before the opening."""
    model = ZoneModel(load_scenario(ROOT / "scenarios" / f"{path}.yaml"), 1, check=True)
    e, begun = model.world.enterprises, []
    stages = np.bincount(e.live("stage"), minlength=6)
    assert stages[[Stage.APPLYING, Stage.BUILDING, Stage.MOVING]].min() > 5
    assert stages[Stage.GONE] == 0
    building = e.live("stage") == Stage.BUILDING
    still = e.live("sincerity")[building] >= model.parameters["construction"].hoarding
    assert (e.live("stage_ends")[building][still] >= model.quarter).all()
    assert (e.live("employment")[building] == 0).all()
    for _ in range(8):
        model.step()
        begun.append(model.world.flows.jobs[:, [Jobs.NEW, Jobs.FROM_OUTSIDE]].sum())
    assert 0.5 < begun[0] / np.mean(begun[1:]) < 2.0


@pytest.mark.parametrize("hoarding", [0.1, 0.5])
def test_hoarders_stay_below_the_threshold_wherever_it_is(hoarding):
    """Sincerity of hoarders is 0.8 of the threshold: as many hold land without building when the threshold moves."""
    model = ZoneModel(load_scenario(LANZHOU / "baseline.yaml", [f"parameters.construction.hoarding={hoarding}"]), 1)
    e = model.world.enterprises
    building = e.live("stage") == Stage.BUILDING
    held = building & np.isclose(e.live("sincerity"), 0.8 * hoarding, rtol=1e-6)
    assert held.sum() > 5
    assert (e.live("capital")[held] == 0).all()


def test_what_is_ready_before_the_opening_gives_back_its_land():
    """A project in its last quarter of building is gone, its land ready again; one with three of four quarters left has put in a quarter of its capital."""
    model = ZoneModel(load_scenario(LANZHOU / "baseline.yaml"), 1)
    world, e, places = model.world, model.world.enterprises, model.world.places
    own = model.parameters["construction"]
    ready, other = np.flatnonzero((e.live("stage") == Stage.BUILDING) & (e.live("land") > 0) & (e.live("sincerity") > 0.5))[:2]
    e.stage_ends[ready], e.stage_ends[other] = world.quarter + 1, world.quarter + 3
    e.promised_capital[other], e.sincerity[other], e.capital[other], e.debt[other] = 10_000.0, 0.8, 0.0, 0.0  # ln 21 = 3.04: four quarters
    area, p, use = int(e.land[ready]), int(e.place[ready]), int(world.industries.use_code[e.industry[ready]])
    e.live("stage")[:] = np.where(np.isin(np.arange(e.n), [ready, other]), e.live("stage"), Stage.OPERATING)
    before = places.land[p, :, use].copy()
    go_on_building(world, own)
    change = places.land[p, :, use] - before
    assert e.stage[ready] == Stage.GONE
    assert e.land[ready] == 0
    assert change[LandStage.GRANTED] == -area
    assert change[LandStage.READY] == area
    assert e.stage[other] == Stage.BUILDING
    assert e.capital[other] == pytest.approx(0.8 * 10_000 / 4)
    assert e.debt[other] == pytest.approx(own.debt_financed * 2000)


def test_newcomers_produce_with_the_returns_to_scale_of_production(baseline):
    production = baseline.parameters["production"].model_copy(update={"span_of_control": 0.7})
    parameters = {**baseline.parameters, "production": production}
    assert found(baseline.region, baseline.founding, parameters, 1, baseline.start).economy.span_of_control == 0.7


@pytest.mark.parametrize(("years", "quarters"), [(None, 28), (1.0, 12), (10.0, 48)])
def test_a_refund_is_paid_for_the_years_that_are_promised_after_approval_and_building(years, quarters):
    given = [] if years is None else [f"parameters.location.refund_years={years}"]
    m = ZoneModel(load_scenario(LANZHOU / "plan_2015.yaml", ["founding.scale=40", "horizon.end=2016Q4", *given]), 1)
    for _ in range(3):
        m.step()
    e = m.world.enterprises
    new = e.live("founded") >= m.world.quarter - 2
    assert new.sum() > 5 and (e.live("refund_until")[new] - e.live("founded")[new] == quarters).all()
    assert (e.live("refund_promised")[new] > 0).any()
