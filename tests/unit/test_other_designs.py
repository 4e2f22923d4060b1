"""FAST and factorial designs are ranked with the same honesty as the others: SALib's estimators, known answers, a dummy, and refusals."""

import math

import numpy as np
import pytest

from zonesim.errors import InputError
from zonesim.experiments import contrasts, fourier
from zonesim.experiments.design import Recipe, make_design
from zonesim.experiments.experiment import Experiment
from zonesim.experiments.factors import Factor
from zonesim.experiments.ranked import observe, rank_levers
from zonesim.experiments.store import Store
from zonesim.experiments.stored import table
from zonesim.experiments.sweep import sweep
from zonesim.report.rankings import text_of_ranking

ANGLE = {"low": -math.pi, "high": math.pi}
UNIT = {"low": 0, "high": 1}


def ishigami(settings, seed):
    a, b, c = settings["a"], settings["b"], settings["c"]
    return {"y": math.sin(a) + 7 * math.sin(b) ** 2 + 0.1 * c**4 * math.sin(a)}


def plane(settings, seed):
    noise = np.random.default_rng(seed + round(1e6 * sum(settings.values()))).normal(0, 0.05)
    return {"y": 3 * settings["a"] - 2 * settings["b"] + 0.5 * settings["c"] + 4 * (settings["a"] - 0.5) * (settings["b"] - 0.5) + noise}


def failing(settings, seed):
    if settings["a"] > 3.13:
        raise ValueError("too far")
    return ishigami(settings, seed)


def stored(tmp_path, function, levers, design, **more):
    one = Experiment(model=function, levers=levers, outcomes=["y"], design=design, **more)
    sweep(one, tmp_path / "s", workers=0)
    return tmp_path / "s"


def test_the_orders_of_a_curve_are_those_of_salib():
    from SALib.analyze import fast
    from SALib.sample import fast_sampler

    problem = {"num_vars": 3, "names": ["a", "b", "c"], "bounds": [[-math.pi, math.pi]] * 3}
    points = fast_sampler.sample(problem, 257, M=4, seed=1)
    y = np.array([ishigami(dict(zip("abc", row, strict=True)), 0)["y"] for row in points])
    with pytest.warns(UserWarning, match="unreliable"):
        theirs = fast.analyze(problem, y, M=4, num_resamples=2)
    ours = [fourier.orders(y[257 * i : 257 * (i + 1)], 4) for i in range(3)]
    assert np.allclose([one for one, _ in ours], theirs["S1"], atol=1e-12) and np.allclose([one for _, one in ours], theirs["ST"], atol=1e-12)
    assert fourier.orders(np.ones(257), 4) == (0.0, 0.0)


def test_fast_finds_the_indices_of_ishigami_and_does_not_rank_the_dummy(tmp_path):
    store = stored(tmp_path, ishigami, {"a": ANGLE, "b": ANGLE, "c": ANGLE, "idle": ANGLE}, {"method": "fast", "samples": 513, "scrambles": 4})
    one = rank_levers(store)["outcomes"]["y"]
    by = {row["lever"]: row for row in one["levers"]}
    for lever, s1, st in (("a", 0.3139, 0.5576), ("b", 0.4424, 0.4424), ("c", 0.0, 0.2437)):
        assert by[lever]["s1"] == pytest.approx(s1, abs=0.03) and by[lever]["st"] == pytest.approx(st, abs=0.06), lever
    assert {name: row["rank"] for name, row in by.items()} == {"a": 1, "b": 2, "c": 3, "idle": None}
    assert one["ranked_by"] == "st" and "4 independent scrambles" in one["intervals"] and one["base_rows_used"] == 4 and one["convergence"] == []
    assert by["a"]["sign"] == "+" and by["c"]["sign"] is None  # an even function of c alone goes nowhere


def test_the_sign_of_a_fast_design_is_that_of_the_factor_alone(tmp_path):
    store = stored(tmp_path, plane, {name: UNIT for name in "abc"}, {"method": "fast", "samples": 129, "scrambles": 5})
    by = {row["lever"]: row for row in rank_levers(store)["outcomes"]["y"]["levers"]}
    for lever, effect in (("a", 3), ("b", -2), ("c", 0.5)):  # on the curves of others these three move together
        assert by[lever]["effect"] == pytest.approx(effect, abs=0.3) and by[lever]["sign"] == "+-"[effect < 0], lever
        assert by[lever]["at_high"] - by[lever]["at_low"] == pytest.approx(0.75 * effect, abs=0.45), lever  # the outer quarters lie three quarters apart


def test_one_curve_says_nothing_of_its_doubt_and_a_failed_run_costs_its_scramble(tmp_path):
    levers = {"a": ANGLE, "b": ANGLE, "c": ANGLE}
    (tmp_path / "one").mkdir()
    with pytest.raises(InputError, match=r"3 independent randomisations .* 1 are whole; write 'scrambles: 3'"):
        rank_levers(stored(tmp_path / "one", ishigami, levers, {"method": "fast", "samples": 129}))
    store = stored(tmp_path, failing, levers, {"method": "fast", "samples": 129, "scrambles": 5})
    with Store(store) as opened:
        runs = table(opened)
        lost = sorted(set(runs.loc[runs["status"] != "ok", "scramble"]))
        observed = observe(opened, runs, "y")
    assert 0 < len(lost) < 5
    first, total, gone = fourier.by_scramble(observed)
    assert gone == len(lost) and len(first) == len(total) == 5 - len(lost)
    if len(first) >= 3:
        assert rank_levers(store, complete_rows=True)["outcomes"]["y"]["base_rows_lost"] == len(lost)


def test_main_effects_are_those_of_salib_and_of_the_plane(tmp_path):
    from SALib.analyze import ff

    levers = {name: UNIT for name in ("a", "b", "c", "idle", "still", "quiet")}
    store = stored(tmp_path, plane, levers, {"method": "factorial"}, replications=4)
    record = rank_levers(store)
    one = record["outcomes"]["y"]
    by = {row["lever"]: row for row in one["levers"]}
    for lever, effect in (("a", 3), ("b", -2), ("c", 0.5)):
        assert by[lever]["effect"] == pytest.approx(effect, abs=0.1) and by[lever]["me"] == abs(by[lever]["effect"])
        assert by[lever]["effect_low"] <= effect <= by[lever]["effect_high"]
        assert by[lever]["at_high"] - by[lever]["at_low"] == pytest.approx(by[lever]["effect"])
    assert [by[name]["rank"] for name in levers] == [1, 2, 3, None, None, None] and [by[name]["sign"] for name in "abc"] == ["+", "-", "+"]
    assert one["ranked_by"] == "me" and "Lenth" in one["intervals"] and "me" in text_of_ranking(record)
    with Store(store) as opened:
        observed = observe(opened, table(opened), "y")
    names = [f"x{i}" for i in range(len(observed.groups))]
    theirs = ff.analyze({"num_vars": len(names), "names": names, "bounds": [[0, 1]] * len(names)}, observed.unit, observed.means)
    assert np.allclose(contrasts.effects(observed, observed.means)[0], 2 * np.asarray(theirs["ME"]))


def test_a_factorial_design_with_a_failed_run_is_not_ranked(tmp_path):
    store = stored(tmp_path, failing, {"a": ANGLE, "b": ANGLE, "c": ANGLE}, {"method": "factorial"})
    with pytest.raises(InputError, match="contrasts need all of its points"):
        rank_levers(store, complete_rows=True)


def test_lenth_s_error_is_that_of_the_quiet_contrasts():
    rng = np.random.default_rng(3)
    quiet = rng.normal(0, 0.2, 60)
    assert contrasts.pseudo_error(np.concatenate([quiet, [5.0, -7.0, 9.0]])) == pytest.approx(0.2, rel=0.3)


def test_every_ranked_design_is_free_of_the_order_of_its_rows(tmp_path):
    for method, more in (("fast", {"samples": 129, "scrambles": 3}), ("factorial", {})):
        (tmp_path / method).mkdir()
        store = stored(tmp_path / method, plane, {name: UNIT for name in "abc"}, {"method": method, **more})
        with Store(store) as opened:
            observed = observe(opened, table(opened), "y")
        mixed = np.random.default_rng(0).permutation(len(observed.runs))
        other = type(observed)(**{**vars(observed), **{key: getattr(observed, key)[mixed] for key in ("unit", "scramble", "base", "part", "runs")}})
        for find in (fourier.by_scramble, lambda o: contrasts.effects(o, o.means)):
            if (find is fourier.by_scramble) == (method == "fast"):
                assert np.asarray(find(observed)[0]).tobytes() == np.asarray(find(other)[0]).tobytes()


def test_a_pawn_ranking_says_how_many_points_it_would_take(tmp_path):
    def mild(settings, seed):
        return {"y": settings["a"] + 0.4 * settings["b"]}

    store = stored(tmp_path, mild, {"a": UNIT, "b": UNIT, "c": UNIT}, {"method": "latin_hypercube", "samples": 160})
    record = rank_levers(store)
    by = {row["lever"]: row for row in record["outcomes"]["y"]["levers"]}
    assert by["a"]["rank"] == 1 and by["a"]["points_needed"] is None
    needed = by["b"]["points_needed"]
    assert by["b"]["rank"] is None and 160 < needed < 3000 and f"about {needed:,} points" in text_of_ranking(record)
    (tmp_path / "more").mkdir()
    again = rank_levers(stored(tmp_path / "more", mild, {"a": UNIT, "b": UNIT, "c": UNIT}, {"method": "latin_hypercube", "samples": 2 * needed}))
    assert {row["lever"]: row["rank"] for row in again["outcomes"]["y"]["levers"]} == {"a": 1, "b": 2, "c": None}


def test_designs_repeat_themselves_by_scramble():
    factors = tuple(Factor(name=name, role="lever", kind="float", low=0.0, high=1.0) for name in "abc")
    design = make_design(Recipe("fast", 65, scrambles=3), factors, 0)
    curves = [design.unit[design.scramble == s] for s in range(3)]
    assert not np.allclose(curves[0], curves[1]) and len({len(one) for one in curves}) == 1
