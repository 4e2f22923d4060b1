"""Readings of what the texts on quota and idle land leave open, by hand-computed numbers."""

import numpy as np
import pytest

from zonesim.accounts.quotas import CARRIED_OVER, EQUAL, LAPSES, TO_POOL, QuotaParameters, allocate_quotas
from zonesim.behaviour.construction import ConstructionParameters
from zonesim.behaviour.expansion import ExpansionParameters, expand
from zonesim.behaviour.idle_land import IdleLandParameters, tend_land
from zonesim.terms import Terms
from zonesim.world import load_world
from zonesim.world.enterprises import Stage
from zonesim.world.places import Kind, LandStage

YES = np.array(True)


@pytest.fixture
def world(opening):
    return load_world(opening)


def terms_for(world):
    return Terms(world.n_places, world.n_industries, world.zones.n)


def allotted(world, reading, *, retention=0.75):
    """Return the land, energy and emission quota of each place after a year in which 1,200 m2, 60 tce and 6 of emissions were left in each."""
    places, terms = world.places, terms_for(world)
    for name in ("land", "energy", "emission"):
        terms.lower_to(f"retention_{name}", True, retention)
    terms.fix("pool_rule", True, float(EQUAL))
    terms.fix("unused_quota", True, float(reading))
    places.quota_land[:], places.quota_expansion[:], places.quota_works[:] = 1000, 150, 50
    places.quota_energy[:], places.quota_emission[:] = 60.0, 6.0
    allocate_quotas(world, terms, QuotaParameters(raid=0.0))
    return [getattr(places, f"quota_{name}")[: world.n_places].astype(float) for name in ("land", "energy", "emission")]


@pytest.mark.parametrize("retention", [0.75, 1.0])
def test_quota_left_over_lapses_goes_into_the_pool_or_stays(world, retention):
    world.quarter += 4
    n, parks = world.n_places, world.places.kind[: world.n_places] == Kind.PARK
    lapsed, pooled, carried = (allotted(world, reading, retention=retention) for reading in (LAPSES, TO_POOL, CARRIED_OVER))
    for before, to_pool, stays, left, plan in zip(lapsed, pooled, carried, (1200.0, 60.0, 6.0), ("land", "energy", "emission"), strict=True):
        assert before.sum() == pytest.approx(world.quotas[plan], abs=n)  # whole m2
        assert stays - before == pytest.approx(left)
        assert (to_pool - before)[parks] == pytest.approx(left * n / parks.sum(), abs=1.0) and (to_pool - before)[~parks] == pytest.approx(0.0)
    assert world.flows.quota_land_given[:n] == pytest.approx(carried[0])


def test_before_the_first_year_nothing_was_left_over(world):
    lapsed, pooled, carried = (allotted(world, reading) for reading in (LAPSES, TO_POOL, CARRIED_OVER))
    assert all((one == two).all() and (one == three).all() for one, two, three in zip(lapsed, pooled, carried, strict=True))


def idle_terms(world, from_grant):
    terms = terms_for(world)
    terms.raise_to("idle_fee", YES, 0.2)
    terms.raise_to("idle_enforcement", YES, 1.0)
    terms.fix("idle_compensation", YES, 0.5)
    if from_grant:
        terms.turn_on("idle_from_grant", YES)
    return terms


def history(world, approval, from_grant):
    """Return the quarters since the grant in which the parcel of 3,000 m2 of one hoarder counts as idle, pays its fee of 12, and is taken back for 30."""
    e, f, terms = world.enterprises, world.flows, idle_terms(world, from_grant)
    e.sincerity[: e.n] = 1.0
    i = int(np.flatnonzero((e.live("stage") == Stage.BUILDING) & (e.live("land") > 0))[0])
    granted, use = world.quarter, world.industries.use_code[e.industry[i]]
    added = 3000 - int(e.land[i])
    world.places.land[e.place[i], LandStage.GRANTED, use] += added
    e.sincerity[i], e.land[i], e.land_price[i], e.founded[i], e.starts_building[i] = 0.1, 3000, 0.02, granted, granted + approval
    lines, idle, fee, back = np.zeros(world.n_places), [], [], []
    for passed in range(approval, 16):
        world.quarter = granted + passed
        for flow in (f.land_idle, f.idle_fees, f.compensation, f.land_reclaimed):
            flow[:] = 0.0
        tend_land(world, terms, IdleLandParameters(fee_enforcement=1.0, late_start=0.0), ConstructionParameters(), lines)
        if f.land_idle.sum() > 0:
            assert f.land_idle.sum() == 3000.0
            idle.append(passed)
        if f.idle_fees.sum() > 0:
            assert f.idle_fees.sum() == pytest.approx(0.2 * 0.02 * 3000)
            fee.append(passed)
        if f.land_reclaimed.sum() > 0:
            assert f.compensation.sum() == pytest.approx(0.5 * 0.02 * 3000)
            back.append(passed)
            break
    return idle, fee, back


@pytest.mark.parametrize(
    ("approval", "from_grant", "expected"),
    [
        (3, False, ([7, 8, 9, 10, 11], [7], [11])),  # building is agreed for the third quarter: idle a year later, taken back two years later
        (3, True, ([4, 5, 6, 7, 8], [4], [8])),
        (6, False, ([10, 11, 12, 13, 14], [10], [14])),
        (6, True, ([6, 7, 8], [6], [8])),  # nobody is idle while the approval runs; then a year has passed already
    ],
)
def test_the_idle_clock_begins_with_the_agreed_start_or_with_the_contract(world, approval, from_grant, expected):
    assert history(world, approval, from_grant) == expected


def test_idle_land_is_sold_as_soon_as_its_clock_says(world):
    e, f = world.enterprises, world.flows
    e.sincerity[: e.n], e.capital[: e.n] = 1.0, 0.0
    e.value_added[: e.n] = 0.0
    building = np.flatnonzero((e.live("stage") == Stage.BUILDING) & (e.live("land") > 0) & (world.industries.is_industrial[e.live("industry")] > 0))
    i = next(int(k) for k in building if world.places.kind[e.place[k]] == Kind.PARK)
    e.sincerity[i], e.founded[i], e.starts_building[i] = 0.1, world.quarter - 5, world.quarter - 3
    buyer = next(int(k) for k in np.flatnonzero((e.live("stage") == Stage.OPERATING) & (e.live("land") > 0))
                 if e.place[k] == e.place[i] and world.industries.use_code[e.industry[k]] == world.industries.use_code[e.industry[i]])  # fmt: skip
    e.capital[buyer], e.laid_out[buyer] = 1000.0, 100.0
    world.places.quota_expansion[:] = 0
    traded = []
    for from_grant in (False, True):
        terms = idle_terms(world, from_grant)
        terms.turn_on("land_transfer", YES)
        f.traded_land[:] = 0.0
        expand(
            world, terms, ExpansionParameters(offered=1.0, allocated=0.0), np.full((world.n_places, world.n_industries), 1.0), np.zeros(world.n_places), 0.25
        )
        traded.append(float(f.traded_land.sum()))
    assert traded[0] == 0.0 < traded[1]
