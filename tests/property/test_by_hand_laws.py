"""What newcomers usually find under later laws, worked out again from docs/model.md (section 9); the same in both worlds of a comparison."""

import numpy as np
import pytest

from tests.property.test_by_hand_entry import HOME, LANZHOU, NOT_HERE, ROOT, choice_values, floor_prices, log_sum, reference
from zonesim.model import ZoneModel
from zonesim.quarters import parse
from zonesim.scenario import load_scenario
from zonesim.steps.entry import follow_the_law
from zonesim.world.store import load_world, save_world

CITY = 1 - 0.2  #: of what the centre leaves: the province takes a fifth
# Share of VAT, business tax and CIT that the centre leaves: until May 2016 a quarter, all and two fifths, then half of VAT; business tax ended.
LAWS = [("2014Q1", (0.25, 1.0, 0.4)), ("2018Q3", (0.5, 1.0, 0.4)), ("2019Q2", (0.5, 1.0, 0.4))]


def opening(scale):
    """Return the baseline's opening, to 2019; small enterprises share a row by ``scale``."""
    return ZoneModel(load_scenario(LANZHOU / "baseline.yaml", ["horizon.end=2019Q4", f"founding.scale={scale}"]), 1)


@pytest.fixture(scope="module")
def opened():
    """An enterprise a row, as the regions are shipped."""
    return opening(1)


@pytest.fixture(scope="module")
def shared():
    """Twenty small enterprises a row."""
    return opening(20)


@pytest.fixture(params=["opened", "shared"])
def at_any_scale(request):
    return request.getfixturevalue(request.param)


def usual_at(model, quarter):
    """Let the model read the law of a quarter, as the quarter does when it opens, and return what newcomers then usually find."""
    before, model.quarter = model.quarter, parse(quarter)
    follow_the_law(model)
    model.quarter = before
    return model.world.economy.usual_value.copy()


@pytest.mark.parametrize(("quarter", "left"), LAWS, ids=[quarter for quarter, _ in LAWS])
def test_usual_value_under_each_law(at_any_scale, quarter, left):
    world, terms = at_any_scale.world, at_any_scale.package.law_at(parse(quarter))
    by_hand = [log_sum(choice_values(world, terms, floor_prices(world), j, *reference(world, j), left=CITY * np.array(left))) for j in range(17)]
    np.testing.assert_allclose(usual_at(at_any_scale, quarter), by_hand, rtol=0, atol=1e-12)


def test_the_reference_project_is_one_enterprise_however_many_share_a_row(opened, shared):
    """Only the luck of the draws and whole persons move it: a mean by row would make it 1.4 to 18 times as large."""
    rows, weight = shared.world.enterprises.live("value_added"), shared.world.enterprises.live("weight")
    assert weight.max() == 20 and rows.mean() > 5 * rows.sum() / weight.sum()
    for name in ("value_added", "capital", "employment", "land"):
        np.testing.assert_allclose(getattr(shared.reference, name), getattr(opened.reference, name), rtol=1e-5)
    np.testing.assert_allclose(shared.world.economy.usual_by_law, opened.world.economy.usual_by_law, rtol=0, atol=0.001)


def test_four_fifths_of_founders_enter_at_usual_terms(at_any_scale):
    """Their own county's places are worth `home` more to them; by where enterprises are, as founders are born."""
    world, terms = at_any_scale.world, at_any_scale.package.law_at(at_any_scale.world.start)
    rows, n = world.enterprises, world.n_places
    entered, born = 0.0, 0.0
    for j in range(17):
        odds = np.exp(choice_values(world, terms, floor_prices(world), j, *reference(world, j)) - world.economy.usual_by_law[0, j] - NOT_HERE)
        assert odds.sum() / (1 + odds.sum()) == pytest.approx(2 / 3, abs=0.01)
        for county in range(world.counties.n):
            at_home = (odds * np.exp(HOME * (world.places.county[:n] == county))).sum()
            who = rows.live("weight")[(rows.live("industry") == j) & (rows.live("county") == county)].sum()
            entered, born = entered + who * at_home / (1 + at_home), born + who
    assert 0.78 < entered / born < 0.82 and "with chance 0.8 or so (0.78 to 0.81" in (ROOT / "docs" / "model.md").read_text(encoding="utf-8")


def test_lower_rates_make_industry_worth_more_everywhere(opened):
    """VAT of goods fell from 17 to 16 % in May 2018 and to 13 % in April 2019: what others offer rises with it, so entry here does not."""
    metals = opened.world.industries.index("metals")
    usual = [usual_at(opened, quarter)[metals] for quarter in ("2018Q1", "2018Q3", "2019Q2")]
    assert usual[0] < usual[1] < usual[2]


def test_no_policy_of_the_region_moves_what_is_found_elsewhere():
    """Offers and sites of the two worlds differ when the law changes; elsewhere does not."""
    short = ["founding.scale=20", "horizon.end=2018Q4"]
    worlds = []
    for name in ("baseline", "plan_2015"):
        model = ZoneModel(load_scenario(LANZHOU / f"{name}.yaml", short), 1)
        while model.running:
            model.step()
        worlds.append(model.world)
    plain, plan = worlds
    assert not np.array_equal(plain.zones.refund_offer, plan.zones.refund_offer) and not np.array_equal(plain.places.land_price, plan.places.land_price)
    assert np.array_equal(plain.economy.usual_value, plan.economy.usual_value)
    assert not np.array_equal(plain.economy.usual_value, plain.economy.usual_by_law[0])


def test_a_saved_world_knows_later_laws(opened, tmp_path):
    save_world(opened.world, tmp_path / "world.npz")
    again = load_world(tmp_path / "world.npz")
    assert np.array_equal(again.economy.usual_by_law, opened.world.economy.usual_by_law)
    assert len(again.economy.usual_by_law) > 5
