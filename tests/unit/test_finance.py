"""Public finance of zones: debts and their cap, partners, tilts, equity, buy-back, listing."""

import numpy as np
import pytest

from zonesim.accounts.books.committees import MIX, split_works
from zonesim.errors import AccountsError
from zonesim.model import ZoneModel
from zonesim.policies.instrument import build_instrument
from zonesim.scenario.schema import Scenario, site_info
from zonesim.world import load_world


def measure(name, **settings):
    """An instrument on from the opening, as a scenario writes it."""
    return {"instrument": name, "clause": "000§0", "start": "2014-01-01", **{k: {"value": v, "assumption": "test"} for k, v in settings.items()}}


def run(baseline, opening, *entries, quarters=8, check=True):
    """Run the baseline region with some instruments from the saved opening."""
    site, built = site_info(baseline.region), []
    for k, raw in enumerate(entries):
        instrument, problems = build_instrument(f"m{k}", raw, site)
        assert not problems, problems
        built.append(instrument)
    scenario = Scenario(baseline.document, baseline.resolved, tuple(built))
    scenario.end = scenario.start + quarters - 1
    model = ZoneModel(scenario, 1, check=check, world=load_world(opening))
    for _ in range(quarters):
        model.step()
    return model


def paid(model, kind):
    """All payments of a kind."""
    rows = model.ledger.rows()
    return float(rows["amount"][rows["kind"] == model.ledger.kind(kind)].sum())


def works(model, quarters=slice(None)):
    """Infrastructure investment in all parks by quarter."""
    cube = model.observer.cube[:, model.observer.names.index("infrastructure_investment")]
    return cube[quarters][:, model.world.places.zone[: model.world.n_places] >= 0].sum(axis=1)


def test_bonds_are_what_was_issued_less_what_was_repaid(baseline, opening):
    model = run(baseline, opening, measure("special_bonds", special_bond_amount=7000))
    zones = model.world.zones
    owed = zones.bonds[: zones.n].sum()
    assert owed == pytest.approx(paid(model, "special_bond") - paid(model, "bond_repayment"), rel=1e-12)
    rows = model.ledger.rows()
    issued = rows["amount"][(rows["kind"] == model.ledger.kind("special_bond")) & (rows["quarter"] == model.quarter - 1)]
    assert 0 < issued.sum() <= 7000 / 4 + 1e-9, "no more than the quota"


def test_a_tight_cap_stops_borrowing(baseline, opening):
    programme = measure("infrastructure_programme", infra_investment_rate=200_000)
    free, capped = run(baseline, opening, programme), run(baseline, opening, programme, measure("debt_cap", debt_ratio_cap=0.5))

    def owed(model):
        zones = model.world.zones
        return (zones.platform_debt + zones.policy_loans + zones.bonds)[: zones.n].sum()

    assert owed(capped) < owed(free)
    assert works(capped).sum() < works(free).sum()


def test_partners_bring_works_forward_and_are_paid_later(baseline, opening):
    plain, shared = (run(baseline, opening, *with_) for with_ in ((), (measure("private_partners", ppp_share=0.4),)))
    assert works(shared)[1] > works(plain)[1]
    assert paid(shared, "ppp_works") > 0 and paid(shared, "ppp_payment") > 0
    zones = shared.world.zones
    payments = zones.partner_claims[: zones.n] * (0.07 + 1 / 15)
    last = 0.10 * zones.revenue_last_year[: zones.n]
    assert (payments <= 1.3 * last + 1.0).all(), "about a tenth of revenue, which moves after the contract is signed"


def test_interest_is_subsidised_by_the_centre(baseline, opening):
    programme = measure("infrastructure_programme", infra_investment_rate=50_000)
    model = run(baseline, opening, programme, measure("interest_subsidy", infra_loan_interest_subsidy_rate=0.5))
    rows = model.ledger.rows()
    mine = rows["kind"] == model.ledger.kind("interest_subsidy")
    assert mine.any() and (rows["payer"][mine] == model.world.accounts.CENTRE).all()


def test_the_tilt_moves_works_between_zones_and_other_places(baseline, opening):
    none, everything = (run(baseline, opening, measure("fund_tilt", special_fund_zone_tilt=t), quarters=2) for t in (0.0, 1.0))
    places, n = none.world.places, none.world.n_places
    with_zones = np.isin(places.county[:n], places.county[:n][places.zone[:n] >= 0])
    outside = (places.zone[:n] < 0) & with_zones  # a county without a zone keeps its own works
    column = none.observer.names.index("infrastructure_investment")
    left, usual = (float(m.observer.cube[:, column][:, outside].sum()) for m in (everything, none))
    assert 0.5 * usual < left < 0.8 * usual, "other places keep what is not paid by special funds, 0.7 of the works"
    assert works(everything).sum() > works(none).sum()


def test_functional_works_leave_the_rest_to_living():
    out = np.empty(len(MIX))
    split_works(np.full(5, 0.2), MIX, 0.8, out)
    assert out[7] == pytest.approx(0.2) and out.sum() == pytest.approx(1.0)
    split_works(np.full(5, 0.2), MIX, -1.0, out)
    assert out == pytest.approx(MIX)


def test_factories_bought_back_are_let_and_owed(baseline, opening):
    model = run(baseline, opening, measure("factory_buyback", factory_buyback_enabled=True), quarters=4)
    assert paid(model, "factory_purchase") > 0
    places, n = model.world.places, model.world.n_places
    assert (places.factory_let[:n] <= places.factory[:n]).all()


def test_the_fund_calls_places_loses_and_gets_back(baseline, opening):
    model = run(baseline, opening, measure("industry_fund", industry_fund_size=100_000), quarters=12)
    world = model.world
    stakes = world.enterprises.live("equity").sum()
    assert stakes > 0 and 0 < world.fund_called <= 100_000 * (1 + 1e-12)
    assert stakes + world.equity_lost == pytest.approx(paid(model, "equity") - paid(model, "equity_exit"), rel=1e-9)
    assert world.balances[world.accounts.fund] >= -1e-6


def test_state_equity_is_within_a_part_of_the_citys_money(baseline, opening):
    model = run(baseline, opening, measure("state_equity", state_equity_share=0.3))
    assert paid(model, "equity") == pytest.approx(paid(model, "fund_capital"), rel=1e-9)
    assert model.world.balances[model.world.accounts.CITY] >= 0


def test_listed_enterprises_are_counted(baseline, opening):
    model = run(baseline, opening, quarters=17)
    e = model.world.enterprises
    counted = model.observer.cube[-1, model.observer.names.index("listed_count")].sum()
    there = (e.live("listed") & np.isin(e.live("stage"), (3, 4, 5))).sum()
    assert 0 < there <= counted <= e.live("listed").sum(), "counted before the quarter's exits"
    assert paid(model, "listing") > 0


@pytest.mark.parametrize("stock", ["bonds", "policy_loans", "partner_claims", "platform_debt"])
def test_a_debt_that_nobody_lent_is_noticed(stock, baseline, opening):
    model = run(baseline, opening, measure("special_bonds", special_bond_amount=7000), quarters=2)
    getattr(model.world.zones, stock)[0] += 100.0
    model.scenario.end += 1
    for name in ("cube", "scores", "passed", "moves"):  # one quarter more
        seen = getattr(model.observer, name)
        setattr(model.observer, name, np.concatenate([seen, np.zeros_like(seen[:1])]))
    with pytest.raises(AccountsError, match="paid back"):
        model.step()


def test_parks_under_another_committee_get_its_better_terms(baseline):
    from zonesim.policies.package import Package

    site = site_info(baseline.region)
    child = next(z for z, parent in enumerate(site.parents) if parent)
    parent = site.parents[child]
    place = site.zones.index(site.zone_ids[child])
    relief, problems = build_instrument("a", {**measure("rent_reduction", rent_reduction_rate=0.4), "places": [site.place_ids[site.zones.index(parent)]]}, site)
    extension, more = build_instrument("b", measure("policy_extension", preferential_policy_extension=True), site)
    assert not problems and not more
    plain, extended = (Package(ones, site).terms_at(baseline.start) for ones in ((relief,), (relief, extension)))
    assert plain["rent_relief"][place].max() == 0.0
    assert extended["rent_relief"][place] == pytest.approx(0.4)


def test_the_terms_that_extend_are_there():
    from zonesim.policies.extension import LESS_IS_BETTER, MORE_IS_BETTER
    from zonesim.terms import TERMS

    assert set(MORE_IS_BETTER) | set(LESS_IS_BETTER) <= set(TERMS)
