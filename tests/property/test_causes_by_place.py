"""The clause beside a payment is the one that moves it: what a place is paid anyway stays the law's, whatever clauses hold elsewhere."""

import pytest

from tests.property.test_by_hand_entry import LANZHOU
from zonesim.model import ZoneModel
from zonesim.policies.package import PAID_ANYWAY
from zonesim.quarters import parse
from zonesim.scenario import load_scenario

ELSEWHERE = ("zone:htz", "zone:new_area_zone")  #: in no measure of the plan that moves what committees get
CLAUSES = {"retained_tax": "004§3.10.6", "land_revenue": "004§3.10.4"}


@pytest.fixture(scope="module")
def rows():
    """(payee, kind, cause) of what committees got in the third quarter of 2015, when the plan is in force."""
    model = ZoneModel(load_scenario(LANZHOU / "plan_2015.yaml", ["founding.scale=20", "horizon.end=2015Q3"]), 1)
    while model.running:
        model.step()
    ledger = model.ledger
    posted = ledger.of_this_quarter()
    found = {
        (model.names[who], ledger.kinds[kind], ledger.causes[why]) for who, kind, why in zip(posted["payee"], posted["kind"], posted["cause"], strict=True)
    }
    return {row for row in found if row[1] in PAID_ANYWAY}


@pytest.mark.parametrize("kind", PAID_ANYWAY)
def test_a_clause_is_charged_where_it_holds_alone(rows, kind):
    inside = {cause for payee, of, cause in rows if of == kind and payee not in ELSEWHERE}
    outside = {cause for payee, of, cause in rows if of == kind and payee in ELSEWHERE}
    assert inside == {CLAUSES[kind]} and outside == {"law:budget"}


def test_two_clauses_of_one_kind_stand_each_at_their_places():
    """What the order of the file is does not matter: the sub-parks' line is of another clause than the zone's treasury."""
    changed = ["policies.budget_lines_of_sub_parks.clause=000§1e"]
    scenario = load_scenario(LANZHOU / "plan_2015.yaml", changed)
    causes, places = scenario.package.causes_at(parse("2015Q3")), scenario.package.site.place_ids
    by_place = {name: causes[f"retained_tax@{k}"] for k, name in enumerate(places)}
    assert by_place["anning_park"] == "004§3.10.6" and by_place["xigu_park"] == "000§1e" and by_place["htz_park"] == "law:budget"


def test_a_measure_that_gives_what_is_given_anyway_is_charged_nothing():
    usual = "policies.land_revenue_first_for_works.land_revenue_reinvest_share=0.3"
    package = load_scenario(LANZHOU / "plan_2015.yaml", [usual]).package
    assert {cause for key, cause in package.causes_at(parse("2016Q1")).items() if key.startswith("land_revenue@")} == {"law:budget"}
