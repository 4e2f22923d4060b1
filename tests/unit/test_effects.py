"""Paired effects, targets and whole numbers by hand."""

import numpy as np
import pandas as pd
import pytest

from zonesim.accounts import treatment
from zonesim.accounts.payments import DISCRETIONARY, NATURES, PAYMENTS
from zonesim.errors import InputError
from zonesim.experiments.compare import run_all
from zonesim.experiments.effects import SUPPORT, costs, paired_effects, ratio_interval
from zonesim.experiments.spending import kinds_paid
from zonesim.founding.sizes import pareto_between, rake, sizes_with_total
from zonesim.policies.instrument import Instrument
from zonesim.scenario import Target
from zonesim.targets import attainment
from zonesim.world.whole import apportion


def table(values):
    rows = []
    for scenario, series in values.items():
        for r, v in enumerate(series):
            rows.append((scenario, r, "2017", "zone", "z", "gdp", v, "u"))
    return pd.DataFrame(rows, columns=["scenario", "replication", "period", "level", "place", "indicator", "value", "unit"])


def test_paired_effect_by_hand():
    # differences 1, 2, 3: mean 2, sd 1, t(2) = 4.302653, half = 4.302653 / sqrt 3
    row = paired_effects(table({"b": [10.0, 20.0, 30.0], "r": [11.0, 22.0, 33.0]}), "b", "r").iloc[0]
    assert (row["effect"], row["n"], row["share_gain"]) == (2.0, 3, 1.0)
    assert row["high"] - 2 == pytest.approx(4.30265273 / np.sqrt(3), rel=1e-6)
    assert row["variance_ratio"] == pytest.approx((100 + 121) / 1)


def test_a_null_policy_has_an_exact_zero():
    row = paired_effects(table({"b": [0.1, 0.2, 0.3], "r": [0.1, 0.2, 0.3]}), "b", "r").iloc[0]
    assert (row["effect"], row["low"], row["high"]) == (0.0, 0.0, 0.0)


def test_one_pair_has_no_interval():
    row = paired_effects(table({"b": [1.0], "r": [2.0]}), "b", "r").iloc[0]
    assert row["effect"] == 1.0 and np.isnan(row["low"])


def test_targets_count_replications():
    target = Target(indicator="gdp", place="z", period="2017", value=20.0, clause="x")
    got = attainment(table({"r": [10.0, 20.0, 30.0, 40.0]}), [target]).iloc[0]
    assert (got["met"], got["n"], got["probability"], got["mean"]) == (3, 4, 0.75, 25.0)


def test_sizes_add_up_and_have_the_tail():
    u = (np.arange(4000) + 0.5) / 4000
    sizes, exponent = sizes_with_total(u, 4000 * 50.0, 5.0, 1e5, 1.2)
    assert sizes.sum() == pytest.approx(200_000) and exponent == 1.2 and sizes.min() >= 5.0
    top = np.sort(sizes)[-400:]
    assert 1 / np.mean(np.log(top / top[0])) == pytest.approx(1.2, rel=0.12)
    thin, exponent = sizes_with_total(u, 4000 * 6.0, 5.0, 1e5, 1.2)
    assert thin.sum() == pytest.approx(24_000) and exponent > 1.2
    assert pareto_between(np.array([0.0]), 2.0, 10.0, 1.0)[0] == 2.0


def test_raking_and_apportioning():
    fitted, gap = rake(np.ones((3, 2)), np.array([1.0, 2.0, 3.0]), np.array([4.0, 2.0]))
    assert fitted.sum(axis=0).tolist() == pytest.approx([4.0, 2.0]) and gap < 1e-9
    assert apportion(7, np.array([1.0, 2.0, 4.0])).tolist() == [1, 2, 4]
    assert apportion(5, np.array([0.3, 0.3, 0.4])).sum() == 5


@pytest.mark.parametrize("replications", [0, -3])
def test_no_replications_are_refused(baseline, replications):
    with pytest.raises(InputError, match="replications"):
        run_all([baseline], replications, 1)


def book(*reform):
    """Return a ledger of two replications: the same payments in both, the baseline's without any of them."""
    common = ("county:a", "market", "infrastructure", 100.0)
    rows = [("b", r, *common) for r in (0, 1)] + [("r", r, *one) for r in (0, 1) for one in (common, *reform)]
    return pd.DataFrame(rows, columns=["scenario", "replication", "payer", "payee", "kind", "amount"])


@pytest.mark.parametrize(
    ("payments", "support"),
    [
        ([("province", "zone:z", "higher_grant", 60.0)], 60.0),
        ([("city", "zone:z", "award", 5.0), ("county:a", "zone:z", "enclave_cost", 2.0)], 7.0),
        ([("county:a", "zone:z", "retained_tax", 30.0), ("zone:z", "enterprises:p", "refund", 20.0)], 30.0),  # 20 of the 30 went on: one time
        ([("county:a", "zone:z", "retained_tax", 30.0), ("zone:z", "enterprises:p", "refund", 50.0)], 50.0),  # and 20 of its own
        ([("zone:z", "enterprises:p", "refund", 20.0), ("city", "enterprises:p", "bespoke_grant", 4.0)], 24.0),
        ([("city", "zone:z", "tax_return", 30.0), ("zone:z", "city", "tax_return_clawback", 10.0)], 20.0),
        ([("city", "fund", "fund_capital", 9.0), ("fund", "enterprises:p", "equity", 9.0), ("province", "platform:z", "special_bond", 9.0)], 0.0),
        ([("platform:z", "market", "infrastructure", 9.0), ("zone:z", "platform:z", "debt_support", 9.0), ("zone:z", "zone:y", "integration", 3.0)], 0.0),
        (
            [
                ("county:a", "county:b", "enclave_share", 9.0),
                ("county:a", "centre", "new_land_fee", 9.0),
                ("zone:z", "enterprises:p", "idle_compensation", 9.0),
            ],
            0.0,
        ),
        ([("enterprises:p", "county:a", "cit", 9.0), ("banks", "enterprises:p", "loan", 9.0)], 0.0),
    ],
)
def test_support_is_what_is_handed_over_each_yuan_once(payments, support):
    table = costs(book(*payments), "b", "r", np.array([10.0, 10.0]), np.array([1e5, 1e5]))
    value = {row.kind: row.value for row in table.itertuples() if row.payer == "all"}
    assert value[SUPPORT] == pytest.approx(support) and value["support per additional job"] == pytest.approx(support / 10)
    told = {(row.payer, row.kind): row.value for row in table.itertuples() if row.payer != "all"}
    public = {(payer.split(":")[0], kind): amount for payer, _, kind, amount in payments if payer.split(":")[0] not in ("enterprises", "banks")}
    assert told == pytest.approx(public), "what is not counted stands beside it"


def test_each_kind_of_payment_says_what_it_is():
    kinds = set(PAYMENTS) | set(DISCRETIONARY) | set(kinds_paid([{"instrument": name} for name in Instrument.kinds()])) | set(treatment.KINDS)
    assert {one.lstrip("-") for one in kinds} <= set(NATURES)


def test_the_interval_of_a_ratio_is_fiellers_and_covers_as_often_as_it_says():
    """Worked by hand for two pairs, and against many draws: a bootstrap of three pairs covers about half of the time."""
    above, below = np.array([4.0, 6.0]), np.array([2.0, 2.0])
    value, low, high = ratio_interval(above, below)
    half = 12.706204736 * np.sqrt(2.0) / np.sqrt(2) / 2  # t of one degree, sd of 4 and 6, over a divisor that is 2
    assert value == 2.5 and (low, high) == pytest.approx((2.5 - half, 2.5 + half))
    draw = np.random.default_rng(1)
    hits = whole = 0
    for _ in range(2000):
        spent = draw.normal(10.0, 1.0, 3)
        found = ratio_interval(2.0 * spent + draw.normal(0.0, 3.0, 3), spent)
        if np.isfinite(found[0]):
            whole += 1
            hits += found[1] <= 2.0 <= found[2]
    assert whole > 1900 and abs(hits / whole - 0.95) < 0.02
