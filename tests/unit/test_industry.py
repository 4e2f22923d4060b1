"""Promotion, leading industries, suppliers nearby, bespoke deals and openness, by numbers worked out by hand."""

import math

import numpy as np
import pytest

from zonesim.accounts.promotion import concentrate
from zonesim.behaviour.applicants import Applicants
from zonesim.behaviour.bespoke import bargain, bespoke_days
from zonesim.behaviour.leading_industries import name_leading, plan_industries, refund_limit, revealed_advantage
from zonesim.behaviour.promotion import _direct, by_money, chain_gain, promote
from zonesim.behaviour.promotion_channels import _spread_over_channels, _through_channels
from zonesim.behaviour.promotion_parameters import PromotionParameters
from zonesim.behaviour.supply import SupplyParameters, _match, bought_nearby, match_suppliers, within_reach
from zonesim.behaviour.trade import export_share, trade_shares
from zonesim.model import ZoneModel
from zonesim.policies.mappings import wrong_assignment, wrong_shares
from zonesim.world import load_world
from zonesim.world.industries import load_industries


def directed(**change):
    """Two zones of one park each that find 10 projects in five equal industries."""
    found = np.full((2, 5), 2.0)
    facts = {
        "zone": np.array([0, 1]), "found": found, "leading": np.zeros((2, 5)), "advantage": np.ones((2, 5)), "differentiation": np.zeros(2),
        "embedding": np.zeros(2), "missing": np.zeros((2, 5)), "focus": 0.7, "overlap": 2.0, "elasticity": 0.5,
    }  # fmt: skip
    facts |= change
    _direct.py_func(*facts.values())
    again = np.full((2, 5), 2.0)
    facts["found"] = again
    _direct(*facts.values())
    assert np.allclose(found, again, rtol=1e-14)
    return found


def test_without_terms_promotion_stays_as_it_is():
    assert directed() == pytest.approx(np.full((2, 5), 2.0))


def test_a_leading_industry_gets_its_part_and_fewer_mean_a_narrower_and_smaller_stream():
    one, three = np.zeros((2, 5)), np.zeros((2, 5))
    one[0, 0] = 1
    three[0, :3] = 1
    found = directed(leading=one)
    # part of the leading one: 0.3 * 0.2 + 0.7 = 0.76, so 2 * sqrt(0.76 / 0.2); of the others 0.3 * 0.2
    assert found[0, 0] == pytest.approx(2 * math.sqrt(0.76 / 0.2)) and found[0, 1] == pytest.approx(2 * math.sqrt(0.3))
    assert found[1] == pytest.approx(np.full(5, 2.0))
    more = directed(leading=three)
    assert more[0, 0] < found[0, 0] and more[0].sum() > found[0].sum()


def test_differentiation_turns_a_zone_away_from_what_another_does_better():
    advantage = np.ones((2, 5))
    advantage[0, 0], advantage[1, 0] = 2.0, 1.0
    found = directed(advantage=advantage, differentiation=np.ones(2))
    part = 0.2 * 0.25 / (0.8 + 0.2 * 0.25)
    assert found[1, 0] == pytest.approx(2 * math.sqrt(part / 0.2))
    assert found[0, 0] == pytest.approx(2.0)  # it is the best one, and keeps its split


def test_missing_suppliers_draw_the_promotion_that_embedding_turns_over():
    missing = np.zeros((2, 5))
    missing[0, 4] = 30.0
    found = directed(missing=missing, embedding=np.array([0.5, 0.0]))
    assert found[0, 4] == pytest.approx(2 * math.sqrt((0.5 * 0.2 + 0.5) / 0.2)) and found[0, 0] == pytest.approx(2 * math.sqrt(0.5))


def test_money_buys_contacts_with_falling_returns():
    steps = np.diff([by_money(100.0 * k, 100.0, 0.3) for k in range(5)])
    assert (steps > 0).all() and (np.diff(steps) < 0).all()


def test_channels_differ_in_number_and_place_and_the_own_team_changes_nothing():
    mass = np.array([[8.0, 1.0]])
    io = np.array([[0.1, 0.3], [0.0, 0.1]])
    volume = PromotionParameters().of_channels("volume")

    def spread(channel):
        found, weights, mix = np.array([[3.0, 1.0]]), np.zeros((6, 1, 2)), np.zeros((6, 1))
        mix[channel] = 1.0
        _spread_over_channels(np.array([0]), mass, io, mix, volume, found, weights)
        return found

    assert spread(5) == pytest.approx(np.array([[3.0, 1.0]]))
    assert spread(3) == pytest.approx(1.4 * np.array([[3.0, 1.0]]))
    for channel in (0, 4):  # chains and incumbents move the split, not the mean
        found = spread(channel)
        assert found.sum() == pytest.approx(volume[channel] * 4.0) and found[0, 0] / found[0, 1] != pytest.approx(3.0)
    near = mass[0] / 10.0
    assert spread(4)[0, 0] == pytest.approx(3.0 * near[0] / ((3 * near[0] + near[1]) / 4))


def test_a_project_takes_the_traits_of_its_channel():
    p = PromotionParameters()
    weights = np.zeros((6, 1, 1))
    weights[2:] = 1.0  # all by funds
    who = Applicants(2)
    who.id[:], who.finder[:], who.industry[:] = (5, 6), (0, -1), 0
    who.value_added[:], who.capital[:], who.employment[:], who.land[:], who.sincerity[:], who.fee[:] = 10.0, 100.0, 20.0, 50.0, 0.2, 0.0
    _through_channels(
        2, np.uint64(1), 8000, who.id, who.whole, who.real, weights, p.of_channels("size"), p.of_channels("sincerity"), p.of_channels("fee"), 0.05
    )
    value, capital, jobs, land, sincerity, owed = who.value_added, who.capital, who.employment, who.land, who.sincerity, who.fee
    assert (value[0], capital[0], jobs[0], land[0]) == pytest.approx((18.0, 180.0, 36.0, 90.0))
    assert sincerity[0] == pytest.approx(0.35) and owed[0] == pytest.approx(0.02 * 180.0)
    assert (value[1], capital[1], sincerity[1], owed[1]) == (10.0, 100.0, 0.2, 0.0)  # nobody's project has no channel


def test_advantage_and_names():
    jobs = np.array([[80.0, 20.0], [10.0, 90.0]])
    assert revealed_advantage(jobs, jobs.sum(axis=0), 0.0)[0] == pytest.approx([0.8 / 0.45, 0.2 / 0.55])
    assert revealed_advantage(jobs, jobs.sum(axis=0), 1e9)[0] == pytest.approx([1.0, 1.0], abs=1e-5)
    score = np.log(np.array([[3.0, 2.0, 1.0], [2.9, 2.0, 1.9]]))
    both = name_leading(score, np.array([1.0, 2.0]), np.ones((2, 3), bool), np.zeros(2))
    assert both.tolist() == [[True, False, False], [True, True, False]]
    apart = name_leading(score, np.array([1.0, 2.0]), np.ones((2, 3), bool), np.full(2, 2.0))
    assert apart.tolist() == [[True, False, False], [False, True, True]]


def test_support_moves_to_the_key_parks_and_nothing_is_lost():
    zone, key = np.array([0, 0, 1, 1, -1]), np.array([0.6, 0.6, 0.0, 0.0, 0.0])
    amounts = np.array([10.0, 20.0, 30.0, 40.0, 7.0])
    concentrate(amounts, zone, key)
    assert amounts == pytest.approx([20.0, 40.0, 40 * 3 / 7, 40 * 4 / 7, 7.0])
    again = amounts.copy()
    concentrate(again, zone, 0.5 * key)  # they have more than that already
    assert np.array_equal(again, amounts)


def test_a_bargain_gives_the_part_of_the_tax_up_to_the_limit():
    b = np.linspace(0.01, 0.99, 9)
    for power in b:  # the Nash product g^b (T - g)^(1 - b) is largest at what is given
        grid = np.linspace(0.001, 0.999, 999)
        best = grid[np.argmax(power * np.log(grid) + (1 - power) * np.log(1 - grid))]
        assert bargain(0.2, 1e9, 1.0, power, 5.0) == pytest.approx(best, abs=2e-3)
    assert bespoke_days(200.0, 0.6, 45.0) == pytest.approx(165.0)


def test_no_more_is_bought_nearby_than_is_made_there():
    for supply in (0.1, 1.0, 10.0):
        assert bought_nearby(within_reach(supply, 2.0, 1.0), 0.5, 0.5) * 2.0 <= supply
    assert bought_nearby(0.4, 0.5, 0.0) == pytest.approx(0.2) and bought_nearby(0.4, 0.5, 0.2) == pytest.approx(0.28)


def test_what_embedding_adds_is_sold_by_suppliers_and_spares_their_customers():
    output = np.array([[100.0, 40.0]])
    io = np.array([[0.0, 0.5], [0.0, 0.0]])  # the second industry needs 20 of the first
    ratio = np.array([0.4, 0.25])
    p = SupplyParameters()

    def run(embedding):
        inputs, local, matched, cost = (np.zeros(1) for _ in range(4))
        missing, gain = np.zeros((1, 2)), np.zeros((1, 2))
        _match(output, np.eye(1), io, ratio, np.array([embedding]), p.vector, inputs, local, matched, cost, missing, gain)
        return inputs[0], local[0], matched[0], cost[0], missing, gain

    reach = 1 - math.exp(-0.8 * 100 / 20)
    inputs, local, matched, cost, missing, gain = run(0.0)
    assert (inputs, local, matched, cost) == pytest.approx((20.0, 20 * 0.68 * reach, 0.0, 0.0)) and not gain.any()
    assert missing[0] == pytest.approx([20 * (1 - reach), 0.0])
    _, local, matched, cost, _, gain = run(0.2)
    assert (local, matched, cost) == pytest.approx((20 * 0.88 * reach, 20 * 0.2 * reach, 0.01 * 20 * 0.2 * reach))
    assert gain[0, 0] == pytest.approx(math.log(1 + 0.15 * 4 * reach / 100))
    assert gain[0, 1] == pytest.approx(math.log(1 + 0.02 * 0.5 * 0.2 * reach / 0.25))


def test_exports_rise_with_foreign_ownership_and_access():
    assert export_share(0.1, 0.3, False, 2.0, 1.0, 0.9) == pytest.approx(0.03)
    assert export_share(0.1, 0.3, True, 2.0, 1.1, 0.9) == pytest.approx(0.099)
    assert [export_share(0.5, 1.0, True, 2.0, 1.1, most) for most in (0.3, 0.9)] == [0.3, 0.9]
    exported, imported = trade_shares()
    assert len(exported) == len(load_industries().ids) and (imported >= 0).all() and exported.max() == pytest.approx(0.4)


def test_shares_and_assignments_say_what_is_wrong():
    assert "add up to 0.9" in wrong_shares({"a": 0.9}, ("a",))
    assert "did you mean" in wrong_shares({"fnd": 1.0}, ("fund",))
    assert "between 0 and 1" in wrong_shares({"a": 1.5}, ("a",)) and "mapping" in wrong_shares([], ("a",))
    from tests.property.test_instruments import SITE

    assert wrong_assignment({"honggu": ["metals"]}, SITE) is None and wrong_assignment({}, SITE) is None
    assert "honggu" in wrong_assignment({"hongu": ["metals"]}, SITE)
    assert "metals" in wrong_assignment({"honggu": ["metal"]}, SITE)
    assert "list" in wrong_assignment({"honggu": "metals"}, SITE) and "mapping" in wrong_assignment(3, SITE)


def test_leading_industries_in_lanzhou(baseline, opening):
    """Named by advantage, kept apart by differentiation, planned by place; refunds go to them."""
    model = ZoneModel(baseline, 1, world=load_world(opening))
    world, p = model.world, model.parameters["promotion"]
    terms = model.terms.copy()
    plan_industries(world, terms, p)
    assert not world.economy.leading.any() and refund_limit(world, terms, p) is terms["refund_cap"]
    terms.lower_to("leading_count", True, 1)
    plan_industries(world, terms, p)
    parks = world.places.zone[: world.n_places] >= 0
    assert (world.economy.leading.sum(axis=1) == parks).all()
    alone = world.economy.leading.copy()
    apart = terms.copy()
    apart.raise_to("differentiation", True, 1.0)
    plan_industries(world, apart, p)
    assert len(set(world.economy.leading[parks].argmax(axis=1))) > len(set(alone[parks].argmax(axis=1)))
    honggu, metals = world.place_index("honggu_park"), world.industries.index("metals")
    planned = apart.copy()
    cells = np.zeros(planned["leading_by_plan"].shape, dtype=bool)
    cells[honggu, [metals, metals + 1]] = True
    planned.turn_on("leading_by_plan", cells)
    plan_industries(world, planned, p)
    assert world.economy.leading[honggu].nonzero()[0].tolist() == [metals, metals + 1]
    limit = refund_limit(world, planned, p)
    offer = world.zones.refund_offer[world.places.zone[honggu]]
    assert limit[honggu, metals] == planned["refund_cap"][honggu, metals] and limit[honggu, 0] == pytest.approx(0.4 * offer)


def test_budget_and_chains_raise_what_is_found(baseline, opening):
    model = ZoneModel(baseline, 1, world=load_world(opening))
    model.step()
    world, p = model.world, model.parameters["promotion"]
    n, m = world.zones.n, world.n_industries
    assert promote(world, model.terms, np.ones((n, m)), p, 0.5) is None
    world.zones.promotion_paid[0] = 25.0  # a quarter of the usual year
    found = np.ones((n, m))
    promote(world, model.terms, found, p, 0.5)
    assert found[0] == pytest.approx(np.full(m, 2**0.3)) and (found[1:] == 1).all()
    terms = model.terms.copy()
    terms.lower_to("chain_count", True, 3)
    gain = chain_gain(world, terms, p)
    assert (gain > 1).sum() == 3 and gain.max() == pytest.approx(3**0.4)
    biggest = np.argsort(-np.where(world.industries.zone_prior > 0, world.flows.output.sum(axis=0), -1))[:3]
    assert (gain[biggest] > 1).all()
    narrow = terms.copy()
    narrow.lower_to("chain_count", True, 1)
    assert chain_gain(world, narrow, p).max() > gain.max()


def test_matching_moves_purchases_in_lanzhou_and_acts_a_quarter_later(baseline, opening):
    model = ZoneModel(baseline, 1, world=load_world(opening))
    model.step()
    world, terms = model.world, model.terms.copy()
    before = world.flows.local_inputs.copy()
    assert 0.1 < before.sum() / world.flows.inputs.sum() < 0.6 and not world.economy.supply_gain.any()
    terms.raise_to("embedding", np.arange(world.n_places) == 0, 0.3)
    for name in ("inputs", "local_inputs", "matched_inputs", "supplier_matching"):
        getattr(world.flows, name)[:] = 0.0
    match_suppliers(world, terms, model.parameters["supply"])
    assert world.flows.local_inputs[0] == pytest.approx(before[0] * 0.98 / 0.68) and world.flows.local_inputs[1:] == pytest.approx(before[1:])
    gain = world.economy.supply_gain
    assert gain[0].max() > 0 and gain[1:].max() > 0  # suppliers elsewhere nearby sell more, too
    assert gain.max() < 0.2


def test_the_city_buys_nearby_what_location_quotients_say(baseline, opening):
    """Flegg and Webber (1997): input i of user j is met up to min(1, log2(1 + size)^0.3 LQ_i / LQ_j), non-tradables up to min(1, LQ_i)."""
    model = ZoneModel(baseline, 1, world=load_world(opening))
    model.step()
    industries, flows = model.world.industries, model.world.flows
    city, nation = 4 * flows.output.sum(axis=0), industries.national_value_added / industries.value_added_ratio * 10_000
    quotient = city / city.sum() / (nation / nation.sum())
    cross = np.where(np.eye(len(city), dtype=bool), quotient[:, None], quotient[:, None] / quotient[None, :])
    met = np.minimum(1.0, np.log2(1 + city.sum() / nation.sum()) ** 0.3 * cross)
    met = np.where(industries.is_tradable[:, None] > 0, met, np.minimum(1.0, quotient)[:, None])
    bought = industries.input_output * city[None, :]
    expected = (bought * met).sum() / bought.sum()
    assert flows.local_inputs.sum() / flows.inputs.sum() == pytest.approx(expected, abs=0.03)
