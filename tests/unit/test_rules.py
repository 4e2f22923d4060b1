"""The economics by numbers worked out by hand, and compiled = Python for every rule."""

import math

import numpy as np
import pytest

from zonesim.accounts.returns import AS_COLLECTED, LIKE_FOR_LIKE, STOP, increment
from zonesim.accounts.sharing import SharingParameters, local_part
from zonesim.behaviour.admission import score
from zonesim.behaviour.construction import building_quarters
from zonesim.behaviour.demography import quarterly_hazard
from zonesim.behaviour.idle_land import quarterly
from zonesim.behaviour.innovation import worth_it
from zonesim.behaviour.investment import debt_limit, user_cost
from zonesim.behaviour.parcel import area_needed, land_price
from zonesim.behaviour.place_effects import place_effect
from zonesim.behaviour.production import value_added
from zonesim.behaviour.relocation import fate
from zonesim.behaviour.taxation import assess


def test_value_added_is_the_production_function():
    # a = ln 2, E = 0, D = 1.1, K = 100, L = 10, alpha = 1/2, theta = 1: 2 * 1.1 * sqrt(1000)
    assert value_added(math.log(2), 0.0, 1.1, 100.0, 10.0, 1.0, 0.5, 1.0) == pytest.approx(2.2 * math.sqrt(1000), rel=1e-14)


def test_a_row_of_four_makes_four_times_what_one_makes():
    one = value_added(1.0, 0.2, 1.0, 50.0, 8.0, 1.0, 0.4, 0.8)
    assert value_added(1.0, 0.2, 1.0, 200.0, 32.0, 4.0, 0.4, 0.8) == pytest.approx(4 * one, rel=1e-14)


def test_assess_by_hand_before_and_after_2016():
    # services of 100 with sales 200: business tax 5 % of 200 = 10, surcharge 12 % of 10 = 1.2, wages 40, running 8.8, taxable 40, CIT 25 % = 10
    vat, business, surcharge, land, cit, taxable = assess(100.0, 200.0, 40.0, 8.8, 0.0, False, 1.0, 0.0, 0.05, 0.12, 0.0, 0.25, 0.15, 0.2, 0.0, 1.0)
    assert (vat, land) == (0.0, 0.0)
    assert (business, surcharge, taxable, cit) == pytest.approx((10.0, 1.2, 40.0, 10.0))
    # the same as a high-tech enterprise on 1,000 m2 at 6 CNY/m2: land-use tax 0.0006 * 1000 / 4 = 0.15
    *_, land, cit, taxable = assess(100.0, 200.0, 40.0, 8.8, 1000.0, True, 1.0, 0.0, 0.05, 0.12, 0.0006, 0.25, 0.15, 0.2, 0.0, 1.0)
    assert (land, taxable, cit) == pytest.approx((0.15, 39.85, 0.15 * 39.85))


def test_a_loss_pays_no_income_tax():
    assert assess(10.0, 20.0, 40.0, 5.0, 0.0, False, 1.0, 0.1, 0.0, 0.12, 0.0, 0.25, 0.15, 0.2, 0.0, 1.0)[4] == 0.0


def test_user_cost_falls_with_a_subsidy_and_rises_with_tax():
    assert user_cost(0.06, 0.09, 0.0, 0.5, 0.0, 0.6) == pytest.approx(0.15)
    assert user_cost(0.06, 0.09, 0.2, 0.5, 0.0, 0.6) == pytest.approx(0.135)
    assert user_cost(0.06, 0.09, 0.0, 0.5, 0.25, 0.6) == pytest.approx(0.15 * 0.85 / 0.75)


def test_debt_limit_rises_with_size():
    assert debt_limit(100.0, 1.0, 0.3, 0.6) == pytest.approx(30.0)
    assert debt_limit(100.0, 300.0, 0.3, 0.6) == pytest.approx(60.0)
    assert debt_limit(100.0, 3000.0, 0.3, 0.6) == pytest.approx(60.0)


def test_four_quarters_of_hazard_make_the_year():
    q = quarterly_hazard(0.095, 0.2, 0.2, 10.0, 1.0, 0.1, 1.0, 1.5)
    assert 1 - (1 - q) ** 4 == pytest.approx(0.095)
    assert 1 - (1 - quarterly(0.3)) ** 4 == pytest.approx(0.3)


def test_a_loss_counts_as_far_as_the_span_of_margins():
    even = quarterly_hazard(0.04, 0.2, 0.2, 10.0, 1.0, 0.1, 1.0, 1.5)
    for span in (0.5, 1.5):
        assert quarterly_hazard(0.04, -9.0, 0.2, 10.0, 1.0, 0.1, 1.0, span) == pytest.approx(even * math.exp(span))
        assert quarterly_hazard(0.04, 9.0, 0.2, 10.0, 1.0, 0.1, 1.0, span) == pytest.approx(even * math.exp(-span))


def test_building_takes_longer_with_the_logarithm_of_investment_up_to_the_longest():
    assert [building_quarters(100_000.0, 1, scale, longest) for scale, longest in ((500.0, 10.0), (500.0, 4.0), (5000.0, 10.0))] == [6, 4, 4]


def test_a_few_persons_more_make_an_industry_with_next_to_none_no_outlier():
    # 100 persons where the mean is 1: half of 0.04 ln((100 + few) / (1 + few))
    for few in (1.0, 10.0, 200.0):
        effect = place_effect(1e6, 1e6, 100.0, 1.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.04, 0.1, 0.05, 0.02, 0.05, few)
        assert effect == pytest.approx(0.02 * math.log((100 + few) / (1 + few)))


def test_agglomeration_doubles_density():
    # twice the density, total and own, at elasticity 0.04: about 0.04 ln 2 (the constants in the logs are small beside the numbers)
    effect = place_effect(2e6, 1e6, 2e6, 1e6, 1.0, 0.0, 0.0, 0.0, 0.0, 0.04, 0.1, 0.05, 0.02, 0.05, 10.0)
    assert effect == pytest.approx(0.04 * math.log(2), rel=1e-4)


def test_increment_return_pays_nothing_when_taxes_fall():
    ones = np.ones(3)
    less, more = np.array([10.0, 5.0, 5.0]), np.array([20.0, 5.0, 5.0])
    assert increment(less, less, more, more, ones, False, AS_COLLECTED, False) == -10.0  # the caller floors at 0


@pytest.mark.parametrize(
    ("rule", "expected"),
    [(AS_COLLECTED, 20 + 0 + 10 - 10 - 24 - 8), (STOP, 20 + 10 - 10 - 8), (LIKE_FOR_LIKE, 0.2 * 100 + 0.2 * 50 - 0.2 * (40 + 30) - 0.2 * 40)],
)
def test_the_end_of_business_tax_by_three_readings(rule, expected):
    # year: VAT 100, CIT 50 (city part a fifth); base: VAT 40 (city 10), business tax 30 (city 24), CIT 40 (city 8)
    gross, city = np.array([100.0, 0.0, 50.0]), np.array([20.0, 0.0, 10.0])
    assert increment(gross, city, np.array([40.0, 30.0, 40.0]), np.array([10.0, 24.0, 8.0]), np.ones(3), False, rule, True) == pytest.approx(expected)


def test_local_part_after_centre_and_province():
    # VAT 75:25 before May 2016, province 20 % of the local 25: 0.2; business tax 0.8; CIT 0.4 * 0.8
    assert local_part(np.array([0.75, 0.0, 0.6, 0, 0]), SharingParameters(province=0.2)) == pytest.approx([0.2, 0.8, 0.32])


def test_price_link_lowers_the_price_of_intensive_projects_down_to_the_floor():
    assert land_price(0.02, 1.0, 0.0, 300.0, 150.0, 0.5) == pytest.approx(0.02 / math.sqrt(2))
    assert land_price(0.02, 1.0, 0.019, 30000.0, 150.0, 1.0) == pytest.approx(0.7 * 0.019)
    assert land_price(0.02, 1.0, 0.0, 100.0, 150.0, 1.0) == 0.02


def test_a_floor_on_intensity_makes_projects_take_less_land():
    # 300 of capital on 2,000 m2 (3 mu) is 100 per mu; at a floor of 150 it needs 2 mu; it can do with half at the least
    assert area_needed(2000.0, 0.5, 300.0, 150.0, 0.5) == pytest.approx(2 * 2000 / 3)
    assert area_needed(2000.0, 0.5, 300.0, 1500.0, 0.5) == pytest.approx(1000.0)
    assert area_needed(2000.0, 1.6, 300.0, 0.0, 0.5) == pytest.approx(1000.0)


def test_fates_follow_the_published_shares():
    u = (np.arange(100_000) + 0.5) / 100_000
    got = np.bincount([fate(x, 0.0, 0.45, 0.32, 2.0) for x in u], minlength=3) / len(u)
    assert got == pytest.approx([0.45, 0.23, 0.32], abs=1e-4)
    with_subsidy = np.bincount([fate(x, 0.5, 0.45, 0.32, 2.0) for x in u], minlength=3) / len(u)
    assert with_subsidy[1] == pytest.approx(0.23 * math.e / (0.77 + 0.23 * math.e), abs=1e-4)


def test_high_tech_is_worth_it_when_the_tax_saved_exceeds_the_real_cost():
    assert worth_it(100.0, 1000.0, 0.25, 0.15, 0.015, 0.242)  # saves 10, costs 0.758 * 15 * 0.75 = 8.5
    assert not worth_it(100.0, 1000.0, 0.25, 0.15, 0.02, 0.242)  # costs 11.4


RULES = [
    (value_added, (0.3, 0.1, 1.2, 50.0, 7.0, 2.0, 0.45, 0.8)),
    (assess, (100.0, 300.0, 30.0, 20.0, 500.0, False, 1.0, 0.1, 0.01, 0.12, 0.0006, 0.25, 0.15, 0.2, 50.0, 0.8)),
    (user_cost, (0.06, 0.1, 0.1, 0.5, 0.2, 0.6)),
    (debt_limit, (10.0, 25.0, 0.3, 0.6)),
    (quarterly_hazard, (0.08, 0.1, 0.2, 30.0, 1.0, 0.1, 1.1, 1.5)),
    (quarterly, (0.2,)),
    (land_price, (0.02, 1.1, 0.015, 250.0, 150.0, 0.3)),
    (area_needed, (3000.0, 1.1, 400.0, 150.0, 0.5)),
    (score, (2.0, 180.0, 9.0, 0.9, 0.7, 0.4, 0.6, (10.0, 20.0, 20.0, 15.0, 15.0, 300.0, 15.0, 1.5))),
    (fate, (0.55, 0.2, 0.2, 0.3, 2.0)),
    (building_quarters, (5000.0, 4, 500.0, 10.0)),
    (worth_it, (50.0, 500.0, 0.2, 0.1, 0.02, 0.2)),
    (place_effect, (1e5, 8e4, 1e3, 9e2, 1.1, 0.02, 0.1, 0.05, 0.01, 0.04, 0.1, 0.05, 0.02, 0.05, 10.0)),
]


@pytest.mark.parametrize(("rule", "arguments"), RULES, ids=lambda x: getattr(x, "__name__", ""))
def test_compiled_rule_equals_python(rule, arguments):
    assert np.asarray(rule(*arguments)) == pytest.approx(np.asarray(rule.py_func(*arguments)), rel=1e-13)
