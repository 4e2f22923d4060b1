"""Who pays whom, and what quotas, stakes, talent and tenants come to, on a small world, worked out from docs/model.md alone."""

import math

import numpy as np
import pytest

from tests.conftest import ROOT
from tests.hand_made import INDUSTRY, PARK, Causes, rows_of, terms_for
from zonesim import quarters
from zonesim.accounts.contracts import share_costs, share_taxes
from zonesim.accounts.equity import call_capital, settle_equity
from zonesim.accounts.integration import integrate
from zonesim.accounts.land_payments import settle_land
from zonesim.accounts.promotion import PromotionCostParameters, pay_for_promotion
from zonesim.accounts.quotas import QuotaParameters, allocate_quotas
from zonesim.accounts.settlement import settle_enterprises
from zonesim.accounts.sharing import SharingParameters, settle_taxes
from zonesim.behaviour.equity import EquityParameters, place_equity
from zonesim.behaviour.incubation import house_tenants
from zonesim.behaviour.talent import TalentParameters, attract
from zonesim.indicators.measures import SCORES
from zonesim.indicators.table import tabulate
from zonesim.model import ZoneModel
from zonesim.scenario import load_scenario
from zonesim.world.enterprises import Stage
from zonesim.world.places import Kind, Mark


def accounts_of(world, place=PARK):
    """Enterprises, committee, platform company and county of a park."""
    acc, z, c = world.accounts, int(world.places.zone[place]), int(world.places.county[place])
    return acc.enterprise0 + place, acc.zone0 + z, acc.platform0 + z, acc.county0 + c


def of_kind(ledger, kind):
    rows = ledger.of_this_quarter()
    return float(rows["amount"][rows["kind"] == ledger.kind(kind)].sum())


# --- section 5: taxes, and refunds ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("retained, refunds, unpaid", [(0.0, 5.0, 0.0), (0.6, 5.0, 0.0), (0.0, 60.0, 60.0 - 44.0)])
def test_a_tax_is_split_and_a_refund_is_paid_by_the_committee_then_the_county(world, books, retained, refunds, unpaid):
    """Of 200 the centre takes half, the province 20 % of the rest, the city 45 % of what is left: the county has 44, of which a committee keeps a quarter or more."""
    firm, committee, _, county = accounts_of(world)
    world.flows.taxes[PARK, 0], world.flows.refunds[PARK] = 200.0, refunds
    left = settle_taxes(
        world,
        terms_for(world, autonomy_retained=retained),
        books,
        np.array([0.5, 0, 0.6, 0, 0]),
        SharingParameters(province=0.2, city=0.45, usual_transfer=0.25),
        Causes(),
    )
    acc, kept = world.accounts, max(0.25, retained) * 44.0
    assert [world.balances[k] for k in (acc.CENTRE, acc.PROVINCE, acc.CITY)] == pytest.approx([100.0, 20.0, 36.0])
    first = min(kept, refunds)
    assert world.balances[committee] == pytest.approx(kept - first) and world.balances[county] == pytest.approx(44.0 - kept - min(44.0 - kept, refunds - first))
    assert left[PARK] == pytest.approx(unpaid) and world.balances[firm] == pytest.approx(-200.0 + refunds - unpaid)


@pytest.mark.parametrize("there, late, paid", [(1000.0, 0, 30.0), (12.0, 0, 12.0), (1000.0, 9, 0.0)])
def test_the_host_county_shares_the_local_tax_of_a_project_for_its_years(world, books, there, late, paid):
    """Half of (1 - 0.5)(1 - 0.2) 100 VAT + 20 of surcharge and land-use tax."""
    k, acc = world.contracts.append(1), world.accounts
    for name, value in dict(
        provider=acc.partner0 if acc.partners else acc.county0 + 1, host=PARK, start=world.quarter - late, until=world.quarter + 8 - late, tax_share=0.5
    ).items():
        getattr(world.contracts, name)[k] = value
    world.flows.clear(world.contracts.n)
    world.flows.taxes_of_contracts[k, :5] = [100.0, 0.0, 0.0, 5.0, 15.0]
    county, provider = accounts_of(world)[3], int(world.contracts.provider[k][0])
    world.balances[county] = there
    share_taxes(world, books, np.array([0.5, 0, 0.6, 0, 0]), SharingParameters(province=0.2), Causes())
    assert (world.balances[county], world.balances[provider], world.flows.enclave_tax[PARK]) == pytest.approx((there - paid, paid, paid))


@pytest.mark.parametrize("since, paid", [(0, 24.0), (1, 0.0)])
def test_a_provider_pays_its_part_of_the_site_once(world, books, since, paid):
    k, provider = world.contracts.append(1), world.accounts.county0 + 1
    for name, value in dict(provider=provider, host=PARK, start=world.quarter - since, until=world.quarter + 8, cost_share=0.3, site_cost=80.0).items():
        getattr(world.contracts, name)[k] = value
    world.balances[provider] = 100.0
    share_costs(world, books, Causes())
    assert (world.balances[accounts_of(world)[1]], world.balances[provider]) == pytest.approx((paid, 100.0 - paid))


# --- sections 11 and 13: settlement of enterprises, and of land ---------------------------------------------------------------------------


def test_enterprises_settle_with_everybody_and_land_income_is_divided(world, books):
    """Land for 1,000: fee 10 % of which the centre takes 3/10, of the rest 40 % deducted, of what is left 70 % earmarked; who holds nothing pays nothing."""
    firm, committee, platform, county = accounts_of(world)
    f, acc = world.flows, world.accounts
    f.value_added[PARK, INDUSTRY], f.wages[PARK, INDUSTRY], f.investment[PARK, INDUSTRY] = 900.0, 500.0, 200.0
    for name, value in dict(interest=7, repaid=11, borrowed=13, research=17, rents=19, moving_costs=23, idle_fees=29, penalties=31, scrapped=37).items():
        getattr(f, name)[PARK] = value
    f.equipment_subsidies[PARK], f.moving_subsidies[PARK], f.compensation[PARK], f.land_payments[PARK] = 100.0, 40.0, 50.0, 1000.0
    world.balances[committee], world.balances[acc.CITY] = 120.0, 15.0  # the county has 29 + 31 of fees
    f.dividends[PARK] = 900 + 37 + 13 + 100 + 40 + 50 - (500 + 200 + 7 + 11 + 17 + 19 + 23 + 29 + 31 + 1000)
    unpaid = np.zeros(world.n_places)
    terms = terms_for(world, land_revenue_deduction=0.4, land_revenue_reinvest=0.7)
    arrears, fund = world.zones.arrears[world.places.zone[PARK]], world.zones.infrastructure_fund[world.places.zone[PARK]]
    settle_enterprises(world, terms, books, Causes(), unpaid, 0.3, 0.1)
    # equipment 100 of the committee; the move 40 of the county's 60; compensation 20 of the committee and 20 of the county: 10 unpaid
    fee, gross = 0.3 * 0.1 * 1000.0, 1000.0
    deducted = 0.4 * (gross - fee)
    earmarked = 0.7 * (gross - fee - deducted)
    assert unpaid[PARK] == pytest.approx(10.0) and world.balances[firm] == pytest.approx(0.0, abs=1e-9)
    assert world.balances[committee] == pytest.approx(earmarked) and world.balances[platform] == pytest.approx(19.0)
    assert world.balances[county] == pytest.approx(gross - fee - deducted - earmarked) and world.balances[acc.CENTRE] == pytest.approx(fee)
    assert world.balances[acc.CITY] == pytest.approx(15.0) and world.balances[acc.BANKS] == pytest.approx(7 + 11 - 13)
    assert world.balances[acc.HOUSEHOLDS] == pytest.approx(0.0, abs=1e-9)  # they spend wages and compensation
    z = world.places.zone[PARK]
    assert world.zones.arrears[z] == pytest.approx(arrears + 10.0) and world.zones.infrastructure_fund[z] == pytest.approx(fund + earmarked)
    assert of_kind(books, "owners_money") == pytest.approx(-(f.dividends[PARK] - 10.0))


def test_a_second_government_pays_what_the_first_does_not_have(world, books):
    """Equipment: 30 of the committee, 50 of the county. Of a move: what the county has left, 20, then 25 of the city; 5 stay unpaid."""
    firm, committee, _, county = accounts_of(world)
    world.flows.equipment_subsidies[PARK], world.flows.moving_subsidies[PARK], world.flows.dividends[PARK] = 80.0, 50.0, 130.0
    world.balances[committee], world.balances[county], world.balances[world.accounts.CITY] = 30.0, 70.0, 25.0
    unpaid = np.zeros(world.n_places)
    settle_enterprises(world, terms_for(world), books, Causes(), unpaid, 0.3, 0.1)
    assert unpaid[PARK] == pytest.approx(5.0) and world.balances[firm] == pytest.approx(0.0, abs=1e-9)
    assert [world.balances[k] for k in (committee, county, world.accounts.CITY)] == pytest.approx([0.0, 0.0, 0.0])
    assert of_kind(books, "equipment_subsidy") == pytest.approx(80.0) and of_kind(books, "relocation_subsidy") == pytest.approx(45.0)


@pytest.mark.parametrize("county_has, city_has, left", [(100.0, 0.0, 0.0), (20.0, 15.0, 25.0)])
def test_the_offset_of_farmland_falls_on_county_then_city_then_enterprises(world, books, county_has, city_has, left):
    """0.02 per m2 x 0.6 x 5,000 m2 = 60."""
    firm, _, _, county = accounts_of(world)
    world.flows.land_granted[PARK] = 5_000.0
    world.balances[county], world.balances[world.accounts.CITY] = county_has, city_has
    settle_land(world, terms_for(world, offset_gov_share=0.6), books, Causes(), 0.02)
    assert world.flows.offset_cost[PARK] == pytest.approx(60.0)
    assert (world.balances[county], world.balances[world.accounts.CITY]) == pytest.approx((max(0.0, county_has - 60.0), 0.0))
    assert world.balances[firm] == pytest.approx(-left) and world.flows.dividends[PARK] == pytest.approx(-left)


def test_land_and_floor_are_paid_for_and_grades_charged_and_relieved(world, books):
    firm, _, platform, county = accounts_of(world)
    f = world.flows
    for name, value in dict(sold_land=70.0, factory_sales=30.0, factory_speculation=12.0, per_mu_charges=8.0, per_mu_relief=9.5).items():
        getattr(f, name)[PARK] = value
    settle_land(world, terms_for(world), books, Causes(), 0.0)
    assert world.balances[firm] == pytest.approx(70.0 - 30.0 - 8.0 + 8.0) and world.balances[platform] == pytest.approx(42.0)
    assert world.balances[county] == pytest.approx(0.0) and f.dividends[PARK] == pytest.approx(-1.5)  # what the county does not have, owners go without


@pytest.mark.parametrize("own, county_has, paid", [(100.0, 0.0, 25.0), (10.0, 5.0, 15.0)])
def test_promotion_is_paid_by_the_committee_then_its_county(world, books, own, county_has, paid):
    _, committee, _, county = accounts_of(world)
    world.zones.merged[1 : world.zones.n] = True
    world.balances[accounts_of(world, 1)[1]] = 40.0  # of a committee that is merged: not spent
    world.balances[committee], world.balances[county], world.balances[world.accounts.CITY] = own, county_has, 100.0
    terms = terms_for(world, promotion_money=100.0, chain_count=3.0)
    pay_for_promotion(world, terms, books, PromotionCostParameters(chain_office=40.0), Causes())
    assert world.zones.promotion_paid[0] == pytest.approx(paid) and world.zones.promotion_paid[1] == 0.0
    assert world.balances[committee] + world.balances[county] == pytest.approx(own + county_has - paid)
    assert world.balances[world.accounts.CITY] == pytest.approx(100.0 - 3 * 10.0)


# --- section 13: quotas ---------------------------------------------------------------------------------------------------------------------


def allotted(world, **columns):
    """Quota of land by place: a plan of 1,000,000 m2, half of it kept by counties in equal parts."""
    world.quotas.update(land=1e6, energy=1e3, emission=1e3, county_share=np.full(world.counties.n, 1 / world.counties.n))
    world.zones.score[:] = 74.5
    world.places.quota_land[: world.n_places] = 0
    terms = terms_for(
        world, **(dict(retention_land=0.5, retention_energy=0.5, retention_emission=0.5, pool_rule=3.0, ringfence=1.0, quota_share=0.3) | columns)
    )
    allocate_quotas(world, terms, QuotaParameters(raid=0.4, province_extra=0.25))
    return world.places.quota_land[: world.n_places].astype(float)


def test_quotas_of_land_by_county_park_and_pool(world):
    parks = world.places.kind[: world.n_places] == Kind.PARK
    alone = [p for p in np.flatnonzero(parks) if (world.places.county[: world.n_places][parks] == world.places.county[p]).sum() == 1]
    kept, pool, n = 0.5 * 1e6 / world.counties.n, 0.5 * 1e6 / parks.sum(), world.n_places
    fenced = allotted(world)
    assert fenced[alone] == pytest.approx(0.3 * kept + pool, abs=1) and fenced.sum() == pytest.approx(1e6, abs=n)
    open_ = allotted(world, ringfence=0.0)  # a draw takes up to two fifths back
    taken = (fenced - open_)[alone] / (0.3 * kept)
    assert ((taken >= 0) & (taken <= 0.4 + 1e-4)).all() and taken.max() > 0.1 and open_.sum() == pytest.approx(1e6, abs=n)
    direct = allotted(world, ringfence=2.0)
    planned = world.places.planned[:n][parks]
    assert (direct - fenced)[parks] == pytest.approx(0.25 * 1e6 * planned / planned.sum(), abs=2)
    world.year_sums["by_place"][:] = 0.0
    world.year_flow("land_revitalised")[PARK] = 8_000.0
    assert (allotted(world, quota_bonus=0.5) - fenced)[PARK] == pytest.approx(4_000, abs=1)
    assert allotted(world, retention_land=1.0)[alone] == pytest.approx(0.3 * 2 * kept, abs=1)


def test_quotas_follow_the_score_where_they_do(world):
    n = world.n_places
    parks = world.places.kind[:n] == Kind.PARK
    allotted(world)
    terms = terms_for(world, retention_land=1.0, retention_energy=1.0, retention_emission=1.0, ringfence=1.0, quota_share=0.3, quota_performance_elasticity=2.0)
    world.zones.score[: world.zones.n] = 60.0
    world.zones.score[world.places.zone[PARK]] = 90.0
    allocate_quotas(world, terms, QuotaParameters())
    mean = world.zones.score[world.places.zone[:n][parks]].mean()
    assert world.places.quota_land[PARK] == pytest.approx(min(0.9, 0.3 * (90 / mean) ** 2) * 1e6 / world.counties.n, abs=1)


# --- section 13: public equity ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("city, called, got", [(1000.0, 0.0, 100.0), (20.0, 0.0, 40.0), (1000.0, 1970.0, 30.0), (1000.0, 2000.0, 0.0)])
def test_a_fund_calls_a_twentieth_a_quarter_half_of_it_from_the_city(world, books, city, called, got):
    acc, world.fund_called = world.accounts, called
    world.balances[acc.CITY] = city
    there = call_capital(world, terms_for(world, fund_size=2000.0), books, 0.5, 5.0, "clause")
    assert there == pytest.approx(got) and world.fund_called == pytest.approx(called + got)
    assert (world.balances[acc.CITY], world.balances[acc.OWNERS]) == pytest.approx((city - got / 2, -got / 2))
    assert call_capital(world, terms_for(world), books, 0.5, 5.0, "clause") == 0.0 and world.balances[acc.CITY] == pytest.approx(city + got / 2)


STAKES = dict(stake=0.2, payout=0.3, exit_rate=0.1, constrained=0.5, key_project=1000.0, saving=0.5, upgrade_most=0.1)


@pytest.mark.parametrize("money, part", [(1000.0, 1.0), (60.0, 0.5)])
def test_the_fund_joins_a_project_by_a_fifth_all_by_what_it_has(small_model, world, money, part):
    """Two projects of 1,000 in two quarters at sincerity 0.6: 0.2 x 0.6 x 500 = 60 each."""
    e = rows_of(world, 2, stage=Stage.BUILDING, promised_capital=1000.0, sincerity=0.6, capital=0.0)
    placed, redeemed = place_equity(world, terms_for(world, fund_target=1.0), EquityParameters(**STAKES), money, 0.0, small_model.parameters["construction"])
    assert placed == pytest.approx([120.0 * part, 0.0]) and redeemed == 0.0
    assert e.live("equity") == pytest.approx(60.0 * part) and e.live("capital") == pytest.approx(60.0 * part)
    f = world.flows
    assert (f.equity_placed[PARK], f.investment[PARK, INDUSTRY], f.investment_attracted[PARK], f.dividends[PARK]) == pytest.approx((120.0 * part,) * 3 + (0.0,))


def test_the_fund_helps_profitable_enterprises_toward_their_capital(small_model, world):
    """0.2 x 0.5 x (2,000 - 1,000) / 4 = 25 for the one with a profit."""
    e = rows_of(world, 2, profit=[1.0, -1.0], value_added=2000.0 / (4 * world.industries.capital_per_value_added[INDUSTRY]))
    place_equity(world, terms_for(world, fund_target=1.0), EquityParameters(**STAKES), 1e6, 0.0, small_model.parameters["construction"])
    assert e.live("equity") == pytest.approx([25.0, 0.0]) and e.live("capital") == pytest.approx([1025.0, 1000.0])


def test_the_city_makes_up_for_what_a_key_project_would_not_build(small_model, world):
    """s (1 - q) C/T = 0.4 x 0.4 x 500 more, s q (1 - d) C/T = 0.4 x 0.6 x 0.65 x 500 in the owners' place; smaller projects get none."""
    e = rows_of(world, 2, stage=Stage.BUILDING, promised_capital=[1000.0, 999.0], sincerity=0.6, capital=0.0)
    placed, _ = place_equity(world, terms_for(world, state_equity=0.4), EquityParameters(**STAKES), 0.0, 1e6, small_model.parameters["construction"])
    more, instead = 80.0, 78.0
    assert (
        placed == pytest.approx([0.0, more + instead]) and e.live("equity") == pytest.approx([158.0, 0.0]) and e.live("capital") == pytest.approx([80.0, 0.0])
    )
    assert world.flows.dividends[PARK] == pytest.approx(instead) and world.flows.investment[PARK, INDUSTRY] == pytest.approx(more)


def test_stakes_earn_are_bought_back_and_are_lost(small_model, world, books):
    """Of 100: a fortieth is bought back; 0.3 of a profit of 50, by 97.5/1,000; an enterprise that is gone loses it, one at a loss pays none."""
    rows_of(world, 3, equity=100.0, profit=[50.0, -5.0, 0.0], stage=[Stage.OPERATING, Stage.OPERATING, Stage.GONE])
    _, redeemed = place_equity(world, terms_for(world), EquityParameters(**STAKES), 0.0, 0.0, small_model.parameters["construction"])
    income = 0.3 * 50.0 * 97.5 / 1000
    assert redeemed == pytest.approx(5.0) and world.equity_lost == pytest.approx(100.0)
    assert world.flows.equity_income[PARK] == pytest.approx(income) and world.flows.dividends[PARK] == pytest.approx(-income)
    assert world.enterprises.live("equity") == pytest.approx([97.5, 97.5, 0.0])
    settle_equity(world, books, np.zeros(2), redeemed, Causes())
    assert world.balances[world.accounts.fund] == pytest.approx(5.0 + income) and world.balances[accounts_of(world)[0]] == pytest.approx(-income)


def test_upgrade_funds_follow_capital_twice_for_high_tech_and_save_energy(small_model, world):
    """A quarter of 240 over capitals of 1,000 and twice 1,000: 20 and 40; energy falls by exp(-0.5 u/K); a tenth of capital at most."""
    e = rows_of(world, 3, profit=[1.0, 1.0, -1.0], high_tech=[False, True, True], energy_intensity=2.0)
    terms = terms_for(world, upgrade_target=1.0, upgrade_fund=240.0)
    place_equity(world, terms, EquityParameters(**STAKES), 0.0, 0.0, small_model.parameters["construction"])
    assert e.live("capital") == pytest.approx([1020.0, 1040.0, 1000.0])
    assert e.live("energy_intensity") == pytest.approx([2 * math.exp(-0.01), 2 * math.exp(-0.02), 2.0], rel=1e-6)
    assert (world.flows.upgrade_subsidies[PARK], world.flows.investment[PARK, INDUSTRY]) == pytest.approx((60.0, 60.0))
    terms = terms_for(world, upgrade_target=1.0, upgrade_fund=1e6)
    place_equity(world, terms, EquityParameters(**STAKES), 0.0, 0.0, small_model.parameters["construction"])
    assert e.live("capital") == pytest.approx([1020.0 * 1.1, 1040.0 * 1.1, 1000.0])


# --- section 15: talent and incubators ----------------------------------------------------------------------------------------------------


def test_talent_follows_amenity_pay_and_quality_and_comes_for_a_subsidy(world):
    """T + 0.15 (0.1 jobs pull - T) + 20/1000 jobs pull x paid part; pull = (amenity x wage x quality)^0.3 by the region's usual."""
    n, places, counties = world.n_places, world.places, world.counties
    places.employment[:n], places.talent[:n], places.amenity[:n] = 1000, 80.0, 1.0
    counties.wage[: counties.n], counties.environment[: counties.n] = 1.0, 1.0
    counties.environment[places.county[PARK]] = 0.5
    paid = np.where(np.arange(n) == PARK, 0.25, 1.0)
    attract(world, terms_for(world, talent_attraction=20.0), TalentParameters(share=0.1, adjustment=0.15, pull=0.3), paid)
    weak = 0.5**0.3
    assert places.talent[PARK] == pytest.approx(80 + 0.15 * (100 * weak - 80) + 20 * weak * 0.25)
    other = next(p for p in range(n) if places.county[p] != places.county[PARK])
    assert places.talent[other] == pytest.approx(80 + 0.15 * 20 + 20)
    places.amenity[other] = 1.21
    mean = 1 + 0.21 / n
    talent = float(places.talent[other])
    attract(world, terms_for(world), TalentParameters(share=0.1, adjustment=0.15, pull=0.5), paid)
    assert places.talent[other] == pytest.approx(talent + 0.15 * (100 * math.sqrt(1.21 / mean) - talent))


def test_tenants_grow_leave_after_their_years_and_make_room_for_the_young(small_model, world):
    p = small_model.parameters["incubation"].model_copy(update=dict(growth=0.03, years=3.0, graduates=1.0, entry_years=2.0))
    able = int(np.argmax(world.industries.hightech_prior))
    q = world.quarter
    e = rows_of(world, 6, industry=able, place=PARK, incubated=[True, True, True, False, False, False], founded=[q - 4, q - 12, q - 4, q - 4, q - 8, q - 4],
                stage=[Stage.OPERATING, Stage.OPERATING, Stage.GONE, Stage.OPERATING, Stage.OPERATING, Stage.OPERATING], employment=1, log_productivity=0.0)  # fmt: skip
    world.places.incubator[PARK], world.places.innovation[PARK] = 2.0, 0.0
    house_tenants(world, p)
    assert e.live("incubated").tolist() == [True, False, False, True, False, False]
    assert e.live("log_productivity").tolist() == [0.03, 0, 0, 0, 0, 0] and e.live("grade").tolist() == [0, 1, 0, 0, 0, 0]
    assert (world.places.innovation[PARK, Mark.TENANTS], world.places.innovation[PARK, Mark.GRADUATES]) == (2, 1)


# --- section 13: committees that merge ----------------------------------------------------------------------------------------------------


def test_a_merger_passes_parks_money_staff_debts_and_bases_on(small_model, world, books):
    zones, acc = world.zones, world.accounts
    zones.staff[0], zones.staff[1], zones.bonds[:2], zones.arrears[:2], zones.tax_base[:2], zones.queue[:2] = (
        100.0,
        40.0,
        [10.0, 3.0],
        [1.0, 2.0],
        [[5.0] * 3, [2.0] * 3],
        [1.0, 4.0],
    )
    zones.service_capacity[:2] = [50.0, 20.0]
    world.balances[acc.zone0 + 1], world.balances[acc.platform0 + 1] = 500.0, 30.0
    parks = np.flatnonzero(world.places.zone[: world.n_places] == 1)
    terms = terms_for(world)
    terms["integrated"][1] = 1.0
    p = small_model.parameters["integration"].model_copy(update=dict(cost=5.0, overhead_saved=0.15, dip=0.2, dip_quarters=4.0))
    zones.platform_debt[:2], zones.policy_loans[:2], zones.partner_claims[:2] = [7.0, 20.0], [0.0, 30.0], [0.0, 40.0]
    assert integrate(world, terms, books, p, "clause") == [(1, 0, 3.0 + 20.0 + 30.0 + 40.0)]
    assert (world.places.zone[parks] == 0).all() and zones.merged[1] and zones.staff[1] == 0.0
    assert zones.staff[0] == pytest.approx(134.0) and zones.service_capacity[0] == 70.0 and world.service_dip[0] == pytest.approx(0.8)
    assert (zones.bonds[0], zones.arrears[0], zones.queue[0], zones.tax_base[0, 0]) == (13.0, 3.0, 5.0, 7.0) and zones.bonds[1] == 0.0
    assert (world.balances[acc.zone0], world.balances[acc.zone0 + 1], world.balances[acc.platform0]) == pytest.approx((300.0, 0.0, 30.0))
    world.quarter += 4
    assert integrate(world, terms, books, p, "clause") == []
    assert world.service_dip[0] == 1.0


def test_debts_that_pass_over_in_a_merger_are_nobodys_new_debt():
    """They were new at the parent (46 % of what Sanming's economic zone was said to borrow in 2025) and less than nothing at the child."""
    model = ZoneModel(load_scenario(ROOT / "scenarios/sanming/sanming_2024.yaml", ["founding.scale=20", "horizon.end=2026Q4"]), 1)
    while model.running:
        model.step()
    observer, names = model.observer, [one.id for one in model.world.zone_names]
    debts = observer.scores[:, :, SCORES.index("platform_debt")]
    merged = [(int(q), int(z)) for q, z in np.argwhere(observer.passed < 0)]
    assert merged and observer.passed.sum(axis=1) == pytest.approx(0.0, abs=1e-9)
    series = tabulate(observer, model.paid())
    for q, child in merged:
        (parent,) = np.flatnonzero(observer.passed[q] > 0) if (observer.passed[q] > 0).sum() == 1 else (int(model.world.zones.parent[child]),)
        label = quarters.label(observer.start + q)
        for zone, passed in ((child, observer.passed[q, child]), (parent, observer.passed[q, parent])):
            here = (series.indicator == series.indicators.index("new_debt")) & (series.period == series.periods.index(label))
            (value,) = series.value[here & (series.group == series.groups.index(("zone", names[zone])))]
            assert value == pytest.approx((debts[q, zone] - debts[q - 1, zone] - passed) / 1e4)
        assert debts[q, child] == 0.0 and observer.passed[q, child] == pytest.approx(-debts[q - 1, child])
