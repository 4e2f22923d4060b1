"""The proof that levers act: what it finds, and what it says of a lever that does nothing."""

import copy

import numpy as np

from tests.conftest import LANZHOU
from zonesim.experiments.proof import find_packages, first_difference, prove_all
from zonesim.model import ZoneModel
from zonesim.scenario import load_scenario


def test_a_lever_is_seen_in_the_quarter_in_which_its_clause_begins(plan):
    (one,) = prove_all([plan], only=["tax_increment_return_share"], most_quarters=12, replications=3)
    assert one.quarter == "2015Q1" and one.column == "zones.effort" and not one.never_bound and one.package == "plan_2015"
    assert {c.indicator for c in one.claims} == {"infra_stock", "gdp", "fixed_asset_investment"}
    assert all(c.effect > 0 for c in one.claims)
    assert {c.indicator for c in one.claims if c.verdict == "agrees"} >= {"infra_stock"}  # three pairs do not settle all investment of the zone


def test_a_lever_whose_clause_begins_after_the_run_never_binds(plan):
    (one,) = prove_all([plan], only=["tax_increment_return_share"], most_quarters=4)
    assert one.never_bound and one.column == ""


def test_a_lever_that_no_package_has_is_added(plan):
    (one,) = prove_all([plan], only=["equipment_subsidy_rate"], most_quarters=8)
    assert one.added and one.quarter


def test_the_packages_are_found(tmp_path):
    assert "plan_2015" in {package.id for package in find_packages(LANZHOU.parent)}


def test_a_copied_world_goes_on_like_the_original():
    scenario = load_scenario(LANZHOU / "baseline.yaml", ["horizon.end=2014Q4"])
    first = ZoneModel(scenario, 3)
    second = ZoneModel(scenario, 3, world=copy.deepcopy(first.world))
    for _ in range(4):
        first.step()
        second.step()
    assert first_difference(first, second) == ""
    second.world.places.talent[0] += 1
    assert first_difference(first, second) == "places.talent"
    assert not np.shares_memory(first.world.balances, second.world.balances)
