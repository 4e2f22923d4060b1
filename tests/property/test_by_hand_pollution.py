"""What one enterprise discharges, pays, mends and may work, on hand-made rows, worked out from docs/model.md section 14 alone."""

import numpy as np
import pytest

from tests.hand_made import INDUSTRY, PARK, rows_of, terms_for
from zonesim.behaviour.ambient import Sum
from zonesim.behaviour.circular import CircularParameters
from zonesim.behaviour.pollution import FIRST, discharge
from zonesim.behaviour.supervision import AlertParameters, SupervisionParameters
from zonesim.behaviour.treatment import TreatmentParameters
from zonesim.world.enterprises import Stage

# A plant for half of what 100 units are: r = 0.5 x 0.7 = 0.35 at 0.003 a unit. Standard 0.45 x the industry's 0.5 = 0.225 per value added.
# Capital such that its usual value added is 375 a quarter: three enterprises that generate 500 a year each at 1 per value added, at 0.006 a unit.
LIMIT, PLANT, FEE, OWN, USUAL = 0.225, 0.35, 0.003, 0.006, 375.0
TREATMENT = dict(standard=0.45, connected_park=0.5, connected_unit=0.8, efficiency=0.7, plant_cost=0.003, plant_fixed=0.4, own_cost=0.006, scale=0.15,
                 third_margin=0.15, capital=0.03, wear=0.04, aim=0.9, near=0.97, least_step=0.005, aim_opening=0.95, equipped=1.0)  # fmt: skip
SUPERVISION = dict(inspection=0.0, inspection_cost=0.03, fine_share=0.008, fine_low=1.0, fine_high=100.0, serious=0.5, mendable=0.25, annuity=0.15,
                   accident=0.0, casualty=60.0, unsafe_factor=8.0, water_saving=0.002, water_step=0.25, least_room=0.2, least_water=0.7, shut_for=8.0)  # fmt: skip


@pytest.fixture
def discharged(world):
    """Let rows discharge for a quarter; return them and what the park's sums are."""

    def run(turn=False, n=1, terms=None, treatment=None, supervision=None, **of_enterprise):
        e = rows_of(world, n, **(alike | of_enterprise))
        e.live("id")[:] = 4 * np.arange(n, dtype=np.uint64) + np.uint64(-world.quarter % 4 + (0 if turn else 1))
        world.flows.emissions[PARK, INDUSTRY] = 1e4
        discharge(world, terms_for(world, **(terms or {})), TreatmentParameters(**(TREATMENT | (treatment or {}))),
                  SupervisionParameters(**(SUPERVISION | (supervision or {}))), AlertParameters(), CircularParameters(gain=0.5, worth=0.02))  # fmt: skip
        return e, world.flows.by_place[FIRST : FIRST + len(Sum), PARK]

    places, counties, i = world.places, world.counties, world.industries
    i.emission_intensity[INDUSTRY], i.water_intensity[INDUSTRY], i.danger[INDUSTRY] = 0.5, 5.0, 1.0
    places.effluent[:], places.treatment[:], places.reuse[:], places.reuse_base[:] = 100.0, 50.0, 0.35, 0.35
    places.emission_room[:], places.water_room[:], places.in_compliance[:], counties.shutdown[:] = 1.0, 1.0, False, 0.0
    alike = dict(weight=3, value_added=100.0, emission_intensity=1.0, water_intensity=5.0, abatement=0.6, utilisation=1.0, unsafe=False, stage_ends=0)
    alike |= dict(capital=4 * USUAL * i.capital_per_value_added[INDUSTRY])
    return run


@pytest.mark.parametrize("reuse, saved, byproducts", [(0.45, 0.05, 0.02 * 0.05 * 100), (0.25, -0.05, 0.0)])
def test_what_is_generated_treated_discharged_and_paid(world, discharged, reuse, saved, byproducts):
    """Half of what is reused more is saved: 100 (1 - s), of which own treatment takes 0.6 and the plant 0.35 of the rest."""
    world.places.reuse[:] = reuse
    e, sums = discharged()
    generated = 100 * (1 - saved)
    effluent = 0.4 * generated
    out, cost, fee = 0.65 * effluent, OWN * 0.6 * generated, FEE * 0.5 * effluent
    assert [sums[k] for k in (Sum.GENERATED, Sum.DISCHARGED, Sum.ALLOWED)] == pytest.approx([generated, out, 100 * LIMIT])
    assert [sums[k] for k in (Sum.OWN_COST, Sum.FEES, Sum.BYPRODUCTS)] == pytest.approx([cost, fee, byproducts])
    assert sums[Sum.WATER] == pytest.approx(500 * (1 - saved)) and (sums[Sum.SUBJECTS], sums[Sum.EMITTERS], sums[Sum.COMPLIANT]) == (3, 3, 0)
    assert e.profit[0] == pytest.approx(byproducts - cost - fee)
    assert world.places.effluent[PARK] == pytest.approx(effluent) and world.flows.emissions[PARK, INDUSTRY] == pytest.approx(1e4 - 100 + out)
    assert e.abatement[0] == pytest.approx(0.6 * 0.99, rel=1e-6)


@pytest.mark.parametrize("emission, above_scale, compliant, green", [(0.8, True, 3, 0), (0.4, True, 3, 3), (0.4, False, 3, 0), (0.9, True, 0, 0)])
def test_who_keeps_the_standard_and_who_is_green(world, discharged, emission, above_scale, compliant, green):
    """0.4 x 0.65 of it is discharged: 0.208, 0.104 and 0.234 against 0.225 and half of it; sales of 2,000 a year each from above scale on."""
    made = (1501 if above_scale else 1499) * world.industries.value_added_ratio[INDUSTRY]
    sums = discharged(emission_intensity=emission, value_added=made)[1]
    assert (sums[Sum.COMPLIANT], sums[Sum.GREEN]) == (compliant, green)


def test_a_company_or_the_parks_plant_may_treat_for_less(world, discharged):
    """At 2 million a year the unit costs half, 0.003, and 15 %; a park as a whole leads 0.8 to a plant that charges 0.003."""
    world.places.effluent[:], world.places.treatment[:] = 1e6, 8e5
    assert discharged(terms=dict(third_party=1.0))[1][Sum.OWN_COST] == pytest.approx(0.003 * 1.15 * 60)
    world.flows.clear(world.contracts.n)
    world.places.effluent[:], world.places.treatment[:] = 1e6, 8e5
    sums = discharged(terms=dict(unit_treatment=1.0), emission_intensity=2.0)[1]
    assert sums[Sum.OWN_COST] == pytest.approx(FEE * 120) and sums[Sum.DISCHARGED] == pytest.approx(200 * 0.4 * (1 - 0.8 * 0.7)) and sums[Sum.COMPLIANT] == 0
    world.flows.clear(world.contracts.n)
    world.places.effluent[:], world.places.treatment[:], world.places.in_compliance[:] = 1e6, 8e5, True
    assert discharged(terms=dict(unit_treatment=1.0), emission_intensity=2.0)[1][Sum.COMPLIANT] == 3, "it complies with the park as a whole"


MORE = 1 - 0.9 * LIMIT / 0.65 - 0.4 * 0.99  #: own treatment that is missing of nine tenths of the limit, from 0.4 less a year's quarter of wear
SPENT = 0.03 * MORE * 1500


def test_who_is_caught_pays_mends_and_stops(world, discharged):
    """0.6 x 0.65 = 0.39 is more than half above 0.225: a fine of 0.8 % of sales, an inspection of 0.03 each, a quarter's stop, and treatment."""
    e, sums = discharged(turn=True, terms=dict(inspection=1.0), abatement=0.4, unsafe=True)
    fine, running = 0.008 * 400 / world.industries.value_added_ratio[INDUSTRY], OWN * 40 + FEE * 0.5 * 60
    assert (sums[Sum.INSPECTED], sums[Sum.BURDEN], sums[Sum.FINES], sums[Sum.INVESTED]) == pytest.approx((3, 0.09, fine, SPENT))
    assert e.profit[0] == pytest.approx(-running - 0.09 - fine) and not e.unsafe[0]
    assert e.abatement[0] == pytest.approx(0.4 * 0.99 + MORE, rel=1e-6) and (e.stage[0], e.stage_ends[0]) == (Stage.SUSPENDED, world.quarter + 1)
    assert (world.flows.investment[PARK, INDUSTRY], world.flows.dividends[PARK]) == pytest.approx((SPENT, -SPENT))


def test_what_cannot_be_mended_stays_shut(world, discharged):
    """Treatment for twenty times as much, from 0.4 to the 0.69 of twenty times the limit, is above a twentieth of its capital."""
    world.industries.emission_intensity[INDUSTRY] = 10.0
    e, sums = discharged(
        turn=True, terms=dict(inspection=1.0), abatement=0.4, emission_intensity=20.0, treatment=dict(capital=0.1), supervision=dict(mendable=0.05)
    )
    assert 0.1 * MORE * 1500 * 20 > 0.05 * e.capital[0] and sums[Sum.INVESTED] == 0.0
    assert (e.stage[0], e.stage_ends[0]) == (Stage.SUSPENDED, world.quarter + 8) and e.abatement[0] == pytest.approx(0.4 * 0.99, rel=1e-6)


@pytest.mark.parametrize("turn, room", [(True, 0.5), (False, 0.5), (True, 1.0)])
def test_a_total_cap_makes_treat_for_its_part_of_the_limit(world, discharged, turn, room):
    """Nobody inspects: with half the room it may work 0.5 x 0.225/0.39, and in its quarter aims at nine tenths of half the limit."""
    world.places.emission_room[:] = room
    e, sums = discharged(turn=turn, abatement=0.4)
    treats = turn and room < 1
    more = 1 - 0.9 * 0.5 * LIMIT / 0.65 - 0.4 * 0.99
    assert sums[Sum.INVESTED] == pytest.approx(treats * 0.03 * more * 1500)
    assert e.abatement[0] == pytest.approx(0.4 * 0.99 + treats * more, rel=1e-6)
    assert e.utilisation[0] == pytest.approx(0.5 * LIMIT / 0.39 if room < 1 else 1.0, rel=1e-6)


@pytest.mark.parametrize("part, differentiated, treats", [(0.98, 1.0, True), (0.95, 1.0, False), (0.98, 0.0, False)])
def test_classes_make_those_near_the_limit_treat(world, discharged, part, differentiated, treats):
    """In bad air 4 x 0.9 x 6 days of alert a year cost 375 x 21.6/90 x (0.7 - 0.3) = 36; 0.95 of the limit is not near enough."""
    world.counties.environment[:] = 0.0
    emission = part * LIMIT / (0.4 * 0.65)
    more = 1 - 0.9 * LIMIT / (0.65 * emission) - 0.6 * 0.99
    spent = 0.03 * more * 1500 * emission
    sums = discharged(turn=True, terms=dict(differentiated=differentiated), emission_intensity=emission)[1]
    assert 0.15 * spent + 2 * OWN * more * 1500 * emission < 36 and sums[Sum.INVESTED] == pytest.approx(treats * spent, rel=1e-5)


def test_most_violators_treat_before_an_inspector_comes(discharged):
    """At one chance in two a stop costs 0.5 x 375 a year times a luck between 0 and 2: more than treatment for all but the boldest 3 %."""
    e, _ = discharged(turn=True, n=60, terms=dict(inspection=0.5), abatement=0.4, profit=0.0)
    assert 0.15 * SPENT + OWN * MORE * 1500 < 0.03 * 375
    unseen = e.live("stage") == Stage.OPERATING
    assert 15 < unseen.sum() < 45 and (e.live("abatement")[unseen] > 0.5).mean() > 0.9


@pytest.mark.parametrize("usual, left", [(0.5, 0.5), (0.49, 1.0)])
def test_half_a_quarter_of_alert_shuts_dirty_industries(world, discharged, usual, left):
    world.industries.emission_intensity[INDUSTRY] = usual
    world.counties.shutdown[:] = 45.0
    assert discharged(emission_intensity=0.5)[0].utilisation[0] == pytest.approx(left)


@pytest.mark.parametrize("cap, room, left, work", [(4.0, 1.0, 4.5, 4 / 4.5), (5.5, 1.0, 5.5, 1.0), (np.inf, 0.5, 4.5, 2.5 / 4.5), (np.inf, 1.0, 6.0, 1.0)])
def test_water_above_a_cap_is_saved_by_at_most_a_quarter_a_year(world, discharged, cap, room, left, work):
    """6 per value added; 0.002 a m3 on 1,500 of value added."""
    world.places.water_room[:] = room
    e, sums = discharged(turn=True, terms=dict(water_intensity_cap=cap), water_intensity=6.0, emission_intensity=0.3)
    spent = 0.002 * (6 - left) * 1500
    assert e.water_intensity[0] == pytest.approx(left) and e.utilisation[0] == pytest.approx(work, rel=1e-6)
    assert (sums[Sum.INVESTED], world.flows.investment[PARK, INDUSTRY], world.flows.dividends[PARK]) == pytest.approx((spent, spent, -spent))


def test_days_of_standstill_and_the_end_of_a_stop(world, discharged):
    """Stopped until the next quarter, until this one, and at three quarters of its work: 90, 90 and 22.5 days of three enterprises each."""
    q = world.quarter
    e, sums = discharged(n=3, stage=[Stage.SUSPENDED, Stage.SUSPENDED, Stage.OPERATING], stage_ends=[q + 1, q, 0], utilisation=[1.0, 1.0, 0.75])
    assert e.live("stage").tolist() == [Stage.SUSPENDED, Stage.OPERATING, Stage.OPERATING] and sums[Sum.IDLE_DAYS] == pytest.approx(3 * 202.5)


def test_accidents_stop_cost_and_strike_by_number(world, discharged):
    """0.01 a year x 100,000 enterprises is above the most of 0.9: of forty rows about 36; 60 each."""
    e, sums = discharged(turn=True, n=40, weight=100_000, value_added=0.0, supervision=dict(accident=0.01))
    struck = e.live("stage") == Stage.SUSPENDED
    assert 30 <= struck.sum() < 40 and sums[Sum.ACCIDENTS] == struck.sum() and sums[Sum.CASUALTIES] == pytest.approx(60.0 * struck.sum())
    assert e.live("profit") == pytest.approx(np.where(struck, -60.0, 0.0)) and (e.live("stage_ends")[struck] == world.quarter + 1).all()


@pytest.mark.parametrize("equipped", [1.0, 0.5])
def test_facilities_are_built_for_the_standard_by_those_who_build_them(discharged, equipped):
    """1 - 0.95 x 0.225/0.65 by the equipped, less by the others."""
    e, _ = discharged(n=60, abatement=-1.0, treatment=dict(equipped=equipped, wear=0.0))
    built = np.isclose(e.live("abatement"), 1 - 0.95 * LIMIT / 0.65, rtol=1e-6)
    assert built.all() if equipped == 1 else 15 < built.sum() < 45 and (e.live("abatement")[~built] < 0.67).all()
