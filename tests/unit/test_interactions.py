"""The games on the model itself: what is taken from a run, that looking changes nothing, and what a user is told."""

import dataclasses
import json

import numpy as np
import pytest
from click.testing import CliRunner

from tests.conftest import LANZHOU
from zonesim.cli import app
from zonesim.errors import InputError
from zonesim.experiments.bidding import OUTSIDE, bids, is_in_force, legal_caps, usual_year
from zonesim.experiments.competition import solve
from zonesim.experiments.enclave_range import find_range, passed_on
from zonesim.experiments.watch import Watched
from zonesim.model import ZoneModel
from zonesim.report.interactions import competition_rows, competition_text
from zonesim.scenario import load_scenario

SHORT = ["horizon.end=2017Q4"]
COARSE = ["--set", SHORT[0], "--set", "founding.scale=20"]


@pytest.fixture(scope="module")
def game(plan):
    return bids(plan, year=2016, replications=1, worth=0.02)


@pytest.fixture(scope="module")
def solved(game):
    return solve(game.game)


@pytest.fixture(scope="module")
def coarse():
    """The plan on a world of fewer rows, for what holds in any."""
    return load_scenario(LANZHOU / "plan_2015.yaml", [*SHORT, "founding.scale=20"])


def test_looking_changes_nothing(coarse):
    plain, watched = ZoneModel(coarse, 3), Watched(coarse, 3, lambda run, who: run.wishes(who))
    for _ in range(8):
        plain.step()
        watched.step()
    assert np.array_equal(plain.observer.cube, watched.observer.cube) and np.array_equal(plain.world.balances, watched.world.balances)


def test_the_players_are_the_committees_that_run_parks_and_the_places_outside(game):
    assert game.zones == ("etdz", "htz", "new_area_zone", OUTSIDE)  # the sub-parks are merged by 2016
    assert (game.game.cap[:-1] == 0.5).all() and game.game.cap[-1] == 0.0  # the law from May 2015 on
    assert game.projects > 500 and (game.now[:-1] > 0).all()


def test_refunds_move_projects_in_the_model_as_in_the_game(game, plan):
    """The slope that was measured between no refund and the largest holds at a refund between them."""
    g = game.game
    differences = {}

    def look(run, who):
        if run.quarter != 4 * 2016:
            return
        kept = run.world.zones.refund_offer.copy()
        new = np.flatnonzero(who.channel != 4)
        for offer in (0.0, 0.2):
            run.world.zones.refund_offer[:] = offer
            differences[offer] = run.wishes(who).sites[0, new]
        run.world.zones.refund_offer[:] = kept

    from zonesim import draws

    run = Watched(plan, draws.replication_seed(1, 0), look)
    while run.quarter <= 4 * 2016:
        run.step()
    n = len(differences[0.0])
    may = np.isfinite(differences[0.0])
    rise = np.subtract(differences[0.2], differences[0.0], out=np.zeros(may.shape), where=may)[may.any(axis=1)]
    rows = rise.shape[0]
    assert rows > 100 and n >= rows
    assert rise == pytest.approx(0.2 * g.slope[:rows], abs=1e-9)


def test_bidding_gives_away_what_agreeing_keeps(solved):
    assert solved.regret < 1e-9 and solved.gain > 0
    assert (solved.equilibrium.offers[:-1] > solved.optimum.offers[:-1]).all()
    assert solved.equilibrium.projects[:-1].sum() > solved.optimum.projects[:-1].sum()  # bids move projects into the zones


def test_projects_pass_of_their_own_will_and_the_range_is_where_both_sides_gain(coarse):
    passed, contract = passed_on(coarse, 5)
    assert contract == (0.5, 0.0, 5.0)
    assert passed.n > 0 and (passed.enterprise_gain >= 0).all() and (passed.base > 0).all() and (passed.origin != passed.host).all()
    assert (passed.tax_host < passed.base).all()  # the city has its part
    found = find_range(coarse, replications=3, seed=2)
    together, each = found["contracts"]
    assert together["from"] <= together["middle"] <= together["to"] and found["enterprises_worse"] == 0
    assert each["exists"]["probability"] <= together["exists"]["probability"]
    assert 0 <= together["exists"]["low"] <= together["exists"]["probability"] <= together["exists"]["high"] <= 1
    # over a horizon as long as the contract the origin gives up less: the least share falls
    assert find_range(coarse, replications=3, seed=2, horizon=5.0)["contracts"][0]["from"] < together["from"]


def test_the_commands_say_it_in_both_languages_and_as_json():
    run = CliRunner().invoke(app, ["competition", str(LANZHOU / "plan_2015.yaml"), "-n", "1", *COARSE], catch_exceptions=False)
    assert run.exit_code == 0 and "协同" in run.stdout and "Agreeing adds" in run.stdout
    run = CliRunner().invoke(app, ["enclave-range", str(LANZHOU / "plan_2015.yaml"), "-n", "2", *COARSE, "--json"], catch_exceptions=False)
    assert run.exit_code == 0 and json.loads(run.stdout)["contracts"][0]["name"] == "counties together"


def test_the_year_is_one_in_which_one_cap_holds():
    """The law of 1 August 2024 forbids refunds: 2024 has two caps, and later years none to bid with."""
    sanming = load_scenario(LANZHOU.parent / "sanming" / "sanming_2024.yaml")
    assert legal_caps(sanming, 2024) == pytest.approx((0.5, 0.5, 0.5 * 31 / 92, 0.0)) and legal_caps(sanming, 2025) == (0.0,) * 4  # July alone allows them
    assert usual_year(sanming) == 2023 and usual_year(load_scenario(LANZHOU / "plan_2015.yaml")) == 2016


def test_the_year_has_clauses_in_force_where_one_has_them():
    zhangye = load_scenario(LANZHOU.parent / "zhangye" / "zhangye_2018.yaml")
    plan = load_scenario(LANZHOU / "plan_2015.yaml")
    late = load_scenario(LANZHOU / "plan_2015.yaml", [f"policies.{one.label}.{key}" for one in plan.instruments for key in ("start=2018-01-01", "end=open")])
    assert is_in_force(zhangye, usual_year(zhangye)) and usual_year(late) == 2018 and not is_in_force(late, 2016)


def test_a_package_that_is_not_in_force_is_said_and_runs_have_a_spread(plan, coarse, game, solved):
    two = bids(coarse, year=2016, replications=2)
    assert len(two.each) == 2 and sum(len(one.worth) for one in two.each) == two.projects and two.in_force
    each = [solve(one) for one in two.each]
    text = competition_text(two, solve(two.game), plan.region, each)
    assert "Each of the 2 runs by itself: agreeing gains" in text and "2 次运行分别求解" in text and "no clause" not in text
    off = competition_text(dataclasses.replace(game, in_force=False, first_in_force=2018), solved, plan.region)
    assert (
        "no clause of the package is in force all of 2016" in off
        and "--year 2018" in off
        and "One run does not say" in off
        and "没有方案时的竞争" in off
        and "no refunds" not in off
    )
    barred = competition_text(dataclasses.replace(game, in_force=False, first_in_force=2025, first_cap=0.0), solved, plan.region)
    assert "--year 2025), when the law allows no refunds" in barred and "已不许承诺返还" in barred
    play = f"--year 2025 --cap {max(game.legal_caps):g}"
    assert barred.count(play) == 2 and play not in off and 0 < max(game.legal_caps) <= 0.9


def test_a_zone_at_its_cap_is_said_to_be_there(game, plan):
    tight = dataclasses.replace(game, game=dataclasses.replace(game.game, cap=np.minimum(game.game.cap, 0.05)))
    solved = solve(tight.game)
    assert solved.bound[:-1].all() and not solved.bound[-1]  # with a low cap every zone stands at it, and the places outside do not bid
    rows = competition_rows(tight, solved)
    assert all(row["at_cap"] and row["would_offer"] > 0.05 == row["cap"] for row in rows[:-1])
    text = competition_text(tight, solved, plan.region)
    assert text.count("5%*") == 6 and "若允许还会再提高" in text and "would go higher if it could" in text
    assert "etdz" not in text and "htz" not in text and "兰州经济技术开发区" in text and "Lanzhou ETDZ" in text
    free = solve(dataclasses.replace(game.game, cap=np.append(np.full(3, 0.9), 0.0)))
    inner = free.equilibrium.offers < 0.9 - 1e-6
    assert not free.bound[inner].any() and (free.would_offer[inner] == free.equilibrium.offers[inner]).all()


def test_a_year_with_two_caps_or_none_is_said(game, solved, plan):
    two = dataclasses.replace(game, legal_caps=(0.5, 0.5, 0.0, 0.0), year=2024)
    assert "changes from quarter 3 on, from 50% to 0% at its end" in competition_text(two, solved, plan.region) and "第3季度" in competition_text(
        two, solved, plan.region
    )
    none = dataclasses.replace(game, legal_caps=(0.0,) * 4)
    assert "the cap is zero" in competition_text(none, solved, plan.region)


def test_what_cannot_be_asked_is_said(baseline, plan):
    with pytest.raises(InputError, match="no enclave is in force"):
        find_range(baseline, replications=1)
    with pytest.raises(InputError, match="a full year"):
        bids(plan, year=2030)
    alone = load_scenario(LANZHOU / "baseline.yaml", SHORT)
    for park in alone.region.parks.values():
        object.__setattr__(park, "zone", "etdz")
    for ask in (bids, find_range):
        with pytest.raises(InputError, match="at least two zones"):
            ask(alone)


def test_a_gain_that_lies_outside_zones_is_said_in_words(game, solved, plan):
    from zonesim.report.interactions import _elsewhere

    lost = [{"zone": "etdz", "gain_equilibrium": 500.0, "gain_optimum": 300.0}, {"zone": "htz", "gain_equilibrium": 100.0, "gain_optimum": 150.0},
            {"zone": OUTSIDE, "gain_equilibrium": 1000.0, "gain_optimum": 1400.0}]  # fmt: skip
    en, zh = _elsewhere(lost, "en"), _elsewhere(lost, "zh")
    assert en == " The zones together lose 1.5 M CNY a year by it: the whole gain lies outside zones (4 M CNY a year more)."
    assert zh == "各开发区合计每年反而减少 150 万元/年：协同的增益全部在园区以外（增加 400 万元/年）。"
    lost[0]["gain_optimum"] = 500.0
    assert _elsewhere(lost, "en") == "" == _elsewhere(lost, "zh"), "zones gain something too"
    rows = competition_rows(game, solved)
    assert (_elsewhere(rows, "en") in competition_text(game, solved, plan.region)) and "of 1 runs" not in competition_text(game, solved, plan.region)
