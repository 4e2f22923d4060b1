"""Land: lines, bonus, areas that grow, and the indicators of its use, by hand-computed numbers."""

import numpy as np
import pytest

from zonesim.accounts.evaluation import evaluate
from zonesim.accounts.integration import grow
from zonesim.behaviour.idle_land import IdleLandParameters, inefficiency_lines, revitalisation_rates
from zonesim.behaviour.location import families
from zonesim.indicators import INDICATORS
from zonesim.indicators.measures import MEASURES, Measures
from zonesim.model import ZoneModel
from zonesim.terms import Terms
from zonesim.world import load_world
from zonesim.world.industries import load_industries
from zonesim.world.places import Kind, LandStage, Use

YES = np.array(True)


@pytest.fixture
def world(opening):
    return load_world(opening)


def terms_for(world):
    return Terms(world.n_places, world.n_industries, world.zones.n)


def test_without_a_threshold_the_line_is_that_of_practice(world):
    assert inefficiency_lines(world, terms_for(world), 250.0).tolist() == [250.0] * world.n_places


def test_a_threshold_is_a_share_of_the_mean_of_the_zone(world):
    terms = terms_for(world)
    terms.fix("inefficient_threshold", YES, 0.4)
    zone = world.places.zone[: world.n_places]
    industrial = world.industries.is_industrial > 0
    world.flows.output[:] = 100.0
    line = inefficiency_lines(world, terms, 250.0)
    mine = zone == 0
    output = 4 * 100.0 * industrial.sum() * mine.sum()
    mu = world.places.land[: world.n_places, LandStage.BUILT, Use.INDUSTRIAL][mine].sum() * 3 / 2000
    assert line[mine] == pytest.approx(0.4 * output / mu)


def test_a_bonus_moves_a_committee_only_when_quota_is_short(world):
    terms = terms_for(world)
    terms.raise_to("revitalisation_rate", YES, 0.1)
    terms.raise_to("quota_bonus", YES, 0.5)
    world.land_demand[:] = 1000.0
    world.places.quota_land[:] = 0
    p = IdleLandParameters(bonus_response=0.2)
    assert revitalisation_rates(world, terms, p) == pytest.approx(1 - 0.9 * 0.9)  # short by all of it: 0.2 x 0.5 more
    world.places.quota_land[:] = 4_000_000_000
    assert revitalisation_rates(world, terms, p) == pytest.approx(0.1, abs=1e-6)


def test_a_park_grows_by_whole_square_metres_of_its_county(world):
    places, n = world.places, world.n_places
    park = int(np.flatnonzero(places.kind[:n] == Kind.PARK)[0])
    planned, total = int(places.planned[park]), int(places.planned[:n].sum())
    outside = (places.county[:n] == places.county[park]) & (places.kind[:n] != Kind.PARK)
    limit = int(places.land[:n][outside, LandStage.UNDEVELOPED].sum()) // 2
    area = grow(world, park, 0.1)
    assert area == min(int(0.1 * planned), limit) > 0
    assert int(places.planned[park]) == planned + area and int(places.planned[:n].sum()) == total
    assert np.array_equal(places.land[:n].sum(axis=(1, 2)), places.planned[:n]) and (places.land[:n] >= 0).all()


def test_families_follow_the_parent_only_where_they_operate_as_one(world):
    terms = terms_for(world)
    alone = families(world, terms)
    assert alone.tolist() == list(range(world.zones.n))
    terms.turn_on("unified_operation", YES)
    parent = world.zones.parent[: world.zones.n]
    assert families(world, terms).tolist() == [int(p) if p >= 0 else z for z, p in enumerate(parent)]


def test_entrusted_parks_can_be_left_out_of_the_evaluation(world, baseline):
    model = ZoneModel(baseline, 1, world=world)
    for _ in range(4):
        model.step()
    zones = world.zones
    child = int(np.flatnonzero(zones.parent[: zones.n] >= 0)[0])
    parent = int(zones.parent[child])
    parks = world.places.zone[: world.n_places] == child
    world.places.zone[: world.n_places][parks] = parent
    world.places.entrusted[: world.n_places][parks] = True
    year = {name: values.copy() for name, values in world.year_sums.items()}

    def criteria(terms):
        zones.value_added_year[: zones.n] = 1000.0 + np.arange(zones.n)
        zones.value_added_last[: zones.n] = 1000.0
        world.year_sums = {name: values.copy() for name, values in year.items()}
        evaluate(world, terms, model.parameters["evaluation"])
        return zones.criteria[parent].copy()

    terms = terms_for(world)
    counted = criteria(terms)
    terms.turn_on("entrusted_uncounted", YES)
    assert not np.array_equal(counted, criteria(terms))


def measures(years=1.0, **given):
    cube = np.zeros((1, len(MEASURES), 2))
    for name, values in given.items():
        cube[0, MEASURES.index(name)] = values
    return Measures(cube, years)


def indicator(name, m):
    return INDICATORS[name].compute(m)[0]


def test_a_zone_with_the_mix_of_the_city_is_not_specialised():
    m = measures(output_of_chemicals=[1.0, 10.0], output_of_equipment=[3.0, 30.0])
    assert indicator("specialisation_lq", m) == pytest.approx([1.0, 1.0])
    m = measures(output_of_chemicals=[4.0, 10.0], output_of_equipment=[0.0, 30.0])
    assert indicator("specialisation_lq", m) == pytest.approx([4.0, 1.0])


def test_a_national_zone_scores_a_hundred():
    mu = 3000.0 / 2000.0 / 1000.0  # mu of a square metre
    land = 10_000.0
    m = measures(
        land_industrial=land, output_industry=866.0 * land * mu, industrial_capital=599.0 * land * mu, industrial_need=0.98 / 0.8 * land,
        land_built=928.0, land_on_grant=72.0,
    )  # fmt: skip
    assert indicator("land_intensive_index", m) == pytest.approx([100.0, 100.0])
    assert indicator("land_conservation_score", m) == pytest.approx([100.0, 100.0])


def test_a_quarter_without_land_has_no_index():
    assert indicator("land_intensive_index", measures(0.25)).tolist() == [0.0, 0.0]


def test_a_larger_city_supplies_more_of_what_its_enterprises_buy():
    industries = load_industries()
    nation = 10 * industries.national_value_added / industries.value_added_ratio

    def share(factor):
        return indicator(
            "local_supply_share", measures(**{f"output_of_{j}": [v * factor / 10, v * factor] for j, v in zip(industries.ids, nation, strict=True)})
        )

    small, large = share(1.0), share(100.0)
    assert 0 < small[0] < large[0] < 1 and small[0] == pytest.approx(small[1]), "the mix of the city buys as the city does"
