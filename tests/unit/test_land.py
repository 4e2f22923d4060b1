"""Land: lines, bonus, areas that grow, and the indicators of its use, by hand-computed numbers."""

import numpy as np
import pytest

from zonesim.accounts.evaluation import evaluate
from zonesim.accounts.integration import grow
from zonesim.accounts.qualities import Inspection
from zonesim.accounts.quota_uses import QuotaUseParameters, set_quota_aside, site_works
from zonesim.behaviour.applicants import Applicants
from zonesim.behaviour.expansion import ExpansionParameters, expand, full_at
from zonesim.behaviour.factory_sales import FactorySaleParameters, sell_factories
from zonesim.behaviour.families import families
from zonesim.behaviour.idle_land import IdleLandParameters, inefficiency_lines, revitalisation_rates
from zonesim.behaviour.land_priority import prioritise
from zonesim.behaviour.per_mu import PerMuParameters, charge_by_grade, grade_by_mu
from zonesim.behaviour.use_change import UseChangeParameters, change_use
from zonesim.indicators import INDICATORS
from zonesim.indicators.measures import MEASURES, Measures
from zonesim.model import ZoneModel
from zonesim.steps.opening import inspection_of
from zonesim.terms import Terms
from zonesim.world import load_world
from zonesim.world.industries import load_industries
from zonesim.world.places import Kind, LandStage, Use

YES = np.array(True)


@pytest.fixture
def world(opening):
    one = load_world(opening)
    one.places.land_price[:] = 0.02
    return one


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
        evaluate(world, terms, model.parameters["evaluation"], model.parameters["field"], inspection_of(model.parameters))
        return zones.criteria[parent].copy()

    terms = terms_for(world)
    counted = criteria(terms)
    terms.turn_on("entrusted_uncounted", YES)
    assert not np.array_equal(counted, criteria(terms))


def measures(years=1.0, **given):
    cube = np.zeros((1, len(MEASURES), 2))
    for name, values in given.items():
        cube[0, MEASURES.index(name)] = values
    return Measures(cube, years, Inspection(0.3, 0.6, 180.0, 12.0, 0.1, 0.25))


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
    assert np.isnan(indicator("land_intensive_index", measures(0.25))).all()


def test_land_market_moves_a_spare_parcel_to_who_has_outgrown_its_own(world):
    e, places = world.enterprises, world.places
    industrial = world.industries.is_industrial[e.live("industry")] > 0
    park = places.kind[e.live("place").astype(int)] == Kind.PARK
    rows = np.flatnonzero(industrial & park & (e.live("land") > 3000) & (e.live("stage") == 3))
    seller, buyer = next((a, b) for a in rows for b in rows if a != b and e.place[a] == e.place[b])
    terms, p = terms_for(world), int(e.place[seller])
    terms.turn_on("land_transfer", YES)
    terms.lower_to("conversion_price", YES, 0.0)
    e.value_added[:] = 1e9  # nobody else is inefficient
    e.value_added[seller] = 1e-6
    e.laid_out[: e.n] = e.capital[: e.n]
    e.laid_out[buyer] = e.capital[buyer] / 1.5
    before = e.land[[seller, buyer]].astype(int)
    account = places.land.copy()
    wanted = int(0.7 * before[1] * 0.5)
    parameters = ExpansionParameters(offered=1.0)
    expand(world, terms, parameters, full_at(terms, 1.4, 0.5), np.full(world.n_places, 250.0), 0.25)
    traded = int(world.flows.traded_land[p])
    assert traded == min(int(0.4 * before[0]), wanted) or traded == min(int(0.4 * before[0]), wanted - 1) > 0
    assert int(e.land[seller]) == before[0] - traded
    assert np.array_equal(places.land, account) or world.flows.expansion_land[p] > 0, "a trade changes no account"
    assert world.flows.traded_land.sum() == traded


def test_an_enterprise_without_quota_does_not_grow(world):
    e = world.enterprises
    terms = terms_for(world)
    e.laid_out[: e.n] = e.capital[: e.n] / 2
    world.places.quota_expansion[:] = 0
    held = e.live("land").copy()
    expand(world, terms, ExpansionParameters(), full_at(terms, 1.4, 0.5), np.full(world.n_places, 250.0), 0.25)
    assert np.array_equal(held, e.live("land")) and world.flows.expansion_unmet.sum() > 0 and world.flows.land_payments.sum() == 0
    world.places.quota_expansion[:] = 10**9
    account = world.places.land[: world.n_places].sum(axis=(1, 2))
    expand(world, terms, ExpansionParameters(), full_at(terms, 1.4, 0.5), np.full(world.n_places, 250.0), 0.25)
    grown = e.live("land").astype(np.int64) - held
    assert grown.sum() == world.flows.expansion_land.sum() > 0
    assert np.array_equal(account, world.places.land[: world.n_places].sum(axis=(1, 2)))
    assert -world.flows.dividends.sum() == pytest.approx(world.flows.land_payments.sum())


def test_denser_building_fills_a_parcel_later(world):
    terms = terms_for(world)
    assert (full_at(terms, 1.4, 0.5) == 1.4).all()
    terms.raise_to("far_bonus", YES, 0.4)
    assert full_at(terms, 1.4, 0.5) == pytest.approx(1.4 * 1.2)


def test_works_without_land_wait_and_count_when_they_have_it(world):
    places, n = world.places, world.n_places
    p = QuotaUseParameters(land_per_money=1.0, needs_land=0.5)
    world.flows.infrastructure_investment[:] = 1000.0
    stock = places.infrastructure[:n].sum(axis=1)
    places.quota_works[:] = 0
    site_works(world, p)
    assert places.works_waiting[:n] == pytest.approx(500.0)
    assert stock - places.infrastructure[:n].sum(axis=1) == pytest.approx(500.0)
    world.flows.infrastructure_investment[:] = 0.0
    places.quota_works[:] = 400
    built = places.land[:n, LandStage.BUILT, Use.PUBLIC].copy()
    total = places.land[:n].sum(axis=(1, 2))
    site_works(world, p)
    assert (places.land[:n, LandStage.BUILT, Use.PUBLIC] - built).tolist() == [400] * n
    assert np.array_equal(total, places.land[:n].sum(axis=(1, 2))) and (places.land[:n] >= 0).all()
    assert places.works_waiting[:n] == pytest.approx(100.0)
    assert stock - places.infrastructure[:n].sum(axis=1) == pytest.approx(100.0)


def test_the_order_decides_who_gets_a_short_quota(world):
    places = world.places
    world.land_demand[:] = 1_000_000
    world.year_flow("expansion_land")[:] = 1_000_000

    def parts(order):
        terms = terms_for(world)
        terms.fix("quota_use_order", True, float(order))
        places.quota_land[:] = 900_000
        set_quota_aside(world, terms, QuotaUseParameters())
        return int(places.quota_land[0]), int(places.quota_expansion[0]), int(places.quota_works[0])

    new_first, expansion_first, nobody = parts(1), parts(3), parts(0)
    assert new_first == (900_000, 0, 0) and expansion_first == (0, 900_000, 0)
    assert nobody[0] > nobody[1] > 0 and sum(nobody) == pytest.approx(900_000, abs=3)


def test_grades_follow_tax_by_mu_inside_a_zone(world):
    e, terms = world.enterprises, terms_for(world)
    e.tax_this_year[: e.n] = np.arange(e.n) + 1.0
    terms.raise_to("per_mu_spread", YES, 0.2)
    grade_by_mu(world, terms, PerMuParameters(best=0.2, poor=0.2, worst=0.05))
    grade, place = e.live("mu_grade"), e.live("place").astype(int)
    zone = world.places.zone[place]
    for z in np.unique(zone[grade > 0]):
        mine = np.flatnonzero((zone == z) & (grade > 0))
        per_mu = e.tax_this_year[mine] / e.land[mine]
        assert list(grade[mine[np.argsort(-per_mu, kind="stable")]]) == sorted(grade[mine])
        assert abs((grade[mine] == 1).sum() - 0.2 * len(mine)) <= 1
    assert not (grade[world.places.kind[place] != Kind.PARK] > 0).any()
    profit = e.live("profit").copy()
    charge_by_grade(world, terms, PerMuParameters())
    change = profit - e.live("profit")
    assert (change[grade == 1] <= 0).all() and (change[grade == 4] >= 0).all() and not change[grade == 0].any()
    assert world.flows.per_mu_charges.sum() - world.flows.per_mu_relief.sum() == pytest.approx(change.sum())
    grade_by_mu(world, terms_for(world), PerMuParameters())
    assert not e.live("mu_grade").any(), "without the clause grades are taken back"


def test_a_developer_sells_no_more_than_it_need_not_hold(world):
    e, places, terms = world.enterprises, world.places, terms_for(world)
    terms.lower_to("factory_hold", YES, 0.7)
    e.profit[: e.n] = 1e6
    floor, factory = e.live("floor").astype(np.int64).sum(), places.factory[: world.n_places].copy()
    capital = e.live("capital").sum()
    sell_factories(world, terms, FactorySaleParameters(willing=1.0, speculators=0.0))
    sold = places.factory_sold[: world.n_places]
    assert 0 < sold.sum() and (sold <= 0.3 * factory + 1).all()
    assert floor - e.live("floor").astype(np.int64).sum() == sold.sum() == (factory - places.factory[: world.n_places]).sum()
    assert e.live("capital").sum() - capital == pytest.approx(0.19 * sold.sum()) and world.flows.factory_sales.sum() == pytest.approx(0.19 * sold.sum())


def test_industrial_land_becomes_commercial_only_up_to_the_cap(world):
    e, places, n = world.enterprises, world.places, world.n_places
    e.profit[: e.n], e.value_added[: e.n] = 1e-9, 1.0
    terms = terms_for(world)
    terms.fix("use_change_allowed", YES, 1.0)
    parameters = UseChangeParameters(pace=0.3)
    terms.lower_to("conversion_cap", YES, 0.0)
    change_use(world, terms, parameters, 0.15)
    assert world.flows.converted_land.sum() == 0
    terms = terms_for(world)
    terms.fix("use_change_allowed", YES, 1.0)
    terms.lower_to("conversion_cap", YES, 0.2)
    by_use = places.land[:n].sum(axis=1)
    change_use(world, terms, parameters, 0.15)
    after = places.land[:n].sum(axis=1)
    moved = after[:, Use.COMMERCIAL] - by_use[:, Use.COMMERCIAL]
    assert moved.sum() == world.flows.converted_land.sum() > 0 and np.array_equal(by_use.sum(axis=1), after.sum(axis=1))
    changed = moved > 0
    assert (after[changed, Use.COMMERCIAL] <= 0.2 * (after[changed, Use.COMMERCIAL] + after[changed, Use.INDUSTRIAL]) + 1).all()


def test_the_end_of_grace_is_paid_or_the_enterprise_goes(world):
    e, terms = world.enterprises, terms_for(world)
    service = world.industries.index("producer_services")
    rich, poor = np.flatnonzero((e.live("industry") == service) & (e.live("stage") == 3))[:2]
    e.grace_until[[rich, poor]] = world.quarter
    e.grace_price[[rich, poor]] = 1.0
    e.profit[rich], e.profit[poor] = 1e6, -1.0
    rows = change_use(world, terms, UseChangeParameters(), 0.15)
    due = 8.0 * world.places.land_price[e.place[rich]] * 20.0 * e.employment[rich]
    assert rows.tolist() == [poor] and world.flows.cliff_paid.sum() == pytest.approx(due) == world.flows.land_payments.sum()
    assert e.grace_until[rich] == -1


def test_weights_replace_the_order_of_the_entry_score():
    from types import SimpleNamespace as Some

    industries = load_industries()
    metals, pharma = industries.index("metals"), industries.index("pharma_bio")
    applicants = Applicants(3)
    applicants.industry[:], applicants.channel[:], applicants.capital[:] = (metals, pharma, metals), (1, 1, 3), (20_000.0, 100.0, 1.0)
    applicants.emission[:], applicants.foreign[:], applicants.weight[:] = 1.0, False, 1
    preferences = Some(area=np.zeros((3, 5)), tenure=np.zeros((3, 5), dtype=np.int8), tax_per_mu=np.zeros((3, 5)))

    def order(large=10_000.0, **weights):
        terms = Terms(2, len(industries.ids), 1)
        for name, weight in weights.items():
            terms.fix(f"land_weight_{name}", True, weight)
        key = np.array([-60.0, -50.0, -1010.0])
        prioritise(terms, applicants, preferences, industries, large, 15.0, key)
        return np.argsort(key, kind="stable").tolist()

    assert order() == [2, 0, 1], "without weights the score decides"
    assert order(scale=1.0) == [2, 0, 1] and order(technology=1.0) == order(low_pollution=1.0) == [2, 1, 0], "major projects stay first"
    assert order(large=50.0, scale=1.0, low_pollution=0.01) == [2, 1, 0], "above the line size says no more"
