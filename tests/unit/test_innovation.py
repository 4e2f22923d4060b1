"""Innovation: what would not hold without the mechanism."""

import numpy as np
import pytest

from tests.unit.test_environment import start
from zonesim.behaviour.cultivation import builds_centre, rise
from zonesim.behaviour.talent import pulls
from zonesim.world.places import Infrastructure, Mark


def years(model, quarters):
    for _ in range(quarters):
        model.step()
    return model


def paid(model, kind):
    rows = model.ledger.rows()
    return float(rows["amount"][rows["kind"] == model.ledger.kind(kind)].sum())


def parks(model):
    return model.world.places.zone[: model.world.n_places] >= 0


@pytest.fixture(scope="module")
def plain(baseline, opening):
    return years(start(baseline, opening, 9), 9)


def test_a_grade_needs_luck_and_an_innovative_industry():
    assert rise.py_func(0.01, 0.2, 1.0, 0.0) == 0.0
    assert rise.py_func(0.01, 0.2, 1.0, 1.0) == pytest.approx(0.21)


def test_support_and_award_turn_a_centre_that_does_not_pay_into_one_that_does():
    assert not builds_centre.py_func(10_000.0, 600.0, 0.0, 0.0, 0.01, 5.0, 0.3)
    assert builds_centre.py_func(10_000.0, 600.0, 100.0, 100.0, 0.01, 5.0, 0.3)


def test_the_opening_world_has_grades_centres_patents_and_talent(plain):
    marks = plain.world.places.innovation[: plain.world.n_places].sum(axis=0)
    assert all(marks[k] > 0 for k in (Mark.SPECIALISED, Mark.CENTRES, Mark.BRANDS, Mark.PATENTS, Mark.RESULTS))
    assert 0 < marks[Mark.CONVERTED] < marks[Mark.RESULTS] and 0 < marks[Mark.INFRINGED] < marks[Mark.PATENTS]
    jobs, talent = plain.world.places.employment[: plain.world.n_places].sum(), plain.world.places.talent[: plain.world.n_places].sum()
    assert talent / jobs == pytest.approx(0.1, abs=0.02)


def test_cultivation_lifts_grades_in_parks_only_and_is_paid(baseline, opening, plain):
    model = years(start(baseline, opening, 9, "cultivation", gradient_cultivation_intensity=0.2), 9)
    here, there = (m.world.places.innovation[: m.world.n_places, Mark.SPECIALISED] for m in (model, plain))
    assert here[parks(model)].sum() > there[parks(plain)].sum()
    assert paid(model, "cultivation") > 0 and paid(plain, "cultivation") == 0


def test_support_builds_centres_and_platforms_for_neighbours(baseline, opening, plain):
    model = years(start(baseline, opening, 9, "research_centres", rd_platform_support=1000.0, rd_platform_award=500.0), 9)
    here, there = (m.world.places.innovation[: m.world.n_places, Mark.CENTRES] for m in (model, plain))
    assert here[parks(model)].sum() > there[parks(plain)].sum()
    stock = [m.world.places.infrastructure[: m.world.n_places, Infrastructure.PLATFORMS][parks(m)].sum() for m in (model, plain)]
    assert stock[0] > stock[1]
    assert paid(model, "centre_support") > 0 and paid(model, "centre_award") > 0


def test_incubators_are_built_within_means_and_their_tenants_grow(baseline, opening, plain):
    model = years(start(baseline, opening, 9, "incubators", incubator_capacity=2000.0), 9)
    places, n = model.world.places, model.world.n_places
    assert 0 < places.incubator[:n].sum() <= 2000.0 * model.world.zones.n
    tenants = places.innovation[:n, Mark.TENANTS]
    assert 0 < tenants.sum() and np.all(tenants <= places.incubator[:n])
    assert paid(model, "incubator_works") > 0 and paid(model, "incubator_running") > 0
    e, f = model.world.enterprises, plain.world.enterprises
    before = dict(zip(f.live("id").tolist(), f.live("log_productivity").tolist(), strict=True))
    inside = [k for k in np.flatnonzero(e.live("incubated")) if int(e.id[k]) in before]
    assert inside and np.mean([e.log_productivity[k] - before[int(e.id[k])] for k in inside]) > 0


def test_venture_money_brings_founders(baseline, opening, plain):
    model = years(start(baseline, opening, 9, "venture_fund", vc_guidance_fund=50_000.0), 9)
    assert paid(model, "venture_capital") > 0
    assert model.world.enterprises.live("weight").sum() > plain.world.enterprises.live("weight").sum()


def test_talent_comes_for_money_and_where_it_is_pleasant(baseline, opening, plain):
    model = years(start(baseline, opening, 9, "talent_attraction", talent_attraction_intensity=10.0), 9)
    n = model.world.n_places
    gain = model.world.places.talent[:n] - plain.world.places.talent[:n]
    assert gain[parks(model)].min() > 0
    assert paid(model, "talent_subsidy") > 0
    pull = pulls(model.world, model.parameters["talent"])
    model.world.places.amenity[0] *= 2
    assert pulls(model.world, model.parameters["talent"])[0] > pull[0]


def unpaid(baseline, opening, name="", **levers):
    """Two years in which committees and counties have nothing when cultivation and subsidies fall due."""
    model = start(baseline, opening, 9, name, **levers)
    world, act = model.world, model.open_innovation

    def emptied():
        acc = world.accounts
        payers = slice(acc.county0, acc.zone0 + world.zones.n)
        balances = world.balances[payers].copy()
        world.balances[payers] = 0.0
        act()
        world.balances[payers] = balances

    model.open_innovation = emptied
    return years(model, 9)


def test_talent_and_grades_do_not_move_when_nobody_can_pay(baseline, opening):
    plain = unpaid(baseline, opening)
    talent = unpaid(baseline, opening, "talent_attraction", talent_attraction_intensity=10.0)
    assert np.array_equal(talent.world.places.talent, plain.world.places.talent) and paid(talent, "talent_subsidy") == 0
    cultivated = unpaid(baseline, opening, "cultivation", gradient_cultivation_intensity=0.2)
    assert np.array_equal(cultivated.world.enterprises.live("grade"), plain.world.enterprises.live("grade")) and paid(cultivated, "cultivation") == 0


def test_half_the_subsidy_brings_half_the_newcomers(baseline, opening):
    """T <- T + a (share jobs pull - T) + paid part x intensity / 1000 x jobs x pull, by hand, with half of what was claimed in the account."""
    model = start(baseline, opening, 1, "talent_attraction", talent_attraction_intensity=10.0)
    world, acc, p, n = model.world, model.world.accounts, model.parameters["talent"], model.world.n_places
    act, seen = model.open_innovation, {}

    def halved():
        pull, jobs = pulls(world, p), world.places.employment[:n].astype(float)
        come = np.where(world.places.zone[:n] >= 0, 10.0 / 1000 * jobs * pull, 0.0)
        kept = world.balances.copy()
        world.balances[acc.county0 : acc.zone0 + world.zones.n] = 0.0
        for z in range(world.zones.n):
            held = model.ledger.held[acc.zone0 + z]  # the fixed pay of its staff stays where it is
            world.balances[acc.zone0 + z] = held + 0.5 * p.subsidy * come[world.places.zone[:n] == z].sum()
        before = world.places.talent[:n].copy()
        act()
        seen["by_hand"] = before + p.adjustment * (p.share * jobs * pull - before) + 0.5 * come
        seen["paid"] = (0.5 * p.subsidy * come).sum()
        world.balances[acc.county0 : acc.zone0 + world.zones.n] = kept[acc.county0 : acc.zone0 + world.zones.n]

    model.open_innovation, model.checker = halved, None
    model.step()
    assert world.places.talent[:n] == pytest.approx(seen["by_hand"], rel=1e-9)
    assert paid(model, "talent_subsidy") == pytest.approx(seen["paid"]) and seen["paid"] > 0
