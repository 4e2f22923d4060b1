"""How committees are scored, ranked, awarded and enlarged, and how many cases they handle, worked out from docs/model.md section 12 alone."""

import numpy as np
import pytest

from tests.hand_made import PARK, Causes, terms_for
from zonesim.accounts.awards import pay_awards, winners
from zonesim.accounts.evaluation import EvaluationParameters, evaluate, set_weights
from zonesim.accounts.expansion import ExpansionParameters, reward_zones
from zonesim.accounts.ranking import NATIONAL_FIELD, PROVINCIAL_FIELD, FieldParameters, field_scores, score_in_field
from zonesim.behaviour.case_work import CaseWorkParameters, plan_capacity, waiting_cases
from zonesim.world.flows import Flows
from zonesim.world.places import Effort

FIELD = dict(
    province_zones=66, national_zones=219, mean=70.0, spread=9.0, growth=0.0, catching_up=0.5, lone_spread=0.4, most_lead=2.5, in_province=0.5, in_country=-0.6
)


def scored(world, x, mean, spread, reported=0.0, **numbers):
    """Score all committees, each with the first two criteria alike but for what is given."""
    n = world.zones.n
    rows = np.tile(np.asarray(x, dtype=float), (n, 1)) if np.ndim(x) == 1 else np.asarray(x, dtype=float)
    return score_in_field(world, rows, np.array(mean), np.array(spread), np.full((n, 2), reported), FieldParameters(**(FIELD | numbers)))


@pytest.fixture
def zones(world):
    """All committees active, with weights 3 and 4 on two criteria that nobody has been measured by."""
    z = world.zones
    z.weights[:], z.merged[:], world.evaluation_reference[:] = 0.0, False, 0.0
    z.weights[: z.n, :2] = [3.0, 4.0]
    return z


def test_a_score_counts_leads_in_spreads_by_weights_over_their_root(world, zones):
    """(3 x 1 + 4 x (-0.5)) / 5 = 0.2: 70 + 9 (0.5 + 0.2)."""
    assert scored(world, [12.0, -6.0], [10.0, -5.0], [2.0, 2.0]) == pytest.approx(np.tile([1.0, -0.5], (zones.n, 1)))
    assert zones.score[: zones.n] == pytest.approx(76.3)
    scored(world, [12.0, -6.0], [10.0, -5.0], [2.0, 2.0], reported=0.5)
    assert zones.score[: zones.n] == pytest.approx(70 + 9 * (0.5 + 0.2 + 0.5 * 7 / 5)), "figures that are reported half a spread higher"


def test_leads_count_up_to_a_limit_and_points_up_to_a_hundred(world, zones):
    assert scored(world, [100.0, -100.0], [10.0, -5.0], [2.0, 2.0]) == pytest.approx(np.tile([2.5, -2.5], (zones.n, 1)))
    scored(world, [100.0, -5.0], [10.0, -5.0], [2.0, 2.0])
    assert zones.score[: zones.n] == pytest.approx(70 + 9 * (0.5 + 3 * 2.5 / 5))
    scored(world, [100.0, 100.0], [10.0, -5.0], [2.0, 2.0])
    assert (zones.score[: zones.n] == 100).all(), "and not 70 + 9 (0.5 + 2.5 x 7/5) = 106"


def test_where_zones_do_not_differ_two_fifths_of_the_mean_are_a_spread(world, zones):
    """0.4 x 5 = 2, of a criterion where less is better too."""
    assert scored(world, [10.0, -4.0], [10.0, -5.0], [0.0, 0.0]) == pytest.approx(np.tile([0.0, 0.5], (zones.n, 1)))


def test_the_others_follow_the_region_by_half_a_year(world, zones):
    """From 10 and 2 to 14 and 4: 12 and 3, of which 18 is 2 above."""
    scored(world, [12.0, -5.0], [10.0, -5.0], [2.0, 2.0])
    assert scored(world, [18.0, -5.0], [14.0, -5.0], [4.0, 2.0])[:, 0] == pytest.approx(2.0)


@pytest.mark.parametrize("growth", [0.0, 2.0])
def test_ranks_are_held_among_the_other_zones_of_province_and_country(world, zones, growth):
    """The first is 1, the last 0.5 spreads behind; merged ones have no rank; others get better by points a year."""
    n = zones.n
    world.start = world.quarter - 8
    zones.merged[n - 1], zones.level[:n] = True, 1
    zones.level[:2] = 3
    x = np.tile([10.0, -5.0], (n, 1))
    x[0], x[1] = [14.0, -5.0], [9.0, -5.0]
    scored(world, x, [10.0, -5.0], [2.0, 2.0], growth=growth)
    merit = np.where(np.arange(n) == 0, 3 * 2 / 5, np.where(np.arange(n) == 1, -3 * 0.5 / 5, 0.0))
    points, abroad = 70 + 9 * (0.5 + merit), 70 + 9 * (-0.6 + merit)
    facts = (world.seed, world.quarter // 4)
    province = field_scores(*facts, PROVINCIAL_FIELD, 66 - (n - 1), 70 + 2 * growth, 9.0, 0.8)
    country = field_scores(*facts, NATIONAL_FIELD, 219 - 2, 70 + 2 * growth, 9.0, 0.8)
    assert zones.rank[0] == 1 and zones.rank[1] == n - 1 and zones.score[n - 1] == 0 == zones.province_rank[n - 1]
    assert zones.province_rank[0] == 1 + (province > points[0]).sum()
    assert zones.province_rank[1] == 1 + (province > points[1]).sum() + n - 2
    assert zones.national_rank[:2].tolist() == [1 + (country > abroad[0]).sum(), 2 + (country > abroad[1]).sum()]
    assert (zones.national_rank[2:n] == 0).all()


@pytest.fixture
def evaluated(world, zones):
    """Evaluate a year in which the city grew by a tenth, from 1,000, and the committees from 100 each by what is given."""

    def run(grew=0.2, terms=None, **numbers):
        n = zones.n
        zones.value_added_last[:n], zones.value_added_year[:n] = 100.0, 100.0 * (1 + np.asarray(grew))
        world.counties.value_added_last[: world.counties.n] = 1000.0 / world.counties.n
        world.year_sums["by_site"][Flows.BY_SITE.index("value_added")] = 1100.0 / world.n_places
        evaluate(world, terms_for(world) if terms is None else terms, EvaluationParameters(**numbers), FieldParameters(**FIELD), None)
        return zones

    zones.weights[:] = 0.0
    zones.weights[: zones.n, 0] = 1.0
    return run


def test_growth_is_held_against_the_citys_and_books_are_turned(world, evaluated):
    z = evaluated(0.2)
    n = z.n
    assert z.growth[:n] == pytest.approx(0.2) and z.growth_gap[:n] == pytest.approx(0.1 - 0.2)
    assert z.value_added_last[:n] == pytest.approx(120.0) and not z.value_added_year[:n].any()
    assert world.counties.value_added_last[: world.counties.n].sum() == pytest.approx(1100.0)


def test_debt_is_kept_for_the_next_year(evaluated, world):
    z = world.zones
    z.platform_debt[0], z.bonds[0], z.policy_loans[0], z.partner_claims[0] = 10.0, 20.0, 30.0, 40.0
    assert evaluated().debt_last[0] == pytest.approx(100.0)


def test_a_quarter_of_effort_in_reports_raises_growth_by_half_of_its_softness(world, zones, evaluated):
    """0.6 x 1 x sqrt(0.25)."""
    zones.reporting[: zones.n] = 0.25
    grew = np.linspace(0.0, 0.1, zones.n)
    before = evaluated(grew, reported=0.0).criteria[: zones.n, 0].copy()
    world.evaluation_reference[:] = 0.0
    assert evaluated(grew, reported=1.0).criteria[: zones.n, 0] - before == pytest.approx(0.3)


def test_committees_that_are_merged_are_no_measure(zones, evaluated):
    """The others have grown by 0.1 and 0.3 in turn: u is -1 and 1 whatever the merged one has done."""
    n = zones.n - 1 if zones.n % 2 else zones.n - 2
    zones.merged[n : zones.n] = True
    grew = np.where(np.arange(zones.n) % 2, 0.3, 0.1)
    grew[n:] = 9.0
    assert evaluated(grew).criteria[:n, 0] == pytest.approx(np.where(np.arange(n) % 2, 1.0, -1.0))


@pytest.mark.parametrize("uncounted", [0.0, 1.0])
def test_entrusted_parks_may_be_left_out(world, zones, evaluated, uncounted):
    """Taxes per value added: of the park alone."""
    zone = int(world.places.zone[PARK])
    zones.weights[: zones.n, :2] = [0.0, 1.0]
    world.places.entrusted[:], world.year_sums["tax"][:] = False, 0.0
    world.places.entrusted[PARK], world.year_sums["tax"][PARK] = True, 12.0
    x = evaluated(terms=terms_for(world, entrusted_uncounted=uncounted)).criteria[zone, 1]
    assert (x > 0) == (uncounted == 0)


def test_revised_weights_are_drawn_once_for_all_and_add_up_to_one(world):
    zones = world.zones
    set_weights(world, terms_for(world), EvaluationParameters(revision=0.3))
    usual = zones.weights[: zones.n].copy()
    set_weights(world, terms_for(world, weight_revision=1.0), EvaluationParameters(revision=0.3))
    revised = zones.weights[: zones.n]
    assert revised.sum(axis=1) == pytest.approx(1.0) and (revised == revised[0]).all() and not np.allclose(revised, usual)
    assert usual[0, :7] == pytest.approx([0.2, 0.15, 0.2, 0.15, 0.1, 0.1, 0.1])


# --- awards, expansion, case work ---------------------------------------------------------------------------------------------------------


def test_who_shrinks_is_not_first_by_growth_and_who_is_merged_wins_nothing(world, zones):
    n = zones.n
    zones.rank[:n], zones.province_rank[:n], zones.growth[:n] = 9, 99, -0.1
    zones.growth[0], zones.growth[1] = -0.05, -0.02
    terms = terms_for(world, award_growth=1.0, award_city_rank=2.0, award_province_rank=10.0)
    assert not winners(world, terms)[0].any()
    zones.growth[1], zones.merged[2], zones.province_rank[2] = 0.02, True, 0
    assert np.flatnonzero(winners(world, terms)[0]).tolist() == [1]


def test_the_fund_is_for_works_and_no_less_for_who_shrank(world, zones, books):
    """300 by 1 + 10 x 0.1 and 1: 200 and 100, of which the city has half."""
    n, acc = zones.n, world.accounts
    zones.rank[:n], zones.province_rank[:n], zones.growth[:n], zones.infrastructure_fund[:n] = 9, 99, 0.0, 7.0
    zones.rank[:2], zones.growth[:2] = [1, 2], [0.1, -0.05]
    world.balances[acc.CITY] = 150.0
    terms = terms_for(world, award_growth=1.0, award_city_rank=2.0, zone_fund=300.0)
    assert pay_awards(world, terms, books, 10.0, Causes())[:2] == pytest.approx([100.0, 50.0])
    assert zones.infrastructure_fund[:3] == pytest.approx([107.0, 57.0, 7.0]) and world.balances[acc.zone0] == pytest.approx(100.0)


@pytest.mark.parametrize(
    "level, merged, known, became, reputation", [(1, False, 1.0, 2, 1.1), (2, False, 1.95, 3, 2.0), (3, False, 1.0, 3, 1.0), (1, True, 1.0, 1, 1.0)]
)
def test_a_higher_level_is_better_known_up_to_the_nations(world, zones, level, merged, known, became, reputation):
    z = int(world.places.zone[PARK])
    zones.score[: zones.n], zones.level[z], zones.merged[z], world.places.reputation[PARK], zones.staff[z] = 95.0, level, merged, known, 40.0
    world.places.level[PARK] = level
    reward_zones(
        world, terms_for(world, expansion_line=90.0, expansion_years=1.0, expansion_level=1.0), ExpansionParameters(priority=1.0, renown=0.1, staff=0.25)
    )
    assert (zones.level[z], world.places.level[PARK], world.places.reputation[PARK]) == pytest.approx((became, became, reputation))
    assert zones.staff[z] == pytest.approx(50.0 if became > level else 40.0)


def test_a_company_lets_a_committee_handle_more_and_a_merger_less(world, zones):
    """0.5 x 100 x (0.5 + 0.5 x 0.1/0.2) = 37.5, of which 0.8 in a merger, and a fifth more with a company."""
    zones.staff[: zones.n], zones.effort[: zones.n, Effort.SERVICE], world.service_dip[:] = 100.0, 0.1, 1.0
    world.service_dip[1] = 0.8
    plan_capacity(world, terms_for(world, company_model=1.0), CaseWorkParameters(per_person=0.5, fixed=0.5, least=8.0), 0.2)
    assert zones.service_capacity[:2] == pytest.approx([45.0, 36.0])
    zones.queue[: zones.n] = np.arange(zones.n)
    assert waiting_cases(world)[: zones.n].tolist() == list(range(zones.n))
