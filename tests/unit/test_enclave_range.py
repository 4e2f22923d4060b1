"""The range of shares that leaves origin, host and enterprise no worse: closed forms and edges."""

import numpy as np
import pytest

from zonesim.experiments.enclave_range import Likelihood, Passed, annuity, joint_range, share_range
from zonesim.report.interactions import enclave_text


def gains(share, tax_origin, tax_host, site_cost, outlay, cost_share, years, horizon, rate):
    """What origin and host gain, written out year by year."""
    origin = host = 0.0
    for y in range(1, horizon + 1):
        discount = (1 + rate) ** -y
        origin += discount * ((share * tax_host if y <= years else 0.0) - tax_origin)
        host += discount * (tax_host - (share * tax_host if y <= years else 0.0))
    return origin - cost_share * site_cost, host + cost_share * site_cost - outlay


@pytest.mark.parametrize(
    ("tax_origin", "site_cost", "outlay", "cost_share", "rate"), [(0.0, 0.0, 0.0, 0.0, 0.05), (2.0, 30.0, 60.0, 0.5, 0.05), (1.0, 20.0, 40.0, 0.2, 0.0)]
)
def test_at_the_ends_of_the_range_origin_and_host_gain_exactly_nothing(tax_origin, site_cost, outlay, cost_share, rate):
    years, horizon, tax_host = 9, 10, 10.0
    low, high = share_range(tax_origin, tax_host, tax_host, site_cost, outlay, cost_share=cost_share, years=years, horizon=horizon, rate=rate)
    args = (tax_origin, tax_host, site_cost, outlay, cost_share, years, horizon, rate)
    assert gains(low, *args)[0] == pytest.approx(0, abs=1e-9)
    if high < 1:
        assert gains(high, *args)[1] == pytest.approx(0, abs=1e-9)
    middle = 0.5 * (low + high)
    assert min(gains(middle, *args)) > 0


def test_without_costs_the_range_is_from_the_ratio_of_taxes_to_all():
    assert share_range(3.0, 12.0, 12.0, 0.0, 0.0, cost_share=0.0, years=7, horizon=7, rate=0.08) == (0.25, 1.0)


def test_there_is_a_range_just_when_the_tax_gained_pays_for_the_site():
    for outlay, some in ((39.9, True), (40.1, False)):
        low, high = share_range(6.0, 10.0, 10.0, 0.0, outlay, cost_share=0.0, years=10, horizon=10, rate=0.0)
        assert (low <= high) == some


def test_what_the_origin_pays_of_the_site_moves_both_ends_by_the_same():
    plain = share_range(2.0, 10.0, 10.0, 20.0, 40.0, cost_share=0.0, years=10, horizon=10, rate=0.0)
    shared = share_range(2.0, 10.0, 10.0, 20.0, 40.0, cost_share=0.5, years=10, horizon=10, rate=0.0)
    assert np.subtract(shared, plain) == pytest.approx([0.1, 0.1])


def test_one_contract_for_every_party_is_narrower_than_one_for_their_sum():
    passed = Passed(
        np.array([0, 1]),
        np.array([1, 2]),
        np.array([4.0, 0.0]),
        np.array([10.0, 10.0]),
        np.array([10.0, 10.0]),
        np.zeros(2),
        np.array([30.0, 10.0]),
        np.ones(2),
    )
    one = {"cost_share": 0.0, "years": 5.0, "horizon": 5.0, "rate": 0.0}
    assert joint_range(passed, **one) == pytest.approx((0.2, 0.6))
    assert joint_range(passed, **one, by="each") == pytest.approx((0.4, 0.4))


def test_nobody_passed_on_has_no_range_and_the_band_counts_replications():
    none = Passed(*(np.zeros(0, dtype=int) for _ in range(2)), *(np.zeros(0) for _ in range(6)))
    low, high = joint_range(none, cost_share=0.0, years=5.0, horizon=5.0, rate=0.0)
    assert low > high
    many = Likelihood(np.array([0.2, 0.3, 0.7, low]), np.array([0.6, 0.8, 0.5, high]))
    assert many.exists.tolist() == [True, True, False, False]
    assert many.middle == pytest.approx((0.3 + 0.6) / 2)  # of the shares that fit half of the runs
    assert Likelihood(np.array([0.1, 0.5]), np.array([0.2, 0.9])).middle == pytest.approx(0.7) and np.isnan(
        Likelihood(np.array([low]), np.array([high])).middle
    )
    assert many.fits(0.4) == 2 and many.fits(0.7) == 1 and many.fits(0.9) == 0
    assert many.band(0.5) == (0.3, 0.6) and many.band(0.25) == (0.2, 0.8) and many.band(0.9) is None
    assert annuity(5, 0.0) == 5.0


def test_every_share_inside_the_band_fits_as_often_as_its_ends():
    two = Likelihood(np.array([0.0, 0.0, 0.5, 0.5]), np.array([0.2, 0.3, 0.9, 1.0]))
    assert two.band(0.5) == (0.5, 0.9), "from 0 to 0.9 there is a gap in which no share fits"
    luck = np.random.default_rng(3)
    for _ in range(50):
        ends = np.sort(luck.random((2, 6)), axis=0)
        many = Likelihood(ends[0], ends[1])
        if found := many.band(0.5):
            assert all(many.fits(float(x)) >= 3 for x in np.linspace(*found, 101))
    assert Likelihood(np.array([0.4]), np.array([0.4])).band(0.5) == (0.4, 0.4)


def test_the_text_says_how_often_the_middle_fits_that_few_runs_are_few_and_what_holds_by_construction():
    chance = {"probability": 0.25, "low": 0.1, "high": 0.5}
    row = {
        "name": "counties together",
        "from": 0.3,
        "to": 0.6,
        "middle": 0.45,
        "exists": chance,
        "now_fits": chance,
        "middle_fits": {**chance, "probability": 0.125},
        "runs": 8,
    }
    found = {"now": 0.5, "cost_share": 0.0, "years": 5, "horizon": 10, "rate": 0.05, "replications": 32, "projects": 3.0, "enterprise_gain": 1.0,
             "contracts": [row, {**row, "name": "each county", "runs": 2}]}  # fmt: skip
    text = enclave_text(found)
    assert "The middle of that range, 45%, fits with probability 12%" in text and "区间中点 45%，成立的概率 12%" in text
    rare = enclave_text({**found, "contracts": [{**row, "from": None, "to": None}, row]})
    assert "The share that fits the most runs, 45%" in rare and "在最多运行中成立的比例为 45%" in rare
    assert "'each county' rests on 2 runs" in text and "“每县各自”一行只依据 2 次运行" in text and "'counties together' rests" not in text
    assert "holds by construction" in text and "按构造成立" in text
