"""Committees: what drives them, what they report, who leads them; evaluation, awards, expansion."""

import numpy as np
import pytest

from zonesim.accounts import qualities
from zonesim.accounts.awards import pay_awards, winners
from zonesim.accounts.books import BookParameters
from zonesim.accounts.books.close import Step, close_books
from zonesim.accounts.books.finance import FinanceParameters
from zonesim.accounts.evaluation import EvaluationParameters, set_weights
from zonesim.accounts.expansion import ExpansionParameters, enlarge, reward_zones
from zonesim.accounts.ledger import Ledger
from zonesim.accounts.ranking import FieldParameters, field_scores
from zonesim.accounts.staff_pay import PayParameters
from zonesim.behaviour import leaders, motives
from zonesim.behaviour.committee_parameters import CommitteeParameters
from zonesim.behaviour.leaders import LeaderParameters
from zonesim.behaviour.motives import MotiveParameters
from zonesim.behaviour.zone_effort import Minds, plan_effort, productive_time
from zonesim.indicators import INDICATORS, MEASURES, Measures
from zonesim.steps.opening import inspection_of
from zonesim.terms import Terms
from zonesim.world import load_world
from zonesim.world.criteria import COLUMN, CRITERIA
from zonesim.world.places import Effort, Kind, LandStage

MINDS = Minds(CommitteeParameters(knowledge=0.0), MotiveParameters(), LeaderParameters())
CAUSES = dict.fromkeys(("award", "zone_fund", "performance_pay", "social_affairs", "finder_reward", "treatment_works", "land_revenue"), "test")


@pytest.fixture
def world(opening):
    world = load_world(opening)
    zones = world.zones
    set_weights(world, blank(world), EvaluationParameters())
    zones.rank[: zones.n] = np.arange(1, zones.n + 1)
    zones.province_rank[: zones.n] = 10 * np.arange(1, zones.n + 1)
    return world


def blank(world):
    return Terms(world.n_places, world.n_industries, world.zones.n)


def planned(world, terms, z=0, years=30):
    """Effort of a committee after years under the same terms."""
    for _ in range(years):
        plan_effort(world, terms, z, 0.5, MINDS)
    return world.zones.effort[z].copy()


def test_without_terms_effort_is_one_and_nothing_is_reported(world):
    effort = planned(world, blank(world))
    assert world.zones.total_effort[0] == 1.0 and world.zones.reporting[0] == 0.0
    assert effort.sum() == pytest.approx(1.0)
    assert world.zones.open_problems[0] == 1.0 and world.zones.standing[0] == 0.0 and world.zones.reach[0] == 1.0


def test_a_career_link_raises_effort_with_diminishing_returns_and_makes_reports(world):
    totals, reports = [], []
    for link in (0.0, 0.5, 1.0):
        terms = blank(world)
        terms.raise_to("cadre_link", np.ones(world.zones.n, dtype=bool), link)
        planned(world, terms)
        totals.append(world.zones.total_effort[0])
        reports.append(world.zones.reporting[0])
    assert totals[1] == pytest.approx(1.4**0.4) and totals[2] == pytest.approx(1.8**0.4)
    assert totals[2] - totals[1] < totals[1] - totals[0]
    assert reports[0] == 0.0 < reports[1] < reports[2] == pytest.approx((0.5 * 0.8 * 0.5) ** 2)


def test_a_health_check_deters_reporting(world):
    terms = blank(world)
    everyone = np.ones(world.zones.n, dtype=bool)
    terms.raise_to("cadre_link", everyone, 1.0)
    planned(world, terms)
    before = float(world.zones.reporting[0])
    terms.turn_on("health_check", everyone)
    planned(world, terms)
    assert world.zones.reporting[0] == pytest.approx(before / 4)


def test_a_health_check_turns_effort_to_the_weakest_criterion(world):
    world.zones.criteria[0, COLUMN["environment"]] = -1.5
    before = planned(world, blank(world))
    terms = blank(world)
    terms.turn_on("health_check", np.ones(world.zones.n, dtype=bool))
    assert planned(world, terms)[Effort.ENVIRONMENT] > 1.05 * before[Effort.ENVIRONMENT]


def test_weights_steer_effort(world):
    everyone = np.ones(world.zones.n, dtype=bool)
    split = {}
    for criterion in ("environment", "investment"):
        terms = blank(world)
        for name in CRITERIA:
            terms.fix(f"weight_{name}", everyone, 1.0 if name == criterion else 0.0)
        set_weights(world, terms, EvaluationParameters())
        assert world.zones.weights[0].sum() == pytest.approx(1.0)
        split[criterion] = planned(world, terms)
    assert split["environment"][Effort.ENVIRONMENT] > 2 * split["investment"][Effort.ENVIRONMENT]
    assert split["investment"][Effort.PROMOTION] > 2 * split["environment"][Effort.PROMOTION]


def test_a_head_who_stays_longer_builds_more(world):
    shares = []
    for floor in (0.0, 10.0):
        terms = blank(world)
        terms.raise_to("leader_tenure_floor", np.ones(world.zones.n, dtype=bool), floor)
        effort = planned(world, terms)
        shares.append(effort[Effort.INFRASTRUCTURE] / effort.sum())
    assert shares[1] > shares[0]
    assert world.zones.total_effort[0] > 1.0  # less time lost to changes


def test_a_floor_that_does_not_bind_changes_nothing(world):
    zone, p = 0, LeaderParameters()
    natural = leaders.natural_tenure(world, zone, 0, p)
    assert leaders.appoint(world, zone, natural - 0.1, p) == (natural, natural)
    world.quarter += 4 * 12
    again, tenure = leaders.appoint(world, zone, 11.0, p)
    assert world.zones.leader_number[zone] == 1 and tenure == max(again, 11.0)


def test_pay_for_projects_found_tilts_to_promotion_and_staff_share_is_a_floor(world):
    everyone = np.ones(world.zones.n, dtype=bool)
    before = planned(world, blank(world))
    terms = blank(world)
    terms.raise_to("performance_pay", everyone, 0.5)
    terms.raise_to("result_pay", everyone, 1.0)
    paid = planned(world, terms)
    assert paid[Effort.PROMOTION] / paid.sum() > before[Effort.PROMOTION] / before.sum()
    terms = blank(world)
    terms.raise_to("promotion_staff", everyone, 0.6)
    floor = planned(world, terms)
    assert floor[Effort.PROMOTION] == pytest.approx(0.6)
    assert floor[Effort.SERVICE] / floor[Effort.LAND] == pytest.approx(before[Effort.SERVICE] / before[Effort.LAND])


def test_stripping_frees_the_time_that_social_affairs_took(world):
    terms = blank(world)
    everyone = np.ones(world.zones.n, dtype=bool)
    assert productive_time(terms, 0, CommitteeParameters()) == 1.0
    terms.raise_to("social_stripped", everyone, 1.0)
    assert productive_time(terms, 0, CommitteeParameters(social_time=0.3)) == pytest.approx(1 / 0.7)


def test_problems_are_solved_sooner_with_meetings_and_leaders(world):
    terms = blank(world)
    everyone = np.ones(world.zones.n, dtype=bool)
    terms.raise_to("coordination", everyone, 1.0)
    terms.turn_on("problem_leader", everyone)
    planned(world, terms)
    unsolved = 0.4 * 0.6 * 0.7
    assert world.zones.open_problems[0] == pytest.approx((unsolved / (1 - unsolved)) / (0.4 / 0.6))
    assert world.zones.standing[0] == pytest.approx(0.3 * (1 - world.zones.open_problems[0]))


def test_a_target_moves_those_behind_it(world):
    terms = blank(world)
    terms.raise_to("growth_premium", np.ones(world.zones.n, dtype=bool), 3.0)
    world.zones.growth_gap[:2] = [0.02, -0.05]
    p = MotiveParameters()
    assert motives.behind_target(world, terms, 0, motives.MotiveParameters()) == pytest.approx(1.0)
    assert motives.behind_target(world, terms, 1, motives.MotiveParameters()) == 0.0
    assert motives.motive(world, terms, 0, 100.0, p) == pytest.approx(1 + 0.5 * 0.3)
    assert motives.motive(world, terms, 1, 100.0, p) == 1.0


def test_a_notice_and_a_prize_move_those_near_the_line(world):
    p, n = MotiveParameters(), world.zones.n
    terms = blank(world)
    terms.turn_on("laggard_notice", True)
    assert motives.motive(world, terms, n - 1, 100.0, p) == pytest.approx(1.4)
    assert motives.motive(world, terms, 0, 100.0, p) == 1.0
    terms = blank(world)
    terms.raise_to("award", True, 100.0)
    terms.raise_to("award_city_rank", True, 2.0)
    near, far = (motives.motive(world, terms, z, 100.0, p) for z in (2, n - 1))
    assert near == pytest.approx(1 + 0.5 * np.exp(-0.25)) and far == pytest.approx(1.0, abs=1e-6)


def award_terms(world, **values):
    terms = blank(world)
    for name, value in {"award": 100.0, "award_city_rank": 2.0, **values}.items():
        terms.raise_to(name, True, value) if name not in ("award_growth", "award_for_each") else terms.turn_on(name, True)
    return terms


def test_the_city_pays_each_winner_once_or_for_each_line(world):
    city, zone0 = world.accounts.CITY, world.accounts.zone0
    world.balances[city] = 10_000.0
    ledger = Ledger(world.accounts, world.balances)
    got = pay_awards(world, award_terms(world, award_province_rank=10.0), ledger, 10.0, CAUSES)
    assert got.tolist() == [100.0, 100.0] + [0.0] * (world.zones.n - 2)
    assert world.balances[city] == 9_800.0
    before = world.balances[zone0]
    got = pay_awards(world, award_terms(world, award_province_rank=10.0, award_for_each=1.0), ledger, 10.0, CAUSES)
    assert got[:2].tolist() == [200.0, 100.0] and world.balances[zone0] == before + 200.0


def test_awards_stop_where_the_city_has_no_money(world):
    world.balances[world.accounts.CITY] = 50.0
    got = pay_awards(world, award_terms(world), Ledger(world.accounts, world.balances), 10.0, CAUSES)
    assert got.sum() == pytest.approx(50.0) and world.balances[world.accounts.CITY] == pytest.approx(0.0)


def test_the_fund_is_split_by_growth_where_growth_counts(world):
    n = world.zones.n
    world.zones.growth[:n] = 0.0
    world.zones.growth[n - 1] = 0.1
    world.balances[world.accounts.CITY] = 10_000.0
    terms = award_terms(world, award=0.0, zone_fund=300.0, award_growth=1.0)
    assert winners(world, terms)[0].tolist() == [True, True] + [False] * (n - 3) + [True]
    got = pay_awards(world, terms, Ledger(world.accounts, world.balances), 10.0, CAUSES)
    assert got[[0, 1, n - 1]].round(6).tolist() == [75.0, 75.0, 150.0]
    got = pay_awards(world, terms, Ledger(world.accounts, world.balances), 0.0, CAUSES)
    assert got[[0, 1, n - 1]].round(6).tolist() == [100.0, 100.0, 100.0]


def land_adds_up(world):
    n = world.n_places
    return np.array_equal(world.places.land[:n].sum(axis=(1, 2)), world.places.planned[:n])


def test_an_expansion_takes_its_land_from_the_county(world):
    places, park = world.places, 0
    assert land_adds_up(world)
    total, before = int(places.planned[: world.n_places].sum()), int(places.planned[park])
    undeveloped = int(places.land[park, LandStage.UNDEVELOPED].sum())
    moved = enlarge(world, park, 1_000_003, 0.3)
    assert moved == 1_000_003 == places.planned[park] - before
    assert places.land[park, LandStage.UNDEVELOPED].sum() == undeveloped + moved
    assert land_adds_up(world) and places.planned[: world.n_places].sum() == total
    outside = (places.county[: world.n_places] == places.county[park]) & (places.kind[: world.n_places] != Kind.PARK)
    there = int(places.land[: world.n_places][outside][:, LandStage.UNDEVELOPED].sum())
    assert enlarge(world, park, 10**12, 0.3) <= 0.3 * there


def test_two_years_at_the_line_bring_the_reward_and_one_below_begins_anew(world):
    terms = blank(world)
    everyone = np.ones(world.zones.n, dtype=bool)
    terms.lower_to("expansion_line", everyone, 90.0)
    terms.raise_to("expansion_years", everyone, 2.0)
    terms.turn_on("expansion_area", everyone)
    terms.turn_on("expansion_level", everyone)
    sure = ExpansionParameters(priority=1.0)
    z = int(np.flatnonzero(world.zones.level[: world.zones.n] == 1)[0])
    park = int(np.flatnonzero(world.places.zone[: world.n_places] == z)[0])
    area, staff = int(world.places.planned[park]), float(world.zones.staff[z])
    for score, years in ((95.0, 1), (89.9, 0), (90.0, 1)):
        world.zones.score[: world.zones.n] = 0.0
        world.zones.score[z] = score
        reward_zones(world, terms, sure)
        assert world.zones.years_at_line[z] == years and world.zones.level[z] == 1 and world.places.planned[park] == area
    reward_zones(world, terms, sure)
    assert world.zones.level[z] == 2 == world.places.level[park] and world.zones.years_at_line[z] == 0
    assert world.places.planned[park] > area and world.zones.staff[z] == 1.25 * staff and land_adds_up(world)


def test_pay_goes_to_who_keeps_the_accounts_and_results_are_paid_by_the_county(world):
    acc, zones, n = world.accounts, world.zones, world.zones.n
    zones.score[:n] = 60.0
    world.balances[acc.CITY : acc.enterprise0] = 1e6
    before = world.balances.copy()
    terms = blank(world)
    one = np.arange(n) == 1
    terms.fix("account_keeper", one, 2.0)
    terms.raise_to("performance_pay", one, 0.25)
    terms.raise_to("social_stripped", one, 1.0)
    ledger = Ledger(acc, world.balances)
    close_books(
        world, terms, ledger, BookParameters(staff_cost=10.0), FinanceParameters(), PayParameters(par=60.0, social_time=0.3), 0.15,
        np.ones(world.n_places), CAUSES, Step.COMMITTEES,
    )  # fmt: skip
    rows, (staff,) = ledger.rows(), {ledger.kind("staff")}
    change = -np.array([rows["amount"][(rows["payer"] == a) & (rows["kind"] == staff)].sum() for a in range(len(before))])
    bill = 10.0 / 4 * zones.staff[1]
    assert change[acc.zone0 + 1] == 0.0
    assert change[acc.platform0 + 1] == pytest.approx(-0.75 * bill)
    county = acc.county0 + int(zones.county[1])
    assert change[county] == 0.0 and world.balances[county] - before[county] == pytest.approx(-(0.25 + 0.3) * bill)
    assert change[acc.zone0] == pytest.approx(-10.0 / 4 * zones.staff[0])


def test_the_field_is_the_same_for_two_runs_of_one_seed_and_moves_slowly():
    p = FieldParameters()
    first, second, later = (field_scores(5, year, 0, 400, p.mean, p.spread, p.persistence) for year in (2015, 2015, 2016))
    assert np.array_equal(first, second)
    assert np.corrcoef(first, later)[0, 1] == pytest.approx(p.persistence, abs=0.1)
    assert first.mean() == pytest.approx(p.mean, abs=1.5) and first.std() == pytest.approx(p.spread, abs=1.0)


def test_qualities_by_hand():
    one, usual = np.array([1.0]), qualities.Inspection(0.3, 0.6, 180.0, 12.0, 0.1, 0.25)
    assert qualities.policy_implementation(3 * one, one, one, 0 * one, usual)[0] == pytest.approx((0.5 * 0.75 + 0.5 * 0.6) * 0.3)
    assert qualities.land_management(2 * one, 2 * one, 10 * one)[0] == pytest.approx(0.7)
    assert qualities.plan_execution(one, 4 * one, one, 2 * one)[0] == pytest.approx(0.375)
    assert qualities.environment(one, 2 * one, one, usual)[0] == pytest.approx(0.625)
    assert qualities.basic_work(np.array([2.0]), np.array([30.0]), usual)[0] == pytest.approx(1 - np.exp(-0.1 * 1800 * 2 / (12 * 30)))


def test_qualities_are_held_against_the_parameters_of_what_makes_them(plan):
    changed = {"committee": {"usual_solved": 0.4, "usual_meetings": 0.5}, "approval": {"base_days": 100.0}, "evaluation": {"assessed": 0.5}}
    usual = inspection_of({**plan.parameters, **{name: plan.parameters[name].model_copy(update=values) for name, values in changed.items()}})
    one = np.array([1.0])
    assert qualities.policy_implementation(one, 0 * one, one, 0 * one, usual)[0] == pytest.approx((0.5 + 0.5 * 0.4) * 0.5)
    assert qualities.service_management(300 * one, one, one, usual)[0] == pytest.approx(0.5 * 0.25 + 0.5 * 0.4)
    assert qualities.environment(one, 2 * one, one, usual)[0] == pytest.approx(0.75)
    m = Measures(np.ones((1, len(MEASURES), 1)), 1.0, usual)
    assert INDICATORS["ql_service_management"].compute(m)[0, 0] == pytest.approx(0.5 * 100 / 101 + 0.5 * 0.4)
    assert INDICATORS["ql_policy_implementation"].compute(m)[0, 0] == pytest.approx(0.5 * 0.5 + 0.5 * 0.4)


def test_softness_scales_how_far_reports_raise_criteria():
    usual = EvaluationParameters().soft
    assert np.allclose(EvaluationParameters(softness=0.5).soft, 0.5 * usual)
    assert EvaluationParameters(softness=1.5).soft.max() == 1.0 and not EvaluationParameters(softness=0.0).soft.any()


def test_gaming_raises_the_score_and_not_the_thing(plan):
    from zonesim.model import ZoneModel

    scores, criteria = [], []
    for reported in (0.0, 2.0):
        model = ZoneModel(plan, 1)
        model.parameters = {**plan.parameters, "evaluation": EvaluationParameters(reported=reported)}
        while model.quarter < model.world.start + 4:
            model.step()
        model.world.zones.reporting[: model.world.zones.n] = [0.25] + [0.0] * (model.world.zones.n - 1)
        value_added = model.world.zones.value_added_year.copy()
        model.open_quarter()
        model.open_year()
        scores.append(model.world.zones.score[: model.world.zones.n].copy())
        criteria.append(value_added)
    assert np.array_equal(*criteria)
    assert scores[1][0] > scores[0][0] + 1.0 and np.array_equal(scores[0][1:], scores[1][1:])


def test_profit_of_the_measures_is_that_of_the_enterprises(plan):
    from zonesim.indicators.evaluation import profit
    from zonesim.indicators.measures import Measures
    from zonesim.indicators.table import aggregate
    from zonesim.model import ZoneModel

    model = ZoneModel(plan, 2)
    for _ in range(3):
        model.step()
    observer = model.observer
    measured = profit(Measures(aggregate(observer.cube, observer.membership, [slice(2, 3)]), 0.25, observer.inspection))
    assert measured[0, -1] == pytest.approx(float(model.world.enterprises.live("profit").sum()), rel=1e-9)


def test_awards_levels_and_ranks_are_indicators(plan):
    from zonesim.indicators import tabulate
    from zonesim.model import ZoneModel
    from zonesim.policies.instrument import build_instrument
    from zonesim.policies.package import Package
    from zonesim.scenario.schema import site_info

    raw = {
        "instrument": "awards",
        "clause": "002§3.2e",
        "start": "2014-01-01",
        "award_amount": 50.0,
        "zone_special_fund_amount": {"value": 0, "assumption": "t"},
    }
    one, problems = build_instrument("awards", raw | {"award_growth_criterion": False}, site_info(plan.region))
    assert not problems
    model = ZoneModel(plan, 2)
    model.package = Package((one,), site_info(plan.region))
    for _ in range(8):
        model.step()
    series = tabulate(model.observer, model.paid())

    def values(name, period):
        at = (series.indicator == series.indicators.index(name)) & (series.period == series.periods.index(period))
        return {series.groups[g][1]: v for g, v in zip(series.group[at], series.value[at], strict=True)}

    awards = values("award_received", "2015")
    ranks, levels, national = values("evaluation_rank_city", "2015"), values("zone_level", "2015"), values("national_rank", "2015")
    scores, in_province = values("evaluation_score", "2015"), values("evaluation_rank", "2015")
    assert set(awards) == set(ranks) == set(levels) == set(scores) == set(in_province)
    order = sorted(scores, key=lambda zone: -scores[zone])
    assert [ranks[zone] for zone in order] == list(range(1, len(order) + 1)), "the rank in the region is of the score that is published"
    assert sorted(in_province.values()) == [in_province[zone] for zone in order] and all(1 <= rank <= 66 for rank in in_province.values())
    for name in ("evaluation_score", "evaluation_rank", "evaluation_rank_city"):  # what the opening stands at is no evaluation
        assert values(name, "2014Q1") == {} and set(values(name, "2015")) == set(ranks)
    won = {zone for zone, amount in awards.items() if amount > 0}
    assert {zone for zone, rank in ranks.items() if rank <= 2} <= won and all(awards[zone] == 50.0 for zone in won)
    assert set(national) == {zone for zone, level in levels.items() if level == 3} and all(1 <= rank <= 219 for rank in national.values())
    assert sum(values("award_received", "2014").values()) == 0.0
    service = values("ql_service_management", "2015")
    assert "anning_park" in service and "anning_urban" not in service and all(0 < v < 1 for v in service.values())
