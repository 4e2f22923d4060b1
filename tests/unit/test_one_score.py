"""One score decides and is published; cases wait from quarter to quarter; a region grows with the nation by its pass-through."""

import dataclasses

import numpy as np
import pytest

from tests.conftest import ROOT
from zonesim.accounts.ranking import FieldParameters, score_in_field
from zonesim.behaviour.case_work import CaseWorkParameters, case_capacity, plan_capacity, waiting_cases
from zonesim.indicators import tabulate
from zonesim.model import ZoneModel
from zonesim.policies.site import SiteInfo
from zonesim.scenario import load_scenario
from zonesim.world import load_world
from zonesim.world.industries import load_industries

ONE_ZONE = ROOT / "scenarios" / "hebei_county" / "baseline.yaml"


def lone_world(opening):
    """A world with one committee that is not merged, evaluated by its first criterion alone."""
    world = load_world(opening)
    n = world.zones.n
    world.zones.merged[1:n] = True
    world.zones.weights[:n] = 0.0
    world.zones.weights[:n, 0] = 1.0
    return world


def test_score_by_hand_where_a_region_has_one_zone(opening):
    world, p = lone_world(opening), FieldParameters(catching_up=0.5, lone_spread=0.4, in_province=0.5, mean=70.0, spread=9.0, growth=0.0)
    n = world.zones.n

    def year(value):
        x = np.full((n, 1), value)
        return score_in_field(world, x, x[:1].mean(axis=0), x[:1].std(axis=0), np.zeros((n, 1)), p)

    year(0.10)  # the first year is the measure: spread 0.04
    assert world.zones.score[0] == pytest.approx(74.5)
    u = year(0.16)  # the others have followed half of the way: 0.13, spread 0.04 + half of (0.064 - 0.04)
    assert u[0, 0] == pytest.approx(0.03 / 0.052)
    assert world.zones.score[0] == pytest.approx(70 + 9 * (0.5 + 0.03 / 0.052))
    assert not world.zones.score[1:n].any() and world.zones.rank[0] == 1
    ahead = world.zones.province_rank[0]
    year(0.02)
    assert world.zones.score[0] < 74.5 and world.zones.province_rank[0] > ahead


def test_the_score_that_is_published_decides_and_moves_with_one_zone():
    scenario = load_scenario(ONE_ZONE, ["horizon.end=2022Q4", "founding.scale=10"])
    model = ZoneModel(scenario, 1)
    while model.running:
        model.step()
    series = tabulate(model.observer, model.paid())

    def path(name):
        at = series.indicator == series.indicators.index(name)
        return [float(v) for g, t, v in zip(series.group[at], series.period[at], series.value[at], strict=True)
                if series.groups[g] == ("zone", "county_htz") and "Q" not in series.periods[t]]  # fmt: skip

    scores, ranks = path("evaluation_score"), path("evaluation_rank")
    assert len({round(one, 3) for one in scores}) >= 4, "a score that a single zone cannot move says nothing"
    assert scores[-1] == model.world.zones.score[0] and ranks[-1] == model.world.zones.province_rank[0]
    assert all(1 <= one <= 66 for one in ranks) and set(path("evaluation_rank_city")[1:]) == {1.0}


def test_without_an_evaluation_there_is_no_score_and_no_rank():
    from zonesim.experiments.compare import indicator_table
    from zonesim.experiments.counterfactual import Reading
    from zonesim.experiments.readings import values_of
    from zonesim.model import simulate
    from zonesim.scenario.schema import Target
    from zonesim.targets import attainment

    scenario = load_scenario(ROOT / "scenarios" / "lanzhou" / "plan_2015.yaml", ["founding.scale=20", "horizon.end=2016Q4", "targets=[]"])
    model = ZoneModel(scenario, 1)
    while model.running:
        model.step()
    zones = model.world.zones
    names = [one.id for one in model.world.zone_names]
    merged = {name for name, gone in zip(names, zones.merged[: zones.n], strict=True) if gone}
    assert merged and len(merged) < len(names)
    run = simulate(scenario, 1)
    table = indicator_table([run])
    for name in ("evaluation_score", "evaluation_rank", "evaluation_rank_city"):
        mine = table[(table["indicator"] == name) & (table["level"] == "zone")]
        assert not len(mine[mine["period"].isin(["2014", "2014Q1", "2014Q4"])]), f"{name} before the first evaluation"
        last = mine[mine["period"] == "2016"]
        assert set(last["place"]) == set(names) - merged and (last["value"] > 0).all()

    def read(**what):
        return values_of(run, Reading(**what), scenario.region.id)

    gone, there = min(merged), next(name for name in names if name not in merged)
    known = [read(indicator="evaluation_score", place=there, period=year) for year in ("2015", "2016")]
    assert np.isnan(read(indicator="evaluation_score", place=gone, period="2016")) and np.isnan(read(indicator="evaluation_score", place=there, period="2014"))
    assert read(indicator="evaluation_score", place=there, how="mean") == pytest.approx(np.mean(known))
    assert np.isfinite(read(indicator="evaluation_score", how="spread", period="2016"))
    aims = [Target(indicator="evaluation_score", place=place, period="2016", value=1.0, clause="004§2") for place in (there, gone)]
    met = attainment(table.astype({"scenario": str}), aims).set_index("place")
    assert met.loc[gone, ["n", "met"]].tolist() == [1, 0] and met.loc[there, "met"].tolist() == [1, 0], "what has no value meets no target, nor all of them"


def test_cases_that_wait_are_done_first_and_none_is_lost(baseline, opening):
    """waiting + new work = handled + waiting afterwards, handled at most the capacity, waiting at most (overload - 1) capacities."""
    model = ZoneModel(baseline, 1, world=load_world(opening))
    world, n = model.world, model.world.zones.n
    overload, waited = model.parameters["admission"].overload, 0
    model.parameters = {**model.parameters, "case_work": CaseWorkParameters(per_person=0.1, least=2.0)}
    for _ in range(8):
        before = world.zones.queue[:n].copy()
        model.step()
        work = np.zeros(n)
        parks = np.flatnonzero(world.places.zone[: world.n_places] >= 0)
        np.add.at(work, world.places.zone[parks], world.flows.committee_cases[parks])  # in the baseline each case is work 1
        room = world.zones.service_capacity[:n]
        handled = before + work - world.zones.queue[:n]
        assert (handled <= room + 1e-9).all() and (handled >= -1e-9).all()
        busy = world.zones.queue[:n] > 0
        assert handled[busy] == pytest.approx(room[busy]), "nobody waits while there is capacity"
        assert (world.zones.queue[:n] <= np.maximum(before, (overload - 1) * room) + 1e-9).all()
        assert np.array_equal(waiting_cases(world)[:n], world.zones.queue[:n])
        waited += int((before > 0).sum())
    assert waited > 5


def test_capacity_follows_staff_effort_and_mergers(baseline, opening):
    model = ZoneModel(baseline, 1, world=load_world(opening))
    world, p = model.world, CaseWorkParameters(per_person=0.5, fixed=0.5, least=8.0)
    zones, n = world.zones, world.zones.n
    zones.staff[:n], zones.effort[:n, 1] = 40.0, [0.4] * n
    world.service_dip[0] = 0.8
    plan_capacity(world, model.terms, p, 0.1)
    assert zones.service_capacity[0] == pytest.approx(0.5 * 40 * 1.5 * 0.8) and zones.service_capacity[1] == pytest.approx(30.0)
    assert case_capacity(np.array([1.0]), np.array([0.2]), np.array([1.0]), p)[0] == 8.0


def test_a_region_grows_with_the_nation():
    """Seven years of Lanzhou without a plan: yearly growth is the nation's times the pass-through, and does not speed up."""
    scenario = load_scenario(ROOT / "scenarios" / "lanzhou" / "baseline.yaml", ["founding.scale=10"])
    growth = []
    for seed in (1, 2):
        model, years = ZoneModel(scenario, seed), np.zeros(7)
        while model.running:
            model.step()
            years[(model.quarter - 1 - model.world.start) // 4] += model.world.flows.value_added.sum()
        growth.append(np.diff(np.log(years)))
    mean = np.mean(growth, axis=0)
    nation = np.log1p(np.array([7.0, 6.8, 6.9, 6.7, 6.0, 2.2]) / 100)
    assert mean.mean() == pytest.approx(scenario.parameters["demand"].pass_through * nation.mean(), abs=0.012)
    assert mean[3:].mean() - mean[1:3].mean() < 0.015


def test_zones_of_provincial_level_are_a_group_of_places():
    site = SiteInfo(
        ("a", "b", "c", "town"), ("park", "park", "park", "urban"), ("k",) * 4, ("za", "zb", "zc", ""), ("za", "zb", "zc"), load_industries(),
        levels=("national", "county", "provincial"), parents=("", "za", ""),
    )  # fmt: skip
    assert site.select(["provincial"]).tolist() == [True, False, True, False]
    assert dataclasses.replace(site, levels=()).select(["provincial"]).any() == np.False_
