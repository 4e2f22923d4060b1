"""The approval pipeline by hand: what each lever leaves of the usual 180 days (63 without land)."""

import numpy as np
import pytest

from zonesim.behaviour.approval import KEY_LAND, LAND, NO_LAND, STEPS, breaks_commitment, pipeline
from zonesim.behaviour.approval_parameters import ApprovalParameters
from zonesim.policies.instrument import build_instrument
from zonesim.policies.package import Package
from zonesim.policies.site import SiteInfo
from zonesim.quarters import parse
from zonesim.terms import Terms
from zonesim.world.industries import load_industries

SITE = SiteInfo(("honggu", "east", "town"), ("park", "park", "urban"), ("c1", "c2", "c1"), ("z1", "z2", ""), ("z1", "z2"), load_industries())
USUAL = ApprovalParameters()


def days(kind=LAND, assessed=False, parameters=USUAL, **terms):
    t = Terms(1, 1, 1)
    for name, value in terms.items():
        verb = {"commitment": "turn_on"}.get(name)
        if verb or value is True:
            t.turn_on(name, True)
        elif name == "plan_levels":
            t.fix(name, True, value)
        else:
            t.raise_to(name, True, value)
    left = pipeline(t, parameters, assessed)
    return 180.0 * left.days[kind, 0, 0], 180.0 * left.behind[kind, 0, 0], left.work[0, 0]


def test_nothing_in_force_leaves_the_usual_days_exactly():
    assert days() == (180.0, 0.0, 1.0)
    assert days(NO_LAND)[0] == pytest.approx(63.0) and sum(step.no_land for step in STEPS) == 63
    assert sum(step.land for step in STEPS) == 180


@pytest.mark.parametrize(
    ("terms", "with_land", "without"),
    [
        ({"registration_merged": True}, 180 - 6, 63 - 6),
        ({"pre_review_removed": 0.5}, 180 - 4.5, 63 - 2.5),
        ({"direct_submission": True}, 180 - 6, 63 - 4),
        ({"bundled_items": True}, 180 - 6, 63 - 2),
        ({"land_pre_review_removed": 1.0}, 180 - 15, 63),
        ({"land_fast_track": 0.4}, 180 - 0.4 * 45, 63),
        ({"one_plan": True}, 180 - 0.7 * 9, 63),
        ({"plan_levels": 4.0}, 180 + 9, 63),
        ({"eia_filing": True}, 180 - 0.85 * 18, 63 - 0.85 * 9),
        ({"online_share": 0.5}, 180 - 0.3 * 9, 63 - 0.3 * 7),
        ({"online_share": 1.0, "steward": True}, 180 - (1 - 0.4 * 0.5) * 9, 63 - (1 - 0.4 * 0.5) * 7),
        # one counter: hand-over -60 %, and half of what exceeds the longest assessment (57 days in all, the longest 18; 20 and 9 without land)
        ({"one_stop": True}, 180 - 0.6 * 9 - 0.5 * (57 - 18), 63 - 0.6 * 7 - 0.5 * (20 - 9)),
        ({"merged_assessment": True, "early_intervention": True}, 180, 63),
    ],
)
def test_each_lever_takes_its_stages(terms, with_land, without):
    assert days(LAND, **terms)[0] == pytest.approx(with_land, abs=1e-9)
    assert days(NO_LAND, **terms)[0] == pytest.approx(without, abs=1e-9)


def test_key_projects_have_one_report_and_early_departments():
    merged = 0.8 * 18 + 15 + 6  # one report, the regional assessments, the public items
    assert days(KEY_LAND, merged_assessment=True)[0] == pytest.approx(180 - 57 + merged)
    at_once = 18 + 0.2 * (57 - 18)
    assert days(KEY_LAND, early_intervention=True)[0] == pytest.approx(180 - 57 - 45 + 45 + 0.2 * at_once)


def test_a_regional_assessment_counts_only_while_it_is_valid():
    assert days(regional_assessment=True)[0] == 180.0
    assert days(assessed=True, regional_assessment=True)[0] == 180.0 - 15.0


def test_delegation_saves_days_and_adds_work():
    # city stages: filing 15, land pre-review 15, planning 6, conflicts 9, EIA 18, energy 6, water 6, safety 6 = 81 of 156 that anybody decides
    saved = 0.35 * 81
    links = 8 / 10  # of the links that files pass, 8 belong to city stages and 2 to the one of the province
    got, _, work = days(delegated_city=1.0)
    assert got == pytest.approx(180 - saved - links * (9 + 6))
    assert work == pytest.approx(1 + 0.8 * 81 / 156)
    assert days(delegated_city=0.5)[0] > got


def test_a_commitment_moves_days_behind_the_building():
    before, behind, _ = days(commitment=True)
    assert before + behind == pytest.approx(180.0)
    assert behind == pytest.approx(0.8 * (6 + 6 + 6 + 6 + 15 + 6 + 15))


def test_a_penalty_deters_and_suspects_are_tempted_more():
    u = np.linspace(0.005, 0.995, 100)

    def share(penalty, suspect=False):
        return np.mean([breaks_commitment(x, 0.6, suspect, penalty, 0.5, 0.8, 0.08) for x in u])

    assert share(0.0) > share(0.1) > share(0.4) == 0.0
    assert share(0.2, True) > share(0.2, False)


def entry_of(name, **settings):
    raw = {"instrument": name, "clause": "000§0", "start": "2015-01-01"}
    raw |= {key: {"value": value, "assumption": "test"} for key, value in settings.items() if key not in ("start", "end")}
    raw |= {key: value for key, value in settings.items() if key in ("start", "end")}
    instrument, problems = build_instrument(name, raw, SITE)
    assert not problems, problems
    return instrument


@pytest.mark.parametrize(
    ("window", "first", "last"),
    [({"policy_window": 2.0, "start": "2015-07-01"}, "2015Q3", "2017Q2"), ({"policy_window": 9.0, "end": "2016-05-01"}, "2015Q1", "2016Q2")],
)
def test_a_window_bounds_every_measure_of_the_package(window, first, last):
    undated, problems = build_instrument("one_stop_service", {"instrument": "one_stop_service", "clause": "000§0"}, SITE)
    assert not problems, problems
    package = Package([undated, entry_of("policy_window", **window)], SITE)
    on = [quarter for quarter in range(parse("2014Q4"), parse("2019Q1")) if package.terms_at(quarter)["one_stop"].any()]
    assert (on[0], on[-1], len(on)) == (parse(first), parse(last), parse(last) - parse(first) + 1)


def test_a_window_does_not_hold_back_a_measure_that_dates_itself():
    package = Package([entry_of("one_stop_service", one_stop_service_enabled=True), entry_of("policy_window", policy_window=1.0, start="2015-06-05")], SITE)
    on = [quarter for quarter in range(parse("2014Q4"), parse("2019Q1")) if package.terms_at(quarter)["one_stop"].any()]
    assert (on[0], on[-1]) == (parse("2015Q1"), parse("2016Q2"))


def test_a_pilot_has_its_powers_first():
    lag = {"value": 2.0, "by_place": {"honggu": 0}, "assumption": "test"}
    raw = {"instrument": "delegation", "clause": "000§2d", "start": "2015-01-01", "delegation_pilot_rollout": lag}
    instrument, problems = build_instrument("delegation", raw, SITE)
    assert not problems, problems
    package = Package([instrument], SITE)
    pilot, other = SITE.place_ids.index("honggu"), SITE.place_ids.index("east")
    for quarter, there in (("2014Q4", (0, 0)), ("2015Q1", (1, 0)), ("2016Q4", (1, 0)), ("2017Q1", (1, 1))):
        share = package.terms_at(parse(quarter))["delegated_city"][:, 0]
        assert (share[pilot], share[other]) == there
